/*
 * A whole text of somebody else's behind a copied article.
 *
 * Each of its paragraphs reads like prose and asks for little: one praises, one
 * tells of a friend, the last has the address.  So the last paragraphs of a page
 * are judged as one.  They are no part of the article if it knows few of their
 * terms, by the measure of what it knows of its own, and if together they are
 * dense with signs of an offer, of which the article has hardly any.
 *
 * Foreign words alone say nothing here: the ends of honest articles are as foreign
 * (a writer's note, a second subject, sources).
 */
#include "extract/page_appended.h"

#include "base/arena.h"

#define LONGEST_END     12 /* paragraphs */
#define LEAST_FRONT     3
#define LEAST_END       3
#define LEAST_WEIGHT    200 /* of the end */
#define DENSER          4   /* than the article */
#define LEAST_ADDRESSED 3   /* of an end that asks for nothing */
#define HEAD_BLOCKS     3   /* between a heading and its first paragraph */

/* The share of its terms that the article knows, of the share it knows of its own;
 * and the signs it takes then.  What asks, and words of a trade, count twice. */
static const struct {
    double of_usual;
    uint64_t least_signs, a_sign; /* weight of the end, for one sign */
} enough[] = {{0.25, 4, 130}, {0.5, 5, 100}};

struct ending {
    struct page_context *ctx;
    const struct asked *asked;
    size_t *prose; /* blocks of the text, in order */
    size_t n;
    uint64_t weight; /* of all */
};

struct signs {
    uint64_t asks, addressed, all, weight;
};

static bool is_of_text(const struct page_context *ctx, const struct block *b)
{
    return b->role == ROLE_UNKNOWN && block_is_prose(b) && !b->is_repeat &&
           (ctx->tree == NULL || b->body_odds >= 0.5F);
}

static void read_text(struct ending *e)
{
    const struct blocks *bs = &e->ctx->blocks;

    e->prose = arena_array(e->ctx->scratch, bs->n + 1, sizeof *e->prose);
    for (size_t i = 0; i < bs->n; i++) {
        if (!is_of_text(e->ctx, &bs->at[i]))
            continue;
        e->prose[e->n++] = i;
        e->weight += shape_weight(&bs->at[i].shape);
    }
}

static void add_signs(const struct ending *e, size_t k, struct signs *s)
{
    const struct asked *of = &e->asked[e->prose[k]];
    size_t asks = of->calls + of->contacts + of->has_address;

    s->asks += asks;
    s->addressed += of->addressed;
    s->all += 2 * (asks + of->trades) + of->fields + of->addressed;
    s->weight += shape_weight(&e->ctx->blocks.at[e->prose[k]].shape);
}

static double known_of(const struct ending *e, const struct words *words,
                       size_t from, size_t end, uint32_t at_least)
{
    double sum = 0;
    uint32_t n;

    for (size_t k = from; k < end; k++)
        sum += words_known(words, e->ctx->blocks.at[e->prose[k]].terms,
                           at_least, &n);
    return end > from ? sum / (double)(end - from) : 0;
}

/* As far as its signs go. */
static bool may_be_offer(const struct signs *end, const struct signs *front)
{
    return end->weight >= LEAST_WEIGHT && end->weight < front->weight &&
           (end->asks > 0 || end->addressed >= LEAST_ADDRESSED) &&
           end->all * front->weight >= DENSER * front->all * end->weight;
}

static bool is_offer(const struct signs *end, double of_usual)
{
    for (size_t i = 0; i < sizeof enough / sizeof enough[0]; i++)
        if (of_usual <= enough[i].of_usual &&
            end->all >= enough[i].least_signs &&
            end->all * enough[i].a_sign >= end->weight)
            return true;
    return false;
}

/* The heading above block I, if only what is no prose stands between; else I. */
static size_t heading_above(const struct page_context *ctx, size_t i)
{
    for (size_t k = i; k > 0 && k + HEAD_BLOCKS > i; k--) {
        const struct block *b = &ctx->blocks.at[k - 1];

        if (b->heading > 1)
            return k - 1;
        if (block_is_prose(b))
            break;
    }
    return i;
}

/* Where the end begins that is an offer of its own; N if none does.  Of those with
 * the same signs the last below a heading, or the one the article knows least. */
static size_t find_end(const struct ending *e)
{
    size_t first = e->n > LONGEST_END ? e->n - LONGEST_END : 0, best = e->n;
    struct signs all = {0}, front = {0}, end;
    uint64_t most = 0;
    struct words words;
    double least = 1;

    if (first < LEAST_FRONT)
        first = LEAST_FRONT;
    words_init(&words, e->ctx->scratch, WORDS_TOPIC);
    for (size_t k = 0; k < e->n; k++) {
        add_signs(e, k, &all);
        if (k >= first)
            continue;
        add_signs(e, k, &front);
        words_add(&words, e->ctx->blocks.at[e->prose[k]].terms);
    }
    for (size_t k = first; k + LEAST_END <= e->n; k++) {
        end = (struct signs){all.asks - front.asks,
                             all.addressed - front.addressed,
                             all.all - front.all, all.weight - front.weight};
        if (may_be_offer(&end, &front)) {
            double usual = known_of(e, &words, 0, k, 2);
            double of_usual = known_of(e, &words, k, e->n, 1) / (usual + 1e-9);
            double rank = heading_above(e->ctx, e->prose[k]) < e->prose[k]
                              ? -1
                              : of_usual;

            if (is_offer(&end, of_usual) &&
                (end.all > most || (end.all == most && rank <= least))) {
                best = k;
                most = end.all;
                least = rank;
            }
        }
        add_signs(e, k, &front);
        words_add(&words, e->ctx->blocks.at[e->prose[k]].terms);
    }
    return best;
}

size_t appended_mark(struct page_context *ctx, const struct asked *asked)
{
    struct arena_mark mark = arena_mark(ctx->scratch);
    struct ending e = {.ctx = ctx, .asked = asked};
    size_t k, n = 0;

    read_text(&e);
    k = e.n < LEAST_FRONT + LEAST_END ? e.n : find_end(&e);
    for (size_t i = k < e.n ? heading_above(ctx, e.prose[k]) : 0;
         k < e.n && i <= e.prose[e.n - 1]; i++) {
        struct block *b = &ctx->blocks.at[i];

        n += b->role == ROLE_UNKNOWN;
        b->role = ROLE_CHAFF;
    }
    arena_release(ctx->scratch, mark);
    return n;
}
