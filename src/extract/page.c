/*
 * One page from document to drafts, in the order of the steps:
 *
 *   tree      markup is parsed (decode); a plain text has none
 *   blocks    the page as a row of paragraphs, headings, lines
 *   meta      what head and scripts say (fields)
 *   list      an index of articles is given as links, and we are done
 *   chaff     foreign blocks are marked
 *   split     one article, or several
 *   body      which blocks of each are its text
 *   fields    title, author, date ... of each (fields)
 */
#include "extract/extract.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/vec.h"
#include "extract/blocks.h"
#include "extract/fields.h"
#include "extract/page_model.h"

static void read_article(struct page_context *ctx, struct article_span *span,
                         struct draft *draft)
{
    if (ctx->tree == NULL) {
        plain_trim(ctx, span);
        plain_body(ctx, span, &draft->body);
    } else {
        tree_body(ctx, span, &draft->body);
    }
    article_fields(ctx, span, draft);
}

/* True if the page's own title begins with that of the span. */
static bool has_page_title(const struct page_context *ctx,
                           const struct article_span *span)
{
    return span->title != NO_BLOCK && span->title_text.n == 0 &&
           str_starts(head_title(ctx), ctx->blocks.at[span->title].text);
}

/* How much of the page's likely body lies in a span; the main heading counts
 * as much as the text, the page's title more. */
static double likely_in(const struct page_context *ctx,
                        const struct article_span *span)
{
    double sum = 0, factor = 1;

    for (size_t k = span->first; k < span->end; k++) {
        const struct block *b = &ctx->blocks.at[k];

        sum += (double)b->body_odds * shape_weight(&b->shape);
        if (b->heading == 1)
            factor = 2;
    }
    return sum * (has_page_title(ctx, span) ? factor * 3 : factor);
}

/* On pages of markup the main article comes first, then the others in page
 * order; glued texts have no main one. */
static void main_first(struct article_spans *spans,
                       const struct page_context *ctx)
{
    double most = -1;
    size_t best = 0;
    struct article_span main;

    if (ctx->is_flat)
        return;
    for (size_t i = 0; i < spans->n; i++) {
        double likely = likely_in(ctx, &spans->at[i]);

        if (likely > most * 1.5) {
            most = likely;
            best = i;
        }
    }
    main = spans->at[best];
    for (size_t i = best; i > 0; i--)
        spans->at[i] = spans->at[i - 1];
    spans->at[0] = main;
}

static void read_articles(struct page_context *ctx, struct page *out)
{
    struct article_spans spans = {0};

    page_split(ctx, &spans);
    main_first(&spans, ctx);
    out->drafts = arena_array(ctx->a, spans.n, sizeof *out->drafts);
    for (size_t i = 0; i < spans.n; i++) {
        struct draft *draft = &out->drafts[out->n_drafts];

        *draft = (struct draft){.several_on_page = spans.n > 1};
        draft->url = draft->base = ctx->hints->url;
        read_article(ctx, &spans.at[i], draft);
        if (draft->body.kind != BODY_NONE || spans.n == 1)
            out->n_drafts++;
    }
}

bool page_extract(struct arena *a, const struct document *doc,
                  const struct page_hints *hints, struct page *out,
                  struct error *err)
{
    struct page page = {.kind = PAGE_ARTICLE};
    struct page_context ctx = {
        .a = a, .doc = doc, .hints = hints, .notes = &page.notes};

    if (doc->kind == DOC_EMPTY || doc->kind == DOC_BINARY)
        return error_set(err, ERR_INPUT, "the page holds no text");
    if (doc->kind == DOC_HTML || doc->kind == DOC_XML) {
        ctx.tree = html_parse(a, doc->text, &page.notes);
        blocks_of_tree(&ctx);
    } else {
        page.kind = PAGE_TEXT;
        blocks_of_text(&ctx, doc->text);
    }
    ctx.meta = page_meta_read(&ctx);
    page_fields(&ctx, &page);
    if (ctx.tree != NULL && page_read_list(&ctx, &page)) {
        page.kind = PAGE_LIST;
        *out = page;
        return true;
    }
    repeats_mark(&ctx);
    if (ctx.tree != NULL)
        body_judge(&ctx);
    ctx.is_flat = blocks_are_flat(&ctx);
    chaff_mark(&ctx);
    read_articles(&ctx, &page);
    *out = page;
    return true;
}
