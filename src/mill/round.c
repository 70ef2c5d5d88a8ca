/*
 * One round of documents: a feeding thread runs the fetch loop and hands each
 * answer to the pool, what is large of it in a file (sys/spool.h); workers read
 * it (line_run) as READ_BYTES allows, each document in an arena of its own; this
 * thread stores.  While WAITING_MAX answers wait to be read or
 * stored nothing new is asked for, so that memory stays bounded when storing is
 * slow; what is under way still finds room in the queues, since a fetch loop that
 * waits for others lets its transfers run out of their time.  Results share a
 * transaction until none has come for IDLE_MS, or it has lasted GROUP_MS or taken
 * GROUP_BYTES of documents: each commit writes the pages
 * of the store's indexes anew, and a killed run loses no more than that.
 *
 * A document of a source that was read before goes by this thread on its way to
 * the workers, for the store to say what the last one listed: of entries that are
 * there again as they were nothing is made (outcome_store).
 *
 * Most answers say that nothing has changed.  These go by the workers, as chains
 * of UNCHANGED_MAX, since waking another thread costs more than what it would
 * do; and what they change in the store is bookkeeping that may wait for the
 * run's end (outcomes_save).
 */
#include "mill/refresh.h"

#include "base/arena.h"
#include "fetch/fetch.h"
#include "judge/judge.h"
#include "mill/access.h"
#include "mill/get.h"
#include "mill/hosts.h"
#include "mill/mill_store.h"
#include "sys/clock.h"
#include "sys/file.h"
#include "sys/log.h"
#include "sys/pool.h"
#include "sys/progress.h"
#include "sys/spool.h"
#include "sys/squeeze.h"
#include "sys/stop.h"

#define IDLE_MS       1000
#define GROUP_MS      10000
#define GROUP_BYTES   ((size_t)32 << 20)
#define WAITING_MAX   16
#define MOVED_FROM    ((size_t)32 << 10) /* copied, if smaller */
#define UNCHANGED_MAX 64
#define FILES_OF_OURS 100 /* open, besides those of transfers */
/* Documents that are read and not stored, of so many bytes together: each holds
 * its tree and its items, a few times its own size. */
#define READ_MAX   8
#define READ_BYTES ((size_t)16 << 20)

struct job *job_new(struct refresh *r, size_t source)
{
    struct arena *a = arena_new_small();
    struct job *job = arena_make(a, struct job);

    job->a = a;
    job->refresh = r;
    job->source = source;
    job->retry_after = job->max_age = -1;
    buf_init(&job->bytes, (size_t)r->config->mill.max_body);
    return job;
}

bool was_put_off(const struct job *job)
{
    return !job->ok && job->err->code == ERR_REFUSED && job->retry_after > 0;
}

void job_free(struct job *job)
{
    if (job == NULL)
        return;
    buf_done(&job->bytes);
    spool_free(job->rest);
    for (size_t i = 0; i < job->parts.n; i++)
        buf_done(&job->parts.at[i].bytes);
    arena_free(job->a);
}

struct error *job_error(struct job *job)
{
    if (job->err == NULL)
        job->err = arena_make(job->a, struct error);
    return job->err;
}

/* ---- the worker's part --------------------------------------------------- */

/* The pages of an article that are here, the first one last of all fields. */
static void add_parts(struct job *job, struct line_input *in)
{
    size_t n = job->parts.n;
    struct line_part *parts = arena_array(job->a, n + 1, sizeof *parts);

    for (size_t i = 0; i < n; i++)
        parts[i] =
            (struct line_part){buf_str(&job->parts.at[i].bytes),
                               job->parts.at[i].url, job->parts.at[i].type};
    parts[n] = (struct line_part){in->bytes, in->url, in->type};
    in->bytes = parts[0].bytes;
    in->url = parts[0].url;
    in->type = parts[0].type;
    in->parts = parts + 1;
    in->n_parts = job->is_cut_short ? n - 1 : n;
}

