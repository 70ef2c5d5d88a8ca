/*
 * The title: the choice.  Witnesses: the headings, og:title and its kin, the
 * headline of JSON-LD, the title element.  Each errs in its way: the title element
 * carries the site's name and search bait, og:title often as well; the first
 * heading may be the site's logo or a section; meta elements may belong to another
 * page altogether.
 *
 * So they vote.  A heading that another witness confirms (one contains the
 * other, letters only) is the title as readers see it.  If no heading is
 * confirmed, the declared titles win when they agree among themselves or fit
 * the article's words, and else the heading above the body.
 *
 * page_title_said.c hears what the head declares, page_title_clean.c takes off
 * what sites add to a title, page_heading.c knows the parts of a heading,
 * page_site_name.c the name of the site.
 */
#include "extract/page_title.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "extract/page_baits.h"
#include "extract/page_confidence.h"
#include "extract/page_meta.h"
#include "extract/page_title_clean.h"
#include "extract/page_title_said.h"
#include "extract/page_why.h"
#include "extract/page_words.h"

#define HEADINGS_MAX 60
#define NEAR_BODY    40 /* blocks */
#define NAMING_CHARS 4
#define LIKELY_SCORE 1.0
#define SURE_SCORE   2.0
#define ALIKE        0.5 /* of the words of two titles */

/* Dice's measure of TERMS and of the declared title nearest to them. */
static double likeness(const struct words *declared, size_t n,
                       struct terms terms)
{
    double best = 0;

    for (size_t i = 0; i < n; i++) {
        uint32_t asked;
        double known = words_known(&declared[i], terms, 1, &asked);
        double dice = 2 * known * asked / (double)(asked + declared[i].total);

        if (asked > 0 && dice > best)
            best = dice;
    }
    return best;
}

/* "PR24-0311": a number of the office's and not the title. */
static bool is_code(struct str s)
{
    bool has_digit = false;

    for (size_t i = 0; i < s.n; i++) {
        if ((s.p[i] >= 'a' && s.p[i] <= 'z') || (unsigned char)s.p[i] > 127)
            return false;
        has_digit |= is_digit(s.p[i]);
    }
    return has_digit;
}

struct choice {
    const struct block *block;
    size_t index, support;
    double score;
    struct str key;
};

struct search {
    struct page_context *ctx;
    const struct article_span *span;
    const struct witnesses *w;
    struct str title_key;
    struct words declared[WITNESSES_MAX + 1];
    size_t n_declared;
    struct choice best;
};

/* Weights set by hand on the pages of the development half: agreement with a
 * declared title outweighs everything, level and place decide between equals. */
static double score_heading(const struct search *q, const struct choice *c)
{
    static const double level[] = {0.2, 0.6, 0.3, 0.1, 0, 0, 0};
    const struct block *b = c->block;
    double like = likeness(q->declared, q->n_declared, b->terms);
    double score = level[b->heading];

    score += c->support > 0 ? 2.0 : 0;
    score += c->support > 1 ? 0.5 : 0;
    score += title_is_declared(q->w, c->key) ? 0.3 : 0;
    score += like >= 0.5 || c->support > 0 ? 1.5 * like : 0;
    if (c->index <= q->span->body_first + 1)
        score += c->index + NEAR_BODY >= q->span->body_first ? 0.4 : 0.2;
    else if (c->index > q->span->body_first + 6)
        score -= 0.6;
    if (c->index == q->span->title)
        score += 0.3;
    if (b->is_hidden)
        score -= 0.5;
    if (b->link_chars * 2 > b->chars)
        score -= 0.2;
    return score;
}

/* Better than a heading of lower level that nothing confirms either, however
 * much that repeats the words of the title: a visible h1 above the text. */
static bool is_main(const struct search *q, const struct choice *c)
{
    return c->support > 0 ||
           (c->block->heading == 1 && !c->block->is_hidden &&
            c->index <= q->span->body_first + 1 && c->score >= LIKELY_SCORE);
}

