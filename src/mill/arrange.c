/*
 * A unit is what moves as one: the items that the store itself put into one
 * story, or one item that was split off.  Splits come first; a merge joins the
 * units of the two items it names, where a split that was decided later leaves
 * a merge of the item's old story to the others of that story.  The units that
 * merges connect are one story: the one whose entry was published first, so
 * that readers keep what they know, else the one that others were merged into.
 * A split of an item that the store has alone ends the earlier merges that name
 * it; what they brought together with it stays together.
 *
 * The store notes where each item came from (table moved).  What no decision
 * wants elsewhere goes back, so that a line taken out of decisions.yaml is
 * undone by the next run.
 */
#include "mill/arrange.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/vec.h"
#include "config/config.h"
#include "item/decision.h"
#include "store/store.h"

struct edge {
    const struct decision *d;
    size_t from, into; /* units */
};

struct unit {
    int64_t story;
    int64_t item;   /* that was split off; 0: all of the story at home */
    size_t group;   /* the first unit that it is connected with */
    bool is_merged; /* into another */
};

#define NO_UNIT SIZE_MAX

/* A split, and the item it names. */
struct split {
    const struct decision *d;
    int64_t item;
    bool is_alone;     /* the store put nothing into one story with it */
    bool ends_a_merge; /* or several */
    size_t other;      /* a unit that one of them joined with it, or NO_UNIT */
};

struct arranging {
    struct arena *a;
    const struct mill_config *mill;
    struct store *store;
    int64_t now;
    void (*complain)(void *ctx, const struct decision *d, struct str text);
    void *ctx;
    struct error *err;
    struct moved_item *moved;
    size_t n_moved;
    VEC(struct split) splits; /* in the order in which they hold */
    VEC(struct edge) edges;
    VEC(struct unit) units;
};

/* ---- decisions --------------------------------------------------------------- */

static bool comes_before(const struct decision *a, const struct decision *b)
{
    return a->at != b->at ? a->at < b->at : a < b;
}

static int by_time(const void *x, const void *y)
{
    const struct decision *a = *(const struct decision *const *)x;
    const struct decision *b = *(const struct decision *const *)y;

    return comes_before(a, b) ? -1 : comes_before(b, a);
}

static size_t collect(struct arranging *r, enum decision_do what,
                      const struct decision ***out)
{
    size_t n = 0;

    *out = arena_array(r->a, r->mill->n_decisions + 1, sizeof **out);
    for (size_t i = 0; i < r->mill->n_decisions; i++)
        if (r->mill->decisions[i].what == what)
            (*out)[n++] = &r->mill->decisions[i];
    if (n > 0)
        qsort(*out, n, sizeof **out, by_time);
    return n;
}

/* *ITEM is 0 when WORD names none.  Once stories are merged the ids of both lead
 * to one item, and once one is split off, its id may be that of the others:
 * here each leads to what it was before, or the next run would do something else. */
static bool find(struct arranging *r, struct str word, int64_t *item,
                 int64_t *story)
{
    struct found_item *found;
    size_t n;

    if (!store_find_home(r->store, word, item, story, r->err))
        return false;
    if (*item != 0)
        return true;
    if (!store_find_items(r->store, r->a, word, &found, &n, r->err))
        return false;
    if (n > 0) {
        *item = found[0].item;
        *story = found[0].story;
    }
    return true;
}

static const struct moved_item *moved_of(const struct arranging *r,
                                         int64_t item)
{
    for (size_t i = 0; i < r->n_moved; i++)
        if (r->moved[i].item == item)
            return &r->moved[i];
    return NULL;
}

static bool reload(struct arranging *r)
{
    return store_moved(r->store, r->a, &r->moved, &r->n_moved, r->err);
}

/* ---- splits ------------------------------------------------------------------- */

static bool is_split(const struct arranging *r, int64_t item)
{
    for (size_t i = 0; i < r->n_moved; i++)
        if (r->moved[i].own != 0 && r->moved[i].split == item)
            return true;
    return false;
}

/* Of two the lead stays: its entry is what readers have seen. */
static bool split_off(struct arranging *r, int64_t item, int64_t home,
                      bool *is_alone)
{
    int64_t *items, own, leaves = item;
    struct stored_item stored;
    bool found;
    size_t n;

    if (!store_home_items(r->store, r->a, home, &items, &n, r->err))
        return false;
    *is_alone = n < 2;
    if (n < 2)
        return true;
    if (n == 2) {
        if (!store_get_item(r->store, r->a, item, &stored, &found, r->err))
            return false;
        if (found && stored.is_lead)
            leaves = items[0] == item ? items[1] : items[0];
    }
    return store_split(r->store, leaves, item, r->now, &own, r->err) &&
           reload(r);
}

