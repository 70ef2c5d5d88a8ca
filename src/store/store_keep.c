/* What is forgotten, and when. */
#include "store/store_query.h"

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

/* A story whose lead went keeps its entry: the earliest item left leads. */
static bool mend_leads(struct store *s, struct error *err)
{
    static const char sql[] =
        "UPDATE item SET is_lead = 1, why = '' WHERE id IN (SELECT min(id)"
        " FROM item GROUP BY story HAVING max(is_lead) = 0)";
    struct query q;

    return query_start(&q, s, sql, err) && query_run(&q, err);
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
    int64_t n, items = 0, n_bodies = 0;

    do {
        if (!delete_batch(s, drop_bodies, bodies, &n, err))
            return false;
        n_bodies += n;
    } while (n == BATCH);
    if (n_bodies > 0 && !mark_expired(s, bodies, err))
        return false;
    do {
        if (!delete_batch(s, drop_items, keys, &n, err))
            return false;
        items += n;
    } while (n == BATCH);
    return items == 0 || (mend_leads(s, err) && drop_empty_stories(s, err));
}

bool store_expire(struct store *s, int64_t bodies, int64_t keys,
                  struct error *err)
{
    struct own own;

    if (!own_begin(&own, s, err))
        return false;
    return own_end(&own, s, expire(s, bodies, keys, err), err);
}
