/*
 * A press stands until something that it shows has changed.  What is written to
 * items, bodies and sources is noted story by story and source by source, by
 * triggers (schema/018; new items by press_note_story), so that a press makes only what is touched.  Of all
 * other tables SQLite names each row that a statement writes; one in a table
 * that a press may look at ends it for all topics.  Both in the transaction that
 * writes, so that no crash can leave a note that lies.  Tables are listed when
 * they do not matter: a new one does until somebody has thought about it.
 * (Tables without rowids are not named to us: keys, validators, verdicts,
 * what was told.)
 */
#include "store/store_press.h"

#include <string.h>

#include "base/arena.h"
#include "base/vec.h"

/* Noted by triggers; or never shown; or, like entries and topics, written by the
 * press itself, which shows what it wrote. */
static bool is_beside_the_press(const char *table)
{
    static const char *const names[] = {
        "item",   "body",     "source",    "unpressed",   "unpressed_source",
        "visit",  "entry",    "story",     "sketch",      "run",
        "moved",  "host",     "press",     "full_text",   "term_run",
        "kept",   "near_run", "near_page", "near_filter", "near_stale",
        "listed", "pressed",  "term_page", "term_filter"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(table, names[i]) == 0)
            return true;
    return false;
}

static void on_change(void *arg, int what, const char *database,
                      const char *table, sqlite3_int64 rowid)
{
    struct store *s = arg;

    (void)what;
    (void)database;
    (void)rowid;
    if (!s->is_press_over && !is_beside_the_press(table))
        s->is_press_over = true;
}

void press_watch(struct store *s)
{
    sqlite3_update_hook(s->db, on_change, s);
}

void press_end(struct store *s)
{
    s->is_press_over = true;
}

bool press_forget(struct store *s, struct error *err)
{
    static const char sql[] = "DELETE FROM press";
    struct query q;

    if (!s->is_press_over)
        return true;
    if (!query_start(&q, s, sql, err) || !query_run(&q, err))
        return false;
    s->is_press_over = false;
    s->press_known = PRESS_UNKNOWN;
    return true;
}

/* Before anything was pressed there is nothing to note.  When the last press is
 * over all is made anew, but archives take only what is new; asked once a
 * transaction. */
static bool is_story_noted(struct store *s, bool *is, struct error *err)
{
    static const char sql[] = "SELECT 1 FROM press UNION ALL"
                              " SELECT 1 FROM kept LIMIT 1";
    int64_t one;
    struct query q;

    if (s->press_known == PRESS_UNKNOWN) {
        if (!query_start(&q, s, sql, err) || !query_int(&q, &one, is, err))
            return false;
        s->press_known = *is ? PRESS_IS : PRESS_IS_NOT;
    }
    *is = s->press_known == PRESS_IS;
    return true;
}

/* No trigger does this: a statement that sets one off has SQLite keep a copy of each
 * page that it writes, and a first fetch is mostly new items. */
bool press_note_story(struct store *s, int64_t story, struct error *err)
{
    static const char sql[] = "INSERT OR IGNORE INTO unpressed (story)"
                              " VALUES (?1)";
    bool is_noted;

    return is_story_noted(s, &is_noted, err) &&
           (!is_noted || query_do(s, sql, VALUES(of_int(story)), err));
}

/* ---- noting, and asking ---------------------------------------------------- */

static bool put_topic(struct store *s, const struct topic_press *topic,
                      struct error *err)
{
    static const char sql[] =
        "UPDATE topic SET entries = ?1, until = ?2"
        " WHERE id = ?3 AND (entries, until) IS NOT (?1, ?2)";

    return query_do(
        s, sql,
        VALUES(of_int(topic->entries), of_int(topic->until), of_str(topic->id)),
        err);
}

static bool forget_unpressed(struct store *s, struct error *err)
{
    static const char stories[] = "DELETE FROM unpressed";
    static const char sources[] = "DELETE FROM unpressed_source";
    struct query q;

    return query_start(&q, s, stories, err) && query_run(&q, err) &&
           query_start(&q, s, sources, err) && query_run(&q, err);
}

