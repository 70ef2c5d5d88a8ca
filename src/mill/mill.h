#ifndef MILL_MILL_H
#define MILL_MILL_H
/*
 * The only folder that knows the order of the steps: one document through the
 * line (line_run), and the main jobs of a mill (mill_refresh, mill_publish).
 */
#include "base/buf.h"
#include "base/error.h"
#include "config/config.h"
#include "decode/decode.h"
#include "extract/extract.h"
#include "item/item.h"

struct arena;
struct last_listed; /* store/store.h */
struct last_entry;
struct feed_ref; /* parse/parse.h */

/* ---- the line: bytes of one document to items ---------------------------- */

enum line_as {
    LINE_FIND_OUT, /* feed, list or page: as it turns out */
    LINE_FEED,     /* a feed or nothing */
    LINE_PAGE      /* a page, whatever it looks like */
};

/* Up to CAP more bytes of a document into P; *N is 0 at its end. */
typedef bool line_more(void *ctx, char *p, size_t cap, size_t *n,
                       struct error *err);

/* Gets each feed that a list of feeds names, until it returns. */
typedef void line_on_ref(void *ctx, const struct feed_ref *ref);

/* A further page of an article. */
struct line_part {
    struct str bytes, url, type;
};

struct line_input {
    struct str bytes; /* the document, unless MORE gives it piece by piece */
    line_more *more;
    void *more_ctx;
    struct str url;  /* the document's address; may be empty */
    struct str type; /* Content-Type as received or given; may be empty */
    enum line_as as;
    line_on_ref *on_ref; /* LINE_FEED: lists are read too, for this; NULL */
    struct when_hints when;
    struct str source_id;          /* of the source, for the items' keys */
    const struct line_part *parts; /* LINE_PAGE: the article's other pages */
    size_t n_parts;
    const struct selector *links; /* owner's selector of a list page; NULL */
    const struct site_rules *site_rules; /* the owner's; NULL */
    bool want_why;    /* keep what was considered, for line_explain */
    bool want_drafts; /* of a feed: fill in line_result.drafts */
    bool want_whole; /* of a feed: leave out the entry that it ends inside of */
    const struct last_listed *known; /* entries not to be made items of; NULL */
};

/*
 * Gets each item of a feed as it is read; the item lives until the callback
 * returns.  Without a callback (NULL) items are kept in line_result.items.
 */
typedef void line_on_item(void *ctx, const struct item *item);

/* An entry of a feed as it was read. */
struct line_draft {
    bool has_hash; /* else it cannot be known again */
    struct hash128 hash;
    bool has_guid;
    struct when published;
    const struct last_entry *known; /* what it was last time; NULL */
};

struct line_result {
    struct str kind; /* "feed", "page", "list", "text" */
    struct str charset;
    enum charset_from charset_from;
    struct safe_feed_info *feed; /* NULL for pages */
    const struct item **items;   /* NULL for those known */
    size_t n_items;
    const struct line_draft *drafts; /* each item's, if wanted; else NULL */
    size_t n_known;
    bool is_cut; /* the feed ends before its end */
    struct page
        page; /* of pages and lists (next: of the last part); its drafts are for
                         * line_explain only */
    struct notes notes; /* besides those of the feed itself */
};

/*
 * Reads a document.  All of *OUT lives in A.  Fails with ERR_INPUT when it is
 * nothing we can read; a document cut short is no failure but a note.
 */
MUST_CHECK bool line_run(struct arena *a, const struct line_input *in,
                         line_on_item *on_item, void *ctx,
                         struct line_result *out, struct error *err);

/* Appends, for a person, what was considered for each field of a page read with
 * want_why, and what became of its blocks.  FILE names it. */
void line_explain(struct arena *a, const struct line_result *result,
                  struct str file, struct buf *out);

/* ---- getting one document for the command line ------------------------------ */

struct file_in;

struct got {
    struct buf bytes;     /* of a URL's answer */
    struct file_in *file; /* opened, to be read; NULL for URLs */
    struct str url, type; /* of the answer; empty for files */
};

/*
 * Gets ARGUMENT: an http(s) URL, a file, or "-" for standard input.  MAX is a
 * ceiling in bytes for answers, VERSION goes into the User-Agent.  Strings live
 * in A; end with got_done, on failure too.
 */
MUST_CHECK bool mill_get(struct arena *a, struct str argument, size_t max,
                         struct str version, struct got *out,
                         struct error *err);
void got_done(struct got *got);
/* A line_more over a struct got that has a file. */
bool got_more(void *got, char *p, size_t cap, size_t *n, struct error *err);
/* The first MAX bytes; they live as long as GOT. */
MUST_CHECK bool got_bytes(struct got *got, size_t max, struct str *out,
                          struct error *err);
/* The media type that a file's name promises; empty if none. */
struct str type_by_name(struct str path);

/* ---- the main jobs --------------------------------------------------------- */

struct refresh_options {
    const struct str *wanted; /* topic ids or source URLs; none: all */
    size_t n_wanted;
    bool all;     /* also what a server asked us to leave alone until later */
    bool dry_run; /* look, but write nothing */
    bool json;    /* a report is wanted */
    int jobs;     /* worker threads; 0: one per core */
    struct str metrics; /* a file for Prometheus; empty: none */
    struct str version;
};

