/*
 * The main job.  First round: every source that is due.  Second round: the
 * articles that list pages name and we have not read yet, and the pages of feed
 * entries that are teasers.  Further rounds: the
 * second pages of articles that have one, the third pages ...  Then press.
 */
#include "mill/refresh.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/map.h"
#include "fetch/fetch.h"
#include "item/site_rule.h"
#include "mill/deliver.h"
#include "mill/hosts.h"
#include "mill/mill_store.h"
#include "mill/outlet.h"
#include "mill/readdress.h"
#include "mill/schedule.h"
#include "sys/clock.h"
#include "sys/file.h"
#include "sys/lock.h"
#include "sys/log.h"
#include "sys/stop.h"
#include "text/url.h"

#define CLOCK_MIN  ((int64_t)978307200) /* 2001 */
#define REPORT_MAX ((size_t)256 << 20)
#define DAY        ((int64_t)86400)
#define RUNS_SEEN  10 /* the last ones say how often we are run */
/* What more of them say of the time; two that had a wrong one prove nothing. */
#define RUNS_BELIEVED  100
#define RUNS_THAT_TELL 3
/* Nor does one that comes later than this, and than twice what usually lies between
 * two; of others the clock is believed at once. */
#define PAUSE_MAX (40 * DAY)

/* ---- which sources ---------------------------------------------------------- */

/* Marks the sources that a word of the command line names: those of a topic, or
 * one by its address.  False when nothing of this mill is called so. */
static bool mark_wanted(struct refresh *r, struct str word)
{
    const struct mill_config *mill = &r->config->mill;
    struct str url =
        url_is_http(word) ? url_resolve(r->a, STR_NONE, word) : STR_NONE;
    bool found = false;

    for (size_t t = 0; t < mill->n_topics; t++) {
        const struct topic *topic = &mill->topics[t];

        if (!str_eq(topic->id, word))
            continue;
        found = true;
        for (size_t i = 0; i < topic->n_sources; i++)
            r->outcomes[topic->sources[i]].wanted = true;
    }
    for (size_t i = 0; i < mill->n_sources; i++) {
        const struct source *s = &mill->sources[i];

        if (!str_eq(s->id, word) && !str_eq(s->url, word) &&
            (url.n == 0 || !str_eq(s->url, url)))
            continue;
        found = r->outcomes[i].wanted = true;
    }
    return found;
}

static void log_unknown(struct arena *a, struct str word, const char *text)
{
    struct error err;

    error_set(&err, ERR_CONFIG, "%s", text);
    error_where(&err, arena_str(a, word).p);
    log_error(&err);
}

static bool choose_sources(struct refresh *r)
{
    const struct refresh_options *options = r->options;
    size_t n = r->config->mill.n_sources;

    r->outcomes = arena_array(r->a, n + 1, sizeof *r->outcomes);
    for (size_t i = 0; i < n; i++) {
        r->outcomes[i].source = &r->config->mill.sources[i];
        r->outcomes[i].wanted = options->n_wanted == 0;
    }
    for (size_t i = 0; i < options->n_wanted; i++) {
        if (!mark_wanted(r, options->wanted[i])) {
            log_unknown(r->a, options->wanted[i],
                        "no topic or source of this mill");
            return false;
        }
    }
    return true;
}

/* A server that wants to be left alone, or said that the source is gone for
 * good, is left alone even when its source is named on the command line. */
static bool is_due(const struct refresh *r, const struct outcome *o)
{
    enum schedule_why why = schedule_why_by_name(o->row.next_why);

    if (r->options->all || outcome_is_due(r, o))
        return true;
    if (why == SCHEDULE_GONE)
        return false;
    /* A clock that was set back must not silence a source. */
    if (r->now < o->row.last_fetch)
        return true;
    if (why == SCHEDULE_ASKED)
        return false;
    /* A saved file costs nothing to look at. */
    return o->source->file.n > 0 || r->options->n_wanted > 0 ||
           (o->row.has_body_hash && !hash128_eq(o->row.read_as, o->read_as));
}

