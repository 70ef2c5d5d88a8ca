/*
 * RSS 2.0 with content:encoded, dc:creator and atom:link, for readers that know
 * no Atom.  guid is the entry's atom:id, so that a reader who changes formats
 * keeps what was read.
 */
#include "publish/writers.h"

#include "base/buf.h"
#include "publish/entry_parts.h"
#include "publish/markup.h"
#include "publish/media.h"
#include "text/url.h"

static void add_date(struct buf *b, int indent, struct str name, struct when w)
{
    char date[WHEN_CHARS + 8];

    when_rfc822(w, date);
    markup_element(b, indent, name, str_from_c(date));
}

static void add_hub(struct buf *b, const struct edition *ed)
{
    buf_add_str(b, STR("    <atom:link rel=\"hub\""));
    markup_attr(b, STR("href"), ed->hub);
    buf_add_str(b, STR("/>\n"));
}

/* A link to one of the files beside this one. */
static void add_own_link(struct buf *b, const struct edition *ed,
                         struct str rel, struct str file)
{
    struct buf address;

    buf_init(&address, BUF_MAX);
    edition_address(ed, file, &address);
    buf_add_str(b, STR("    <atom:link"));
    markup_attr(b, STR("rel"), rel);
    markup_attr(b, STR("type"), format_mime(FORMAT_RSS));
    markup_attr(b, STR("href"), buf_str(&address));
    buf_add_str(b, STR("/>\n"));
    buf_done(&address);
}

static void add_archive_link(struct buf *b, const struct edition *ed,
                             struct str rel, int64_t number)
{
    struct buf file;

    buf_init(&file, BUF_MAX);
    archive_file(FORMAT_RSS, number, &file);
    add_own_link(b, ed, rel, buf_str(&file));
    buf_done(&file);
}

/* A channel must have a link; without a base_url its id, a URN, is the only
 * address there is. */
static void add_channel_link(struct buf *b, const struct edition *ed)
{
    struct buf address;

    buf_init(&address, BUF_MAX);
    edition_address(ed, STR_NONE, &address);
    markup_element(b, 4, STR("link"),
                   address.n > 0 ? buf_str(&address) : ed->id);
    buf_done(&address);
}

static void add_creators(struct buf *b, const struct edition *ed,
                         const struct entry *e)
{
    size_t before = b->n;

    for (size_t i = 0; i < e->item->authors.n; i++)
        markup_element(b, 6, STR("dc:creator"), e->item->authors.at[i].name);
    if (b->n == before)
        markup_element(b, 6, STR("dc:creator"), entry_credit(ed, e));
}

/* RSS knows one enclosure an item, and demands its length and type; all of
 * several are there as media:content. */
static void add_attachments(struct buf *b, const struct links *attachments)
{
    const struct link *l = attachments->at;

    if (attachments->n == 0 || l->href.n == 0)
        return;
    buf_add_str(b, STR("      <enclosure"));
    markup_attr(b, STR("url"), l->href);
    buf_printf(b, " length=\"%lld\"",
               (long long)(l->length > 0 ? l->length : 0));
    markup_attr(b, STR("type"), media_type(l));
    buf_add_str(b, STR("/>\n"));
    for (size_t i = 0; i < attachments->n && attachments->n > 1; i++)
        media_content(b, 6, &attachments->at[i]);
}

static void add_rights(struct buf *b, const struct item *item)
{
    if (item->feed != NULL)
        markup_element(b, 6, STR("dc:rights"), item->feed->f.rights.value);
}

static void add_language(struct buf *b, const struct edition *ed,
                         const struct item *item)
{
    struct str language = only_language(item->language);

    if (!str_eq_nocase(language, ed->language))
        markup_element(b, 6, STR("dc:language"), language);
}

static void add_source(struct buf *b, const struct entry *e)
{
    struct str url = e->source_feed.n > 0 ? e->source_feed : e->source_url;

    if (!url_is_http(url))
        return;
    buf_add_str(b, STR("      <source"));
    markup_attr(b, STR("url"), url);
    buf_add_char(b, '>');
    markup_text(b, e->source_name.n > 0 ? e->source_name : url);
    buf_add_str(b, STR("</source>\n"));
}

/* The description is HTML by custom: plain text is escaped once more, and in a
 * paragraph only where that has something to say. */
