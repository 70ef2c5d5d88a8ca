/*
 * A block as a line for line_read.  What readers see as two words may touch in the
 * text, since only a style sheet keeps their elements apart; and the value of a
 * label may be the next element or the next block.
 */
#include "extract/fields.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "extract/page_marks.h"
#include "extract/page_meta.h"

#define LINE_CHARS   160 /* longer blocks are no bylines */
#define LABEL_CHARS  20
#define PIECES_MAX   32
#define PREFIX_BYTES 4 /* "Mc" and "O" are of the name behind them */

/* "作者" becomes "作者: " if that is a label and nothing else.  "编辑" is a tool of
 * the page as well. */
static bool mark_label(struct page_context *ctx, struct str text,
                       struct str *marked, enum label_field *field)
{
    struct label_hit hit;

    if (utf8_chars(text) > LABEL_CHARS)
        return false;
    *marked = arena_cat(ctx->a, text, STR(": "));
    if (!label_at(ctx->meta->labels, *marked, 0, EDGE_START, &hit) ||
        hit.word_end != text.n || !hit.has_separator)
        return false;
    *field = (enum label_field)hit.field;
    return *field != LABEL_EDITOR;
}

static bool is_letter(uint32_t c)
{
    return is_word_char(c) || is_cjk(c);
}

/* "1307" is of what stands beside it, "09:18" a word for itself. */
static bool is_number(struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (!is_digit(text.p[i]) && text.p[i] != ',')
            return false;
    return true;
}

/* "Roe" and "Published": a word ends, and another begins with a capital. */
static bool is_change_of_case(uint32_t a, uint32_t b)
{
    return label_fold(b) != b && is_word_char(a) && label_fold(a) == a;
}

static bool is_figure(uint32_t c)
{
    return c < 0x80 && is_digit((char)c);
}

/* "Roe" and "3/4/2025", "3/4/2025" and "Roe", "3/4/2025" and "5 min". */
static bool is_at_figure(uint32_t a, uint32_t b)
{
    return is_figure(b) || (is_figure(a) && label_fold(b) != b);
}

/* Whether the texts of two elements touch though they are two words.  Scripts
 * with blanks have parts of words in elements, and blanks between words, but no
 * capital inside a word of some length. */
static bool is_drawn_gap(struct str left, struct str right)
{
    size_t end = left.n;
    uint32_t a = utf8_prev(left, &end), b = utf8_next(right, &(size_t){0});

    if (!is_letter(a) || !is_letter(b) || is_number(left) || is_number(right))
        return false;
    return is_cjk(a) || is_cjk(b) ||
           (left.n >= PREFIX_BYTES &&
            (is_change_of_case(a, b) || is_at_figure(a, b)));
}

/* Whether RAW begins, or ends, with a blank. */
static bool has_blank(struct str raw, bool at_end)
{
    return is_blank(at_end ? utf8_prev(raw, &(size_t){raw.n})
                           : utf8_next(raw, &(size_t){0}));
}

/* The text of B, its elements kept apart. */
static struct str line_of_block(struct page_context *ctx, const struct block *b)
{
    struct str out[2 * PIECES_MAX], last = STR_NONE, marked;
    enum label_field field;
    size_t n = 0;
    bool is_apart = false, blank = false;

    if (ctx->tree == NULL || b->end < b->first + 3 || b->chars > LINE_CHARS)
        return b->text;
    for (uint32_t i = b->first; i < b->end; i++) {
        struct str raw = ctx->tree->nodes[i].text, text;

        if (ctx->tree->nodes[i].tag != TAG_TEXT || ctx->marks[i].is_silent ||
            raw.n == 0)
            continue;
        text = arena_line(ctx->a, raw);
        if (n + 2 > 2 * PIECES_MAX)
            return b->text;
        blank = blank || has_blank(raw, false);
        if (n > 0 && text.n > 0) {
            bool is_label = is_letter(utf8_next(text, &(size_t){0})) &&
                            mark_label(ctx, last, &marked, &field);
            bool is_gap = is_label || (!blank && is_drawn_gap(last, text));

            out[n++] = is_label ? STR(": ")
                       : is_gap ? STR("  ")
                       : blank  ? STR(" ")
                                : STR_NONE;
            is_apart = is_apart || is_gap;
        }
        if (text.n > 0) {
            out[n++] = last = text;
            blank = false;
        }
        blank = blank || has_blank(raw, true);
    }
    return is_apart ? arena_join(ctx->a, out, n) : b->text;
}

/* A cell of a table, a term or a heading, whose value is what comes next. */
static bool is_caption(const struct block *b)
{
    return b->tag == TAG_TD || b->tag == TAG_TH || b->tag == TAG_DT ||
           b->heading > 1;
}

struct str line_with_next(struct page_context *ctx, size_t i)
{
    const struct blocks *b = &ctx->blocks;
    struct str line = line_of_block(ctx, &b->at[i]), next, marked;
    struct label_hit hit;
    enum label_field field;

    if (b->at[i].chars > LABEL_CHARS || i + 1 >= b->n ||
        b->at[i + 1].is_hidden || b->at[i + 1].chars > 80)
        return line;
    next = b->at[i + 1].text;
    if (str_has(next, STR("，")) || str_has(next, STR("。")))
        return line;
    if (label_at(ctx->meta->labels, line, 0, EDGE_START, &hit) &&
        hit.end >= line.n)
        return arena_cat(ctx->a, line, STR(" "), next);
    /* In any line a label is for a person's name behind it. */
    return mark_label(ctx, line, &marked, &field) &&
                   (is_caption(&b->at[i]) ||
                    ((field == LABEL_AUTHOR || field == LABEL_CREDIT) &&
                     name_is_person(next)))
               ? arena_cat(ctx->a, marked, next)
               : line;
}
