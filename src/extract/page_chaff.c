/*
 * What is on a page and not of it: spam put between the lines of a copied
 * article, advertising, text nobody can see.
 *
 * No word is bad by itself: spam changes its words, and honest prose uses them
 * too.  A line is foreign when several of these come together:
 *
 *   it is bracketed        【…】 [ … ] or ornaments around nearly all of it
 *   its words are new      the prose of the page does not know them
 *   its words come again   in other lines of this kind, and only there
 *   it stands in a row     next to lines of the same make
 *   it is a salad          words strung together without a sentence
 *   it shouts a number     long rows of digits, addresses
 *
 * Each gives points (the table below); between two paragraphs of prose more
 * points are asked for, because headings and lists stand there as well.  Rows of
 * lines are judged as one in page_rows.c, sentences in page_offers.c; prose about
 * something else that offers nothing is told from the article by its place, not
 * by its words.
 *
 * Weak spots: a page whose only text is spam has no prose to compare with, and
 * keeps it; spam that repeats the article's own words is taken for headings.
 */
#include "base/arena.h"
#include "base/utf8.h"
#include "extract/blocks.h"
#include "extract/extract.h"
#include "extract/fields.h"
#include "extract/page_baits.h"
#include "extract/page_echoes.h"
#include "extract/page_inquiry.h"
#include "extract/page_marks.h"
#include "extract/page_offers.h"
#include "extract/page_rows.h"
#include "extract/page_stuffed.h"
#include "extract/page_words.h"
#include "text/fold.h"
#include "text/offer.h"

/* ---- points ---- */

enum {
    POINTS_BRACKETED = 35,
    POINTS_MANY_GROUPS = 20, /* three or more in one line */
    POINTS_NEW = 25,         /* 7 of 10 terms are not in the prose */
    POINTS_ALL_NEW = 32,     /* 9 of 10 */
    POINTS_AGAIN = 18,       /* a quarter of the terms in other candidates */
    POINTS_MUCH_AGAIN = 30,  /* half of them */
    POINTS_PAIR = 8,         /* one neighbour of the same make */
    POINTS_ROW = 18,         /* three or more in a row */
    POINTS_SALAD = 25,
    POINTS_NUMBER = 18,
    POINTS_LINKED = 12,  /* most of it is a link */
    ENOUGH = 70,         /* outside the body */
    ENOUGH_INSIDE = 80,  /* between two paragraphs of prose */
    LONGEST_CHAFF = 1200 /* code points of one block */
};

#define LEAST_TITLE 6  /* code points of a heading */
#define LEAST_PROSE 60 /* terms, to know lines by */
#define LABEL_BYTES 24 /* before it, or before the page's address */

struct suspect {
    bool is_one;
    bool is_bracketed, is_salad;
    uint32_t terms;
    double known, again;
    size_t row; /* how many suspects stand together */
};

/* Pages of markup have lists, tables and names in rows that are as foreign to
 * the prose as spam is; there only brackets and links make a suspect. */
static bool may_be_chaff(const struct block *b, bool is_markup)
{
    const struct text_shape *s = &b->shape;

    if (b->role != ROLE_UNKNOWN || s->chars < 3 || s->chars > LONGEST_CHAFF ||
        b->heading == 1)
        return false;
    if (shape_is_bracketed(s))
        return true;
    if (is_markup && b->link_chars * 2 <= b->chars)
        return false;
    return s->sentences == 0 && s->end == END_OPEN && !shape_is_prose(s);
}

static bool next_to(const struct suspect *a, const struct suspect *b)
{
    return a->is_one && b->is_one && a->is_bracketed == b->is_bracketed;
}

static void count_rows(struct suspect *of, size_t n)
{
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && next_to(&of[end - 1], &of[end]); end++)
            ;
        for (size_t k = i; k < end; k++)
            of[k].row = end - i;
    }
}

static int points_of(const struct block *b, const struct suspect *s)
{
    /* One or two words come again by chance. */
    bool can_repeat = s->terms >= 3 || s->is_bracketed;
    int points = 0;

    if (s->is_bracketed)
        points += POINTS_BRACKETED;
    if (b->shape.groups >= 3)
        points += POINTS_MANY_GROUPS;
    if (s->terms >= 2 && s->known <= 0.1)
        points += POINTS_ALL_NEW;
    else if (s->terms >= 2 && s->known <= 0.3)
        points += POINTS_NEW;
    else if (s->known >= 0.6)
        points -= POINTS_NEW;
    if (can_repeat && s->again >= 0.5)
        points += POINTS_MUCH_AGAIN;
    else if (can_repeat && s->again >= 0.25)
        points += POINTS_AGAIN;
    if (s->row >= 3)
        points += POINTS_ROW;
    else if (s->row == 2)
        points += POINTS_PAIR;
    if (s->is_salad)
        points += POINTS_SALAD;
    if (b->shape.longest_number >= 7)
        points += POINTS_NUMBER;
    if (b->link_chars * 2 > b->chars)
        points += POINTS_LINKED;
    return points;
}

