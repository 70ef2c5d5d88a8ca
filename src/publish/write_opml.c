/* OPML 2.0: all topics of the mill in one file that readers import, and all its
 * sources in one that another program does. */
#include "publish/publish.h"

#include "base/buf.h"
#include "publish/markup.h"
#include "publish/words.h"

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

static struct str topic_name(const struct topic_line *t)
{
    return t->title.n > 0 ? t->title : t->id;
}

/* One feed of a topic. */
static void add_feed(struct buf *out, const struct catalogue *c, int indent,
                     const struct topic_line *t, struct str title,
                     struct str file)
{
    markup_indent(out, indent);
    buf_add_str(out, STR("<outline type=\"rss\""));
    markup_attr(out, STR("text"), title);
    markup_attr(out, STR("title"), title);
    markup_attr(out, STR("description"), t->description);
    markup_attr(out, STR("language"), only_language(t->language));
    add_address(out, c, STR("xmlUrl"), t, file);
    if (format_is_in(t->formats, FORMAT_HTML))
        add_address(out, c, STR("htmlUrl"), t, format_file(FORMAT_HTML));
    buf_add_str(out, STR("/>\n"));
}

static void add_outline(struct buf *out, const struct catalogue *c,
                        const struct topic_line *t)
{
    enum edition_format format;

    if (format_to_subscribe(t->formats, &format))
        add_feed(out, c, 4, t, topic_name(t), format_file(format));
}

/* Digests repeat what the feeds have: they are a folder of their own, which
 * readers let their users leave out. */
static void add_digests(struct buf *out, const struct catalogue *c)
{
    struct str word = word_in(WORD_DIGEST, c->language);
    bool is_open = false;

    for (size_t i = 0; i < c->n_topics; i++) {
        const struct topic_line *t = &c->topics[i];
        struct buf title;

        if (!t->has_digest)
            continue;
        if (!is_open) {
            buf_add_str(out, STR("    <outline"));
            markup_attr(out, STR("text"), word);
            buf_add_str(out, STR(">\n"));
            is_open = true;
        }
        buf_init(&title, BUF_MAX);
        buf_printf(&title, "%.*s · %.*s", STR_ARG(topic_name(t)),
                   STR_ARG(word));
        add_feed(out, c, 6, t, buf_str(&title), STR(DIGEST_FILE));
        buf_done(&title);
    }
    if (is_open)
        buf_add_str(out, STR("    </outline>\n"));
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
    add_digests(out, c);
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
