#include "base/utf8.h"

#include "base/block.h"

uint32_t utf8_next_long(struct str s, size_t *i)
{
    const unsigned char *p = (const unsigned char *)s.p + *i;
    size_t left = s.n - *i, need, k;
    uint32_t c = p[0];
    unsigned char low = 0x80, high = 0xBF;

    /* Nearly all are these: three bytes, of Han, kana and most of hangul, and
     * two.  What is left of the three byte forms has bounds of its own. */
    if (c >= 0xE1 && c <= 0xEC && left >= 3 && (p[1] & 0xC0) == 0x80 &&
        (p[2] & 0xC0) == 0x80) {
        *i += 3;
        return (c & 0x0F) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
    }
    if (c >= 0xC2 && c <= 0xDF && left >= 2 && (p[1] & 0xC0) == 0x80) {
        *i += 2;
        return (c & 0x1F) << 6 | (p[1] & 0x3Fu);
    }
    if (c >= 0xC2 && c <= 0xDF) {
        need = 1;
        c &= 0x1F;
    } else if (c >= 0xE0 && c <= 0xEF) {
        need = 2;
        low = c == 0xE0 ? 0xA0 : 0x80;
        high = c == 0xED ? 0x9F : 0xBF;
        c &= 0x0F;
    } else if (c >= 0xF0 && c <= 0xF4) {
        need = 3;
        low = c == 0xF0 ? 0x90 : 0x80;
        high = c == 0xF4 ? 0x8F : 0xBF;
        c &= 0x07;
    } else {
        *i += 1;
        return UTF8_REPLACEMENT;
    }
    for (k = 1; k <= need; k++) {
        if (k >= left || p[k] < low || p[k] > high) {
            *i += k;
            return UTF8_REPLACEMENT;
        }
        c = c << 6 | (p[k] & 0x3Fu);
        low = 0x80;
        high = 0xBF;
    }
    *i += k;
    return c;
}

uint32_t utf8_prev(struct str s, size_t *i)
{
    size_t at = *i - 1, from;

    while (at > 0 && ((unsigned char)s.p[at] & 0xC0) == 0x80)
        at--;
    *i = from = at;
    return utf8_next(s, &from);
}

size_t utf8_put(char *to, uint32_t c)
{
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        c = UTF8_REPLACEMENT;
    if (c < 0x80) {
        to[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        to[0] = (char)(0xC0 | c >> 6);
        to[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        to[0] = (char)(0xE0 | c >> 12);
        to[1] = (char)(0x80 | (c >> 6 & 0x3F));
        to[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    to[0] = (char)(0xF0 | c >> 18);
    to[1] = (char)(0x80 | (c >> 12 & 0x3F));
    to[2] = (char)(0x80 | (c >> 6 & 0x3F));
    to[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

size_t utf8_valid_prefix(struct str s)
{
    size_t i = 0;

    while (i < s.n) {
        size_t from = i;

        if ((unsigned char)s.p[i] < 0x80) {
            i = block_find(s, i, block_beyond_ascii);
            continue;
        }
        /* A real U+FFFD in the text is three bytes long. */
        if (utf8_next(s, &i) == UTF8_REPLACEMENT &&
            !(i - from == 3 && (unsigned char)s.p[from] == 0xEF &&
              (unsigned char)s.p[from + 1] == 0xBF &&
              (unsigned char)s.p[from + 2] == 0xBD))
            return from;
    }
    return i;
}

bool utf8_valid(struct str s)
{
    return utf8_valid_prefix(s) == s.n;
}

/* Bytes that go on a character. */
static inline block goes_on(block c)
{
    return (block)((c & 0xC0) == 0x80);
}

size_t utf8_chars(struct str s)
{
    return s.n - block_count(s, goes_on);
}

struct str utf8_clip(struct str s, size_t max)
{
    if (s.n <= max)
        return s;
    while (max > 0 && ((unsigned char)s.p[max] & 0xC0) == 0x80)
        max--;
    return str_of(s.p, max);
}

struct str utf8_clip_chars(struct str s, size_t max)
{
    size_t i = 0;

    while (i < s.n && (((unsigned char)s.p[i] & 0xC0) == 0x80 || max-- > 0))
        i++;
    return str_of(s.p, i);
}

bool is_publishable(uint32_t c)
{
    if (c < 0x20)
        return c == '\t' || c == '\n' || c == '\r';
    return !(c >= 0x7F && c < 0xA0) && !(c >= 0xFDD0 && c <= 0xFDEF) &&
           (c & 0xFFFE) != 0xFFFE;
}

size_t utf8_publishable_prefix(struct str s)
{
    size_t i = block_find(s, 0, block_doubtful);

    while (i < s.n) {
        size_t next = i;

        if (!is_publishable(utf8_next(s, &next)))
            return i;
        i = block_find(s, next, block_doubtful);
    }
    return i;
}
