/*
 * The body of an article as parts of the tree.
 *
 * page_model.c gives every block its odds of being body.  Here blocks are
 * taken, and the tree is cut to them: a node stays when it belongs to a taken
 * block, leads to one, or is a picture among them; of what remains the
 * innermost element that holds everything is the root, and everything else
 * below it is marked as cut.
 */
#include "base/arena.h"
#include "base/map.h"
#include "extract/blocks.h"
#include "extract/page_pictures.h"
#include "extract/page_trim.h"

/* ---- which blocks ---- */

/*
 * The odds that a block needs to be taken.  With odds p and lengths w, those
 * taken may be expected to reach an F1 of 2 sum(w p) / (sum(w) + all w p), the
 * first two sums over what is taken.  On a clear page even odds are best; where
 * much is doubtful (lyrics, tables, lists of goods) the text as a whole is likelier
 * than each line of it, and less is asked for if that promises to gain something.
 */
#define LEAST_ODDS  0.11F
#define GAIN_WANTED 0.005

static double expected_f1(const struct page_context *ctx,
                          const struct article_span *span, float wanted)
{
    double all = 0, taken = 0, right = 0;

    for (size_t i = span->first; i < span->end; i++) {
        const struct block *b = &ctx->blocks.at[i];
        double weight = shape_weight(&b->shape) + 1.0;
        double likely = weight * (double)b->body_odds;

        if (!block_may_be_text(b))
            continue;
        all += likely;
        if (b->body_odds < wanted)
            continue;
        taken += weight;
        right += likely;
    }
    return taken > 0 ? 2 * right / (taken + all) : 0;
}

static float odds_wanted(const struct page_context *ctx,
                         const struct article_span *span)
{
    float best = 0.5F;
    double most = expected_f1(ctx, span, best) + GAIN_WANTED;

    for (float wanted = 0.46F; wanted > LEAST_ODDS - 0.01F; wanted -= 0.05F) {
        double f1 = expected_f1(ctx, span, wanted);

        if (f1 > most) {
            most = f1;
            best = wanted;
        }
    }
    return best;
}

/* Shorter lines come again on purpose: questions of an interview, refrains. */
#define AGAIN_WEIGHT 60

/* What was taken so far: pages hold a second copy for small screens or for
 * machines, or say a caption again below each picture. */
struct taken {
    struct map texts;
    struct map sentences;
    bool in_copy; /* the last line was in a copy */
};

/* A copy for machines is often the whole article run together in one block:
 * such a block is known by its sentences, of which so many are no chance. */
#define COPY_SENTENCES 5
#define COPY_SHARE     0.8

static bool is_glued_copy(struct taken *t, const struct block *b)
{
    size_t n = 0, again = 0;
    struct str sentence;

    for (size_t at = 0; stretch_next(b->text, &at, &sentence);) {
        bool is_new;

        if (sentence.n < STRETCH_BYTES)
            continue;
        map_put(&t->sentences, sentence, &is_new);
        n++;
        again += !is_new;
    }
    return n >= COPY_SENTENCES && (double)again >= (double)n * COPY_SHARE;
}

static bool was_taken(struct taken *t, struct block *b)
{
    bool is_glued = is_glued_copy(t, b), is_new;

    map_put(&t->texts, b->text, &is_new);
    t->in_copy =
        is_glued ||
        (!is_new && (t->in_copy || shape_weight(&b->shape) >= AGAIN_WEIGHT));
    b->is_repeat = b->is_repeat || t->in_copy;
    return t->in_copy;
}

static size_t take_likely(struct page_context *ctx, struct article_span *span)
{
    size_t taken = 0, from = span->first;
    float wanted = odds_wanted(ctx, span);
    struct taken before = {.in_copy = false};

    map_init(&before.texts, ctx->scratch);
    map_init(&before.sentences, ctx->scratch);
    if (span->title != NO_BLOCK) {
        ctx->blocks.at[span->title].role = ROLE_TITLE;
        from = span->title + 1;
    }
    for (size_t i = from; i < span->end; i++) {
        struct block *b = &ctx->blocks.at[i];

        if (!block_may_be_text(b) || b->body_odds < wanted ||
            (b->heading == 1 && b->body_odds < 0.5f) || was_taken(&before, b))
            continue;
        b->role = ROLE_BODY;
        taken++;
    }
    return taken;
}

/* The title is there in any case. */
static bool may_be_prose(const struct block *b)
{
    return block_may_be_text(b) && b->heading != 1;
}

/* Nothing is likely: the prose, so that a page with text is never empty. */
static void take_prose(struct page_context *ctx, struct article_span *span)
{
    float best = 0;

    for (size_t i = span->first; i < span->end; i++)
        if (may_be_prose(&ctx->blocks.at[i]) &&
            ctx->blocks.at[i].body_odds > best)
            best = ctx->blocks.at[i].body_odds;
    for (size_t i = span->first; i < span->end; i++) {
        struct block *b = &ctx->blocks.at[i];

        if (may_be_prose(b) && best > 0.02f && b->body_odds >= best / 2)
            b->role = ROLE_BODY;
    }
    note_add(ctx->notes, ctx->a, NOTE_BODY_DOUBTFUL, "no block is likely");
}

