/*
 * What came of asking a source: its state, when it is asked again, where it has
 * moved to, and its items.
 */
#include "mill/refresh.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/vec.h"
#include "item/story.h"
#include "mill/schedule.h"
#include "sys/log.h"
#include "text/url.h"

#define DAY ((int64_t)86400)
/* Runs on end in which a permanent redirect leads to one place before it is
 * believed, and failures on end after which it is doubted. */
#define MOVE_RUNS 3
/* A document of at least so many entries that comes back with a quarter of them
 * or less has shrunk. */
#define SHRUNK_FROM 8
#define SHRUNK_TO   4
/* Fewer entries that all have changed are no sign of CHURN_RUNS. */
#define CHURN_FROM 2

static struct schedule_bounds bounds_of(const struct refresh *r)
{
    return (struct schedule_bounds){.min = r->config->mill.min_interval,
                                    .max = r->config->mill.max_interval,
                                    .salt = hash64(r->config->mill.id)};
}

static struct schedule habits_of(const struct source_row *row)
{
    return (struct schedule){.period = row->period,
                             .why = schedule_why_by_name(row->next_why),
                             .skip_hours = row->skip_hours,
                             .skip_days = row->skip_days};
}

/* As was planned, or earlier if the owner's bounds have become narrower since. */
static int64_t earlier(int64_t due, const struct source_row *row)
{
    return due < row->next_fetch ? due : row->next_fetch;
}

bool outcome_is_due(const struct refresh *r, const struct outcome *o)
{
    const struct source_row *row = &o->row;
    struct schedule_bounds bounds = bounds_of(r);
    struct schedule s = habits_of(row);
    int64_t due;

    if (s.why == SCHEDULE_ASKED || s.why == SCHEDULE_GONE)
        return row->next_fetch <= r->now;
    if (s.why == SCHEDULE_BACKOFF) {
        due = schedule_retry(row->failures, bounds, row->id, row->last_fetch);
        return earlier(due, row) <= r->now;
    }
    due = schedule_next(&s, bounds, row->id, row->last_fetch);
    return schedule_is_due(&s, bounds, row->last_fetch, earlier(due, row),
                           r->run_gap, r->now);
}

static void change_state(struct refresh *r, struct outcome *o,
                         enum source_state state)
{
    bool is_well = state == SOURCE_OK || state == SOURCE_UNCHANGED;
    bool was_well = o->was == SOURCE_OK || o->was == SOURCE_UNCHANGED ||
                    o->was == SOURCE_NEW;

    /* Ok and unchanged are one state of health. */
    if (o->row.state != state && !(is_well && was_well && o->was != SOURCE_NEW))
        o->row.since = r->now;
    o->row.state = state;
    if (is_well != was_well || (!is_well && o->was != state))
        o->state_changed = true;
    else if (!is_well && r->now - o->row.last_reported >= DAY &&
             /* That one makes up guids is its way, and we know how to live
              * with it. */
             (state != SOURCE_REPEATING || r->now - o->row.since < 7 * DAY))
        o->state_changed = true;
    if (o->state_changed)
        o->row.last_reported = r->now;
}

void outcome_put_off(struct refresh *r, struct outcome *o, int64_t seconds)
{
    o->row.next_fetch = r->now + seconds;
    o->row.next_why = schedule_why_name(SCHEDULE_ASKED);
}

/* The server asked for peace before this source had its turn: that is no fault
 * of it, and what was known of it still holds. */
static void source_put_off(struct refresh *r, struct outcome *o,
                           const struct job *job)
{
    outcome_put_off(r, o, job->retry_after);
    o->error = arena_str(r->a, str_from_c(job->err->text));
}

/* A source that fails and is left alone is told of every day all the same. */
bool outcomes_remind(struct refresh *r, struct error *err)
{
    for (size_t i = 0; i < r->config->mill.n_sources; i++) {
        struct outcome *o = &r->outcomes[i];

        if (!o->wanted || o->asked || !source_is_dead(o->row.state))
            continue;
        change_state(r, o, o->row.state);
        if (o->state_changed && !store_put_source(r->store, &o->row, err))
            return false;
    }
    return true;
}

