/*
 * Most characters of our texts fold by themselves: ASCII by case, Han by the
 * table of simplified forms, kana and common marks not at all.  Only the others
 * go through utf8proc (NFKC, case), in stretches that take one plain character
 * with them on each side, since a combining mark composes with what stands
 * before it.
 */
#include "text/fold.h"

#include <string.h>
#include <utf8proc.h>

#include "base/arena.h"
#include "base/block.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"

/* ---- Han ----------------------------------------------------------------- */

#define HAN_FROM 0x3400u
#define HAN_TO   0x9FFFu
#define IS_WIDE  1 /* the simplified form is in the other table */

/* 0: the character has no other form. */
static const uint16_t simplified[HAN_TO - HAN_FROM + 1] = {
#define HAN(from, to)         [(from)-HAN_FROM] = (to),
#define HAN_TO_WIDE(from, to) [(from)-HAN_FROM] = IS_WIDE,
#define HAN_WIDE(from, to)
#include "text/han_simplified.def"
#undef HAN
#undef HAN_TO_WIDE
#undef HAN_WIDE
};

static const struct {
    uint32_t from, to;
} simplified_wide[] = {
#define HAN(from, to)
#define HAN_TO_WIDE(from, to) {from, to},
#define HAN_WIDE(from, to)    {from, to},
#include "text/han_simplified.def"
#undef HAN
#undef HAN_TO_WIDE
#undef HAN_WIDE
};

static uint32_t fold_wide_han(uint32_t c)
{
    size_t low = 0;
    size_t high = sizeof simplified_wide / sizeof simplified_wide[0];

    while (low < high) {
        size_t mid = (low + high) / 2;

        if (simplified_wide[mid].from == c)
            return simplified_wide[mid].to;
        if (simplified_wide[mid].from < c)
            low = mid + 1;
        else
            high = mid;
    }
    return c;
}

uint32_t fold_han(uint32_t c)
{
    uint32_t to;

    if (c < HAN_FROM)
        return c;
    if (c > HAN_TO)
        return c >= 0x20000 ? fold_wide_han(c) : c;
    to = simplified[c - HAN_FROM];
    return to == 0 ? c : to == IS_WIDE ? fold_wide_han(c) : to;
}

/* ---- plain characters ---------------------------------------------------- */

/* What C folds to when its key is one character that depends on nothing else;
 * 0 for all others. */
static uint32_t plain_fold(uint32_t c, bool fold_case)
{
    if (c >= 0xFF01 && c <= 0xFF5E)
        c -= 0xFEE0; /* full width */
    if (c < 0x80) {
        if (c <= ' ')
            return c >= '\t' && c <= '\r' ? ' ' : c;
        return fold_case && c >= 'A' && c <= 'Z' ? c | 0x20 : c;
    }
    if ((c >= HAN_FROM && c <= HAN_TO && (c <= 0x4DBF || c >= 0x4E00)) ||
        (c >= 0x20000 && c <= 0x2A6DF))
        return fold_han(c);
    if ((c >= 0x3041 && c <= 0x3096) || (c >= 0x30A1 && c <= 0x30FE) ||
        (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0x3001 && c <= 0x3020) ||
        (c >= 0x2018 && c <= 0x201F) || c == 0x2013 || c == 0x2014)
        return c;
    if ((c >= 0xE0 && c <= 0xFE) || (c >= 0x430 && c <= 0x44F))
        return c;
    if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x410 && c <= 0x42F))
        return fold_case ? c + 32 : c;
    return 0;
}

/* Joins the character before it in normal form. */
static bool is_joining(uint32_t c)
{
    utf8proc_category_t k;

    if (c < 0x300 || (c >= HAN_FROM && c <= 0xA66E) ||
        (c >= 0xAC00 && c <= 0xD7A3))
        return false;
    if ((c >= 0x1160 && c <= 0x11FF) || (c >= 0xFF9E && c <= 0xFFDC))
        return true;
    k = utf8proc_category((utf8proc_int32_t)c);
    return k >= UTF8PROC_CATEGORY_MN && k <= UTF8PROC_CATEGORY_ME;
}

static bool is_zero_width(uint32_t c)
{
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 ||
           c == 0xFEFF;
}

/* ---- clusters ------------------------------------------------------------ */

/* A character and what joins it; more marks than this on one letter are no
 * text, and sorting them takes quadratic time. */
#define CLUSTER_MAX 32
/* No character has a longer compatibility form (U+FDFA). */
#define FORM_MAX 18

/* C may be the first byte of what joins: of U+4000 to U+9FFF nothing does. */
static bool may_join(char c)
{
    unsigned char byte = (unsigned char)c;

    return byte >= 0xCC && (byte < 0xE4 || byte > 0xE9);
}

static size_t cluster_end(struct str s, size_t at)
{
    size_t n = 0, next = at;

    utf8_next(s, &next);
    while (next < s.n && n++ < CLUSTER_MAX - 1) {
        size_t after = next;

        if (!may_join(s.p[next]) || !is_joining(utf8_next(s, &after)))
            break;
        next = after;
    }
    return next;
}

