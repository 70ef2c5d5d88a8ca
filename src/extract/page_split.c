/*
 * Several articles on one page.
 *
 * Sites glue articles together: under one false title, one behind the other,
 * with hardly a mark between them.  page_joints.c finds the lines where a new
 * article may begin, page_rifts.c tells at which of them one does; here these become
 * spans with their titles.
 */
#include "base/arena.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "extract/blocks.h"
#include "extract/fields.h"
#include "extract/page_drift.h"
#include "extract/page_joints.h"
#include "extract/page_rifts.h"
#include "extract/page_words.h"

#define ARTICLE_LEAST 100 /* weight */

static void read_part(const struct page_context *ctx, size_t from, size_t to,
                      struct part *out)
{
    part_init(out, ctx->scratch);
    for (size_t i = from; i < to; i++)
        if (part_takes(ctx, &ctx->blocks.at[i]))
            part_add(out, &ctx->blocks.at[i]);
}

/* The least prose that lets a page be more than one article stands in front of one
 * of JS, and behind it. */
static bool may_part(const struct page_context *ctx, const struct joints *js)
{
    const struct blocks *bs = &ctx->blocks;
    uint64_t weight = 0, in_front = 0;

    for (size_t i = 0; i < bs->n; i++)
        if (part_takes(ctx, &bs->at[i]))
            weight += shape_weight(&bs->at[i].shape);
    for (size_t i = 0, k = 0; k < js->n; k++) {
        for (; i < js->at[k].first; i++)
            if (part_takes(ctx, &bs->at[i]))
                in_front += shape_weight(&bs->at[i].shape);
        if (in_front >= ARTICLE_LEAST && weight - in_front >= ARTICLE_LEAST)
            return true;
    }
    return false;
}

#define OF_OPENING 0.3  /* of a title's terms stand in its article, at least */
#define OF_BYLINE  0.15 /* where who and when are behind it */

/* How much of the title in block TITLE the part knows. */
static double knows_title(const struct page_context *ctx, const struct part *p,
                          size_t title)
{
    const struct terms *terms = &ctx->blocks.at[title].terms;
    uint32_t n = 0, known = 0;

    for (size_t i = 0; i < terms->n; i++) {
        if (terms->at[i].letters < WORDS_TOPIC)
            continue;
        n++;
        known += part_count(p, terms->at[i].key) > 0;
    }
    return n == 0 ? 0 : (double)known / n;
}

static void one_span(struct page_context *ctx, struct article_spans *out)
{
    *vec_add(ctx->a, out) = (struct article_span){.first = 0,
                                                  .end = ctx->blocks.n,
                                                  .title = NO_BLOCK,
                                                  .body_first = 0,
                                                  .body_end = ctx->blocks.n};
}

/* Counted, each closed by its editor, or below a false title: the page's order is
 * theirs. */
static bool is_glued(const struct joint *j)
{
    return j->kind == JOINT_LABEL || j->kind == JOINT_LINE ||
           j->signs.has_editors;
}

/* The title of what stands before the first joint: the heading in front of its
 * text that is like the joint's.  A higher one is the page's, and false. */
static size_t opening_title(const struct page_context *ctx,
                            const struct joint *first)
{
    uint8_t rank = ctx->blocks.at[first->title].heading;
    size_t title = NO_BLOCK;

    for (size_t i = 0; i < first->first; i++) {
        const struct block *b = &ctx->blocks.at[i];

        if (block_is_prose(b))
            break;
        if (rank > 0 && b->heading == rank && can_be_title(b))
            title = i;
    }
    return title;
}

/* What a title counts, "01 " or "2、", up to *AT; 0 if nothing. */
static uint32_t leading_number(struct str title, size_t *at)
{
    uint32_t number = 0;
    size_t i = 0;

    while (i < title.n && i < 2 && is_digit(title.p[i]))
        number = number * 10 + (uint32_t)(title.p[i++] - '0');
    *at = i;
    if (i == 0 || i >= title.n || is_alnum(title.p[i]))
        return 0;
    return trim_separators(str_from(title, i)).p > title.p + i ? number : 0;
}

static struct str title_of_span(const struct page_context *ctx,
                                const struct article_span *span)
{
    if (span->title_text.n > 0 || span->title == NO_BLOCK)
        return span->title_text;
    return ctx->blocks.at[span->title].text;
}

/* Numbers that count the articles of the page are no part of their titles. */
static void drop_numbers(const struct page_context *ctx,
                         struct article_spans *spans)
{
    size_t at;

    for (size_t i = 0; i < spans->n; i++)
        if (leading_number(title_of_span(ctx, &spans->at[i]), &at) != i + 1)
            return;
    for (size_t i = 0; i < spans->n; i++) {
        struct str title = title_of_span(ctx, &spans->at[i]);

        leading_number(title, &at);
        spans->at[i].title_text = trim_separators(str_from(title, at));
    }
}

/* Who and when stand behind block I. */
static bool is_above_byline(struct page_context *ctx, size_t i)
{
    struct line_facts facts = {0};

    return i + 1 < ctx->blocks.n &&
           line_read(ctx, ctx->blocks.at[i + 1].text, &facts) &&
           facts.is_only_facts && facts.authors.n > 0 && when_known(facts.date);
}

