/*
 * Baits in texts: the parts of titles, what says a bait, and what is left of a text
 * without it.
 */
#include "extract/page_baits.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "extract/page_meta.h"
#include "extract/page_title.h"
#include "extract/page_title_clean.h"
#include "text/fold.h"

#define OF_BAIT      0.55 /* of its terms a text has that says it */
#define STRING_TERMS 5    /* of several key words */
#define MOST_BAITS   8    /* taken out of one text */
#define LONGEST_TEXT 4096 /* bytes of it */

/* Marks that part a title; a hyphen beside a letter of Han does, or one between
 * blanks, and so does a blank among letters of Han. */
static bool is_parting(struct str s, size_t at, size_t next, uint32_t c)
{
    size_t before = at, behind = next;
    uint32_t left = at > 0 ? utf8_prev(s, &before) : 0;
    uint32_t right = next < s.n ? utf8_next(s, &behind) : 0;

    switch (c) {
    case '|':
    case '_':
    case 0xFF5C: /* ｜ */
    case 0x4E28: /* 丨 */
    case 0x3010: /* 【 */
    case 0x3011:
    case 0x300A: /* 《 */
    case 0x300B:
    case 0xFF1A: /* ： */
    case 0x2022: /* • */
    case 0xBB:
    case 0xAB:
        return true;
    case ':':
        return is_han(left) || is_han(right) || is_blank(right);
    case '-':
    case 0x2013:
    case 0x2014:
        return is_han(left) || is_han(right) ||
               (is_blank(left) && is_blank(right));
    default:
        return is_blank(c) && (is_han(left) || is_han(right));
    }
}

bool bait_part_next(struct str s, size_t *at, struct str *out)
{
    while (*at < s.n) {
        size_t from = *at, i = from, end = s.n;

        while (i < s.n && end == s.n) {
            size_t before = i;
            uint32_t c = utf8_next(s, &i);

            if (is_parting(s, before, i, c))
                end = before;
        }
        *at = i;
        *out = str_trim_wide(str_slice(s, from, end));
        if (out->n > 0)
            return true;
    }
    return false;
}

bool bait_read(struct page_context *ctx, struct str text, struct bait *out)
{
    struct terms terms = terms_of(ctx->a, text);

    bool is_of_words = true; /* key words of Han are parts of their own */

    *out = (struct bait){.text = text};
    for (size_t i = 0; i < terms.n && out->n < BAIT_KEYS_MAX; i++) {
        size_t k = 0;

        is_of_words &= terms.at[i].letters != UINT32_MAX;
        while (k < out->n && out->keys[k] != terms.at[i].key)
            k++;
        if (k == out->n)
            out->keys[out->n++] = terms.at[i].key;
    }
    out->is_string = is_of_words && out->n >= STRING_TERMS;
    return out->n >= 2;
}

size_t bait_terms_in(uint32_t hits)
{
    size_t n = 0;

    for (; hits != 0; hits &= hits - 1)
        n++;
    return n;
}

bool bait_is_said(const struct bait *b, uint32_t hits)
{
    return (double)bait_terms_in(hits) >= OF_BAIT * (double)b->n;
}

bool bait_is_named(const struct bait *b, uint32_t hits)
{
    bool has_neighbours = (hits & hits >> 1) != 0;

    return bait_is_said(b, hits) || (b->is_string && has_neighbours);
}

static bool is_full_stop(uint32_t c)
{
    return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == '.' || c == '!' ||
           c == '?' || c == 0x201D;
}

static bool is_letter(uint32_t c)
{
    return char_kind(c) != CHAR_OTHER;
}

bool bait_is_apart(struct str text, size_t at, size_t n)
{
    size_t before = at, behind = at + n;
    uint32_t left = at > 0 ? utf8_prev(text, &before) : '.';
    uint32_t right = behind < text.n ? utf8_next(text, &behind) : '.';

    if (is_blank(left) && before > 0)
        left = utf8_prev(text, &before);
    return is_full_stop(left) || is_full_stop(right) ||
           (!is_letter(left) && !is_letter(right));
}

/* PART says a bait, and is little else. */
static bool is_bait_part(struct page_context *ctx, struct str part)
{
    struct bait said;

    if (!bait_read(ctx, part, &said))
        return false;
    for (size_t i = 0; i < ctx->baits->n; i++) {
        const struct bait *b = &ctx->baits->at[i];
        size_t n = 0;

        for (size_t k = 0; k < said.n; k++)
            for (size_t m = 0; m < b->n; m++)
                n += said.keys[k] == b->keys[m];
        if ((double)n >= OF_BAIT * (double)said.n)
            return true;
    }
    return false;
}

/* The bracket that CLOSE ends, 0 if it is none. */
static uint32_t opening(uint32_t close)
{
    return close == 0x300B   ? 0x300A
           : close == 0x3011 ? 0x3010
           : close == 0x201D ? 0x201C
                             : 0;
}

/* The end of the title that is left, with the bracket behind it that one in it
 * opens. */
static size_t with_bracket(struct str title, size_t from, size_t end)
{
    size_t next = end;
    char open[4];
    uint32_t c;

    if (end == title.n)
        return end;
    c = opening(utf8_next(title, &next));
    return c != 0 && str_has(str_slice(title, from, end),
                             str_of(open, utf8_put(open, c)))
               ? next
               : end;
}

