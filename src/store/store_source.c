#include "store/store_query.h"

#include "base/arena.h"
#include "base/buf.h"

static const struct str states[] = {
    [SOURCE_NEW] = STR_INIT("new"),
    [SOURCE_OK] = STR_INIT("ok"),
    [SOURCE_UNCHANGED] = STR_INIT("unchanged"),
    [SOURCE_MOVED] = STR_INIT("moved"),
    [SOURCE_EMPTY] = STR_INIT("empty"),
    [SOURCE_SHRUNK] = STR_INIT("shrunk"),
    [SOURCE_REPEATING] = STR_INIT("repeating"),
    [SOURCE_FAILING] = STR_INIT("failing"),
    [SOURCE_GONE] = STR_INIT("gone"),
};

struct str source_state_name(enum source_state state)
{
    return states[state];
}

bool source_is_dead(enum source_state state)
{
    return state == SOURCE_FAILING || state == SOURCE_GONE;
}

bool source_state_by_name(struct str name, enum source_state *out)
{
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        if (str_eq(states[i], name)) {
            *out = (enum source_state)i;
            return true;
        }
    }
    return false;
}

/* ---- what the store holds already ---------------------------------------- */

/* A hash of the fields in table source, of this process only. */
static struct hash128 facts_hash(struct buf *b, const struct source_row *row)
{
    buf_reset(b);
    buf_mix_str(b, row->title);
    buf_mix_str(b, row->home_url);
    buf_mix_str(b, row->feed_id);
    buf_mix_int(b, row->feed_updated.unix_seconds);
    buf_mix_int(b, row->feed_updated.zone_minutes);
    buf_mix_int(b, row->feed_updated.precision);
    buf_mix_str(b, row->kind);
    buf_mix_int(b, row->state);
    buf_mix_int(b, row->since);
    buf_mix_str(b, row->error);
    buf_mix_int(b, row->last_reported);
    buf_mix_str(b, row->moved_to);
    buf_mix_int(b, row->moved_runs);
    buf_mix_int(b, row->moved_since);
    buf_mix_str(b, row->address);
    buf_mix_int(b, row->churned);
    return hash128(buf_str(b));
}

/* The same of those in table document. */
static struct hash128 validators_hash(struct buf *b,
                                      const struct source_row *row)
{
    buf_reset(b);
    buf_mix_str(b, row->etag);
    buf_mix_str(b, row->last_modified);
    buf_mix_str(b, row->validated);
    buf_mix_int(b, row->has_body_hash);
    if (row->has_body_hash) {
        buf_add(b, &row->body_hash, sizeof row->body_hash);
        buf_add(b, &row->read_as, sizeof row->read_as);
    }
    return hash128(buf_str(b));
}

/* ---- loading ------------------------------------------------------------- */

#define SOURCE_COLUMNS                                                         \
    "SELECT s.id, s.name, s.title, s.home_url, s.feed_id, s.feed_updated,"     \
    " s.feed_updated_zone, s.feed_updated_precision, s.kind, s.state,"         \
    " s.since, s.error, s.last_reported, s.guid_unstable,"                     \
    " s.moved_to, s.moved_runs, s.moved_since, s.address, s.churned,"          \
    " v.last_fetch, v.last_ok, v.next_fetch, v.failures, v.status,"            \
    " v.period, v.why, v.skip_hours, v.skip_days, v.entries,"                  \
    " d.etag, d.last_modified, d.validated, d.body_hash, d.read_as"            \
    " FROM source s LEFT JOIN visit v ON v.source = s.id"                      \
    " LEFT JOIN document d ON d.source = s.id AND d.url = s.name"

