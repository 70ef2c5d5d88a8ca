/*
 * Modules: what has a meaning of its own (itunes, media, threads, chapters,
 * validity), and members of `ext` for the rest: "prefix_name" with the text, or
 * an object of the attributes and of the elements inside when there are any.
 * Prefixes are those of namespaces.def where the namespace is known, else the
 * document's.
 */
#include "parse/reader.h"

#include "base/arena.h"
#include "base/utf8.h"

#define ATTRIBUTES_MAX 20

static struct str lower_name(struct feed_reader *r, struct str s)
{
    struct str out;
    char *p;

    s = utf8_clip(s, 60);
    p = arena_alloc(reader_arena(r), s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        p[i] = to_lower(s.p[i]);
    out = str_of(p, s.n);
    return out;
}

void add_attributes(struct feed_reader *r, struct extra *to,
                    const struct start *s)
{
    for (size_t i = 0; i < s->n; i++) {
        struct str name = lower_name(r, s->attrs[i].name);

        if (i == ATTRIBUTES_MAX) {
            extras_left_out(r, STR("attributes"));
            return;
        }
        /* One of another namespace. */
        if (extra_get(to, name) != NULL)
            name = arena_cat(reader_arena(r), lower_name(r, s->attrs[i].prefix),
                             STR("_"), name);
        if (extra_get(to, name) == NULL)
            extra_text(reader_arena(r), to, name,
                       reader_keep(r, str_trim(s->attrs[i].value)));
    }
}

static struct extra *leaf(struct feed_reader *r, struct str name,
                          struct str value)
{
    struct extra *e = arena_make(reader_arena(r), struct extra);

    e->kind = EXTRA_TEXT;
    e->name = name;
    e->value = value;
    return e;
}

/* ---- ext ---- */

#define EXT_DEPTH 5 /* members inside of members */

bool is_member(struct feed_reader *r, const struct frame *parent,
               const struct start *s)
{
    const struct frame *f = parent;

    if (s->ns == NS_CORE || s->ns == NS_XHTML || s->ns == NS_MATHML ||
        s->ns == NS_SVG)
        return false;
    while (f > r->frames && f->is_ext && parent - f < EXT_DEPTH)
        f--;
    if (f->is_ext)
        extras_too_deep(r, parent->kept[KEPT_LABEL]);
    return f < parent && !f->is_ext;
}

/* itunes has an object of its own; the rest share ext. */
void unknown_start(struct feed_reader *r, struct frame *f,
                   const struct start *s)
{
    struct str name;

    if (extras_are_full(r)) {
        extras_left_out(r, STR("ext"));
        f->is_ext = false;
        f->collect = COLLECT_NOT;
        return;
    }
    name = lower_name(r, s->name);
    if (s->ns != NS_ITUNES && s->canonical.n > 0 && !frame_parent(r)->is_ext)
        name = arena_cat(reader_arena(r), lower_name(r, s->canonical), STR("_"),
                         name);
    f->kept[KEPT_LABEL] = name;
    f->kept[KEPT_TYPE] = s->ns == NS_ITUNES ? STR("itunes") : STR("ext");
    if (s->n > 0) {
        f->extra = extra_object(reader_arena(r), name);
        add_attributes(r, f->extra, s);
    }
}

void unknown_end(struct feed_reader *r, struct frame *f, struct str text)
{
    struct frame *parent = frame_parent(r);
    struct extra *e = f->extra;

    text = reader_keep(r, str_trim(text));
    if (e != NULL && e->first != NULL)
        extra_text(reader_arena(r), e, STR("value"), text);
    else if (text.n > 0)
        e = leaf(r, f->kept[KEPT_LABEL], text);
    else
        return;
    if (parent->is_ext) {
        if (parent->extra == NULL)
            parent->extra =
                extra_object(reader_arena(r), parent->kept[KEPT_LABEL]);
        extras_add(r, parent->extra, e);
    } else if (str_eq(f->kept[KEPT_TYPE], STR("ext"))) {
        extras_add(r, extras_group(r, STR("ext")), e);
    } else {
        extras_put(r, extras_group(r, f->kept[KEPT_TYPE]), e);
    }
}

void ext_url_end(struct feed_reader *r, struct frame *f, struct str text)
{
    text = reader_resolve(r, f, text);
    if (text.n > 0)
        extras_put(r, extras_group(r, STR("ext")),
                   leaf(r, f->kept[KEPT_LABEL], text));
}

/* ---- itunes ---- */

static void put_bool(struct feed_reader *r, struct str name, bool known,
                     bool value)
{
    struct extra *e = leaf(r, name, value ? STR("true") : STR("false"));

    e->kind = known ? EXTRA_BOOL : EXTRA_NULL;
    extras_put(r, extras_group(r, STR("itunes")), e);
}

/* The directory wants these words exactly so; anything else blocks nothing. */
void itunes_block_end(struct feed_reader *r, struct frame *f, struct str text)
{
    (void)f;
    put_bool(r, STR("block"), true,
             str_eq(text, STR("yes")) || str_eq(text, STR("true")));
}

void itunes_explicit_end(struct feed_reader *r, struct frame *f,
                         struct str text)
{
    bool yes = str_eq(text, STR("yes")) || str_eq(text, STR("true")) ||
               str_eq(text, STR("explicit"));
    bool no = str_eq(text, STR("no")) || str_eq(text, STR("false")) ||
              str_eq(text, STR("clean"));

