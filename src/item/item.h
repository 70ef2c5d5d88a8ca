#ifndef ITEM_ITEM_H
#define ITEM_ITEM_H
/*
 * The nouns of feedmill as plain structs.  A struct draft is what a stranger
 * wrote, with fields found in it; a struct item is a draft made safe, and only
 * clean/ makes one.  Strings are valid UTF-8; an empty str means: not known.
 * All of it lives in the arena of whoever made it.
 */
#include "base/hash.h"
#include "base/note.h"
#include "base/str.h"
#include "text/when.h"

struct node_view; /* a part of a page tree; see decode/node.h */

/* ---- small parts ------------------------------------------------------- */

enum text_type { TEXT_PLAIN, TEXT_HTML, TEXT_XHTML };

/* A text construct (RFC 4287, 3.1).  In a draft, value is as found: plain text,
 * or markup.  In an item it is plain text, or sanitized HTML. */
struct text {
    struct str value;
    enum text_type type;
    struct str language, base;
    struct str src;  /* content given out of line */
    struct str mime; /* type as declared, when none of the three */
};

struct person {
    struct str name, url, email;
    struct str avatar; /* of JSON Feed: the address of a picture */
};

struct link {
    struct str href, rel, type, hreflang, title;
    int64_t length;           /* bytes; -1 unknown */
    int64_t duration_seconds; /* of JSON Feed's attachments; 0 not said */
};

struct category {
    struct str term, scheme, label;
};

/* Members we pass on without judging them (itunes, media, geo, ext ...): a
 * tree printed as JSON.  A leaf has a value; an inner one has children. */
struct extra {
    enum {
        EXTRA_TEXT,
        EXTRA_NUMBER,
        EXTRA_BOOL, /* "true" or "false" */
        EXTRA_NULL, /* said, but in no way that we can read */
        EXTRA_OBJECT,
        EXTRA_LIST
    } kind;
    struct str name, value;
    struct extra *first, *last, *next;
};

/* Lists with their lengths. */
struct texts {
    struct text *at;
    size_t n, cap;
};
struct persons {
    struct person *at;
    size_t n, cap;
};
struct links {
    struct link *at;
    size_t n, cap;
};
struct categories {
    struct category *at;
    size_t n, cap;
};
struct strs {
    struct str *at;
    size_t n, cap;
};

/* A name with the role the page gives it: photo, editor-in-chief, layout. */
struct credit {
    struct str role, name;
};
struct credits {
    struct credit *at;
    size_t n, cap;
};

/* ---- what a feed says -------------------------------------------------- */

struct feed_info;

/* What only feeds have, of one entry; printed under _feedmill by parse. */
struct feed_fields {
    struct str guid;
    bool guid_is_permalink;
    bool is_cut; /* the document ends inside it */
    struct text title, summary, subtitle, rights;
    struct texts contents;
    struct links links; /* enclosures are rel=enclosure */
    struct categories categories;
    struct persons authors, contributors;
    struct person publisher;
    struct when published, updated, created, expired;
    struct str comments, license, image, base, language;
    struct str external_url, banner; /* JSON Feed's */
    struct feed_info *source_feed; /* atom:source or rss source; may be NULL */
    struct extra *extras; /* an EXTRA_OBJECT or NULL: media, itunes ... */
};

enum feed_format {
    FEED_UNKNOWN,
    FEED_RSS, /* RSS that names no version we know */
    FEED_RSS090,
    FEED_RSS091,
    FEED_RSS092,
    FEED_RSS093,
    FEED_RSS094,
    FEED_RSS20,
    FEED_RSS10,
    FEED_ATOM03,
    FEED_ATOM10,
    FEED_JSON1,
    FEED_JSON11,
    FEED_SITEMAP,
    FEED_HFEED
};

struct feed_info {
    enum feed_format format;
    struct str id;
    struct text title, subtitle, summary, info, rights;
    struct links links;
    struct categories categories;
    struct persons authors, contributors;
    struct person publisher;
    struct str generator, generator_url, generator_version;
    struct when published, updated, created;
    struct str home_url, self_url, base, language;
    struct str icon, logo, image, license, docs, new_location, errors_to;
    struct strs hubs;
    bool expired;        /* JSON Feed: no more will come */
    bool is_cut;         /* the document ends where more could have come */
    int64_t ttl_seconds; /* 0 not said */
    int64_t update_period_seconds; /* sy:, 0 not said */
    uint32_t skip_hours;           /* bit h: hour h GMT */
    uint8_t skip_days;             /* bit 0 Monday */
    struct extra *extras;
    struct notes notes;
};

/* ---- drafts and items --------------------------------------------------- */

enum body_kind { BODY_NONE, BODY_NODES, BODY_HTML, BODY_PLAIN };

struct page_tree;

/* What extract found a node to be. */
enum node_as {
    AS_ITSELF,
    AS_QUOTATION, /* it answers to what stands before it */
    AS_FIGURE,    /* the box of a picture and its caption */
    AS_CAPTION
};

