/*
 * Rifts: joints at which a page begins to speak of something else.
 *
 * Articles glued together under the title of the first, or of anything, part at a
 * line that each heading of an honest article looks like.  So all that may tell is
 * weighed together:
 *
 *   words   the prose in front of the line against the prose behind it (sections of
 *           one article share their topic words, articles do not), in windows that
 *           reach over several sections: items of a list are strangers to each
 *           other, but a few of them are like the few before; whether the line
 *           speaks of what is behind it and not of what is before; whether the page
 *           comes back to its own title
 *   look    how far apart the lines are that are set like this one (items of a
 *           digest change the subject too, but stand close together, and teasers
 *           have one paragraph), whether it is
 *           a heading, is counted, is like a line in front of all prose
 *   signs   what stands around it (page_joints.c): labels, tails, bylines, whom and
 *           which days these name
 *
 * One joint of a page must be sure.  The others of its row, set like it or counted
 * like it, need less, each against the article that the last one opened.
 *
 * A digest or a roundup, many short items below a title that is theirs, stays one
 * article, whoever wrote its items; where each item says when it was published too,
 * they are articles.
 *
 * Weak spots: articles of a few lines, whose words say too little; neighbours of
 * one subject; titles that are set like the headings of sections.
 */
#include "extract/page_rifts.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "extract/page_drift.h"

#define WINDOW        2400 /* weight compared on each side */
#define WINDOW_BLOCKS 400
#define NEAR          900 /* weight behind a line that has its title's words */
#define MOST_JOINTS   64  /* more are none of articles */
#define OPENING_LEAST 20  /* weight of a line in front of all prose */
#define PART_LEAST    240 /* weight of an article */
#define PART_OF_ROW   100 /* of one that says itself whose it is */
#define TITLE_LETTERS 4
#define TITLE_TERMS   64

/* How the evidence is measured: the rest is yes or no. */
#define HALF        0.5 /* more of a title's words say no more */
#define FULL_AT     700.0
#define MOST_ROOM   2000.0
#define LEAST_ROOM  600  /* less is a digest's */
#define TITLE_KNOWN 0.1  /* of the page's title, by what it is the title of */
#define MOST_BACK   0.34 /* by all behind, then */

/* How much must speak for the surest joint, and for those of its row; less where the
 * page itself says that it is several: by a false title, which of 1,418 honest pages
 * three have, by counting them, or by an article element around each. */
static const struct {
    double sure, likely;
} enough[] = {{0, -1.5}, {-1.75, -3}};

static const double weights[N_RIFT] = {
#define RIFT_BASE(weight)
#define RIFT(name, weight) weight,
#include "extract/rifts.def"
#undef RIFT
#undef RIFT_BASE
};

#define RIFT_BASE(weight) +(weight)
#define RIFT(name, weight)
static const double of_nothing =
#include "extract/rifts.def"
    ;
#undef RIFT
#undef RIFT_BASE

const char *rifts_evidence_name(enum rift_evidence e)
{
    static const char *const names[N_RIFT] = {
#define RIFT_BASE(weight)
#define RIFT(name, weight) #name,
#include "extract/rifts.def"
#undef RIFT
#undef RIFT_BASE
    };

    return names[e];
}

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

/* Counted like it, or set like it. */
static bool is_of_row(const struct rifts *r, size_t a, size_t b)
{
    const struct joint *ja = &r->js->at[a], *jb = &r->js->at[b];

    if (ja->kind <= JOINT_NUMBER || jb->kind <= JOINT_NUMBER)
        return ja->kind <= JOINT_NUMBER && jb->kind <= JOINT_NUMBER;
    return is_same_style(style_of(r->ctx, ja->title),
                         style_of(r->ctx, jb->title));
}

/* What lies between joint K and those next to it that are set like it. */
struct room {
    uint64_t least;        /* weight, on either side */
    uint32_t n_paragraphs; /* behind it */
};

static struct room room_around(const struct rifts *r, size_t k)
{
    const struct joints *js = r->js;
    size_t before = k, behind = k + 1, from, to;
    struct room room = {0};
    uint64_t weight = 0;

