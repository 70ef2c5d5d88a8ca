/* Items in stories of the editor's choice: merged, split. */
#include "store/store_item.h"
#include "store/store_members.h"

#include "base/arena.h"
#include "base/vec.h"

bool store_moved(struct store *s, struct arena *a, struct moved_item **out,
                 size_t *n, struct error *err)
{
    static const char sql[] =
        "SELECT m.item, m.home, m.own, m.split, i.story FROM moved m"
        " JOIN item i ON i.id = m.item ORDER BY m.item";
    VEC(struct moved_item) list = {0};
    struct query q;
    bool has;

    if (!query_start(&q, s, sql, err))
        return false;
    while (query_next(&q, &has, err)) {
        struct moved_item *m;

        if (!has) {
            *out = list.at;
            *n = list.n;
            return query_end(&q, err);
        }
        m = vec_add(a, &list);
        m->item = column_int(&q);
        m->home = column_int(&q);
        m->own = column_int(&q);
        m->split = column_int(&q);
        m->story = column_int(&q);
    }
    return false;
}

/* +own, or SQLite takes the index where all that is merged has 0. */
bool store_home_items(struct store *s, struct arena *a, int64_t story,
                      int64_t **items, size_t *n, struct error *err)
{
    static const char sql[] =
        "SELECT id FROM item WHERE story = ?1 AND id NOT IN"
        " (SELECT item FROM moved) UNION SELECT item FROM moved"
        " WHERE home = ?1 AND +own = 0 ORDER BY 1";
    struct rowids rows = {0};
    struct query q;

    if (!query_ask(&q, s, sql, VALUES(of_int(story)), err))
        return false;
    if (!query_rowids(&q, a, &rows, err))
        return false;
    *items = rows.at;
    *n = rows.n;
    return true;
}

static bool record(struct store *s, int64_t item, int64_t own, int64_t split,
                   struct error *err)
{
    static const char sql[] =
        "INSERT INTO moved (item, home, was, own, split)"
        " SELECT id, story, why, ?2, ?3 FROM item WHERE id = ?1"
        " ON CONFLICT (item) DO UPDATE SET own = max(own, excluded.own),"
        " split = max(split, excluded.split)";

    return query_do(s, sql, VALUES(of_int(item), of_int(own), of_int(split)),
                    err);
}

static bool story_now(struct store *s, int64_t item, int64_t *story,
                      struct error *err)
{
    static const char sql[] = "SELECT story FROM item WHERE id = ?";
    struct query q;
    bool has;

    *story = 0;
    return query_ask(&q, s, sql, VALUES(of_int(item)), err) &&
           query_int(&q, story, &has, err);
}

/* Both stories have a lead afterwards. */
static bool put_into(struct store *s, int64_t item, int64_t story,
                     const char *sql, struct error *err)
{
    struct arena *a = arena_new(0);
    int64_t from;
    bool ok;

    ok = story_now(s, item, &from, err) &&
         query_do(s, sql, VALUES(of_int(item), of_int(story)), err) &&
         story_rank(s, a, from, err) && story_rank(s, a, story, err);
    members_drop(s, from);
    members_drop(s, story);
    arena_free(a);
    return ok;
}

bool store_move(struct store *s, int64_t item, int64_t story, struct error *err)
{
    return record(s, item, 0, 0, err) &&
           put_into(s, item, story,
                    "UPDATE item SET story = ?2, why = 'merged', is_lead = 0"
                    " WHERE id = ?1",
                    err);
}

bool store_split(struct store *s, int64_t item, int64_t split, int64_t now,
                 int64_t *story, struct error *err)
{
    return story_new(s, now, story, err) &&
           record(s, item, *story, split, err) &&
           put_into(s, item, *story,
                    "UPDATE item SET story = ?2, why = '', is_lead = 0"
                    " WHERE id = ?1",
                    err);
}

bool store_return(struct store *s, const struct moved_item *m,
                  struct error *err)
{
    static const char forget[] = "DELETE FROM moved WHERE item = ?";

    return put_into(s, m->item, m->home,
                    "UPDATE item SET story = ?2, is_lead = 0, why ="
                    " (SELECT was FROM moved WHERE item = ?1) WHERE id = ?1",
                    err) &&
           query_do(s, forget, VALUES(of_int(m->item)), err);
}
