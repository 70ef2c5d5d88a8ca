/*
 * Several articles on one page.
 *
 * Sites glue articles together: under one false title, one behind the other,
 * with hardly a mark between them.  We look for joints, lines where a new
 * article may begin, by four kinds of evidence:
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
 *
 * A section heading looks like any of these at times, most of all a label with
 * a colon ("Step 2: ..."), which therefore counts for less.  What tells an article
 * from a section is its words: sections of one article share their topic words,
 * articles do not.  shift_between() compares the words across the joint with
 * those inside each part; over 489 articles of the development pages the
 * measure is above .43 for 99 of 100 halves of one article (words of five
 * letters and more, or CJK pairs) and below .41 for 99 of 100 pairs of two.
 * A joint is kept when the shift is strong enough for its kind.  Short parts
 * have too few words for that; there two signs together do: a label, a tail in
 * front, an editor at the end of both, a byline behind, and that it names
 * somebody else than the one before.
 *
 * On pages of markup parts must be longer and likely body (page_model.c), for
 * teasers of other articles come with title, byline and a few lines too; and a
 * part that speaks of what the page's title says is no article of its own.
 */
#include "base/arena.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "extract/blocks.h"
#include "extract/fields.h"
#include "extract/page_counted.h"
#include "extract/page_words.h"

enum joint_kind {
    JOINT_LABEL,
    JOINT_NUMBER, /* a label with a colon or the like: a section, perhaps */
    JOINT_TAIL,
    JOINT_BYLINE,
    JOINT_ELEMENT
};

/* Parts are apart when the ratio of shift_between() is below. */
static const struct {
    double plain, markup;
} most_alike[] = {[JOINT_LABEL] = {0.62, 0.45},
                  [JOINT_NUMBER] = {0.46, 0.1},
                  [JOINT_TAIL] = {0.5, 0.4},
                  [JOINT_BYLINE] = {0.5, 0.4},
                  [JOINT_ELEMENT] = {0.5, 0.5}};

#define MOST_ALIKE_SURE 1.0  /* with several signs */
#define LONG_PART       2400 /* weight from which words can always tell */

/* What stands around a joint. */
struct joint_signs {
    bool is_article;   /* its label says so */
    bool is_element;   /* an article element begins with it, an h1, as one does
                        * with the title before */
    bool has_tail;     /* credits and the like in front of it */
    bool has_editors;  /* each of the two parts ends with an editor's name */
    bool has_head;     /* a byline behind it */
    bool is_other_who; /* it names another author or source than at the joint
                        * before */
};

struct joint {
    size_t first; /* block the article begins with (label or title) */
    size_t title;
    struct str title_text;
    enum joint_kind kind;
    struct joint_signs signs;
};

struct joints {
    struct joint *at;
    size_t n, cap;
};

/* ---- counted labels ---- */

static struct str trim_separators(struct str s)
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

static bool can_be_title(const struct block *b)
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

/* Adds a joint for each label with a title; the labels themselves go to
 * *LABELS, for those that stand alone are nobody's text. */
