/*
 * A state that was written as text (store_state.c) is brought into a store: into
 * an empty one, or into one that has gone on meanwhile.  Nothing that the store
 * knows is written over: what the state says otherwise is told.
 *
 * The lines are gone through twice.  First each source, item and story of the
 * state finds its like in the store: a source by its name, an item by its short
 * id, guid or address, a story by its entry's atom:id, else by its items.  What
 * finds none gets a row number of its own, the one it had if that is free.  Then
 * the rows are written, as far as the store has none.
 *
 * An item that is new here comes back as an expired one, without its body.
 * Archive documents that the store has made are not added to, since readers may
 * have them.
 */
#include "store/store_item.h"
#include "store/store_press.h"
#include "store/store_query.h"

#include "base/arena.h"
#include "base/vec.h"
#include "text/json.h"

#define BLOBS_MAX 2
#define LEARN_MAX 2
#define TOLD_MAX  100 /* contradictions that are told one by one */

/* What the state's row numbers are here. */
static const char *const begin[] = {
    "CREATE TEMP TABLE state_source (was INTEGER PRIMARY KEY, now INTEGER NOT"
    " NULL) STRICT, WITHOUT ROWID",
    "CREATE TEMP TABLE state_story (was INTEGER PRIMARY KEY, made INTEGER NOT"
    " NULL, now INTEGER, is_known INTEGER NOT NULL DEFAULT 0) STRICT,"
    " WITHOUT ROWID",
    "CREATE TEMP TABLE state_item (was INTEGER PRIMARY KEY, source INTEGER NOT"
    " NULL, story INTEGER NOT NULL, now INTEGER, is_known INTEGER NOT NULL"
    " DEFAULT 0) STRICT, WITHOUT ROWID",
    "CREATE INDEX temp.state_item_story ON state_item (story)",
    "CREATE TEMP TABLE state_archive (topic TEXT, number INTEGER, is_told"
    " INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (topic, number)) STRICT,"
    " WITHOUT ROWID",
    /* What the store has before: number 0 is the subscription document. */
    "INSERT INTO state_archive (topic, number) SELECT DISTINCT topic, number"
    " FROM kept",
    "CREATE TEMP TABLE state_before AS SELECT coalesce(max(id), 0) AS kept"
    " FROM kept",
};

static const char *const between[] = {
    "UPDATE state_item SET is_known = now IS NOT NULL",
    "UPDATE state_story SET now = (SELECT min(i.story) FROM state_item t JOIN"
    " item i ON i.id = t.now WHERE t.story = state_story.was) WHERE now IS "
    "NULL",
    "UPDATE state_story SET is_known = now IS NOT NULL",
    "UPDATE state_story SET now = was WHERE now IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM story WHERE id = was)",
    "UPDATE state_story SET now = was + (SELECT max(m) FROM (SELECT max(id) AS"
    " m FROM story UNION ALL SELECT max(was) FROM state_story))"
    " WHERE now IS NULL",
    "UPDATE state_item SET now = was WHERE now IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM item WHERE id = was)",
    "UPDATE state_item SET now = was + (SELECT max(m) FROM (SELECT max(id) AS"
    " m FROM item UNION ALL SELECT max(was) FROM state_item))"
    " WHERE now IS NULL",
    "INSERT INTO story (id, made) SELECT now, made FROM state_story"
    " WHERE NOT is_known",
};

static const char *const end[] = {
    /* Days may have entries more, and other neighbours. */
    "UPDATE kept_file SET hash = NULL WHERE file GLOB"
    " '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].html'"
    " AND topic IN (SELECT topic FROM state_archive) AND topic IN"
    " (SELECT topic FROM kept WHERE id > (SELECT kept FROM state_before))",
    "DROP TABLE temp.state_before",
    "DROP TABLE temp.state_archive",
    "DROP TABLE temp.state_item",
    "DROP TABLE temp.state_story",
    "DROP TABLE temp.state_source",
};

