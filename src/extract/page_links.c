/*
 * List pages: indexes of articles.  With a selector of the owner's only the
 * links it picks are taken, and the page is a list in any case.
 */
#include "base/arena.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "extract/fields.h"
#include "extract/page_meta.h"
#include "text/url.h"

#define LINKS_MAX 200

struct collection {
    struct page_context *ctx;
    struct map seen; /* addresses without fragment */
    struct {
        struct page_link *at;
        size_t n, cap;
    } links;
};

/* The address a link points to, without its fragment; empty if it is no other
 * http page. */
static struct str link_target(struct page_context *ctx, uint32_t node)
{
    struct str href = str_trim(node_attr(ctx->tree, node, STR("href")));
    struct url url;

    if (href.n == 0 || href.p[0] == '#' ||
        !url_parse(ctx->a, href, ctx->hints->url, &url) ||
        !url_is_http(url.href))
        return STR_NONE;
    return url.has_fragment
               ? str_slice(url.href, 0, url.href.n - url.fragment.n - 1)
               : url.href;
}

static void add_link(struct collection *c, uint32_t node)
{
    struct str target = link_target(c->ctx, node);
    bool is_new;
    size_t *index;
    struct str title;

    if (target.n == 0 || c->links.n >= LINKS_MAX)
        return;
    index = map_put(&c->seen, target, &is_new);
    title = node_text(c->ctx->tree, node, c->ctx->a);
    if (title.n == 0)
        title = node_attr(c->ctx->tree, node, STR("title"));
    if (is_new) {
        *index = c->links.n;
        *vec_add(c->ctx->a, &c->links) =
            (struct page_link){.url = target, .title = title};
    } else if (utf8_chars(title) > utf8_chars(c->links.at[*index].title)) {
        /* The picture's link comes first, the headline's has the words. */
        c->links.at[*index].title = title;
    }
}

/* The link a picked element is, holds, or stands in. */
static uint32_t link_of(const struct page_tree *t, uint32_t node)
{
    uint32_t inside;

    if (t->nodes[node].tag == TAG_A)
        return node;
    inside = node_find(t, node, TAG_A);
    if (inside != 0)
        return inside;
    for (int up = 0; up < 4 && node != 0; up++) {
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

        if (link != 0)
            add_link(c, link);
    }
    if (c->links.n == 0)
        note_add(c->ctx->notes, c->ctx->a, NOTE_RULE_UNMATCHED, "links");
}

bool page_read_list(struct page_context *ctx, struct page *out)
{
    struct collection c = {.ctx = ctx};

    if (ctx->tree == NULL || ctx->hints->links == NULL)
        return false;
    map_init(&c.seen, ctx->a);
    take_picked(&c);
    out->links = c.links.at;
    out->n_links = c.links.n;
    return true;
}
