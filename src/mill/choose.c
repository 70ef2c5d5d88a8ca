/*
 * An edition is chosen newest first from the items of the topic's sources.  Of
 * each story one item stands for all: its lead, or, when no source of this
 * topic supplied the lead, the best member that one did.  That item is judged;
 * what is kept becomes an entry with the story's public identity.
 */
#include "mill/choose.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/map.h"
#include "mill/entry.h"
#include "mill/moment.h"
#include "mill/output.h"
#include "mill/recall.h"
#include "mill/settled.h"
#include "mill/standing.h"
#include "store/store.h"
#include "sys/log.h"

#define DAY ((int64_t)86400)

/* One of a ranked topic, before it is known which are weightiest. */
struct candidate {
    struct told told;
    int64_t rank;
};

static bool is_supplied(const struct choosing *c, int64_t source_rowid)
{
    for (size_t i = 0; i < c->n_sources; i++)
        if (c->sources[i] == source_rowid)
            return true;
    return false;
}

static bool is_wanted(struct choosing *c, const struct stored_item *item)
{
    struct standing s;

    standing_of(c->scratch, c->press->config, c->topic, c->press->decided, item,
                &s);
    if (s.verdict.regex_limit)
        log_line("topic %.*s: a regex gave up on %s", STR_ARG(c->topic->id),
                 item->short_id);
    c->title_terms = 0;
    for (size_t i = 0; i < s.verdict.n_hits; i++)
        c->title_terms += str_eq(s.verdict.hits[i].field, STR("title"));
    log_verbose("topic %.*s: %s %.*s: %.*s", STR_ARG(c->topic->id),
                item->short_id, STR_ARG(item_state_name(s.state)),
                STR_ARG(s.verdict.reason));
    return s.state == ITEM_PUBLISHED;
}

static bool add_entry(struct choosing *c, const struct told *t, int64_t rank)
{
    struct entry made;

    if (c->asked != 0) {
        *vec_add(c->a, c->to) = (struct entry){0};
        if (t->best->story == c->asked)
            c->room = ROOM_IN;
        return true;
    }
    if (!entry_make(c->press, c->topic, c->a, t, rank, &made, c->err))
        return false;
    *vec_add(c->a, c->to) = made;
    if (c->to == &c->entries && map_get(&c->press->fresh, made.atom_id) != NULL)
        c->n_new++;
    return true;
}

/* How many entries of the edition are of SOURCE, which is one of the topic's. */
static int *taken_of(struct choosing *c, int64_t source)
{
    size_t i = 0;

    while (c->sources[i] != source)
        i++;
    return &c->taken[i];
}

/* False when SOURCE has had its share of the edition. */
static bool has_room(struct choosing *c, int64_t source)
{
    return c->topic->per_source <= 0 ||
           *taken_of(c, source) < c->topic->per_source;
}

/* The next press need not look again. */
static void remember(struct choosing *c, int64_t story, int64_t source,
                     enum recalled_as as)
{
    if (c->to == &c->entries)
        recall_note(c->recall, story, source, as);
}

static int64_t rank_of(struct choosing *c, const struct stored_item *members,
                       size_t n, const struct stored_item *best)
{
    struct rank_facts facts = {.published = best->published.unix_seconds,
                               .n_sources = 1,
                               .title_terms = c->title_terms};
    struct spam spam;

    if (c->topic->order != ORDER_RANK)
        return facts.published;
    for (size_t i = 1; i < n; i++) {
        bool is_other = true;

        for (size_t k = 0; k < i && is_other; k++)
            is_other = members[k].source_rowid != members[i].source_rowid;
        facts.n_sources += is_other;
    }
    spam_score(c->scratch, &best->item, &spam);
    facts.spam = spam.score;
    return rank_score(&facts);
}

