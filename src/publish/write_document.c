/*
 * A document as `parse` and `extract` print it: a JSON Feed 1.1 object on one
 * line, with everything JSON Feed has no name for under _feedmill.  README.md of
 * this folder describes every member.  What is not known is absent.
 */
#include "publish/publish.h"

#include "base/buf.h"
#include "publish/json_parts.h"

#define EXTRA_DEPTH 40 /* deeper ones are left out; JSON_DEPTH is above it */

/* ---- small parts ---- */

static void add_text(struct json_out *j, struct str key, const struct text *t)
{
    static const struct str types[] = {
        [TEXT_PLAIN] = STR_INIT("text/plain"),
        [TEXT_HTML] = STR_INIT("text/html"),
        [TEXT_XHTML] = STR_INIT("application/xhtml+xml"),
    };

    if (t->value.n == 0 && t->src.n == 0)
        return;
    if (key.n > 0)
        json_key(j, key);
    json_object(j);
    json_text(j, STR("value"), t->value);
    json_text(j, STR("type"), t->mime.n > 0 ? t->mime : types[t->type]);
    json_text(j, STR("language"), t->language);
    json_text(j, STR("base"), t->base);
    json_text(j, STR("src"), t->src);
    json_end(j);
}

static bool person_known(const struct person *p)
{
    return p->name.n > 0 || p->url.n > 0 || p->email.n > 0;
}

static void add_person(struct json_out *j, const struct person *p)
{
    json_object(j);
    json_text(j, STR("name"), p->name);
    json_text(j, STR("url"), p->url);
    json_text(j, STR("email"), p->email);
    json_end(j);
}

static void add_persons(struct json_out *j, struct str key,
                        const struct persons *list)
{
    if (list->n == 0)
        return;
    json_key(j, key);
    json_array(j);
    for (size_t i = 0; i < list->n; i++)
        if (person_known(&list->at[i]))
            add_person(j, &list->at[i]);
    json_end(j);
}

static void add_publisher(struct json_out *j, const struct person *p)
{
    if (!person_known(p))
        return;
    json_key(j, STR("publisher"));
    add_person(j, p);
}

static void add_links(struct json_out *j, const struct links *list)
{
    if (list->n == 0)
        return;
    json_key(j, STR("links"));
    json_array(j);
    for (size_t i = 0; i < list->n; i++) {
        const struct link *l = &list->at[i];

        json_object(j);
        json_text(j, STR("href"), l->href);
        json_text(j, STR("rel"), l->rel);
        json_text(j, STR("type"), l->type);
        json_text(j, STR("hreflang"), l->hreflang);
        json_text(j, STR("title"), l->title);
        if (l->length >= 0) {
            json_key(j, STR("length"));
            json_int(j, l->length);
        }
        json_end(j);
    }
    json_end(j);
}

static void add_categories(struct json_out *j, const struct categories *list)
{
    if (list->n == 0)
        return;
    json_key(j, STR("categories"));
    json_array(j);
    for (size_t i = 0; i < list->n; i++) {
        json_object(j);
        json_text(j, STR("term"), list->at[i].term);
        json_text(j, STR("scheme"), list->at[i].scheme);
        json_text(j, STR("label"), list->at[i].label);
        json_end(j);
    }
    json_end(j);
}

static void add_notes(struct json_out *j, const struct notes *notes,
                      const struct notes *more)
{
    const struct notes *lists[] = {notes, more};
    bool open = false;

    for (size_t i = 0; i < 2; i++) {
        if (lists[i] == NULL)
            continue;
        for (const struct note *n = lists[i]->first; n != NULL; n = n->next) {
            if (!open) {
                json_key(j, STR("notes"));
                json_array(j);
                open = true;
            }
            json_object(j);
            json_text(j, STR("code"), note_name(n->code));
            json_text(j, STR("text"), n->text);
            json_end(j);
        }
    }
    if (open)
        json_end(j);
}

/* {"href": "…"}, unless the extras say more about the image. */
static void add_image(struct json_out *j, struct str href,
                      const struct extra *extras)
{
    if (href.n == 0 ||
        (extras != NULL && extra_get(extras, STR("image")) != NULL))
        return;
    json_key(j, STR("image"));
    json_object(j);
    json_text(j, STR("href"), href);
    json_end(j);
}

/* ---- extras: a tree walked with a stack of our own ---- */

static bool extra_is_inner(const struct extra *e)
{
    return e->kind == EXTRA_OBJECT || e->kind == EXTRA_LIST;
}

