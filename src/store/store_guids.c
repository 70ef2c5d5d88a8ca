/*
 * Sources that make up guids.  One article that was given a new guid proves
 * nothing; two or more, and at least half of the document, do.  A guid that is
 * an address is the address.
 *
 * And documents in which no guid and no address is known, though the source had
 * entries: those of a feed that makes up both, or that has moved to another site.
 * When half of it or more says what is stored already, it brings the same entries,
 * and each is found by its fingerprint, or all of them would be published again: by
 * what it says and its date, without a date by what it says.
 * Of a document with dates no more is read than what is stored of those days.
 */
#include "store/store_put.h"

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"

/* ---- fingerprints ---------------------------------------------------------- */

struct renewed_item {
    int64_t rowid;
    size_t next; /* of the same fingerprint, from 1; 0: none */
};

struct renewed {
    VEC(struct renewed_item) items;
    /* By fingerprint of an entry an index, from 1; 0: none is stored, or all are
     * taken. */
    struct map first;
};

static struct str fingerprint_view(const struct fingerprint *f)
{
    return str_of((const char *)f, sizeof *f);
}

int64_t renewed_take(const struct renewed *renewed, struct fingerprint of)
{
    size_t *first = map_get(&renewed->first, fingerprint_view(&of));
    const struct renewed_item *item;

    if (first == NULL || *first == 0)
        return 0;
    item = &renewed->items.at[*first - 1];
    *first = item->next;
    return item->rowid;
}

static void add_item(struct renewed *r, size_t *first, int64_t rowid)
{
    *vec_add(r->first.a, &r->items) =
        (struct renewed_item){.rowid = rowid, .next = *first};
    *first = r->items.n;
}

/* When the entries of a document were published. */
struct span {
    int64_t from, to;
};

/* Notes what ITEMS say, N of them, in OUT and ALL. */
static struct span see_entries(struct put *p, const struct item *const *items,
                               size_t n, struct renewed *out,
                               struct fingerprint *all)
{
    struct span span = {INT64_MAX, INT64_MIN};
    bool is_undated = false;

    for (size_t i = 0; i < n; i++) {
        p->item = items[i];
        p->content = item_content(items[i]);
        all[i] = put_fingerprint(p);
        map_put(&out->first, fingerprint_view(&all[i]), NULL);
        is_undated = is_undated || all[i].published == 0;
        if (all[i].published < span.from)
            span.from = all[i].published;
        if (all[i].published > span.to)
            span.to = all[i].published;
    }
    /* Of what is undated the store has the time when it came. */
    return is_undated ? (struct span){INT64_MIN, INT64_MAX} : span;
}

/* Where a stored item that says OF is to be entered; NULL: no entry says that.  One
 * that names no date may have got it from its page. */
static size_t *place_of(const struct renewed *r, struct fingerprint of)
{
    size_t *first = map_get(&r->first, fingerprint_view(&of));

    if (first != NULL || of.published == 0)
        return first;
    of.published = 0;
    return map_get(&r->first, fingerprint_view(&of));
}

/* The stored items that say what one of the entries does.  The youngest is read
 * first, so that the oldest is taken first. */
static bool load_items(struct put *p, struct span span, struct renewed *out,
                       struct error *err)
{
    static const char sql[] =
        "SELECT id, content, iif(date_is_first_seen, 0, published) FROM item"
        " WHERE source = ? AND published BETWEEN ? AND ? ORDER BY id DESC";
    struct query q;
    bool has;

    if (!query_ask(
            &q, p->s, sql,
            VALUES(of_int(p->source), of_int(span.from), of_int(span.to)), err))
        return false;
    for (;;) {
        struct fingerprint of;
        size_t *first;
        int64_t rowid;

        if (!query_next(&q, &has, err))
            return false;
        if (!has)
            return query_end(&q, err);
        rowid = column_int(&q);
        of.content = column_hash(&q);
        of.published = column_int(&q);
        first = place_of(out, of);
        if (first != NULL)
            add_item(out, first, rowid);
    }
}

/* Half of the entries or more say what a stored item does, and not by chance: one
 * that is called as it is each day and has no date may well be another. */