static void find_labels(struct page_context *ctx, struct joints *out,
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

/* Lines that hold a label and nothing else. */
static void drop_empty_labels(struct page_context *ctx,
                              const struct numbereds *labels)
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
    v.is_facts = facts.is_only_facts;
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

/* A title-like line between a tail and a byline, or at one of them. */
static bool joint_at(struct page_context *ctx, size_t i, struct joint *out)
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

static void find_titles(struct page_context *ctx, struct joints *out)
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

/* Headings that open an article element which lies in no other one. */
static void find_elements(struct page_context *ctx, struct joints *out)
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

/* ---- judging ---- */

struct part {
    struct words even, odd; /* its prose by turns, for comparing */
    uint64_t weight;
    size_t paragraphs;
};

static bool is_of_part(const struct page_context *ctx, const struct block *b)
{
    return block_is_prose(b) && !b->is_repeat &&
           (ctx->tree == NULL || b->body_odds >= 0.4f);
}

static void add_size(struct part *p, const struct block *b)
{
    p->weight += shape_weight(&b->shape);
    p->paragraphs++;
}

/* The least that an article is, whatever parts it from the next. */
static bool has_least(const struct part *p)
{
    return p->weight >= 240 && p->paragraphs >= 2;
}

static void read_part(struct page_context *ctx, size_t from, size_t to,
                      struct part *out)
{
    *out = (struct part){.weight = 0};
    words_init(&out->even, ctx->a, WORDS_TOPIC);
    words_init(&out->odd, ctx->a, WORDS_TOPIC);
    for (size_t i = from; i < to; i++) {
        const struct block *b = &ctx->blocks.at[i];

        if (!is_of_part(ctx, b))
            continue;
        words_add(out->paragraphs % 2 == 0 ? &out->even : &out->odd, b->terms);
        add_size(out, b);
    }
}

/* How alike two parts are, compared with how alike each is to itself: about 1
 * for halves of one article, near 0 for strangers. */
static double shift_between(const struct part *a, const struct part *b)
{
    double across =
        words_cosine(&a->even, &b->even) + words_cosine(&a->even, &b->odd) +
        words_cosine(&a->odd, &b->even) + words_cosine(&a->odd, &b->odd);
    double inside =
        words_cosine(&a->even, &a->odd) + words_cosine(&b->even, &b->odd);

    return inside > 0 ? across / 2 / inside : across > 0 ? 1 : 0;
}

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

/* Two signs or more: the words need not say it as well.  Of a short part they
 * cannot: it has few in common with anything, with its own other half neither. */
static bool is_sure(const struct joint *j)
{
    bool is_label = j->kind == JOINT_LABEL || j->kind == JOINT_NUMBER;

    return is_label + j->signs.is_article + j->signs.is_element +
               j->signs.has_tail + j->signs.has_editors + j->signs.has_head +
               j->signs.is_other_who >=
           2;
}

static bool has_size(const struct page_context *ctx, const struct part *p,
                     const struct joint *j)
{
    if (!ctx->is_flat && j->kind != JOINT_LABEL && !is_sure(j))
        return p->weight >= 1200 && p->paragraphs >= 3;
    if (j->kind == JOINT_NUMBER)
        return p->weight >= 600 && p->paragraphs >= 3;
    return has_least(p);
}

/* The blocks [*FIRST, *END) that have the least of an article in front of them
 * and behind them. */
static void find_middle(const struct page_context *ctx, size_t *first,
                        size_t *end)
{
    const struct blocks *bs = &ctx->blocks;
    struct part before = {.weight = 0}, behind = {.weight = 0};
    size_t low = 0, high = bs->n;

    for (; low < bs->n && !has_least(&before); low++)
        if (is_of_part(ctx, &bs->at[low]))
            add_size(&before, &bs->at[low]);
    for (; high > low && !has_least(&behind); high--)
        if (is_of_part(ctx, &bs->at[high - 1]))
            add_size(&behind, &bs->at[high - 1]);
    *first = low;
    *end = has_least(&behind) ? high : low;
}

/* Most pages are one article, and soon told: no joint stands where one could
 * end.  JS are those of article elements. */
static bool parts_any(struct page_context *ctx, const struct joints *js)
{
    struct joint joint;
    size_t first, end;

    find_middle(ctx, &first, &end);
    for (size_t i = 0; i < js->n; i++)
        if (js->at[i].first >= first && js->at[i].first < end)
            return true;
    for (size_t i = first; i < end; i++)
        if (joint_at(ctx, i, &joint))
            return true;
    return false;
}

/*
 * True if the part speaks of what the page's title says: then it is a section
 * of the page's article, however different its words are.  A glued page has a
 * false title, or that of its first article.
 */
static bool fits_title(const struct page_context *ctx, const struct part *p)
{
    struct terms terms = terms_of(ctx->a, head_title(ctx));
    uint32_t n = 0, known = 0;

    for (size_t i = 0; i < terms.n; i++) {
        const struct term *term = &terms.at[i];

        if (term->letters < WORDS_TOPIC)
            continue;
        n++;
        known +=
            words_count(&p->even, term->key) + words_count(&p->odd, term->key) >
            1;
    }
    return n >= 2 && known * 2 >= n;
}

static bool are_apart(const struct page_context *ctx, const struct part *a,
                      const struct part *b, const struct joint *j)
{
    double alike = shift_between(a, b);

    if (is_sure(j) && (a->weight < LONG_PART || b->weight < LONG_PART))
        return alike < MOST_ALIKE_SURE && !fits_title(ctx, b);
    if (ctx->is_flat)
        return alike < most_alike[j->kind].plain;
    return alike < most_alike[j->kind].markup && !fits_title(ctx, b);
}

/* Joints in page order, one a place, labels first among equals; a label whose
 * title stands in the next block swallows what was found there. */
static void sort_joints(struct joints *js)
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
            continue;
        }
        js->at[n++] = js->at[i];
    }
    js->n = n;
}

