/*
 * Digests: an Atom feed with one entry for each day or week that is over, which
 * lists what the topic published in it.  The id of such an entry is made from
 * the topic's and the period's name.
 */
#include "publish/publish.h"

#include "base/buf.h"
#include "base/hash.h"
#include "publish/entry_parts.h"
#include "publish/markup.h"
#include "publish/words.h"
#include "text/url.h"

void digest_line(const struct edition *ed, const struct entry *e,
                 struct buf *out)
{
    struct str url = entry_url(e), title = entry_title(ed, e);

    buf_add_str(out, entry_is_rtl(e) ? STR("<li dir=\"rtl\">") : STR("<li>"));
    if (url_is_http(url)) {
        buf_add_str(out, STR("<a"));
        markup_attr(out, STR("href"), url);
        buf_add_char(out, '>');
    }
    markup_text(out, title);
    if (url_is_http(url))
        buf_add_str(out, STR("</a>"));
    buf_add_str(out, STR(" · "));
    markup_text(out, entry_credit(ed, e));
    if (e->item->summary.n > 0 && !str_eq(e->item->summary, title)) {
        buf_add_str(out, STR("<br>"));
        markup_text(out, e->item->summary);
    }
    buf_add_str(out, STR("</li>\n"));
}

static void add_id(struct buf *b, int indent, const struct edition *ed,
                   struct str name)
{
    char id[UUID_URN_CHARS + 1];
    struct buf text;

    buf_init(&text, BUF_MAX);
    buf_printf(&text, "%.*s digest %.*s", STR_ARG(ed->id), STR_ARG(name));
    hash128_uuid(hash128(buf_str(&text)), id);
    markup_element(b, indent, STR("id"), str_from_c(id));
    buf_done(&text);
}

static void add_title(struct buf *b, int indent, const struct edition *ed,
                      struct str name)
{
    struct buf text;

    buf_init(&text, BUF_MAX);
    buf_printf(&text, "%.*s · %.*s", STR_ARG(edition_title(ed)), STR_ARG(name));
    markup_element(b, indent, STR("title"), buf_str(&text));
    buf_done(&text);
}

static void add_date(struct buf *b, int indent, struct str name, struct when w)
{
    char text[WHEN_CHARS];

    when_rfc3339(w, text);
    markup_element(b, indent, name, str_from_c(text));
}

static void add_link(struct buf *b, int indent, const struct edition *ed,
                     struct str rel, struct str type, struct str file)
{
    struct buf address;

    if (ed->base_url.n == 0)
        return;
    buf_init(&address, BUF_MAX);
    edition_address(ed, file, &address);
    markup_indent(b, indent);
    buf_add_str(b, STR("<link"));
    markup_attr(b, STR("rel"), rel);
    markup_attr(b, STR("type"), type);
    markup_attr(b, STR("href"), buf_str(&address));
    buf_add_str(b, STR("/>\n"));
    buf_done(&address);
}

static void add_period(struct buf *b, const struct edition *ed,
                       const struct digest_period *p)
{
    buf_add_str(b, STR("  <entry>\n"));
    add_id(b, 4, ed, p->name);
    add_title(b, 4, ed, p->name);
    add_date(b, 4, STR("published"), p->ends);
    add_date(b, 4, STR("updated"), p->updated);
    add_link(b, 4, ed, STR("alternate"), STR("text/html"), STR_NONE);
    buf_add_str(b, STR("    <content type=\"html\">"));
    markup_text(b, STR("<ul>\n"));
    for (size_t i = 0; i < p->n_lines; i++)
        markup_text(b, p->lines[i]);
    markup_text(b, STR("</ul>\n"));
    buf_add_str(b, STR("</content>\n  </entry>\n"));
}

void digest_write(const struct digest *d, struct buf *out)
{
    const struct edition *ed = d->edition;

    markup_xml(out, STR("../feed.css"));
    buf_add_str(out, STR("<feed xmlns=\"http://www.w3.org/2005/Atom\""));
    markup_attr(out, STR("xml:lang"), only_language(ed->language));
    buf_add_str(out, STR(">\n"));
    add_id(out, 2, ed, STR_NONE);
    add_title(out, 2, ed, word_in(WORD_DIGEST, ed->language));
    add_date(out, 2, STR("updated"), d->updated);
    buf_add_str(out, STR("  <author>\n"));
    markup_element(out, 4, STR("name"), edition_author(ed));
    buf_add_str(out, STR("  </author>\n"));
    add_link(out, 2, ed, STR("self"), format_mime(FORMAT_ATOM),
             STR(DIGEST_FILE));
    add_link(out, 2, ed, STR("alternate"), STR("text/html"), STR_NONE);
    markup_element(out, 2, STR("generator"), STR("feedmill"));
    for (size_t i = 0; i < d->n_periods; i++)
        add_period(out, ed, &d->periods[i]);
    buf_add_str(out, STR("</feed>\n"));
}
