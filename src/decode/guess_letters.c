/*
 * The price of bytes as text of one byte a character: pairs of letters, by the
 * models of letters.def.  Only pairs with a letter above ASCII count, for the
 * others are the same under all of these encodings.
 */
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "decode/guess.h"
#include "decode/to_utf8.h"

/* ---- the models ---- */

enum language {
    NO_LANGUAGE,
#define LETTERS(id, letters, ...) id,
#include "decode/letters.def"
#undef LETTERS
    LANGUAGES
};

#define ASCII_SYMBOLS 27 /* no letter, a to z */

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

/* ---- palettes ---- */

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

int price_of_ascii(char c)
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

int price_of_latin(struct str sample)
{
    return price_of_single(&candidates[0], sample, PRICE_MAX);
}

void guess_letters(struct guess *best, struct str sample)
{
    for (size_t i = 0; i < sizeof candidates / sizeof candidates[0]; i++) {
        int price = price_of_single(&candidates[i], sample, best->price);

        if (price < best->price)
            *best = (struct guess){candidates[i].id, price};
    }
}

/* Each character becomes a byte of a palette of its own. */
void guess_utf8(struct guess *best, struct str sample)
{
    struct palette p = {.chars = {0}};
    char room[GUESS_SAMPLE_BYTES];
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