/* True if the title element's first part says KEY, and only that. */
static bool is_first_part(struct page_context *ctx, struct str key)
{
    struct segments g;

    title_cut(ctx->meta->title, &g);
    return g.n > 1 && key.n >= 4 && str_eq(title_letters(ctx, g.at[0]), key);
}

/* The title that a block would give, for --why. */
static void tell_block(const struct search *q, const struct block *b,
                       const char *from, double score)
{
    if (q->ctx->why != NULL)
        why_value(q->ctx, WHY_TITLE, title_clean(q->ctx, b->text), from, score);
}

static void consider(struct search *q, size_t i)
{
    const struct block *b = &q->ctx->blocks.at[i];
    struct choice c = {.block = b, .index = i};
    struct str text = baits_off(q->ctx, b->text);

    c.key =
        title_letters(q->ctx, str_from(text, title_prefix_end(q->ctx, text)));
    if (c.key.n == 0 || title_is_site(q->ctx, b->text) ||
        (b->heading == 0 && is_code(b->text)))
        return;
    c.support = title_support(q->w, c.key, q->title_key);
    if (c.support == 0 && is_first_part(q->ctx, c.key))
        c.support = 1;
    /* A section's heading may well repeat half of the title. */
    if (i > q->span->body_first + 2 && !title_is_declared(q->w, c.key))
        c.support = 0;
    c.score = score_heading(q, &c);
    tell_block(q, b,
               b->heading == 0  ? "the line above the text"
               : c.support > 1  ? "a heading that declared titles confirm"
               : c.support == 1 ? "a heading that a declared title confirms"
                                : "a heading that nothing confirms",
               c.score);
    if (q->best.block == NULL ||
        (is_main(q, &c) != is_main(q, &q->best) ? is_main(q, &c)
                                                : c.score > q->best.score))
        q->best = c;
}

static void find_heading(struct search *q)
{
    const struct blocks *b = &q->ctx->blocks;
    size_t headings = 0;

    for (size_t i = 0; i < b->n && headings < HEADINGS_MAX; i++) {
        const struct block *now = &b->at[i];

        if (((now->heading == 0 || now->heading > 3) && i != q->span->title) ||
            now->chars > TITLE_MAX_CHARS)
            continue;
        headings++;
        consider(q, i);
    }
}

/* A heading in a path of links gives way to one below it that the head declares
 * as well: the headline, where the path has what search engines are to read. */
static void find_below_crumb(struct search *q)
{
    const struct blocks *b = &q->ctx->blocks;

    if (q->best.block == NULL || q->best.block->heading == 0 ||
        !heading_is_crumb(q->ctx, q->best.block))
        return;
    for (size_t i = q->best.index + 1; i < b->n && i <= q->span->body_first;
         i++) {
        struct choice c = {.block = &b->at[i], .index = i, .score = SURE_SCORE};
        struct str headline;

        if (b->at[i].heading == 0 || b->at[i].chars > TITLE_MAX_CHARS ||
            b->at[i].is_hidden)
            continue;
        c.key = title_letters(q->ctx, b->at[i].text);
        headline = title_letters(q->ctx, heading_title(q->ctx, &b->at[i]));
        if (str_eq(headline, q->best.key))
            return;
        if (!title_is_headline(q->w, c.key) &&
            !title_is_headline(q->w, headline))
            continue;
        c.support = 1;
        tell_block(q, &b->at[i],
                   "declared, below the path of links that ends with a heading",
                   c.score);
        q->best = c;
        return;
    }
}

/* True if the title element says KEY, a line's, and then the site's name or
 * the like. */
static bool begins_title(struct page_context *ctx, struct str key)
{
    struct str title = title_letters(ctx, ctx->meta->title);

    return key.n >= 12 && key.n * 5 >= title.n * 2 && str_starts(title, key);
}

/* A line without heading markup that is the title all the same, because a
 * declared title says it. */
