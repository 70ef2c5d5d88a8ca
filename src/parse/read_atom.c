/*
 * What Atom, RSS and RDF have in common: feeds and entries, text constructs,
 * dates, identifiers, links, categories.  The formats mix in practice (atom:link
 * in RSS, description in Atom), so one set of rows reads them all, and what an
 * element means is decided by what it holds: a link with href is Atom's, one
 * with text is RSS's.
 */
#include "parse/reader.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "text/url.h"

#define LIST_MAX 1000 /* links or categories of one entry or feed */

static struct str shown(struct str s)
{
    return utf8_clip(str_trim(s), 100);
}

void nothing_start(struct feed_reader *r, struct frame *f,
                   const struct start *s)
{
    (void)r;
    (void)f;
    (void)s;
}

void nothing_end(struct feed_reader *r, struct frame *f, struct str text)
{
    (void)r;
    (void)f;
    (void)text;
}

void wrapper_start(struct feed_reader *r, struct frame *f,
                   const struct start *s)
{
    (void)s;
    f->place = frame_parent(r)->place;
}

void ignored_start(struct feed_reader *r, struct frame *f,
                   const struct start *s)
{
    (void)r;
    (void)s;
    f->place = PLACE_NOWHERE;
}

/* ---- the feed ---- */

static enum feed_format rss_format(struct str version)
{
    static const struct {
        struct str version;
        enum feed_format format;
    } rows[] = {
        {STR_INIT("0.90"), FEED_RSS090}, {STR_INIT("0.9"), FEED_RSS090},
        {STR_INIT("0.91"), FEED_RSS091}, {STR_INIT("0.92"), FEED_RSS092},
        {STR_INIT("0.93"), FEED_RSS093}, {STR_INIT("0.94"), FEED_RSS094},
        {STR_INIT("1.0"), FEED_RSS10},
    };

    version = str_trim(version);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (str_eq(rows[i].version, version))
            return rows[i].format;
    return str_starts(version, STR("2")) ? FEED_RSS20 : FEED_RSS;
}

static enum feed_format format_of(const struct start *s)
{
    struct str version = attr_get(s->attrs, s->n, "version");

    if (str_eq_nocase(s->name, STR("rss"))) {
        enum feed_format format = rss_format(version);

        return format == FEED_RSS && version.n == 0 &&
                       str_has_nocase(s->uri, STR("rss2"))
                   ? FEED_RSS20
                   : format;
    }
    if (str_eq_nocase(s->name, STR("rdf")))
        return FEED_RSS10;
    if (str_eq_nocase(s->name, STR("urlset")))
        return FEED_SITEMAP;
    if (str_eq_nocase(s->name, STR("feed")))
        return str_starts(str_trim(version), STR("0.")) ||
                       str_has_nocase(s->uri, STR("purl.org/atom/ns"))
                   ? FEED_ATOM03
                   : FEED_ATOM10;
    return FEED_RSS;
}

void feed_start(struct feed_reader *r, struct frame *f, const struct start *s)
{
    f->place = PLACE_FEED;
    if (!r->feed_found) {
        r->feed_found = true;
        r->feed.format = format_of(s);
    }
    /* RSS 0.90 and 1.0 differ by the namespace of the channel only. */
    if (r->feed.format == FEED_RSS10 &&
        str_has_nocase(s->uri, STR("netscape.com/rdf/simple/0.9")))
        r->feed.format = FEED_RSS090;
    if (f->lang.n > 0 && field_claim(r, FIELD_LANGUAGE, 1))
        r->feed.language = f->lang;
    r->feed.base = f->base;
}

void feed_end(struct feed_reader *r, struct frame *f, struct str text)
{
    (void)f;
    (void)text;
    r->feed_ended |= xml_left_open(r->xml) == 0;
}

/* ---- entries ---- */

bool entry_is_one(const struct feed_reader *r, const struct start *s)
{
    return !str_eq_nocase(s->name, STR("url")) ||
           r->feed.format == FEED_SITEMAP;
}

void entry_start(struct feed_reader *r, struct frame *f, const struct start *s)
{
    struct str about = attr_get_ns(s->attrs, s->n, "rdf", "about");

    if (!r->feed_found) {
        r->feed_found = true;
        r->feed.format =
            str_eq_nocase(s->name, STR("entry")) ? FEED_ATOM10 : FEED_RSS;
    }
    f->place = PLACE_ENTRY;
    /* What the feed's frame says lives as long as the reader. */
    r->entry.base = f->base;
    r->entry.language = f->lang;
    if (about.n > 0 && field_claim(r, FIELD_ID, 1))
        r->entry.guid = reader_resolve(r, f, about);
}

