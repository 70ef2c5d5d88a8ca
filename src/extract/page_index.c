/*
 * Article or index.  In an article the same rows of links stand around the text
 * as in an index: "related", "most read".  What tells the two apart is the longest
 * run of prose that no headline interrupts: a teaser has two or three sentences,
 * an article more.  Declarations (og:type, JSON-LD of an article) speak for an
 * article, the root of a site for an index.
 */
#include "extract/page_links.h"

#include "base/arena.h"
#include "extract/page_marks.h"
#include "extract/page_meta.h"
#include "text/fold.h"
#include "text/url.h"

#define LIST_MIN        5   /* rows of an ordinary list */
#define INDEX_POINTS    3   /* and the page is an index */
#define HEADINGS_WITHIN 400 /* blocks */

static bool is_headline(const struct block *b)
{
    return b->link_chars * 10 >= b->chars * 6 &&
           shape_weight(&b->shape) >= TITLE_WEIGHT && !b->is_hidden;
}

/* The longest run of prose between two headlines. */
static size_t longest_prose(const struct page_context *ctx)
{
    size_t longest = 0, run = 0;

    for (size_t i = 0; i < ctx->blocks.n; i++) {
        const struct block *b = &ctx->blocks.at[i];

        if (is_headline(b))
            run = 0;
        else if (!b->is_hidden && shape_is_prose(&b->shape) &&
                 b->link_chars * 2 < b->chars &&
                 !is_within(ctx, b->container, 1u << CLASS_COOKIE, false))
            run += shape_weight(&b->shape);
        if (run > longest)
            longest = run;
    }
    return longest;
}

static bool declares_article(const struct page_context *ctx)
{
    const struct ld_article *ld = meta_article(ctx->meta);

    return str_eq_nocase(meta_get(ctx->meta, STR("og:type")), STR("article")) ||
           meta_get(ctx->meta, STR("article:published_time")).n > 0 ||
           (ld != NULL && ld->is_article && ld->published.n > 0);
}

/* A line as long as a title that the page's own title repeats, and no link:
 * articles have one, indexes have the section's name. */
static bool has_article_heading(const struct page_context *ctx)
{
    const struct blocks *b = &ctx->blocks;
    struct str title = fold_letters(ctx->a, ctx->meta->title);
    struct str og = fold_letters(ctx->a, meta_get(ctx->meta, STR("og:title")));

    for (size_t i = 0; i < b->n && i < HEADINGS_WITHIN; i++) {
        uint32_t weight = shape_weight(&b->at[i].shape);
        struct str key;

        if (weight < TITLE_WEIGHT || weight > 10 * TITLE_WEIGHT ||
            b->at[i].link_chars * 2 > b->at[i].chars || b->at[i].is_hidden)
            continue;
        key = fold_letters(ctx->a, b->at[i].text);
        if (key.n == 0)
            continue;
        if (b->at[i].heading > 0 && b->at[i].heading <= 3 &&
            (str_has(title, key) || str_has(og, key)))
            return true;
        if (key.n * 5 >= title.n * 3 &&
            (str_has(title, key) || (title.n > 0 && str_has(key, title))))
            return true;
    }
    return false;
}

/* How much an address looks like an index: the root of a site 2, a section 1,
 * an article's (numbers, many hyphens, a document's extension) -1. */
static int address_points(const struct page_context *ctx)
{
    struct url url;
    struct str last;
    size_t digits = 0, hyphens = 0;

    if (!url_parse(ctx->a, ctx->hints->url, STR_NONE, &url))
        return 0;
    if (url.path.n <= 1)
        return url.has_query ? 0 : 2;
    last = url.path;
    if (str_ends(last, STR("/")))
        last.n--;
    if (str_find_last(last, '/') != STR_NOT_FOUND)
        last = str_from(last, str_find_last(last, '/') + 1);
    if (str_starts(last, STR("index.")) || str_starts(last, STR("list")))
        return 1;
    for (size_t i = 0; i < last.n; i++) {
        digits += is_digit(last.p[i]);
        hyphens += last.p[i] == '-' || last.p[i] == '_';
    }
    if (digits >= 4 || hyphens >= 3 || str_has(last, STR(".htm")) ||
        str_has(last, STR(".shtml")))
        return -1;
    return url.has_query ? 0 : 1;
}