    while (before > 0 && !is_of_row(r, before - 1, k))
        before--;
    while (behind < js->n && !is_of_row(r, behind, k))
        behind++;
    from = before > 0 ? js->at[before - 1].title : 0;
    to = behind < js->n ? js->at[behind].title : r->ctx->blocks.n;
    room.least = weight_between(r->ctx, from, js->at[k].title);
    for (size_t i = js->at[k].title + 1; i < to; i++)
        if (part_takes(r->ctx, &r->ctx->blocks.at[i])) {
            weight += shape_weight(&r->ctx->blocks.at[i].shape);
            room.n_paragraphs++;
        }
    if (weight < room.least)
        room.least = weight;
    return room;
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

/* Another joint's line begins with the same label and a colon. */
static bool has_shared_label(const struct rifts *r, size_t k)
{
    struct str label = line_label(r->ctx->blocks.at[r->js->at[k].title].text);

    for (size_t i = 0; label.n > 0 && i < r->js->n; i++)
        if (i != k &&
            str_starts(r->ctx->blocks.at[r->js->at[i].title].text, label))
            return true;
    return false;
}

static double at_most(double value, double most)
{
    return value < most ? value : most;
}

static double sum_of(const double of[N_RIFT])
{
    double sum = of_nothing;

    for (size_t k = 0; k < N_RIFT; k++)
        sum += weights[k] * of[k];
    return sum;
}

void rifts_open(struct page_context *ctx, const struct joints *js,
                struct rifts *out)
{
    *out = (struct rifts){.ctx = ctx,
                          .js = js,
                          .title = terms_of(ctx->scratch, head_title(ctx)),
                          .says_several = has_false_title(ctx)};
    for (size_t k = 0; k < js->n; k++)
        out->says_several |= js->at[k].kind == JOINT_LABEL ||
                             js->at[k].signs.is_article ||
                             js->at[k].signs.is_element;
}

/* What needs no comparing of words; of that the best is taken. */
static void look_at(const struct rifts *r, size_t k, double of[N_RIFT])
{
    const struct joint *j = &r->js->at[k];
    const struct joint_signs *s = &j->signs;
    struct room room = room_around(r, k);

    of[RIFT_ALIKE] = of[RIFT_PAGE_BEHIND] = of[RIFT_PAGE_REST] = 0;
    of[RIFT_COMES_BACK] = 0;
    of[RIFT_GAIN] = HALF;
    of[RIFT_FULL] = 1;
    of[RIFT_SHARED_LABEL] = has_shared_label(r, k);
    of[RIFT_ORNAMENT] = s->has_ornament;
    of[RIFT_ROOM] = at_most((double)room.least, MOST_ROOM) / 1000;
    of[RIFT_CROWDED] = room.least < LEAST_ROOM && !s->has_head &&
                       !s->has_facts && j->kind > JOINT_NUMBER;
    of[RIFT_TEASER] = room.n_paragraphs <= 1;
    of[RIFT_OPENING] = is_like_opening(r->ctx, j->title);
    of[RIFT_COUNTED] = is_counted(r->ctx->blocks.at[j->title].text);
    of[RIFT_HEAD] = s->has_head;
    of[RIFT_TAIL] = s->has_tail;
    of[RIFT_FACTS] = s->has_facts;
    of[RIFT_EDITORS] = s->has_editors;
    of[RIFT_OTHER_WHO] = s->is_other_who;
    of[RIFT_OTHER_DAY] = s->is_other_day;
    of[RIFT_OPENS_ROW] = s->opens_row;
    of[RIFT_ELEMENT] = s->is_element;
    of[RIFT_LABEL] = j->kind == JOINT_LABEL;
    of[RIFT_NUMBER] = j->kind == JOINT_NUMBER;
    of[RIFT_OF_ARTICLES] = s->is_article;
    of[RIFT_FLAT] = r->ctx->is_flat;
}

/* The words of joint K's line, and how much there is to compare. */
static void look_near(const struct rifts *r, size_t k,
                      const struct part *before, double of[N_RIFT])
{
    size_t i = r->js->at[k].title;
    struct terms line = r->ctx->blocks.at[i].terms;
    struct part near;

    read_behind(r->ctx, i, NEAR, &near);
    of[RIFT_FULL] =
        at_most(at_most((double)near.weight, (double)before->weight), FULL_AT) /
        FULL_AT;
    of[RIFT_GAIN] = at_most(known_by(&near, line), HALF) -
                    at_most(known_by(before, line), HALF);
}

static void compare(const struct rifts *r, size_t k, const struct part *before,
                    double of[N_RIFT])
{
    size_t i = r->js->at[k].title;
    struct part behind, rest;

    read_behind(r->ctx, i, WINDOW, &behind);
    read_behind(r->ctx, i, UINT64_MAX, &rest);
    of[RIFT_ALIKE] = at_most(part_alike(before, &behind), 1) * of[RIFT_FULL];
    of[RIFT_PAGE_BEHIND] = at_most(known_by(&behind, r->title), HALF);
    of[RIFT_PAGE_REST] = at_most(known_by(&rest, r->title), HALF);
    of[RIFT_COMES_BACK] = known_by(before, r->title) >= TITLE_KNOWN &&
                          of[RIFT_PAGE_REST] > MOST_BACK;
}

double rifts_weigh(const struct rifts *r, size_t k, size_t first, double least,
                   double of[N_RIFT])
{
    struct arena_mark mark = arena_mark(r->ctx->scratch);
    struct part before;

    look_at(r, k, of);
    if (sum_of(of) <= least)
        return sum_of(of);
    read_before(r->ctx, first, r->js->at[k].first, WINDOW, &before);
    look_near(r, k, &before, of);
    if (sum_of(of) > least)
        compare(r, k, &before, of);
    arena_release(r->ctx->scratch, mark);
    return sum_of(of);
}

bool rifts_can_part(const struct page_context *ctx, const struct joint *j,
                    size_t first)
{
    const struct joint_signs *s = &j->signs;
    uint64_t least = s->is_other_day || s->opens_row || s->has_facts
                         ? PART_OF_ROW
                         : PART_LEAST;

    return j->first > first && weight_between(ctx, first, j->first) >= least &&
           weight_between(ctx, j->title, ctx->blocks.n) >= least;
}

/* The joint that most speaks for, and enough for the first of a page; N if none
 * does.  No mere line is it that is counted, as items of lists are, or behind which the
 * page comes back to its title. */
static size_t surest_joint(const struct rifts *r)
{
    size_t surest = r->js->n;
    double of[N_RIFT], most = enough[r->says_several].sure;

    for (size_t k = 0; k < r->js->n; k++) {
        double sum;

        if (!rifts_can_part(r->ctx, &r->js->at[k], 0))
            continue;
        sum = rifts_weigh(r, k, 0, most, of);
        if (sum <= most || (r->js->at[k].kind == JOINT_LINE &&
                            of[RIFT_COMES_BACK] + of[RIFT_COUNTED] > 0))
            continue;
        most = sum;
        surest = k;
    }
    return surest;
}

/* Of the row of joint SURE, the last in front of all prose opens the first article;
 * N if there is none. */
static size_t opening_joint(const struct rifts *r, size_t sure)
{
    size_t opening = r->js->n;

    for (size_t k = 0; k < sure; k++) {
        if (weight_between(r->ctx, 0, r->js->at[k].first) >= PART_OF_ROW)
            break;
        if (is_of_row(r, k, sure))
            opening = k;
    }
    return opening;
}

size_t rifts_keep(struct page_context *ctx, struct joints *js)
{
    struct joints all = *js;
    struct rifts r;
    size_t surest, opening, first = 0, n = 0;
    double of[N_RIFT];

    if (js->n > MOST_JOINTS)
        return js->n = 0;
    rifts_open(ctx, &all, &r);
    surest = surest_joint(&r);
    if (surest == all.n)
        return js->n = 0;
    js->at = arena_array(ctx->a, all.n, sizeof *js->at);
    opening = opening_joint(&r, surest);
    if (opening < all.n) {
        first = all.at[opening].title;
        js->at[n++] = all.at[opening];
    }
    for (size_t k = 0; k < all.n; k++) {
        bool is_row = is_of_row(&r, k, surest);
        double least =
            is_row ? enough[r.says_several].likely : enough[false].sure;

        /* Where articles are counted, other lines are headings in them. */
        if (!is_row && all.at[surest].kind <= JOINT_NUMBER &&
            all.at[k].kind == JOINT_LINE)
            continue;
        if (!rifts_can_part(ctx, &all.at[k], first) ||
            rifts_weigh(&r, k, first, least, of) <= least)
            continue;
        first = all.at[k].title;
        js->at[n++] = all.at[k];
    }
    return js->n = n;
}

bool line_is_set_off(const struct page_context *ctx, size_t i)
{
    return is_set_off(style_of(ctx, i));
}