/* The innermost element TAG around the block, 0 without one. */
static uint32_t element_around(const struct page_tree *t, const struct block *b,
                               enum tag tag)
{
    uint32_t up = b->container;

    while (up != 0 && t->nodes[up].tag != tag)
        up = t->nodes[up].parent;
    return up;
}

/* ---- layout tables ---- */

/* The cell that nearly all taken text stands in, 0 without one. */
static uint32_t cell_of_text(const struct page_context *ctx,
                             const struct article_span *span)
{
    uint32_t *weights =
        arena_array(ctx->scratch, ctx->tree->n, sizeof *weights);
    uint64_t all = 0;
    uint32_t best = 0;

    for (size_t i = span->first; i < span->end; i++) {
        const struct block *b = &ctx->blocks.at[i];
        uint32_t cell = element_around(ctx->tree, b, TAG_TD);

        if (!block_is_taken(b))
            continue;
        all += shape_weight(&b->shape);
        weights[cell] += shape_weight(&b->shape);
        if (weights[cell] > weights[best])
            best = cell;
    }
    return (uint64_t)weights[best] * 10 >= all * 9 ? best : 0;
}

/* Beside a cell that holds the article stand the columns of the page. */
static void leave_other_columns(struct page_context *ctx,
                                const struct article_span *span)
{
    const struct page_tree *t = ctx->tree;
    uint32_t text = cell_of_text(ctx, span);

    for (size_t i = span->first; text != 0 && i < span->end; i++) {
        struct block *b = &ctx->blocks.at[i];
        uint32_t cell = element_around(t, b, TAG_TD);

        if (block_is_taken(b) && !block_is_prose(b) && cell != text &&
            cell != 0 && t->nodes[cell].parent == t->nodes[text].parent)
            b->role = ROLE_UNKNOWN;
    }
}

/* ---- signatures of quotes ---- */

#define SIGNATURE_WEIGHT 160 /* letters of one, at most */

/* A line as below a quote: a dash and who said it. */
static bool is_signature(const struct block *b)
{
    return b->role != ROLE_TITLE && !b->is_hidden &&
           shape_weight(&b->shape) <= SIGNATURE_WEIGHT &&
           (str_starts(b->text, STR("—")) || str_starts(b->text, STR("–")) ||
            str_starts(b->text, STR("―")) || str_starts(b->text, STR("--")) ||
            str_starts(b->text, STR("- ")));
}

/* True if an earlier block is taken of the quote that block I stands in, or
 * right behind which it stands and links to nothing else. */
static bool signs_taken_quote(const struct page_context *ctx,
                              const struct article_span *span, size_t i)
{
    const struct block *at = ctx->blocks.at;
    uint32_t quote = element_around(ctx->tree, &at[i], TAG_BLOCKQUOTE);
    size_t k = i;

    if (k > span->first && quote == 0 && at[i].link_chars * 2 < at[i].chars)
        quote = element_around(ctx->tree, &at[k - 1], TAG_BLOCKQUOTE);
    if (quote == 0)
        return false;
    while (k > span->first && at[k - 1].first > quote)
        if (block_is_taken(&at[--k]))
            return true;
    return false;
}

/* Who said it belongs to what was said, however unlikely by itself. */
static void take_signatures(struct page_context *ctx,
                            const struct article_span *span)
{
    for (size_t i = span->first; i < span->end; i++) {
        struct block *b = &ctx->blocks.at[i];

        if (!block_is_taken(b) && is_signature(b) &&
            signs_taken_quote(ctx, span, i))
            b->role = ROLE_BODY;
    }
}

static void set_limits(const struct page_context *ctx,
                       struct article_span *span)
{
    bool any = false;

    span->body_first = span->body_end = span->first;
    for (size_t i = span->first; i < span->end; i++) {
        if (!block_is_taken(&ctx->blocks.at[i]))
            continue;
        if (!any)
            span->body_first = i;
        any = true;
        span->body_end = i + 1;
    }
}

/* ---- cutting ---- */

/* The end of the block's nodes, with the parenthesis behind a ruby's last reading,
 * which is no text of the page. */
static uint32_t end_of_block(const struct page_tree *t, const struct block *b)
{
    return b->end < t->n && t->nodes[b->end].tag == TAG_RP
               ? t->nodes[b->end].end
               : b->end;
}

static void keep_blocks(const struct page_context *ctx,
                        const struct article_span *span, struct kept *kept)
{
    kept->first = ctx->tree->n;
    kept->end = 0;
    for (size_t i = span->body_first; i < span->body_end; i++) {
        const struct block *b = &ctx->blocks.at[i];
        uint32_t end = end_of_block(ctx->tree, b);

        if (!block_is_taken(b))
            continue;
        for (uint32_t k = b->first; k < end; k++)
            kept->node[k] = 1;
        if (b->first < kept->first)
            kept->first = b->first;
        if (end > kept->end)
            kept->end = end;
    }
}

