/*
 * Every entry of an edition is kept in the store as the bytes that stood in its
 * files.  When the next edition is without it, it goes to the archive if it still
 * belongs to the topic (it fell out by age or number); what was hidden or held is
 * set aside, and goes there when that ends too late for the edition; what was
 * retracted, merged or is wanted no more is forgotten.
 *
 * Archive documents are numbered from 1 and hold as many entries as the
 * subscription document, the oldest in number 1.  Only the newest is open: it is
 * closed when the next one begins, gets its link to that, and never changes
 * again.  A reader may keep even the open one for ever: what is added to it later
 * stood in the subscription document when he read it, since that is as long as
 * the archive document can still grow.  But when a run brings more than the
 * subscription document holds, the rest goes to archives at once; so that no
 * reader misses it, the open document is then closed first, unless it is a few
 * entries only.  A late article, older than all that the subscription document
 * had, is no news: it goes to the open document, where new readers find it, as
 * does everybody on the page of its day; who has that document already is not
 * shown it.
 *
 * One thing reaches a closed document: what is retracted, hidden or held is cut
 * out of it (and out of the day's page and the digest), because it must not be
 * served any longer (keep_cut.c).  Readers who have what is retracted learn of it
 * by the tombstone, which stands in the subscription document too, for ever.
 *
 * A store that was lost, or is an older copy, knows less than the folder it
 * publishes to.  The documents there that it did not make stay as they are, their
 * entries are read back from them (keep_recover.c), and the archive goes on behind
 * them (keep_adopt.c).
 *
 * Files made of kept entries are listed in the store with the hash of their
 * bytes, or as due.  A file is rendered when it is due, or when the folder that
 * is published to has other bytes or none.
 */
#include "mill/keep.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"
#include "mill/decide.h"
#include "mill/keep_files.h"
#include "mill/output.h"
#include "publish/publish.h"
#include "text/url.h"

/* ---- what left, and where it goes ----------------------------------------------- */

bool keep_begin(struct keeping *k, const struct map *seen, struct error *err)
{
    struct store *s = k->press->store;
    bool any = false;

    k->oldest = INT64_MIN;
    if (!store_kept_files(s, k->a, k->topic->id, &k->files, err) ||
        !store_newest_archive(s, k->topic->id, &k->number, &k->count, err) ||
        !keep_adopt(k, err) ||
        !store_kept_listed(s, k->a, k->topic->id, &k->listed, err))
        return false;
    for (size_t i = 0; i < k->listed.n && !any; i++) {
        const struct kept_entry *e = &k->listed.at[i];

        any = e->withdrawn == 0 &&
              map_get(seen, str_of((const char *)&e->story, sizeof e->story)) ==
                  NULL;
        if (any)
            k->oldest = e->published;
    }
    k->is_first = k->files.n == 0 && k->number == 0 && k->listed.n == 0;
    return true;
}

/* The newest document is closed: it gets a link to the next. */
static bool begin_next(struct keeping *k, struct error *err)
{
    if (k->number != k->adopted && !keep_archive_is_due(k, k->number, err))
        return false;
    k->number++;
    k->count = 0;
    return true;
}

/* The next place in the archive. */
static bool take_place(struct keeping *k, int64_t *number, int64_t *position,
                       struct error *err)
{
    if ((k->number == 0 || k->count >= k->topic->entries) &&
        !begin_next(k, err))
        return false;
    *number = k->number;
    *position = k->count++;
    return keep_archive_is_due(k, k->number, err);
}

static bool archive_one(struct keeping *k, const struct kept_entry *e,
                        struct error *err)
{
    int64_t number, position;

    return take_place(k, &number, &position, err) &&
           store_archive_kept(k->press->store, k->topic->id, e->atom_id, number,
                              position, err);
}

static bool forget(struct keeping *k, const struct kept_entry *e,
                   struct error *err)
{
    return store_drop_kept(k->press->store, k->topic->id, e->atom_id, err) &&
           keep_day_is_due(k, e->day, err);
}

/* Hidden or held it stays as it was listed last, out of every file, so that it
 * comes back however late that ends. */
static bool set_aside(struct keeping *k, const struct kept_entry *e,
                      struct error *err)
{
    return e->withdrawn != 0 ||
           (store_withdraw_kept(k->press->store, k->topic->id, e->atom_id,
                                k->press->now, err) &&
            keep_day_is_due(k, e->day, err));
}

static bool let_one_go(struct keeping *k, const struct kept_entry *e,
                       struct error *err)
{
    struct decided d;
    bool belongs;

    decided_of(k->press->decided, e->story, k->topic->id, &d);
    if ((d.is_hidden || d.is_held) && !d.is_retracted)
        return set_aside(k, e, err);
    return k->belongs(k->ctx, e->story, &belongs, err) &&
           (belongs ? archive_one(k, e, err) : forget(k, e, err));
}

/* The entries that stood in the edition before and do not now, oldest first. */
static bool let_go(struct keeping *k, struct error *err)
{
    struct map now;

    map_init(&now, k->a);
    for (size_t i = 0; i < k->edition->n_entries; i++)
        map_put(&now, k->edition->entries[i].atom_id, NULL);
    for (size_t i = 0; i < k->listed.n; i++) {
        const struct kept_entry *e = &k->listed.at[i];

        if (map_get(&now, e->atom_id) == NULL && !let_one_go(k, e, err))
            return false;
    }
    return true;
}