void entry_end(struct feed_reader *r, struct frame *f, struct str text)
{
    (void)text;
    if (f->place == PLACE_ENTRY && r->in_entry)
        reader_emit_entry(r);
}

/* atom:source holds a feed; the source of RSS has a title and an address. */
void source_start(struct feed_reader *r, struct frame *f, const struct start *s)
{
    struct str url = attr_get(s->attrs, s->n, "url");

    f->place = PLACE_FEED;
    r->source = arena_make(reader_arena(r), struct feed_info);
    memset(r->source_strength, 0, sizeof r->source_strength);
    if (url.n == 0)
        url = attr_get(s->attrs, s->n, "href");
    r->source->self_url = reader_resolve(r, f, url);
}

void source_end(struct feed_reader *r, struct frame *f, struct str text)
{
    struct feed_info *source = r->source;

    text = str_trim(text);
    if (source == NULL)
        return;
    if (source->title.value.n == 0 && text.n > 0) {
        construct_finish(r, f, text, DEFAULT_GUESS, &source->title);
        source->title.src = STR_NONE;
    }
    r->entry.source_feed = source;
    r->source = NULL;
}

/* ---- text constructs ---- */

void construct_start(struct feed_reader *r, struct frame *f,
                     const struct start *s)
{
    static const char *const names[KEPTS] = {
        [KEPT_TYPE] = "type", [KEPT_MODE] = "mode", [KEPT_SRC] = "src"};

    for (size_t i = 0; i < KEPTS; i++)
        if (names[i] != NULL)
            f->kept[i] = reader_keep(r, attr_get(s->attrs, s->n, names[i]));
}

static bool is_atom(const struct feed_reader *r)
{
    return r->feed.format == FEED_ATOM03 || r->feed.format == FEED_ATOM10;
}

static enum text_default text_default_of(const struct feed_reader *r,
                                         const struct element *e)
{
    if (e->action == ACTION_TEXT)
        return is_atom(r) && e->ns == NS_CORE ? DEFAULT_PLAIN : DEFAULT_GUESS;
    /* RFC 4287 says text; programs leave the type out and mean HTML. */
    if (is_atom(r) && e->ns == NS_CORE &&
        (str_eq(e->name, STR("summary")) || str_eq(e->name, STR("content"))))
        return DEFAULT_TAGS;
    if (str_eq(e->name, STR("summary")))
        return DEFAULT_GUESS;
    return DEFAULT_HTML;
}

void text_end(struct feed_reader *r, struct frame *f, struct str text)
{
    struct text *slot = text_slot(r, f->element->field), got;

    if (slot == NULL)
        return;
    construct_finish(r, f, text, text_default_of(r, f->element), &got);
    if (got.value.n > 0 &&
        field_claim(r, f->element->field, f->element->strength))
        *slot = got;
}

static bool same_text(const struct text *a, const struct text *b)
{
    return str_eq(a->value, b->value);
}

static void add_content(struct feed_reader *r, const struct text *t)
{
    struct texts *list = &r->entry.contents;

    if (!r->in_entry)
        return;
    if (list->n >= LIST_MAX) {
        extras_left_out(r, STR("content"));
        return;
    }
    for (size_t i = 0; i < list->n; i++)
        if (same_text(&list->at[i], t) && str_eq(list->at[i].src, t->src))
            return;
    *vec_add(r->entry_arena, list) = *t;
}

/* A description that a stronger one leaves no place for: a member of its own
 * module, so that it is not lost. */
static void put_aside(struct feed_reader *r, const struct element *e,
                      const struct text *t)
{
    bool itunes = e->ns == NS_ITUNES;
    struct extra *extra = arena_make(reader_arena(r), struct extra);

    extra->kind = EXTRA_TEXT;
    extra->value = t->value;
    extra->name =
        itunes ? e->name
        : e->ns == NS_DC
            ? STR("dc_description")
            : arena_cat(reader_arena(r),
                        e->ns == NS_GOOGLEPLAY ? STR("googleplay_") : STR_NONE,
                        e->name);
    extras_put(r, extras_group(r, itunes ? STR("itunes") : STR("ext")), extra);
}

static void entry_description(struct feed_reader *r, const struct element *e,
                              const struct text *got)
{
    struct text *slot = &r->entry.summary;
    const struct element *weaker = r->summary_from;

    if (slot->value.n == 0) {
        *slot = *got;
        r->summary_from = e;
    } else if (same_text(slot, got)) {
        return;
    } else if (e->strength > weaker->strength) {
        put_aside(r, weaker, slot);
        *slot = *got;
        r->summary_from = e;
    } else if (e->strength < weaker->strength) {
        put_aside(r, e, got);
    } else {
        add_content(r, got);
    }
}

