#include "extract/page_why.h"

#include "base/arena.h"
#include "base/vec.h"
#include "extract/page_names.h"

#define CANDIDATES_MAX 200 /* of one page */

void why_next_draft(struct page_context *ctx)
{
    if (ctx->why != NULL)
        vec_add(ctx->a, &ctx->why->drafts);
}

void why_forget_draft(struct page_context *ctx)
{
    if (ctx->why != NULL)
        ctx->why->drafts.n--;
}

static struct why_draft *now(struct page_context *ctx)
{
    return &ctx->why->drafts.at[ctx->why->drafts.n - 1];
}

void why_value(struct page_context *ctx, enum why_field field, struct str value,
               const char *from, double score)
{
    struct why_draft *d;

    if (ctx->why == NULL || from == NULL || value.n == 0 ||
        ctx->why->drafts.n == 0)
        return;
    d = now(ctx);
    for (size_t i = 0; i < d->candidates.n; i++)
        if (d->candidates.at[i].field == field &&
            str_eq(d->candidates.at[i].value, value) &&
            str_eq(d->candidates.at[i].from, str_from_c(from)))
            return;
    if (d->candidates.n < CANDIDATES_MAX)
        *vec_add(ctx->a, &d->candidates) =
            (struct why_candidate){.field = field,
                                   .value = value,
                                   .from = arena_str(ctx->a, str_from_c(from)),
                                   .score = score};
}

void why_names(struct page_context *ctx, enum why_field field,
               const struct names *names, const char *from, double score)
{
    struct str all = STR_NONE;

    if (ctx->why == NULL)
        return;
    for (size_t i = 0; i < names->n; i++)
        all = i == 0 ? names->at[i].name
                     : arena_cat(ctx->a, all, STR(", "), names->at[i].name);
    why_value(ctx, field, all, from, score);
}

void why_because(struct page_context *ctx, enum why_field field,
                 const char *reason)
{
    if (ctx->why != NULL && ctx->why->drafts.n > 0)
        now(ctx)->because[field] = reason;
}

void why_heard(struct page_context *ctx, enum why_field field,
               const char *words)
{
    if (ctx->why != NULL && ctx->why->drafts.n > 0)
        *vec_add(ctx->a, &now(ctx)->heard[field]) = str_from_c(words);
}

/* ---- blocks ---- */

static const char *frame_reason(enum frame frame)
{
    static const char *const words[FRAME_COUNT] = {
        [FRAME_NONE] = "foreign to the article",
        [FRAME_RELATED] = "other articles",
        [FRAME_COMMENTS] = "comments begin",
        [FRAME_NEIGHBOUR] = "the next or previous article",
        [FRAME_SHARE] = "share buttons",
        [FRAME_FOLLOW] = "follow us",
        [FRAME_READ_ON] = "read on elsewhere",
        [FRAME_RIGHTS] = "rights and imprint",
        [FRAME_REPORT] = "report a fault",
        [FRAME_TAGS] = "tags",
        [FRAME_BIO] = "about a person",
        [FRAME_END] = "the end is announced",
        [FRAME_SELF] = "the site about itself",
        [FRAME_CRUMB] = "where on the site",
        [FRAME_ADVERT] = "advertising",
        [FRAME_COUNTER] = "a counter",
        [FRAME_CAPTION] = "a caption",
    };

    return words[frame];
}

static const char *reason_of(const struct page_context *ctx,
                             const struct article_span *span, size_t i)
{
    const struct block *b = &ctx->blocks.at[i];

    switch (b->role) {
    case ROLE_BODY:
        return b->is_repeat ? "text, though said before" : "text";
    case ROLE_HEADING:
        return "a heading among text";
    case ROLE_TITLE:
        return "the title";
    case ROLE_BYLINE:
        return "a byline: author, date, source";
    case ROLE_TAGS:
        return "tags";
    case ROLE_COMMENT:
        return "a reader's comment";
    case ROLE_CHAFF:
        return b->is_hidden  ? "hidden"
               : b->is_offer ? "an offer, and foreign to the article"
                             : frame_reason(b->frame.frame);
    default:
        break;
    }
    if (b->is_hidden)
        return "hidden";
    if (ctx->tree != NULL && b->body_odds < 0.5f)
        return "not likely";
    if (b->is_repeat)
        return "said before";
    return i < span->body_first ? "before the text" : "behind the text";
}

static void add_block(struct page_context *ctx, const struct block *b,
                      struct str text, const char *reason, bool is_kept)
{
    *vec_add(ctx->a, &now(ctx)->blocks) = (struct why_block){
        .text = text,
        .tag = ctx->tree == NULL ? STR("line")
                                 : ctx->tree->nodes[b->container].text,
        .reason = reason,
        .odds = ctx->tree == NULL ? -1 : b->body_odds,
        .is_kept = is_kept};
}

void why_blocks(struct page_context *ctx, const struct article_span *span,
                const char *reason)
{
    if (ctx->why == NULL)
        return;
    now(ctx)->because_body = reason;
    for (size_t i = span->first; i < span->end && i < ctx->blocks.n; i++) {
        const struct block *b = &ctx->blocks.at[i];
        bool is_kept = block_is_taken(b);
        bool is_cut_whole = b->text.n == 0 && b->cut.n > 0;

        if (!is_cut_whole)
            add_block(ctx, b, b->text, reason_of(ctx, span, i), is_kept);
        if (is_cut_whole || (is_kept && b->cut.n > 0))
            add_block(ctx, b, b->cut, "an offer in the paragraph", false);
    }
}