/* All else that decides how a source's bytes are read. */
static struct hash128 read_as(struct refresh *r, const struct source *s)
{
    struct arena_mark mark = arena_mark(r->a);
    struct hash128 hash;
    const struct site_rule *rule =
        site_rule_for(r->a, r->config->mill.site_rules, s->url);
    struct str all = arena_cat(
        r->a, r->options->version, STR("\n"), s->url, STR("\n"), s->type,
        STR("\n"), s->zone_name, STR("\n"), s->links, STR("\n"),
        s->full_text == FULL_TEXT_AUTO     ? STR("auto")
        : s->full_text == FULL_TEXT_ALWAYS ? STR("always")
                                           : STR("never"),
        STR("\n"), rule == NULL ? STR_NONE : rule->text);

    /* Who asks otherwise may get something else. */
    for (size_t i = 0; s->access != NULL && i < s->access->headers.n; i++)
        all = arena_cat(r->a, all, STR("\n"), s->access->headers.at[i]);
    if (s->access != NULL)
        all = arena_cat(r->a, all, STR("\n"), s->access->user, STR("\n"),
                        s->access->token_file, s->access->token_env);
    hash = hash128(all);
    arena_release(r->a, mark);
    return hash;
}

/* Whether its next document may be the one that is known. */
static bool may_be_same(const struct outcome *o)
{
    return o->row.has_body_hash && hash128_eq(o->row.read_as, o->read_as);
}

struct request source_request(const struct refresh *r, size_t source)
{
    const struct outcome *o = &r->outcomes[source];
    struct request request = {.url = outcome_url(o)};

    if (o->source->file.n == 0 && may_be_same(o)) {
        request.etag = o->row.etag;
        request.last_modified = o->row.last_modified;
        request.validated = o->row.validated;
    }
    return request;
}

struct job *source_job(struct refresh *r, size_t source)
{
    const struct outcome *o = &r->outcomes[source];
    struct job *job = job_new(r, source);

    job->url = outcome_url(o);
    job->has_known_hash = may_be_same(o);
    job->known_hash = o->row.body_hash;
    if (o->source->file.n > 0)
        job->file =
            arena_cat(job->a, r->config->mill.root, STR("/"), o->source->file);
    return job;
}

/* When O was asked last.  Who was put off for another of its site was not, and may be
 * the one that the site still answers. */
static int64_t last_asked(const struct outcome *o)
{
    bool is_waiting =
        o->row.failures == 0 && str_eq(o->row.next_why, STR("asked"));

    return is_waiting ? 0 : o->row.last_fetch;
}

/* Who was asked longest ago is the first: what the last run had no time for. */
static int by_last_fetch(const void *x, const void *y)
{
    const struct errand *a = x, *b = y;

    if (a->last_fetch != b->last_fetch)
        return a->last_fetch < b->last_fetch ? -1 : 1;
    return a->source < b->source ? -1 : 1;
}

/* A server sees an address once in a run: of sources that are one by their URL
 * key the first is asked.  The others are before it in the next run, for they
 * were asked longer ago then. */
static size_t drop_twins(struct refresh *r, struct errand *errands, size_t n)
{
    struct arena *scratch = arena_new_small();
    size_t n_kept = 0;

    for (size_t i = 0; i < n; i++) {
        struct outcome *o = &r->outcomes[errands[i].source];
        struct str key = STR_NONE;

        arena_reset(scratch);
        o->asked = true;
        if (o->source->file.n == 0)
            key = url_key(scratch, outcome_url(o));
        if (key.n > 0)
            map_put(&r->asked, arena_str(r->a, key), &o->asked);
        if (o->asked)
            errands[n_kept++] = errands[i];
        else
            log_verbose("%.*s: waits for the next run, another source of its "
                        "address is asked in this one",
                        STR_ARG(o->source->id));
    }
    arena_free(scratch);
    return n_kept;
}

static void say_clock_went_back(int64_t then, int64_t now)
{
    char was[WHEN_CHARS], is[WHEN_CHARS];

    when_rfc3339((struct when){then, .precision = WHEN_SECOND}, was);
    when_rfc3339((struct when){now, .precision = WHEN_SECOND}, is);
    log_line("the clock says %s, and at the last run it said %s: new entries "
             "without a date are dated by it",
             is, was);
}

