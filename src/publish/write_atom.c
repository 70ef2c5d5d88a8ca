/*
 * Atom 1.0 (RFC 4287): the product.  The order of elements is fixed, every
 * optional one is left out when we do not know it, and what the grammar
 * restricts (IRIs, media types, language tags, mail addresses) is written only
 * when it fits, so that the file is valid whatever a source said.
 */
#include "publish/writers.h"

#include "base/buf.h"
#include "base/hash.h"
#include "publish/entry_parts.h"
#include "publish/markup.h"
#include "publish/media.h"
#include "text/url.h"

static void add_date(struct buf *b, int indent, struct str name, struct when w)
{
    markup_indent(b, indent);
    buf_printf(b, "<%.*s>", STR_ARG(name));
    add_rfc3339(b, w);
    buf_printf(b, "</%.*s>\n", STR_ARG(name));
}

static void add_link(struct buf *b, int indent, const struct link *l)
{
    if (l->href.n == 0)
        return;
    markup_indent(b, indent);
    buf_add_str(b, STR("<link"));
    markup_attr(b, STR("rel"), l->rel);
    markup_attr(b, STR("type"), only_mime(l->type));
    markup_attr(b, STR("hreflang"), only_language(l->hreflang));
    markup_attr(b, STR("href"), l->href);
    markup_attr(b, STR("title"), l->title);
    if (l->length >= 0)
        buf_printf(b, " length=\"%lld\"", (long long)l->length);
    buf_add_str(b, STR("/>\n"));
}

static void add_plain_link(struct buf *b, int indent, struct str rel,
                           struct str href, struct str title)
{
    struct link l = {.rel = rel, .href = href, .title = title, .length = -1};

    add_link(b, indent, &l);
}

/* A link to one of the files beside this one. */
static void add_own_link(struct buf *b, const struct edition *ed,
                         struct str rel, struct str type, struct str file)
{
    struct link l = {.rel = rel, .type = type, .length = -1};
    struct buf address;

    buf_init(&address, BUF_MAX);
    edition_address(ed, file, &address);
    l.href = buf_str(&address);
    add_link(b, 2, &l);
    buf_done(&address);
}

static void add_person(struct buf *b, struct str element,
                       const struct person *p)
{
    struct str name = p->name.n > 0    ? p->name
                      : p->email.n > 0 ? p->email
                                       : p->url;

    if (name.n == 0)
        return;
    buf_printf(b, "    <%.*s>\n", STR_ARG(element));
    markup_element(b, 6, STR("name"), name);
    markup_element(b, 6, STR("uri"), only_iri(p->url));
    markup_element(b, 6, STR("email"), only_email(p->email));
    buf_printf(b, "    </%.*s>\n", STR_ARG(element));
}

static void add_authors(struct buf *b, const struct edition *ed,
                        const struct entry *e)
{
    size_t before = b->n;
    struct person credit = {.name = entry_credit(ed, e)};

    for (size_t i = 0; i < e->item->authors.n; i++)
        add_person(b, STR("author"), &e->item->authors.at[i]);
    if (b->n == before)
        add_person(b, STR("author"), &credit);
    if (e->item->feed == NULL)
        return;
    for (size_t i = 0; i < e->item->feed->f.contributors.n; i++)
        add_person(b, STR("contributor"), &e->item->feed->f.contributors.at[i]);
}

static void add_category(struct buf *b, const struct category *c)
{
    struct str term = c->term.n > 0 ? c->term : c->label;

    if (term.n == 0)
        return;
    buf_add_str(b, STR("    <category"));
    markup_attr(b, STR("term"), term);
    markup_attr(b, STR("scheme"), only_iri(c->scheme));
    markup_attr(b, STR("label"), c->label);
    buf_add_str(b, STR("/>\n"));
}

static bool is_repeated(const struct categories *list, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (str_eq(list->at[i].term, list->at[at].term) &&
            str_eq(list->at[i].scheme, list->at[at].scheme) &&
            str_eq(list->at[i].label, list->at[at].label))
            return true;
    return false;
}

/* The tags; a feed's own categories know their schemes as well. */
static void add_categories(struct buf *b, const struct item *item)
{
    if (item->feed != NULL && item->feed->f.categories.n > 0) {
        for (size_t i = 0; i < item->feed->f.categories.n; i++)
            if (!is_repeated(&item->feed->f.categories, i))
                add_category(b, &item->feed->f.categories.at[i]);
        return;
    }
    for (size_t i = 0; i < item->tags.n; i++) {
        struct category c = {.term = item->tags.at[i]};

        add_category(b, &c);
    }
}

