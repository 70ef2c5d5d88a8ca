#ifndef STORE_STORE_MEMBERS_H
#define STORE_STORE_MEMBERS_H
/*
 * Members of stories with what the judge compares, kept in memory:
 * the neighbours of an item that comes are most often the items that came just
 * before.  What puts an item into another story, or changes what is compared of
 * it, drops the stories concerned.
 *
 * Near copies may be of any age and are told by their shingles; reports of one
 * event are among the newest items, and their events are compared too, which are
 * larger: so each has members of its own.  Of a shingle's hash 32 bits are kept,
 * the rest is zero: that two of a sketch's hashes agree by chance happens once in
 * some 30,000 pairs of articles, and it takes several to change a verdict.
 */
#include "item/story.h"
#include "store/store_query.h"

struct member;
struct members_kept;

/* Members for whom. */
enum members_for { FOR_COPIES, FOR_REPORTS };

struct sketches {
    struct story_sketch *at;
    size_t n, cap;
};

/* What is compared of K, by itself; the caller frees it. */
struct member *member_new(const struct story_sketch *k);
/* Without its story; the source and the event lie in M. */
void member_read(struct member *m, struct story_sketch *out);

struct members_kept *members_new(void);
void members_free(struct members_kept *m);
/* The members of N stories that are here, one story behind the other, and their
 * number; without their events FOR_COPIES.  They hold until the next call, their
 * sources and events until members are trimmed or forgotten. */
size_t members_get(struct store *s, enum members_for what,
                   const int64_t *stories, size_t n,
                   const struct story_sketch **out);
/* How many members of STORY are here. */
size_t members_count(const struct store *s, enum members_for what,
                     int64_t story);
/* Copies N members of STORY, all that are compared. */
void members_keep(struct store *s, enum members_for what, int64_t story,
                  const struct story_sketch *at, size_t n);
/* A sketch as those that are kept are. */
void members_round(struct sketch *k);
/* The story that ITEM is in, or 0 when that is not here. */
int64_t members_story(const struct store *s, int64_t item);
void members_keep_story(struct store *s, int64_t item, int64_t story);
/* STORY, which IS_NEW or not, has got another member. */
void members_add(struct store *s, enum members_for what, int64_t story,
                 bool is_new, const struct story_sketch *k);
/* STORY has other members from now on, or they are compared by something else: none
 * of them is here. */
void members_drop(struct store *s, int64_t story);
void members_forget(struct store *s);
/* Forgets those that were not asked for in a long time when there are many. */
void members_trim(struct store *s);
#endif
