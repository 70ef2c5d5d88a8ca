/*
 * A pair is a hash and an item.  What is added waits in memory, a hash table, and
 * is written as a run (store_runs.h) when the transaction ends or PENDING_MAX pairs
 * wait.
 *
 * Pairs of items whose sketch has changed or gone stay, with a note in near_stale,
 * until they are half of all; then all runs are merged, and a pair of a noted item is
 * kept if its sketch still says so.
 *
 * In memory are PENDING_MAX pairs of 16 bytes, twice, the last answers, MEMORY_MAX, and
 * of each pair stored a byte and three quarters, or half that where filters are
 * folded.  A hash whose answer is full gets no more pairs.
 */
#include "store/store_shingles.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/vec.h"
#include "store/store_runs.h"
#include "text/shingle.h"

#define PENDING_MAX  ((size_t)1 << 16)
#define SLOTS_MIN    ((size_t)256)
#define PAIR_BYTES   14
#define PAGE_BYTES   3080 /* with its neighbours' spread in one page */
#define FILTER_BYTES 384
#define CACHE_BITS   15
#define CACHE_MAX    ((size_t)3 << 17) /* items in all answers: 3 MB */
#define FOLDED_FROM  ((size_t)4 << 20) /* bytes: of 170,000 items */
#define MEMORY_MAX   ((size_t)9 << 20) /* bytes of filters and runs kept whole */

static size_t pair_bytes(struct str pairs)
{
    return pairs.n < PAIR_BYTES ? 0 : PAIR_BYTES;
}

/* Of each pair 14 bytes, big-endian: the key in 8, the item in 6. */
static const struct runs_kind kind = {
    .record_bytes = pair_bytes,
    .are_equal = true,
    .page_bytes = PAGE_BYTES,
    .filter_bytes = FILTER_BYTES,
    .folded_from = FOLDED_FROM,
    .memory_max = MEMORY_MAX,
    RUNS_SQL("near"),
};

struct pair {
    uint64_t key; /* the hash, mixed */
    int64_t item; /* 0: no pair is here */
};

/* The smallest ids, ascending, one of each. */
struct items {
    int64_t at[SHINGLE_ITEMS_MAX];
    size_t n;
};

/* What a hash found last: hashes that several items have come in swarms.  Most
 * find a few. */
struct answer {
    uint64_t key;
    int64_t *at; /* as struct items; NULL: no answer is here */
    unsigned short n, cap;
};

struct shingles {
    struct pair *slots; /* open addressing; a power of two of them */
    size_t n, n_slots;
    bool is_stale_more; /* near_stale grew */
    struct runs stored;
    struct answer cache[1 << CACHE_BITS];
    size_t n_cached; /* room for items in them */
};

struct shingles *shingles_new(void)
{
    struct shingles *r = heap_alloc(sizeof *r);

    runs_use(&r->stored, &kind);
    return r;
}

static void forget_pending(struct shingles *r)
{
    free(r->slots);
    r->slots = NULL;
    r->n = r->n_slots = 0;
}

/* A run that brings nothing new has none, and does not touch their room. */
static void forget_answers(struct shingles *r)
{
    if (r->n_cached == 0)
        return;
    for (size_t i = 0; i < (size_t)1 << CACHE_BITS; i++) {
        free(r->cache[i].at);
        r->cache[i] = (struct answer){0};
    }
    r->n_cached = 0;
}

void shingles_forget(struct shingles *r)
{
    forget_answers(r);
    forget_pending(r);
    runs_forget(&r->stored);
    r->is_stale_more = false;
}

void shingles_free(struct shingles *r)
{
    if (r == NULL)
        return;
    shingles_forget(r);
    free(r);
}

/* ---- what waits ------------------------------------------------------------ */

static size_t next_slot(const struct shingles *r, size_t i)
{
    return (i + 1) & (r->n_slots - 1);
}

/* By the key's highest bits: the slots are nearly in the order of the keys. */
static size_t first_slot(const struct shingles *r, uint64_t key)
{
    return (size_t)((key >> 32) * r->n_slots >> 32);
}

static void put_pair(struct shingles *r, struct pair pair)
{
    size_t i = first_slot(r, pair.key);

    while (r->slots[i].item != 0)
        i = next_slot(r, i);
    r->slots[i] = pair;
}

static void make_room(struct shingles *r)
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

