#ifndef STORE_STORE_RUNS_H
#define STORE_STORE_RUNS_H
/*
 * Records in sorted runs, by a key of 64 bits: an index of many small things that
 * come by thousands and are looked up at random.  What it costs to add one does not
 * grow with how many there are, and that nobody has a key is said from memory.
 * store_runs.c says how they are read, store_runs_write.c how they are written.
 *
 * A record is bytes that begin with its key, 8 of them, big-endian.
 */
#include "store/store_query.h"

#define RUNS_MAX      256
#define RUNS_KEY      8    /* bytes */
#define RUNS_ROW_BITS 3840 /* bytes of a row of filters, which fills a page */

/* What one sort of runs is: where it is kept, and in what pieces. */
struct runs_kind {
    /* Of the record at the beginning of RECORDS, 0 when there is none whole. */
    size_t (*record_bytes)(struct str records);
    bool are_equal; /* all records have as many bytes */
    bool
        is_replaced; /* a newer record of a key stands for all older ones; else a
                         key has them all, in the order of their bytes */
    size_t page_bytes;   /* on average */
    size_t filter_bytes; /* of each page; a multiple of 64 */
    /* Bytes: the filters of a run that are as many take half of it in memory.
     * Then FILTER_BYTES are even in blocks of 64; 0: none do. */
    size_t folded_from;
    /* Bytes of filters and of runs kept whole.  Filters are kept beyond it, and an
     * eighth of it is for runs at least. */
    size_t memory_max;
    /* Of the tables' rows. */
    const char *heads, *page, *pages, *filters;
    const char *put_head, *put_page, *put_filter;
    const char *drop_head, *drop_pages, *drop_filters;
};

/* All of them, of the tables PREFIX_run, PREFIX_page and PREFIX_filter. */
#define RUNS_SQL(prefix)                                                       \
    .heads = "SELECT id, pages, bytes, day FROM " prefix "_run ORDER BY id",   \
    .page = "SELECT records FROM " prefix "_page WHERE id = ?",                \
    .pages = "SELECT id, records FROM " prefix "_page"                         \
             " WHERE id BETWEEN ? AND ? ORDER BY id",                          \
    .filters = "SELECT id, bits FROM " prefix "_filter"                        \
               " WHERE id BETWEEN ? AND ?",                                    \
    .put_head = "INSERT INTO " prefix "_run (id, pages, bytes, day)"           \
                " VALUES (?, ?, ?, ?)",                                        \
    .put_page = "INSERT INTO " prefix "_page (id, records) VALUES (?, ?)",     \
    .put_filter = "INSERT INTO " prefix "_filter (id, bits) VALUES (?, ?)",    \
    .drop_head = "DELETE FROM " prefix "_run WHERE id = ?",                    \
    .drop_pages = "DELETE FROM " prefix "_page WHERE id BETWEEN ? AND ?",      \
    .drop_filters = "DELETE FROM " prefix "_filter WHERE id BETWEEN ? AND ?"

struct run {
    int64_t id;
    size_t pages, bytes;
    int64_t day;           /* of its newest run, as its writer counts */
    size_t asked;          /* pages read for want of a filter */
    size_t read;           /* pages read */
    unsigned char *filter; /* NULL: not here */
    size_t filter_bytes;   /* of each page in it */
    unsigned char *kept;   /* its records; NULL: not here */
    uint32_t *starts;      /* of each page among them, and of their end */
};

struct runs {
    const struct runs_kind *kind;
    bool is_loaded;           /* RUN says what is stored */
    struct run run[RUNS_MAX]; /* the oldest first */
    size_t n, kept_bytes, filters_bytes;
};

/* The key of a hash: all hashes have keys that share their range evenly. */
static inline uint64_t runs_key(uint64_t hash)
{
    /* A bijection: odd numbers have an inverse (Knuth, 6.4: the golden
     * section). */
    return hash * 0x9E3779B97F4A7C15u;
}

void runs_use(struct runs *r, const struct runs_kind *kind);
/* Nothing is in memory any more; what is stored is read anew when it is asked. */
void runs_forget(struct runs *r);

MUST_CHECK bool runs_load(struct store *s, struct runs *r, struct error *err);
/* KEY will be asked for soon. */
void runs_foresee(const struct runs *r, uint64_t key);
/* Calls TAKE with the records of KEY of each run that has some, the newest first
 * and, where records are replaced, no other. */
MUST_CHECK bool runs_find(struct store *s, struct runs *r, uint64_t key,
                          void (*take)(void *to, struct str records), void *to,
                          struct error *err);

/* Which records are written, besides doubles: NULL for all, or whether RECORD is, N
 * of its key being there. */
struct runs_rule {
    bool (*keeps)(const void *of, struct str record, size_t n);
    const void *of;
};

struct run_writer;
/* A run of records of BYTES bytes, about, newer than all others.  The runs must have
 * been loaded. */
struct run_writer *run_start(struct store *s, struct runs *r,
                             const struct runs_rule *rule, size_t bytes);
/* Records come in the order of their keys. */
MUST_CHECK bool run_add(struct run_writer *w, struct str record,
                        struct error *err);
/* Ends the run, if OK and there is one, and W in any case. */
MUST_CHECK bool run_end(struct run_writer *w, int64_t day, bool ok,
                        struct error *err);

/* Merges the runs that have become too many. */
MUST_CHECK bool runs_tidy(struct store *s, struct runs *r,
                          const struct runs_rule *rule, struct error *err);
/* Merges all, of which RULE leaves out about LESS bytes. */
MUST_CHECK bool runs_merge(struct store *s, struct runs *r,
                           const struct runs_rule *rule, size_t less,
                           struct error *err);

/* ---- shared by the two files -------------------------------------------- */

static inline int64_t run_page_id(const struct run *run, size_t page)
{
    return run->id << 24 | (int64_t)page;
}
#define RUN_PAGES_MAX ((size_t)1 << 24)

static inline uint64_t record_key(struct str record)
{
    return number_from_bytes((const unsigned char *)record.p, RUNS_KEY);
}

static inline size_t runs_page_of(uint64_t key, size_t pages)
{
    return (size_t)(((key >> 32) * pages) >> 32);
}

/* Puts KEY into a page's filter of that many bytes. */
void runs_filter_set(unsigned char *filter, size_t bytes, uint64_t key);
/* The bytes of a page; a view until the query ends. */
MUST_CHECK bool run_page(struct query *q, struct store *s, const struct runs *r,
                         const struct run *run, size_t page, struct str *bytes,
                         struct error *err);
void run_forget(struct runs *r, struct run *run);
#endif
