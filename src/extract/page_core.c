/*
 * The core of a page, which its other texts are compared with: the prose without a
 * sign of an offer, and apart from it what is spam for sure.
 *
 * What is foreign is seen beside the page: the share of a text's terms that the
 * core knows, against the share usual for a paragraph of it.  Short articles know
 * few of their own words, long ones half.  Where sentences with the words of a
 * trade are as familiar as the others, the article is about the trade, and those
 * words say nothing.
 */
#include "extract/page_core.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/utf8.h"

#define SYLLABLE        37 /* tenths of a letter: words are shorter, on average */
#define TOLD_BY_TERMS   400 /* are enough to tell */
#define WORDS_SYLLABLES 3u
#define MOST_KNOWN      0.3  /* of its terms, by the core */
#define OF_USUAL        0.5  /* and of the share that is usual */
#define MOSTLY_SPAM     0.6  /* of a line's terms stand in spam */
#define SOME_SPAM       0.07 /* of them in spam only, and these at least: */
#define LEAST_SPAM      2
#define KNOWN_OF_SPAM   0.12 /* of such a paragraph's terms, by the core */
#define OF_PLAIN        6    /* tenths of a paragraph, for its words to count */
#define OF_PLAIN_KEY    4    /* of one that says a bait */
#define LEAST_CORE      0.5  /* of the prose, or the page is about it */
#define MANY_TERMS      8
#define SOME_TERMS      3
#define WEIGHT_TOLD     45 /* of a sentence, for each */

/* ---- the core ---- */

uint32_t topic_letters(const struct page_context *ctx)
{
    uint64_t letters = 0, n = 0;

    for (size_t i = 0; i < ctx->blocks.n && n < TOLD_BY_TERMS; i++) {
        const struct terms *terms = &ctx->blocks.at[i].terms;

        for (size_t k = 0; block_is_prose(&ctx->blocks.at[i]) && k < terms->n;
             k++) {
            if (terms->at[k].letters == UINT32_MAX)
                continue;
            letters += terms->at[k].letters;
            n++;
        }
    }
    return letters * 10 < n * SYLLABLE ? WORDS_SYLLABLES : WORDS_TOPIC;
}

bool block_is_of_core(const struct block *b)
{
    return block_is_prose(b) && !b->is_repeat;
}

static int by_size(const void *pa, const void *pb)
{
    const double *a = pa, *b = pb;

    return (*a > *b) - (*a < *b);
}

/* The share of its terms that a paragraph of the core usually has in common with
 * the others. */
static double usual_share(const struct page_context *ctx,
                          const struct core *core, const struct asked *asked)
{
    double *shares =
        arena_array(ctx->scratch, ctx->blocks.n + 1, sizeof *shares);
    size_t n = 0;
    uint32_t terms;

    for (size_t i = 0; i < ctx->blocks.n; i++)
        if (block_is_of_core(&ctx->blocks.at[i]) && !asked_is_strong(&asked[i]))
            shares[n++] =
                words_known(&core->prose, ctx->blocks.at[i].terms, 2, &terms);
    qsort(shares, n, sizeof *shares, by_size);
    return n == 0 ? 0 : shares[n / 2];
}

/* No sign of an offer, or one that is everywhere. */
static bool is_plain(const struct asked *of)
{
    return !asked_is_strong(of) && of->calls + of->fields <= 1;
}

/* The code points of the plain sentences of block I. */
static size_t plain_chars(struct page_context *ctx, struct offers *o, size_t i)
{
    const struct block *b = &ctx->blocks.at[i];
    struct str sentence;
    size_t chars = 0;

    for (size_t at = 0; sentence_next(b->text, &at, &sentence);) {
        struct asked of;

        asked_read(ctx, o, sentence, &of);
        chars += is_plain(&of) ? utf8_chars(sentence) : 0;
    }
    return chars;
}

/* Of a paragraph with a strong sign, or a sentence of another language, the other
 * sentences. */
static void add_plain(struct page_context *ctx, struct offers *o, size_t i,
                      struct core *core)
{
    struct str sentence;

    for (size_t at = 0;
         sentence_next(ctx->blocks.at[i].text, &at, &sentence);) {
        struct terms terms;
        struct asked of;

        terms = terms_of(ctx->scratch, sentence);
        asked_read(ctx, o, sentence, &of);
        if (is_plain(&of) &&
            tongue_of(core->tongue, sentence, terms) != TONGUE_OTHER)
            words_add(&core->prose, terms);
    }
}

static void read_prose(struct page_context *ctx, struct offers *o,
                       const struct asked *asked, bool *in_core,
                       struct core *core)
{
    double all = 0, plain = 0;

