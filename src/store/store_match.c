/*
 * How an item found in a source is matched with one stored.
 *
 * Each item has up to four keys in table item_key, unique within its source:
 * guid, url, title (with its page or address; of several articles on one page
 * this is the url key too), text.  A new arrival is looked up by guid, else by
 * URL, else by title, and the first that answers decides:
 *
 *  - A key that turned out to stand for several items is marked shared and
 *    answers no more.  A guid is shared when one document gives it to two
 *    entries that differ; an address when two items of different titles have it
 *    (feeds that link to their front page, changelogs whose links differ only
 *    in the fragment).
 *  - Two different guids at one address are two items, unless the source is
 *    known to make up guids (store_see_guids).
 *  - An entry that repeats one of the same document is not stored again: the
 *    first wins, or each refresh would change the item twice.
 *  - Of a document whose guids and addresses are all new while it says what is
 *    stored, entries are known by their fingerprint (store_see_guids), and their
 *    keys replace the former.
 *
 * Weak spot: an item whose source shares both guid and address, and whose title
 * is edited, comes back as a new one.
 */
#include "store/store_put.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/map.h"
#include "store/store_body.h"
#include "text/fold.h"
#include "text/url.h"

/* ---- what this document brought ------------------------------------------ */

struct document_seen {
    struct arena *a;
    struct map rowids;
    int64_t source, now;
    struct str source_id; /* empty: not read yet */
    bool guid_unstable, is_churning;
    bool is_first;                 /* the source had no item before it */
    struct map keys;               /* then: all that its items have */
    const struct renewed *renewed; /* NULL: not all of its keys are new */
};

struct document_seen *document_seen_new(void)
{
    struct document_seen *seen = heap_alloc(sizeof *seen);

    seen->a = arena_new(0);
    document_seen_reset(seen);
    return seen;
}

void document_seen_free(struct document_seen *seen)
{
    if (seen == NULL)
        return;
    arena_free(seen->a);
    free(seen);
}

void document_seen_reset(struct document_seen *seen)
{
    arena_reset(seen->a);
    map_init(&seen->rowids, seen->a);
    map_init(&seen->keys, seen->a);
    seen->is_first = false;
    seen->renewed = NULL;
    seen->source = seen->now = 0;
    seen->source_id = STR_NONE;
}

static struct str rowid_bytes(const int64_t *rowid)
{
    return str_of((const char *)rowid, sizeof *rowid);
}

static bool is_seen(const struct document_seen *seen, int64_t rowid)
{
    return map_get(&seen->rowids, rowid_bytes(&rowid)) != NULL;
}

void document_seen_add(struct document_seen *seen, int64_t rowid)
{
    map_put(&seen->rowids, arena_str(seen->a, rowid_bytes(&rowid)), NULL);
}

struct arena *document_seen_arena(struct document_seen *seen)
{
    return seen->a;
}

void document_seen_renewed(struct document_seen *seen,
                           const struct renewed *renewed)
{
    seen->renewed = renewed;
}

/* ---- the source -------------------------------------------------------------- */

bool put_load_source(struct put *p, struct error *err)
{
    static const char sql[] =
        "SELECT name, guid_unstable, churned FROM source WHERE id = ?";
    struct query q;
    bool has;

    if (!query_ask(&q, p->s, sql, VALUES(of_int(p->source)), err))
        return false;
    if (!query_next(&q, &has, err))
        return false;
    if (!has)
        return store_damaged(p->s, err, "an item of a source not stored");
    p->source_id = column_str(&q, p->a);
    p->guid_unstable = column_int(&q) != 0;
    p->is_churning = column_int(&q) >= CHURN_RUNS;
    return query_end(&q, err);
}

bool document_seen_begin(struct store *s, int64_t source, int64_t now,
                         struct error *err)
{
    static const char sql[] = "UPDATE source SET last_read = ?1"
                              " WHERE id = ?2 AND last_read < ?1";

    if (s->seen->source == source && s->seen->now == now)
        return true;
    document_seen_reset(s->seen);
    s->seen->source = source;
    s->seen->now = now;
    return query_do(s, sql, VALUES(of_int(now), of_int(source)), err);
}

bool put_has_items(const struct put *p, bool *has, struct error *err)
{
    static const char sql[] = "SELECT 1 FROM item WHERE source = ? LIMIT 1";
    int64_t one;
    struct query q;

    return query_ask(&q, p->s, sql, VALUES(of_int(p->source)), err) &&
           query_int(&q, &one, has, err);
}

bool put_know_source(struct put *p, struct error *err)
{
    struct document_seen *seen = p->s->seen;
    bool has = true;

    if (seen->source_id.n == 0) {
        if (!put_load_source(p, err) || !put_has_items(p, &has, err))
            return false;
        seen->is_first = !has;
        seen->source_id = arena_str(seen->a, p->source_id);
        seen->guid_unstable = p->guid_unstable;
        seen->is_churning = p->is_churning;
    }
    p->source_id = seen->source_id;
    p->guid_unstable = seen->guid_unstable;
    p->is_churning = seen->is_churning;
    return true;
}