static void find_line(struct search *q)
{
    const struct blocks *b = &q->ctx->blocks;

    for (size_t i = 0; i < b->n && i < q->span->body_first + 2; i++) {
        struct choice c = {.block = &b->at[i], .index = i, .support = 1};
        bool is_title;

        if (b->at[i].chars < 6 || b->at[i].chars > TITLE_MAX_CHARS ||
            b->at[i].link_chars * 2 > b->at[i].chars || b->at[i].is_hidden)
            continue;
        c.key = title_letters(q->ctx, b->at[i].text);
        is_title = begins_title(q->ctx, c.key);
        for (size_t k = 0; k < q->w->n; k++)
            is_title = is_title || str_eq(q->w->at[k].key, c.key);
        if (is_title && !title_is_site(q->ctx, b->at[i].text)) {
            c.score = SURE_SCORE;
            q->best = c;
            return;
        }
    }
}

/* Nothing declared fits: the line right above the dated byline. */
static void find_above_byline(struct search *q)
{
    const struct blocks *b = &q->ctx->blocks;
    size_t end = q->span->body_first + 3;

    for (size_t i = end > NEAR_BODY ? end - NEAR_BODY : 1; i < end && i < b->n;
         i++) {
        const struct block *above = &b->at[i - 1];
        struct choice c = {.block = above, .index = i - 1};
        struct line_facts f;

        if (b->at[i].chars > 120 || above->chars < 6 || above->chars > 120 ||
            above->is_hidden || above->link_chars > 0 || is_code(above->text) ||
            !line_read(q->ctx, b->at[i].text, &f) || !when_known(f.date) ||
            !f.is_only_facts || line_read(q->ctx, above->text, &f))
            continue;
        c.key = title_letters(q->ctx, above->text);
        c.score = LIKELY_SCORE;
        if (c.score > q->best.score || q->best.support == 0)
            q->best = c;
        return;
    }
}

/* "제목", "件名": what boards write before the title of a post. */
static const struct str title_labels[] = {
    STR_INIT("제목"),  STR_INIT("标题"),     STR_INIT("標題"),
    STR_INIT("主题"),  STR_INIT("主題"),     STR_INIT("件名"),
    STR_INIT("題名"),  STR_INIT("タイトル"), STR_INIT("subject"),
    STR_INIT("title"), STR_INIT("betreff"),  STR_INIT("titel"),
    STR_INIT("objet"), STR_INIT("asunto"),   STR_INIT("тема"),
};

static bool is_title_label(struct page_context *ctx, const struct block *b)
{
    struct str key;

    if (b->chars > 12)
        return false;
    key = title_letters(ctx, b->text);
    for (size_t i = 0; i < sizeof title_labels / sizeof title_labels[0]; i++)
        if (str_eq(key, title_labels[i]))
            return true;
    return false;
}

static bool can_name_page(struct page_context *ctx, const struct block *b)
{
    return b->chars >= NAMING_CHARS && b->chars <= TITLE_MAX_CHARS &&
           !b->is_hidden && b->link_chars * 2 <= b->chars &&
           !title_is_site(ctx, b->text);
}

/* The heading above I instead of it: the title, where I is its second line and
 * not the post of the board that the upper one names. */
static bool is_below_title(struct page_context *ctx, const struct block *b)
{
    return b[-1].heading > 0 && b[-1].heading < b->heading &&
           b[-1].chars * 2 >= b->chars && can_name_page(ctx, b - 1);
}

/* The head says nothing of this page: the title is the heading nearest above the
 * text, or what stands behind a word for title. */
static void find_nearest(struct search *q)
{
    const struct blocks *b = &q->ctx->blocks;
    size_t end = q->span->body_first + 1;
    struct choice c = {.score = LIKELY_SCORE};

    for (size_t i = end < b->n ? end : b->n;
         i > 1 && i + NEAR_BODY > end && c.block == NULL; i--) {
        const struct block *now = &b->at[i - 1];

        if ((now->heading > 0 || is_title_label(q->ctx, now - 1)) &&
            can_name_page(q->ctx, now))
            c.block = now;
    }
    if (c.block == NULL)
        return;
    if (c.block->heading > 0 && is_below_title(q->ctx, c.block))
        c.block--;
    c.index = (size_t)(c.block - b->at);
    c.key = title_letters(q->ctx, c.block->text);
    tell_block(q, c.block, "nearest to the text, for the head says nothing",
               c.score);
    q->best = c;
}

