/* What topics have published: the entries, and the files made of them. */
#include "store/store_query.h"

#include "base/arena.h"
#include "base/vec.h"
#include "sys/pack.h"
#include "sys/squeeze.h"

/* ---- reading -------------------------------------------------------------- */

#define FACTS                                                                  \
    "atom_id, story, number, position, day, since, published, updated,"        \
    " retracted, withdrawn, hash"
#define TEXTS ", html_bytes, atom_bytes, rss_bytes, texts"

#define KEPT_MAX (INT64_MAX / 4) /* bytes of one text: sums stay in range */

static void read_facts(struct query *q, struct arena *a, struct kept_entry *out)
{
    out->atom_id = column_str(q, a);
    out->story = column_int(q);
    out->number = column_int(q);
    out->position = column_int(q);
    out->day = column_int(q);
    out->since = column_int(q);
    out->published = column_int(q);
    out->updated = column_int(q);
    out->retracted = column_int(q);
    out->withdrawn = column_int(q);
    out->hash = column_hash(q);
}

/* What a question asks for behind the facts. */
enum texts_read { NO_TEXT, ALL_TEXTS, HTML_TEXT, LINE_TEXT };

/* The first SIZE bytes of PACKED, or all; before version 32 they were packed in
 * another form. */
static bool undo(struct squeezer *z, struct arena *a, struct str packed,
                 size_t size, bool is_whole, struct str *out)
{
    if (is_squeezed(packed))
        return is_whole ? unsqueeze(z, a, packed, size, out)
                        : unsqueeze_head(z, a, packed, size, out);
    return is_whole ? pack_undo(a, packed, size, out)
                    : pack_head(a, packed, size, out);
}

static bool unpack(struct squeezer *z, struct arena *a, struct str packed,
                   enum texts_read texts, size_t html, size_t atom, size_t rss,
                   struct kept_entry *out)
{
    struct str all;

    if (texts == HTML_TEXT)
        return undo(z, a, packed, html, false, &out->html);
    if (!undo(z, a, packed, html + atom + rss, true, &all))
        return false;
    out->html = str_slice(all, 0, html);
    out->atom = str_slice(all, html, html + atom);
    out->rss = str_from(all, html + atom);
    return true;
}

static void read_texts(struct query *q, struct arena *a, enum texts_read texts,
                       struct kept_entry *out)
{
    int64_t html = column_int(q), atom = column_int(q), rss = column_int(q);
    struct str packed = column_blob(q);

    if (out->retracted != 0)
        return;
    if (html < 0 || atom < 0 || rss < 0 || html > KEPT_MAX || atom > KEPT_MAX ||
        rss > KEPT_MAX ||
        !unpack(q->s->squeezer, a, packed, texts, (size_t)html, (size_t)atom,
                (size_t)rss, out))
        query_damaged(q);
}

/* Every row of a question that was bound. */
static bool read_all(struct query *q, struct arena *a, enum texts_read texts,
                     struct kept_entries *out, struct error *err)
{
    bool has;

    *out = (struct kept_entries){0};
    while (query_next(q, &has, err)) {
        struct kept_entry *e;

        if (!has)
            return query_end(q, err);
        e = vec_add(a, out);
        read_facts(q, a, e);
        if (texts == LINE_TEXT)
            e->line = column_str(q, a);
        else if (texts != NO_TEXT)
            read_texts(q, a, texts, e);
    }
    return false;
}

/* The same for a question that wants to know the topic alone. */
static bool list_of_topic(struct store *s, struct arena *a, const char *sql,
                          struct str topic, struct kept_entries *out,
                          struct error *err)
{
    struct query q;

    if (!query_ask(&q, s, sql, VALUES(of_str(topic)), err))
        return false;
    return read_all(&q, a, NO_TEXT, out, err);
}

bool store_kept_listed(struct store *s, struct arena *a, struct str topic,
                       struct kept_entries *out, struct error *err)
{
    static const char sql[] = "SELECT " FACTS " FROM kept WHERE topic = ?"
                              " AND number = 0 ORDER BY published, atom_id";