/* How often we are run lately, and how late it is by the runs before: an entry of
 * yesterday is not to be taken for one of the future by a clock that went back. */
static bool see_runs(struct refresh *r, struct error *err)
{
    int64_t starts[RUNS_BELIEVED], lately[RUNS_SEEN], step;
    size_t n;

    if (!store_run_starts(r->store, starts, RUNS_BELIEVED, &n, err))
        return false;
    if (n > 0 && r->now + DAY < starts[0])
        say_clock_went_back(starts[0], r->now);
    r->come = schedule_latest(starts, n, RUNS_THAT_TELL);
    store_believe(r->store, r->come);
    for (size_t i = 0; i < n && i < RUNS_SEEN; i++)
        lately[i] = starts[i];
    r->run_gap = schedule_gap(lately, n < RUNS_SEEN ? n : RUNS_SEEN);
    step = r->run_gap < PAUSE_MAX / 2 ? PAUSE_MAX : 2 * r->run_gap;
    r->believed = schedule_believed(starts, n, RUNS_THAT_TELL, step, r->now);
    return true;
}

static void take_row(void *ctx, const struct source_row *row)
{
    struct refresh *r = ctx;
    size_t *at = map_get(&r->config->mill.by_id, row->id);

    if (at != NULL)
        r->outcomes[*at].row = *row;
}

/* Sources have their rows from the first run on, in the owner's order: items of one
 * moment are walked in the order of their sources' rows. */
static bool enter_sources(struct refresh *r, struct error *err)
{
    bool ok = true, is_open = false;

    for (size_t i = 0; ok && i < r->config->mill.n_sources; i++) {
        struct source_row *row = &r->outcomes[i].row;

        if (row->rowid != 0)
            continue;
        ok = (is_open || store_begin(r->store, err)) &&
             store_put_source(r->store, row, err);
        is_open = true;
    }
    if (ok && is_open)
        ok = store_commit(r->store, err);
    if (!ok)
        store_rollback(r->store);
    return ok;
}

static bool load_sources(struct refresh *r, struct errand **errands, size_t *n,
                         struct error *err)
{
    size_t n_sources = r->config->mill.n_sources;

    if (!see_runs(r, err) || !mill_readdress(&r->config->mill, r->store, err) ||
        !store_each_source(r->store, r->a, take_row, r, err))
        return false;
    *errands = arena_array(r->a, n_sources + 1, sizeof **errands);
    *n = 0;
    for (size_t i = 0; i < n_sources; i++) {
        struct outcome *o = &r->outcomes[i];

        o->row.id = o->source->id;
        o->read_as = read_as(r, o->source);
        o->was = o->row.state;
        if (o->wanted && is_due(r, o))
            (*errands)[(*n)++] =
                (struct errand){.source = i, .last_fetch = last_asked(o)};
    }
    if (!enter_sources(r, err))
        return false;
    if (*n > 0)
        qsort(*errands, *n, sizeof **errands, by_last_fetch);
    *n = drop_twins(r, *errands, *n);
    return true;
}

/* ---- the whole -------------------------------------------------------------------- */

static bool store_one(struct refresh *r, struct job *job, struct error *err)
{
    return store_next_document(r->store, err) &&
           (job->is_article ? articles_store(r, job, err)
                            : outcome_store(r, job, err));
}

/* When a round that may last LIMIT_MS from now on is over; 0: never. */
static int64_t end_after(int64_t limit_ms)
{
    return limit_ms > 0 ? clock_ms() + limit_ms : 0;
}

/* In a transaction of its own: what follows may take long, or is left out. */
static bool save_now(struct refresh *r, struct error *err)
{
    if (r->unsaved.n == 0)
        return true;
    if (store_begin(r->store, err) && outcomes_save(r, err) &&
        store_commit(r->store, err)) {
        r->unsaved.n = 0;
        return true;
    }
    store_rollback(r->store);
    return false;
}

/* For what is queued behind FROM. */
static struct errand *next_errands(struct refresh *r, size_t from)
{
    struct errand *errands =
        arena_array(r->a, r->next.n - from, sizeof *errands);

