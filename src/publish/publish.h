#ifndef PUBLISH_PUBLISH_H
#define PUBLISH_PUBLISH_H
/*
 * Editions and documents become bytes.  Same input, same bytes.  Every writer
 * escapes for its own format; control characters and U+FFFE/U+FFFF are dropped.
 */
#include "base/json_out.h"
#include "item/edition.h"
#include "item/item.h"

struct buf;

enum edition_format {
#define FORMAT(id, name, file, mime, write) FORMAT_##id,
#include "publish/formats.def"
#undef FORMAT
    FORMAT_COUNT
};

/* "atom", as the owner names it; "atom.xml" ... and its media type. */
struct str format_name(enum edition_format format);
struct str format_file(enum edition_format format);
struct str format_mime(enum edition_format format);
/* FORMATS has a bit for each that a topic is published in, 1 << format; 0: all
 * of them. */
bool format_is_in(unsigned formats, enum edition_format format);
/* The one that readers are to subscribe to; false when there is none but HTML. */
bool format_to_subscribe(unsigned formats, enum edition_format *out);
/* What an entry is called.  Never empty: the title, else the word for untitled. */
struct str entry_title(const struct edition *ed, const struct entry *e);
/* The beginning of SUMMARY for an entry without a title, in A; empty when that
 * is. */
struct str entry_stand_in(struct arena *a, struct str summary);
/* Where an entry stands in the bytes of a file. */
struct span {
    size_t from, to;
};
/* Appends the whole file to OUT.  Strings of the edition are safe by type; what
 * readers see around the articles is in edition->language (words.def).  SPANS,
 * unless NULL, has one for each entry and learns where it stands in OUT: what
 * stands there is what the entry's `ready` wants in a later edition. */
void edition_write(enum edition_format format, const struct edition *edition,
                   struct buf *out, struct span *spans);

/*
 * An archive document (RFC 5005, 4): ATOM or RSS, "atom-3.xml" or "rss-3.xml".
 * It has the edition's own title and id; the edition's entries are not looked
 * at.  Wants a base_url.
 */
struct archive_page {
    const struct edition *edition;
    int64_t number; /* the one before, if it is not 1, has the number before */
    bool has_next;
    struct when updated;
    const struct str *entries; /* as edition_write wrote them, newest first */
    size_t n_entries;
    const struct tombstone *tombstones;
    size_t n_tombstones;
};
void archive_write(enum edition_format format, const struct archive_page *page,
                   struct buf *out);
void archive_file(enum edition_format format, int64_t number, struct buf *out);

/* The page of a day, "2024-11-14.html", beside the topic's. */
struct day_page {
    const struct edition *edition;
    struct str day, before, after; /* days that have a page; empty without */
    const struct str *entries;     /* as edition_write wrote them */
    size_t n_entries;
};
void day_write_html(const struct day_page *page, struct buf *out);
/* The entries of PAGE, which day_write_html wrote, as they stand there; in A. */
void day_read_entries(struct arena *a, struct str page, struct strs *out);

/*
 * A digest: one entry for each period, which lists what was published in it.
 * Atom; beside the topic's feeds.
 */
#define DIGEST_FILE "digest.xml"
struct digest_period {
    struct str name;         /* "2024-11-14", or "2024-11-11/2024-11-17" */
    struct when ends;        /* is published */
    struct when updated;     /* later when something was retracted since */
    const struct str *lines; /* by digest_line */
    size_t n_lines;
};
struct digest {
    const struct edition *edition;
    struct when updated;                 /* the newest of the periods' ever */
    const struct digest_period *periods; /* the latest first */
    size_t n_periods;
};
void digest_write(const struct digest *d, struct buf *out);
/* An entry of the edition as a line of a digest, HTML. */
void digest_line(const struct edition *edition, const struct entry *e,
                 struct buf *out);

/* output/index.html and output/feeds.opml: all topics of the mill.  Addresses
 * in the OPML are relative when there is no base_url: a reader cannot use them,
 * but a person sees what is meant. */
struct topic_line {
    struct str id, title, description, language;
    size_t n_entries;
    struct when updated; /* unknown: it was never published */
    unsigned formats;    /* it is published in: format_is_in */
    bool has_digest;
    struct strs days; /* that have a page, newest first: "2024-11-14" */
    bool is_kept; /* an earlier edition stands, and its numbers are not known */
};
struct catalogue {
    struct str title, author, language, base_url;
    const struct topic_line *topics;
    size_t n_topics;
};
void catalogue_write_html(const struct catalogue *c, struct buf *out);
void catalogue_write_opml(const struct catalogue *c, struct buf *out);
/* output/sitemap.xml; only for a mill with a base_url. */
void catalogue_write_sitemap(const struct catalogue *c, struct buf *out);

/* output/feed.css, which the feeds name, for those who open one in a browser;
 * LANGUAGE is the mill's. */
void stylesheet_write(struct str language, struct buf *out);

/* What the mill is subscribed to, as OPML 2.0: GROUPS of sources. */
struct source_ref {
    struct str url, home_url, name; /* name is the url when nothing is known */
};
struct source_group {
    struct str title;
    const struct source_ref *sources;
    size_t n_sources;
};
void sources_write_opml(struct str title, const struct source_group *groups,
                        size_t n_groups, struct buf *out);

/* output/health.xml: what is wrong with which source, since when. */
struct ailment {
    struct str source, name, state, error;
    int64_t since; /* Unix seconds */
};
struct health {
    struct str mill_id, title, author, base_url;
    int64_t updated; /* never goes back */
    const struct ailment *ailments;
    size_t n_ailments;
};
void health_write(const struct health *h, struct buf *out);

/* One document as `parse` and `extract` print it: README.md of this folder. */
struct document_print {
    struct str file; /* the argument as given */
    struct str kind; /* feed, page, list, text */
    struct str charset, charset_from;
    struct str title, home_page_url, feed_url, description, language;
    const struct safe_feed_info *feed; /* NULL for pages */
    const struct item *const *items;
    size_t n_items;
    const struct link *list_links; /* href, title; with list_dates */
    const struct when *list_dates;
    size_t n_list_links;
    const struct link *feeds; /* href, title, type */
    size_t n_feeds;
    struct str next;
    const struct notes *notes;
    bool pretty;
};
/* Appends one JSON object and a line feed. */
void document_write_json(const struct document_print *d, struct buf *out);

/*
 * The same for feeds that stream: begin, each item, end.  OUT may be flushed
 * and reset between the calls (struct document_out remembers the rest), and
 * inside of them by json_drain, so a document is never held whole.  Items and their number in D are ignored; the
 * rest of D is printed by document_end, and a line feed.
 */
struct document_out {
    struct json_out json;
    bool has_refs;
};
void document_begin(struct document_out *o, struct buf *out, bool pretty);
void document_item(struct document_out *o, const struct item *item,
                   struct str charset);
/* A feed that a list names: behind all items, of which there are none as a
 * rule. */
void document_ref(struct document_out *o, struct str url, struct str title,
                  struct str type);
void document_end(struct document_out *o, const struct document_print *d);
#endif
