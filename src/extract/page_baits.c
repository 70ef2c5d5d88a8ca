/*
 * Baits: the key words that a stolen article is to be found by.
 *
 * Who spreads a copied article puts the words he sells into its titles, before
 * or behind the article's own, and says them again where there is room: in lines
 * and sentences above, between and below the paragraphs, in them, in texts nobody
 * sees.  So a bait is a part of a title, up to a mark,
 *
 *   which the prose that does not say it does not know,
 *   and which sentences, or lines of nothing else, say that are as foreign;
 *   words of what spam sells make fewer of them enough.
 *
 * The names of sites and columns are as foreign, and a page says them again, so
 * these two signs together decide, and the site's own name is none.
 *
 * Weak spots: a bait in no title, and a page all of whose prose says it.
 */
#include "extract/page_bait_search.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "extract/page_core.h"
#include "extract/page_title_clean.h"
#include "text/fold.h"

#define MOST_CHARS     80   /* of a bait */
#define MOST_OUTSIDE   0.34 /* of its terms, known without it */
#define LEAST_KNOWN    0.15 /* of the terms of the title's own part */
#define MOST_KNOWN     0.12 /* of a foreign sentence's other terms */
#define LEAST_TERMS    3    /* of a sentence, besides */
#define LEAST_OUTSIDE  25   /* terms of other prose, to tell by */
#define SLOTS          1024
#define MOST_SENTENCES 2    /* that count */
#define LONGEST_HEARD  8192 /* bytes of a text */
#define MOST_HEARD     64   /* texts that say one */

enum {
    POINTS_TRADE = 2,
    POINTS_FIELDS = 1, /* two of those that others have too */
    POINTS_SENTENCE = 1,
    POINTS_ALONE = 1,
    POINTS_COMPANY = 1,
    POINTS_ASKS = 1,
    POINTS_STRANGE = 2,
    ENOUGH = 3
};

/* ---- who says them ---- */

static size_t slot_of(uint32_t key)
{
    return (key * 0x85EBCA6Bu) & (SLOTS - 1);
}

static void index_keys(struct search *q)
{
    q->slots = arena_array(q->ctx->a, SLOTS, sizeof *q->slots);
    for (size_t i = 0; i < q->n; i++)
        for (size_t k = 0; k < q->at[i].bait.n; k++) {
            size_t slot = slot_of(q->at[i].bait.keys[k]);

            while (q->slots[slot].key != 0)
                slot = (slot + 1) & (SLOTS - 1);
            q->slots[slot] =
                (struct slot){q->at[i].bait.keys[k], (uint8_t)i, (uint8_t)k};
        }
}

/* Which terms of each candidate TERMS have, by bit. */
static void find_hits(const struct search *q, struct terms terms,
                      uint32_t hits[BAITS_MAX])
{
    for (size_t i = 0; i < q->n; i++)
        hits[i] = 0;
    for (size_t i = 0; i < terms.n; i++)
        for (size_t slot = slot_of(terms.at[i].key); q->slots[slot].key != 0;
             slot = (slot + 1) & (SLOTS - 1))
            if (q->slots[slot].key == terms.at[i].key)
                hits[q->slots[slot].candidate] |= 1u << q->slots[slot].nth;
}

static bool is_prose(const struct search *q, size_t i)
{
    const struct block *b = &q->ctx->blocks.at[i];

    return block_is_prose(b) && block_may_be_body(q->ctx, b) && b->heading == 0;
}

/* Without a sign of an offer that is rare. */
static bool is_plain(const struct search *q, size_t i)
{
    return is_prose(q, i) && !asked_is_strong(&q->asked[i]);
}

static void read_outside(struct search *q)
{
    uint32_t hits[BAITS_MAX];

    for (size_t i = 0; i < q->ctx->blocks.n; i++) {
        if (!is_prose(q, i))
            continue;
        find_hits(q, q->ctx->blocks.at[i].terms, hits);
        for (size_t k = 0; k < q->n; k++) {
            struct candidate *c = &q->at[k];

            if (bait_is_said(&c->bait, hits[k])) {
                c->bait.is_string = false; /* prose says all of it */
                continue;
            }
            c->outside |= hits[k];
            c->plain |= is_plain(q, i) ? hits[k] : 0;
        }
    }
}

static bool is_known(const struct bait *b, uint32_t known)
{
    return (double)bait_terms_in(known) > MOST_OUTSIDE * (double)b->n;
}

/* One has half of the terms of the other. */
static bool is_like(const struct bait *a, const struct bait *b)
{
    size_t n = 0;

    for (size_t i = 0; i < a->n; i++)
        for (size_t k = 0; k < b->n; k++)
            n += a->keys[i] == b->keys[k];
    return n * 2 >= (a->n < b->n ? a->n : b->n);
}

/* Another part of the titles than the one at SELF is the article's own. */
static bool has_known(const struct search *q, size_t self)
{
    for (size_t i = 0; i < q->n; i++) {
        size_t known = bait_terms_in(q->at[i].plain);

        if (i != self && known >= 2 &&
            !is_like(&q->at[i].bait, &q->at[self].bait) &&
            (double)known >= LEAST_KNOWN * (double)q->at[i].bait.n)
            return true;
    }
    return false;
}

