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
 * Two hashes tell what to do with a match.  `whole` covers every field: if it
 * is equal nothing is written, but last_seen once a day.  `content` covers
 * title and text: only when it differs does `updated` move.
 *
 * Weak spot: an item whose source shares both guid and address, and whose title
 * is edited, comes back as a new one.
 */
#include "store/store_put.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/utf8.h"
#include "store/store_body.h"
#include "store/store_members.h"
#include "store/store_press.h"
#include "text/fold.h"
#include "text/url.h"

#define DAY            ((int64_t)86400)
#define YEAR_1         ((int64_t)-62135596800) /* its beginning */
#define SHORT_ID_TRIES 100

static const struct str states[] = {
    [ITEM_NEW] = STR_INIT("new"),
    [ITEM_HELD] = STR_INIT("held"),
    [ITEM_PUBLISHED] = STR_INIT("published"),
    [ITEM_HIDDEN] = STR_INIT("hidden"),
    [ITEM_RETRACTED] = STR_INIT("retracted"),
    [ITEM_UNMATCHED] = STR_INIT("unmatched"),
    [ITEM_FOLDED] = STR_INIT("folded"),
    [ITEM_EXPIRED] = STR_INIT("expired"),
};

struct str item_state_name(enum item_state state)
{
    return states[state];
}

bool item_state_by_name(struct str name, enum item_state *out)
{
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        if (str_eq(states[i], name)) {
            *out = (enum item_state)i;
            return true;
        }
    }
    return false;
}

/* What the store knows of the item that matched; rowid 0 when none did. */
struct old {
    int64_t rowid, story, last_seen;
    struct hash128 content, whole;
    struct str title, url, guid;
    struct when updated;
    bool date_is_first_seen, has_body;
    bool is_repeated; /* this document brought it already */
};

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

static bool find(struct put *p, struct old *old, struct error *err)
{
    *old = (struct old){0};
    return find_by_guid(p, old, err) &&
           (old->rowid != 0 || find_by_url(p, old, err)) &&
           (old->rowid != 0 || find_by_title(p, old, err)) &&
           (old->rowid != 0 || find_by_fingerprint(p, old, err));
}

/* ---- dates ------------------------------------------------------------------- */

/* What programs write for no date: the beginning of 1970, or of the year 1. */
static bool is_no_date(struct when w)
{
    int64_t local = w.unix_seconds;

    if (w.zone_minutes != ZONE_UNKNOWN)
        local += w.zone_minutes * 60;
    return w.unix_seconds == 0 || local == 0 ||
           w.unix_seconds < YEAR_1 + 2 * DAY;
}

/* Now, also by a clock that went back. */
static int64_t at_least_now(const struct put *p)
{
    return p->now > p->s->latest ? p->now : p->s->latest;
}

bool put_believes(const struct put *p, struct when w)
{
    return when_known(w) && !is_no_date(w) &&
           w.unix_seconds <= at_least_now(p) + DAY;
}

static struct when moment(int64_t now)
{
    return (struct when){.unix_seconds = now, .precision = WHEN_SECOND};
}

/* An entry with nothing but an `updated` (Atom allows it) was published then. */
static struct when published_of(const struct put *p, bool *is_first_seen)
{
    *is_first_seen = false;
    if (put_believes(p, p->item->published))
        return p->item->published;
    if (!when_known(p->item->published) && put_believes(p, p->item->updated))
        return p->item->updated;
    *is_first_seen = true;
    return moment(p->now);
}

struct fingerprint put_fingerprint(const struct put *p)
{
    bool is_first_seen;
    struct when published = published_of(p, &is_first_seen);

    return (struct fingerprint){p->content,
                                is_first_seen ? 0 : published.unix_seconds};
}

static struct when first_updated(const struct put *p, struct when published)
{
    struct when updated = p->item->updated;

    return put_believes(p, updated) &&
                   updated.unix_seconds > published.unix_seconds
               ? updated
               : published;
}

/* Never back: the source's word if it is later than what we said, else now. */
static struct when next_updated(const struct put *p, struct when before)
{
    struct when updated = p->item->updated;

    if (put_believes(p, updated) && updated.unix_seconds > before.unix_seconds)
        return updated;
    return p->now > before.unix_seconds ? moment(p->now) : before;
}

/* ---- what is written ----------------------------------------------------------- */

/* The columns that an insert and an update have in common. */
static void bind_item(struct query *q, const struct put *p)
{
    const struct item *i = p->item;

    bind_int(q, at_least_now(p));
    bind_hash(q, p->content);
    bind_hash(q, p->whole);
    bind_int(q, (int64_t)utf8_chars(i->text));
    bind_int(q, notes_have(&i->notes, NOTE_SPAM_CUT));
    bind_str(q, i->title);
    bind_str(q, i->url);
    bind_str(q, i->guid);
    bind_str(q, i->language);
    bind_str(q, i->site_name);
    bind_str(q, i->source);
    bind_str(q, i->source_url);
}

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

