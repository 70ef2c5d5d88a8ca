#ifndef SYS_PACK_H
#define SYS_PACK_H
#include "base/str.h"

struct arena;

/* BYTES in the form of RFC 1950, packed fast rather than small, in A. */
struct str pack_bytes(struct arena *a, struct str bytes);
/* The reverse, of what was SIZE bytes, in A; false, and *OUT untouched, when
 * PACKED is nothing of the kind. */
MUST_CHECK bool pack_undo(struct arena *a, struct str packed, size_t size,
                          struct str *out);
/* As pack_undo, but only the first SIZE bytes of what were SIZE or more; what
 * follows them is not looked at. */
MUST_CHECK bool pack_head(struct arena *a, struct str packed, size_t size,
                          struct str *out);
#endif
