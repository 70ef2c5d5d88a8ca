/*
 * A log-structured index (O'Neil and others, The Log-Structured Merge-Tree, 1996).
 *
 * A pair is a hash and an item.  What is added waits in memory, a hash table, and
 * is written as a run when the transaction ends or PENDING_MAX pairs wait: sorted,
 * in pages that are filled once.  Runs of one tier are of like size; TIER_RUNS of
 * them are merged into one of the next.  So each pair is written once a tier, one
 * behind the other, and not where its hash falls in a tree of millions.
 *
 * Hashes are mixed by a multiplication, since the smallest of a sketch all begin
 * with zeros; then a run's pages share the range of all hashes evenly, and which
 * page holds one is computed.  Each page has a Bloom filter of four blocks (Putze,
 * Sanders, Singler, Cache-, Hash- and Space-Efficient Bloom Filters, 2007), some
 * nine bits a pair: of hashes that nobody has it lets two in a hundred pass.  The
 * filters of a run are read when it has been asked so often that reading pages
 * has cost as much; so are its pages, when what is kept of all runs has room.
 *
 * Nothing is changed in place: pairs of items whose sketch has changed or gone
 * stay, with a note in near_stale, until they are half of all; then all runs are
 * merged, and a pair of a noted item is kept if its sketch still says so.
 *
 * In memory are PENDING_MAX pairs of 16 bytes, twice, the last answers, KEPT_MAX, and
 * a byte for each pair stored.  A hash whose answer is full gets no more pairs.
 */
#include "store/store_runs.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"
#include "text/shingle.h"

#define PENDING_MAX  ((size_t)1 << 16)
#define SLOTS_MIN    ((size_t)256)
#define TIER_RUNS    8
#define TIER_FIRST   4096 /* pairs of the first tier's runs, fewer than */
#define PAGE_PAIRS   220  /* on average; with its filter's row in one page */
#define PAIR_BYTES   14
#define PAGE_BITS    24 /* of an id: the page's number */
#define FILTER_BYTES 256
#define FILTER_PAGES 15 /* of a row */
#define PROBES       5
#define RUNS_MAX     256
#define CACHE_BITS   15
#define CACHE_MAX    ((size_t)3 << 17) /* items in all answers: 3 MB */
#define KEPT_MAX     ((size_t)8 << 20) /* bytes of runs kept whole */

struct pair {
    uint64_t key; /* the hash, mixed */
    int64_t item; /* 0: no pair is here */
};

struct run {
    int64_t id;
    size_t pages, pairs;
    size_t asked;          /* pages read for want of a filter */
    size_t read;           /* pages read */
    unsigned char *filter; /* NULL: not here */
    unsigned char *kept;   /* its pairs; NULL: not here */
    uint32_t *starts;      /* of each page among them, and of their end */
};

/* The smallest ids, ascending, one of each. */
struct items {
    int64_t at[RUNS_ITEMS_MAX];
    size_t n;
};

/* What a hash found last: hashes that several items have come in swarms.  Most
 * find a few. */
struct answer {
    uint64_t key;
    int64_t *at; /* as struct items; NULL: no answer is here */
    unsigned short n, cap;
};

struct runs {
    struct pair *slots; /* open addressing; a power of two of them */
    size_t n, n_slots;
    bool is_loaded,
        is_stale_more; /* RUN says what is stored; near_stale grew */
    struct run run[RUNS_MAX];
    size_t n_runs, kept_bytes;
    struct answer cache[1 << CACHE_BITS];
    size_t n_cached; /* room for items in them */
};

/* A bijection: odd numbers have an inverse (Knuth, 6.4: the golden section). */
static uint64_t key_of(uint64_t hash)
{
    return hash * 0x9E3779B97F4A7C15u;
}

struct runs *runs_new(void)
{
    struct runs *r = heap_alloc(sizeof *r);

    memset(r, 0, sizeof *r);
    return r;
}

