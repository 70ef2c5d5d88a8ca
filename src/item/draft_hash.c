/*
 * All fields one behind the other, each string and list led by its length, so
 * that no two drafts make one row of bytes.  A field that struct draft gets is
 * to be mixed here too: what is left out is an edit that nobody notices
 * (test_draft_hash.c counts the structs' bytes).
 */
#include "item/draft_hash.h"

#include "base/buf.h"
#include "item/item.h"

static void mix_when(struct buf *b, struct when w)
{
    buf_mix_int(b, w.unix_seconds);
    buf_mix_int(b, w.zone_minutes);
    buf_mix_int(b, w.precision);
    buf_mix_int(b, w.zone_assumed);
    buf_mix_int(b, w.order_assumed);
}

static void mix_text(struct buf *b, const struct text *t)
{
    buf_mix_str(b, t->value);
    buf_mix_int(b, t->type);
    buf_mix_str(b, t->language);
    buf_mix_str(b, t->base);
    buf_mix_str(b, t->src);
    buf_mix_str(b, t->mime);
}

static void mix_person(struct buf *b, const struct person *p)
{
    buf_mix_str(b, p->name);
    buf_mix_str(b, p->url);
    buf_mix_str(b, p->email);
    buf_mix_str(b, p->avatar);
}

static void mix_persons(struct buf *b, const struct persons *l)
{
    buf_mix_int(b, (int64_t)l->n);
    for (size_t i = 0; i < l->n; i++)
        mix_person(b, &l->at[i]);
}

static void mix_links(struct buf *b, const struct links *l)
{
    buf_mix_int(b, (int64_t)l->n);
    for (size_t i = 0; i < l->n; i++) {
        const struct link *link = &l->at[i];

        buf_mix_str(b, link->href);
        buf_mix_str(b, link->rel);
        buf_mix_str(b, link->type);
        buf_mix_str(b, link->hreflang);
        buf_mix_str(b, link->title);
        buf_mix_int(b, link->length);
        buf_mix_int(b, link->duration_seconds);
    }
}

static void mix_categories(struct buf *b, const struct categories *l)
{
    buf_mix_int(b, (int64_t)l->n);
    for (size_t i = 0; i < l->n; i++) {
        buf_mix_str(b, l->at[i].term);
        buf_mix_str(b, l->at[i].scheme);
        buf_mix_str(b, l->at[i].label);
    }
}

static void mix_strs(struct buf *b, const struct strs *l)
{
    buf_mix_int(b, (int64_t)l->n);
    for (size_t i = 0; i < l->n; i++)
        buf_mix_str(b, l->at[i]);
}

static void mix_notes(struct buf *b, const struct notes *l)
{
    buf_mix_int(b, (int64_t)l->n);
    for (const struct note *n = l->first; n != NULL; n = n->next) {
        buf_mix_int(b, n->code);
        buf_mix_str(b, n->text);
    }
}

#define DEPTH_MAX 64

/* False when they are nested deeper than anybody means. */
static bool mix_extras(struct buf *b, const struct extra *root)
{
    const struct extra *next[DEPTH_MAX];
    size_t depth = 1;

    buf_mix_int(b, root != NULL);
    next[0] = root;
    while (root != NULL && depth > 0) {
        const struct extra *e = next[depth - 1];

        buf_mix_int(b, e != NULL);
        if (e == NULL) {
            depth--;
            continue;
        }
        buf_mix_int(b, e->kind);
        buf_mix_str(b, e->name);
        buf_mix_str(b, e->value);
        next[depth - 1] = e->next;
        if (depth == DEPTH_MAX)
            return false;
        next[depth++] = e->first;
    }
    return true;
}

