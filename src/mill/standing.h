#ifndef MILL_STANDING_H
#define MILL_STANDING_H
/* How a stored item stands in a topic: the judge's verdict and the editor's
 * decisions together.  The one place where they meet; press, list and why ask
 * here. */
#include "judge/judge.h"
#include "mill/decide.h"
#include "store/store.h"

struct config;

struct standing {
    enum item_state state; /* published held hidden retracted unmatched */
    struct judged *judged; /* the item, made ready for rules */
    struct verdict verdict;
    struct decided decided;
};

/*
 * The editor's word comes first: what she hides or holds is out; what she
 * approves or pins is in though the judge holds it, and for a topic that she
 * names also though its rule does not want it.  Judged afresh, in A.
 */
void standing_of(struct arena *a, const struct config *config,
                 const struct topic *topic, const struct decided_map *map,
                 const struct stored_item *item, struct standing *out);

/* The owner's name for the item's source, else its own title, else the site's
 * name. */
struct str source_name_of(const struct config *config,
                          const struct stored_item *item);
#endif