/*
 * A kind of line.  ?1 is the line, ?2 and ?3 are its BLOBS.  LEARN is done in the
 * first walk, CONFLICT and TAKE in the second.  CONFLICT gives what the store has
 * otherwise, in words.
 */
struct line_kind {
    struct str name;
    const char *learn[LEARN_MAX];
    const char *conflict, *take;
    struct {
        struct str name;
        size_t bytes; /* 0: any number */
    } blobs[BLOBS_MAX];
};

static const struct line_kind kinds[] = {
    {.name = STR_INIT("source"),
     .learn =
         {"INSERT INTO source (id, name, title, home_url, feed_id,"
          " guid_unstable, moved_to, address) SELECT iif(EXISTS (SELECT 1 FROM"
          " source WHERE id = ?1 ->> 'id'), NULL, ?1 ->> 'id'), ?1 ->> 'name',"
          " ?1 ->> 'title', ?1 ->> 'home_url', ?1 ->> 'feed_id', ?1 ->>"
          " 'guid_unstable', coalesce(?1 ->> 'moved_to', ''),"
          " coalesce(?1 ->> 'address', '')"
          " WHERE NOT EXISTS (SELECT 1 FROM source WHERE name = ?1 ->> 'name')",
          "INSERT INTO state_source (was, now) VALUES (?1 ->> 'id',"
          " (SELECT id FROM source WHERE name = ?1 ->> 'name'))"}},
    {.name = STR_INIT("story"),
     .learn = {"INSERT INTO state_story (was, made) VALUES (?1 ->> 'id',"
               " ?1 ->> 'made')"}},
    {.name = STR_INIT("item"),
     .learn = {"INSERT INTO state_item (was, source, story, now) VALUES"
               " (?1 ->> 'id',"
               " (SELECT now FROM state_source WHERE was = ?1 ->> 'source'),"
               " (SELECT was FROM state_story WHERE was = ?1 ->> 'story'),"
               " (SELECT id FROM item WHERE short_id = ?1 ->> 'short_id'))"},
     .take =
         "INSERT INTO item (id, source, story, is_lead, short_id, title, url,"
         " guid, why, first_seen, last_seen, published, published_zone,"
         " published_precision, date_is_first_seen, updated, updated_zone,"
         " updated_precision, letters, is_spam_cut, language, site_name,"
         " origin, origin_url, content, whole, state) SELECT t.now, t.source,"
         " s.now, iif(EXISTS (SELECT 1 FROM item WHERE story = s.now AND"
         " is_lead), 0, ?1 ->> 'is_lead'), ?1 ->> 'short_id', ?1"
         " ->> 'title', ?1 ->> 'url', ?1 ->> 'guid', ?1 ->> 'why', ?1 ->>"
         " 'first_seen', ?1 ->> 'last_seen', ?1 ->> 'published', ?1 ->>"
         " 'published_zone', ?1 ->> 'published_precision', ?1 ->>"
         " 'date_is_first_seen', ?1 ->> 'updated', ?1 ->> 'updated_zone', ?1"
         " ->> 'updated_precision', ?1 ->> 'letters', ?1 ->> 'is_spam_cut', ?1"
         " ->> 'language', ?1 ->> 'site_name', ?1 ->> 'origin', ?1 ->>"
         " 'origin_url', ?2, ?3, 'expired'"
         " FROM state_item t JOIN state_story s ON s.was = t.story"
         " WHERE t.was = ?1 ->> 'id' AND NOT t.is_known",
     .blobs = {{STR_INIT("content"), 16}, {STR_INIT("whole"), 16}}},
    {.name = STR_INIT("item_key"),
     .learn = {"UPDATE state_item SET now = (SELECT k.item FROM item_key k"
               " WHERE k.hash = ?2 AND k.source = state_item.source"
               " AND NOT k.is_shared)"
               " WHERE was = ?1 ->> 'item' AND now IS NULL AND ?1 ->> 'kind'"
               " IN ('guid', 'url') AND NOT ?1 ->> 'is_shared'"},
     .take =
         "INSERT OR IGNORE INTO item_key (item, source, kind, is_shared, hash)"
         " SELECT now, source, ?1 ->> 'kind', ?1 ->> 'is_shared', ?2"
         " FROM state_item WHERE was = ?1 ->> 'item' AND NOT is_known",
     .blobs = {{STR_INIT("hash"), 16}}},
    {.name = STR_INIT("sketch"),
     .take = "INSERT OR IGNORE INTO sketch (item, shingles, is_digest, hashes,"
             " event) SELECT now, ?1 ->> 'shingles', ?1 ->> 'is_digest', ?2, ?3"
             " FROM state_item WHERE was = ?1 ->> 'item' AND NOT is_known",
     .blobs = {{STR_INIT("hashes"), 0}, {STR_INIT("event"), 0}}},
    {.name = STR_INIT("entry"),
     .learn = {"UPDATE state_story SET now = (SELECT story FROM entry WHERE"
               " atom_id = ?1 ->> 'atom_id') WHERE was = ?1 ->> 'story'"},
     .conflict =
         "SELECT format('entry %s of %s stays; the state has it as %s of %s',"
         " e.atom_id, date(e.published, 'unixepoch'), ?1 ->> 'atom_id',"
         " date(?1 ->> 'published', 'unixepoch'))"
         " FROM state_story s JOIN entry e ON e.story = s.now WHERE s.was ="
         " ?1 ->> 'story' AND (e.atom_id <> ?1 ->> 'atom_id'"
         " OR e.published <> ?1 ->> 'published')",
     .take =
         "INSERT OR IGNORE INTO entry (story, atom_id, first_published,"
         " published, published_zone, published_precision, updated,"
         " updated_zone, updated_precision) SELECT now, ?1 ->>"
         " 'atom_id', ?1 ->> 'first_published', ?1 ->> 'published', ?1 ->>"
         " 'published_zone', ?1 ->> 'published_precision', ?1 ->> 'updated',"
         " ?1 ->> 'updated_zone', ?1 ->> 'updated_precision'"
         " FROM state_story WHERE was = ?1 ->> 'story'"},
    {.name = STR_INIT("shown"),
     .take =
         "INSERT OR IGNORE INTO shown (story, topic, updated, updated_zone,"
         " updated_precision, content, seen) SELECT now, ?1 ->> 'topic', ?1"
         " ->> 'updated', ?1 ->> 'updated_zone', ?1 ->> 'updated_precision',"
         " ?2, ?3 FROM state_story WHERE was = ?1 ->> 'story'",
     .blobs = {{STR_INIT("content"), 16}, {STR_INIT("seen"), 16}}},
    {.name = STR_INIT("moved"),
     .take =
         "INSERT OR IGNORE INTO moved (item, home, was, own, split)"
         " SELECT t.now, h.now, ?1 ->> 'was', coalesce((SELECT now FROM"
         " state_story WHERE was = ?1 ->> 'own'), 0), coalesce((SELECT now FROM"
         " state_item WHERE was = ?1 ->> 'split'), 0)"
         " FROM state_item t, state_story h"
         " WHERE t.was = ?1 ->> 'item' AND h.was = ?1 ->> 'home'"
         " AND NOT t.is_known"},
    {.name = STR_INIT("topic"),
     .take = "INSERT INTO topic (id, newest) VALUES (?1 ->> 'id', ?1 ->>"
             " 'newest') ON CONFLICT (id) DO UPDATE SET newest ="
             " max(newest, excluded.newest)"},
    {.name = STR_INIT("kept"),
     .conflict =
         "UPDATE state_archive SET is_told = 1 WHERE topic = ?1 ->> 'topic'"
         " AND number = ?1 ->> 'number' AND number > 0 AND NOT is_told"
         " AND NOT EXISTS (SELECT 1 FROM kept k WHERE k.topic = ?1 ->> 'topic'"
         " AND k.atom_id = ?1 ->> 'atom_id' AND k.number = ?1 ->> 'number')"
         " RETURNING format('topic %s: archive document %d stays; the state has"
         " other entries in it', topic, number)",
     .take =
         "INSERT OR IGNORE INTO kept (topic, atom_id, story, number, position,"
         " day, since, published, updated, retracted, withdrawn, line,"
         " atom_bytes, rss_bytes, html_bytes, hash, texts) SELECT ?1 ->>"
         " 'topic', ?1 ->> 'atom_id', coalesce((SELECT now FROM state_story"
         " WHERE was = ?1 ->> 'story'), 0), ?1 ->> 'number', ?1 ->> 'position',"
         " ?1 ->> 'day', ?1 ->> 'since', ?1 ->> 'published', ?1 ->> 'updated',"
         " ?1 ->> 'retracted', ?1 ->> 'withdrawn', ?1 ->> 'line', ?1 ->>"
         " 'atom_bytes', ?1 ->> 'rss_bytes', ?1 ->> 'html_bytes', ?2, ?3"
         " WHERE ?1 ->> 'number' = 0 OR NOT EXISTS (SELECT 1 FROM state_archive"
         " WHERE topic = ?1 ->> 'topic' AND number = ?1 ->> 'number')",
     .blobs = {{STR_INIT("hash"), 16}, {STR_INIT("texts"), 0}}},
    {.name = STR_INIT("kept_file"),
     .take = "INSERT OR IGNORE INTO kept_file (topic, file, hash) VALUES"
             " (?1 ->> 'topic', ?1 ->> 'file', ?2)",
     .blobs = {{STR_INIT("hash"), 16}}},
};

