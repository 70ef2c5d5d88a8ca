/*
 * What a rebuilt store cannot find out again, as text: one JSON object a line.
 * Items are written without their bodies, and come back as expired ones: a
 * source that lists one again gives it its body, and it keeps its id and dates
 * (store_keep.c).  Their sketches come along, or a copy that is stored before its
 * original has its body again would become a second entry.  What topics have published is written whole, so that archive
 * documents come back byte for byte.
 */
#include "store/store_query.h"

#include "base/arena.h"
#include "base/buf.h"
#include "text/json.h"

/* In the order in which rows may refer to each other. */
static const char *const tables[] = {
    "SELECT json_object('table', 'source', 'id', id, 'name', name, 'title',"
    " title, 'home_url', home_url, 'feed_id', feed_id, 'guid_unstable',"
    " guid_unstable, 'moved_to', moved_to, 'address', address) FROM source"
    " ORDER BY id",
    "SELECT json_object('table', 'story', 'id', id, 'made', made) FROM story"
    " ORDER BY id",
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
    "SELECT json_object('table', 'item_key', 'item', item, 'source', source,"
    " 'kind', kind, 'is_shared', is_shared, 'hash', hex(hash)) FROM item_key"
    " ORDER BY item, kind, hash",
    "SELECT json_object('table', 'sketch', 'item', item, 'shingles', shingles,"
    " 'is_digest', is_digest, 'hashes', hex(hashes), 'event', hex(event))"
    " FROM sketch ORDER BY item",
    "SELECT json_object('table', 'entry', 'story', story, 'atom_id', atom_id,"
    " 'first_published', first_published, 'published', published,"
    " 'published_zone', published_zone, 'published_precision',"
    " published_precision, 'updated', updated, 'updated_zone', updated_zone,"
    " 'updated_precision', updated_precision) FROM entry ORDER BY story",
    "SELECT json_object('table', 'shown', 'story', story, 'topic', topic,"
    " 'updated', updated, 'updated_zone', updated_zone, 'updated_precision',"
    " updated_precision, 'content', hex(content), 'seen', hex(seen))"
    " FROM shown ORDER BY story, topic",
    "SELECT json_object('table', 'moved', 'item', item, 'home', home, 'was',"
    " was, 'own', own, 'split', split) FROM moved ORDER BY item",
    "SELECT json_object('table', 'topic', 'id', id, 'newest', newest)"
    " FROM topic ORDER BY id",
    "SELECT json_object('table', 'kept', 'topic', topic, 'atom_id', atom_id,"
    " 'story', story, 'number', number, 'position', position, 'day', day,"
    " 'since', since, 'published', published, 'updated', updated,"
    " 'retracted', retracted, 'withdrawn', withdrawn, 'hash', hex(hash),"
    " 'line', line, 'atom_bytes', atom_bytes, 'rss_bytes', rss_bytes,"
    " 'html_bytes', html_bytes, 'texts', hex(texts)) FROM kept"
    " ORDER BY topic, atom_id",
    "SELECT json_object('table', 'kept_file', 'topic', topic, 'file', file,"
    " 'hash', hex(hash)) FROM kept_file WHERE hash IS NOT NULL"
    " ORDER BY topic, file",
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
        if (!export_table(s, tables[i], out, err))
            return false;
    return true;
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
