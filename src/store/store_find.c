/* Items by the names that people use. */
#include "store/store_query.h"

#include "base/arena.h"
#include "base/vec.h"

bool store_find_items(struct store *s, struct arena *a, struct str word,
                      struct found_item **out, size_t *n, struct error *err)
{
    static const char sql[] =
        "SELECT id, story, short_id, title FROM item WHERE short_id = ?1"
        " UNION SELECT i.id, i.story, i.short_id, i.title FROM entry e"
        " JOIN item i ON i.story = e.story AND i.is_lead WHERE e.atom_id = ?1"
        " UNION SELECT i.id, i.story, i.short_id, i.title FROM entry e"
        " JOIN moved m ON m.home = e.story AND m.own = 0"
        " JOIN item i ON i.id = m.item WHERE e.atom_id = ?1"
        " AND NOT EXISTS (SELECT 1 FROM item WHERE story = e.story)"
        " UNION SELECT id, story, short_id, title FROM item WHERE url = ?1"
        " ORDER BY 1";
    VEC(struct found_item) found = {0};
    struct query q;
    bool has, ok;

    if (!query_ask(&q, s, sql, VALUES(of_str(word)), err))
        return false;
    while ((ok = query_next(&q, &has, err)) && has) {
        struct found_item *item = vec_add(a, &found);
        struct str id;

        *item = (struct found_item){.item = column_int(&q)};
        item->story = column_int(&q);
        id = column_view(&q);
        if (id.n == SHORT_ID_CHARS)
            memcpy(item->short_id, id.p, id.n);
        else
            query_damaged(&q);
        item->title = column_str(&q, a);
    }
    if (!ok || !query_end(&q, err))
        return false;
    *out = found.at;
    *n = found.n;
    return true;
}

/* +own: as in store_home_items. */
bool store_find_home(struct store *s, struct str word, int64_t *item,
                     int64_t *story, struct error *err)
{
    static const char sql[] =
        "SELECT id, story FROM item WHERE id = coalesce("
        "(SELECT min(id) FROM item WHERE url = ?1),"
        " (SELECT min(i.id) FROM entry e JOIN item i ON i.id IN"
        " (SELECT id FROM item WHERE story = e.story"
        " UNION SELECT item FROM moved WHERE home = e.story)"
        " WHERE e.atom_id = ?1 AND i.guid = ?1),"
        " (SELECT i.id FROM entry e JOIN item i ON i.id IN"
        " (SELECT id FROM item WHERE story = e.story AND id NOT IN"
        " (SELECT item FROM moved) UNION SELECT item FROM moved"
        " WHERE home = e.story AND +own = 0)"
        " WHERE e.atom_id = ?1 ORDER BY i.is_lead DESC, i.id LIMIT 1))";
    struct query q;
    bool has;

    *item = *story = 0;
    if (!query_ask(&q, s, sql, VALUES(of_str(word)), err) ||
        !query_next(&q, &has, err))
        return false;
    if (has) {
        *item = column_int(&q);
        *story = column_int(&q);
    }
    return query_end(&q, err);
}