static void fold_cluster(struct str cluster, bool fold_case, struct buf *out)
{
    utf8proc_int32_t points[CLUSTER_MAX * FORM_MAX];
    utf8proc_option_t options =
        UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_IGNORE;
    utf8proc_ssize_t n;

    if (fold_case)
        options |= UTF8PROC_CASEFOLD;
    n = utf8proc_decompose((const utf8proc_uint8_t *)cluster.p,
                           (utf8proc_ssize_t)cluster.n, points,
                           CLUSTER_MAX * FORM_MAX, options);
    if (n > 0 && n <= CLUSTER_MAX * FORM_MAX)
        n = utf8proc_normalize_utf32(points, n, options);
    for (utf8proc_ssize_t i = 0; i < n && n <= CLUSTER_MAX * FORM_MAX; i++) {
        uint32_t c = (uint32_t)points[i];

        buf_add_utf8(out, is_blank(c) ? ' ' : fold_han(c));
    }
}

/* ---- keys ---------------------------------------------------------------- */

static void mark(struct arena *a, struct folded *f, size_t key, size_t source)
{
    const struct fold_mark *last = f->n == 0 ? NULL : &f->at[f->n - 1];

    if (last != NULL && key - last->key == source - last->source)
        return;
    *vec_add(a, f) = (struct fold_mark){key, source};
}

static block is_not_printable(block c)
{
    return (block)((block)(c - ' ') > '~' - ' ');
}

/* Where the printable ASCII from I on ends; what a mark may join is left out. */
static inline size_t ascii_end(struct str s, size_t i)
{
    size_t end;

    if (i < s.n && (unsigned char)s.p[i] >= 0x80)
        return i;
    end = block_find(s, i, is_not_printable);
    return end > i && end < s.n && may_join(s.p[end]) ? end - 1 : end;
}

/* ASCII to small letters. */
static void put_lower(char *to, struct str s)
{
    size_t i = 0;

    for (; s.n - i >= sizeof(block); i += sizeof(block)) {
        block c = block_load(s.p + i);

        c |= (block)((block)(c - 'A') < 26) & 0x20;
        memcpy(to + i, &c, sizeof c);
    }
    for (; i < s.n; i++)
        to[i] = to_lower(s.p[i]);
}

static void add_ascii(struct buf *b, struct str s, bool fold_case)
{
    char *to = buf_room(b, s.n);

    if (to == NULL)
        return;
    if (fold_case)
        put_lower(to, s);
    else
        memcpy(to, s.p, s.n);
    b->n += s.n;
}

/* Folds the character at byte AT and what joins it; the byte behind. */
static size_t fold_next(struct str s, size_t at, bool fold_case, struct buf *b)
{
    size_t next = at, end;
    uint32_t c = utf8_next(s, &next), plain;

    if (is_zero_width(c))
        return next;
    plain = is_blank(c) ? ' ' : plain_fold(c, fold_case);
    end = next < s.n && !may_join(s.p[next]) ? next : cluster_end(s, at);
    if (plain != 0 && end == next)
        buf_add_utf8(b, plain);
    else
        fold_cluster(str_slice(s, at, end), fold_case, b);
    return end;
}

/* Where the characters beyond ASCII from byte AT on end that are their own fold and
 * that nothing joins: most of Han and kana.  LETTERS: and that are such. */
static size_t same_end(struct str s, size_t at, bool fold_case, bool letters)
{
    size_t end = at, next = at;

    while (next < s.n && (unsigned char)s.p[next] >= 0x80) {
        uint32_t c = utf8_next(s, &next);

        if (plain_fold(c, fold_case) != c ||
            (letters && char_kind(c) == CHAR_OTHER) ||
            (next < s.n && may_join(s.p[next])))
            break;
        end = next;
    }
    return end;
}

void fold_marked(struct arena *a, struct str s, bool fold_case,
                 struct folded *out)
{
    struct buf b;

    *out = (struct folded){.source_n = s.n};
    buf_init(&b, BUF_MAX);
    (void)buf_room(&b, s.n);
    for (size_t i = 0; i < s.n;) {
        size_t at = i, key = b.n, end = ascii_end(s, i);

        if (end > at) {
            mark(a, out, key, at);
            add_ascii(&b, str_slice(s, at, end), fold_case);
            i = end;
            continue;
        }
        end = same_end(s, at, fold_case, false);
        if (end > at) {
            mark(a, out, key, at);
            buf_add_str(&b, str_slice(s, at, end));
            i = end;
            continue;
        }
        if (!is_zero_width(utf8_next(s, &i)))
            mark(a, out, key, at);
        i = fold_next(s, at, fold_case, &b);
    }
    out->key = buf_keep(&b, a);
    buf_done(&b);
}

/* Most words that are folded one by one are ASCII. */
static struct str fold_ascii(struct arena *a, struct str s)
{
    char *to = arena_alloc(a, s.n + 1);

