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

/* The key of valid UTF-8 S, in A.  Accents are kept; every kind of blank is one
 * U+0020, but what has no width (U+200B, U+FEFF, soft hyphens ...) goes. */
struct str fold_key(struct arena *a, struct str s);
/* The same with the case kept: for words that are written in capitals. */
struct str fold_width(struct arena *a, struct str s);
/* Only letters, marks, digits and Han of the key: for comparing titles and
 * bodies. */
struct str fold_letters(struct arena *a, struct str s);
/* One Han code point to its simplified form, or itself. */
uint32_t fold_han(uint32_t c);

/* What a character is to whoever looks for words; marks count as the letters
 * they stand on. */
enum char_kind { CHAR_OTHER, CHAR_LETTER, CHAR_DIGIT };
enum char_kind char_kind(uint32_t c);
/* An upper-case or title-case letter. */
bool is_capital(uint32_t c);

/* From byte KEY of the key on, up to the next mark, the key runs in step with
 * the source from byte SOURCE on. */
struct fold_mark {
    size_t key, source;
};

/* A key that remembers where it came from. */
struct folded {
    struct str key;
    struct fold_mark *at;
    size_t n, cap;
    size_t source_n; /* bytes of the source */
};

/* As fold_key (or fold_width, when FOLD_CASE is false), with the marks; all in
 * A. */
void fold_marked(struct arena *a, struct str s, bool fold_case,
                 struct folded *out);
/* The byte of the source that byte OFFSET of the key came from; the end of the
 * source for the end of the key. */
size_t fold_source(const struct folded *f, size_t offset);
#endif
