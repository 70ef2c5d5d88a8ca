#ifndef STORE_STORE_H
#define STORE_STORE_H
/*
 * What feedmill remembers between runs: .feedmill/store.db, SQLite in WAL mode.
 * One thread at a time uses a store.  Nothing is durable before store_commit
 * returned; a call made outside store_begin and store_commit is a transaction
 * of its own.  Every failure is ERR_STORE with the store's path as place.
 * How to look into, back up and restore it: README.md of this folder.
 */
#include "base/error.h"
#include "base/str.h"
#include "item/edition.h"
#include "item/item.h"
#include "item/story.h"

struct arena;
struct buf;
struct store;
struct squeezer; /* sys/squeeze.h */

/* Opens or makes the store, running the migrations it lacks.  NULL and
 * ERR_STORE when it is damaged or was made by a newer feedmill (it is then left
 * untouched, byte for byte).  ":memory:" is one that nothing is kept of. */
struct store *store_open(const char *path, struct error *err);
/* The same in memory: a copy of the store at PATH as last committed, an empty
 * one when there is none.  Nothing on disk is changed. */
struct store *store_open_copy(const char *path, struct error *err);
/*
 * The store where it lies, to be read only, as it was last committed: what other
 * runs write meanwhile is not seen, and they are not held up.  NULL when that
 * cannot be: there is none, it wants migrations, its folder cannot be used.
 * Writing fails.  What was read counts only if store_look_holds says so behind
 * it: a run may have begun in a bad moment.
 */
struct store *store_open_look(const char *path, struct error *err);
bool store_look_holds(const struct store *s);
/*
 * Who says which items report one thing; keeps J.  To be called before items
 * are put or expire: they need one.
 */
void store_use_judge(struct store *s, const struct story_judge *j);
/* What was not committed is undone. */
void store_close(struct store *s);

/* One transaction for many documents.  What fails within it is undone with all
 * of it. */
MUST_CHECK bool store_begin(struct store *s, struct error *err);
MUST_CHECK bool store_commit(struct store *s, struct error *err);
void store_rollback(struct store *s);
/* Marks the beginning of a document in a transaction: entries of one document
 * that share a guid are told apart by it. */
MUST_CHECK bool store_next_document(struct store *s, struct error *err);
/* Between transactions, when no more items are put for now: gives back the memory
 * of what is kept to find their stories by. */
void store_rest(struct store *s);

/* ---- sources and documents ---- */

enum source_state {
    SOURCE_NEW,
    SOURCE_OK,
    SOURCE_UNCHANGED,
    SOURCE_MOVED,
    SOURCE_EMPTY,
    SOURCE_SHRUNK,
    SOURCE_REPEATING,
    SOURCE_FAILING,
    SOURCE_GONE
};
struct str source_state_name(enum source_state state);
/* It does not answer, or not with what can be read. */
bool source_is_dead(enum source_state state);
MUST_CHECK bool source_state_by_name(struct str name, enum source_state *out);

/* A source all of whose entries have changed so often on end changes them for its
 * own reasons: `updated` of its items stands still then. */
#define CHURN_RUNS 3

/* What is known of a source; strings in the arena given to the loader. */
/* Rows of a table. */
struct rowids {
    int64_t *at;
    size_t n, cap;
};

struct source_row {
    int64_t rowid;                       /* 0: not known yet */
    struct str id;                       /* source->id */
    struct str title, home_url, feed_id; /* as the source says */
    struct when feed_updated;
    enum source_state state;
    int64_t since;                           /* when the state began */
    int64_t last_fetch, last_ok, next_fetch; /* Unix seconds, 0 never */
    int64_t last_reported; /* when the operator was told last */
    int failures;          /* in a row */
    int status;            /* last HTTP status */
    struct str error;      /* last error sentence */
    struct str kind;       /* feed, page, list, text */
    /* Why next_fetch is when it is, in the caller's words, and the habits it
     * was reckoned from (mill/schedule.h). */
    struct str next_why;
    int64_t period; /* seconds; 0 unknown */
    uint32_t skip_hours;
    uint8_t skip_days;
    int64_t entries; /* of its last document that was whole */
    /* Where 301 or 308 led in MOVED_RUNS runs on end since MOVED_SINCE; and
     * the address asked instead of its own once that is believed. */
    struct str moved_to, address;
    int moved_runs;
    int64_t moved_since;
    int churned; /* fetches on end at which all entries had changed, up to
                  * CHURN_RUNS */
    bool guid_unstable; /* read only: set by store_see_guids */
    /* Validators, exactly as they came, in whatever encoding, and where from if a
     * redirect led there; empty: from the address asked. */
    struct str etag, last_modified, validated;
    struct hash128 body_hash; /* of the raw bytes */
    struct hash128 read_as;   /* of all else that decided how they were read */
    bool has_body_hash;       /* both hashes are known */
    /* What the store holds already: it writes only what differs.  Set by the
     * loaders and by store_put_source; leave them alone. */
    struct hash128 stored_facts, stored_validators;
    uint64_t stored_undone;
};