static void read_source(struct query *q, struct arena *a, struct buf *scratch,
                        struct source_row *out)
{
    *out = (struct source_row){.rowid = column_int(q)};
    out->id = column_str(q, a);
    out->title = column_str(q, a);
    out->home_url = column_str(q, a);
    out->feed_id = column_str(q, a);
    out->feed_updated = column_when(q);
    out->kind = column_str(q, a);
    if (!source_state_by_name(column_view(q), &out->state))
        query_damaged(q);
    out->since = column_int(q);
    out->error = column_str(q, a);
    out->last_reported = column_int(q);
    out->guid_unstable = column_int(q) != 0;
    out->moved_to = column_str(q, a);
    out->moved_runs = (int)column_int(q);
    out->moved_since = column_int(q);
    out->address = column_str(q, a);
    out->churned = (int)column_int(q);
    out->last_fetch = column_int(q);
    out->last_ok = column_int(q);
    out->next_fetch = column_int(q);
    out->failures = (int)column_int(q);
    out->status = (int)column_int(q);
    out->period = column_int(q);
    out->next_why = column_str(q, a);
    out->skip_hours = (uint32_t)column_int(q);
    out->skip_days = (uint8_t)column_int(q);
    out->entries = column_int(q);
    out->etag = column_bytes(q, a);
    out->last_modified = column_bytes(q, a);
    out->validated = column_str(q, a);
    out->has_body_hash = !column_is_null(q);
    out->body_hash = column_hash(q);
    out->has_body_hash &= !column_is_null(q);
    out->read_as = column_hash(q);
    out->stored_undone = q->s->undone;
    out->stored_facts = facts_hash(scratch, out);
    out->stored_validators = validators_hash(scratch, out);
}

bool store_get_source(struct store *s, struct arena *a, struct str id,
                      struct source_row *out, struct error *err)
{
    static const char sql[] = SOURCE_COLUMNS " WHERE s.name = ?";
    struct source_row row = {.id = id};
    struct buf scratch;
    struct query q;
    bool has;

    if (!query_ask(&q, s, sql, VALUES(of_str(id)), err))
        return false;
    if (!query_next(&q, &has, err))
        return false;
    buf_init(&scratch, BUF_MAX);
    if (has)
        read_source(&q, a, &scratch, &row);
    buf_done(&scratch);
    if (!query_end(&q, err))
        return false;
    *out = row;
    return true;
}

bool store_each_source(struct store *s, struct arena *a,
                       store_give_source *give, void *ctx, struct error *err)
{
    static const char sql[] = SOURCE_COLUMNS " ORDER BY s.id";
    struct buf scratch;
    struct query q;
    bool has, ok;

    if (!query_start(&q, s, sql, err))
        return false;
    buf_init(&scratch, BUF_MAX);
    while ((ok = query_next(&q, &has, err)) && has) {
        struct source_row row;

        read_source(&q, a, &scratch, &row);
        give(ctx, &row);
    }
    buf_done(&scratch);
    return ok && query_end(&q, err);
}

struct rows {
    struct source_row *at;
    size_t n;
};

static void add_row(void *ctx, const struct source_row *row)
{
    struct rows *rows = ctx;

    rows->at[rows->n++] = *row;
}

bool store_all_sources(struct store *s, struct arena *a,
                       struct source_row **out, size_t *n, struct error *err)
{
    static const char how_many[] = "SELECT count(*) FROM source";
    struct rows rows = {0};
    int64_t expected = 0;
    struct query q;
    bool has;

    if (!query_start(&q, s, how_many, err) ||
        !query_int(&q, &expected, &has, err))
        return false;
    rows.at = arena_array(a, (size_t)expected + 1, sizeof *rows.at);
    if (!store_each_source(s, a, add_row, &rows, err))
        return false;
    *out = rows.at;
    *n = rows.n;
    return true;
}

/* ---- storing --------------------------------------------------------------- */

static void bind_facts(struct query *q, const struct source_row *row)
{
    bind_str(q, row->title);
    bind_str(q, row->home_url);
    bind_str(q, row->feed_id);
    bind_when(q, row->feed_updated);
    bind_str(q, row->kind);
    bind_str(q, source_state_name(row->state));
    bind_int(q, row->since);
    bind_str(q, row->error);
    bind_int(q, row->last_reported);
    bind_str(q, row->moved_to);
    bind_int(q, row->moved_runs);
    bind_int(q, row->moved_since);
    bind_str(q, row->address);
    bind_int(q, row->churned);
    bind_str(q, row->id);
}