    (void)f;
    put_bool(r, STR("explicit"), yes || no, yes);
}

/* ---- threads ---- */

void in_reply_to_start(struct feed_reader *r, struct frame *f,
                       const struct start *s)
{
    struct extra *list = extras_group(r, STR("in_reply_to"));
    struct extra *e = extra_object(reader_arena(r), STR_NONE);
    size_t n = 0;

    (void)f;
    list->kind = EXTRA_LIST;
    add_attributes(r, e, s);
    for (const struct extra *i = list->first; i != NULL; i = i->next)
        n++;
    if (n >= 50)
        extras_left_out(r, list->name);
    else if (e->first != NULL)
        extra_append(list, e);
}

/* ---- media ---- */

/* Those that may stand more than once are lists of objects. */
static bool media_is_list(struct str name)
{
    return str_eq(name, STR("content")) || str_eq(name, STR("thumbnail")) ||
           str_eq(name, STR("credit"));
}

static void resolve_url(struct feed_reader *r, const struct frame *f,
                        struct extra *e)
{
    static const struct str names[] = {STR_INIT("url"), STR_INIT("href")};

    for (size_t i = 0; i < 2; i++) {
        struct extra *url = extra_get(e, names[i]);

        if (url != NULL)
            url->value = reader_resolve(r, f, url->value);
    }
}

void media_start(struct feed_reader *r, struct frame *f, const struct start *s)
{
    f->extra = extra_object(reader_arena(r), f->element->name);
    add_attributes(r, f->extra, s);
    resolve_url(r, f, f->extra);
}

static void add_words(struct feed_reader *r, struct extra *to, struct str text)
{
    struct extra *list = extra_object(reader_arena(r), STR("content"));
    struct str word;

    list->kind = EXTRA_LIST;
    while (str_word(&text, &word))
        if (!extras_append(r, list, leaf(r, STR_NONE, reader_keep(r, word))))
            break;
    if (list->first != NULL)
        extra_append(to, list);
}

void media_end(struct feed_reader *r, struct frame *f, struct str text)
{
    struct str name = f->element->name;
    struct extra *group, *list, *e = f->extra;
    size_t n = 0;

    if (e == NULL)
        return; /* an item inside it has ended the item it belongs to */
    text = str_trim(text);
    if (str_eq(name, STR("restriction")))
        add_words(r, e, text);
    else
        extra_text(reader_arena(r), e, STR("content"), reader_keep(r, text));
    if (e->first == NULL)
        return;
    group = extras_group(r, STR("media"));
    if (!media_is_list(name)) {
        extras_put(r, group, e);
        return;
    }
    list = extra_get(group, name);
    if (list == NULL) {
        list = extra_object(reader_arena(r), name);
        list->kind = EXTRA_LIST;
        extra_append(group, list);
    }
    for (const struct extra *i = list->first; i != NULL; i = i->next)
        n++;
    e->name = STR_NONE;
    if (n < 100)
        extra_append(list, e);
    else
        extras_left_out(r, name);
}

/* What stands in media:group and media:content says something of the entry. */
void media_group_start(struct feed_reader *r, struct frame *f,
                       const struct start *s)
{
    (void)s;
    f->place = frame_parent(r)->place;
}

void media_content_start(struct feed_reader *r, struct frame *f,
                         const struct start *s)
{
    media_start(r, f, s);
    f->place = frame_parent(r)->place;
}

/* ---- news sitemaps ---- */

void news_name_end(struct feed_reader *r, struct frame *f, struct str text)
{
    (void)f;
    if (r->in_entry && field_claim(r, FIELD_PUBLISHER, 2))
        r->entry.publisher.name = reader_keep(r, str_trim(text));
}

/* ---- Podlove simple chapters ---- */

void chapters_start(struct feed_reader *r, struct frame *f,
                    const struct start *s)
{
    struct extra *chapters, *list;

    /* Only the first list of an entry counts. */
    if (!r->in_entry || r->entry.extras != NULL)
        if (extra_get(extras_slot(r), STR("chapters")) != NULL) {
            extras_left_out(r, STR("chapters"));
            return;
        }
    chapters = extras_group(r, STR("chapters"));
    extra_text(reader_arena(r), chapters, STR("version"),
               reader_keep(r, attr_get(s->attrs, s->n, "version")));
    list = extra_object(reader_arena(r), STR("chapters"));
    list->kind = EXTRA_LIST;
    extra_append(chapters, list);
    f->place = PLACE_CHAPTERS;
    f->extra = list;
}

/* "00:03:07.250", "08:26" or "90" as seconds. */
static bool play_time(struct str s, double *seconds)
{
    struct str part;
    double total = 0, v;
    int parts = 0;

    s = str_trim(s);
    if (s.n == 0 || s.n > 30)
        return false;
    while (str_split(&s, ':', &part)) {
        if (++parts > 3 || !str_to_double(part, &v) || v < 0 || v > 1e7)
            return false;
        total = total * 60 + v;
    }
    *seconds = total;
    return true;
}

void chapter_start(struct feed_reader *r, struct frame *f,
                   const struct start *s)
{
    static const char *const names[] = {"title", "href", "image"};
    struct extra *list = frame_parent(r)->extra, *e, *start;
    double seconds;

    (void)f;
    if (list == NULL)
        return;
    if (r->entry_extras++ > 1000) {
        extras_left_out(r, list->name);
        return;
    }
    e = extra_object(reader_arena(r), STR_NONE);
    if (play_time(attr_get(s->attrs, s->n, "start"), &seconds)) {
        start = leaf(r, STR("start"),
                     arena_printf(reader_arena(r), "%.3f", seconds));
        start->kind = EXTRA_NUMBER;
        extra_append(e, start);
    } else {
        reader_value_invalid(r, STR("start"),
                             attr_get(s->attrs, s->n, "start"));
    }
    for (size_t i = 0; i < 3; i++) {
        struct str value = attr_get(s->attrs, s->n, names[i]);

        extra_text(reader_arena(r), e, str_from_c(names[i]),
                   reader_keep(r, str_trim(value)));
    }
    extra_append(list, e);
}

/* ---- dcterms:valid ---- */

/* One part of a period: "start=2002-10-13T09:00+01:00"; a date alone is its end,
 * as shops and magazines write it. */
static void read_limit(struct feed_reader *r, struct extra *period,
                       struct str part, struct str element)
{
    static const struct str names[] = {STR_INIT("start"), STR_INIT("end"),
                                       STR_INIT("name"), STR_INIT("scheme")};
    size_t eq = str_find_char(part, '=', 0);
    struct str name = str_trim(str_slice(part, 0, eq)), value = part;
    char out[WHEN_CHARS];
    struct when w;
    size_t i = 0;

    if (eq == STR_NOT_FOUND)
        name = names[1];
    else
        value = str_trim(str_from(part, eq + 1));
    while (i < 4 && !str_eq_nocase(name, names[i]))
        i++;
    if (i == 4) {
        reader_value_invalid(r, element, part);
        return;
    }
    if (i < 2) {
        if (!reader_date(r, value, element, &w))
            return;
        when_rfc3339(w, out);
        value = str_from_c(out);
    }
    if (extra_get(period, names[i]) == NULL)
        extra_text(reader_arena(r), period, names[i], reader_keep(r, value));
    else
        reader_value_invalid(r, element, part);
}

/* "start=…;end=…;scheme=W3C-DTF" (DCMI Period). */
void validity_end(struct feed_reader *r, struct frame *f, struct str text)
{
    struct extra *period = extra_object(reader_arena(r), STR("validity"));
    struct str part;

    while (str_split(&text, ';', &part))
        if (str_trim(part).n > 0)
            read_limit(r, period, part, f->element->name);
    if (period->first != NULL)
        extras_put(r, extras_slot(r), period);
}
