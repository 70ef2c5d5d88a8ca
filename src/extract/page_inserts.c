/*
 * Offers put into paragraphs of a copied article.
 *
 * The text of a paragraph is read as one, across its elements, and divided into
 * units: its sentences, what stands behind the last full stop, links that stand
 * between sentences, and what stands in heavy brackets.  Each is judged as a
 * paragraph would be (page_offers.c).  What is cut goes from the text nodes, so
 * that neither text nor HTML has it.
 */
#include "extract/page_inserts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "extract/page_baits.h"
#include "extract/page_marks.h"

#define MOST_RUNS 200 /* text nodes of a paragraph */
/* A cut writes the paragraph anew: what is longer, and more, is no article's. */
#define PARAGRAPH_MAX ((size_t)32 * 1024) /* bytes */
#define UNITS_MAX     256                 /* of a page */
#define MOST_BAITS    16                  /* of a paragraph */
#define LEAST_TERMS   2                   /* of a unit */

enum {
    POINTS_BRACKET = 10,
    BAIT = 100 /* a bait by itself: always enough */
};

/* A text node of a paragraph: bytes [from, end) of its text. */
struct run {
    uint32_t node;
    size_t from, end;
    bool in_link;
};

struct paragraph {
    size_t block;
    struct str text; /* of all runs */
    struct run runs[MOST_RUNS];
    size_t n;
};

struct unit {
    size_t block, from, end; /* bytes of the paragraph's text */
    int points;
    bool is_of_kind;
    struct asked asked;
};

struct units {
    struct unit *at;
    size_t n, cap;
};

struct inserts {
    struct page_context *ctx;
    const struct core *core;
    struct offers *o;
    bool in_core; /* the paragraph at hand */
    struct units units;
};

static void read_paragraph(struct page_context *ctx, size_t block,
                           struct paragraph *p)
{
    const struct block *b = &ctx->blocks.at[block];
    struct buf text;

    p->block = block;
    p->n = 0;
    if (ctx->tree == NULL) {
        p->text = b->text;
        return;
    }
    buf_init(&text, BUF_MAX);
    for (uint32_t i = b->first; i < b->end && p->n < MOST_RUNS; i++) {
        const struct node *node = &ctx->tree->nodes[i];

        if (node->tag != TAG_TEXT || ctx->marks[i].is_silent)
            continue;
        p->runs[p->n++] = (struct run){.node = i,
                                       .from = text.n,
                                       .end = text.n + node->text.n,
                                       .in_link = ctx->marks[i].in_link};
        buf_add_str(&text, node->text);
    }
    p->text = buf_keep(&text, ctx->a);
    buf_done(&text);
}

static bool is_sentence_end(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x3002 || c == 0xFF01 ||
           c == 0xFF1F || c == 0x2026 || c == 0x201D || c == '"';
}

/* True if nothing but blanks is between AT and the end of a sentence before it. */
static bool is_behind_sentence(struct str text, size_t at)
{
    while (at > 0) {
        uint32_t c = utf8_prev(text, &at);

        if (!is_blank(c))
            return is_sentence_end(c);
    }
    return true;
}

static void judge_unit(struct inserts *in, const struct paragraph *p,
                       size_t from, size_t end, bool in_brackets)
{
    struct str text = str_trim_wide(str_slice(p->text, from, end));
    struct arena_mark mark = arena_mark(in->ctx->a);
    struct terms terms = terms_of(in->ctx->a, text);
    struct asked of;
    int points = 0;

    if (terms.n >= LEAST_TERMS) {
        asked_read(in->ctx, in->o, text, &of);
        points =
            offer_points(in->core, text, terms,
                         in->in_core && !asked_is_strong(&of) ? 2 : 1, &of);
    }
    arena_release(in->ctx->a, mark);
    if (points == 0 || in->units.n == UNITS_MAX)
        return;
    if (in_brackets)
        points += POINTS_BRACKET;
    *vec_add(in->ctx->a, &in->units) =
        (struct unit){.block = p->block,
                      .from = from,
                      .end = end,
                      .points = points,
                      .asked = of,
                      .is_of_kind = asked_is_of_kind(in->core, &of)};
}

/* ---- units ---- */

