#ifndef STORE_STORE_LISTS_H
#define STORE_STORE_LISTS_H
/*
 * The newest items whose titles have a term, or whose texts have it as a name, by
 * which reports of one event are found.  Lists that were asked for stay in memory,
 * and those that were added to are written when the transaction ends or between two
 * documents of it.  That nobody has a term is said from memory.  Lists are hints: an
 * item may be gone or have another title by now.
 */
#include "store/store_query.h"

struct lists;

/* Items of one list at most. */
#define LIST_MAX 64

/* How long a list stays that nothing is added to. */
#define LISTED_SECONDS ((int64_t)7 * 86400)

struct listed {
    int64_t item;
    int64_t published; /* Unix seconds */
};

struct lists *lists_new(void);
void lists_free(struct lists *l);

/* HASH will be asked for soon. */
void list_foresee(struct store *s, uint64_t hash);
/* The list of the term HASH, the newest last; it holds until the next call. */
MUST_CHECK bool list_get(struct store *s, uint64_t hash,
                         const struct listed **out, size_t *n,
                         struct error *err);
/* Adds an item found at NOW; in a full list the oldest makes room. */
MUST_CHECK bool list_add(struct store *s, uint64_t hash, struct listed item,
                         int64_t now, struct error *err);

/* Writes what was added; drops lists that got nothing for a week. */
MUST_CHECK bool lists_write(struct store *s, struct error *err);
/* The same when there are many, which are then forgotten. */
MUST_CHECK bool lists_trim(struct store *s, struct error *err);
/* What was added and not written was not: the transaction was undone. */
void lists_forget(struct lists *l);
#endif