    return list_of_topic(s, a, sql, topic, out, err);
}

bool store_kept_archived(struct store *s, struct arena *a, struct str topic,
                         int64_t number, struct kept_entries *out,
                         struct error *err)
{
    static const char sql[] = "SELECT " FACTS TEXTS " FROM kept"
                              " WHERE topic = ? AND number = ?"
                              " ORDER BY position";
    struct query q;

    if (!query_ask(&q, s, sql, VALUES(of_str(topic), of_int(number)), err))
        return false;
    return read_all(&q, a, ALL_TEXTS, out, err);
}

/* What stands on the page of a day. */
#define ON_PAGE                                                                \
    " WHERE topic = ?1 AND day = ?2 AND retracted = 0 AND withdrawn = 0"

bool store_kept_of_day(struct store *s, struct arena *a, struct str topic,
                       int64_t day, struct kept_entries *out, struct error *err)
{
    static const char sql[] = "SELECT " FACTS TEXTS " FROM kept" ON_PAGE
                              " ORDER BY published DESC, atom_id";
    struct query q;

    if (!query_ask(&q, s, sql, VALUES(of_str(topic), of_int(day)), err))
        return false;
    return read_all(&q, a, HTML_TEXT, out, err);
}

bool store_kept_between(struct store *s, struct str topic, int64_t day,
                        const struct kept_place *from,
                        const struct kept_place *to, int64_t *n,
                        struct error *err)
{
    static const char sql[] =
        "SELECT count(*) FROM kept" ON_PAGE " AND published BETWEEN ?5 AND ?3"
        " AND (published < ?3 OR atom_id > ?4)"
        " AND (published > ?5 OR atom_id < ?6)";
    struct query q;
    bool has;

    return query_ask(&q, s, sql,
                     VALUES(of_str(topic), of_int(day), of_int(from->published),
                            of_str(from->atom_id), of_int(to->published),
                            of_str(to->atom_id)),
                     err) &&
           query_int(&q, n, &has, err);
}

bool store_kept_html(struct store *s, struct arena *a, struct str topic,
                     struct str atom_id, struct str *out, struct error *err)
{
    static const char sql[] =
        "SELECT " FACTS TEXTS " FROM kept WHERE topic = ? AND atom_id = ?";
    struct kept_entries found;
    struct query q;

    if (!query_ask(&q, s, sql, VALUES(of_str(topic), of_str(atom_id)), err))
        return false;
    if (!read_all(&q, a, HTML_TEXT, &found, err))
        return false;
    *out = found.n == 0 ? STR_NONE : found.at[0].html;
    return true;
}

bool store_kept_since(struct store *s, struct arena *a, struct str topic,
                      int64_t from, int64_t until, struct kept_entries *out,
                      struct error *err)
{
    static const char sql[] = "SELECT " FACTS ", line FROM kept"
                              " WHERE topic = ? AND since >= ? AND since < ?"
                              " ORDER BY published DESC, atom_id";
    struct query q;

    if (!query_ask(&q, s, sql,
                   VALUES(of_str(topic), of_int(from), of_int(until)), err))
        return false;
    return read_all(&q, a, LINE_TEXT, out, err);
}

bool store_kept_retracted(struct store *s, struct arena *a, struct str topic,
                          struct kept_entries *out, struct error *err)
{
    static const char sql[] = "SELECT " FACTS " FROM kept WHERE topic = ?"
                              " AND retracted <> 0 ORDER BY id";

    return list_of_topic(s, a, sql, topic, out, err);
}

bool store_kept_withdrawn(struct store *s, struct arena *a, struct str topic,
                          struct kept_entries *out, struct error *err)
{
    static const char sql[] = "SELECT " FACTS " FROM kept WHERE topic = ?"
                              " AND withdrawn <> 0 ORDER BY id";

    return list_of_topic(s, a, sql, topic, out, err);
}

bool store_get_kept(struct store *s, struct arena *a, struct str topic,
                    struct str atom_id, struct kept_entry *out, bool *found,
                    struct error *err)
{
    static const char sql[] =
        "SELECT " FACTS " FROM kept WHERE topic = ? AND atom_id = ?";
    struct query q;

