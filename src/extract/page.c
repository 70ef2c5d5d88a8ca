/*
 * One page from document to drafts, in the order of the steps:
 *
 *   tree      markup is parsed (decode); a plain text has none
 *   rules     what the owner says of the site's pages is found, or dropped
 *   blocks    the page as a row of paragraphs, headings, lines
 *   meta      what head and scripts say (fields)
 *   list      an index of articles is given as links, and we are done
 *   parts     what other pages of the same article say too is no body
 *   chaff     foreign blocks are marked
 *   split     one article, or several
 *   body      which blocks of each are its text
 *   fields    title, author, date ... of each (fields)
 */
#include "extract/extract.h"

#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/vec.h"
#include "extract/blocks.h"
#include "extract/fields.h"
#include "extract/page_model.h"
#include "extract/page_parts.h"
#include "extract/page_rules.h"
#include "extract/page_state.h"
#include "extract/page_thread.h"
#include "extract/page_why.h"

/*
 * The share of pages whose body is right (F1 of 0.9 and more against the truth)
 * by what the odds let expect, as 589 pages of five sets showed with trees that
 * had not seen their sites: .31 below .7, .46 to .9, .79 to .94, .93 to .98, all
 * above.
 */
static float sure_of_f1(double expected)
{
    static const struct {
        double expected, sure;
    } points[] = {{0, 0},    {.70, .35}, {.89, .5},  {.92, .75},
                  {.94, .9}, {.97, .94}, {.99, .98}, {1, .99}};
    size_t i = 1;

    while (i + 1 < sizeof points / sizeof points[0] &&
           expected > points[i].expected)
        i++;
    expected =
        points[i - 1].sure + (expected - points[i - 1].expected) *
                                 (points[i].sure - points[i - 1].sure) /
                                 (points[i].expected - points[i - 1].expected);
    /* More digits would say more than is known, and differ by compiler. */
    return (float)(int)(expected * 100 + .5) / 100;
}

/*
 * How sure the body is: the F1 (in letters) that the model's own odds let
 * expect of what was taken.  With odds p and lengths w, of the letters taken
 * sum(w p) are right; of all right ones in the article sum(w p) over all its
 * blocks were to be had.
 */
static float sure_of_body(const struct page_context *ctx,
                          const struct article_span *span)
{
    double right = 0, taken = 0, all = 0;

    for (size_t k = span->first; k < span->end; k++) {
        const struct block *b = &ctx->blocks.at[k];
        double likely = (double)b->body_odds * b->chars;
        bool is_taken = block_is_taken(b);

        right += is_taken ? likely : 0;
        taken += is_taken ? b->chars : 0;
        all += likely;
    }
    return taken + all > 0 ? sure_of_f1(2 * right / (taken + all)) : 0;
}

static void read_article(struct page_context *ctx, struct article_span *span,
                         struct draft *draft)
{
    const char *reason;

    if (ctx->tree == NULL) {
        reason = "plain text: lines between head and tail";
        plain_trim(ctx, span);
        plain_body(ctx, span, &draft->body);
        /* Set by hand: the model judges markup only. */
        draft->confidence.body = .7F;
    } else if (rules_body(ctx, span, &draft->body)) {
        reason = "the owner's rule for this site";
        draft->confidence.body = 1;
    } else {
        tree_body(ctx, span, &draft->body);
        thread_mark(ctx, span, &draft->body);
        draft->confidence.body = sure_of_body(ctx, span);
        reason = "blocks whose odds of being text are .5 and more; then the "
                 "edges are trimmed";
    }
    if (ctx->tree != NULL && !draft->several_on_page && !rules_have_body(ctx) &&
        state_body(ctx, span, &draft->body, &draft->confidence.body)) {
        reason = "a script holds much more of it than the page shows";
        note_add(&draft->notes, ctx->a, NOTE_BODY_FROM_SCRIPT, "%s", "");
    }
    why_blocks(ctx, span, reason);
    article_fields(ctx, span, draft);
    rules_fields(ctx, span, draft);
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
 * order; glued ones have no main one. */
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