static void source_failed(struct refresh *r, struct outcome *o,
                          const struct job *job)
{
    o->failed = true;
    o->row.failures++;
    o->row.error = o->error = arena_str(r->a, str_from_c(job->err->text));
    o->row.status = job->status;
    if (o->row.failures >= MOVE_RUNS)
        o->row.moved_runs = 0;
    if (job->status == 410) {
        o->row.next_fetch = SCHEDULE_NEVER;
        o->row.next_why = schedule_why_name(SCHEDULE_GONE);
        change_state(r, o, SOURCE_GONE);
        return;
    }
    o->row.next_fetch =
        schedule_retry(o->row.failures, bounds_of(r), o->row.id, r->now);
    o->row.next_why = schedule_why_name(SCHEDULE_BACKOFF);
    if (job->retry_after > 0)
        outcome_put_off(r, o, job->retry_after);
    change_state(r, o, SOURCE_FAILING);
}

/* Where a source has moved to is asked instead of it.  When that fails on end, both
 * are, in turn: it may be out of order for a day, and the server that led there gone
 * for good. */
struct str outcome_url(const struct outcome *o)
{
    int doubted = o->row.failures - MOVE_RUNS;

    return o->row.address.n == 0 || (doubted >= 0 && doubted % 2 == 0)
               ? o->source->url
               : o->row.address;
}

/* A permanent redirect is believed when it led to one place in MOVE_RUNS runs
 * on end over a day (RFC 9110, 15.4.2: a mistake of a server's configuration
 * looks the same). */
static void see_move(struct refresh *r, struct outcome *o,
                     const struct job *job)
{
    struct source_row *row = &o->row;

    if (str_eq(job->url, o->source->url) &&
        !str_eq(job->moved_to, row->address))
        row->address = STR_NONE;
    if (job->moved_to.n == 0) {
        row->moved_to = STR_NONE;
        row->moved_runs = 0;
        row->moved_since = 0;
        return;
    }
    if (!str_eq(row->moved_to, job->moved_to)) {
        row->moved_to = arena_str(r->a, job->moved_to);
        row->moved_runs = 0;
    }
    if (row->moved_runs == 0)
        row->moved_since = r->now;
    row->moved_runs++;
    if (row->moved_runs >= MOVE_RUNS && r->now - row->moved_since >= DAY)
        row->address = row->moved_to;
}

/* What the document says of when to ask again. */
static struct schedule read_habits(const struct refresh *r,
                                   const struct job *job)
{
    const struct line_result *result = &job->result;
    struct schedule_facts facts = {.max_age = job->max_age};

    facts.dates = arena_array(job->a, result->n_items + 1, sizeof *facts.dates);
    if (result->feed != NULL) {
        const struct feed_info *f = &result->feed->f;

        facts.has_ended = f->expired;
        facts.stated = f->ttl_seconds > f->update_period_seconds
                           ? f->ttl_seconds
                           : f->update_period_seconds;
        facts.skip_hours = f->skip_hours;
        facts.skip_days = f->skip_days;
        for (size_t i = 0; i < result->n_items; i++)
            if (when_known(result->drafts[i].published))
                facts.dates[facts.n_dates++] =
                    result->drafts[i].published.unix_seconds;
    }
    return schedule_read(&facts, r->now);
}

/* What came of a feed is stored, and it is asked for anew and in full: soon, as
 * after any failure, but not more seldom than it would be if this were its way.
 * What is missing still holds, and so does what was known of the feed itself. */
static void source_cut(struct refresh *r, struct outcome *o,
                       const struct job *job)
{
    struct source_row *row = &o->row;
    struct schedule habits =
        row->period > 0 ? habits_of(row) : read_habits(r, job);
    int64_t soon, usual;

    o->failed = true;
    row->failures++;
    row->error = o->error = arena_printf(
        r->a, "the feed ends before its end, behind %zu whole entries",
        job->result.n_items);
    row->status = job->status;
    row->etag = row->last_modified = row->validated = STR_NONE;
    row->has_body_hash = false;
    row->kind = arena_str(r->a, job->result.kind);
    row->period = habits.period;
    soon = schedule_retry(row->failures, bounds_of(r), row->id, r->now);
    usual = schedule_next(&habits, bounds_of(r), row->id, r->now);
    row->next_fetch = soon < usual ? soon : usual;
    row->next_why = schedule_why_name(SCHEDULE_BACKOFF);
    change_state(r, o, SOURCE_FAILING);
}

