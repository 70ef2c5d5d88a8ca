/*
 * What a page says again and its article knows nothing of.
 *
 * Who stuffs a copied article has few texts of his own and puts them in wherever
 * there is room: a sentence comes word for word between other paragraphs, the
 * same key words stand above, between and below them, and in the head.  An article
 * says nothing twice but what it is about.  So no word needs to be known:
 *
 *   a paragraph is foreign when the article, all that is said once, knows hardly
 *   one of its terms, and fewer than it knows of a usual paragraph;
 *   said three times, or twice on a page with other spam, it is none of the
 *   article's;
 *   a listing (phrases with marks between them, and no sentence) is none when
 *   most of its phrases stand elsewhere too, as in another listing or the head.
 *
 * Refrains are as foreign to their verses as these are to each other, so nothing
 * is foreign where the usual paragraph is too.
 */
#include "extract/page_echoes.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/utf8.h"
#include "extract/fields.h"
#include "extract/page_meta.h"
#include "extract/page_words.h"

#define LEAST_CORE    60   /* terms of the article, to know anything by */
#define MOST_KNOWN    0.25 /* of a paragraph's terms, by the article */
#define LISTED_KNOWN  0.15 /* of a listing's */
#define OF_USUAL      0.5  /* of the share it knows of a usual paragraph */
#define LEAST_USUAL   0.12
#define LEAST_TERMS   5
#define MOST_OF_CORE  4  /* what is said again is a quarter of it at most */
#define PHRASE        50 /* weight of a listing's phrases, on average */
#define LEAST_PHRASES 3
#define LEAST_TOLD    4 /* that end as a sentence does */
#define PHRASE_TERMS  2
#define SOME_SPAM     1 /* block */

struct echoes {
    struct page_context *ctx;
    struct map times; /* how often each text stands below prose */
    struct words core;
    struct map phrases; /* in how many places each stands */
    struct map spam;    /* those of listings that are spam */
    uint64_t core_weight;
    double usual;
};

/* Tables, code and captions have words of their own. */
static bool may_be_echo(const struct page_context *ctx, const struct block *b)
{
    return b->role == ROLE_UNKNOWN && block_may_be_body(ctx, b) &&
           b->heading == 0 && b->tag != TAG_TD && b->tag != TAG_TH &&
           b->tag != TAG_DT && b->tag != TAG_DD && b->tag != TAG_PRE &&
           b->tag != TAG_FIGCAPTION && b->frame.frame == FRAME_NONE;
}

/* Names, dates and labels: foreign to the text, and often said again. */
static bool is_facts(struct page_context *ctx, const struct block *b)
{
    struct line_facts facts = {0};

    return is_comment_head(ctx, b) ||
           (line_read(ctx, b->text, &facts) && facts.is_only_facts);
}

/* Phrases with marks between them, and no sentence but that all of it may end in a
 * full stop. */
static bool is_listing(const struct block *b)
{
    const struct text_shape *s = &b->shape;
    uint32_t joints = s->cjk_gaps + s->dividers + s->stars + s->commas;
    uint32_t ends = s->end == END_SENTENCE ? 1 : 0;

    return s->sentences <= ends && !s->opens_quote &&
           joints + 1 >= (ends > 0 ? LEAST_TOLD : LEAST_PHRASES) &&
           (joints + 1) * PHRASE >= shape_weight(s);
}

/* Only below prose, as a text put between paragraphs is.  Faked comments say
 * sentences of the article again, below a name each. */
static void count_texts(struct echoes *e)
{
    const struct blocks *bs = &e->ctx->blocks;
    bool is_below_prose = false;

    map_init(&e->times, e->ctx->scratch);
    for (size_t i = 0; i < bs->n; i++) {
        if (is_below_prose && block_may_be_body(e->ctx, &bs->at[i]))
            ++*map_put(&e->times, bs->at[i].text, NULL);
        if (bs->at[i].role != ROLE_CHAFF)
            is_below_prose = block_is_prose(&bs->at[i]);
    }
}

static size_t times_said(const struct echoes *e, const struct block *b)
{
    const size_t *times = map_get(&e->times, b->text);

    return times == NULL ? 0 : *times;
}

static bool is_of_core(const struct echoes *e, const struct block *b)
{
    return block_is_prose(b) && !b->is_repeat && !is_listing(b) &&
           times_said(e, b) < 2;
}

static int by_size(const void *pa, const void *pb)
{
    const double *a = pa, *b = pb;

    return (*a > *b) - (*a < *b);
}