/* *OUT has rowid 0 when the source is not known. */
MUST_CHECK bool store_get_source(struct store *s, struct arena *a,
                                 struct str id, struct source_row *out,
                                 struct error *err);
/* Gives every source ever known to GIVE, by rowid, with strings in A; the row holds
 * for the call.  For a refresh, which then needs no store_get_source: some 2 us
 * each. */
typedef void store_give_source(void *ctx, const struct source_row *row);
MUST_CHECK bool store_each_source(struct store *s, struct arena *a,
                                  store_give_source *give, void *ctx,
                                  struct error *err);
/* All of them, in A. */
MUST_CHECK bool store_all_sources(struct store *s, struct arena *a,
                                  struct source_row **out, size_t *n,
                                  struct error *err);
/* Inserts or updates by id; fills row->rowid.  Cheap when nothing changed but
 * the times of fetching. */
MUST_CHECK bool store_put_source(struct store *s, struct source_row *row,
                                 struct error *err);
/* The same for many in one transaction. */
MUST_CHECK bool store_put_sources(struct store *s, struct source_row *rows,
                                  size_t n, struct error *err);

/* A source that has moved to ADDRESS for good, be it believed yet or not. */
struct moved_source {
    struct str id, address;
};
/* All of them, by rowid, the address first that is asked instead of its own; in A. */
MUST_CHECK bool store_moved_sources(struct store *s, struct arena *a,
                                    struct moved_source **out, size_t *n,
                                    struct error *err);
/* That source is known by its new address from now on, with all that it gave; nothing
 * is done where a source of that address is known already. */
MUST_CHECK bool store_readdress(struct store *s,
                                const struct moved_source *source,
                                struct error *err);

/* A page fetched once, for a list page or full text; known by its URL key. */
struct page_row {
    int64_t fetched; /* when it was asked for last */
    int status;      /* of HTTP */
    int failures;    /* in a row; 0: read, or never to be asked for again */
};
MUST_CHECK bool store_get_page(struct store *s, struct str url_key,
                               struct page_row *out, bool *found,
                               struct error *err);
MUST_CHECK bool store_put_page(struct store *s, struct str url_key,
                               int64_t source_rowid, const struct page_row *row,
                               struct error *err);

/* ---- what hosts and sites asked of us ---- */

/* An origin's answer to robots.txt. */
struct robots_row {
    struct str origin; /* "https://example.org" */
    struct str site;   /* its registrable domain */
    int status;        /* of HTTP */
    struct str text;   /* any bytes */
    int64_t fetched;
};
struct robots_rows {
    struct robots_row *at;
    size_t n, cap;
};
MUST_CHECK bool store_put_robots(struct store *s, const struct robots_row *row,
                                 struct error *err);
/* Those of a site's origins, in A. */
MUST_CHECK bool store_robots_of(struct store *s, struct arena *a,
                                struct str site, struct robots_rows *out,
                                struct error *err);

/* A site that wants to be left alone. */
struct peace_row {
    struct str site;
    int64_t since, until; /* Unix seconds */
    int refusals;         /* on end; 0: it answers again, and the row goes */
    int status;           /* of HTTP, of the last one */
};
struct peace_rows {
    struct peace_row *at;
    size_t n, cap;
};
MUST_CHECK bool store_put_peace(struct store *s, const struct peace_row *row,
                                struct error *err);
/* All of them, in A; few. */
MUST_CHECK bool store_peace(struct store *s, struct arena *a,
                            struct peace_rows *out, struct error *err);
/* Forgets robots.txt answered, and peace that ended, before that moment. */
MUST_CHECK bool store_forget_hosts(struct store *s, int64_t before,
                                   struct error *err);