/* True if the nearest blocks that are no suspects are prose on both sides. */
static bool is_inside(const struct blocks *bs, const struct suspect *of,
                      size_t i)
{
    size_t before = i, behind = i + 1;

    while (before > 0 && of[before - 1].is_one)
        before--;
    while (behind < bs->n && of[behind].is_one)
        behind++;
    return before > 0 && behind < bs->n &&
           block_is_prose(&bs->at[before - 1]) &&
           block_is_prose(&bs->at[behind]);
}

/* Fills OF for every block that could be chaff, with what prose knows of it. */
static void find_suspects(struct page_context *ctx, const struct words *prose,
                          struct suspect *of)
{
    struct blocks *bs = &ctx->blocks;
    struct words foreign;

    words_init(&foreign, ctx->scratch, WORDS_ALL);
    for (size_t i = 0; i < bs->n; i++) {
        struct suspect *s = &of[i];

        if (!may_be_chaff(&bs->at[i], bs->tree != NULL))
            continue;
        s->is_one = true;
        s->is_bracketed = shape_is_bracketed(&bs->at[i].shape);
        s->is_salad = shape_is_salad(&bs->at[i].shape);
        s->known = words_known(prose, bs->at[i].terms, 1, &s->terms);
        if (s->known < 0.4)
            words_add(&foreign, bs->at[i].terms);
    }
    count_rows(of, bs->n);
    for (size_t i = 0; i < bs->n; i++) {
        uint32_t terms;

        if (of[i].is_one && of[i].known < 0.4)
            of[i].again = words_known(&foreign, bs->at[i].terms, 2, &terms);
    }
}

static void mark_hidden(struct blocks *bs)
{
    for (size_t i = 0; i < bs->n; i++)
        if (bs->at[i].is_hidden)
            bs->at[i].role = ROLE_CHAFF;
}

/* ---- by class ---- */

/* Prose that is likely body, by whether it stands among what is called
 * comments or consent. */
struct parted_prose {
    uint64_t plain, before, aside; /* before: plain, in front of all aside */
};

#define LIKELY 0.5F

static struct parted_prose part_prose(const struct page_context *ctx)
{
    /* Whole blogs are "widgets". */
    const uint32_t side = 1u << CLASS_SIDE;
    struct parted_prose sum = {0, 0, 0};

    for (size_t i = 0; i < ctx->blocks.n; i++) {
        const struct block *b = &ctx->blocks.at[i];
        uint32_t around = ctx->marks[b->container].around;

        if (!block_is_prose(b) || b->body_odds < LIKELY)
            continue;
        if ((around & ~side & CLASSES_ASIDE) != 0) {
            sum.aside += shape_weight(&b->shape);
            continue;
        }
        sum.plain += shape_weight(&b->shape);
        if (sum.aside == 0)
            sum.before = sum.plain;
    }
    return sum;
}

/* Who wrote it, and when.  Between lines of spam a byline is as short and as foreign
 * as they are. */
static bool is_byline(struct page_context *ctx, const struct block *b)
{
    struct line_facts facts = {0};

    if (shape_is_bracketed(&b->shape) || !line_read(ctx, b->text, &facts) ||
        (!facts.is_only_facts && !when_known(facts.date)))
        return false;
    return facts.authors.n > 0 || facts.source.n > 0 || facts.editor.n > 0 ||
           byline_is_at_date(ctx, &facts);
}

/*
 * What the class of an element above calls comments or consent is believed,
 * provided that the page has prose elsewhere that is likely its text, and that
 * this stands in front or is more: a thread's posts are "comments" too, even
 * where a few answers are none.  A byline above the text ("bylineComments") is the
 * article's.
 */
#define PLAIN_PROSE 300