#define LEAST_TEXT 60  /* terms of a text that can tell */
#define FOREIGN    0.1 /* of a title's terms, known by the text */
#define FAMILIAR   0.2

static void read_text(const struct search *q, struct words *out)
{
    words_init(out, q->ctx->scratch, WORDS_ALL);
    for (size_t i = q->span->body_first; i < q->span->body_end; i++)
        if (q->ctx->blocks.at[i].role == ROLE_BODY && i != q->best.index)
            words_add(out, q->ctx->blocks.at[i].terms);
}

/* Search bait where the title should be: the text knows none of its words, but
 * those of a line below that shows another part of the title element. */
static void find_familiar(struct search *q)
{
    const struct blocks *b = &q->ctx->blocks;
    struct words text;
    uint32_t terms;

    if (q->best.block == NULL || q->best.support > 1 || q->title_key.n == 0)
        return;
    read_text(q, &text);
    if (text.total < LEAST_TEXT ||
        words_known(&text, q->best.block->terms, 1, &terms) > FOREIGN ||
        terms < 2)
        return;
    for (size_t i = 0; i < b->n && i < q->span->body_first + 2; i++) {
        struct choice c = {
            .block = &b->at[i], .index = i, .support = 1, .score = SURE_SCORE};

        if (b->at[i].chars < 6 || b->at[i].chars > TITLE_MAX_CHARS ||
            b->at[i].is_hidden)
            continue;
        c.key = title_letters(q->ctx, b->at[i].text);
        if (str_eq(c.key, q->best.key) ||
            !title_has_part(q->ctx, b->at[i].text) ||
            words_known(&text, b->at[i].terms, 1, &terms) < FAMILIAR)
            continue;
        tell_block(q, &b->at[i],
                   "a part of the title element that the text knows", c.score);
        q->best = c;
        return;
    }
}

/* What JSON-LD and og:title agree on is often written for search engines and
 * shares; the heading in nearly the same words is what readers see.  The declared
 * title wins where it says all of the heading and more, where it is the heading
 * without a kicker, and where the heading is about something else. */
static bool agreed_wins(const struct search *q, struct str agreed)
{
    struct str key = title_letters(q->ctx, agreed), heading = q->best.key;

    if (agreed.n == 0 || str_eq(heading, key))
        return false;
    if (str_has(key, heading) || str_ends(heading, key))
        return true;
    return q->best.support == 0 &&
           likeness(q->declared, q->n_declared, q->best.block->terms) < ALIKE;
}

/* The declared title that two headings, one behind the other, say between them:
 * a name and "with" what, each in a line of its own.  Empty if none does; without
 * a blank where they meet it is a slogan glued to a title, with a dash a kicker. */
static struct str spread_title(const struct search *q)
{
    const struct blocks *b = &q->ctx->blocks;
    size_t first = q->best.index > 0 ? q->best.index - 1 : 0;

    for (size_t k = first; k < q->best.index + 1 && k + 1 < b->n; k++) {
        const struct block *upper = &b->at[k], *lower = &b->at[k + 1];
        struct str both;

        if (upper->heading == 0 || lower->heading == 0 || upper->is_hidden ||
            lower->is_hidden || upper->chars > TITLE_MAX_CHARS)
            continue;
        both = arena_cat(q->ctx->a, upper->text, STR(" "), lower->text);
        for (size_t i = 0; i < q->w->n; i++)
            if (str_eq(title_bare(q->ctx, q->w->at[i].text), both))
                return both;
    }
    return STR_NONE;
}

/* "原创" and the like, glued to the front of a title by the template. */
static struct str without_mark(struct page_context *ctx, struct str title,
                               struct str declared)
{
    struct str key = title_letters(ctx, declared),
               whole = title_letters(ctx, title);
    size_t extra;

    if (key.n < 12 || whole.n <= key.n || whole.n - key.n > 12 ||
        !str_ends(whole, key))
        return title;
    extra = whole.n - key.n;
    return str_has(title, str_slice(whole, 0, extra)) &&
                   str_starts(title, str_slice(whole, 0, extra)) &&
                   is_cjk(utf8_next(whole, &(size_t){0}))
               ? str_trim_wide(str_from(title, extra))
               : title;
}

