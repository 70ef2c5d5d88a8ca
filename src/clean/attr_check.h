#ifndef CLEAN_ATTR_CHECK_H
#define CLEAN_ATTR_CHECK_H
/* Values of attributes: each is checked by what it is for, and what does not
 * pass is left out.  Addresses are links.h's. */
#include "clean/policy.h"

struct arena;

/* The value to write for RAW, as found, into *OUT.  False: no such attribute.
 * Not for CHECK_IMAGE and CHECK_SRCSET, which look at several attributes. */
bool attr_value(struct arena *a, enum attr_check check, struct str base,
                struct str raw, struct str *out);
/* S without what may not be published, carriage returns as line feeds; S itself
 * when there is nothing to do, else in A. */
struct str publishable(struct arena *a, struct str s);
#endif
