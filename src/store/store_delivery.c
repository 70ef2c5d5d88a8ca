/* Who could not be told of what is published. */
#include "store/store_query.h"

bool store_delivery(struct store *s, struct arena *a, struct str name,
                    struct delivery_row *out, bool *found, struct error *err)
{
    static const char sql[] =
        "SELECT since, reported, error FROM delivery WHERE name = ?";
    struct query q;

    if (!query_ask(&q, s, sql, VALUES(of_str(name)), err))
        return false;
    if (!query_next(&q, found, err))
        return false;
    *out = (struct delivery_row){.name = name};
    if (*found) {
        out->since = column_int(&q);
        out->reported = column_int(&q);
        out->error = column_str(&q, a);
    }
    return query_end(&q, err);
}

bool store_put_delivery(struct store *s, const struct delivery_row *row,
                        struct error *err)
{
    static const char put[] =
        "INSERT OR REPLACE INTO delivery (name, since, reported, error)"
        " VALUES (?, ?, ?, ?)";
    static const char end[] = "DELETE FROM delivery WHERE name = ?";
    struct query q;

    if (!query_start(&q, s, row->error.n > 0 ? put : end, err))
        return false;
    bind_str(&q, row->name);
    if (row->error.n > 0) {
        bind_int(&q, row->since);
        bind_int(&q, row->reported);
        bind_str(&q, row->error);
    }
    return query_run(&q, err);
}
