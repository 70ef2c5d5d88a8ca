/*
 * Where a new article may begin:
 *
 *   label    a numbered label ("Story 2", "Recommended3") of which the page has
 *            at least two with rising numbers; the title stands behind it, in
 *            the same line even without a blank, or in the next
 *   title    a title-like line that follows the tail of an article (credits,
 *            keywords, an end mark) or has a byline right behind it
 *   element  the first heading of an article element
 *   line     any other line that could be a title (page_joint_lines.c)
 *
 * and what stands around it.  Each heading of an honest article is one of these:
 * page_rifts.c judges.
 */
#include "extract/page_joints.h"

#include <stdlib.h>

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

/* S begins with a clock: "9:05", "14h30", "14.30 Uhr"; but "3.15" is a day. */
static bool begins_with_clock(struct str s)
{
    static const struct str wide = STR_INIT("：");
    size_t i = 0, minutes;
    bool is_dot;

    while (i < s.n && i < 2 && is_digit(s.p[i]))
        i++;
    if (i == 0 || i >= s.n)
        return false;
    is_dot = s.p[i] == '.';
    if (str_starts(str_from(s, i), wide))
        i += wide.n;
    else if (is_dot || s.p[i] == ':' || s.p[i] == 'h')
        i++;
    else
        return false;
    for (minutes = i; i < s.n && is_digit(s.p[i]); i++)
        ;
    return i == minutes + 2 && s.p[minutes] < '6' &&
           (!is_dot || str_starts(str_trim(str_from(s, i)), STR("Uhr")));
}

#define CLOCK_MOST 12 /* bytes of "14.30 Uhr", "9:05 p.m." */

bool line_is_timed(const struct page_context *ctx, size_t i)
{
    const struct block *b = &ctx->blocks.at[i];

    return begins_with_clock(b->text) || (i > 0 && b[-1].text.n <= CLOCK_MOST &&
                                          begins_with_clock(b[-1].text));
}

#define LABEL_CHARS 10

