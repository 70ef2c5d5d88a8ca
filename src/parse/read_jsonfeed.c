/*
 * JSON Feed 1.0 and 1.1.  A JSON tree takes many times the memory of its text,
 * so each item is parsed by itself, as soon as it has come (json_split.h), and
 * the rest of the document at the end.  Version 1.0 has one `author` where 1.1
 * has `authors`; both are read in both.  Numbers as identifiers are taken as
 * they are written.  A document without the version string is a feed when it has
 * items.  What JSON Feed has no name for becomes a member of `ext`.
 */
#include "parse/reader.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "parse/json_split.h"
#include "text/json.h"
#include "text/lang.h"
#include "text/url.h"

#define LIST_MAX 1000
#define HUBS_MAX 50 /* and the feed's other links */

/* A string, or a number as it is written: ids are numbers in many feeds. */
static struct str scalar(const struct json *j, const char *key)
{
    const struct json *v = json_get(j, str_from_c(key));

    if (v == NULL || (v->type != JSON_STRING && v->type != JSON_NUMBER))
        return STR_NONE;
    return str_trim(v->string);
}

static struct str address(struct feed_reader *r, struct str s)
{
    return reader_resolve(r, &r->frames[0], s);
}

static struct str url_of(struct feed_reader *r, const struct json *j,
                         const char *key)
{
    return address(r, json_get_str(j, str_from_c(key)));
}

static void add_person(struct feed_reader *r, struct persons *list,
                       const struct json *j)
{
    struct person p = {.name = scalar(j, "name")};

    if (j == NULL)
        return;
    if (j->type == JSON_STRING)
        p = person_parse(reader_arena(r), j->string);
    p.name = reader_keep(r, p.name);
    p.email = reader_keep(r, p.email);
    if (j->type == JSON_OBJECT) {
        p.url = url_of(r, j, "url");
        p.avatar = url_of(r, j, "avatar");
        p.email = reader_keep(r, scalar(j, "email"));
    }
    persons_add(r, list, &p);
}

static void read_authors(struct feed_reader *r, struct persons *list,
                         const struct json *j)
{
    const struct json *authors = json_get(j, STR("authors"));

    add_person(r, list, json_get(j, STR("author")));
    if (authors != NULL && authors->type == JSON_ARRAY)
        for (const struct json *a = authors->first; a != NULL; a = a->next)
            add_person(r, list, a);
}

static void set_text(struct feed_reader *r, struct text *to, struct str value,
                     enum text_type type)
{
    /* The tree of an item lives until its entry was handed on. */
    to->value = r->in_entry ? str_trim(value) : reader_keep(r, str_trim(value));
    to->type = type;
    to->base = r->hints.url;
}

static void add_link(struct feed_reader *r, struct links *list, struct str href,
                     const char *rel, const char *type)
{
    if (href.n == 0)
        return;
    *vec_add(reader_arena(r), list) = (struct link){.href = href,
                                                    .rel = str_from_c(rel),
                                                    .type = str_from_c(type),
                                                    .length = -1};
}

static void read_tags(struct feed_reader *r, const struct json *j)
{
    const struct json *tags = json_get(j, STR("tags"));
    struct categories *list = &r->entry.categories;

    if (tags == NULL || tags->type != JSON_ARRAY)
        return;
    for (const struct json *t = tags->first; t != NULL; t = t->next) {
        if (t->type != JSON_STRING || str_trim(t->string).n == 0)
            continue;
        if (list->n == LIST_MAX) {
            extras_left_out(r, STR("tags"));
            return;
        }
        *vec_add(reader_arena(r), list) =
            (struct category){.term = reader_keep(r, str_trim(t->string))};
    }
}

static int64_t count_of(const struct json *j, const char *key, int64_t unknown)
{
    const struct json *v = json_get(j, str_from_c(key));

    return v != NULL && v->type == JSON_NUMBER && v->number >= 0 &&
                   v->number < 1e15
               ? (int64_t)v->number
               : unknown;
}

