/*
 * Whole texts of feed entries: which pages are wanted, and the bodies that came
 * from them.
 *
 * An item that has a page's text keeps the hashes of what its feed gave.  So the
 * feed's entry is recognized as the same, and growing moves no `updated`: it is
 * the article that the reader knows already, only longer.
 */
#include "store/store_item.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "base/vec.h"

/* ---- what is known of an item's page --------------------------------------- */

#define COLUMNS                                                                \
    "f.item, f.source, f.page, f.content, f.is_wanted, f.has_text, f.why,"     \
    " f.asked, f.asks, f.next, f.fresh_from"

static void read_row(struct query *q, struct arena *a,
                     struct full_text_row *out)
{
    out->item = column_int(q);
    out->source = column_int(q);
    out->page = column_str(q, a);
    out->content = column_hash(q);
    out->is_wanted = column_int(q) != 0;
    out->has_text = column_int(q) != 0;
    out->why = column_str(q, a);
    out->asked = column_int(q);
    out->asks = (int)column_int(q);
    out->next = column_int(q);
    out->fresh_from = column_int(q);
}

bool store_get_full_text(struct store *s, struct arena *a, int64_t item,
                         struct full_text_row *out, bool *found,
                         struct error *err)
{
    static const char sql[] =
        "SELECT " COLUMNS " FROM full_text f WHERE f.item = ?";
    struct full_text_row row = {0};
    struct query q;
    bool has;

    if (!query_ask(&q, s, sql, VALUES(of_int(item)), err))
        return false;
    if (!query_next(&q, &has, err))
        return false;
    if (has)
        read_row(&q, a, &row);
    if (!query_end(&q, err))
        return false;
    *out = row;
    *found = has;
    return true;
}

static bool write_full_text(struct store *s, const char *sql,
                            const struct full_text_row *row, struct error *err)
{
    return query_do(
        s, sql,
        VALUES(of_int(row->item), of_int(row->source), of_str(row->page),
               of_hash(row->content), of_int(row->is_wanted),
               of_int(row->has_text), of_str(row->why), of_int(row->asked),
               of_int(row->asks), of_int(row->next), of_int(row->fresh_from)),
        err);
}

/* As two statements, for the reason that put_body has. */
bool store_put_full_text(struct store *s, const struct full_text_row *row,
                         struct error *err)
{
    static const char insert[] =
        "INSERT INTO full_text (item, source, page, content,"
        " is_wanted, has_text, why, asked, asks, next, fresh_from)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
        " ON CONFLICT DO NOTHING";
    static const char update[] =
        "UPDATE full_text SET source = ?2, page = ?3, content = ?4,"
        " is_wanted = ?5, has_text = ?6, why = ?7, asked = ?8, asks = ?9,"
        " next = ?10, fresh_from = ?11 WHERE item = ?1";

    return write_full_text(s, insert, row, err) &&
           (store_changes(s) > 0 || write_full_text(s, update, row, err));
}

bool store_drop_full_text(struct store *s, int64_t item, struct error *err)
{
    static const char sql[] = "DELETE FROM full_text WHERE item = ?";

    return query_do(s, sql, VALUES(of_int(item)), err);
}

bool store_drop_full_texts(struct store *s, int64_t source_rowid,
                           struct error *err)
{
    /* No hash of anything: the entry will be written as its feed has it. */
    static const char stale[] =
        "UPDATE item SET whole = zeroblob(16) WHERE id IN"
        " (SELECT item FROM full_text WHERE source = ? AND has_text)";
    static const char drop[] = "DELETE FROM full_text WHERE source = ?";

    return store_count_page(s, source_rowid, true, STR_NONE, 0, err) &&
           query_do(s, stale, VALUES(of_int(source_rowid)), err) &&
           query_do(s, drop, VALUES(of_int(source_rowid)), err);
}

/* ---- the queue --------------------------------------------------------------- */

static bool read_wanted(struct query *q, struct arena *a,
                        struct wanted_pages *out, struct error *err)
{
    struct wanted_page *w;
    bool has;

    while (query_next(q, &has, err)) {
        if (!has)
            return query_end(q, err);
        w = vec_add(a, out);
        read_row(q, a, &w->row);
        w->url = column_str(q, a);
    }
    return false;
}

bool store_wanted_pages(struct store *s, struct arena *a, int64_t now,
                        int64_t seen_since, struct wanted_pages *out,
                        struct error *err)
{
    static const char sql[] =
        "SELECT " COLUMNS ", i.url FROM full_text f"
        " JOIN item i ON i.id = f.item"
        " WHERE f.is_wanted AND f.next <= ? AND i.first_seen >= ?"
        " AND i.state <> 'expired' ORDER BY i.published DESC, i.id";
    struct query q;

    *out = (struct wanted_pages){0};
    if (!query_ask(&q, s, sql, VALUES(of_int(now), of_int(seen_since)), err))
        return false;
    return read_wanted(&q, a, out, err);
}

