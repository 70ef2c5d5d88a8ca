/*
 * Rifts: lines at which a page begins to speak of something else.
 *
 * Articles glued together under the title of the first, or of anything, part at a
 * line without label, byline or element.  Each heading of an honest article looks
 * like it.  So the prose in front of the line is compared with the prose behind
 * it, in windows that reach over several sections: items of a list are strangers
 * to each other, but a few of them are like the few before.  And the line is a
 * title, which speaks of what is behind it and not of what is before, while the
 * page's title says nothing of what is behind.
 *
 * The surest such line must be set off (a heading, or all strong); lines set like
 * it need less.  Nothing here parts any of the 1,450 development pages: digests,
 * whose items are as strange to each other, have their lines closer together, an
 * anthology comes back to its title, and what is counted is a list.
 *
 * Weak spots: titles that say nothing of their text, titles in plain lines.
 */
#include "extract/page_drift.h"

#include "base/arena.h"
#include "extract/page_joints.h"

#define WINDOW        2400 /* weight compared on each side */
#define WINDOW_BLOCKS 400
#define NEAR          900 /* weight behind a line that has its title's words */
#define SECTION       700 /* weight up to the next line set like it, at least */
#define MOST_LINES    64  /* more are none of articles */
#define MOST_OF_PAGE  0.25 /* of the page's title, known by all behind a rift */
#define TITLE_LETTERS 4
#define TITLE_TERMS   64

/* How a rift must be: shares of the words of its title that are known around it,
 * and of the page's title. */
struct bounds {
    double alike;     /* of the words behind and before, at most */
    double own, more; /* of the title behind, and so much more than before */
    double before;    /* of the title before, at most */
    double page_behind, page_before; /* of the page's title, at most */
    uint32_t terms, least; /* words of the title; weight on each side */
};

/* Nothing else says that the page has several articles. */
static const struct bounds alone = {0.25, 0.3, 0.15, 0.05, 0.1, 1, 5, 700};
/* The page's title says nothing of either side. */
static const struct bounds untitled = {0.4, 0.3, 0.15, 0.2, 0.1, 0.1, 4, 700};
/* Others that are set like it are. */
static const struct bounds likely = {0.45, 0.15, 0.01, 1, 0.34, 1, 2, 400};

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

/* The share of the different words of a title that the part has; *N is how many
 * there are. */
static double known_by(const struct part *p, struct terms title, uint32_t *n)
{
    uint32_t known = 0;

    *n = 0;
    for (size_t i = 0; i < title.n && i < TITLE_TERMS; i++) {
        size_t k = 0;

        while (k < i && title.at[k].key != title.at[i].key)
            k++;
        if (k < i || title.at[i].letters < TITLE_LETTERS)
            continue;
        ++*n;
        known += part_count(p, title.at[i].key) > 0;
    }
    return *n == 0 ? 0 : (double)known / *n;
}

/* What is known of the words around a line. */
struct sides {
    double alike, own, before, page_behind, page_before;
    uint32_t terms;
    uint64_t least;
};

static void read_sides(struct page_context *ctx, size_t first, size_t i,
                       struct sides *s)
{
    struct terms title = ctx->blocks.at[i].terms;
    struct terms page = terms_of(ctx->scratch, head_title(ctx));
    struct part before, behind, near;
    uint32_t n;

    read_behind(ctx, i, NEAR, &near);
    read_behind(ctx, i, WINDOW, &behind);
    read_before(ctx, first, i, WINDOW, &before);
    s->least = near.weight < before.weight ? near.weight : before.weight;
    s->own = known_by(&near, title, &s->terms);
    s->before = known_by(&before, title, &n);
    s->page_behind = known_by(&behind, page, &n);
    s->page_before = known_by(&before, page, &n);
    s->alike = part_alike(&before, &behind);
}

static bool is_within(const struct sides *s, const struct bounds *to)
{
    return s->alike < to->alike && s->own >= to->own &&
           s->own >= s->before + to->more && s->before <= to->before &&
           s->page_behind <= to->page_behind &&
           s->page_before <= to->page_before && s->terms >= to->terms &&
           s->least >= to->least;
}

