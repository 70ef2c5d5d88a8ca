#ifndef MILL_DECIDE_H
#define MILL_DECIDE_H
/*
 * The editor's decisions, brought together with the stories they are about.
 * They are replayed at every press: nothing of them is kept in the store.
 */
#include "base/error.h"
#include "item/decision.h"

struct arena;
struct config;
struct decided_map;
struct found_item;
struct store;

/* All that was decided of one story for one topic. */
struct decided {
    bool is_hidden, is_retracted, is_approved;
    bool is_named;     /* approved or pinned for this very topic */
    bool is_pinned;    /* now */
    bool is_held;      /* now */
    bool was_held;     /* until a moment that is over */
    struct str title;  /* the editor's; empty */
    struct str note;   /* the editor's; empty */
    int64_t lead;      /* rowid of the item that stands for the story; 0 */
    int64_t retracted; /* when, Unix seconds; 0 not said */
};

/* What a person's WORD for an item leads to: *N stories, and *OUT an item of the
 * first of them. */
MUST_CHECK bool decision_story(struct arena *a, struct store *store,
                               struct str word, struct found_item *out,
                               size_t *n, struct error *err);

/* Which decisions that do not fit are said, with file and line. */
enum decide_say {
    SAY_VERBOSE, /* at -v only */
    SAY_ONCE,    /* what the last run with the store did not say */
    SAY_ALL
};

/*
 * Looks up the items that the decisions of CONFIG name; the result is in A and
 * borrows CONFIG.  Does not fit: an item that is not known (any more), a topic
 * that there is none of or that has no source of the item, a moment that is
 * over, what contradicts another.
 */
MUST_CHECK bool decisions_resolve(struct arena *a, const struct config *config,
                                  struct store *store, int64_t now,
                                  enum decide_say say, struct decided_map **out,
                                  struct error *err);
/* False when nothing was decided of the story for the topic. */
bool decided_of(const struct decided_map *m, int64_t story, struct str topic,
                struct decided *out);
/* The decisions that decided_of goes by, in the order in which they hold; in
 * A. */
size_t decisions_of(const struct decided_map *m, struct arena *a, int64_t story,
                    struct str topic, const struct decision ***list);
/* The stories that something was decided of, each once; in A. */
size_t decided_stories(const struct decided_map *m, struct arena *a,
                       int64_t **stories);
#endif
