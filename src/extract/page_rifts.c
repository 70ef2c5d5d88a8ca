/*
 * Rifts: lines at which a page begins to speak of something else.
 *
 * Articles glued together under the title of the first, or of anything, part at a
 * line without label or element.  Each heading of an honest article looks like it.
 * So all that may tell is weighed together: the prose in front of the line against
 * the prose behind it, in windows that reach over several sections (items of a list
 * are strangers to each other, but a few of them are like the few before); whether
 * the line is a title, which speaks of what is behind it and not of what is before;
 * whether the page comes back to its own title; how far apart the lines are that are
 * set like this one (items of a digest change the subject too, but stand close
 * together); a byline behind it.
 *
 * One line of a page must be sure; lines set like it need less, each against the
 * article that the last one opened.  Nothing here parts any of the 1,450 development
 * pages.
 *
 * Weak spots: articles of a few lines, whose words say too little; neighbours of
 * one subject; titles that are set like the headings of sections.
 */
#include "extract/page_drift.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "extract/page_joints.h"

#define WINDOW        2400 /* weight compared on each side */
#define WINDOW_BLOCKS 400
#define NEAR          900 /* weight behind a line that has its title's words */
#define MOST_LINES    64  /* more are none of articles */
#define OPENING_LEAST 20  /* weight of a line in front of all prose */
#define TITLE_LETTERS 4
#define TITLE_TERMS   64

/*
 * What is weighed.  The weights are those of a logistic regression over the lines
 * of 700 pages glued of two to four honest articles (the open kinds of
 * script/glue-pages, their columns mixed) and over those of the development pages,
 * which counted three times.  What stands in front of a line (an editor, a
 * copyright) and whether it is set off said nothing more.
 */
enum evidence {
    ALIKE,       /* the words behind and before, 0 to 1 */
    GAIN,        /* of the line's own words, more known behind than before */
    PAGE_BEHIND, /* of the page's title, known in the window behind */
    PAGE_REST,   /* and by all that is behind */
    ROOM,        /* weight to the nearest line set like it, in thousands */
    FULL,        /* how full the smaller window is */
    OPENING,     /* set off like a line in front of all prose */
    HEAD,        /* who or when stands behind it */
    N_EVIDENCE
};

static const double weights[N_EVIDENCE] = {
    [ALIKE] = -9.2, [GAIN] = 2.6, [PAGE_BEHIND] = -1, [PAGE_REST] = -3.5,
    [ROOM] = 1.9,   [FULL] = 9.3, [OPENING] = 1,      [HEAD] = 4.6};

#define OF_NOTHING (-11.1)
#define HALF       0.5 /* more of a title's words say no more */
#define FULL_AT    700.0
#define MOST_ROOM  2000.0
#define LEAST_ROOM 500.0 /* less is a digest's */

/* How much must speak for the surest line, and for those set like it; less where
 * the page's title is false. */
static const struct {
    double sure, likely;
} enough[] = {{0.5, -1}, {-1, -2.5}};

#define TITLE_KNOWN 0.1  /* of the page's title, by what it is the title of */
#define MOST_BACK   0.34 /* by all behind the surest line, then */

/* The prose behind block I, up to WEIGHT. */
static void read_behind(struct page_context *ctx, size_t i, uint64_t weight,
                        struct part *out)
{
    size_t end = i + WINDOW_BLOCKS;

    part_init(out, ctx->scratch);
    while (++i < ctx->blocks.n && i < end && out->weight < weight)
        if (part_takes(ctx, &ctx->blocks.at[i]))
            part_add(out, &ctx->blocks.at[i]);
}

/* The prose from block FIRST up to block I, the last WEIGHT of it. */
static void read_before(struct page_context *ctx, size_t first, size_t i,
                        uint64_t weight, struct part *out)
{
    if (i > first + WINDOW_BLOCKS)
        first = i - WINDOW_BLOCKS;
    part_init(out, ctx->scratch);
    while (i-- > first && out->weight < weight)
        if (part_takes(ctx, &ctx->blocks.at[i]))
            part_add(out, &ctx->blocks.at[i]);
}