/* The owner says nothing of what SOURCE is, and it was KIND the last time. */
static bool was(const struct job *job, const struct source *source,
                struct str kind)
{
    const struct source_row *row = &job->refresh->outcomes[job->source].row;

    return !job->is_article && source->type.n == 0 && source->links.n == 0 &&
           str_eq(row->kind, kind);
}

/* What was taken for an article and says nothing, as OPML or an empty page does. */
static void drop_blank(struct line_result *result)
{
    size_t n = 0;

    for (size_t i = 0; i < result->n_items; i++)
        if (result->items[i]->title.n > 0 || result->items[i]->html.n > 0)
            result->items[n++] = result->items[i];
    result->n_items = n;
}

/* What stands for a while where a feed or a list was (maintenance, consent, a
 * front page) is not to become an entry, nor its links articles. */
static bool read_line(struct job *job, const struct source *source,
                      const struct last_listed *known)
{
    struct line_input in = {
        .bytes = buf_str(&job->bytes),
        .url = job->final_url,
        .type =
            source->type.n > 0 && !job->is_article ? source->type : job->type,
        .as = job->is_article                 ? LINE_PAGE
              : was(job, source, STR("feed")) ? LINE_FEED
                                              : LINE_FIND_OUT,
        .when = {.now = job->refresh->now,
                 .zone = source->zone,
                 .has_zone_minutes = source->has_zone_minutes,
                 .zone_minutes = source->zone_minutes},
        .source_id = source->id,
        .site_rules = job->refresh->config->mill.site_rules,
        .want_drafts = !job->is_article,
        .want_whole = true,
        .known = known,
    };

    if (source->links.n > 0 && !job->is_article) {
        in.links = selector_parse(job->a, source->links, job_error(job));
        if (in.links == NULL)
            return false;
    }
    if (job->parts.n > 0)
        add_parts(job, &in);
    if (!line_run(job->a, &in, NULL, NULL, &job->result, job_error(job)))
        return false;
    if (job->result.page.lacks_list)
        return error_set(job_error(job), ERR_INPUT,
                         "links: the page has nothing that could hold them "
                         "(%.*s)",
                         STR_ARG(source->links));
    if (was(job, source, STR("list")) && job->result.page.kind != PAGE_LIST &&
        job->result.feed == NULL)
        return error_set(job_error(job), ERR_INPUT,
                         "not a list of articles any more: it seems to be one "
                         "article (type: text/html in the topic's file takes "
                         "it as it comes)");
    if (!job->is_article && !str_eq(job->result.kind, STR("feed")))
        drop_blank(&job->result);
    return true;
}

bool job_read_whole(struct job *job, struct error *err)
{
    if (read_line(job, job->refresh->outcomes[job->source].source, NULL))
        return true;
    *err = *job->err;
    return false;
}

/* A page that cannot be had or read is no reason to lose those before it. */
static void read_with_parts(struct job *job, const struct source *source)
{
    if (job->ok && read_line(job, source, NULL))
        return;
    job->is_cut_short = true;
    job->part_err = job_error(job);
    job->ok = false;
    if (job->part_err->code == ERR_STOPPED)
        return;
    job->err = NULL;
    job->ok = read_line(job, source, NULL);
}

/* What a worker has to itself. */
struct worker {
    struct arena *scratch;
    struct squeezer *squeezer;
};

/* What is compared of each item, and its texts packed: here, because this thread is
 * not the one that all others wait for.  Of a document that was here before few
 * items are new, and the store has it made of those. */
static void make_ready(struct job *job, struct worker *w)
{
    const struct source *source = job->refresh->outcomes[job->source].source;

    job->ready = arena_array(job->a, job->result.n_items, sizeof *job->ready);
    job->needs = arena_array(job->a, job->result.n_items, sizeof *job->needs);
    for (size_t i = 0; i < job->result.n_items; i++) {
        const struct item *item = job->result.items[i];
        struct story_sketch sketch;

        story_sketch_of(w->scratch, item, source->id, &sketch);
        story_sketch_copy(job->a, &sketch, &job->ready[i].sketch);
        store_make_ready(w->squeezer, job->a, w->scratch, item, source->id,
                         &job->ready[i]);
        job->needs[i] = full_text_need(w->scratch, source->full_text, item);
        arena_reset(w->scratch);
    }
}

