/* What is forgotten, and when. */
#include "store/store_item.h"

#include "base/arena.h"

/* Bodies go a thousand at a time: one statement over a year of items would
 * fill the log and the memory. */
#define BATCH 1000

static bool delete_batch(struct store *s, const char *sql, int64_t before,
                         int64_t *deleted, struct error *err)
{
    struct query q;

    if (!query_start(&q, s, sql, err))
        return false;
    bind_int(&q, before);
    bind_int(&q, BATCH);
    if (!query_run(&q, err))
        return false;
    *deleted = store_changes(s);
    return true;
}

static bool mark_expired(struct store *s, int64_t before, struct error *err)
{
    static const char sql[] =
        "UPDATE item SET state = 'expired' WHERE last_seen < ?"
        " AND state <> 'expired'"
        " AND NOT EXISTS (SELECT 1 FROM body WHERE item = id)";
    struct query q;

    if (!query_start(&q, s, sql, err))
        return false;
    bind_int(&q, before);
    return query_run(&q, err);
}

/* Stories that live on without their lead. */
static bool find_leaderless(struct store *s, struct rowids *out,
                            struct arena *a, struct error *err)
{
    static const char sql[] =
        "SELECT DISTINCT m.story FROM item m WHERE m.state <> 'expired'"
        " AND NOT EXISTS (SELECT 1 FROM item l WHERE l.story = m.story"
        " AND l.is_lead AND l.state <> 'expired')";
    struct query q;

    return query_start(&q, s, sql, err) && query_rowids(&q, a, out, err);
}

static bool mend_leads(struct store *s, struct error *err)
{
    struct arena *list = arena_new(0), *a = arena_new(0);
    struct rowids stories = {0};
    bool ok = find_leaderless(s, &stories, list, err);

    for (size_t i = 0; ok && i < stories.n; i++) {
        arena_reset(a);
        ok = story_rank(s, a, stories.at[i], err);
    }
    arena_free(a);
    arena_free(list);
    return ok;
}

static bool drop_empty_stories(struct store *s, struct error *err)
{
    static const char sql[] =
        "DELETE FROM story WHERE NOT EXISTS"
        " (SELECT 1 FROM item WHERE item.story = story.id)";
    struct query q;

    return query_start(&q, s, sql, err) && query_run(&q, err);
}

static bool expire(struct store *s, int64_t bodies, int64_t keys,
                   struct error *err)
{
    static const char drop_bodies[] =
        "DELETE FROM body WHERE item IN (SELECT i.id FROM item i JOIN body b"
        " ON b.item = i.id WHERE i.last_seen < ? LIMIT ?)";
    static const char drop_items[] =
        "DELETE FROM item WHERE id IN"
        " (SELECT id FROM item WHERE last_seen < ? LIMIT ?)";
    int64_t n, items = 0, of_bodies = 0;

    do {
        if (!delete_batch(s, drop_bodies, bodies, &n, err))
            return false;
        of_bodies += n;
    } while (n == BATCH);
    if (of_bodies > 0 && !mark_expired(s, bodies, err))
        return false;
    do {
        if (!delete_batch(s, drop_items, keys, &n, err))
            return false;
        items += n;
    } while (n == BATCH);
    return (items + of_bodies == 0 || mend_leads(s, err)) &&
           (items == 0 || drop_empty_stories(s, err));
}

bool store_expire(struct store *s, int64_t bodies, int64_t keys,
                  struct error *err)
{
    struct own own;

    if (!own_begin(&own, s, err))
        return false;
    return own_end(&own, s, expire(s, bodies, keys, err), err);
}
