#include "store/store_query.h"

#include "base/arena.h"
#include "base/vec.h"

/* ---- entries ------------------------------------------------------------------ */

bool store_get_entry(struct store *s, struct arena *a, int64_t story,
                     struct entry_row *out, bool *found, struct error *err)
{
    static const char sql[] =
        "SELECT atom_id, first_published, published, published_zone,"
        " published_precision, updated, updated_zone, updated_precision"
        " FROM entry WHERE story = ?";
    struct query q;

    if (!query_ask(&q, s, sql, VALUES(of_int(story)), err))
        return false;
    if (!query_next(&q, found, err))
        return false;
    if (*found) {
        out->story = story;
        out->atom_id = column_str(&q, a);
        out->first_published = column_int(&q);
        out->published = column_when(&q);
        out->updated = column_when(&q);
    }
    return query_end(&q, err);
}

/* What the story's lead says now. */
static bool load_lead(struct store *s, int64_t story, struct entry_row *out,
                      struct error *err)
{
    static const char sql[] =
        "SELECT published, published_zone, published_precision, updated,"
        " updated_zone, updated_precision FROM item"
        " WHERE story = ? AND is_lead";
    struct query q;
    bool has;

    if (!query_ask(&q, s, sql, VALUES(of_int(story)), err))
        return false;
    if (!query_next(&q, &has, err))
        return false;
    if (!has)
        return store_damaged(s, err, "a story without a lead");
    out->published = column_when(&q);
    out->updated = column_when(&q);
    return query_end(&q, err);
}

static bool is_id_free(struct store *s, struct str atom_id, bool *is_free,
                       struct error *err)
{
    static const char sql[] = "SELECT 1 FROM entry WHERE atom_id = ?";
    struct query q;
    bool has;

    if (!query_ask(&q, s, sql, VALUES(of_str(atom_id)), err))
        return false;
    if (!query_next(&q, &has, err))
        return false;
    *is_free = !has;
    return query_end(&q, err);
}

/* What tells the story's lead from all other items, whenever they came. */
static bool lead_seed(struct store *s, struct arena *a, int64_t story,
                      struct str *out, struct error *err)
{
    static const char sql[] =
        "SELECT s.name || ' ' || i.guid || ' ' || i.title FROM item i"
        " JOIN source s ON s.id = i.source WHERE i.story = ? AND i.is_lead";
    struct query q;
    bool has;

    *out = STR_NONE;
    if (!query_ask(&q, s, sql, VALUES(of_int(story)), err) ||
        !query_next(&q, &has, err))
        return false;
    if (!has)
        return true;
    *out = column_str(&q, a);
    return query_end(&q, err);
}

/* The fallback is the hash of something the story is made of; when another has it (a
 * split has left it there, or both link to one front page), one made of what the
 * lead is follows.  Not of the story's number: that is by who came first. */
static bool choose_atom_id(struct store *s, struct arena *a, int64_t story,
                           struct str wanted, struct str fallback,
                           struct str *out, struct error *err)
{
    struct str seed = STR_NONE;
    bool is_free = false;
    char uuid[UUID_URN_CHARS + 1];

    *out = arena_str(a, wanted);
    if (wanted.n > 0 && !is_id_free(s, wanted, &is_free, err))
        return false;
    if (is_free)
        return true;
    *out = arena_str(a, fallback);
    if (!is_id_free(s, *out, &is_free, err) ||
        (!is_free && !lead_seed(s, a, story, &seed, err)))
        return false;
    for (int i = 0; !is_free; i++) {
        hash128_uuid(hash128(arena_printf(a, "%.*s %.*s %d", STR_ARG(fallback),
                                          STR_ARG(seed), i)),
                     uuid);
        *out = arena_str(a, str_from_c(uuid));
        if (!is_id_free(s, *out, &is_free, err))
            return false;
    }
    return true;
}

static bool insert_entry(struct store *s, const struct entry_row *entry,
                         struct error *err)
{
    static const char sql[] =
        "INSERT INTO entry (story, atom_id, first_published, published,"
        " published_zone, published_precision, updated, updated_zone,"
        " updated_precision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    struct query q;

    if (!query_start(&q, s, sql, err))
        return false;
    bind_int(&q, entry->story);
    bind_str(&q, entry->atom_id);
    bind_int(&q, entry->first_published);
    bind_when(&q, entry->published);
    bind_when(&q, entry->updated);
    return query_run(&q, err);
}

static bool entry_of(struct store *s, struct arena *a, int64_t story,
                     struct str wanted, struct str fallback, int64_t now,
                     struct entry_row *out, struct error *err)
{
    bool found;

    if (!store_get_entry(s, a, story, out, &found, err))
        return false;
    if (found)
        return true;
    *out = (struct entry_row){
        .story = story, .first_published = now, .is_new = true};
    return load_lead(s, story, out, err) &&
           choose_atom_id(s, a, story, wanted, fallback, &out->atom_id, err) &&
           insert_entry(s, out, err);
}