/* ---- deliveries ---- */

/* Somebody who could not be told of what is published. */
struct delivery_row {
    struct str name;         /* post_publish, hub */
    int64_t since, reported; /* Unix seconds; when the operator was told last */
    struct str error;        /* empty: it is told again, and the row goes */
};
/* OUT in A; *FOUND is false when NAME was told of all. */
MUST_CHECK bool store_delivery(struct store *s, struct arena *a,
                               struct str name, struct delivery_row *out,
                               bool *found, struct error *err);
MUST_CHECK bool store_put_delivery(struct store *s,
                                   const struct delivery_row *row,
                                   struct error *err);

/* ---- items ---- */

enum item_state {
    ITEM_NEW,
    ITEM_HELD,
    ITEM_PUBLISHED,
    ITEM_HIDDEN,
    ITEM_RETRACTED,
    ITEM_UNMATCHED,
    ITEM_FOLDED,
    ITEM_EXPIRED
};
struct str item_state_name(enum item_state state);
MUST_CHECK bool item_state_by_name(struct str name, enum item_state *out);

enum put_result { PUT_NEW, PUT_CHANGED, PUT_SAME };

/* What store_put_item did. */
struct put_done {
    enum put_result result;
    int64_t item;           /* rowid */
    struct hash128 content; /* of the title and text put */
    bool is_repeated;       /* this document brought the item already */
    int64_t last_seen;      /* of the item, as is stored now */
};

/* What storing a new item takes most of the time to make, and another thread may
 * make before. */
struct put_ready {
    struct story_sketch sketch; /* by the judge */
    /* by store_make_ready */
    struct str texts;
    const struct item_facts *facts;
};
/* Fills in what the store itself makes of ITEM of the source of that id, in A;
 * SCRATCH may be reset behind it. */
void store_make_ready(struct squeezer *z, struct arena *a,
                      struct arena *scratch, const struct item *item,
                      struct str source_id, struct put_ready *out);

/*
 * Stores ITEM as found at NOW in a source.  It is known there by its guid; by
 * its URL key when it has none, or the guid says nothing; else by its title.
 * PUT_CHANGED: something of it differed and was stored; `updated` moved only if
 * title or text did.  `published` of a stored item is never moved; an unknown
 * date or one more than 24 hours ahead becomes NOW, for ever.  A new item is
 * put into the story of an item with the same URL key or the same text, else
 * into that of a near copy as the judge says, else into one of its own; who leads
 * a story is chosen when the transaction is committed.  READY is what was
 * made of ITEM for that beforehand; NULL has it made when it is wanted.
 */
MUST_CHECK bool store_put_item(struct store *s, int64_t source_rowid,
                               const struct item *item,
                               const struct put_ready *ready, int64_t now,
                               struct put_done *done, struct error *err);

/* ---- what a feed's last document listed ---- */

/* One of its entries, which is known again by its draft. */
struct last_entry {
    struct hash128 draft; /* see draft_hash */
    int64_t item;         /* rowid of what it became; 0: of no use */
    int64_t last_seen;    /* of that */
};
struct last_listed {
    struct last_entry *at;
    size_t n;
};

/* What the last document listed, in A; none when one of its items has changed
 * since, or is gone. */
MUST_CHECK bool store_get_listed(struct store *s, struct arena *a,
                                 int64_t source_rowid, struct last_listed *out,
                                 struct error *err);
/* Replaces it. */
MUST_CHECK bool store_put_listed(struct store *s, int64_t source_rowid,
                                 const struct last_listed *listed,
                                 struct error *err);
/*
 * A document of the source lists the entries KNOWN, which need not be put, and
 * OTHERS, which are.  *HOLDS: all of KNOWN still are the items they became, and
 * none of OTHERS would be taken for one of these.  When it does not hold, all
 * are to be put, in their order.
 */
MUST_CHECK bool store_listed_holds(struct store *s, int64_t source_rowid,
                                   const struct last_listed *known,
                                   const struct item *const *others, size_t n,
                                   bool *holds, struct error *err);
/* The document found at NOW lists the entry: its item counts as seen. */
MUST_CHECK bool store_see_listed(struct store *s, int64_t source_rowid,
                                 struct last_entry *entry, int64_t now,
                                 struct error *err);

/*
 * A list page of the source names the page of that URL key (see url_key), which
 * need not be fetched again: its item counts as seen NOW.  Where only another
 * source has it, this source gets it too, in the same story.
 */
