#ifndef UNIT_FEED_UNIT_H
#define UNIT_FEED_UNIT_H
/* A feed read from a string, with copies of what its entries said: drafts live
 * only until the reader's callback returns. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/vec.h"
#include "parse/parse.h"
#include "unit/unit.h"

struct seen_entry {
    struct str url, title, body, guid, summary, author, email, published,
        updated, language, base, tags, enclosures, image, source, ext;
    enum body_kind kind;
    enum text_type title_type;
    bool permalink;
    size_t n_contents;
    struct notes notes;
};

struct seen_feed {
    struct arena *a;
    bool ok;
    struct error err;
    struct {
        struct seen_entry *at;
        size_t n, cap;
    } entries;
    const struct feed_info *feed; /* while the reader lives */
    struct feed_reader *reader;
};

static inline struct str seen_date(struct arena *a, struct when w)
{
    char out[WHEN_CHARS];

    if (!when_known(w))
        return STR_NONE;
    when_rfc3339(w, out);
    return arena_str(a, str_from_c(out));
}

/* Depth first: "name=value;" of every leaf. */
static inline struct str seen_extra(struct arena *a, const struct extra *e)
{
    struct str out = STR_NONE;

    for (const struct extra *i = e == NULL ? NULL : e->first; i != NULL;
         i = i->next) {
        out = i->first != NULL
                  ? arena_cat(a, out, i->name, STR("{"), seen_extra(a, i),
                              STR("}"))
                  : arena_cat(a, out, i->name, STR("="), i->value, STR(";"));
    }
    return out;
}

static inline void seen_on_entry(void *ctx, const struct draft *d)
{
    struct seen_feed *s = ctx;
    struct arena *a = s->a;
    struct seen_entry *e = vec_add(a, &s->entries);

    e->url = arena_str(a, d->url);
    e->title = arena_str(a, d->title);
    e->title_type = d->feed->title.type;
    e->kind = d->body.kind;
    e->body = arena_str(a, d->body.text);
    e->guid = arena_str(a, d->feed->guid);
    e->permalink = d->feed->guid_is_permalink;
    e->summary = arena_str(a, d->feed->summary.value);
    e->n_contents = d->feed->contents.n;
    e->published = seen_date(a, d->published);
    e->updated = seen_date(a, d->updated);
    e->language = arena_str(a, d->language);
    e->base = arena_str(a, d->base);
    e->image = arena_str(a, d->image);
    e->source = arena_str(a, d->source);
    e->ext = seen_extra(a, d->feed->extras);
    e->author = e->email = e->tags = e->enclosures = STR_NONE;
    for (size_t i = 0; i < d->authors.n; i++) {
        e->author = arena_cat(a, e->author, i > 0 ? STR(", ") : STR_NONE,
                              d->authors.at[i].name);
        e->email = arena_cat(a, e->email, i > 0 ? STR(", ") : STR_NONE,
                             d->authors.at[i].email);
    }
    for (size_t i = 0; i < d->tags.n; i++)
        e->tags =
            arena_cat(a, e->tags, i > 0 ? STR(", ") : STR_NONE, d->tags.at[i]);
    for (size_t i = 0; i < d->attachments.n; i++)
        e->enclosures = arena_cat(
            a, e->enclosures, i > 0 ? STR(", ") : STR_NONE,
            d->attachments.at[i].href, STR(" "), d->attachments.at[i].type);
    notes_copy(&e->notes, a, &d->notes);
}

static inline void seen_on_feed(void *ctx, const struct feed_info *feed)
{
    ((struct seen_feed *)ctx)->feed = feed;
}

static inline bool seen_push(struct seen_feed *s, struct str text, size_t chunk)
{
    for (size_t i = 0; i < text.n; i += chunk)
        if (!feed_reader_push(s->reader, str_slice(text, i, i + chunk),
                              &s->err))
            return false;
    return feed_reader_finish(s->reader, &s->err);
}

/* Reads TEXT from URL in pieces of CHUNK bytes; ended by seen_done. */
static inline struct seen_feed *seen_read_in(const char *text, size_t n,
                                             const char *url, size_t chunk)
{
    struct seen_feed *s = calloc(1, sizeof *s);
    struct feed_hints hints = {.url = str_from_c(url)};
    struct feed_sink sink = {seen_on_entry, seen_on_feed, s};

    s->a = arena_new(0);
    s->reader = feed_reader_new(&hints, &sink);
    s->ok = seen_push(s, str_of(text, n), chunk);
    return s;
}

static inline struct seen_feed *seen_read(const char *text)
{
    return seen_read_in(text, strlen(text), "http://example.org/feed.xml",
                        1000);
}

static inline void seen_done(struct seen_feed *s)
{
    feed_reader_free(s->reader);
    arena_free(s->a);
    free(s);
}
#endif
