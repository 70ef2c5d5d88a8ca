#ifndef EXTRACT_PAGE_WORDS_H
#define EXTRACT_PAGE_WORDS_H
/*
 * The vocabulary of a stretch of text, for telling whether two stretches are
 * about one thing.  A term is a word of a script with spaces (letters folded
 * to lower case) or a pair of neighbouring CJK letters; it is kept as a 32-bit
 * hash, for a collision now and then changes no verdict.
 */
#include "base/str.h"

struct arena;

/* One term of a text. */
struct term {
    uint32_t key;
    uint32_t letters; /* of the word; a pair of CJK letters counts as long */
};

struct terms {
    const struct term *at;
    size_t n;
};

/* The terms of TEXT in their order, in A.  A block's are kept with it. */
struct terms terms_of(struct arena *a, struct str text);

struct word_slot {
    uint32_t key, count;
};

/* How often each term occurs, of the first WORDS_MOST different ones: no page that
 * people read has more, and one made to cost is known by them. */
#define WORDS_MOST ((size_t)1 << 16)
struct words {
    struct word_slot *slots; /* count 0: free */
    size_t cap, n;
    uint64_t total;
    uint32_t shortest;
    struct arena *a;
};

/* Words of fewer than SHORTEST letters are left out: they are mostly those
 * that every text has.  CJK pairs always count. */
#define WORDS_ALL   1u
#define WORDS_TOPIC 5u
void words_init(struct words *w, struct arena *a, uint32_t shortest);
void words_add(struct words *w, struct terms terms);
uint32_t words_count(const struct words *w, uint32_t key);

/* Cosine of the counts' square roots, 0 to 1; terms that occur once in the
 * two together say little and are left out. */
double words_cosine(const struct words *a, const struct words *b);

/* The share of TERMS that W has at least AT_LEAST times: 1, or 2 when they are
 * in W themselves.  *N is the number of those that W would take. */
double words_known(const struct words *w, struct terms terms, uint32_t at_least,
                   uint32_t *n);
#endif
