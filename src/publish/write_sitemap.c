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
    /* A topic without an entry yet was never updated. */
    if (when_known(updated) && updated.unix_seconds > 0) {
        buf_add_str(out, STR("    <lastmod>"));
        add_rfc3339(out, updated);
        buf_add_str(out, STR("</lastmod>\n"));
    }
    buf_add_str(out, STR("  </url>\n"));
}

void catalogue_write_sitemap(const struct catalogue *c, struct buf *out)
{
    buf_add_str(
        out, STR("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset "
                 "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"));
    add_url(out, c->base_url, STR_NONE, (struct when){0});
    for (size_t i = 0; i < c->n_topics; i++)
        add_url(out, c->base_url, c->topics[i].id,
                c->topics[i].is_kept ? (struct when){0} : c->topics[i].updated);
    buf_add_str(out, STR("</urlset>\n"));
}
