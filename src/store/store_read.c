#include "store/store_item.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json_out.h"
#include "base/vec.h"
#include "store/store_body.h"

/* ---- one item ------------------------------------------------------------------ */

/* Of item i, and of its source s. */
#define OUTLINE                                                                \
    "i.id, i.story, i.source, s.name, i.short_id, i.state, i.is_lead, i.why,"  \
    " i.first_seen, i.published, i.published_zone, i.published_precision,"     \
    " i.date_is_first_seen, i.updated, i.updated_zone, i.updated_precision,"   \
    " i.title, i.url, i.guid, i.language, i.site_name, i.origin,"              \
    " i.origin_url, s.title, s.home_url, s.feed_id, s.feed_updated,"           \
    " s.feed_updated_zone, s.feed_updated_precision, i.content"
#define WITH_BODY_AND_SOURCE                                                   \
    " JOIN body b ON b.item = i.id JOIN source s ON s.id = i.source"

static void read_outline(struct query *q, struct arena *a,
                         struct stored_item *out)
{
    struct str short_id;

    out->rowid = column_int(q);
    out->story = column_int(q);
    out->source_rowid = column_int(q);
    out->source_id = column_str(q, a);
    short_id = column_view(q);
    if (short_id.n == SHORT_ID_CHARS)
        memcpy(out->short_id, short_id.p, SHORT_ID_CHARS);
    else
        query_damaged(q);
    if (!item_state_by_name(column_view(q), &out->state))
        query_damaged(q);
    out->is_lead = column_int(q) != 0;
    out->why = column_str(q, a);
    out->first_seen = column_int(q);
    out->published = column_when(q);
    out->date_is_first_seen = column_int(q) != 0;
    out->updated = column_when(q);
    out->item.title = column_str(q, a);
    out->item.url = column_str(q, a);
    out->item.guid = column_str(q, a);
    out->item.language = column_str(q, a);
    out->item.site_name = column_str(q, a);
    out->item.source = column_str(q, a);
    out->item.source_url = column_str(q, a);
    out->source_title = column_str(q, a);
    out->source_home = column_str(q, a);
    out->source_feed_id = column_str(q, a);
    out->source_updated = column_when(q);
    out->content = column_hash(q);
    if (!out->date_is_first_seen)
        out->item.published = out->published;
    out->item.updated = out->updated;
}

/* What an item has beside its outline. */
#define REST BODY_TEXTS ", b.summary, b.more"

static void read_rest(struct query *q, struct arena *a, struct item *out,
                      struct str *more)
{
    column_texts(q, a, &out->html, &out->text);
    out->summary = column_str(q, a);
    *more = column_str(q, a);
}

static bool unpack_rest(struct store *s, struct arena *a, struct str more,
                        struct stored_item *out, struct error *err)
{
    if (!item_unpack(a, more, &out->item, err))
        return store_damaged(s, err, "fields of an item that cannot be read");
    out->item.key = item_key(a, &out->item, out->source_id);
    return true;
}

bool store_get_rest(struct store *s, struct arena *a, struct stored_item *item,
                    struct error *err)
{
    static const char sql[] = "SELECT " REST " FROM body b WHERE b.item = ?";
    struct str more = STR_NONE;
    struct query q;
    bool found;

    if (!query_ask(&q, s, sql, VALUES(of_int(item->rowid)), err))
        return false;
    if (!query_next(&q, &found, err))
        return false;
    if (!found)
        return store_damaged(s, err, "an outline without its body");
    read_rest(&q, a, &item->item, &more);
    return query_end(&q, err) && unpack_rest(s, a, more, item, err);
}

bool store_get_item(struct store *s, struct arena *a, int64_t rowid,
                    struct stored_item *out, bool *found, struct error *err)
{
    static const char sql[] =
        "SELECT " OUTLINE ", " REST " FROM item i" WITH_BODY_AND_SOURCE
        " WHERE i.id = ?";
    struct str more = STR_NONE;
    struct query q;