static void read_core(struct echoes *e)
{
    const struct blocks *bs = &e->ctx->blocks;
    double *shares = arena_array(e->ctx->scratch, bs->n + 1, sizeof *shares);
    size_t n = 0;
    uint32_t terms;

    words_init(&e->core, e->ctx->scratch, WORDS_TOPIC);
    for (size_t i = 0; i < bs->n; i++) {
        if (!is_of_core(e, &bs->at[i]))
            continue;
        words_add(&e->core, bs->at[i].terms);
        e->core_weight += shape_weight(&bs->at[i].shape);
    }
    for (size_t i = 0; i < bs->n; i++)
        if (is_of_core(e, &bs->at[i]))
            shares[n++] = words_known(&e->core, bs->at[i].terms, 2, &terms);
    qsort(shares, n, sizeof *shares, by_size);
    e->usual = n == 0 ? 0 : shares[n / 2];
}

/* One term is known by chance. */
static bool is_foreign(const struct echoes *e, const struct block *b,
                       uint32_t least, double most)
{
    uint32_t n;
    double known = words_known(&e->core, b->terms, 1, &n);

    return n >= least && known <= most &&
           (known * n <= 1 || known <= e->usual * OF_USUAL);
}

/* ---- said again ---- */

static bool is_said_again(const struct echoes *e, const struct block *b,
                          size_t enough)
{
    return may_be_echo(e->ctx, b) && times_said(e, b) >= enough &&
           b->tag != TAG_LI && is_foreign(e, b, LEAST_TERMS, MOST_KNOWN);
}

/* Chaff among what may be body. */
static size_t count_spam(const struct page_context *ctx)
{
    size_t n = 0;

    for (size_t i = 0; i < ctx->blocks.n; i++)
        n += block_is_spam(ctx, &ctx->blocks.at[i]);
    return n;
}

/* Copies of what is spam are spam too. */
static size_t mark_copies(struct echoes *e)
{
    struct blocks *bs = &e->ctx->blocks;
    struct map offers;
    size_t n = 0;

    map_init(&offers, e->ctx->scratch);
    for (size_t i = 0; i < bs->n; i++)
        if (bs->at[i].is_offer)
            map_put(&offers, bs->at[i].text, NULL);
    for (size_t i = 0; i < bs->n; i++) {
        if (!may_be_echo(e->ctx, &bs->at[i]) ||
            map_get(&offers, bs->at[i].text) == NULL)
            continue;
        bs->at[i].role = ROLE_CHAFF;
        n++;
    }
    return n;
}

/* What is said ENOUGH times, that is foreign or not: each text is counted once. */
static void weigh_said_again(const struct echoes *e, size_t enough,
                             uint64_t *foreign, uint64_t *all)
{
    const struct blocks *bs = &e->ctx->blocks;

    for (size_t i = 0; i < bs->n; i++) {
        const struct block *b = &bs->at[i];
        size_t times = times_said(e, b);

        if (times < enough)
            continue;
        *all += shape_weight(&b->shape) / times;
        if (is_said_again(e, b, enough))
            *foreign += shape_weight(&b->shape) / times;
    }
}

/* Pages that hold their article once for each width of the screen say all of it
 * again. */
static size_t mark_said_again(struct echoes *e)
{
    struct blocks *bs = &e->ctx->blocks;
    size_t n = 0, enough = count_spam(e->ctx) >= SOME_SPAM ? 2 : 3;
    uint64_t foreign = 0, all = 0;

    weigh_said_again(e, enough, &foreign, &all);
    if (e->usual < LEAST_USUAL || foreign * MOST_OF_CORE > e->core_weight ||
        all > e->core_weight)
        return 0;
    for (size_t i = 0; i < bs->n; i++) {
        if (!is_said_again(e, &bs->at[i], enough))
            continue;
        bs->at[i].role = ROLE_CHAFF;
        n++;
    }
    return n;
}

/* ---- listings ---- */

/* What parts phrases: marks of lists, and blanks between Han characters. */
static bool parts_phrases(struct str text, size_t at, size_t next, uint32_t c)
{
    size_t before = at, behind = next;

    if (is_blank(c))
        return at > 0 && next < text.n && is_cjk(utf8_prev(text, &before)) &&
               is_cjk(utf8_next(text, &behind));
    return c == ',' || c == ';' || c == '|' || c == '/' || c == '_' ||
           c == 0x3001 || c == 0x3002 || c == 0xFF0C || c == 0xFF1B ||
           c == 0xFF5C || c == 0xB7 || c == 0x2022 || c == 0x3010 ||
           c == 0x3011 || c == '[' || c == ']';
}

