/*
 * Guessing the encoding of bytes that nobody labelled.
 *
 * Every encoding that could be is tried: the bytes are decoded under it, and the
 * text gets a price, minus the logarithm of its probability in the language it
 * fits best.  The cheapest wins.  Prices of different encodings can be compared
 * because decoding loses nothing: each is the price of the same bytes.
 *
 *   one byte a character   pairs of letters, by the models of letters.def: only
 *                          pairs with a letter above ASCII count, for the others
 *                          are the same under all of these encodings
 *   two bytes and more     single characters, by the shares of ideographs.def
 *
 * Signs that are no letters, letters strange to the language, capitals inside a
 * word and bytes without meaning have fixed prices.  An encoding starts with a
 * handicap, so that the common one wins when both give the same text.
 *
 * Only the neighbourhood of bytes above ASCII is looked at, at most SAMPLE_BYTES
 * of it.  Prices are in quarters of a bit.
 */
#include "decode/charset.h"

#include <string.h>
#include <uchar.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "decode/to_utf8.h"

#define WIDE_BYTES   65536
#define SAMPLE_BYTES 4096
#define CONTEXT      2 /* ASCII bytes kept around the others */

/* ---- the models ---- */

enum language {
    NO_LANGUAGE,
#define LETTERS(id, letters, ...) id,
#include "decode/letters.def"
#undef LETTERS
    LANGUAGES
};

#define ASCII_SYMBOLS 27 /* no letter, a to z */

#define ROW_SIGNS 64 /* how long the strings of the tables are */

#define LETTERS(id, letters, ...)                                              \
    static const char levels_of_##id[][ROW_SIGNS] = {__VA_ARGS__};
#include "decode/letters.def"
#undef LETTERS

static const struct letter_model {
    const char16_t *letters;
    size_t n;
    const char (*levels)[ROW_SIGNS];
} letter_models[LANGUAGES] = {
#define LETTERS(id, letters, ...)                                              \
    [id] = {letters, sizeof(letters) / sizeof(char16_t) - 1, levels_of_##id},
#include "decode/letters.def"
#undef LETTERS
};

enum cjk {
#define IDEOGRAPHS(id, ...) CJK_##id,
#include "decode/ideographs.def"
#undef IDEOGRAPHS
    CJKS
};

#define IDEOGRAPHS(id, ...)                                                    \
    static const char ideographs_##id[][ROW_SIGNS] = {__VA_ARGS__};
#include "decode/ideographs.def"
#undef IDEOGRAPHS

static const char (*const ideographs[CJKS])[ROW_SIGNS] = {
#define IDEOGRAPHS(id, ...) [CJK_##id] = ideographs_##id,
#include "decode/ideographs.def"
#undef IDEOGRAPHS
};

#define BIGRAMS(bits, ...)                                                     \
    enum { BIGRAM_BITS = bits };                                               \
    static const char bigrams[][ROW_SIGNS] = {__VA_ARGS__};
#include "decode/bigrams.def"
#undef BIGRAMS

static const struct range {
    uint32_t from, end;
} ideograph_ranges[] = {{0x2010, 0x2040},
                        {0x3000, 0x3100},
                        {0x4E00, 0xA000},
                        {0xAC00, 0xD7A4},
                        {0xFF00, 0xFFF0}};

/* What the sign at AT of a table stands for. */
static int level_at(const char (*levels)[ROW_SIGNS], size_t at)
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

#define BELIED_MARGIN 400 /* a dozen letters' worth */
#define PRICE_MAX     (INT32_MAX / 2)

#define UNITS_MIN 4
#define UNITS_MAX 512
/* So many that mostly ASCII is no chance. */
#define UNITS_SURE 64

enum price {
    PRICE_BROKEN = 120,     /* a character of several bytes that is none */
    PRICE_BAD = 80,         /* a byte that means nothing */
    PRICE_STRANGE = 72,     /* a letter or sign of another world */
    PRICE_SIGN = 48,        /* a rare sign */
    PRICE_DRAWING = 64,     /* a piece of a frame */
    PRICE_GLUED = 16,       /* a letter next to a rare sign */
    PRICE_OFF_BIGRAM = 24,  /* less for a pair of a common word */
    PRICE_OF_UNIT = 50,     /* on average, of UTF-16 */
    PRICE_OFF_UTF8 = 16,    /* most text is */
    PRICE_WEDGED = 40,      /* one ideograph inside a word of letters */
    PRICE_HALF_KANA = 34,   /* behind another one */
    PRICE_COMMON_SIGN = 30, /* a quote, a dash, a no-break space */
    PRICE_CAPITAL = 6,      /* at the beginning of a word */
    PRICE_MIXED = 40        /* a capital behind a small letter */
};

/* ---- characters ---- */

static uint32_t to_lower_char(uint32_t c)
{
    if (c < 0x80)
        return (uint32_t)(unsigned char)to_lower((char)c);
    if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3AB) ||
        (c >= 0x410 && c <= 0x42F))
        return c + 32;
    if (c >= 0x400 && c <= 0x40F)
        return c + 80;
    if (c == 0x130 || c == 0x178)
        return c == 0x130 ? 'i' : 0xFF;
    if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E))
        return c % 2 == 1 ? c + 1 : c;
    if ((c >= 0x100 && c <= 0x177) || c == 0x218 || c == 0x21A || c == 0x490 ||
        c == 0x1A0)
        return c % 2 == 0 ? c + 1 : c;
    switch (c) {
    case 0x1AF:
        return 0x1B0;
    case 0x386:
        return 0x3AC;
    case 0x388:
    case 0x389:
    case 0x38A:
        return c + 37;
    case 0x38C:
        return 0x3CC;
    case 0x38E:
    case 0x38F:
        return c + 63;
    default:
        return c;
    }
}