    *out = (struct stored_item){0};
    if (!query_ask(&q, s, sql, VALUES(of_int(rowid)), err))
        return false;
    if (!query_next(&q, found, err))
        return false;
    if (*found) {
        read_outline(&q, a, out);
        read_rest(&q, a, &out->item, &more);
    }
    return query_end(&q, err) && (!*found || unpack_rest(s, a, more, out, err));
}

/* ---- many ------------------------------------------------------------------------ */

static void add_json_list(struct buf *b, const int64_t *numbers, size_t n)
{
    struct json_out j;

    json_init(&j, b, false);
    json_array(&j);
    for (size_t i = 0; i < n; i++)
        json_int(&j, numbers[i]);
    json_end(&j);
}

/* Where a walk through the items of some sources is. */
struct walk {
    struct str sources; /* a JSON list of rowids */
    bool unpressed;
    int64_t since; /* of what is fetched now */
    /* Of the last one; what follows is older, or of the same moment from a
     * source behind its, or of the same source with a higher rowid.  Sources
     * have their rowids from the order of the owner's files, so that the order in
     * which answers came decides nothing. */
    int64_t published, source, id;
    size_t batch; /* how many are fetched at once */
};

#define BATCH_FIRST 256
/* The index has each source's items by their time: to find the newest of a
 * hundred sources all items of a span are read, and most walks end soon.  So the
 * span begins short, and is made SPAN_GROWTH times as long each time it did not
 * hold enough. */
#define SPAN_FIRST  ((int64_t)2 * 3600)
#define SPAN_GROWTH 4
#define SPAN_MAX    ((int64_t)100 * 86400) /* beyond it all is read */
#define WALK                                                                   \
    " WHERE source IN (SELECT value FROM json_each(?1))"                       \
    " AND published BETWEEN ?2 AND ?3"                                         \
    " AND (published < ?3 OR (source, id) > (?4, ?5))"                         \
    " AND state <> 'expired' ORDER BY published DESC, source, id LIMIT ?6"

struct places {
    struct item_place *at;
    size_t n, cap;
};

/* Sorted by numbers alone, batch by batch: most walks end soon, the sorter keeps
 * no more than it is asked for, and GIVE may use the store because no query is
 * open. */
static bool collect_batch(struct store *s, struct arena *a,
                          const struct walk *walk, struct places *out,
                          struct error *err)
{
    static const char all[] =
        "SELECT id, i.story, published, source FROM item i" WALK;
    static const char unpressed[] =
        "SELECT id, i.story, published, source FROM unpressed u"
        " CROSS JOIN item i ON i.story = u.story" WALK;
    struct query q;
    bool has;

    if (!query_ask(&q, s, walk->unpressed ? unpressed : all,
                   VALUES(of_str(walk->sources), of_int(walk->since),
                          of_int(walk->published), of_int(walk->source),
                          of_int(walk->id), of_int((int64_t)walk->batch)),
                   err))
        return false;
    while (query_next(&q, &has, err)) {
        struct item_place *place;

        if (!has)
            return query_end(&q, err);
        place = vec_add(a, out);
        place->rowid = column_int(&q);
        place->story = column_int(&q);
        place->published = column_int(&q);
        place->source = column_int(&q);
    }
    return false;
}

static bool find_newest(struct store *s, struct str sources, int64_t *newest,
                        struct error *err)
{
    static const char sql[] =
        "SELECT ifnull(max((SELECT max(published) FROM item"
        " WHERE source = value)), 0) FROM json_each(?)";
    struct query q;
    bool has;

    return query_ask(&q, s, sql, VALUES(of_str(sources)), err) &&
           query_int(&q, newest, &has, err);
}

/* How far back the walk goes first; *SPAN is for widen. */
static bool begin_span(struct store *s, struct walk *walk,
                       const struct place_walk *where, int64_t *span,
                       struct error *err)
{
    int64_t newest, since = where->since;

