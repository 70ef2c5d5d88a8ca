/*
 * Plain-text pages.
 *
 * Lines are paragraphs, unless the text is wrapped: when most lines that are
 * followed by another one without a gap are about as long as the longest, the
 * line break is only the edge of a sheet, and lines are joined.
 *
 * An article then has three parts.  The head holds its title and bylines, and
 * whatever the site put there: it ends behind the last line of facts, title or
 * chaff that comes before a tenth of the prose.  A sentence in the head belongs
 * to the article (a lead) only when the article knows its words.  The tail
 * begins at the first line of facts, frame label or reader's comment behind
 * which little prose is left.  In between, lines of facts, chaff and repeats
 * are left out one by one.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "extract/blocks.h"
#include "extract/fields.h"
#include "extract/page_words.h"

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

#define MAX_LINES 200000

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

    for (size_t at = 0; next_line(text, &at, &raw) && out->n < MAX_LINES;) {
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
        block_measure(block);
    }
    buf_done(&b);
    ctx->blocks = (struct blocks){.at = out.at, .n = out.n};
}

/* ---- head and tail ---- */

static uint32_t prose_weight(const struct block *b)
{
    if (b->role == ROLE_CHAFF || b->role == ROLE_COMMENT || b->is_hidden ||
        b->is_repeat)
        return 0;
    return block_is_prose(b) || b->shape.end != END_OPEN
               ? shape_weight(&b->shape)
               : 0;
}

static uint64_t prose_between(const struct blocks *bs, size_t from, size_t to)
{
    uint64_t sum = 0;

    for (size_t i = from; i < to; i++)
        sum += prose_weight(&bs->at[i]);
    return sum;
}

/* A line of facts and nothing else: byline, date line, credits, tags. */
static bool is_facts(struct page_context *ctx, const struct block *b)
{
    struct line_facts facts = {0};

    if (shape_weight(&b->shape) > 300)
        return false;
    return line_read(ctx, b->text, &facts) &&
           (facts.is_only_facts || facts.tags.n > 0);
}

/* Frame lines of a kind that no article goes on behind. */
static bool ends_article(const struct block *b)
{
    uint32_t weight = shape_weight(&b->shape);

    switch (b->frame.frame) {
    case FRAME_NONE:
    case FRAME_CAPTION:
    case FRAME_ADVERT:
    case FRAME_CRUMB:
    case FRAME_COUNT:
        return false;
    case FRAME_BIO:
    case FRAME_RIGHTS:
    case FRAME_SELF:
        return b->frame.is_whole || b->frame.has_colon || weight <= 120;
    default:
        return b->frame.is_whole || (b->frame.has_colon && weight <= 160);
    }
}

enum line_kind {
    LINE_TEXT,  /* belongs to the body if it lies in it */
    LINE_FACTS, /* byline, credits, tags */
    LINE_FRAME, /* label of the page's frame */
    LINE_COMMENT,
    LINE_CHAFF
};

static enum line_kind kind_of(struct page_context *ctx, const struct block *b)
{
    if (b->role == ROLE_CHAFF || b->is_hidden)
        return LINE_CHAFF;
    if (ends_article(b))
        return LINE_FRAME;
    if (is_facts(ctx, b))
        return LINE_FACTS;
    if (is_comment_head(ctx, b))
        return LINE_COMMENT;
    return LINE_TEXT;
}

/* Where the body may begin: behind the last line of the head that is no text,
 * as long as less than a tenth of the prose, or one paragraph, lies before. */
static size_t find_head_end(const struct blocks *bs,
                            const struct article_span *span,
                            const enum line_kind *kinds, uint64_t total)
{
    size_t end = span->title != NO_BLOCK ? span->title + 1 : span->first;
    uint64_t before = 0;
    size_t texts = 0;

    for (size_t i = end; i < span->end; i++) {
        const struct block *b = &bs->at[i];

        if (kinds[i - span->first] != LINE_TEXT) {
            end = i + 1;
            continue;
        }
        before += prose_weight(b);
        texts += prose_weight(b) > 0;
        if (before * 10 > total && texts > 1)
            break;
    }
    return end;
}

/* The tail begins at the first line that is no text of the article and behind
 * which less than a third of the prose is left. */
static size_t find_tail(const struct blocks *bs,
                        const struct article_span *span, size_t from,
                        const enum line_kind *kinds)
{
    uint64_t total = prose_between(bs, from, span->end), before = 0;

    for (size_t i = from; i < span->end; i++) {
        enum line_kind kind = kinds[i - span->first];

        if (kind != LINE_TEXT && kind != LINE_CHAFF && before * 3 >= total * 2)
            return i;
        before += prose_weight(&bs->at[i]);
    }
    return span->end;
}

