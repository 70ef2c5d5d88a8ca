/*
 * Several articles on one page.
 *
 * Sites glue articles together: under one false title, one behind the other,
 * with hardly a mark between them.  page_joints.c finds the lines where a new
 * article may begin, by labels, tails, bylines and elements.
 *
 * A section heading looks like any of these at times, most of all a label with
 * a colon ("Step 2: ..."), which therefore counts for less.  What tells an article
 * from a section is its words: sections of one article share their topic words,
 * articles do not.  part_alike() compares the words across the joint with
 * those inside each part; over 489 articles of the development pages the
 * measure is above .43 for 99 of 100 halves of one article (words of five
 * letters and more, or CJK pairs) and below .41 for 99 of 100 pairs of two.
 * A joint is kept when the shift is strong enough for its kind.  Short parts
 * have too few words for that; there two signs together do: a label, a tail in
 * front, an editor at the end of both, a byline behind, that it names somebody
 * else than the one before, an article element like the one before.  Headings with
 * bylines of other people and other days open articles whatever their words.
 *
 * On pages of markup parts must be longer and likely body (page_model.c), for
 * teasers of other articles come with title, byline and a few lines too; and a
 * part that speaks of what the page's title says is no article of its own.
 */
#include "base/arena.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "extract/blocks.h"
#include "extract/fields.h"
#include "extract/page_drift.h"
#include "extract/page_joints.h"
#include "extract/page_words.h"

/* Parts are apart when the ratio of part_alike() is below. */
static const struct {
    double plain, markup;
} most_alike[] = {[JOINT_LABEL] = {0.62, 0.45}, [JOINT_NUMBER] = {0.46, 0.1},
                  [JOINT_TAIL] = {0.5, 0.4},    [JOINT_BYLINE] = {0.5, 0.4},
                  [JOINT_ELEMENT] = {0.5, 0.5}, [JOINT_LINE] = {0.42, 0.42}};

#define MOST_ALIKE_SURE  1.0  /* with several signs */
#define MOST_ALIKE_FALSE 0.85 /* below a false title */
#define STRANGERS        0.2  /* of two languages, say */
#define LINE_PART        400  /* weight that a part below a line has at least */
#define LONG_PART        2400 /* weight from which words can always tell */

/* ---- judging ---- */

static void add_size(struct part *p, const struct block *b)
{
    p->weight += shape_weight(&b->shape);
    p->paragraphs++;
}

/* The least that an article of a row is. */
static bool has_some(const struct part *p)
{
    return p->weight >= 100;
}

/* The least that an article is, whatever parts it from the next. */
static bool has_least(const struct part *p)
{
    return p->weight >= 240 && p->paragraphs >= 2;
}

/* Adds the prose of the blocks [FROM, TO). */
static void extend_part(const struct page_context *ctx, size_t from, size_t to,
                        struct part *part)
{
    for (size_t i = from; i < to; i++)
        if (part_takes(ctx, &ctx->blocks.at[i]))
            part_add(part, &ctx->blocks.at[i]);
}

static void read_part(struct page_context *ctx, size_t from, size_t to,
                      struct part *out)
{
    part_init(out, ctx->scratch);
    extend_part(ctx, from, to, out);
}

/* Two signs or more: the words need not say it as well.  Of a short part they
 * cannot: it has few in common with anything, with its own other half neither. */
static bool is_sure(const struct joint *j)
{
    bool is_label = j->kind == JOINT_LABEL || j->kind == JOINT_NUMBER;

    return is_label + j->signs.is_article + j->signs.is_element +
               j->signs.has_tail + j->signs.has_editors + j->signs.has_head +
               j->signs.is_other_who + j->signs.opens_row >=
           2;
}

/* Who and when stand below its heading, and others at the next of its rank. */
static bool is_of_row(const struct joint *j)
{
    return j->signs.is_other_day || j->signs.opens_row;
}

