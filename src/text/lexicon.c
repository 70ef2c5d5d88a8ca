#include "text/lexicon.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/hash.h"

#define SLOTS_MIN ((size_t)256)

struct slot {
    struct str word;
    uint64_t meaning;
};

/* Most words that are looked for are not known: what their slots begin with lies
 * together, in a tenth of the room. */
struct lexicon {
    struct slot *slots; /* open addressing; a power of two of them */
    uint16_t *tags;     /* of each slot, of its word's hash; 0: none is here */
    size_t n, n_slots;
    uint64_t lengths[256]; /* of the words that begin with a byte, a bit each;
                            * the last for all that are longer */
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
    free(l->tags);
    free(l);
}

static uint16_t tag_of(uint64_t hash)
{
    return (uint16_t)(hash >> 48 | 1);
}

/* Where WORD is, or would be. */
static size_t place_of(const struct lexicon *l, struct str word, uint64_t hash)
{
    size_t i = (size_t)hash & (l->n_slots - 1);

    while (l->tags[i] != 0 &&
           (l->tags[i] != tag_of(hash) || !str_eq(l->slots[i].word, word)))
        i = (i + 1) & (l->n_slots - 1);
    return i;
}

static size_t put(struct lexicon *l, struct str word)
{
    uint64_t hash = hash64(word);
    size_t i = place_of(l, word, hash);

    if (l->tags[i] == 0) {
        l->tags[i] = tag_of(hash);
        l->slots[i] = (struct slot){.word = word};
        l->n++;
    }
    return i;
}

/* At most half of the slots are taken. */
static void make_room(struct lexicon *l)
{
    struct lexicon old = *l;

    if (l->n < l->n_slots / 2)
        return;
    l->n = 0;
    l->n_slots = old.n_slots == 0 ? SLOTS_MIN : size_mul(old.n_slots, 2);
    l->slots = heap_alloc(size_mul(l->n_slots, sizeof *l->slots));
    l->tags = heap_alloc(size_mul(l->n_slots, sizeof *l->tags));
    for (size_t i = 0; i < old.n_slots; i++)
        if (old.tags[i] != 0)
            l->slots[put(l, old.slots[i].word)].meaning = old.slots[i].meaning;
    free(old.slots);
    free(old.tags);
}

static uint64_t length_of(struct str word)
{
    return (uint64_t)1 << (word.n < 63 ? word.n : 63);
}

void lexicon_add(struct lexicon *l, struct str word, uint64_t meaning)
{
    make_room(l);
    l->lengths[(unsigned char)word.p[0]] |= length_of(word);
    l->slots[put(l, word)].meaning |= meaning;
}

uint64_t lexicon_get(const struct lexicon *l, struct str word)
{
    size_t i;

    if (word.n == 0 ||
        (l->lengths[(unsigned char)word.p[0]] & length_of(word)) == 0)
        return 0;
    i = place_of(l, word, hash64(word));
    return l->tags[i] == 0 ? 0 : l->slots[i].meaning;
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