/* What JOB holds once it is read. */
static size_t weight_of(const struct job *job)
{
    size_t n = job->bytes.n + spool_bytes(job->rest);
    int64_t bytes, mtime_ns;

    for (size_t i = 0; i < job->parts.n; i++)
        n += job->parts.at[i].bytes.n;
    if (job->file.n > 0 && file_stat(job->file.p, &bytes, &mtime_ns))
        n += (size_t)bytes;
    return n > READ_BYTES / READ_MAX ? n : READ_BYTES / READ_MAX;
}

/* All bytes of the document into memory. */
static bool read_in(struct job *job)
{
    bool ok;

    if (job->file.n > 0) {
        ok = file_read(job->file.p, &job->bytes, job_error(job));
        job->wire_bytes = (int64_t)job->bytes.n;
        return ok;
    }
    if (job->rest == NULL)
        return true;
    ok = spool_read(job->rest, &job->bytes, job_error(job));
    spool_free(job->rest);
    job->rest = NULL;
    return ok;
}

static void *worker_new(void)
{
    struct worker *w = heap_alloc(sizeof *w);

    *w = (struct worker){arena_new(0), squeezer_new()};
    return w;
}

static void worker_free(void *state)
{
    struct worker *w = state;

    arena_free(w->scratch);
    squeezer_free(w->squeezer);
    free(w);
}

static void work(void *p, void *state)
{
    struct job *job = p;
    const struct refresh *r = job->refresh;
    const struct outcome *outcome = &r->outcomes[job->source];

    /* What was not read when the run is to stop is read by the next one. */
    if (stop_signal() != 0) {
        queue_put(r->results, job);
        return;
    }
    job->held = budget_take(r->unstored, weight_of(job));
    job->ok = job->ok && read_in(job);
    job->read_bytes = job->bytes.n;
    if (job->parts.n > 0) {
        read_with_parts(job, outcome->source);
    } else if (job->ok && !job->is_unchanged) {
        job->body_hash = hash128(buf_str(&job->bytes));
        if (job->has_known_hash && hash128_eq(job->body_hash, job->known_hash))
            job->is_unchanged = true;
        else
            job->ok = read_line(job, outcome->source, &job->listed);
    }
    if (job->ok && !job->has_known_hash && job->result.feed != NULL) {
        buf_done(&job->bytes); /* nothing of it will be asked again */
        make_ready(job, state);
    }
    queue_put(r->results, job);
}

/* ---- the feeding thread -------------------------------------------------- */

struct feeding {
    struct refresh *r;
    struct errand *errands;
    size_t n;
};

static void hand_on_unchanged(struct refresh *r)
{
    struct job *first = r->unchanged.first;

    r->unchanged.first = r->unchanged.last = NULL;
    r->unchanged.n = 0;
    if (first != NULL)
        queue_put(r->results, first);
}

static void add_unchanged(struct refresh *r, struct job *job)
{
    if (r->unchanged.last == NULL)
        r->unchanged.first = job;
    else
        r->unchanged.last->next = job;
    r->unchanged.last = job;
    if (++r->unchanged.n == UNCHANGED_MAX)
        hand_on_unchanged(r);
}

static struct job *job_of(struct refresh *r, struct errand *errand)
{
    if (errand->job == NULL)
        errand->job = source_job(r, errand->source);
    return errand->job;
}

/* A transfer keeps the memory of a small body for its next one. */
static bool take_body(struct job *job, const struct response *response)
{
    struct buf *held = response->held;

    if (held == NULL || held->n <= MOVED_FROM)
        return buf_add_str(&job->bytes, response->body);
    job->bytes = *held;
    buf_init(held, held->max);
    buf_fit(&job->bytes);
    return true;
}

