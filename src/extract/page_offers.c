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
 * What is foreign is seen beside the page: the share of a text's terms that the
 * core knows, the prose without a sign of an offer, against the share usual for a
 * paragraph of it.  Short articles know few of their own words, long ones half.
 * Where sentences with the words of a trade are as familiar as the others, the
 * article is about the trade, and those words say nothing.
 *
 * Weak spots: an offer without one of the words, a page most of whose prose is
 * spam, and spam of the article's own subject.
 */
#include "extract/page_offers.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "extract/extract.h"
#include "extract/page_appended.h"
#include "extract/page_baits.h"
#include "extract/page_inserts.h"
#include "extract/page_words.h"
#include "text/fold.h"

#define SYLLABLE        37 /* tenths of a letter: words are shorter, on average */
#define TOLD_BY_TERMS   400 /* are enough to tell */
#define WORDS_SYLLABLES 3u
#define KNOWN_OF_KEY    0.2  /* of what says a bait, in any case */
#define MOST_KNOWN      0.3  /* of its terms, by the core */
#define OF_USUAL        0.5  /* and of the share that is usual */
#define LONGEST_OFFER   400  /* code points */
#define MOSTLY_SPAM     0.6  /* of a line's terms stand in spam */
#define MUCH_SPAM       0.4  /* of its terms stand in spam */
#define SOME_SPAM       0.07 /* of them in spam only, and these at least: */
#define LEAST_SPAM      2
#define KNOWN_OF_SPAM   0.12 /* of such a paragraph's terms, by the core */
#define OF_PLAIN        6    /* tenths of a paragraph, for its words to count */
#define OF_PLAIN_KEY    4    /* of one that says a bait */
#define LEAST_CORE      0.5  /* of the prose, or the page is about it */
#define ROUNDS          2  /* of judging, each with what the one before found */
#define WEIGHT_LEFT     50 /* of a sentence without the bait in it */
#define MANY_TERMS      8
#define SOME_TERMS      3
#define OTHER_SCRIPT    0.02 /* of the core's letters are of the text's script */
#define WEIGHT_TOLD     45   /* of a sentence, for each */
#define WEIGHT_A_WORD   110  /* of a text, for one word of an offer */

enum {
    POINTS_CONTACT = 35,
    POINTS_CONTACTS = 45, /* several */
    POINTS_ADDRESS = 30,
    POINTS_CALL = 20,
    POINTS_TRADE = 25, /* a word of what spam sells */
    POINTS_TRADES = 40,
    POINTS_FIELD = 9, /* a word that spam and others speak of; four at most */
    POINTS_SCRIPT = 40,
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

/* ---- what a text asks for ---- */

/* A host's name that is no mere file's: with "www.", "t.me" or a digit in it. */
static bool has_address(struct str key)
{
    for (size_t i = 0, from; i < key.n; i++) {
        bool has_digit = false, has_dot = false;
        struct str word;

        for (from = i; i < key.n && (is_alnum(key.p[i]) || key.p[i] == '-' ||
                                     key.p[i] == '.' || key.p[i] == '/');
             i++) {
            has_digit |= is_digit(key.p[i]);
            has_dot |= key.p[i] == '.' && i > from && i + 2 < key.n &&
                       is_alpha(key.p[i + 1]) && is_alpha(key.p[i + 2]);
        }
        word = str_slice(key, from, i);
        if (has_dot && word.n >= 6 && is_alnum(word.p[0]) &&
            (str_starts(word, STR("www.")) || str_starts(word, STR("t.me")) ||
             str_starts(word, STR("wa.me")) || has_digit))
            return true;
    }
    return false;
}

static uint32_t weight_of(struct str text)
{
    struct text_shape shape;

    text_shape(text, &shape);
    return shape_weight(&shape);
}

/* TEXT is the article's own but for a bait between its marks: what is left asks
 * for nothing and is long. */
static bool is_spread(struct page_context *ctx, struct offers *o,
                      struct str text)
{
    struct str left = baits_out(ctx, text);

    if (left.n == text.n || weight_of(left) < WEIGHT_LEFT)
        return false;
    offers_reset(o);
    offers_add(o, fold_key(ctx->a, left));
    return o->trades + o->fields + o->called + o->contacts == 0;
}

void asked_read(struct page_context *ctx, struct offers *o, struct str text,
                struct asked *out)
{
    struct arena_mark mark = arena_mark(ctx->a);
    struct str key = fold_key(ctx->a, text);

