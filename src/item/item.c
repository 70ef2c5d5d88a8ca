#include "item/item.h"

#include "base/arena.h"
#include "text/fold.h"
#include "text/url.h"

static struct str hash_name(struct arena *a, struct str s)
{
    char id[SHORT_ID_CHARS + 1];

    hash128_short_id(hash128(s), id);
    return arena_str(a, str_from_c(id));
}

struct str item_key(struct arena *a, const struct item *item,
                    struct str source_url)
{
    if (item->guid.n > 0)
        return arena_cat(a, STR("guid "), source_url, STR(" "), item->guid);
    return item_key_at(a, item, source_url, url_key(a, item->url));
}

struct str item_key_at(struct arena *a, const struct item *item,
                       struct str source_url, struct str key)
{
    if (key.n > 0 && item->several_on_page)
        return arena_cat(a, STR("url "), key, STR(" "),
                         hash_name(a, fold_letters(a, item->title)));
    if (key.n > 0)
        return arena_cat(a, STR("url "), key);
    /* A saved page without an address: where it lies and what it is called,
     * or the text itself when it has no title either. */
    if (item->title.n > 0)
        return arena_cat(a, STR("title "), source_url, STR(" "),
                         hash_name(a, fold_letters(a, item->title)));
    return arena_cat(a, STR("text "), source_url, STR(" "),
                     hash_name(a, item->text));
}

void item_short_id(struct str key, char out[SHORT_ID_CHARS + 1])
{
    hash128_short_id(hash128(key), out);
}

static void take(struct str *field, struct str value)
{
    if (field->n == 0)
        *field = value;
}

void item_take_page(struct arena *a, struct item *item, const struct item *page)
{
    struct notes notes = {0};

    item->html = page->html;
    item->text = page->text;
    if (page->summary.n > 0)
        item->summary = page->summary;
    take(&item->title, page->title);
    take(&item->language, page->language);
    take(&item->image, page->image);
    take(&item->source, page->source);
    take(&item->source_id, page->source_id);
    take(&item->source_url, page->source_url);
    take(&item->editor, page->editor);
    take(&item->site_name, page->site_name);
    take(&item->section, page->section);
    if (item->authors.n == 0)
        item->authors = page->authors;
    if (item->tags.n == 0)
        item->tags = page->tags;
    if (item->credits.n == 0)
        item->credits = page->credits;
    item->confidence.body = page->confidence.body;
    /* The list may be someone else's. */
    notes_copy(&notes, a, &item->notes);
    notes_copy(&notes, a, &page->notes);
    item->notes = notes;
}

struct str feed_format_name(enum feed_format format)
{
    static const struct str names[] = {
        [FEED_UNKNOWN] = STR_INIT(""),
        [FEED_RSS] = STR_INIT("rss"),
        [FEED_RSS090] = STR_INIT("rss090"),
        [FEED_RSS091] = STR_INIT("rss091"),
        [FEED_RSS092] = STR_INIT("rss092"),
        [FEED_RSS093] = STR_INIT("rss093"),
        [FEED_RSS094] = STR_INIT("rss094"),
        [FEED_RSS20] = STR_INIT("rss20"),
        [FEED_RSS10] = STR_INIT("rss10"),
        [FEED_ATOM03] = STR_INIT("atom03"),
        [FEED_ATOM10] = STR_INIT("atom10"),
        [FEED_JSON1] = STR_INIT("json1"),
        [FEED_JSON11] = STR_INIT("json11"),
        [FEED_SITEMAP] = STR_INIT("sitemap"),
        [FEED_HFEED] = STR_INIT("hfeed"),
    };

    return names[format];
}

struct extra *extra_object(struct arena *a, struct str name)
{
    struct extra *e = arena_make(a, struct extra);

    e->kind = EXTRA_OBJECT;
    e->name = name;
    return e;
}

void extra_append(struct extra *parent, struct extra *child)
{
    child->next = NULL;
    if (parent->last == NULL)
        parent->first = child;
    else
        parent->last->next = child;
    parent->last = child;
}

void extra_text(struct arena *a, struct extra *parent, struct str name,
                struct str value)
{
    struct extra *e;

    if (value.n == 0)
        return;
    e = arena_make(a, struct extra);
    e->kind = EXTRA_TEXT;
    e->name = name;
    e->value = value;
    extra_append(parent, e);
}

struct extra *extra_get(const struct extra *parent, struct str name)
{
    for (struct extra *e = parent->first; e != NULL; e = e->next)
        if (str_eq(e->name, name))
            return e;
    return NULL;
}