static bool is_letter_char(uint32_t c)
{
    return (c < 0x80 && is_alpha((char)c)) || c == 0xAA || c == 0xB5 ||
           c == 0xBA || (c >= 0xC0 && c != 0xD7 && c != 0xF7 && c < 0x2000);
}

static bool is_common_sign(uint32_t c)
{
    static const uint16_t signs[] = {
        0xA0,   0xA9,   0xAB,   0xAE,   0xB0,   0xB7,   0xBB,   0x2013, 0x2014,
        0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2022, 0x2026, 0x20AC,
        0x2122, 0xA7,   0xA3,   0xBF,   0xA1,   0xB4,   0x2116};

    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (signs[i] == c)
            return true;
    return false;
}

/* ---- one byte a character ---- */

/* What each byte means, and how a language sees it. */
struct palette {
    uint32_t chars[256], small[256];
    uint8_t symbols[256]; /* of the language; STRANGE: not one of its own */
    uint8_t signs[256];   /* price of what is no letter; 0 for ASCII */
    uint8_t foreign[256]; /* of one the language does not have */
    bool capitals[256];
};

#define STRANGE 255

/* What no language sees otherwise. */
static void settle_chars(struct palette *p)
{
    for (size_t b = 0; b < 256; b++) {
        uint32_t c = to_lower_char(p->chars[b]);

        p->small[b] = c;
        p->capitals[b] = c != p->chars[b];
        p->signs[b] = p->symbols[b] = 0;
        if (c < 0x80 && is_alpha((char)c))
            p->symbols[b] = (uint8_t)(c - 'a' + 1);
        p->foreign[b] = c < 0x80                            ? 0
                        : c == UTF8_REPLACEMENT || c < 0xA0 ? PRICE_BAD
                        : is_common_sign(c)                 ? PRICE_COMMON_SIGN
                        : is_letter_char(c)                 ? PRICE_STRANGE
                        : c >= 0x2500 && c < 0x2600         ? PRICE_DRAWING
                                                            : PRICE_SIGN;
    }
}

