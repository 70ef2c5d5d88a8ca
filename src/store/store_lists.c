#include "store/store_lists.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"

#define DAY       ((int64_t)86400)
#define DAYS_KEPT 7
/* Lists are forgotten, once written, when they take more than this. */
#define KEPT_BYTES ((size_t)4 << 20)

struct list {
    uint64_t hash;
    struct listed *at;
    size_t n, cap;
    size_t written; /* so many of them are in the table */
};

struct lists {
    bool is_terms;
    struct arena *a;
    struct map places; /* hash, as bytes: index in all */
    VEC(struct list *) all;
    VEC(struct list *) changed;
    int64_t day; /* of the last addition */
};

void lists_forget(struct lists *l)
{
    arena_reset(l->a);
    map_init(&l->places, l->a);
    l->all.at = NULL;
    l->all.n = l->all.cap = 0;
    l->changed.at = NULL;
    l->changed.n = l->changed.cap = 0;
}

static struct lists *lists_new(bool is_terms)
{
    struct lists *l = heap_alloc(sizeof *l);

    *l = (struct lists){.is_terms = is_terms, .a = arena_new(0)};
    lists_forget(l);
    return l;
}

struct lists *lists_of_terms(void)
{
    return lists_new(true);
}

struct lists *lists_of_shingles(void)
{
    return lists_new(false);
}

void lists_free(struct lists *l)
{
    if (l == NULL)
        return;
    arena_free(l->a);
    free(l);
}

/* ---- reading ------------------------------------------------------------- */

static void append(struct arena *a, struct list *list, struct listed item)
{
    if (list->n == list->cap) {
        struct listed *at;

        list->cap = list->cap == 0 ? 1 : 2 * list->cap;
        at = arena_array(a, list->cap, sizeof *at);
        for (size_t i = 0; i < list->n; i++)
            at[i] = list->at[i];
        list->at = at;
    }
    list->at[list->n++] = item;
}

static bool read_terms(struct store *s, struct lists *l, struct list *list,
                       struct error *err)
{
    static const char sql[] = "SELECT items FROM event_list WHERE term = ?";
    uint64_t packed[2 * LIST_MAX];
    struct query q;
    bool has;
    size_t n = 0;

    if (!query_start(&q, s, sql, err))
        return false;
    bind_key(&q, list->hash);
    if (!query_next(&q, &has, err))
        return false;
    if (has)
        n = column_numbers(&q, packed, 2 * LIST_MAX);
    for (size_t i = 0; i + 1 < n; i += 2)
        append(l->a, list,
               (struct listed){(int64_t)packed[i], (int64_t)packed[i + 1]});
    if (n % 2 != 0)
        query_damaged(&q);
    return query_end(&q, err);
}

static bool read_shingles(struct store *s, struct lists *l, struct list *list,
                          struct error *err)
{
    static const char sql[] =
        "SELECT item FROM sketch_key WHERE hash = ? ORDER BY item LIMIT ?";
    struct query q;
    bool has;

    if (!query_start(&q, s, sql, err))
        return false;
    bind_key(&q, list->hash);
    bind_int(&q, LIST_MAX);
    while (query_next(&q, &has, err)) {
        if (!has)
            return query_end(&q, err);
        append(l->a, list, (struct listed){.item = column_int(&q)});
    }
    return false;
}

static struct list *find(const struct lists *l, uint64_t hash)
{
    const size_t *place =
        map_get(&l->places, str_of((const char *)&hash, sizeof hash));

    return place == NULL ? NULL : l->all.at[*place];
}

/* The list of HASH, read when it is not here. */
static bool get(struct store *s, struct lists *l, uint64_t hash,
                struct list **out, struct error *err)
{
    struct list *list = find(l, hash);

    *out = list;
    if (list != NULL)
        return true;
    *out = list = arena_make(l->a, struct list);
    list->hash = hash;
    if (!(l->is_terms ? read_terms : read_shingles)(s, l, list, err))
        return false;
    list->written = list->n;
    *map_put(&l->places, str_of((const char *)&list->hash, sizeof list->hash),
             NULL) = l->all.n;
    *vec_add(l->a, &l->all) = list;
    return true;
}

