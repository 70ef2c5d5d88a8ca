#include "store/store_query.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "base/vec.h"

/* ---- failures ---------------------------------------------------------- */

bool store_damaged(struct store *s, struct error *err, const char *what)
{
    error_set(err, ERR_STORE,
              "the store is damaged (%s): restore a copy, or move it away",
              what);
    error_where(err, s->path);
    return false;
}

bool store_fail(struct store *s, struct error *err)
{
    static const struct {
        int code;
        const char *text;
    } known[] = {
        {SQLITE_FULL, "no space left for the store"},
        {SQLITE_BUSY, "the store is locked by another program"},
        {SQLITE_LOCKED, "the store is locked by another program"},
        {SQLITE_READONLY, "the store cannot be written"},
        {SQLITE_CANTOPEN, "the store cannot be opened"},
        {SQLITE_PERM, "the store may not be opened"},
    };
    int code = sqlite3_errcode(s->db) & 0xFF;
    int of_system = sqlite3_system_errno(s->db);

    /* The log's index cannot grow: SQLite calls that an I/O error. */
    if (code == SQLITE_IOERR && of_system == ENOSPC)
        code = SQLITE_FULL;
    if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
        return store_damaged(s, err, sqlite3_errmsg(s->db));
    error_set(err, ERR_STORE, "store: %s", sqlite3_errmsg(s->db));
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (code == known[i].code)
            error_set(err, ERR_STORE, "%s", known[i].text);
    if (code == SQLITE_CANTOPEN && of_system != 0)
        error_set(err, ERR_STORE, "the store cannot be opened: %s",
                  strerror(of_system));
    error_where(err, s->path);
    return false;
}

/* ---- statements -------------------------------------------------------- */

/* The place that SQL has, or would get: by its address. */
static size_t place_of(const struct store *s, const char *sql)
{
    size_t i = (size_t)hash64(str_of((const char *)&sql, sizeof sql));

    for (i %= QUERIES_MAX; s->cache[i].sql != NULL && s->cache[i].sql != sql;)
        i = (i + 1) % QUERIES_MAX;
    return i;
}

bool query_start(struct query *q, struct store *s, const char *sql,
                 struct error *err)
{
    size_t i = place_of(s, sql);

    *q = (struct query){.s = s};
    if (s->cache[i].sql == NULL) {
        if (s->n_cached == QUERIES_MAX / 2)
            return error_set(err, ERR_STORE, "too many kinds of questions");
        if (sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT,
                               &s->cache[i].stmt, NULL) != SQLITE_OK)
            return store_fail(s, err);
        s->cache[i].sql = sql;
        s->n_cached++;
    }
    q->stmt = s->cache[i].stmt;
    assert(!sqlite3_stmt_busy(q->stmt));
    return true;
}

/* Binding fails only when memory does or the number is wrong. */
static void check(int code)
{
    assert(code == SQLITE_OK);
    (void)code;
}

void bind_int(struct query *q, int64_t v)
{
    check(sqlite3_bind_int64(q->stmt, ++q->bound, v));
}

void bind_str(struct query *q, struct str v)
{
    check(sqlite3_bind_text64(q->stmt, ++q->bound, v.p == NULL ? "" : v.p, v.n,
                              SQLITE_STATIC, SQLITE_UTF8));
}

void bind_bytes(struct query *q, struct str v)
{
    check(sqlite3_bind_blob64(q->stmt, ++q->bound, v.p == NULL ? "" : v.p, v.n,
                              SQLITE_STATIC));
}

void bind_hash(struct query *q, struct hash128 v)
{
    unsigned char bytes[16];

    hash128_bytes(v, bytes);
    check(sqlite3_bind_blob(q->stmt, ++q->bound, bytes, sizeof bytes,
                            SQLITE_TRANSIENT));
}

int64_t as_key(uint64_t hash)
{
    int64_t key;

    memcpy(&key, &hash, sizeof key);
    return key;
}

void bind_key(struct query *q, uint64_t hash)
{
    bind_int(q, as_key(hash));
}

void bind_numbers(struct query *q, const uint64_t *v, size_t n)
{
    unsigned char bytes[8 * NUMBERS_MAX];

    assert(n <= NUMBERS_MAX);
    for (size_t i = 0; i < n; i++)
        number_bytes(v[i], bytes + 8 * i, 8);
    check(sqlite3_bind_blob(q->stmt, ++q->bound, bytes, (int)(8 * n),
                            SQLITE_TRANSIENT));
}

void bind_null(struct query *q)
{
    check(sqlite3_bind_null(q->stmt, ++q->bound));
}

void bind_when(struct query *q, struct when v)
{
    bind_int(q, v.unix_seconds);
    if (v.zone_minutes == ZONE_UNKNOWN)
        bind_null(q);
    else
        bind_int(q, v.zone_minutes);
    bind_int(q, v.precision);
}

