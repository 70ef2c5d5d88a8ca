/*
 * Articles that go on over several pages.  A page of an article that names the
 * next one is not stored: its bytes wait while the next is fetched, both are
 * read together, and so on, up to article_pages of mill.yaml.  Each page is a
 * request like every other: robots.txt, the pause of its domain, once a run.
 *
 * When a page cannot be had, the article is stored without it, with a note; the
 * whole article is asked for again later, like one that failed.
 */
#include "mill/refresh.h"

#include "base/arena.h"
#include "base/vec.h"
#include "sys/log.h"
#include "text/url.h"

/* The pages that JOB has, its own among them, are the first of PART's. */
static void hand_over(struct job *job, struct job *part)
{
    for (size_t i = 0; i < job->parts.n; i++) {
        struct job_part *to = vec_add(part->a, &part->parts);

        *to = job->parts.at[i];
        to->url = arena_str(part->a, to->url);
        to->type = arena_str(part->a, to->type);
    }
    *vec_add(part->a, &part->parts) =
        (struct job_part){.bytes = job->bytes,
                          .url = arena_str(part->a, job->final_url),
                          .type = arena_str(part->a, job->type)};
    job->parts.n = 0;
    buf_init(&job->bytes, 0);
}

bool parts_queue(struct refresh *r, struct job *job)
{
    struct str next = job->result.page.next;
    struct str key = url_key(r->a, next), own;
    struct job *part;

    if (job->result.page.kind == PAGE_LIST || job->result.n_items != 1 ||
        key.n == 0 || job->parts.n + 1 >= (size_t)r->config->mill.article_pages)
        return false;
    own = job->is_article ? job->key : url_key(r->a, job->final_url);
    if (map_get(&r->queued, key) != NULL || map_get(&r->asked, key) != NULL ||
        str_eq(key, own))
        return false;
    part = job_new(r, job->source);
    *map_put(&r->queued, key, NULL) = r->next.n;
    part->is_article = true;
    part->is_listed = job->is_listed;
    part->is_of_source = job->is_of_source || !job->is_article;
    part->url = arena_str(part->a, next);
    part->key = arena_str(part->a, own);
    part->part_key = arena_str(part->a, key);
    part->failures = job->failures;
    for (size_t i = 0; i < job->also.n; i++)
        *vec_add(part->a, &part->also) = job->also.at[i];
    part->file = article_file(r, r->outcomes[job->source].source, part->url);
    hand_over(job, part);
    *vec_add(r->a, &r->next) = part;
    return true;
}

/* Says which page is missing, in the item and to the operator. */
static void tell_missing(struct refresh *r, struct job *job)
{
    struct outcome *o = &r->outcomes[job->source];
    struct item *item = arena_make(job->a, struct item);
    struct error err = *job->part_err;

    if (job->result.n_items > 0) {
        *item = *job->result.items[0];
        note_add(&item->notes, job->a, NOTE_TRUNCATED,
                 "page %zu could not be had: %s", job->parts.n + 1, err.text);
        job->result.items[0] = item;
    }
    error_where(&err, arena_str(job->a, job->url).p);
    if ((err.code == ERR_REFUSED && job->retry_after > 0) ||
        !(job->is_of_source || job->is_listed)) {
        log_verbose("%s: %s", err.where, err.text);
        return;
    }
    o->failed = true;
    o->error = arena_str(r->a, str_from_c(err.text));
    if (job->failures == 0)
        log_error(&err);
    else
        log_verbose("%s: %s", err.where, err.text);
}

bool parts_store(struct refresh *r, struct job *job, struct error *err)
{
    struct outcome *o = &r->outcomes[job->source];
    struct page_row page = {.fetched = r->now, .status = job->status};
    /* What leads back to a page of this run is the article's end. */
    bool is_final = !job->is_cut_short || job->is_repeated ||
                    job->status == 404 || job->status == 410 ||
                    job->part_err->code == ERR_INPUT;

    o->bytes += job->wire_bytes;
    /* Stopped: the next run begins with the first page again. */
    if (!job->ok)
        return true;
    if (!job->is_cut_short) {
        if (!store_put_page(r->store, job->part_key, o->row.rowid, &page, err))
            return false;
        if (parts_queue(r, job))
            return true;
    } else if (!job->is_repeated) {
        if (job->retry_after > 0)
            outcome_put_off(r, o, job->retry_after);
        tell_missing(r, job);
    }
    page.failures = is_final ? 0 : job->failures + 1;
    o->row.has_body_hash =
        o->row.has_body_hash || (job->is_of_source && is_final);
    if (!store_put_source(r->store, &o->row, err) ||
        (!job->is_of_source &&
         !store_put_page(r->store, job->key, o->row.rowid, &page, err)))
        return false;
    return (!(job->is_of_source || job->is_listed) ||
            put_article(r, job, err)) &&
           teasers_store(r, job, &page, err);
}