#define N_KINDS (sizeof kinds / sizeof kinds[0])

/* The line at hand. */
struct line {
    const struct line_kind *kind;
    struct str text;
    struct str blobs[BLOBS_MAX];
};

struct merging {
    struct store *s;
    struct arena *a; /* of the line */
    struct import_report *report;
    struct arena *report_a;
    bool is_second;
};

static bool read_hex(struct arena *a, struct str hex, size_t bytes,
                     struct str *out)
{
    char *p = arena_array(a, hex.n / 2 + 1, 1);
    uint64_t byte;

    if (hex.n % 2 != 0 || (bytes != 0 && hex.n != 2 * bytes))
        return false;
    for (size_t i = 0; i < hex.n / 2; i++) {
        if (!str_to_u64(str_slice(hex, 2 * i, 2 * i + 2), 16, &byte))
            return false;
        p[i] = (char)byte;
    }
    *out = str_of(p, hex.n / 2);
    return true;
}

static bool read_line(struct arena *a, struct str text, struct line *out,
                      struct error *err)
{
    const struct json *row = json_parse(a, text, err);
    struct str name = json_get_str(row, STR("table"));
    size_t i = 0;

    if (row == NULL)
        return false;
    while (i < N_KINDS && !str_eq(kinds[i].name, name))
        i++;
    if (i == N_KINDS)
        return error_set(err, ERR_INPUT, "no line of a state: table \"%.*s\"",
                         STR_ARG(name));
    *out = (struct line){.kind = &kinds[i], .text = text};
    for (size_t k = 0; k < BLOBS_MAX && kinds[i].blobs[k].name.n > 0; k++)
        if (!read_hex(a, json_get_str(row, kinds[i].blobs[k].name),
                      kinds[i].blobs[k].bytes, &out->blobs[k]))
            return error_set(err, ERR_INPUT, "%.*s is no hexadecimal number",
                             STR_ARG(kinds[i].blobs[k].name));
    return true;
}

