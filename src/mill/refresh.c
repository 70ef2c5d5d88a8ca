/*
 * The main job.  First round: every source that is due.  Second round: the
 * articles that list pages name and we have not read yet.  Then press.
 */
#include "mill/refresh.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/map.h"
#include "sys/clock.h"
#include "sys/file.h"
#include "sys/lock.h"
#include "sys/log.h"
#include "sys/stop.h"
#include "text/url.h"

/* New articles of one list page in one run; the rest waits for the next. */
#define ARTICLES_A_RUN 20
#define REPORT_MAX     ((size_t)256 << 20)

/* ---- which sources ---------------------------------------------------------- */

static bool is_named(const struct refresh *r, size_t source)
{
    const struct mill_config *mill = &r->config->mill;
    struct str id = mill->sources[source].id;
    struct str url = mill->sources[source].url;

    for (size_t i = 0; i < r->options->n_wanted; i++) {
        struct str wanted = r->options->wanted[i];

        if (str_eq(wanted, id) || str_eq(wanted, url) ||
            (url_is_http(wanted) &&
             str_eq(url_resolve(r->a, STR_NONE, wanted), url)))
            return true;
        for (size_t t = 0; t < mill->n_topics; t++)
            for (size_t k = 0; k < mill->topics[t].n_sources; k++)
                if (str_eq(wanted, mill->topics[t].id) &&
                    mill->topics[t].sources[k] == source)
                    return true;
    }
    return r->options->n_wanted == 0;
}

/* A word on the command line that names nothing is a mistake. */
static bool check_names(const struct refresh *r)
{
    const struct mill_config *mill = &r->config->mill;

    for (size_t i = 0; i < r->options->n_wanted; i++) {
        struct refresh_options one = {.wanted = &r->options->wanted[i],
                                      .n_wanted = 1};
        struct refresh probe = *r;
        bool found = false;

        probe.options = &one;
        for (size_t s = 0; s < mill->n_sources && !found; s++)
            found = is_named(&probe, s);
        for (size_t t = 0; t < mill->n_topics && !found; t++)
            found = str_eq(mill->topics[t].id, one.wanted[0]);
        if (!found) {
            struct error err;

            error_set(&err, ERR_CONFIG, "no topic or source of this mill");
            error_where(&err, arena_str(r->a, one.wanted[0]).p);
            log_error(&err);
            return false;
        }
    }
    return true;
}

static bool is_due(const struct refresh *r, const struct outcome *o)
{
    return r->options->all || o->row.next_fetch <= r->now;
}

static bool load_sources(struct refresh *r, struct job ***jobs, size_t *n,
                         struct error *err)
{
    const struct mill_config *mill = &r->config->mill;

    struct source_row *rows;
    struct map known;
    size_t n_rows;

    if (!store_all_sources(r->store, r->a, &rows, &n_rows, err))
        return false;
    map_init(&known, r->a);
    for (size_t i = 0; i < n_rows; i++)
        *map_put(&known, rows[i].id, NULL) = i;
    r->outcomes = arena_array(r->a, mill->n_sources + 1, sizeof *r->outcomes);
    *jobs = arena_array(r->a, mill->n_sources + 1, sizeof **jobs);
    *n = 0;
    for (size_t i = 0; i < mill->n_sources; i++) {
        struct outcome *o = &r->outcomes[i];
        struct job *job;
        size_t *at;

        o->source = &mill->sources[i];
        at = map_get(&known, o->source->id);
        if (at != NULL)
            o->row = rows[*at];
        o->row.id = o->source->id;
        o->was = o->row.state;
        if (!is_named(r, i) || !is_due(r, o))
            continue;
        o->asked = true;
        job = job_new(r, i);
        job->url = o->source->url;
        if (o->source->file.n > 0) {
            job->file =
                arena_cat(job->a, mill->root, STR("/"), o->source->file);
        } else if (!str_eq(o->row.kind, STR("list"))) {
            job->etag = o->row.etag;
            job->last_modified = o->row.last_modified;
        }
        (*jobs)[(*n)++] = job;
    }
    return true;
}

/* ---- what came of a source ---------------------------------------------------- */

static void change_state(struct refresh *r, struct outcome *o,
                         enum source_state state)
{
    bool is_well = state == SOURCE_OK || state == SOURCE_UNCHANGED;
    bool was_well = o->was == SOURCE_OK || o->was == SOURCE_UNCHANGED ||
                    o->was == SOURCE_NEW;