static void name_symbols(struct palette *p, const struct letter_model *m)
{
    for (size_t b = 0x80; b < 256; b++) {
        uint32_t c = p->small[b];

        if (c < 0x80)
            continue;
        p->symbols[b] = 0;
        p->signs[b] = 0;
        for (size_t i = 0; i < m->n; i++)
            if (m->letters[i] == c)
                p->symbols[b] = (uint8_t)(ASCII_SYMBOLS + i);
        if (p->symbols[b] != 0)
            continue;
        if (is_letter_char(c))
            p->symbols[b] = STRANGE;
        p->signs[b] = p->foreign[b];
    }
}

static int pair_price(const struct letter_model *m, size_t first, size_t second)
{
    size_t row = first * m->n;

    if (first < ASCII_SYMBOLS)
        return second < ASCII_SYMBOLS
                   ? 0
                   : level_at(m->levels, row + second - ASCII_SYMBOLS);
    row =
        ASCII_SYMBOLS * m->n + (first - ASCII_SYMBOLS) * (ASCII_SYMBOLS + m->n);
    return level_at(m->levels, row + second);
}

/* An ASCII character right behind one that is not: some encodings take it for
 * half of a character, so the others must pay for it. */
static int price_of_ascii(char c)
{
    if (is_space(c))
        return 4;
    if (is_alpha(c))
        return 18;
    if (is_digit(c) || c == '<')
        return 14;
    return c == ',' || c == '.' || c == '-' || c == ':' || c == ')' ||
                   c == '"' || c == '\'' || c == '&'
               ? 14
               : 30;
}

/* The price of TEXT in a language; gives up above LIMIT. */
static int price_of_letters(const struct palette *p,
                            const struct letter_model *m, struct str text,
                            int limit)
{
    uint8_t before = 0;
    bool was_small = false, was_inside = false;
    int price = 0;

    for (size_t i = 0; i < text.n && price < limit; i++) {
        unsigned char b = (unsigned char)text.p[i];
        unsigned char last = i == 0 ? ' ' : (unsigned char)text.p[i - 1];
        uint8_t now = p->symbols[b];

        price += p->signs[b];
        if (b < 0x80 && last >= 0x80 && (now == 0 || before == 0))
            price += price_of_ascii((char)b);
        /* A sign between two letters. */
        if (was_inside && now != 0)
            price += PRICE_GLUED;
        was_inside = p->signs[b] != 0 && now == 0 && before != 0 &&
                     p->chars[b] != 0x2019 && p->chars[b] != 0xB7;
        if (now == STRANGE) {
            before = 0;
            was_small = true;
            continue;
        }
        price += pair_price(m, before, now);
        if (b >= 0x80 && p->capitals[b])
            price += was_small ? PRICE_MIXED : before == 0 ? PRICE_CAPITAL : 0;
        was_small = now != 0 && !p->capitals[b];
        before = now;
    }
    return price;
}

/* Each byte above ASCII as ID means it. */
static bool read_palette(struct palette *p, enum charset_id id)
{
    struct to_utf8 *t = to_utf8_new(id);
    struct buf out;

    if (t == NULL)
        return false;
    buf_init(&out, 64);
    for (unsigned b = 0; b < 256; b++) {
        char byte = (char)b;
        size_t i = 0;

        p->chars[b] = b;
        if (b < 0x80)
            continue;
        buf_reset(&out);
        to_utf8_push(t, str_of(&byte, 1), &out);
        p->chars[b] =
            out.n == 0 ? UTF8_REPLACEMENT : utf8_next(buf_str(&out), &i);
    }
    buf_done(&out);
    to_utf8_free(t);
    settle_chars(p);
    return true;
}

#define LANGUAGES_OF_ONE 20

