#ifndef TEXT_SHINGLE_H
#define TEXT_SHINGLE_H
/*
 * How much of one text stands in another, from a sketch of each.  A shingle is
 * a run of letters of the fold key: 5 characters where it begins with Han, kana
 * or hangul, 9 elsewhere, since 5 letters of an alphabet are found everywhere.
 * The length depends on the place alone, so that a copy has the shingles of its
 * original whatever stands around it.  A sketch holds the SKETCH_MAX smallest of
 * the distinct 64-bit hashes of all shingles.
 */
#include "base/str.h"

struct arena;

#define SKETCH_MAX 64

struct sketch {
    uint32_t n;                /* hashes kept */
    uint64_t hash[SKETCH_MAX]; /* ascending, distinct */
};

/* The sketch of LETTERS, which fold_letters made. */
void sketch_of(struct str letters, struct sketch *out);

/* About how many distinct shingles the text has: exact below SKETCH_MAX, else
 * within some 12 % (by the place of the last hash). */
uint32_t sketch_shingles(const struct sketch *s);

/* What two sketches say of their texts. */
struct overlap {
    double containment; /* share of the smaller that the larger has, 0 to 1 */
    double resemblance; /* shared over all, 0 to 1 */
    uint32_t shared;    /* hashes seen in both */
    uint32_t samples;   /* hashes of the smaller that could be compared */
};

/* An estimate: with N samples its error is about 1 / (2 sqrt N).  Texts of
 * like length give up to SKETCH_MAX samples, one ten times as long as the
 * other a tenth of it.  Where the containment is below LEAST nothing but the
 * samples need be told: that is often seen early. */
struct overlap sketch_overlap(const struct sketch *a, const struct sketch *b,
                              double least);

/* The same from the letters of both texts, exactly; A is for scratch. */
struct overlap shingle_overlap(struct arena *a, struct str letters1,
                               struct str letters2);
#endif