/* One statement for both, since a caller may hold a row that it never loaded. */
static bool put_facts(struct store *s, struct source_row *row,
                      struct error *err)
{
    static const char sql[] =
        "INSERT INTO source (title, home_url, feed_id, feed_updated,"
        " feed_updated_zone, feed_updated_precision, kind, state, since,"
        " error, last_reported, moved_to, moved_runs, moved_since, address,"
        " churned, name)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET title = excluded.title,"
        " home_url = excluded.home_url, feed_id = excluded.feed_id,"
        " feed_updated = excluded.feed_updated,"
        " feed_updated_zone = excluded.feed_updated_zone,"
        " feed_updated_precision = excluded.feed_updated_precision,"
        " kind = excluded.kind, state = excluded.state,"
        " since = excluded.since, error = excluded.error,"
        " last_reported = excluded.last_reported,"
        " moved_to = excluded.moved_to, moved_runs = excluded.moved_runs,"
        " moved_since = excluded.moved_since, address = excluded.address,"
        " churned = excluded.churned"
        " RETURNING id";
    struct query q;
    bool has;

    if (!query_start(&q, s, sql, err))
        return false;
    bind_facts(&q, row);
    return query_int(&q, &row->rowid, &has, err);
}

static bool put_validators(struct store *s, const struct source_row *row,
                           struct error *err)
{
    static const char sql[] =
        "INSERT INTO document (source, url, etag, last_modified, validated,"
        " body_hash, read_as) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (source, url) DO UPDATE SET etag = excluded.etag,"
        " last_modified = excluded.last_modified,"
        " validated = excluded.validated,"
        " body_hash = excluded.body_hash, read_as = excluded.read_as";
    struct query q;

    if (!query_ask(&q, s, sql,
                   VALUES(of_int(row->rowid), of_str(row->id),
                          of_str(row->etag), of_str(row->last_modified),
                          of_str(row->validated)),
                   err))
        return false;
    if (row->has_body_hash) {
        bind_hash(&q, row->body_hash);
        bind_hash(&q, row->read_as);
    } else {
        bind_null(&q);
        bind_null(&q);
    }
    return query_run(&q, err);
}

static bool put_visit(struct store *s, const struct source_row *row,
                      struct error *err)
{
    static const char sql[] =
        "INSERT INTO visit (source, last_fetch, last_ok, next_fetch, failures,"
        " status, period, why, skip_hours, skip_days, entries)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (source) DO UPDATE SET last_fetch = excluded.last_fetch,"
        " last_ok = excluded.last_ok, next_fetch = excluded.next_fetch,"
        " failures = excluded.failures, status = excluded.status,"
        " period = excluded.period, why = excluded.why,"
        " skip_hours = excluded.skip_hours, skip_days = excluded.skip_days,"
        " entries = excluded.entries";

    return query_do(s, sql,
                    VALUES(of_int(row->rowid), of_int(row->last_fetch),
                           of_int(row->last_ok), of_int(row->next_fetch),
                           of_int(row->failures), of_int(row->status),
                           of_int(row->period), of_str(row->next_why),
                           of_int(row->skip_hours), of_int(row->skip_days),
                           of_int(row->entries)),
                    err);
}

static bool put_source(struct store *s, struct buf *scratch,
                       struct source_row *row, struct error *err)
{
    struct hash128 facts = facts_hash(scratch, row);
    struct hash128 validators = validators_hash(scratch, row);
    bool is_stored = row->rowid != 0 && row->stored_undone == s->undone;

    if (!(is_stored && hash128_eq(facts, row->stored_facts)) &&
        !put_facts(s, row, err))
        return false;
    if (!(is_stored && hash128_eq(validators, row->stored_validators)) &&
        !put_validators(s, row, err))
        return false;
    if (!put_visit(s, row, err))
        return false;
    row->stored_undone = s->undone;
    row->stored_facts = facts;
    row->stored_validators = validators;
    return true;
}

bool store_put_sources(struct store *s, struct source_row *rows, size_t n,
                       struct error *err)
{
    struct buf scratch;
    struct own own;
    bool ok = true;

    if (!own_begin(&own, s, err))
        return false;
    buf_init(&scratch, BUF_MAX);
    for (size_t i = 0; ok && i < n; i++)
        ok = put_source(s, &scratch, &rows[i], err);
    buf_done(&scratch);
    return own_end(&own, s, ok, err);
}

bool store_put_source(struct store *s, struct source_row *row,
                      struct error *err)
{
    return store_put_sources(s, row, 1, err);
}