static void add_leaf(struct json_out *j, const struct extra *e)
{
    if (e->kind == EXTRA_NUMBER)
        json_number(j, e->value);
    else if (e->kind == EXTRA_BOOL)
        json_bool(j, str_eq(e->value, STR("true")));
    else if (e->kind == EXTRA_NULL)
        json_null(j);
    else
        json_publishable(j, e->value);
}

/* The children of ROOT as members of the object that is open. */
static void add_extras(struct json_out *j, const struct extra *root)
{
    const struct extra *stack[EXTRA_DEPTH], *next;
    bool in_list[EXTRA_DEPTH];
    int depth = 0;

    if (root == NULL)
        return;
    stack[0] = root->first;
    in_list[0] = false;
    while (depth >= 0) {
        const struct extra *e = stack[depth];

        if (e == NULL) {
            if (depth-- > 0)
                json_end(j);
            continue;
        }
        next = e->next;
        stack[depth] = next;
        if (extra_is_inner(e) ? e->first == NULL || depth + 1 == EXTRA_DEPTH
                              : e->value.n == 0 && e->kind != EXTRA_NULL)
            continue;
        if (!in_list[depth])
            json_key(j, e->name);
        if (!extra_is_inner(e)) {
            add_leaf(j, e);
            continue;
        }
        if (e->kind == EXTRA_LIST)
            json_array(j);
        else
            json_object(j);
        depth++;
        stack[depth] = e->first;
        in_list[depth] = e->kind == EXTRA_LIST;
    }
}

/* ---- what a feed says of itself ---- */

static void add_generator(struct json_out *j, const struct feed_info *f)
{
    if (f->generator.n == 0 && f->generator_url.n == 0 &&
        f->generator_version.n == 0)
        return;
    json_key(j, STR("generator"));
    json_object(j);
    json_text(j, STR("name"), f->generator);
    json_text(j, STR("url"), f->generator_url);
    json_text(j, STR("version"), f->generator_version);
    json_end(j);
}

/* What a feed and the atom:source of an entry have in common. */
static void add_feed_like(struct json_out *j, const struct feed_info *f)
{
    json_text(j, STR("id"), f->id);
    add_text(j, STR("title"), &f->title);
    add_text(j, STR("subtitle"), &f->subtitle);
    add_text(j, STR("summary"), &f->summary);
    add_text(j, STR("info"), &f->info);
    add_text(j, STR("rights"), &f->rights);
    add_links(j, &f->links);
    add_categories(j, &f->categories);
    add_persons(j, STR("authors"), &f->authors);
    add_persons(j, STR("contributors"), &f->contributors);
    add_publisher(j, &f->publisher);
    add_generator(j, f);
    json_when(j, STR("published"), f->published);
    json_when(j, STR("updated"), f->updated);
    json_when(j, STR("created"), f->created);
    json_text(j, STR("icon"), f->icon);
    json_text(j, STR("logo"), f->logo);
    add_image(j, f->image, f->extras);
    json_text(j, STR("license"), f->license);
    json_text(j, STR("docs"), f->docs);
    json_text(j, STR("new_location"), f->new_location);
    json_text(j, STR("errors_to"), f->errors_to);
    json_text(j, STR("base"), f->base);
}

static void add_schedule(struct json_out *j, const struct feed_info *f)
{
    static const struct str days[] = {
        STR_INIT("Monday"),   STR_INIT("Tuesday"), STR_INIT("Wednesday"),
        STR_INIT("Thursday"), STR_INIT("Friday"),  STR_INIT("Saturday"),
        STR_INIT("Sunday"),
    };

    if (f->ttl_seconds > 0) {
        json_key(j, STR("ttl"));
        json_int(j, f->ttl_seconds / 60);
    }
    if (f->update_period_seconds > 0) {
        json_key(j, STR("update_period"));
        json_int(j, f->update_period_seconds);
    }
    if ((f->skip_hours & 0xFFFFFF) != 0) {
        json_key(j, STR("skip_hours"));
        json_array(j);
        for (int h = 0; h < 24; h++)
            if (f->skip_hours >> h & 1)
                json_int(j, h);
        json_end(j);
    }
    if ((f->skip_days & 0x7F) != 0) {
        json_key(j, STR("skip_days"));
        json_array(j);
        for (int d = 0; d < 7; d++)
            if (f->skip_days >> d & 1)
                json_str(j, days[d]);
        json_end(j);
    }
}

/* ---- items ---- */

static void add_source_feed(struct json_out *j, const struct feed_info *f)
{
    if (f == NULL)
        return;
    json_key(j, STR("source_feed"));
    json_object(j);
    json_text(j, STR("href"), f->self_url);
    add_feed_like(j, f);
    add_extras(j, f->extras);
    json_end(j);
}

