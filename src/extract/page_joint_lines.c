/*
 * Lines that nothing but their shape tells from headings of sections: where an
 * article may begin if the subject changes there (page_rifts.c), or if the page's
 * own title is false.
 */
#include "extract/page_joints.h"

#include <string.h>

#include "base/utf8.h"
#include "base/vec.h"
#include "extract/page_rifts.h"
#include "extract/page_words.h"

/* ---- below a false title ---- */

#define LEAST_OF_TITLE 3    /* terms, to say anything of it */
#define MOST_OF_TITLE  0.15 /* of a false title's terms stand in the prose */
#define MOST_OF_SPAM   0.3  /* of one that what is spam says too */
#define TITLE_LETTERS  4    /* of a word; titles have few */
#define LINE_LEAST     25   /* weight of a title */
#define LINE_MOST      130

/* What a page's titles are held against. */
struct titled {
    struct words prose, spam;
};

static void read_titled(struct page_context *ctx, struct titled *of)
{
    words_init(&of->prose, ctx->scratch, TITLE_LETTERS);
    words_init(&of->spam, ctx->scratch, TITLE_LETTERS);
    for (size_t i = 0; i < ctx->blocks.n; i++) {
        const struct block *b = &ctx->blocks.at[i];

        if (block_is_prose(b))
            words_add(&of->prose, b->terms);
        else if (block_is_spam(ctx, b))
            words_add(&of->spam, b->terms);
    }
}

/* The prose knows next to nothing of the title, or little, and what was cut out of
 * it knows more. */
static bool is_false_title(const struct titled *of, struct terms title,
                           uint32_t *n)
{
    double known = words_known(&of->prose, title, 1, n);

    return known <= MOST_OF_TITLE ||
           (known <= MOST_OF_SPAM &&
            words_known(&of->spam, title, 1, n) > known);
}

bool has_false_title(struct page_context *ctx)
{
    const struct blocks *bs = &ctx->blocks;
    struct titled of;
    uint32_t n;

    read_titled(ctx, &of);
    for (size_t i = 0; i < bs->n; i++)
        if (bs->at[i].heading == 1 && !bs->at[i].is_hidden &&
            !is_false_title(&of, bs->at[i].terms, &n))
            return false;
    return is_false_title(&of, terms_of(ctx->scratch, head_title(ctx)), &n) &&
           n >= LEAST_OF_TITLE;
}

/* The next block behind I that is no chaff; the last if there is none. */
static size_t behind_block(const struct blocks *bs, size_t i)
{
    while (i + 1 < bs->n && bs->at[++i].role == ROLE_CHAFF)
        ;
    return i;
}

#define ABOVE_PROSE 2 /* lines between a heading and its text */

/* Prose stands behind block I, perhaps below a byline, or soon behind a heading. */
static bool is_above_prose(struct page_context *ctx, size_t i)
{
    const struct blocks *bs = &ctx->blocks;
    size_t next = behind_block(bs, i);

    if (joint_line(ctx, &bs->at[next]).is_head)
        next = behind_block(bs, next);
    for (int k = 0; line_is_set_off(ctx, i) && k < ABOVE_PROSE &&
                    !block_is_prose(&bs->at[next]) && bs->at[next].heading == 0;
         k++)
        next = behind_block(bs, next);
    return next > i && block_is_prose(&bs->at[next]);
}

static uint32_t end_mark(const struct block *b)
{
    size_t at = b->text.n;

    return at > 0 ? utf8_prev(b->text, &at) : 0;
}

static bool asks(const struct block *b)
{
    return end_mark(b) == '?' || end_mark(b) == 0xFF1F;
}

/* Calls or asks, as titles do, or has no end mark at all. */
static bool ends_as_title(const struct block *b)
{
    return b->shape.end == END_OPEN || end_mark(b) == '!' ||
           end_mark(b) == 0xFF01 || asks(b);
}

/* As items of lists, rows of tables and torn sentences do. */
static bool begins_with_mark(struct str text)
{
    return text.n > 0 && (memchr("-*+|#>", text.p[0], 6) != NULL ||
                          trim_separators(text).p != text.p);
}

/* As a heading is, or by who and when behind it. */
static bool is_set_off(struct page_context *ctx, size_t i)
{
    const struct blocks *bs = &ctx->blocks;

    return line_is_set_off(ctx, i) ||
           joint_line(ctx, &bs->at[behind_block(bs, i)]).is_head;
}

/* A line that nothing but its shape tells from a section's heading. */
static bool is_title_line(struct page_context *ctx, size_t i)
{
    const struct block *b = &ctx->blocks.at[i];
    uint32_t weight = shape_weight(&b->shape);

    /* A label before each title is taken off later. */
    return b->role == ROLE_UNKNOWN && shape_is_title(&b->shape) &&
           (b->frame.frame == FRAME_NONE || b->frame.frame == FRAME_RELATED) &&
           weight >= LINE_LEAST && weight <= LINE_MOST && ends_as_title(b) &&
           !begins_with_mark(b->text) && b->shape.dividers <= 2 &&
           b->shape.sentences <= 2 && b->link_chars * 2 < b->chars + 1 &&
           b->tag != TAG_LI && b->tag != TAG_TH && b->tag != TAG_PRE &&
           b->tag != TAG_FIGCAPTION && !joint_line(ctx, b).is_facts &&
           !line_is_timed(ctx, i) && is_above_prose(ctx, i) &&
           ((block_may_be_body(ctx, b) && !block_is_prose(b)) ||
            is_set_off(ctx, i));
}

/* Block I stands between the heading of the last joint and its text. */
static bool is_below_heading(const struct page_context *ctx,
                             const struct joints *js, size_t i)
{
    size_t title = js->at[js->n - 1].title;

    if (ctx->blocks.at[title].heading == 0 || ctx->blocks.at[i].heading > 0)
        return false;
    while (i-- > title)
        if (block_is_prose(&ctx->blocks.at[i]))
            return false;
    return true;
}

#define MANY_QUESTIONS 4

/* Most of the lines from FROM on ask: those of an interview, or of answers to what
 * is asked often. */
static bool are_questions(const struct page_context *ctx,
                          const struct joints *js, size_t from)
{
    size_t asked = 0;

    for (size_t i = from; i < js->n; i++)
        asked += asks(&ctx->blocks.at[js->at[i].title]);
    return asked >= MANY_QUESTIONS && asked * 4 > (js->n - from) * 3;
}

void joints_of_lines(struct page_context *ctx, struct joints *out)
{
    size_t from = out->n;
    bool is_below_prose = false;

    for (size_t i = 0; i < ctx->blocks.n; i++) {
        if (is_title_line(ctx, i) &&
            (is_below_prose || ctx->blocks.at[i].heading != 1) &&
            !(out->n > from && is_below_heading(ctx, out, i)))
            *vec_add(ctx->a, out) = (struct joint){.first = i,
                                                   .title = i,
                                                   .kind = JOINT_LINE,
                                                   .signs.is_line = true};
        is_below_prose = is_below_prose || block_is_prose(&ctx->blocks.at[i]);
    }
    if (are_questions(ctx, out, from))
        out->n = from;
}