    if (o->row.state != state)
        o->row.since = r->now;
    o->row.state = state;
    if (is_well != was_well || (!is_well && o->was != state))
        o->state_changed = true;
    else if (!is_well && r->now - o->row.last_reported >= 86400)
        o->state_changed = true;
    if (o->state_changed)
        o->row.last_reported = r->now;
}

static void source_failed(struct refresh *r, struct outcome *o,
                          const struct job *job)
{
    o->failed = true;
    o->row.failures++;
    o->row.error = o->error = arena_str(r->a, str_from_c(job->err.text));
    o->row.status = job->status;
    if (job->retry_after > 0)
        o->row.next_fetch = r->now + job->retry_after;
    change_state(r, o, job->status == 410 ? SOURCE_GONE : SOURCE_FAILING);
}

static void source_answered(struct refresh *r, struct outcome *o,
                            const struct job *job)
{
    o->row.failures = 0;
    o->row.error = STR_NONE;
    o->row.status = job->status;
    o->row.last_ok = r->now;
    o->row.next_fetch = 0;
    if (job->is_unchanged) {
        /* A 304 names the validators anew or keeps them. */
        if (job->new_etag.n > 0)
            o->row.etag = arena_str(r->a, job->new_etag);
        if (job->new_last_modified.n > 0)
            o->row.last_modified = arena_str(r->a, job->new_last_modified);
        change_state(r, o,
                     o->was == SOURCE_EMPTY ? SOURCE_EMPTY : SOURCE_UNCHANGED);
        return;
    }
    o->row.etag = arena_str(r->a, job->new_etag);
    o->row.last_modified = arena_str(r->a, job->new_last_modified);
    o->row.body_hash = job->body_hash;
    o->row.has_body_hash = true;
    o->row.kind = arena_str(r->a, job->result.kind);
}

static void describe_source(struct refresh *r, struct outcome *o,
                            const struct line_result *result)
{
    const struct page *page = &result->page;

    if (result->feed != NULL) {
        const struct feed_info *feed = &result->feed->f;

        o->row.title = arena_str(r->a, result->feed->title);
        o->row.home_url = arena_str(r->a, feed->home_url);
        o->row.feed_id = arena_str(r->a, feed->id);
        o->row.feed_updated = feed->updated;
        return;
    }
    o->row.title =
        arena_str(r->a, page->site_name.n > 0 ? page->site_name : page->title);
    o->row.home_url = arena_str(r->a, o->source->url);
}

/* The guids of a feed, before its items: a source may make them up. */
static bool see_guids(struct refresh *r, const struct outcome *o,
                      const struct job *job, struct error *err)
{
    size_t n = job->result.n_items;
    struct str *guids = arena_array(job->a, n + 1, sizeof *guids);
    struct str *urls = arena_array(job->a, n + 1, sizeof *urls);
    bool unstable;

    for (size_t i = 0; i < n; i++) {
        guids[i] = job->result.items[i]->guid;
        urls[i] = job->result.items[i]->url;
    }
    return store_see_guids(r->store, o->row.rowid, guids, urls, n, &unstable,
                           err);
}

static bool put_items(struct refresh *r, struct outcome *o,
                      const struct job *job, struct error *err)
{
    if (job->result.feed != NULL && !see_guids(r, o, job, err))
        return false;
    for (size_t i = 0; i < job->result.n_items; i++) {
        enum put_result result;

        if (!store_put_item(r->store, o->row.rowid, job->result.items[i],
                            r->now, &result, err))
            return false;
        o->n_new += result == PUT_NEW;
        o->n_changed += result == PUT_CHANGED;
        o->n_same += result == PUT_SAME;
    }
    return true;
}

/* ---- articles of list pages ----------------------------------------------------- */

/* A saved list page's articles may lie beside it: the part of their address
 * below the list's own folder is then their path. */
