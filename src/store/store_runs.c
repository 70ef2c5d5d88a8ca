/*
 * A log-structured index (O'Neil and others, The Log-Structured Merge-Tree, 1996).
 *
 * A run is sorted and lies in pages that are filled once.  Keys are mixed by a
 * multiplication, since hashes may all begin with zeros; then a run's pages share
 * the range of all keys evenly, and which page holds one is computed.
 *
 * Each page has a Bloom filter of blocks of 64 bytes (Putze, Sanders, Singler,
 * Cache-, Hash- and Space-Efficient Bloom Filters, 2007), 14 bits a record and more:
 * of keys that a page does not have it lets four in a thousand pass.  What is asked
 * of the filters are single lines of memory, far apart; runs_foresee has them come
 * side by side.  The filters of a run are read when it has been asked so often that
 * reading pages has cost as much; so are its pages, when what is kept of all runs
 * has room beside the filters.
 *
 * Of a large run, as a store of hundreds of thousands of items has one or two, the
 * filters are folded: two blocks become one with the bits of both.  That is half the
 * memory, and one key in thirty passes; of smaller runs, which are more, fewer must.
 */
#include "store/store_runs.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

#define PROBES      5
#define BLOCK_BYTES ((size_t)64)

void runs_use(struct runs *r, const struct runs_kind *kind)
{
    memset(r, 0, sizeof *r);
    r->kind = kind;
}

void run_forget(struct runs *r, struct run *run)
{
    if (run->kept != NULL)
        r->kept_bytes -= run->bytes;
    if (run->filter != NULL)
        r->filters_bytes -= run->pages * run->filter_bytes;
    free(run->filter);
    free(run->kept);
    free(run->starts);
    run->filter = run->kept = NULL;
    run->starts = NULL;
}

void runs_forget(struct runs *r)
{
    for (size_t i = 0; i < r->n; i++)
        run_forget(r, &r->run[i]);
    r->n = 0;
    r->is_loaded = false;
}

/* ---- filters ------------------------------------------------------------------ */

static uint64_t mixed(uint64_t key)
{
    return key * 0xD6E8FEB86659FD93u;
}

/* The block of a key MIXED; its highest bits are not looked for in it. */
static size_t block_of(uint64_t mixed, size_t bytes)
{
    return (size_t)((mixed >> 56) * (bytes / BLOCK_BYTES) >> 8) * BLOCK_BYTES;
}

/* Of a key MIXED a bit of its block. */
static unsigned probe_of(uint64_t mix, int i)
{
    return mix >> (9 * i + 10) & (8 * BLOCK_BYTES - 1);
}

void runs_filter_set(unsigned char *filter, size_t bytes, uint64_t key)
{
    uint64_t mix = mixed(key);
    unsigned char *block = filter + block_of(mix, bytes);

    for (int i = 0; i < PROBES; i++) {
        unsigned bit = probe_of(mix, i);

        block[bit >> 3] |= (unsigned char)(1u << (bit & 7));
    }
}

static bool is_in_block(const unsigned char *block, uint64_t mix)
{
    for (int i = 0; i < PROBES; i++) {
        unsigned bit = probe_of(mix, i);

        if ((block[bit >> 3] >> (bit & 7) & 1) == 0)
            return false;
    }
    return true;
}

/* Where RUN's filter has the bits of KEY, which is MIX when mixed. */
static const unsigned char *block_in(const struct run *run, uint64_t key,
                                     uint64_t mix)
{
    return run->filter + runs_page_of(key, run->pages) * run->filter_bytes +
           block_of(mix, run->filter_bytes);
}

void runs_foresee(const struct runs *r, uint64_t key)
{
    uint64_t mix = mixed(key);

    for (size_t i = 0; i < r->n; i++)
        if (r->run[i].filter != NULL)
            __builtin_prefetch(block_in(&r->run[i], key, mix));
}

/* ---- what is stored ------------------------------------------------------------ */

