/*
 * Articles of list pages.  A list is read in the first round of a run, the
 * articles it names in the second, together with the pages of feed entries
 * (teasers.c).  Each page is fetched once; one that could not be had is asked
 * for again after a quarter of an hour, an hour, four, and then once a day, a
 * dozen times in all while the list names it.
 */
#include "mill/refresh.h"

#include "base/arena.h"
#include "base/vec.h"
#include "sys/file.h"
#include "sys/log.h"
#include "text/url.h"

/* New articles of one list page in one run; the rest waits for the next. */
#define ARTICLES_A_RUN 20
#define FIRST_WAIT     ((int64_t)900)
#define LONGEST_WAIT   ((int64_t)86400)
#define TRIES_MAX      12

/* A saved list page's articles may lie beside it: the part of their address
 * below the list's own folder is then their path. */
struct str article_file(struct refresh *r, const struct source *source,
                        struct str url)
{
    struct str base =
        str_slice(source->url, 0, str_find_last(source->url, '/') + 1);
    struct str folder =
        str_slice(source->file, 0, str_find_last(source->file, '/') + 1);
    struct str rest, path;

    if (source->file.n == 0 || base.n == 0 || !str_starts(url, base))
        return STR_NONE;
    rest = str_from(url, base.n);
    if (rest.n == 0 || str_has(rest, STR("..")) || str_has(rest, STR("%")) ||
        str_has(rest, STR("?")))
        return STR_NONE;
    path = arena_cat(r->a, r->config->mill.root, STR("/"), folder, rest);
    return file_exists(path.p) ? path : STR_NONE;
}

int64_t page_wait(int failures)
{
    int64_t wait = FIRST_WAIT;

    if (failures >= TRIES_MAX)
        return -1;
    for (int i = 1; i < failures && wait < LONGEST_WAIT; i++)
        wait *= 4;
    return wait < LONGEST_WAIT ? wait : LONGEST_WAIT;
}

/* Seconds after which a page that was asked for is asked for again, -1: never. */
static int64_t wait_again(const struct page_row *page)
{
    return page->failures == 0 ? -1 : page_wait(page->failures);
}

/* True if a page that was asked for before is to be asked for now. */
static bool is_due_again(const struct page_row *page, int64_t now)
{
    int64_t wait = wait_again(page);

    return wait >= 0 && now - page->fetched >= wait;
}

struct job *page_queue(struct refresh *r, size_t source, struct str url,
                       struct str key, int failures)
{
    struct job *job = job_new(r, source);

    *map_put(&r->queued, key, NULL) = r->next.n;
    job->is_article = true;
    job->url = arena_str(job->a, url);
    job->key = arena_str(job->a, key);
    job->failures = failures;
    job->file = article_file(r, r->outcomes[source].source, job->url);
    *vec_add(r->a, &r->next) = job;
    return job;
}

/* Another list names the article too. */
static void also_named(struct job *job, size_t source)
{
    if (job->source == source ||
        (job->also.n > 0 && job->also.at[job->also.n - 1] == source))
        return;
    *vec_add(job->a, &job->also) = source;
}

bool articles_queue(struct refresh *r, size_t source, const struct page *page,
                    bool *is_done, struct error *err)
{
    int64_t rowid = r->outcomes[source].row.rowid;
    size_t n = 0;

    *is_done = true;

    for (size_t i = 0; i < page->n_links; i++) {
        struct str key = url_key(r->a, page->links[i].url);
        size_t *queued = map_get(&r->queued, key);
        struct page_row known;
        bool found;

        if (key.n == 0)
            continue;
        if (queued != NULL) {
            *is_done = false;
            also_named(r->next.at[*queued], source);
            continue;
        }
        if (!store_get_page(r->store, key, &known, &found, err) ||
            (found && !store_see_url(r->store, rowid, key, r->now, err)))
            return false;
        *is_done = *is_done && found && wait_again(&known) < 0;
        if ((found && !is_due_again(&known, r->now)) || n == ARTICLES_A_RUN)
            continue;
        /* It waits for a run that does not ask it as a source. */
        if (map_get(&r->asked, key) != NULL)
            continue;
        page_queue(r, source, page->links[i].url, key, known.failures)
            ->is_listed = true;
        n++;
    }
    return true;
}

bool put_article(struct refresh *r, const struct job *job, struct error *err)
{
    rules_see(r, &job->result.page);
    if (!put_items(r, job, err))
        return false;
    for (size_t i = 0; i < job->also.n; i++)
        if (!store_see_url(r->store, r->outcomes[job->also.at[i]].row.rowid,
                           job->key, r->now, err))
            return false;
    return true;
}

/* Says so once, and again when it is given up; what keeps all articles of a list
 * away, such as its robots.txt, is said of the first. */
static void article_failed(struct refresh *r, struct job *job,
                           const struct page_row *page)
{
    struct outcome *o = &r->outcomes[job->source];

    bool is_told = o->failed && str_eq(o->error, str_from_c(job->err->text));

    o->failed = true;
    o->error = arena_str(r->a, str_from_c(job->err->text));
    error_where(job->err, arena_str(job->a, job->url).p);
    if (!is_told && (page->failures <= 1 || page->failures == TRIES_MAX))
        log_error(job->err);
    else
        log_verbose("%s: %s", job->err->where, job->err->text);
}

bool articles_store(struct refresh *r, struct job *job, struct error *err)
{
    struct outcome *o = &r->outcomes[job->source];
    struct page_row page = {.fetched = r->now, .status = job->status};
    /* What leads to an article, or a list, of this run is none of its own. */
    bool is_known = job->is_repeated && job->is_listed;
    bool is_final = job->ok || is_known || job->status == 404 ||
                    job->status == 410 || job->err->code == ERR_INPUT;

    if (!job->ok && job->err->code == ERR_STOPPED)
        r->pages_left++;
    if (job->parts.n > 0)
        return parts_store(r, job, err);
    o->bytes += job->wire_bytes;
    if (!job->ok && job->err->code == ERR_STOPPED)
        return true;
    if (!job->ok && job->retry_after > 0 && job->is_listed) {
        outcome_put_off(r, o, job->retry_after);
        if (!store_put_source(r->store, &o->row, err))
            return false;
    }
    if (was_put_off(job))
        return teasers_put_off(r, job, err);
    if (job->ok && parts_queue(r, job))
        return true;
    if (!is_final)
        page.failures = job->failures + 1;
    if (!job->ok && job->is_listed && !is_known)
        article_failed(r, job, &page);
    return store_put_page(r->store, job->key, o->row.rowid, &page, err) &&
           (!job->ok || !job->is_listed || put_article(r, job, err)) &&
           teasers_store(r, job, &page, err);
}
