/*
 * What a rebuilt store cannot find out again, as text: one JSON object a line.
 * Items are written without their bodies, and come back as expired ones: a
 * source that lists one again gives it its body, and it keeps its id and dates
 * (store_keep.c).  What topics have published is written whole, so that archive
 * documents come back byte for byte.
 */
#include "store/store_query.h"

#include "base/arena.h"
#include "base/buf.h"
#include "text/json.h"

#define BLOBS_MAX 2

/* In the order in which rows may refer to each other.  OUT gives a row as a JSON
 * object; IN takes that as ?1, and the hashes named in BLOBS as ?2 and on. */
static const struct {
    struct str name;
    const char *out, *in;
    struct {
        struct str name;
        size_t bytes; /* 0: any number */
    } blobs[BLOBS_MAX];
} tables[] = {
    {STR_INIT("source"),
     "SELECT json_object('table', 'source', 'id', id, 'name', name, 'title',"
     " title, 'home_url', home_url, 'feed_id', feed_id, 'guid_unstable',"
     " guid_unstable) FROM source ORDER BY id",
     "INSERT INTO source (id, name, title, home_url, feed_id, guid_unstable)"
     " VALUES (?1 ->> 'id', ?1 ->> 'name', ?1 ->> 'title', ?1 ->> 'home_url',"
     " ?1 ->> 'feed_id', ?1 ->> 'guid_unstable')",
     {{{0}, 0}}},
    {STR_INIT("story"),
     "SELECT json_object('table', 'story', 'id', id, 'made', made) FROM story"
     " ORDER BY id",
     "INSERT INTO story (id, made) VALUES (?1 ->> 'id', ?1 ->> 'made')",
     {{{0}, 0}}},
    {STR_INIT("item"),
     "SELECT json_object('table', 'item', 'id', id, 'short_id', short_id,"
     " 'title', title, 'url', url, 'guid', guid, 'source', source, 'story',"
     " story, 'is_lead', is_lead, 'why', why, 'first_seen', first_seen,"
     " 'last_seen', last_seen, 'published', published, 'published_zone',"
     " published_zone, 'published_precision', published_precision,"
     " 'date_is_first_seen', date_is_first_seen, 'updated', updated,"
     " 'updated_zone', updated_zone, 'updated_precision', updated_precision,"
     " 'content', hex(content), 'whole', hex(whole), 'letters', letters,"
     " 'is_spam_cut', is_spam_cut, 'language', language, 'site_name',"
     " site_name, 'origin', origin, 'origin_url', origin_url) FROM item"
     " ORDER BY id",
     "INSERT INTO item (id, short_id, title, url, guid, source, story, is_lead,"
     " why, first_seen, last_seen, published, published_zone,"
     " published_precision, date_is_first_seen, updated, updated_zone,"
     " updated_precision, letters, is_spam_cut, language, site_name, origin,"
     " origin_url, content, whole, state) VALUES (?1 ->> 'id', ?1 ->>"
     " 'short_id', ?1 ->> 'title', ?1 ->> 'url', ?1 ->> 'guid', ?1 ->>"
     " 'source', ?1 ->> 'story', ?1 ->> 'is_lead', ?1 ->> 'why', ?1 ->>"
     " 'first_seen', ?1 ->> 'last_seen', ?1 ->> 'published', ?1 ->>"
     " 'published_zone', ?1 ->> 'published_precision', ?1 ->>"
     " 'date_is_first_seen', ?1 ->> 'updated', ?1 ->> 'updated_zone', ?1 ->>"
     " 'updated_precision', ?1 ->> 'letters', ?1 ->> 'is_spam_cut', ?1 ->>"
     " 'language', ?1 ->> 'site_name', ?1 ->> 'origin', ?1 ->> 'origin_url',"
     " ?2, ?3, 'expired')",
     {{STR_INIT("content"), 16}, {STR_INIT("whole"), 16}}},
    {STR_INIT("item_key"),
     "SELECT json_object('table', 'item_key', 'item', item, 'source', source,"
     " 'kind', kind, 'is_shared', is_shared, 'hash', hex(hash)) FROM item_key"
     " ORDER BY item, kind, hash",
     "INSERT INTO item_key (item, source, kind, is_shared, hash) VALUES (?1 ->>"
     " 'item', ?1 ->> 'source', ?1 ->> 'kind', ?1 ->> 'is_shared', ?2)",
     {{STR_INIT("hash"), 16}}},
    {STR_INIT("entry"),
     "SELECT json_object('table', 'entry', 'story', story, 'atom_id', atom_id,"
     " 'first_published', first_published, 'published', published,"
     " 'published_zone', published_zone, 'published_precision',"
     " published_precision, 'updated', updated, 'updated_zone', updated_zone,"
     " 'updated_precision', updated_precision, 'content', hex(content))"
     " FROM entry ORDER BY story",
     "INSERT INTO entry (story, atom_id, first_published, published,"
     " published_zone, published_precision, updated, updated_zone,"
     " updated_precision, content) VALUES (?1 ->> 'story', ?1 ->> 'atom_id',"
     " ?1 ->> 'first_published', ?1 ->> 'published', ?1 ->> 'published_zone',"
     " ?1 ->> 'published_precision', ?1 ->> 'updated', ?1 ->> 'updated_zone',"
     " ?1 ->> 'updated_precision', ?2)",
     {{STR_INIT("content"), 16}}},
    {STR_INIT("moved"),
     "SELECT json_object('table', 'moved', 'item', item, 'home', home, 'was',"
     " was, 'own', own, 'split', split) FROM moved ORDER BY item",
     "INSERT INTO moved (item, home, was, own, split) VALUES (?1 ->> 'item',"
     " ?1 ->> 'home', ?1 ->> 'was', ?1 ->> 'own', ?1 ->> 'split')",
     {{{0}, 0}}},
    {STR_INIT("topic"),
     "SELECT json_object('table', 'topic', 'id', id, 'newest', newest)"
     " FROM topic ORDER BY id",
     "INSERT INTO topic (id, newest) VALUES (?1 ->> 'id', ?1 ->> 'newest')",
     {{{0}, 0}}},
    {STR_INIT("kept"),
     "SELECT json_object('table', 'kept', 'topic', topic, 'atom_id', atom_id,"
     " 'story', story, 'number', number, 'position', position, 'day', day,"
     " 'since', since, 'published', published, 'updated', updated,"
     " 'retracted', retracted, 'withdrawn', withdrawn, 'hash', hex(hash),"
     " 'line', line, 'atom_bytes', atom_bytes, 'rss_bytes', rss_bytes,"
     " 'html_bytes', html_bytes, 'texts', hex(texts)) FROM kept"
     " ORDER BY topic, atom_id",
     "INSERT INTO kept (topic, atom_id, story, number, position, day, since,"
     " published, updated, retracted, withdrawn, line, atom_bytes, rss_bytes,"
     " html_bytes, hash, texts) VALUES (?1 ->> 'topic', ?1 ->> 'atom_id', ?1"
     " ->> 'story', ?1 ->> 'number', ?1 ->> 'position', ?1 ->> 'day', ?1 ->>"
     " 'since', ?1 ->> 'published', ?1 ->> 'updated', ?1 ->> 'retracted', ?1"
     " ->> 'withdrawn', ?1 ->> 'line', ?1 ->> 'atom_bytes', ?1 ->>"
     " 'rss_bytes', ?1 ->> 'html_bytes', ?2, ?3)",
     {{STR_INIT("hash"), 16}, {STR_INIT("texts"), 0}}},
    {STR_INIT("kept_file"),
     "SELECT json_object('table', 'kept_file', 'topic', topic, 'file', file,"
     " 'hash', hex(hash)) FROM kept_file WHERE hash IS NOT NULL"
     " ORDER BY topic, file",
     "INSERT INTO kept_file (topic, file, hash) VALUES (?1 ->> 'topic',"
     " ?1 ->> 'file', ?2)",
     {{STR_INIT("hash"), 16}}},
};

