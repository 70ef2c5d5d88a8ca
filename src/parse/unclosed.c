/*
 * Elements whose end tag is missing.  XML alone cannot tell: what follows looks
 * like their children, and an open title takes in the rest of the feed.  But an
 * item does not stand in a title, nor a guid in a date: where an element begins
 * that belongs to the entry or feed around an open text, that text has ended.
 * The tokenizer is told how many elements to close, and notes it.
 */
#include "parse/reader.h"

bool is_entry_name(const struct feed_reader *r, struct str name)
{
    switch (name.n) {
    case 3:
        return r->feed.format == FEED_SITEMAP &&
               str_eq_nocase(name, STR("url"));
    case 4:
        return str_eq_nocase(name, STR("item"));
    case 5:
        return str_eq_nocase(name, STR("entry"));
    default:
        return false;
    }
}

/* The frame of the element whose text the top one is part of; 0 if none.  What
 * elements without a row hold is theirs, whatever it is called. */
static size_t text_frame(const struct feed_reader *r)
{
    size_t i = r->depth - 1;

    if (r->in_construct)
        return r->construct.depth;
    while (i > 0 && r->frames[i].collect == COLLECT_INSIDE)
        i--;
    return r->frames[i].collect == COLLECT_TEXT &&
                   r->frames[i].place == PLACE_NOWHERE && !r->frames[i].is_ext
               ? i
               : 0;
}

/* A document of its own inside a content (RFC 4287, 4.1.3.3). */
static bool holds_xml(const struct frame *text)
{
    struct str type = text->kept[KEPT_TYPE];

    return str_has_nocase(type, STR("xml")) &&
           !str_has_nocase(type, STR("xhtml"));
}

/* An entry begins: what is open of the one before it or, outside of entries,
 * below the feed. */
static size_t before_entry(const struct feed_reader *r)
{
    size_t i;

    for (i = r->depth - 1; i > 0; i--) {
        const struct frame *f = &r->frames[i];

        if (f->is_ext)
            return 0;
        if (f->element != NULL && f->element->action == ACTION_ENTRY)
            return r->depth - i;
    }
    for (i = r->depth - 1; i > 0; i--)
        if (r->frames[i].place == PLACE_FEED)
            return r->depth - 1 - i;
    return 0;
}

/* Of a whole page pasted into a text. */
static bool is_page_part(const struct feed_reader *r, struct str name)
{
    return str_eq_nocase(name, STR("body")) ||
           (str_eq_nocase(name, STR("title")) &&
            r->depth - 1 > r->construct.depth);
}

/* In markup the tags of HTML are its own, and so are those of XHTML's and
 * others' namespaces; a link without attributes is none of HTML's. */
static bool may_be_markup(const struct feed_reader *r, enum namespace_id ns,
                          struct str name, size_t n_attrs)
{
    if (!r->in_construct)
        return false;
    if (ns != NS_CORE)
        return r->construct.is_xhtml;
    return is_page_part(r, name) ||
           (is_html_tag(name) &&
            (n_attrs > 0 || !str_eq_nocase(name, STR("link"))));
}

size_t elements_unclosed(void *ctx, struct str uri, struct str prefix,
                         struct str name, size_t n_attrs)
{
    struct feed_reader *r = ctx;
    size_t text = text_frame(r);
    bool is_entry = is_entry_name(r, name);
    enum namespace_id ns;
    struct str canonical;

    if ((text == 0 && !is_entry) || holds_xml(&r->frames[text]))
        return 0;
    ns = names_namespace(r, uri, prefix, &canonical);
    if (is_entry && ns == NS_CORE)
        return before_entry(r);
    if (text == 0 || ns == NS_XHTML || may_be_markup(r, ns, name, n_attrs) ||
        names_element(&r->names, ns, name, r->frames[text - 1].place) == NULL)
        return 0;
    return r->depth - text;
}