static void read_attachments(struct feed_reader *r, const struct json *j)
{
    const struct json *list = json_get(j, STR("attachments"));
    struct links *links = &r->entry.links;

    if (list == NULL || list->type != JSON_ARRAY)
        return;
    for (const struct json *a = list->first; a != NULL; a = a->next) {
        struct str href = url_of(r, a, "url");
        struct link *l;

        if (href.n == 0)
            continue;
        if (links->n >= LIST_MAX) {
            extras_left_out(r, STR("attachments"));
            return;
        }
        l = vec_add(reader_arena(r), links);
        l->href = href;
        l->rel = STR("enclosure");
        l->type = reader_keep(r, scalar(a, "mime_type"));
        l->title = reader_keep(r, scalar(a, "title"));
        l->length = count_of(a, "size_in_bytes", -1);
        l->duration_seconds = count_of(a, "duration_in_seconds", 0);
    }
}

static void read_content(struct feed_reader *r, const struct json *j)
{
    static const struct {
        const char *key;
        enum text_type type;
    } rows[] = {{"content_html", TEXT_HTML}, {"content_text", TEXT_PLAIN}};

    for (size_t i = 0; i < 2; i++) {
        struct str value = scalar(j, rows[i].key);

        if (value.n > 0) {
            struct text *t = vec_add(reader_arena(r), &r->entry.contents);

            set_text(r, t, value, rows[i].type);
            t->language = r->entry.language;
        }
    }
}

static struct when date_of(struct feed_reader *r, const struct json *j,
                           const char *key)
{
    struct when w = {0};

    if (!reader_date(r, scalar(j, key), str_from_c(key), &w))
        w = (struct when){0};
    return w;
}

static struct str language_of(struct feed_reader *r, const struct json *j)
{
    return reader_keep(r, scalar(j, "language"));
}

/* ---- members without a name in JSON Feed ---- */

#define EXT_DEPTH 5 /* as in XML */

static void add_members(struct feed_reader *r, struct extra *to,
                        const struct json *first, int depth);

static struct extra *extra_of(struct feed_reader *r, const struct json *j,
                              int depth)
{
    struct extra *e = arena_make(reader_arena(r), struct extra);

    e->name = reader_keep(r, utf8_clip(j->key, 60));
    switch (j->type) {
    case JSON_NULL:
        e->kind = EXTRA_NULL;
        break;
    case JSON_FALSE:
    case JSON_TRUE:
        e->kind = EXTRA_BOOL;
        e->value = j->type == JSON_TRUE ? STR("true") : STR("false");
        break;
    case JSON_NUMBER:
    case JSON_STRING:
        e->kind = j->type == JSON_NUMBER ? EXTRA_NUMBER : EXTRA_TEXT;
        e->value = reader_keep(r, j->string);
        break;
    case JSON_ARRAY:
    case JSON_OBJECT:
        e->kind = j->type == JSON_ARRAY ? EXTRA_LIST : EXTRA_OBJECT;
        add_members(r, e, j->first, depth + 1);
        break;
    }
    return e;
}

static void add_members(struct feed_reader *r, struct extra *to,
                        const struct json *first, int depth)
{
    if (depth > EXT_DEPTH && first != NULL) {
        extras_too_deep(r, to->name.n > 0 ? to->name : STR("ext"));
        return;
    }
    for (const struct json *j = first; j != NULL; j = j->next)
        if (!extras_append(r, to, extra_of(r, j, depth)))
            return;
}

static bool is_one_of(struct str key, const char *const *names)
{
    for (; *names != NULL; names++)
        if (str_eq(key, str_from_c(*names)))
            return true;
    return false;
}

/* The members of J that are none of NAMES, which ends with NULL.  What a
 * feedmill says of its own feeds is no more true of what is read here. */
static void read_others(struct feed_reader *r, const struct json *j,
                        const char *const *names)
{
    for (const struct json *m = j->first; m != NULL; m = m->next)
        if (!is_one_of(m->key, names) && !str_eq(m->key, STR("_feedmill")) &&
            m->key.n > 0 && m->type != JSON_NULL &&
            !extras_append(r, extras_group(r, STR("ext")), extra_of(r, m, 1)))
            return;
}

/* ---- items ---- */

