#include "store/store_found.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

#define SLOTS_MIN ((size_t)16)

struct found *found_new(void)
{
    struct found *f = heap_alloc(sizeof *f);

    *f = (struct found){0};
    return f;
}

void found_free(struct found *f)
{
    if (f == NULL)
        return;
    free(f->at);
    free(f->slots);
    free(f);
}

void found_begin(struct found *f, size_t most)
{
    size_t n_slots = SLOTS_MIN;

    assert(most < UINT16_MAX);
    while (n_slots < 2 * most)
        n_slots *= 2;
    if (n_slots > f->room) {
        free(f->at);
        free(f->slots);
        f->at = heap_alloc(size_mul(n_slots / 2, sizeof *f->at));
        f->slots = heap_alloc(size_mul(n_slots, sizeof *f->slots));
        f->room = n_slots;
    }
    memset(f->slots, 0, n_slots * sizeof *f->slots);
    f->n = 0;
    f->n_slots = n_slots;
    f->most = most;
}

static bool is_nearer(const struct near *a, const struct near *b)
{
    return a->score != b->score ? a->score > b->score : a->item > b->item;
}

static bool is_near(const struct near *near, int least, int least_common)
{
    return near->hits >= (near->score > near->hits ? least : least_common);
}

/* Puts the root of a heap of N, the rest of which is in order, into its place. */
static void sift(struct near *at, size_t n, size_t root)
{
    struct near one = at[root];

    for (size_t child; (child = 2 * root + 1) < n; root = child) {
        if (child + 1 < n && is_nearer(&at[child + 1], &at[child]))
            child++;
        if (!is_nearer(&at[child], &one))
            break;
        at[root] = at[child];
    }
    at[root] = one;
}

struct nears found_nearest(struct found *f, int least, int least_common)
{
    struct nears heap = {.at = f->at};

    for (size_t i = 0; i < f->n; i++)
        if (is_near(&f->at[i], least, least_common))
            heap.at[heap.n++] = f->at[i];
    for (size_t i = heap.n / 2; i-- > 0;)
        sift(heap.at, heap.n, i);
    return heap;
}

struct near nears_take(struct nears *nears)
{
    struct near first = nears->at[0];

    nears->at[0] = nears->at[--nears->n];
    if (nears->n > 0)
        sift(nears->at, nears->n, 0);
    return first;
}
