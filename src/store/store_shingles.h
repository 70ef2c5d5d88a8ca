#ifndef STORE_STORE_SHINGLES_H
#define STORE_STORE_SHINGLES_H
/*
 * The items that have a hash among the smallest of their sketch, by which near
 * copies are found.  Most hashes are nobody's, and that is said from memory.  What
 * is found is a hint: an item may be gone or have another text by now.
 */
#include "store/store_query.h"

struct shingles;

/* Items that one hash finds at most, those stored first; what so many have says
 * nothing. */
#define SHINGLE_ITEMS_MAX 64
/* Hashes of an item.  A copy with a quarter of the text shares a quarter of its
 * original's smallest, and is missed 1 time in 100. */
#define SHINGLE_HASHES 16

struct shingles *shingles_new(void);
void shingles_free(struct shingles *r);

/* HASH will be asked for soon. */
void shingles_foresee(struct store *s, uint64_t hash);
/* The N items with HASH, ascending. */
MUST_CHECK bool shingles_get(struct store *s, uint64_t hash,
                             int64_t items[SHINGLE_ITEMS_MAX], size_t *n,
                             struct error *err);
/* ITEM has HASH from now on. */
MUST_CHECK bool shingles_add(struct store *s, uint64_t hash, int64_t item,
                             struct error *err);
/* What ITEM had is another sketch's, or nobody's. */
MUST_CHECK bool shingles_drop(struct store *s, int64_t item, struct error *err);

/* Writes what was added, and merges what has become too much; before the
 * transaction ends. */
MUST_CHECK bool shingles_write(struct store *s, struct error *err);
/* What was added and not written was not: the transaction was undone. */
void shingles_forget(struct shingles *r);
#endif
