#include "text/lexicon.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"

#define SLOTS_MIN ((size_t)256)

struct slot {
    struct str word;
    uint64_t head; /* of the word */
    uint64_t meaning;
};

/* Most words that are looked for are not known: what their slots begin with lies
 * together, in a sixteenth of the room. */
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

#define HEAD sizeof(uint64_t)

static uint64_t load(const char *p, size_t n)
{
    uint64_t bytes = 0;

    memcpy(&bytes, p, n);
    return bytes;
}

/* The first bytes of WORD as a number, which most words are no longer than: of
 * one length no two have the same.  Loads of a length that is known beforehand
 * need no call. */
static uint64_t head_of(struct str word)
{
    size_t n = word.n;

    if (n >= HEAD)
        return load(word.p, HEAD);
    if (n >= 4)
        return load(word.p, 4) << 32 | load(word.p + n - 4, 4);
    return load(word.p, 1) << 16 | load(word.p + n / 2, 1) << 8 |
           load(word.p + n - 1, 1);
}

/* The upper bits of a product depend on all of the word: they come first. */
static uint64_t hash_of(struct str word, uint64_t head)
{
    return word.n > HEAD
               ? hash64(word)
               : __builtin_bswap64((head ^ word.n << 56) * 0x9E3779B97F4A7C15u);
}

static uint16_t tag_of(uint64_t hash)
{
    return (uint16_t)(hash >> 16 | 1);
}

static bool is_of(const struct slot *slot, struct str word, uint64_t head)
{
    return slot->head == head && slot->word.n == word.n &&
           (word.n <= HEAD || str_eq(slot->word, word));
}

/* Where WORD is, or would be. */
static inline size_t place_of(const struct lexicon *l, struct str word,
                              uint64_t head)
{
    uint64_t hash = hash_of(word, head);
    size_t i = (size_t)hash & (l->n_slots - 1);

    while (l->tags[i] != 0 &&
           (l->tags[i] != tag_of(hash) || !is_of(&l->slots[i], word, head)))
        i = (i + 1) & (l->n_slots - 1);
    return i;
}

static size_t put(struct lexicon *l, struct str word)
{
    uint64_t head = head_of(word);
    size_t i = place_of(l, word, head);

    if (l->tags[i] == 0) {
        l->tags[i] = tag_of(hash_of(word, head));
        l->slots[i] = (struct slot){.word = word, .head = head};
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
    i = place_of(l, word, head_of(word));
    return l->tags[i] == 0 ? 0 : l->slots[i].meaning;
}

const struct lexicon *lexicon_make(lexicon_place *place,
                                   void (*fill)(struct lexicon *l))
{
    struct lexicon *ready = NULL, *made = lexicon_new();

    fill(made);
    if (atomic_compare_exchange_strong(place, &ready, made))
        return made;
    lexicon_free(made);
    return ready;
}