/* The next phrase of TEXT that is long enough not to come again by chance. */
static bool phrase_next(struct echoes *e, struct str text, size_t *at,
                        struct str *out)
{
    while (*at < text.n) {
        size_t from = *at, i = from, mark = text.n;
        struct arena_mark kept = arena_mark(e->ctx->scratch);
        size_t terms;

        while (i < text.n && mark == text.n) {
            size_t before = i;
            uint32_t c = utf8_next(text, &i);

            if (parts_phrases(text, before, i, c) || (c == '.' && i == text.n))
                mark = before;
        }
        *at = i;
        *out = str_trim_wide(str_slice(text, from, mark));
        terms = terms_of(e->ctx->scratch, *out).n;
        arena_release(e->ctx->scratch, kept);
        if (terms >= PHRASE_TERMS)
            return true;
    }
    return false;
}

static void count_phrases(struct echoes *e, struct str text)
{
    struct str phrase;

    for (size_t at = 0; phrase_next(e, text, &at, &phrase);)
        ++*map_put(&e->phrases, phrase, NULL);
}

static bool is_foreign_listing(const struct echoes *e, const struct block *b)
{
    return is_listing(b) && b->tag != TAG_LI &&
           is_foreign(e, b, LEAST_TERMS, LISTED_KNOWN);
}

static void find_phrases(struct echoes *e)
{
    const struct blocks *bs = &e->ctx->blocks;

    map_init(&e->phrases, e->ctx->scratch);
    count_phrases(e, head_title(e->ctx));
    count_phrases(e, meta_get(e->ctx->meta, STR("keywords")));
    for (size_t i = 0; i < bs->n; i++)
        if (!block_is_prose(&bs->at[i]) || is_foreign_listing(e, &bs->at[i]))
            count_phrases(e, bs->at[i].text);
}

/* Most phrases, and two at least, stand elsewhere too. */
static bool is_echo(struct echoes *e, const struct block *b)
{
    size_t n = 0, again = 0;
    struct str phrase;

    for (size_t at = 0; phrase_next(e, b->text, &at, &phrase); n++)
        again += *map_get(&e->phrases, phrase) > 1;
    return n >= LEAST_PHRASES && again * 2 >= n;
}

static void add_spam(struct echoes *e, struct str text)
{
    struct str phrase;

    for (size_t at = 0; phrase_next(e, text, &at, &phrase);)
        map_put(&e->spam, phrase, NULL);
}

/* A line that is a phrase of listings which are spam. */
static bool is_of_listings(struct echoes *e, const struct block *b)
{
    struct str phrase;
    size_t at = 0;

    return b->shape.sentences == 0 && phrase_next(e, b->text, &at, &phrase) &&
           at == b->text.n && map_get(&e->spam, phrase) != NULL;
}

static size_t mark_listings(struct echoes *e)
{
    struct blocks *bs = &e->ctx->blocks;
    size_t n = 0;

    find_phrases(e);
    map_init(&e->spam, e->ctx->scratch);
    for (size_t i = 0; i < bs->n; i++) {
        struct block *b = &bs->at[i];

        if (!may_be_echo(e->ctx, b) || !is_foreign_listing(e, b) ||
            !is_echo(e, b) || is_facts(e->ctx, b))
            continue;
        b->role = ROLE_CHAFF;
        add_spam(e, b->text);
        n++;
    }
    for (size_t i = 0; n > 0 && i < bs->n; i++) {
        struct block *b = &bs->at[i];

        if (!may_be_echo(e->ctx, b) || !is_of_listings(e, b))
            continue;
        b->role = ROLE_CHAFF;
        n++;
    }
    return n;
}

/* False if the article is too short to know anything by. */
static bool open_echoes(struct page_context *ctx, struct echoes *e)
{
    *e = (struct echoes){.ctx = ctx};
    count_texts(e);
    read_core(e);
    return e->core.total >= LEAST_CORE;
}

size_t echoes_mark_listings(struct page_context *ctx)
{
    struct arena_mark mark = arena_mark(ctx->scratch);
    struct echoes e;
    size_t n = open_echoes(ctx, &e) ? mark_listings(&e) : 0;

    arena_release(ctx->scratch, mark);
    return n;
}

size_t echoes_mark_sentences(struct page_context *ctx)
{
    struct arena_mark mark = arena_mark(ctx->scratch);
    struct echoes e;
    size_t n = 0;

    if (open_echoes(ctx, &e)) {
        n += mark_copies(&e);
        n += mark_said_again(&e);
    }
    arena_release(ctx->scratch, mark);
    return n;
}
