/* What the editor takes out of archives, days and digests: retracted entries for
 * ever, hidden and held ones until she thinks better of it. */
#include "mill/keep_files.h"

#include "base/arena.h"
#include "mill/decide.h"

static bool are_due(struct keeping *k, const struct kept_entry *e,
                    struct error *err)
{
    return keep_archive_is_due(k, e->number, err) &&
           keep_day_is_due(k, e->day, err);
}

static bool cut_out_retracted(struct keeping *k, struct error *err)
{
    for (size_t i = 0; i < k->edition->n_tombstones; i++) {
        const struct tombstone *t = &k->edition->tombstones[i];
        struct kept_entry known;
        bool found;

        if (!store_get_kept(k->press->store, k->a, k->topic->id, t->atom_id,
                            &known, &found, err))
            return false;
        if (!found || known.number == 0 || known.retracted != 0)
            continue;
        if (!store_retract_kept(k->press->store, k->topic->id, t->atom_id,
                                t->when.unix_seconds, err) ||
            !are_due(k, &known, err))
            return false;
    }
    return true;
}

static bool withdraw_story(struct keeping *k, int64_t story, struct error *err)
{
    struct store *s = k->press->store;
    struct kept_entry known;
    struct entry_row row;
    bool found;

    if (!store_get_entry(s, k->a, story, &row, &found, err))
        return false;
    if (found && !store_get_kept(s, k->a, k->topic->id, row.atom_id, &known,
                                 &found, err))
        return false;
    if (!found || known.number == 0 || known.withdrawn != 0)
        return true;
    return store_withdraw_kept(s, k->topic->id, known.atom_id, k->press->now,
                               err) &&
           are_due(k, &known, err);
}

static bool withdraw_hidden(struct keeping *k, struct error *err)
{
    int64_t *stories;
    size_t n = decided_stories(k->press->decided, k->a, &stories);

    for (size_t i = 0; i < n; i++) {
        struct decided d;

        decided_of(k->press->decided, stories[i], k->topic->id, &d);
        if ((d.is_hidden || d.is_held) && !withdraw_story(k, stories[i], err))
            return false;
    }
    return true;
}

/* A story whose items are long forgotten does not come back: that nothing is
 * known to be decided of it says nothing then. */
static bool return_shown(struct keeping *k, struct error *err)
{
    struct kept_entries list;

    if (!store_kept_withdrawn(k->press->store, k->a, k->topic->id, &list, err))
        return false;
    for (size_t i = 0; i < list.n; i++) {
        const struct kept_entry *e = &list.at[i];
        bool belongs;

        if (!k->belongs(k->ctx, e->story, &belongs, err) ||
            (belongs && (!store_withdraw_kept(k->press->store, k->topic->id,
                                              e->atom_id, 0, err) ||
                         !are_due(k, e, err))))
            return false;
    }
    return true;
}

bool keep_cut(struct keeping *k, struct error *err)
{
    return cut_out_retracted(k, err) && return_shown(k, err) &&
           withdraw_hidden(k, err);
}
