#ifndef MILL_RECALL_H
#define MILL_RECALL_H
/*
 * What the last press made of a topic's stories: which of them were not wanted, and
 * the entries of its edition as they were written.  A press of which only some
 * stories are touched takes the others from here.  What is recalled is what would
 * be made anew, byte for byte; what may differ is not recalled.
 */
#include "item/edition.h"
#include "mill/press.h"
#include "publish/publish.h"

struct rendered;

enum recalled_as {
    RECALLED_OUT,    /* not wanted */
    RECALLED_BEYOND, /* wanted; its source had its share of the edition */
    RECALLED_IN      /* an entry */
};

struct recalled {
    int64_t story, source; /* source: of the item that stands for it */
    enum recalled_as as;
    struct entry entry; /* of RECALLED_IN: ready */
};

struct recall;

/*
 * Of the topic as SCOPE has it looked at; lives in A, until recall_done.  In
 * another scope than PRESS_TOUCHED, and where the files are not those that were
 * written, nothing is known.
 */
struct recall *recall_new(struct press *p, struct arena *a,
                          const struct topic *topic, enum press_scope scope,
                          struct error *err);
void recall_done(struct recall *r);
/* NULL when the story is not known, or was touched since, or is decided of. */
const struct recalled *recall_find(const struct recall *r, int64_t story);
/* How far back the walk for the edition went: to the item published then; 0 when
 * that is not known. */
int64_t recall_reached(const struct recall *r);
void recall_reach(struct recall *r, int64_t published);
/* Remembers what a story that was looked at for the edition is, if no entry. */
void recall_note(struct recall *r, int64_t story, int64_t source,
                 enum recalled_as as);
/* For the next press; the edition was written as RENDERED. */
MUST_CHECK bool recall_save(struct recall *r, const struct edition *edition,
                            const struct rendered *rendered, struct error *err);
#endif
