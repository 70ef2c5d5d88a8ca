/*
 * A text is folded once and tidied in the same order (struct tidier), so that
 * looking up a term is a search for bytes: the first part is found, its left
 * edge tested, the other parts compared across gaps, the right edge tested.
 * What is left out or shortened is remembered in marks, which lead back to the
 * source.
 *
 * Most terms of a rule stand in few texts.  Before a search, a bit set of the
 * pairs of neighbouring characters in the text (by hash) is asked for each pair
 * of the term; a missing one settles the matter without reading the text.
 */
#include "judge/match_text.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"

/* ---- characters ---------------------------------------------------------- */

static bool is_hyphen(uint32_t c)
{
    return c == '-' || (c >= 0x2010 && c <= 0x2013);
}

static bool is_sign(uint32_t c)
{
    return c == '+' || c == '#';
}

/* A letter or digit that must not touch another one. */
static bool is_word(uint32_t c)
{
    return !is_cjk(c) && char_kind(c) != CHAR_OTHER;
}

static bool is_word_letter(uint32_t c)
{
    return !is_cjk(c) && char_kind(c) == CHAR_LETTER;
}

static bool is_digit_char(uint32_t c)
{
    return char_kind(c) == CHAR_DIGIT;
}

/* ---- making ready -------------------------------------------------------- */

struct tidier {
    struct arena *a;
    struct match_text *out;
    struct buf b;
    struct str source;
    uint32_t last;    /* character written last; 0 at the beginning */
    bool blank;       /* blanks wait to be written */
    size_t blank_at;  /* where in the source they begin */
    bool in_hash_tag; /* after a "#" that may have a partner */
};

static void put(struct tidier *t, uint32_t c, size_t source)
{
    struct match_text *m = t->out;
    const struct fold_mark *last = m->n == 0 ? NULL : &m->at[m->n - 1];

    if (last == NULL || t->b.n - last->key != source - last->source)
        *vec_add(t->a, m) = (struct fold_mark){t->b.n, source};
    buf_add_utf8(&t->b, c);
    t->last = c;
}

/* An empty line: two line ends with nothing but blanks between them. */
static bool has_empty_line(struct str blanks)
{
    size_t ends = 0;

    for (size_t i = 0; i < blanks.n; i++)
        ends += blanks.p[i] == '\n' ||
                (blanks.p[i] == '\r' &&
                 !(i + 1 < blanks.n && blanks.p[i + 1] == '\n'));
    return ends >= 2 || str_has(blanks, STR("\u2029"));
}

static void put_blank(struct tidier *t, uint32_t next, size_t source)
{
    struct str blanks = str_slice(t->source, t->blank_at, source);

    t->blank = false;
    if (t->last == 0)
        return;
    if (has_empty_line(blanks))
        put(t, '\n', t->blank_at);
    else if (!is_han(t->last) || !is_han(next))
        put(t, ' ', t->blank_at);
}

static void begin_blank(struct tidier *t, size_t source)
{
    if (!t->blank)
        t->blank_at = source;
    t->blank = true;
    t->in_hash_tag = false;
}

/* In "#AI#" the second sign closes what the first opened; it does not belong to
 * the word as in "C#". */
static bool closes_hash_tag(struct tidier *t)
{
    if (t->in_hash_tag)
        return true;
    t->in_hash_tag = t->blank || !(is_word(t->last) || is_sign(t->last));
    return false;
}

static void tidy(struct tidier *t, const struct folded *f)
{
    size_t mark = 0;

    for (size_t i = 0; i < f->key.n;) {
        size_t from = i, source;
        uint32_t c = utf8_next(f->key, &i);

        while (mark + 1 < f->n && f->at[mark + 1].key <= from)
            mark++;
        source = f->at[mark].source + (from - f->at[mark].key);
        if (c == ' ' || (c == '#' && closes_hash_tag(t))) {
            begin_blank(t, source);
            continue;
        }
        if (t->blank)
            put_blank(t, c, source);
        put(t, is_hyphen(c) ? '-' : c, source);
    }
}

/* ---- pairs --------------------------------------------------------------- */

#define PAIR_BITS_MAX ((size_t)1 << 18)

static size_t pair_bit(uint32_t a, uint32_t b, size_t mask)
{
    uint64_t h = ((uint64_t)a << 32 | b) * 0x9E3779B97F4A7C15u;

    return (size_t)(h >> 40) & mask;
}

static void make_pairs(struct arena *a, struct match_text *m)
{
    size_t bits = 64, wanted = m->text.n * 4;
    uint32_t last = 0;

    while (bits < wanted && bits < PAIR_BITS_MAX)
        bits *= 2;
    m->pair_mask = bits - 1;
    m->pairs = arena_array(a, bits / 64, sizeof *m->pairs);
    for (size_t i = 0; i < m->text.n;) {
        uint32_t c = utf8_next(m->text, &i);
        size_t bit = pair_bit(last, c, m->pair_mask);

        m->pairs[bit / 64] |= (uint64_t)1 << bit % 64;
        last = c;
    }
}