    for (size_t i = from; i < r->next.n; i++)
        errands[i - from] = (struct errand){.source = r->next.at[i]->source,
                                            .job = r->next.at[i]};
    return errands;
}

static bool run_rounds(struct refresh *r, struct error *err)
{
    struct errand *errands;
    size_t n;

    if (!load_sources(r, &errands, &n, err))
        return false;
    r->end_ms = end_after(r->config->mill.sources_ms);
    if (!round_run(r, errands, n, store_one, err))
        return false;
    if (stop_signal() != 0)
        return save_now(r, err);
    if (r->sources_left > 0)
        log_line("%zu sources were not asked, sources_time is over: they come "
                 "first in the next run",
                 r->sources_left);
    if (!outcomes_remind(r, err) || !teasers_queue(r, err) ||
        (r->next.n > 0 && !save_now(r, err)))
        return false;
    r->end_ms = end_after(r->config->mill.pages_ms);
    for (size_t from = 0, end; from < r->next.n && stop_signal() == 0;
         from = end) {
        end = r->next.n;
        errands = next_errands(r, from);
        if (!round_run(r, errands, end - from, store_one, err))
            return false;
    }
    if (r->pages_left > 0)
        log_verbose("%zu pages are left for the next run: the time for them is "
                    "over",
                    r->pages_left);
    return stop_signal() == 0 || save_now(r, err);
}

static bool finish(struct refresh *r, struct press *press,
                   struct refresh_result *result, struct error *err)
{
    const struct mill_config *mill = &r->config->mill;
    struct run_row run = {.started = r->now, .finished = clock_now()};
    bool *has_failed =
        arena_array(r->a, mill->n_sources + 1, sizeof *has_failed);
    /* A clock that is years ahead for a run or two is to make nothing be forgotten. */
    int64_t too_old = r->believed - mill->keep_items_seconds;
    struct error unsaved;
    bool ok;

    press->sources =
        arena_array(r->a, mill->n_sources + 1, sizeof *press->sources);
    for (size_t i = 0; i < mill->n_sources; i++) {
        const struct outcome *o = &r->outcomes[i];

        run.sources += o->asked;
        run.failed += o->failed;
        run.items_new += (int64_t)o->n_new;
        run.items_changed += (int64_t)o->n_changed;
        has_failed[i] = o->failed;
        press->sources[i] = &o->row;
    }
    press->has_failed = has_failed;
    run.exit_status = run.failed > 0;
    result->sources = (size_t)run.sources;
    result->failed = (size_t)run.failed;
    result->items_new = (size_t)run.items_new;
    result->items_changed = (size_t)run.items_changed;
    result->topics = mill->n_topics;
    if (r->options->dry_run)
        return save_now(r, err) && press_all(press, NULL, err);
    store_rest(r->store);
    ok = store_begin(r->store, err) && outcomes_save(r, err) &&
         store_expire(r->store, too_old, too_old - 365 * DAY, err) &&
         press_all(press, NULL, err) && store_put_run(r->store, &run, err) &&
         store_commit(r->store, err);
    if (ok)
        return true;
    store_rollback(r->store);
    /* A press that was stopped does not undo that the sources were asked. */
    if (stop_signal() != 0 && !save_now(r, &unsaved))
        log_error(&unsaved);
    return false;
}

static int status_of(const struct error *err)
{
    return err->code == ERR_CONFIG ? 2 : err->code == ERR_LOCKED ? 3 : 4;
}

static int refresh_locked(struct refresh *r, struct refresh_result *result)
{
    struct press press = {.a = r->a,
                          .config = r->config,
                          .store = r->store,
                          .now = r->now,
                          .dry_run = r->options->dry_run,
                          .may_stand = !r->options->dry_run,
                          .version = r->options->version};
    bool is_delivered;
    struct error err;
    int status;

    if (!run_rounds(r, &err))
        goto failed;
    report_states(r);
    rules_report(r);
    if (stop_signal() != 0)
        return 1;
    if (!finish(r, &press, result, &err))
        goto failed;
    for (size_t i = 0; i < r->config->mill.n_topics; i++)
        result->files += press.done[i].files.n;
    is_delivered = r->options->dry_run || deliver(&press);
    if (r->options->metrics.n > 0 && !metrics_write(r, &press, result, &err))
        goto failed;
    status = result->failed > 0 || !is_delivered ? 1 : 0;
    if (r->options->json)
        report_write(r, &press, clock_now(), status, &result->report);
    return status;

failed:
    log_error(&err);
    return status_of(&err);
}

