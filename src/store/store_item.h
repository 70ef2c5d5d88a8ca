#ifndef STORE_STORE_ITEM_H
#define STORE_STORE_ITEM_H
/* What the files about items and stories share. */
#include "item/story.h"
#include "store/store_query.h"

/* ---- keys -------------------------------------------------------------- */

/* Under what an item is known, and by what it is recognized elsewhere. */
struct item_keys {
    bool has_guid, has_url, has_text;
    bool url_may_join; /* no front page, which many articles name */
    bool text_is_long; /* enough to be recognized under another title */
    struct hash128 guid, url, text;
    /* The title on a page or under an address that others have too. */
    struct hash128 title;
    struct str title_letters; /* folded */
};

/* Of ITEM in the source of that id, all but the text's; in A. */
struct item_keys keys_of(struct arena *a, const struct item *item,
                         struct str source_id);
/* The text's.  Apart because unchanged items have no sketch made of them. */
void keys_add_text(struct item_keys *keys, const struct story_sketch *of);
/* Of an item already stored, from its columns. */
struct hash128 title_key(struct arena *a, struct str url, struct str source_id,
                         struct str title, struct str text);

struct key_row {
    int64_t item; /* 0: nobody has the key */
    bool is_shared;
};
/* Who has a key in that source. */
MUST_CHECK bool key_get(struct store *s, struct hash128 hash, int64_t source,
                        struct key_row *out, struct error *err);

/* ---- the members of a story -------------------------------------------- */

/* Of items i and their sources s: the lead first, then the earliest.  Those of one
 * moment stand as what they are themselves tells, not as they came: two workers
 * store the documents of a run in any order. */
#define ORDER_OF_MEMBERS                                                       \
    " ORDER BY i.is_lead DESC, i.published, s.name, i.url, i.short_id"

/* ---- what one document brought ------------------------------------------- */

struct document_seen *document_seen_new(void);
void document_seen_free(struct document_seen *seen);
void document_seen_reset(struct document_seen *seen);
/* To be called before anything of a document is put: only the first call of
 * each does something. */
MUST_CHECK bool document_seen_begin(struct store *s, int64_t source,
                                    int64_t now, struct error *err);
/* It has brought the item. */
void document_seen_add(struct document_seen *seen, int64_t rowid);
/* Notes that the item was seen NOW, unless *LAST_SEEN is less than a day ago. */
MUST_CHECK bool item_touch(struct store *s, int64_t rowid, int64_t now,
                           int64_t *last_seen, struct error *err);

/* ---- stories --------------------------------------------------------------- */

/* The story a new item of SOURCE belongs to and why, or 0: then one of its
 * own.  WHY is static. */
MUST_CHECK bool story_find(struct store *s, struct arena *a, int64_t source,
                           const struct item_keys *keys, int64_t *story,
                           struct str *why, struct error *err);
struct joined {
    int64_t story; /* 0: none */
    struct str why;
    bool is_digest;           /* it holds several that are stored */
    int64_t digest_story;     /* where it found such a one, 0 for nowhere ... */
    struct str digest_source; /* ... and whose that is */
};
/* The story of a near copy of X, in the same way, other than the one X is in; WHY is
 * static. */
MUST_CHECK bool story_copy(struct store *s, struct arena *a,
                           const struct story_sketch *x, struct joined *out,
                           struct error *err);
/* Adds to OUT the story of a report of X's event, likewise.  X has a date, and
 * IS_LISTED (sketch_list) or not. */
MUST_CHECK bool story_report(struct store *s, struct arena *a,
                             const struct story_sketch *x, bool is_listed,
                             struct joined *out, struct error *err);
/* Both: of a copy, or else of a report, of an X that is listed. */
MUST_CHECK bool story_near(struct store *s, struct arena *a,
                           const struct story_sketch *x, struct joined *out,
                           struct error *err);
/* Takes a digest that was found late and what it holds apart. */
MUST_CHECK bool story_part(struct store *s, struct arena *a,
                           const struct joined *found, int64_t now,
                           struct error *err);
/* The story that an item is in; 0 when it is gone. */
MUST_CHECK bool story_of(struct store *s, int64_t item, int64_t *story,
                         struct error *err);
/* Keeps a new item's sketch, and by what copies find it. */
MUST_CHECK bool sketch_put(struct store *s, int64_t item,
                           const struct story_sketch *x, struct error *err);
/* Keeps by what reports of its event find it. */
MUST_CHECK bool sketch_list(struct store *s, int64_t item,
                            const struct story_sketch *x, int64_t now,
                            struct error *err);
/* Both, of an item that is stored in the story that X says. */
MUST_CHECK bool sketch_change(struct store *s, int64_t item,
                              const struct story_sketch *x, int64_t now,
                              struct error *err);

/* A new item, X, in a STORY of its own may report what others do: its event's story
 * is asked for when the transaction ends, or many wait, and it is listed then. */
void report_wait(struct store *s, int64_t source, int64_t item, int64_t story,
                 int64_t now, const struct story_sketch *x);
/* What is compared of ITEM has become X.  False when it does not wait. */
bool report_change(struct store *s, int64_t item, const struct story_sketch *x);
/* The earliest of those that wait, until at most MOST do. */
MUST_CHECK bool reports_settle(struct store *s, size_t most, struct error *err);
#define REPORTS_WAITING 2000 /* at most; 1.4 MB */
#define REPORTS_LEFT    1500 /* of those that were too many */
/* None waits any more, and nothing is known of those that did. */
void reports_forget(struct store *s);
/* Makes what items are found by of a store that has only sketches; or, during an
 * IMPORT, of those that came with the state. */
MUST_CHECK bool near_fill(struct store *s, bool is_import, struct error *err);
/* Drops what near copies of an item of STORY are found by. */
MUST_CHECK bool sketch_drop(struct store *s, int64_t item, int64_t story,
                            struct error *err);
MUST_CHECK bool story_new(struct store *s, int64_t now, int64_t *story,
                          struct error *err);
/* STORY, which this transaction made, has no items any more: the next new one takes
 * its place. */
void story_spare(struct store *s, int64_t story);
/* Those left when the transaction ends are dropped. */
MUST_CHECK bool stories_drop_spare(struct store *s, struct error *err);
/* Has the judge choose the lead anew when the transaction ends, however many
 * members come till then. */
void story_rank_later(struct store *s, int64_t story);
/* To be called then. */
MUST_CHECK bool stories_rank(struct store *s, struct error *err);
/* Has the judge choose the lead anew. */
MUST_CHECK bool story_rank(struct store *s, struct arena *a, int64_t story,
                           struct error *err);

/* ---- fields without a column of their own ----------------------------------- */

/* As JSON in A, and back. */
struct str item_pack(struct arena *a, const struct item *item);
MUST_CHECK bool item_unpack(struct arena *a, struct str json, struct item *out,
                            struct error *err);
#endif
