/*
 * XML events to actions.  Each start tag opens a frame: its place says which
 * rows of elements.def count for its children, its way of collecting what
 * becomes of the text below it.  An element without a row is a member of `ext`
 * when it stands in a feed or entry, a wrapper when it stands outside of one (a
 * feed inside HTML), and passed over elsewhere.
 *
 * Inside a text construct, tags are written out as markup.  Text that came
 * before the first of them is escaped then, unless it is HTML source itself (a
 * feed that escapes some tags and not others).  A div that wraps escaped HTML is
 * no markup of the text and not written.
 */
#include "parse/reader.h"

#include <string.h>

#include "base/arena.h"
#include "text/lang.h"
#include "text/url.h"

static const struct {
    enum collect collect;
    action_start *start;
    action_end *end;
} actions[ACTIONS] = {
#define COLLECT_OF_text     COLLECT_TEXT
#define COLLECT_OF_markup   COLLECT_MARKUP
#define COLLECT_OF_children COLLECT_NOT
#define ACTION(name, start, end, flags)                                        \
    [ACTION_##name] = {COLLECT_OF_##flags, start, end},
#include "parse/actions.def"
#undef ACTION
};

/* A text that is cut is passed over, and so is what follows when the entry, or
 * all that stands outside of entries, has had its elements. */
static void choose_passing(struct feed_reader *r)
{
    size_t n = r->in_entry ? r->entry_elements : r->feed_elements;

    xml_pass_over(r->xml, r->text_cut || n >= ELEMENTS_MAX);
}

/* What is told whatever stands before it is not counted. */
static void count_element(struct feed_reader *r, struct str name)
{
    size_t *n = r->in_entry ? &r->entry_elements : &r->feed_elements;

    if (is_entry_name(r, name))
        return;
    if (*n < ELEMENTS_MAX && ++*n == ELEMENTS_MAX) {
        note_add(reader_notes(r), reader_arena(r), NOTE_TOO_LARGE,
                 "more than %d elements: the rest is left out", ELEMENTS_MAX);
        choose_passing(r);
    }
}

static void add_text(struct feed_reader *r, struct str s)
{
    if (buf_add_str(&r->text, s) || r->text_cut)
        return;
    r->text_cut = true; /* all the rest of it */
    choose_passing(r);
    note_add(reader_notes(r), reader_arena(r), NOTE_TOO_LARGE,
             "an element longer than %zu MB was cut", ELEMENT_TEXT_MAX >> 20);
}

static void add_escaped(struct feed_reader *r, struct str s, bool in_attribute)
{
    size_t from = 0;

    for (size_t i = 0; i < s.n; i++) {
        struct str to;

        if (s.p[i] == '&')
            to = STR("&amp;");
        else if (s.p[i] == '<')
            to = STR("&lt;");
        else if (s.p[i] == '>')
            to = STR("&gt;");
        else if (s.p[i] == '"' && in_attribute)
            to = STR("&quot;");
        else
            continue;
        add_text(r, str_slice(s, from, i));
        add_text(r, to);
        from = i + 1;
    }
    add_text(r, str_from(s, from));
}

/* ---- markup inside constructs ---- */

static bool is_plain_name(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_alnum(s.p[i]) && s.p[i] != '-' && s.p[i] != '_' &&
            s.p[i] != ':' && s.p[i] != '.')
            return false;
    return s.n > 0 && s.n < 64;
}

static bool is_void(struct str name)
{
    static const struct str names[] = {
        STR_INIT("area"),  STR_INIT("base"),  STR_INIT("br"),
        STR_INIT("col"),   STR_INIT("embed"), STR_INIT("hr"),
        STR_INIT("img"),   STR_INIT("input"), STR_INIT("link"),
        STR_INIT("meta"),  STR_INIT("param"), STR_INIT("source"),
        STR_INIT("track"), STR_INIT("wbr"),
    };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_eq_nocase(names[i], name))
            return true;
    return false;
}

static bool is_address(struct str name)
{
    static const struct str names[] = {
        STR_INIT("href"),   STR_INIT("src"),        STR_INIT("cite"),
        STR_INIT("data"),   STR_INIT("poster"),     STR_INIT("longdesc"),
        STR_INIT("action"), STR_INIT("background"),
    };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_eq_nocase(names[i], name))
            return true;
    return false;
}

static void write_attr(struct feed_reader *r, struct frame *f,
                       const struct xml_attr *attr, bool other_base)
{
    struct str value = attr->value;

    if (!is_plain_name(attr->name))
        return;
    if (attr->prefix.n > 0) {
        /* xml:lang is lang in HTML, and of the others only xlink means
         * something there. */
        if (str_eq(attr->prefix, STR("xlink"))) {
            add_text(r, STR(" xlink:"));
        } else if (str_eq(attr->prefix, STR("xml")) &&
                   str_eq(attr->name, STR("lang"))) {
            add_text(r, STR(" "));
        } else {
            return;
        }
    } else {
        add_text(r, STR(" "));
    }
    if (other_base && attr->prefix.n == 0 && is_address(attr->name))
        value = reader_resolve(r, f, value);
    add_text(r, attr->name);
    add_text(r, STR("=\""));
    add_escaped(r, value, true);
    add_text(r, STR("\""));
}