static void add_contents(struct json_out *j, const struct texts *list)
{
    bool open = false;

    for (size_t i = 0; i < list->n; i++) {
        if (list->at[i].value.n == 0 && list->at[i].src.n == 0)
            continue;
        if (!open) {
            json_key(j, STR("content"));
            json_array(j);
            open = true;
        }
        add_text(j, STR_NONE, &list->at[i]);
    }
    if (open)
        json_end(j);
}

static void add_feed_item(struct json_out *j, const struct feed_fields *f)
{
    if (f->guid.n > 0) {
        json_key(j, STR("guid"));
        json_object(j);
        json_text(j, STR("value"), f->guid);
        json_key(j, STR("permalink"));
        json_bool(j, f->guid_is_permalink);
        json_end(j);
    }
    add_text(j, STR("title"), &f->title);
    add_text(j, STR("summary"), &f->summary);
    add_text(j, STR("subtitle"), &f->subtitle);
    add_contents(j, &f->contents);
    add_text(j, STR("rights"), &f->rights);
    add_links(j, &f->links);
    add_categories(j, &f->categories);
    add_persons(j, STR("authors"), &f->authors);
    add_persons(j, STR("contributors"), &f->contributors);
    add_publisher(j, &f->publisher);
    json_when(j, STR("published"), f->published);
    json_when(j, STR("updated"), f->updated);
    json_when(j, STR("created"), f->created);
    json_when(j, STR("expired"), f->expired);
    json_text(j, STR("comments"), f->comments);
    json_text(j, STR("license"), f->license);
    add_image(j, f->image, f->extras);
    add_source_feed(j, f->source_feed);
    add_extras(j, f->extras);
}

static void add_precision(struct json_out *j, struct when w)
{
    static const struct str names[] = {
        [WHEN_NONE] = STR_INIT(""),
        [WHEN_DAY] = STR_INIT("day"),
        [WHEN_MINUTE] = STR_INIT("minute"),
        [WHEN_SECOND] = STR_INIT("second"),
    };

    json_text(j, STR("date_precision"), names[w.precision]);
}

static void add_credits(struct json_out *j, const struct credits *list)
{
    if (list->n == 0)
        return;
    json_key(j, STR("credits"));
    json_array(j);
    for (size_t i = 0; i < list->n; i++) {
        json_object(j);
        json_text(j, STR("role"), list->at[i].role);
        json_text(j, STR("name"), list->at[i].name);
        json_end(j);
    }
    json_end(j);
}

static void add_confidence(struct json_out *j, const struct confidence *c)
{
    const struct {
        struct str key;
        float value;
    } parts[] = {
        {STR("title"), c->title},   {STR("author"), c->author},
        {STR("date"), c->date},     {STR("body"), c->body},
        {STR("source"), c->source},
    };
    bool open = false;

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (!(parts[i].value > 0))
            continue;
        if (!open) {
            json_key(j, STR("confidence"));
            json_object(j);
            open = true;
        }
        json_key(j, parts[i].key);
        json_double(j, (double)parts[i].value);
    }
    if (open)
        json_end(j);
}

static void add_page_item(struct json_out *j, const struct item *item,
                          struct str charset)
{
    json_text(j, STR("source"), item->source);
    json_text(j, STR("source_id"), item->source_id);
    json_text(j, STR("source_url"), item->source_url);
    json_text(j, STR("editor"), item->editor);
    add_credits(j, &item->credits);
    json_text(j, STR("site_name"), item->site_name);
    json_text(j, STR("section"), item->section);
    add_precision(j, item->published);
    json_text(j, STR("charset"), charset);
    add_confidence(j, &item->confidence);
}

static void add_item_id(struct json_out *j, const struct item *item)
{
    char short_id[SHORT_ID_CHARS + 1];

    if (item->guid.n > 0) {
        json_text(j, STR("id"), item->guid);
    } else if (item->url.n > 0 && !item->several_on_page) {
        json_text(j, STR("id"), item->url);
    } else {
        item_short_id(item->key, short_id);
        json_text(j, STR("id"), str_from_c(short_id));
    }
}

void document_item(struct document_out *o, const struct item *item,
                   struct str charset)
{
    struct json_out *j = &o->json;

