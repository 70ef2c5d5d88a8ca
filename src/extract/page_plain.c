/*
 * Plain-text pages.
 *
 * Lines are paragraphs, unless the text is wrapped: when most lines that are
 * followed by another one without a gap are about as long as the longest, the
 * line break is only the edge of a sheet, and lines are joined.  From there on
 * page_trim.c finds the body; here its headings are marked.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "extract/blocks.h"
#include "extract/page_trim.h"

/* ---- lines ---- */

struct line {
    struct str text; /* trimmed, blanks as they stand */
    uint32_t number, blank_before;
    uint32_t weight;
    uint8_t heading; /* # of Markdown, or underlined */
    bool is_indented;
};

struct lines {
    struct line *at;
    size_t n, cap;
};

#define MOST_LINES 60000

static bool next_line(struct str text, size_t *at, struct str *out)
{
    size_t from = *at, i = *at;

    if (from >= text.n)
        return false;
    while (i < text.n && text.p[i] != '\n' && text.p[i] != '\r')
        i++;
    *out = str_slice(text, from, i);
    if (i < text.n && text.p[i] == '\r' && i + 1 < text.n &&
        text.p[i + 1] == '\n')
        i++;
    *at = i + 1;
    return true;
}

/* Only marks: a rule, or what underlines a heading. */
static bool is_rule(const struct text_shape *s)
{
    return s->letters == 0 && s->digits == 0;
}

static void read_lines(struct arena *a, struct str text, struct lines *out)
{
    uint32_t number = 0, blank = 0;
    struct str raw;

    for (size_t at = 0; next_line(text, &at, &raw) && out->n < MOST_LINES;) {
        struct str s = str_trim_wide(raw);
        struct text_shape shape;
        struct line *line;

        number++;
        if (s.n == 0) {
            blank++;
            continue;
        }
        text_shape(s, &shape);
        if (is_rule(&shape)) {
            if (blank == 0 && out->n > 0 && s.n >= 3 &&
                (s.p[0] == '=' || s.p[0] == '-'))
                out->at[out->n - 1].heading = s.p[0] == '=' ? 1 : 2;
            blank += 2;
            continue;
        }
        line = vec_add(a, out);
        line->text = s;
        line->number = number;
        line->blank_before = blank;
        line->weight = shape_weight(&shape);
        line->is_indented = s.p > raw.p;
        blank = 0;
    }
}

/* True if line I goes on in line I + 1 when the text is wrapped. */
static bool is_followed(const struct lines *ls, size_t i)
{
    return i + 1 < ls->n && ls->at[i + 1].blank_before == 0 &&
           !ls->at[i + 1].is_indented;
}

/*
 * Wrapped text: of the lines that another follows at once, most are nearly as
 * wide as the widest such line, and that is no wider than a sheet.  Addresses,
 * verses and lists fail this, for their lines differ.
 */
static bool is_wrapped(const struct lines *ls)
{
    uint32_t widest = 0;
    size_t followed = 0, full = 0;

    for (size_t i = 0; i < ls->n; i++)
        if (is_followed(ls, i) && ls->at[i].weight > widest)
            widest = ls->at[i].weight;
    if (widest < 50 || widest > 140)
        return false;
    for (size_t i = 0; i < ls->n; i++) {
        if (!is_followed(ls, i))
            continue;
        followed++;
        full += ls->at[i].weight * 4 >= widest * 3;
    }
    return followed >= 4 && full * 10 >= followed * 8 && followed * 2 >= ls->n;
}

/* Adds S to B with white space runs made one blank; between CJK letters a
 * line's edge is nothing. */
static void add_squeezed(struct buf *b, struct str s)
{
    bool blank = false;

    for (size_t i = 0; i < s.n;) {
        size_t from = i;
        uint32_t c = utf8_next(s, &i);

        if (c == 0xFEFF || (c >= 0x200B && c <= 0x200F))
            continue;
        if (is_blank(c)) {
            blank = true;
            continue;
        }
        if (blank && b->n > 0)
            buf_add_char(b, ' ');
        blank = false;
        buf_add_str(b, str_slice(s, from, i));
    }
}

static bool ends_in_cjk(struct str s)
{
    size_t i = s.n;

    return s.n > 0 && utf8_prev(s, &i) >= 0x2E80;
}

/* "## Words" is a heading of Markdown; *TEXT becomes the words. */
static uint8_t markdown_heading(struct str *text)
{
    uint8_t level = 0;

    while (level < text->n && level < 6 && text->p[level] == '#')
        level++;
    if (level == 0 || level >= text->n || text->p[level] != ' ')
        return 0;
    *text = str_trim_wide(str_from(*text, level));
    return level;
}

