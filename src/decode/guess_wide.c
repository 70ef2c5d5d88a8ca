/*
 * UTF-16 and UTF-32 without a mark: by where the zeros and the line feeds are,
 * and where no zero is (Chinese, Japanese or Korean and no ASCII) by the price
 * of the characters in both orders of bytes.
 */

#include "decode/guess.h"

#define WIDE_BYTES 65536
#define UNITS_MIN  4
#define UNITS_MAX  512
/* So many that mostly ASCII is no chance. */
#define UNITS_SURE    64
#define PRICE_OF_UNIT 50 /* on average, of UTF-16 */

/* ---- without a zero ---- */

/* Average price of the UNITS at P, at most UNITS_MAX. */
static int price_in_order(const unsigned char *p, size_t units, bool is_big)
{
    char16_t chars[UNITS_MAX];

    for (size_t i = 0; i < units; i++)
        chars[i] = (char16_t)(is_big ? p[2 * i] << 8 | p[2 * i + 1]
                                     : p[2 * i + 1] << 8 | p[2 * i]);
    return price_of_units(chars, units);
}

/* Of Chinese characters a third are made of two ASCII bytes. */
static bool is_mostly_ascii(const unsigned char *p, size_t units)
{
    size_t ascii = 0;

    for (size_t i = 0; i < units; i++)
        ascii += p[2 * i] >= ' ' && p[2 * i] < 0x7F && p[2 * i + 1] >= ' ' &&
                 p[2 * i + 1] < 0x7F;
    return ascii * 3 > units * 2;
}

static enum charset_id guess_without_zeros(struct str bytes)
{
    const unsigned char *p = (const unsigned char *)bytes.p;
    size_t units = bytes.n / 2 < UNITS_MAX ? bytes.n / 2 : UNITS_MAX;
    int little, big;

    if (units < UNITS_MIN || bytes.n % 2 != 0 ||
        (units >= UNITS_SURE && is_mostly_ascii(p, units)))
        return CHARSET_UNKNOWN;
    little = price_in_order(p, units, false);
    big = price_in_order(p, units, true);
    if (little > PRICE_OF_UNIT && big > PRICE_OF_UNIT)
        return CHARSET_UNKNOWN;
    return little <= big ? CHARSET_UTF_16LE : CHARSET_UTF_16BE;
}

/* ---- two or four bytes a character ---- */

/* Whether a text would hold the UTF-16 unit C. */
static bool is_common_unit(unsigned c)
{
    return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\r' || c == '\t' ||
           (c >= 0xA0 && c < 0x700) || (c >= 0x900 && c < 0x1100) ||
           (c >= 0x1E00 && c < 0x2200) || (c >= 0x3000 && c < 0x3400) ||
           (c >= 0x4E00 && c < 0xA000) || (c >= 0xAC00 && c < 0xD7A4) ||
           (c >= 0xFF00 && c < 0xFFF0);
}

static enum charset_id utf32_kind(const unsigned char *p, size_t n)
{
    size_t little = 0, big = 0, units = n / 4;

    for (size_t i = 0; i < units; i++, p += 4) {
        little += p[3] == 0 && p[2] <= 0x10 && (p[1] | p[0]) != 0;
        big += p[0] == 0 && p[1] <= 0x10 && (p[2] | p[3]) != 0;
    }
    if (units == 0 || (little < units && big < units))
        return CHARSET_UNKNOWN;
    return little > big ? CHARSET_UTF_32LE : CHARSET_UTF_32BE;
}

enum charset_id charset_guess_wide(struct str bytes)
{
    const unsigned char *p = (const unsigned char *)bytes.p;
    size_t n = bytes.n < WIDE_BYTES ? bytes.n : WIDE_BYTES;
    size_t zeros = 0, little = 0, big = 0, units = n / 2;
    enum charset_id id;

    if (str_find_char(str_slice(bytes, 0, n), '\0', 0) == STR_NOT_FOUND)
        return guess_without_zeros(bytes);
    id = utf32_kind(p, n & ~(size_t)3);
    if (id != CHARSET_UNKNOWN)
        return id;
    for (size_t i = 0; i < units; i++) {
        unsigned first = p[2 * i], second = p[2 * i + 1];

        zeros += first == 0 || second == 0;
        little += is_common_unit(second << 8 | first);
        big += is_common_unit(first << 8 | second);
    }
    /* A stray NUL in a text of bytes is not enough. */
    if (zeros * 50 < units || is_mostly_ascii(p, units) ||
        (little * 10 < units * 9 && big * 10 < units * 9))
        return guess_without_zeros(bytes);
    return little >= big ? CHARSET_UTF_16LE : CHARSET_UTF_16BE;
}