/* A machine that has lost the time begins in 1970, or when its system was made.
 * What is stored then would be dated so for ever. */
static bool clock_is_set(int64_t now, struct error *err)
{
    char text[WHEN_CHARS];

    if (now >= CLOCK_MIN)
        return true;
    when_rfc3339((struct when){.unix_seconds = now, .precision = WHEN_SECOND},
                 text);
    return error_set(err, ERR_LIMIT,
                     "the clock says %s, and new entries would be dated by it: "
                     "nothing is done until it is set",
                     text);
}

int mill_refresh(const struct config *config,
                 const struct refresh_options *options,
                 struct refresh_result *result)
{
    struct refresh r = {.config = config,
                        .options = options,
                        .a = arena_new(0),
                        .now = clock_now(),
                        .started_ms = clock_ms()};
    struct lock *lock = NULL;
    struct error err;
    int status = 2;

    *result = (struct refresh_result){0};
    buf_init(&result->report, REPORT_MAX);
    map_init(&r.asked, r.a);
    map_init(&r.queued, r.a);
    if (!clock_is_set(r.now, &err)) {
        log_error(&err);
        status = 4;
        goto done;
    }
    if (!choose_sources(&r))
        goto done;
    if (!options->dry_run)
        lock = mill_lock(r.a, config->mill.root, &err);
    if (lock != NULL)
        mill_say_lost_store(r.a, config->mill.root);
    if (lock != NULL || options->dry_run)
        r.store =
            mill_store_open(r.a, config->mill.root, options->dry_run, &err);
    if (r.store != NULL) {
        status = refresh_locked(&r, result);
    } else {
        log_error(&err);
        status = status_of(&err);
    }

done:
    fetcher_free(r.fetcher);
    hosts_free(r.hosts);
    store_close(r.store);
    lock_release(lock);
    arena_free(r.a);
    return status;
}

static bool mark_topics(struct arena *a, const struct config *config,
                        const struct str *topics, size_t n, bool *wanted)
{
    for (size_t i = 0; i < n; i++) {
        const struct topic *topic = topic_by_id(&config->mill, topics[i]);

        if (topic == NULL) {
            log_unknown(a, topics[i], "no topic of this mill");
            return false;
        }
        wanted[topic - config->mill.topics] = true;
    }
    return true;
}

/* The folder without slashes at its end, but for the root's. */
static struct str folder_name(struct arena *a, struct str path)
{
    while (path.n > 1 && path.p[path.n - 1] == '/')
        path.n--;
    return arena_str(a, path);
}

int mill_publish(const struct config *config,
                 const struct publish_options *options)
{
    struct press press = {.a = arena_new(0), .config = config};
    struct lock *lock = NULL;
    bool *wanted = arena_array(press.a, config->mill.n_topics + 1, 1);
    struct error err;
    int status = 2;

    press.now = clock_now();
    press.version = options->version;
    press.to = folder_name(press.a, options->to);
    if (!mark_topics(press.a, config, options->topics, options->n_topics,
                     wanted))
        goto done;
    lock = mill_lock(press.a, config->mill.root, &err);
    if (lock != NULL)
        mill_say_lost_store(press.a, config->mill.root);
    if (lock != NULL)
        press.store = mill_store_open(press.a, config->mill.root, false, &err);
    if (press.store != NULL && store_begin(press.store, &err) &&
        mill_readdress(&config->mill, press.store, &err) &&
        press_all(&press, options->n_topics == 0 ? NULL : wanted, &err) &&
        store_commit(press.store, &err)) {
        status = deliver(&press) && outlet_refused(press.outlet) == 0 ? 0 : 1;
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