/* A lead above the byline belongs to the article when the article speaks of
 * the same things; a teaser that breaks off does not. */
static bool is_lead(const struct block *b, const struct words *body)
{
    uint32_t n;

    return block_is_prose(b) && !str_ends(b->text, STR("...")) &&
           !str_ends(b->text, STR("…")) &&
           words_known(body, b->text, 1, &n) >= 0.5;
}

/* The line of the head whose words the body knows best is the title. */
static size_t find_title(const struct blocks *bs, size_t first, size_t end,
                         const enum line_kind *kinds, const struct words *body)
{
    size_t best = NO_BLOCK;
    double most = 0;

    for (size_t i = first; i < end; i++) {
        const struct block *b = &bs->at[i];
        uint32_t n;
        double score;

        if (kinds[i - first] == LINE_CHAFF || !shape_is_title(&b->shape) ||
            kinds[i - first] == LINE_FRAME)
            continue;
        score = words_known(body, b->text, 1, &n);
        score *= n < 12 ? n : 12;
        if (b->heading == 1)
            score += 6;
        /* Of equals the first: a title comes before its standfirst. */
        if (score > most) {
            most = score;
            best = i;
        }
    }
    return best;
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

/* ---- */

static void set_roles(struct page_context *ctx, struct article_span *span,
                      const enum line_kind *kinds, size_t head_end, size_t tail)
{
    static const uint8_t roles[] = {[LINE_TEXT] = ROLE_BODY,
                                    [LINE_FACTS] = ROLE_BYLINE,
                                    [LINE_FRAME] = ROLE_CHAFF,
                                    [LINE_COMMENT] = ROLE_COMMENT,
                                    [LINE_CHAFF] = ROLE_CHAFF};
    struct blocks *bs = &ctx->blocks;
    struct words body;
    size_t comments = 0;

    words_init(&body, ctx->a, WORDS_ALL);
    for (size_t i = head_end; i < tail; i++)
        if (kinds[i - span->first] == LINE_TEXT)
            words_add(&body, bs->at[i].text);
    if (span->title == NO_BLOCK)
        span->title = find_title(bs, span->first, head_end, kinds, &body);
    span->body_first = head_end;
    span->body_end = tail;
    for (size_t i = span->first; i < span->end; i++) {
        struct block *b = &bs->at[i];
        enum line_kind kind = kinds[i - span->first];

        b->role = roles[kind];
        if (i == span->title) {
            b->role = ROLE_TITLE;
        } else if (i < head_end && kind == LINE_TEXT) {
            b->role = ROLE_UNKNOWN;
            if (is_lead(b, &body) && span->title != NO_BLOCK &&
                i > span->title) {
                b->role = ROLE_BODY;
                if (i < span->body_first)
                    span->body_first = i;
            }
        } else if (i >= tail && kind == LINE_TEXT) {
            b->role = b->is_repeat ? ROLE_COMMENT : ROLE_UNKNOWN;
        }
        comments += b->role == ROLE_COMMENT;
    }
    if (comments > 0)
        note_add(ctx->notes, ctx->a, NOTE_COMMENTS_CUT, "%zu blocks", comments);
}

/* Lines at the end of the body that end in no mark and hold dividers are
 * credits nobody could read. */
static size_t drop_credits(const struct blocks *bs, size_t from, size_t tail)
{
    while (tail > from) {
        const struct text_shape *s = &bs->at[tail - 1].shape;

        if (s->end != END_OPEN || s->sentences > 0 || s->dividers == 0 ||
            shape_weight(s) > 160)
            break;
        tail--;
    }
    return tail;
}

void plain_trim(struct page_context *ctx, struct article_span *span)
{
    struct blocks *bs = &ctx->blocks;
    size_t n = span->end - span->first, head_end, tail;
    enum line_kind *kinds = arena_array(ctx->a, n + 1, sizeof *kinds);

    for (size_t i = 0; i < n; i++)
        kinds[i] = kind_of(ctx, &bs->at[span->first + i]);
    head_end = find_head_end(bs, span, kinds,
                             prose_between(bs, span->first, span->end));
    tail = find_tail(bs, span, head_end, kinds);
    if (tail < span->end)
        tail = drop_credits(bs, head_end, tail);
    set_roles(ctx, span, kinds, head_end, tail);
    mark_headings(bs, span);
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