    *span = SPAN_FIRST;
    walk->since = since;
    if (walk->unpressed)
        return true;
    if (where->likely != 0) {
        walk->since = where->likely > since ? where->likely : since;
        return true;
    }
    if (!find_newest(s, walk->sources, &newest, err))
        return false;
    if (newest - SPAN_FIRST > since)
        walk->since = newest - SPAN_FIRST;
    return true;
}

/* On to what is older than the span; false when that was all. */
static bool widen(struct walk *walk, int64_t since, int64_t *span)
{
    if (walk->since == since)
        return false;
    *span *= SPAN_GROWTH;
    walk->published = walk->since - 1;
    walk->source = walk->id = INT64_MIN;
    walk->since = *span > SPAN_MAX || walk->published - *span < since
                      ? since
                      : walk->published - *span;
    return true;
}

bool store_each_place(struct store *s, const struct place_walk *where,
                      store_give_place *give, void *ctx, struct error *err)
{
    struct arena *a = arena_new(0);
    struct walk walk = {.unpressed = where->unpressed,
                        .published = INT64_MAX,
                        .source = INT64_MIN,
                        .id = INT64_MIN,
                        .batch = BATCH_FIRST};
    bool ok, goes_on = true;
    struct buf json;
    int64_t span;

    buf_init(&json, BUF_MAX);
    add_json_list(&json, where->sources, where->n_sources);
    walk.sources = buf_str(&json);
    ok = begin_span(s, &walk, where, &span, err);
    while (ok && goes_on) {
        struct places found = {0};

        arena_reset(a);
        ok = collect_batch(s, a, &walk, &found, err);
        for (size_t i = 0; ok && goes_on && i < found.n; i++)
            goes_on = give(ctx, &found.at[i]);
        if (found.n < walk.batch) {
            goes_on = goes_on && widen(&walk, where->since, &span);
            continue;
        }
        walk.published = found.at[found.n - 1].published;
        walk.source = found.at[found.n - 1].source;
        walk.id = found.at[found.n - 1].rowid;
        walk.batch *= 4;
    }
    buf_done(&json);
    arena_free(a);
    return ok;
}

bool store_story_outline(struct store *s, struct arena *a, int64_t story,
                         struct stored_item **out, size_t *n, struct error *err)
{
    static const char sql[] =
        "SELECT " OUTLINE " FROM item i" WITH_BODY_AND_SOURCE
        " WHERE i.story = ?" ORDER_OF_MEMBERS;
    struct {
        struct stored_item *at;
        size_t n, cap;
    } members = {.cap = 1};
    struct query q;
    bool has;

    if (!query_ask(&q, s, sql, VALUES(of_int(story)), err))
        return false;
    /* Most stories have one, and a press has thousands of these at once. */
    members.at = arena_make(a, struct stored_item);
    while (query_next(&q, &has, err)) {
        if (!has) {
            *out = members.at;
            *n = members.n;
            return query_end(&q, err);
        }
        read_outline(&q, a, vec_add(a, &members));
    }
    return false;
}

bool store_story_members(struct store *s, struct arena *a, int64_t story,
                         struct stored_item **out, size_t *n, struct error *err)
{
    static const char sql[] =
        "SELECT i.id FROM item i JOIN source s ON s.id = i.source"
        " WHERE i.story = ?" ORDER_OF_MEMBERS;
    struct rowids ids = {0};
    struct stored_item *members;
    size_t n_found = 0;
    struct query q;

    if (!query_ask(&q, s, sql, VALUES(of_int(story)), err))
        return false;
    if (!query_rowids(&q, a, &ids, err))
        return false;
    members = arena_array(a, ids.n, sizeof *members);
    for (size_t i = 0; i < ids.n; i++) {
        bool found;

        if (!store_get_item(s, a, ids.at[i], &members[n_found], &found, err))
            return false;
        n_found += found;
    }
    *out = members;
    *n = n_found;
    return true;
}