void blocks_of_text(struct page_context *ctx, struct str text)
{
    struct lines ls = {0};
    VEC(struct block) out = {0};
    struct buf b;
    bool wrapped;

    read_lines(ctx->a, text, &ls);
    if (ls.n == MOST_LINES)
        note_add(ctx->notes, ctx->a, NOTE_TOO_LARGE, "%zu lines are read",
                 ls.n);
    wrapped = is_wrapped(&ls);
    buf_init(&b, BUF_MAX);
    for (size_t i = 0; i < ls.n; i++) {
        const struct line *line = &ls.at[i];
        struct str words = line->text;
        struct block *block = vec_add(ctx->a, &out);

        block->heading = markdown_heading(&words);
        if (block->heading == 0)
            block->heading = line->heading;
        block->line = line->number;
        block->blank_before = line->blank_before;
        block->is_indented = line->is_indented;
        buf_reset(&b);
        add_squeezed(&b, words);
        while (wrapped && block->heading == 0 && is_followed(&ls, i) &&
               ls.at[i + 1].heading == 0) {
            i++;
            if (!ends_in_cjk(buf_str(&b)))
                buf_add_char(&b, ' ');
            add_squeezed(&b, ls.at[i].text);
        }
        block->text = buf_keep(&b, ctx->a);
        block_measure(ctx->a, block);
    }
    buf_done(&b);
    ctx->blocks = (struct blocks){.at = out.at, .n = out.n};
}

/* ---- headings ---- */

/* 一、 (二) 3. IV. Chapter numbers before a heading. */
static bool is_numbered(struct str s)
{
    static const struct str han = STR_INIT("一二三四五六七八九十");
    size_t i = 0, digits = 0;
    uint32_t c = utf8_next(s, &i);
    bool open = c == '(' || c == 0xFF08 || c == 0x7B2C;

    if (open && i < s.n)
        c = utf8_next(s, &i);
    while (i < s.n && digits < 4) {
        char utf8[4];
        size_t n = utf8_put(utf8, c);

        if (c != '\0' &&
            (is_digit((char)(c < 0x80 ? c : 'x')) ||
             str_has(han, str_of(utf8, n)) || c == 'I' || c == 'V' || c == 'X'))
            digits++;
        else
            break;
        c = utf8_next(s, &i);
    }
    return digits > 0 && (c == 0x3001 || c == '.' || c == ')' || c == 0xFF09 ||
                          c == 0xFF0E || c == 0x7AE0 || c == 0x8282);
}

static bool is_heading(const struct blocks *bs, size_t i, bool indented)
{
    const struct block *b = &bs->at[i];
    const struct text_shape *s = &b->shape;

    if (b->heading > 0)
        return true;
    if (shape_weight(s) > 110 || s->end == END_CONTINUES || s->sentences > 1 ||
        b->frame.frame == FRAME_CAPTION || i + 1 >= bs->n)
        return false;
    if (is_numbered(b->text))
        return s->end == END_OPEN;
    if (indented && !b->is_indented)
        return true;
    return s->end == END_OPEN && s->commas == 0 && shape_weight(s) <= 70 &&
           !s->opens_quote && b->blank_before > 0 &&
           bs->at[i + 1].blank_before > 0 && block_is_prose(&bs->at[i + 1]) &&
           i > 0 && block_is_prose(&bs->at[i - 1]);
}

static void mark_headings(struct blocks *bs, const struct article_span *span)
{
    size_t prose = 0, indented = 0, last = span->body_end;

    for (size_t i = span->body_first; i < span->body_end; i++) {
        if (bs->at[i].role != ROLE_BODY)
            continue;
        if (block_is_prose(&bs->at[i])) {
            prose++;
            indented += bs->at[i].is_indented;
        }
        last = i;
    }
    for (size_t i = span->body_first; i < last; i++)
        if (bs->at[i].role == ROLE_BODY &&
            is_heading(bs, i, prose >= 3 && indented * 10 >= prose * 7))
            bs->at[i].role = ROLE_HEADING;
}

void plain_trim(struct page_context *ctx, struct article_span *span)
{
    span_trim(ctx, span);
    mark_headings(&ctx->blocks, span);
}

void plain_body(struct page_context *ctx, const struct article_span *span,
                struct draft_body *out)
{
    size_t most = span->body_end - span->body_first, n = 0;
    unsigned char *levels = arena_alloc(ctx->a, most + 1);
    struct buf b;

    buf_init(&b, BUF_MAX);
    for (size_t i = span->body_first; i < span->body_end; i++) {
        const struct block *block = &ctx->blocks.at[i];

        if (block->role != ROLE_BODY && block->role != ROLE_HEADING)
            continue;
        if (n > 0)
            buf_add_str(&b, STR("\n\n"));
        if (block->role == ROLE_HEADING)
            levels[n] = block->heading >= 3 ? 3 : 2;
        n++;
        buf_add_str(&b, block->text);
    }
    out->text = buf_keep(&b, ctx->a);
    buf_done(&b);
    if (n == 0)
        return;
    out->kind = BODY_PLAIN;
    out->paragraph_heading = levels;
    out->n_paragraphs = n;
}