/* The share of the different words of a title that the part has. */
static double known_by(const struct part *p, struct terms title)
{
    uint32_t known = 0, n = 0;

    for (size_t i = 0; i < title.n && i < TITLE_TERMS; i++) {
        size_t k = 0;

        while (k < i && title.at[k].key != title.at[i].key)
            k++;
        if (k < i || title.at[i].letters < TITLE_LETTERS)
            continue;
        n++;
        known += part_count(p, title.at[i].key) > 0;
    }
    return n == 0 ? 0 : (double)known / n;
}

/* ---- how lines are set ---- */

/* Titles of a row are set alike, headings of sections otherwise. */
struct line_style {
    uint8_t heading;
    uint16_t tag, inner; /* around it, and around all that it says */
};

static struct line_style style_of(const struct page_context *ctx, size_t i)
{
    const struct block *b = &ctx->blocks.at[i];
    struct line_style style = {b->heading, b->tag, TAG_TEXT};

    if (ctx->tree == NULL)
        return style;
    /* An element between the block's and its first text that holds all of it. */
    for (uint32_t k = ctx->tree->nodes[b->first].parent;
         k > b->container && ctx->tree->nodes[k].end >= b->end;
         k = ctx->tree->nodes[k].parent)
        style.inner = (uint16_t)ctx->tree->nodes[k].tag;
    return style;
}

static bool is_set_off(struct line_style s)
{
    return s.heading > 0 || s.inner == TAG_STRONG || s.inner == TAG_B;
}

static bool is_same_style(struct line_style a, struct line_style b)
{
    return a.heading == b.heading && a.tag == b.tag && a.inner == b.inner;
}

static uint64_t weight_between(const struct page_context *ctx, size_t from,
                               size_t to)
{
    uint64_t weight = 0;

    for (size_t i = from; i < to; i++)
        if (part_takes(ctx, &ctx->blocks.at[i]))
            weight += shape_weight(&ctx->blocks.at[i].shape);
    return weight;
}

/* Of the lines of JS from FROM on that are set like line K, how much text lies
 * between it and the nearest. */
static double room_around(const struct page_context *ctx,
                          const struct joints *js, size_t from, size_t k)
{
    struct line_style style = style_of(ctx, js->at[k].title);
    size_t before = k, behind = k + 1;
    uint64_t in_front, after;

    while (before > from &&
           !is_same_style(style_of(ctx, js->at[before - 1].title), style))
        before--;
    while (behind < js->n &&
           !is_same_style(style_of(ctx, js->at[behind].title), style))
        behind++;
    in_front = weight_between(ctx, before > from ? js->at[before - 1].title : 0,
                              js->at[k].title);
    after =
        weight_between(ctx, js->at[k].title,
                       behind < js->n ? js->at[behind].title : ctx->blocks.n);
    return (double)(in_front < after ? in_front : after);
}

/* A line in front of all prose is set off like block I. */
static bool is_like_opening(const struct page_context *ctx, size_t i)
{
    struct line_style style = style_of(ctx, i);

    if (!is_set_off(style))
        return false;
    for (size_t k = 0; k < i && !block_is_prose(&ctx->blocks.at[k]); k++)
        if (shape_weight(&ctx->blocks.at[k].shape) >= OPENING_LEAST &&
            is_same_style(style_of(ctx, k), style))
            return true;
    return false;
}

/* It begins with a number: of digits, or Han, and a mark behind it. */
static bool is_counted(struct str title)
{
    static const struct str numerals = STR_INIT("一二三四五六七八九十");
    size_t i = 0;

    if (title.n == 0 || is_digit(title.p[0]))
        return title.n > 0;
    utf8_next(title, &i);
    return str_has(numerals, str_slice(title, 0, i)) &&
           trim_separators(str_from(title, i)).p > title.p + i;
}

static double at_most(double value, double most)
{
    return value < most ? value : most;
}

