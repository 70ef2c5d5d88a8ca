/*
 * Pictures and their captions.  Whether a block is text is learnt from texts that
 * leave captions out; a reader wants them below their pictures, where they are no
 * part of the plain text (clean/).
 */
#include "extract/page_pictures.h"

#include "base/arena.h"
#include "extract/page_marks.h"

#define CAPTION_WEIGHT 600 /* letters of one, at most */
#define CAPTION_CHARS  3   /* less is a number of something */
#define SIGNER_WEIGHT  60
#define CAPTION_BLOCKS 3 /* a caption, and whose the picture is */
#define FIGURE_UP      4 /* elements between a caption's text and its figure */
#define BOX_NODES      200 /* of a picture with its caption, at most */

/* ---- boxes of a picture and its caption ---- */

/* The element that holds block B and nothing of block TEXT, whose neighbour it
 * is; 0 if there is none. */
static uint32_t box_beside(const struct page_tree *t, const struct block *b,
                           const struct block *text)
{
    uint32_t box = b->container, up = box;

    while (up != 0 && !(text->first >= up && text->first < t->nodes[up].end)) {
        box = up;
        up = t->nodes[up].parent;
    }
    return up == 0 || box == up ? 0 : box;
}

/* What makes a box more than a picture and its caption. */
static bool is_part_of_page(const struct page_context *ctx, uint32_t box,
                            bool may_link)
{
    uint32_t aside = CLASSES_ASIDE | 1u << CLASS_BYLINE | 1u << CLASS_SHARE |
                     1u << CLASS_CARD | 1u << CLASS_PRODUCT;
    const struct page_tree *t = ctx->tree;

    for (uint32_t i = box; i < t->nodes[box].end; i++)
        if ((ctx->marks[i].classes & aside) != 0 ||
            (t->nodes[i].tag == TAG_A && !may_link) ||
            t->nodes[i].tag == TAG_ASIDE || t->nodes[i].tag == TAG_BUTTON ||
            t->nodes[i].tag == TAG_VIDEO)
            return true;
    return false;
}

static bool has_picture(const struct page_tree *t, uint32_t box)
{
    for (uint32_t i = box; i < t->nodes[box].end; i++)
        if (t->nodes[i].tag == TAG_IMG)
            return true;
    return false;
}

static bool may_be_caption(const struct block *b)
{
    return block_may_be_text(b) && b->heading == 0 && b->tag != TAG_LI &&
           (b->frame.frame == FRAME_NONE || b->frame.frame == FRAME_CAPTION ||
            b->frame.frame == FRAME_RIGHTS) &&
           b->chars >= CAPTION_CHARS &&
           shape_weight(&b->shape) <= CAPTION_WEIGHT;
}

/* How many blocks from I on stand in a box of their own with a picture and
 * nothing else, right beside the text: 0 when they are no caption.  Pictures MAY
 * LINK to something, captions do not. */
static size_t n_caption_blocks(const struct page_context *ctx,
                               const struct article_span *span, size_t last,
                               size_t i, bool may_link)
{
    const struct block *at = ctx->blocks.at;
    uint32_t box = box_beside(ctx->tree, &at[i], &at[last]);
    uint32_t end = ctx->tree->nodes[box].end;
    size_t n = 0;

    if (box == 0 || end - box > BOX_NODES || !has_picture(ctx->tree, box) ||
        is_part_of_page(ctx, box, may_link))
        return 0;
    for (; i + n < span->end && at[i + n].first < end; n++)
        if (n == CAPTION_BLOCKS || !may_be_caption(&at[i + n]) ||
            at[i + n].link_chars > 0)
            return 0;
    return n;
}

/* ---- behind the text ---- */

/* A picture that stands right behind the last paragraph brings its caption, as
 * one between paragraphs does; what the model says of the last lines of a page
 * is learnt from what follows articles. */
void pictures_take_last(const struct page_context *ctx,
                        const struct article_span *span)
{
    struct block *at = ctx->blocks.at;
    size_t i = span->end, last, n;

    while (i > span->first && !block_is_taken(&at[i - 1]))
        i--;
    if (i == span->first)
        return;
    last = i - 1;
    /* Who wrote it may stand before the picture. */
    if (i + 1 < span->end && shape_weight(&at[i].shape) <= SIGNER_WEIGHT &&
        n_caption_blocks(ctx, span, last, i, false) == 0)
        i++;
    while (i < span->end &&
           (n = n_caption_blocks(ctx, span, last, i, false)) > 0)
        while (n-- > 0)
            at[i++].role = ROLE_BODY;
}

/* ---- among the text ---- */

static bool is_media(enum tag tag)
{
    return tag == TAG_IMG || tag == TAG_VIDEO || tag == TAG_AUDIO ||
           tag == TAG_MATH || tag == TAG_IFRAME || tag == TAG_PICTURE;
}

