/* output/health.xml: an Atom feed of ailing sources, for the operator.  An entry
 * is one ailment: its id holds from its beginning to its end, and the next one
 * of the same source has another. */
#include "publish/publish.h"

#include "base/buf.h"
#include "base/hash.h"
#include "publish/markup.h"

static void add_moment(struct buf *b, int indent, struct str name, int64_t t)
{
    char text[WHEN_CHARS];

    when_rfc3339((struct when){.unix_seconds = t, .precision = WHEN_SECOND},
                 text);
    markup_element(b, indent, name, str_from_c(text));
}

static void add_ailment(struct buf *b, const struct ailment *a)
{
    struct str name = a->name.n > 0 ? a->name : a->source;
    char id[UUID_URN_CHARS + 1];
    struct buf text;

    buf_init(&text, BUF_MAX);
    buf_printf(&text, "%.*s %.*s %lld", STR_ARG(a->source), STR_ARG(a->state),
               (long long)a->since);
    hash128_uuid(hash128(buf_str(&text)), id);
    buf_add_str(b, STR("  <entry>\n"));
    markup_element(b, 4, STR("id"), str_from_c(id));
    buf_reset(&text);
    buf_printf(&text, "%.*s: %.*s", STR_ARG(name), STR_ARG(a->state));
    markup_element(b, 4, STR("title"), buf_str(&text));
    add_moment(b, 4, STR("published"), a->since);
    add_moment(b, 4, STR("updated"), a->since);
    buf_add_str(b, STR("    <content type=\"text\">"));
    markup_text(b, a->source);
    if (a->error.n > 0) {
        buf_add_str(b, STR(": "));
        markup_text(b, a->error);
    }
    buf_add_str(b, STR("</content>\n  </entry>\n"));
    buf_done(&text);
}

void health_write(const struct health *h, struct buf *out)
{
    char id[UUID_URN_CHARS + 1];
    struct buf text;

    buf_init(&text, BUF_MAX);
    buf_add_str(&text, h->mill_id);
    buf_add_str(&text, STR(" health"));
    hash128_uuid(hash128(buf_str(&text)), id);
    markup_xml(out, STR("feed.css"));
    buf_add_str(out, STR("<feed xmlns=\"http://www.w3.org/2005/Atom\">\n"));
    markup_element(out, 2, STR("id"), str_from_c(id));
    buf_reset(&text);
    buf_printf(&text, "%.*s: health of the sources", STR_ARG(h->title));
    markup_element(out, 2, STR("title"), buf_str(&text));
    add_moment(out, 2, STR("updated"), h->updated);
    buf_add_str(out, STR("  <author>\n"));
    markup_element(out, 4, STR("name"), h->author);
    buf_add_str(out, STR("  </author>\n"));
    if (h->base_url.n > 0) {
        buf_reset(&text);
        buf_add_str(&text, h->base_url);
        buf_add_str(&text, STR("health.xml"));
        buf_add_str(out, STR("  <link rel=\"self\""));
        markup_attr(out, STR("href"), buf_str(&text));
        buf_add_str(out, STR("/>\n"));
    }
    for (size_t i = 0; i < h->n_ailments; i++)
        add_ailment(out, &h->ailments[i]);
    buf_add_str(out, STR("</feed>\n"));
    buf_done(&text);
}