#define N_TABLES (sizeof tables / sizeof tables[0])

static bool export_table(struct store *s, const char *sql, struct buf *out,
                         struct error *err)
{
    struct query q;
    bool has;

    if (!query_start(&q, s, sql, err))
        return false;
    while (query_next(&q, &has, err)) {
        if (!has)
            return query_end(&q, err);
        buf_add_str(out, column_view(&q));
        buf_add_char(out, '\n');
    }
    return false;
}

bool store_export(struct store *s, struct buf *out, struct error *err)
{
    for (size_t i = 0; i < N_TABLES; i++)
        if (!export_table(s, tables[i].out, out, err))
            return false;
    return true;
}

static bool bind_hex(struct query *q, struct arena *a, struct str hex,
                     size_t bytes_wanted)
{
    char *bytes = arena_array(a, hex.n / 2 + 1, 1);
    uint64_t byte;

    for (size_t i = 0; i < hex.n / 2; i++) {
        if (!str_to_u64(str_slice(hex, 2 * i, 2 * i + 2), 16, &byte))
            return false;
        bytes[i] = (char)byte;
    }
    bind_blob(q, str_of(bytes, hex.n / 2));
    return hex.n % 2 == 0 && (bytes_wanted == 0 || hex.n / 2 == bytes_wanted);
}

