/*
 * Offers between and in the paragraphs of a copied article: spam that is told in
 * sentences, or strung together with commas, and so looks like prose.
 *
 * Such a text speaks of what no other one speaks of, and it asks for something:
 * names an account or an address, calls to act, has the words of what spam sells
 * (text/offer.h), is in another script.  An article does one of these at times,
 * about what it is about.  That the same words stand in lines that are spam for
 * sure, that the page says it twice, or that there are more of its kind, says
 * more.
 *
 * Weak spots: an offer without one of the words, a page most of whose prose is
 * spam, and spam of the article's own subject.
 */
#include "extract/page_offers.h"

#include "base/arena.h"
#include "base/map.h"
#include "extract/page_appended.h"
#include "extract/page_baits.h"
#include "extract/page_inserts.h"

#define KNOWN_OF_KEY  0.2 /* of what says a bait, in any case */
#define LONGEST_OFFER 400 /* code points */
#define MUCH_SPAM     0.4 /* of its terms stand in spam */
#define ROUNDS        2   /* of judging, each with what the one before found */
#define WEIGHT_A_WORD 110 /* of a text, for one word of an offer */

enum {
    POINTS_CONTACT = 35,
    POINTS_CONTACTS = 45, /* several */
    POINTS_ADDRESS = 30,
    POINTS_CALL = 20,
    POINTS_TRADE = 25, /* a word of what spam sells */
    POINTS_TRADES = 40,
    POINTS_FIELD = 9, /* a word that spam and others speak of; four at most */
    POINTS_SCRIPT = 40,
    POINTS_LIKELY = 20,     /* it may be another language */
    POINTS_TONGUE = 60,     /* one alone may be a quotation */
    POINTS_KEY = 55,        /* what the page is spread with */
    POINTS_NEW = 15,        /* the core knows not one of its terms */
    POINTS_NEARLY_NEW = 10, /* or just one */
    POINTS_THIN = -15,      /* few of the words in a long text */
    POINTS_TWICE = 25,      /* the page says it again */
    POINTS_OFTEN = 45,      /* and again */
    POINTS_SPAM = 30,
    POINTS_A_WORD = 10,  /* one of them, of several */
    POINTS_STRUNG = 20,  /* words or links strung together */
    POINTS_COMPANY = 20, /* there are several of its kind */
    POINTS_OF_TWO = 15,  /* or one more */
    FOR_COMPANY = 25,    /* what it must ask for to be of one */
    ENOUGH = 60,
    ENOUGH_ALONE = 80, /* the only one, without a word of a trade */
    ENOUGH_LINE = 65   /* for a line without a sentence */
};

/* ---- points ---- */

static const int of_tongue[] = {[TONGUE_OWN] = 0,
                                [TONGUE_SCRIPT] = POINTS_SCRIPT,
                                [TONGUE_LIKELY] = POINTS_LIKELY,
                                [TONGUE_OTHER] = POINTS_TONGUE};

static int points_of_asked(const struct asked *of, bool is_about)
{
    size_t fields = of->fields < 4 ? of->fields : 4;
    int points = 0;

    if (of->has_key)
        points += POINTS_KEY;
    if (of->has_spam)
        points += POINTS_SPAM;
    points += of_tongue[of->tongue];
    /* Posts and notes end in an address. */
    if (of->trades + of->fields + of->calls + of->contacts == 0)
        return points;
    if (of->contacts > 0)
        points += of->contacts > 1 ? POINTS_CONTACTS : POINTS_CONTACT;
    if (of->has_address)
        points += POINTS_ADDRESS;
    if (of->calls > 0)
        points += POINTS_CALL;
    if (is_about)
        return points;
    if (of->trades > 0)
        points += of->trades > 1 ? POINTS_TRADES : POINTS_TRADE;
    return points + POINTS_FIELD * (int)fields;
}

bool asked_is_of_kind(const struct core *core, const struct asked *of)
{
    return points_of_asked(of, core->is_about) >= FOR_COMPANY;
}

static int points_of_spam(const struct core *core, struct terms terms)
{
    uint32_t n;

    if (words_known(&core->spam, terms, 1, &n) >= MUCH_SPAM)
        return POINTS_SPAM;
    return core_spam_terms(core, terms, 1) > 0 ? POINTS_A_WORD : 0;
}

/* How foreign a text is, in points. */
static const int of_foreign[] = {[FOREIGN_NOT] = 0,
                                 [FOREIGN_MOSTLY] = 1,
                                 [FOREIGN_BUT_ONE] = POINTS_NEARLY_NEW,
                                 [FOREIGN_WHOLLY] = POINTS_NEW};

int offer_points(const struct core *core, struct str text, struct terms terms,
                 uint32_t at_least, struct asked *of)
{
    int foreign, points;

    if (of->has_key)
        terms = baits_less(core->ctx, terms);
    foreign = of->has_key && terms.n == 0
                  ? POINTS_NEW
                  : of_foreign[core_foreign(core, terms, at_least,
                                            of->has_key ? KNOWN_OF_KEY : 0)];
    if (foreign == 0)
        return 0;
    of->tongue = (uint8_t)tongue_of(core->tongue, text, terms);
    points = points_of_asked(of, core->is_about);
    if (points == 0)
        return 0;
    points += foreign;
    if (of->tongue != TONGUE_OTHER &&
        text_weight(text) > WEIGHT_A_WORD * asked_signs(of))
        points += POINTS_THIN;
    if (!of->has_spam)
        points += points_of_spam(core, terms);
    return points;
}

static bool is_strung(const struct block *b)
{
    return shape_is_salad(&b->shape) || shape_is_bracketed(&b->shape);
}

