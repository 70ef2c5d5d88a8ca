/*
 * List pages: indexes of articles.  With a selector of the owner's only the
 * links it picks are taken, and the page is a list in any case.
 *
 * Without one, the page is looked at as a reader would.  A headline link is a
 * link within the site whose text is as long as a title.  Links of one make
 * (the same tags and classes above them) that occur several times are the rows
 * of an index, and so are the other headlines outside whose addresses look like
 * most rows': the lead stories above a list.  A page that has no rows within the
 * site may list what others wrote.  Rows in the navigation, the side bar and the
 * footer are left out, unless there are no others.  page_index.c tells whether a
 * page with such rows is an index or an article with links around it.
 */
#include "base/arena.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "extract/fields.h"
#include "extract/page_date.h"
#include "extract/page_links.h"
#include "extract/page_marks.h"
#include "extract/page_meta.h"
#include "text/site.h"
#include "text/url.h"

#define LINKS_MAX       200
#define CANDIDATES      4000 /* links looked at */
#define ABOVE           4    /* elements above a link that make it */
#define DATE_CHARS      400
#define DATE_LINE_CHARS 40

struct candidate {
    uint32_t node;
    uint64_t make;
    struct str url, title, shape;
    bool is_aside, from_text, is_row;
};

struct collection {
    struct page_context *ctx;
    struct str site;
    struct str host; /* the last that was asked for, and whether ... */
    bool is_ours;    /* ... it is of the site */
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
        struct list_row *at; /* one for each link */
        size_t n, cap;
    } nodes;
};

/* ---- links -------------------------------------------------------------------- */

/* The address a link points to, without its fragment, and its host; empty if it
 * is no other http page.  Where nothing says what it is relative to, it stays as
 * written. */
static struct str link_target(struct page_context *ctx, uint32_t node,
                              struct str *host)
{
    struct str href = str_trim(node_attr(ctx->tree, node, STR("href")));
    struct url url;

    *host = STR_NONE;
    if (href.n == 0 || href.p[0] == '#')
        return STR_NONE;
    if (ctx->meta->base.n == 0 && str_find_char(href, ':', 0) == STR_NOT_FOUND)
        return str_slice(href, 0, str_find_char(href, '#', 0));
    if (!url_parse(ctx->a, href, ctx->meta->base, &url) ||
        !url_is_http(url.href))
        return STR_NONE;
    *host = url.host;
    return url.has_fragment
               ? str_slice(url.href, 0, url.href.n - url.fragment.n - 1)
               : url.href;
}

/* The heading of a card that is a link as a whole, with kicker, teaser and date;
 * 0 if there is none. */
static uint32_t card_heading(const struct page_tree *t, uint32_t link)
{
    for (uint32_t i = link + 1; i < t->nodes[link].end; i++)
        if (tag_heading_level(t->nodes[i].tag) > 0)
            return i;
    for (uint32_t i = link + 1; i < t->nodes[link].end; i++)
        if (str_has(node_attr(t, i, STR("class")), STR("title")))
            return i;
    return 0;
}

/* A title cut to fit its line, with the rest from the tooltip. */
static struct str uncut(struct str title, struct str tip)
{
    struct str stem = title;

    if (str_ends(title, STR("...")))
        stem.n -= 3;
    else if (str_ends(title, STR("…")))
        stem.n -= STR("…").n;
    stem = str_trim_wide(stem);
    return stem.n < title.n && stem.n > 0 && str_starts(tip, stem) ? tip
                                                                   : title;
}