struct refresh_result {
    struct buf report; /* the JSON report, if wanted; end with buf_done */
    size_t sources, failed;
    size_t items_new, items_changed;
    size_t topics, files; /* files written, because their bytes differ */
};

/*
 * Fetches what is due, stores, judges and publishes the mill of CONFIG.
 * Returns the exit status of design section 8 (0, 1, 2, 3, 4) and has logged
 * why.
 */
int mill_refresh(const struct config *config,
                 const struct refresh_options *options,
                 struct refresh_result *result);

struct publish_options {
    const struct str *topics; /* ids; none: all */
    size_t n_topics;
    struct str to; /* a folder that takes the place of output/; empty */
    struct str version;
};

/* Writes output/ from the store, and tells who wants to know.  Returns 0, 1 (files
 * of others stand in the way, and the rest was written; or somebody could not be
 * told), 2 (no such topic, or another mill's folder), 3 or
 * 4, and has logged why. */
int mill_publish(const struct config *config,
                 const struct publish_options *options);

/* Appends a line for every entry, published in the last SINCE seconds, that
 * publishing would bring into TOPIC or take out of it, and why.  Nothing is
 * written.  Returns 0, 2 (no such topic) or 4, and has logged why. */
int mill_preview(const struct config *config, struct str topic, int64_t since,
                 struct buf *out);

/* ---- the editor -------------------------------------------------------------- */

struct decision;

/* Appends DECISION for each of the items named to feeds/decisions.yaml, with
 * their titles as comments.  Returns 0, 1 (an item is not known; the others
 * were written) or 4, and has logged why. */
int mill_decide(const struct config *config, const struct decision *decision,
                const struct str *items, size_t n);

/* Says which decisions do not fit what is stored.  Returns 0 or 4. */
int mill_check_decisions(const struct config *config);
/* Appends what is known of the items that WORD names, and how they stand in
 * TOPIC (empty: in all that have their source).  Returns 0, 1 (no such item), 2 (no
 * such topic) or 4, and has logged why. */
int mill_why(const struct config *config, struct str word, struct str topic,
             struct buf *out);

/* ---- subscribing -------------------------------------------------------------- */

/* A source that is to be written into a topic's file. */
struct subscription {
    struct str topic; /* its id; a file is made when there is none */
    struct str title; /* of a topic that is made; empty: its id */
    struct str url;
    struct str name; /* the owner's; empty: the source's own */
};

/*
 * Fetches *URL and appends to OUT what it would yield to TOPIC; a page that
 * names a feed gives way to it, and *URL (in A) is then the feed's.  Returns 0,
 * or 1 when nothing can be had there, and has logged why.
 */
int mill_look(struct arena *a, const struct config *config, struct str topic,
              struct str version, struct str *url, struct buf *out);
/* Writes the N sources of LIST into their topics' files, unless they are there,
 * and appends a line a file to OUT.  Returns 0, 2 (a file cannot be added to;
 * nothing was written) or 4, and has logged why. */
int mill_subscribe(const struct config *config, const struct subscription *list,
                   size_t n, bool dry_run, struct buf *out);
/* The same for the sources that FILE names ("-", a file or URL): OPML,
 * newsboat's urls, Planet Venus' INI; all into TOPIC, unless it is empty.  Lists
 * that it includes are fetched, VERSION going into the User-Agent.  Returns 1 when
 * FILE, or one of those, cannot be read, or a line is left out. */
int mill_import(const struct config *config, struct str file, struct str topic,
                struct str version, bool dry_run, struct buf *out);
/* Appends the mill's sources as OPML 2.0, an outline around those of each
 * topic.  Returns 0 or 4, and has logged why. */
int mill_export(const struct config *config, struct buf *out);
/* Appends what a store that is made anew could not find out again.  Returns 0
 * or 4. */
int mill_export_state(const struct config *config, struct buf *out);
/* Brings that from FILE into the mill's store; what that has otherwise stays and
 * is told.  Returns 0, 1 (FILE cannot be read), 3 or 4, and has logged why. */
int mill_import_state(const struct config *config, struct str file);
/* Takes the source of that id (see struct source) out of TOPIC's file; empty:
 * out of all.  Returns 0, 1 (no topic has it), 2 or 4, and has logged why. */
int mill_unsubscribe(const struct config *config, struct str topic,
                     struct str id, struct buf *out);

/* ---- lists ------------------------------------------------------------------ */

enum list_what { LIST_SOURCES, LIST_TOPICS, LIST_ITEMS, LIST_STORIES };

struct list_options {
    enum list_what what;
    struct str topic, state; /* only those; empty: all */
    bool all;                /* stories of one item too */
    bool json;               /* one object a line, else lines for a person */
};

/* Appends the list to OUT; the store is only read.  In state "new" is what was first
 * seen within a day and waits or is published.  Returns 0, 2 (no such topic
 * or state) or 4, and has logged why. */
int mill_list(const struct config *config, const struct list_options *options,
              struct buf *out);
/* Appends a line for every source that moved for good: where it is written in
 * feeds/, its address, the new one.  Returns 0 or 4. */
int mill_moved(const struct config *config, struct buf *out);

#endif