static bool import_line(struct store *s, struct arena *a, struct str line,
                        struct error *err)
{
    const struct json *row = json_parse(a, line, err);
    struct str name = json_get_str(row, STR("table"));
    bool ok = true;
    struct query q;
    size_t i = 0;

    if (row == NULL)
        return false;
    while (i < N_TABLES && !str_eq(tables[i].name, name))
        i++;
    if (i == N_TABLES)
        return error_set(err, ERR_INPUT, "no line of a state: table \"%.*s\"",
                         STR_ARG(name));
    if (!query_start(&q, s, tables[i].in, err))
        return false;
    bind_str(&q, line);
    for (size_t k = 0; k < BLOBS_MAX && tables[i].blobs[k].name.n > 0; k++)
        ok = bind_hex(&q, a, json_get_str(row, tables[i].blobs[k].name),
                      tables[i].blobs[k].bytes) &&
             ok;
    if (!query_run(&q, err))
        return false;
    return ok || error_set(err, ERR_INPUT, "a hash is no hexadecimal number");
}

static bool is_empty(struct store *s, bool *is, struct error *err)
{
    struct query q;

    if (!query_start(&q, s, "SELECT 1 FROM source LIMIT 1", err))
        return false;
    if (!query_next(&q, is, err))
        return false;
    *is = !*is;
    return query_end(&q, err);
}

bool store_import(struct store *s, struct str text, struct error *err)
{
    struct arena *a = arena_new(0);
    bool ok, is = false;
    struct str line;
    struct own own;
    int n = 0;

    ok = is_empty(s, &is, err);
    if (ok && !is)
        ok = error_set(err, ERR_CONFIG,
                       "the mill has a store already, whose ids and dates a "
                       "state would contradict: move .feedmill/ away, import, "
                       "and refresh (what sources still list comes back with "
                       "its text)");
    ok = ok && own_begin(&own, s, err);
    if (!ok)
        goto done;
    while (ok && str_split(&text, '\n', &line)) {
        arena_reset(a);
        n++;
        if (str_trim(line).n > 0)
            ok = import_line(s, a, line, err);
    }
    if (!ok)
        error_at(err, n, 0);
    ok = own_end(&own, s, ok, err);

done:
    arena_free(a);
    return ok;
}

bool store_story_sources(struct store *s, struct arena *a, int64_t story,
                         int64_t **sources, size_t *n, struct error *err)
{
    struct rowids rows = {0};
    struct query q;

    if (!query_start(&q, s, "SELECT DISTINCT source FROM item WHERE story = ?",
                     err))
        return false;
    bind_int(&q, story);
    if (!query_rowids(&q, a, &rows, err))
        return false;
    *sources = rows.at;
    *n = rows.n;
    return true;
}
