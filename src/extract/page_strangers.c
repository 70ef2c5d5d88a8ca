/*
 * Articles that JSON-LD describes and the page does not show.
 *
 * A copied page says in its scripts what search engines shall read: another text,
 * with another headline and another writer.  Where a page shows a paragraph or
 * two, the text declared for it begins with them or is theirs; one that knows
 * next to nothing of the page's prose nor of its title is somebody else's, and
 * what is declared with it is not believed either.  Pages that show nothing
 * without scripts cannot tell.
 */
#include "extract/page_strangers.h"

#include "base/arena.h"
#include "extract/blocks.h"
#include "extract/page_words.h"

#define LEAST_BODY  20   /* terms of a declared text, to judge it by */
#define LEAST_PROSE 300  /* weight of the page's */
#define OF_BLOCK    0.5  /* of a paragraph's terms: it is in the text */
#define OF_PROSE    0.15 /* of the page's prose is, and */
#define OF_TITLE    0.3  /* of the title's terms, at least */
#define SHOWN       0.5  /* of its own terms: it is an extract */

static struct terms first_heading(const struct page_context *ctx)
{
    for (size_t i = 0; i < ctx->blocks.n; i++)
        if (ctx->blocks.at[i].heading > 0 && ctx->blocks.at[i].heading <= 2 &&
            !ctx->blocks.at[i].is_hidden)
            return ctx->blocks.at[i].terms;
    return (struct terms){NULL, 0};
}

static bool is_stranger(const struct page_context *ctx,
                        const struct ld_article *ld)
{
    struct terms terms = terms_of(ctx->scratch, ld->body);
    uint64_t prose = 0, known = 0;
    struct words body, page;
    uint32_t n;

    words_init(&page, ctx->scratch, WORDS_TOPIC);
    words_init(&body, ctx->scratch, WORDS_TOPIC);
    words_add(&body, terms);
    if (body.n < LEAST_BODY ||
        words_known(&body, first_heading(ctx), 1, &n) >= OF_TITLE ||
        words_known(&body, terms_of(ctx->scratch, head_title(ctx)), 1, &n) >=
            OF_TITLE)
        return false;
    for (size_t i = 0; i < ctx->blocks.n; i++) {
        const struct block *b = &ctx->blocks.at[i];

        if (!block_is_prose(b))
            continue;
        words_add(&page, b->terms);
        prose += shape_weight(&b->shape);
        if (words_known(&body, b->terms, 1, &n) >= OF_BLOCK)
            known += shape_weight(&b->shape);
    }
    return prose >= LEAST_PROSE && (double)known < OF_PROSE * (double)prose &&
           words_known(&page, terms, 1, &n) < SHOWN;
}

void strangers_drop(const struct page_context *ctx, struct page_meta *m)
{
    struct arena_mark mark = arena_mark(ctx->scratch);
    size_t n = 0;

    for (size_t i = 0; i < m->articles.n; i++)
        if (m->articles.at[i].body.n == 0 ||
            !is_stranger(ctx, &m->articles.at[i]))
            m->articles.at[n++] = m->articles.at[i];
    m->articles.n = n;
    arena_release(ctx->scratch, mark);
}
