/*
 * The fields of an item that nobody searches by are one JSON object in
 * body.more, so that a new field needs no migration: absent members read as not
 * known.  `sqlite3 store.db "SELECT more ->> 'editor' FROM body"` looks into it.
 */
#include "store/store_item.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/json_out.h"
#include "base/vec.h"
#include "text/json.h"

/* ---- out ------------------------------------------------------------------------- */

static void put_strs(struct json_out *j, struct str key, const struct strs *l)
{
    if (l->n == 0)
        return;
    json_key(j, key);
    json_array(j);
    for (size_t i = 0; i < l->n; i++)
        json_str(j, l->at[i]);
    json_end(j);
}

static void put_persons(struct json_out *j, struct str key,
                        const struct persons *l)
{
    if (l->n == 0)
        return;
    json_key(j, key);
    json_array(j);
    for (size_t i = 0; i < l->n; i++) {
        json_object(j);
        json_member(j, STR("name"), l->at[i].name);
        json_member(j, STR("url"), l->at[i].url);
        json_member(j, STR("email"), l->at[i].email);
        json_end(j);
    }
    json_end(j);
}

static void put_links(struct json_out *j, struct str key, const struct links *l)
{
    if (l->n == 0)
        return;
    json_key(j, key);
    json_array(j);
    for (size_t i = 0; i < l->n; i++) {
        const struct link *link = &l->at[i];

        json_object(j);
        json_member(j, STR("href"), link->href);
        json_member(j, STR("rel"), link->rel);
        json_member(j, STR("type"), link->type);
        json_member(j, STR("hreflang"), link->hreflang);
        json_member(j, STR("title"), link->title);
        if (link->length >= 0) {
            json_key(j, STR("length"));
            json_int(j, link->length);
        }
        json_end(j);
    }
    json_end(j);
}

static void put_categories(struct json_out *j, struct str key,
                           const struct categories *l)
{
    if (l->n == 0)
        return;
    json_key(j, key);
    json_array(j);
    for (size_t i = 0; i < l->n; i++) {
        json_object(j);
        json_member(j, STR("term"), l->at[i].term);
        json_member(j, STR("scheme"), l->at[i].scheme);
        json_member(j, STR("label"), l->at[i].label);
        json_end(j);
    }
    json_end(j);
}

static void put_credits(struct json_out *j, const struct credits *l)
{
    if (l->n == 0)
        return;
    json_key(j, STR("credits"));
    json_array(j);
    for (size_t i = 0; i < l->n; i++) {
        json_object(j);
        json_member(j, STR("role"), l->at[i].role);
        json_member(j, STR("name"), l->at[i].name);
        json_end(j);
    }
    json_end(j);
}

static void put_notes(struct json_out *j, const struct notes *l)
{
    if (l->n == 0)
        return;
    json_key(j, STR("notes"));
    json_array(j);
    for (const struct note *note = l->first; note != NULL; note = note->next) {
        json_object(j);
        json_member(j, STR("code"), note_name(note->code));
        json_member(j, STR("text"), note->text);
        json_end(j);
    }
    json_end(j);
}

static void put_confidence(struct json_out *j, const struct confidence *c)
{
    const struct {
        struct str name;
        float value;
    } parts[] = {
        {STR("title"), c->title},   {STR("author"), c->author},
        {STR("date"), c->date},     {STR("body"), c->body},
        {STR("source"), c->source},
    };

    json_key(j, STR("confidence"));
    json_object(j);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i].value > 0) {
            json_key(j, parts[i].name);
            json_double(j, (double)parts[i].value);
        }
    }
    json_end(j);
}

/* What a feed says of its entry that an edition passes on. */
static void put_feed_fields(struct json_out *j, const struct feed_fields *f)
{
    json_key(j, STR("feed"));
    json_object(j);
    if (f->guid_is_permalink) {
        json_key(j, STR("permalink"));
        json_bool(j, true);
    }
    json_member(j, STR("rights"), f->rights.value);
    json_member(j, STR("comments"), f->comments);
    json_member(j, STR("license"), f->license);
    put_categories(j, STR("categories"), &f->categories);
    put_persons(j, STR("contributors"), &f->contributors);
    json_end(j);
}

struct str item_pack(struct arena *a, const struct item *item)
{
    struct json_out j;
    struct buf b;
    struct str packed;

    buf_init(&b, BUF_MAX);
    json_init(&j, &b, false);
    json_object(&j);
    json_member(&j, STR("external_url"), item->external_url);
    json_member(&j, STR("image"), item->image);
    json_member(&j, STR("source_id"), item->source_id);
    json_member(&j, STR("editor"), item->editor);
    json_member(&j, STR("section"), item->section);
    put_persons(&j, STR("authors"), &item->authors);
    put_strs(&j, STR("tags"), &item->tags);
    put_links(&j, STR("attachments"), &item->attachments);
    put_credits(&j, &item->credits);
    put_confidence(&j, &item->confidence);
    if (item->several_on_page) {
        json_key(&j, STR("several_on_page"));
        json_bool(&j, true);
    }
    if (item->feed != NULL)
        put_feed_fields(&j, &item->feed->f);
    put_notes(&j, &item->notes);
    json_end(&j);
    packed = buf_keep(&b, a);
    buf_done(&b);
    return packed;
}