static const struct candidate {
    enum charset_id id;
    int handicap;
    uint8_t languages[LANGUAGES_OF_ONE]; /* up to a 0 */
} candidates[] = {
    {CHARSET_WINDOWS_1252,
     0,
     {FRENCH, GERMAN, SPANISH, PORTUGUESE, ITALIAN, DUTCH, SWEDISH, DANISH,
      NORWEGIAN, FINNISH, ICELANDIC, IRISH, CATALAN, ALBANIAN}},
    {CHARSET_WINDOWS_1251,
     20,
     {RUSSIAN, UKRAINIAN, BULGARIAN, SERBIAN, MACEDONIAN, BELARUSIAN}},
    {CHARSET_WINDOWS_1250,
     18,
     {POLISH, CZECH, SLOVAK, HUNGARIAN, ROMANIAN, SLOVENIAN, CROATIAN,
      ALBANIAN}},
    {CHARSET_ISO_8859_2,
     20,
     {POLISH, CZECH, SLOVAK, HUNGARIAN, ROMANIAN, SLOVENIAN, CROATIAN}},
    {CHARSET_KOI8_R, 26, {RUSSIAN, BULGARIAN}},
    {CHARSET_KOI8_U, 28, {UKRAINIAN, RUSSIAN, BELARUSIAN}},
    {CHARSET_ISO_8859_5,
     30,
     {RUSSIAN, UKRAINIAN, BULGARIAN, SERBIAN, MACEDONIAN, BELARUSIAN}},
    {CHARSET_IBM866, 34, {RUSSIAN, UKRAINIAN, BELARUSIAN, BULGARIAN}},
    {CHARSET_X_MAC_CYRILLIC,
     32,
     {RUSSIAN, UKRAINIAN, BULGARIAN, SERBIAN, MACEDONIAN, BELARUSIAN}},
    {CHARSET_WINDOWS_1253, 20, {GREEK}},
    {CHARSET_ISO_8859_7, 21, {GREEK}},
    {CHARSET_WINDOWS_1254, 8, {TURKISH}},
    {CHARSET_WINDOWS_1255, 20, {HEBREW}},
    {CHARSET_ISO_8859_8, 24, {HEBREW}},
    {CHARSET_WINDOWS_1256, 20, {ARABIC, PERSIAN}},
    {CHARSET_ISO_8859_6, 24, {ARABIC}},
    {CHARSET_WINDOWS_1257, 28, {LITHUANIAN, LATVIAN, ESTONIAN}},
    {CHARSET_ISO_8859_13, 36, {LITHUANIAN, LATVIAN, ESTONIAN, POLISH}},
    {CHARSET_ISO_8859_4, 60, {LITHUANIAN, LATVIAN, ESTONIAN}},
    {CHARSET_WINDOWS_1258, 20, {VIETNAMESE}},
    {CHARSET_WINDOWS_874, 20, {THAI}},
    {CHARSET_ISO_8859_15,
     16,
     {FRENCH, GERMAN, SPANISH, PORTUGUESE, ITALIAN, DUTCH, FINNISH, ESTONIAN,
      SWEDISH, DANISH, NORWEGIAN}},
    {CHARSET_ISO_8859_16, 48, {ROMANIAN, POLISH, CROATIAN}},
    {CHARSET_ISO_8859_3, 40, {MALTESE, ESPERANTO, TURKISH}},
    {CHARSET_ISO_8859_14, 48, {WELSH, IRISH}},
    {CHARSET_ISO_8859_10, 48, {ICELANDIC, LITHUANIAN}},
    {CHARSET_MACINTOSH,
     40,
     {FRENCH, GERMAN, SPANISH, PORTUGUESE, ITALIAN, DUTCH, SWEDISH, DANISH,
      NORWEGIAN, FINNISH, ICELANDIC}},
};

struct guess {
    enum charset_id id;
    int price;
};

/* The lowest price of SAMPLE under a candidate, LIMIT if none is below that. */
static int price_of_single(const struct candidate *c, struct str sample,
                           int limit)
{
    struct palette p;

    if (!read_palette(&p, c->id))
        return limit;
    for (size_t k = 0; k < LANGUAGES_OF_ONE && c->languages[k] != 0; k++) {
        const struct letter_model *m = &letter_models[c->languages[k]];
        int price;

        name_symbols(&p, m);
        price =
            c->handicap + price_of_letters(&p, m, sample, limit - c->handicap);
        if (price < limit)
            limit = price;
    }
    return limit;
}

