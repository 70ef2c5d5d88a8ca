#ifndef MILL_SETTLED_H
#define MILL_SETTLED_H
/*
 * Whether a press would make what the last one made: the same program, the same
 * bytes in feeds/, a store in which nothing that is shown has changed, the same
 * files in output/, and no moment passed at which the clock alone changes an
 * edition.  What is not known to be so is pressed.
 */
#include "mill/press.h"

/* An edition differs from MOMENT (Unix seconds) on if nothing else does. */
void settled_until(struct press *p, int64_t moment);
/* True when the last press stands; p->done then says what it made. */
MUST_CHECK bool settled_look(struct press *p, bool *stands, struct error *err);
/* All topics were pressed. */
MUST_CHECK bool settled_note(struct press *p, struct error *err);
#endif
