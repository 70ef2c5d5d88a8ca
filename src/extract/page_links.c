/*
 * List pages: indexes of articles.  With a selector of the owner's only the
 * links it picks are taken, and the page is a list in any case.
 *
 * Without one, the page is looked at as a reader would.  A headline link is a
 * link within the site whose text is as long as a title.  Links of one make
 * (the same tags and classes above them) that occur several times are the rows
 * of an index.  In an article the same rows stand around the text: "related",
 * "most read".  What tells the two apart is the longest run of prose that no
 * headline interrupts: a teaser has two or three sentences, an article more.
 * Declarations (og:type, JSON-LD of an article) speak for an article, the root
 * of a site for an index.
 *
 * Rows in the navigation, the side bar and the footer are left out, unless
 * there are no others.
 */
#include "base/arena.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "extract/fields.h"
#include "extract/page_date.h"
#include "extract/page_marks.h"
#include "extract/page_meta.h"
#include "text/fold.h"
#include "text/site.h"
#include "text/url.h"

#define LINKS_MAX       200
#define CANDIDATES      4000 /* links looked at */
#define ROWS_MIN        3    /* links of one make that are rows */
#define LIST_MIN        5    /* rows of an ordinary list */
#define ABOVE           4    /* elements above a link that make it */
#define TITLE_WEIGHT    18   /* letters, a Han one counted as two and a half */
#define DATE_CHARS      400
#define INDEX_POINTS    3   /* and the page is an index */
#define HEADINGS_WITHIN 400 /* blocks */

struct candidate {
    uint32_t node;
    uint64_t make;
    struct str url, title;
    bool is_aside, from_text;
};

struct row {
    uint32_t node;
    bool from_text;
};

struct collection {
    struct page_context *ctx;
    struct str site;
    struct map seen; /* addresses without fragment, to index in links */
    struct {
        struct candidate *at;
        size_t n, cap;
    } found;
    struct {
        struct page_link *at;
        size_t n, cap;
    } links;
    struct {
        struct row *at; /* one for each link */
        size_t n, cap;
    } nodes;
};

/* ---- links -------------------------------------------------------------------- */

/* The address a link points to, without its fragment; empty if it is no other
 * http page.  Where nothing says what it is relative to, it stays as written. */
static struct str link_target(struct page_context *ctx, uint32_t node)
{
    struct str href = str_trim(node_attr(ctx->tree, node, STR("href")));
    struct url url;

    if (href.n == 0 || href.p[0] == '#')
        return STR_NONE;
    if (ctx->meta->base.n == 0 && str_find_char(href, ':', 0) == STR_NOT_FOUND)
        return str_slice(href, 0, str_find_char(href, '#', 0));
    if (!url_parse(ctx->a, href, ctx->meta->base, &url) ||
        !url_is_http(url.href))
        return STR_NONE;
    return url.has_fragment
               ? str_slice(url.href, 0, url.href.n - url.fragment.n - 1)
               : url.href;
}

/* FROM_TEXT: false when only a picture or a tooltip names it. */
static struct str link_title(struct page_context *ctx, uint32_t node,
                             bool *from_text)
{
    struct str title = node_text(ctx->tree, node, ctx->a);
    uint32_t image;

    *from_text = title.n > 0;
    if (title.n > 0)
        return title;
    title = node_attr(ctx->tree, node, STR("title"));
    image = node_find(ctx->tree, node, TAG_IMG);
    return title.n == 0 && image != 0 ? node_attr(ctx->tree, image, STR("alt"))
                                      : title;
}

/* Adds a link; of several to one address the longest title stays, for the
 * picture's link comes first and the headline's has the words.  Words in the
 * page beat those of a picture. */
static void add_link(struct collection *c, uint32_t node, struct str url,
                     struct str title, bool from_text)
{
    bool is_new;
    size_t *index;

    if (url.n == 0 || c->links.n >= LINKS_MAX)
        return;
    index = map_put(&c->seen, url, &is_new);
    title = str_trim_wide(title);
    if (is_new) {
        *index = c->links.n;
        *vec_add(c->ctx->a, &c->links) =
            (struct page_link){.url = url, .title = title};
        *vec_add(c->ctx->a, &c->nodes) =
            (struct row){.node = node, .from_text = from_text};
    } else if ((from_text && !c->nodes.at[*index].from_text) ||
               (from_text == c->nodes.at[*index].from_text &&
                utf8_chars(title) > utf8_chars(c->links.at[*index].title))) {
        c->links.at[*index].title = title;
        c->nodes.at[*index].from_text = from_text;
        c->nodes.at[*index].node = node;
    }
}

/* ---- the owner's selector --------------------------------------------------------- */

/* The link a picked element is, holds, or stands in. */
static uint32_t link_of(const struct page_tree *t, uint32_t node)
{
    uint32_t inside;

    if (t->nodes[node].tag == TAG_A)
        return node;
    inside = node_find(t, node, TAG_A);
    if (inside != 0)
        return inside;
    for (int up = 0; up < ABOVE && node != 0; up++) {
        node = t->nodes[node].parent;
        if (t->nodes[node].tag == TAG_A)
            return node;
    }
    return 0;
}