/* Those it had are nobody's any more. */
static bool drop_former_keys(struct put *p, int64_t rowid, struct error *err)
{
    static const char sql[] =
        "DELETE FROM item_key WHERE item = ? AND kind IN ('guid', 'url')";

    return query_do(p->s, sql, VALUES(of_int(rowid)), err);
}

static bool claim_all(struct put *p, int64_t rowid, struct error *err)
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

/* ---- a new item ------------------------------------------------------------------ */

/* The TRY-th short id for an item of KEY: that of the key; where another source has
 * an item of that key (two lists that name one page), of the key and the source. */
static void short_id_of(const struct put *p, struct str key, int try,
                        char out[SHORT_ID_CHARS + 1])
{
    if (try > 0)
        key = arena_printf(p->a, "%.*s %.*s %d", STR_ARG(key),
                           STR_ARG(p->source_id), try - 1);
    item_short_id(key, out);
}

/* *ROWID is 0 when another item has SHORT_ID. */
static bool try_insert(struct put *p, int64_t story, struct str why,
                       const char *short_id, int64_t *rowid,
                       bool *is_first_seen, struct error *err)
{
    static const char sql[] =
        "INSERT INTO item (last_seen, content, whole, letters, is_spam_cut,"
        " title, url, guid, language, site_name, origin, origin_url, source,"
        " story, is_lead, why, short_id, first_seen, published,"
        " published_zone, published_precision, date_is_first_seen, updated,"
        " updated_zone, updated_precision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?,"
        " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (short_id) DO NOTHING";
    struct when published = published_of(p, is_first_seen);
    struct query q;

    if (!query_start(&q, p->s, sql, err))
        return false;
    bind_item(&q, p);
    bind_int(&q, p->source);
    bind_int(&q, story);
    bind_int(&q, why.n == 0);
    bind_str(&q, why);
    bind_str(&q, str_from_c(short_id));
    bind_int(&q, p->now);
    bind_when(&q, published);
    bind_int(&q, *is_first_seen);
    bind_when(&q, first_updated(p, published));
    if (!query_run(&q, err))
        return false;
    *rowid = store_changes(p->s) > 0 ? store_last_rowid(p->s) : 0;
    return true;
}

static bool insert_item(struct put *p, int64_t story, struct str why,
                        int64_t *rowid, bool *is_first_seen, struct error *err)
{
    struct str key = p->item->key.n > 0 ? p->item->key
                                        : item_key(p->a, p->item, p->source_id);
    char short_id[SHORT_ID_CHARS + 1];

    for (int try = 0; try < SHORT_ID_TRIES; try++) {
        short_id_of(p, key, try, short_id);
        if (!try_insert(p, story, why, short_id, rowid, is_first_seen, err))
            return false;
        if (*rowid != 0)
            return press_note_story(p->s, story, err);
    }
    return store_damaged(p->s, err, "no short id is free");
}

static bool put_new(struct put *p, int64_t *rowid, struct error *err)
{
    struct joined joined = {0};
    struct story_sketch sketch;
    bool is_first_seen;

    if (p->ready != NULL)
        sketch = p->ready->sketch;
    else
        p->s->judge->sketch(p->a, p->item, p->source_id, &sketch);
    sketch.published = published_of(p, &is_first_seen).unix_seconds;
    sketch.knows_hour = sketch.knows_hour && !is_first_seen;
    keys_add_text(&p->keys, &sketch);
    if (!story_find(p->s, p->a, p->source, &p->keys, &joined.story, &joined.why,
                    err))
        return false;
    if (joined.story == 0 && !story_near(p->s, p->a, &sketch, &joined, err))
        return false;
    sketch.is_digest = joined.is_digest;
    if (joined.digest_story != 0 &&
        !story_part(p->s, p->a, &joined, p->now, err))
        return false;
    if (joined.story == 0 && !story_new(p->s, p->now, &joined.story, err))
        return false;
    if (!insert_item(p, joined.story, joined.why, rowid, &is_first_seen, err) ||
        !put_body(p, *rowid, is_first_seen, err) ||
        !claim_all(p, *rowid, err) ||
        !sketch_put(p->s, *rowid, &sketch, true, p->now, err))
        return false;
    document_seen_add(p->s->seen, *rowid);
    members_keep_story(p->s, *rowid, joined.story);
    members_add(p->s, joined.story, joined.why.n == 0, &sketch);
    if (joined.why.n > 0)
        story_rank_later(p->s, joined.story);
    return true;
}

/* ---- an item known already --------------------------------------------------------- */

bool item_touch(struct store *s, int64_t rowid, int64_t now, int64_t *last_seen,
                struct error *err)
{
    static const char sql[] = "UPDATE item SET last_seen = ? WHERE id = ?";
    struct query q;

    if (now - *last_seen < DAY)
        return true;
    if (!query_ask(&q, s, sql, VALUES(of_int(now), of_int(rowid)), err))
        return false;
    *last_seen = now;
    return query_run(&q, err);
}