static void forget_pending(struct runs *r)
{
    free(r->slots);
    r->slots = NULL;
    r->n = r->n_slots = 0;
}

static void forget_run(struct runs *r, struct run *run)
{
    if (run->kept != NULL)
        r->kept_bytes -= run->pairs * PAIR_BYTES;
    free(run->filter);
    free(run->kept);
    free(run->starts);
    run->filter = run->kept = NULL;
    run->starts = NULL;
}

static void forget_stored(struct runs *r)
{
    for (size_t i = 0; i < r->n_runs; i++)
        forget_run(r, &r->run[i]);
    r->n_runs = 0;
    r->is_loaded = r->is_stale_more = false;
}

static void forget_answers(struct runs *r)
{
    for (size_t i = 0; i < (size_t)1 << CACHE_BITS; i++) {
        free(r->cache[i].at);
        r->cache[i] = (struct answer){0};
    }
    r->n_cached = 0;
}

void runs_forget(struct runs *r)
{
    forget_answers(r);
    forget_pending(r);
    forget_stored(r);
}

void runs_free(struct runs *r)
{
    if (r == NULL)
        return;
    runs_forget(r);
    free(r);
}

/* ---- what waits ------------------------------------------------------------ */

static size_t next_slot(const struct runs *r, size_t i)
{
    return (i + 1) & (r->n_slots - 1);
}

static size_t first_slot(const struct runs *r, uint64_t key)
{
    return (size_t)(key >> 32) & (r->n_slots - 1);
}

static void put_pair(struct runs *r, struct pair pair)
{
    size_t i = first_slot(r, pair.key);

    while (r->slots[i].item != 0)
        i = next_slot(r, i);
    r->slots[i] = pair;
}

static void make_room(struct runs *r)
{
    struct pair *old = r->slots;
    size_t n = r->n_slots;

    if (r->n < n / 2)
        return;
    r->n_slots = n == 0 ? SLOTS_MIN : 2 * n;
    r->slots = heap_alloc(size_mul(r->n_slots, sizeof *r->slots));
    memset(r->slots, 0, r->n_slots * sizeof *r->slots);
    for (size_t i = 0; i < n; i++)
        if (old[i].item != 0)
            put_pair(r, old[i]);
    free(old);
}

/* ---- pages ------------------------------------------------------------------- */

static struct pair pair_at(const unsigned char *bytes, size_t i)
{
    const unsigned char *p = bytes + i * PAIR_BYTES;

    return (struct pair){number_from_bytes(p, 8),
                         (int64_t)number_from_bytes(p + 8, 6)};
}

static size_t page_of(uint64_t key, size_t pages)
{
    return (size_t)(((key >> 32) * pages) >> 32);
}

static int64_t id_of(int64_t run, size_t page)
{
    return run << PAGE_BITS | (int64_t)page;
}

/* Sets the bits of KEY in a page's filter, or says whether they are set. */
static bool filter_has(unsigned char filter[FILTER_BYTES], uint64_t key,
                       bool set)
{
    uint64_t mixed = key * 0xD6E8FEB86659FD93u;
    unsigned char *block = filter + (mixed >> 62) * (FILTER_BYTES / 4);

    for (int i = 0; i < PROBES; i++) {
        unsigned bit = mixed >> (9 * i + 10) & 511;
        unsigned char mask = (unsigned char)(1u << (bit & 7));

        if (set)
            block[bit >> 3] |= mask;
        else if ((block[bit >> 3] & mask) == 0)
            return false;
    }
    return true;
}

/* The bytes of a page; a view until the query ends. */
static bool start_page(struct query *q, struct store *s, int64_t id,
                       struct str *bytes, struct error *err)
{
    static const char sql[] = "SELECT pairs FROM near_page WHERE id = ?";
    bool has;

    *bytes = STR_NONE;
    if (!query_start(q, s, sql, err))
        return false;
    bind_int(q, id);
    if (!query_next(q, &has, err))
        return false;
    if (!has)
        return true;
    *bytes = column_blob(q);
    if (bytes->n % PAIR_BYTES != 0) {
        query_damaged(q);
        *bytes = STR_NONE;
    }
    return true;
}

