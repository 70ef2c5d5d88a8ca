/*
 * A source is its row number to all that it gave, and its name is its address; so it
 * gets another one by getting another name.  But of an item that has no address the
 * title is a key together with the source's name (item_key_at): such keys are made
 * anew, or each entry that is still listed would come back as a new one.
 */
#include "store/store_item.h"
#include "store/store_query.h"

#include "base/arena.h"
#include "base/vec.h"
#include "store/store_body.h"

bool store_moved_sources(struct store *s, struct arena *a,
                         struct moved_source **out, size_t *n,
                         struct error *err)
{
    static const char sql[] =
        "SELECT id, name, address AS led, 0 AS rank FROM source WHERE led <> ''"
        " UNION ALL SELECT id, name, moved_to AS led, 1 FROM source"
        " WHERE led NOT IN ('', address) ORDER BY id, rank";
    VEC(struct moved_source) list = {0};
    struct query q;
    bool has, ok;

    if (!query_start(&q, s, sql, err))
        return false;
    while ((ok = query_next(&q, &has, err)) && has) {
        struct moved_source *m = vec_add(a, &list);

        (void)column_int(&q);
        m->id = column_str(&q, a);
        m->address = column_str(&q, a);
    }
    if (!ok || !query_end(&q, err))
        return false;
    *out = list.at;
    *n = list.n;
    return true;
}

/* ---- titles as keys ---------------------------------------------------------- */

struct titled {
    int64_t item;
    struct str title, url, text;
};

struct titles {
    struct titled *at;
    size_t n, cap;
};

static bool find_titles(struct store *s, struct arena *a, int64_t source,
                        struct titles *out, struct error *err)
{
    static const char sql[] =
        "SELECT i.id, i.title, i.url FROM item i WHERE i.source = ?1 AND EXISTS"
        " (SELECT 1 FROM item_key k WHERE k.item = i.id AND k.kind = 'title')";
    struct query q;
    bool has, ok;

    if (!query_ask(&q, s, sql, VALUES(of_int(source)), err))
        return false;
    while ((ok = query_next(&q, &has, err)) && has) {
        struct titled *t = vec_add(a, out);

        t->item = column_int(&q);
        t->title = column_str(&q, a);
        t->url = column_str(&q, a);
    }
    return ok && query_end(&q, err);
}

static bool change_title_keys(struct store *s, struct arena *a, int64_t source,
                              const struct moved_source *moved,
                              struct error *err)
{
    static const char sql[] = "UPDATE OR IGNORE item_key SET hash = ?3"
                              " WHERE hash = ?1 AND source = ?2";
    struct titles titles = {0};

    if (!find_titles(s, a, source, &titles, err))
        return false;
    for (size_t i = 0; i < titles.n; i++) {
        struct titled *t = &titles.at[i];
        struct hash128 was, is;

        if (t->title.n == 0 && !body_text(s, a, t->item, &t->text, err))
            return false;
        was = title_key(a, t->url, moved->id, t->title, t->text);
        is = title_key(a, t->url, moved->address, t->title, t->text);
        if (!hash128_eq(was, is) &&
            !query_do(s, sql, VALUES(of_hash(was), of_int(source), of_hash(is)),
                      err))
            return false;
    }
    return true;
}

/* ---- the source -------------------------------------------------------------- */

static bool find_source(struct store *s, struct str name, int64_t *rowid,
                        struct error *err)
{
    struct query q;
    bool has;

    *rowid = 0;
    return query_ask(&q, s, "SELECT id FROM source WHERE name = ?",
                     VALUES(of_str(name)), err) &&
           query_int(&q, rowid, &has, err);
}

static bool readdress(struct store *s, struct arena *a,
                      const struct moved_source *moved, struct error *err)
{
    static const char validators[] =
        "UPDATE document SET url = ?3 WHERE source = ?1 AND url = ?2";
    static const char name[] =
        "UPDATE source SET name = ?2, state = iif(state = 'moved', 'ok',"
        " state), moved_to = '', moved_runs = 0, moved_since = 0,"
        " address = '' WHERE id = ?1";
    /* What failed did at the former address. */
    static const char visit[] =
        "UPDATE visit SET failures = 0, next_fetch = 0, why = ''"
        " WHERE source = ? AND failures > 0";
    int64_t source, other;

    if (!find_source(s, moved->id, &source, err) ||
        !find_source(s, moved->address, &other, err))
        return false;
    if (source == 0 || other != 0)
        return true;
    return change_title_keys(s, a, source, moved, err) &&
           query_do(s, validators,
                    VALUES(of_int(source), of_str(moved->id),
                           of_str(moved->address)),
                    err) &&
           query_do(s, visit, VALUES(of_int(source)), err) &&
           query_do(s, name, VALUES(of_int(source), of_str(moved->address)),
                    err);
}

bool store_readdress(struct store *s, const struct moved_source *source,
                     struct error *err)
{
    struct arena *a;
    struct own own;
    bool ok;

    if (!own_begin(&own, s, err))
        return false;
    a = arena_new(0);
    ok = own_end(&own, s, readdress(s, a, source, err), err);
    arena_free(a);
    return ok;
}
