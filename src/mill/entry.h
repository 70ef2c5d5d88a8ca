#ifndef MILL_ENTRY_H
#define MILL_ENTRY_H
/* A story that a topic wants becomes the entry that is published. */
#include "item/edition.h"
#include "mill/press.h"
#include "store/store.h"

/* A story, and the member that stands for it in this topic. */
struct told {
    struct stored_item *members;
    size_t n;
    const struct stored_item *best; /* NULL: no source of this topic has it */
    bool is_pinned;
};

/*
 * Gives the story its public identity, unless it has one, and fills the entry,
 * which keeps T's members; strings in A.  New identities are put into P's fresh.
 */
MUST_CHECK bool entry_make(struct press *p, const struct topic *topic,
                           struct arena *a, const struct told *t, int64_t rank,
                           struct entry *out, struct error *err);
#endif
