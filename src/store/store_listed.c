/*
 * Entries that a feed lists again as they were.  Most entries of a feed that has
 * changed have not, and to find that out from the items costs as much as to read
 * them.  So a source's last document is remembered as the hashes of its drafts,
 * each with the item that it became.
 *
 * A draft of that hash would become that item again, byte for byte, as long as the
 * item is what it was then.  Triggers see to that: whatever changes an item of the
 * source, or takes its body away, forgets the source's row.  The row is
 * written anew by each document, so an entry that comes back after it was edited
 * or had gone is put like a new one.
 *
 * One thing is left that putting would do: an entry that is put may be taken for
 * an item that a known entry stands for (one guid given to two entries, of which
 * one is new), and what happens then goes by the order of both.  Then nothing is
 * known (store_listed_holds).
 */
#include "store/store_put.h"

#include "base/arena.h"
#include "base/map.h"

#define ENTRY_BYTES 32

bool store_get_listed(struct store *s, struct arena *a, int64_t source_rowid,
                      struct last_listed *out, struct error *err)
{
    static const char sql[] = "SELECT entries FROM listed WHERE source = ?";
    struct str bytes = STR_NONE;
    struct query q;
    bool has;

    if (!query_ask(&q, s, sql, VALUES(of_int(source_rowid)), err))
        return false;
    if (!query_next(&q, &has, err))
        return false;
    if (has)
        bytes = column_bytes(&q, a);
    if (!query_end(&q, err))
        return false;
    if (bytes.n % ENTRY_BYTES != 0)
        return store_damaged(s, err, "entries of a document cut short");
    *out = (struct last_listed){.n = bytes.n / ENTRY_BYTES};
    out->at = arena_array(a, out->n, sizeof *out->at);
    for (size_t i = 0; i < out->n; i++) {
        const unsigned char *p =
            (const unsigned char *)bytes.p + i * ENTRY_BYTES;

        out->at[i] = (struct last_entry){
            .draft = hash128_from_bytes(p),
            .item = (int64_t)number_from_bytes(p + 16, 8),
            .last_seen = (int64_t)number_from_bytes(p + 24, 8)};
    }
    return true;
}

/* Most documents that change are one entry more than the last. */
bool store_put_listed(struct store *s, int64_t source_rowid,
                      const struct last_listed *listed, struct error *err)
{
    static const char put[] =
        "INSERT INTO listed (source, entries) VALUES (?1, ?2)"
        " ON CONFLICT (source) DO UPDATE SET entries = excluded.entries"
        " WHERE entries IS NOT excluded.entries";
    static const char drop[] = "DELETE FROM listed WHERE source = ?";
    struct arena *a;
    unsigned char *bytes;
    bool ok;

    if (listed->n == 0)
        return query_do(s, drop, VALUES(of_int(source_rowid)), err);
    a = arena_new(0);
    bytes = arena_array(a, listed->n, ENTRY_BYTES);
    for (size_t i = 0; i < listed->n; i++) {
        unsigned char *p = bytes + i * ENTRY_BYTES;

        hash128_bytes(listed->at[i].draft, p);
        number_bytes((uint64_t)listed->at[i].item, p + 16, 8);
        number_bytes((uint64_t)listed->at[i].last_seen, p + 24, 8);
    }
    ok = query_do(
        s, put,
        VALUES(of_int(source_rowid),
               of_bytes(str_of((const char *)bytes, listed->n * ENTRY_BYTES))),
        err);
    arena_free(a);
    return ok;
}

/* ---- whether it may be gone by -------------------------------------------- */

static bool is_remembered(struct store *s, int64_t source, bool *is,
                          struct error *err)
{
    static const char sql[] = "SELECT 1 FROM listed WHERE source = ?";
    int64_t one;
    struct query q;

    return query_ask(&q, s, sql, VALUES(of_int(source)), err) &&
           query_int(&q, &one, is, err);
}

/* Whether putting ITEM might find one of ITEMS. */
static bool names_one(struct put *p, const struct item *item,
                      const struct map *items, bool *names, struct error *err)
{
    struct item_keys keys = keys_of(p->a, item, p->source_id);
    const struct hash128 hashes[] = {keys.title, keys.guid, keys.url};
    const bool has[] = {true, keys.has_guid, keys.has_url};

    for (size_t i = 0; i < 3 && !*names; i++) {
        struct key_row key = {0};

        if (has[i] && !key_get(p->s, hashes[i], p->source, &key, err))
            return false;
        *names = key.item != 0 && !key.is_shared &&
                 map_get(items, str_of((const char *)&key.item,
                                       sizeof key.item)) != NULL;
    }
    return true;
}

static bool names_any(struct put *p, const struct last_listed *known,
                      const struct item *const *others, size_t n, bool *names,
                      struct error *err)
{
    struct map items;

    *names = false;
    map_init(&items, p->a);
    for (size_t i = 0; i < known->n; i++)
        map_put(
            &items,
            str_of((const char *)&known->at[i].item, sizeof known->at[i].item),
            NULL);
    for (size_t i = 0; i < n && !*names; i++)
        if (!names_one(p, others[i], &items, names, err))
            return false;
    return true;
}

bool store_listed_holds(struct store *s, int64_t source_rowid,
                        const struct last_listed *known,
                        const struct item *const *others, size_t n, bool *holds,
                        struct error *err)
{
    struct put p = {.s = s, .a = arena_new(0), .source = source_rowid};
    bool is, names = false, ok;

    ok = is_remembered(s, source_rowid, &is, err) && put_load_source(&p, err) &&
         names_any(&p, known, others, n, &names, err);
    arena_free(p.a);
    if (ok)
        *holds = is && !names;
    return ok;
}

bool store_see_listed(struct store *s, int64_t source_rowid,
                      struct last_entry *entry, int64_t now, struct error *err)
{
    if (!document_seen_begin(s, source_rowid, now, err))
        return false;
    document_seen_add(s->seen, entry->item);
    return item_touch(s, entry->item, now, &entry->last_seen, err);
}