/* A feed's description is its subtitle.  An entry has one summary, the strongest;
 * a second of the same strength is content. */
void description_end(struct feed_reader *r, struct frame *f, struct str text)
{
    const struct element *e = f->element;
    enum field field =
        str_eq(e->name, STR("summary")) ? FIELD_SUMMARY : FIELD_SUBTITLE;
    struct text got;

    construct_finish(r, f, text, text_default_of(r, e), &got);
    if (got.value.n == 0)
        return;
    if (r->source != NULL || !r->in_entry) {
        if (field_claim(r, field, e->strength))
            *text_slot(r, field) = got;
    } else if (e->ns != NS_MEDIA) {
        entry_description(r, e, &got);
    } else if (r->caption.value.n == 0) {
        r->caption = got;
    }
}

void content_start(struct feed_reader *r, struct frame *f,
                   const struct start *s)
{
    construct_start(r, f, s);
    f->kept[KEPT_SRC] = reader_resolve(r, f, f->kept[KEPT_SRC]);
    if (s->ns == NS_XHTML || str_eq_nocase(s->name, STR("body")))
        f->kept[KEPT_TYPE] = STR("application/xhtml+xml");
    /* Atom 0.3: the same in several types, each a content of its own. */
    if (str_starts_nocase(f->kept[KEPT_TYPE], STR("multipart/"))) {
        f->collect = COLLECT_NOT;
        f->place = frame_parent(r)->place;
    }
}

void content_end(struct feed_reader *r, struct frame *f, struct str text)
{
    struct text got;

    construct_finish(r, f, text, text_default_of(r, f->element), &got);
    if (got.src.n > 0)
        got.mime = f->kept[KEPT_TYPE];
    if (got.value.n == 0 && got.src.n == 0)
        return;
    if (r->in_entry)
        add_content(r, &got);
    else if (field_claim(r, FIELD_SUBTITLE, 1))
        r->feed.subtitle = got;
}

/* ---- strings, addresses, dates, identifiers ---- */

void string_end(struct feed_reader *r, struct frame *f, struct str text)
{
    struct str *slot = str_slot(r, f->element->field);

    text = str_trim(text);
    if (slot != NULL && text.n > 0 &&
        field_claim(r, f->element->field, f->element->strength))
        *slot = reader_keep(r, text);
}

void url_end(struct feed_reader *r, struct frame *f, struct str text)
{
    struct str *slot = str_slot(r, f->element->field);
    struct str value = f->kept[KEPT_HREF];

    if (value.n == 0)
        value = reader_resolve(r, f, text);
    if (slot != NULL && value.n > 0 &&
        field_claim(r, f->element->field, f->element->strength))
        *slot = value;
}

/* <cc:license rdf:resource="…"/> */
void resource_start(struct feed_reader *r, struct frame *f,
                    const struct start *s)
{
    struct str value = attr_get_ns(s->attrs, s->n, "rdf", "resource");

    if (value.n == 0)
        value = attr_get(s->attrs, s->n, "resource");
    if (value.n == 0)
        value = attr_get_ns(s->attrs, s->n, "rdf", "about");
    f->kept[KEPT_HREF] = reader_resolve(r, f, value);
}

bool reader_date(struct feed_reader *r, struct str text, struct str name,
                 struct when *out)
{
    struct notes *notes = reader_notes(r);
    struct when_hints hints = r->hints.when;

    if (str_trim(text).n == 0)
        return false;
    if (hints.lang.n == 0)
        hints.lang = r->feed.language;
    if (!when_parse(text, &hints, out)) {
        note_add(notes, reader_arena(r), NOTE_DATE_INVALID, "%.*s: %.*s",
                 STR_ARG(name), STR_ARG(shown(text)));
        return false;
    }
    if (out->zone_assumed && out->precision >= WHEN_MINUTE &&
        !notes_have(notes, NOTE_ZONE_ASSUMED))
        note_add(notes, reader_arena(r), NOTE_ZONE_ASSUMED, "%.*s: %.*s",
                 STR_ARG(name), STR_ARG(shown(text)));
    if (out->order_assumed)
        note_add(notes, reader_arena(r), NOTE_ORDER_ASSUMED, "%.*s: %.*s",
                 STR_ARG(name), STR_ARG(shown(text)));
    return true;
}

