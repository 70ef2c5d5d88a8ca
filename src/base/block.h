#ifndef BASE_BLOCK_H
#define BASE_BLOCK_H
/*
 * Sixteen bytes at once, by the compiler's vector types: for loops that look for
 * the next byte of a few kinds.
 */
#include <stdint.h>
#include <string.h>

#include "base/str.h"

typedef unsigned char block __attribute__((vector_size(16)));

static inline block block_load(const char *p)
{
    block b;

    memcpy(&b, p, sizeof b);
    return b;
}

/* Where the first byte of MASK, the result of a comparison, is set;
 * sizeof(block) if none is. */
static inline size_t block_first(block mask)
{
    uint64_t halves[2];

    memcpy(halves, &mask, sizeof halves);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (halves[0] != 0)
        return (size_t)__builtin_ctzll(halves[0]) / 8;
    return halves[1] == 0 ? sizeof mask
                          : 8 + (size_t)__builtin_ctzll(halves[1]) / 8;
#else
    if (halves[0] != 0)
        return (size_t)__builtin_clzll(halves[0]) / 8;
    return halves[1] == 0 ? sizeof mask
                          : 8 + (size_t)__builtin_clzll(halves[1]) / 8;
#endif
}

/* Where the first byte of S at or after I stands that WANTED is set for, which
 * must not be a blank; S.n if there is none. */
static inline __attribute__((always_inline)) size_t
block_find(struct str s, size_t i, block (*wanted)(block))
{
    static const unsigned char behind[2 * sizeof(block)] = {
        [16] = 255, 255, 255, 255, 255, 255, 255, 255,
        255,        255, 255, 255, 255, 255, 255, 255};
    block last, window;
    size_t hit;

    for (; s.n - i >= sizeof(block); i += sizeof(block)) {
        hit = block_first(wanted(block_load(s.p + i)));
        if (hit < sizeof(block))
            return i + hit;
    }
    if (i == s.n)
        return i;
    if (s.n >= sizeof(block)) {
        /* Again what stands before I, but it does not count. */
        memcpy(&window, behind + (s.n - i), sizeof window);
        last = wanted(block_load(s.p + s.n - sizeof(block))) & window;
        return s.n - sizeof(block) + block_first(last);
    }
    memset(&last, ' ', sizeof last);
    memcpy(&last, s.p + i, s.n - i);
    hit = i + block_first(wanted(last));
    return hit < s.n ? hit : s.n;
}

/* How many bytes of S WANTED is set for. */
static inline __attribute__((always_inline)) size_t
block_count(struct str s, block (*wanted)(block))
{
    static const block places = {0, 1, 2,  3,  4,  5,  6,  7,
                                 8, 9, 10, 11, 12, 13, 14, 15};
    size_t i = 0, n = 0;

    while (s.n > i) {
        block sums = {0}; /* each byte counts to 255 */

        for (int k = 0; k < 254 && s.n - i >= sizeof(block); k++) {
            sums -= wanted(block_load(s.p + i));
            i += sizeof(block);
        }
        if (s.n - i < sizeof(block)) {
            block last = {0},
                  within = (block)(places < (unsigned char)(s.n - i));

            if (s.n > i)
                memcpy(&last, s.p + i, s.n - i);
            sums -= wanted(last) & within;
            i = s.n;
        }
        for (size_t k = 0; k < sizeof(block); k++)
            n += sums[k];
    }
    return n;
}

static inline block block_beyond_ascii(block c)
{
    return (block)(c >= 0x80);
}

/* Letters and digits of ASCII. */
static inline block block_alnum(block c)
{
    return (block)((block)((c | 0x20) - 'a') < 26) |
           (block)((block)(c - '0') < 10);
}

/* Tab and line ends. */
static inline block block_line_space(block c)
{
    return (block)(c == '\t') | (block)(c == '\n') | (block)(c == '\r');
}

/* White space of ASCII but the blank. */
static inline block block_control_space(block c)
{
    return (block)(c - '\t' <= '\r' - '\t');
}

/* Bytes that characters begin with which is_publishable refuses: controls but
 * tab and line ends, DEL, C2 and EF upwards. */
static inline block block_doubtful(block c)
{
    /* EF to FF and 00 to 1F are one range. */
    return (block)((block)(c + 0x11 < 0x31) & (block) ~(block_line_space(c))) |
           (block)(c == 0x7F) | (block)(c == 0xC2);
}
#endif
