#ifndef UNIT_STORE_CASE_H
#define UNIT_STORE_CASE_H
/* A store in a folder of the test's own, and items to put into it. */
#include "unit/unit.h"
#include "unit/scratch.h"

#include "base/arena.h"
#include "base/error.h"
#include "judge/judge.h"
#include "store/store.h"

#define NOW ((int64_t)1731544200) /* 2024-11-14T00:30:00Z */

struct store_case {
    struct scratch dir;
    struct arena *a;
    struct store *s;
    struct error err;
    bool is_begun;
};

/* Fails the test with the error's own words. */
#define ck_ok(c, call)                                                         \
    ck_assert_msg((call), "%s: %s", (c)->err.where, (c)->err.text)

static inline void case_init(struct store_case *c)
{
    *c = (struct store_case){0};
    scratch_init(&c->dir);
    c->a = arena_new(0);
    c->s = store_open(scratch_path(&c->dir, "store.db"), &c->err);
    ck_ok(c, c->s != NULL);
    store_use_judge(c->s, &story_judge);
}

static inline void case_done(struct store_case *c)
{
    store_close(c->s);
    arena_free(c->a);
    scratch_done(&c->dir);
}

/* Until case_reopen or the end all is one transaction: a commit is a flush, and
 * some disks take their time. */
static inline void case_begin(struct store_case *c)
{
    ck_ok(c, store_begin(c->s, &c->err));
    c->is_begun = true;
}

/* Leads are chosen when a transaction ends. */
static inline void case_commit(struct store_case *c)
{
    ck_ok(c, store_commit(c->s, &c->err));
    ck_ok(c, store_begin(c->s, &c->err));
}

static inline void case_reopen(struct store_case *c)
{
    if (c->is_begun)
        ck_ok(c, store_commit(c->s, &c->err));
    c->is_begun = false;
    store_close(c->s);
    c->s = store_open(scratch_path(&c->dir, "store.db"), &c->err);
    ck_ok(c, c->s != NULL);
    store_use_judge(c->s, &story_judge);
}

static inline int64_t put_source(struct store_case *c, const char *id)
{
    struct source_row row = {
        .id = str_from_c(id), .title = str_from_c(id), .state = SOURCE_OK};

    ck_ok(c, store_put_source(c->s, &row, &c->err));
    return row.rowid;
}

static inline struct when at_seconds(int64_t seconds)
{
    return (struct when){.unix_seconds = seconds, .precision = WHEN_SECOND};
}

/* An item of a text long enough to be recognized, made from SEED. */
static inline struct item make_item(struct store_case *c, const char *guid,
                                    const char *url, const char *title,
                                    const char *seed)
{
    struct item item = {.guid = str_from_c(guid),
                        .url = str_from_c(url),
                        .title = str_from_c(title),
                        .published = at_seconds(NOW - 3600)};
    struct str parts[40];

    for (size_t i = 0; i < 40; i++)
        parts[i] = arena_printf(c->a, "%s sentence %zu of it. ", seed, i);
    item.text = arena_join(c->a, parts, *seed == '\0' ? 0 : 40);
    item.html = arena_cat(c->a, STR("<p>"), item.text, STR("</p>"));
    return item;
}

static inline enum put_result put_at(struct store_case *c, int64_t source,
                                     const struct item *item, int64_t now)
{
    struct put_done done;

    ck_ok(c, store_put_item(c->s, source, item, NULL, now, &done, &c->err));
    return done.result;
}

static inline enum put_result put(struct store_case *c, int64_t source,
                                  const struct item *item)
{
    return put_at(c, source, item, NOW);
}

/* The entries of one document, as mill/ puts them. */
static inline void put_both(struct store_case *c, int64_t source,
                            const struct item *one, enum put_result first,
                            const struct item *two, enum put_result second,
                            int64_t now)
{
    ck_ok(c, store_next_document(c->s, &c->err));
    ck_assert_int_eq(put_at(c, source, one, now), first);
    ck_assert_int_eq(put_at(c, source, two, now), second);
}

/* Everything stored of one source, newest first. */
struct found {
    struct stored_item at[64];
    size_t n;
    struct store_case *c;
};

static inline bool keep_found(void *ctx, const struct item_place *place)
{
    struct found *found = ctx;
    struct store_case *c = found->c;
    struct stored_item *item = &found->at[found->n++];
    bool is_there;

    ck_ok(c,
          store_get_item(c->s, c->a, place->rowid, item, &is_there, &c->err));
    ck_assert(is_there);
    ck_assert_int_eq(item->rowid, place->rowid);
    ck_assert_int_eq(item->story, place->story);
    ck_assert_int_eq(item->published.unix_seconds, place->published);
    return found->n < 64;
}

static inline struct found *find_all(struct store_case *c, int64_t source)
{
    struct found *found = arena_make(c->a, struct found);

    found->c = c;
    ck_ok(c, store_each_place(c->s,
                              &(struct place_walk){.sources = &source,
                                                   .n_sources = 1,
                                                   .since = INT64_MIN},
                              keep_found, found, &c->err));
    return found;
}
#endif
