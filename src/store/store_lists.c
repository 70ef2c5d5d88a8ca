#include "store/store_lists.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

#define DAY       ((int64_t)86400)
#define DAYS_KEPT 7
/* Lists are forgotten, once written, when they are more than that many, or those
 * of several items take that many bytes. */
#define KEPT_MAX   ((size_t)32000)
#define KEPT_BYTES ((size_t)2 << 20)
#define SLOTS_MIN  ((size_t)256)

/* Most have one item, which needs no memory of its own. */
struct list {
    uint64_t hash;
    struct listed one, *more; /* MORE when CAP > 1 */
    unsigned short n, cap;    /* CAP is 0 where no list is */
    unsigned short written;   /* so many of them are in the table */
    bool is_stored;           /* the table has a row of it */
};

struct lists {
    bool is_changed;
    struct list *slots; /* open addressing; a power of two of them */
    size_t n, n_slots;
    struct arena *a;
    int64_t day; /* of the last addition */
};

void lists_forget(struct lists *l)
{
    arena_reset(l->a);
    free(l->slots);
    l->slots = NULL;
    l->n = l->n_slots = 0;
    l->is_changed = false;
}

struct lists *lists_new(void)
{
    struct lists *l = heap_alloc(sizeof *l);

    *l = (struct lists){.a = arena_new(0)};
    return l;
}

void lists_free(struct lists *l)
{
    if (l == NULL)
        return;
    arena_free(l->a);
    free(l->slots);
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

static bool read_list(struct store *s, struct lists *l, struct list *list,
                      struct error *err)
{
    static const char sql[] = "SELECT items FROM event_list WHERE term = ?";
    uint64_t packed[2 * LIST_MAX];
    struct query q;
    bool has;
    size_t n = 0;

    if (!query_ask(&q, s, sql, VALUES(of_key(list->hash)), err))
        return false;
    if (!query_next(&q, &has, err))
        return false;
    list->is_stored = has;
    if (has)
        n = column_numbers(&q, packed, 2 * LIST_MAX);
    for (size_t i = 0; i + 1 < n; i += 2)
        append(l->a, list,
               (struct listed){(int64_t)packed[i], (int64_t)packed[i + 1]});
    if (n % 2 != 0)
        query_damaged(&q);
    return query_end(&q, err);
}

/* The list of HASH, read when it is not here; it holds until the next call. */
static bool get(struct store *s, struct lists *l, uint64_t hash,
                struct list **out, struct error *err)
{
    struct list list = {.hash = hash, .cap = 1};

    make_room(l);
    *out = slot_of(l, hash);
    if ((*out)->cap != 0)
        return true;
    if (!read_list(s, l, &list, err))
        return false;
    list.written = list.n;
    **out = list;
    l->n++;
    return true;
}

bool list_get(struct store *s, uint64_t hash, const struct listed **out,
              size_t *n, struct error *err)
{
    struct list *list;

    if (!get(s, s->terms, hash, &list, err))
        return false;
    *out = items_of(list);
    *n = list->n;
    return true;
}

/* ---- changing -------------------------------------------------------------- */

bool list_add(struct store *s, uint64_t hash, struct listed item, int64_t now,
              struct error *err)
{
    struct lists *l = s->terms;
    struct list *list;

    if (!get(s, l, hash, &list, err))
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

static bool write_row(struct store *s, const char *sql, const struct lists *l,
                      struct list *list, struct error *err)
{
    uint64_t packed[2 * LIST_MAX];
    const struct listed *at = items_of(list);
    struct query q;

    for (size_t i = 0; i < list->n; i++) {
        packed[2 * i] = (uint64_t)at[i].item;
        packed[2 * i + 1] = (uint64_t)at[i].published;
    }
    if (!query_start(&q, s, sql, err))
        return false;
    bind_key(&q, list->hash);
    bind_int(&q, l->day);
    bind_numbers(&q, packed, 2 * list->n);
    return query_run(&q, err);
}

/* As two statements, for the reason told at put_body. */
static bool write_list(struct store *s, const struct lists *l,
                       struct list *list, struct error *err)
{
    static const char insert[] =
        "INSERT INTO event_list (term, day, items) VALUES (?1, ?2, ?3)";
    static const char update[] =
        "UPDATE event_list SET day = ?2, items = ?3 WHERE term = ?1";
    bool was_stored = list->is_stored;

    list->is_stored = true;
    if (was_stored && !write_row(s, update, l, list, err))
        return false;
    return (was_stored && store_changes(s) > 0) ||
           write_row(s, insert, l, list, err);
}

/* As SQLite orders its rows, so that each page is written once. */
static int by_key(const void *a, const void *b)
{
    int64_t x = as_key((*(struct list *const *)a)->hash);
    int64_t y = as_key((*(struct list *const *)b)->hash);

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

bool lists_write(struct store *s, struct error *err)
{
    static const char drop_old[] = "DELETE FROM event_list WHERE day < ?";
    struct lists *l = s->terms;
    struct list **changed;
    size_t n;
    bool ok = true;

    if (!l->is_changed)
        return true;
    changed = changed_lists(l, &n);
    for (size_t i = 0; ok && i < n; i++) {
        ok = write_list(s, l, changed[i], err);
        changed[i]->written = changed[i]->n;
    }
    free(changed);
    l->is_changed = false;
    return ok && query_do(s, drop_old, VALUES(of_int(l->day - DAYS_KEPT)), err);
}

bool lists_trim(struct store *s, struct error *err)
{
    if (s->terms->n <= KEPT_MAX && arena_used(s->terms->a) <= KEPT_BYTES)
        return true;
    if (!lists_write(s, err))
        return false;
    lists_forget(s->terms);
    return true;
}
