/*
 * An entry's fields as a draft: the same fields that a page has, chosen from
 * what the feed gives.
 */
#include "parse/reader.h"

#include "base/arena.h"
#include "base/vec.h"
#include "text/url.h"

#define TAGS_MAX 200

static bool is_html_type(struct str type)
{
    return type.n == 0 || str_has_nocase(type, STR("html"));
}

/* The address of the thing described: alternate, HTML before other types; of
 * several the last, as other readers do. */
static struct str alternate(const struct links *links)
{
    struct str html = STR_NONE, other = STR_NONE;

    for (size_t i = 0; i < links->n; i++) {
        const struct link *l = &links->at[i];

        if (!str_eq_nocase(l->rel, STR("alternate")) || l->href.n == 0)
            continue;
        if (is_html_type(l->type))
            html = l->href;
        else
            other = l->href;
    }
    return html.n > 0 ? html : other;
}

static struct str by_relation(const struct links *links, const char *rel)
{
    for (size_t i = 0; i < links->n; i++)
        if (str_eq_nocase(links->at[i].rel, str_from_c(rel)))
            return links->at[i].href;
    return STR_NONE;
}

/* The longest of the contents and the summary: one of them is the whole. */
static const struct text *best_content(const struct feed_fields *e)
{
    const struct text *best = NULL;

    for (size_t i = 0; i < e->contents.n; i++) {
        const struct text *t = &e->contents.at[i];

        if (t->value.n > 0 && (best == NULL || t->value.n > best->value.n))
            best = t;
    }
    if (e->summary.value.n > 0 &&
        (best == NULL || e->summary.value.n > best->value.n))
        best = &e->summary;
    return best;
}

static void set_body(struct draft *d, const struct feed_fields *e)
{
    const struct text *t = best_content(e);

    if (t == NULL)
        return;
    d->body.kind = t->type == TEXT_PLAIN ? BODY_PLAIN : BODY_HTML;
    d->body.text = t->value;
    if (t->base.n > 0)
        d->base = t->base;
    if (t->language.n > 0)
        d->language = t->language;
}

static void set_lists(struct arena *a, struct draft *d,
                      const struct feed_fields *e)
{
    for (size_t i = 0; i < e->categories.n; i++) {
        const struct category *c = &e->categories.at[i];
        struct str tag = c->label.n > 0 ? c->label : c->term;
        bool known = false;

        for (size_t k = 0; k < d->tags.n && !known; k++)
            known = str_eq(d->tags.at[k], tag);
        if (known || tag.n == 0)
            continue;
        if (d->tags.n == TAGS_MAX) {
            note_add(&d->notes, a, NOTE_TOO_LARGE,
                     "tags: too many, the rest is left out");
            break;
        }
        *vec_add(a, &d->tags) = tag;
    }
    for (size_t i = 0; i < e->links.n; i++)
        if (str_eq_nocase(e->links.at[i].rel, STR("enclosure")))
            *vec_add(a, &d->attachments) = e->links.at[i];
}

static struct str member_of(const struct extra *e, struct str name)
{
    const struct extra *m = extra_get(e, name);

    return m == NULL ? STR_NONE : m->value;
}

/* Of Media RSS: of this medium, by its own word or its type's. */
static bool is_medium(const struct extra *content, struct str medium)
{
    struct str type = member_of(content, STR("type"));

    return str_eq(member_of(content, STR("medium")), medium) ||
           (str_starts(type, medium) &&
            str_starts(str_from(type, medium.n), STR("/")));
}

static bool has_attachment(const struct draft *d, struct str medium)
{
    for (size_t i = 0; i < d->attachments.n; i++)
        if (str_starts(d->attachments.at[i].type, medium))
            return true;
    return false;
}

static struct link attachment_of(const struct extra *content)
{
    struct link l = {.href = member_of(content, STR("url")),
                     .rel = STR("enclosure"),
                     .type = member_of(content, STR("type")),
                     .length = -1};
    int64_t seconds;

    if (!str_to_i64(member_of(content, STR("filesize")), &l.length))
        l.length = -1;
    if (str_to_i64(member_of(content, STR("duration")), &seconds))
        l.duration_seconds = seconds;
    return l;
}

/* A recording that Media RSS has and no enclosure offers.  Several of a medium
 * are mostly one thing in several qualities: the one that is called the default,
 * else the first. */
static void add_recordings(struct arena *a, struct draft *d,
                           const struct extra *media)
{
    static const struct str mediums[] = {STR_INIT("audio"), STR_INIT("video")};
    const struct extra *list =
        media == NULL ? NULL : extra_get(media, STR("content"));

    for (size_t i = 0; i < 2 && list != NULL; i++) {
        const struct extra *best = NULL;

        for (const struct extra *m = list->first; m != NULL; m = m->next)
            if (is_medium(m, mediums[i]) && member_of(m, STR("url")).n > 0 &&
                (best == NULL ||
                 str_eq(member_of(m, STR("isdefault")), STR("true"))))
                best = m;
        if (best != NULL && !has_attachment(d, mediums[i]))
            *vec_add(a, &d->attachments) = attachment_of(best);
    }
}

