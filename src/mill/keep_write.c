/* Kept entries become archive documents, pages of days, digests. */
#include "mill/keep_files.h"

#include "base/arena.h"
#include "base/buf.h"
#include "mill/output.h"
#include "mill/settled.h"

#define DIGESTS 14 /* that a digest feed has */

/* One while it is written. */
struct writing {
    struct keeping *k;
    struct pressed *done;
    struct arena *a;     /* of the file at hand */
    struct buf *b, *was; /* to be written, and what stands there */
};

/* True if FILE stands where the mill publishes to as it was written last. */
static bool is_there(const struct writing *w, const struct kept_file *file)
{
    return !file->is_due && output_keep_file(w->k->press, w->k->topic->id,
                                             file->file, file->hash);
}

static bool write_file(struct writing *w, struct kept_file *file,
                       struct error *err)
{
    struct keeping *k = w->k;

    file->is_due = false;
    return output_file(k->press, k->topic->id, file->file, w->b, w->done,
                       &file->hash, err) &&
           store_put_kept_file(k->press->store, k->topic->id, file, err);
}

/* It stays as it is there, with the hash it has. */
static bool leave_file(struct writing *w, struct kept_file *file,
                       struct error *err)
{
    struct keeping *k = w->k;

    output_keep_file(k->press, k->topic->id, file->file, file->hash);
    file->is_due = false;
    return store_put_kept_file(k->press->store, k->topic->id, file, err);
}

static struct when at(int64_t moment)
{
    return (struct when){.unix_seconds = moment, .precision = WHEN_SECOND};
}

/* The newest entry first; retracted ones are tombstones. */
static void fill_archive(struct writing *w, enum edition_format format,
                         const struct kept_entries *kept,
                         struct archive_page *page)
{
    struct str *texts = arena_array(w->a, kept->n, sizeof *texts);
    struct tombstone *stones = arena_array(w->a, kept->n, sizeof *stones);
    int64_t newest = 0;

    page->entries = texts;
    page->tombstones = stones;
    for (size_t i = kept->n; i-- > 0;) {
        const struct kept_entry *e = &kept->at[i];
        int64_t moved = e->retracted != 0   ? e->retracted
                        : e->withdrawn != 0 ? e->withdrawn
                                            : e->updated;

        if (moved > newest)
            newest = moved;
        if (e->retracted != 0)
            stones[page->n_tombstones++] =
                (struct tombstone){e->atom_id, at(e->retracted)};
        else if (e->withdrawn == 0)
            texts[page->n_entries++] = format == FORMAT_ATOM ? e->atom : e->rss;
    }
    page->updated = at(newest);
}

static bool write_archive(struct writing *w, enum edition_format format,
                          int64_t number, struct error *err)
{
    struct keeping *k = w->k;
    struct archive_page page = {.edition = k->edition,
                                .number = number,
                                .has_next = number < k->number};
    struct kept_file *file =
        keep_find(&k->files, keep_archive_name(k->a, format, number));
    struct kept_entries kept;

    if (!format_is_in(k->edition->formats, format) || file == NULL ||
        is_there(w, file))
        return true;
    arena_reset(w->a);
    buf_reset(w->b);
    if (!store_kept_archived(k->press->store, w->a, k->topic->id, number, &kept,
                             err))
        return false;
    if (kept.n == 0) /* adopted, and it cannot be made anew */
        return !output_listed(k->press, k->topic->id, file->file,
                              &file->hash) ||
               leave_file(w, file, err);
    fill_archive(w, format, &kept, &page);
    archive_write(format, &page, w->b);
    return write_file(w, file, err);
}

static bool write_day(struct writing *w, size_t i, struct error *err)
{
    struct keeping *k = w->k;
    const struct kept_files *files = &k->files;
    struct kept_file *file = &files->at[i];
    struct day_page page = {.edition = k->edition,
                            .day = str_slice(file->file, 0, 10)};
    struct strs texts;

    if (is_there(w, file))
        return true;
    arena_reset(w->a);
    buf_reset(w->b);
    buf_reset(w->was);
    if (!keep_day_texts(k, w->a, w->was, file, &texts, err))
        return false;
    page.entries = texts.at;
    page.n_entries = texts.n;
    if (i > 0 && keep_is_day(files->at[i - 1].file))
        page.before = str_slice(files->at[i - 1].file, 0, 10);
    if (i + 1 < files->n && keep_is_day(files->at[i + 1].file))
        page.after = str_slice(files->at[i + 1].file, 0, 10);
    day_write_html(&page, w->b);
    return write_file(w, file, err);
}

