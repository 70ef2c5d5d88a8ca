/*
 * Sources that make up guids.  One article that was given a new guid proves
 * nothing; two or more, and at least half of the document, do.  A guid that is
 * an address is the address.
 *
 * And documents in which no guid and no address is known, though the source had
 * entries: those of a feed that makes up both, or that has moved to another site.
 * When half of it or more says what is stored already, it brings the same entries,
 * and each is found by its fingerprint, or all of them would be published again.
 */
#include "store/store_put.h"

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"

/* ---- fingerprints ---------------------------------------------------------- */

struct renewed_item {
    struct fingerprint of;
    int64_t rowid;
    size_t next; /* of the same fingerprint, from 1; 0: none */
};

struct renewed {
    VEC(struct renewed_item) items;
    struct map first; /* by fingerprint: an index, from 1; 0: all are taken */
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

static void add_item(struct renewed *r, struct fingerprint of, int64_t rowid)
{
    struct renewed_item *item = vec_add(r->first.a, &r->items);
    size_t *first;

    *item = (struct renewed_item){.of = of, .rowid = rowid};
    first = map_put(&r->first, fingerprint_view(&item->of), NULL);
    item->next = *first;
    *first = r->items.n;
}

/* The youngest is read first, so that the oldest is taken first. */
static bool load_items(struct put *p, struct renewed *out, struct error *err)
{
    static const char sql[] =
        "SELECT id, content, iif(date_is_first_seen, 0, published) FROM item"
        " WHERE source = ? ORDER BY id DESC";
    struct query q;
    bool has;

    if (!query_ask(&q, p->s, sql, VALUES(of_int(p->source)), err))
        return false;
    for (;;) {
        struct fingerprint of;
        int64_t rowid;

        if (!query_next(&q, &has, err))
            return false;
        if (!has)
            return query_end(&q, err);
        rowid = column_int(&q);
        of.content = column_hash(&q);
        of.published = column_int(&q);
        add_item(out, of, rowid);
    }
}

/* How many of the entries say what a stored item does. */
static size_t count_stored(struct put *p, const struct renewed *renewed,
                           const struct item *const *items, size_t n)
{
    size_t stored = 0;

    for (size_t i = 0; i < n; i++) {
        struct fingerprint of;

        p->item = items[i];
        p->content = item_content(items[i]);
        of = put_fingerprint(p);
        stored += map_get(&renewed->first, fingerprint_view(&of)) != NULL;
    }
    return stored;
}

/* No guid and no address of ITEMS is known. */
static bool see_renewed(struct put *p, const struct item *const *items,
                        size_t n, enum entry_ids *ids, struct error *err)
{
    struct document_seen *seen = p->s->seen;
    struct renewed *renewed;

    if (!document_seen_begin(p->s, p->source, p->now, err))
        return false;
    renewed = arena_make(document_seen_arena(seen), struct renewed);
    map_init(&renewed->first, document_seen_arena(seen));
    if (!load_items(p, renewed, err))
        return false;
    if (count_stored(p, renewed, items, n) * 2 < n)
        return true;
    document_seen_renewed(seen, renewed);
    *ids = IDS_ALL_NEW;
    return true;
}

/* ---- guids and addresses --------------------------------------------------- */

/* How one entry of a document stands to what is stored. */
static bool look_up_entry(struct put *p, const struct item *item,
                          bool *knows_guid, bool *knows_url, struct error *err)
{
    struct item_keys keys = keys_of(p->a, item, p->source_id);
    struct key_row by_guid = {0}, by_url = {0};

    if (keys.has_guid && !p->guid_unstable &&
        !key_get(p->s, keys.guid, p->source, &by_guid, err))
        return false;
    if (keys.has_url && !key_get(p->s, keys.url, p->source, &by_url, err))
        return false;
    *knows_guid = by_guid.item != 0;
    *knows_url = by_url.item != 0 && !by_url.is_shared;
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
        bool knows_guid, knows_url;

        knows_one = knows_one || items[i] == NULL;
        if (items[i] == NULL || (knows_one && items[i]->guid.n == 0))
            continue;
        if (!look_up_entry(p, items[i], &knows_guid, &knows_url, err))
            return false;
        if (knows_guid || (knows_url && p->guid_unstable))
            return true;
        knows_one = knows_one || knows_url;
        with_guid += items[i]->guid.n > 0;
        changed += items[i]->guid.n > 0 && knows_url;
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