/* The only line like a title on a page whose own is false; NO_BLOCK if there are
 * several or none. */
static size_t only_line(const struct joints *js)
{
    size_t only = NO_BLOCK, n = 0;

    for (size_t i = 0; i < js->n; i++)
        if (js->at[i].signs.is_line && n++ == 0)
            only = js->at[i].title;
    return n == 1 ? only : NO_BLOCK;
}

/* Below a false title the only line that opens text is the article's own, if it
 * speaks of what the text does. */
static void take_opening(struct page_context *ctx, const struct joints *js,
                         struct article_span *span)
{
    struct part before, part;
    size_t opening = only_line(js);

    if (opening == NO_BLOCK || span->title != NO_BLOCK || !has_false_title(ctx))
        return;
    read_part(ctx, 0, opening, &before);
    read_part(ctx, opening + 1, ctx->blocks.n, &part);
    if (before.paragraphs > 0 ||
        knows_title(ctx, &part, opening) <
            (is_above_byline(ctx, opening) ? OF_BYLINE : OF_OPENING))
        return;
    span->title = opening;
    span->is_below_false = true;
}

/* A label in front of all prose tells at least where the title is. */
static void take_label(const struct page_context *ctx, const struct joints *js,
                       struct article_span *span)
{
    const struct joint *j;
    struct part before;

    if (js->n == 0)
        return;
    j = &js->at[0];
    if (j->kind != JOINT_LABEL || j->title_text.n == 0)
        return;
    read_part(ctx, 0, j->first, &before);
    if (before.weight >= ARTICLE_LEAST)
        return;
    span->title = j->title;
    span->title_text = j->title_text;
}

/* A label that all titles have, up to its colon, is none of theirs. */
static size_t shared_label(const struct page_context *ctx,
                           const struct article_spans *spans)
{
    struct str label = line_label(title_of_span(ctx, &spans->at[0]));

    for (size_t i = 1; i < spans->n; i++)
        if (!str_starts(title_of_span(ctx, &spans->at[i]), label))
            return 0;
    return spans->n > 1 ? label.n : 0;
}

static void drop_label(const struct page_context *ctx,
                       struct article_spans *spans)
{
    size_t end = shared_label(ctx, spans);

    for (size_t i = 0; end > 0 && i < spans->n; i++)
        spans->at[i].title_text =
            str_trim_wide(str_from(title_of_span(ctx, &spans->at[i]), end));
}

/* What stands between two articles and says nothing: stars, a rule of dashes. */
static void drop_ornaments(struct page_context *ctx, const struct joints *js)
{
    for (size_t i = 0; i < js->n; i++)
        for (size_t k = js->at[i].first; k > 0; k--) {
            struct block *b = &ctx->blocks.at[k - 1];

            if (!is_ornament(b))
                break;
            b->role = ROLE_CHAFF;
        }
}

static void one_article(struct page_context *ctx, const struct joints *found,
                        struct article_spans *out)
{
    one_span(ctx, out);
    take_label(ctx, found, &out->at[0]);
    take_opening(ctx, found, &out->at[0]);
}

/* What stands before the first joint, if that is an article. */
static void add_head(struct page_context *ctx, const struct joint *first,
                     struct article_spans *out)
{
    struct part head;

    read_part(ctx, 0, first->first, &head);
    if (head.weight < ARTICLE_LEAST)
        return;
    one_span(ctx, out);
    out->at[0].end = out->at[0].body_end = first->first;
    if (is_glued(first))
        out->at[0].title = opening_title(ctx, first);
    if (out->at[0].title != NO_BLOCK)
        out->at[0].body_first = out->at[0].title + 1;
}

static void split(struct page_context *ctx, struct article_spans *out)
{
    struct joints found = {0}, joints;
    struct numbereds labels = {0};

    joints_find(ctx, &found, &labels);
    if (!may_part(ctx, &found)) {
        one_article(ctx, &found, out);
        return;
    }
    joints_find_signs(ctx, &found);
    joints = found;
    if (rifts_keep(ctx, &joints) == 0) {
        one_article(ctx, &found, out);
        return;
    }
    drop_empty_labels(ctx, &labels);
    drop_ornaments(ctx, &joints);
    add_head(ctx, &joints.at[0], out);
    for (size_t i = 0; i < joints.n; i++) {
        const struct joint *j = &joints.at[i];
        size_t end = i + 1 < joints.n ? j[1].first : ctx->blocks.n;

        *vec_add(ctx->a, out) =
            (struct article_span){.first = j->first,
                                  .end = end,
                                  .title = j->title,
                                  .body_first = j->title + 1,
                                  .body_end = end,
                                  .title_text = j->title_text,
                                  .is_glued = is_glued(j)};
    }
    drop_numbers(ctx, out);
    drop_label(ctx, out);
    note_add(ctx->notes, ctx->a, NOTE_PAGE_SPLIT, "%zu articles", out->n);
}

void page_split(struct page_context *ctx, struct article_spans *out)
{
    struct arena_mark mark = arena_mark(ctx->scratch);

    split(ctx, out);
    arena_release(ctx->scratch, mark);
}
