#ifndef STORE_STORE_FOUND_H
#define STORE_STORE_FOUND_H
/*
 * The items that share something with one that comes, each once, and the nearest of
 * them.  A hash may find dozens and an item asks dozens of hashes: the table is one
 * that stays, and its hand is short.
 */
#include <assert.h>

#include "store/store_query.h"

/* An item found, by HITS hashes; SCORE is the higher the fewer each finds. */
struct near {
    int64_t item;
    int hits, score;
};

/* A heap of them, the nearest first (Williams, Algorithm 232, 1964). */
struct nears {
    struct near *at;
    size_t n;
};

struct found {
    struct near *at;
    uint16_t *slots; /* open addressing; a power of two of them: 1 and the place
                        in AT, 0 for none */
    size_t n, n_slots, most, room;
};

struct found *found_new(void);
void found_free(struct found *f);
/* Nothing is found yet; MOST times something will be added, at most. */
void found_begin(struct found *f, size_t most);

static inline void found_add(struct found *f, int64_t item, int hits, int score)
{
    /* Ids run on: a step of the golden section spreads them (Knuth, 6.4). */
    size_t i = (size_t)(((uint64_t)item * 0x9E3779B97F4A7C15u) >> 32);

    for (i &= f->n_slots - 1; f->slots[i] != 0;
         i = (i + 1) & (f->n_slots - 1)) {
        struct near *near = &f->at[f->slots[i] - 1];

        if (near->item == item) {
            near->hits += hits;
            near->score += score;
            return;
        }
    }
    assert(f->n < f->most);
    f->at[f->n] = (struct near){item, hits, score};
    f->slots[i] = (uint16_t)++f->n;
}

/* Those found by at least LEAST hashes, or LEAST_COMMON that many items have.  It
 * holds until the next begin: of hundreds a few are asked for. */
struct nears found_nearest(struct found *f, int least, int least_common);
/* The nearest, of the same score the newest; NEARS, which has one, loses it. */
struct near nears_take(struct nears *nears);
#endif