static void write_start_tag(struct feed_reader *r, struct frame *f,
                            const struct start *s)
{
    const struct frame *construct = &r->frames[r->construct.depth];
    bool other_base = !str_eq(f->base, construct->base);

    add_text(r, STR("<"));
    add_text(r, s->name);
    if ((s->ns == NS_MATHML && str_eq(s->name, STR("math"))) ||
        (s->ns == NS_SVG && str_eq(s->name, STR("svg")))) {
        add_text(r, STR(" xmlns=\""));
        add_escaped(r, s->uri, true);
        add_text(r, STR("\""));
    }
    for (size_t i = 0; i < s->n; i++)
        write_attr(r, f, &s->attrs[i], other_base);
    add_text(r, STR(">"));
    f->written = true;
}

/* The first tag of a construct is about to be written. */
static void switch_to_markup(struct feed_reader *r, const struct frame *f)
{
    struct construct *c = &r->construct;
    struct str before = str_from(buf_str(&r->text), f->text_from);

    c->switched = true;
    if (!c->is_xhtml && has_tags(before))
        return;
    c->escaping = true;
    if (str_trim(before).n == 0)
        return;
    before = arena_str(reader_arena(r), before);
    r->text.n = f->text_from;
    add_escaped(r, before, false);
}

static void markup_start(struct feed_reader *r, struct frame *f,
                         struct frame *parent, const struct start *s)
{
    struct construct *c = &r->construct;
    const struct frame *top = &r->frames[c->depth];
    bool is_child = parent == top;
    bool is_div = str_eq_nocase(s->name, STR("div"));
    bool nothing_before =
        is_child && c->children == 0 &&
        str_trim(str_from(buf_str(&r->text), top->text_from)).n == 0;

    f->collect = COLLECT_INSIDE;
    c->children += is_child;
    if (!is_plain_name(s->name))
        return;
    if (is_div && nothing_before && !c->is_xhtml && top->kept[KEPT_TYPE].n > 0)
        return;
    if (!c->switched)
        switch_to_markup(r, top);
    write_start_tag(r, f, s);
    if (is_div && nothing_before) {
        c->div_first = f->is_div = true;
        c->div_from = r->text.n;
        c->div_base = f->base;
    }
}

static void markup_end(struct feed_reader *r, struct frame *f, struct str name)
{
    struct construct *c = &r->construct;

    if (!f->written)
        return;
    if (f->is_div)
        c->div_to = r->text.n;
    if (!is_void(name)) {
        add_text(r, STR("</"));
        add_text(r, name);
        add_text(r, STR(">"));
    }
    if (f->is_div)
        c->div_end = r->text.n;
}

/* ---- frames ---- */

/* xml:base and xml:lang; feeds also write base and lang. */
static void inherit(struct feed_reader *r, struct frame *f,
                    const struct frame *parent, const struct start *s)
{
    f->base = parent->base;
    f->lang = parent->lang;
    for (size_t i = 0; i < s->n; i++) {
        const struct xml_attr *a = &s->attrs[i];
        bool is_xml = str_eq(a->prefix, STR("xml"));

        if (!is_xml && (a->prefix.n > 0 || s->ns != NS_CORE))
            continue;
        if (reader_is_full(r))
            return;
        if (str_eq(a->name, STR("base")) && a->value.n > 0) {
            struct str base =
                url_resolve(reader_arena(r), parent->base, str_trim(a->value));

            if (url_is_http(base) || str_starts_nocase(base, STR("file:")))
                f->base = base;
            else
                note_add(reader_notes(r), reader_arena(r), NOTE_BASE_IGNORED,
                         "%.*s", (int)(a->value.n < 200 ? a->value.n : 200),
                         a->value.p);
        } else if (str_eq(a->name, STR("lang"))) {
            f->lang = reader_keep(r, str_trim(a->value));
            if (str_find_char(f->lang, '_', 0) != STR_NOT_FOUND)
                f->lang = lang_tag(reader_arena(r), f->lang);
        }
    }
}

/* Where an element without a row says something of the feed or entry. */
#define EXT_PLACES                                                             \
    (PLACE_FEED | PLACE_ENTRY | PLACE_PERSON | PLACE_IMAGE |                   \
     PLACE_TEXT_INPUT | PLACE_SCHEDULE | PLACE_GEOMETRY | PLACE_CHAPTERS)