#define LINES_OF_HEAD 3 /* behind a title, at most */

/* The author, or the source, that one of the lines behind a title names. */
static struct str who_behind(struct page_context *ctx, size_t title)
{
    for (size_t i = title + 1; i < ctx->blocks.n && i <= title + LINES_OF_HEAD;
         i++) {
        struct line_facts facts = {0};

        if (!look_at(ctx, &ctx->blocks.at[i]).is_head)
            return STR_NONE;
        if (!line_read(ctx, ctx->blocks.at[i].text, &facts))
            continue;
        if (facts.authors.n > 0)
            return facts.authors.at[0].name;
        if (facts.source.n > 0)
            return facts.source;
    }
    return STR_NONE;
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

static void find_signs(struct page_context *ctx, struct joints *js)
{
    struct str who = STR_NONE;
    bool was_element = false;

    for (size_t i = 0; i < js->n; i++) {
        struct joint_signs *signs = &js->at[i].signs;
        size_t before = before_block(&ctx->blocks, js->at[i].first);
        struct str named = who_behind(ctx, js->at[i].title);
        bool is_element = signs->is_element;

        signs->is_element = is_element && was_element;
        was_element = is_element;
        signs->has_tail =
            before != NO_BLOCK && look_at(ctx, &ctx->blocks.at[before]).is_tail;
        signs->has_editors =
            ends_with_editor(ctx, 0, js->at[i].first) &&
            ends_with_editor(ctx, js->at[i].title + 1,
                             i + 1 < js->n ? js->at[i + 1].first
                                           : ctx->blocks.n);
        signs->has_head =
            js->at[i].title + 1 < ctx->blocks.n &&
            look_at(ctx, &ctx->blocks.at[js->at[i].title + 1]).is_head;
        signs->is_other_who = who.n > 0 && named.n > 0 && !str_eq(who, named) &&
                              is_of_rank(ctx, &js->at[i], &js->at[i - 1]);
        if (named.n > 0)
            who = named;
    }
}

#define MOST_JOINTS 64

/* Keeps the joints that part two articles.  The first joint may only open the
 * first article: what lies before it is then the page's head. */
static size_t keep_joints(struct page_context *ctx, struct joints *js)
{
    struct part before, part;
    size_t kept = 0, from = 0;

    read_part(ctx, 0, js->n > 0 ? js->at[0].first : 0, &before);
    for (size_t i = 0; i < js->n && kept < MOST_JOINTS; i++) {
        size_t end = i + 1 < js->n ? js->at[i + 1].first : ctx->blocks.n;

        read_part(ctx, js->at[i].title + 1, end, &part);
        if (!has_size(ctx, &part, &js->at[i])) {
            /* Too little for an article: it stays with what is before. */
            read_part(ctx, from, end, &before);
            continue;
        }
        if (has_size(ctx, &before, &js->at[i]) &&
            !are_apart(ctx, &before, &part, &js->at[i])) {
            read_part(ctx, from, end, &before);
            continue;
        }
        js->at[kept++] = js->at[i];
        from = js->at[i].title + 1;
        before = part;
    }
    return js->n = kept;
}

static void one_span(struct page_context *ctx, struct article_spans *out)
{
    *vec_add(ctx->a, out) = (struct article_span){.first = 0,
                                                  .end = ctx->blocks.n,
                                                  .title = NO_BLOCK,
                                                  .body_first = 0,
                                                  .body_end = ctx->blocks.n};
}

/* Counted, or each closed by its editor: the page's order is theirs. */
static bool is_glued(const struct joint *j)
{
    return j->kind == JOINT_LABEL || j->signs.has_editors;
}

/* The title of what stands before the first joint: the heading in front of its
 * text that is like the joint's.  A higher one is the page's, and false. */
static size_t opening_title(const struct page_context *ctx,
                            const struct joint *first)
{
    uint8_t rank = ctx->blocks.at[first->title].heading;
    size_t title = NO_BLOCK;

    for (size_t i = 0; i < first->first; i++) {
        const struct block *b = &ctx->blocks.at[i];

        if (block_is_prose(b))
            break;
        if (rank > 0 && b->heading == rank && can_be_title(b))
            title = i;
    }
    return title;
}

/* What a title counts, "01 " or "2、", up to *AT; 0 if nothing. */
static uint32_t leading_number(struct str title, size_t *at)
{
    uint32_t number = 0;
    size_t i = 0;

    while (i < title.n && i < 2 && is_digit(title.p[i]))
        number = number * 10 + (uint32_t)(title.p[i++] - '0');
    *at = i;
    if (i == 0 || i >= title.n || is_alnum(title.p[i]))
        return 0;
    return trim_separators(str_from(title, i)).p > title.p + i ? number : 0;
}

static struct str title_of_span(const struct page_context *ctx,
                                const struct article_span *span)
{
    if (span->title_text.n > 0 || span->title == NO_BLOCK)
        return span->title_text;
    return ctx->blocks.at[span->title].text;
}

/* Numbers that count the articles of the page are no part of their titles. */
static void drop_numbers(const struct page_context *ctx,
                         struct article_spans *spans)
{
    size_t at;

