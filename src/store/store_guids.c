/*
 * Sources that make up guids.  One article that was given a new guid proves
 * nothing; two or more, and at least half of the document, do.  A guid that is
 * an address is the address.
 */
#include "store/store_put.h"

#include "base/arena.h"

/* How one entry of a document stands to what is stored. */
static bool look_up_entry(struct put *p, struct str guid, struct str url,
                          bool *knows_guid, bool *knows_url, struct error *err)
{
    struct item item = {.guid = guid, .url = url};
    struct item_keys keys = keys_of(p->a, &item, p->source_id);
    struct key_row by_guid, by_url = {0};

    if (!key_get(p->s, keys.guid, p->source, &by_guid, err))
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

static bool see_guids(struct put *p, const struct str *guids,
                      const struct str *urls, size_t n, struct error *err)
{
    size_t changed = 0, with_guid = 0;
    bool is_known;

    if (!put_load_source(p, err) || !put_has_items(p, &is_known, err))
        return false;
    for (size_t i = 0; i < n && is_known && !p->guid_unstable; i++) {
        bool knows_guid, knows_url;

        if (guids[i].n == 0)
            continue;
        with_guid++;
        if (!look_up_entry(p, guids[i], urls[i], &knows_guid, &knows_url, err))
            return false;
        if (knows_guid)
            return true;
        if (knows_url)
            changed++;
    }
    if (changed < 2 || changed * 2 < with_guid)
        return true;
    p->guid_unstable = true;
    return mark_unstable(p, err);
}

bool store_see_guids(struct store *s, int64_t source_rowid,
                     const struct str *guids, const struct str *urls, size_t n,
                     bool *unstable, struct error *err)
{
    struct put p = {.s = s, .a = s->put, .source = source_rowid};
    struct own own;
    bool ok;

    if (!own_begin(&own, s, err))
        return false;
    arena_reset(s->put);
    ok = see_guids(&p, guids, urls, n, err);
    if (!own_end(&own, s, ok, err))
        return false;
    *unstable = p.guid_unstable;
    return true;
}