static int weightiest_first(const void *x, const void *y)
{
    const struct candidate *a = x, *b = y;

    if (a->rank != b->rank)
        return a->rank > b->rank ? -1 : 1;
    return a->told.best->story < b->told.best->story
               ? -1
               : a->told.best->story > b->told.best->story;
}

static bool is_member_supplied(const void *ctx, const struct stored_item *m)
{
    return is_supplied(ctx, m->source_rowid);
}

/* Of the members the one that stands for the story is loaded whole. */
static bool load_told(struct choosing *c, int64_t story, struct told *out)
{
    struct stored_item *best;
    struct decided decided;

    *out = (struct told){0};
    if (!store_story_outline(c->press->store, c->a, story, &out->members,
                             &out->n, c->err))
        return false;
    decided_of(c->press->decided, story, c->topic->id, &decided);
    out->is_pinned = decided.is_pinned;
    best = member_standing(out->members, out->n, decided.lead,
                           is_member_supplied, c);
    out->best = best;
    return best == NULL || store_get_rest(c->press->store, c->a, best, c->err);
}

/* What its source has no room for in the edition goes to the archive. */
static bool take_surplus(struct choosing *c, const struct told *t, int64_t rank)
{
    bool is_kept, ok;

    if (!c->keeps || c->topic->order != ORDER_DATE ||
        c->over.n >= KEEP_OVER_MAX)
        return true;
    if (!store_is_kept(c->press->store, c->topic->id, t->best->story, &is_kept,
                       c->err))
        return false;
    if (is_kept)
        return true;
    c->to = &c->over;
    ok = add_entry(c, t, rank);
    c->to = &c->entries;
    return ok;
}

static bool take_told(struct choosing *c, const struct told *t, int64_t rank)
{
    if (t->is_pinned || c->to == &c->over)
        return add_entry(c, t, rank);
    if (has_room(c, t->best->source_rowid)) {
        ++*taken_of(c, t->best->source_rowid);
        return add_entry(c, t, rank);
    }
    if (t->best->story == c->asked)
        c->room = ROOM_QUOTA;
    remember(c, t->best->story, t->best->source_rowid, RECALLED_BEYOND);
    return take_surplus(c, t, rank);
}

/* What is not wanted leaves no memory behind. */
static bool look_at_story(struct choosing *c, int64_t story)
{
    struct arena_mark mark = arena_mark(c->a);
    struct told t;
    int64_t rank;

    if (!load_told(c, story, &t))
        return false;
    arena_reset(c->scratch);
    if (t.best == NULL || !is_wanted(c, t.best)) {
        int64_t source = t.best == NULL ? 0 : t.best->source_rowid;

        arena_release(c->a, mark);
        if (source != 0)
            remember(c, story, source, RECALLED_OUT);
        return true;
    }
    rank = rank_of(c, t.members, t.n, t.best);
    if (c->topic->order != ORDER_RANK || t.is_pinned)
        return take_told(c, &t, rank);
    *vec_add(c->a, &c->candidates) = (struct candidate){t, rank};
    return true;
}

/* As the last press left it, if it is as it was then. */
static bool recall_story(struct choosing *c, int64_t story)
{
    const struct recalled *r = recall_find(c->recall, story);

    if (r == NULL || !is_supplied(c, r->source))
        return look_at_story(c, story);
    if (r->as == RECALLED_OUT || !has_room(c, r->source)) {
        remember(c, story, r->source,
                 r->as == RECALLED_OUT ? RECALLED_OUT : RECALLED_BEYOND);
        return true;
    }
    if (r->as == RECALLED_BEYOND)
        return look_at_story(c, story);
    ++*taken_of(c, r->source);
    *vec_add(c->a, &c->entries) = r->entry;
    return true;
}