MUST_CHECK bool store_see_url(struct store *s, int64_t source_rowid,
                              struct str url_key, int64_t now,
                              struct error *err);
/* How far the guids and addresses of a document tell which entries are known. */
enum entry_ids {
    IDS_GOOD,
    IDS_GUIDS_MADE_UP, /* addresses alone do */
    IDS_ALL_NEW,       /* nor do these: what the entries say does */
};
/*
 * To be told of the entries of a feed document, all of them, before they are put.  A
 * source all of whose guids are new while its addresses are known is taken to be
 * one that makes up guids, and its items are known by URL from then on.  Where
 * addresses are all new, too, and yet half of the entries or more have title, text
 * and date of one that is stored (where they name none, title and text: the date may
 * be their page's), those of this document are known by that; not so where they have
 * no date and all say one thing.  An entry that is NULL is
 * known for certain (store_see_listed).
 */
MUST_CHECK bool store_see_guids(struct store *s, int64_t source_rowid,
                                const struct item *const *items, size_t n,
                                int64_t now, enum entry_ids *ids,
                                struct error *err);

/* An item as stored, with what publishing needs. */
struct stored_item {
    int64_t rowid, story, source_rowid;
    struct str source_id;
    char short_id[SHORT_ID_CHARS + 1];
    struct item item;
    struct hash128 content; /* of title and text as the source gave them */
    struct when published, updated; /* as published: never unknown */
    bool date_is_first_seen;
    int64_t first_seen;
    enum item_state state;
    bool is_lead;
    struct str why; /* why it joined its story; empty for the lead */
    struct str source_title, source_home, source_feed_id;
    struct when source_updated;
};

/* A walk through the items of some sources that are not expired. */
struct place_walk {
    const int64_t *sources; /* store rowids */
    size_t n_sources;
    int64_t since; /* published then or later */
    bool
        unpressed; /* only those whose story was touched since the last press */
    /* How far back it probably goes, which saves time if it does; 0: not known. */
    int64_t likely;
};
/* Where the items stand, newest first, those of one moment by their source and then
 * by rowid; GIVE gets each, may use the store, and returns false to stop. */
struct item_place {
    int64_t rowid, story, source;
    int64_t published; /* Unix seconds */
};
typedef bool store_give_place(void *ctx, const struct item_place *place);
MUST_CHECK bool store_each_place(struct store *s,
                                 const struct place_walk *where,
                                 store_give_place *give, void *ctx,
                                 struct error *err);
/* Members of a story that are not expired, lead first, then the earliest, those of
 * one moment by their source's id and their address; in A. */
MUST_CHECK bool store_story_members(struct store *s, struct arena *a,
                                    int64_t story, struct stored_item **out,
                                    size_t *n, struct error *err);
/* The same without what stands in their bodies: texts, summary, and all fields of
 * item but title, url, guid, language, site_name, source, source_url and dates. */
MUST_CHECK bool store_story_outline(struct store *s, struct arena *a,
                                    int64_t story, struct stored_item **out,
                                    size_t *n, struct error *err);
/* The rest of one whose outline is ITEM; in A. */
MUST_CHECK bool store_get_rest(struct store *s, struct arena *a,
                               struct stored_item *item, struct error *err);
/* One item, in A; *FOUND is false when it has expired. */
MUST_CHECK bool store_get_item(struct store *s, struct arena *a, int64_t rowid,
                               struct stored_item *out, bool *found,
                               struct error *err);
/* What a person's name for an item (a short id, the atom:id of an entry, an
 * address) leads to, by rowid; several where sources share an address. */
struct found_item {
    int64_t item, story;
    char short_id[SHORT_ID_CHARS + 1];
    struct str title;
};
MUST_CHECK bool store_find_items(struct store *s, struct arena *a,
                                 struct str word, struct found_item **out,
                                 size_t *n, struct error *err);
/* An item of the address WORD; else the one whose id became the atom:id of its entry;
 * else one of the entry with that atom:id as it was before the editor moved any into
 * its story or out of it; and the story that it is in now.  0 without one. */
MUST_CHECK bool store_find_home(struct store *s, struct str word, int64_t *item,
                                int64_t *story, struct error *err);

/* ---- whole texts of feed entries ---- */