static void mark_by_class(struct page_context *ctx)
{
    struct blocks *bs = &ctx->blocks;
    struct parted_prose prose = part_prose(ctx);
    size_t comments = 0, above = 0;

    if (prose.plain < PLAIN_PROSE ||
        (prose.before < PLAIN_PROSE && prose.plain < prose.aside))
        return;
    for (size_t i = 0; i < bs->n; i++) {
        const struct block *b = &bs->at[i];
        uint32_t around = ctx->marks[b->container].around;

        if (block_is_prose(b) && (around & CLASSES_ASIDE) == 0)
            above += shape_weight(&b->shape);
        if ((around & (1u << CLASS_COMMENT | 1u << CLASS_COOKIE)) == 0 ||
            (above < PLAIN_PROSE && is_byline(ctx, b)))
            continue;
        /* A link to the comments is none of them. */
        if ((around & 1u << CLASS_COMMENT) != 0 &&
            b->link_chars * 10 < b->chars * 9) {
            bs->at[i].role = ROLE_COMMENT;
            comments++;
        } else if ((around & 1u << CLASS_COMMENT) != 0) {
            bs->at[i].role = ROLE_CHAFF;
        } else if ((around & 1u << CLASS_COOKIE) != 0) {
            bs->at[i].role = ROLE_CHAFF;
        }
    }
    if (comments > 0)
        note_add(ctx->notes, ctx->a, NOTE_COMMENTS_CUT, "%zu blocks", comments);
}

#define GALLERY_TEXTS 3 /* below pictures, each behind another */
#define WHOLE_TEXT    600
#define GALLERY_ABOVE 16 /* elements looked at around a text */

static bool is_in_gallery(const struct page_context *ctx, const struct block *b)
{
    const struct page_tree *t = ctx->tree;
    uint32_t up = b->container;

    if ((ctx->marks[up].around & 1u << CLASS_CAPTION) == 0)
        return false;
    for (int above = 0; above < GALLERY_ABOVE && up != 0; above++) {
        if (str_has_nocase(node_attr(t, up, STR("class")), STR("gallery")))
            return true;
        up = t->nodes[up].parent;
    }
    return false;
}

/* A gallery of pictures, each with some sentences below it, is no part of a text that
 * is whole without it: readers leaf through it, and it is about other things.  Single
 * pictures between paragraphs are of the text, whatever they are called. */
static void mark_galleries(struct page_context *ctx)
{
    struct blocks *bs = &ctx->blocks;
    size_t texts = 0, plain = 0;
    bool was_in = false;

    for (size_t i = 0; i < bs->n; i++) {
        const struct block *b = &bs->at[i];
        bool is_in;

        if (!block_is_prose(b) || b->body_odds < LIKELY)
            continue;
        is_in = is_in_gallery(ctx, b);
        texts += is_in && was_in;
        was_in = is_in;
        plain += is_in ? 0 : shape_weight(&b->shape);
    }
    if (texts < GALLERY_TEXTS || plain < WHOLE_TEXT)
        return;
    for (size_t i = 0; i < bs->n; i++)
        if (is_in_gallery(ctx, &bs->at[i]))
            bs->at[i].role = ROLE_CHAFF;
}

#define LABEL_WEIGHT 24

/* "[Verse 1]", "[Chorus]", "[Reuters]": one of them alone, that sells nothing. */
static bool is_label(const struct page_context *ctx, const struct block *b,
                     const struct suspect *s)
{
    struct offers offers;

    if (s->row > 1 || b->shape.groups > 1 || b->shape.longest_number > 3 ||
        shape_weight(&b->shape) > LABEL_WEIGHT)
        return false;
    offers_init(&offers, ctx->scratch);
    offers_add(&offers, fold_key(ctx->scratch, b->text));
    return offers.trade == 0;
}

/* Words that are foreign to the prose make no chaff of what is marked up as the
 * article is: of 65 such blocks with even odds (six sets, trees that had not seen
 * the site) 53 were body; of labels in brackets 11 of 11. */
static bool is_likely_body(const struct page_context *ctx,
                           const struct block *b, const struct suspect *s)
{
    return ctx->tree != NULL && !ctx->is_flat && b->body_odds >= LIKELY &&
           (!s->is_bracketed || is_label(ctx, b, s));
}

/* TEXT is WHAT and little more, a label perhaps. */
static bool is_mostly(struct str text, struct str what)
{
    return what.n > 0 && text.n <= what.n + LABEL_BYTES && str_has(text, what);
}

/* What names the page behind its text is the site's: its address in a line, and
 * the heading again in the line before that.  Honest sites do so; it is no spam. */
