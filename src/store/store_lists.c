/*
 * Lists that are changed are written as a run (store_runs.h), whole: the newest
 * stands for all before.  One that got nothing for DAYS_KEPT days is as good as
 * dropped, and is when the run it is in is merged.
 */
#include "store/store_lists.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "store/store_runs.h"

#define DAY       ((int64_t)86400)
#define DAYS_KEPT (LISTED_SECONDS / DAY)
/* Lists are forgotten, once written, when they are more than that many, or those
 * of several items take that many bytes. */
#define KEPT_MAX     ((size_t)32000)
#define KEPT_BYTES   ((size_t)2 << 20)
#define SLOTS_MIN    ((size_t)256)
#define PAGE_BYTES   2000 /* of lists; some twice as long as others */
#define FILTER_BYTES 192
#define MEMORY_MAX   ((size_t)5 << 20) /* bytes of filters and runs kept whole */

/* ---- as they are written ----------------------------------------------------- */

/* The key, the day of the last addition in 2 bytes, the number of items in 1, and of
 * each its id and its moment in 5 each, big-endian. */
#define HEAD_BYTES   (RUNS_KEY + 3)
#define MOMENT_BYTES 5
#define ITEM_BYTES   ((size_t)5 + MOMENT_BYTES)

static size_t list_bytes(struct str lists)
{
    size_t n;

    if (lists.n < HEAD_BYTES)
        return 0;
    n = HEAD_BYTES + ITEM_BYTES * (unsigned char)lists.p[HEAD_BYTES - 1];
    return n > lists.n || n > HEAD_BYTES + LIST_MAX * ITEM_BYTES ? 0 : n;
}

static const struct runs_kind kind = {
    .record_bytes = list_bytes,
    .is_replaced = true,
    .page_bytes = PAGE_BYTES,
    .filter_bytes = FILTER_BYTES,
    .memory_max = MEMORY_MAX,
    RUNS_SQL("term"),
};

static int64_t number_at(struct str record, size_t at, size_t bytes)
{
    return (int64_t)number_from_bytes((const unsigned char *)record.p + at,
                                      bytes);
}

static int64_t day_of(struct str record)
{
    return number_at(record, RUNS_KEY, 2);
}

static struct listed item_at(struct str record, size_t i)
{
    size_t at = HEAD_BYTES + i * ITEM_BYTES;
    int64_t moment = number_at(record, at + 5, MOMENT_BYTES);
    int64_t sign = (int64_t)1 << (8 * MOMENT_BYTES - 1);

    return (struct listed){number_at(record, at, 5), (moment ^ sign) - sign};
}

static void put_number(struct buf *b, uint64_t v, size_t bytes)
{
    unsigned char at[8];

    number_bytes(v, at, bytes);
    buf_add(b, at, bytes);
}

/* ---- in memory ------------------------------------------------------------- */

/* Most have one item, which needs no memory of its own. */
struct list {
    uint64_t hash;
    struct listed one, *more; /* MORE when CAP > 1 */
    unsigned short n, cap;    /* CAP is 0 where no list is */
    unsigned short written;   /* so many of them are stored */
};

struct lists {
    bool is_changed;
    struct list *slots; /* open addressing; a power of two of them */
    size_t n, n_slots;
    struct arena *a;
    int64_t day; /* of the last addition */
    struct runs stored;
};

static void forget_kept(struct lists *l)
{
    arena_reset(l->a);
    free(l->slots);
    l->slots = NULL;
    l->n = l->n_slots = 0;
    l->is_changed = false;
}

void lists_forget(struct lists *l)
{
    forget_kept(l);
    runs_forget(&l->stored);
}

struct lists *lists_new(void)
{
    struct lists *l = heap_alloc(sizeof *l);

    *l = (struct lists){.a = arena_new(0)};
    runs_use(&l->stored, &kind);
    return l;
}

void lists_free(struct lists *l)
{
    if (l == NULL)
        return;
    lists_forget(l);
    arena_free(l->a);
    free(l);
}

static struct listed *items_of(struct list *list)
{
    return list->cap > 1 ? list->more : &list->one;
}

static void append(struct arena *a, struct list *list, struct listed item)
{
    if (list->n == list->cap) {
        struct listed *more =
            arena_array(a, 2 * (size_t)list->cap, sizeof *more);

        memcpy(more, items_of(list), list->n * sizeof *more);
        list->more = more;
        list->cap = (unsigned short)(2 * list->cap);
    }
    items_of(list)[list->n++] = item;
}

static void take_out(struct list *list, size_t i)
{
    struct listed *at = items_of(list);

    list->n--;
    memmove(at + i, at + i + 1, (list->n - i) * sizeof *at);
    if (i < list->written)
        list->written--;
}

/* Where HASH is, or would be. */
static struct list *slot_of(const struct lists *l, uint64_t hash)
{
    /* The low bits of terms are zero; the golden section mixes them (Knuth,
     * 6.4). */
    size_t i = (size_t)((hash * 0x9E3779B97F4A7C15u) >> 32);

    for (i &= l->n_slots - 1; l->slots[i].cap != 0 && l->slots[i].hash != hash;)
        i = (i + 1) & (l->n_slots - 1);
    return &l->slots[i];
}

static void make_room(struct lists *l)
{
    struct list *old = l->slots;
    size_t n = l->n_slots;

    if (l->n < n / 2)
        return;
    l->n_slots = n == 0 ? SLOTS_MIN : 2 * n;
    l->slots = heap_alloc(size_mul(l->n_slots, sizeof *l->slots));
    for (size_t i = 0; i < l->n_slots; i++)
        l->slots[i].cap = 0;
    for (size_t i = 0; i < n; i++)
        if (old[i].cap != 0)
            *slot_of(l, old[i].hash) = old[i];
    free(old);
}