#define RUN_ON_FACTS 2 /* a byline run on to a title says at least */

/* A title without the byline that a line of text runs on to it: "A title来源:
 * Some Paper作者:Some Name". */
static struct str without_byline(struct page_context *ctx, struct str title)
{
    for (size_t i = 0; i < title.n; (void)utf8_next(title, &i)) {
        struct line_facts f = {0};
        struct label_hit hit;

        if (i > 0 && label_at(ctx->meta->labels, title, i, EDGE_NONE, &hit) &&
            hit.has_separator && line_read(ctx, str_from(title, i), &f) &&
            f.is_only_facts &&
            (f.authors.n > 0) + (f.source.n > 0) + (f.editor.n > 0) +
                    when_known(f.date) >=
                RUN_ON_FACTS)
            return str_trim_wide(str_slice(title, 0, i));
    }
    return title;
}

static struct str span_title(struct page_context *ctx,
                             const struct article_span *span)
{
    struct str s = span->title_text;

    if (s.n == 0 && span->title != NO_BLOCK && span->title < ctx->blocks.n)
        s = ctx->blocks.at[span->title].text;
    return title_clean(ctx, without_byline(ctx, s));
}

static void start_search(struct search *q)
{
    q->title_key = title_letters(q->ctx, q->ctx->meta->title);
    for (size_t i = 0; i <= q->w->n && i < WITNESSES_MAX + 1; i++) {
        struct words *d = &q->declared[q->n_declared++];

        words_init(d, q->ctx->scratch, WORDS_ALL);
        words_add(d, terms_of(q->ctx->scratch,
                              i < q->w->n
                                  ? q->w->at[i].text
                                  : title_bare(q->ctx, q->ctx->meta->title)));
    }
}

/* The part of a heading that the title element or another declared title says
 * without what stands before it, a kicker, the sort of a thread or "Title:", or
 * the links behind it, if nobody declares the whole; else PART. */
static struct str declared_part(struct page_context *ctx,
                                const struct witnesses *w,
                                const struct block *b, struct str part)
{
    struct str whole = title_letters(ctx, b->text);
    struct str said[WITNESSES_MAX + 2] = {title_bare(ctx, ctx->meta->title)};
    struct segments g;
    size_t n = 2;

    title_cut(ctx->meta->title, &g);
    said[1] = g.n > 0 ? g.at[0] : STR_NONE;
    for (size_t i = 0; i < w->n; i++) {
        if (str_starts(w->at[i].key, whole))
            return part;
        said[n++] = w->at[i].text;
    }
    for (size_t i = 0; i < n; i++) {
        struct str key = title_letters(ctx, said[i]), found;

        if (key.n < 4 || key.n == whole.n ||
            (!str_ends(whole, key) && !str_starts(whole, key)))
            continue;
        found = heading_part(ctx, b, key);
        if (found.n > 0)
            return found;
    }
    return part;
}

/* The headline alone, unless all declared titles have the kicker too. */
static struct str heading_without_kicker(struct page_context *ctx,
                                         const struct witnesses *w,
                                         const struct block *b)
{
    struct str whole = title_clean(ctx, b->text);
    struct str part =
        title_clean(ctx, declared_part(ctx, w, b, heading_title(ctx, b)));
    struct str whole_key = title_letters(ctx, whole),
               part_key = title_letters(ctx, part);
    size_t for_whole = 0, for_part = 0;

    for (size_t i = 0; i < w->n; i++) {
        for_whole += str_starts(w->at[i].key, whole_key);
        for_part += str_starts(w->at[i].key, part_key);
    }
    return for_whole > 1 && for_part == 0 ? whole : part;
}

/* A title in two parts is often half a section's or a series' name. */
static void hear_form(struct str title, struct evidences *e)
{
    struct segments g;

    title_cut(title, &g);
    e->heard[TITLE_DIVIDED] = g.n > 1;
}