/* The weightiest of what was collected. */
static bool take_candidates(struct choosing *c)
{
    if (c->candidates.n > 0)
        qsort(c->candidates.at, c->candidates.n, sizeof *c->candidates.at,
              weightiest_first);
    for (size_t i = 0;
         i < c->candidates.n && c->entries.n < (size_t)c->topic->entries; i++)
        if (!take_told(c, &c->candidates.at[i].told, c->candidates.at[i].rank))
            return false;
    return true;
}

/* Notes that the story was looked at; false if it was before. */
static bool see_story(struct choosing *c, int64_t story)
{
    bool is_new = true;

    map_put(&c->seen,
            arena_str(c->a, str_of((const char *)&story, sizeof story)),
            &is_new);
    return is_new;
}

/* A retracted entry that readers may have leaves a tombstone where a source of
 * the topic supplied it. */
static bool bury(struct choosing *c, int64_t story, int64_t retracted)
{
    int64_t *sources;
    struct entry_row row;
    bool found, is_ours = false;
    size_t n;

    if (!store_get_entry(c->press->store, c->a, story, &row, &found, c->err) ||
        !store_story_sources(c->press->store, c->a, story, &sources, &n,
                             c->err))
        return false;
    for (size_t i = 0; i < n; i++)
        is_ours |= is_supplied(c, sources[i]);
    if (!found || !is_ours)
        return true;
    /* A tombstone older than its entry counts for nothing (RFC 6721, 5). */
    if (retracted < row.updated.unix_seconds)
        retracted = row.updated.unix_seconds;
    if (retracted < row.first_published)
        retracted = row.first_published;
    *vec_add(c->a, &c->tombstones) = (struct tombstone){
        .atom_id = row.atom_id,
        .when = {.unix_seconds = retracted, .precision = WHEN_SECOND}};
    return true;
}

/* What is pinned or retracted comes before all others, so that neither age nor
 * the limit keeps it out. */
static bool take_decided(struct choosing *c)
{
    const struct decided_map *map = c->press->decided;
    int64_t *stories;
    size_t n = decided_stories(map, c->a, &stories);

    for (size_t i = 0; i < n; i++) {
        struct decided d;

        decided_of(map, stories[i], c->topic->id, &d);
        if (!d.is_pinned && !d.is_retracted)
            continue;
        (void)see_story(c, stories[i]);
        if (!(d.is_retracted ? bury(c, stories[i], d.retracted)
                             : look_at_story(c, stories[i])))
            return false;
    }
    return true;
}

static bool is_full(const struct choosing *c)
{
    return c->entries.n >= (size_t)c->topic->entries;
}

static bool give_place(void *ctx, const struct item_place *place)
{
    struct choosing *c = ctx;

    if (c->topic->days > 0)
        settled_until(c->press, place->published + c->topic->days * DAY + 1);
    recall_reach(c->recall, place->published);
    if (see_story(c, place->story))
        c->failed = !recall_story(c, place->story);
    return !c->failed && !is_full(c);
}

/* Of a story that the edition has no place for. */
static bool look_beyond(struct choosing *c, int64_t story)
{
    bool is_kept;

    return c->over.n >= KEEP_OVER_MAX || !see_story(c, story) ||
           (store_is_kept(c->press->store, c->topic->id, story, &is_kept,
                          c->err) &&
            (is_kept || look_at_story(c, story)));
}

static bool give_over(void *ctx, const struct item_place *place)
{
    struct choosing *c = ctx;

    c->failed = !look_beyond(c, place->story);
    return !c->failed && c->over.n < KEEP_OVER_MAX;
}

/* Of a story that stood in the edition before.  One whose items have all expired
 * belongs for ever; one without items was merged into another. */
static bool still_belongs(void *ctx, int64_t story, bool *belongs,
                          struct error *err)
{
    struct choosing *c = ctx;
    const struct recalled *r;
    struct decided decided;
    struct told t;
    int64_t *sources;
    size_t n;

