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

struct word_iter {
    struct str text;
    size_t at;
    uint32_t before;   /* the CJK letter before, 0 if none */
    uint32_t shortest; /* letters a word must have */
    uint32_t letters;  /* of the last term; a pair of CJK letters is long */
};

/* The next term of the text; false at its end. */
bool word_next(struct word_iter *it, uint32_t *term);

struct word_slot {
    uint32_t term, count;
};

/* How often each term occurs. */
struct words {
    struct word_slot *slots; /* count 0: free */
    size_t cap, n;
    uint64_t total;
    uint32_t shortest;
    uint32_t run; /* terms that make one entry: 1, or 3 in their order */
    struct arena *a;
};

/* Words of fewer than SHORTEST letters are left out: they are mostly those
 * that every text has.  CJK pairs always count. */
#define WORDS_ALL   1u
#define WORDS_TOPIC 5u
void words_init(struct words *w, struct arena *a, uint32_t shortest);
/* The same for runs of three terms: who knows them has the text, not only its
 * subject. */
void runs_init(struct words *w, struct arena *a);
void words_add(struct words *w, struct str text);
uint32_t words_count(const struct words *w, uint32_t term);

/* Cosine of the counts' square roots, 0 to 1; terms that occur once in the
 * two together say little and are left out. */
double words_cosine(const struct words *a, const struct words *b);

/* The share of TEXT's terms that W has at least AT_LEAST times: 1, or 2 when
 * TEXT itself is in W.  *N is the number of its terms. */
double words_known(const struct words *w, struct str text, uint32_t at_least,
                   uint32_t *n);
#endif