/* Those that other prose knows are the article's own.  Where plain prose knows no
 * other part, the page may be about a trade, and all prose is asked. */
static void drop_known(struct search *q)
{
    struct search all = *q;

    q->n = 0;
    for (size_t i = 0; i < all.n; i++) {
        struct candidate c = all.at[i];

        c.is_beside_own = has_known(&all, i);
        if (utf8_chars(c.bait.text) <= MOST_CHARS &&
            !is_known(&c.bait, c.is_beside_own ? c.plain : c.outside) &&
            !title_is_site(q->ctx, c.bait.text))
            q->at[q->n++] = c;
    }
}

static size_t count_said(const struct search *q, const uint32_t hits[BAITS_MAX])
{
    size_t n = 0;

    for (size_t i = 0; i < q->n; i++)
        n += bait_is_named(&q->at[i].bait, hits[i]);
    return n;
}

/* ---- how they are said ---- */

/* TERMS without those of B, in A. */
static struct terms without(struct arena *a, struct terms terms,
                            const struct bait *b)
{
    struct term *left = arena_array(a, terms.n + 1, sizeof *left);
    size_t n = 0;

    for (size_t i = 0; i < terms.n; i++) {
        size_t k = 0;

        while (k < b->n && b->keys[k] != terms.at[i].key)
            k++;
        if (k == b->n)
            left[n++] = terms.at[i];
    }
    return (struct terms){left, n};
}

/* How many foreign sentences of TEXT say C. */
static size_t hear_sentences(struct search *q, struct candidate *c,
                             const struct words *outside, struct str text)
{
    size_t before = c->sentences;
    struct str sentence;
    uint32_t hits[BAITS_MAX], n;

    for (size_t at = 0; sentence_next(text, &at, &sentence);) {
        struct arena_mark mark = arena_mark(q->ctx->a);
        struct terms terms = terms_of(q->ctx->a, sentence);
        bool is_strange;
        double known;

        find_hits(q, terms, hits);
        known =
            words_known(outside, without(q->ctx->a, terms, &c->bait), 1, &n);
        is_strange = tongue_of(q->tongue, sentence, terms) >= TONGUE_LIKELY;
        arena_release(q->ctx->a, mark);
        if (!bait_is_named(&c->bait, hits[c - q->at]))
            continue;
        c->is_strange |= is_strange;
        /* One term is known by chance. */
        if (known <= MOST_KNOWN || (n >= LEAST_TERMS && known * n <= 1)) {
            c->sentences++;
            c->has_company |= count_said(q, hits) > 1;
        } else {
            c->told +=
                str_has(sentence, c->bait.text) &&
                !bait_is_apart(sentence, str_find(sentence, c->bait.text, 0),
                               c->bait.text.n);
        }
    }
    return c->sentences - before;
}

#define MANY_FIELDS 3 /* of what spam speaks of as well as others */

/* Block I sells, or calls to act.  Of chaff it was not asked before. */
static bool is_selling(struct search *q, struct offers *o, size_t i)
{
    struct asked of;

    asked_read(q->ctx, o, q->ctx->blocks.at[i].text, &of);
    return of.trades + of.calls + of.contacts > 0 || of.fields >= MANY_FIELDS;
}

static bool is_cell(const struct block *b)
{
    return b->tag == TAG_TD || b->tag == TAG_TH || b->tag == TAG_LI ||
           b->tag == TAG_DT || b->tag == TAG_DD || b->tag == TAG_PRE;
}

static void hear_blocks(struct search *q, struct offers *o,
                        const struct words *outside)
{
    uint32_t hits[BAITS_MAX];

    for (size_t i = 0; i < q->ctx->blocks.n; i++) {
        const struct block *b = &q->ctx->blocks.at[i];

        if (bait_title_is(q, i) || b->text.n > LONGEST_HEARD ||
            (!b->is_hidden && !block_may_be_body(q->ctx, b)))
            continue;
        find_hits(q, b->terms, hits);
        for (size_t k = 0; k < q->n; k++) {
            struct candidate *c = &q->at[k];

            if (!bait_is_named(&c->bait, hits[k]) || c->heard++ >= MOST_HEARD)
                continue;
            if (without(q->ctx->a, b->terms, &c->bait).n == 0)
                c->is_alone = true;
            c->is_strung |= shape_is_salad(&b->shape) && !is_cell(b);
            if (hear_sentences(q, c, outside, b->text) > 0 && !c->asks)
                c->asks = is_selling(q, o, i);
        }
    }
}

/* C is of the language or script that strange sentences are in. */
static bool is_of_strange(const struct search *q, const struct candidate *c)
{
    size_t strange = 0, own = 0;

    if (q->strange.total == 0)
        return false;
    for (size_t i = 0; i < c->bait.n; i++) {
        strange += words_count(&q->strange, c->bait.keys[i]) > 0;
        own += words_count(&q->tongue->words, c->bait.keys[i]) > 0;
    }
    return own == 0 && (strange * 2 >= c->bait.n ||
                        tongue_is_other_script(q->tongue, c->bait.text));
}