/* ---- reading ------------------------------------------------------------- */

/* Of a list whose last addition was before it nothing is known any more.  What
 * counts is the newest run, not the newest day: a clock may have been wrong. */
static int64_t first_day(const struct lists *l)
{
    const struct runs *r = &l->stored;

    return r->n == 0 ? 0 : r->run[r->n - 1].day - DAYS_KEPT;
}

/* A list that is being read. */
struct reading {
    struct lists *l;
    struct list *list;
};

static void take_list(void *to, struct str record)
{
    struct reading *r = to;
    size_t n = (record.n - HEAD_BYTES) / ITEM_BYTES;

    if (day_of(record) < first_day(r->l))
        return;
    for (size_t i = 0; i < n; i++)
        append(r->l->a, r->list, item_at(record, i));
    r->list->written = r->list->n;
}

/* The list of HASH, read when it is not here; it holds until the next call.  NULL
 * when there is none, unless it IS_WANTED. */
static bool get(struct store *s, struct lists *l, uint64_t hash, bool is_wanted,
                struct list **out, struct error *err)
{
    struct list list = {.hash = hash, .cap = 1};
    struct reading reading = {l, &list};

    make_room(l);
    *out = slot_of(l, hash);
    if ((*out)->cap != 0)
        return true;
    if (!runs_find(s, &l->stored, runs_key(hash), take_list, &reading, err))
        return false;
    if (list.n == 0 && !is_wanted) {
        *out = NULL;
        return true;
    }
    **out = list;
    l->n++;
    return true;
}

void list_foresee(struct store *s, uint64_t hash)
{
    runs_foresee(&s->terms->stored, runs_key(hash));
}

bool list_get(struct store *s, uint64_t hash, const struct listed **out,
              size_t *n, struct error *err)
{
    struct list *list;

    if (!get(s, s->terms, hash, false, &list, err))
        return false;
    *out = list == NULL ? NULL : items_of(list);
    *n = list == NULL ? 0 : list->n;
    return true;
}

/* ---- changing -------------------------------------------------------------- */

bool list_add(struct store *s, uint64_t hash, struct listed item, int64_t now,
              struct error *err)
{
    struct lists *l = s->terms;
    struct list *list;

    if (!get(s, l, hash, true, &list, err))
        return false;
    if (list->n > 0 && items_of(list)[list->n - 1].item == item.item)
        return true;
    if (list->n == LIST_MAX)
        take_out(list, 0);
    append(l->a, list, item);
    l->is_changed = true;
    l->day = now / DAY;
    return true;
}

/* ---- writing ----------------------------------------------------------------- */

static int by_key(const void *a, const void *b)
{
    uint64_t x = runs_key((*(struct list *const *)a)->hash);
    uint64_t y = runs_key((*(struct list *const *)b)->hash);

    return x < y ? -1 : x > y;
}

static struct list **changed_lists(const struct lists *l, size_t *n)
{
    struct list **changed = heap_alloc(size_mul(l->n + 1, sizeof *changed));

    *n = 0;
    for (size_t i = 0; i < l->n_slots; i++)
        if (l->slots[i].cap != 0 && l->slots[i].written < l->slots[i].n)
            changed[(*n)++] = &l->slots[i];
    qsort(changed, *n, sizeof(struct list *), by_key);
    return changed;
}

static void pack_list(struct list *list, int64_t day, struct buf *out)
{
    const struct listed *at = items_of(list);

    buf_reset(out);
    put_number(out, runs_key(list->hash), RUNS_KEY);
    put_number(out, (uint64_t)day, 2);
    put_number(out, list->n, 1);
    for (size_t i = 0; i < list->n; i++) {
        put_number(out, (uint64_t)at[i].item, 5);
        put_number(out, (uint64_t)at[i].published, MOMENT_BYTES);
    }
}

static bool is_recent(const void *of, struct str record, size_t n)
{
    const int64_t *first = of;

    (void)n;
    return day_of(record) >= *first;
}

static bool write_changed(struct store *s, struct lists *l,
                          const struct runs_rule *rule, struct error *err)
{
    struct run_writer *w;
    struct list **changed;
    struct buf record;
    size_t n, bytes = 0;
    bool ok = true;

    changed = changed_lists(l, &n);
    for (size_t i = 0; i < n; i++)
        bytes += HEAD_BYTES + changed[i]->n * ITEM_BYTES;
    buf_init(&record, BUF_MAX);
    w = run_start(s, &l->stored, rule, bytes);
    for (size_t i = 0; ok && i < n; i++) {
        pack_list(changed[i], l->day, &record);
        ok = run_add(w, buf_str(&record), err);
        changed[i]->written = changed[i]->n;
    }
    free(changed);
    buf_done(&record);
    return run_end(w, l->day, ok, err);
}

bool lists_write(struct store *s, struct error *err)
{
    struct lists *l = s->terms;
    int64_t first = l->day - DAYS_KEPT;
    struct runs_rule rule = {.keeps = is_recent, .of = &first};

    if (!l->is_changed)
        return true;
    if (!runs_load(s, &l->stored, err))
        return false;
    l->is_changed = false;
    return write_changed(s, l, &rule, err) &&
           runs_tidy(s, &l->stored, &rule, err);
}

bool lists_trim(struct store *s, struct error *err)
{
    if (s->terms->n <= KEPT_MAX && arena_used(s->terms->a) <= KEPT_BYTES)
        return true;
    if (!lists_write(s, err))
        return false;
    forget_kept(s->terms);
    return true;
}