/* What is known of the page of a feed's entry. */
struct full_text_row {
    int64_t item, source;   /* rowids */
    struct str page;        /* URL key */
    struct hash128 content; /* of the entry that its page was wanted for */
    bool is_wanted;         /* still to be asked for, NEXT at the earliest */
    bool has_text;          /* the item's body came from the page */
    struct str why;         /* it is wanted, or what came of it */
    int64_t asked;          /* when the last answer came, 0 never */
    int asks;               /* answers so far */
    int64_t next;
    int64_t fresh_from; /* a page read before is out of date */
};
MUST_CHECK bool store_get_full_text(struct store *s, struct arena *a,
                                    int64_t item, struct full_text_row *out,
                                    bool *found, struct error *err);
MUST_CHECK bool store_put_full_text(struct store *s,
                                    const struct full_text_row *row,
                                    struct error *err);
/* The item's page is not wanted any more; its body stays until its feed gives
 * another. */
MUST_CHECK bool store_drop_full_text(struct store *s, int64_t item,
                                     struct error *err);
/* The same for a whole source, whose items then are what its feed gives, as
 * soon as that is read again. */
MUST_CHECK bool store_drop_full_texts(struct store *s, int64_t source_rowid,
                                      struct error *err);

struct wanted_page {
    struct full_text_row row;
    struct str url; /* of the item */
};
struct wanted_pages {
    struct wanted_page *at;
    size_t n, cap;
};
/* Pages that may be asked for NOW, of items first seen at SEEN_SINCE or later,
 * newest item first; in A. */
MUST_CHECK bool store_wanted_pages(struct store *s, struct arena *a,
                                   int64_t now, int64_t seen_since,
                                   struct wanted_pages *out, struct error *err);
/* Everyone who wants that page, now or later. */
MUST_CHECK bool store_page_wanted_by(struct store *s, struct arena *a,
                                     struct str page, struct wanted_pages *out,
                                     struct error *err);
/* An item whose body came from that page, for a list or for full text. */
MUST_CHECK bool store_page_item(struct store *s, struct arena *a,
                                struct str page, struct stored_item *out,
                                bool *found, struct error *err);
/* A page of the source's entries came at NOW: good, or of no use, and why. */
MUST_CHECK bool store_count_page(struct store *s, int64_t source_rowid,
                                 bool is_good, struct str why, int64_t now,
                                 struct error *err);
/* Pages of a source on end that were of no use. */
struct pages_in_vain {
    int64_t source;      /* rowid */
    int n;               /* 0: the last one was good */
    int64_t since, last; /* when the first and the last of them came */
    struct str why;      /* the last one was of no use */
};
struct all_pages_in_vain {
    struct pages_in_vain *at;
    size_t n, cap;
};
MUST_CHECK bool store_get_pages_in_vain(struct store *s, struct arena *a,
                                        int64_t source_rowid,
                                        struct pages_in_vain *out,
                                        struct error *err);
/* Those of FROM pages and more, by source; in A. */
MUST_CHECK bool store_all_pages_in_vain(struct store *s, struct arena *a,
                                        int from, struct all_pages_in_vain *out,
                                        struct error *err);
/* That of a source, NULL if there is none. */
const struct pages_in_vain *
pages_in_vain_of(const struct all_pages_in_vain *all, int64_t source);
/* How many entries of a source have their page's text, and how many wait. */
struct full_text_tally {
    int64_t source;
    int64_t full, wanted;
};
struct full_text_tallies {
    struct full_text_tally *at;
    size_t n, cap;
};
/* By source, in A; walks over all of them. */
MUST_CHECK bool store_full_text_tallies(struct store *s, struct arena *a,
                                        struct full_text_tallies *out,
                                        struct error *err);
/*
 * Gives an item the body of PAGE, an item made from its page (item_take_page).
 * It stays the same item: neither `published` nor `updated` moves.  One that
 * was never published joins the story of a near copy as a new item would, and
 * has the page's date where its feed gave none.
 */
MUST_CHECK bool store_grow_item(struct store *s, int64_t item_rowid,
                                const struct item *page, int64_t now,
                                struct error *err);

/* ---- entries: a story's public identity ---- */

struct entry_row {
    int64_t story;
    struct str atom_id;
    int64_t first_published; /* Unix seconds of this mill */
    struct when published;
    struct when updated; /* the newest that a topic has */
    bool is_new;         /* made by this call */
};

