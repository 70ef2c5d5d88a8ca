/*
 * Where a new article may begin, by five kinds of evidence:
 *
 *   label    a numbered label ("Story 2", "Recommended3") of which the page has
 *            at least two with rising numbers; the title stands behind it, in
 *            the same line even without a blank, or in the next
 *   tail     a title-like line that follows the tail of an article: credits,
 *            keywords, an end mark
 *   byline   a title-like line with a byline right behind it, when the page
 *            has two of those
 *   element  the first heading of an article element, when several lie side by
 *            side
 *   line     any line that could be a title, at which the page begins to speak of
 *            something else (page_rifts.c), or on a page whose title says
 *            nothing of what the page does
 */
#include "extract/page_joints.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "extract/fields.h"
#include "extract/page_finding.h"
#include "extract/page_inquiry.h"

/* ---- counted labels ---- */

struct str trim_separators(struct str s)
{
    static const struct str marks = STR_INIT(" :：.、,，|｜-—–)）]】》>」");
    size_t i = 0, from;

    while (i < s.n) {
        from = i;
        utf8_next(s, &i);
        if (!str_has(marks, str_slice(s, from, i)))
            return str_trim_wide(str_from(s, from));
    }
    return STR_NONE;
}

/* A colon, full stop or dash between a label and what it counts. */
static bool has_stop(struct str between)
{
    static const struct str stops = STR_INIT(":：.、-—–");

    for (size_t i = 0, from; i < between.n;) {
        from = i;
        utf8_next(between, &i);
        if (str_has(stops, str_slice(between, from, i)))
            return true;
    }
    return false;
}

bool can_be_title(const struct block *b)
{
    return b->role == ROLE_UNKNOWN && shape_is_title(&b->shape) &&
           b->frame.frame == FRAME_NONE;
}

/* What stands behind label I of its group: the rest of the line up to the next
 * label, or the next line. */
static bool title_behind(struct page_context *ctx, const struct numbered *label,
                         const struct numbered *next, struct joint *out)
{
    const struct block *b = &ctx->blocks.at[label->block];
    size_t end =
        next != NULL && next->block == label->block ? next->from : b->text.n;
    struct str rest = trim_separators(str_slice(b->text, label->behind, end));
    size_t k = label->block + 1;

    *out = (struct joint){.first = label->block,
                          .title = label->block,
                          .title_text = rest,
                          .kind = JOINT_LABEL};
    if (rest.n > 0) {
        struct text_shape shape;

        /* "Recommended 2: ..." names no section. */
        out->signs.is_article =
            label->is_article || b->frame.frame == FRAME_RELATED;
        if (!out->signs.is_article &&
            has_stop(str_slice(b->text, label->behind,
                               (size_t)(rest.p - b->text.p))))
            out->kind = JOINT_NUMBER;
        text_shape(rest, &shape);
        return shape_is_title(&shape);
    }
    if (end < b->text.n)
        return false;
    while (k < ctx->blocks.n && ctx->blocks.at[k].role == ROLE_CHAFF)
        k++;
    if (k >= ctx->blocks.n || (next != NULL && next->block <= k) ||
        !can_be_title(&ctx->blocks.at[k]))
        return false;
    out->title = k;
    out->title_text = STR_NONE;
    return true;
}

/* Pages of markup number their steps, pictures and footnotes too: of them the
 * longest group is all that is looked at. */
#define MOST_GROUPS_PLAIN  4
#define MOST_GROUPS_MARKUP 1

void joints_of_labels(struct page_context *ctx, struct joints *out,
                      struct numbereds *labels)
{
    struct numbereds found = {0};
    int most = ctx->is_flat ? MOST_GROUPS_PLAIN : MOST_GROUPS_MARKUP;
    size_t first, n;

    counted_find(ctx, &found);
    for (int group = 0; group < most; group++) {
        counted_group(&found, labels, &first, &n);
        for (size_t i = first; i < first + n; i++) {
            const struct numbered *next =
                i + 1 < first + n ? &found.at[i + 1] : NULL;
            struct joint joint;

            *vec_add(ctx->a, labels) = found.at[i];
            if (title_behind(ctx, &found.at[i], next, &joint))
                *vec_add(ctx->a, out) = joint;
        }
        if (n == 0)
            return;
    }
}