static void plan_next(struct refresh *r, struct outcome *o,
                      const struct job *job, bool is_first)
{
    struct schedule s = habits_of(&o->row);

    if (!job->is_unchanged) {
        s = read_habits(r, job);
    } else {
        /* What a failure or a request for peace overwrote is not known any
         * more; the period is. */
        if (s.why > SCHEDULE_HISTORY)
            s.why = SCHEDULE_DEFAULT;
        schedule_unchanged(&s, job->max_age);
    }
    o->row.period = s.period;
    o->row.next_why = schedule_why_name(s.why);
    o->row.skip_hours = s.skip_hours;
    o->row.skip_days = s.skip_days;
    o->row.next_fetch = (is_first ? schedule_second : schedule_next)(
        &s, bounds_of(r), o->row.id, r->now);
}

/* A source that gives a small part of what it gave: noted for a week, then
 * taken for its way. */
static bool has_shrunk(const struct refresh *r, const struct outcome *o,
                       size_t n)
{
    if (o->was == SOURCE_SHRUNK && r->now - o->row.since >= 7 * DAY)
        return false;
    return o->row.entries >= SHRUNK_FROM &&
           (int64_t)n * SHRUNK_TO <= o->row.entries;
}

/* Why the entries of a document that differs from the last one are taken to be
 * the same ones again; empty when they are not. */
static struct str why_repeating(struct refresh *r, struct outcome *o,
                                const struct line_result *result,
                                enum entry_ids ids)
{
    if (result->n_items < CHURN_FROM || o->n_changed < result->n_items)
        o->row.churned = 0;
    else if (o->row.churned < CHURN_RUNS)
        o->row.churned++;
    if (ids == IDS_GUIDS_MADE_UP)
        return STR("gives its entries new guids at every fetch: they are known "
                   "by their addresses");
    if (ids == IDS_ALL_NEW)
        return STR("gave all its entries new guids and addresses: they are "
                   "known by title, text and date");
    if (o->row.churned < CHURN_RUNS)
        return STR_NONE;
    return arena_printf(r->a,
                        "all %zu entries have changed at each of the "
                        "last %d fetches or more",
                        result->n_items, CHURN_RUNS);
}

/* Sets the state of a source whose document was read and its items stored. */
static void judge_document(struct refresh *r, struct outcome *o,
                           const struct line_result *result, enum entry_ids ids)
{
    size_t n = result->n_items + result->page.n_links;
    struct str repeating = why_repeating(r, o, result, ids);
    enum source_state state = SOURCE_OK;

    if (n == 0) {
        state = SOURCE_EMPTY;
        o->row.error = result->feed == NULL && o->source->links.n > 0
                           ? STR("links: what should hold them is empty")
                           : STR("no entries");
    } else if (has_shrunk(r, o, n)) {
        state = SOURCE_SHRUNK;
        o->row.error = arena_printf(
            r->a, "gives far fewer entries than before (%zu, it was %lld)", n,
            (long long)o->row.entries);
    } else if (repeating.n > 0) {
        state = SOURCE_REPEATING;
        o->row.error = repeating;
    } else if (o->row.address.n > 0) {
        state = SOURCE_MOVED;
    }
    change_state(r, o, state);
    /* Against what it gives when it is well, also after a day without any. */
    if (state != SOURCE_SHRUNK && state != SOURCE_EMPTY)
        o->row.entries = (int64_t)n;
}

/* The same document as last time: what was wrong with it still is. */
static enum source_state state_when_unchanged(const struct outcome *o)
{
    if (o->was == SOURCE_EMPTY || o->was == SOURCE_SHRUNK ||
        o->was == SOURCE_REPEATING)
        return o->was;
    return o->row.address.n > 0 ? SOURCE_MOVED : SOURCE_UNCHANGED;
}

/* A 304 names the validators anew or keeps them; what a document comes without,
 * be it the same as last time, it has not any more. */
static void see_validators(struct refresh *r, struct outcome *o,
                           const struct job *job)
{
    struct source_row *row = &o->row;

    if (job->status != 304 || job->new_etag.n > 0)
        row->etag = arena_str(r->a, job->new_etag);
    if (job->status != 304 || job->new_last_modified.n > 0)
        row->last_modified = arena_str(r->a, job->new_last_modified);
    row->validated = str_eq(job->final_url, job->url)
                         ? STR_NONE
                         : arena_str(r->a, job->final_url);
}

static void source_answered(struct refresh *r, struct outcome *o,
                            const struct job *job)
{
    bool is_first = o->row.last_ok == 0;

    o->row.failures = 0;
    if (!job->is_unchanged || source_is_dead(o->was))
        o->row.error = STR_NONE;
    o->row.status = job->status;
    o->row.last_ok = r->now;
    see_move(r, o, job);
    plan_next(r, o, job, is_first);
    see_validators(r, o, job);
    if (job->is_unchanged) {
        change_state(r, o, state_when_unchanged(o));
        return;
    }
    o->row.body_hash = job->body_hash;
    o->row.read_as = o->read_as;
    o->row.has_body_hash = true;
    o->row.kind = arena_str(r->a, job->result.kind);
}