/*
 * The story's entry, made at first publication: its atom:id is WANTED unless
 * that is empty or another entry has it, else FALLBACK; the dates are the lead's.
 * Later calls return what was stored.  Strings in A.
 */
MUST_CHECK bool store_entry(struct store *s, struct arena *a, int64_t story,
                            struct str wanted, struct str fallback, int64_t now,
                            struct entry_row *out, struct error *err);

/* What a topic shows of an entry. */
struct shown {
    struct hash128 content; /* of all that the source and the editor say */
    struct hash128 seen;    /* of that which the topic publishes */
    struct when updated;    /* the item's */
    int64_t source;         /* rowid of the item's */
};
/*
 * Makes ENTRY's `updated` that of TOPIC: it moves, and never back, when both
 * hashes are others than when it moved last.  What is edited beyond an excerpt
 * moves nothing, nor does an item that grew by its page's text, nor a source that
 * changes its entries all the time.
 */
MUST_CHECK bool store_shown(struct store *s, struct str topic,
                            struct entry_row *entry, const struct shown *shown,
                            int64_t now, struct error *err);

/* The story's entry as it stands; *FOUND is false before its first
 * publication. */
MUST_CHECK bool store_get_entry(struct store *s, struct arena *a, int64_t story,
                                struct entry_row *out, bool *found,
                                struct error *err);

/* Which of N complaints (by hash) were not among those of the call before; to
 * be called with all there are.  Writes only when they differ. */
MUST_CHECK bool store_told(struct store *s, const struct hash128 *hashes,
                           size_t n, bool *is_new, struct error *err);

/* Store rows of the sources that a story's items are of, expired ones too; in
 * A. */
MUST_CHECK bool store_story_sources(struct store *s, struct arena *a,
                                    int64_t story, int64_t **sources, size_t *n,
                                    struct error *err);

/* ---- the state as text ---- */

/* Appends what a rebuilt store could not find out again (ids, dates, stories,
 * how items are recognized), a JSON object a line. */
MUST_CHECK bool store_export(struct store *s, struct buf *out,
                             struct error *err);
/* What became of a state. */
struct import_report {
    int64_t n_items, n_new; /* of the state; of those, not known before */
    int64_t n_conflicts;    /* where the store has it otherwise, and stays */
    struct strs conflicts;  /* the first of them, in words */
};
/* Brings that into the store, all of it or nothing; what the store has stays as
 * it is.  The report lives in A.  ERR_INPUT with the line of TEXT that is
 * wrong. */
MUST_CHECK bool store_import(struct store *s, struct arena *a, struct str text,
                             struct import_report *out, struct error *err);

/* ---- stories of the editor's choice ---- */

/* An item that is, or was made to be, in another story than the store's. */
struct moved_item {
    int64_t item;
    int64_t home;  /* the story where the store had put it */
    int64_t own;   /* the story made for it by store_split; 0 */
    int64_t split; /* the item that the split names; 0 */
    int64_t story; /* where it is now */
};
/* All of them, in A. */
MUST_CHECK bool store_moved(struct store *s, struct arena *a,
                            struct moved_item **out, size_t *n,
                            struct error *err);
/* The items that the store itself had put into STORY and that have no story of
 * their own, in A. */
MUST_CHECK bool store_home_items(struct store *s, struct arena *a,
                                 int64_t story, int64_t **items, size_t *n,
                                 struct error *err);
/* Puts an item into STORY; its home is remembered. */
MUST_CHECK bool store_move(struct store *s, int64_t item, int64_t story,
                           struct error *err);
/* Gives an item a story of its own, because of a decision that names SPLIT. */
MUST_CHECK bool store_split(struct store *s, int64_t item, int64_t split,
                            int64_t now, int64_t *story, struct error *err);
/* Puts an item back where the store had it. */
MUST_CHECK bool store_return(struct store *s, const struct moved_item *m,
                             struct error *err);

/* ---- what topics have published ---- */