static bool start_on(struct query *q, struct store *s, const char *sql,
                     const struct line *line, struct error *err)
{
    int n;

    if (!query_start(q, s, sql, err))
        return false;
    n = sqlite3_bind_parameter_count(q->stmt);
    bind_str(q, line->text);
    for (int i = 1; i < n; i++)
        bind_bytes(q, line->blobs[i - 1]);
    return true;
}

/* Rows that a line makes must fit those before it. */
static bool run_on(struct store *s, const char *sql, const struct line *line,
                   struct error *err)
{
    struct query q;
    int code;

    if (!start_on(&q, s, sql, line, err))
        return false;
    if (query_run(&q, err))
        return true;
    code = sqlite3_errcode(s->db) & 0xFF;
    if (code == SQLITE_CONSTRAINT || code == SQLITE_MISMATCH)
        error_set(err, ERR_INPUT,
                  "a member of it is missing or of another type, "
                  "or names what no line before it does");
    return false;
}

static bool tell_conflict(struct merging *m, const struct line *line,
                          struct error *err)
{
    struct query q;
    bool has;

    if (!start_on(&q, m->s, line->kind->conflict, line, err))
        return false;
    while (query_next(&q, &has, err)) {
        if (!has)
            return query_end(&q, err);
        if (m->report->conflicts.n < TOLD_MAX)
            *vec_add(m->report_a, &m->report->conflicts) =
                column_str(&q, m->report_a);
        m->report->n_conflicts++;
    }
    return false;
}