static void try_single(struct guess *best, struct str sample)
{
    for (size_t i = 0; i < sizeof candidates / sizeof candidates[0]; i++) {
        int price = price_of_single(&candidates[i], sample, best->price);

        if (price < best->price)
            *best = (struct guess){candidates[i].id, price};
    }
}

/* UTF-8 of a few two-byte characters, which short texts of two-byte encodings
 * can be by chance: each character becomes a byte of a palette of its own. */
static void try_utf8(struct guess *best, struct str sample)
{
    struct palette p = {.chars = {0}};
    char room[SAMPLE_BYTES];
    size_t n = 0, used = 0x80;

    for (size_t b = 0; b < 0x80; b++)
        p.chars[b] = (uint32_t)b;
    for (size_t i = 0; i < sample.n;) {
        uint32_t c = utf8_next(sample, &i);
        size_t b = c < 0x80 ? c : 0x80;

        while (b >= 0x80 && b < used && p.chars[b] != c)
            b++;
        if (b == 256)
            return;
        if (b == used)
            p.chars[used++] = c;
        room[n++] = (char)b;
    }
    settle_chars(&p);
    for (size_t k = 1; k < LANGUAGES; k++) {
        int price;

        name_symbols(&p, &letter_models[k]);
        price = price_of_letters(&p, &letter_models[k], str_of(room, n),
                                 PRICE_MAX) -
                PRICE_OFF_UTF8;
        if (price < best->price)
            *best = (struct guess){CHARSET_UTF_8, price};
    }
}

/* ---- two bytes a character and more ---- */

static const struct multi_candidate {
    enum charset_id id;
    int handicap;
    enum cjk language;
} multi_candidates[] = {
    {CHARSET_GB18030, 0, CJK_HANS},        {CHARSET_BIG5, 0, CJK_HANT},
    {CHARSET_SHIFT_JIS, 14, CJK_JAPANESE}, {CHARSET_EUC_JP, 14, CJK_JAPANESE},
    {CHARSET_EUC_KR, 14, CJK_KOREAN},      {CHARSET_GB18030, 12, CJK_HANT},
};

static int price_of_char(const char (*levels)[ROW_SIGNS], uint32_t c)
{
    size_t at = 0;

    for (size_t i = 0; i < sizeof ideograph_ranges / sizeof *ideograph_ranges;
         i++) {
        const struct range *r = &ideograph_ranges[i];

        if (c >= r->from && c < r->end)
            return 2 * level_at(levels, at + c - r->from);
        at += r->end - r->from;
    }
    return c == 0xB7 || c == 0xA0 ? PRICE_SIGN
           : c >= 0xE000          ? PRICE_BAD + PRICE_BAD / 4
                                  : PRICE_STRANGE;
}

/* A pair that is common in the words of the language; one in eight others
 * passes too. */
static bool is_bigram(enum cjk language, uint32_t first, uint32_t second)
{
    uint32_t slot = (first * 0x9E3779B1u + second * 0x85EBCA77u +
                     (uint32_t)language * 0xC2B2AE3Du) >>
                    (32 - BIGRAM_BITS);

    return first >= 0x4E00 && second >= 0x4E00 &&
           (level_at(bigrams, slot / 6) >> slot % 6 & 1) != 0;
}

static bool is_half_kana(uint32_t c)
{
    return c >= 0xFF61 && c <= 0xFF9F;
}

static bool is_small_letter(uint32_t c)
{
    return c >= 'a' && c <= 'z';
}

static int price_of_ideographs(enum cjk language, struct str text, int limit)
{
    uint32_t last = ' ';
    int price = 0;

    for (size_t i = 0; i < text.n && price < limit;) {
        uint32_t c = utf8_next(text, &i);

        if (c == UTF8_REPLACEMENT)
            price += PRICE_BROKEN;
        else if (is_half_kana(c) && is_half_kana(last))
            price += PRICE_HALF_KANA;
        else if (c >= 0x80)
            price += price_of_char(ideographs[language], c) -
                     (is_bigram(language, last, c) ? PRICE_OFF_BIGRAM : 0) +
                     (is_small_letter(last) && i < text.n &&
                              is_small_letter((unsigned char)text.p[i])
                          ? PRICE_WEDGED
                          : 0);
        else if (last >= 0x80)
            price +=
                price_of_ascii((char)c) +
                (is_half_kana(last) && is_alpha((char)c) ? PRICE_GLUED : 0);
        last = c;
    }
    return price;
}