/* ---- what is stored ------------------------------------------------------------ */

static bool load_runs(struct store *s, struct runs *r, struct error *err)
{
    static const char sql[] =
        "SELECT id, pages, pairs FROM near_run ORDER BY id";
    struct query q;
    bool has;

    if (r->is_loaded)
        return true;
    if (!query_start(&q, s, sql, err))
        return false;
    while (query_next(&q, &has, err)) {
        struct run *run = &r->run[r->n_runs];

        if (!has) {
            r->is_loaded = true;
            return query_end(&q, err);
        }
        if (r->n_runs == RUNS_MAX)
            return store_damaged(s, err, "more runs than are ever written");
        *run = (struct run){.id = column_int(&q)};
        run->pages = (size_t)column_int(&q);
        run->pairs = (size_t)column_int(&q);
        if (run->pages == 0 || run->pages >> PAGE_BITS != 0)
            return store_damaged(s, err, "a run of a size that none has");
        r->n_runs++;
    }
    return false;
}

static bool load_filter(struct store *s, struct run *run, struct error *err)
{
    static const char sql[] =
        "SELECT id, bits FROM near_filter WHERE id BETWEEN ? AND ?";
    size_t room = size_mul(run->pages + FILTER_PAGES, FILTER_BYTES);
    struct query q;
    bool has;

    if (!query_ask(&q, s, sql,
                   VALUES(of_int(id_of(run->id, 0)),
                          of_int(id_of(run->id, run->pages - 1))),
                   err))
        return false;
    run->filter = heap_alloc(room);
    memset(run->filter, 0, room);
    while (query_next(&q, &has, err)) {
        size_t page;
        struct str bits;

        if (!has)
            return query_end(&q, err);
        page = (size_t)(column_int(&q) - id_of(run->id, 0));
        bits = column_blob(&q);
        if (bits.n > FILTER_PAGES * FILTER_BYTES)
            query_damaged(&q);
        else
            memcpy(run->filter + page * FILTER_BYTES, bits.p, bits.n);
    }
    return false;
}

static bool may_have(struct store *s, struct run *run, uint64_t key, bool *may,
                     struct error *err)
{
    size_t page = page_of(key, run->pages);

    if (run->filter == NULL && ++run->asked * FILTER_PAGES * 2 >= run->pages &&
        !load_filter(s, run, err))
        return false;
    *may = run->filter == NULL ||
           filter_has(run->filter + page * FILTER_BYTES, key, false);
    return true;
}

/* Has the pages of RUN in memory, one behind the other, if there is room: a row that
 * is missing is an empty page. */
static bool keep_run(struct store *s, struct run *run, struct error *err)
{
    static const char sql[] =
        "SELECT id, pairs FROM near_page WHERE id BETWEEN ? AND ? ORDER BY id";
    struct runs *r = s->shingles;
    size_t room = run->pairs * PAIR_BYTES, page = 0, n = 0;
    struct query q;
    bool has;

    if (run->pairs > (KEPT_MAX - r->kept_bytes) / PAIR_BYTES)
        return true;
    if (!query_ask(&q, s, sql,
                   VALUES(of_int(id_of(run->id, 0)),
                          of_int(id_of(run->id, run->pages - 1))),
                   err))
        return false;
    run->kept = heap_alloc(room);
    run->starts = heap_alloc(size_mul(run->pages + 1, sizeof *run->starts));
    r->kept_bytes += room;
    while (query_next(&q, &has, err)) {
        size_t of =
            has ? (size_t)(column_int(&q) - id_of(run->id, 0)) : run->pages;
        struct str pairs;

        while (page <= of)
            run->starts[page++] = (uint32_t)n;
        if (!has)
            return query_end(&q, err);
        pairs = column_blob(&q);
        if (pairs.n % PAIR_BYTES != 0 || pairs.n > room - n) {
            query_damaged(&q);
            continue;
        }
        memcpy(run->kept + n, pairs.p, pairs.n);
        n += pairs.n;
    }
    return false;
}