bool store_entry(struct store *s, struct arena *a, int64_t story,
                 struct str wanted, struct str fallback, int64_t now,
                 struct entry_row *out, struct error *err)
{
    struct entry_row got = {0};
    struct own own;
    bool ok;

    if (!own_begin(&own, s, err))
        return false;
    ok = entry_of(s, a, story, wanted, fallback, now, &got, err);
    if (!own_end(&own, s, ok, err))
        return false;
    *out = got;
    return true;
}

/* ---- what a topic shows of them ------------------------------------------------- */

static bool get_shown(struct store *s, struct str topic, int64_t story,
                      struct shown *out, bool *found, struct error *err)
{
    static const char sql[] =
        "SELECT content, seen, updated, updated_zone, updated_precision"
        " FROM shown WHERE story = ? AND topic = ?";
    struct query q;

    if (!query_ask(&q, s, sql, VALUES(of_int(story), of_str(topic)), err))
        return false;
    if (!query_next(&q, found, err))
        return false;
    if (*found) {
        out->content = column_hash(&q);
        out->seen = column_hash(&q);
        out->updated = column_when(&q);
    }
    return query_end(&q, err);
}

static bool put_shown(struct store *s, struct str topic, int64_t story,
                      const struct shown *shown, struct error *err)
{
    static const char sql[] =
        "INSERT INTO shown (story, topic, content, seen, updated,"
        " updated_zone, updated_precision) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (story, topic) DO UPDATE SET content = excluded.content,"
        " seen = excluded.seen, updated = excluded.updated, updated_zone ="
        " excluded.updated_zone, updated_precision ="
        " excluded.updated_precision";
    struct query q;

    if (!query_start(&q, s, sql, err))
        return false;
    bind_int(&q, story);
    bind_str(&q, topic);
    bind_hash(&q, shown->content);
    bind_hash(&q, shown->seen);
    bind_when(&q, shown->updated);
    return query_run(&q, err);
}

/* Never back: what is shown now may be older than what was shown before. */
static struct when later(struct when before, struct when item, int64_t now)
{
    struct when is_now = {.unix_seconds = now, .precision = WHEN_SECOND};

    if (item.unix_seconds > before.unix_seconds)
        return item;
    return now > before.unix_seconds ? is_now : before;
}

/* Whether a source changes its entries all the time; such changes are published,
 * but are no news. */
static bool is_churning(struct store *s, int64_t source, bool *out,
                        struct error *err)
{
    static const char sql[] = "SELECT churned FROM source WHERE id = ?";
    int64_t churned = 0;
    struct query q;
    bool has;

    if (!query_ask(&q, s, sql, VALUES(of_int(source)), err))
        return false;
    if (!query_int(&q, &churned, &has, err))
        return false;
    *out = churned >= CHURN_RUNS;
    return true;
}

/* The entry's own is the newest that a topic has. */
static bool raise_entry(struct store *s, int64_t story, struct when updated,
                        struct error *err)
{
    static const char sql[] =
        "UPDATE entry SET updated = ?1, updated_zone = ?2,"
        " updated_precision = ?3 WHERE story = ?4 AND updated < ?1";
    struct query q;

    if (!query_start(&q, s, sql, err))
        return false;
    bind_when(&q, updated);
    bind_int(&q, story);
    return query_run(&q, err);
}

/* An entry that was published without the topic's row, which stores had none of or
 * another topic made, may have been edited since. */
static bool show_first(struct store *s, struct str topic,
                       struct entry_row *entry, struct shown *next,
                       struct error *err)
{
    if (entry->is_new ||
        next->updated.unix_seconds <= entry->updated.unix_seconds) {
        next->updated = entry->updated;
        return put_shown(s, topic, entry->story, next, err);
    }
    entry->updated = next->updated;
    return put_shown(s, topic, entry->story, next, err) &&
           raise_entry(s, entry->story, next->updated, err);
}

static bool shown_of(struct store *s, struct str topic, struct entry_row *entry,
                     const struct shown *now_shown, int64_t now,
                     struct error *err)
{
    struct shown before = {0}, next = *now_shown;
    bool found, is_edited, is_seen, is_no_news;

    if (!get_shown(s, topic, entry->story, &before, &found, err))
        return false;
    if (!found)
        return show_first(s, topic, entry, &next, err);
    next.updated = entry->updated = before.updated;
    is_edited = !hash128_eq(before.content, next.content);
    is_seen = !hash128_eq(before.seen, next.seen);
    /* An edit that is not seen yet may be so by the next one: the row stays. */
    if (!is_seen)
        return true;
    if (!is_edited)
        return put_shown(s, topic, entry->story, &next, err);
    if (!is_churning(s, now_shown->source, &is_no_news, err))
        return false;
    if (!is_no_news)
        next.updated = later(before.updated, now_shown->updated, now);
    entry->updated = next.updated;
    return put_shown(s, topic, entry->story, &next, err) &&
           raise_entry(s, entry->story, next.updated, err);
}