/* ---- asking ---------------------------------------------------------------------- */

/* Keeps ITEM, if there is room or it is smaller than one that is kept. */
static void keep_item(struct items *items, int64_t item)
{
    size_t i = items->n;

    while (i > 0 && items->at[i - 1] > item)
        i--;
    if ((i > 0 && items->at[i - 1] == item) || i == SHINGLE_ITEMS_MAX)
        return;
    if (items->n < SHINGLE_ITEMS_MAX)
        items->n++;
    for (size_t k = items->n - 1; k > i; k--)
        items->at[k] = items->at[k - 1];
    items->at[i] = item;
}

static void take_pairs(void *to, struct str pairs)
{
    for (size_t i = 0; i + PAIR_BYTES <= pairs.n; i += PAIR_BYTES) {
        const unsigned char *item =
            (const unsigned char *)pairs.p + i + RUNS_KEY;

        keep_item(to, (int64_t)number_from_bytes(item, PAIR_BYTES - RUNS_KEY));
    }
}

static struct answer *answer_of(struct shingles *r, uint64_t key)
{
    return &r->cache[key >> (64 - CACHE_BITS)];
}

static bool answers(const struct answer *a, uint64_t key)
{
    return a->at != NULL && a->key == key;
}

/* Has FOUND for KEY in place of what A was. */
static void keep_answer(struct shingles *r, struct answer *a, uint64_t key,
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
static bool answer_add(struct shingles *r, struct answer *a, int64_t item)
{
    struct items found = {.n = a->n};

    if (a->n == SHINGLE_ITEMS_MAX && item > a->at[a->n - 1])
        return false;
    memcpy(found.at, a->at, a->n * sizeof *a->at);
    keep_item(&found, item);
    keep_answer(r, a, a->key, &found);
    return true;
}

static bool find_items(struct store *s, struct shingles *r, uint64_t key,
                       struct items *found, struct error *err)
{
    if (!runs_find(s, &r->stored, key, take_pairs, found, err))
        return false;
    if (r->n > 0)
        for (size_t i = first_slot(r, key); r->slots[i].item != 0;
             i = next_slot(r, i))
            if (r->slots[i].key == key)
                keep_item(found, r->slots[i].item);
    return true;
}

void shingles_foresee(struct store *s, uint64_t hash)
{
    runs_foresee(&s->shingles->stored, runs_key(hash));
}

bool shingles_get(struct store *s, uint64_t hash,
                  int64_t items[SHINGLE_ITEMS_MAX], size_t *n,
                  struct error *err)
{
    struct shingles *r = s->shingles;
    uint64_t key = runs_key(hash);
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

/* ---- what waits becomes a run ------------------------------------------------------- */

static bool is_before(const struct pair *a, const struct pair *b)
{
    return a->key != b->key ? a->key < b->key : a->item < b->item;
}

/* Moves the pairs to the first slots, sorted.  Each is near its place but for those
 * that did not fit in before the last slot, which a table half empty has few of. */
static size_t sort_pairs(struct pair *slots, size_t n_slots)
{
    size_t n = 0;

    for (size_t i = 0; i < n_slots; i++) {
        struct pair pair = slots[i];
        size_t k = n;

        if (pair.item == 0)
            continue;
        for (; k > 0 && is_before(&pair, &slots[k - 1]); k--)
            slots[k] = slots[k - 1];
        slots[k] = pair;
        n++;
    }
    return n;
}

/* No more of a key than it finds. */
static bool is_wanted(const void *of, struct str pair, size_t n)
{
    (void)of;
    (void)pair;
    return n < SHINGLE_ITEMS_MAX;
}

static const struct runs_rule all_wanted = {.keeps = is_wanted};

static bool write_pending(struct store *s, struct shingles *r,
                          struct error *err)
{
    struct run_writer *w;
    bool ok = true;
    size_t n;

    if (r->n == 0)
        return true;
    n = sort_pairs(r->slots, r->n_slots);
    w = run_start(s, &r->stored, &all_wanted, n * PAIR_BYTES);
    for (size_t i = 0; ok && i < n; i++) {
        unsigned char bytes[PAIR_BYTES];

        number_bytes(r->slots[i].key, bytes, RUNS_KEY);
        number_bytes((uint64_t)r->slots[i].item, bytes + RUNS_KEY,
                     PAIR_BYTES - RUNS_KEY);
        ok = run_add(w, str_of((const char *)bytes, sizeof bytes), err);
    }
    forget_pending(r);
    return run_end(w, 0, ok, err);
}

/* ---- what is stale --------------------------------------------------------------- */

/* Stale items, ascending, with what their sketches say now. */
struct stale {
    int64_t item;
    uint64_t keys[SHINGLE_HASHES];
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
        for (stale->n = 0; stale->n < n && stale->n < SHINGLE_HASHES;
             stale->n++)
            stale->keys[stale->n] = runs_key(hashes[stale->n]);
    }
    return false;
}

static int by_item(const void *key, const void *member)
{
    int64_t x = *(const int64_t *)key, y = ((const struct stale *)member)->item;

    return x < y ? -1 : x > y;
}

static bool is_fresh(const void *of, struct str record, size_t n)
{
    const struct stales *stales = of;
    const unsigned char *bytes = (const unsigned char *)record.p;
    int64_t item =
        (int64_t)number_from_bytes(bytes + RUNS_KEY, PAIR_BYTES - RUNS_KEY);
    const struct stale *found;

    if (n >= SHINGLE_ITEMS_MAX)
        return false;
    if (stales->n == 0)
        return true;
    found = bsearch(&item, stales->at, stales->n, sizeof *stales->at, by_item);
    for (size_t i = 0; found != NULL && i < found->n; i++)
        if (found->keys[i] == record_key(record))
            return true;
    return found == NULL;
}

/* Drops what is stale, when that is half of all. */
static bool purge(struct store *s, struct shingles *r, struct error *err)
{
    static const char count[] =
        "SELECT coalesce(sum(pairs), 0) FROM near_stale";
    static const char clear[] = "DELETE FROM near_stale";
    struct stales stales = {0};
    struct runs_rule rule = {.keeps = is_fresh, .of = &stales};
    struct arena *a;
    int64_t n_stale = 0;
    size_t bytes = 0;
    struct query q;
    bool has, ok;

    for (size_t i = 0; i < r->stored.n; i++)
        bytes += r->stored.run[i].bytes;
    if (!query_start(&q, s, count, err) || !query_int(&q, &n_stale, &has, err))
        return false;
    if (n_stale == 0 || (size_t)n_stale * 2 < bytes / PAIR_BYTES)
        return true;
    a = arena_new(0);
    ok = load_stales(s, a, &stales, err) &&
         runs_merge(s, &r->stored, &rule, (size_t)n_stale * PAIR_BYTES, err) &&
         query_start(&q, s, clear, err) && query_run(&q, err);
    arena_free(a);
    return ok;
}

/* ---- changing ---------------------------------------------------------------------------- */

bool shingles_add(struct store *s, uint64_t hash, int64_t item,
                  struct error *err)
{
    struct shingles *r = s->shingles;
    struct pair pair = {runs_key(hash), item};
    struct answer *answer = answer_of(r, pair.key);
    size_t n = 0;

    if (answers(answer, pair.key) && !answer_add(r, answer, item))
        return true;
    if (r->n == PENDING_MAX && !shingles_write(s, err))
        return false;
    make_room(r);
    for (size_t i = first_slot(r, pair.key); r->slots[i].item != 0;
         i = next_slot(r, i)) {
        if (r->slots[i].key != pair.key)
            continue;
        if (r->slots[i].item == item || ++n == SHINGLE_ITEMS_MAX)
            return true;
    }
    put_pair(r, pair);
    r->n++;
    return true;
}

bool shingles_drop(struct store *s, int64_t item, struct error *err)
{
    static const char sql[] =
        "INSERT INTO near_stale (item, pairs) VALUES (?1, ?2)"
        " ON CONFLICT (item) DO UPDATE SET pairs = pairs + ?2";

    s->shingles->is_stale_more = true;
    return query_do(s, sql, VALUES(of_int(item), of_int(SHINGLE_HASHES)), err);
}

bool shingles_write(struct store *s, struct error *err)
{
    struct shingles *r = s->shingles;

    if (r->n == 0 && !r->is_stale_more)
        return true;
    if (!runs_load(s, &r->stored, err) || !write_pending(s, r, err) ||
        !runs_tidy(s, &r->stored, &all_wanted, err) ||
        (r->is_stale_more && !purge(s, r, err)))
        return false;
    r->is_stale_more = false;
    return true;
}