/* The body of a draft: ranges of a page tree with the parts cut out of them,
 * markup as text, or plain text with paragraphs separated by an empty line. */
struct draft_body {
    enum body_kind kind;
    struct str text; /* BODY_HTML, BODY_PLAIN */
    const struct page_tree *tree;
    /* BODY_NODES: nodes to keep, in document order, as subtree roots; what lies
     * below one of them and is marked in cut[] (one byte a node, may be NULL)
     * is left out with its subtree. */
    const uint32_t *roots;
    size_t n_roots;
    const unsigned char *cut;
    /* BODY_NODES: extra shape found by extract: node i is a heading of level
     * heading[i] (2 to 4) although it is marked up otherwise; may be NULL. */
    const unsigned char *heading;
    /* BODY_NODES: node i is written as as[i] (enum node_as); may be NULL. */
    const unsigned char *as;
    /* BODY_PLAIN: the i-th paragraph of text (they are separated by an empty
     * line) is a heading of level paragraph_heading[i], 2 to 4, or 0 for plain
     * prose.  It has n_paragraphs entries; NULL when there are none. */
    const unsigned char *paragraph_heading;
    size_t n_paragraphs;
};

/* From 0 (a guess) to 1 (sure); 0 also where there is no value. */
struct confidence {
    float title, author, date, body, source;
};

struct draft {
    struct str url;   /* where the article is, absolute or relative to base */
    struct str base;  /* what relative links in it are relative to */
    struct str title; /* plain text */
    struct draft_body body;
    struct str summary; /* plain text: the page's own description */
    struct persons authors;
    struct when published, updated;
    struct str language, image;
    struct str external_url; /* JSON Feed: the page it is about */
    struct strs tags;
    struct links attachments;
    struct str canonical; /* the page's own word for its address */
    /* pages */
    struct str source, source_id; /* where it was first published */
    struct str source_url;
    struct str editor, site_name, section;
    struct credits credits;
    struct confidence confidence;
    bool several_on_page; /* one of several articles of one document */
    /* feeds */
    struct feed_fields *feed; /* NULL for pages */
    struct str feed_language; /* where the entry names none */
    struct notes notes;
};

/* Feed fields after cleaning: a type of its own, so that raw ones are not
 * published by mistake. */
struct safe_feed_fields {
    struct feed_fields f;
};
struct safe_feed_info {
    struct feed_info f;
    struct str title, description; /* as one line of plain text each */
};

struct item {
    struct str key;  /* identity within the mill; see item_key */
    struct str guid; /* as the source gave it; empty for pages */
    struct str url;  /* absolute http(s), tracking cut; may be empty */
    struct str link; /* of feeds: the address as given, made absolute */
    struct str external_url;
    struct str title;   /* plain text, one line; may be empty */
    struct str html;    /* sanitized; may be empty */
    struct str text;    /* plain; paragraphs separated by an empty line */
    struct str summary; /* plain */
    struct persons authors;
    struct when published, updated;
    struct str language, image;
    struct strs tags;
    struct links attachments;
    struct str source, source_id, source_url, editor, site_name, section;
    struct credits credits;
    struct confidence confidence;
    bool several_on_page;
    struct safe_feed_fields *feed; /* NULL for pages */
    struct notes notes;
};

/*
 * The key of an item: "guid SOURCE_URL GUID" when it has a guid; else the URL
 * key ("url KEY", with the folded title's hash when several articles share the
 * page); else "title SOURCE_URL HASH", or "text SOURCE_URL HASH" without a title.  In A.
 */
struct str item_key(struct arena *a, const struct item *item,
                    struct str source_url);
/* That of an item without a guid whose URL key is known. */
struct str item_key_at(struct arena *a, const struct item *item,
                       struct str source_url, struct str url_key);
/* The short id printed everywhere: 13 letters of the hash of the key. */
void item_short_id(struct str key, char out[SHORT_ID_CHARS + 1]);

/* ITEM is a feed's entry, PAGE what its own page says: ITEM takes the text, and
 * of the other fields those that the feed leaves open.  Who it is (key, guid,
 * addresses, dates) stays.  Notes in A, the rest is shared with PAGE. */
void item_take_page(struct arena *a, struct item *item,
                    const struct item *page);

/* "rss20", "atom10" ...; empty for FEED_UNKNOWN. */
struct str feed_format_name(enum feed_format format);

/* ---- helpers for extras -------------------------------------------------- */

struct extra *extra_object(struct arena *a, struct str name);
/* Adds CHILD at the end of PARENT. */
void extra_append(struct extra *parent, struct extra *child);
/* A text leaf under PARENT, unless VALUE is empty. */
void extra_text(struct arena *a, struct extra *parent, struct str name,
                struct str value);
/* The child of that name, or NULL. */
struct extra *extra_get(const struct extra *parent, struct str name);
#endif
