#ifndef STORE_STORE_LISTS_H
#define STORE_STORE_LISTS_H
/*
 * The items that a hash finds: of a term of their titles (table event_list, for
 * reports of one event), or of a shingle of their texts (table sketch_key, for
 * near copies).  Lists that were asked for stay in memory, and what is added to
 * them is written in the order of the tables, when the transaction ends or
 * between two documents of it.  They are hints: an item may be gone or have
 * another title by now, and a document that was undone leaves its items in them.
 */
#include "store/store_query.h"

struct lists;

/* Items of one list at most. */
#define LIST_MAX 64

struct listed {
    int64_t item;
    int64_t published; /* Unix seconds; only terms' lists know it */
};

struct lists *lists_of_terms(void);
struct lists *lists_of_shingles(void);
void lists_free(struct lists *l);

/* The list of HASH, the newest last; it holds until the next call. */
MUST_CHECK bool list_get(struct store *s, struct lists *l, uint64_t hash,
                         const struct listed **out, size_t *n,
                         struct error *err);
/* Adds an item found at NOW.  In a full list of terms the oldest makes room; a
 * shingle that so many have says nothing, and its list stays as it is. */
MUST_CHECK bool list_add(struct store *s, struct lists *l, uint64_t hash,
                         struct listed item, int64_t now, struct error *err);
/* Takes ITEM out of a list of shingles. */
MUST_CHECK bool list_drop(struct store *s, struct lists *l, uint64_t hash,
                          int64_t item, struct error *err);

/* Writes what was added; drops lists of terms that got nothing for a week. */
MUST_CHECK bool lists_write(struct store *s, struct lists *l,
                            struct error *err);
/* The same when there are many, which are then forgotten. */
MUST_CHECK bool lists_trim(struct store *s, struct lists *l, struct error *err);
/* What was added and not written was not: the transaction was undone. */
void lists_forget(struct lists *l);
#endif
