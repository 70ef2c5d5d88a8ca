#ifndef MILL_ACCESS_H
#define MILL_ACCESS_H
#include "base/error.h"
#include "fetch/fetch.h"
#include "item/source.h"

struct arena;

/* How SOURCE of the mill at ROOT is reached, in A, its password read; NULL when
 * the owner said nothing of it.  Fails when the password cannot be had. */
MUST_CHECK bool access_of(struct arena *a, struct str root,
                          const struct source *source,
                          const struct fetch_access **out, struct error *err);
#endif
