/*
 * Reports of one event are put together when the transaction that brought them ends,
 * in the order of their time and not as they came: a first fetch has a source's
 * items of weeks before the next source's, and which source answers first is chance.
 * By time the judge sees of an event what was told before, as it does when runs
 * follow each other closely.
 *
 * Until then each has a story of its own, and is not listed, so that it does not
 * count among what others have told before it.  A transaction lasts seconds (mill/
 * round.c): what a run brings in several is put in order within each.
 */
#include "store/store_item.h"

#include <stdlib.h>

#include "base/arena.h"
#include "store/store_lists.h"
#include "store/store_members.h"
#include "store/store_press.h"

void report_wait(struct store *s, struct waiting report)
{
    if (s->waiting.n == s->waiting.cap) {
        s->waiting.cap = s->waiting.cap == 0 ? 64 : 2 * s->waiting.cap;
        s->waiting.at = heap_realloc(
            s->waiting.at, size_mul(s->waiting.cap, sizeof *s->waiting.at));
    }
    s->waiting.at[s->waiting.n++] = report;
}

/* Of one moment in the order of the owner's sources, then of their documents. */
static int by_time(const void *a, const void *b)
{
    const struct waiting *x = a, *y = b;

    if (x->published != y->published)
        return x->published < y->published ? -1 : 1;
    if (x->source != y->source)
        return x->source < y->source ? -1 : 1;
    return x->item < y->item ? -1 : x->item > y->item;
}

/* The story of W, X and what has joined it meanwhile, becomes part of another. */
static bool move_all(struct store *s, const struct waiting *w,
                     const struct story_sketch *x, const struct joined *to,
                     struct error *err)
{
    static const char move[] = "UPDATE item SET story = ?2, is_lead = 0,"
                               " why = iif(why = '', ?3, why)"
                               " WHERE story = ?1";
    static const char drop[] = "DELETE FROM story WHERE id = ?";

    if (!query_do(s, move,
                  VALUES(of_int(w->story), of_int(to->story), of_str(to->why)),
                  err))
        return false;
    if (store_changes(s) == 1) {
        members_keep_story(s, w->item, to->story);
        members_add(s, to->story, false, x);
    } else {
        members_drop(s, w->story);
        members_drop(s, to->story);
    }
    story_rank_later(s, to->story);
    return query_do(s, drop, VALUES(of_int(w->story)), err) &&
           press_note_story(s, to->story, err);
}

static bool mark_digest(struct store *s, int64_t item, struct error *err)
{
    static const char sql[] = "UPDATE sketch SET is_digest = 1 WHERE item = ?";

    return query_do(s, sql, VALUES(of_int(item)), err);
}

static bool settle(struct store *s, struct arena *a, const struct waiting *w,
                   struct error *err)
{
    struct joined joined = {0};
    struct story_sketch x;
    int64_t story = 0;

    if (!story_of(s, w->item, &story, err))
        return false;
    if (story == 0)
        return true;
    if (!story_sole(s, a, story, w->published, &x, err))
        return false;
    if (x.source.n == 0)
        return true;
    if (story == w->story && !story_report(s, a, &x, false, &joined, err))
        return false;
    x.is_digest = x.is_digest || joined.is_digest;
    return (!joined.is_digest || mark_digest(s, w->item, err)) &&
           (joined.digest_story == 0 ||
            story_part(s, a, &joined, w->now, err)) &&
           (joined.story == 0 || move_all(s, w, &x, &joined, err)) &&
           sketch_list(s, w->item, &x, w->now, err) && lists_trim(s, err);
}

bool reports_settle(struct store *s, struct error *err)
{
    size_t n = s->waiting.n;

    s->waiting.n = 0;
    if (n > 1)
        qsort(s->waiting.at, n, sizeof *s->waiting.at, by_time);
    for (size_t i = 0; i < n; i++) {
        arena_reset(s->put);
        if (!settle(s, s->put, &s->waiting.at[i], err))
            return false;
    }
    return true;
}