static bool is_repeated_link(const struct links *list, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (str_eq(list->at[i].href, list->at[at].href))
            return true;
    return false;
}

static void add_links(struct buf *b, const struct entry *e)
{
    struct str url = entry_url(e), origin = e->item->source_url;

    add_plain_link(b, 4, STR("alternate"), url, STR_NONE);
    if (url_is_http(origin) && !str_eq(origin, url))
        add_plain_link(b, 4, STR("via"), origin, e->item->source);
    if (url_is_http(e->source_url) && !str_eq(e->source_url, url) &&
        !str_eq(e->source_url, origin))
        add_plain_link(b, 4, STR("via"), e->source_url, e->source_name);
    for (size_t i = 0; i < e->n_alternates; i++)
        if (url_is_http(e->alternates[i].url))
            add_plain_link(b, 4, STR("related"), e->alternates[i].url,
                           e->alternates[i].title);
    for (size_t i = 0; i < e->item->attachments.n; i++) {
        struct link l = e->item->attachments.at[i];

        if (is_repeated_link(&e->item->attachments, i))
            continue;
        l.rel = STR("enclosure");
        l.type = media_type(&l);
        if (l.length == 0) /* what feeds write for not known */
            l.length = -1;
        add_link(b, 4, &l);
    }
}

/* atom:source: where the entry was taken from.  Its id is the source's own, its
 * address, or, for a saved file without one, a name made from its own. */
static void add_source(struct buf *b, const struct entry *e)
{
    struct str id = only_iri(e->source_feed_id);
    char urn[UUID_URN_CHARS + 1];

    if (e->source_name.n == 0 && e->source_url.n == 0)
        return;
    if (id.n == 0 && url_is_http(e->source_url))
        id = only_iri(e->source_url);
    if (id.n == 0) {
        hash128_uuid(
            hash128(e->source_url.n > 0 ? e->source_url : e->source_name), urn);
        id = str_from_c(urn);
    }
    buf_add_str(b, STR("    <source>\n"));
    markup_element(b, 6, STR("id"), id);
    markup_element(b, 6, STR("title"),
                   e->source_name.n > 0 ? e->source_name : e->source_url);
    /* The newest thing we know of a source that does not say is this entry. */
    add_date(b, 6, STR("updated"),
             when_known(e->source_updated) ? e->source_updated
                                           : entry_updated(e));
    if (url_is_http(e->source_url))
        add_plain_link(b, 6, STR("alternate"), e->source_url, STR_NONE);
    if (url_is_http(e->source_feed))
        add_plain_link(b, 6, STR("self"), e->source_feed, STR_NONE);
    buf_add_str(b, STR("    </source>\n"));
}

static void add_typed(struct buf *b, struct str name, const struct text *t)
{
    if (t->value.n == 0)
        return;
    buf_printf(b, "    <%.*s%s>", STR_ARG(name),
               t->type == TEXT_PLAIN ? "" : " type=\"html\"");
    markup_text(b, t->value);
    buf_printf(b, "</%.*s>\n", STR_ARG(name));
}

static void add_content(struct buf *b, const struct edition *ed,
                        const struct entry *e)
{
    struct buf html;

    buf_init(&html, BUF_MAX);
    entry_html(ed, e, &html);
    buf_add_str(b, STR("    <content type=\"html\">"));
    markup_text(b, buf_str(&html));
    buf_add_str(b, STR("</content>\n"));
    buf_done(&html);
}

static void add_entry(struct buf *b, const struct edition *ed,
                      const struct entry *e)
{
    struct str language = only_language(e->item->language);

    buf_add_str(b, STR("  <entry"));
    if (!str_eq_nocase(language, ed->language))
        markup_attr(b, STR("xml:lang"), language);
    buf_add_str(b, STR(">\n"));
    markup_element(b, 4, STR("id"), e->atom_id);
    markup_element(b, 4, STR("title"), entry_title(ed, e));
    add_date(b, 4, STR("published"), e->published);
    add_date(b, 4, STR("updated"), entry_updated(e));
    add_authors(b, ed, e);
    add_links(b, e);
    add_categories(b, e->item);
    if (e->item->feed != NULL)
        add_typed(b, STR("rights"), &e->item->feed->f.rights);
    add_source(b, e);
    media_picture(b, 4, e->item);
    markup_element(b, 4, STR("summary"), e->item->summary);
    add_content(b, ed, e);
    buf_add_str(b, STR("  </entry>\n"));
}

