#ifndef DECODE_ENTITY_H
#define DECODE_ENTITY_H
/* Character references of HTML: named, decimal, hexadecimal. */
#include "base/str.h"

struct arena;

#define ENTITY_BYTES 8 /* the longest replacement, as UTF-8 */

/* Bytes of the replacement of the reference called NAME (no & and ;), written
 * to TO; 0 if HTML has none of that name. */
size_t entity_by_name(struct str name, char to[ENTITY_BYTES]);

/*
 * S begins with '&'.  Bytes of S the reference takes, 0 if it is none; its
 * replacement goes to TO, *N bytes.  Numbers follow HTML: C1 controls are
 * windows-1252, what is no character is U+FFFD, other controls vanish.  In an
 * attribute a name without semicolon before '=', a letter or a digit is text.
 */
size_t entity_read(struct str s, bool in_attribute, char to[ENTITY_BYTES],
                   size_t *n);
/* S with its references resolved; S itself if it has none, else in A. */
struct str entity_resolve(struct arena *a, struct str s, bool in_attribute);
#endif
