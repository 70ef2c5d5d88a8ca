#include "clean/clean.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "clean/clean_body.h"
#include "clean/clean_fields.h"
#include "clean/lazy.h"
#include "clean/links.h"
#include "clean/summary.h"
#include "text/lang.h"
#include "text/site.h"
#include "text/url.h"

#define LANGUAGE_BYTES 1024 /* of a text that tell its language */

/* The base for addresses of a draft: its own, resolved against the document's,
 * as long as it is http(s). */
static struct str base_of(struct arena *a, struct str own, struct str document,
                          struct notes *notes)
{
    struct str base;

    document = only_http_base(document);
    if (own.n == 0)
        return document;
    base = link_media(a, document, own);
    if (base.n == 0)
        note_add(notes, a, NOTE_BASE_IGNORED, "%.*s",
                 STR_ARG(str_slice(own, 0, 100)));
    return base.n > 0 ? base : document;
}

static bool is_home_page(struct arena *a, struct str url)
{
    struct url u;

    return url_parse(a, url, STR_NONE, &u) && u.path.n <= 1 && !u.has_query;
}

/* The page's own word for its address is taken when it names a document of the
 * same site: a canonical link to the home page or to another site is a mistake
 * or a claim, not an address. */
static struct str address_of(struct arena *a, const struct draft *draft,
                             struct str base)
{
    struct str url = link_article(a, base, draft->url);
    struct str canonical;

    if (draft->canonical.n == 0 || draft->several_on_page)
        return url;
    canonical = link_article(a, base, draft->canonical);
    if (canonical.n == 0 || str_eq(canonical, url))
        return url;
    if (url.n == 0)
        return is_home_page(a, canonical) ? STR_NONE : canonical;
    if (!str_eq(site_of_url(a, url), site_of_url(a, canonical)) ||
        is_home_page(a, canonical))
        return url;
    return canonical;
}

static struct str image_of(struct arena *a, struct str address, struct str base)
{
    struct str image = link_media(a, base, address);

    return is_placeholder(image) ? STR_NONE : image;
}

/* A feed's title construct says whether it is markup; a page's is plain. */
static struct str title_of(struct arena *a, const struct draft *draft)
{
    if (draft->feed != NULL && draft->feed->title.value.n > 0)
        return text_to_line(a, &draft->feed->title);
    return one_line(a, draft->title);
}

/* Programs that make feeds write en-us into any: the letters know better. */
static struct str feeds_language(struct arena *a, const struct draft *draft,
                                 const struct item *item)
{
    struct str text = item->text.n > 0 ? item->text : item->title;
    struct str tag = lang_tag(a, draft->feed_language);

    return lang_contradicts(utf8_clip(text, LANGUAGE_BYTES), tag) ? STR_NONE
                                                                  : tag;
}

static struct str language_of(struct arena *a, const struct draft *draft,
                              const struct clean_hints *hints,
                              const struct item *item)
{
    struct str tag = lang_tag(a, draft->language);

    if (tag.n > 0)
        return tag;
    if (draft->feed == NULL)
        return lang_guess(item->text);
    /* Judge guesses where it must. */
    if (hints->source_id.n == 0 || draft->feed_language.n == 0)
        return STR_NONE;
    return feeds_language(a, draft, item);
}

/* Plain fields that only pages have. */
static void clean_page_fields(struct cleaner *c, const struct draft *draft,
                              struct item *out)
{
    out->source = one_line(c->a, draft->source);
    out->source_id = one_line(c->a, draft->source_id);
    out->source_url =
        arena_str(c->a, link_article(c->a, c->base, draft->source_url));
    out->editor = one_line(c->a, draft->editor);
    out->site_name = one_line(c->a, draft->site_name);
    out->section = one_line(c->a, draft->section);
    clean_credits(c, &draft->credits, &out->credits);
    out->confidence = draft->confidence;
    out->several_on_page = draft->several_on_page;
}

static void clean_feed_part(struct cleaner *c, const struct draft *draft,
                            struct item *out)
{
    if (draft->feed == NULL)
        return;
    out->guid = one_line(c->a, draft->feed->guid);
    out->feed = arena_make(c->a, struct safe_feed_fields);
    clean_feed_fields(c, draft->feed, &out->feed->f);
}

void item_clean(struct arena *a, const struct draft *draft,
                const struct clean_hints *hints, struct item *out)
{
    struct item item = {0};
    struct cleaner c = {.a = a, .notes = &item.notes};
    struct sanitized body;

    dropped_links_init(&c.dropped, a);
    notes_copy(&item.notes, a, &draft->notes);
    c.base = base_of(a, draft->base, hints->url, &item.notes);
    body = sanitize_body(a, &draft->body, c.base, &item.notes, &c.dropped);
    item.html = body.html;
    item.text = body.text;
    if (draft->body.kind == BODY_HTML) {
        c.body_source = draft->body.text;
        c.body_html = body.html;
        c.body_base = c.base;
    }
    item.url = arena_str(a, address_of(a, draft, c.base));
    if (draft->feed != NULL && draft->url.n > 0)
        item.link = arena_str(a, link_any(a, c.base, draft->url));
    item.external_url =
        arena_str(a, link_article(a, c.base, draft->external_url));
    item.title = title_of(a, draft);
    item.summary = summary_make(a, draft->summary, item.text);
    item.image = arena_str(a, image_of(a, draft->image, c.base));
    item.published = draft->published;
    item.updated = draft->updated;
    item.language = language_of(a, draft, hints, &item);
    clean_persons(&c, &draft->authors, &item.authors);
    clean_strs(&c, &draft->tags, &item.tags);
    clean_links(&c, &draft->attachments, &item.attachments);
    clean_page_fields(&c, draft, &item);
    clean_feed_part(&c, draft, &item);
    dropped_links_note(&c.dropped, &item.notes);
    item.key = item_key(a, &item, hints->source_id);
    *out = item;
}

void item_append(struct arena *a, struct item *item, const struct item *part)
{
    if (part->text.n == 0 && part->html.n == 0)
        return;
    item->html = arena_cat(a, item->html, part->html);
    item->text = item->text.n == 0
                     ? part->text
                     : arena_cat(a, item->text, STR("\n\n"), part->text);
    notes_copy(&item->notes, a, &part->notes);
}

void feed_clean(struct arena *a, const struct feed_info *feed,
                const struct clean_hints *hints, struct safe_feed_info *out)
{
    struct feed_info info = {0};
    struct cleaner c = {.a = a, .notes = &info.notes};

    dropped_links_init(&c.dropped, a);
    c.base = base_of(a, feed->base, hints->url, &info.notes);
    clean_feed_info(&c, feed, &info);
    dropped_links_note(&c.dropped, &info.notes);
    out->f = info;
    out->title = text_to_line(a, &feed->title);
    out->description = text_to_line(a, &feed->subtitle);
}
