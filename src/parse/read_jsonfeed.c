/*
 * JSON Feed 1.0 and 1.1.  A JSON tree takes many times the memory of its text,
 * so the text is cut into the document without its items and the items one by
 * one, and each part is parsed by itself.  Version 1.0 has one `author` where 1.1 has `authors`;
 * both are read in both.  Numbers as identifiers are taken as they are written.
 * A document without the version string is a feed when it has items.
 */
#include "parse/reader.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "text/json.h"
#include "text/lang.h"
#include "text/url.h"

#define LIST_MAX 1000

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
    persons_add(reader_arena(r), list, &p);
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
    for (const struct json *t = tags->first; t != NULL && list->n < LIST_MAX;
         t = t->next)
        if (t->type == JSON_STRING && str_trim(t->string).n > 0)
            *vec_add(reader_arena(r), list) =
                (struct category){.term = reader_keep(r, str_trim(t->string))};
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
    for (const struct json *a = list->first; a != NULL && links->n < LIST_MAX;
         a = a->next) {
        struct str href = url_of(r, a, "url");
        struct link *l;

        if (href.n == 0)
            continue;
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

static void read_item(struct feed_reader *r, const struct json *j)
{
    struct feed_fields *e = &r->entry;
    reader_begin_entry(r);
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
    reader_emit_entry(r);
}

/* Only those of WebSub are asked as hubs; of another kind (rssCloud) the type is
 * the link's relation. */
static void read_hubs(struct feed_reader *r, const struct json *j)
{
    const struct json *hubs = json_get(j, STR("hubs"));

    if (hubs == NULL || hubs->type != JSON_ARRAY)
        return;
    for (const struct json *h = hubs->first; h != NULL && r->feed.links.n < 50;
         h = h->next) {
        struct str type = reader_keep(r, scalar(h, "type"));
        struct str href = url_of(r, h, "url");

        if (href.n == 0)
            continue;
        add_link(r, &r->feed.links, href, "hub", "");
        if (type.n > 0 && !str_eq_nocase(type, STR("websub")))
            r->feed.links.at[r->feed.links.n - 1].rel = type;
    }
}

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
}

/* ---- the document, in parts ---- */

static size_t skip_blanks(struct str s, size_t i)
{
    while (i < s.n && is_space(s.p[i]))
        i++;
    return i;
}

/* The end of the string that begins at the quote at I. */
static size_t string_end_at(struct str s, size_t i)
{
    for (i++; i < s.n && s.p[i] != '"'; i++)
        if (s.p[i] == '\\')
            i++;
    return i < s.n ? i + 1 : s.n;
}

/* The end of the value that begins at I: what is between brackets or up to the
 * next comma.  Only its extent matters here; jansson says whether it is one. */
static size_t value_end(struct str s, size_t i)
{
    size_t depth = 0;

    while (i < s.n) {
        char c = s.p[i];

        if (c == '"') {
            i = string_end_at(s, i);
            continue;
        }
        if (c == '{' || c == '[') {
            depth++;
        } else if (c == '}' || c == ']') {
            if (depth == 0)
                return i;
            depth--;
        } else if (c == ',' && depth == 0) {
            return i;
        }
        i++;
    }
    return s.n;
}

/* The slice of the array `items`, and the document without it onto REST, which
 * ends as the document does.  False if S is no object with members. */
static bool split(struct str s, struct buf *rest, struct str *items)
{
    size_t i = skip_blanks(s, 0);

    *items = STR_NONE;
    if (i >= s.n || s.p[i] != '{')
        return false;
    buf_add_char(rest, '{');
    for (i = skip_blanks(s, i + 1); i < s.n && s.p[i] == '"';) {
        size_t from = i, key_end = string_end_at(s, i), value, end;

        value = skip_blanks(s, key_end);
        if (value >= s.n)
            break;
        if (s.p[value] != ':')
            return false;
        value = skip_blanks(s, value + 1);
        end = value_end(s, value);
        if (str_eq(str_slice(s, from, key_end), STR("\"items\"")) &&
            value < s.n && s.p[value] == '[') {
            *items = str_trim(str_slice(s, value, end));
        } else {
            if (rest->n > 1)
                buf_add_char(rest, ',');
            buf_add_str(rest, str_slice(s, from, end));
        }
        i = skip_blanks(s, end);
        if (i >= s.n || s.p[i] != ',')
            break;
        i = skip_blanks(s, i + 1);
    }
    buf_add_str(rest, str_from(s, i));
    return (rest->n > 1 || items->n > 0) && !buf_is_full(rest);
}

/* Of an item that is no JSON; as much as is read of a text. */
#define MENDED_MAX ((size_t)4 << 20)

/* S as a tree; when it is no JSON, what can be made of it, with a note. */
static const struct json *parse_mended(struct feed_reader *r, struct arena *a,
                                       struct str s, struct error *err)
{
    const struct json *j = json_parse(a, s, err);
    struct error again;

    if (j != NULL)
        return j;
    j = json_parse(a, json_mend(a, utf8_clip(s, MENDED_MAX)), &again);
    if (j != NULL && !notes_have(&r->notes, NOTE_JSON_REPAIRED))
        note_add(&r->notes, r->arena, NOTE_JSON_REPAIRED, "%s", err->text);
    return j;
}

/* Each element by itself, so that only one is in memory as a tree. */
static void read_items(struct feed_reader *r, struct str items)
{
    struct arena *a = arena_new(0);
    size_t i = 1;

    while ((i = skip_blanks(items, i)) < items.n && items.p[i] != ']') {
        size_t end = value_end(items, i);
        struct error err;
        const struct json *j =
            parse_mended(r, a, str_trim(str_slice(items, i, end)), &err);

        if (j != NULL && j->type == JSON_OBJECT)
            read_item(r, j);
        arena_reset(a);
        i = end < items.n && items.p[end] != ']' ? end + 1 : end;
    }
    arena_free(a);
    if (i >= items.n)
        note_add(&r->notes, r->arena, NOTE_TRUNCATED,
                 "the document ends inside its items");
}

static bool read_document(struct feed_reader *r, struct arena *a,
                          struct str rest, struct str items, struct error *err)
{
    const struct json *j = parse_mended(r, a, rest, err);
    struct str version = json_get_str(j, STR("version"));

    if (j == NULL)
        return false;
    if (!str_has_nocase(version, STR("jsonfeed.org/version")) && items.n == 0)
        return error_set(err, ERR_INPUT, "no feed: JSON, but no JSON Feed");
    r->feed_found = true;
    r->feed.format =
        str_ends(version, STR("/1")) || str_ends(version, STR("/1.0"))
            ? FEED_JSON1
            : FEED_JSON11;
    read_top(r, j);
    if (items.n > 0)
        read_items(r, items);
    return true;
}

bool jsonfeed_read(struct feed_reader *r, struct str text, struct error *err)
{
    struct arena *a = arena_new(0);
    struct buf rest;
    struct str items;
    bool ok;

    buf_init(&rest, text.n + 16);
    if (split(text, &rest, &items))
        ok = read_document(r, a, buf_str(&rest), items, err);
    else /* jansson knows what is wrong */
        ok = json_parse(a, text, err) != NULL &&
             error_set(err, ERR_INPUT, "no feed: JSON, but no JSON Feed");
    buf_done(&rest);
    arena_free(a);
    return ok;
}