bool runs_load(struct store *s, struct runs *r, struct error *err)
{
    struct query q;
    bool has;

    if (r->is_loaded)
        return true;
    if (!query_start(&q, s, r->kind->heads, err))
        return false;
    while (query_next(&q, &has, err)) {
        struct run *run = &r->run[r->n];

        if (!has) {
            r->is_loaded = true;
            return query_end(&q, err);
        }
        if (r->n == RUNS_MAX)
            return store_damaged(s, err, "more runs than are ever written");
        *run = (struct run){.id = column_int(&q)};
        run->pages = (size_t)column_int(&q);
        run->bytes = (size_t)column_int(&q);
        run->day = column_int(&q);
        if (run->pages == 0 || run->pages >= RUN_PAGES_MAX)
            return store_damaged(s, err, "a run of a size that none has");
        r->n++;
    }
    return false;
}

static bool ask_all(struct query *q, struct store *s, const char *sql,
                    const struct run *run, struct error *err)
{
    return query_ask(q, s, sql,
                     VALUES(of_int(run_page_id(run, 0)),
                            of_int(run_page_id(run, run->pages - 1))),
                     err);
}

static size_t page_number(struct query *q, const struct run *run)
{
    return (size_t)(column_int(q) - run_page_id(run, 0));
}

/* Each two blocks of BITS as one, where block_of finds the same keys. */
static void fold(unsigned char *out, struct str bits)
{
    for (size_t i = 0; i + 2 * BLOCK_BYTES <= bits.n; i += 2 * BLOCK_BYTES)
        for (size_t k = 0; k < BLOCK_BYTES; k++)
            *out++ =
                (unsigned char)(bits.p[i + k] | bits.p[i + k + BLOCK_BYTES]);
}

static bool load_filter(struct store *s, struct runs *r, struct run *run,
                        struct error *err)
{
    size_t stored = size_mul(run->pages, r->kind->filter_bytes);
    bool is_folded = r->kind->folded_from > 0 && stored >= r->kind->folded_from;
    size_t bytes = is_folded ? stored / 2 : stored;
    struct query q;
    bool has;

    if (!ask_all(&q, s, r->kind->filters, run, err))
        return false;
    run->filter = heap_alloc(bytes + RUNS_ROW_BITS);
    memset(run->filter, 0, bytes + RUNS_ROW_BITS);
    run->filter_bytes = bytes / run->pages;
    r->filters_bytes += bytes;
    while (query_next(&q, &has, err)) {
        size_t page;
        struct str bits;

        if (!has)
            return query_end(&q, err);
        page = page_number(&q, run);
        bits = column_blob(&q);
        if (bits.n > RUNS_ROW_BITS)
            query_damaged(&q);
        else if (is_folded)
            fold(run->filter + page * run->filter_bytes, bits);
        else
            memcpy(run->filter + page * run->filter_bytes, bits.p, bits.n);
    }
    return false;
}

/* A run without a filter is asked without one until that has cost as much as
 * reading it. */
static bool have_filter(struct store *s, struct runs *r, struct run *run,
                        struct error *err)
{
    size_t row = RUNS_ROW_BITS / r->kind->filter_bytes;

    return run->filter != NULL || ++run->asked * row * 2 < run->pages ||
           load_filter(s, r, run, err);
}

/* Bytes of runs that may be kept whole. */
static size_t room_for_runs(const struct runs *r)
{
    size_t most = r->kind->memory_max, least = most / 8;

    return r->filters_bytes > most - least ? least : most - r->filters_bytes;
}

/* Has the pages of RUN in memory, one behind the other, if there is room: a row that
 * is missing is an empty page. */
static bool keep_run(struct store *s, struct runs *r, struct run *run,
                     struct error *err)
{
    size_t page = 0, n = 0;
    struct query q;
    bool has;