    for (size_t i = 0; i < spans->n; i++)
        if (leading_number(title_of_span(ctx, &spans->at[i]), &at) != i + 1)
            return;
    for (size_t i = 0; i < spans->n; i++) {
        struct str title = title_of_span(ctx, &spans->at[i]);

        leading_number(title, &at);
        spans->at[i].title_text = trim_separators(str_from(title, at));
    }
}

void page_split(struct page_context *ctx, struct article_spans *out)
{
    struct joints joints = {0};
    struct numbereds labels = {0};
    struct part head;
    size_t n = ctx->blocks.n;

    find_labels(ctx, &joints, &labels);
    find_elements(ctx, &joints);
    if (labels.n == 0 && !parts_any(ctx, &joints)) {
        one_span(ctx, out);
        return;
    }
    find_titles(ctx, &joints);
    sort_joints(&joints);
    if (joints.n > MOST_JOINTS)
        joints.n = 0;
    find_signs(ctx, &joints);
    if (keep_joints(ctx, &joints) == 0) {
        one_span(ctx, out);
        return;
    }
    drop_empty_labels(ctx, &labels);
    read_part(ctx, 0, joints.at[0].first, &head);
    if (joints.n == 1 && !has_size(ctx, &head, &joints.at[0])) {
        /* One article: the joint only told us where its title is. */
        one_span(ctx, out);
        if (joints.at[0].kind == JOINT_LABEL && joints.at[0].title_text.n > 0) {
            out->at[0].title = joints.at[0].title;
            out->at[0].title_text = joints.at[0].title_text;
        }
        return;
    }
    if (has_size(ctx, &head, &joints.at[0])) {
        one_span(ctx, out);
        out->at[0].end = out->at[0].body_end = joints.at[0].first;
        if (is_glued(&joints.at[0]))
            out->at[0].title = opening_title(ctx, &joints.at[0]);
        if (out->at[0].title != NO_BLOCK)
            out->at[0].body_first = out->at[0].title + 1;
    }
    for (size_t i = 0; i < joints.n; i++) {
        size_t first = joints.at[i].first;
        size_t end = i + 1 < joints.n ? joints.at[i + 1].first : n;

        *vec_add(ctx->a, out) =
            (struct article_span){.first = first,
                                  .end = end,
                                  .title = joints.at[i].title,
                                  .body_first = joints.at[i].title + 1,
                                  .body_end = end,
                                  .title_text = joints.at[i].title_text,
                                  .is_glued = is_glued(&joints.at[i])};
    }
    drop_numbers(ctx, out);
    note_add(ctx->notes, ctx->a, NOTE_PAGE_SPLIT, "%zu articles", out->n);
}
