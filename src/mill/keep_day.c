/*
 * The entries of a day's page.  A day of a busy topic has thousands, of which a
 * run brings a few.  The others are cut out of the page as it was written last,
 * if it is still that byte for byte: to unpack all kept texts costs thirty times
 * as much.
 *
 * The store counts how many stand before each that this press changed
 * (day_changes), and the old page has all but the new ones, in their order.
 * Whatever else there is (a page that a killed run left due, another folder, an
 * entry that moved or went) has all texts come from the store.
 *
 * An entry that stands in a closed archive when its story is merged stays there, and
 * its article may stand for the other story too: the page has it once.
 */
#include "mill/keep_files.h"

#include <assert.h>
#include <stdlib.h>

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

/* A change of the day, and how many entries stand before it on the new page. */
struct placed {
    const struct day_change *change;
    size_t before;
};

struct placed_changes {
    struct placed *at;
    size_t n, cap, n_new;
};

static int by_place(const void *x, const void *y)
{
    const struct kept_place *a = &((const struct placed *)x)->change->place;
    const struct kept_place *b = &((const struct placed *)y)->change->place;

    if (a->published != b->published)
        return a->published > b->published ? -1 : 1;
    return str_cmp(a->atom_id, b->atom_id);
}

/* The changes of DAY in the order of its page.  False when there is more to it than
 * entries. */
static bool changes_of(const struct keeping *k, struct arena *a, int64_t day,
                       struct placed_changes *out)
{
    *out = (struct placed_changes){0};
    for (size_t i = 0; i < k->days.n; i++) {
        const struct day_change *c = &k->days.at[i];

        if (c->day != day)
            continue;
        if (c->place.atom_id.n == 0)
            return false;
        vec_add(a, out)->change = c;
        out->n_new += c->is_new;
    }
    if (out->n > 0)
        qsort(out->at, out->n, sizeof *out->at, by_place);
    return true;
}

/* *N: how many entries the page has. */
static bool place(struct keeping *k, int64_t day,
                  struct placed_changes *changes, size_t *n, struct error *err)
{
    static const struct kept_place end = {.published = INT64_MIN};
    struct kept_place last = {.published = INT64_MAX};

    *n = 0;
    for (size_t i = 0; i <= changes->n; i++) {
        const struct kept_place *here =
            i == changes->n ? &end : &changes->at[i].change->place;
        int64_t between;

        if (!store_kept_between(k->press->store, k->topic->id, day, &last, here,
                                &between, err))
            return false;
        *n += (size_t)between;
        if (i < changes->n)
            changes->at[i].before = (*n)++;
        last = *here;
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

/* The N entries of the page: the old ones, between them what changed. */
static bool merge(struct keeping *k, struct arena *a,
                  const struct placed_changes *changes, const struct strs *old,
                  size_t n, struct strs *out, struct error *err)
{
    size_t next = 0, change = 0;

    out->at = arena_array(a, n + 1, sizeof *out->at);
    for (out->n = 0; out->n < n; out->n++) {
        const struct placed *p;

        if (change == changes->n || changes->at[change].before > out->n) {
            assert(next < old->n);
            out->at[out->n] = old->at[next++];
            continue;
        }
        p = &changes->at[change++];
        if (!store_kept_html(k->press->store, a, k->topic->id,
                             p->change->place.atom_id, &out->at[out->n], err))
            return false;
        next += !p->change->is_new;
    }
    return true;
}

/* Leaves the first of those that begin alike, which is with the article's id. */
static void drop_doubles(struct arena *a, struct strs *texts)
{
    struct map seen;
    size_t n = 0;

    map_init(&seen, a);
    for (size_t i = 0; i < texts->n; i++) {
        struct str text = texts->at[i];
        size_t head = str_find_char(text, '>', 0);
        bool is_new = true;

        map_put(&seen, head == STR_NOT_FOUND ? text : str_slice(text, 0, head),
                &is_new);
        if (is_new)
            texts->at[n++] = text;
    }
    texts->n = n;
}

static bool collect(struct keeping *k, struct arena *a, struct buf *was,
                    const struct kept_file *file, struct strs *out,
                    struct error *err)
{
    int64_t day = keep_day_of(file->file);
    struct placed_changes changes;
    struct strs old;
    size_t n;

    if (!file->is_due || !changes_of(k, a, day, &changes) ||
        !read_old(k, a, was, file, &old))
        return texts_from_store(k, a, day, out, err);
    if (!place(k, day, &changes, &n, err))
        return false;
    if (old.n + changes.n_new != n)
        return texts_from_store(k, a, day, out, err);
    return merge(k, a, &changes, &old, n, out, err);
}

bool keep_day_texts(struct keeping *k, struct arena *a, struct buf *was,
                    const struct kept_file *file, struct strs *out,
                    struct error *err)
{
    *out = (struct strs){0};
    if (!collect(k, a, was, file, out, err))
        return false;
    drop_doubles(a, out);
    return true;
}