static void add_description(struct buf *b, const struct entry *e)
{
    struct buf html;

    buf_init(&html, BUF_MAX);
    if (entry_is_rtl(e))
        entry_summary(e, &html);
    else
        markup_text(&html, e->item->summary);
    markup_element(b, 6, STR("description"), buf_str(&html));
    buf_done(&html);
}

static void add_content(struct buf *b, const struct edition *ed,
                        const struct entry *e)
{
    struct buf html;

    buf_init(&html, BUF_MAX);
    entry_html(ed, e, &html);
    markup_element(b, 6, STR("content:encoded"), buf_str(&html));
    buf_done(&html);
}

static void add_item(struct buf *b, const struct edition *ed,
                     const struct entry *e)
{
    buf_add_str(b, STR("    <item>\n"));
    markup_element(b, 6, STR("title"), entry_title(ed, e));
    markup_element(b, 6, STR("link"), entry_url(e));
    buf_add_str(b, STR("      <guid isPermaLink=\"false\">"));
    markup_text(b, e->atom_id);
    buf_add_str(b, STR("</guid>\n"));
    add_date(b, 6, STR("pubDate"), e->published);
    add_creators(b, ed, e);
    for (size_t i = 0; i < e->item->tags.n; i++)
        markup_element(b, 6, STR("category"), e->item->tags.at[i]);
    add_source(b, e);
    add_attachments(b, &e->item->attachments);
    media_picture(b, 6, e->item);
    add_rights(b, e->item);
    add_language(b, ed, e->item);
    add_description(b, e);
    add_content(b, ed, e);
    buf_add_str(b, STR("    </item>\n"));
}

/* ---- the document --------------------------------------------------------- */

static void add_head(struct buf *b, const struct edition *ed,
                     struct when updated, bool is_archive)
{
    markup_xml(b, STR("../feed.css"));
    buf_add_str(
        b, STR("<rss version=\"2.0\""
               " xmlns:atom=\"http://www.w3.org/2005/Atom\""
               " xmlns:content=\"http://purl.org/rss/1.0/modules/content/\""
               " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""));
    if (is_archive)
        markup_attr(b, STR("xmlns:fh"),
                    STR("http://purl.org/syndication/history/1.0"));
    media_namespace(b);
    buf_add_str(b, STR(">\n  <channel>\n"));
    markup_element(b, 4, STR("title"), edition_title(ed));
    add_channel_link(b, ed);
    markup_element(b, 4, STR("description"),
                   ed->description.n > 0 ? ed->description : edition_title(ed));
    markup_element(b, 4, STR("language"), only_language(ed->language));
    if (when_known(updated))
        add_date(b, 4, STR("lastBuildDate"), updated);
    markup_element(b, 4, STR("generator"), STR("feedmill"));
}

void write_rss(const struct edition *ed, struct buf *out, struct span *spans)
{
    add_head(out, ed, ed->updated, false);
    if (ed->base_url.n > 0)
        add_own_link(out, ed, STR("self"), format_file(FORMAT_RSS));
    if (edition_has_hub(ed))
        add_hub(out, ed);
    if (ed->newest_archive > 0)
        add_archive_link(out, ed, STR("prev-archive"), ed->newest_archive);
    for (size_t i = 0; i < ed->n_entries; i++) {
        const struct entry *e = &ed->entries[i];
        size_t from = out->n;

        if (e->ready != NULL)
            buf_add_str(out, e->ready[FORMAT_RSS]);
        else
            add_item(out, ed, e);
        if (spans != NULL)
            spans[i] = (struct span){from, out->n};
    }
    buf_add_str(out, STR("  </channel>\n</rss>\n"));
}

/* RSS knows no tombstones: what was retracted is just gone. */
void write_rss_archive(const struct archive_page *page, struct buf *out)
{
    const struct edition *ed = page->edition;

    add_head(out, ed, page->updated, true);
    add_archive_link(out, ed, STR("self"), page->number);
    add_own_link(out, ed, STR("current"), format_file(FORMAT_RSS));
    if (page->number > 1)
        add_archive_link(out, ed, STR("prev-archive"), page->number - 1);
    if (page->has_next)
        add_archive_link(out, ed, STR("next-archive"), page->number + 1);
    buf_add_str(out, STR("    <fh:archive/>\n"));
    for (size_t i = 0; i < page->n_entries; i++)
        buf_add_str(out, page->entries[i]);
    buf_add_str(out, STR("  </channel>\n</rss>\n"));
}
