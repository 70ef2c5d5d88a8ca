/* Pages that list pages name, and their items. */
#include "store/store_item.h"

#include "base/arena.h"

bool store_get_page(struct store *s, struct str url_key, struct page_row *out,
                    bool *found, struct error *err)
{
    static const char sql[] =
        "SELECT fetched, status, failures FROM page WHERE url_key = ?";
    struct page_row row = {0};
    struct query q;
    bool has;

    if (!query_ask(&q, s, sql, VALUES(of_str(url_key)), err))
        return false;
    if (!query_next(&q, &has, err))
        return false;
    if (has) {
        row.fetched = column_int(&q);
        row.status = (int)column_int(&q);
        row.failures = (int)column_int(&q);
    }
    if (!query_end(&q, err))
        return false;
    *out = row;
    *found = has;
    return true;
}

bool store_put_page(struct store *s, struct str url_key, int64_t source_rowid,
                    const struct page_row *row, struct error *err)
{
    static const char sql[] =
        "INSERT INTO page (url_key, source, fetched, status, failures)"
        " VALUES (?, ?, ?, ?, ?) ON CONFLICT (url_key) DO UPDATE"
        " SET fetched = excluded.fetched, status = excluded.status,"
        " failures = excluded.failures";

    return query_do(s, sql,
                    VALUES(of_str(url_key), of_int(source_rowid),
                           of_int(row->fetched), of_int(row->status),
                           of_int(row->failures)),
                    err);
}

/* ---- pages that a list still names ------------------------------------------- */

static bool touch_item(struct store *s, int64_t item, int64_t now,
                       struct error *err)
{
    static const char sql[] = "UPDATE item SET last_seen = ?1"
                              " WHERE id = ?2 AND last_seen <= ?1 - 86400";

    return query_do(s, sql, VALUES(of_int(now), of_int(item)), err);
}

/* The item that some other source has under the key, 0 for none. */
static bool find_elsewhere(struct store *s, struct hash128 hash, int64_t *item,
                           struct error *err)
{
    static const char sql[] = "SELECT item FROM item_key WHERE hash = ?"
                              " AND is_shared = 0 ORDER BY item LIMIT 1";
    struct query q;
    bool has;

    *item = 0;
    return query_ask(&q, s, sql, VALUES(of_hash(hash)), err) &&
           query_int(&q, item, &has, err);
}

/* Puts a copy of the other source's item into this one.  The date stays that of
 * the original, a first-seen one too. */
static bool adopt(struct store *s, struct arena *a, int64_t source,
                  int64_t item, int64_t now, struct error *err)
{
    struct stored_item original;
    struct put_done done;
    bool found;

    if (!store_get_item(s, a, item, &original, &found, err))
        return false;
    if (!found)
        return true;
    original.item.guid = STR_NONE;
    original.item.key = STR_NONE;
    original.item.published = original.published;
    return store_put_item(s, source, &original.item, NULL, now, &done, err);
}

static bool see_url(struct store *s, struct arena *a, int64_t source,
                    struct str url_key, int64_t now, struct error *err)
{
    struct hash128 hash = hash128(arena_cat(a, STR("url "), url_key));
    struct key_row here;
    int64_t item;

    if (!document_seen_begin(s, source, now, err) ||
        !key_get(s, hash, source, &here, err))
        return false;
    if (here.item != 0)
        return touch_item(s, here.item, now, err);
    return find_elsewhere(s, hash, &item, err) &&
           (item == 0 || adopt(s, a, source, item, now, err));
}

bool store_see_url(struct store *s, int64_t source_rowid, struct str url_key,
                   int64_t now, struct error *err)
{
    struct arena *a;
    struct own own;
    bool ok;

    if (!own_begin(&own, s, err))
        return false;
    a = arena_new(0);
    ok = see_url(s, a, source_rowid, url_key, now, err);
    arena_free(a);
    return own_end(&own, s, ok, err);
}