/* A picture the entry names: its own, a media thumbnail or image content. */
static struct str image_of(const struct feed_fields *e)
{
    static const struct str lists[] = {STR_INIT("thumbnail"),
                                       STR_INIT("content")};
    const struct extra *media;

    if (e->image.n > 0 || e->extras == NULL ||
        (media = extra_get(e->extras, STR("media"))) == NULL)
        return e->image;
    for (size_t i = 0; i < 2; i++) {
        const struct extra *list = extra_get(media, lists[i]);

        for (const struct extra *m = list == NULL ? NULL : list->first;
             m != NULL; m = m->next) {
            struct str url = member_of(m, STR("url"));

            if (url.n > 0 && (i == 0 || is_medium(m, STR("image"))))
                return url;
        }
    }
    return STR_NONE;
}

void draft_from_entry(struct feed_reader *r, struct draft *d)
{
    struct feed_fields *e = &r->entry;
    struct arena *a = r->entry_arena;

    if (e->summary.value.n == 0 && e->contents.n == 0)
        e->summary = r->caption;

    *d = (struct draft){.feed = e, .notes = r->entry_notes};
    /* RSS's own link before atom:link. */
    d->url = r->own_link.n > 0 ? r->own_link : alternate(&e->links);
    if (d->url.n == 0 && url_is_http(e->guid) &&
        (e->guid_is_permalink || r->feed.format == FEED_ATOM10 ||
         r->feed.format == FEED_ATOM03 || r->feed.format == FEED_RSS10 ||
         r->feed.format == FEED_RSS090))
        d->url = e->guid;
    d->base = e->base;
    d->title = text_line(a, &e->title);
    d->language = e->language;
    if (r->body.kind == BODY_NONE)
        set_body(d, e);
    else
        d->body = r->body;
    if (e->summary.type == TEXT_PLAIN)
        d->summary = e->summary.value;
    d->authors = e->authors;
    /* RFC 4287, 4.2.1. */
    if (d->authors.n == 0 && e->source_feed != NULL)
        d->authors = e->source_feed->authors;
    d->published = e->published;
    d->updated = e->updated;
    if (!when_known(d->published))
        d->published = when_known(e->created) ? e->created : e->updated;
    d->canonical = r->original_link;
    d->external_url = e->external_url;
    d->image = image_of(e);
    set_lists(a, d, e);
    if (e->extras != NULL)
        add_recordings(a, d, extra_get(e->extras, STR("media")));
    if (d->language.n == 0)
        d->feed_language = r->feed.language;
    if (e->source_feed != NULL) {
        d->source = text_line(a, &e->source_feed->title);
        d->source_url = e->source_feed->home_url.n > 0
                            ? e->source_feed->home_url
                            : e->source_feed->self_url;
    }
    if (d->title.n == 0 && d->url.n == 0 && d->body.kind == BODY_NONE)
        note_add(&d->notes, a, NOTE_ENTRY_EMPTY, "no title, link or text");
}

static void settle_links(struct arena *a, struct feed_info *feed)
{
    struct str self = by_relation(&feed->links, "self");

    if (feed->home_url.n == 0)
        feed->home_url = alternate(&feed->links);
    if (self.n > 0)
        feed->self_url = self;
    for (size_t i = 0; i < feed->links.n && feed->hubs.n < 20; i++)
        if (str_eq_nocase(feed->links.at[i].rel, STR("hub")))
            *vec_add(a, &feed->hubs) = feed->links.at[i].href;
}

void feed_settle(struct feed_reader *r)
{
    if (r->feed_own_link.n > 0)
        r->feed.home_url = r->feed_own_link;
    settle_links(r->arena, &r->feed);
    r->feed.notes = r->notes;
}

void reader_begin_entry(struct feed_reader *r)
{
    r->in_entry = true;
    r->full_noted = r->stray_noted = false;
    memset(&r->entry, 0, sizeof r->entry);
    memset(&r->entry_notes, 0, sizeof r->entry_notes);
    memset(r->entry_strength, 0, sizeof r->entry_strength);
    r->entry_extras = r->entry_elements = 0;
    r->summary_from = NULL;
    r->original_link = r->own_link = STR_NONE;
    r->latitude = r->longitude = STR_NONE;
    r->body = (struct draft_body){.kind = BODY_NONE};
    r->caption = (struct text){.type = TEXT_PLAIN};
}

void reader_emit_entry(struct feed_reader *r)
{
    struct draft draft;

    if (r->source != NULL) {
        r->entry.source_feed = r->source;
        r->source = NULL;
    }
    if (r->entry.source_feed != NULL)
        settle_links(r->entry_arena, r->entry.source_feed);
    if (r->form == FORM_XML)
        r->entry.is_cut = xml_left_open(r->xml) > 0;
    draft_from_entry(r, &draft);
    r->entries++;
    if (r->sink.on_entry != NULL)
        r->sink.on_entry(r->sink.ctx, &draft);
    r->in_entry = r->stray_noted = false;
    arena_reset(r->entry_arena);
}
