/* The sitemap (sitemaps.org, 0.9): the mill's page and that of each topic, for
 * search engines. */
#include "publish/publish.h"

#include "base/buf.h"
#include "publish/entry_parts.h"
#include "publish/markup.h"

static void add_url(struct buf *out, struct str base, struct str folder,
                    struct when updated)
{
    buf_add_str(out, STR("  <url>\n    <loc>"));
    markup_text(out, base);
    if (folder.n > 0) {
        markup_text(out, folder);
        buf_add_char(out, '/');
    }
    buf_add_str(out, STR("</loc>\n"));
    /* A topic that was never published was never updated. */
    if (when_known(updated) && updated.unix_seconds > 0) {
        buf_add_str(out, STR("    <lastmod>"));
        add_rfc3339(out, updated);
        buf_add_str(out, STR("</lastmod>\n"));
    }
    buf_add_str(out, STR("  </url>\n"));
}

#define URLS_MAX 50000 /* of one sitemap, by the protocol */

/* Pages of days: of more than fit, the oldest of each topic are left out; the
 * others lead to them. */
static void add_days(struct buf *out, const struct catalogue *c, size_t most)
{
    for (size_t i = 0; i < c->n_topics; i++) {
        const struct topic_line *t = &c->topics[i];

        for (size_t k = 0; k < t->days.n && k < most; k++) {
            buf_add_str(out, STR("  <url>\n    <loc>"));
            markup_text(out, c->base_url);
            buf_printf(out, "%.*s/%.*s.html</loc>\n  </url>\n", STR_ARG(t->id),
                       STR_ARG(t->days.at[k]));
        }
    }
}

void catalogue_write_sitemap(const struct catalogue *c, struct buf *out)
{
    buf_add_str(
        out, STR("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset "
                 "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"));
    add_url(out, c->base_url, STR_NONE, (struct when){0});
    for (size_t i = 0; i < c->n_topics; i++)
        if (format_is_in(c->topics[i].formats, FORMAT_HTML))
            add_url(out, c->base_url, c->topics[i].id,
                    c->topics[i].is_kept ? (struct when){0}
                                         : c->topics[i].updated);
    if (c->n_topics > 0 && c->n_topics < URLS_MAX)
        add_days(out, c, (URLS_MAX - 1 - c->n_topics) / c->n_topics);
    buf_add_str(out, STR("</urlset>\n"));
}
