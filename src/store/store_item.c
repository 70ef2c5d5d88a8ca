/*
 * An item found in a source, as it is stored: new, changed or the same.  Which
 * stored item it is, store_match.c tells.
 *
 * Two hashes tell what to do with a match.  `whole` covers every field: if it
 * is equal nothing is written, but last_seen once a day.  `content` covers
 * title and text: only when it differs does `updated` move.
 */
#include "store/store_put.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "store/store_members.h"
#include "store/store_press.h"

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
    bool is_first_seen, waits;

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
    if (joined.story == 0 && !story_copy(p->s, p->a, &sketch, &joined, err))
        return false;
    waits = joined.why.n == 0 && sketch.published != 0;
    sketch.is_digest = joined.is_digest;
    if (joined.digest_story != 0 &&
        !story_part(p->s, p->a, &joined, p->now, err))
        return false;
    if (joined.story == 0 && !story_new(p->s, p->now, &joined.story, err))
        return false;
    if (!insert_item(p, joined.story, joined.why, rowid, &is_first_seen, err) ||
        !put_body(p, *rowid, is_first_seen, err) ||
        !put_claim_all(p, *rowid, err) ||
        !sketch_put(p->s, *rowid, &sketch, err) ||
        (!waits && !sketch_list(p->s, *rowid, &sketch, p->now, err)))
        return false;
    document_seen_add(p->s->seen, *rowid);
    members_keep_story(p->s, *rowid, joined.story);
    members_add(p->s, FOR_COPIES, joined.story, joined.why.n == 0, &sketch);
    if (waits) {
        report_wait(p->s, p->source, *rowid, joined.story, p->now, &sketch);
        return true;
    }
    members_add(p->s, FOR_REPORTS, joined.story, joined.why.n == 0, &sketch);
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
    /* One that came from another store's state has none yet. */
    if (is_text_new || !old->has_body) {
        p->s->judge->sketch(p->a, p->item, p->source_id, &sketch);
        sketch.story = old->story;
        keys_add_text(&p->keys, &sketch);
        if (!sketch_change(p->s, old->rowid, &sketch, p->now, err))
            return false;
    }
    if ((is_text_new && !put_drop_text_key(p, old->rowid, err)) ||
        (p->is_renewed && !put_drop_former_keys(p, old->rowid, err)) ||
        !update_item(p, old, err) ||
        !put_body(p, old->rowid, old->date_is_first_seen, err) ||
        !put_claim_all(p, old->rowid, err))
        return false;
    story_rank_later(p->s, old->story);
    return true;
}

/* ---- putting ------------------------------------------------------------------------ */

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

    if (!put_know_source(p, err))
        return false;
    if (p->guid_unstable && p->item->guid.n > 0)
        drop_guid(p);
    take_facts(p);
    done->content = p->content;
    done->last_seen = at_least_now(p);
    if (!put_find(p, &old, err))
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
    ok = document_seen_begin(s, source_rowid, now, err) && put(&p, &got, err) &&
         (s->waiting.n <= REPORTS_WAITING ||
          reports_settle(s, REPORTS_LEFT, err));
    if (!own_end(&own, s, ok, err))
        return false;
    *done = got;
    return true;
}
