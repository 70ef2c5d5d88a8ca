/* OPML 2.0: all topics of the mill in one file that readers import, and all its
 * sources in one that another program does. */
#include "publish/publish.h"

#include "base/buf.h"
#include "publish/markup.h"

static void add_address(struct buf *out, const struct catalogue *c,
                        struct str attr, const struct topic_line *t,
                        struct str file)
{
    struct buf address;

    buf_init(&address, BUF_MAX);
    buf_add_str(&address, c->base_url);
    buf_add_str(&address, t->id);
    buf_add_char(&address, '/');
    buf_add_str(&address, file);
    markup_attr(out, attr, buf_str(&address));
    buf_done(&address);
}

static void add_outline(struct buf *out, const struct catalogue *c,
                        const struct topic_line *t)
{
    struct str title = t->title.n > 0 ? t->title : t->id;

    buf_add_str(out, STR("    <outline type=\"rss\""));
    markup_attr(out, STR("text"), title);
    markup_attr(out, STR("title"), title);
    markup_attr(out, STR("description"), t->description);
    markup_attr(out, STR("language"), only_language(t->language));
    add_address(out, c, STR("xmlUrl"), t, format_file(FORMAT_ATOM));
    add_address(out, c, STR("htmlUrl"), t, format_file(FORMAT_HTML));
    buf_add_str(out, STR("/>\n"));
}

void catalogue_write_opml(const struct catalogue *c, struct buf *out)
{
    buf_add_str(out, STR("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                         "<opml version=\"2.0\">\n  <head>\n"));
    markup_element(out, 4, STR("title"), c->title);
    markup_element(out, 4, STR("ownerName"), c->author);
    buf_add_str(out, STR("  </head>\n  <body>\n"));
    for (size_t i = 0; i < c->n_topics; i++)
        add_outline(out, c, &c->topics[i]);
    buf_add_str(out, STR("  </body>\n</opml>\n"));
}

void sources_write_opml(struct str title, const struct source_group *groups,
                        size_t n_groups, struct buf *out)
{
    buf_add_str(out, STR("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                         "<opml version=\"2.0\">\n  <head>\n"));
    markup_element(out, 4, STR("title"), title);
    buf_add_str(out, STR("  </head>\n  <body>\n"));
    for (size_t i = 0; i < n_groups; i++) {
        buf_add_str(out, STR("    <outline"));
        markup_attr(out, STR("text"), groups[i].title);
        buf_add_str(out, STR(">\n"));
        for (size_t k = 0; k < groups[i].n_sources; k++) {
            const struct source_ref *s = &groups[i].sources[k];

            buf_add_str(out, STR("      <outline type=\"rss\""));
            markup_attr(out, STR("text"), s->name);
            markup_attr(out, STR("xmlUrl"), s->url);
            markup_attr(out, STR("htmlUrl"), s->home_url);
            buf_add_str(out, STR("/>\n"));
        }
        buf_add_str(out, STR("    </outline>\n"));
    }
    buf_add_str(out, STR("  </body>\n</opml>\n"));
}
