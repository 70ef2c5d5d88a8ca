#ifndef STORE_STORE_H
#define STORE_STORE_H
/*
 * What feedmill remembers between runs: .feedmill/store.db, SQLite in WAL mode.
 * One thread uses a store.  Nothing is durable before store_commit returned.
 * How to look into, back up and restore it: README.md of this folder.
 */
#include "base/error.h"
#include "base/str.h"
#include "item/edition.h"
#include "item/item.h"

struct arena;
struct store;

/* Opens or makes the store, running the migrations it lacks.  NULL and
 * ERR_STORE when it is damaged or was made by a newer feedmill (it is then left
 * untouched). */
struct store *store_open(const char *path, struct error *err);
void store_close(struct store *s);

/* One transaction for many documents, a savepoint for each. */
MUST_CHECK bool store_begin(struct store *s, struct error *err);
MUST_CHECK bool store_commit(struct store *s, struct error *err);
void store_rollback(struct store *s);
MUST_CHECK bool store_savepoint(struct store *s, struct error *err);
MUST_CHECK bool store_release(struct store *s, struct error *err);
void store_undo(struct store *s); /* back to the savepoint */

/* ---- sources and documents ---- */

enum source_state {
    SOURCE_NEW,
    SOURCE_OK,
    SOURCE_UNCHANGED,
    SOURCE_MOVED,
    SOURCE_EMPTY,
    SOURCE_FAILING,
    SOURCE_GONE
};
struct str source_state_name(enum source_state state);
MUST_CHECK bool source_state_by_name(struct str name, enum source_state *out);

/* What is known of a source; strings in the arena given to the loader. */
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
    struct str etag, last_modified;
    struct hash128 body_hash; /* of the raw bytes */
    bool has_body_hash;
};

/* *OUT has rowid 0 when the source is not known. */
MUST_CHECK bool store_get_source(struct store *s, struct arena *a,
                                 struct str id, struct source_row *out,
                                 struct error *err);
/* Inserts or updates by id; fills row->rowid. */
MUST_CHECK bool store_put_source(struct store *s, struct source_row *row,
                                 struct error *err);

/* Pages fetched once for list pages and full text, by URL key. */
MUST_CHECK bool store_has_page(struct store *s, struct str url_key, bool *has,
                               struct error *err);
MUST_CHECK bool store_put_page(struct store *s, struct str url_key,
                               int64_t source_rowid, int64_t fetched,
                               int status, struct error *err);

/* Items of a source that a list page still names were seen again. */

/* ---- items ---- */

enum put_result { PUT_NEW, PUT_CHANGED, PUT_SAME };

/* Stores ITEM as found now in a source.  A new item is put into the story of an
 * item with the same URL key or the same text, else into one of its own.
 * `published` of a stored item is never moved; an unknown or far-future date
 * becomes FIRST_SEEN (now), for ever. */
MUST_CHECK bool store_put_item(struct store *s, int64_t source_rowid,
                               const struct item *item, int64_t now,
                               enum put_result *result, struct error *err);

/* An item as stored, with what publishing needs. */
struct stored_item {
    int64_t rowid, story, source_rowid;
    struct str source_id;
    char short_id[SHORT_ID_CHARS + 1];
    struct item item;
    struct when published, updated; /* as published: never unknown */
    bool date_is_first_seen;
    int64_t first_seen;
    bool is_lead;
    struct str why; /* why it joined its story; empty for the lead */
    struct str source_title, source_home, source_feed_id;
    struct when source_updated;
};

/*
 * The items of the sources given (store rowids), newest first, that were
 * published after SINCE; GIVE gets each and returns false to stop.  The item
 * lives until GIVE returns.
 */
typedef bool store_give_item(void *ctx, const struct stored_item *item);
MUST_CHECK bool store_each_item(struct store *s, const int64_t *sources,
                                size_t n_sources, int64_t since,
                                store_give_item *give, void *ctx,
                                struct error *err);
/* Members of a story, lead first; in A. */
MUST_CHECK bool store_story_members(struct store *s, struct arena *a,
                                    int64_t story, struct stored_item **out,
                                    size_t *n, struct error *err);

/* ---- entries: a story's public identity ---- */

struct entry_row {
    int64_t story;
    struct str atom_id;
    int64_t first_published; /* Unix seconds of this mill */
    struct when published, updated;
    struct hash128 content; /* of title and text, to see a change */
};

/* Gives the story its atom:id at first publication: WANTED when no other entry
 * has it, else FALLBACK.  Later calls return what was stored. */
MUST_CHECK bool store_entry(struct store *s, struct arena *a, int64_t story,
                            struct str wanted, struct str fallback, int64_t now,
                            struct entry_row *out, struct error *err);

/* ---- topics and runs ---- */

/* Newest `updated` ever published for a topic; never goes back. */
MUST_CHECK bool store_topic_updated(struct store *s, struct str topic,
                                    int64_t seen, int64_t *newest,
                                    struct error *err);
struct run_row {
    int64_t started, finished;
    int exit_status;
    int64_t sources, failed, items_new, items_changed;
};
MUST_CHECK bool store_put_run(struct store *s, const struct run_row *run,
                              struct error *err);
/* Drops bodies of items last seen before BODIES and keys before KEYS. */
MUST_CHECK bool store_expire(struct store *s, int64_t bodies, int64_t keys,
                             struct error *err);
#endif
