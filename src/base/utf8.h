#ifndef BASE_UTF8_H
#define BASE_UTF8_H
/* UTF-8 (RFC 3629).  Only utf8_valid and utf8_next look at untrusted bytes. */
#include "base/str.h"
#include <assert.h>

/* What is read behind a view mostly is another's bytes, which no sanitizer
 * notices; builds with sanitizers look here. */
#ifdef FEEDMILL_CHECK_VIEWS
#define VIEW_HOLDS(claim) assert(claim)
#else
#define VIEW_HOLDS(claim) ((void)0)
#endif

#define UTF8_REPLACEMENT 0xFFFDu

/* What utf8_next does with a byte that is no ASCII; for its use only. */
uint32_t utf8_next_long(struct str s, size_t *i);
/*
 * The code point at byte *I, and *I moves behind it.  *I must be below S.n.  A
 * malformed sequence gives U+FFFD and moves over its maximal subpart (Unicode
 * 3.9, as browsers do), at least one byte.
 */
static inline uint32_t utf8_next(struct str s, size_t *i)
{
    unsigned char c;

    VIEW_HOLDS(*i < s.n);
    c = (unsigned char)s.p[*i];
    if (c >= 0x80)
        return utf8_next_long(s, i);
    *i += 1;
    return c;
}
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
static inline bool is_han(uint32_t c)
{
    return c >= 0x3007 &&
           ((c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
            c == 0x3007 || (c >= 0xF900 && c <= 0xFAFF) ||
            (c >= 0x20000 && c <= 0x323AF));
}
/* Han, kana, bopomofo, hangul: scripts written without spaces or counted by
 * character. */
static inline bool is_cjk(uint32_t c)
{
    return c >= 0x1100 &&
           (is_han(c) || (c >= 0x3040 && c <= 0x31FF) ||
            (c >= 0xAC00 && c <= 0xD7A3) || c <= 0x11FF ||
            (c >= 0xFF66 && c <= 0xFFDC) || c == 0x3005 || c == 0x3006);
}
/* Every blank of Unicode, U+FEFF and the zero-width ones included. */
static inline bool is_blank(uint32_t c)
{
    if (c < 0x80)
        return is_space((char)c);
    return c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200F) || c == 0x2028 || c == 0x2029 ||
           c == 0x202F || c == 0x205F || c == 0x2060 || c == 0x3000 ||
           c == 0xFEFF;
}
/* What may stand in something published: no control character besides tab and
 * line ends, no non-character (U+FDD0.., U+xxFFFE, U+xxFFFF). */
bool is_publishable(uint32_t c);
/* Length of the longest prefix of valid S whose characters all are. */
size_t utf8_publishable_prefix(struct str s);
#endif