/* ---- asking ---------------------------------------------------------------------- */

/* Keeps ITEM, if there is room or it is smaller than one that is kept. */
static void keep_item(struct items *items, int64_t item)
{
    size_t i = items->n;

    while (i > 0 && items->at[i - 1] > item)
        i--;
    if ((i > 0 && items->at[i - 1] == item) || i == RUNS_ITEMS_MAX)
        return;
    if (items->n < RUNS_ITEMS_MAX)
        items->n++;
    for (size_t k = items->n - 1; k > i; k--)
        items->at[k] = items->at[k - 1];
    items->at[i] = item;
}

/* Those of PAIRS that have KEY. */
static void find_pairs(struct str pairs, uint64_t key, struct items *items)
{
    const unsigned char *p = (const unsigned char *)pairs.p;
    size_t n = pairs.n / PAIR_BYTES, low = 0, high = n;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (pair_at(p, mid).key < key)
            low = mid + 1;
        else
            high = mid;
    }
    for (; low < n && pair_at(p, low).key == key; low++)
        keep_item(items, pair_at(p, low).item);
}

static struct str kept_page(const struct run *run, size_t page)
{
    return str_of((const char *)run->kept + run->starts[page],
                  run->starts[page + 1] - run->starts[page]);
}

static bool read_items(struct store *s, struct run *run, uint64_t key,
                       struct items *items, struct error *err)
{
    size_t page = page_of(key, run->pages);
    struct str pairs;
    struct query q;

    if (run->kept == NULL && ++run->read >= run->pages &&
        !keep_run(s, run, err))
        return false;
    if (run->kept != NULL) {
        find_pairs(kept_page(run, page), key, items);
        return true;
    }
    if (!start_page(&q, s, id_of(run->id, page), &pairs, err))
        return false;
    find_pairs(pairs, key, items);
    return query_end(&q, err);
}

static struct answer *answer_of(struct runs *r, uint64_t key)
{
    return &r->cache[key >> (64 - CACHE_BITS)];
}

static bool answers(const struct answer *a, uint64_t key)
{
    return a->at != NULL && a->key == key;
}

/* Has FOUND for KEY in place of what A was. */
static void keep_answer(struct runs *r, struct answer *a, uint64_t key,
                        const struct items *found)
{
    if (a->cap < found->n) {
        size_t cap = a->cap == 0 ? 2 : a->cap;

        while (cap < found->n)
            cap *= 2;
        r->n_cached += cap - a->cap;
        a->at = heap_realloc(a->at, cap * sizeof *a->at);
        a->cap = (unsigned short)cap;
    }
    memcpy(a->at, found->at, found->n * sizeof *found->at);
    a->key = key;
    a->n = (unsigned short)found->n;
}

/* ITEM has the hash of A too.  False when so many smaller ones have it that it
 * will never be found by it. */
static bool answer_add(struct runs *r, struct answer *a, int64_t item)
{
    struct items found = {.n = a->n};

    if (a->n == RUNS_ITEMS_MAX && item > a->at[a->n - 1])
        return false;
    memcpy(found.at, a->at, a->n * sizeof *a->at);
    keep_item(&found, item);
    keep_answer(r, a, a->key, &found);
    return true;
}

static bool find_items(struct store *s, struct runs *r, uint64_t key,
                       struct items *found, struct error *err)
{
    if (!load_runs(s, r, err))
        return false;
    for (size_t i = 0; i < r->n_runs; i++) {
        bool may;

        if (!may_have(s, &r->run[i], key, &may, err) ||
            (may && !read_items(s, &r->run[i], key, found, err)))
            return false;
    }
    if (r->n > 0)
        for (size_t i = first_slot(r, key); r->slots[i].item != 0;
             i = next_slot(r, i))
            if (r->slots[i].key == key)
                keep_item(found, r->slots[i].item);
    return true;
}