static void take_response(void *ctx, const struct response *response)
{
    struct refresh *r = ctx;
    struct job *job = job_of(r, response->user);

    job->ok = response->ok;
    job->status = response->status;
    job->retry_after = response->retry_after;
    job->max_age = response->max_age;
    job->wire_bytes = response->wire_bytes;
    job->is_unchanged = response->status == 304;
    job->is_forbidden = response->is_forbidden;
    job->is_repeated = response->is_repeated;
    if (!job->ok)
        *job_error(job) = response->err;
    job->final_url = arena_str(job->a, response->final_url);
    job->moved_to = arena_str(job->a, response->moved_to);
    job->type = arena_str(job->a, response->type);
    job->new_etag = arena_str(job->a, response->etag);
    job->new_last_modified = arena_str(job->a, response->last_modified);
    if (job->ok && !take_body(job, response))
        job->ok = error_set(job_error(job), ERR_LIMIT, "larger than max_body");
    if (job->ok && response->rest != NULL) {
        job->rest = *response->rest;
        *response->rest = NULL;
    }
    if (job->ok && job->is_unchanged && !job->is_article && job->parts.n == 0 &&
        stop_signal() == 0) {
        add_unchanged(r, job);
        return;
    }
    job->is_waiting = true;
    r->waiting++;
    job->wants_listed = job->ok && job->has_known_hash && !job->is_article;
    if (job->wants_listed)
        queue_put(r->results, job);
    else
        pool_add(r->pool, job);
}

static bool has_enough(void *ctx)
{
    const struct refresh *r = ctx;

    return r->waiting >= WAITING_MAX;
}

static struct request request_of(const struct refresh *r,
                                 const struct errand *errand)
{
    const struct job *job = errand->job;

    if (job == NULL)
        return source_request(r, errand->source);
    return (struct request){.url = job->url, .obeys_robots = true};
}

/* A file, for the workers to read. */
static void give_file(struct refresh *r, struct job *job)
{
    if (stop_signal() != 0) {
        job->ok = error_set(job_error(job), ERR_STOPPED, "stopped");
    } else {
        job->ok = true;
        job->final_url = job->url;
        job->type = type_by_name(job->file);
    }
    pool_add(r->pool, job);
}

/* What a source is reached by lives with its job. */
static bool reach(struct refresh *r, struct errand *errand,
                  const struct source *source,
                  const struct fetch_access **access)
{
    struct job *job;
    struct error err;

    if (source->access == NULL)
        return true;
    job = job_of(r, errand);
    if (access_of(job->a, r->config->mill.root, source, access, &err))
        return true;
    *job_error(job) = err;
    return false;
}

static void give_errand(struct refresh *r, struct errand *errand)
{
    const struct source *source = r->outcomes[errand->source].source;
    struct request request = request_of(r, errand);

    request.user = errand;
    if ((errand->job == NULL ? source->file : errand->job->file).n > 0)
        give_file(r, job_of(r, errand));
    else if (reach(r, errand, source, &request.access))
        fetcher_add(r->fetcher, &request);
    else
        pool_add(r->pool, errand->job);
}

static void feed(void *p)
{
    struct feeding *feeding = p;
    struct refresh *r = feeding->r;

    for (size_t i = 0; i < feeding->n; i++)
        give_errand(r, &feeding->errands[i]);
    fetcher_end_at(r->fetcher, r->end_ms);
    fetcher_run(r->fetcher, stop_flag());
    hand_on_unchanged(r);
}

/* ---- this thread: the only one that stores --------------------------------- */

/* One transaction for what comes within GROUP_MS. */
struct group {
    bool is_open;
    int64_t start;
    size_t bytes; /* of documents */
};

static bool group_open(struct refresh *r, struct group *g, struct error *err)
{
    if (g->is_open)
        return true;
    g->is_open = store_begin(r->store, err);
    g->start = clock_ms();
    g->bytes = 0;
    return g->is_open;
}

static bool group_close(struct refresh *r, struct group *g, struct error *err)
{
    if (!g->is_open)
        return true;
    g->is_open = false;
    return store_commit(r->store, err);
}

