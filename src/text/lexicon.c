#include "text/lexicon.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/hash.h"

#define SLOTS_MIN ((size_t)256)

struct slot {
    struct str word; /* empty: none is here */
    uint64_t meaning;
};

struct lexicon {
    struct slot *slots; /* open addressing; a power of two of them */
    size_t n, n_slots;
};

static struct lexicon *lexicon_new(void)
{
    struct lexicon *l = heap_alloc(sizeof *l);

    *l = (struct lexicon){0};
    return l;
}

static void lexicon_free(struct lexicon *l)
{
    free(l->slots);
    free(l);
}

/* Where WORD is, or would be. */
static struct slot *slot_of(const struct lexicon *l, struct str word)
{
    size_t i = (size_t)hash64(word) & (l->n_slots - 1);

    while (l->slots[i].word.n > 0 && !str_eq(l->slots[i].word, word))
        i = (i + 1) & (l->n_slots - 1);
    return &l->slots[i];
}

/* At most half of the slots are taken. */
static void make_room(struct lexicon *l)
{
    struct slot *old = l->slots;
    size_t n = l->n_slots;

    if (l->n < n / 2)
        return;
    l->n_slots = n == 0 ? SLOTS_MIN : size_mul(n, 2);
    l->slots = heap_alloc(size_mul(l->n_slots, sizeof *l->slots));
    for (size_t i = 0; i < l->n_slots; i++)
        l->slots[i] = (struct slot){0};
    for (size_t i = 0; i < n; i++)
        if (old[i].word.n > 0)
            *slot_of(l, old[i].word) = old[i];
    free(old);
}

void lexicon_add(struct lexicon *l, struct str word, uint64_t meaning)
{
    struct slot *slot;

    make_room(l);
    slot = slot_of(l, word);
    l->n += slot->word.n == 0;
    slot->word = word;
    slot->meaning |= meaning;
}

uint64_t lexicon_get(const struct lexicon *l, struct str word)
{
    return l->n == 0 || word.n == 0 ? 0 : slot_of(l, word)->meaning;
}

const struct lexicon *lexicon_at(lexicon_place *place,
                                 void (*fill)(struct lexicon *l))
{
    struct lexicon *ready = atomic_load(place), *made;

    if (ready != NULL)
        return ready;
    made = lexicon_new();
    fill(made);
    if (atomic_compare_exchange_strong(place, &ready, made))
        return made;
    lexicon_free(made);
    return ready;
}