/* A sitemap has no title, and feeds without one are met: readers are to see where
 * an entry is from. */
static struct str title_or_host(struct arena *a, struct str title,
                                struct str address)
{
    struct url url;

    if (title.n > 0)
        return arena_str(a, title);
    return url_parse(a, address, STR_NONE, &url) ? url.host : STR_NONE;
}

static void describe_source(struct refresh *r, struct outcome *o,
                            const struct line_result *result)
{
    const struct page *page = &result->page;

    if (result->feed != NULL) {
        const struct feed_info *feed = &result->feed->f;

        o->row.title = title_or_host(r->a, result->feed->title, o->source->url);
        o->row.home_url = arena_str(r->a, feed->home_url);
        o->row.feed_id = arena_str(r->a, feed->id);
        o->row.feed_updated = feed->updated;
        return;
    }
    o->row.title = title_or_host(
        r->a, page->site_name.n > 0 ? page->site_name : page->title,
        o->source->url);
    o->row.home_url = arena_str(r->a, o->source->url);
}

static void count_put(struct outcome *o, enum put_result result)
{
    o->n_new += result == PUT_NEW;
    o->n_changed += result == PUT_CHANGED;
    o->n_same += result == PUT_SAME;
}

bool put_items(struct refresh *r, const struct job *job, struct error *err)
{
    struct outcome *o = &r->outcomes[job->source];

    for (size_t i = 0; i < job->result.n_items; i++) {
        struct put_done done;

        if (!store_put_item(r->store, o->row.rowid, job->result.items[i], NULL,
                            r->now, &done, err))
            return false;
        count_put(o, done.result);
    }
    return true;
}

/* The guids of a feed, before its items: a source may make them up, but not when
 * an entry came again with the one it had. */
static bool see_guids(struct refresh *r, const struct outcome *o,
                      const struct job *job, enum entry_ids *ids,
                      struct error *err)
{
    const struct line_result *result = &job->result;

    for (size_t i = 0; i < result->n_items; i++) {
        if (result->items[i] == NULL && result->drafts[i].has_guid) {
            *ids = o->row.guid_unstable ? IDS_GUIDS_MADE_UP : IDS_GOOD;
            return true;
        }
    }
    return store_see_guids(r->store, o->row.rowid, result->items,
                           result->n_items, r->now, ids, err);
}

/* ---- entries that are known ------------------------------------------------ */

/* Whether what JOB left out may be gone by.  The feed's home page decides which
 * entries have theirs asked for (teaser_see). */
static bool known_hold(struct refresh *r, const struct job *job, bool *hold,
                       struct error *err)
{
    const struct outcome *o = &r->outcomes[job->source];
    const struct line_result *result = &job->result;
    const struct item **others =
        arena_array(job->a, result->n_items + 1, sizeof *others);
    struct last_listed known = {0};
    size_t n = 0;

    *hold = result->n_known == 0;
    if (*hold || result->feed == NULL ||
        !str_eq(result->feed->f.home_url, o->row.home_url))
        return true;
    known.at = arena_array(job->a, result->n_known, sizeof *known.at);
    for (size_t i = 0; i < result->n_items; i++) {
        if (result->items[i] == NULL)
            known.at[known.n++] = *result->drafts[i].known;
        else
            others[n++] = result->items[i];
    }
    return store_listed_holds(r->store, o->row.rowid, &known, others, n, hold,
                              err);
}

static bool put_entry(struct refresh *r, const struct job *job, size_t i,
                      struct put_done *done, struct error *err)
{
    const struct outcome *o = &r->outcomes[job->source];
    const struct item *item = job->result.items[i];
    enum full_text_need need =
        job->needs != NULL ? job->needs[i]
                           : full_text_need(job->a, o->source->full_text, item);

    return store_put_item(r->store, o->row.rowid, item,
                          job->ready == NULL ? NULL : &job->ready[i], r->now,
                          done, err) &&
           teaser_see(r, job->a, job->source, item, need, done, err);
}

/* Stores the entries of a feed, and what it listed. */
static bool put_entries(struct refresh *r, const struct job *job,
                        struct error *err)
{
    struct outcome *o = &r->outcomes[job->source];
    const struct line_result *result = &job->result;
    struct last_listed listed = {0};