static bool has_size(const struct page_context *ctx, const struct part *p,
                     const struct joint *j)
{
    if (is_of_row(j))
        return has_some(p);
    if (j->signs.is_below_false && j->signs.has_facts)
        return has_some(p);
    if (j->signs.is_rift)
        return has_least(p);
    if (j->kind == JOINT_LINE && !is_sure(j))
        return p->weight >= LINE_PART && p->paragraphs >= 3;
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

    for (; low < bs->n && !has_some(&before); low++)
        if (part_takes(ctx, &bs->at[low]))
            add_size(&before, &bs->at[low]);
    for (; high > low && !has_some(&behind); high--)
        if (part_takes(ctx, &bs->at[high - 1]))
            add_size(&behind, &bs->at[high - 1]);
    *first = low;
    *end = has_some(&behind) ? high : low;
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

/* How many of a title's words there are, and how many of them the part has at
 * least TIMES. */
struct known_words {
    uint32_t n, known;
};

static struct known_words known_of_title(const struct terms *terms,
                                         const struct part *p, uint32_t times)
{
    struct known_words w = {0};

    for (size_t i = 0; i < terms->n; i++) {
        const struct term *term = &terms->at[i];

        if (term->letters < WORDS_TOPIC)
            continue;
        w.n++;
        w.known += part_count(p, term->key) >= times;
    }
    return w;
}

/*
 * True if the part speaks of what the page's title says: then it is a section
 * of the page's article, however different its words are.  A glued page has a
 * false title, or that of its first article.
 */
static bool fits_title(const struct page_context *ctx, const struct part *p)
{
    struct terms terms = terms_of(ctx->scratch, head_title(ctx));
    struct known_words w = known_of_title(&terms, p, 2);

    return w.n >= 2 && w.known * 2 >= w.n;
}

#define OF_OPENING 0.3
#define OF_LINE    0.15 /* of a title's terms stand in its article, at least */

/* How much of the title of joint J the part knows. */
static double knows_title(const struct page_context *ctx, const struct part *p,
                          const struct joint *j)
{
    struct known_words w =
        known_of_title(&ctx->blocks.at[j->title].terms, p, 1);

    return w.n == 0 ? 0 : (double)w.known / w.n;
}

/* The line speaks of what is behind it, and less of what is before. */
static bool opens_part(const struct page_context *ctx, const struct part *a,
                       const struct part *b, const struct joint *j,
                       double alike)
{
    double of_b = knows_title(ctx, b, j);

    return alike < STRANGERS ||
           (of_b >= OF_LINE && of_b > knows_title(ctx, a, j));
}

static bool are_apart(const struct page_context *ctx, const struct part *a,
                      const struct part *b, const struct joint *j)
{
    double alike;

    if (j->signs.is_rift)
        return true;
    alike = part_alike(a, b);
    if (j->signs.is_below_false && alike < MOST_ALIKE_FALSE &&
        opens_part(ctx, a, b, j, alike))
        return true;
    if (j->kind == JOINT_LINE)
        return false;

    if (is_sure(j) && (a->weight < LONG_PART || b->weight < LONG_PART))
        return (alike < MOST_ALIKE_SURE || j->signs.is_other_day) &&
               !fits_title(ctx, b);
    if (ctx->is_flat)
        return alike < most_alike[j->kind].plain;
    return alike < most_alike[j->kind].markup && !fits_title(ctx, b);
}

#define MOST_JOINTS 64
#define LABEL_CHARS 10

/* Keeps the joints that part two articles.  The first joint may only open the
 * first article: what lies before it is then the page's head. */
static size_t keep_joints(struct page_context *ctx, struct joints *js)
{
    struct part before, part;
    size_t kept = 0;

    read_part(ctx, 0, js->n > 0 ? js->at[0].first : 0, &before);
    for (size_t i = 0; i < js->n && kept < MOST_JOINTS; i++) {
        size_t end = i + 1 < js->n ? js->at[i + 1].first : ctx->blocks.n;

        read_part(ctx, js->at[i].title + 1, end, &part);
        if (!has_size(ctx, &part, &js->at[i])) {
            /* Too little for an article: it stays with what is before. */
            extend_part(ctx, js->at[i].first, end, &before);
            continue;
        }
        if (has_size(ctx, &before, &js->at[i]) &&
            !are_apart(ctx, &before, &part, &js->at[i])) {
            extend_part(ctx, js->at[i].first, end, &before);
            continue;
        }
        js->at[kept++] = js->at[i];
        before = part;
    }
    return js->n = kept;
}

/* A line that only its signs speak for. */
static bool is_mere_line(const struct joint *j)
{
    return j->kind == JOINT_LINE && !j->signs.is_rift;
}

static size_t count_lines(const struct joints *js)
{
    size_t n = 0;

    for (size_t i = 0; i < js->n; i++)
        n += is_mere_line(&js->at[i]);
    return n;
}

static void drop_lines(struct joints *js)
{
    size_t n = 0;

    for (size_t i = 0; i < js->n; i++)
        if (!is_mere_line(&js->at[i]))
            js->at[n++] = js->at[i];
    js->n = n;
}

/* Titles below a false one part nearly every time; where few of the lines do, they
 * are headings of sections, or captions. */
static size_t keep_parting(struct page_context *ctx, struct joints *js)
{
    size_t lines = count_lines(js);
    struct joints all = *js;

    all.at = arena_array(ctx->scratch, js->n + 1, sizeof *all.at);
    for (size_t i = 0; i < js->n; i++)
        all.at[i] = js->at[i];
    keep_joints(ctx, js);
    if (lines == 0 || count_lines(js) * 2 > lines)
        return js->n;
    drop_lines(&all);
    *js = all;
    return keep_joints(ctx, js);
}

static void one_span(struct page_context *ctx, struct article_spans *out)
{
    *vec_add(ctx->a, out) = (struct article_span){.first = 0,
                                                  .end = ctx->blocks.n,
                                                  .title = NO_BLOCK,
                                                  .body_first = 0,
                                                  .body_end = ctx->blocks.n};
}

/* Counted, each closed by its editor, or below a false title: the page's order is
 * theirs. */
static bool is_glued(const struct joint *j)
{
    return j->kind == JOINT_LABEL || j->kind == JOINT_LINE ||
           j->signs.has_editors;
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

/* Who and when stand behind block I. */
static bool is_above_byline(struct page_context *ctx, size_t i)
{
    struct line_facts facts = {0};

    return i + 1 < ctx->blocks.n &&
           line_read(ctx, ctx->blocks.at[i + 1].text, &facts) &&
           facts.is_only_facts && facts.authors.n > 0 && when_known(facts.date);
}

/* Below a false title the only line that opens text is the article's own, if it
 * speaks of what the text does. */
static void take_opening(struct page_context *ctx, size_t opening,
                         struct article_span *span)
{
    struct joint j = {.title = opening};
    struct part before, part;

    if (opening == NO_BLOCK || span->title != NO_BLOCK)
        return;
    read_part(ctx, 0, opening, &before);
    read_part(ctx, opening + 1, ctx->blocks.n, &part);
    if (before.paragraphs > 0 ||
        knows_title(ctx, &part, &j) <
            (is_above_byline(ctx, opening) ? OF_LINE : OF_OPENING))
        return;
    span->title = opening;
    span->is_below_false = true;
}

/* A label that all titles have, up to its colon, is none of theirs. */
static size_t shared_label(const struct page_context *ctx,
                           const struct article_spans *spans)
{
    struct str first = title_of_span(ctx, &spans->at[0]);
    size_t end = 0;

    for (size_t i = 0; i < first.n && end == 0;) {
        uint32_t c = utf8_next(first, &i);

        if (c == ':' || c == 0xFF1A)
            end = i;
    }
    if (end == 0 || utf8_chars(str_slice(first, 0, end)) > LABEL_CHARS)
        return 0;
    for (size_t i = 1; i < spans->n; i++)
        if (!str_starts(title_of_span(ctx, &spans->at[i]),
                        str_slice(first, 0, end)))
            return 0;
    return spans->n > 1 ? end : 0;
}

static void drop_label(const struct page_context *ctx,
                       struct article_spans *spans)
{
    size_t end = shared_label(ctx, spans);

    for (size_t i = 0; end > 0 && i < spans->n; i++)
        spans->at[i].title_text =
            str_trim_wide(str_from(title_of_span(ctx, &spans->at[i]), end));
}

/* What stands between two articles and says nothing: stars, a rule of dashes. */
static void drop_ornaments(struct page_context *ctx, const struct joints *js)
{
    for (size_t i = 0; i < js->n; i++)
        for (size_t k = js->at[i].first; k > 0; k--) {
            struct block *b = &ctx->blocks.at[k - 1];

            if (b->shape.letters + b->shape.digits > 0)
                break;
            b->role = ROLE_CHAFF;
        }
}

static void split(struct page_context *ctx, struct article_spans *out)
{
    struct joints joints = {0};
    struct numbereds labels = {0};
    struct part head;
    size_t n = ctx->blocks.n, n_before, opening = NO_BLOCK;

    joints_of_labels(ctx, &joints, &labels);
    joints_of_elements(ctx, &joints);
    n_before = joints.n;
    joints_of_lines(ctx, &joints);
    if (joints.n == n_before + 1)
        opening = joints.at[n_before].title;
    if (labels.n == 0 && !parts_any(ctx, &joints)) {
        one_span(ctx, out);
        take_opening(ctx, opening, &out->at[0]);
        return;
    }
    joints_of_titles(ctx, &joints);
    joints_sort(&joints);
    if (joints.n > MOST_JOINTS)
        joints.n = 0;
    joints_find_signs(ctx, &joints);
    if (keep_parting(ctx, &joints) == 0) {
        one_span(ctx, out);
        take_opening(ctx, opening, &out->at[0]);
        return;
    }
    drop_empty_labels(ctx, &labels);
    drop_ornaments(ctx, &joints);
    read_part(ctx, 0, joints.at[0].first, &head);
    if (joints.n == 1 && !has_size(ctx, &head, &joints.at[0])) {
        /* One article: the joint only told us where its title is. */
        one_span(ctx, out);
        if (joints.at[0].kind == JOINT_LABEL && joints.at[0].title_text.n > 0) {
            out->at[0].title = joints.at[0].title;
            out->at[0].title_text = joints.at[0].title_text;
        }
        take_opening(ctx, opening, &out->at[0]);
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
    drop_label(ctx, out);
    note_add(ctx->notes, ctx->a, NOTE_PAGE_SPLIT, "%zu articles", out->n);
}

void page_split(struct page_context *ctx, struct article_spans *out)
{
    struct arena_mark mark = arena_mark(ctx->scratch);

    split(ctx, out);
    arena_release(ctx->scratch, mark);
}