static double weigh(const double *of)
{
    double sum = OF_NOTHING;

    for (size_t k = 0; k < N_EVIDENCE; k++)
        sum += weights[k] * of[k];
    return sum;
}

/* True if more than LEAST may speak for line K: what costs little is looked at
 * first, and put into OF. */
static bool may_be_rift(struct page_context *ctx, const struct joints *js,
                        size_t from, size_t k, double least, double *of)
{
    double room = room_around(ctx, js, from, k);
    struct joint j = js->at[k];

    if (room < LEAST_ROOM)
        return false;
    joint_look_around(ctx, &j);
    of[ROOM] = at_most(room, MOST_ROOM) / 1000;
    of[OPENING] = is_like_opening(ctx, j.title);
    of[HEAD] = j.signs.has_head;
    of[GAIN] = HALF;
    of[FULL] = 1;
    return weigh(of) > least;
}

/*
 * True if more than *ODDS speaks for another article at line K, where one begins
 * with block FIRST; then *ODDS is what does.  One that must be SURE is none if it is
 * counted, as items of lists are, or if the page comes back to its title, and that
 * is the title of what is in front.
 */
static bool is_rift(struct page_context *ctx, const struct joints *js,
                    size_t from, size_t k, size_t first, bool sure,
                    double *odds)
{
    struct arena_mark mark = arena_mark(ctx->scratch);
    size_t i = js->at[k].title;
    struct terms title = ctx->blocks.at[i].terms, page;
    double of[N_EVIDENCE] = {0};
    struct part before, near, behind, rest;
    bool is_one = false;

    if ((sure && is_counted(ctx->blocks.at[i].text)) ||
        !may_be_rift(ctx, js, from, k, *odds, of))
        return false;
    read_before(ctx, first, i, WINDOW, &before);
    read_behind(ctx, i, NEAR, &near);
    of[FULL] =
        at_most(at_most((double)near.weight, (double)before.weight), FULL_AT) /
        FULL_AT;
    of[GAIN] = at_most(known_by(&near, title), HALF) -
               at_most(known_by(&before, title), HALF);
    if (weigh(of) <= *odds)
        goto done;
    page = terms_of(ctx->scratch, head_title(ctx));
    read_behind(ctx, i, WINDOW, &behind);
    read_behind(ctx, i, UINT64_MAX, &rest);
    of[ALIKE] = at_most(part_alike(&before, &behind), 1);
    of[PAGE_BEHIND] = at_most(known_by(&behind, page), HALF);
    of[PAGE_REST] = at_most(known_by(&rest, page), HALF);
    if (sure && known_by(&before, page) >= TITLE_KNOWN &&
        of[PAGE_REST] > MOST_BACK)
        goto done;
    is_one = weigh(of) > *odds;
    if (is_one)
        *odds = weigh(of);

done:
    arena_release(ctx->scratch, mark);
    return is_one;
}

bool rifts_keep(struct page_context *ctx, struct joints *js, size_t from,
                bool is_false)
{
    size_t n = from, first = 0, surest = js->n;
    double odds = enough[is_false].sure;
    struct line_style style;

    if (js->n - from > MOST_LINES)
        return false;
    for (size_t k = from; k < js->n; k++)
        if (is_rift(ctx, js, from, k, 0, true, &odds))
            surest = k;
    if (surest == js->n)
        return false;
    style = style_of(ctx, js->at[surest].title);
    for (size_t k = from; k < js->n; k++) {
        struct joint j = js->at[k];

        odds = enough[is_false].likely;
        if (!is_same_style(style_of(ctx, j.title), style) ||
            !(k == surest || is_rift(ctx, js, from, k, first, false, &odds)))
            continue;
        j.signs.is_rift = true;
        first = j.title;
        js->at[n++] = j;
    }
    js->n = n;
    return true;
}

bool line_is_set_off(const struct page_context *ctx, size_t i)
{
    return is_set_off(style_of(ctx, i));
}