void drop_empty_labels(struct page_context *ctx, const struct numbereds *labels)
{
    for (size_t i = 0; i < labels->n; i++) {
        struct block *b = &ctx->blocks.at[labels->at[i].block];

        if (labels->at[i].from == 0 &&
            trim_separators(str_from(b->text, labels->at[i].behind)).n == 0)
            b->role = ROLE_CHAFF;
    }
}

/* ---- other evidence ---- */

struct line_view {
    bool is_facts;  /* a line of facts, and nothing but */
    bool is_head;   /* names an author, a source or a date: stands on top */
    bool is_tail;   /* credits, keywords, end mark */
    bool is_editor; /* names the editor: the last line of many an article */
};

static struct line_view look_at(struct page_context *ctx, const struct block *b)
{
    struct line_view v = {0};
    struct line_facts facts = {0};

    if (b->role != ROLE_UNKNOWN || shape_weight(&b->shape) > 300 ||
        b->shape.sentences > 2)
        return v;
    v.is_tail = b->frame.frame == FRAME_END && b->frame.is_whole;
    if (b->frame.frame == FRAME_TAGS)
        v.is_tail = true;
    if (!line_read(ctx, b->text, &facts))
        return v;
    /* Teasers with markup have a name and the day, too. */
    v.is_facts =
        facts.is_only_facts || (ctx->is_flat && byline_is_at_date(ctx, &facts));
    v.is_head = v.is_facts && (facts.authors.n > 0 || facts.source.n > 0 ||
                               when_known(facts.date));
    v.is_editor = v.is_facts && facts.editor.n > 0;
    if (facts.tags.n > 0 || (v.is_facts && !when_known(facts.date) &&
                             (facts.editor.n > 0 || facts.credits.n > 0)))
        v.is_tail = true;
    return v;
}

/* The nearest block in front of I that is no chaff; NO_BLOCK if none. */
static size_t before_block(const struct blocks *bs, size_t i)
{
    while (i > 0)
        if (bs->at[--i].role != ROLE_CHAFF)
            return i;
    return NO_BLOCK;
}

bool joint_at(struct page_context *ctx, size_t i, struct joint *out)
{
    const struct blocks *bs = &ctx->blocks;
    const struct block *b = &bs->at[i];
    size_t before;
    bool tail, head;

    if (i + 1 >= bs->n || !can_be_title(b) || block_is_prose(b) ||
        (!ctx->is_flat && b->heading == 0))
        return false;
    before = before_block(bs, i);
    tail = before != NO_BLOCK && look_at(ctx, &bs->at[before]).is_tail;
    head = look_at(ctx, &bs->at[i + 1]).is_head;
    if ((!tail && !head) || look_at(ctx, b).is_facts)
        return false;
    *out = (struct joint){.first = i,
                          .title = i,
                          .kind = tail ? JOINT_TAIL : JOINT_BYLINE,
                          .signs = {.has_tail = tail, .has_head = head}};
    return true;
}

void joints_of_titles(struct page_context *ctx, struct joints *out)
{
    size_t with_byline = 0, from = out->n;

    for (size_t i = 0; i < ctx->blocks.n; i++) {
        struct joint joint;

        if (!joint_at(ctx, i, &joint))
            continue;
        with_byline += joint.signs.has_head;
        *vec_add(ctx->a, out) = joint;
    }
    if (with_byline >= 2)
        return;
    /* One byline is the page's own. */
    for (size_t i = from; i < out->n; i++)
        if (out->at[i].kind == JOINT_BYLINE)
            out->at[i--] = out->at[--out->n];
}