static bool put_press(struct store *s, struct hash128 stamp, int64_t now,
                      int64_t until, struct error *err)
{
    static const char sql[] = "INSERT OR REPLACE INTO press (id, stamp, at,"
                              " until) VALUES (1, ?, ?, ?)";

    s->press_known = PRESS_UNKNOWN;
    return query_do(s, sql, VALUES(of_hash(stamp), of_int(now), of_int(until)),
                    err);
}

bool store_put_press(struct store *s, struct hash128 stamp, int64_t now,
                     int64_t until, const struct topic_press *topics, size_t n,
                     struct error *err)
{
    struct own own;
    bool ok;

    if (!own_begin(&own, s, err))
        return false;
    ok = put_press(s, stamp, now, until, err) && forget_unpressed(s, err);
    for (size_t i = 0; ok && i < n; i++)
        ok = put_topic(s, &topics[i], err);
    return own_end(&own, s, ok, err);
}

bool store_press_stands(struct store *s, struct hash128 stamp, int64_t now,
                        bool *stands, struct error *err)
{
    static const char sql[] =
        "SELECT 1 FROM press WHERE stamp = ?1 AND at <= ?2 AND until > ?2";
    int64_t one;
    struct query q;

    if (s->is_press_over) {
        *stands = false;
        return true;
    }
    return query_ask(&q, s, sql, VALUES(of_hash(stamp), of_int(now)), err) &&
           query_int(&q, &one, stands, err);
}

/* CROSS: without statistics SQLite may take all items first, and look each up
 * among the few stories. */
bool store_unpressed(struct store *s, struct arena *a, struct rowids *sources,
                     struct error *err)
{
    static const char sql[] = "SELECT i.source FROM unpressed u CROSS JOIN "
                              "item i ON i.story = u.story"
                              " UNION SELECT source FROM unpressed_source";
    struct query q;

    *sources = (struct rowids){0};
    return query_start(&q, s, sql, err) && query_rowids(&q, a, sources, err);
}

bool store_touched(struct store *s, struct arena *a, struct rowids *stories,
                   struct rowids *sources, struct error *err)
{
    static const char touched[] = "SELECT story FROM unpressed ORDER BY story";
    static const char shown[] =
        "SELECT source FROM unpressed_source ORDER BY source";
    struct query q;

    *stories = *sources = (struct rowids){0};
    return query_start(&q, s, touched, err) &&
           query_rowids(&q, a, stories, err) &&
           query_start(&q, s, shown, err) && query_rowids(&q, a, sources, err);
}

bool store_pressed(struct store *s, struct arena *a, struct str topic,
                   struct str *stories, struct error *err)
{
    static const char sql[] = "SELECT stories FROM pressed WHERE topic = ?";
    struct query q;
    bool found;

    *stories = STR_NONE;
    if (!query_ask(&q, s, sql, VALUES(of_str(topic)), err))
        return false;
    if (!query_next(&q, &found, err))
        return false;
    if (found)
        *stories = column_bytes(&q, a);
    return query_end(&q, err);
}

bool store_put_pressed(struct store *s, struct str topic, struct str stories,
                       struct error *err)
{
    static const char sql[] =
        "INSERT INTO pressed (topic, stories) VALUES (?, ?)"
        " ON CONFLICT (topic) DO UPDATE SET stories = excluded.stories";

    return query_do(s, sql, VALUES(of_str(topic), of_bytes(stories)), err);
}

bool store_topic_press(struct store *s, struct str topic,
                       struct topic_press *out, struct error *err)
{
    static const char sql[] = "SELECT entries, until FROM topic WHERE id = ?";
    struct query q;
    bool found;

    *out = (struct topic_press){0};
    if (!query_ask(&q, s, sql, VALUES(of_str(topic)), err))
        return false;
    if (!query_next(&q, &found, err))
        return false;
    if (found) {
        out->entries = column_int(&q);
        out->until = column_int(&q);
    }
    return query_end(&q, err);
}