/* Of those beyond the limit, the ones that were never published here; from the
 * oldest each gets its place. */
static bool place_over(struct keeping *k, struct error *err)
{
    size_t n = 0, n_missed = 0;

    for (size_t i = 0; i < k->n_over; i++) {
        struct kept_entry known;
        bool found;

        if (!store_get_kept(k->press->store, k->a, k->topic->id,
                            k->over[i].atom_id, &known, &found, err))
            return false;
        if (found)
            continue;
        n_missed += k->over[i].published.unix_seconds >= k->oldest;
        k->over[n++] = k->over[i];
    }
    k->n_over = n;
    k->numbers = arena_array(k->a, n, sizeof *k->numbers);
    k->positions = arena_array(k->a, n, sizeof *k->positions);
    if (n_missed > 0 && k->count > 0 &&
        n_missed >= (size_t)k->topic->entries / 4 && !begin_next(k, err))
        return false;
    for (size_t i = n; i-- > 0;)
        if (!take_place(k, &k->numbers[i], &k->positions[i], err))
            return false;
    return true;
}

bool keep_arrange(struct keeping *k, struct error *err)
{
    k->edition->has_digest = k->topic->digest != DIGEST_NONE;
    if (!keep_frames(k, err) || !let_go(k, err) || !place_over(k, err) ||
        !keep_cut(k, err) || !keep_list_days(k, err))
        return false;
    if (k->edition->base_url.n > 0)
        k->edition->newest_archive = k->number;
    return true;
}

/* ---- the entries ------------------------------------------------------------ */

struct hash128 keep_hash(const struct kept_entry *e)
{
    const struct str texts[] = {e->line, e->atom, e->rss, e->html};
    unsigned char bytes[4][16];

    for (size_t i = 0; i < 4; i++)
        hash128_bytes(hash128(texts[i]), bytes[i]);
    return hash128(str_of((const char *)bytes, sizeof bytes));
}

static struct str text_of(const struct rendered *r, enum edition_format format,
                          size_t i)
{
    return str_slice(buf_str(&r->file[format]), r->spans[format][i].from,
                     r->spans[format][i].to);
}

struct str keep_key_of(struct arena *a, const struct item *item)
{
    struct str url = url_is_http(item->url) ? item->url : item->external_url;

    return url_is_http(url) ? url_key(a, url) : STR_NONE;
}

void keep_read_entry(const struct keeping *k, const struct edition *ed,
                     const struct rendered *r, size_t i, struct buf *line,
                     struct kept_entry *out)
{
    const struct entry *e = &ed->entries[i];

    buf_reset(line);
    digest_line(ed, e, line);
    *out = (struct kept_entry){
        .atom_id = e->atom_id,
        .story = e->story,
        .day = mill_day(&k->press->config->mill, e->published),
        .since = k->press->now,
        .published = e->published.unix_seconds,
        .updated = e->updated.unix_seconds,
        .line = buf_str(line),
        .atom = text_of(r, FORMAT_ATOM, i),
        .rss = text_of(r, FORMAT_RSS, i),
        .html = text_of(r, FORMAT_HTML, i),
    };
    out->hash = keep_hash(out);
}

/* True if E has the place of KNOWN on the page of its day. */
static bool stands_where(const struct kept_entry *known,
                         const struct kept_entry *e)
{
    return known->day == e->day && known->published == e->published &&
           known->retracted == 0 && known->withdrawn == 0;
}

/* What has come back from an archive stays there as it is. */
static bool keep_listed(struct keeping *k, const struct map *listed,
                        const struct item *item, struct kept_entry *e,
                        struct error *err)
{
    size_t *at = map_get(listed, e->atom_id);
    struct kept_entry known;
    bool found = at != NULL;

    if (found)
        known = k->listed.at[*at];
    else if (!store_get_kept(k->press->store, k->a, k->topic->id, e->atom_id,
                             &known, &found, err))
        return false;
    if (found && ((known.number > 0 && known.retracted == 0) ||
                  hash128_eq(known.hash, e->hash)))
        return true;
    e->url_key = keep_key_of(k->a, item);
    if (!store_put_kept(k->press->store, k->topic->id, e, err))
        return false;
    if (!found || stands_where(&known, e))
        return keep_entry_is_due(k, e, !found, err);
    return keep_day_is_due(k, known.day, err) &&
           keep_day_is_due(k, e->day, err);
}

bool keep_entries(struct keeping *k, const struct rendered *r,
                  struct error *err)
{
    struct map listed;
    struct buf line;
    bool ok = true;

    map_init(&listed, k->a);
    for (size_t i = 0; i < k->listed.n; i++)
        *map_put(&listed, k->listed.at[i].atom_id, NULL) = i;
    buf_init(&line, BUF_MAX);
    for (size_t i = 0; i < k->edition->n_entries && ok; i++) {
        struct kept_entry e;

        if (k->edition->entries[i].ready != NULL)
            continue; /* it is kept as it stands */
        keep_read_entry(k, k->edition, r, i, &line, &e);
        ok = keep_listed(k, &listed, k->edition->entries[i].item, &e, err);
    }
    buf_done(&line);
    return ok && (k->n_over == 0 || keep_over(k, err));
}