/* ---- keys ------------------------------------------------------------------ */

bool key_get(struct store *s, struct hash128 hash, int64_t source,
             struct key_row *out, struct error *err)
{
    static const char sql[] =
        "SELECT item, is_shared FROM item_key WHERE hash = ? AND source = ?";
    struct query q;
    bool has;

    *out = (struct key_row){0};
    if (!query_ask(&q, s, sql, VALUES(of_hash(hash), of_int(source)), err))
        return false;
    if (!query_next(&q, &has, err))
        return false;
    if (has) {
        out->item = column_int(&q);
        out->is_shared = column_int(&q) != 0;
    }
    return query_end(&q, err);
}

static struct str hash_view(const struct hash128 *hash)
{
    return str_of((const char *)hash, sizeof *hash);
}

/* The same for the source of P.  Of one that is read for the first time nobody has
 * a key but what this document brought. */
static bool find_key(struct put *p, struct hash128 hash, struct key_row *out,
                     struct error *err)
{
    const struct document_seen *seen = p->s->seen;

    *out = (struct key_row){0};
    if (seen->is_first && map_get(&seen->keys, hash_view(&hash)) == NULL)
        return true;
    return key_get(p->s, hash, p->source, out, err);
}

static bool key_share(struct store *s, struct hash128 hash, int64_t source,
                      struct error *err)
{
    static const char sql[] =
        "UPDATE item_key SET is_shared = 1 WHERE hash = ? AND source = ?";

    return query_do(s, sql, VALUES(of_hash(hash), of_int(source)), err);
}

/* *IS_NEW is false when another item of the source, or this one, has it. */
static bool key_add(struct put *p, int64_t item, const char *kind,
                    struct hash128 hash, bool *is_new, struct error *err)
{
    static const char sql[] = "INSERT INTO item_key (hash, source, item, kind)"
                              " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";

    if (!query_do(p->s, sql,
                  VALUES(of_hash(hash), of_int(p->source), of_int(item),
                         of_str(str_from_c(kind))),
                  err))
        return false;
    if (p->s->seen->is_first)
        map_put(&p->s->seen->keys, arena_str(p->s->seen->a, hash_view(&hash)),
                NULL);
    if (is_new != NULL)
        *is_new = store_changes(p->s) > 0;
    return true;
}

/* ---- looking for the stored item --------------------------------------------- */

static bool load_old(struct put *p, int64_t rowid, struct old *out,
                     struct error *err)
{
    static const char sql[] =
        "SELECT i.story, i.last_seen, i.content, i.whole, i.title, i.url,"
        " i.guid, i.updated, i.updated_zone, i.updated_precision,"
        " i.date_is_first_seen, b.item IS NOT NULL"
        " FROM item i LEFT JOIN body b ON b.item = i.id WHERE i.id = ?";
    struct query q;
    bool has;

    *out = (struct old){0};
    if (!query_ask(&q, p->s, sql, VALUES(of_int(rowid)), err))
        return false;
    if (!query_next(&q, &has, err))
        return false;
    if (!has)
        return store_damaged(p->s, err, "a key without its item");
    out->story = column_int(&q);
    out->last_seen = column_int(&q);
    out->content = column_hash(&q);
    out->whole = column_hash(&q);
    out->title = column_str(&q, p->a);
    out->url = column_str(&q, p->a);
    out->guid = column_str(&q, p->a);
    out->updated = column_when(&q);
    out->date_is_first_seen = column_int(&q) != 0;
    out->has_body = column_int(&q) != 0;
    out->rowid = rowid;
    out->is_repeated = is_seen(p->s->seen, rowid);
    return query_end(&q, err);
}

/* The same title, or without one the same text. */
static bool is_alike(const struct put *p, const struct old *old)
{
    if (p->item->title.n == 0 && old->title.n == 0)
        return hash128_eq(p->content, old->content);
    return str_eq(fold_letters(p->a, old->title), p->keys.title_letters);
}

static bool has_url_of(const struct put *p, const struct old *old)
{
    return str_eq(url_key(p->a, old->url), url_key(p->a, p->item->url));
}

/* What tells the holder of a shared address from the others. */
static bool holders_title_key(struct put *p, const struct old *holder,
                              struct hash128 *out, struct error *err)
{
    struct str text;

    if (!body_text(p->s, p->a, holder->rowid, &text, err))
        return false;
    *out = title_key(p->a, holder->url, p->source_id, holder->title, text);
    return true;
}

/* From now on the address identifies nothing here, and its holder is known by
 * its title. */
static bool share_url(struct put *p, const struct old *holder,
                      struct error *err)
{
    struct hash128 title;

    p->is_url_shared = true;
    return holders_title_key(p, holder, &title, err) &&
           key_share(p->s, p->keys.url, p->source, err) &&
           key_add(p, holder->rowid, "title", title, NULL, err);
}