/* Line breaks and rules among taken blocks shape the text. */
static bool is_shape(enum tag tag)
{
    return tag == TAG_BR || tag == TAG_HR || tag == TAG_WBR || tag == TAG_COL ||
           tag == TAG_COLGROUP;
}

/* Keeps a shape where what it stands in is kept; elements that hold nothing else,
 * <b><br></b>, are as good as the shape itself. */
static void keep_shape(const struct page_tree *t, uint32_t i, struct kept *kept)
{
    uint32_t outer = i, up = t->nodes[i].parent;

    while (!kept->node[up] && up > kept->first &&
           !tag_is_block(t->nodes[up].tag) &&
           t->nodes[up].end == t->nodes[i].end && up + 1 == outer) {
        outer = up;
        up = t->nodes[up].parent;
    }
    if (kept->node[up])
        for (uint32_t k = outer; k <= i; k++)
            kept->node[k] = 1;
}

static void keep_paths(const struct page_tree *t, struct kept *kept)
{
    for (uint32_t i = t->n; i-- > 1;)
        if (kept->node[i])
            kept->node[t->nodes[i].parent] = 1;
    for (uint32_t i = kept->first; i < kept->end; i++)
        if (is_shape(t->nodes[i].tag))
            keep_shape(t, i, kept);
}

/* The innermost element that holds all that is kept. */
static uint32_t find_root(const struct page_tree *t, const struct kept *kept)
{
    uint32_t root = t->body != 0 ? t->body : 1;

    for (;;) {
        uint32_t only = 0;

        for (uint32_t k = node_first(t, root); k != 0; k = node_next(t, k)) {
            if (!kept->node[k])
                continue;
            if (only != 0)
                return root;
            only = k;
        }
        /* The kept text of a paragraph wants its paragraph. */
        if (only == 0 || !tag_is_block(t->nodes[only].tag))
            return root;
        root = only;
    }
}

static void cut_tree(struct page_context *ctx, const struct article_span *span,
                     struct draft_body *out)
{
    const struct page_tree *t = ctx->tree;
    struct kept kept;
    unsigned char *cut = arena_alloc(ctx->a, t->n + 1);
    uint32_t *root = arena_make(ctx->a, uint32_t);

    kept.node = arena_alloc(ctx->scratch, t->n + 1);
    kept.as = arena_alloc(ctx->a, t->n + 1);
    keep_blocks(ctx, span, &kept);
    pictures_keep(ctx, span, &kept);
    keep_paths(t, &kept);
    *root = find_root(t, &kept);
    for (uint32_t i = *root + 1; i < t->nodes[*root].end; i++)
        cut[i] = !kept.node[i];
    out->kind = BODY_NODES;
    out->tree = t;
    out->roots = root;
    out->n_roots = 1;
    out->cut = cut;
    out->as = kept.as;
}

/* ---- headings ---- */

/* True if the block is set in bold from end to end. */
static bool is_bold(const struct page_tree *t, const struct block *b)
{
    bool any = false;

    for (uint32_t i = b->first; i < b->end; i++) {
        uint32_t up = i;

        if (t->nodes[i].tag != TAG_TEXT ||
            str_trim_wide(t->nodes[i].text).n == 0)
            continue;
        while (up > b->container && t->nodes[up].tag != TAG_B &&
               t->nodes[up].tag != TAG_STRONG)
            up = t->nodes[up].parent;
        if (up <= b->container)
            return false;
        any = true;
    }
    return any;
}

/* A short line in bold that stands alone and has text behind it. */
static bool looks_like_heading(const struct page_context *ctx, size_t i)
{
    const struct block *b = &ctx->blocks.at[i], *next = b + 1;

    return b->heading == 0 && b->tag == TAG_P && b->role == ROLE_BODY &&
           b->shape.end == END_OPEN && shape_weight(&b->shape) <= 110 &&
           b->frame.frame != FRAME_CAPTION && i + 1 < ctx->blocks.n &&
           block_is_taken(next) && next->container != b->container &&
           is_bold(ctx->tree, b);
}

static void mark_headings(struct page_context *ctx,
                          const struct article_span *span,
                          struct draft_body *out)
{
    unsigned char *heading = arena_alloc(ctx->a, ctx->tree->n + 1);

    for (size_t i = span->body_first; i < span->body_end; i++) {
        struct block *b = &ctx->blocks.at[i];

        if (!block_is_taken(b))
            continue;
        if (looks_like_heading(ctx, i))
            heading[b->container] = 3;
        if (b->heading > 0 || heading[b->container] > 0)
            b->role = ROLE_HEADING;
    }
    out->heading = heading;
}

void tree_body(struct page_context *ctx, struct article_span *span,
               struct draft_body *out)
{
    struct arena_mark mark = arena_mark(ctx->scratch);

    if (take_likely(ctx, span) == 0)
        take_prose(ctx, span);
    leave_other_columns(ctx, span);
    edges_trim(ctx, span);
    take_signatures(ctx, span);
    pictures_take_last(ctx, span);
    set_limits(ctx, span);
    if (span->body_first < span->body_end) {
        mark_headings(ctx, span, out);
        cut_tree(ctx, span, out);
    }
    arena_release(ctx->scratch, mark);
}