/* The prose that says none of them; false if it is too short to tell by. */
static bool read_words(const struct search *q, struct words *outside)
{
    uint32_t hits[BAITS_MAX];
    bool is_any_said = false;

    words_init(outside, q->ctx->a, topic_letters(q->ctx));
    for (size_t i = 0; i < q->ctx->blocks.n; i++) {
        const struct block *b = &q->ctx->blocks.at[i];

        if (bait_title_is(q, i) ||
            (!b->is_hidden && !block_may_be_body(q->ctx, b)))
            continue;
        find_hits(q, b->terms, hits);
        if (count_said(q, hits) > 0)
            is_any_said = true;
        else if (is_plain(q, i))
            words_add(outside, b->terms);
    }
    return (is_any_said || q->strange.total > 0) &&
           outside->total >= LEAST_OUTSIDE;
}

/* Names of people, places and columns are as foreign and come again, so a bait
 * sells by its own words, or the sentences that say it do.  Where no other part is
 * the article's own it may be what that is about, and must sell. */
static bool is_bait(struct search *q, struct offers *o,
                    const struct candidate *c, bool is_about)
{
    size_t sentences =
        c->sentences < MOST_SENTENCES ? c->sentences : MOST_SENTENCES;
    int points;

    if (c->sentences + c->is_alone <= c->told)
        return false;
    offers_reset(o);
    offers_add(o, fold_key(q->ctx->a, c->bait.text));
    if (o->trades == 0 &&
        (!c->is_beside_own || (o->fields < 2 && !c->asks && !c->is_strange &&
                               !(c->is_strung && c->has_company))))
        return false;
    points = o->trades > 0 && !is_about ? POINTS_TRADE : 0;
    points += o->fields > 1 ? POINTS_FIELDS : 0;
    points += POINTS_SENTENCE * (int)sentences;
    points += c->is_alone ? POINTS_ALONE : 0;
    points += c->has_company ? POINTS_COMPANY : 0;
    points += c->asks ? POINTS_ASKS : 0;
    points += c->is_strange ? POINTS_STRANGE : 0;
    return points >= ENOUGH;
}

/* Which of the candidates are baits; how many. */
static size_t tell_baits(struct search *q, struct offers *o, bool is_about,
                         bool is_one[BAITS_MAX])
{
    size_t n = 0;

    for (size_t i = 0; i < q->n; i++)
        n += is_one[i] = is_bait(q, o, &q->at[i], is_about);
    return n;
}

/* The page's prose tells of a trade. */
static bool tells_of_trade(struct search *q, struct offers *o)
{
    struct arena_mark mark = arena_mark(q->ctx->scratch);
    bool *in_core =
        arena_array(q->ctx->scratch, q->ctx->blocks.n + 1, sizeof *in_core);
    struct core core;

    core_read(q->ctx, o, q->tongue, q->asked, in_core, &core);
    arena_release(q->ctx->scratch, mark);
    return core.is_about;
}

/* ---- finding them ---- */

bool baits_in_title(const struct page_context *ctx, size_t i)
{
    for (size_t k = 0; ctx->baits != NULL && k < ctx->baits->n_titles; k++)
        if (ctx->baits->titles[k] == i)
            return true;
    return false;
}

void baits_find(struct page_context *ctx, struct offers *o,
                const struct tongue *tongue, struct asked *asked)
{
    struct search q = {.ctx = ctx, .tongue = tongue, .asked = asked};
    struct baits *found = arena_make(ctx->a, struct baits);
    bool is_one[BAITS_MAX] = {false};
    struct words outside;

    bait_titles_read(&q);
    index_keys(&q);
    read_outside(&q);
    drop_known(&q);
    index_keys(&q);
    if (q.n == 0)
        return;
    tongue_read_strange(ctx, tongue, &q.strange);
    if (!read_words(&q, &outside))
        return;
    hear_blocks(&q, o, &outside);
    for (size_t i = 0; i < q.n; i++)
        if (!q.at[i].is_strange && is_of_strange(&q, &q.at[i])) {
            q.at[i].is_strange = true;
            q.at[i].sentences++;
        }
    /* Few pages have one, and fewer are asked what they are about. */
    if (tell_baits(&q, o, false, is_one) == 0 ||
        (tells_of_trade(&q, o) && tell_baits(&q, o, true, is_one) == 0))
        return;
    bait_titles_tell(&q, is_one);
    bait_titles_keep(&q, is_one, found);
    if (found->n == 0)
        return;
    memcpy(found->titles, q.blocks, sizeof q.blocks);
    found->n_titles = q.n_blocks;
    ctx->baits = found;
    baits_clear_meta(ctx);
    for (size_t i = 0; i < ctx->blocks.n; i++)
        if (baits_said(ctx, ctx->blocks.at[i].terms))
            asked_read(ctx, o, ctx->blocks.at[i].text, &asked[i]);
}