static bool are_stored(const struct renewed *renewed,
                       const struct fingerprint *all, size_t n)
{
    const struct fingerprint *one = NULL;
    bool is_sure = false;
    size_t stored = 0;

    for (size_t i = 0; i < n; i++) {
        const size_t *first =
            map_get(&renewed->first, fingerprint_view(&all[i]));

        if (*first == 0)
            continue;
        stored++;
        is_sure = is_sure || all[i].published != 0 ||
                  (one != NULL && !hash128_eq(one->content, all[i].content));
        one = &all[i];
    }
    return is_sure && stored * 2 >= n;
}

/* No guid and no address of ITEMS is known. */
static bool see_renewed(struct put *p, const struct item *const *items,
                        size_t n, enum entry_ids *ids, struct error *err)
{
    struct document_seen *seen = p->s->seen;
    struct renewed *renewed;
    struct fingerprint *all;
    struct span span;

    if (!document_seen_begin(p->s, p->source, p->now, err))
        return false;
    renewed = arena_make(document_seen_arena(seen), struct renewed);
    map_init(&renewed->first, document_seen_arena(seen));
    all = arena_array(document_seen_arena(seen), n, sizeof *all);
    span = see_entries(p, items, n, renewed, all);
    if (!load_items(p, span, renewed, err))
        return false;
    if (!are_stored(renewed, all, n))
        return true;
    document_seen_renewed(seen, renewed);
    *ids = IDS_ALL_NEW;
    return true;
}

/* ---- guids and addresses --------------------------------------------------- */

/* What is stored of an entry of a document. */
struct entry_known {
    bool guid, url;
    bool is_url_shared; /* which tells no entry, but is not new either */
};

static bool look_up_entry(struct put *p, const struct item *item,
                          struct entry_known *out, struct error *err)
{
    struct item_keys keys = keys_of(p->a, item, p->source_id);
    struct key_row by_guid = {0}, by_url = {0};

    if (keys.has_guid && !p->guid_unstable &&
        !key_get(p->s, keys.guid, p->source, &by_guid, err))
        return false;
    if (keys.has_url && !key_get(p->s, keys.url, p->source, &by_url, err))
        return false;
    out->guid = by_guid.item != 0;
    out->url = by_url.item != 0 && !by_url.is_shared;
    out->is_url_shared = by_url.is_shared;
    return true;
}

static bool mark_unstable(struct put *p, struct error *err)
{
    static const char sql[] =
        "UPDATE source SET guid_unstable = 1 WHERE id = ?";

    return query_do(p->s, sql, VALUES(of_int(p->source)), err);
}

static bool see_guids(struct put *p, const struct item *const *items, size_t n,
                      enum entry_ids *ids, struct error *err)
{
    size_t changed = 0, with_guid = 0, with_key = 0;
    bool is_known, knows_one = false;

    if (!put_load_source(p, err) || !put_has_items(p, &is_known, err))
        return false;
    *ids = p->guid_unstable ? IDS_GUIDS_MADE_UP : IDS_GOOD;
    if (!is_known || n == 0)
        return true;
    for (size_t i = 0; i < n; i++) {
        struct entry_known known;

        knows_one = knows_one || items[i] == NULL;
        if (items[i] == NULL || (knows_one && items[i]->guid.n == 0))
            continue;
        if (!look_up_entry(p, items[i], &known, err))
            return false;
        if (known.guid || (known.url && p->guid_unstable))
            return true;
        knows_one = knows_one || known.url || known.is_url_shared;
        with_guid += items[i]->guid.n > 0;
        changed += items[i]->guid.n > 0 && known.url;
        with_key += items[i]->guid.n > 0 || items[i]->url.n > 0;
    }
    if (!knows_one && with_key > 0)
        return see_renewed(p, items, n, ids, err);
    if (changed < 2 || changed * 2 < with_guid)
        return true;
    *ids = IDS_GUIDS_MADE_UP;
    return mark_unstable(p, err);
}

bool store_see_guids(struct store *s, int64_t source_rowid,
                     const struct item *const *items, size_t n, int64_t now,
                     enum entry_ids *ids, struct error *err)
{
    struct put p = {.s = s, .a = s->put, .source = source_rowid, .now = now};
    enum entry_ids got = IDS_GOOD;
    struct own own;
    bool ok;

    if (!own_begin(&own, s, err))
        return false;
    arena_reset(s->put);
    ok = see_guids(&p, items, n, &got, err);
    if (!own_end(&own, s, ok, err))
        return false;
    *ids = got;
    return true;
}
