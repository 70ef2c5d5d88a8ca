#ifndef MILL_KEEP_H
#define MILL_KEEP_H
/*
 * What a topic publishes is kept, as it stood in its files last: what leaves the
 * subscription document goes to archive documents (RFC 5005), every entry to the
 * page of its day, and what a period brought to a digest.  How it works is told at
 * the head of keep.c.
 */
#include "mill/press.h"
#include "store/store.h"

struct rendered;

/* Whether STORY, which stands in the edition no more, still belongs to the
 * topic. */
typedef bool keep_belongs(void *ctx, int64_t story, bool *belongs,
                          struct error *err);

/* At most so many entries go to archives at once without having stood in the
 * subscription document, the newest.  Of more, those that per_source has no room for
 * follow when all is pressed anew, the others are left out. */
#define KEEP_OVER_MAX 1000

/* What this press changed in the page of a day: an entry that is new there, or has
 * another text; an empty atom_id: more than that. */
struct day_change {
    int64_t day;
    struct kept_place place;
    bool is_new;
};
struct day_changes {
    struct day_change *at;
    size_t n, cap;
};

/* A topic of one press.  The caller fills the first part. */
struct keeping {
    struct press *press;
    const struct topic *topic;
    struct arena *a;
    struct edition *edition; /* learns its archives and days */
    /* Wanted, new here, and beyond what the edition has a place for; newest
     * first. */
    struct entry *over;
    size_t n_over;
    keep_belongs *belongs;
    void *ctx;

    struct kept_entries listed; /* what stood in the edition before */
    int64_t oldest;             /* of them; see keep_begin */
    bool is_first;              /* nothing was ever kept of the topic */
    struct kept_files files;    /* by name */
    int64_t number, count;      /* the newest archive document, its entries */
    int64_t adopted; /* that if another store made it: it stays; else 0 */
    int64_t *numbers, *positions; /* of over */
    struct day_changes days;
};

/* Finds what stood in the edition before, and when the oldest of it was
 * published, but for those of SEEN (by story) and what the editor took out;
 * INT64_MIN without one.  To be called first. */
MUST_CHECK bool keep_begin(struct keeping *k, const struct map *seen,
                           struct error *err);
/* Finds out what left the edition, and where it goes. */
MUST_CHECK bool keep_arrange(struct keeping *k, struct error *err);
/* Stores the entries of the edition as they were rendered. */
MUST_CHECK bool keep_entries(struct keeping *k, const struct rendered *r,
                             struct error *err);
/* Writes what has to be written; the store was committed. */
MUST_CHECK bool keep_write(struct keeping *k, struct pressed *done,
                           struct error *err);
/* Whether a topic has published an entry that WORD, its atom:id or the address of
 * its article, names: it can be retracted though no item is known any more. */
MUST_CHECK bool keep_knows(const struct mill_config *mill, struct store *store,
                           struct arena *a, struct str word, bool *knows,
                           struct error *err);
/* The topic's days that have a page, newest first, in A. */
MUST_CHECK bool keep_days(struct press *p, struct arena *a, struct str topic_id,
                          struct strs *out, struct error *err);
#endif