    put_lower(to, s);
    to[s.n] = '\0';
    return str_of(to, s.n);
}

struct str fold_key(struct arena *a, struct str s)
{
    struct folded f;

    if (ascii_end(s, 0) == s.n)
        return fold_ascii(a, s);
    fold_marked(a, s, true, &f);
    return f.key;
}

struct str fold_width(struct arena *a, struct str s)
{
    struct folded f;

    if (ascii_end(s, 0) == s.n)
        return arena_str(a, s);
    fold_marked(a, s, false, &f);
    return f.key;
}

size_t fold_source(const struct folded *f, size_t offset)
{
    size_t low = 0, high = f->n;

    if (offset >= f->key.n)
        return f->source_n;
    while (low < high) {
        size_t mid = (low + high) / 2;

        if (f->at[mid].key <= offset)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == 0)
        return 0;
    /* Inside a cluster that grew, the place is that of its end. */
    offset = f->at[low - 1].source + (offset - f->at[low - 1].key);
    if (low < f->n && offset > f->at[low].source)
        offset = f->at[low].source;
    return offset < f->source_n ? offset : f->source_n;
}

/* ---- kinds of characters ------------------------------------------------- */

enum char_kind char_kind(uint32_t c)
{
    utf8proc_category_t k;

    if (c < 0x80)
        return is_digit((char)c)   ? CHAR_DIGIT
               : is_alpha((char)c) ? CHAR_LETTER
                                   : CHAR_OTHER;
    if (c >= HAN_FROM && c <= HAN_TO)
        return c <= 0x4DBF || c >= 0x4E00 ? CHAR_LETTER : CHAR_OTHER;
    k = utf8proc_category((utf8proc_int32_t)c);
    if (k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_ME)
        return CHAR_LETTER;
    return k >= UTF8PROC_CATEGORY_ND && k <= UTF8PROC_CATEGORY_NO ? CHAR_DIGIT
                                                                  : CHAR_OTHER;
}

bool is_capital(uint32_t c)
{
    utf8proc_category_t k;

    if (c < 0x80)
        return c >= 'A' && c <= 'Z';
    k = utf8proc_category((utf8proc_int32_t)c);
    return k == UTF8PROC_CATEGORY_LU || k == UTF8PROC_CATEGORY_LT;
}

static block is_no_letter(block c)
{
    return (block)~block_alnum(c);
}

/* The letters and digits of ASCII S, a word at a time: of a block all is written,
 * and what stands behind the word is written over. */
static void add_ascii_letters(struct buf *b, struct str s)
{
    char *to = buf_room(b, s.n + sizeof(block));
    size_t n = 0, i = 0;

    if (to == NULL)
        return;
    while (s.n - i >= sizeof(block)) {
        /* Digits have the bit that small letters have. */
        block c = block_load(s.p + i), small = c | 0x20;
        size_t word = block_first(is_no_letter(c));

        memcpy(to + n, &small, sizeof small);
        n += word;
        i += word + (word < sizeof small);
    }
    for (; i < s.n; i++) {
        to[n] = (char)(s.p[i] | 0x20);
        n += is_alnum(s.p[i]);
    }
    b->n += n;
}

/* The character that ends at byte NEXT, C, if nothing can join it and it has a
 * plain form; false for all others. */
static bool add_plain_letter(struct buf *b, struct str s, size_t next,
                             uint32_t c)
{
    uint32_t plain = plain_fold(c, true);

    if (plain == 0 || (next < s.n && may_join(s.p[next])))
        return false;
    if (char_kind(plain) != CHAR_OTHER)
        buf_add_utf8(b, plain);
    return true;
}

/* What was added behind byte FROM, without what is no letter. */
static void keep_letters(struct buf *b, size_t from)
{
    struct str s = str_slice(buf_str(b), 0, b->n);
    size_t n = from;

    for (size_t i = from; i < s.n;) {
        size_t at = i;

        if (char_kind(utf8_next(s, &i)) == CHAR_OTHER)
            continue;
        memmove(b->p + n, s.p + at, i - at);
        n += i - at;
    }
    b->n = n;
}

struct str fold_letters(struct arena *a, struct str s)
{
    struct str letters;
    struct buf b;

    buf_init(&b, BUF_MAX);
    (void)buf_room(&b, s.n + sizeof(block));
    for (size_t i = 0; i < s.n;) {
        size_t end = ascii_end(s, i), from = b.n, next = i;
        uint32_t c;

        if (end > i) {
            add_ascii_letters(&b, str_slice(s, i, end));
            i = end;
            continue;
        }
        end = same_end(s, i, true, true);
        if (end > i) {
            buf_add_str(&b, str_slice(s, i, end));
            i = end;
            continue;
        }
        c = utf8_next(s, &next);
        if (add_plain_letter(&b, s, next, c)) {
            i = next;
            continue;
        }
        i = fold_next(s, i, true, &b);
        keep_letters(&b, from);
    }
    letters = buf_keep(&b, a);
    buf_done(&b);
    return letters;
}