/* An entry as it stood in the files of a topic last. */
struct kept_entry {
    struct str atom_id;
    int64_t story; /* which may be gone */
    int64_t number,
        position;  /* its archive document, 0 none; in that, from 0 */
    int64_t day;   /* of its page, since 1970 */
    int64_t since; /* when the topic published it first */
    int64_t published, updated;
    int64_t retracted;   /* when; 0 not.  Then the texts are empty */
    int64_t withdrawn;   /* when; 0 not.  It is in no file until it returns */
    struct hash128 hash; /* of the texts */
    struct str line, atom, rss, html;
    struct str url_key; /* of the article; for store_put_kept alone */
    struct str packed;  /* by store_pack_kept; empty: it is not done yet */
};
struct kept_entries {
    struct kept_entry *at;
    size_t n, cap;
};
/* Those of the subscription document (number 0), without texts; all in A. */
MUST_CHECK bool store_kept_listed(struct store *s, struct arena *a,
                                  struct str topic, struct kept_entries *out,
                                  struct error *err);
/* Those of an archive document, the oldest first, with atom, rss and html. */
MUST_CHECK bool store_kept_archived(struct store *s, struct arena *a,
                                    struct str topic, int64_t number,
                                    struct kept_entries *out,
                                    struct error *err);
/* Those of a day, newest first, with html; none retracted or withdrawn. */
MUST_CHECK bool store_kept_of_day(struct store *s, struct arena *a,
                                  struct str topic, int64_t day,
                                  struct kept_entries *out, struct error *err);
/* Where one of them stands: the newest first, then by atom:id. */
struct kept_place {
    int64_t published;
    struct str atom_id;
};
/* How many stand between the places FROM and TO, without those. */
MUST_CHECK bool store_kept_between(struct store *s, struct str topic,
                                   int64_t day, const struct kept_place *from,
                                   const struct kept_place *to, int64_t *n,
                                   struct error *err);
/* The html of one of them; empty if it is not kept. */
MUST_CHECK bool store_kept_html(struct store *s, struct arena *a,
                                struct str topic, struct str atom_id,
                                struct str *out, struct error *err);
/* Those with FROM <= since < UNTIL, the latest published first, with line. */
MUST_CHECK bool store_kept_since(struct store *s, struct arena *a,
                                 struct str topic, int64_t from, int64_t until,
                                 struct kept_entries *out, struct error *err);
/* Those retracted; those withdrawn; without texts. */
MUST_CHECK bool store_kept_retracted(struct store *s, struct arena *a,
                                     struct str topic, struct kept_entries *out,
                                     struct error *err);
MUST_CHECK bool store_kept_withdrawn(struct store *s, struct arena *a,
                                     struct str topic, struct kept_entries *out,
                                     struct error *err);
/* One, without texts; *FOUND is false when there is none. */
MUST_CHECK bool store_get_kept(struct store *s, struct arena *a,
                               struct str topic, struct str atom_id,
                               struct kept_entry *out, bool *found,
                               struct error *err);
/* Those of the article that URL_KEY leads to, without texts. */
MUST_CHECK bool store_kept_by_url(struct store *s, struct arena *a,
                                  struct str topic, struct str url_key,
                                  struct kept_entries *out, struct error *err);
/* Of those whose address was never looked up at most MAX, with texts; and what
 * was found for one. */
MUST_CHECK bool store_kept_unkeyed(struct store *s, struct arena *a,
                                   struct str topic, int64_t max,
                                   struct kept_entries *out, struct error *err);
MUST_CHECK bool store_key_kept(struct store *s, struct str topic,
                               struct str atom_id, struct str url_key,
                               struct error *err);
/* Whether the topic has an entry of STORY. */
MUST_CHECK bool store_is_kept(struct store *s, struct str topic, int64_t story,
                              bool *is_kept, struct error *err);
/* The number of the newest archive document, and how many entries it has; 0 and
 * 0 without one. */
MUST_CHECK bool store_newest_archive(struct store *s, struct str topic,
                                     int64_t *number, int64_t *entries,
                                     struct error *err);
/* The texts of ENTRY as they are stored, in A: for another thread to do. */
struct str store_pack_kept(struct squeezer *z, struct arena *a,
                           const struct kept_entry *entry);
/* Inserts or replaces by topic and atom_id; since stays the first. */
MUST_CHECK bool store_put_kept(struct store *s, struct str topic,
                               const struct kept_entry *entry,
                               struct error *err);
MUST_CHECK bool store_archive_kept(struct store *s, struct str topic,
                                   struct str atom_id, int64_t number,
                                   int64_t position, struct error *err);
/* Its texts are gone for ever; what it was remains. */
MUST_CHECK bool store_retract_kept(struct store *s, struct str topic,
                                   struct str atom_id, int64_t when,
                                   struct error *err);
