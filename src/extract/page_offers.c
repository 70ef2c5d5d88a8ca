/*
 * Offers between the paragraphs of a copied article: spam that is told in
 * sentences, or strung together with commas, and so looks like prose.
 *
 * Such a paragraph speaks of what no other one speaks of, and it asks for
 * something: names an account, calls to act, has the words of what spam sells
 * (text/offer.h).  An article does one of these at times, about what it is about.
 * That the same words stand in lines that are spam for sure, or that the
 * paragraph stands on the page twice, says more.
 */
#include "extract/page_offers.h"

#include "base/arena.h"
#include "extract/page_words.h"
#include "text/fold.h"
#include "text/offer.h"

#define MOST_KNOWN    0.3 /* of its terms, by the other paragraphs */
#define LONGEST_OFFER 400 /* code points */
#define OF_CHAFF      0.4 /* of its terms stand in chaff */

enum {
    POINTS_CONTACT = 35,
    POINTS_CONTACTS = 45, /* several */
    POINTS_CALL = 20,
    POINTS_TRADE = 25, /* a word of what spam sells */
    POINTS_TRADES = 40,
    POINTS_TWICE = 25, /* the page says it again */
    POINTS_CHAFF = 30,
    POINTS_STRUNG = 20, /* words or links strung together */
    ENOUGH = 60
};

/* Links strung together, with hardly a word between them. */
static bool is_string_of_links(const struct page_context *ctx,
                               const struct block *b)
{
    size_t links = 0;

    if (ctx->tree == NULL || b->link_chars * 10 < b->chars * 8)
        return false;
    for (uint32_t i = b->first; i < b->end; i++)
        links += ctx->tree->nodes[i].tag == TAG_A;
    return links >= 2;
}

static bool is_strung(const struct page_context *ctx, const struct block *b)
{
    return shape_is_salad(&b->shape) || is_string_of_links(ctx, b);
}

static bool may_be_offer(const struct page_context *ctx, const struct block *b)
{
    return b->role == ROLE_UNKNOWN && b->heading == 0 &&
           block_may_be_body(ctx, b) && b->chars <= LONGEST_OFFER &&
           (b->shape.sentences > 0 || is_strung(ctx, b));
}

/* The words of the page's prose and those of its chaff. */
static void read_words(struct page_context *ctx, struct words *prose,
                       struct words *chaff)
{
    words_init(prose, ctx->a, WORDS_TOPIC);
    words_init(chaff, ctx->a, WORDS_TOPIC);
    for (size_t i = 0; i < ctx->blocks.n; i++) {
        const struct block *b = &ctx->blocks.at[i];

        if (b->role == ROLE_CHAFF)
            words_add(chaff, b->terms);
        else if (block_is_prose(b) && !b->is_repeat)
            words_add(prose, b->terms);
    }
}

static bool is_said_twice(const struct blocks *bs, size_t i)
{
    if (bs->at[i].is_repeat)
        return true;
    for (size_t k = i + 1; k < bs->n; k++)
        if (bs->at[k].is_repeat && str_eq(bs->at[k].text, bs->at[i].text))
            return true;
    return false;
}

/* What the paragraph asks for; 0 if for nothing. */
static int points_of_offer(const struct offers *o)
{
    int points = 0;

    if (o->contacts > 0)
        points += o->contacts > 1 ? POINTS_CONTACTS : POINTS_CONTACT;
    if (o->called > 0)
        points += POINTS_CALL;
    if (o->trade > 0)
        points += o->trade > 1 ? POINTS_TRADES : POINTS_TRADE;
    return points;
}

static bool is_offer(struct page_context *ctx, size_t i,
                     const struct words *prose, const struct words *chaff)
{
    const struct block *b = &ctx->blocks.at[i];
    struct offers o;
    uint32_t terms;
    int points;

    if (!may_be_offer(ctx, b) ||
        words_known(prose, b->terms, 2, &terms) > MOST_KNOWN)
        return false;
    offers_init(&o, ctx->a);
    offers_add(&o, fold_key(ctx->a, b->text));
    points = points_of_offer(&o);
    /* Tables and code are strung together too. */
    if (points == 0 || (b->shape.sentences == 0 && o.trade == 0))
        return false;
    if (is_said_twice(&ctx->blocks, i))
        points += POINTS_TWICE;
    if (words_known(chaff, b->terms, 1, &terms) >= OF_CHAFF)
        points += POINTS_CHAFF;
    if (is_strung(ctx, b))
        points += POINTS_STRUNG;
    return points >= ENOUGH;
}

size_t offers_mark(struct page_context *ctx)
{
    struct words prose, chaff;
    size_t n = 0;

    read_words(ctx, &prose, &chaff);
    for (size_t i = 0; i < ctx->blocks.n; i++) {
        if (!is_offer(ctx, i, &prose, &chaff))
            continue;
        ctx->blocks.at[i].role = ROLE_CHAFF;
        ctx->blocks.at[i].is_offer = true;
        n++;
    }
    return n;
}
