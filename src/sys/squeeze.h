#ifndef SYS_SQUEEZE_H
#define SYS_SQUEEZE_H
/*
 * Packs many texts of some kilobytes each, in the form of RFC 8878 (Zstandard): a
 * fifth of the time that pack.h takes, and not much larger.  What it works with
 * is made once for all of them.
 */
#include "base/str.h"

struct arena;
struct squeezer;

struct squeezer *squeezer_new(void);
void squeezer_free(struct squeezer *z);

/* BYTES packed, in A. */
struct str squeeze(struct squeezer *z, struct arena *a, struct str bytes);
/* The reverse, of what was SIZE bytes, in A; false, and *OUT untouched, when
 * PACKED is nothing of the kind. */
MUST_CHECK bool unsqueeze(struct squeezer *z, struct arena *a,
                          struct str packed, size_t size, struct str *out);
/* The first SIZE bytes of what was packed, in A; false, and *OUT untouched, when
 * there are fewer, or PACKED is damaged before their end. */
MUST_CHECK bool unsqueeze_head(struct squeezer *z, struct arena *a,
                               struct str packed, size_t size, struct str *out);
/* Whether PACKED begins as what squeeze gives does. */
bool is_squeezed(struct str packed);
#endif