bool runs_get(struct store *s, uint64_t hash, int64_t items[RUNS_ITEMS_MAX],
              size_t *n, struct error *err)
{
    struct runs *r = s->shingles;
    uint64_t key = key_of(hash);
    struct answer *answer = answer_of(r, key);
    struct items found = {.n = 0};

    if (answers(answer, key)) {
        *n = answer->n;
        memcpy(items, answer->at, answer->n * sizeof *items);
        return true;
    }
    if (!find_items(s, r, key, &found, err))
        return false;
    if (r->n_cached >= CACHE_MAX)
        forget_answers(r);
    if (found.n > 0)
        keep_answer(r, answer, key, &found);
    memcpy(items, found.at, found.n * sizeof *items);
    *n = found.n;
    return true;
}

/* ---- writing a run ------------------------------------------------------------------ */

struct writer {
    struct store *s;
    struct run run;
    size_t page; /* that pairs are being put to */
    struct buf bytes;
    unsigned char bits[FILTER_PAGES * FILTER_BYTES]; /* of its row */
    struct pair last;
    size_t of_last; /* pairs of its key */
};

/* A run of about PAIRS pairs, newer than all others. */
static void writer_start(struct writer *w, struct store *s, size_t pairs)
{
    const struct runs *r = s->shingles;
    int64_t id = r->n_runs == 0 ? 1 : r->run[r->n_runs - 1].id + 1;

    *w = (struct writer){.s = s, .run = {.id = id}};
    w->run.pages = (pairs + PAGE_PAIRS - 1) / PAGE_PAIRS;
    if (w->run.pages == 0)
        w->run.pages = 1;
    buf_init(&w->bytes, BUF_MAX);
}

static bool write_row(struct store *s, const char *sql, int64_t id,
                      struct str bytes, struct error *err)
{
    return query_do(s, sql, VALUES(of_int(id), of_bytes(bytes)), err);
}

static bool write_page(struct writer *w, struct error *err)
{
    static const char sql[] = "INSERT INTO near_page (id, pairs) VALUES (?, ?)";
    bool ok = w->bytes.n == 0 || write_row(w->s, sql, id_of(w->run.id, w->page),
                                           buf_str(&w->bytes), err);

    buf_reset(&w->bytes);
    return ok;
}

static bool write_filter(struct writer *w, struct error *err)
{
    static const char sql[] = "INSERT INTO near_filter (id, bits)"
                              " VALUES (?, ?)";
    size_t first = w->page - w->page % FILTER_PAGES;
    size_t n = w->run.pages - first;
    struct str bits =
        str_of((const char *)w->bits,
               (n < FILTER_PAGES ? n : FILTER_PAGES) * FILTER_BYTES);
    bool ok = write_row(w->s, sql, id_of(w->run.id, first), bits, err);

    memset(w->bits, 0, sizeof w->bits);
    return ok;
}

static bool turn_to(struct writer *w, size_t page, struct error *err)
{
    if (page == w->page)
        return true;
    if (!write_page(w, err) || (page / FILTER_PAGES != w->page / FILTER_PAGES &&
                                !write_filter(w, err)))
        return false;
    w->page = page;
    return true;
}

/* Pairs come ascending; doubles and those of a key that has too many go. */
static bool writer_add(struct writer *w, struct pair pair, struct error *err)
{
    unsigned char bytes[PAIR_BYTES];
    bool is_same_key = w->run.pairs > 0 && pair.key == w->last.key;

    if (is_same_key &&
        (pair.item == w->last.item || w->of_last == RUNS_ITEMS_MAX))
        return true;
    w->of_last = is_same_key ? w->of_last + 1 : 1;
    w->last = pair;
    if (!turn_to(w, page_of(pair.key, w->run.pages), err))
        return false;
    number_bytes(pair.key, bytes, 8);
    number_bytes((uint64_t)pair.item, bytes + 8, 6);
    buf_add(&w->bytes, bytes, sizeof bytes);
    filter_has(w->bits + w->page % FILTER_PAGES * FILTER_BYTES, pair.key, true);
    w->run.pairs++;
    return true;
}