/*
 * A picture between taken blocks stays when the innermost element around it
 * that has any text has mostly taken text, or when it stands in a figure.
 */
static void keep_media(const struct page_context *ctx, struct kept *kept)
{
    const struct page_tree *t = ctx->tree;
    uint32_t *texts = arena_array(ctx->scratch, t->n + 1, sizeof *texts);
    uint32_t *taken = arena_array(ctx->scratch, t->n + 1, sizeof *taken);

    for (size_t i = 0; i < ctx->blocks.n; i++) {
        const struct block *b = &ctx->blocks.at[i];

        texts[b->first + 1] += b->chars;
        taken[b->first + 1] += block_is_taken(b) ? b->chars : 0;
    }
    for (uint32_t i = 1; i <= t->n; i++) {
        texts[i] += texts[i - 1];
        taken[i] += taken[i - 1];
    }
    for (uint32_t i = kept->first; i < kept->end; i++) {
        uint32_t up = t->nodes[i].parent, steps = 0;

        if (!is_media(t->nodes[i].tag) || kept->node[i] ||
            ctx->marks[i].is_hidden)
            continue;
        while (up != 0 && steps++ < 8 && t->nodes[up].tag != TAG_FIGURE &&
               texts[t->nodes[up].end] == texts[up])
            up = t->nodes[up].parent;
        if ((taken[t->nodes[up].end] - taken[up]) * 2 >=
                texts[t->nodes[up].end] - texts[up] ||
            t->nodes[up].tag == TAG_FIGURE)
            for (uint32_t k = i; k < t->nodes[i].end; k++)
                kept->node[k] = 1;
    }
}

static uint32_t above(const struct page_tree *t, uint32_t i, enum tag tag)
{
    for (int up = 0; up < FIGURE_UP && i != 0; up++) {
        if (t->nodes[i].tag == tag)
            return i;
        i = t->nodes[i].parent;
    }
    return 0;
}

/* The caption that block B is in, of a figure that shows something; else 0. */
static uint32_t caption_of(const struct page_context *ctx,
                           const struct kept *kept, const struct block *b)
{
    const struct page_tree *t = ctx->tree;
    uint32_t caption = above(t, b->container, TAG_FIGCAPTION);
    uint32_t figure = caption == 0 ? 0 : above(t, caption, TAG_FIGURE), end;

    if (figure == 0)
        return 0;
    end = t->nodes[figure].end;
    if (end - figure > BOX_NODES)
        end = figure + BOX_NODES;
    for (uint32_t i = figure; i < end; i++)
        if (kept->node[i] && is_media(t->nodes[i].tag))
            return caption;
    return 0;
}

static void keep_block(struct kept *kept, const struct block *b)
{
    for (uint32_t i = b->first; i < b->end; i++)
        kept->node[i] = 1;
}

/* The box at BOX with the N blocks from B on, as a figure. */
static void keep_box(const struct page_context *ctx, struct kept *kept,
                     uint32_t box, const struct block *b, size_t n)
{
    const struct page_tree *t = ctx->tree;

    for (size_t i = 0; i < n; i++)
        if (b[i].container == box || has_picture(t, b[i].container))
            return;
    kept->as[box] = AS_FIGURE;
    for (size_t i = 0; i < n; i++) {
        kept->as[b[i].container] = AS_CAPTION;
        keep_block(kept, &b[i]);
    }
    for (uint32_t i = box; i < t->nodes[box].end; i++)
        if (is_media(t->nodes[i].tag) && !ctx->marks[i].is_hidden)
            for (uint32_t k = i; k < t->nodes[i].end; k++)
                kept->node[k] = 1;
}

/* The site says so. */
static bool is_called_caption(const struct page_context *ctx,
                              const struct block *b)
{
    return (ctx->marks[b->container].classes & 1u << CLASS_CAPTION) != 0;
}

static void keep_captions(const struct page_context *ctx,
                          const struct article_span *span, struct kept *kept)
{
    const struct block *at = ctx->blocks.at;
    size_t last = span->body_first;

    for (size_t i = span->body_first; i < span->body_end; i++) {
        uint32_t caption;
        size_t n;

        if (block_is_taken(&at[i]) && !is_called_caption(ctx, &at[i])) {
            last = i;
        } else if (may_be_caption(&at[i]) &&
                   (caption = caption_of(ctx, kept, &at[i])) != 0) {
            kept->as[caption] = AS_CAPTION;
            keep_block(kept, &at[i]);
        } else if ((n = n_caption_blocks(ctx, span, last, i, true)) > 0) {
            keep_box(ctx, kept, box_beside(ctx->tree, &at[i], &at[last]),
                     &at[i], n);
            i += n - 1;
        }
    }
}

void pictures_keep(const struct page_context *ctx,
                   const struct article_span *span, struct kept *kept)
{
    keep_media(ctx, kept);
    keep_captions(ctx, span, kept);
}
