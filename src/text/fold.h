#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H
/*
 * Keys for comparing text: NFKC, case, width, and traditional to simplified
 * Han folded.  Keys are for comparison and thrown away; what is published is
 * never folded.  The Han table (han_simplified.def) is made by
 * script/make-han-table from Debian's opencc.
 */
#include "base/str.h"

struct arena;

/* The key of valid UTF-8 S, in A.  Accents are kept, white space is left as it
 * is (every kind of blank becomes U+0020). */
struct str fold_key(struct arena *a, struct str s);
/* Only letters, digits and Han of the key: for comparing titles. */
struct str fold_letters(struct arena *a, struct str s);
/* One Han code point to its simplified form, or itself. */
uint32_t fold_han(uint32_t c);
#endif