bool bait_in_brackets(struct str title, struct str part, size_t *from,
                      size_t *end)
{
    size_t open = (size_t)(part.p - title.p), close = open + part.n;
    size_t before = open, behind = close;
    uint32_t left = before > 0 ? utf8_prev(title, &before) : 0;
    uint32_t right = behind < title.n ? utf8_next(title, &behind) : 0;

    if (right == 0 || opening(right) != left)
        return false;
    *from = before;
    *end = behind;
    if (before > 0 && behind < title.n && is_space(title.p[before - 1]) &&
        is_space(title.p[behind]))
        ++*end;
    return true;
}

/* TITLE without the baits in brackets inside it. */
static struct str brackets_off(struct page_context *ctx, struct str title)
{
    struct str part;

    for (size_t at = 0, from, end; bait_part_next(title, &at, &part);) {
        if (!is_bait_part(ctx, part) ||
            !bait_in_brackets(title, part, &from, &end) || from == 0 ||
            end == title.n)
            continue;
        title = arena_cat(ctx->a, str_slice(title, 0, from),
                          str_from(title, end), STR_NONE);
        at = from;
    }
    return title;
}

struct str baits_off(struct page_context *ctx, struct str title)
{
    size_t from = 0, end = title.n, n = 0, behind = 0;
    bool is_open = true; /* nothing but baits so far */
    struct str part;

    if (ctx->baits == NULL || ctx->baits->n == 0)
        return title;
    title = brackets_off(ctx, title);
    end = title.n;
    for (size_t at = 0; bait_part_next(title, &at, &part);) {
        bool is_off = is_bait_part(ctx, part);

        if (!is_off && is_open && n > 0)
            from = (size_t)(part.p - title.p);
        is_open = is_open && is_off;
        n += is_off;
        if (is_off)
            continue;
        end = (size_t)(part.p - title.p) + part.n;
        behind = n;
    }
    if (is_open)
        return n > 0 ? STR_NONE : title;
    /* No bait behind the last part of its own. */
    end = behind == n ? title.n : with_bracket(title, from, end);
    return str_trim_wide(str_slice(title, from, end));
}

/* TITLE without its baits; all of it if it is nothing else: a false one. */
static struct str less_baits(struct page_context *ctx, struct str title)
{
    struct str left = baits_off(ctx, title);

    return left.n > 0 ? left : title;
}

void baits_clear_meta(struct page_context *ctx)
{
    struct page_meta *meta = arena_make(ctx->a, struct page_meta);

    *meta = *ctx->meta;
    meta->title = less_baits(ctx, meta->title);
    for (size_t i = 0; i < meta->articles.n; i++)
        meta->articles.at[i].headline =
            less_baits(ctx, meta->articles.at[i].headline);
    ctx->meta = meta;
    if (meta->site_name.n == 0)
        meta->site_name = title_site_name(ctx);
}

bool baits_said(const struct page_context *ctx, struct terms terms)
{
    const struct baits *baits = ctx->baits;
    uint32_t hits[BAITS_MAX] = {0};

    for (size_t k = 0; baits != NULL && k < terms.n; k++) {
        uint32_t key = terms.at[k].key;

        /* Most terms are of none. */
        for (size_t i = baits->may_have[key & 0xFF] ? 0 : baits->n;
             i < baits->n; i++)
            for (size_t m = 0; m < baits->at[i].n; m++)
                hits[i] |= key == baits->at[i].keys[m] ? 1u << m : 0;
    }
    for (size_t i = 0; baits != NULL && i < baits->n; i++)
        if (bait_is_named(&baits->at[i], hits[i]))
            return true;
    return false;
}

static bool is_of_bait(const struct baits *baits, uint32_t key)
{
    for (size_t i = baits->may_have[key & 0xFF] ? 0 : baits->n; i < baits->n;
         i++)
        for (size_t m = 0; m < baits->at[i].n; m++)
            if (key == baits->at[i].keys[m])
                return true;
    return false;
}

struct terms baits_less(const struct page_context *ctx, struct terms terms)
{
    struct term *left = arena_array(ctx->a, terms.n + 1, sizeof *left);
    size_t n = 0;

    for (size_t i = 0; i < terms.n; i++)
        if (!is_of_bait(ctx->baits, terms.at[i].key))
            left[n++] = terms.at[i];
    return (struct terms){left, n};
}

bool bait_next(const struct page_context *ctx, struct str text, size_t *at,
               size_t *end)
{
    size_t best = STR_NOT_FOUND;

    for (size_t i = 0; ctx->baits != NULL && i < ctx->baits->n; i++) {
        struct str bait = ctx->baits->at[i].text;
        size_t found = str_find(text, bait, *at);

        if (found == STR_NOT_FOUND ||
            (best != STR_NOT_FOUND && found >= best &&
             (found > best || found + bait.n <= *end)))
            continue;
        best = found;
        *end = found + bait.n;
    }
    if (best == STR_NOT_FOUND)
        return false;
    *at = best;
    return true;
}

struct str baits_out(const struct page_context *ctx, struct str text)
{
    struct str left = text;
    size_t n = 0;

    if (text.n > LONGEST_TEXT)
        return text;
    for (size_t at = 0, end = 0; bait_next(ctx, left, &at, &end);) {
        if (!bait_is_apart(left, at, end - at) || n++ == MOST_BAITS)
            return text;
        left = arena_cat(ctx->a, str_slice(left, 0, at), str_from(left, end),
                         STR_NONE);
    }
    return left;
}