void date_end(struct feed_reader *r, struct frame *f, struct str text)
{
    struct when *slot = when_slot(r, f->element->field), got;

    if (slot != NULL && reader_date(r, text, f->element->name, &got) &&
        field_claim(r, f->element->field, f->element->strength))
        *slot = got;
}

void guid_start(struct feed_reader *r, struct frame *f, const struct start *s)
{
    struct str permalink = attr_get(s->attrs, s->n, "ispermalink");

    permalink = str_trim(permalink);
    f->kept[KEPT_MODE] = reader_keep(r, permalink);
    if (permalink.n == 0)
        f->kept[KEPT_MODE] = STR("true");
}

/* Identifiers are compared as they are; only a path is made an address, for it
 * names nothing by itself. */
static struct str identifier(struct feed_reader *r, struct frame *f,
                             struct str text, bool may_be_relative)
{
    text = str_trim(text);
    if (may_be_relative && url_is_http(f->base) &&
        str_find_char(text, '/', 0) != STR_NOT_FOUND &&
        str_find_char(text, ':', 0) == STR_NOT_FOUND)
        return reader_resolve(r, f, text);
    return reader_keep(r, text);
}

void id_end(struct feed_reader *r, struct frame *f, struct str text)
{
    bool is_guid = f->element->action == ACTION_GUID;
    bool permalink = is_guid && str_eq_nocase(f->kept[KEPT_MODE], STR("true"));
    struct str *slot = str_slot(r, FIELD_ID);
    struct str value = identifier(r, f, text, !is_guid || permalink);

    if (slot == NULL || value.n == 0 ||
        !field_claim(r, FIELD_ID, f->element->strength))
        return;
    *slot = value;
    if (r->in_entry && r->source == NULL)
        r->entry.guid_is_permalink = permalink;
}

void original_end(struct feed_reader *r, struct frame *f, struct str text)
{
    struct extra *e = arena_make(reader_arena(r), struct extra);

    r->original_link = reader_resolve(r, f, text);
    *e = (struct extra){.kind = EXTRA_TEXT,
                        .name = STR("feedburner_origlink"),
                        .value = r->original_link};
    if (e->value.n > 0)
        extras_put(r, extras_group(r, STR("ext")), e);
}

/* ---- links ---- */

static int64_t length_of(struct str s)
{
    int64_t v;

    return str_to_i64(str_trim(s), &v) && v >= 0 ? v : -1;
}

static struct str relation(struct feed_reader *r, struct str rel)
{
    static const struct str prefix =
        STR_INIT("http://www.iana.org/assignments/relation/");

    rel = str_trim(rel);
    if (str_starts_nocase(rel, prefix))
        rel = str_from(rel, prefix.n);
    return rel.n == 0 ? STR("alternate") : reader_keep(r, rel);
}

static struct link *add_link(struct feed_reader *r)
{
    struct links *list = links_slot(r);
    struct link *l;

    if (list->n >= LIST_MAX) {
        extras_left_out(r, STR("links"));
        return NULL;
    }
    l = vec_add(reader_arena(r), list);
    l->length = -1;
    return l;
}

static struct str href_of(const struct start *s)
{
    static const char *const names[] = {"href", "url", "uri"};
    struct str href = STR_NONE;

    for (size_t i = 0; i < 3 && href.n == 0; i++)
        href = attr_get(s->attrs, s->n, names[i]);
    return href.n > 0 ? href : attr_get_ns(s->attrs, s->n, "rdf", "resource");
}

/* In RSS its own link comes before one of Atom's, whatever the order. */
static bool is_own_link(const struct feed_reader *r, const struct start *s)
{
    return !is_atom(r) && !str_has_nocase(s->uri, STR("atom")) &&
           (s->uri.n > 0 || s->prefix.n == 0);
}

static void note_own_link(struct feed_reader *r, const struct frame *f,
                          const struct link *l)
{
    if (f->kept[KEPT_MODE].n > 0 && r->source == NULL &&
        str_eq_nocase(l->rel, STR("alternate")))
        *(r->in_entry ? &r->own_link : &r->feed_own_link) = l->href;
}

