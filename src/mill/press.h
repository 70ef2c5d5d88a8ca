#ifndef MILL_PRESS_H
#define MILL_PRESS_H
/*
 * From the store to output/: which stories make a topic's edition, and the
 * files, each replaced only when its bytes differ.
 */
#include "base/buf.h"
#include "base/error.h"
#include "base/map.h"
#include "base/vec.h"
#include "config/config.h"
#include "item/edition.h"
#include "store/store.h"

struct decided_map;
struct outlet;
struct source_row;
struct store;

/* What was published of one topic, for reports. */
struct pressed {
    const struct topic *topic;
    size_t n_entries;
    bool is_kept;      /* none, and the last edition stays where it is */
    size_t n_new;      /* entries published for the first time in this run */
    int64_t until;     /* when the clock alone makes another edition; 0: the
                        * next press looks at all again */
    struct strs files; /* written, because their bytes differ */
};

/* What of a topic has to be looked at. */
enum press_scope { PRESS_ALL, PRESS_TOUCHED, PRESS_NOTHING };

/* Somebody who could not be told of what is published, for reports. */
struct undelivered {
    struct str name; /* post_publish, hub */
    int64_t since;
    struct str error;
};

struct press {
    struct arena *a; /* of the results */
    const struct config *config;
    struct store *store;
    int64_t now;
    struct str to;      /* a folder that takes the place of output/; empty */
    bool dry_run;       /* nothing is written */
    bool may_stand;     /* if the last press stands, this one is spared */
    struct str version; /* the program's */
    enum press_scope *scopes; /* one a topic */
    /* What a scope of PRESS_TOUCHED goes by: store_touched. */
    struct rowids touched_stories, touched_sources;
    int64_t until;          /* when the clock alone changes the topic at hand */
    const bool *has_failed; /* sources that failed in this run; NULL: none */
    /* What the store knows of each of the mill's; NULL: press_all asks it. */
    const struct source_row **sources;
    struct pressed *done; /* one a topic, in the mill's order */
    /* Gets every topic's edition as it was chosen; may be NULL. */
    void (*on_edition)(void *ctx, const struct topic *topic,
                       const struct edition *edition);
    void *on_edition_ctx;
    struct map fresh;      /* atom:ids given in this run */
    struct outlet *outlet; /* where it goes; made by press_all */
    /* A file at a time that is made of kept entries, and as it was: of large ones new
     * memory for each topic costs as much as copying them. */
    struct buf page, page_was;
    struct decided_map *decided;
    struct {
        struct undelivered *at;
        size_t n, cap;
    } undelivered; /* by deliver */
};

/* Fills P's sources, from its config and store, in A of P. */
MUST_CHECK bool press_load_sources(struct press *p, struct error *err);

/*
 * Presses the topics marked in WANTED (one flag a topic; NULL: all) and then
 * the mill's own pages; in a dry run all is chosen and nothing written.  A topic
 * that would become empty while a source of it fails, or was never read, keeps
 * its last edition.  Inside a transaction of the store, which the caller commits
 * before the files are believed: entries get their ids here.
 */
MUST_CHECK bool press_all(struct press *p, const bool *wanted,
                          struct error *err);
#endif