static void take_picked(struct collection *c)
{
    const struct page_tree *t = c->ctx->tree;
    const struct selector *sel = c->ctx->hints->links;
    uint32_t i = 0;

    while ((i = node_select(t, sel, i, t->n)) != 0) {
        uint32_t link = link_of(t, i);

        bool from_text = false;

        if (link != 0) {
            struct str title = link_title(c->ctx, link, &from_text);

            add_link(c, link, link_target(c->ctx, link), title, from_text);
        }
    }
    if (c->links.n == 0)
        note_add(c->ctx->notes, c->ctx->a, NOTE_RULE_UNMATCHED, "links");
}

/* No link was found, for what holds them is not there: the page has another
 * layout than the owner saw, which is not the same as an empty list. */
static bool lacks_container(const struct collection *c)
{
    const struct selector *container =
        selector_container(c->ctx->a, c->ctx->hints->links);

    return c->links.n == 0 && container != NULL &&
           node_select(c->ctx->tree, container, 0, c->ctx->tree->n) == 0;
}

/* ---- rows ------------------------------------------------------------------------ */

/* Length of a text as a reader counts it. */
static size_t weight_of(struct str s)
{
    size_t weight = 0;

    for (size_t i = 0; i < s.n;) {
        uint32_t ch = utf8_next(s, &i);

        weight += is_cjk(ch) ? 5 : is_word_char(ch) ? 2 : 0;
    }
    return weight / 2;
}

static bool has_words(struct str s)
{
    struct str rest = s, word;
    size_t words = 0;

    while (words < 3 && str_word(&rest, &word))
        words++;
    return words >= 3 || weight_of(s) * 2 > s.n; /* Han: no blanks */
}

/* What a link is made of: tags and classes of the elements above it. */
static uint64_t make_of(const struct page_tree *t, uint32_t node)
{
    uint64_t make = 1469598103934665603u;

    for (int up = 0; up < ABOVE && node != 0; up++) {
        struct str class = node_attr(t, node, STR("class"));
        struct str rest = class, word = STR_NONE;

        /* The first word names the part, the others its variants. */
        (void)str_word(&rest, &word);
        make = (make ^ t->nodes[node].tag) * 1099511628211u;
        make = (make ^ hash64(word)) * 1099511628211u;
        node = t->nodes[node].parent;
    }
    return make;
}

/* Inside an element whose class is one of FAMILIES, or, with TAGS, in a nav,
 * footer or aside. */
static bool is_within(const struct page_context *ctx, uint32_t node,
                      uint32_t families, bool tags)
{
    const struct page_tree *t = ctx->tree;

    for (int up = 0; up < 12 && node != 0; up++) {
        enum tag tag = t->nodes[node].tag;

        if (tags && (tag == TAG_NAV || tag == TAG_FOOTER || tag == TAG_ASIDE))
            return true;
        if (tag == TAG_BODY || tag == TAG_MAIN)
            return false;
        if (ctx->marks != NULL && (ctx->marks[node].classes & families) != 0)
            return true;
        node = t->nodes[node].parent;
    }
    return false;
}

/* In the navigation, the side bar or the footer. */
static bool is_aside(const struct page_context *ctx, uint32_t node)
{
    const uint32_t apart = 1u << CLASS_NAV | 1u << CLASS_FOOTER |
                           1u << CLASS_SIDE | 1u << CLASS_COOKIE;

    return is_within(ctx, node, apart, true);
}

static void find_candidates(struct collection *c)
{
    const struct page_tree *t = c->ctx->tree;

    for (uint32_t i = 1; i < t->n && c->found.n < CANDIDATES; i++) {
        struct candidate now = {.node = i};

        if (t->nodes[i].tag != TAG_A || !node_has(t, i, STR("href")) ||
            (c->ctx->marks != NULL &&
             (c->ctx->marks[i].is_hidden || c->ctx->marks[i].is_silent)))
            continue;
        now.title = link_title(c->ctx, i, &now.from_text);
        if (weight_of(now.title) < TITLE_WEIGHT || !has_words(now.title) ||
            utf8_chars(now.title) > 300)
            continue;
        now.url = link_target(c->ctx, i);
        if (now.url.n == 0 ||
            (c->site.n > 0 &&
             !str_eq(site_of_url(c->ctx->a, now.url), c->site)))
            continue;
        now.make = make_of(t, i);
        now.is_aside = is_aside(c->ctx, i);
        *vec_add(c->ctx->a, &c->found) = now;
    }
}

/* Keeps the candidates of which there are several of one make. */
static size_t keep_rows(struct collection *c, bool asides)
{
    struct map makes;
    size_t kept = 0;

    map_init(&makes, c->ctx->a);
    for (size_t i = 0; i < c->found.n; i++) {
        const struct candidate *now = &c->found.at[i];

        if (now->is_aside == asides)
            ++*map_put(&makes,
                       str_of((const char *)&now->make, sizeof now->make),
                       NULL);
    }
    for (size_t i = 0; i < c->found.n; i++) {
        const struct candidate *now = &c->found.at[i];

        if (now->is_aside != asides ||
            *map_put(&makes, str_of((const char *)&now->make, sizeof now->make),
                     NULL) < ROWS_MIN)
            continue;
        add_link(c, now->node, now->url, now->title, now->from_text);
        kept++;
    }
    return kept;
}