    json_object(j);
    add_item_id(j, item);
    /* The document's own word; what we publish has tracking cut. */
    json_text(j, STR("url"), item->link.n > 0 ? item->link : item->url);
    json_text(j, STR("external_url"), item->external_url);
    json_text(j, STR("title"), item->title);
    json_text(j, STR("content_html"), item->html);
    json_text(j, STR("content_text"), item->text);
    json_text(j, STR("summary"), item->summary);
    json_text(j, STR("image"), item->image);
    if (item->feed != NULL)
        json_text(j, STR("banner_image"), item->feed->f.banner);
    json_when(j, STR("date_published"), item->published);
    json_when(j, STR("date_modified"), item->updated);
    json_authors(j, &item->authors);
    json_tags(j, &item->tags);
    json_text(j, STR("language"), item->language);
    json_attachments(j, &item->attachments);
    json_key(j, STR("_feedmill"));
    json_object(j);
    if (item->feed != NULL)
        add_feed_item(j, &item->feed->f);
    else
        add_page_item(j, item, charset);
    add_notes(j, &item->notes, NULL);
    json_end(j);
    json_end(j);
}

/* ---- the document ---- */

void document_begin(struct document_out *o, struct buf *out, bool pretty)
{
    o->has_refs = false;
    json_init(&o->json, out, pretty);
    json_object(&o->json);
    json_member(&o->json, STR("version"),
                STR("https://jsonfeed.org/version/1.1"));
    json_key(&o->json, STR("items"));
    json_array(&o->json);
}

/* JSON Feed's own members of the document. */
static void add_head(struct json_out *j, const struct document_print *d)
{
    const struct feed_info *f = d->feed == NULL ? NULL : &d->feed->f;

    json_text(j, STR("title"), d->title);
    json_text(j, STR("home_page_url"), d->home_page_url);
    json_text(j, STR("feed_url"), d->feed_url);
    json_text(j, STR("description"), d->description);
    json_text(j, STR("language"), d->language);
    if (f == NULL)
        return;
    json_text(j, STR("icon"), f->logo.n > 0 ? f->logo : f->image);
    json_text(j, STR("favicon"), f->icon);
    json_authors(j, &f->authors);
    json_hubs(j, &f->hubs);
    if (f->expired) {
        json_key(j, STR("expired"));
        json_bool(j, true);
    }
}

static void add_ref(struct json_out *j, struct str url, struct str title,
                    struct str type)
{
    json_object(j);
    json_text(j, STR("url"), url);
    json_text(j, STR("title"), title);
    json_text(j, STR("type"), type);
    json_end(j);
}

/* The links of a list page. */
static void add_list(struct json_out *j, const struct document_print *d)
{
    if (d->n_list_links > 0) {
        json_key(j, STR("links"));
        json_array(j);
        for (size_t i = 0; i < d->n_list_links; i++) {
            json_object(j);
            json_text(j, STR("url"), d->list_links[i].href);
            json_text(j, STR("title"), d->list_links[i].title);
            if (d->list_dates != NULL)
                json_when(j, STR("date"), d->list_dates[i]);
            json_end(j);
        }
        json_end(j);
    }
    if (d->n_feeds > 0) {
        json_key(j, STR("feeds"));
        json_array(j);
        for (size_t i = 0; i < d->n_feeds; i++)
            add_ref(j, d->feeds[i].href, d->feeds[i].title, d->feeds[i].type);
        json_end(j);
    }
    json_text(j, STR("next"), d->next);
}

void document_ref(struct document_out *o, struct str url, struct str title,
                  struct str type)
{
    struct json_out *j = &o->json;

    if (!o->has_refs) {
        json_end(j); /* items */
        json_key(j, STR("_feedmill"));
        json_object(j);
        json_key(j, STR("feeds"));
        json_array(j);
        o->has_refs = true;
    }
    add_ref(j, url, title, type);
}

void document_end(struct document_out *o, const struct document_print *d)
{
    struct json_out *j = &o->json;
    const struct feed_info *f = d->feed == NULL ? NULL : &d->feed->f;

    json_end(j); /* items, or feeds */
    if (!o->has_refs) {
        add_head(j, d);
        json_key(j, STR("_feedmill"));
        json_object(j);
    }
    json_text(j, STR("file"), d->file);
    json_text(j, STR("kind"), d->kind);
    json_text(j, STR("charset"), d->charset);
    json_text(j, STR("charset_from"), d->charset_from);
    if (f != NULL) {
        json_text(j, STR("format"), feed_format_name(f->format));
        add_feed_like(j, f);
        add_schedule(j, f);
        add_extras(j, f->extras);
    }
    add_list(j, d);
    add_notes(j, d->notes, f == NULL ? NULL : &f->notes);
    json_end(j);
    if (o->has_refs)
        add_head(j, d);
    json_end(j);
    buf_add_char(j->b, '\n');
}

void document_write_json(const struct document_print *d, struct buf *out)
{
    struct document_out o;

    document_begin(&o, out, d->pretty);
    for (size_t i = 0; i < d->n_items; i++)
        document_item(&o, d->items[i], d->charset);
    document_end(&o, d);
}