/* Items of a list that are counted, down perhaps. */
static bool is_counted(struct str title)
{
    return title.n > 0 && is_digit(title.p[0]);
}

/* The page never comes back to what its title says. */
static bool leaves_title(struct page_context *ctx, size_t i)
{
    struct part rest;
    uint32_t n;

    part_init(&rest, ctx->scratch);
    while (++i < ctx->blocks.n)
        if (part_takes(ctx, &ctx->blocks.at[i]))
            part_add(&rest, &ctx->blocks.at[i]);
    return known_by(&rest, terms_of(ctx->scratch, head_title(ctx)), &n) <=
           MOST_OF_PAGE;
}

/* The title speaks of what is behind it: soon told, and so of few lines. */
static bool may_be_sure(struct page_context *ctx, size_t i)
{
    struct part near;
    uint32_t n;
    double own;

    if (is_counted(ctx->blocks.at[i].text))
        return false;
    read_behind(ctx, i, NEAR, &near);
    own = known_by(&near, ctx->blocks.at[i].terms, &n);
    return n >= untitled.terms && own >= untitled.own &&
           near.weight >= untitled.least;
}

static bool is_sure(struct page_context *ctx, size_t i, double *alike)
{
    struct arena_mark mark = arena_mark(ctx->scratch);
    struct sides s;
    bool is_sure = false;

    if (may_be_sure(ctx, i)) {
        read_sides(ctx, 0, i, &s);
        is_sure = (is_within(&s, &alone) || is_within(&s, &untitled)) &&
                  leaves_title(ctx, i);
    }
    if (is_sure)
        *alike = s.alike;
    arena_release(ctx->scratch, mark);
    return is_sure;
}

/* The same for the blocks from FIRST on, where others are. */
static bool is_likely(struct page_context *ctx, size_t first, size_t i)
{
    struct arena_mark mark = arena_mark(ctx->scratch);
    struct sides s;

    read_sides(ctx, first, i, &s);
    arena_release(ctx->scratch, mark);
    return is_within(&s, &likely);
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

/* Items of a digest change the subject too, but the lines set like them are close
 * together. */
static bool has_room(const struct page_context *ctx, const struct joints *js,
                     size_t from, size_t i, struct line_style style)
{
    size_t end = i + 1, before = i;

    while (end < js->n &&
           !is_same_style(style_of(ctx, js->at[end].title), style))
        end++;
    while (before > from &&
           !is_same_style(style_of(ctx, js->at[before - 1].title), style))
        before--;
    return weight_between(ctx, js->at[i].title,
                          end < js->n ? js->at[end].title : ctx->blocks.n) >=
               SECTION &&
           weight_between(ctx, before > from ? js->at[before - 1].title : 0,
                          js->at[i].title) >= SECTION;
}

/* The line from FROM on at which the subject changes most, for sure; js->n if there
 * is none. */
static size_t find_surest(struct page_context *ctx, const struct joints *js,
                          size_t from)
{
    double least = 1, alike;
    size_t surest = js->n;

    for (size_t i = from; i < js->n; i++) {
        struct line_style style = style_of(ctx, js->at[i].title);

        if (is_set_off(style) && is_sure(ctx, js->at[i].title, &alike) &&
            alike < least && has_room(ctx, js, from, i, style)) {
            least = alike;
            surest = i;
        }
    }
    return surest;
}

bool rifts_keep(struct page_context *ctx, struct joints *js, size_t from)
{
    size_t n = from, first = 0, surest;
    struct line_style style;

    if (js->n - from > MOST_LINES)
        return false;
    surest = find_surest(ctx, js, from);
    if (surest == js->n)
        return false;
    style = style_of(ctx, js->at[surest].title);
    for (size_t i = from; i < js->n; i++) {
        struct joint j = js->at[i];

        if (!is_same_style(style_of(ctx, j.title), style) ||
            !(i == surest || is_likely(ctx, first, j.title)))
            continue;
        j.signs.is_rift = true;
        first = j.title;
        js->at[n++] = j;
    }
    js->n = n;
    return true;
}
