#ifndef MILL_CHOOSE_H
#define MILL_CHOOSE_H
/* Which stories make a topic's edition, and which go beyond it. */
#include "item/edition.h"
#include "mill/keep.h"
#include "mill/press.h"

struct candidate;
struct recall;

struct entries {
    struct entry *at;
    size_t n, cap;
};

/* Whether an item that a topic publishes is in its feed, or what keeps it out. */
enum room { ROOM_IN, ROOM_OLD, ROOM_QUOTA, ROOM_FULL };

/* One topic while its entries are chosen. */
struct choosing {
    /* Set by the caller. */
    struct press *press;
    const struct topic *topic;
    enum press_scope scope;
    bool keeps;            /* it is to be written and has an archive */
    struct recall *recall; /* of the topic */
    struct arena *a;       /* of the edition */
    struct arena *scratch; /* of the item at hand */

    /* What was chosen. */
    struct entries entries, over; /* the edition's; new ones beyond it */
    size_t n_new;
    bool has_ailing_source; /* one that gave nothing when last asked, or ever */
    struct keeping keep;    /* with keeps: begun; uses this struct */

    /* Its own. */
    const int64_t *sources; /* store rows of the topic's sources */
    size_t n_sources;
    int *taken;         /* entries of each, for the quota */
    struct map seen;    /* stories looked at */
    struct entries *to; /* entries or over, where the next entry goes */
    struct {
        struct tombstone *at;
        size_t n, cap;
    } tombstones;
    struct {
        struct candidate *at;
        size_t n, cap;
    } candidates;
    size_t title_terms; /* of the item judged last */
    int64_t asked;      /* 0, else choose_room is asked for this story */
    enum room room;     /* for it */
    struct error *err;
    bool failed;
};

/* *EDITION is in A.  The store learns the entries' ids and how new the feed is. */
MUST_CHECK bool choose(struct choosing *c, struct edition *edition,
                       struct error *err);
/* The room that a STORY which TOPIC wants has in its edition, as it would be
 * chosen now.  The store is read only; of P are wanted config, store, now,
 * decided, and what press_load_sources gives. */
MUST_CHECK bool choose_room(struct press *p, const struct topic *topic,
                            int64_t story, enum room *out, struct error *err);
/* Why there is none, as "entries: 50"; empty for ROOM_IN.  In A. */
struct str room_text(struct arena *a, const struct topic *topic,
                     enum room room);
#endif
