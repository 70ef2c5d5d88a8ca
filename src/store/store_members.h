#ifndef STORE_STORE_MEMBERS_H
#define STORE_STORE_MEMBERS_H
/*
 * Members of stories with what the judge compares, kept in memory:
 * the neighbours of an item that comes are most often the items that came just
 * before.  What puts an item into another story, or changes what is compared of
 * it, has them forgotten.
 */
#include "item/story.h"
#include "store/store_query.h"

struct members_kept;

struct sketches {
    struct story_sketch *at;
    size_t n, cap;
};

struct members_kept *members_new(void);
void members_free(struct members_kept *m);
/* The members of STORY, or NULL when they are not here.  The array holds until
 * the next is kept, what it points to until they are forgotten. */
const struct sketches *members_get(const struct store *s, int64_t story);
/* Copies N members of STORY, all that are compared. */
void members_keep(struct store *s, int64_t story, const struct story_sketch *at,
                  size_t n);
/* The story that ITEM is in, or 0 when that is not here. */
int64_t members_story(const struct store *s, int64_t item);
void members_keep_story(struct store *s, int64_t item, int64_t story);
/* STORY has got another member; nothing happens when it is not here. */
void members_add(struct store *s, int64_t story, const struct story_sketch *k);
void members_forget(struct store *s);
/* The same when they have become too many. */
void members_trim(struct store *s);
#endif