static struct str file_beside(struct refresh *r, const struct source *source,
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

static bool queue_articles(struct refresh *r, size_t source,
                           const struct page *page, struct error *err)
{
    const struct outcome *o = &r->outcomes[source];
    size_t n = 0;

    for (size_t i = 0; i < page->n_links && n < ARTICLES_A_RUN; i++) {
        struct str url = page->links[i].url;
        struct str key = url_key(r->a, url);
        struct job *job;
        bool known = false;

        if (key.n == 0)
            continue;
        if (!store_has_page(r->store, key, &known, err))
            return false;
        for (size_t k = 0; k < r->next.n && !known; k++)
            known = str_eq(url_key(r->a, r->next.at[k]->url), key);
        if (known)
            continue;
        job = job_new(r, source);
        job->is_article = true;
        job->url = arena_str(job->a, url);
        job->file = file_beside(r, o->source, job->url);
        *vec_add(r->a, &r->next) = job;
        n++;
    }
    return true;
}

/* ---- storing --------------------------------------------------------------------- */

static bool store_source(struct refresh *r, struct job *job, struct error *err)
{
    struct outcome *o = &r->outcomes[job->source];

    o->bytes += job->wire_bytes;
    o->row.last_fetch = r->now;
    if (!job->ok) {
        if (job->err.code == ERR_STOPPED)
            return true;
        source_failed(r, o, job);
        return store_put_source(r->store, &o->row, err);
    }
    source_answered(r, o, job);
    if (job->is_unchanged)
        return store_put_source(r->store, &o->row, err);
    describe_source(r, o, &job->result);
    change_state(r, o,
                 job->result.n_items == 0 && job->result.page.n_links == 0
                     ? SOURCE_EMPTY
                     : SOURCE_OK);
    return store_put_source(r->store, &o->row, err) &&
           put_items(r, o, job, err) &&
           queue_articles(r, job->source, &job->result.page, err);
}

static bool store_article(struct refresh *r, struct job *job, struct error *err)
{
    struct outcome *o = &r->outcomes[job->source];
    struct str key = url_key(r->a, job->url);
    bool is_final = job->ok || job->status == 404 || job->status == 410 ||
                    job->err.code == ERR_INPUT;

    o->bytes += job->wire_bytes;
    if (!job->ok && job->err.code == ERR_STOPPED)
        return true;
    if (!job->ok) {
        error_where(&job->err, arena_str(job->a, job->url).p);
        log_error(&job->err);
        o->failed = true;
        o->error = arena_str(r->a, str_from_c(job->err.text));
    }
    if (is_final &&
        !store_put_page(r->store, key, o->row.rowid, r->now, job->status, err))
        return false;
    return !job->ok || put_items(r, o, job, err);
}

/* Each document in a savepoint: one that the store refuses takes only itself
 * away. */
static bool store_one(struct refresh *r, struct job *job, struct error *err)
{
    if (!store_savepoint(r->store, err))
        return false;
    if (!(job->is_article ? store_article(r, job, err)
                          : store_source(r, job, err))) {
        store_undo(r->store);
        return false;
    }
    return store_release(r->store, err);
}

/* ---- the whole -------------------------------------------------------------------- */

static bool run_rounds(struct refresh *r, struct error *err)
{
    struct job **jobs;
    size_t n;

    if (!load_sources(r, &jobs, &n, err))
        return false;
    if (!round_run(r, jobs, n, store_one, err))
        return false;
    if (stop_signal() != 0)
        return true;
    return round_run(r, r->next.at, r->next.n, store_one, err);
}

static bool finish(struct refresh *r, struct press *press,
                   struct refresh_result *result, struct error *err)
{
    const struct mill_config *mill = &r->config->mill;
    struct run_row run = {.started = r->now, .finished = clock_now()};
    bool *has_failed =
        arena_array(r->a, mill->n_sources + 1, sizeof *has_failed);
    bool ok;

    for (size_t i = 0; i < mill->n_sources; i++) {
        const struct outcome *o = &r->outcomes[i];

        run.sources += o->asked;
        run.failed += o->failed;
        run.items_new += (int64_t)o->n_new;
        run.items_changed += (int64_t)o->n_changed;
        has_failed[i] = o->failed;
    }
    press->has_failed = has_failed;
    run.exit_status = run.failed > 0;
    result->sources = (size_t)run.sources;
    result->failed = (size_t)run.failed;
    result->items_new = (size_t)run.items_new;
    result->items_changed = (size_t)run.items_changed;
    result->topics = mill->n_topics;
    if (r->options->dry_run)
        return press_all(press, NULL, err);
    ok = store_begin(r->store, err) && press_all(press, NULL, err) &&
         store_put_run(r->store, &run, err) &&
         store_expire(r->store, r->now - mill->keep_items_seconds,
                      r->now - mill->keep_items_seconds - 365 * 86400LL, err) &&
         store_commit(r->store, err);
    if (!ok)
        store_rollback(r->store);
    return ok;
}

static int status_of(const struct error *err)
{
    return err->code == ERR_LOCKED ? 3 : 4;
}

static int refresh_locked(struct refresh *r, struct refresh_result *result)
{
    struct press press = {.a = r->a,
                          .config = r->config,
                          .store = r->store,
                          .now = r->now,
                          .dry_run = r->options->dry_run};
    struct error err;
    int status;

    if ((r->options->dry_run && !store_begin(r->store, &err)) ||
        !run_rounds(r, &err))
        goto failed;
    report_states(r);
    if (stop_signal() != 0)
        return 1;
    if (!finish(r, &press, result, &err))
        goto failed;
    for (size_t i = 0; i < r->config->mill.n_topics; i++)
        result->files += press.done[i].n_files;
    status = result->failed > 0 ? 1 : 0;
    if (r->options->json)
        report_write(r, &press, clock_now(), status, &result->report);
    return status;

failed:
    log_error(&err);
    return status_of(&err);
}

/* A dry run that finds no store looks at an empty one in memory. */
static struct store *open_store(struct arena *a, struct str root, bool dry_run,
                                struct error *err)
{
    struct str path = arena_cat(a, root, STR("/.feedmill/store.db"));

    if (dry_run && !file_exists(path.p))
        return store_open(":memory:", err);
    return store_open(path.p, err);
}

static struct lock *lock_mill(struct arena *a, struct str root,
                              struct error *err)
{
    struct str dir = arena_cat(a, root, STR("/.feedmill"));
    struct str path = arena_cat(a, dir, STR("/lock"));

    if (!file_make_dir(dir.p, 0700, err))
        return NULL;
    return lock_take(path.p, err);
}

int mill_refresh(const struct config *config,
                 const struct refresh_options *options,
                 struct refresh_result *result)
{
    struct refresh r = {.config = config,
                        .options = options,
                        .a = arena_new(0),
                        .now = clock_now()};
    struct lock *lock = NULL;
    struct error err;
    int status = 2;

    *result = (struct refresh_result){0};
    buf_init(&result->report, REPORT_MAX);
    if (!check_names(&r))
        goto done;
    lock = lock_mill(r.a, config->mill.root, &err);
    if (lock == NULL) {
        log_error(&err);
        status = status_of(&err);
        goto done;
    }
    r.store = open_store(r.a, config->mill.root, options->dry_run, &err);
    if (r.store == NULL) {
        log_error(&err);
        status = 4;
        goto done;
    }
    status = refresh_locked(&r, result);
    if (options->dry_run)
        store_rollback(r.store);

done:
    store_close(r.store);
    lock_release(lock);
    arena_free(r.a);
    return status;
}

static bool mark_topics(const struct config *config, const struct str *topics,
                        size_t n, bool *wanted)
{
    for (size_t i = 0; i < n; i++) {
        bool found = false;

        for (size_t t = 0; t < config->mill.n_topics; t++) {
            if (str_eq(config->mill.topics[t].id, topics[i]))
                wanted[t] = found = true;
        }
        if (!found) {
            struct error err;
            char name[256];

            snprintf(name, sizeof name, "%.*s", STR_ARG(topics[i]));
            error_set(&err, ERR_CONFIG, "no topic of this mill");
            error_where(&err, name);
            log_error(&err);
            return false;
        }
    }
    return true;
}

int mill_publish(const struct config *config, const struct str *topics,
                 size_t n_topics)
{
    struct press press = {.a = arena_new(0), .config = config};
    struct lock *lock = NULL;
    bool *wanted = arena_array(press.a, config->mill.n_topics + 1, 1);
    struct error err;
    int status = 2;

    press.now = clock_now();
    if (!mark_topics(config, topics, n_topics, wanted))
        goto done;
    lock = lock_mill(press.a, config->mill.root, &err);
    if (lock != NULL)
        press.store = open_store(press.a, config->mill.root, false, &err);
    if (press.store != NULL && store_begin(press.store, &err) &&
        press_all(&press, n_topics == 0 ? NULL : wanted, &err) &&
        store_commit(press.store, &err)) {
        status = 0;
    } else {
        log_error(&err);
        status = status_of(&err);
    }

done:
    store_close(press.store);
    lock_release(lock);
    arena_free(press.a);
    return status;
}