/* It is withdrawn since WHEN, or with 0 not any more. */
MUST_CHECK bool store_withdraw_kept(struct store *s, struct str topic,
                                    struct str atom_id, int64_t when,
                                    struct error *err);
MUST_CHECK bool store_drop_kept(struct store *s, struct str topic,
                                struct str atom_id, struct error *err);

/* A file made of kept entries, relative to the topic's folder. */
struct kept_file {
    struct str file;
    bool is_due;         /* to be written */
    struct hash128 hash; /* else: of its bytes when it was written */
};
struct kept_files {
    struct kept_file *at;
    size_t n, cap;
};
/* Sorted by name, in A. */
MUST_CHECK bool store_kept_files(struct store *s, struct arena *a,
                                 struct str topic, struct kept_files *out,
                                 struct error *err);
/* Inserts or replaces by topic and name. */
MUST_CHECK bool store_put_kept_file(struct store *s, struct str topic,
                                    const struct kept_file *file,
                                    struct error *err);
MUST_CHECK bool store_drop_kept_file(struct store *s, struct str topic,
                                     struct str file, struct error *err);

/* ---- topics and runs ---- */

/* Newest `updated` ever published for a topic, SEEN included; never goes back.
 * Of one that never had any (SEEN is 0) it is FIRST from now on, the moment it
 * came to be; 0: still none.  Writes only when it moves. */
MUST_CHECK bool store_topic_updated(struct store *s, struct str topic,
                                    int64_t seen, int64_t first,
                                    int64_t *newest, struct error *err);
/* A topic as it was pressed. */
struct topic_press {
    struct str id;
    int64_t entries; /* that its edition has */
    int64_t until;   /* when the clock alone makes another; 0: to be made anew
                      * whatever was stored since */
};
/*
 * All topics were pressed NOW from the store as it is now and from what STAMP is a
 * hash of; that stands until the moment UNTIL, or until something that every
 * topic may show is stored.  To be called when the press is through.
 */
MUST_CHECK bool store_put_press(struct store *s, struct hash128 stamp,
                                int64_t now, int64_t until,
                                const struct topic_press *topics, size_t n,
                                struct error *err);
/* Whether the last press NOW stands for what STAMP is a hash of; of the topics,
 * for those which nothing touches that was stored since. */
MUST_CHECK bool store_press_stands(struct store *s, struct hash128 stamp,
                                   int64_t now, bool *stands,
                                   struct error *err);
/* The sources, by rowid, of what a press shows and was stored since; some may be
 * gone. */
MUST_CHECK bool store_unpressed(struct store *s, struct arena *a,
                                struct rowids *sources, struct error *err);
/* The same as rowids in ascending order: the stories that were touched, and the
 * sources of which something else is shown now. */
MUST_CHECK bool store_touched(struct store *s, struct arena *a,
                              struct rowids *stories, struct rowids *sources,
                              struct error *err);
/* What store_put_pressed was given last for the topic, in A; empty without. */
MUST_CHECK bool store_pressed(struct store *s, struct arena *a,
                              struct str topic, struct str *stories,
                              struct error *err);
/* What the press made of the topic's STORIES, in bytes that only mill/ reads. */
MUST_CHECK bool store_put_pressed(struct store *s, struct str topic,
                                  struct str stories, struct error *err);
/* One topic's part in the last press, its id aside; all 0 when it had none. */
MUST_CHECK bool store_topic_press(struct store *s, struct str topic,
                                  struct topic_press *out, struct error *err);
struct run_row {
    int64_t started, finished;
    int exit_status;
    int64_t sources, failed, items_new, items_changed;
};
MUST_CHECK bool store_put_run(struct store *s, const struct run_row *run,
                              struct error *err);
/* It is LATEST at least, whatever NOW will be called with: dates up to then are not in
 * the future, and items are seen then. */
void store_believe(struct store *s, int64_t latest);
/* When the last MAX runs started, the newest first; *N of them. */
MUST_CHECK bool store_run_starts(struct store *s, int64_t *starts, size_t max,
                                 size_t *n, struct error *err);
/*
 * Drops bodies of items last seen before BODIES, and all of those last seen
 * before KEYS, which is the earlier.  What a source's last document held counts
 * as seen for as long as the source answers, changed or not (last_ok).
 */
MUST_CHECK bool store_expire(struct store *s, int64_t bodies, int64_t keys,
                             struct error *err);
#endif
