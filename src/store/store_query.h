#ifndef STORE_STORE_QUERY_H
#define STORE_STORE_QUERY_H
/*
 * The rest of store/ talks to SQLite through this: statements prepared once and
 * kept, values bound from left to right, columns read from left to right.
 *
 *     static const char sql[] = "SELECT title FROM item WHERE id = ?";
 *     struct query q;
 *     bool has;
 *
 *     if (!query_ask(&q, s, sql, VALUES(of_int(rowid)), err))
 *         return false;
 *     if (!query_next(&q, &has, err))
 *         return false;
 *     if (has)
 *         title = column_str(&q, arena);
 *     return query_end(&q, err);
 *
 * A query that failed has ended.  SQL is a static array: its address is the
 * key of the cache.  No two queries of one text may run at once.
 */
#include <sqlite3.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/str.h"
#include "store/store.h"
#include "text/when.h"

/* Places for statements that are kept; half of them may be taken. */
#define QUERIES_MAX 512

struct arena;
struct document_seen; /* store_item.h */
struct members_kept;  /* store_members.h */
struct lists;         /* store_lists.h */
struct shingles;      /* store_shingles.h */
struct squeezer;      /* sys/squeeze.h */
struct story_judge;   /* item/story.h */

struct store {
    sqlite3 *db;
    char *path;
    int64_t seen_bytes, seen_mtime; /* of a look without a log; else 0 */
    struct {
        const char *sql;
        sqlite3_stmt *stmt;
    } cache[QUERIES_MAX];
    size_t n_cached;
    int64_t latest;     /* store_believe */
    uint64_t undone;    /* how often something put was taken back */
    bool is_press_over; /* something a press shows was written since the last
                         * commit (store_press.c) */
    enum { PRESS_UNKNOWN, PRESS_IS, PRESS_IS_NOT } press_known;
    struct arena *put; /* of one store_put_item; reset by the next */
    struct document_seen *seen;
    struct lists *terms;
    struct shingles *shingles;
    struct members_kept *members;
    struct found *found;
    struct stories {
        int64_t *at; /* on the heap */
        size_t n, cap;
    } unranked, spare; /* since the last commit */
    struct reports {
        struct waiting *at; /* on the heap */
        size_t n, cap;
        int64_t round, settled; /* of the last one, and its moment */
    } waiting;                  /* likewise */
    struct squeezer *squeezer;
    const struct story_judge *judge;
};

struct query {
    struct store *s;
    sqlite3_stmt *stmt;
    int bound, read;
    bool is_damaged; /* a column held what we never wrote */
};

/* A value to bind; what it points to is borrowed until the query ends. */
struct value {
    enum { VALUE_INT, VALUE_STR, VALUE_BYTES, VALUE_HASH } kind;
    union {
        int64_t number;
        struct str text;
        struct hash128 hash;
    };
};

static inline struct value of_int(int64_t v)
{
    return (struct value){.kind = VALUE_INT, .number = v};
}

static inline struct value of_str(struct str v)
{
    return (struct value){.kind = VALUE_STR, .text = v};
}

static inline struct value of_bytes(struct str v)
{
    return (struct value){.kind = VALUE_BYTES, .text = v};
}

static inline struct value of_hash(struct hash128 v)
{
    return (struct value){.kind = VALUE_HASH, .hash = v};
}

/* A hash of 8 bytes is SQLite's signed integer of the same bits. */
int64_t as_key(uint64_t hash);

static inline struct value of_key(uint64_t hash)
{
    return of_int(as_key(hash));
}

/* An array of values and their number: two arguments. */
#define VALUES(...)                                                            \
    (const struct value[]){__VA_ARGS__},                                       \
        sizeof((const struct value[]){__VA_ARGS__}) / sizeof(struct value)

MUST_CHECK bool query_start(struct query *q, struct store *s, const char *sql,
                            struct error *err);
/* The same with its first N values bound. */
MUST_CHECK bool query_ask(struct query *q, struct store *s, const char *sql,
                          const struct value *values, size_t n,
                          struct error *err);
/* A statement without rows, from its beginning to its end. */
MUST_CHECK bool query_do(struct store *s, const char *sql,
                         const struct value *values, size_t n,
                         struct error *err);

/* One value more each, from left to right. */
void bind_int(struct query *q, int64_t v);
void bind_str(struct query *q, struct str v);
void bind_bytes(struct query *q, struct str v);
void bind_hash(struct query *q, struct hash128 v);
void bind_key(struct query *q, uint64_t hash);
#define NUMBERS_MAX 160
/* At most NUMBERS_MAX numbers in one value, 8 bytes each, big-endian. */
void bind_numbers(struct query *q, const uint64_t *v, size_t n);
void bind_null(struct query *q);
/* Three values. */
void bind_when(struct query *q, struct when v);

/* The next row; after the last one *HAS is false and the query has ended. */
MUST_CHECK bool query_next(struct query *q, bool *has, struct error *err);
int64_t column_int(struct query *q);
/* What is not UTF-8 is damage, which query_end reports.  The view holds until
 * the next row, the copy is in A. */
struct str column_view(struct query *q);
struct str column_str(struct query *q, struct arena *a);
/* Any bytes, in A. */
struct str column_bytes(struct query *q, struct arena *a);
/* Bytes of any kind; a view. */
struct str column_blob(struct query *q);
struct hash128 column_hash(struct query *q); /* zero when NULL */
/* Up to CAP numbers; how many there are.  None when NULL. */
size_t column_numbers(struct query *q, uint64_t *out, size_t cap);
bool column_is_null(const struct query *q); /* of the column read next */
/* Three columns. */
struct when column_when(struct query *q);
/* Says that a column held nonsense. */
void query_damaged(struct query *q);
/* False and ERR_STORE when a column was damaged. */
MUST_CHECK bool query_end(struct query *q, struct error *err);

/* The first column of every row to the end; in A. */
MUST_CHECK bool query_rowids(struct query *q, struct arena *a,
                             struct rowids *out, struct error *err);

/* The first column of the first row, an integer; *FOUND is false and *OUT as it
 * was when there is no row.  Ends the query. */
MUST_CHECK bool query_int(struct query *q, int64_t *out, bool *found,
                          struct error *err);

/* For statements without rows: runs to the end. */
MUST_CHECK bool query_run(struct query *q, struct error *err);
/* Rows the last query_run changed. */
int64_t store_changes(const struct store *s);
/* Rowid of the last row inserted. */
int64_t store_last_rowid(const struct store *s);

/* Words SQLite's last failure.  Returns false. */
bool store_fail(struct store *s, struct error *err);
/* Says that the store holds what cannot be.  Returns false. */
bool store_damaged(struct store *s, struct error *err, const char *what);

/* A transaction of one call's own, unless the caller is in one already. */
struct own {
    bool is_own;
};
MUST_CHECK bool own_begin(struct own *own, struct store *s, struct error *err);
/* Commits when OK, else undoes; returns whether all is well. */
bool own_end(struct own *own, struct store *s, bool ok, struct error *err);
#endif
