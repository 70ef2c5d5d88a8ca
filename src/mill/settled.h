#ifndef MILL_SETTLED_H
#define MILL_SETTLED_H
/*
 * Whether a press would make what the last one made: the same program, the same
 * bytes in feeds/, a store in which nothing that is shown has changed, the same
 * files in output/, and no moment passed at which the clock alone changes an
 * edition.  What is not known to be so is pressed; where only the store has
 * changed, the topics that it touches.
 */
#include "mill/press.h"

/* The edition of the topic at hand differs from MOMENT (Unix seconds) on if
 * nothing else does. */
void settled_until(struct press *p, int64_t moment);
/* *ALL is true when nothing at all is to be pressed; p->done then says what the
 * last press made, else of the topics of which nothing is (p->scopes). */
MUST_CHECK bool settled_look(struct press *p, bool *all, struct error *err);
/* Once p->sources and p->decided are there: the topics that were touched are to be
 * pressed. */
MUST_CHECK bool settled_topics(struct press *p, struct error *err);
/* All topics were pressed. */
MUST_CHECK bool settled_note(struct press *p, struct error *err);
#endif