static void mark_imprint(struct page_context *ctx)
{
    struct blocks *bs = &ctx->blocks;
    struct str url = ctx->hints->url, title = STR_NONE;
    bool is_below_prose = false;

    for (size_t i = 0; i < bs->n && url.n > 0; i++) {
        struct block *b = &bs->at[i];

        if (title.n == 0 && b->heading > 0 && b->chars >= LEAST_TITLE)
            title = baits_off(ctx, b->text);
        if (is_below_prose && b->role == ROLE_UNKNOWN &&
            is_mostly(b->text, url)) {
            b->role = ROLE_CHAFF;
            if (b[-1].role == ROLE_UNKNOWN && is_mostly(b[-1].text, title))
                b[-1].role = ROLE_CHAFF;
        }
        is_below_prose = is_below_prose || block_is_prose(b);
    }
}

static size_t mark_suspects(struct page_context *ctx, const struct words *prose)
{
    struct blocks *bs = &ctx->blocks;
    struct suspect *of = arena_array(ctx->scratch, bs->n + 1, sizeof *of);
    size_t cut = 0;

    find_suspects(ctx, prose, of);
    for (size_t i = 0; i < bs->n; i++) {
        int enough = ENOUGH;

        if (!of[i].is_one)
            continue;
        if (is_inside(bs, of, i))
            enough = ENOUGH_INSIDE;
        if (points_of(&bs->at[i], &of[i]) >= enough &&
            !is_likely_body(ctx, &bs->at[i], &of[i]) &&
            !is_byline(ctx, &bs->at[i])) {
            bs->at[i].role = ROLE_CHAFF;
            cut++;
        }
    }
    return cut;
}

static void read_prose(struct page_context *ctx, struct words *prose)
{
    const struct blocks *bs = &ctx->blocks;

    words_init(prose, ctx->scratch, WORDS_ALL);
    for (size_t i = 0; i < bs->n; i++)
        if (block_is_prose(&bs->at[i]) && block_may_be_body(ctx, &bs->at[i]) &&
            !shape_is_salad(&bs->at[i].shape))
            words_add(prose, bs->at[i].terms);
}

/* By what the prose knows of each line; false if there is too little of it. */
static bool mark_lines(struct page_context *ctx, size_t *cut)
{
    struct arena_mark mark = arena_mark(ctx->scratch);
    struct words prose;
    bool is_enough;

    read_prose(ctx, &prose);
    is_enough = prose.total >= LEAST_PROSE;
    if (is_enough) {
        if (ctx->tree != NULL)
            *cut += stuffed_mark(ctx, &prose);
        *cut += mark_suspects(ctx, &prose);
        *cut += rows_mark(ctx, &prose);
    }
    arena_release(ctx->scratch, mark);
    return is_enough;
}

void chaff_mark(struct page_context *ctx)
{
    size_t cut;

    mark_hidden(&ctx->blocks);
    if (ctx->tree != NULL) {
        mark_by_class(ctx);
        mark_galleries(ctx);
    }
    cut = echoes_mark_listings(ctx);
    if (!mark_lines(ctx, &cut))
        return;
    cut += offers_mark(ctx);
    cut += echoes_mark_sentences(ctx);
    mark_imprint(ctx);
    repeats_mark_comments(ctx);
    if (cut > 0)
        note_add(ctx->notes, ctx->a, NOTE_SPAM_CUT, "%zu blocks", cut);
}

/* ---- comments ---- */

/* An address with parts hidden or not: 59.68.7.* or 2001:…; the digits and
 * dots must make at least three parts. */
static bool has_ip(struct str s)
{
    size_t parts = 0, digits = 0;

    for (size_t i = 0; i <= s.n; i++) {
        char c = i < s.n ? s.p[i] : ' ';

        if (is_digit(c) || ((c == '*' || c == 'x') && parts >= 2)) {
            digits++;
        } else if (c == '.' && digits >= 1 && digits <= 3) {
            parts++;
            digits = 0;
        } else {
            if (parts == 3 && digits >= 1 && digits <= 3)
                return true;
            parts = digits = 0;
        }
    }
    return false;
}

bool is_comment_head(struct page_context *ctx, const struct block *b)
{
    struct when when;
    size_t at, n;

    if (b->shape.chars > 80)
        return false;
    if (has_ip(b->text))
        return true;
    if (b->shape.sentences > 1 || b->shape.digits < 3 ||
        !when_find(b->text, &ctx->hints->when, &when, &at, &n))
        return false;
    /* A name and little more beside the date. */
    return utf8_chars(b->text) - utf8_chars(str_slice(b->text, at, at + n)) <=
           40;
}
