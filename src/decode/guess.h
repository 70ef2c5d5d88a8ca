/*
 * What the parts of the guesser share (guess.c): prices and the signs of the
 * tables.  Prices are in quarters of a bit.
 */
#ifndef FEEDMILL_DECODE_GUESS_H
#define FEEDMILL_DECODE_GUESS_H

#include <uchar.h>

#include "decode/charset.h"

#define GUESS_SAMPLE_BYTES 4096 /* the most that is looked at */
#define PRICE_MAX          (INT32_MAX / 2)

/* Fixed prices, and what is taken off. */
enum price {
    PRICE_BROKEN = 120,     /* a character of several bytes that is none */
    PRICE_BAD = 80,         /* a byte that means nothing */
    PRICE_STRANGE = 72,     /* a letter or sign of another world */
    PRICE_SIGN = 48,        /* a rare sign */
    PRICE_DRAWING = 64,     /* a piece of a frame */
    PRICE_GLUED = 16,       /* a letter next to a rare sign */
    PRICE_OFF_BIGRAM = 24,  /* less for a pair of a common word */
    PRICE_OFF_UTF8 = 16,    /* most text is */
    PRICE_WEDGED = 40,      /* one ideograph inside a word of letters */
    PRICE_HALF_KANA = 34,   /* behind another one */
    PRICE_COMMON_SIGN = 30, /* a quote, a dash, a no-break space */
    PRICE_CAPITAL = 6,      /* at the beginning of a word */
    PRICE_MIXED = 40        /* a capital behind a small letter */
};

/* The cheapest reading so far. */
struct guess {
    enum charset_id id;
    int price;
};

#define ROW_SIGNS 64 /* how long the strings of the tables are */

/* What the sign at AT of a table stands for. */
static inline int level_at(const char (*levels)[ROW_SIGNS], size_t at)
{
    char sign = levels[at / ROW_SIGNS][at % ROW_SIGNS];

    if (is_digit(sign))
        return sign - '0';
    if (sign >= 'A' && sign <= 'Z')
        return sign - 'A' + 10;
    if (sign >= 'a' && sign <= 'z')
        return sign - 'a' + 36;
    return sign == '-' ? 62 : 63;
}

/* ---- guess_letters.c: one byte a character ---- */

/* An ASCII character right behind one that is not: some encodings take it for
 * half of a character, so the others must pay for it. */
int price_of_ascii(char c);
/* What SAMPLE costs as windows-1252. */
int price_of_latin(struct str sample);
/* Makes *BEST the encoding of one byte a character in which SAMPLE is cheaper,
 * where there is one. */
void guess_letters(struct guess *best, struct str sample);
/* The same for UTF-8 of a few two-byte characters, which short texts of
 * two-byte encodings can be by chance. */
void guess_utf8(struct guess *best, struct str sample);

/* ---- guess_ideographs.c: several bytes a character ---- */

/* Makes *BEST the encoding of several bytes a character in which SAMPLE is
 * cheaper, where there is one. */
void guess_ideographs(struct guess *best, struct str sample);
/* What the N characters at UNITS cost on average, N > 0, in the language of
 * East Asia that they fit best. */
int price_of_units(const char16_t *units, size_t n);
#endif
