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

/* True of a member that a source of the topic at hand supplied. */
typedef bool member_is_supplied(const void *ctx, const struct stored_item *m);
/* Of a story's MEMBERS, best first, the one that stands for it in a topic: the
 * editor's LEAD (a rowid; 0: none), else the first.  NULL when no source of the
 * topic supplied one. */
struct stored_item *member_standing(struct stored_item *members, size_t n,
                                    int64_t lead, member_is_supplied *supplied,
                                    const void *ctx);

/* That of TOPIC, by the decisions of MAP. */
struct stored_item *member_in_topic(const struct config *config,
                                    const struct topic *topic,
                                    const struct decided_map *map,
                                    struct stored_item *members, size_t n);

/* How ITEM stands in a topic that has its source, its story looked at too. */
struct member_state {
    struct standing standing;
    char stands_for[SHORT_ID_CHARS + 1]; /* the story there */
    bool is_it;                          /* ITEM is that one */
    enum item_state state; /* also folded: its story is published by another */
};
/* In A.  STORE may be one that is only read. */
MUST_CHECK bool member_state_of(struct arena *a, const struct config *config,
                                struct store *store, const struct topic *topic,
                                const struct decided_map *map,
                                const struct stored_item *item,
                                struct member_state *out, struct error *err);

/* The owner's name for the item's source, else its own title, else the site's
 * name. */
struct str source_name_of(const struct config *config,
                          const struct stored_item *item);
#endif