/* FROM_TEXT: false when only a picture or a tooltip names it. */
static struct str link_title(struct page_context *ctx, uint32_t node,
                             bool *from_text)
{
    const struct page_tree *t = ctx->tree;
    struct str title = node_text(t, node, ctx->a);
    struct str tip = str_trim_wide(node_attr(t, node, STR("title")));
    uint32_t heading = card_heading(t, node), image;

    *from_text = title.n > 0;
    if (title.n > 0) {
        struct str of_card =
            heading == 0 ? STR_NONE : node_text(t, heading, ctx->a);

        return uncut(of_card.n > 0 ? of_card : title, tip);
    }
    image = node_find(t, node, TAG_IMG);
    return tip.n == 0 && image != 0 ? node_attr(t, image, STR("alt")) : tip;
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
            (struct list_row){.node = node, .from_text = from_text};
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
            struct str title = link_title(c->ctx, link, &from_text), host;
            struct str url = link_target(c->ctx, link, &host);

            add_link(c, link, url, title, from_text);
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

size_t title_weight(struct str s)
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
    return words >= 3 || title_weight(s) * 2 > s.n; /* Han: no blanks */
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

bool is_within(const struct page_context *ctx, uint32_t node, uint32_t families,
               bool tags)
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

/* Most links of a page have one host. */
static bool is_of_site(struct collection *c, struct str host)
{
    if (!str_eq(host, c->host)) {
        c->host = host;
        c->is_ours = str_eq(site_of_host(c->ctx->a, host), c->site);
    }
    return c->is_ours;
}

/* Headlines of the page's own site, or only those of others. */
static void find_candidates(struct collection *c, bool elsewhere)
{
    const struct page_tree *t = c->ctx->tree;

    c->found.n = 0;

    for (uint32_t i = 1; i < t->n && c->found.n < CANDIDATES; i++) {
        struct candidate now = {.node = i};
        struct str host;

        if (t->nodes[i].tag != TAG_A || !node_has(t, i, STR("href")) ||
            (c->ctx->marks != NULL &&
             (c->ctx->marks[i].is_hidden || c->ctx->marks[i].is_silent)))
            continue;
        now.title = link_title(c->ctx, i, &now.from_text);
        if (title_weight(now.title) < TITLE_WEIGHT || !has_words(now.title) ||
            utf8_chars(now.title) > 300)
            continue;
        now.url = link_target(c->ctx, i, &host);
        if (now.url.n == 0 ||
            (c->site.n > 0 && is_of_site(c, host) == elsewhere))
            continue;
        now.make = make_of(t, i);
        now.is_aside = is_aside(c->ctx, i);
        *vec_add(c->ctx->a, &c->found) = now;
    }
}

/* What addresses of a site's articles have in common: numbers are as good as any
 * other, and so are the words at the end.  Empty without a number, for then a
 * section's looks the same. */
static struct str address_shape(struct arena *a, struct str url)
{
    size_t last = str_find_last(url, '/');
    char *shape = arena_alloc(a, url.n);
    size_t n = 0;
    bool is_numbered = false;

    for (size_t i = 0; i < url.n; i++) {
        char c = url.p[i];
        bool is_word = i > last && (is_alpha(c) || c == '-');
        char kind = is_digit(c) ? '0' : is_word ? 'a' : c;

        is_numbered = is_numbered || kind == '0';
        if (n == 0 || shape[n - 1] != kind || (kind != '0' && !is_word))
            shape[n++] = kind;
    }
    return is_numbered ? str_of(shape, n) : STR_NONE;
}

static size_t *count_of(struct map *counts, const uint64_t *make)
{
    return map_put(counts, str_of((const char *)make, sizeof *make), NULL);
}

/* Keeps the candidates of which there are several of one make, and those whose
 * addresses look like most of theirs. */
static size_t keep_rows(struct collection *c, bool asides)
{
    struct map makes, shapes;
    size_t rows = 0, kept = 0;

    map_init(&makes, c->ctx->a);
    map_init(&shapes, c->ctx->a);
    for (size_t i = 0; i < c->found.n; i++)
        if (c->found.at[i].is_aside == asides)
            ++*count_of(&makes, &c->found.at[i].make);
    for (size_t i = 0; i < c->found.n; i++) {
        struct candidate *now = &c->found.at[i];

        now->shape = address_shape(c->ctx->a, now->url);
        now->is_row = now->is_aside == asides &&
                      *count_of(&makes, &now->make) >= ROWS_MIN;
        if (now->is_row && now->shape.n > 0)
            ++*map_put(&shapes, now->shape, NULL);
        rows += now->is_row;
    }
    for (size_t i = 0; i < c->found.n; i++) {
        const struct candidate *now = &c->found.at[i];

        if (!now->is_row && (now->is_aside || now->shape.n == 0 ||
                             *map_put(&shapes, now->shape, NULL) * 2 < rows))
            continue;
        add_link(c, now->node, now->url, now->title, now->from_text);
        kept++;
    }
    return kept;
}

static void take_rows(struct collection *c)
{
    find_candidates(c, false);
    if (keep_rows(c, false) >= ROWS_MIN || keep_rows(c, true) >= ROWS_MIN)
        return;
    find_candidates(c, true);
    (void)keep_rows(c, false);
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

/* The nearest line before NODE, beside it or what it is in, that holds a date and
 * no link of the list: the term above a description, the day above a group. */
static uint32_t line_above(const struct collection *c, uint32_t node,
                           struct when *date)
{
    const struct page_tree *t = c->ctx->tree;
    struct when_hints hints = page_when_hints(c->ctx);

    for (int up = 0; up < ABOVE && node != 0; up++) {
        uint32_t parent = t->nodes[node].parent, found = 0;

        if (t->nodes[node].tag == TAG_BODY)
            break;
        for (uint32_t i = parent + 1; i < node; i = t->nodes[i].end) {
            struct str text = node_text(t, i, c->ctx->a);

            if (utf8_chars(text) <= DATE_LINE_CHARS &&
                when_find(text, &hints, date, NULL, NULL))
                found = i;
        }
        if (found != 0)
            return found;
        node = parent;
    }
    return 0;
}

/* No row has a date of its own.  Lines of dates above them are theirs if there
 * are several: one alone may be today's. */
static void find_dates_above(struct collection *c)
{
    struct when *dates = arena_array(c->ctx->a, c->links.n, sizeof *dates);
    uint32_t first = 0;
    bool several = false;

    for (size_t i = 0; i < c->links.n; i++) {
        uint32_t line = line_above(c, teaser_of(c, i), &dates[i]);

        if (when_known(c->links.at[i].date))
            return;
        several = several || (line != 0 && first != 0 && line != first);
        if (first == 0)
            first = line;
    }
    for (size_t i = 0; several && i < c->links.n; i++)
        c->links.at[i].date = dates[i];
}

static void find_dates_in_addresses(struct collection *c)
{
    struct when_hints hints = page_when_hints(c->ctx);

    for (size_t i = 0; i < c->links.n; i++)
        if (!when_known(c->links.at[i].date))
            c->links.at[i].date =
                when_of_address(c->ctx->a, &hints, c->links.at[i].url);
}

bool page_read_list(struct page_context *ctx, struct page *out)
{
    struct collection c = {.ctx = ctx};

    bool is_asked = ctx->hints->links != NULL || ctx->hints->want_list;

    if (ctx->tree == NULL || (!is_asked && !may_be_index(ctx)))
        return false;
    map_init(&c.seen, ctx->a);
    if (ctx->hints->links != NULL) {
        take_picked(&c);
        out->lacks_list = lacks_container(&c);
    } else {
        c.site = site_of_url(ctx->a, ctx->meta->base);
        take_rows(&c);
    }
    for (size_t i = 0; i < c.links.n; i++)
        find_date(&c, i);
    if (!is_asked &&
        !is_index(ctx, &(struct list_rows){c.links.at, c.nodes.at, c.links.n}))
        return false;
    find_dates_above(&c);
    find_dates_in_addresses(&c);
    out->links = c.links.at;
    out->n_links = c.links.n;
    return true;
}
