#ifndef STORE_STORE_RUNS_H
#define STORE_STORE_RUNS_H
/*
 * The items that have a hash among the smallest of their sketch, by which near
 * copies are found.  Most hashes are nobody's, and that is said from memory.  What
 * is found is a hint: an item may be gone or have another text by now.
 */
#include "store/store_query.h"

struct runs;

/* Items that one hash finds at most, those stored first; what so many have says
 * nothing. */
#define RUNS_ITEMS_MAX 64
/* Hashes of an item.  A copy with a quarter of the text shares a quarter of its
 * original's smallest, and is missed 1 time in 100. */
#define RUNS_HASHES 16

struct runs *runs_new(void);
void runs_free(struct runs *r);

/* The N items with HASH, ascending. */
MUST_CHECK bool runs_get(struct store *s, uint64_t hash,
                         int64_t items[RUNS_ITEMS_MAX], size_t *n,
                         struct error *err);
/* ITEM has HASH from now on. */
MUST_CHECK bool runs_add(struct store *s, uint64_t hash, int64_t item,
                         struct error *err);
/* What ITEM had is another sketch's, or nobody's. */
MUST_CHECK bool runs_drop(struct store *s, int64_t item, struct error *err);

/* Writes what was added, and merges what has become too much; before the
 * transaction ends. */
MUST_CHECK bool runs_write(struct store *s, struct error *err);
/* What was added and not written was not: the transaction was undone. */
void runs_forget(struct runs *r);
/* Makes the runs of a store that has only sketches. */
MUST_CHECK bool runs_fill(struct store *s, struct error *err);
#endif