static const char *const item_names[] = {
    "id",      "url",          "external_url",   "title",
    "summary", "content_html", "content_text",   "language",
    "author",  "authors",      "tags",           "attachments",
    "image",   "banner_image", "date_published", "date_modified",
    NULL};

static void read_item(struct feed_reader *r, const struct json *j)
{
    struct feed_fields *e = &r->entry;

    e->language = language_of(r, j);
    e->base = r->hints.url;
    e->guid = reader_keep(r, scalar(j, "id"));
    e->guid_is_permalink = false;
    set_text(r, &e->title, scalar(j, "title"), TEXT_PLAIN);
    set_text(r, &e->summary, scalar(j, "summary"), TEXT_PLAIN);
    read_content(r, j);
    add_link(r, &e->links, url_of(r, j, "url"), "alternate", "text/html");
    e->external_url = url_of(r, j, "external_url");
    add_link(r, &e->links, e->external_url, "related", "");
    if (e->links.n == 0 && url_is_http(e->guid))
        add_link(r, &e->links, e->guid, "alternate", "");
    read_authors(r, &e->authors, j);
    read_tags(r, j);
    read_attachments(r, j);
    e->published = date_of(r, j, "date_published");
    e->updated = date_of(r, j, "date_modified");
    e->image = url_of(r, j, "image");
    e->banner = url_of(r, j, "banner_image");
    if (e->image.n == 0)
        e->image = e->banner;
    read_others(r, j, item_names);
}

/* Only those of WebSub are asked as hubs; of another kind (rssCloud) the type is
 * the link's relation. */
static void read_hubs(struct feed_reader *r, const struct json *j)
{
    const struct json *hubs = json_get(j, STR("hubs"));

    if (hubs == NULL || hubs->type != JSON_ARRAY)
        return;
    for (const struct json *h = hubs->first; h != NULL; h = h->next) {
        struct str type = reader_keep(r, scalar(h, "type"));
        struct str href = url_of(r, h, "url");

        if (href.n == 0)
            continue;
        if (r->feed.links.n >= HUBS_MAX) {
            extras_left_out(r, STR("hubs"));
            return;
        }
        add_link(r, &r->feed.links, href, "hub", "");
        if (type.n > 0 && !str_eq_nocase(type, STR("websub")))
            r->feed.links.at[r->feed.links.n - 1].rel = type;
    }
}

static const char *const top_names[] = {
    "version",       "title",   "description", "user_comment",
    "home_page_url", "icon",    "favicon",     "feed_url",
    "next_url",      "expired", "author",      "authors",
    "language",      "hubs",    "items",       NULL};

static void read_top(struct feed_reader *r, const struct json *j)
{
    const struct json *expired = json_get(j, STR("expired"));
    struct feed_info *f = &r->feed;

    f->language = language_of(r, j);
    f->base = r->hints.url;
    set_text(r, &f->title, scalar(j, "title"), TEXT_PLAIN);
    set_text(r, &f->subtitle, scalar(j, "description"), TEXT_PLAIN);
    set_text(r, &f->info, scalar(j, "user_comment"), TEXT_PLAIN);
    add_link(r, &f->links, url_of(r, j, "home_page_url"), "alternate",
             "text/html");
    add_link(r, &f->links, url_of(r, j, "feed_url"), "self",
             "application/feed+json");
    add_link(r, &f->links, url_of(r, j, "next_url"), "next",
             "application/feed+json");
    f->id = url_of(r, j, "feed_url");
    f->icon = url_of(r, j, "favicon");
    f->logo = url_of(r, j, "icon");
    f->image = f->logo.n > 0 ? f->logo : f->icon;
    f->expired = expired != NULL && expired->type == JSON_TRUE;
    read_authors(r, &f->authors, j);
    read_hubs(r, j);
    read_others(r, j, top_names);
}

/* ---- the document, in parts ---- */

struct json_reader {
    struct feed_reader *r;
    struct json_split parts;
    struct arena *a; /* of the part at hand */
    size_t items, left_out, first_left_out;
    bool has_ended; /* the document has */
};

/* Of a part that is no JSON; as much as is read of a text. */
#define MENDED_MAX ((size_t)4 << 20)