void joints_of_elements(struct page_context *ctx, struct joints *out)
{
    const struct page_tree *t = ctx->tree;
    uint32_t at = 0, behind = 0;
    size_t k = 0;

    if (t == NULL)
        return;
    for (at = 1; at < t->n; at++) {
        if (t->nodes[at].tag != TAG_ARTICLE || at < behind)
            continue;
        behind = t->nodes[at].end;
        while (k < ctx->blocks.n && ctx->blocks.at[k].first < at)
            k++;
        for (size_t i = k; i < ctx->blocks.n && i < k + 12 &&
                           ctx->blocks.at[i].first < behind;
             i++) {
            const struct block *b = &ctx->blocks.at[i];

            if (b->heading == 0 || b->heading > 2 || !can_be_title(b))
                continue;
            *vec_add(ctx->a, out) =
                (struct joint){.first = i,
                               .title = i,
                               .kind = JOINT_ELEMENT,
                               .signs.is_element = b->heading == 1};
            break;
        }
    }
}

/* ---- below a false title ---- */

#define LEAST_OF_TITLE 3    /* terms, to say anything of it */
#define MOST_OF_TITLE  0.15 /* of a false title's terms stand in the prose */
#define MOST_OF_SPAM   0.3  /* of one that what is spam says too */
#define TITLE_LETTERS  4    /* of a word; titles have few */
#define LINE_LEAST     25   /* weight of a title */
#define LINE_MOST      130

/* What a page's titles are held against. */
struct titled {
    struct words prose, spam;
};

static void read_titled(struct page_context *ctx, struct titled *of)
{
    words_init(&of->prose, ctx->scratch, TITLE_LETTERS);
    words_init(&of->spam, ctx->scratch, TITLE_LETTERS);
    for (size_t i = 0; i < ctx->blocks.n; i++) {
        const struct block *b = &ctx->blocks.at[i];

        if (block_is_prose(b))
            words_add(&of->prose, b->terms);
        else if (block_is_spam(ctx, b))
            words_add(&of->spam, b->terms);
    }
}

/* The prose knows next to nothing of the title, or little, and what was cut out of
 * it knows more. */
static bool is_false_title(const struct titled *of, struct terms title,
                           uint32_t *n)
{
    double known = words_known(&of->prose, title, 1, n);

    return known <= MOST_OF_TITLE ||
           (known <= MOST_OF_SPAM &&
            words_known(&of->spam, title, 1, n) > known);
}

static bool has_false_title(struct page_context *ctx)
{
    const struct blocks *bs = &ctx->blocks;
    struct titled of;
    uint32_t n;

    read_titled(ctx, &of);
    for (size_t i = 0; i < bs->n; i++)
        if (bs->at[i].heading == 1 && !bs->at[i].is_hidden &&
            !is_false_title(&of, bs->at[i].terms, &n))
            return false;
    return is_false_title(&of, terms_of(ctx->scratch, head_title(ctx)), &n) &&
           n >= LEAST_OF_TITLE;
}

/* The next block behind I that is no chaff; the last if there is none. */
static size_t behind_block(const struct blocks *bs, size_t i)
{
    while (i + 1 < bs->n && bs->at[++i].role == ROLE_CHAFF)
        ;
    return i;
}

#define ABOVE_PROSE 2 /* lines between a heading and its text */

/* Prose stands behind block I, perhaps below a byline, or soon behind a heading. */
static bool is_above_prose(struct page_context *ctx, size_t i)
{
    const struct blocks *bs = &ctx->blocks;
    size_t next = behind_block(bs, i);

    if (look_at(ctx, &bs->at[next]).is_head)
        next = behind_block(bs, next);
    for (int k = 0; bs->at[i].heading > 0 && k < ABOVE_PROSE &&
                    !block_is_prose(&bs->at[next]) && bs->at[next].heading == 0;
         k++)
        next = behind_block(bs, next);
    return next > i && block_is_prose(&bs->at[next]);
}

/* Calls or asks, as titles do, or has no end mark at all. */
static bool ends_as_title(const struct block *b)
{
    size_t at = b->text.n;
    uint32_t c = at > 0 ? utf8_prev(b->text, &at) : 0;

    return b->shape.end == END_OPEN || c == '!' || c == '?' || c == 0xFF01 ||
           c == 0xFF1F;
}