    if (r->kept_bytes + run->bytes > room_for_runs(r))
        return true;
    if (!ask_all(&q, s, r->kind->pages, run, err))
        return false;
    run->kept = heap_alloc(run->bytes + 1);
    run->starts = heap_alloc(size_mul(run->pages + 1, sizeof *run->starts));
    r->kept_bytes += run->bytes;
    while (query_next(&q, &has, err)) {
        size_t of = has ? page_number(&q, run) : run->pages;
        struct str records;

        while (page <= of)
            run->starts[page++] = (uint32_t)n;
        if (!has)
            return query_end(&q, err);
        records = column_blob(&q);
        if (records.n > run->bytes - n) {
            query_damaged(&q);
            continue;
        }
        memcpy(run->kept + n, records.p, records.n);
        n += records.n;
    }
    return false;
}

bool run_page(struct query *q, struct store *s, const struct runs *r,
              const struct run *run, size_t page, struct str *bytes,
              struct error *err)
{
    bool has;

    *bytes = STR_NONE;
    if (!query_ask(q, s, r->kind->page, VALUES(of_int(run_page_id(run, page))),
                   err))
        return false;
    if (!query_next(q, &has, err))
        return false;
    if (has)
        *bytes = column_blob(q);
    return true;
}

/* ---- asking ---------------------------------------------------------------------- */

/* The first record of PAGE whose key is not below KEY; all are of N bytes. */
static size_t first_of_equal(struct str page, size_t bytes, uint64_t key)
{
    size_t low = 0, high = page.n / bytes;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (record_key(str_from(page, mid * bytes)) < key)
            low = mid + 1;
        else
            high = mid;
    }
    return low * bytes;
}

/* Those of PAGE that have KEY, which stand together.  False when what is there are
 * no records. */
static bool records_of(const struct runs_kind *kind, struct str page,
                       uint64_t key, struct str *out)
{
    size_t at = 0, from, bytes = kind->record_bytes(page);

    *out = STR_NONE;
    if (page.n > 0 && kind->are_equal) {
        if (bytes == 0 || page.n % bytes != 0)
            return false;
        at = first_of_equal(page, bytes, key);
    }
    for (from = at; at < page.n; at += bytes) {
        struct str rest = str_from(page, at);

        bytes = kind->record_bytes(rest);
        if (bytes == 0)
            return false;
        if (record_key(rest) > key)
            break;
        if (record_key(rest) < key)
            from = at + bytes;
    }
    *out = str_slice(page, from, at);
    return true;
}

static struct str kept_page(const struct run *run, size_t page)
{
    return str_of((const char *)run->kept + run->starts[page],
                  run->starts[page + 1] - run->starts[page]);
}

/* Calls TAKE with what RUN has of KEY, if it has some. */
static bool ask_run(struct store *s, struct runs *r, struct run *run,
                    uint64_t key, void (*take)(void *to, struct str records),
                    void *to, bool *has, struct error *err)
{
    size_t page = runs_page_of(key, run->pages);
    struct str bytes, records;
    struct query q;
    bool is_sound;

    if (run->kept == NULL && ++run->read >= run->pages &&
        !keep_run(s, r, run, err))
        return false;
    if (run->kept != NULL)
        bytes = kept_page(run, page);
    else if (!run_page(&q, s, r, run, page, &bytes, err))
        return false;
    is_sound = records_of(r->kind, bytes, key, &records);
    *has = records.n > 0;
    if (*has)
        take(to, records);
    if (run->kept != NULL)
        return is_sound || store_damaged(s, err, "a run of no records");
    if (!is_sound)
        query_damaged(&q);
    return query_end(&q, err);
}

bool runs_find(struct store *s, struct runs *r, uint64_t key,
               void (*take)(void *to, struct str records), void *to,
               struct error *err)
{
    uint64_t mix = mixed(key);

    if (!runs_load(s, r, err))
        return false;
    for (size_t i = r->n; i-- > 0;) {
        struct run *run = &r->run[i];
        bool has;

        if (!have_filter(s, r, run, err))
            return false;
        if (run->filter != NULL && !is_in_block(block_in(run, key, mix), mix))
            continue;
        if (!ask_run(s, r, run, key, take, to, &has, err))
            return false;
        if (has && r->kind->is_replaced)
            return true;
    }
    return true;
}