void link_start(struct feed_reader *r, struct frame *f, const struct start *s)
{
    struct str href = href_of(s);
    struct link *l;

    f->kept[KEPT_TYPE] = reader_keep(r, attr_get(s->attrs, s->n, "type"));
    f->kept[KEPT_SCHEME] = relation(r, attr_get(s->attrs, s->n, "rel"));
    f->kept[KEPT_LABEL] = reader_keep(r, attr_get(s->attrs, s->n, "title"));
    f->kept[KEPT_HREF] = reader_resolve(r, f, href);
    if (href.n == 0 && attr_find(s->attrs, s->n, "href") != NULL)
        f->kept[KEPT_HREF] = f->base; /* href="": this document */
    f->kept[KEPT_MODE] = is_own_link(r, s) ? STR("own") : STR_NONE;
    if (f->kept[KEPT_HREF].n == 0 || (l = add_link(r)) == NULL)
        return;
    l->href = f->kept[KEPT_HREF];
    l->rel = f->kept[KEPT_SCHEME];
    l->type = f->kept[KEPT_TYPE];
    l->title = f->kept[KEPT_LABEL];
    l->hreflang = reader_keep(r, attr_get(s->attrs, s->n, "hreflang"));
    l->length = length_of(attr_get(s->attrs, s->n, "length"));
    note_own_link(r, f, l);
}

void link_end(struct feed_reader *r, struct frame *f, struct str text)
{
    struct link *l;

    text = str_trim_wide(text);
    if (f->kept[KEPT_HREF].n > 0 || text.n == 0 || (l = add_link(r)) == NULL)
        return;
    l->href = reader_resolve(r, f, text);
    l->rel = f->kept[KEPT_SCHEME];
    l->type = f->kept[KEPT_TYPE];
    l->title = f->kept[KEPT_LABEL];
    note_own_link(r, f, l);
}

void enclosure_start(struct feed_reader *r, struct frame *f,
                     const struct start *s)
{
    struct str href = reader_resolve(r, f, href_of(s));
    struct link *l;

    if (href.n == 0)
        reader_value_invalid(r, f->element->name, STR("no address"));
    if (href.n == 0 || (l = add_link(r)) == NULL)
        return;
    l->href = href;
    l->rel = STR("enclosure");
    l->type = reader_keep(r, attr_get(s->attrs, s->n, "type"));
    l->length = length_of(attr_get(s->attrs, s->n, "length"));
}

/* ---- categories ---- */

static void add_category(struct feed_reader *r, struct category c)
{
    struct categories *list = categories_slot(r);

    if (c.term.n == 0 && c.label.n == 0)
        return;
    if (list->n >= LIST_MAX) {
        extras_left_out(r, STR("categories"));
        return;
    }
    for (size_t i = 0; i < list->n; i++)
        if (str_eq(list->at[i].term, c.term) &&
            str_eq(list->at[i].scheme, c.scheme) &&
            str_eq(list->at[i].label, c.label))
            return;
    *vec_add(reader_arena(r), list) = c;
}

static struct str term_line(struct feed_reader *r, struct str s)
{
    struct text t = {.value = str_trim_wide(s)};

    if (looks_like_html(t.value))
        t.type = TEXT_HTML;
    return text_line(reader_arena(r), &t);
}

void category_start(struct feed_reader *r, struct frame *f,
                    const struct start *s)
{
    struct str term = attr_get(s->attrs, s->n, "term");
    struct str scheme = attr_get(s->attrs, s->n, "scheme");

    if (s->ns == NS_ITUNES) {
        term = attr_get(s->attrs, s->n, "text");
        scheme = STR("http://www.itunes.com/");
        f->place = frame_parent(r)->place; /* subcategories */
    } else if (scheme.n == 0) {
        scheme = attr_get(s->attrs, s->n, "domain");
    }
    if (s->ns == NS_MEDIA && scheme.n == 0)
        scheme = STR("http://search.yahoo.com/mrss/category_schema");
    f->kept[KEPT_SCHEME] = reader_keep(r, str_trim(scheme));
    f->kept[KEPT_LABEL] = term_line(r, attr_get(s->attrs, s->n, "label"));
    f->kept[KEPT_HREF] = term_line(r, term);
    if (term.n > 0)
        add_category(r, (struct category){.term = f->kept[KEPT_HREF],
                                          .scheme = f->kept[KEPT_SCHEME],
                                          .label = f->kept[KEPT_LABEL]});
}

void category_end(struct feed_reader *r, struct frame *f, struct str text)
{
    if (f->kept[KEPT_HREF].n == 0)
        add_category(r, (struct category){.term = term_line(r, text),
                                          .scheme = f->kept[KEPT_SCHEME],
                                          .label = f->kept[KEPT_LABEL]});
}

void keywords_end(struct feed_reader *r, struct frame *f, struct str text)
{
    bool itunes = f->element->ns == NS_ITUNES;
    struct str word;

    while (str_split(&text, ',', &word))
        add_category(r, (struct category){
                            .term = term_line(r, word),
                            .scheme = itunes ? STR("http://www.itunes.com/")
                                             : STR_NONE});
}