/* An expired item that came back is new again. */
static bool update_item(struct put *p, const struct old *old, struct error *err)
{
    static const char sql[] =
        "UPDATE item SET last_seen = ?, content = ?, whole = ?, letters = ?,"
        " is_spam_cut = ?, title = ?, url = ?, guid = ?, language = ?,"
        " site_name = ?, origin = ?, origin_url = ?, updated = ?,"
        " updated_zone = ?, updated_precision = ?,"
        " state = iif(state = 'expired', 'new', state) WHERE id = ?";
    struct query q;

    if (!query_start(&q, p->s, sql, err))
        return false;
    bind_item(&q, p);
    bind_when(&q, hash128_eq(p->content, old->content) || p->is_churning
                      ? old->updated
                      : next_updated(p, old->updated));
    bind_int(&q, old->rowid);
    return query_run(&q, err);
}

/* A text from the entry's page stays, until the feed's own is as long: whether
 * the page is to be asked again is for the caller. */
static bool keep_page_text(struct put *p, int64_t rowid, struct error *err)
{
    struct full_text_row row;
    struct stored_item stored;
    struct item *whole;
    bool found;

    if (!store_get_full_text(p->s, p->a, rowid, &row, &found, err))
        return false;
    if (!found || !row.has_text)
        return true;
    if (!store_get_item(p->s, p->a, rowid, &stored, &found, err))
        return false;
    if (!found || stored.item.text.n <= p->item->text.n) {
        row.has_text = false;
        return store_put_full_text(p->s, &row, err);
    }
    whole = arena_make(p->a, struct item);
    *whole = *p->item;
    item_take_page(p->a, whole, &stored.item);
    p->item = whole;
    p->ready = NULL;
    p->more = STR_NONE;
    return true;
}

static bool put_changed(struct put *p, const struct old *old, struct error *err)
{
    bool is_text_new = !hash128_eq(p->content, old->content);
    struct story_sketch sketch;

    if (!keep_page_text(p, old->rowid, err))
        return false;
    if (is_text_new) {
        p->s->judge->sketch(p->a, p->item, p->source_id, &sketch);
        sketch.story = old->story;
        keys_add_text(&p->keys, &sketch);
        if (!sketch_put(p->s, old->rowid, &sketch, false, p->now, err))
            return false;
    }
    if ((is_text_new && !put_drop_text_key(p, old->rowid, err)) ||
        (p->is_renewed && !drop_former_keys(p, old->rowid, err)) ||
        !update_item(p, old, err) ||
        !put_body(p, old->rowid, old->date_is_first_seen, err) ||
        !claim_all(p, old->rowid, err))
        return false;
    story_rank_later(p->s, old->story);
    return true;
}

/* ---- putting ------------------------------------------------------------------------ */

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

/* The same once a document. */
static bool know_source(struct put *p, struct error *err)
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

/* A made-up guid would change the item at each refresh. */
static void drop_guid(struct put *p)
{
    struct item *without = arena_make(p->a, struct item);

    *without = *p->item;
    without->guid = STR_NONE;
    without->key = STR_NONE;
    p->item = without;
    p->ready = NULL;
    p->guid_dropped = true;
}

/* As they were made beforehand, or now. */
static void take_facts(struct put *p)
{
    struct item_facts made;
    const struct item_facts *facts = &made;

    if (p->ready != NULL)
        facts = p->ready->facts;
    else
        item_facts_of(p->a, p->item, p->source_id, &made);
    p->keys = facts->keys;
    p->content = facts->content;
    p->whole = facts->whole;
    p->more = facts->more;
}

static bool put(struct put *p, struct put_done *done, struct error *err)
{
    struct old old;

    if (!know_source(p, err))
        return false;
    if (p->guid_unstable && p->item->guid.n > 0)
        drop_guid(p);
    take_facts(p);
    done->content = p->content;
    done->last_seen = at_least_now(p);
    if (!find(p, &old, err))
        return false;
    if (old.rowid == 0) {
        done->result = PUT_NEW;
        return put_new(p, &done->item, err);
    }
    done->item = old.rowid;
    done->is_repeated = old.is_repeated;
    if (old.is_repeated)
        return true;
    document_seen_add(p->s->seen, old.rowid);
    if (hash128_eq(p->whole, old.whole) && old.has_body) {
        done->last_seen = old.last_seen;
        return item_touch(p->s, old.rowid, at_least_now(p), &done->last_seen,
                          err);
    }
    done->result = PUT_CHANGED;
    return put_changed(p, &old, err);
}

bool store_put_item(struct store *s, int64_t source_rowid,
                    const struct item *item, const struct put_ready *ready,
                    int64_t now, struct put_done *done, struct error *err)
{
    struct put p = {.s = s,
                    .a = s->put,
                    .item = item,
                    .ready = ready,
                    .source = source_rowid,
                    .now = now};
    struct put_done got = {.result = PUT_SAME};
    struct own own;
    bool ok;

    if (!own_begin(&own, s, err))
        return false;
    arena_reset(s->put);
    ok = document_seen_begin(s, source_rowid, now, err) && put(&p, &got, err);
    if (!own_end(&own, s, ok, err))
        return false;
    *done = got;
    return true;
}
