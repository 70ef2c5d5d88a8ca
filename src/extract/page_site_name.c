/*
 * What a page calls itself: declared in the head, or the part of its title that
 * also names a link to the home page, that the address spells out, or, in a plain
 * text, that stands alone in one of the first lines.
 */
#include "extract/page_title.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "extract/page_baits.h"
#include "extract/page_meta.h"
#include "extract/page_title_clean.h"
#include "text/url.h"

#define HOME_LINKS 12 /* that are read */

static bool is_home_link(struct page_context *ctx, uint32_t node)
{
    struct str href = str_trim(node_attr(ctx->tree, node, STR("href")));
    struct url url, page;

    if (str_eq(href, STR("/")) || str_eq(href, STR("./")))
        return true;
    if (!url_is_http(href) || !url_parse(ctx->a, href, STR_NONE, &url))
        return false;
    return (url.path.n <= 1 && !url.has_query &&
            url_parse(ctx->a, ctx->hints->url, STR_NONE, &page) &&
            str_eq(url.host, page.host));
}

/* The words of a link, of its picture, or of its title attribute. */
static struct str link_words(struct page_context *ctx, uint32_t node)
{
    const struct page_tree *t = ctx->tree;
    struct str text = node_text(t, node, ctx->a);

    if (text.n == 0) {
        uint32_t image = node_find(t, node, TAG_IMG);

        text = image != 0 ? node_attr(t, image, STR("alt")) : STR_NONE;
    }
    if (text.n == 0)
        text = node_attr(t, node, STR("title"));
    return arena_line(ctx->a, text);
}

static bool is_home(struct page_context *ctx)
{
    struct url url;

    return url_parse(ctx->a, ctx->hints->url, STR_NONE, &url) &&
           url.path.n <= 1 && !url.has_query;
}

/* The part of the title that LINK, a link's words, says too; all of the title
 * only on another page than the home page. */
static struct str part_of_title(struct page_context *ctx,
                                const struct segments *g, struct str link)
{
    struct str key = title_letters(ctx, link), title = ctx->meta->title;

    if (key.n <= 1)
        return STR_NONE;
    if (str_eq(title_letters(ctx, title), key))
        return is_home(ctx) ? STR_NONE : title;
    for (size_t k = g->n; k > 0; k--)
        if (str_eq(title_letters(ctx, g->at[k - 1]), key))
            return g->at[k - 1];
    return title_after_name(title, link) > 0 ||
                   title_before_name(title, link) < title.n
               ? link
               : STR_NONE;
}

/* The last or first part of the title that also names a link to the home page
 * or its picture. */
static struct str site_by_home_link(struct page_context *ctx)
{
    const struct page_tree *t = ctx->tree;
    struct segments g;
    size_t links = 0;

    title_cut(ctx->meta->title, &g);
    for (uint32_t i = 1; i < t->n && links < HOME_LINKS && g.n > 0; i++) {
        struct str part;

        if (t->nodes[i].tag != TAG_A || !is_home_link(ctx, i))
            continue;
        links++;
        part = part_of_title(ctx, &g, link_words(ctx, i));
        if (part.n > 0)
            return part;
    }
    return STR_NONE;
}

bool title_site_is_linked(struct page_context *ctx)
{
    const struct page_tree *t = ctx->tree;
    struct str site = title_letters(ctx, ctx->meta->site_name);
    struct url url;
    size_t links = 0;

    if (site.n == 0)
        return false;
    for (uint32_t i = 1; i < t->n && links < HOME_LINKS; i++) {
        if (t->nodes[i].tag != TAG_A || !is_home_link(ctx, i))
            continue;
        links++;
        if (str_eq(title_letters(ctx, link_words(ctx, i)), site))
            return true;
    }
    return url_parse(ctx->a, ctx->hints->url, STR_NONE, &url) &&
           str_has(title_letters(ctx, url.host), site);
}

/* A last part of the title that the page's address spells out. */
static struct str site_by_address(struct page_context *ctx)
{
    struct segments g;
    struct url url;
    struct str key;

    title_cut(ctx->meta->title, &g);
    if (g.n < 2 || !url_parse(ctx->a, ctx->hints->url, STR_NONE, &url))
        return STR_NONE;
    for (int end = 0; end < 2; end++) {
        struct str part = g.at[end == 0 ? g.n - 1 : 0];

        key = title_letters(ctx, part);
        if (key.n >= 4 && str_has(title_letters(ctx, url.host), key))
            return part;
    }
    return STR_NONE;
}

/* True if LINE ends in a divider and NAME: "A title_Some Site". */
static bool ends_in_name(struct str line, struct str name)
{
    struct segments g;

    if (!str_ends(line, name))
        return false;
    title_cut(line, &g);
    return g.n > 1 && str_eq(g.at[g.n - 1], name);
}

/* In a plain text: a short first line that the title's line begins or ends
 * with. */
static struct str site_by_first_lines(struct page_context *ctx)
{
    const struct blocks *b = &ctx->blocks;

    for (size_t i = 0; i < b->n && i < 4; i++) {
        struct str name = b->at[i].text;

        if (b->at[i].chars < 2 || b->at[i].chars > 16)
            continue;
        for (size_t k = i + 1; k < b->n && k < i + 8; k++) {
            struct str line = baits_off(ctx, b->at[k].text);

            if (ends_in_name(line, name) ||
                (str_starts(line, name) &&
                 title_prefix_end(ctx, line) > name.n))
                return name;
        }
    }
    return STR_NONE;
}

struct str title_site_name(struct page_context *ctx)
{
    static const struct str names[] = {
        STR_INIT("og:site_name"), STR_INIT("application-name"),
        STR_INIT("apple-mobile-web-app-title"), STR_INIT("dc.publisher")};
    struct str site;

    if (ctx->tree == NULL)
        return site_by_first_lines(ctx);
    site = meta_get(ctx->meta, names[0]);
    if (site.n == 0)
        site = ctx->meta->ld_site;
    if (site.n == 0)
        site = site_by_home_link(ctx);
    for (size_t i = 1; i < sizeof names / sizeof names[0] && site.n == 0; i++)
        site = meta_get(ctx->meta, names[i]);
    if (site.n == 0)
        site = site_by_address(ctx);
    return utf8_chars(site) <= 80 ? str_trim_wide(site) : STR_NONE;
}