static bool may_have(const struct match_text *m, struct str part)
{
    uint32_t last = 0;

    for (size_t i = 0; i < part.n;) {
        uint32_t c = utf8_next(part, &i);
        size_t bit = pair_bit(last, c, m->pair_mask);

        if (last != 0 && !(m->pairs[bit / 64] >> bit % 64 & 1))
            return false;
        last = c;
    }
    return true;
}

void match_text_make(struct arena *a, struct str source, bool fold_case,
                     struct match_text *out)
{
    struct tidier t = {.a = a, .out = out, .source = source};
    struct folded f;

    *out = (struct match_text){.source_n = source.n};
    fold_marked(a, source, fold_case, &f);
    buf_init(&t.b, BUF_MAX);
    tidy(&t, &f);
    out->text = buf_keep(&t.b, a);
    buf_done(&t.b);
    make_pairs(a, out);
}

static size_t source_of(const struct match_text *t, size_t at)
{
    struct folded f = {
        .key = t->text, .at = t->at, .n = t->n, .source_n = t->source_n};

    return fold_source(&f, at);
}

/* ---- patterns ------------------------------------------------------------ */

/* The run of blanks and hyphens at AT, if there is a blank in it. */
static size_t gap_length(struct str s, size_t at)
{
    size_t end = at;
    bool blank = false;

    for (; end < s.n && (s.p[end] == ' ' || s.p[end] == '-'); end++)
        blank = blank || s.p[end] == ' ';
    return blank ? end - at : 0;
}

bool pattern_make(struct arena *a, struct str term, bool fold_case,
                  struct pattern *out)
{
    struct match_text m;
    VEC(struct str) parts = {0};
    bool has_word = false;
    size_t from = 0, at = 0;

    match_text_make(a, term, fold_case, &m);
    for (size_t i = 0; i < m.text.n;)
        has_word = char_kind(utf8_next(m.text, &i)) != CHAR_OTHER || has_word;
    if (!has_word || str_find_char(m.text, '\n', 0) != STR_NOT_FOUND)
        return false;
    while (at < m.text.n) {
        size_t gap = gap_length(m.text, at);

        if (gap == 0) {
            at++;
            continue;
        }
        if (at > from)
            *vec_add(a, &parts) = str_slice(m.text, from, at);
        from = at += gap;
    }
    if (at > from)
        *vec_add(a, &parts) = str_slice(m.text, from, at);
    *out = (struct pattern){.parts = parts.at, .n_parts = parts.n};
    return true;
}

/* ---- looking up ---------------------------------------------------------- */

static uint32_t char_before(struct str s, size_t *at)
{
    return *at == 0 ? '\n' : utf8_prev(s, at);
}

static uint32_t char_after(struct str s, size_t *at)
{
    return *at >= s.n ? '\n' : utf8_next(s, at);
}

static bool is_point(uint32_t c)
{
    return c == '.' || c == ',';
}

static bool left_is_free(struct str s, size_t at)
{
    size_t right = at;
    uint32_t first = char_after(s, &right), before = char_before(s, &at);

    if (!is_word(first))
        return true;
    if (is_word(before))
        return false;
    return !(is_digit_char(first) && is_point(before) &&
             is_digit_char(char_before(s, &at)));
}

static bool right_is_free(struct str s, size_t end)
{
    size_t left = end;
    uint32_t last = char_before(s, &left), after = char_after(s, &end);

    if (is_sign(last))
        return !is_sign(after);
    if (!is_word(last))
        return true;
    if (is_word(after) || (is_word_letter(last) && is_sign(after)))
        return false;
    return !(is_digit_char(last) && is_point(after) &&
             is_digit_char(char_after(s, &end)));
}

static bool ends_paragraph(struct str s, size_t at)
{
    return at == s.n || s.p[at] == '\n';
}

/* Where the match that begins at AT ends, or STR_NOT_FOUND. */
static size_t match_end(struct str s, const struct pattern *p, size_t at)
{
    if (p->whole && at > 0 && s.p[at - 1] != '\n')
        return STR_NOT_FOUND;
    if (!left_is_free(s, at))
        return STR_NOT_FOUND;
    for (size_t i = 0; i < p->n_parts; i++) {
        size_t gap = 0;

        while (i > 0 && at + gap < s.n &&
               (s.p[at + gap] == ' ' || s.p[at + gap] == '-'))
            gap++;
        if ((i > 0 && gap == 0) ||
            !str_starts(str_from(s, at + gap), p->parts[i]))
            return STR_NOT_FOUND;
        at += gap + p->parts[i].n;
    }
    if (p->prefix)
        return at;
    if (p->whole ? !ends_paragraph(s, at) : !right_is_free(s, at))
        return STR_NOT_FOUND;
    return at;
}

bool match_text_find(const struct match_text *t, const struct pattern *p,
                     size_t *at, size_t *n)
{
    struct str s = t->text;
    size_t from = 0, end;

    for (size_t i = 0; i < p->n_parts; i++)
        if (!may_have(t, p->parts[i]))
            return false;
    while ((from = str_find(s, p->parts[0], from)) != STR_NOT_FOUND) {
        end = match_end(s, p, from);
        if (end != STR_NOT_FOUND) {
            *at = source_of(t, from);
            *n = source_of(t, end) - *at;
            return true;
        }
        from++;
    }
    return false;
}