    offers_reset(o);
    offers_add(o, key);
    *out = (struct asked){.trades = o->trades,
                          .fields = o->fields,
                          .calls = o->called,
                          .contacts = o->contacts,
                          .addressed = o->addressed,
                          .has_address = has_address(key)};
    out->holds_key =
        ctx->baits != NULL && baits_said(ctx, terms_of(ctx->a, text));
    out->has_key = out->holds_key && !is_spread(ctx, o, text);
    /* What O keeps goes too: each reading begins anew. */
    arena_release(ctx->a, mark);
}

/* A sign that by itself is rare in prose. */
bool asked_is_strong(const struct asked *of)
{
    return of->trades > 0 || of->contacts > 0 || of->has_address ||
           of->holds_key;
}

static int points_of_asked(const struct asked *of, bool is_about)
{
    size_t fields = of->fields < 4 ? of->fields : 4;
    int points = 0;

    if (of->has_key)
        points += POINTS_KEY;
    if (of->has_spam)
        points += POINTS_SPAM;
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

/* ---- scripts ---- */

static enum script script_of(uint32_t c)
{
    if (is_han(c))
        return SCRIPT_HAN;
    if (is_cjk(c))
        return c >= 0xAC00 && c <= 0xD7AF ? SCRIPT_HANGUL : SCRIPT_KANA;
    if (c < 0x80)
        return is_alpha((char)c) ? SCRIPT_LATIN : SCRIPT_NONE;
    if (c >= 0xC0 && c < 0x250)
        return SCRIPT_LATIN;
    if (c >= 0x400 && c < 0x530)
        return SCRIPT_CYRILLIC;
    return c >= 0x590 && c < 0x1000 ? SCRIPT_OTHER : SCRIPT_NONE;
}

static void count_scripts(struct str text, struct scripts *s)
{
    for (size_t i = 0; i < text.n;) {
        enum script script = script_of(utf8_next(text, &i));

        s->letters[script]++;
        s->all += script != SCRIPT_NONE;
    }
}

/* Most letters of TEXT are of a script that the core hardly has.  Names and
 * terms of Latin letters stand in texts of every script. */
static bool is_other_script(const struct core *core, struct str text)
{
    struct scripts s = {.all = 0};

    count_scripts(text, &s);
    for (int k = SCRIPT_NONE + 1; k < SCRIPTS; k++)
        if (s.letters[k] * 2 > s.all &&
            (double)core->scripts.letters[k] <
                OTHER_SCRIPT * (double)core->scripts.all)
            return true;
    return false;
}

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

static bool is_of_core(const struct block *b)
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
    double *shares = arena_array(ctx->a, ctx->blocks.n + 1, sizeof *shares);
    size_t n = 0;
    uint32_t terms;

    for (size_t i = 0; i < ctx->blocks.n; i++)
        if (is_of_core(&ctx->blocks.at[i]) && !asked_is_strong(&asked[i]))
            shares[n++] =
                words_known(&core->prose, ctx->blocks.at[i].terms, 2, &terms);
    qsort(shares, n, sizeof *shares, by_size);
    return n == 0 ? 0 : shares[n / 2];
}

static void add_to_core(struct core *core, struct str text, struct terms terms)
{
    words_add(&core->prose, terms);
    count_scripts(text, &core->scripts);
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

/* Of a paragraph with a strong sign the other sentences, if they are most. */
static void add_plain(struct page_context *ctx, struct offers *o, size_t i,
                      struct core *core)
{
    struct str sentence;

    for (size_t at = 0;
         sentence_next(ctx->blocks.at[i].text, &at, &sentence);) {
        struct asked of;

        asked_read(ctx, o, sentence, &of);
        if (is_plain(&of))
            add_to_core(core, sentence, terms_of(ctx->a, sentence));
    }
}

static void read_core(struct page_context *ctx, struct offers *o,
                      const struct asked *asked, bool *in_core,
                      struct core *core)
{
    double all = 0, plain = 0;

    words_init(&core->prose, ctx->a, topic_letters(ctx));
    words_init(&core->spam, ctx->a, core->prose.shortest);
    for (size_t i = 0; i < ctx->blocks.n; i++) {
        const struct block *b = &ctx->blocks.at[i];
        size_t chars = b->chars;

        if (block_is_spam(ctx, b))
            words_add(&core->spam, b->terms);
        if (!is_of_core(b))
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

        if (!is_of_core(b))
            continue;
        if (core->is_about || (in_core[i] && !asked_is_strong(&asked[i])))
            add_to_core(core, b->text, b->terms);
        else if (in_core[i])
            add_plain(ctx, o, i, core);
        in_core[i] = in_core[i] || core->is_about;
    }
    core->usual = usual_share(ctx, core, asked);
}

/* How foreign a text is: 0 if it is not, else up to POINTS_NEW, and one at least.
 * One term of many is known by chance.  A share of ENOUGH is foreign whatever is
 * usual. */
static int points_of_foreign(const struct core *core, struct terms terms,
                             uint32_t at_least, double enough)
{
    uint32_t n;
    double known = words_known(&core->prose, terms, at_least, &n);
    double most = core->usual * OF_USUAL;

    if (n > 0 && known <= 0)
        return POINTS_NEW;
    if (known * n <= 1)
        return n >= MANY_TERMS ? POINTS_NEARLY_NEW : n >= SOME_TERMS;
    return known <= MOST_KNOWN && known <= (enough > most ? enough : most);
}

static size_t signs_of(const struct asked *of)
{
    return of->trades + of->fields + of->calls + 2 * of->contacts +
           2 * (size_t)of->has_address + 2 * (size_t)of->has_key;
}

/* As prose tells of a trade: in familiar terms, or at length and without asking
 * for anything. */
static bool is_told(struct page_context *ctx, const struct core *core,
                    struct str sentence, const struct asked *of)
{
    return points_of_foreign(core, terms_of(ctx->a, sentence), 1, 0) == 0 ||
           (of->calls + of->contacts == 0 &&
            weight_of(sentence) > WEIGHT_TOLD * signs_of(of));
}

/* Most sentences with words of a trade tell of it. */
static bool is_about_trade(struct page_context *ctx, struct offers *o,
                           const struct core *core, const struct asked *asked)
{
    size_t told = 0, foreign = 0;
    struct str sentence;

    for (size_t i = 0; i < ctx->blocks.n; i++) {
        const struct block *b = &ctx->blocks.at[i];

        if (asked[i].trades == 0 || !is_of_core(b))
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

/* ---- what the page's spam says ---- */

/* How many of TERMS are in spam, and in the prose fewer than AT_LEAST times. */
static size_t spam_terms(const struct core *core, struct terms terms,
                         uint32_t at_least)
{
    size_t n = 0;

    for (size_t i = 0; i < terms.n; i++)
        n += terms.at[i].letters >= core->spam.shortest &&
             words_count(&core->spam, terms.at[i].key) > 0 &&
             words_count(&core->prose, terms.at[i].key) < at_least;
    return n;
}

/* Several paragraphs of one hand have words in common that the article has not,
 * whatever they sell. */
static void find_spam(struct page_context *ctx, const struct core *core,
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
        shared = spam_terms(core, b->terms, at_least);
        asked[i].has_spam = known <= KNOWN_OF_SPAM && shared >= LEAST_SPAM &&
                            (double)shared >= SOME_SPAM * n;
    }
}

/* What was found to be spam tells more of it. */
static void add_found(const struct page_context *ctx, struct core *core)
{
    for (size_t i = 0; i < ctx->blocks.n; i++)
        if (ctx->blocks.at[i].is_offer)
            words_add(&core->spam, ctx->blocks.at[i].terms);
}

static int points_of_spam(const struct core *core, struct terms terms)
{
    uint32_t n;

    if (words_known(&core->spam, terms, 1, &n) >= MUCH_SPAM)
        return POINTS_SPAM;
    return spam_terms(core, terms, 1) > 0 ? POINTS_A_WORD : 0;
}

/* ---- judging ---- */

int offer_points(const struct core *core, struct str text, struct terms terms,
                 uint32_t at_least, const struct asked *of)
{
    int foreign, points;

    if (of->has_key)
        terms = baits_less(core->ctx, terms);
    foreign = of->has_key && terms.n == 0
                  ? POINTS_NEW
                  : points_of_foreign(core, terms, at_least,
                                      of->has_key ? KNOWN_OF_KEY : 0);
    if (foreign == 0)
        return 0;
    points = points_of_asked(of, core->is_about);
    if (is_other_script(core, text))
        points += POINTS_SCRIPT;
    if (points == 0)
        return 0;
    points += foreign;
    if (weight_of(text) > WEIGHT_A_WORD * signs_of(of))
        points += POINTS_THIN;
    if (!of->has_spam)
        points += points_of_spam(core, terms);
    return points;
}

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
    return shape_is_salad(&b->shape) || shape_is_bracketed(&b->shape) ||
           is_string_of_links(ctx, b);
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
           ((b->heading == 0 &&
             (b->shape.sentences > 0 || is_strung(ctx, b))) ||
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
        map_init(&said->times, ctx->a);
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
                           struct said *said, size_t i, const struct asked *of,
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
    if (is_strung(ctx, b))
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
        bool is_line = b->shape.sentences == 0 && !is_strung(ctx, b);
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
    size_t n = ctx->blocks.n, cut = 0;
    struct asked *asked = arena_array(ctx->a, n + 1, sizeof *asked);
    bool *in_core = arena_array(ctx->a, n + 1, sizeof *in_core);
    int *points = arena_array(ctx->a, n + 1, sizeof *points);
    struct core core = {.ctx = ctx};
    struct said said = {.is_read = false};
    struct offers o;

    offers_init(&o, ctx->a);
    for (size_t i = 0; i < n; i++)
        if (may_be_offer(ctx, &ctx->blocks.at[i]) ||
            is_of_core(&ctx->blocks.at[i]))
            asked_read(ctx, &o, ctx->blocks.at[i].text, &asked[i]);
    baits_find(ctx, &o, asked);
    read_core(ctx, &o, asked, in_core, &core);
    core.is_about = core.is_about || is_about_trade(ctx, &o, &core, asked);
    for (size_t round = 0, now = 1; round < ROUNDS && now > 0; round++) {
        if (round > 0)
            add_found(ctx, &core);
        find_spam(ctx, &core, asked, in_core);
        for (size_t i = 0; i < n; i++)
            points[i] = may_be_offer(ctx, &ctx->blocks.at[i])
                            ? points_of_block(ctx, &core, &said, i, &asked[i],
                                              in_core[i])
                            : 0;
        now = mark(ctx, &core, asked, points);
        cut += now;
    }
    cut += inserts_cut(ctx, &core, &o, asked, in_core);
    return cut + appended_mark(ctx, asked);
}