static bool mix_feed(struct buf *b, const struct feed_info *f)
{
    const struct str strs[] = {
        f->id,       f->generator,    f->generator_url, f->generator_version,
        f->home_url, f->self_url,     f->base,          f->language,
        f->icon,     f->logo,         f->image,         f->license,
        f->docs,     f->new_location, f->errors_to};

    buf_mix_int(b, f->format);
    for (size_t i = 0; i < sizeof strs / sizeof strs[0]; i++)
        buf_mix_str(b, strs[i]);
    mix_text(b, &f->title);
    mix_text(b, &f->subtitle);
    mix_text(b, &f->summary);
    mix_text(b, &f->info);
    mix_text(b, &f->rights);
    mix_links(b, &f->links);
    mix_categories(b, &f->categories);
    mix_persons(b, &f->authors);
    mix_persons(b, &f->contributors);
    mix_person(b, &f->publisher);
    mix_when(b, f->published);
    mix_when(b, f->updated);
    mix_when(b, f->created);
    mix_strs(b, &f->hubs);
    buf_mix_int(b, f->expired);
    buf_mix_int(b, f->ttl_seconds);
    buf_mix_int(b, f->update_period_seconds);
    buf_mix_int(b, f->skip_hours);
    buf_mix_int(b, f->skip_days);
    mix_notes(b, &f->notes);
    return mix_extras(b, f->extras);
}

static bool mix_feed_fields(struct buf *b, const struct feed_fields *f)
{
    const struct str strs[] = {f->guid,  f->comments,     f->license,
                               f->image, f->external_url, f->banner,
                               f->base,  f->language};

    for (size_t i = 0; i < sizeof strs / sizeof strs[0]; i++)
        buf_mix_str(b, strs[i]);
    buf_mix_int(b, f->guid_is_permalink);
    mix_text(b, &f->title);
    mix_text(b, &f->summary);
    mix_text(b, &f->subtitle);
    mix_text(b, &f->rights);
    buf_mix_int(b, (int64_t)f->contents.n);
    for (size_t i = 0; i < f->contents.n; i++)
        mix_text(b, &f->contents.at[i]);
    mix_links(b, &f->links);
    mix_categories(b, &f->categories);
    mix_persons(b, &f->authors);
    mix_persons(b, &f->contributors);
    mix_person(b, &f->publisher);
    mix_when(b, f->published);
    mix_when(b, f->updated);
    mix_when(b, f->created);
    mix_when(b, f->expired);
    buf_mix_int(b, f->source_feed != NULL);
    return (f->source_feed == NULL || mix_feed(b, f->source_feed)) &&
           mix_extras(b, f->extras);
}

/* What both feeds and pages may fill in. */
static void mix_plain(struct buf *b, const struct draft *d)
{
    const struct str strs[] = {
        d->url,       d->base,      d->title,     d->body.text,
        d->summary,   d->language,  d->image,     d->external_url,
        d->canonical, d->source,    d->source_id, d->source_url,
        d->editor,    d->site_name, d->section,   d->feed_language};
    const float confidence[] = {d->confidence.title, d->confidence.author,
                                d->confidence.date, d->confidence.body,
                                d->confidence.source};

    for (size_t i = 0; i < sizeof strs / sizeof strs[0]; i++)
        buf_mix_str(b, strs[i]);
    buf_mix_int(b, d->body.kind);
    buf_mix_int(b, (int64_t)d->body.n_paragraphs);
    buf_add(b, d->body.paragraph_heading, d->body.n_paragraphs);
    mix_persons(b, &d->authors);
    mix_when(b, d->published);
    mix_when(b, d->updated);
    mix_strs(b, &d->tags);
    mix_links(b, &d->attachments);
    buf_mix_int(b, (int64_t)d->credits.n);
    for (size_t i = 0; i < d->credits.n; i++) {
        buf_mix_str(b, d->credits.at[i].role);
        buf_mix_str(b, d->credits.at[i].name);
    }
    buf_add(b, confidence, sizeof confidence);
    buf_mix_int(b, d->several_on_page);
    mix_notes(b, &d->notes);
}

bool draft_hash(const struct draft *draft, struct str url, struct buf *scratch,
                struct hash128 *out)
{
    if (draft->body.kind == BODY_NODES)
        return false;
    buf_reset(scratch);
    buf_mix_str(scratch, url);
    mix_plain(scratch, draft);
    buf_mix_int(scratch, draft->feed != NULL);
    if (draft->feed != NULL && !mix_feed_fields(scratch, draft->feed))
        return false;
    if (buf_is_full(scratch))
        return false;
    *out = hash128(buf_str(scratch));
    return true;
}