static bool do_splits(struct arranging *r)
{
    const struct decision **list;
    size_t n = collect(r, DO_SPLIT, &list);

    for (size_t i = 0; i < n; i++) {
        struct split split = {.d = list[i], .other = NO_UNIT};
        const struct moved_item *m;
        int64_t story = 0;

        if (!find(r, list[i]->item, &split.item, &story))
            return false;
        if (split.item == 0)
            continue;
        m = moved_of(r, split.item);
        if (!is_split(r, split.item) && (m == NULL || m->own == 0) &&
            !split_off(r, split.item, m == NULL ? story : m->home,
                       &split.is_alone))
            return false;
        *vec_add(r->a, &r->splits) = split;
    }
    return true;
}

/* ---- merges ------------------------------------------------------------------- */

static size_t unit_of(struct arranging *r, int64_t story, int64_t item)
{
    for (size_t i = 0; i < r->units.n; i++)
        if (r->units.at[i].story == story)
            return i;
    *vec_add(r->a, &r->units) =
        (struct unit){.story = story, .item = item, .group = r->units.n - 1};
    r->units.at[r->units.n - 1].group = r->units.n - 1;
    return r->units.n - 1;
}

/* A split that names the item is later than D. */
static bool was_split_later(const struct arranging *r, int64_t item,
                            const struct decision *d)
{
    for (size_t i = 0; i < r->splits.n; i++)
        if (r->splits.at[i].item == item && comes_before(d, r->splits.at[i].d))
            return true;
    return false;
}

/* What a merge names: the item (0: none), and what moves with it. */
struct end {
    int64_t item;
    size_t unit;
};

static bool find_end(struct arranging *r, struct str word,
                     const struct decision *d, struct end *out)
{
    const struct moved_item *m;
    int64_t story = 0;

    if (!find(r, word, &out->item, &story))
        return false;
    if (out->item == 0)
        return true;
    m = moved_of(r, out->item);
    if (m != NULL && m->own != 0 && !was_split_later(r, out->item, d))
        out->unit = unit_of(r, m->own, m->item);
    else
        out->unit = unit_of(r, m != NULL ? m->home : story, 0);
    return true;
}

/* An earlier merge, or several, lead from FROM to TO; the last of them. */
static const struct edge *way(const struct arranging *r, size_t from, size_t to)
{
    bool *seen = arena_array(r->a, r->units.n + 1, sizeof *seen);
    bool grows = true;

    seen[from] = true;
    while (grows) {
        grows = false;
        for (size_t i = 0; i < r->edges.n; i++) {
            const struct edge *e = &r->edges.at[i];

            if (!seen[e->from] || seen[e->into])
                continue;
            if (e->into == to)
                return e;
            seen[e->into] = grows = true;
        }
    }
    return NULL;
}

static void connect(struct arranging *r, size_t x, size_t y)
{
    size_t from = r->units.at[x].group, to = r->units.at[y].group;

    for (size_t i = 0; i < r->units.n; i++)
        if (r->units.at[i].group == from)
            r->units.at[i].group = to;
}

/* The later split of an item that has no other company than by merges. */
static struct split *split_after(struct arranging *r, int64_t item,
                                 const struct decision *d)
{
    for (size_t i = 0; i < r->splits.n; i++) {
        struct split *s = &r->splits.at[i];

        if (s->item == item && s->is_alone && comes_before(d, s->d))
            return s;
    }
    return NULL;
}

/* SPLIT ends the merge D of its item with OTHER, which stays with what an
 * earlier one had brought together with the item; NO_UNIT: OTHER was split off
 * too. */
static void end_merge(struct arranging *r, struct split *split,
                      const struct decision *d, size_t other)
{
    if (split->other != NO_UNIT && other != NO_UNIT)
        connect(r, split->other, other);
    split->ends_a_merge = true;
    if (other != NO_UNIT)
        split->other = other;
    if (split->d->at == d->at)
        r->complain(r->ctx, split->d,
                    arena_printf(r->a, "contradicts line %d; this one counts",
                                 d->place.line));
}

static void merge(struct arranging *r, const struct decision *d,
                  const struct end *from, const struct end *into)
{
    struct split *split_from = split_after(r, from->item, d);
    struct split *split_into = split_after(r, into->item, d);
    const struct edge *back = way(r, into->unit, from->unit);

    if (split_from != NULL || split_into != NULL) {
        if (split_from != NULL)
            end_merge(r, split_from, d,
                      split_into == NULL ? into->unit : NO_UNIT);
        if (split_into != NULL)
            end_merge(r, split_into, d,
                      split_from == NULL ? from->unit : NO_UNIT);
        return;
    }
    if (back != NULL) {
        r->complain(r->ctx, d,
                    arena_printf(r->a,
                                 "with line %d this merges in a ring; it "
                                 "changes nothing",
                                 back->d->place.line));
        return;
    }
    *vec_add(r->a, &r->edges) = (struct edge){d, from->unit, into->unit};
    r->units.at[from->unit].is_merged = true;
    connect(r, from->unit, into->unit);
}