/* ---- in -------------------------------------------------------------------------- */

static const struct json *elements(const struct json *j, struct str key)
{
    const struct json *list = json_get(j, key);

    return list != NULL && list->type == JSON_ARRAY ? list->first : NULL;
}

static bool is_true(const struct json *j, struct str key)
{
    const struct json *v = json_get(j, key);

    return v != NULL && v->type == JSON_TRUE;
}

static double number(const struct json *j, struct str key, double fallback)
{
    const struct json *v = json_get(j, key);

    return v != NULL && v->type == JSON_NUMBER ? v->number : fallback;
}

static void get_strs(struct arena *a, const struct json *j, struct str key,
                     struct strs *out)
{
    for (const struct json *e = elements(j, key); e != NULL; e = e->next)
        *vec_add(a, out) = e->string;
}

static void get_persons(struct arena *a, const struct json *j, struct str key,
                        struct persons *out)
{
    for (const struct json *e = elements(j, key); e != NULL; e = e->next)
        *vec_add(a, out) = (struct person){
            .name = json_get_str(e, STR("name")),
            .url = json_get_str(e, STR("url")),
            .email = json_get_str(e, STR("email")),
        };
}

static void get_links(struct arena *a, const struct json *j, struct str key,
                      struct links *out)
{
    for (const struct json *e = elements(j, key); e != NULL; e = e->next)
        *vec_add(a, out) = (struct link){
            .href = json_get_str(e, STR("href")),
            .rel = json_get_str(e, STR("rel")),
            .type = json_get_str(e, STR("type")),
            .hreflang = json_get_str(e, STR("hreflang")),
            .title = json_get_str(e, STR("title")),
            .length = (int64_t)number(e, STR("length"), -1),
        };
}

static void get_categories(struct arena *a, const struct json *j,
                           struct str key, struct categories *out)
{
    for (const struct json *e = elements(j, key); e != NULL; e = e->next)
        *vec_add(a, out) = (struct category){
            .term = json_get_str(e, STR("term")),
            .scheme = json_get_str(e, STR("scheme")),
            .label = json_get_str(e, STR("label")),
        };
}

static void get_credits(struct arena *a, const struct json *j,
                        struct credits *out)
{
    for (const struct json *e = elements(j, STR("credits")); e != NULL;
         e = e->next)
        *vec_add(a, out) = (struct credit){
            .role = json_get_str(e, STR("role")),
            .name = json_get_str(e, STR("name")),
        };
}

/* A code that this program does not know is left out: an older store's. */
static void get_notes(struct arena *a, const struct json *j, struct notes *out)
{
    for (const struct json *e = elements(j, STR("notes")); e != NULL;
         e = e->next) {
        enum note_code code;

        if (note_by_name(json_get_str(e, STR("code")), &code))
            note_add(out, a, code, "%.*s",
                     STR_ARG(json_get_str(e, STR("text"))));
    }
}

static struct safe_feed_fields *get_feed_fields(struct arena *a,
                                                const struct json *j)
{
    struct safe_feed_fields *feed = arena_make(a, struct safe_feed_fields);
    struct feed_fields *f = &feed->f;

    f->guid_is_permalink = is_true(j, STR("permalink"));
    f->rights.value = json_get_str(j, STR("rights"));
    f->comments = json_get_str(j, STR("comments"));
    f->license = json_get_str(j, STR("license"));
    get_categories(a, j, STR("categories"), &f->categories);
    get_persons(a, j, STR("contributors"), &f->contributors);
    return feed;
}

bool item_unpack(struct arena *a, struct str json, struct item *out,
                 struct error *err)
{
    const struct json *j = json_parse(a, json, err), *confidence, *feed;

    if (j == NULL)
        return false;
    out->external_url = json_get_str(j, STR("external_url"));
    out->image = json_get_str(j, STR("image"));
    out->source_id = json_get_str(j, STR("source_id"));
    out->editor = json_get_str(j, STR("editor"));
    out->section = json_get_str(j, STR("section"));
    get_persons(a, j, STR("authors"), &out->authors);
    get_strs(a, j, STR("tags"), &out->tags);
    get_links(a, j, STR("attachments"), &out->attachments);
    get_credits(a, j, &out->credits);
    confidence = json_get(j, STR("confidence"));
    out->confidence = (struct confidence){
        .title = (float)number(confidence, STR("title"), 0),
        .author = (float)number(confidence, STR("author"), 0),
        .date = (float)number(confidence, STR("date"), 0),
        .body = (float)number(confidence, STR("body"), 0),
        .source = (float)number(confidence, STR("source"), 0),
    };
    out->several_on_page = is_true(j, STR("several_on_page"));
    feed = json_get(j, STR("feed"));
    if (feed != NULL)
        out->feed = get_feed_fields(a, feed);
    get_notes(a, j, &out->notes);
    return true;
}