static void add_tombstone(struct buf *b, const struct tombstone *t)
{
    char when[WHEN_CHARS];

    when_rfc3339(t->when, when);
    buf_add_str(b, STR("  <at:deleted-entry"));
    markup_attr(b, STR("ref"), t->atom_id);
    markup_attr(b, STR("when"), str_from_c(when));
    buf_add_str(b, STR("/>\n"));
}

/* ---- the document --------------------------------------------------------- */

static void add_archive_link(struct buf *b, const struct edition *ed,
                             struct str rel, int64_t number)
{
    struct buf file;

    buf_init(&file, BUF_MAX);
    archive_file(FORMAT_ATOM, number, &file);
    add_own_link(b, ed, rel, format_mime(FORMAT_ATOM), buf_str(&file));
    buf_done(&file);
}

/* What a feed says of itself before its links. */
static void add_head(struct buf *b, const struct edition *ed,
                     struct when updated, bool has_tombstones, bool is_archive)
{
    markup_xml(b, STR("../feed.css"));
    buf_add_str(b, STR("<feed xmlns=\"http://www.w3.org/2005/Atom\""));
    if (has_tombstones)
        markup_attr(b, STR("xmlns:at"),
                    STR("http://purl.org/atompub/tombstones/1.0"));
    if (is_archive)
        markup_attr(b, STR("xmlns:fh"),
                    STR("http://purl.org/syndication/history/1.0"));
    markup_attr(b, STR("xml:lang"), only_language(ed->language));
    media_namespace(b);
    buf_add_str(b, STR(">\n"));
    markup_element(b, 2, STR("id"), ed->id);
    markup_element(b, 2, STR("title"), edition_title(ed));
    markup_element(b, 2, STR("subtitle"), ed->description);
    add_date(b, 2, STR("updated"), updated);
    buf_add_str(b, STR("  <author>\n"));
    markup_element(b, 4, STR("name"), edition_author(ed));
    buf_add_str(b, STR("  </author>\n"));
}

static void add_tombstones(struct buf *b, const struct tombstone *list,
                           size_t n)
{
    markup_element(b, 2, STR("generator"), STR("feedmill"));
    for (size_t i = 0; i < n; i++)
        add_tombstone(b, &list[i]);
}

void write_atom(const struct edition *ed, struct buf *out, struct span *spans)
{
    add_head(out, ed, ed->updated, ed->n_tombstones > 0, false);
    add_own_link(out, ed, STR("self"), format_mime(FORMAT_ATOM),
                 format_file(FORMAT_ATOM));
    if (edition_has_hub(ed))
        add_plain_link(out, 2, STR("hub"), ed->hub, STR_NONE);
    add_own_link(out, ed, STR("alternate"), STR("text/html"), STR_NONE);
    if (ed->newest_archive > 0)
        add_archive_link(out, ed, STR("prev-archive"), ed->newest_archive);
    add_tombstones(out, ed->tombstones, ed->n_tombstones);
    for (size_t i = 0; i < ed->n_entries; i++) {
        const struct entry *e = &ed->entries[i];
        size_t from = out->n;

        if (e->ready != NULL)
            buf_add_str(out, e->ready[FORMAT_ATOM]);
        else
            add_entry(out, ed, e);
        if (spans != NULL)
            spans[i] = (struct span){from, out->n};
    }
    buf_add_str(out, STR("</feed>\n"));
}

void write_atom_archive(const struct archive_page *page, struct buf *out)
{
    const struct edition *ed = page->edition;

    add_head(out, ed, page->updated, page->n_tombstones > 0, true);
    add_archive_link(out, ed, STR("self"), page->number);
    add_own_link(out, ed, STR("alternate"), STR("text/html"), STR_NONE);
    add_own_link(out, ed, STR("current"), format_mime(FORMAT_ATOM),
                 format_file(FORMAT_ATOM));
    if (page->number > 1)
        add_archive_link(out, ed, STR("prev-archive"), page->number - 1);
    if (page->has_next)
        add_archive_link(out, ed, STR("next-archive"), page->number + 1);
    buf_add_str(out, STR("  <fh:archive/>\n"));
    add_tombstones(out, page->tombstones, page->n_tombstones);
    for (size_t i = 0; i < page->n_entries; i++)
        buf_add_str(out, page->entries[i]);
    buf_add_str(out, STR("</feed>\n"));
}