bool store_page_wanted_by(struct store *s, struct arena *a, struct str page,
                          struct wanted_pages *out, struct error *err)
{
    static const char sql[] =
        "SELECT " COLUMNS ", i.url FROM full_text f"
        " JOIN item i ON i.id = f.item WHERE f.page = ? AND f.is_wanted"
        " AND i.state <> 'expired' ORDER BY f.item";
    struct query q;

    *out = (struct wanted_pages){0};
    if (!query_ask(&q, s, sql, VALUES(of_str(page)), err))
        return false;
    return read_wanted(&q, a, out, err);
}

bool store_page_item(struct store *s, struct arena *a, struct str page,
                     struct stored_item *out, bool *found, struct error *err)
{
    static const char grown[] =
        "SELECT item FROM full_text WHERE page = ? AND has_text LIMIT 1";
    static const char listed[] =
        "SELECT k.item FROM item_key k JOIN source s ON s.id = k.source"
        " WHERE k.hash = ? AND k.is_shared = 0 AND s.kind <> 'feed'"
        " ORDER BY k.item LIMIT 1";
    int64_t item = 0;
    struct query q;
    bool has;

    *found = false;
    if (!query_ask(&q, s, grown, VALUES(of_str(page)), err))
        return false;
    if (!query_int(&q, &item, &has, err))
        return false;
    if (!has) {
        if (!query_ask(
                &q, s, listed,
                VALUES(of_hash(hash128(arena_cat(a, STR("url "), page)))), err))
            return false;
        if (!query_int(&q, &item, &has, err))
            return false;
    }
    return !has || store_get_item(s, a, item, out, found, err);
}

/* ---- how a source's pages do ---------------------------------------------------- */

bool store_count_page(struct store *s, int64_t source_rowid, bool is_good,
                      struct str why, int64_t now, struct error *err)
{
    static const char good[] = "DELETE FROM pages_in_vain WHERE source = ?";
    static const char vain[] =
        "INSERT INTO pages_in_vain (source, pages, since, last, why)"
        " VALUES (?1, 1, ?2, ?2, ?3) ON CONFLICT (source) DO UPDATE"
        " SET pages = pages + 1, last = excluded.last, why = excluded.why";
    struct query q;

    if (!query_start(&q, s, is_good ? good : vain, err))
        return false;
    bind_int(&q, source_rowid);
    if (!is_good) {
        bind_int(&q, now);
        bind_str(&q, why);
    }
    return query_run(&q, err);
}

static void read_vain(struct query *q, struct arena *a,
                      struct pages_in_vain *out)
{
    out->source = column_int(q);
    out->n = (int)column_int(q);
    out->since = column_int(q);
    out->last = column_int(q);
    out->why = column_str(q, a);
}

bool store_get_pages_in_vain(struct store *s, struct arena *a,
                             int64_t source_rowid, struct pages_in_vain *out,
                             struct error *err)
{
    static const char sql[] = "SELECT source, pages, since, last, why"
                              " FROM pages_in_vain WHERE source = ?";
    struct query q;
    bool has;

    *out = (struct pages_in_vain){.source = source_rowid};
    if (!query_ask(&q, s, sql, VALUES(of_int(source_rowid)), err))
        return false;
    if (!query_next(&q, &has, err))
        return false;
    if (has)
        read_vain(&q, a, out);
    return query_end(&q, err);
}

bool store_all_pages_in_vain(struct store *s, struct arena *a, int from,
                             struct all_pages_in_vain *out, struct error *err)
{
    static const char sql[] = "SELECT source, pages, since, last, why"
                              " FROM pages_in_vain WHERE pages >= ?"
                              " ORDER BY source";
    struct query q;
    bool has;

    *out = (struct all_pages_in_vain){0};
    if (!query_ask(&q, s, sql, VALUES(of_int(from)), err))
        return false;
    while (query_next(&q, &has, err)) {
        if (!has)
            return query_end(&q, err);
        read_vain(&q, a, vec_add(a, out));
    }
    return false;
}

static int by_source(const void *key, const void *row)
{
    int64_t x = *(const int64_t *)key;
    int64_t y = ((const struct pages_in_vain *)row)->source;

    return (x > y) - (x < y);
}

const struct pages_in_vain *
pages_in_vain_of(const struct all_pages_in_vain *all, int64_t source)
{
    return all->n == 0
               ? NULL
               : bsearch(&source, all->at, all->n, sizeof *all->at, by_source);
}

bool store_full_text_tallies(struct store *s, struct arena *a,
                             struct full_text_tallies *out, struct error *err)
{
    static const char sql[] =
        "SELECT source, sum(has_text), sum(is_wanted) FROM full_text"
        " GROUP BY source ORDER BY source";
    struct query q;
    bool has;

    *out = (struct full_text_tallies){0};
    if (!query_start(&q, s, sql, err))
        return false;
    while (query_next(&q, &has, err)) {
        struct full_text_tally *tally;

        if (!has)
            return query_end(&q, err);
        tally = vec_add(a, out);
        tally->source = column_int(&q);
        tally->full = column_int(&q);
        tally->wanted = column_int(&q);
    }
    return false;
}
