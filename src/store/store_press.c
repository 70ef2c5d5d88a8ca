/*
 * A press stands until something that it shows has changed.  SQLite names each
 * row that a statement writes; one in a table that a press may look at ends it,
 * in the same transaction, so that no crash can leave a note that lies.  Tables
 * are listed when they do not matter: a new one does until somebody has thought
 * about it.  (Tables without rowids are not named to us: keys, sketches of keys,
 * validators, verdicts, what was told.)
 */
#include "store/store_press.h"

#include <string.h>

#include "base/arena.h"
#include "base/vec.h"

/* Never shown; or, like entries and topics, written by the press itself, which
 * shows what it wrote. */
static bool is_beside_the_press(const char *table)
{
    static const char *const names[] = {
        "visit", "entry", "story", "sketch",     "run", "full_text",
        "moved", "host",  "press", "event_list", "kept"};

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

bool press_forget(struct store *s, struct error *err)
{
    static const char sql[] = "DELETE FROM press";
    struct query q;

    if (!s->is_press_over)
        return true;
    if (!query_start(&q, s, sql, err) || !query_run(&q, err))
        return false;
    s->is_press_over = false;
    return true;
}

/* ---- noting, and asking ---------------------------------------------------- */

static bool put_entries(struct store *s, const struct topic_entries *topic,
                        struct error *err)
{
    static const char sql[] =
        "UPDATE topic SET entries = ?1 WHERE id = ?2 AND entries <> ?1";
    struct query q;

    if (!query_start(&q, s, sql, err))
        return false;
    bind_int(&q, topic->entries);
    bind_str(&q, topic->id);
    return query_run(&q, err);
}

static bool put_press(struct store *s, struct hash128 stamp, int64_t now,
                      int64_t until, struct error *err)
{
    static const char sql[] = "INSERT OR REPLACE INTO press (id, stamp, at,"
                              " until) VALUES (1, ?, ?, ?)";
    struct query q;

    if (!query_start(&q, s, sql, err))
        return false;
    bind_hash(&q, stamp);
    bind_int(&q, now);
    bind_int(&q, until);
    return query_run(&q, err);
}

bool store_put_press(struct store *s, struct hash128 stamp, int64_t now,
                     int64_t until, const struct topic_entries *topics,
                     size_t n, struct error *err)
{
    struct own own;
    bool ok;

    if (!own_begin(&own, s, err))
        return false;
    ok = put_press(s, stamp, now, until, err);
    for (size_t i = 0; ok && i < n; i++)
        ok = put_entries(s, &topics[i], err);
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
    if (!query_start(&q, s, sql, err))
        return false;
    bind_hash(&q, stamp);
    bind_int(&q, now);
    return query_int(&q, &one, stands, err);
}

bool store_topic_entries(struct store *s, struct str topic, int64_t *entries,
                         struct error *err)
{
    static const char sql[] = "SELECT entries FROM topic WHERE id = ?";
    struct query q;
    bool found;

    *entries = 0;
    if (!query_start(&q, s, sql, err))
        return false;
    bind_str(&q, topic);
    return query_int(&q, entries, &found, err);
}