    /* The owner wants what the feed gives after all. */
    if (o->source->full_text == FULL_TEXT_NEVER &&
        !store_drop_full_texts(r->store, o->row.rowid, err))
        return false;
    listed.at = arena_array(job->a, result->n_items + 1, sizeof *listed.at);
    for (size_t i = 0; i < result->n_items; i++) {
        const struct line_draft *draft = &result->drafts[i];
        struct last_entry *e = &listed.at[listed.n];
        struct put_done done = {.result = PUT_SAME};

        if (draft->known != NULL) {
            *e = *draft->known;
            if (!store_see_listed(r->store, o->row.rowid, e, r->now, err))
                return false;
        } else if (put_entry(r, job, i, &done, err)) {
            *e = (struct last_entry){draft->hash, done.item, done.last_seen};
        } else {
            return false;
        }
        count_put(o, done.result);
        /* The second of two entries that are one item has not made it. */
        listed.n += draft->has_hash && !done.is_repeated;
    }
    /* It lists what is missing, too. */
    if (result->is_cut)
        return true;
    return store_put_listed(r->store, o->row.rowid, &listed, err);
}

static bool put_document(struct refresh *r, const struct job *job,
                         struct error *err)
{
    static const struct last_listed none;
    struct outcome *o = &r->outcomes[job->source];

    if (job->result.feed != NULL)
        return put_entries(r, job, err);
    return put_items(r, job, err) &&
           store_put_listed(r->store, o->row.rowid, &none, err);
}

/* The articles that a list names and that are still to be had stand nowhere else:
 * it is to come again though it is the same. */
static void ask_for_whole(struct source_row *row)
{
    row->etag = row->last_modified = row->validated = STR_NONE;
    row->body_hash = (struct hash128){0, 0};
}

bool outcome_store(struct refresh *r, struct job *job, struct error *err)
{
    struct outcome *o = &r->outcomes[job->source];
    bool is_cut = job->result.is_cut, holds, is_done;
    enum entry_ids ids = IDS_GOOD;

    o->bytes += job->wire_bytes;
    if (!job->ok && job->err->code == ERR_STOPPED) {
        o->asked = false;
        o->error = arena_str(r->a, str_from_c(job->err->text));
        r->sources_left++;
        return true;
    }
    /* As a twin (drop_twins): it is before the other in the next run. */
    if (job->is_repeated) {
        log_verbose("%.*s: waits for the next run, it %s",
                    STR_ARG(o->source->id), job->err->text);
        o->asked = false;
        return true;
    }
    o->row.last_fetch = r->now;
    if (!job->ok) {
        if (was_put_off(job))
            source_put_off(r, o, job);
        else
            source_failed(r, o, job);
        return store_put_source(r->store, &o->row, err);
    }
    if (!known_hold(r, job, &holds, err) ||
        (!holds && !job_read_whole(job, err)))
        return false;
    if (is_cut)
        source_cut(r, o, job);
    else
        source_answered(r, o, job);
    if (!is_cut || o->row.title.n == 0)
        describe_source(r, o, &job->result);
    if (job->result.feed == NULL && parts_queue(r, job)) {
        /* Until all is there, the first page is not done with. */
        o->row.has_body_hash = false;
        judge_document(r, o, &job->result, ids);
        return store_put_source(r->store, &o->row, err);
    }
    rules_see(r, &job->result.page);
    /* Items need the row of their source; what they say decides its state. */
    if ((o->row.rowid == 0 && !store_put_source(r->store, &o->row, err)) ||
        (job->result.feed != NULL && !see_guids(r, o, job, &ids, err)) ||
        !put_document(r, job, err))
        return false;
    if (!is_cut)
        judge_document(r, o, &job->result, ids);
    if (!articles_queue(r, job->source, &job->result.page, &is_done, err))
        return false;
    if (!is_done)
        ask_for_whole(&o->row);
    return store_put_source(r->store, &o->row, err);
}

void outcome_unchanged(struct refresh *r, const struct job *job)
{
    struct outcome *o = &r->outcomes[job->source];

    o->bytes += job->wire_bytes;
    o->row.last_fetch = r->now;
    source_answered(r, o, job);
    *vec_add(r->a, &r->unsaved) = job->source;
}

bool outcomes_save(struct refresh *r, struct error *err)
{
    for (size_t i = 0; i < r->unsaved.n; i++)
        if (!store_put_source(r->store, &r->outcomes[r->unsaved.at[i]].row,
                              err))
            return false;
    return true;
}
