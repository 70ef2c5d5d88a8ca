/*
 * What is forgotten, and when: first the body of an item that its source lists
 * no more, a year later the item with its keys.  Both by a thousand items at a
 * time, so that a mill that was away for a year does not need memory for a year
 * of them; index item_seen finds them without a scan.
 *
 * last_seen is written when a document brings the item, and at most once a day.
 * A source that answers "unchanged" brings none, yet lists them all the same: an
 * item that the last document read held (last_seen within a day of last_read) was
 * seen when the source last answered well.  That is found out here, when the item
 * would be dropped, and then written.
 */
#include "store/store_item.h"

#include "base/arena.h"
#include "base/vec.h"

#define BATCH 1000
#define DAY   ((int64_t)86400)

struct aged {
    int64_t id, story;
    bool is_lead;
    int64_t last_seen; /* as found out */
};

struct aged_items {
    struct aged *at;
    size_t n, cap;
};

typedef bool drop_item(struct store *s, const struct aged *item,
                       struct error *err);

/* ---- one item -------------------------------------------------------------- */

static bool set_seen(struct store *s, const struct aged *item,
                     struct error *err)
{
    static const char sql[] = "UPDATE item SET last_seen = ? WHERE id = ?";

    return query_do(s, sql, VALUES(of_int(item->last_seen), of_int(item->id)),
                    err);
}

static bool drop_body(struct store *s, const struct aged *item,
                      struct error *err)
{
    static const char mark[] = "UPDATE item SET state = 'expired' WHERE id = ?";
    static const char drop[] = "DELETE FROM body WHERE item = ?";

    return query_do(s, mark, VALUES(of_int(item->id)), err) &&
           query_do(s, drop, VALUES(of_int(item->id)), err);
}

static bool drop_whole(struct store *s, const struct aged *item,
                       struct error *err)
{
    static const char drop[] = "DELETE FROM item WHERE id = ?";
    static const char drop_story[] =
        "DELETE FROM story WHERE id = ?1 AND NOT EXISTS"
        " (SELECT 1 FROM item WHERE story = ?1) AND NOT EXISTS"
        " (SELECT 1 FROM moved WHERE home = ?1 OR own = ?1)";

    return sketch_drop(s, item->id, item->story, err) &&
           query_do(s, drop, VALUES(of_int(item->id)), err) &&
           query_do(s, drop_story, VALUES(of_int(item->story)), err);
}

/* ---- all of them ------------------------------------------------------------- */

static void read_aged(struct query *q, struct aged *out)
{
    int64_t last_read, last_ok;

    out->id = column_int(q);
    out->story = column_int(q);
    out->is_lead = column_int(q) != 0;
    out->last_seen = column_int(q);
    last_read = column_int(q);
    last_ok = column_int(q);
    if (out->last_seen > last_read - DAY && last_ok > out->last_seen)
        out->last_seen = last_ok;
}

static bool collect(struct store *s, struct arena *a, const char *sql,
                    int64_t before, struct aged_items *out, struct error *err)
{
    struct query q;
    bool has;

    if (!query_ask(&q, s, sql, VALUES(of_int(before), of_int(BATCH)), err))
        return false;
    while (query_next(&q, &has, err)) {
        if (!has)
            return query_end(&q, err);
        read_aged(&q, vec_add(a, out));
    }
    return false;
}

static bool drop_one(struct store *s, struct arena *a, const struct aged *item,
                     int64_t before, drop_item *drop, struct error *err)
{
    if (item->last_seen >= before)
        return set_seen(s, item, err);
    return drop(s, item, err) &&
           (!item->is_lead || story_rank(s, a, item->story, err));
}

/* Does DROP to every item that SQL finds to be older than BEFORE and that is;
 * either way SQL finds it no more.  A story that loses its lead gets another. */
static bool drop_older(struct store *s, const char *sql, int64_t before,
                       drop_item *drop, struct error *err)
{
    struct arena *a = arena_new(0);
    struct aged_items items;
    bool ok;

    do {
        arena_reset(a);
        items = (struct aged_items){0};
        ok = collect(s, a, sql, before, &items, err);
        for (size_t i = 0; ok && i < items.n; i++)
            ok = drop_one(s, a, &items.at[i], before, drop, err);
    } while (ok && items.n == BATCH);
    arena_free(a);
    return ok;
}

#define AGED_ITEMS                                                             \
    "SELECT i.id, i.story, i.is_lead, i.last_seen, s.last_read, v.last_ok"     \
    " FROM item i JOIN source s ON s.id = i.source"                            \
    " LEFT JOIN visit v ON v.source = i.source"

static bool expire(struct store *s, int64_t bodies, int64_t keys,
                   struct error *err)
{
    static const char living[] = AGED_ITEMS
        " WHERE (i.state = 'expired') = 0 AND i.last_seen < ? LIMIT ?";
    static const char expired[] = AGED_ITEMS
        " WHERE (i.state = 'expired') = 1 AND i.last_seen < ? LIMIT ?";

    return drop_older(s, living, bodies, drop_body, err) &&
           drop_older(s, expired, keys, drop_whole, err);
}

bool store_expire(struct store *s, int64_t bodies, int64_t keys,
                  struct error *err)
{
    struct own own;

    if (!own_begin(&own, s, err))
        return false;
    return own_end(&own, s, expire(s, bodies, keys, err), err);
}
