/*
 * How labels are recognised.  The rows of byline_labels.def hang in short chains by
 * their first two code points, folded.  A row is compared code point by code point:
 * case and width do not count, a blank in the row stands for a run of blanks,
 * and between two Han characters of the row the page may have blanks, since
 * templates set "作　者" to make labels equally wide.
 *
 * A word alone proves little: "source" and "编辑" occur in prose.  What makes
 * it a label is a separator behind it, or its place; each row says which it
 * needs.  Rows of kind AVOID are longer words that contain a label; being
 * longer, they win, and the caller steps over them.
 */
#include "extract/page_labels.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "extract/page_names.h"

struct label {
    struct str spelling;
    uint8_t field, form;
};

static const struct label labels[] = {
#define LABEL(field, form, spelling)                                           \
    {STR_INIT(spelling), LABEL_##field, FORM_##form},
#include "extract/byline_labels.def"
#undef LABEL
};

#define N_LABELS (sizeof labels / sizeof labels[0])
#define CHAINS   2048u

/* The first code points of a row, folded.  SECOND is 0 for rows of one; THIRD is
 * the letter of an alphabet that stands right behind SECOND, or 0. */
struct opening {
    uint32_t first, second, third;
};

struct label_index {
    uint16_t head[CHAINS]; /* row + 1; 0 ends a chain */
    uint16_t next[N_LABELS];
    struct opening opening[N_LABELS];
};

_Static_assert(N_LABELS < UINT16_MAX, "rows are counted in 16 bits");

uint32_t label_fold(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    if (c >= 0xFF01 && c <= 0xFF5E)
        return label_fold(c - 0xFEE0);
    if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) ||
        (c >= 0x410 && c <= 0x42F))
        return c + 32;
    if (c >= 0x400 && c <= 0x40F)
        return c + 80;
    if (c == 0x130)
        return 'i';
    if ((c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177))
        return c | 1;
    if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E))
        return c % 2 == 1 ? c + 1 : c;
    return c;
}

bool is_word_char(uint32_t c)
{
    if (c < 0x80)
        return is_alnum((char)c);
    return !is_blank(c) && !is_cjk(c) && c >= 0xAA && c != 0xAB && c != 0xB7 &&
           c != 0xBB && c != 0xD7 && c != 0xF7 &&
           !(c >= 0x2000 && c < 0x2C00) && c < 0x3000;
}

static uint32_t chain_of(uint32_t first, uint32_t second)
{
    return ((first * 31 + second) * 2654435761u) >> 21;
}

const struct label_index *label_index_new(struct arena *a)
{
    struct label_index *x = arena_make(a, struct label_index);

    for (size_t i = 0; i < N_LABELS; i++) {
        struct str s = labels[i].spelling;
        size_t at = 0;
        struct opening *o = &x->opening[i];
        uint32_t chain;

        o->first = utf8_next(s, &at);
        o->second = at < s.n ? utf8_next(s, &at) : 0;
        o->third = at < s.n && is_alpha(s.p[at]) ? utf8_next(s, &at) : 0;
        chain = chain_of(o->first, o->second);
        x->next[i] = x->head[chain];
        x->head[chain] = (uint16_t)(i + 1);
    }
    return x;
}

static size_t skip_blanks(struct str s, size_t at)
{
    while (at < s.n) {
        size_t next = at;

        if (!is_blank(utf8_next(s, &next)))
            break;
        at = next;
    }
    return at;
}

/* True if SPELLING stands at AT; *END is the byte behind it.  SPREAD: blanks may
 * stand between Han characters. */
static bool spelled(struct str line, size_t at, struct str spelling,
                    bool spread, size_t *end)
{
    uint32_t before = 0;
    size_t i = 0;

    while (i < spelling.n) {
        uint32_t want = utf8_next(spelling, &i);

        if (want == ' ' || (spread && is_cjk(want) && is_cjk(before))) {
            size_t behind = skip_blanks(line, at);

            if (want == ' ' && behind == at)
                return false;
            at = behind;
            before = want;
            if (want == ' ')
                continue;
        }
        if (at >= line.n || label_fold(utf8_next(line, &at)) != want)
            return false;
        before = want;
    }
    *end = at;
    return true;
}

/* Marks that stand between a label and its value; the first group also when
 * the label is a word of an alphabet. */
static bool is_separator(uint32_t c, bool is_alphabetic)
{
    switch (c) {
    case ':':
    case 0xFF1A: /* ： */
    case 0xFE55: /* ﹕ */
    case 0xFE30: /* ︰ */
    case 0x2236: /* ∶ */
    case '=':
    case 0xFF1D: /* ＝ */
    case '|':
    case 0xFF5C: /* ｜ */
        return true;
    case '/':
    case 0xFF0F: /* ／ */
    case 0x4E28: /* 丨 */
    case 0x25CF: /* ● */
    case 0x3011: /* 】, as in 【作者】 */
    case 0x30FB: /* ・, as in 文・ */
        return !is_alphabetic;
    default:
        return false;
    }
}

/* "Author - Jane Roe": a dash between blanks behind a word. */
static bool is_dash(struct str line, size_t at)
{
    size_t next = at;
    uint32_t c = utf8_next(line, &next);

    return (c == '-' || c == 0x2013 || c == 0x2014) && at > 0 &&
           line.p[at - 1] == ' ' && next < line.n && line.p[next] == ' ';
}

