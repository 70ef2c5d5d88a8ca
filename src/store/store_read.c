#include "store/store_item.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json_out.h"

/* ---- one item ------------------------------------------------------------------ */

static void read_columns(struct query *q, struct arena *a,
                         struct stored_item *out, struct str *more)
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
    out->item.html = column_str(q, a);
    out->item.text = column_str(q, a);
    out->item.summary = column_str(q, a);
    *more = column_str(q, a);
    out->source_title = column_str(q, a);
    out->source_home = column_str(q, a);
    out->source_feed_id = column_str(q, a);
    out->source_updated = column_when(q);
    if (!out->date_is_first_seen)
        out->item.published = out->published;
    out->item.updated = out->updated;
}

bool store_get_item(struct store *s, struct arena *a, int64_t rowid,
                    struct stored_item *out, bool *found, struct error *err)
{
    static const char sql[] =
        "SELECT i.id, i.story, i.source, s.name, i.short_id, i.state,"
        " i.is_lead, i.why, i.first_seen, i.published, i.published_zone,"
        " i.published_precision, i.date_is_first_seen, i.updated,"
        " i.updated_zone, i.updated_precision, i.title, i.url, i.guid,"
        " i.language, i.site_name, i.origin, i.origin_url, b.html, b.text,"
        " b.summary, b.more, s.title, s.home_url, s.feed_id, s.feed_updated,"
        " s.feed_updated_zone, s.feed_updated_precision FROM item i"
        " JOIN body b ON b.item = i.id JOIN source s ON s.id = i.source"
        " WHERE i.id = ?";
    struct str more = STR_NONE;
    struct query q;

    *out = (struct stored_item){0};
    if (!query_start(&q, s, sql, err))
        return false;
    bind_int(&q, rowid);
    if (!query_next(&q, found, err))
        return false;
    if (*found)
        read_columns(&q, a, out, &more);
    if (!query_end(&q, err))
        return false;
    if (!*found)
        return true;
    if (!item_unpack(a, more, &out->item, err))
        return store_damaged(s, err, "fields of an item that cannot be read");
    out->item.key = item_key(a, &out->item, out->source_id);
    return true;
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

/* Sorted by numbers alone and loaded one by one: bodies never go through the
 * sorter, and GIVE may use the store because no query is open. */
static bool collect_window(struct store *s, struct arena *a,
                           const int64_t *sources, size_t n_sources,
                           int64_t since, struct rowids *out, struct error *err)
{
    static const char sql[] =
        "SELECT id FROM item WHERE source IN (SELECT value FROM json_each(?))"
        " AND published >= ? ORDER BY published DESC, id";
    struct buf list;
    struct query q;
    bool ok;

    if (!query_start(&q, s, sql, err))
        return false;
    buf_init(&list, BUF_MAX);
    add_json_list(&list, sources, n_sources);
    bind_str(&q, buf_str(&list));
    bind_int(&q, since);
    ok = query_rowids(&q, a, out, err);
    buf_done(&list);
    return ok;
}

bool store_each_item(struct store *s, const int64_t *sources, size_t n_sources,
                     int64_t since, store_give_item *give, void *ctx,
                     struct error *err)
{
    struct arena *list = arena_new(0), *a = arena_new(0);
    struct rowids ids = {0};
    bool ok = collect_window(s, list, sources, n_sources, since, &ids, err);
    bool goes_on = true;

    for (size_t i = 0; ok && goes_on && i < ids.n; i++) {
        struct stored_item item;
        bool found;

        arena_reset(a);
        ok = store_get_item(s, a, ids.at[i], &item, &found, err);
        if (ok && found)
            goes_on = give(ctx, &item);
    }
    arena_free(a);
    arena_free(list);
    return ok;
}

bool store_story_members(struct store *s, struct arena *a, int64_t story,
                         struct stored_item **out, size_t *n, struct error *err)
{
    static const char sql[] = "SELECT id FROM item WHERE story = ?"
                              " ORDER BY is_lead DESC, published, id";
    struct rowids ids = {0};
    struct stored_item *members;
    size_t n_found = 0;
    struct query q;

    if (!query_start(&q, s, sql, err))
        return false;
    bind_int(&q, story);
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