/* A document that is the one of last time is counted; others are stored. */
static bool store_result(struct refresh *r, struct group *g, struct job *job,
                         bool (*on_result)(struct refresh *r, struct job *job,
                                           struct error *err),
                         struct error *err)
{
    if (job->ok && job->is_unchanged && !job->is_article) {
        outcome_unchanged(r, job);
        return true;
    }
    if (!group_open(r, g, err))
        return false;
    g->bytes += job->read_bytes;
    return on_result(r, job, err);
}

/* JOB is to be read, and wants to know first what its source listed last. */
static bool give_listed(struct refresh *r, struct job *job, struct error *err)
{
    job->wants_listed = false;
    if (!store_get_listed(r->store, job->a, r->outcomes[job->source].row.rowid,
                          &job->listed, err))
        return false;
    pool_add_now(r->pool, job);
    return true;
}

static bool store_results(struct refresh *r, size_t expected,
                          bool (*on_result)(struct refresh *r, struct job *job,
                                            struct error *err),
                          struct error *err)
{
    struct progress *progress = progress_new("refresh", expected);
    struct group group = {0};
    bool ok = true;

    for (size_t done = 0; done < expected;) {
        struct job *job = queue_take(r->results, group.is_open ? IDLE_MS : -1);

        if (ok && group.is_open &&
            (job == NULL || group.bytes >= GROUP_BYTES ||
             clock_ms() - group.start >= GROUP_MS))
            ok = group_close(r, &group, err);
        for (struct job *next; job != NULL; job = next) {
            size_t held;

            next = job->next;
            if (job->wants_listed && ok && stop_signal() == 0) {
                ok = give_listed(r, job, err);
                if (ok)
                    continue;
            }
            /* When the store failed, or the run is to stop, the rest is only
             * taken away: storing two full queues can take half a minute. */
            if (ok && stop_signal() == 0)
                ok = store_result(r, &group, job, on_result, err);
            progress_step(
                progress, ++done,
                arena_str(r->a, r->outcomes[job->source].source->id).p);
            if (job->is_waiting)
                r->waiting--;
            held = job->held;
            job_free(job);
            budget_give(r->unstored, held);
        }
    }
    ok = ok && group_close(r, &group, err);
    if (!ok)
        store_rollback(r->store);
    progress_free(progress);
    return ok;
}

static struct fetcher *new_fetcher(struct refresh *r, struct error *err)
{
    struct fetch_options options =
        fetch_options_of(r->a, &r->config->mill, r->options->version);

    options.max_at_once = r->config->mill.transfers;
    /* A connection each, and a file for what of a body is large. */
    files_allow(2 * (size_t)options.max_at_once + FILES_OF_OURS);
    options.spool_folder = mill_spool_folder(r->a, r->config->mill.root);
    options.is_busy = has_enough;
    hosts_listen(r, &options);
    return fetcher_new(&options, take_response, r, err);
}

bool round_run(struct refresh *r, struct errand *errands, size_t n,
               bool (*on_result)(struct refresh *r, struct job *job,
                                 struct error *err),
               struct error *err)
{
    struct feeding feeding = {.r = r, .errands = errands, .n = n};
    size_t room = 2 * (size_t)r->config->mill.transfers + WAITING_MAX;
    struct thread *thread;
    bool ok;

    if (n == 0)
        return true;
    if (r->fetcher == NULL) {
        r->fetcher = new_fetcher(r, err);
        if (r->fetcher == NULL || !hosts_know_peace(r, err))
            return false;
    }
    if (!hosts_know_robots(r, errands, n, err))
        return false;
    r->results = queue_new(room);
    r->unstored = budget_new(READ_BYTES);
    r->pool =
        pool_new((size_t)r->options->jobs, room, work, worker_new, worker_free);
    thread = thread_start(feed, &feeding);
    ok = store_results(r, n, on_result, err);
    thread_join(thread);
    pool_free(r->pool);
    queue_free(r->results);
    budget_free(r->unstored);
    return ok && hosts_store(r, err);
}