/* As items of lists and rows of tables do. */
static bool begins_with_mark(struct str text)
{
    return text.n > 0 && memchr("-*+|#>", text.p[0], 6) != NULL;
}

/* A line that nothing but its shape tells from a section's heading. */
static bool is_title_line(struct page_context *ctx, size_t i)
{
    const struct block *b = &ctx->blocks.at[i];
    uint32_t weight = shape_weight(&b->shape);

    /* A label before each title is taken off later. */
    return b->role == ROLE_UNKNOWN && shape_is_title(&b->shape) &&
           (b->frame.frame == FRAME_NONE || b->frame.frame == FRAME_RELATED) &&
           (b->heading > 0 || !block_is_prose(b)) &&
           block_may_be_body(ctx, b) && weight >= LINE_LEAST &&
           weight <= LINE_MOST && ends_as_title(b) &&
           !begins_with_mark(b->text) && b->shape.dividers <= 2 &&
           b->shape.sentences <= 2 && b->link_chars * 2 < b->chars + 1 &&
           b->tag != TAG_LI && b->tag != TAG_TH && b->tag != TAG_PRE &&
           b->tag != TAG_FIGCAPTION && !look_at(ctx, b).is_facts &&
           is_above_prose(ctx, i);
}

/* Block I stands between the heading of the last joint and its text. */
static bool is_below_heading(const struct page_context *ctx,
                             const struct joints *js, size_t i)
{
    size_t title = js->at[js->n - 1].title;

    if (ctx->blocks.at[title].heading == 0 || ctx->blocks.at[i].heading > 0)
        return false;
    while (i-- > title)
        if (block_is_prose(&ctx->blocks.at[i]))
            return false;
    return true;
}

void joints_of_lines(struct page_context *ctx, struct joints *out)
{
    size_t from = out->n;
    bool is_below_prose = false;

    for (size_t i = 0; i < ctx->blocks.n; i++) {
        if (is_title_line(ctx, i) &&
            (is_below_prose || ctx->blocks.at[i].heading != 1) &&
            !(out->n > from && is_below_heading(ctx, out, i)))
            *vec_add(ctx->a, out) =
                (struct joint){.first = i, .title = i, .kind = JOINT_LINE};
        is_below_prose = is_below_prose || block_is_prose(&ctx->blocks.at[i]);
    }
    if (out->n == from || rifts_keep(ctx, out, from))
        return;
    if (!has_false_title(ctx))
        out->n = from;
    for (size_t i = from; i < out->n; i++)
        out->at[i].signs.is_below_false = true;
}

/* ---- order and signs ---- */

static int by_place(const void *pa, const void *pb)
{
    const struct joint *a = pa, *b = pb;

    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    if (a->title_text.p != b->title_text.p && a->title == b->title)
        return a->title_text.p < b->title_text.p ? -1 : 1;
    return (a->kind > b->kind) - (a->kind < b->kind);
}

/* Boxes about a person or another article have a heading and a name too, but not
 * such a heading. */
static bool is_of_rank(const struct page_context *ctx, const struct joint *j,
                       const struct joint *before)
{
    return ctx->tree == NULL || ctx->blocks.at[j->title].heading ==
                                    ctx->blocks.at[before->title].heading;
}

/* Where the subject changes at a counted label, these are the articles' own, and
 * other lines are headings in them. */
static void drop_uncounted(struct joints *js)
{
    bool are_counted = false;
    size_t n = 0;

    for (size_t i = 0; i < js->n; i++)
        are_counted |=
            js->at[i].kind <= JOINT_NUMBER && js->at[i].signs.is_rift;
    for (size_t i = 0; i < js->n; i++)
        if (!are_counted || js->at[i].kind != JOINT_LINE)
            js->at[n++] = js->at[i];
    js->n = n;
}