/* The end of the row of links that begins at byte AT; AT if none does. */
static size_t links_end(const struct paragraph *p, size_t at)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->runs[i].from == at && p->runs[i].in_link)
            at = p->runs[i].end;
    return at;
}

/* The end of the sentence that begins at FROM: a full stop ends it before a blank
 * or at the end of the text, and before a link. */
static size_t sentence_end(const struct paragraph *p, size_t from)
{
    struct str text = p->text;

    for (size_t i = from; i < text.n;) {
        uint32_t c = utf8_next(text, &i);

        if (c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == '!' || c == '?')
            return i;
        if (c == '.' && (i >= text.n || is_space(text.p[i]) ||
                         text.p[i] == ',' || links_end(p, i) > i))
            return i;
    }
    return text.n;
}

static void find_sentences(struct inserts *in, const struct paragraph *p)
{
    for (size_t from = 0, end; from < p->text.n; from = end) {
        end = links_end(p, from);
        if (end == from || !is_behind_sentence(p->text, from))
            end = sentence_end(p, from);
        judge_unit(in, p, from, end, false);
    }
}

static const struct {
    uint32_t open, close;
} brackets[] = {{0x3010, 0x3011}, {0xFF08, 0xFF09}, {'(', ')'}, {'[', ']'}};

static uint32_t closing(uint32_t c)
{
    for (size_t i = 0; i < sizeof brackets / sizeof brackets[0]; i++)
        if (brackets[i].open == c)
            return brackets[i].close;
    return 0;
}

/* What stands in heavy brackets, which are for what is no prose. */
static void find_brackets(struct inserts *in, const struct paragraph *p)
{
    size_t open = STR_NOT_FOUND;

    for (size_t at = 0, i = 0; i < p->text.n; at = i) {
        uint32_t c = utf8_next(p->text, &i);

        if (c == 0x3010) {
            open = at;
        } else if (c == 0x3011 && open != STR_NOT_FOUND) {
            judge_unit(in, p, open, i, true);
            open = STR_NOT_FOUND;
        }
    }
}

static bool is_comma(uint32_t c)
{
    return c == ',' || c == 0xFF0C || c == 0x3001;
}

/* A bait in a sentence of the article: out, with the brackets around it, or a comma
 * if there is one on each side. */
static void add_bait(struct inserts *in, const struct paragraph *p, size_t from,
                     size_t end)
{
    size_t before = from, behind = end;
    uint32_t left = before > 0 ? utf8_prev(p->text, &before) : 0;
    uint32_t right = behind < p->text.n ? utf8_next(p->text, &behind) : 0;

    if (left != 0 && right != 0 && closing(left) == right) {
        from = before;
        end = behind;
    } else if ((is_comma(left) || is_sentence_end(left)) &&
               (is_comma(right) || right == 0x3002)) {
        end = behind;
    }
    if (in->units.n < UNITS_MAX)
        *vec_add(in->ctx->a, &in->units) = (struct unit){
            .block = p->block, .from = from, .end = end, .points = BAIT};
}

static void find_baits(struct inserts *in, const struct paragraph *p)
{
    size_t n = 0;

    for (size_t at = 0, end = 0;
         n < MOST_BAITS && bait_next(in->ctx, p->text, &at, &end);
         at = end, n++)
        if (bait_is_apart(p->text, at, end - at))
            add_bait(in, p, at, end);
}

/* ---- cutting ---- */

static void cut_node(struct page_context *ctx, struct run *r, size_t from,
                     size_t end)
{
    struct node *node = &ctx->tree->nodes[r->node];
    size_t low = from > r->from ? from - r->from : 0;
    size_t high = end < r->end ? end - r->from : r->end - r->from;

    if (from >= r->end || end <= r->from)
        return;
    node->text = arena_cat(ctx->a, str_slice(node->text, 0, low),
                           str_from(node->text, high));
}

/* Blanks of the same runs are in the text no longer, so the last unit of a
 * paragraph goes first. */
static void cut_unit(struct page_context *ctx, struct paragraph *p,
                     const struct unit *u)
{
    struct block *b = &ctx->blocks.at[p->block];

    b->cut = arena_cat(ctx->a, str_slice(p->text, u->from, u->end),
                       b->cut.n > 0 ? STR(" ") : STR_NONE, b->cut);
    for (size_t i = 0; i < p->n; i++)
        cut_node(ctx, &p->runs[i], u->from, u->end);
    p->text = arena_cat(ctx->a, str_slice(p->text, 0, u->from),
                        str_from(p->text, u->end));
}

