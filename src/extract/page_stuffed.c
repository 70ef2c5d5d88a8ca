/*
 * Keyword stuffing: a page made for search engines says the same foreign words in
 * its head and in lines between the text of a copied article.
 *
 * The words of the head (title, description, keywords) that no prose of the page
 * knows are what it is stuffed with, if they are many.  A salad of words that has
 * a share of them is spam, and so is a line all of whose words stand in such
 * salads.  Titles are short of words or known to the prose; tables, code,
 * captions and lists but of links are left alone.
 */
#include "base/arena.h"
#include "extract/page_stuffed.h"
#include "extract/page_meta.h"
#include "extract/page_words.h"

#define STUFFED_TERMS 6    /* foreign words a stuffed head has at least */
#define MOST_KNOWN    0.25 /* of a line's terms, by the prose */
#define LEAST_STUFFED 0.2  /* of a salad's terms, in the head */
#define LEAST_OF_IT   0.8  /* of another line's terms, in salads */
#define LONGEST       1200 /* code points of one line */

/* How many terms of the head's texts the prose does not know; *OUT gets all. */
static size_t read_head(const struct page_context *ctx,
                        const struct words *prose, struct words *out)
{
    const struct str texts[] = {ctx->meta->title,
                                meta_get(ctx->meta, STR("description")),
                                meta_get(ctx->meta, STR("keywords"))};
    size_t foreign = 0;

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct terms terms = terms_of(ctx->scratch, texts[i]);

        for (size_t k = 0; k < terms.n; k++)
            foreign += terms.at[k].letters >= prose->shortest &&
                       words_count(prose, terms.at[k].key) == 0;
        words_add(out, terms);
    }
    return foreign;
}

static bool may_be_spam(const struct block *b)
{
    const struct text_shape *s = &b->shape;

    return b->role == ROLE_UNKNOWN && b->heading == 0 && b->tag != TAG_TD &&
           b->tag != TAG_TH && b->tag != TAG_DT && b->tag != TAG_DD &&
           b->tag != TAG_LI && b->tag != TAG_PRE && b->tag != TAG_FIGCAPTION &&
           s->chars >= 3 && s->chars <= LONGEST && s->sentences == 0 &&
           s->end == END_OPEN && !shape_is_prose(s);
}

static bool is_foreign(const struct block *b, const struct words *prose,
                       uint32_t *terms)
{
    return may_be_spam(b) &&
           words_known(prose, b->terms, 1, terms) <= MOST_KNOWN && *terms >= 3;
}

size_t stuffed_mark(struct page_context *ctx, const struct words *prose)
{
    struct blocks *bs = &ctx->blocks;
    struct words head, salads;
    uint32_t terms;
    size_t n = 0;

    words_init(&head, ctx->scratch, prose->shortest);
    if (read_head(ctx, prose, &head) < STUFFED_TERMS)
        return 0;
    words_init(&salads, ctx->scratch, prose->shortest);
    for (size_t i = 0; i < bs->n; i++) {
        struct block *b = &bs->at[i];

        if (!is_foreign(b, prose, &terms) || !shape_is_salad(&b->shape) ||
            str_has(b->text, STR("://")) ||
            words_known(&head, b->terms, 1, &terms) < LEAST_STUFFED)
            continue;
        words_add(&salads, b->terms);
        b->role = ROLE_CHAFF;
        n++;
    }
    for (size_t i = 0; n > 0 && i < bs->n; i++) {
        struct block *b = &bs->at[i];

        if (!is_foreign(b, prose, &terms) ||
            words_known(&salads, b->terms, 1, &terms) < LEAST_OF_IT)
            continue;
        b->role = ROLE_CHAFF;
        n++;
    }
    return n;
}