    r = recall_find(c->recall, story);
    *belongs = r != NULL && r->as == RECALLED_IN;
    if (*belongs)
        return true;
    if (!load_told(c, story, &t))
        return false;
    if (t.n > 0) {
        arena_reset(c->scratch);
        *belongs = t.best != NULL && is_wanted(c, t.best);
        return true;
    }
    decided_of(c->press->decided, story, c->topic->id, &decided);
    if (decided.is_hidden || decided.is_retracted || decided.is_held)
        return true;
    if (!store_story_sources(c->press->store, c->a, story, &sources, &n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        *belongs |= is_supplied(c, sources[i]);
    return true;
}

static int pinned_first(const void *x, const void *y)
{
    const struct entry *a = x, *b = y;

    if (a->is_pinned != b->is_pinned)
        return a->is_pinned ? -1 : 1;
    if (a->rank != b->rank)
        return a->rank > b->rank ? -1 : 1;
    return str_cmp(a->atom_id, b->atom_id);
}

static struct str feed_id(struct arena *a, struct str mill_id,
                          struct str topic_id)
{
    char id[UUID_URN_CHARS + 1];

    hash128_uuid(hash128(arena_cat(a, mill_id, STR(" "), topic_id)), id);
    return arena_str(a, str_from_c(id));
}

/* The topic's sources as rows of the store; unknown ones have none yet. */
static void find_sources(struct choosing *c, int64_t *rows)
{
    const struct press *p = c->press;

    c->sources = rows;
    for (size_t i = 0; i < c->topic->n_sources; i++) {
        size_t source = c->topic->sources[i];
        const struct source_row *row = p->sources[source];

        if (row->rowid != 0)
            rows[c->n_sources++] = row->rowid;
        if (row->rowid == 0 || row->state == SOURCE_NEW ||
            source_is_dead(row->state) ||
            (p->has_failed != NULL && p->has_failed[source]))
            c->has_ailing_source = true;
    }
}

static bool walk_beyond(struct choosing *c, int64_t since, bool is_touched)
{
    struct place_walk walk = {.sources = c->sources,
                              .n_sources = c->n_sources,
                              .since = since,
                              .unpressed = is_touched};

    return store_each_place(c->press->store, &walk, give_over, c, c->err) &&
           !c->failed;
}

/* Those that the editor let through, or held for a time. */
static bool look_at_approved(struct choosing *c)
{
    int64_t *stories;
    size_t n = decided_stories(c->press->decided, c->a, &stories);

    for (size_t i = 0; i < n; i++) {
        struct decided d;

        decided_of(c->press->decided, stories[i], c->topic->id, &d);
        if ((d.is_approved || d.was_held) && !look_beyond(c, stories[i]))
            return false;
    }
    return true;
}

/*
 * What has no place in the edition goes to the archive: of the first press all of
 * it; later what is newer than the edition before, and, however old, what was touched
 * since the last press (a late article, a source's back numbers), approved, or held
 * until now.  A rule that now wants more does not dig up the rest, for which all that
 * is stored would have to be judged anew.
 */
static bool take_over(struct choosing *c, int64_t since)
{
    int64_t oldest = c->keep.oldest;
    bool is_all = c->keep.is_first || oldest > since;

    if (!c->keeps || c->topic->order != ORDER_DATE ||
        (!is_full(c) && c->topic->days <= 0))
        return true;
    c->to = &c->over;
    if (c->scope != PRESS_TOUCHED &&
        (!walk_beyond(c, is_all ? oldest : since, false) ||
         !look_at_approved(c)))
        return false;
    if (!walk_beyond(c, INT64_MIN, true))
        return false;
    if (c->over.n >= KEEP_OVER_MAX)
        c->press->until = 0; /* for what per_source left over */
    if (c->over.n > 0)
        qsort(c->over.at, c->over.n, sizeof *c->over.at, pinned_first);
    return true;
}

static bool take_places(struct choosing *c)
{
    int64_t *rows = arena_array(c->a, c->topic->n_sources + 1, sizeof *rows);
    int64_t since = INT64_MIN;

    if (c->topic->days > 0)
        since = c->press->now - c->topic->days * DAY;
    c->taken = arena_array(c->a, c->topic->n_sources + 1, sizeof *c->taken);
    c->to = &c->entries;
    find_sources(c, rows);
    return take_decided(c) &&
           (!c->keeps || keep_begin(&c->keep, &c->seen, c->err)) &&
           store_each_place(
               c->press->store,
               &(struct place_walk){.sources = rows,
                                    .n_sources = c->n_sources,
                                    .since = since,
                                    .likely = recall_reached(c->recall)},
               give_place, c, c->err) &&
           !c->failed && take_over(c, since);
}

bool choose(struct choosing *c, struct edition *edition, struct error *err)
{
    const struct mill_config *mill = &c->press->config->mill;
    const struct topic *topic = c->topic;
    int64_t newest = 0;

    c->err = err;
    map_init(&c->seen, c->a);
    c->keep = (struct keeping){.press = c->press,
                               .topic = topic,
                               .a = c->a,
                               .belongs = still_belongs,
                               .ctx = c};
    if (!take_places(c))
        return false;
    c->to = &c->entries;
    if (!take_candidates(c))
        return false;
    if (c->entries.n > 0)
        qsort(c->entries.at, c->entries.n, sizeof *c->entries.at, pinned_first);
    for (size_t i = 0; i < c->entries.n; i++)
        if (c->entries.at[i].updated.unix_seconds > newest)
            newest = c->entries.at[i].updated.unix_seconds;
    for (size_t i = 0; i < c->tombstones.n; i++)
        if (c->tombstones.at[i].when.unix_seconds > newest)
            newest = c->tombstones.at[i].when.unix_seconds;
    if (!store_topic_updated(c->press->store, topic->id, newest, c->press->now,
                             &newest, c->err))
        return false;
    *edition = (struct edition){
        .id = feed_id(c->a, mill->id, topic->id),
        .topic_id = topic->id,
        .title = topic->title,
        .description = topic->description,
        .author = topic->author,
        .language = topic->language,
        .mill_title = mill->title,
        .base_url = mill->base_url,
        .hub = mill->hub,
        .formats = output_formats(mill, topic),
        .updated = moment_at(newest),
        .entries = c->entries.at,
        .n_entries = c->entries.n,
        .tombstones = c->tombstones.at,
        .n_tombstones = c->tombstones.n,
    };
    return true;
}

bool choose_room(struct press *p, const struct topic *topic, int64_t story,
                 enum room *out, struct error *err)
{
    struct choosing c = {.press = p,
                         .topic = topic,
                         .a = arena_new(0),
                         .scratch = arena_new(0),
                         .asked = story,
                         .room = ROOM_FULL,
                         .err = err};
    struct told t = {0};
    bool ok;

    map_init(&c.seen, c.a);
    c.recall = recall_new(p, c.a, topic, PRESS_ALL, err);
    ok = c.recall != NULL && take_places(&c) && take_candidates(&c) &&
         (c.room != ROOM_FULL || load_told(&c, story, &t));
    if (t.best != NULL && topic->days > 0 &&
        t.best->published.unix_seconds < p->now - topic->days * DAY)
        c.room = ROOM_OLD;
    *out = c.room;
    recall_done(c.recall);
    arena_free(c.scratch);
    arena_free(c.a);
    return ok;
}

struct str room_text(struct arena *a, const struct topic *topic, enum room room)
{
    switch (room) {
    case ROOM_IN:
        break;
    case ROOM_OLD:
        return arena_printf(a, "days: %d", (int)topic->days);
    case ROOM_QUOTA:
        return arena_printf(a, "per_source: %d", (int)topic->per_source);
    case ROOM_FULL:
        return arena_printf(a, "entries: %d", (int)topic->entries);
    }
    return STR_NONE;
}
