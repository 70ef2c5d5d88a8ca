/*
 * The entries of a day's page.  A day of a busy topic has thousands, of which a
 * run brings a few.  The others are cut out of the page as it was written last,
 * if it is still that byte for byte: to unpack all kept texts costs thirty times
 * as much.
 *
 * The store knows the order, the old page has all but the new ones in it, and
 * what this press changed is listed (day_changes).  Whatever else there is (a page
 * that a killed run left due, another folder, an entry that moved or went) has all
 * texts come from the store.
 */
#include "mill/keep_files.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"
#include "mill/output.h"

static bool texts_from_store(struct keeping *k, struct arena *a, int64_t day,
                             struct strs *out, struct error *err)
{
    struct kept_entries kept;

    *out = (struct strs){0};
    if (!store_kept_of_day(k->press->store, a, k->topic->id, day, &kept, err))
        return false;
    for (size_t i = 0; i < kept.n; i++)
        *vec_add(a, out) = kept.at[i].html;
    return true;
}

/* The changes of DAY by atom:id, and how many are of new entries.  False when
 * there is more to it. */
static bool changes_of(const struct keeping *k, int64_t day,
                       struct map *changes, size_t *n_new)
{
    *n_new = 0;
    for (size_t i = 0; i < k->days.n; i++) {
        const struct day_change *c = &k->days.at[i];

        if (c->day != day)
            continue;
        if (c->atom_id.n == 0)
            return false;
        *map_put(changes, c->atom_id, NULL) = i;
        *n_new += c->is_new;
    }
    return true;
}

/* The old page's entries, if WAS is the page that the store tells of. */
static bool read_old(struct keeping *k, struct arena *a, struct buf *was,
                     const struct kept_file *file, struct strs *old)
{
    struct hash128 hash;

    if (!output_listed(k->press, k->topic->id, file->file, &hash) ||
        !hash128_eq(hash, file->hash) ||
        !output_read(k->press, k->topic->id, file->file, was))
        return false;
    day_read_entries(a, buf_str(was), old);
    return true;
}

bool keep_day_texts(struct keeping *k, struct arena *a, struct buf *was,
                    const struct kept_file *file, struct strs *out,
                    struct error *err)
{
    struct store *s = k->press->store;
    int64_t day = keep_day_of(file->file);
    struct map changes;
    struct strs ids, old;
    size_t n_new, next = 0;

    map_init(&changes, a);
    if (!file->is_due || !changes_of(k, day, &changes, &n_new) ||
        !read_old(k, a, was, file, &old))
        return texts_from_store(k, a, day, out, err);
    if (!store_kept_order(s, a, k->topic->id, day, &ids, err))
        return false;
    if (old.n + n_new != ids.n)
        return texts_from_store(k, a, day, out, err);
    out->at = arena_array(a, ids.n + 1, sizeof *out->at);
    for (out->n = 0; out->n < ids.n; out->n++) {
        struct str id = ids.at[out->n];
        size_t *change = map_get(&changes, id);

        if (change == NULL)
            out->at[out->n] = old.at[next++];
        else if (!store_kept_html(s, a, k->topic->id, id, &out->at[out->n],
                                  err))
            return false;
        else
            next += !k->days.at[*change].is_new;
    }
    return true;
}