    words_init(&core->prose, ctx->scratch, topic_letters(ctx));
    words_init(&core->spam, ctx->scratch, core->prose.shortest);
    for (size_t i = 0; i < ctx->blocks.n; i++) {
        const struct block *b = &ctx->blocks.at[i];
        size_t chars = b->chars;

        if (block_is_spam(ctx, b))
            words_add(&core->spam, b->terms);
        if (!block_is_of_core(b))
            continue;
        if (asked_is_strong(&asked[i])) {
            chars = plain_chars(ctx, o, i);
            in_core[i] = chars * 10 >=
                         (size_t)b->chars *
                             (asked[i].holds_key ? OF_PLAIN_KEY : OF_PLAIN);
        } else {
            in_core[i] = true;
        }
        /* Baits are in any paragraph. */
        if (asked[i].holds_key)
            continue;
        all += b->chars;
        plain += in_core[i] ? (double)chars : 0;
    }
    core->is_about = plain < LEAST_CORE * all;
    for (size_t i = 0; i < ctx->blocks.n; i++) {
        const struct block *b = &ctx->blocks.at[i];

        if (!block_is_of_core(b))
            continue;
        if (core->is_about || (in_core[i] && !asked_is_strong(&asked[i]) &&
                               !core->tongue->is_mixed[i]))
            words_add(&core->prose, b->terms);
        else if (in_core[i])
            add_plain(ctx, o, i, core);
        in_core[i] = in_core[i] || core->is_about;
    }
    core->usual = usual_share(ctx, core, asked);
}

enum foreign core_foreign(const struct core *core, struct terms terms,
                          uint32_t at_least, double enough)
{
    uint32_t n;
    double known = words_known(&core->prose, terms, at_least, &n);
    double most = core->usual * OF_USUAL;
    bool is_foreign;

    if (n > 0 && known <= 0)
        return FOREIGN_WHOLLY;
    /* One term of many is known by chance. */
    if (known * n <= 1 && n >= MANY_TERMS)
        return FOREIGN_BUT_ONE;
    is_foreign = known * n <= 1 ? n >= SOME_TERMS
                                : known <= MOST_KNOWN &&
                                      known <= (enough > most ? enough : most);
    return is_foreign ? FOREIGN_MOSTLY : FOREIGN_NOT;
}

/* As prose tells of a trade: in familiar terms, or at length and without asking
 * for anything. */
static bool is_told(struct page_context *ctx, const struct core *core,
                    struct str sentence, const struct asked *of)
{
    struct arena_mark mark = arena_mark(ctx->scratch);
    enum foreign foreign =
        core_foreign(core, terms_of(ctx->scratch, sentence), 1, 0);

    arena_release(ctx->scratch, mark);
    return foreign == FOREIGN_NOT ||
           (of->calls + of->contacts == 0 &&
            text_weight(sentence) > WEIGHT_TOLD * asked_signs(of));
}

/* Most sentences with words of a trade tell of it. */
static bool is_about_trade(struct page_context *ctx, struct offers *o,
                           const struct core *core, const struct asked *asked)
{
    size_t told = 0, foreign = 0;
    struct str sentence;

    for (size_t i = 0; i < ctx->blocks.n; i++) {
        const struct block *b = &ctx->blocks.at[i];

        if (asked[i].trades == 0 || !block_is_of_core(b))
            continue;
        for (size_t at = 0; sentence_next(b->text, &at, &sentence);) {
            struct asked of;

            asked_read(ctx, o, sentence, &of);
            if (of.trades == 0)
                continue;
            *(is_told(ctx, core, sentence, &of) ? &told : &foreign) +=
                sentence.n;
        }
    }
    return told > foreign;
}

void core_read(struct page_context *ctx, struct offers *o,
               const struct tongue *tongue, const struct asked *asked,
               bool *in_core, struct core *core)
{
    *core = (struct core){.ctx = ctx, .tongue = tongue};
    read_prose(ctx, o, asked, in_core, core);
    core->is_about = core->is_about || is_about_trade(ctx, o, core, asked);
}

/* ---- what the page's spam says ---- */

size_t core_spam_terms(const struct core *core, struct terms terms,
                       uint32_t at_least)
{
    size_t n = 0;

    for (size_t i = 0; i < terms.n; i++)
        n += terms.at[i].letters >= core->spam.shortest &&
             words_count(&core->spam, terms.at[i].key) > 0 &&
             words_count(&core->prose, terms.at[i].key) < at_least;
    return n;
}

void core_find_spam(struct page_context *ctx, const struct core *core,
                    struct asked *asked, const bool *in_core)
{
    for (size_t i = 0; core->spam.n > 0 && i < ctx->blocks.n; i++) {
        const struct block *b = &ctx->blocks.at[i];
        uint32_t at_least = in_core[i] ? 2 : 1, n;
        double known;
        size_t shared;

        if (b->role != ROLE_UNKNOWN ||
            (!block_is_prose(b) &&
             words_known(&core->spam, b->terms, 1, &n) < MOSTLY_SPAM))
            continue;
        known = words_known(&core->prose, b->terms, at_least, &n);
        shared = core_spam_terms(core, b->terms, at_least);
        asked[i].has_spam = known <= KNOWN_OF_SPAM && shared >= LEAST_SPAM &&
                            (double)shared >= SOME_SPAM * n;
    }
}

void core_add_found(const struct page_context *ctx, struct core *core)
{
    for (size_t i = 0; i < ctx->blocks.n; i++)
        if (ctx->blocks.at[i].is_offer)
            words_add(&core->spam, ctx->blocks.at[i].terms);
}
