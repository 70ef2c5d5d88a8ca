/*
 * Reports of one event are put together in the order of their time, and not as they
 * come: a first fetch has a source's items of weeks before the next source's, and
 * which source answers first is chance.  By time the judge sees of an event what was
 * told before, as it does when runs follow each other closely.
 *
 * So a new item without a copy waits, until the transaction ends or more than
 * REPORTS_WAITING do, of whom the earliest are settled then.  Till then it has a story
 * of its own, and is not listed, so that it does not count among what others have told
 * before it.  What is compared of it waits in memory: reading it anew took a first
 * fetch a third more CPU.
 *
 * Those that wait are a heap.  Who comes late, when later ones are settled, waits for
 * the next round, so that a round has nearly twice as many in their order as wait
 * (replacement selection: Knuth, 5.4.1).  Some hundreds are settled at once: the
 * workers idle while thousands are, and one by one, between items that are put, takes
 * a tenth more CPU, for neither finds its tables and pages near.
 */
#include "store/store_item.h"

#include <stdlib.h>

#include "base/arena.h"
#include "store/store_lists.h"
#include "store/store_members.h"
#include "store/store_press.h"

/* ---- the heap ------------------------------------------------------------------ */

struct waiting {
    int64_t round, published, source, item, story, now;
    struct member *report; /* on the heap */
};

/* Of one moment in the order of the owner's sources, then of their documents. */
static bool is_before(const struct waiting *x, const struct waiting *y)
{
    if (x->round != y->round)
        return x->round < y->round;
    if (x->published != y->published)
        return x->published < y->published;
    return x->source != y->source ? x->source < y->source : x->item < y->item;
}

static void add(struct reports *r, struct waiting one)
{
    size_t at = r->n++, parent;

    if (at == r->cap) {
        r->cap = at == 0 ? 64 : 2 * at;
        r->at = heap_realloc(r->at, size_mul(r->cap, sizeof *r->at));
    }
    for (; at > 0 && is_before(&one, &r->at[parent = (at - 1) / 2]);
         at = parent)
        r->at[at] = r->at[parent];
    r->at[at] = one;
}

/* The first of R, which has one. */
static struct waiting take(struct reports *r)
{
    struct waiting first = r->at[0], one = r->at[--r->n];
    size_t at = 0;

    for (size_t child; (child = 2 * at + 1) < r->n; at = child) {
        if (child + 1 < r->n && is_before(&r->at[child + 1], &r->at[child]))
            child++;
        if (!is_before(&r->at[child], &one))
            break;
        r->at[at] = r->at[child];
    }
    r->at[at] = one;
    return first;
}

void report_wait(struct store *s, int64_t source, int64_t item, int64_t story,
                 int64_t now, const struct story_sketch *x)
{
    struct reports *r = &s->waiting;
    int64_t round;

    if (r->n == 0)
        r->settled = INT64_MIN;
    round = r->round + (x->published < r->settled);
    add(r, (struct waiting){round, x->published, source, item, story, now,
                            member_new(x)});
}

bool report_change(struct store *s, int64_t item, const struct story_sketch *x)
{
    for (size_t i = 0; i < s->waiting.n; i++) {
        struct waiting *w = &s->waiting.at[i];
        struct story_sketch was, is = *x;

        if (w->item != item)
            continue;
        /* The date that is stored stays. */
        member_read(w->report, &was);
        is.published = was.published;
        is.knows_hour = was.knows_hour;
        free(w->report);
        w->report = member_new(&is);
        return true;
    }
    return false;
}

void reports_forget(struct store *s)
{
    while (s->waiting.n > 0)
        free(s->waiting.at[--s->waiting.n].report);
}

/* ---- settling ------------------------------------------------------------------ */

/* All of STORY becomes part of another. */
static bool move_story(struct store *s, int64_t story, const struct joined *to,
                       struct error *err)
{
    static const char sql[] = "UPDATE item SET story = ?2, is_lead = 0,"
                              " why = iif(why = '', ?3, why)"
                              " WHERE story = ?1";

    members_drop(s, story);
    members_drop(s, to->story);
    return query_do(
        s, sql, VALUES(of_int(story), of_int(to->story), of_str(to->why)), err);
}

/* X, of which the judge compares the same there. */
static bool move_item(struct store *s, int64_t item,
                      const struct story_sketch *x, const struct joined *to,
                      struct error *err)
{
    static const char sql[] =
        "UPDATE item SET story = ?2, is_lead = 0, why = ?3 WHERE id = ?1";

    members_keep_story(s, item, to->story);
    members_add(s, FOR_COPIES, to->story, false, x);
    members_add(s, FOR_REPORTS, to->story, false, x);
    return query_do(
        s, sql, VALUES(of_int(item), of_int(to->story), of_str(to->why)), err);
}

/* Nobody but X is in STORY, as far as is known from memory. */
static bool is_alone(const struct store *s, int64_t story)
{
    return members_count(s, FOR_COPIES, story) == 1;
}

/* The story of W, X and what has joined it meanwhile, becomes part of another. */
static bool join(struct store *s, const struct waiting *w,
                 const struct story_sketch *x, const struct joined *to,
                 struct error *err)
{
    bool ok = is_alone(s, w->story) ? move_item(s, w->item, x, to, err)
                                    : move_story(s, w->story, to, err);

    story_rank_later(s, to->story);
    story_spare(s, w->story);
    return ok && press_note_story(s, to->story, err);
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
    int64_t story;

    if (!story_of(s, w->item, &story, err))
        return false;
    if (story == 0)
        return true;
    member_read(w->report, &x);
    x.story = story;
    if (story == w->story && !story_report(s, a, &x, false, &joined, err))
        return false;
    x.is_digest = x.is_digest || joined.is_digest;
    if ((joined.is_digest && !mark_digest(s, w->item, err)) ||
        (joined.digest_story != 0 && !story_part(s, a, &joined, w->now, err)))
        return false;
    if (joined.story == 0 && is_alone(s, story))
        members_add(s, FOR_REPORTS, story, true, &x);
    if (joined.story != 0 && !join(s, w, &x, &joined, err))
        return false;
    return sketch_list(s, w->item, &x, w->now, err) && lists_trim(s, err);
}

bool reports_settle(struct store *s, size_t most, struct error *err)
{
    struct reports *r = &s->waiting;
    bool ok = true;

    while (ok && r->n > most) {
        struct waiting first = take(r);

        r->round = first.round;
        r->settled = first.published;
        arena_reset(s->put);
        ok = settle(s, s->put, &first, err);
        free(first.report);
    }
    return ok;
}
