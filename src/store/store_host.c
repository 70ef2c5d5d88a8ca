/* What hosts and sites asked of us: robots.txt, and to be left alone. */
#include "store/store_query.h"

#include "base/arena.h"
#include "base/vec.h"

bool store_put_robots(struct store *s, const struct robots_row *row,
                      struct error *err)
{
    static const char sql[] =
        "INSERT OR REPLACE INTO robots (origin, site, status, text, fetched)"
        " VALUES (?, ?, ?, ?, ?)";

    return query_do(s, sql,
                    VALUES(of_str(row->origin), of_str(row->site),
                           of_int(row->status), of_bytes(row->text),
                           of_int(row->fetched)),
                    err);
}

bool store_robots_of(struct store *s, struct arena *a, struct str site,
                     struct robots_rows *out, struct error *err)
{
    static const char sql[] = "SELECT origin, site, status, text, fetched"
                              " FROM robots WHERE site = ?";
    struct query q;
    bool has;

    if (!query_ask(&q, s, sql, VALUES(of_str(site)), err))
        return false;
    while (query_next(&q, &has, err)) {
        struct robots_row *row;

        if (!has)
            return query_end(&q, err);
        row = vec_add(a, out);
        row->origin = column_str(&q, a);
        row->site = column_str(&q, a);
        row->status = (int)column_int(&q);
        row->text = column_bytes(&q, a);
        row->fetched = column_int(&q);
    }
    return false;
}

bool store_put_peace(struct store *s, const struct peace_row *row,
                     struct error *err)
{
    static const char put[] =
        "INSERT OR REPLACE INTO peace (site, since, until, refusals, status)"
        " VALUES (?, ?, ?, ?, ?)";
    static const char end[] = "DELETE FROM peace WHERE site = ?";

    if (row->refusals == 0)
        return query_do(s, end, VALUES(of_str(row->site)), err);
    return query_do(s, put,
                    VALUES(of_str(row->site), of_int(row->since),
                           of_int(row->until), of_int(row->refusals),
                           of_int(row->status)),
                    err);
}

bool store_peace(struct store *s, struct arena *a, struct peace_rows *out,
                 struct error *err)
{
    static const char sql[] =
        "SELECT site, since, until, refusals, status FROM peace";
    struct query q;
    bool has;

    if (!query_start(&q, s, sql, err))
        return false;
    while (query_next(&q, &has, err)) {
        struct peace_row *row;

        if (!has)
            return query_end(&q, err);
        row = vec_add(a, out);
        row->site = column_str(&q, a);
        row->since = column_int(&q);
        row->until = column_int(&q);
        row->refusals = (int)column_int(&q);
        row->status = (int)column_int(&q);
    }
    return false;
}

bool store_forget_hosts(struct store *s, int64_t before, struct error *err)
{
    static const char robots[] = "DELETE FROM robots WHERE fetched < ?";
    static const char peace[] = "DELETE FROM peace WHERE until < ?";

    return query_do(s, robots, VALUES(of_int(before)), err) &&
           query_do(s, peace, VALUES(of_int(before)), err);
}