static bool do_merges(struct arranging *r)
{
    const struct decision **list;
    size_t n = collect(r, DO_MERGE, &list);

    for (size_t i = 0; i < n; i++) {
        const struct decision *d = list[i];
        struct end from, into;

        if (!find_end(r, d->item, d, &from) || !find_end(r, d->into, d, &into))
            return false;
        if (into.item == 0)
            r->complain(r->ctx, d,
                        arena_printf(r->a, "no item is known as %.*s",
                                     STR_ARG(d->into)));
        if (from.item != 0 && into.item != 0 && from.unit != into.unit)
            merge(r, d, &from, &into);
    }
    for (size_t i = 0; i < r->splits.n; i++)
        if (r->splits.at[i].is_alone && !r->splits.at[i].ends_a_merge)
            r->complain(r->ctx, r->splits.at[i].d,
                        STR("does nothing: the item was alone"));
    return true;
}

/* ---- bringing it about ---------------------------------------------------------- */

/* The story of a group: of the entry published first, else what the others were
 * merged into. */
static bool target_of(struct arranging *r, size_t group, int64_t *target)
{
    int64_t first = INT64_MAX, into = 0;

    *target = 0;
    for (size_t i = 0; i < r->units.n; i++) {
        struct entry_row entry;
        bool found;

        if (r->units.at[i].group != group)
            continue;
        if (!store_get_entry(r->store, r->a, r->units.at[i].story, &entry,
                             &found, r->err))
            return false;
        if (found && entry.first_published < first) {
            first = entry.first_published;
            *target = r->units.at[i].story;
        }
        if (into == 0 && !r->units.at[i].is_merged)
            into = r->units.at[i].story;
    }
    if (*target == 0)
        *target = into != 0 ? into : r->units.at[group].story;
    return true;
}

static bool place(struct arranging *r, int64_t item, int64_t story)
{
    const struct moved_item *m = moved_of(r, item);

    return (m != NULL && m->story == story) ||
           store_move(r->store, item, story, r->err);
}

static bool place_unit(struct arranging *r, const struct unit *u,
                       int64_t target)
{
    int64_t *items;
    size_t n;

    if (u->item != 0)
        return place(r, u->item, target);
    if (!store_home_items(r->store, r->a, u->story, &items, &n, r->err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (u->story != target && !place(r, items[i], target))
            return false;
    return true;
}

static bool place_units(struct arranging *r)
{
    for (size_t i = 0; i < r->units.n; i++) {
        int64_t target;

        if (!target_of(r, r->units.at[i].group, &target) ||
            !place_unit(r, &r->units.at[i], target))
            return false;
    }
    return true;
}

/* A decision still wants what was split off by naming ITEM to stay so. */
static bool has_split(const struct arranging *r, int64_t item)
{
    for (size_t i = 0; i < r->splits.n; i++)
        if (r->splits.at[i].item == item)
            return true;
    return false;
}

/* *IS: a decision still wants the item away from home; *STORY is where. */
static bool is_wanted_away(struct arranging *r, const struct moved_item *m,
                           int64_t *story, bool *is)
{
    bool has_own = m->own != 0 && has_split(r, m->split);

    *is = has_own;
    *story = has_own ? m->own : m->home;
    for (size_t i = 0; i < r->units.n; i++) {
        int64_t target;

        if (r->units.at[i].story != *story)
            continue;
        if (!target_of(r, r->units.at[i].group, &target))
            return false;
        *is = has_own || target != m->home;
        *story = target;
        return true;
    }
    return true;
}

/* A split that nobody wants any more is over before merges are looked at. */
static bool end_splits(struct arranging *r)
{
    for (size_t i = 0; i < r->n_moved; i++) {
        const struct moved_item *m = &r->moved[i];

        if (m->own != 0 && !has_split(r, m->split) &&
            !store_return(r->store, m, r->err))
            return false;
    }
    return reload(r);
}

static bool bring_back(struct arranging *r)
{
    if (!reload(r))
        return false;
    for (size_t i = 0; i < r->n_moved; i++) {
        const struct moved_item *m = &r->moved[i];
        int64_t story;
        bool is;

        if (!is_wanted_away(r, m, &story, &is))
            return false;
        if (!is && !store_return(r->store, m, r->err))
            return false;
        if (is && m->story != story &&
            !store_move(r->store, m->item, story, r->err))
            return false;
    }
    return true;
}

bool stories_arrange(struct arena *a, const struct config *config,
                     struct store *store, int64_t now,
                     void (*complain)(void *ctx, const struct decision *d,
                                      struct str text),
                     void *ctx, struct error *err)
{
    const struct mill_config *mill = &config->mill;
    struct arranging r = {.a = a,
                          .mill = mill,
                          .store = store,
                          .now = now,
                          .complain = complain,
                          .ctx = ctx,
                          .err = err};
    bool any = false;

    for (size_t i = 0; i < mill->n_decisions; i++)
        any |= mill->decisions[i].what == DO_MERGE ||
               mill->decisions[i].what == DO_SPLIT;
    if (!reload(&r))
        return false;
    if (!any && r.n_moved == 0)
        return true;
    return do_splits(&r) && end_splits(&r) && do_merges(&r) &&
           place_units(&r) && bring_back(&r);
}