/* Lists, tables and code have lines of words that the prose has not. */
static bool is_plain_line(const struct block *b)
{
    return b->tag != TAG_TD && b->tag != TAG_TH && b->tag != TAG_LI &&
           b->tag != TAG_DT && b->tag != TAG_DD && b->tag != TAG_PRE &&
           b->heading != 1;
}

/* What would not have been body anyway is no loss. */
static bool is_likely(const struct page_context *ctx, const struct block *b)
{
    return ctx->tree == NULL || b->body_odds >= 0.5F;
}

static bool may_be_offer(const struct page_context *ctx, const struct block *b)
{
    return b->role == ROLE_UNKNOWN && block_may_be_body(ctx, b) &&
           b->chars <= LONGEST_OFFER && b->chars >= 4 &&
           ((b->heading == 0 && (b->shape.sentences > 0 || is_strung(b))) ||
            is_plain_line(b));
}

/* How often the page says each text; read when it is asked for first. */
struct said {
    struct map times;
    bool is_read;
};

static size_t times_said(const struct page_context *ctx, struct said *said,
                         size_t i)
{
    const struct blocks *bs = &ctx->blocks;

    if (!said->is_read) {
        map_init(&said->times, ctx->scratch);
        for (size_t k = 0; k < bs->n; k++)
            ++*map_put(&said->times, bs->at[k].text, NULL);
        said->is_read = true;
    }
    return *map_get(&said->times, bs->at[i].text);
}

/* Tables and code are strung together too: without a sentence it takes more. */
static bool may_ask(const struct block *b, const struct asked *of)
{
    return b->shape.sentences > 0 || of->trades > 0 || of->has_key ||
           of->has_spam ||
           (shape_is_bracketed(&b->shape) && of->calls + of->contacts > 0);
}

static int points_of_block(struct page_context *ctx, const struct core *core,
                           struct said *said, size_t i, struct asked *of,
                           bool in_core)
{
    const struct block *b = &ctx->blocks.at[i];
    size_t times;
    int points;

    /* Most of it is plain: what is not is an insert. */
    if (asked_is_strong(of) && in_core && !core->is_about)
        return 0;
    points = offer_points(core, b->text, b->terms, in_core ? 2 : 1, of);
    if (points == 0 || !may_ask(b, of))
        return 0;
    times = of->trades + of->calls > 0 ? times_said(ctx, said, i) : 1;
    if (times > 1)
        points += times > 2 ? POINTS_OFTEN : POINTS_TWICE;
    if (is_strung(b))
        points += POINTS_STRUNG;
    return points;
}

int offer_enough(size_t others, const struct asked *of)
{
    return others == 0 && of->trades == 0 && !of->has_key ? ENOUGH_ALONE
                                                          : ENOUGH;
}

int offer_company(size_t others)
{
    return others > 1 ? POINTS_COMPANY : others > 0 ? POINTS_OF_TWO : 0;
}

static size_t mark(struct page_context *ctx, const struct core *core,
                   const struct asked *asked, const int *points)
{
    size_t n = 0, of_kind = 0;

    for (size_t i = 0; i < ctx->blocks.n; i++)
        of_kind += points[i] >= OFFER_OF_KIND ||
                   block_is_spam(ctx, &ctx->blocks.at[i]);
    for (size_t i = 0; i < ctx->blocks.n; i++) {
        struct block *b = &ctx->blocks.at[i];
        bool is_line = b->shape.sentences == 0 && !is_strung(b);
        size_t others = of_kind - (points[i] >= OFFER_OF_KIND);
        int sum = points[i];

        if (sum == 0)
            continue;
        if (asked_is_of_kind(core, &asked[i]))
            sum += offer_company(others);
        if (sum < (is_line && !asked[i].has_key
                       ? ENOUGH_LINE
                       : offer_enough(others, &asked[i])))
            continue;
        b->role = ROLE_CHAFF;
        b->is_offer = true;
        n += is_likely(ctx, b);
    }
    return n;
}

size_t offers_mark(struct page_context *ctx)
{
    struct arena_mark kept = arena_mark(ctx->scratch);
    size_t n = ctx->blocks.n, cut = 0;
    struct asked *asked = arena_array(ctx->scratch, n + 1, sizeof *asked);
    bool *in_core = arena_array(ctx->scratch, n + 1, sizeof *in_core);
    int *points = arena_array(ctx->scratch, n + 1, sizeof *points);
    struct core core;
    struct said said = {.is_read = false};
    struct tongue tongue;
    struct offers o;

    tongue_read(ctx, &tongue);
    offers_init(&o, ctx->a);
    for (size_t i = 0; i < n; i++)
        if (may_be_offer(ctx, &ctx->blocks.at[i]) ||
            block_is_of_core(&ctx->blocks.at[i]))
            asked_read(ctx, &o, ctx->blocks.at[i].text, &asked[i]);
    baits_find(ctx, &o, &tongue, asked);
    core_read(ctx, &o, &tongue, asked, in_core, &core);
    for (size_t round = 0, now = 1; round < ROUNDS && now > 0; round++) {
        if (round > 0)
            core_add_found(ctx, &core);
        core_find_spam(ctx, &core, asked, in_core);
        for (size_t i = 0; i < n; i++)
            points[i] =
                may_be_offer(ctx, &ctx->blocks.at[i]) && !baits_in_title(ctx, i)
                    ? points_of_block(ctx, &core, &said, i, &asked[i],
                                      in_core[i])
                    : 0;
        now = mark(ctx, &core, asked, points);
        cut += now;
    }
    cut += inserts_cut(ctx, &core, &o, asked, in_core);
    cut += appended_mark(ctx, asked);
    arena_release(ctx->scratch, kept);
    return cut;
}