bool store_shown(struct store *s, struct str topic, struct entry_row *entry,
                 const struct shown *shown, int64_t now, struct error *err)
{
    struct entry_row got = *entry;
    struct own own;
    bool ok;

    if (!own_begin(&own, s, err))
        return false;
    ok = shown_of(s, topic, &got, shown, now, err);
    if (!own_end(&own, s, ok, err))
        return false;
    *entry = got;
    return true;
}

/* ---- complaints -------------------------------------------------------------- */

static bool is_told(struct store *s, struct hash128 hash, bool *is,
                    struct error *err)
{
    struct query q;

    return query_ask(&q, s, "SELECT 1 FROM told WHERE hash = ?",
                     VALUES(of_hash(hash)), err) &&
           query_next(&q, is, err) && query_end(&q, err);
}

static bool count_told(struct store *s, int64_t *n, struct error *err)
{
    static const char sql[] = "SELECT count(*) FROM told";
    struct query q;
    bool has;

    return query_start(&q, s, sql, err) && query_int(&q, n, &has, err);
}

static bool replace_told(struct store *s, const struct hash128 *hashes,
                         size_t n, struct error *err)
{
    static const char put[] = "INSERT OR IGNORE INTO told (hash) VALUES (?)";
    struct query q;

    if (!query_start(&q, s, "DELETE FROM told", err) || !query_run(&q, err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!query_do(s, put, VALUES(of_hash(hashes[i])), err))
            return false;
    return true;
}

bool store_told(struct store *s, const struct hash128 *hashes, size_t n,
                bool *is_new, struct error *err)
{
    struct own own;
    int64_t n_told = 0;
    bool differs, ok;

    if (!own_begin(&own, s, err))
        return false;
    ok = count_told(s, &n_told, err);
    differs = n_told != (int64_t)n;
    for (size_t i = 0; i < n && ok; i++) {
        bool is = false;

        ok = is_told(s, hashes[i], &is, err);
        is_new[i] = !is;
        differs |= !is;
    }
    if (ok && differs)
        ok = replace_told(s, hashes, n, err);
    return own_end(&own, s, ok, err);
}

/* ---- topics ---------------------------------------------------------------------- */

static bool put_newest(struct store *s, struct str topic, int64_t newest,
                       struct error *err)
{
    static const char sql[] = "INSERT INTO topic (id, newest) VALUES (?, ?)"
                              " ON CONFLICT (id) DO UPDATE"
                              " SET newest = max(newest, excluded.newest)";

    return query_do(s, sql, VALUES(of_str(topic), of_int(newest)), err);
}

bool store_topic_updated(struct store *s, struct str topic, int64_t seen,
                         int64_t first, int64_t *newest, struct error *err)
{
    static const char sql[] = "SELECT newest FROM topic WHERE id = ?";
    int64_t stored = 0;
    struct query q;
    bool has;

    if (!query_ask(&q, s, sql, VALUES(of_str(topic)), err))
        return false;
    if (!query_int(&q, &stored, &has, err))
        return false;
    if (stored > seen)
        seen = stored;
    if (seen == 0)
        seen = first;
    if ((!has || seen > stored) && !put_newest(s, topic, seen, err))
        return false;
    *newest = seen;
    return true;
}

/* ---- runs -------------------------------------------------------------------------- */

bool store_put_run(struct store *s, const struct run_row *run,
                   struct error *err)
{
    static const char sql[] =
        "INSERT INTO run (started, finished, exit_status, sources, failed,"
        " items_new, items_changed) VALUES (?, ?, ?, ?, ?, ?, ?)";

    return query_do(s, sql,
                    VALUES(of_int(run->started), of_int(run->finished),
                           of_int(run->exit_status), of_int(run->sources),
                           of_int(run->failed), of_int(run->items_new),
                           of_int(run->items_changed)),
                    err);
}

void store_believe(struct store *s, int64_t latest)
{
    s->latest = latest;
}

bool store_run_starts(struct store *s, int64_t *starts, size_t max, size_t *n,
                      struct error *err)
{
    static const char sql[] =
        "SELECT started FROM run ORDER BY id DESC LIMIT ?";
    struct query q;
    bool has = true;

    if (!query_ask(&q, s, sql, VALUES(of_int((int64_t)max)), err))
        return false;
    for (*n = 0; has; *n += has) {
        if (!query_next(&q, &has, err))
            return false;
        if (has)
            starts[*n] = column_int(&q);
    }
    return query_end(&q, err);
}