    *out = (struct kept_entry){0};
    if (!query_ask(&q, s, sql, VALUES(of_str(topic), of_str(atom_id)), err))
        return false;
    if (!query_next(&q, found, err))
        return false;
    if (*found)
        read_facts(&q, a, out);
    return query_end(&q, err);
}

bool store_kept_by_url(struct store *s, struct arena *a, struct str topic,
                       struct str url_key, struct kept_entries *out,
                       struct error *err)
{
    static const char sql[] =
        "SELECT " FACTS " FROM kept WHERE topic = ? AND url_key = ?";
    struct query q;

    if (!query_ask(&q, s, sql, VALUES(of_str(topic), of_str(url_key)), err))
        return false;
    return read_all(&q, a, NO_TEXT, out, err);
}

bool store_kept_unkeyed(struct store *s, struct arena *a, struct str topic,
                        int64_t max, struct kept_entries *out,
                        struct error *err)
{
    static const char sql[] = "SELECT " FACTS TEXTS " FROM kept"
                              " WHERE topic = ? AND url_key IS NULL LIMIT ?";
    struct query q;

    if (!query_ask(&q, s, sql, VALUES(of_str(topic), of_int(max)), err))
        return false;
    return read_all(&q, a, ALL_TEXTS, out, err);
}

bool store_is_kept(struct store *s, struct str topic, int64_t story,
                   bool *is_kept, struct error *err)
{
    static const char sql[] =
        "SELECT 1 FROM entry e JOIN kept k ON k.topic = ?1"
        " AND k.atom_id = e.atom_id WHERE e.story = ?2";
    struct query q;
    int64_t one;

    return query_ask(&q, s, sql, VALUES(of_str(topic), of_int(story)), err) &&
           query_int(&q, &one, is_kept, err);
}

bool store_newest_archive(struct store *s, struct str topic, int64_t *number,
                          int64_t *entries, struct error *err)
{
    static const char sql[] =
        "SELECT number, count(*) FROM kept WHERE topic = ?1 AND number ="
        " (SELECT max(number) FROM kept WHERE topic = ?1)";
    struct query q;
    bool has;

    *number = *entries = 0;
    if (!query_ask(&q, s, sql, VALUES(of_str(topic)), err))
        return false;
    if (!query_next(&q, &has, err))
        return false;
    if (has && !column_is_null(&q)) {
        *number = column_int(&q);
        *entries = *number == 0 ? 0 : column_int(&q);
    }
    return query_end(&q, err);
}

/* ---- writing -------------------------------------------------------------- */

struct str store_pack_kept(struct squeezer *z, struct arena *a,
                           const struct kept_entry *entry)
{
    return squeeze(z, a, arena_cat(a, entry->html, entry->atom, entry->rss));
}

bool store_put_kept(struct store *s, struct str topic,
                    const struct kept_entry *entry, struct error *err)
{
    static const char sql[] =
        "INSERT INTO kept (topic, atom_id, story, number, position, day, since,"
        " published, updated, retracted, hash, url_key, line" TEXTS ")"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (topic, atom_id) DO UPDATE SET story = excluded.story,"
        " number = excluded.number, position = excluded.position,"
        " day = excluded.day, published = excluded.published,"
        " updated = excluded.updated, retracted = excluded.retracted,"
        " hash = excluded.hash, url_key = excluded.url_key,"
        " line = excluded.line,"
        " atom_bytes = excluded.atom_bytes, rss_bytes = excluded.rss_bytes,"
        " html_bytes = excluded.html_bytes, texts = excluded.texts";
    struct arena *a = arena_new(0);
    struct str packed = entry->packed.n > 0
                            ? entry->packed
                            : store_pack_kept(s->squeezer, a, entry);
    bool ok;

    ok = query_do(s, sql,
                  VALUES(of_str(topic), of_str(entry->atom_id),
                         of_int(entry->story), of_int(entry->number),
                         of_int(entry->position), of_int(entry->day),
                         of_int(entry->since), of_int(entry->published),
                         of_int(entry->updated), of_int(entry->retracted),
                         of_hash(entry->hash), of_str(entry->url_key),
                         of_str(entry->line), of_int((int64_t)entry->html.n),
                         of_int((int64_t)entry->atom.n),
                         of_int((int64_t)entry->rss.n), of_bytes(packed)),
                  err);
    arena_free(a);
    return ok;
}