static void measure_again(struct page_context *ctx, struct paragraph *p)
{
    struct block *b = &ctx->blocks.at[p->block];
    struct buf linked;

    buf_init(&linked, BUF_MAX);
    for (size_t i = 0; i < p->n; i++)
        if (p->runs[i].in_link)
            buf_add_str(&linked, ctx->tree->nodes[p->runs[i].node].text);
    b->text = str_trim_wide(arena_line(ctx->a, p->text));
    block_measure(ctx->a, b);
    b->link_chars =
        (uint32_t)utf8_chars(arena_line(ctx->a, buf_keep(&linked, ctx->a)));
    buf_done(&linked);
    /* Who reads text expects some. */
    if (b->text.n == 0)
        b->role = ROLE_CHAFF;
}

static bool is_cut(const struct unit *u, size_t of_kind)
{
    size_t others = of_kind - (u->points >= OFFER_OF_KIND);

    return u->points + (u->is_of_kind ? offer_company(others) : 0) >=
           offer_enough(others, &u->asked);
}

static size_t cut_units(struct inserts *in)
{
    struct paragraph p = {.block = NO_BLOCK};
    size_t of_kind = 0, n = 0, behind = SIZE_MAX;

    for (size_t i = 0; i < in->ctx->blocks.n; i++)
        of_kind += in->ctx->blocks.at[i].is_offer;
    for (size_t i = 0; i < in->units.n; i++)
        of_kind += in->units.at[i].points >= OFFER_OF_KIND;
    for (size_t i = in->units.n; i-- > 0;) {
        const struct unit *u = &in->units.at[i];

        if (!is_cut(u, of_kind))
            continue;
        if (u->block != p.block) {
            if (p.block != NO_BLOCK)
                measure_again(in->ctx, &p);
            read_paragraph(in->ctx, u->block, &p);
            behind = SIZE_MAX;
        }
        /* Brackets lie in sentences. */
        if (u->end > behind)
            continue;
        cut_unit(in->ctx, &p, u);
        behind = u->from;
        n++;
    }
    if (p.block != NO_BLOCK)
        measure_again(in->ctx, &p);
    return n;
}

/* Of those that end at one place the longest is last. */
static int by_place(const struct unit *a, const struct unit *b)
{
    if (a->block != b->block)
        return a->block < b->block ? -1 : 1;
    if (a->end != b->end)
        return a->end > b->end ? 1 : -1;
    return (a->from < b->from) - (a->from > b->from);
}

/* Few, and nearly in order. */
static void sort_units(struct units *u)
{
    for (size_t i = 1; i < u->n; i++)
        for (size_t k = i; k > 0 && by_place(&u->at[k - 1], &u->at[k]) > 0;
             k--) {
            struct unit swap = u->at[k];

            u->at[k] = u->at[k - 1];
            u->at[k - 1] = swap;
        }
}

static bool has_signs(const struct asked *of)
{
    return of->trades + of->fields + of->calls + of->contacts > 0 ||
           of->has_address || of->holds_key;
}

size_t inserts_cut(struct page_context *ctx, const struct core *core,
                   struct offers *o, const struct asked *asked,
                   const bool *in_core)
{
    struct inserts in = {.ctx = ctx, .core = core, .o = o};

    for (size_t i = 0; i < ctx->blocks.n; i++) {
        const struct block *b = &ctx->blocks.at[i];
        struct paragraph p;

        if (b->role != ROLE_UNKNOWN || b->is_hidden ||
            (!has_signs(&asked[i]) && !core->tongue->is_mixed[i]) ||
            !block_may_be_body(ctx, b) || b->heading > 0 ||
            b->shape.sentences == 0 || b->tag == TAG_LI ||
            b->text.n > PARAGRAPH_MAX || baits_in_title(ctx, i))
            continue;
        in.in_core = in_core[i];
        read_paragraph(ctx, i, &p);
        find_sentences(&in, &p);
        find_brackets(&in, &p);
        find_baits(&in, &p);
    }
    sort_units(&in.units);
    return cut_units(&in);
}
