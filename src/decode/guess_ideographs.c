/*
 * The price of bytes as text of several bytes a character: single characters, by
 * the shares of ideographs.def, less for common pairs (bigrams.def).
 */
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "decode/guess.h"
#include "decode/to_utf8.h"

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

void guess_ideographs(struct guess *best, struct str sample)
{
    for (size_t i = 0; i < sizeof multi_candidates / sizeof multi_candidates[0];
         i++) {
        const struct multi_candidate *c = &multi_candidates[i];
        int price = price_of_multi(c, sample, best->price);

        if (price < best->price)
            *best = (struct guess){c->id, price};
    }
}

int price_of_units(const char16_t *units, size_t n)
{
    int best = PRICE_MAX;

    for (int language = 0; language < CJKS; language++) {
        int price = 0;

        for (size_t i = 0; i < n; i++)
            price += price_of_char(ideographs[language], units[i]);
        if (price < best)
            best = price;
    }
    return best / (int)n;
}