static bool write_head(struct writer *w, struct error *err)
{
    static const char sql[] =
        "INSERT INTO near_run (id, pages, pairs) VALUES (?, ?, ?)";

    return query_do(w->s, sql,
                    VALUES(of_int(w->run.id), of_int((int64_t)w->run.pages),
                           of_int((int64_t)w->run.pairs)),
                    err);
}

/* Ends the run, if OK and there is one, and W in any case. */
static bool writer_end(struct writer *w, bool ok, struct error *err)
{
    struct runs *r = w->s->shingles;

    if (ok && w->run.pairs > 0) {
        ok = write_page(w, err) && write_filter(w, err) && write_head(w, err);
        assert(r->n_runs < RUNS_MAX);
        if (ok)
            r->run[r->n_runs++] = w->run;
    }
    buf_done(&w->bytes);
    return ok;
}

/* ---- what waits becomes a run ------------------------------------------------------- */

static int by_key(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->item < y->item ? -1 : x->item > y->item;
}

static bool write_pending(struct store *s, struct runs *r, struct error *err)
{
    struct writer w;
    size_t n = 0;
    bool ok = true;

    if (r->n == 0)
        return true;
    for (size_t i = 0; i < r->n_slots; i++)
        if (r->slots[i].item != 0)
            r->slots[n++] = r->slots[i];
    qsort(r->slots, n, sizeof *r->slots, by_key);
    writer_start(&w, s, n);
    for (size_t i = 0; ok && i < n; i++)
        ok = writer_add(&w, r->slots[i], err);
    forget_pending(r);
    return writer_end(&w, ok, err);
}

/* ---- merging -------------------------------------------------------------------------- */

/* One of the runs that are merged. */
struct reader {
    struct run run;
    size_t page; /* to be read next */
    VEC(struct pair) pairs;
    size_t at;
};

/* Has the next pair at hand, if the run has one. */
static bool read_on(struct store *s, struct arena *a, struct reader *r,
                    struct error *err)
{
    while (r->at == r->pairs.n && r->page < r->run.pages) {
        struct str bytes;
        struct query q;

        if (!start_page(&q, s, id_of(r->run.id, r->page++), &bytes, err))
            return false;
        r->pairs.n = r->at = 0;
        for (size_t i = 0; i < bytes.n / PAIR_BYTES; i++)
            *vec_add(a, &r->pairs) = pair_at((const unsigned char *)bytes.p, i);
        if (!query_end(&q, err))
            return false;
    }
    return true;
}

static const struct pair *head_of(const struct reader *r)
{
    return r->at < r->pairs.n ? &r->pairs.at[r->at] : NULL;
}

/* Stale items, ascending, with what their sketches say now. */
struct stale {
    int64_t item;
    uint64_t keys[RUNS_HASHES];
    size_t n;
};

struct stales {
    struct stale *at;
    size_t n, cap;
};

static bool load_stales(struct store *s, struct arena *a, struct stales *out,
                        struct error *err)
{
    static const char sql[] = "SELECT n.item, k.hashes FROM near_stale n"
                              " LEFT JOIN sketch k ON k.item = n.item"
                              " ORDER BY n.item";
    struct query q;
    bool has;

    if (!query_start(&q, s, sql, err))
        return false;
    while (query_next(&q, &has, err)) {
        uint64_t hashes[SKETCH_MAX];
        struct stale *stale;
        size_t n;

        if (!has)
            return query_end(&q, err);
        stale = vec_add(a, out);
        stale->item = column_int(&q);
        n = column_numbers(&q, hashes, SKETCH_MAX);
        for (stale->n = 0; stale->n < n && stale->n < RUNS_HASHES; stale->n++)
            stale->keys[stale->n] = key_of(hashes[stale->n]);
    }
    return false;
}

