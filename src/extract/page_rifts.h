#ifndef EXTRACT_PAGE_RIFTS_H
#define EXTRACT_PAGE_RIFTS_H
/*
 * Rifts: the joints at which another article of the page begins.  All that speaks
 * for it and against it is one sum; nothing else parts a page.
 */
#include "extract/page_joints.h"

enum rift_evidence {
#define RIFT_BASE(weight)
#define RIFT(name, weight) RIFT_##name,
#include "extract/rifts.def"
#undef RIFT
#undef RIFT_BASE
    N_RIFT
};

/* A page whose joints are weighed. */
struct rifts {
    struct page_context *ctx;
    const struct joints *js;
    struct terms title; /* the page's own */
    bool says_several;  /* by a false title, by labels, by elements */
};

/* True if so much stands before J, from block FIRST on, and behind it that each could
 * be an article. */
bool rifts_can_part(const struct page_context *ctx, const struct joint *j,
                    size_t first);
void rifts_open(struct page_context *ctx, const struct joints *js,
                struct rifts *out);
/* What speaks for another article at joint K where one begins with block FIRST;
 * OF tells each evidence.  No more than LEAST if it cannot be more: not all is
 * looked at then. */
double rifts_weigh(const struct rifts *r, size_t k, size_t first, double least,
                   double of[N_RIFT]);
const char *rifts_evidence_name(enum rift_evidence e);

/* Leaves of JS, whose signs are known, those at which another article begins, and
 * in front of them the one that opens the first, if any does.  Gives how many. */
size_t rifts_keep(struct page_context *ctx, struct joints *js);

/* True if block I is a heading, or all of it is strong. */
bool line_is_set_off(const struct page_context *ctx, size_t i);

#endif
