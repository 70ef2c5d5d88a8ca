/* What the editor takes out of archives, days and digests: retracted entries for
 * ever, hidden and held ones until she thinks better of it. */
#include "mill/keep_files.h"

#include <stdlib.h>

#include "base/arena.h"
#include "mill/decide.h"
#include "text/url.h"

#define UNKEYED_MAX 100

static bool are_due(struct keeping *k, const struct kept_entry *e,
                    struct error *err)
{
    return keep_archive_is_due(k, e->number, err) &&
           keep_day_is_due(k, e->day, err);
}

static bool cut_out(struct keeping *k, struct str atom_id, int64_t when,
                    struct error *err)
{
    struct kept_entry known;
    bool found;

    if (!store_get_kept(k->press->store, k->a, k->topic->id, atom_id, &known,
                        &found, err))
        return false;
    if (!found || known.number == 0 || known.retracted != 0)
        return true;
    /* A tombstone older than its entry counts for nothing (RFC 6721, 5). */
    if (when < known.updated)
        when = known.updated;
    return store_retract_kept(k->press->store, k->topic->id, atom_id, when,
                              err) &&
           are_due(k, &known, err);
}

static bool cut_out_retracted(struct keeping *k, struct error *err)
{
    for (size_t i = 0; i < k->edition->n_tombstones; i++) {
        const struct tombstone *t = &k->edition->tombstones[i];

        if (!cut_out(k, t->atom_id, t->when.unix_seconds, err))
            return false;
    }
    return true;
}

/* What was kept before addresses were looked up, or came with a state. */
static bool learn_addresses(struct keeping *k, struct error *err)
{
    struct arena *a = arena_new(0);
    struct kept_entries list;
    bool ok;

    do {
        arena_reset(a);
        ok = store_kept_unkeyed(k->press->store, a, k->topic->id, UNKEYED_MAX,
                                &list, err);
        for (size_t i = 0; i < list.n && ok; i++)
            ok = store_key_kept(k->press->store, k->topic->id,
                                list.at[i].atom_id,
                                keep_url_key(a, list.at[i].atom), err);
    } while (ok && list.n > 0);
    arena_free(a);
    return ok;
}

static bool cut_out_address(struct keeping *k, struct str url, int64_t when,
                            struct error *err)
{
    struct str key = url_key(k->a, url);
    struct kept_entries list;

    if (key.n == 0)
        return true;
    if (!store_kept_by_url(k->press->store, k->a, k->topic->id, key, &list,
                           err))
        return false;
    for (size_t i = 0; i < list.n; i++)
        if (!cut_out(k, list.at[i].atom_id, when, err))
            return false;
    return true;
}

/* An entry of the archive outlives its items and its story: a decision that
 * gives its atom:id or its address finds it all the same. */
static bool cut_out_named(struct keeping *k, struct error *err)
{
    const struct mill_config *mill = &k->press->config->mill;

    if (!learn_addresses(k, err))
        return false;
    for (size_t i = 0; i < mill->n_decisions; i++) {
        const struct decision *d = &mill->decisions[i];

        int64_t when = d->at != 0 ? d->at : k->press->now;

        if (d->what == DO_RETRACT &&
            (d->topic.n == 0 || str_eq(d->topic, k->topic->id)) &&
            (!cut_out(k, d->item, when, err) ||
             (url_is_http(d->item) && !cut_out_address(k, d->item, when, err))))
            return false;
    }
    return true;
}

static int by_moment(const void *x, const void *y)
{
    const struct tombstone *a = x, *b = y;

    if (a->when.unix_seconds != b->when.unix_seconds)
        return a->when.unix_seconds < b->when.unix_seconds ? -1 : 1;
    return str_cmp(a->atom_id, b->atom_id);
}

static bool has_tombstone(const struct edition *ed, struct str atom_id)
{
    for (size_t i = 0; i < ed->n_tombstones; i++)
        if (str_eq(ed->tombstones[i].atom_id, atom_id))
            return true;
    return false;
}

/* Those whose story is forgotten, too, stand in the subscription document. */
static bool add_tombstones(struct keeping *k, struct error *err)
{
    struct edition *ed = k->edition;
    int64_t newest = ed->updated.unix_seconds;
    struct kept_entries list;
    struct tombstone *all;
    size_t n = 0;

    if (!store_kept_retracted(k->press->store, k->a, k->topic->id, &list, err))
        return false;
    all = arena_array(k->a, ed->n_tombstones + list.n + 1, sizeof *all);
    for (size_t i = 0; i < ed->n_tombstones; i++)
        all[n++] = ed->tombstones[i];
    for (size_t i = 0; i < list.n; i++)
        if (!has_tombstone(ed, list.at[i].atom_id))
            all[n++] = (struct tombstone){
                list.at[i].atom_id,
                {list.at[i].retracted, .precision = WHEN_SECOND}};
    if (n > 0)
        qsort(all, n, sizeof *all, by_moment);
    for (size_t i = 0; i < n; i++)
        if (all[i].when.unix_seconds > newest)
            newest = all[i].when.unix_seconds;
    ed->tombstones = all;
    ed->n_tombstones = n;
    return store_topic_updated(k->press->store, k->topic->id, newest, 0,
                               &ed->updated.unix_seconds, err);
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

bool keep_knows(const struct mill_config *mill, struct store *store,
                struct arena *a, struct str word, bool *knows,
                struct error *err)
{
    struct str key = url_is_http(word) ? url_key(a, word) : STR_NONE;

    *knows = false;
    for (size_t i = 0; i < mill->n_topics && !*knows; i++) {
        struct str topic = mill->topics[i].id;
        struct kept_entries list = {0};
        struct kept_entry one;

        if (!store_get_kept(store, a, topic, word, &one, knows, err) ||
            (key.n > 0 && !store_kept_by_url(store, a, topic, key, &list, err)))
            return false;
        *knows = *knows || list.n > 0;
    }
    return true;
}

bool keep_cut(struct keeping *k, struct error *err)
{
    return cut_out_retracted(k, err) && cut_out_named(k, err) &&
           add_tombstones(k, err) && return_shown(k, err) &&
           withdraw_hidden(k, err);
}