static bool find_by_guid(struct put *p, struct old *out, struct error *err)
{
    struct key_row key;
    struct old old;

    if (!p->keys.has_guid)
        return true;
    if (!find_key(p, p->keys.guid, &key, err))
        return false;
    p->guid_doubled = key.is_shared;
    if (key.item == 0 || key.is_shared)
        return true;
    if (!load_old(p, key.item, &old, err))
        return false;
    if (old.is_repeated && (!is_alike(p, &old) || !has_url_of(p, &old))) {
        p->guid_doubled = true;
        return key_share(p->s, p->keys.guid, p->source, err);
    }
    *out = old;
    return true;
}

static bool find_by_url(struct put *p, struct old *out, struct error *err)
{
    bool is_guid_good = p->keys.has_guid && !p->guid_doubled;
    struct key_row key;
    struct old old;

    if (!p->keys.has_url)
        return true;
    if (!find_key(p, p->keys.url, &key, err))
        return false;
    p->is_url_shared = key.is_shared;
    if (key.item == 0 || key.is_shared)
        return true;
    if (!load_old(p, key.item, &old, err))
        return false;
    if (old.is_repeated && !is_alike(p, &old))
        return share_url(p, &old, err);
    if (is_guid_good && old.guid.n > 0 && !str_eq(old.guid, p->item->guid))
        return true;
    *out = old;
    return true;
}

/* The last resort: it answers even where it should not, or each refresh would
 * bring the item anew. */
static bool find_by_title(struct put *p, struct old *out, struct error *err)
{
    struct key_row key;

    if (p->keys.has_url && !p->is_url_shared)
        return true;
    if (p->keys.has_guid && !p->guid_doubled)
        return true;
    if (!find_key(p, p->keys.title, &key, err))
        return false;
    return key.item == 0 || load_old(p, key.item, out, err);
}

static bool find_by_fingerprint(struct put *p, struct old *out,
                                struct error *err)
{
    int64_t rowid;

    if (p->s->seen->renewed == NULL)
        return true;
    rowid = renewed_take(p->s->seen->renewed, put_fingerprint(p));
    p->is_renewed = rowid != 0;
    return rowid == 0 || load_old(p, rowid, out, err);
}

bool put_find(struct put *p, struct old *old, struct error *err)
{
    *old = (struct old){0};
    return find_by_guid(p, old, err) &&
           (old->rowid != 0 || find_by_url(p, old, err)) &&
           (old->rowid != 0 || find_by_title(p, old, err)) &&
           (old->rowid != 0 || find_by_fingerprint(p, old, err));
}

/* ---- taking keys ---------------------------------------------------------------- */

/* Takes a key that other items of the source may hold.  RIVAL is the holder
 * when that is an item of another title; it has rowid 0 when the key was free,
 * is shared already (*IS_SHARED), or belongs to an item that is alike. */
static bool claim(struct put *p, int64_t rowid, const char *kind,
                  struct hash128 hash, struct old *rival, bool *is_shared,
                  struct error *err)
{
    struct key_row key;
    bool is_new;

    *rival = (struct old){0};
    *is_shared = false;
    if (!key_add(p, rowid, kind, hash, &is_new, err))
        return false;
    if (is_new)
        return true;
    if (!key_get(p->s, hash, p->source, &key, err))
        return false;
    *is_shared = key.is_shared;
    if (key.item == rowid || key.is_shared)
        return true;
    if (!load_old(p, key.item, rival, err))
        return false;
    if (is_alike(p, rival))
        rival->rowid = 0;
    return true;
}

static bool claim_url(struct put *p, int64_t rowid, bool *is_shared,
                      struct error *err)
{
    struct old rival;

    if (!claim(p, rowid, "url", p->keys.url, &rival, is_shared, err))
        return false;
    if (rival.rowid == 0)
        return true;
    *is_shared = true;
    return share_url(p, &rival, err);
}

bool put_claim_text(struct put *p, int64_t rowid, struct error *err)
{
    struct old rival;
    bool is_shared;

    if (!claim(p, rowid, "text", p->keys.text, &rival, &is_shared, err))
        return false;
    return rival.rowid == 0 || key_share(p->s, p->keys.text, p->source, err);
}

bool put_drop_text_key(struct put *p, int64_t rowid, struct error *err)
{
    static const char sql[] =
        "DELETE FROM item_key WHERE item = ? AND kind = 'text'";

    return query_do(p->s, sql, VALUES(of_int(rowid)), err);
}

bool put_drop_former_keys(struct put *p, int64_t rowid, struct error *err)
{
    static const char sql[] =
        "DELETE FROM item_key WHERE item = ? AND kind <> 'text'";

    return query_do(p->s, sql, VALUES(of_int(rowid)), err);
}

bool put_claim_all(struct put *p, int64_t rowid, struct error *err)
{
    bool is_url_shared = false;

    if (p->keys.has_guid && !key_add(p, rowid, "guid", p->keys.guid, NULL, err))
        return false;
    if (p->keys.has_url && !claim_url(p, rowid, &is_url_shared, err))
        return false;
    if ((!p->keys.has_url || is_url_shared) &&
        !key_add(p, rowid, "title", p->keys.title, NULL, err))
        return false;
    return !p->keys.has_text || put_claim_text(p, rowid, err);
}