static void open_element(struct feed_reader *r, struct frame *f,
                         const struct element *e, const struct start *s)
{
    const struct frame *parent = frame_parent(r);
    enum place outside = parent->place;

    f->element = e;
    if (e != NULL) {
        f->collect = actions[e->action].collect;
        actions[e->action].start(r, f, s);
        if (f->collect == COLLECT_MARKUP) {
            r->in_construct = true;
            r->construct = (struct construct){.depth = r->depth - 1};
            r->construct.is_xhtml =
                str_has_nocase(f->kept[KEPT_TYPE], STR("xhtml"));
        }
    } else if ((outside & EXT_PLACES) != 0 || parent->is_ext) {
        f->is_ext = true;
        f->collect = COLLECT_TEXT;
        unknown_start(r, f, s);
    } else if (outside == PLACE_DOCUMENT) {
        f->place = PLACE_DOCUMENT;
        if (r->root.n == 0)
            r->root = arena_str(r->arena, str_slice(s->name, 0, 60));
    }
}

/* The element S may be by its name and place; an entry begins at once, so that
 * all of its strings lie in the entry's arena. */
static const struct element *find_element(struct feed_reader *r,
                                          const struct frame *parent,
                                          const struct start *s)
{
    const struct element *e =
        names_element(&r->names, s->ns, s->name, parent->place);

    if (e == NULL)
        return NULL;
    if (e->action != ACTION_ENTRY) {
        if (!reader_is_full(r) || e->action == ACTION_FEED)
            return e;
        reader_note_full(r);
        return NULL;
    }
    if (!entry_is_one(r, s))
        return NULL;
    reader_begin_entry(r);
    choose_passing(r);
    return e;
}

static void on_start(void *ctx, struct str uri, struct str prefix,
                     struct str name, const struct xml_attr *attrs, size_t n)
{
    struct feed_reader *r = ctx;
    struct start s = {uri, prefix, name, attrs, n, NS_CORE, STR_NONE};
    struct frame *f, *parent = frame_top(r);
    const struct element *e = NULL;
    bool inside;

    count_element(r, name);
    s.ns = names_namespace(r, uri, prefix, &s.canonical);
    if (parent->place == PLACE_DOCUMENT && s.ns == NS_OTHER && !r->feed_found)
        s.ns = names_adopt(r, uri, name);
    inside =
        r->in_construct || parent->collect == COLLECT_INSIDE ||
        (parent->collect == COLLECT_TEXT && parent->place == PLACE_NOWHERE &&
         !(parent->is_ext && is_member(r, parent, &s)));
    if (!inside)
        e = find_element(r, parent, &s);
    f = &r->frames[r->depth++];
    *f = (struct frame){.text_from = r->text.n};
    inherit(r, f, parent, &s);
    if (r->in_construct)
        markup_start(r, f, parent, &s);
    else if (inside)
        f->collect = COLLECT_INSIDE;
    else
        open_element(r, f, e, &s);
}

static void close_frame(struct feed_reader *r, struct str name)
{
    struct frame *f = frame_top(r);
    struct str text;

    if (f->collect == COLLECT_INSIDE) {
        if (r->in_construct)
            markup_end(r, f, name);
        r->depth--;
        return;
    }
    text = str_from(buf_str(&r->text), f->text_from);
    if (f->element != NULL)
        actions[f->element->action].end(r, f, text);
    else if (f->is_ext)
        unknown_end(r, f, text);
    if (f->collect == COLLECT_MARKUP)
        r->in_construct = false;
    r->text.n = f->text_from;
    if (r->text_cut) {
        r->text.full = r->text_cut = false;
        choose_passing(r);
    }
    r->depth--;
    if (f->place == PLACE_ENTRY)
        choose_passing(r);
}

static void on_end(void *ctx, struct str uri, struct str prefix,
                   struct str name)
{
    struct feed_reader *r = ctx;

    (void)uri;
    (void)prefix;
    if (r->depth > 1)
        close_frame(r, name);
}

static void on_text(void *ctx, struct str text, bool is_cdata)
{
    struct feed_reader *r = ctx;
    const struct frame *f = frame_top(r);

    (void)is_cdata;
    if (f->collect == COLLECT_NOT) {
        if ((f->place & (PLACE_FEED | PLACE_ENTRY)) != 0 && !r->stray_noted &&
            str_trim(text).n > 0) {
            r->stray_noted = true;
            note_add(reader_notes(r), reader_arena(r), NOTE_XML_REPAIRED,
                     "text between elements is left out");
        }
        return;
    }
    if (r->in_construct && r->construct.escaping)
        add_escaped(r, text, false);
    else
        add_text(r, text);
}

/* Wherever an entry begins, another one has ended, and with it what is passed
 * over. */
static bool wants_element(void *ctx, struct str name)
{
    return is_entry_name(ctx, name);
}

static bool wants_text(void *ctx)
{
    return frame_top(ctx)->collect != COLLECT_NOT;
}

const struct xml_handler feed_xml_handler = {
    on_start, on_end, on_text, elements_unclosed, wants_text, wants_element};

void read_xml_finish(struct feed_reader *r)
{
    while (r->depth > 1)
        close_frame(r, STR_NONE);
}