static bool take(struct merging *m, const struct line *line, struct error *err)
{
    int64_t *count = str_eq(line->kind->name, STR("item")) ? &m->report->n_new
                                                           : &(int64_t){0};

    if (line->kind->conflict != NULL && !tell_conflict(m, line, err))
        return false;
    if (line->kind->take == NULL)
        return true;
    if (!run_on(m->s, line->kind->take, line, err))
        return false;
    *count += store_changes(m->s);
    return true;
}

static bool do_line(struct merging *m, struct str text, struct error *err)
{
    struct line line;

    arena_reset(m->a);
    if (str_trim(text).n == 0)
        return true;
    if (!read_line(m->a, text, &line, err))
        return false;
    if (m->is_second)
        return take(m, &line, err);
    m->report->n_items += str_eq(line.kind->name, STR("item"));
    for (size_t i = 0; i < LEARN_MAX && line.kind->learn[i] != NULL; i++)
        if (!run_on(m->s, line.kind->learn[i], &line, err))
            return false;
    return true;
}

static bool walk(struct merging *m, struct str text, struct error *err)
{
    struct str line;

    for (int n = 1; str_split(&text, '\n', &line); n++) {
        if (!do_line(m, line, err)) {
            error_at(err, n, 0);
            return false;
        }
    }
    return true;
}

static bool run_all(struct store *s, const char *const *sql, size_t n,
                    struct error *err)
{
    for (size_t i = 0; i < n; i++) {
        struct query q;

        if (!query_start(&q, s, sql[i], err) || !query_run(&q, err))
            return false;
    }
    return true;
}

#define N_OF(list) (sizeof(list) / sizeof(list)[0])

static bool merge(struct merging *m, struct str text, struct error *err)
{
    if (!run_all(m->s, begin, N_OF(begin), err) || !walk(m, text, err) ||
        !run_all(m->s, between, N_OF(between), err))
        return false;
    m->is_second = true;
    return walk(m, text, err) && near_fill(m->s, true, err) &&
           run_all(m->s, end, N_OF(end), err);
}

bool store_import(struct store *s, struct arena *a, struct str text,
                  struct import_report *out, struct error *err)
{
    struct merging m = {.s = s, .report = out, .report_a = a};
    struct own own;
    bool ok;

    *out = (struct import_report){0};
    if (!own_begin(&own, s, err))
        return false;
    m.a = arena_new(0);
    press_end(s); /* entries, and what was published, come in */
    ok = own_end(&own, s, merge(&m, text, err), err);
    arena_free(m.a);
    return ok;
}