/* S as a tree.  When it is no JSON, what can be made of it, and ERR says what
 * was wrong; else ERR has no text. */
static const struct json *parse_mended(struct arena *a, struct str s,
                                       struct error *err)
{
    const struct json *j = json_parse(a, s, err);
    struct error again;

    if (j != NULL) {
        *err = (struct error){0};
        return j;
    }
    return json_parse(a, json_mend(a, utf8_clip(s, MENDED_MAX)), &again);
}

static void note_faults(struct feed_reader *r, unsigned faults,
                        const struct error *err)
{
    struct notes *notes = reader_notes(r);
    struct arena *a = reader_arena(r);

    if ((faults & PART_STRING) != 0)
        note_add(notes, a, NOTE_TOO_LARGE, "long strings were cut");
    if ((faults & PART_DEPTH) != 0)
        note_add(notes, a, NOTE_MARKUP_HOSTILE,
                 "values nested too deep are left out");
    if ((faults & PART_TOO_MUCH) != 0)
        note_add(notes, a, NOTE_TOO_LARGE,
                 "too much of it, the rest is left out");
    else if (err->text[0] != '\0')
        note_add(notes, a, NOTE_JSON_REPAIRED, "line %d, column %d: %s",
                 err->line, err->column, err->text);
}

static void on_item(void *ctx, struct str text, unsigned faults)
{
    struct json_reader *reader = ctx;
    struct feed_reader *r = reader->r;
    struct error err;
    const struct json *j = parse_mended(reader->a, text, &err);

    reader->items++;
    if (j != NULL && j->type == JSON_OBJECT) {
        reader_begin_entry(r);
        r->entry.is_cut = reader->has_ended && err.text[0] != '\0';
        read_item(r, j);
        note_faults(r, faults, &err);
        reader_emit_entry(r);
    } else if (reader->left_out++ == 0) {
        reader->first_left_out = reader->items;
    }
    arena_reset(reader->a);
}

struct json_reader *json_reader_new(struct feed_reader *r)
{
    struct json_reader *reader = heap_alloc(sizeof *reader);

    reader->r = r;
    reader->a = arena_new(0);
    json_split_init(&reader->parts, on_item, reader);
    r->feed.format = FEED_JSON11;
    return reader;
}

void json_reader_free(struct json_reader *reader)
{
    if (reader == NULL)
        return;
    json_split_done(&reader->parts);
    arena_free(reader->a);
    free(reader);
}

void json_reader_push(struct json_reader *reader, struct str utf8)
{
    json_split_push(&reader->parts, utf8);
}

/* What is said of the feed, when all items have been read. */
static bool finish_top(struct json_reader *reader, struct error *err)
{
    struct feed_reader *r = reader->r;
    struct error why;
    const struct json *j =
        parse_mended(reader->a, buf_str(&reader->parts.top.text), &why);
    struct str version = json_get_str(j, STR("version"));

    if (j == NULL) {
        *err = why;
        return false;
    }
    if (!reader->parts.has_items &&
        !str_has_nocase(version, STR("jsonfeed.org/version")))
        return error_set(err, ERR_INPUT, "no feed: JSON, but no JSON Feed");
    r->feed_found = true;
    if (str_ends(version, STR("/1")) || str_ends(version, STR("/1.0")))
        r->feed.format = FEED_JSON1;
    read_top(r, j);
    note_faults(r, reader->parts.top.faults, &why);
    return true;
}

bool json_reader_finish(struct json_reader *reader, struct error *err)
{
    struct feed_reader *r = reader->r;
    bool is_whole;

    reader->has_ended = true;
    is_whole = json_split_finish(&reader->parts);
    if (!finish_top(reader, err))
        return false;
    r->feed.is_cut =
        !is_whole || (!reader->parts.has_items && reader->parts.depth > 0);
    if (!is_whole)
        note_add(&r->notes, r->arena, NOTE_TRUNCATED,
                 "the document ends inside its items");
    if (reader->left_out > 0)
        note_add(&r->notes, r->arena, NOTE_JSON_REPAIRED,
                 "%zu items are no objects and left out, number %zu first",
                 reader->left_out, reader->first_left_out);
    return true;
}