        if (spans->at[i].is_glued)
            return;
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

    if (rules_have_body(ctx)) {
        *vec_add(ctx->a, &spans) =
            (struct article_span){.end = ctx->blocks.n, .title = NO_BLOCK};
    } else {
        page_split(ctx, &spans);
        main_first(&spans, ctx);
    }
    out->drafts = arena_array(ctx->a, spans.n, sizeof *out->drafts);
    for (size_t i = 0; i < spans.n; i++) {
        struct draft *draft = &out->drafts[out->n_drafts];

        *draft = (struct draft){.several_on_page = spans.n > 1};
        draft->url = draft->base = ctx->hints->url;
        why_next_draft(ctx);
        read_article(ctx, &spans.at[i], draft);
        if (draft->body.kind != BODY_NONE || spans.n == 1)
            out->n_drafts++;
        else
            why_forget_draft(ctx);
    }
}

/* Tree, blocks and what the head says. */
static bool open_page(struct page_context *ctx, struct page *page,
                      struct error *err)
{
    const struct document *doc = ctx->doc;

    if (doc->kind == DOC_EMPTY || doc->kind == DOC_BINARY)
        return error_set(err, ERR_INPUT, "the page holds no text");
    if (ctx->hints->want_why)
        page->why = ctx->why = arena_make(ctx->a, struct page_why);
    if (doc->kind == DOC_HTML || doc->kind == DOC_XML) {
        struct page_tree *tree = html_parse(ctx->a, doc->text, &page->notes);

        noscript_show(tree);
        ctx->tree = tree;
        ctx->rules = rules_open(ctx, tree);
        blocks_of_tree(ctx);
    } else {
        page->kind = PAGE_TEXT;
        blocks_of_text(ctx, doc->text);
    }
    ctx->meta = page_meta_read(ctx);
    page_fields(ctx, page);
    return true;
}

static bool is_list(struct page_context *ctx, struct page *page)
{
    return ctx->tree != NULL &&
           (ctx->hints->want_list || !rules_have_body(ctx)) &&
           page_read_list(ctx, page);
}

static void read_page(struct page_context *ctx, struct page *page)
{
    if (ctx->part == 0 && is_list(ctx, page)) {
        page->kind = PAGE_LIST;
        page->next = page_next(ctx, true);
        return;
    }
    rules_tell(ctx, page);
    repeats_mark(ctx);
    if (ctx->tree != NULL)
        body_judge(ctx);
    parts_judge(ctx);
    ctx->is_flat = blocks_are_flat(ctx);
    chaff_mark(ctx);
    read_articles(ctx, page);
    if (page->n_drafts == 1)
        page->next = page_next(ctx, false);
}

bool page_extract_parts(struct arena *a, const struct document *docs,
                        const struct page_hints *hints, size_t n,
                        struct page *out, struct error *err)
{
    struct page *pages = arena_array(a, n, sizeof *pages);
    struct page_context *ctx = arena_array(a, n, sizeof *ctx);
    struct arena *scratch = arena_new(0);
    bool ok = false;

    for (size_t i = 0; i < n; i++) {
        pages[i].kind = PAGE_ARTICLE;
        ctx[i] = (struct page_context){.a = a,
                                       .scratch = scratch,
                                       .doc = &docs[i],
                                       .hints = &hints[i],
                                       .part = i,
                                       .notes = &pages[i].notes};
        if (!open_page(&ctx[i], &pages[i], err))
            goto done;
    }
    parts_compare(ctx, n);
    for (size_t i = 0; i < n; i++)
        read_page(&ctx[i], &pages[i]);
    memcpy(out, pages, n * sizeof *out);
    ok = true;

done:
    arena_free(scratch);
    return ok;
}

bool page_extract(struct arena *a, const struct document *doc,
                  const struct page_hints *hints, struct page *out,
                  struct error *err)
{
    return page_extract_parts(a, doc, hints, 1, out, err);
}
