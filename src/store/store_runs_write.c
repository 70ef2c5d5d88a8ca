/*
 * Runs of one tier are of like size; when TIER_RUNS of them stand together at the
 * new end they are merged, with what smaller ones stand between, into one that is of
 * the next tier.  So each record is written once a tier, one behind the other, and
 * not where its key falls in a tree of millions; and runs stand in the order of their
 * age, so that the first that has a key has its newest record.  Small ones may be left
 * before a large one; when they are MANY_RUNS they are merged, whatever their tiers.
 *
 * Nothing is changed in place.  A merge leaves out what the rule of its owner does
 * not want any more.
 */
#include "store/store_runs.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"

#define TIER_RUNS  8
#define TIER_FIRST ((size_t)56 << 10) /* bytes: fewer are of the first tier */
#define MANY_RUNS  (RUNS_MAX / 2)

/* ---- writing a run ------------------------------------------------------------------ */

struct run_writer {
    struct store *s;
    struct runs *r;
    const struct runs_rule *rule;
    struct run run;
    size_t page; /* that records are being put to */
    struct buf records;
    unsigned char bits[RUNS_ROW_BITS];
    struct buf last;
    size_t of_last; /* records of its key */
};

struct run_writer *run_start(struct store *s, struct runs *r,
                             const struct runs_rule *rule, size_t bytes)
{
    struct run_writer *w = heap_alloc(sizeof *w);
    size_t page_bytes = r->kind->page_bytes;

    assert(r->is_loaded);
    *w = (struct run_writer){.s = s, .r = r, .rule = rule};
    w->run.id = r->n == 0 ? 1 : r->run[r->n - 1].id + 1;
    w->run.pages = bytes / page_bytes + 1;
    buf_init(&w->records, BUF_MAX);
    buf_init(&w->last, BUF_MAX);
    return w;
}

static size_t pages_of_row(const struct run_writer *w)
{
    return RUNS_ROW_BITS / w->r->kind->filter_bytes;
}

static bool write_row(struct run_writer *w, const char *sql, size_t page,
                      struct str bytes, struct error *err)
{
    return query_do(w->s, sql,
                    VALUES(of_int(run_page_id(&w->run, page)), of_bytes(bytes)),
                    err);
}

static bool write_page(struct run_writer *w, struct error *err)
{
    bool ok = w->records.n == 0 || write_row(w, w->r->kind->put_page, w->page,
                                             buf_str(&w->records), err);

    buf_reset(&w->records);
    return ok;
}

static bool write_filter(struct run_writer *w, struct error *err)
{
    size_t row = pages_of_row(w), first = w->page - w->page % row;
    size_t n = w->run.pages - first < row ? w->run.pages - first : row;
    struct str bits =
        str_of((const char *)w->bits, n * w->r->kind->filter_bytes);
    bool ok = write_row(w, w->r->kind->put_filter, first, bits, err);

    memset(w->bits, 0, sizeof w->bits);
    return ok;
}

static bool turn_to(struct run_writer *w, size_t page, struct error *err)
{
    size_t row = pages_of_row(w);

    if (page == w->page)
        return true;
    if (!write_page(w, err) ||
        (page / row != w->page / row && !write_filter(w, err)))
        return false;
    w->page = page;
    return true;
}

/* Whether RECORD is wanted behind the others of its key. */
static bool is_kept(const struct runs_kind *kind, const struct runs_rule *rule,
                    struct str record, struct str last, size_t n)
{
    if (n > 0 && (kind->is_replaced || str_eq(record, last)))
        return false;
    return rule->keeps == NULL || rule->keeps(rule->of, record, n);
}