/* Which part of the page says the title. */
static void hear_place(struct page_context *ctx, const struct block *b,
                       struct evidences *e)
{
    size_t h1 = 0;

    e->heard[TITLE_SHOWN] = true;
    for (size_t i = 0; i < ctx->blocks.n; i++)
        h1 += ctx->blocks.at[i].heading == 1;
    e->heard[TITLE_ONLY_H1] = b->heading == 1 && h1 == 1;
}

static void title_of_page(struct page_context *ctx, struct article_span *span,
                          struct draft *draft)
{
    struct witnesses w = {.n = 0};
    struct search q = {.ctx = ctx, .span = span, .w = &w};
    struct evidences heard = {0};
    struct str agreed, spread;

    title_witnesses(ctx, &w);
    start_search(&q);
    title_tell_said(ctx, &w);
    find_heading(&q);
    find_below_crumb(&q);
    if (q.best.score < SURE_SCORE)
        find_line(&q);
    if (q.best.score < SURE_SCORE && w.n == 0 && q.best.support == 0)
        find_above_byline(&q);
    find_familiar(&q);
    if ((q.best.block == NULL || q.best.score < LIKELY_SCORE) &&
        title_says_nothing(ctx, &w))
        find_nearest(&q);
    agreed = title_agreed(ctx, &w);
    if (q.best.block != NULL && q.best.score >= LIKELY_SCORE) {
        draft->title = heading_without_kicker(ctx, &w, q.best.block);
        draft->title =
            without_mark(ctx, draft->title, title_bare(ctx, ctx->meta->title));
        draft->title = title_without_board(ctx, draft->title);
        if (q.best.block->heading == 0 && w.n == 0)
            draft->title = title_with_head(ctx, draft->title);
        if (q.best.index < span->body_end)
            span->title = q.best.index;
        why_because(ctx, WHY_TITLE,
                    q.best.support > 0
                        ? "of the headings the one that scores best, and what "
                          "the head declares says the same"
                        : "of the headings the one that scores best");
        spread = spread_title(&q);
        if (spread.n > 0) {
            why_because(ctx, WHY_TITLE,
                        "what is declared stands in two headings");
            draft->title = spread;
            hear_place(ctx, q.best.block, &heard);
        } else if (agreed_wins(&q, agreed)) {
            why_because(ctx, WHY_TITLE,
                        "JSON-LD and meta agree against the headings");
            draft->title = agreed;
        } else {
            hear_place(ctx, q.best.block, &heard);
        }
    } else if (w.n > 0) {
        draft->title = title_bare(ctx, w.at[0].text);
        why_because(ctx, WHY_TITLE,
                    "no heading is likely; declared first of all");
    } else {
        draft->title = title_bare(ctx, ctx->meta->title);
        why_because(ctx, WHY_TITLE,
                    "no heading is likely and nothing else is declared");
    }
    title_hear_said(ctx, &w, title_letters(ctx, draft->title), &heard);
    hear_form(draft->title, &heard);
    draft->confidence.title = sure_of_field(ctx, SURE_TITLE, &heard);
}

bool page_speaks_for(struct page_context *ctx, const struct draft *draft)
{
    struct witnesses w = {.n = 0};
    struct str key = title_letters(ctx, draft->title);

    if (!draft->several_on_page)
        return true;
    title_witnesses(ctx, &w);
    return key.n >= 8 &&
           title_support(&w, key, title_letters(ctx, ctx->meta->title)) > 0;
}

void title_find(struct page_context *ctx, struct article_span *span,
                struct draft *draft)
{
    if (ctx->tree == NULL || draft->several_on_page || span->is_below_false) {
        draft->title = span_title(ctx, span);
        draft->confidence.title = draft->title.n > 0 ? .85F : 0;
        why_because(ctx, WHY_TITLE, "the line that begins the article");
        /* What stands before the first joint has no title of its own. */
        if (draft->title.n > 0 || ctx->tree == NULL)
            return;
    }
    title_of_page(ctx, span, draft);
    if (draft->title.n == 0)
        draft->title = span_title(ctx, span);
    if (draft->title.n == 0)
        draft->confidence.title = 0;
}