/* ---- dates ------------------------------------------------------------------------ */

/* The largest element around a link that holds no other link of the list. */
static uint32_t teaser_of(const struct collection *c, size_t i)
{
    const struct page_tree *t = c->ctx->tree;
    uint32_t node = c->nodes.at[i].node;
    uint32_t before = i > 0 ? c->nodes.at[i - 1].node : 0;
    uint32_t after = i + 1 < c->nodes.n ? c->nodes.at[i + 1].node : t->n;

    for (int up = 0; up < 6; up++) {
        uint32_t parent = t->nodes[node].parent;

        if (parent == 0 || t->nodes[parent].tag == TAG_BODY ||
            (before >= parent && before < t->nodes[parent].end &&
             before != c->nodes.at[i].node) ||
            after < t->nodes[parent].end)
            break;
        node = parent;
    }
    return node;
}

static void find_date(struct collection *c, size_t i)
{
    const struct page_tree *t = c->ctx->tree;
    struct when_hints hints = page_when_hints(c->ctx);
    uint32_t teaser = teaser_of(c, i);
    uint32_t time = node_find(t, teaser, TAG_TIME);
    struct page_link *link = &c->links.at[i];
    struct str text;

    if (time != 0 && when_parse(str_trim(node_attr(t, time, STR("datetime"))),
                                &hints, &link->date))
        return;
    text = utf8_clip_chars(node_text(t, teaser, c->ctx->a), DATE_CHARS);
    if (text.n > link->title.n)
        (void)!when_find(text, &hints, &link->date, NULL, NULL);
}

/* ---- article or index ------------------------------------------------------------ */

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
static double share_of_rows(const struct collection *c)
{
    size_t all = 1, rows = 0;

    for (size_t i = 0; i < c->ctx->blocks.n; i++)
        if (!c->ctx->blocks.at[i].is_hidden)
            all += shape_weight(&c->ctx->blocks.at[i].shape);
    for (size_t i = 0; i < c->links.n; i++)
        rows += weight_of(c->links.at[i].title);
    return (double)rows / (double)all;
}

/* True if all rows stand in asides: what is beside the page is not the page. */
static bool is_all_beside(const struct collection *c)
{
    const struct page_tree *t = c->ctx->tree;

    for (size_t i = 0; i < c->nodes.n; i++) {
        uint32_t up = c->nodes.at[i].node;

        while (up != 0 && t->nodes[up].tag != TAG_ASIDE)
            up = t->nodes[up].parent;
        if (up == 0)
            return false;
    }
    return true;
}

static size_t dated_rows(const struct collection *c)
{
    size_t n = 0;

    for (size_t i = 0; i < c->links.n; i++)
        n += when_known(c->links.at[i].date);
    return n;
}

/* Points set by hand; the 1,450 pages of articles and the lists among the
 * others are what they were tried on. */
static int index_points(const struct collection *c)
{
    size_t prose = longest_prose(c->ctx);
    int address = address_points(c->ctx);
    bool is_declared = declares_index(c->ctx);
    bool is_dated = c->links.n > 0 && dated_rows(c) * 2 >= c->links.n;
    bool is_full = share_of_rows(c) >= 0.4;
    int points = address;

    /* Something must speak for an index, not only against an article. */
    if (address <= 0 && !is_declared && !is_dated && !(is_full && prose < 150))
        return 0;
    points += prose < 150 ? 2 : prose < 350 ? 1 : prose < 700 ? 0 : -2;
    points -= prose > 1500 ? 3 : 0;
    points -= declares_article(c->ctx) ? 3 : 0;
    points -= has_article_heading(c->ctx) ? 3 : 0;
    points -= is_all_beside(c) ? 3 : 0;
    points += is_declared + is_dated + is_full + (c->links.n >= 12);
    return points;
}

/* A short list has to look more like one. */
static bool is_index(const struct collection *c)
{
    return c->links.n >= ROWS_MIN && c->ctx->blocks.n > c->links.n / 2 &&
           index_points(c) >=
               (c->links.n < LIST_MIN ? INDEX_POINTS + 1 : INDEX_POINTS);
}

bool page_read_list(struct page_context *ctx, struct page *out)
{
    struct collection c = {.ctx = ctx};

    if (ctx->tree == NULL)
        return false;
    map_init(&c.seen, ctx->a);
    if (ctx->hints->links != NULL) {
        take_picked(&c);
        out->lacks_list = lacks_container(&c);
    } else {
        c.site = site_of_url(ctx->a, ctx->meta->base);
        find_candidates(&c);
        if (keep_rows(&c, false) < ROWS_MIN)
            (void)keep_rows(&c, true);
    }
    for (size_t i = 0; i < c.links.n; i++)
        find_date(&c, i);
    if (ctx->hints->links == NULL && !ctx->hints->want_list && !is_index(&c))
        return false;
    out->links = c.links.at;
    out->n_links = c.links.n;
    return true;
}