static int by_item(const void *key, const void *member)
{
    int64_t x = *(const int64_t *)key, y = ((const struct stale *)member)->item;

    return x < y ? -1 : x > y;
}

static bool is_stale(const struct stales *stales, const struct pair *pair)
{
    const struct stale *found;

    if (stales->n == 0)
        return false;
    found = bsearch(&pair->item, stales->at, stales->n, sizeof *stales->at,
                    by_item);
    for (size_t i = 0; found != NULL && i < found->n; i++)
        if (found->keys[i] == pair->key)
            return false;
    return found != NULL;
}

/* The smallest head; NULL when all are at their end. */
static struct reader *next_reader(struct reader *readers, size_t n)
{
    const struct pair *least = NULL;
    struct reader *best = NULL;

    for (size_t i = 0; i < n; i++) {
        const struct pair *head = head_of(&readers[i]);

        if (head == NULL || (least != NULL && by_key(head, least) >= 0))
            continue;
        least = head;
        best = &readers[i];
    }
    return best;
}

static bool copy_pairs(struct store *s, struct arena *a, struct reader *readers,
                       size_t n, const struct stales *stales, struct writer *w,
                       struct error *err)
{
    struct reader *next;

    for (size_t i = 0; i < n; i++)
        if (!read_on(s, a, &readers[i], err))
            return false;
    while ((next = next_reader(readers, n)) != NULL) {
        const struct pair *pair = &next->pairs.at[next->at++];

        if ((!is_stale(stales, pair) && !writer_add(w, *pair, err)) ||
            !read_on(s, a, next, err))
            return false;
    }
    return true;
}

static bool drop_rows(struct store *s, const char *sql, const struct run *run,
                      struct error *err)
{
    return query_do(s, sql,
                    VALUES(of_int(id_of(run->id, 0)),
                           of_int(id_of(run->id, run->pages - 1))),
                    err);
}

static bool drop_run(struct store *s, struct run *run, struct error *err)
{
    static const char pages[] = "DELETE FROM near_page"
                                " WHERE id BETWEEN ? AND ?";
    static const char filters[] = "DELETE FROM near_filter"
                                  " WHERE id BETWEEN ? AND ?";
    static const char head[] = "DELETE FROM near_run WHERE id = ?";

    forget_run(s->shingles, run);
    return drop_rows(s, pages, run, err) && drop_rows(s, filters, run, err) &&
           query_do(s, head, VALUES(of_int(run->id)), err);
}

static int tier_of(const struct run *run)
{
    int tier = 0;

    for (size_t n = run->pairs; n >= TIER_FIRST; n /= TIER_RUNS)
        tier++;
    return tier;
}

static bool is_of_tier(const struct run *run, int tier)
{
    return tier < 0 || tier_of(run) == tier;
}

/* Merges the runs of TIER, or all when it is negative, without STALES and some
 * N_STALE pairs of theirs. */
static bool merge(struct store *s, struct runs *r, int tier,
                  const struct stales *stales, size_t n_stale,
                  struct error *err)
{
    struct arena *a = arena_new(0);
    struct reader *readers = arena_array(a, r->n_runs + 1, sizeof *readers);
    size_t n = 0, pairs = 0, kept = 0;
    struct writer w;
    bool ok;

    for (size_t i = 0; i < r->n_runs; i++) {
        if (!is_of_tier(&r->run[i], tier))
            continue;
        readers[n++].run = r->run[i];
        pairs += r->run[i].pairs;
    }
    writer_start(&w, s, pairs > n_stale ? pairs - n_stale : 0);
    ok = copy_pairs(s, a, readers, n, stales, &w, err);
    for (size_t i = 0; ok && i < r->n_runs; i++)
        if (is_of_tier(&r->run[i], tier))
            ok = drop_run(s, &r->run[i], err);
    for (size_t i = 0; ok && i < r->n_runs; i++)
        if (!is_of_tier(&r->run[i], tier))
            r->run[kept++] = r->run[i];
    if (ok)
        r->n_runs = kept;
    ok = writer_end(&w, ok, err);
    arena_free(a);
    return ok;
}