bool list_get(struct store *s, struct lists *l, uint64_t hash,
              const struct listed **out, size_t *n, struct error *err)
{
    struct list *list;

    if (!get(s, l, hash, &list, err))
        return false;
    *out = list->at;
    *n = list->n;
    return true;
}

/* ---- changing -------------------------------------------------------------- */

static void take_out(struct list *list, size_t i)
{
    list->n--;
    memmove(list->at + i, list->at + i + 1, (list->n - i) * sizeof *list->at);
    if (i < list->written)
        list->written--;
}

bool list_add(struct store *s, struct lists *l, uint64_t hash,
              struct listed item, int64_t now, struct error *err)
{
    struct list *list;

    if (!get(s, l, hash, &list, err))
        return false;
    if (list->n > 0 && list->at[list->n - 1].item == item.item)
        return true;
    if (list->n == LIST_MAX && !l->is_terms)
        return true;
    if (list->n == list->written)
        *vec_add(l->a, &l->changed) = list;
    if (list->n == LIST_MAX)
        take_out(list, 0);
    append(l->a, list, item);
    l->day = now / DAY;
    return true;
}

bool list_drop(struct store *s, struct lists *l, uint64_t hash, int64_t item,
               struct error *err)
{
    static const char sql[] =
        "DELETE FROM sketch_key WHERE hash = ? AND item = ?";
    struct list *list = find(l, hash);
    struct query q;

    for (size_t i = 0; list != NULL && i < list->n; i++)
        if (list->at[i].item == item)
            take_out(list, i);
    if (!query_start(&q, s, sql, err))
        return false;
    bind_key(&q, hash);
    bind_int(&q, item);
    return query_run(&q, err);
}

/* ---- writing ----------------------------------------------------------------- */

static bool write_terms(struct store *s, const struct lists *l,
                        const struct list *list, struct error *err)
{
    static const char sql[] =
        "INSERT INTO event_list (term, day, items) VALUES (?, ?, ?)"
        " ON CONFLICT (term) DO UPDATE SET"
        " day = excluded.day, items = excluded.items";
    uint64_t packed[2 * LIST_MAX];
    struct query q;

    for (size_t i = 0; i < list->n; i++) {
        packed[2 * i] = (uint64_t)list->at[i].item;
        packed[2 * i + 1] = (uint64_t)list->at[i].published;
    }
    if (!query_start(&q, s, sql, err))
        return false;
    bind_key(&q, list->hash);
    bind_int(&q, l->day);
    bind_numbers(&q, packed, 2 * list->n);
    return query_run(&q, err);
}

static bool write_shingles(struct store *s, const struct list *list,
                           struct error *err)
{
    static const char sql[] = "INSERT INTO sketch_key (hash, item)"
                              " VALUES (?, ?) ON CONFLICT DO NOTHING";
    struct query q;

    for (size_t i = list->written; i < list->n; i++) {
        if (!query_start(&q, s, sql, err))
            return false;
        bind_key(&q, list->hash);
        bind_int(&q, list->at[i].item);
        if (!query_run(&q, err))
            return false;
    }
    return true;
}

/* As SQLite orders its rows, so that each page is written once. */
static int by_key(const void *a, const void *b)
{
    int64_t x = as_key((*(struct list *const *)a)->hash);
    int64_t y = as_key((*(struct list *const *)b)->hash);

    return x < y ? -1 : x > y;
}

bool lists_write(struct store *s, struct lists *l, struct error *err)
{
    static const char drop_old[] = "DELETE FROM event_list WHERE day < ?";

    if (l->changed.n == 0)
        return true;
    qsort(l->changed.at, l->changed.n, sizeof *l->changed.at, by_key);
    for (size_t i = 0; i < l->changed.n; i++) {
        struct list *list = l->changed.at[i];

        if (!(l->is_terms ? write_terms(s, l, list, err)
                          : write_shingles(s, list, err)))
            return false;
        list->written = list->n;
    }
    l->changed.n = 0;
    return !l->is_terms || query_run_on(s, drop_old, l->day - DAYS_KEPT, err);
}

bool lists_trim(struct store *s, struct lists *l, struct error *err)
{
    if (arena_used(l->a) <= KEPT_BYTES)
        return true;
    if (!lists_write(s, l, err))
        return false;
    lists_forget(l);
    return true;
}
