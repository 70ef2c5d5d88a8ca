#ifndef BASE_UTF8_H
#define BASE_UTF8_H
/* UTF-8 (RFC 3629).  Only utf8_valid and utf8_next look at untrusted bytes. */
#include "base/str.h"

#define UTF8_REPLACEMENT 0xFFFDu

/*
 * The code point at byte *I, and *I moves behind it.  *I must be below S.n.  A
 * malformed sequence gives U+FFFD and moves over its maximal subpart (Unicode
 * 3.9, as browsers do), at least one byte.
 */
uint32_t utf8_next(struct str s, size_t *i);
/* The code point that ends at byte *I (> 0), and *I moves before it.  S must be
 * valid. */
uint32_t utf8_prev(struct str s, size_t *i);
/* Writes C into TO (4 bytes of room); bytes written.  Surrogates and values
 * above U+10FFFF are written as U+FFFD. */
size_t utf8_put(char *to, uint32_t c);
/* No overlong forms, surrogates, or anything above U+10FFFF. */
bool utf8_valid(struct str s);
/* Length of the longest valid prefix. */
size_t utf8_valid_prefix(struct str s);
/* Code points in valid S. */
size_t utf8_chars(struct str s);
/* At most MAX bytes of valid S, without cutting a character. */
struct str utf8_clip(struct str s, size_t max);
/* At most MAX code points of valid S. */
struct str utf8_clip_chars(struct str s, size_t max);

/* Han ideographs, U+3007 and the compatibility blocks included. */
bool is_han(uint32_t c);
/* Han, kana, bopomofo, hangul: scripts written without spaces or counted by
 * character. */
bool is_cjk(uint32_t c);
/* Every blank of Unicode, U+FEFF and the zero-width ones included. */
bool is_blank(uint32_t c);
/* What may stand in something published: no control character besides tab and
 * line ends, no non-character (U+FDD0.., U+xxFFFE, U+xxFFFF). */
bool is_publishable(uint32_t c);
/* Length of the longest prefix of valid S whose characters all are. */
size_t utf8_publishable_prefix(struct str s);
#endif