static bool merge_tiers(struct store *s, struct runs *r, struct error *err)
{
    static const struct stales none;

    for (int tier = 0; tier < 64; tier++) {
        size_t n = 0;

        for (size_t i = 0; i < r->n_runs; i++)
            n += tier_of(&r->run[i]) == tier;
        if (n >= TIER_RUNS && !merge(s, r, tier, &none, 0, err))
            return false;
    }
    return true;
}

/* Drops what is stale, when that is half of all. */
static bool purge(struct store *s, struct runs *r, struct error *err)
{
    static const char count[] =
        "SELECT coalesce(sum(pairs), 0) FROM near_stale";
    static const char clear[] = "DELETE FROM near_stale";
    struct stales stales = {0};
    struct arena *a;
    int64_t n_stale = 0;
    size_t pairs = 0;
    struct query q;
    bool has, ok;

    for (size_t i = 0; i < r->n_runs; i++)
        pairs += r->run[i].pairs;
    if (!query_start(&q, s, count, err) || !query_int(&q, &n_stale, &has, err))
        return false;
    if (n_stale == 0 || (size_t)n_stale * 2 < pairs)
        return true;
    a = arena_new(0);
    ok = load_stales(s, a, &stales, err) &&
         merge(s, r, -1, &stales, (size_t)n_stale, err) &&
         query_start(&q, s, clear, err) && query_run(&q, err);
    arena_free(a);
    return ok;
}

/* ---- changing ---------------------------------------------------------------------------- */

bool runs_add(struct store *s, uint64_t hash, int64_t item, struct error *err)
{
    struct runs *r = s->shingles;
    struct pair pair = {key_of(hash), item};
    struct answer *answer = answer_of(r, pair.key);
    size_t n = 0;

    if (answers(answer, pair.key) && !answer_add(r, answer, item))
        return true;
    if (r->n == PENDING_MAX && !runs_write(s, err))
        return false;
    make_room(r);
    for (size_t i = first_slot(r, pair.key); r->slots[i].item != 0;
         i = next_slot(r, i)) {
        if (r->slots[i].key != pair.key)
            continue;
        if (r->slots[i].item == item || ++n == RUNS_ITEMS_MAX)
            return true;
    }
    put_pair(r, pair);
    r->n++;
    return true;
}

bool runs_drop(struct store *s, int64_t item, struct error *err)
{
    static const char sql[] =
        "INSERT INTO near_stale (item, pairs) VALUES (?1, ?2)"
        " ON CONFLICT (item) DO UPDATE SET pairs = pairs + ?2";

    s->shingles->is_stale_more = true;
    return query_do(s, sql, VALUES(of_int(item), of_int(RUNS_HASHES)), err);
}

bool runs_write(struct store *s, struct error *err)
{
    struct runs *r = s->shingles;

    if (r->n == 0 && !r->is_stale_more)
        return true;
    if (!load_runs(s, r, err) || !write_pending(s, r, err) ||
        !merge_tiers(s, r, err) || (r->is_stale_more && !purge(s, r, err)))
        return false;
    r->is_stale_more = false;
    return true;
}

bool runs_fill(struct store *s, struct error *err)
{
    static const char sql[] = "SELECT item, hashes FROM sketch ORDER BY item";
    struct query q;
    bool has;

    if (!query_start(&q, s, sql, err))
        return false;
    while (query_next(&q, &has, err)) {
        uint64_t hashes[SKETCH_MAX];
        int64_t item;
        size_t n;

        if (!has)
            return query_end(&q, err) && runs_write(s, err);
        item = column_int(&q);
        n = column_numbers(&q, hashes, SKETCH_MAX);
        for (size_t i = 0; i < n && i < RUNS_HASHES; i++)
            if (!runs_add(s, hashes[i], item, err))
                return false;
    }
    return false;
}