bool query_ask(struct query *q, struct store *s, const char *sql,
               const struct value *values, size_t n, struct error *err)
{
    if (!query_start(q, s, sql, err))
        return false;
    for (const struct value *v = values; v < values + n; v++) {
        switch (v->kind) {
        case VALUE_INT:
            bind_int(q, v->number);
            break;
        case VALUE_STR:
            bind_str(q, v->text);
            break;
        case VALUE_BYTES:
            bind_bytes(q, v->text);
            break;
        case VALUE_HASH:
            bind_hash(q, v->hash);
            break;
        }
    }
    return true;
}

bool query_do(struct store *s, const char *sql, const struct value *values,
              size_t n, struct error *err)
{
    struct query q;

    return query_ask(&q, s, sql, values, n, err) && query_run(&q, err);
}

static void reset(struct query *q)
{
    sqlite3_reset(q->stmt);
    sqlite3_clear_bindings(q->stmt);
    q->bound = q->read = 0;
}

bool query_next(struct query *q, bool *has, struct error *err)
{
    int code = sqlite3_step(q->stmt);

    q->read = 0;
    *has = code == SQLITE_ROW;
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        store_fail(q->s, err);
    reset(q);
    return code == SQLITE_DONE;
}

bool query_end(struct query *q, struct error *err)
{
    reset(q);
    if (q->is_damaged)
        return store_damaged(q->s, err, "a value that was never written");
    return true;
}

bool query_run(struct query *q, struct error *err)
{
    bool has;

    if (!query_next(q, &has, err))
        return false;
    return query_end(q, err);
}

int64_t store_changes(const struct store *s)
{
    return sqlite3_changes64(s->db);
}

int64_t store_last_rowid(const struct store *s)
{
    return sqlite3_last_insert_rowid(s->db);
}

/* ---- columns ----------------------------------------------------------- */

void query_damaged(struct query *q)
{
    q->is_damaged = true;
}

bool column_is_null(const struct query *q)
{
    return sqlite3_column_type(q->stmt, q->read) == SQLITE_NULL;
}

int64_t column_int(struct query *q)
{
    return sqlite3_column_int64(q->stmt, q->read++);
}

struct str column_view(struct query *q)
{
    const void *p = sqlite3_column_text(q->stmt, q->read);
    struct str s = str_of(p, (size_t)sqlite3_column_bytes(q->stmt, q->read));

    q->read++;
    if (p == NULL)
        return STR_NONE;
    if (!utf8_valid(s)) {
        query_damaged(q);
        return STR_NONE;
    }
    return s;
}

struct str column_str(struct query *q, struct arena *a)
{
    struct str view = column_view(q);

    /* Most of a source's are empty, and a mill may have 100,000. */
    return view.n == 0 ? STR_NONE : arena_str(a, view);
}

struct str column_bytes(struct query *q, struct arena *a)
{
    const void *p = sqlite3_column_blob(q->stmt, q->read);
    struct str s = str_of(p, (size_t)sqlite3_column_bytes(q->stmt, q->read));

    q->read++;
    return p == NULL ? STR_NONE : arena_str(a, s);
}

struct hash128 column_hash(struct query *q)
{
    const unsigned char *p = sqlite3_column_blob(q->stmt, q->read);
    int n = sqlite3_column_bytes(q->stmt, q->read);

    q->read++;
    if (p == NULL)
        return (struct hash128){0, 0};
    if (n != 16) {
        query_damaged(q);
        return (struct hash128){0, 0};
    }
    return hash128_from_bytes(p);
}

struct str column_blob(struct query *q)
{
    const char *p = sqlite3_column_blob(q->stmt, q->read);
    size_t n = (size_t)sqlite3_column_bytes(q->stmt, q->read);

    q->read++;
    return str_of(p, p == NULL ? 0 : n);
}

size_t column_numbers(struct query *q, uint64_t *out, size_t cap)
{
    const unsigned char *p = sqlite3_column_blob(q->stmt, q->read);
    size_t n = (size_t)sqlite3_column_bytes(q->stmt, q->read);

    q->read++;
    if (p == NULL)
        return 0;
    if (n % 8 != 0 || n / 8 > cap) {
        query_damaged(q);
        return 0;
    }
    for (size_t i = 0; i < n / 8; i++)
        out[i] = number_from_bytes(p + 8 * i, 8);
    return n / 8;
}

struct when column_when(struct query *q)
{
    struct when w = {.zone_minutes = ZONE_UNKNOWN};
    int64_t precision;

    w.unix_seconds = column_int(q);
    if (column_is_null(q))
        q->read++;
    else
        w.zone_minutes = (int16_t)column_int(q);
    precision = column_int(q);
    if (precision < WHEN_NONE || precision > WHEN_SECOND)
        query_damaged(q);
    else
        w.precision = (uint8_t)precision;
    return w;
}

bool query_int(struct query *q, int64_t *out, bool *found, struct error *err)
{
    if (!query_next(q, found, err))
        return false;
    if (*found)
        *out = column_int(q);
    return query_end(q, err);
}

bool query_rowids(struct query *q, struct arena *a, struct rowids *out,
                  struct error *err)
{
    bool has;

    while (query_next(q, &has, err)) {
        if (!has)
            return query_end(q, err);
        *vec_add(a, out) = column_int(q);
    }
    return false;
}