bool run_add(struct run_writer *w, struct str record, struct error *err)
{
    const struct runs_kind *kind = w->r->kind;
    uint64_t key = record_key(record);
    bool is_same_key = w->run.bytes > 0 && key == record_key(buf_str(&w->last));
    size_t n = is_same_key ? w->of_last : 0, in_row;

    if (!is_kept(kind, w->rule, record, buf_str(&w->last), n))
        return true;
    w->of_last = n + 1;
    buf_reset(&w->last);
    buf_add_str(&w->last, record);
    if (!turn_to(w, runs_page_of(key, w->run.pages), err))
        return false;
    buf_add_str(&w->records, record);
    in_row = w->page % pages_of_row(w);
    runs_filter_set(w->bits + in_row * kind->filter_bytes, kind->filter_bytes,
                    key);
    w->run.bytes += record.n;
    return true;
}

static bool write_head(struct run_writer *w, struct error *err)
{
    return query_do(w->s, w->r->kind->put_head,
                    VALUES(of_int(w->run.id), of_int((int64_t)w->run.pages),
                           of_int((int64_t)w->run.bytes), of_int(w->run.day)),
                    err);
}

bool run_end(struct run_writer *w, int64_t day, bool ok, struct error *err)
{
    struct runs *r = w->r;

    w->run.day = day;
    if (ok && w->run.bytes > 0) {
        ok = write_page(w, err) && write_filter(w, err) && write_head(w, err);
        assert(r->n < RUNS_MAX);
        if (ok)
            r->run[r->n++] = w->run;
    }
    buf_done(&w->records);
    buf_done(&w->last);
    free(w);
    return ok;
}

/* ---- merging -------------------------------------------------------------------------- */

/* One of the runs that are merged. */
struct reader {
    const struct run *run;
    size_t page; /* to be read next */
    struct buf page_read;
    struct str rest; /* of it */
    struct str head; /* the first of the rest; empty at the end */
};

/* Those from FROM on, the newest first. */
struct merging {
    struct store *s;
    struct runs *r;
    size_t from, n;
    struct reader readers[RUNS_MAX];
};

/* Has the next record at hand, if the run has one. */
static bool read_on(struct merging *m, struct reader *r, struct error *err)
{
    r->rest = str_from(r->rest, r->head.n);
    r->head = STR_NONE;
    while (r->rest.n == 0 && r->page < r->run->pages) {
        struct str bytes;
        struct query q;

        if (!run_page(&q, m->s, m->r, r->run, r->page++, &bytes, err))
            return false;
        buf_reset(&r->page_read);
        buf_add_str(&r->page_read, bytes);
        if (!query_end(&q, err))
            return false;
        r->rest = buf_str(&r->page_read);
    }
    if (r->rest.n == 0)
        return true;
    r->head = str_slice(r->rest, 0, m->r->kind->record_bytes(r->rest));
    return r->head.n > 0 || store_damaged(m->s, err, "a run of no records");
}

static bool merging_start(struct merging *m, struct error *err)
{
    for (size_t i = 0; i < m->n; i++) {
        struct reader *r = &m->readers[i];

        r->run = &m->r->run[m->r->n - 1 - i];
        r->page = 0;
        r->rest = r->head = STR_NONE;
        if (!read_on(m, r, err))
            return false;
    }
    return true;
}

/* By their keys, then, where all of a key count, by their bytes. */
static bool is_before(const struct runs_kind *kind, struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;

    return memcmp(a.p, b.p, kind->is_replaced ? RUNS_KEY : n) < 0;
}

/* The first record of all that are left; of the same key the newest.  NULL when all
 * are at their end. */
static struct reader *first_reader(struct merging *m)
{
    struct reader *first = NULL;

    for (size_t i = 0; i < m->n; i++) {
        struct reader *r = &m->readers[i];

        if (r->head.n > 0 &&
            (first == NULL || is_before(m->r->kind, r->head, first->head)))
            first = r;
    }
    return first;
}

static bool copy_records(struct merging *m, struct run_writer *w,
                         struct error *err)
{
    struct reader *first;

