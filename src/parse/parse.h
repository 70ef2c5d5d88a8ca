#ifndef PARSE_PARSE_H
#define PARSE_PARSE_H
/*
 * Feeds become drafts, as they stream: a chunk in, entries out one at a time.
 * An entry's draft lives until the callback returns: its arena is reset before
 * the next is read, so memory is bounded by the largest entry.
 */
#include "base/note.h"
#include "base/str.h"
#include "item/item.h"

struct arena;
struct error;

struct feed_hints {
    struct str url;         /* where the feed came from: base of its links */
    struct when_hints when; /* for dates */
};

struct feed_sink {
    /* Each entry, in document order. */
    void (*on_entry)(void *ctx, const struct draft *draft);
    /* Once, at the end: all that was said about the feed.  It lives as long as
     * the reader. */
    void (*on_feed)(void *ctx, const struct feed_info *feed);
    void *ctx;
};

struct feed_reader;

/* Copies HINTS and SINK. */
struct feed_reader *feed_reader_new(const struct feed_hints *hints,
                                    const struct feed_sink *sink);
void feed_reader_free(struct feed_reader *r);
/* Decoded text (valid UTF-8).  Fails with ERR_INPUT when it is no feed, naming
 * what it seems to be. */
MUST_CHECK bool feed_reader_push(struct feed_reader *r, struct str utf8,
                                 struct error *err);
MUST_CHECK bool feed_reader_finish(struct feed_reader *r, struct error *err);
/* Bytes held for the feed itself and for the entry being read. */
size_t feed_reader_memory(const struct feed_reader *r);
/* True if the beginning of a decoded document looks like a feed we read. */
bool is_feed(struct str head);
/* True if a whole page may be a feed by its class names (h-entry, hentry). */
bool is_hfeed(struct str text);

/* ---- lists of feeds: OPML 1 and 2, indexes of sitemaps ---- */

struct feed_ref {
    struct str url;   /* absolute, or as written where there is no base */
    struct str title; /* plain text, one line */
    struct str home_url;
    struct str type; /* as written: rss, include ...; "sitemap" */
    struct str
        folder; /* titles of the outlines around it, with " / " between */
    struct str category; /* as written: "/a/b,c", by commas and slashes */
    struct when date;    /* of a sitemap: when it last changed */
};

/* Gets each feed that a list names, once a URL and folder, as it is read; its
 * strings live until the callback returns. */
typedef void list_on_ref(void *ctx, const struct feed_ref *ref);

struct list_reader;

/* Copies HINTS, keeps A and NOTES. */
struct list_reader *list_reader_new(const struct feed_hints *hints,
                                    list_on_ref *on_ref, void *ctx,
                                    struct arena *a, struct notes *notes);
void list_reader_free(struct list_reader *l);
MUST_CHECK bool list_reader_push(struct list_reader *l, struct str utf8,
                                 struct error *err);
/* *TITLE is the list's, in A.  Fails with ERR_INPUT when it was no list. */
MUST_CHECK bool list_reader_finish(struct list_reader *l, struct str *title,
                                   struct error *err);

struct feed_list {
    struct str title;
    struct feed_ref *at; /* in document order, each URL and folder once */
    size_t n;
    struct notes notes;
};

/* True if the beginning of a decoded document looks like one of these. */
bool is_feed_list(struct str head);
/* A list that is held whole: all of *OUT lives in A.  Fails with ERR_INPUT when
 * TEXT is no such list. */
MUST_CHECK bool feed_list_parse(struct arena *a, struct str text,
                                const struct feed_hints *hints,
                                struct feed_list *out, struct error *err);
#endif