bool store_key_kept(struct store *s, struct str topic, struct str atom_id,
                    struct str url_key, struct error *err)
{
    static const char sql[] =
        "UPDATE kept SET url_key = ? WHERE topic = ? AND atom_id = ?";

    return query_do(
        s, sql, VALUES(of_str(url_key), of_str(topic), of_str(atom_id)), err);
}

bool store_archive_kept(struct store *s, struct str topic, struct str atom_id,
                        int64_t number, int64_t position, struct error *err)
{
    static const char sql[] = "UPDATE kept SET number = ?, position = ?"
                              " WHERE topic = ? AND atom_id = ?";

    return query_do(s, sql,
                    VALUES(of_int(number), of_int(position), of_str(topic),
                           of_str(atom_id)),
                    err);
}

bool store_retract_kept(struct store *s, struct str topic, struct str atom_id,
                        int64_t when, struct error *err)
{
    static const char sql[] =
        "UPDATE kept SET retracted = ?, line = '', atom_bytes = 0,"
        " rss_bytes = 0, html_bytes = 0, texts = x''"
        " WHERE topic = ? AND atom_id = ?";

    return query_do(s, sql,
                    VALUES(of_int(when), of_str(topic), of_str(atom_id)), err);
}

bool store_withdraw_kept(struct store *s, struct str topic, struct str atom_id,
                         int64_t when, struct error *err)
{
    static const char sql[] =
        "UPDATE kept SET withdrawn = ? WHERE topic = ? AND atom_id = ?";

    return query_do(s, sql,
                    VALUES(of_int(when), of_str(topic), of_str(atom_id)), err);
}

bool store_drop_kept(struct store *s, struct str topic, struct str atom_id,
                     struct error *err)
{
    static const char sql[] =
        "DELETE FROM kept WHERE topic = ? AND atom_id = ?";

    return query_do(s, sql, VALUES(of_str(topic), of_str(atom_id)), err);
}

/* ---- files ---------------------------------------------------------------- */

bool store_kept_files(struct store *s, struct arena *a, struct str topic,
                      struct kept_files *out, struct error *err)
{
    static const char sql[] =
        "SELECT file, hash FROM kept_file WHERE topic = ? ORDER BY file";
    struct query q;
    bool has;

    *out = (struct kept_files){0};
    if (!query_ask(&q, s, sql, VALUES(of_str(topic)), err))
        return false;
    while (query_next(&q, &has, err)) {
        struct kept_file *f;

        if (!has)
            return query_end(&q, err);
        f = vec_add(a, out);
        f->file = column_str(&q, a);
        f->is_due = column_is_null(&q);
        f->hash = column_hash(&q);
    }
    return false;
}

bool store_put_kept_file(struct store *s, struct str topic,
                         const struct kept_file *file, struct error *err)
{
    static const char sql[] =
        "INSERT INTO kept_file (topic, file, hash) VALUES (?, ?, ?)"
        " ON CONFLICT (topic, file) DO UPDATE SET hash = excluded.hash";
    struct query q;

    if (!query_ask(&q, s, sql, VALUES(of_str(topic), of_str(file->file)), err))
        return false;
    if (file->is_due)
        bind_null(&q);
    else
        bind_hash(&q, file->hash);
    return query_run(&q, err);
}

bool store_drop_kept_file(struct store *s, struct str topic, struct str file,
                          struct error *err)
{
    static const char sql[] =
        "DELETE FROM kept_file WHERE topic = ? AND file = ?";

    return query_do(s, sql, VALUES(of_str(topic), of_str(file)), err);
}