    if (!merging_start(m, err))
        return false;
    while ((first = first_reader(m)) != NULL)
        if (!run_add(w, first->head, err) || !read_on(m, first, err))
            return false;
    return true;
}

/* How many bytes will be left of newest records: of those of many runs most may
 * replace each other, and a run's pages are as many as its bytes want. */
static bool count_bytes(struct merging *m, const struct runs_rule *rule,
                        size_t *bytes, struct error *err)
{
    uint64_t last = 0;
    struct reader *first;
    bool any = false;

    *bytes = 0;
    if (!merging_start(m, err))
        return false;
    while ((first = first_reader(m)) != NULL) {
        uint64_t key = record_key(first->head);

        if ((!any || key != last) &&
            is_kept(m->r->kind, rule, first->head, STR_NONE, 0))
            *bytes += first->head.n;
        any = true;
        last = key;
        if (!read_on(m, first, err))
            return false;
    }
    return true;
}

static bool drop_rows(struct store *s, const char *sql, const struct run *run,
                      struct error *err)
{
    return query_do(s, sql,
                    VALUES(of_int(run_page_id(run, 0)),
                           of_int(run_page_id(run, run->pages - 1))),
                    err);
}

static bool drop_run(struct store *s, struct runs *r, struct run *run,
                     struct error *err)
{
    run_forget(r, run);
    return drop_rows(s, r->kind->drop_pages, run, err) &&
           drop_rows(s, r->kind->drop_filters, run, err) &&
           query_do(s, r->kind->drop_head, VALUES(of_int(run->id)), err);
}

/* Merges the runs from number FROM on. */
static bool merge(struct store *s, struct runs *r, size_t from,
                  const struct runs_rule *rule, size_t less, struct error *err)
{
    struct merging *m = heap_alloc(sizeof *m);
    size_t n = r->n, bytes = 0;
    struct run_writer *w;
    int64_t day = 0;
    bool ok = true;

    *m = (struct merging){.s = s, .r = r, .from = from, .n = n - from};
    for (size_t i = 0; i < m->n; i++) {
        buf_init(&m->readers[i].page_read, BUF_MAX);
        bytes += r->run[from + i].bytes;
        day = r->run[from + i].day;
    }
    if (r->kind->is_replaced)
        ok = count_bytes(m, rule, &bytes, err);
    w = run_start(s, r, rule, bytes > less ? bytes - less : 0);
    ok = ok && copy_records(m, w, err);
    for (size_t i = from; ok && i < n; i++)
        ok = drop_run(s, r, &r->run[i], err);
    if (ok)
        r->n = from;
    ok = run_end(w, day, ok, err);
    for (size_t i = 0; i < m->n; i++)
        buf_done(&m->readers[i].page_read);
    free(m);
    return ok;
}

bool runs_merge(struct store *s, struct runs *r, const struct runs_rule *rule,
                size_t less, struct error *err)
{
    return merge(s, r, 0, rule, less, err);
}

static int tier_of(const struct run *run)
{
    int tier = 0;

    for (size_t n = run->bytes; n >= TIER_FIRST; n /= TIER_RUNS)
        tier++;
    return tier;
}

/* Where the runs begin at the new end of which none is above TIER, and how many of
 * them are of it. */
static size_t suffix_of(const struct runs *r, int tier, size_t *of_tier)
{
    size_t from = r->n;

    *of_tier = 0;
    while (from > 0 && tier_of(&r->run[from - 1]) <= tier)
        *of_tier += tier_of(&r->run[--from]) == tier;
    return from;
}

bool runs_tidy(struct store *s, struct runs *r, const struct runs_rule *rule,
               struct error *err)
{
    for (int tier = 0; tier < 64; tier++) {
        size_t of_tier, from = suffix_of(r, tier, &of_tier);

        if ((of_tier >= TIER_RUNS || r->n - from >= MANY_RUNS) &&
            !merge(s, r, from, rule, 0, err))
            return false;
    }
    return true;
}