struct str line_label(struct str text)
{
    for (size_t i = 0, n = 0; i < text.n && n <= LABEL_CHARS; n++) {
        uint32_t c = utf8_next(text, &i);

        if (c == ':' || c == 0xFF1A)
            return str_slice(text, 0, i);
    }
    return STR_NONE;
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

static void joints_of_labels(struct page_context *ctx, struct joints *out,
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

struct line_view joint_line(struct page_context *ctx, const struct block *b)
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

static bool joint_at(struct page_context *ctx, size_t i, struct joint *out)
{
    const struct blocks *bs = &ctx->blocks;
    const struct block *b = &bs->at[i];
    size_t before;
    bool tail, head;

    if (i + 1 >= bs->n || !can_be_title(b) || block_is_prose(b) ||
        (!ctx->is_flat && b->heading == 0) || line_is_timed(ctx, i))
        return false;
    before = before_block(bs, i);
    tail = before != NO_BLOCK && joint_line(ctx, &bs->at[before]).is_tail;
    head = joint_line(ctx, &bs->at[i + 1]).is_head;
    if ((!tail && !head) || joint_line(ctx, b).is_facts)
        return false;
    *out = (struct joint){.first = i, .title = i, .kind = JOINT_TITLE};
    return true;
}

static void joints_of_titles(struct page_context *ctx, struct joints *out)
{
    struct joint joint;

    for (size_t i = 0; i < ctx->blocks.n; i++)
        if (joint_at(ctx, i, &joint))
            *vec_add(ctx->a, out) = joint;
}

static void joints_of_elements(struct page_context *ctx, struct joints *out)
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

            if (b->heading == 0 || b->heading > 2 || !can_be_title(b) ||
                line_is_timed(ctx, i))
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

/* Puts joints in page order, one a place, labels first among equals; a label whose
 * title stands in the next block swallows what was found there. */
static void sort_joints(struct joints *js)
{
    size_t n = 0;

    if (js->n == 0)
        return;
    qsort(js->at, js->n, sizeof *js->at, by_place);
    for (size_t i = 0; i < js->n; i++) {
        if (n == 0 || js->at[i].first > js->at[n - 1].title)
            js->at[n++] = js->at[i];
        /* The last label of a line is the one that has the title. */
        else if (js->at[i].kind <= JOINT_NUMBER)
            js->at[n - 1] = js->at[i];
        else {
            js->at[n - 1].signs.is_element |= js->at[i].signs.is_element;
            js->at[n - 1].signs.is_line |= js->at[i].signs.is_line;
        }
    }
    js->n = n;
}

void joints_find(struct page_context *ctx, struct joints *out,
                 struct numbereds *labels)
{
    joints_of_labels(ctx, out, labels);
    joints_of_titles(ctx, out);
    joints_of_elements(ctx, out);
    joints_of_lines(ctx, out);
    sort_joints(out);
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

        if (!joint_line(ctx, &ctx->blocks.at[i]).is_head)
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
        if (b->role != ROLE_CHAFF && joint_line(ctx, b).is_editor)
            return true;
    }
    return false;
}

bool is_ornament(const struct block *b)
{
    return b->shape.letters + b->shape.digits == 0;
}

/* The signs that the lines next to J are. */
static void look_around(struct page_context *ctx, struct joint *j)
{
    const struct blocks *bs = &ctx->blocks;
    size_t before = before_block(bs, j->first);
    struct line_view front = {0};

    if (before != NO_BLOCK)
        front = joint_line(ctx, &bs->at[before]);
    j->signs.has_ornament = j->first > 0 && is_ornament(&bs->at[j->first - 1]);
    j->signs.has_tail = front.is_tail;
    j->signs.has_facts = front.is_facts;
    j->signs.has_head =
        j->title + 1 < bs->n && joint_line(ctx, &bs->at[j->title + 1]).is_head;
}

/* A byline alone is the page's own, an article element alone its main one. */
static void forget_lone_signs(struct joints *js)
{
    size_t heads = 0, elements = 0;

    for (size_t i = 0; i < js->n; i++) {
        heads += js->at[i].signs.has_head;
        elements += js->at[i].signs.is_element;
    }
    for (size_t i = 0; i < js->n; i++) {
        js->at[i].signs.has_head = js->at[i].signs.has_head && heads > 1;
        js->at[i].signs.is_element = js->at[i].signs.is_element && elements > 1;
    }
}

/* Each of a row ends with an editor, the last with nothing behind it. */
static void find_editors(struct page_context *ctx, struct joints *js)
{
    bool is_behind = ends_with_editor(ctx, 0, ctx->blocks.n);

    for (size_t i = js->n; i-- > 0;) {
        bool is_before = ends_with_editor(ctx, 0, js->at[i].first);

        js->at[i].signs.has_editors = is_before && is_behind;
        is_behind |= is_before;
    }
}

/* Boxes about a person or another article have a heading and a name too, but not
 * such a heading. */
static bool is_of_rank(const struct page_context *ctx, const struct joint *j,
                       const struct joint *before)
{
    return ctx->tree == NULL || ctx->blocks.at[j->title].heading ==
                                    ctx->blocks.at[before->title].heading;
}

void joints_find_signs(struct page_context *ctx, struct joints *js)
{
    struct head last = {0};
    struct joint *before = NULL; /* whose head LAST is */

    for (size_t i = 0; i < js->n; i++) {
        struct joint *j = &js->at[i];
        struct head head = head_behind(ctx, j->title);

        look_around(ctx, j);
        if (head.who.n == 0)
            continue;
        j->signs.is_other_who = before != NULL && !str_eq(last.who, head.who) &&
                                is_of_rank(ctx, j, before);
        j->signs.is_other_day = j->signs.is_other_who && when_known(last.day) &&
                                when_known(head.day) &&
                                !date_same_day(last.day, head.day);
        if (j->signs.is_other_day)
            before->signs.opens_row = true;
        last = head;
        before = j;
    }
    find_editors(ctx, js);
    forget_lone_signs(js);
}