/* 本文来自公众号“…”: an outlet's name is quoted. */
static bool opens_name(const struct label *row, uint32_t c)
{
    return row->field == LABEL_SOURCE &&
           (c == 0x201C || c == 0x300C || c == 0x300E);
}

/* Moves *END over a separator and the blanks around it. */
static bool take_separator(const struct label *row, struct str line,
                           size_t *end, bool is_alphabetic)
{
    size_t at = skip_blanks(line, *end), next = at;
    uint32_t c = at < line.n ? utf8_next(line, &next) : 0;
    bool found = c != 0 && (is_separator(c, is_alphabetic) ||
                            (is_alphabetic && is_dash(line, at)) ||
                            (!is_alphabetic && opens_name(row, c)));

    if (found)
        at = next;
    *end = skip_blanks(line, at);
    return found;
}

static bool ends_word(struct str line, size_t at)
{
    return at >= line.n || !is_word_char(utf8_next(line, &at));
}

static bool stands_alone(struct str line, size_t end)
{
    size_t next = end;
    uint32_t c;

    if (end >= line.n)
        return true;
    c = utf8_next(line, &next);
    return is_blank(c) || (!is_word_char(c) && !is_cjk(c));
}

/* "编辑 满江", "校对 王小明": a blank and a Han name do what a mark does. */
static bool has_name_behind(const struct label *row, struct str line,
                            const struct label_hit *hit)
{
    size_t end = hit->end;

    for (size_t next = end; next < line.n && is_han(utf8_next(line, &next));)
        end = next;
    return row->form == FORM_MARKED &&
           (row->field == LABEL_EDITOR || row->field == LABEL_CREDIT) &&
           hit->end > hit->word_end &&
           name_is_han(str_slice(line, hit->end, end));
}

/* Whether the form of ROW allows it at AT, between EDGE and what follows. */
static bool fits_here(const struct label *row, struct str line, size_t at,
                      enum label_edge edge, struct label_hit *hit)
{
    size_t first = 0;
    bool is_alphabetic = !is_cjk(utf8_next(row->spelling, &first));

    hit->field = row->field;
    hit->form = row->form;
    hit->end = hit->word_end;
    hit->has_separator = false;
    if (row->form == FORM_AFTER)
        return stands_alone(line, hit->word_end);
    if (is_alphabetic && (edge == EDGE_NONE || !ends_word(line, hit->word_end)))
        return false;
    if (row->form == FORM_ALONE)
        return edge != EDGE_NONE && stands_alone(line, hit->word_end);
    hit->has_separator = take_separator(row, line, &hit->end, is_alphabetic);
    if (row->field == LABEL_AVOID)
        return true;
    /* "文/何方 图/欧阳文": a Han label may follow a value and a blank. */
    if (hit->has_separator)
        return row->form != FORM_START || edge == EDGE_START ||
               (edge == EDGE_WORD && !is_alphabetic && at > 0 &&
                line.p[at - 1] == ' ');
    return (row->form == FORM_BARE && edge != EDGE_NONE) ||
           (row->form == FORM_LEAD && edge == EDGE_START) ||
           (!is_alphabetic && edge != EDGE_NONE &&
            has_name_behind(row, line, hit));
}

/* A place in a line where a label may begin. */
struct place {
    struct str line;
    size_t at;
    enum label_edge edge;
};

/* True if a row that begins with ROW may stand where LINE does. */
static bool may_open(const struct opening *row, const struct opening *line)
{
    return row->first == line->first && row->second == line->second &&
           (row->third == 0 || row->third == line->third);
}

/* Sets *BEST to a longer label that begins with O, or one as long with a
 * separator. */
static void try_chain(const struct label_index *x, struct opening o,
                      const struct place *p, struct label_hit *best)
{
    for (uint16_t i = x->head[chain_of(o.first, o.second)]; i != 0;
         i = x->next[i - 1]) {
        const struct label *row = &labels[i - 1];
        struct label_hit now = {.word_end = 0};

        if (may_open(&x->opening[i - 1], &o) &&
            spelled(p->line, p->at, row->spelling, row->field != LABEL_AVOID,
                    &now.word_end) &&
            now.word_end >= best->word_end &&
            fits_here(row, p->line, p->at, p->edge, &now) &&
            (now.word_end > best->word_end || now.has_separator))
            *best = now;
    }
}

bool label_at(const struct label_index *x, struct str line, size_t at,
              enum label_edge edge, struct label_hit *hit)
{
    const struct place place = {line, at, edge};
    struct label_hit best = {.word_end = 0};
    size_t next = at;
    struct opening o = {0};

    if (at >= line.n)
        return false;
    o.first = label_fold(utf8_next(line, &next));
    try_chain(x, o, &place, &best);
    if (next < line.n) {
        size_t behind = next;

        if (is_blank(utf8_next(line, &behind))) {
            behind = skip_blanks(line, behind);
            if (behind < line.n)
                o.third = label_fold(utf8_next(line, &behind));
            o.second = ' ';
            try_chain(x, o, &place, &best);
            next = is_cjk(o.first) ? skip_blanks(line, next) : line.n;
        }
    }
    if (next < line.n) {
        o.second = label_fold(utf8_next(line, &next));
        o.third = next < line.n ? label_fold(utf8_next(line, &next)) : 0;
        try_chain(x, o, &place, &best);
    }
    if (best.word_end == 0)
        return false;
    *hit = best;
    return true;
}