static int price_of_multi(const struct multi_candidate *c, struct str sample,
                          int limit)
{
    struct to_utf8 *t = to_utf8_new(c->id);
    struct buf out;
    int price = limit;

    if (t == NULL)
        return limit;
    buf_init(&out, BUF_MAX);
    to_utf8_push(t, sample, &out);
    to_utf8_finish(t, &out);
    price =
        c->handicap + price_of_ideographs(c->language, buf_str(&out), limit);
    if (to_utf8_faults(t)->is_cut)
        price += PRICE_BROKEN;
    buf_done(&out);
    to_utf8_free(t);
    return price;
}

static void try_multi(struct guess *best, struct str sample)
{
    for (size_t i = 0; i < sizeof multi_candidates / sizeof multi_candidates[0];
         i++) {
        const struct multi_candidate *c = &multi_candidates[i];
        int price = price_of_multi(c, sample, best->price);

        if (price < best->price)
            *best = (struct guess){c->id, price};
    }
}

/* ---- UTF-16 without a zero: Chinese, Japanese or Korean and no ASCII ---- */

/* Average price of a unit, in the language it fits best. */
static int price_of_units(const unsigned char *p, size_t units, bool is_big)
{
    int best = PRICE_MAX;

    for (int language = 0; language < CJKS; language++) {
        int price = 0;

        for (size_t i = 0; i < units; i++) {
            unsigned c = (unsigned)p[2 * i] << 8 | p[2 * i + 1];

            if (!is_big)
                c = (c >> 8 | c << 8) & 0xFFFF;
            price += price_of_char(ideographs[language], c);
        }
        if (price < best)
            best = price;
    }
    return best / (int)units;
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
    little = price_of_units(p, units, false);
    big = price_of_units(p, units, true);
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

/* ---- the whole ---- */

static bool is_high_near(struct str bytes, size_t i)
{
    size_t end = i + CONTEXT < bytes.n ? i + CONTEXT + 1 : bytes.n;

    for (size_t k = i > CONTEXT ? i - CONTEXT : 0; k < end; k++)
        if ((unsigned char)bytes.p[k] >= 0x80)
            return true;
    return false;
}

/* The bytes above ASCII and CONTEXT bytes on both sides of them; a line feed
 * stands for what is left out. */
static struct str take_sample(struct str bytes, char room[SAMPLE_BYTES])
{
    size_t n = 0;

    for (size_t i = 0; i < bytes.n && n < SAMPLE_BYTES; i++) {
        if (is_high_near(bytes, i))
            room[n++] = bytes.p[i];
        else if (n > 0 && room[n - 1] != '\n')
            room[n++] = '\n';
    }
    return str_of(room, n);
}

enum charset_id charset_guess(struct str bytes, bool is_utf8)
{
    struct guess best = {CHARSET_WINDOWS_1252, PRICE_MAX};
    char room[SAMPLE_BYTES];
    struct str sample = take_sample(bytes, room);

    if (is_utf8)
        try_utf8(&best, sample);
    try_multi(&best, sample);
    try_single(&best, sample);
    return best.id;
}

bool charset_belies_latin(struct str bytes)
{
    char room[SAMPLE_BYTES];
    struct str sample = take_sample(bytes, room);
    int latin = price_of_single(&candidates[0], sample, PRICE_MAX);
    /* Another must cost less than half, and no more than that is reckoned. */
    struct guess best = {CHARSET_WINDOWS_1252, (latin - BELIED_MARGIN + 1) / 2};

    if (best.price <= 0)
        return false;
    try_multi(&best, sample);
    try_single(&best, sample);
    return best.id != CHARSET_WINDOWS_1252;
}