static bool declares_index(const struct page_context *ctx)
{
    return str_eq_nocase(meta_get(ctx->meta, STR("og:type")), STR("website")) ||
           ctx->meta->ld_is_index;
}

/* Share of the page's visible letters that stand in the rows' titles. */
static double share_of_rows(const struct page_context *ctx,
                            const struct list_rows *rows)
{
    size_t all = 1, listed = 0;

    for (size_t i = 0; i < ctx->blocks.n; i++)
        if (!ctx->blocks.at[i].is_hidden)
            all += shape_weight(&ctx->blocks.at[i].shape);
    for (size_t i = 0; i < rows->n; i++)
        listed += title_weight(rows->links[i].title);
    return (double)listed / (double)all;
}

/* True if all rows stand in asides: what is beside the page is not the page. */
static bool is_all_beside(const struct page_context *ctx,
                          const struct list_rows *rows)
{
    const struct page_tree *t = ctx->tree;

    for (size_t i = 0; i < rows->n; i++) {
        uint32_t up = rows->places[i].node;

        while (up != 0 && t->nodes[up].tag != TAG_ASIDE)
            up = t->nodes[up].parent;
        if (up == 0)
            return false;
    }
    return true;
}

static size_t dated_rows(const struct list_rows *rows)
{
    size_t n = 0;

    for (size_t i = 0; i < rows->n; i++)
        n += when_known(rows->links[i].date);
    return n;
}

/* What the page says of itself, whatever its rows are. */
struct page_signs {
    size_t prose;
    int address;
    bool is_declared, is_article;
};

static struct page_signs read_signs(const struct page_context *ctx)
{
    return (struct page_signs){.prose = longest_prose(ctx),
                               .address = address_points(ctx),
                               .is_declared = declares_index(ctx),
                               .is_article = declares_article(ctx)};
}

/* Points set by hand, as those of the rows; the 1,450 pages of articles and the
 * lists among the others are what they were tried on. */
static int points_of_page(const struct page_signs *s)
{
    int points = s->address + s->is_declared;

    points += s->prose < 150 ? 2 : s->prose < 350 ? 1 : s->prose < 700 ? 0 : -2;
    points -= s->prose > 1500 ? 3 : 0;
    return points - (s->is_article ? 3 : 0);
}

#define MOST_OF_ROWS 3 /* points */

bool may_be_index(const struct page_context *ctx)
{
    struct page_signs s = read_signs(ctx);

    return points_of_page(&s) + MOST_OF_ROWS >= INDEX_POINTS;
}

static int index_points(const struct page_context *ctx,
                        const struct list_rows *rows)
{
    struct page_signs s = read_signs(ctx);
    bool is_dated = rows->n > 0 && dated_rows(rows) * 2 >= rows->n;
    bool is_full = share_of_rows(ctx, rows) >= 0.4;
    int points = points_of_page(&s);

    /* Something must speak for an index, not only against an article. */
    if (s.address <= 0 && !s.is_declared && !is_dated &&
        !(is_full && s.prose < 150))
        return 0;
    /* Where hardly anything but dated rows is, it is the name of the list. */
    if (has_article_heading(ctx))
        points -= s.prose < 150 && is_dated && is_full ? 2 : 3;
    points -= is_all_beside(ctx, rows) ? 3 : 0;
    return points + is_dated + is_full + (rows->n >= 12);
}

/* A short list has to look more like one. */
bool is_index(const struct page_context *ctx, const struct list_rows *rows)
{
    return rows->n >= ROWS_MIN && ctx->blocks.n > rows->n / 2 &&
           index_points(ctx, rows) >=
               (rows->n < LIST_MIN ? INDEX_POINTS + 1 : INDEX_POINTS);
}