void joints_sort(struct joints *js)
{
    size_t n = 0;

    if (js->n == 0)
        return;
    qsort(js->at, js->n, sizeof *js->at, by_place);
    for (size_t i = 0; i < js->n; i++) {
        if (n > 0 && js->at[i].first <= js->at[n - 1].title) {
            /* The last label of a line is the one that has the title. */
            if (js->at[i].kind <= JOINT_NUMBER)
                js->at[n - 1] = js->at[i];
            else if (js->at[i].signs.is_element)
                js->at[n - 1].signs.is_element = true;
            js->at[n - 1].signs.is_below_false |=
                js->at[i].signs.is_below_false;
            js->at[n - 1].signs.is_rift |= js->at[i].signs.is_rift;
            continue;
        }
        js->at[n++] = js->at[i];
    }
    js->n = n;
    drop_uncounted(js);
}

#define LINES_OF_HEAD 3 /* behind a title, at most */

/* What the lines behind a title say: the author, or the source, and the day. */
struct head {
    struct str who;
    struct when day;
};

static struct head head_behind(struct page_context *ctx, size_t title)
{
    struct head head = {0};

    for (size_t i = title + 1; i < ctx->blocks.n && i <= title + LINES_OF_HEAD;
         i++) {
        struct line_facts facts = {0};

        if (!look_at(ctx, &ctx->blocks.at[i]).is_head)
            break;
        if (!line_read(ctx, ctx->blocks.at[i].text, &facts))
            continue;
        if (head.who.n == 0)
            head.who = facts.authors.n > 0  ? facts.authors.at[0].name
                       : facts.source.n > 0 ? facts.source
                       : byline_is_at_date(ctx, &facts) ? facts.rest
                                                        : STR_NONE;
        if (!when_known(head.day))
            head.day = facts.date;
    }
    return head;
}

/* True if the blocks [FROM, END) end with an editor's name: no prose is behind
 * it. */
static bool ends_with_editor(struct page_context *ctx, size_t from, size_t end)
{
    while (end > from) {
        const struct block *b = &ctx->blocks.at[--end];

        if (block_is_prose(b))
            return false;
        if (b->role != ROLE_CHAFF && look_at(ctx, b).is_editor)
            return true;
    }
    return false;
}

void joints_find_signs(struct page_context *ctx, struct joints *js)
{
    struct head last = {0};
    bool was_element = false;

    for (size_t i = 0; i < js->n; i++) {
        struct joint_signs *signs = &js->at[i].signs;
        size_t before = before_block(&ctx->blocks, js->at[i].first);
        struct head head = head_behind(ctx, js->at[i].title);
        bool is_element = signs->is_element;

        signs->is_element = is_element && was_element;
        was_element = is_element;
        signs->has_tail =
            before != NO_BLOCK && look_at(ctx, &ctx->blocks.at[before]).is_tail;
        signs->has_facts = before != NO_BLOCK &&
                           look_at(ctx, &ctx->blocks.at[before]).is_facts;
        /* Each of a row ends with them, the last with nothing behind it. */
        if (i > 0 && signs->has_facts)
            js->at[i - 1].signs.has_facts = true;
        signs->has_editors =
            ends_with_editor(ctx, 0, js->at[i].first) &&
            ends_with_editor(ctx, js->at[i].title + 1,
                             i + 1 < js->n ? js->at[i + 1].first
                                           : ctx->blocks.n);
        signs->has_head =
            js->at[i].title + 1 < ctx->blocks.n &&
            look_at(ctx, &ctx->blocks.at[js->at[i].title + 1]).is_head;
        signs->is_other_who = last.who.n > 0 && head.who.n > 0 &&
                              !str_eq(last.who, head.who) &&
                              is_of_rank(ctx, &js->at[i], &js->at[i - 1]);
        signs->is_other_day = signs->is_other_who && when_known(last.day) &&
                              when_known(head.day) &&
                              !date_same_day(last.day, head.day);
        if (signs->is_other_day)
            js->at[i - 1].signs.opens_row = js->at[i - 1].signs.has_head;
        if (head.who.n > 0)
            last = head;
    }
}