/* ---- digests ------------------------------------------------------------------ */

/* The days from FIRST on, LENGTH of them.  What was older than the period before
 * when it came is no news: a source's back numbers. */
static bool fill_period(struct writing *w, int64_t first, int64_t length,
                        struct digest_period *out, struct error *err)
{
    const struct mill_config *mill = &w->k->press->config->mill;
    int64_t from = mill_day_begins(mill, first);
    int64_t until = mill_day_begins(mill, first + length);
    int64_t old = mill_day_begins(mill, first - length), updated = until;
    struct kept_entries kept;
    struct str *lines;

    if (!store_kept_since(w->k->press->store, w->a, w->k->topic->id, from,
                          until, &kept, err))
        return false;
    lines = arena_array(w->a, kept.n, sizeof *lines);
    *out = (struct digest_period){
        .name = keep_day_name(w->a, first), .ends = at(until), .lines = lines};
    if (length > 1)
        out->name = arena_cat(w->a, out->name, STR(" – "),
                              keep_day_name(w->a, first + length - 1));
    for (size_t i = 0; i < kept.n; i++) {
        const struct kept_entry *e = &kept.at[i];

        if (e->published < old)
            continue;
        if (e->retracted > updated)
            updated = e->retracted;
        if (e->withdrawn > updated)
            updated = e->withdrawn;
        if (e->line.n > 0 && e->withdrawn == 0)
            lines[out->n_lines++] = e->line;
    }
    out->updated = at(updated);
    return true;
}

/* The newest of the periods' ever.  Of a digest that never had one, the beginning
 * of the period in which it was written first: there was nothing to tell until
 * then. */
static bool digest_updated(struct writing *w, const struct digest *d,
                           int64_t begins, struct when *out, struct error *err)
{
    struct store *s = w->k->press->store;
    struct str name =
        arena_cat(w->a, w->k->topic->id, STR("/"), STR(DIGEST_FILE));
    int64_t newest = 0;

    for (size_t i = 0; i < d->n_periods; i++)
        if (d->periods[i].updated.unix_seconds > newest)
            newest = d->periods[i].updated.unix_seconds;
    if (!store_topic_updated(s, name, newest, begins, &newest, err))
        return false;
    *out = at(newest);
    return true;
}

static bool write_digest(struct writing *w, struct error *err)
{
    struct keeping *k = w->k;
    const struct mill_config *mill = &k->press->config->mill;
    int64_t length = k->topic->digest == DIGEST_WEEKLY ? 7 : 1;
    int64_t today = mill_day(mill, at(k->press->now)), begins = today;
    struct digest_period periods[DIGESTS];
    struct digest digest = {.edition = k->edition, .periods = periods};
    struct hash128 hash;

    if (length == 7) /* 1970-01-01 was a Thursday; weeks begin on Monday */
        begins = today - (today + 3) % 7;
    settled_until(k->press, mill_day_begins(mill, begins + length));
    arena_reset(w->a);
    buf_reset(w->b);
    for (int64_t i = 1; i <= DIGESTS; i++) {
        struct digest_period *period = &periods[digest.n_periods];

        if (!fill_period(w, begins - i * length, length, period, err))
            return false;
        digest.n_periods += period->n_lines > 0;
    }
    if (!digest_updated(w, &digest, mill_day_begins(mill, begins),
                        &digest.updated, err))
        return false;
    digest_write(&digest, w->b);
    return output_file(k->press, k->topic->id, STR(DIGEST_FILE), w->b, w->done,
                       &hash, err);
}

bool keep_write(struct keeping *k, struct pressed *done, struct error *err)
{
    struct writing w = {.k = k,
                        .done = done,
                        .a = arena_new(0),
                        .b = &k->press->page,
                        .was = &k->press->page_was};
    bool has_days = format_is_in(k->edition->formats, FORMAT_HTML);
    bool ok = true;

    for (int64_t i = 1; i <= k->number && k->edition->base_url.n > 0 && ok; i++)
        ok = write_archive(&w, FORMAT_ATOM, i, err) &&
             write_archive(&w, FORMAT_RSS, i, err);
    for (size_t i = 0; i < k->files.n && ok; i++)
        ok = !has_days || !keep_is_day(k->files.at[i].file) ||
             write_day(&w, i, err);
    if (ok && k->topic->digest != DIGEST_NONE)
        ok = write_digest(&w, err);
    arena_free(w.a);
    return ok;
}
