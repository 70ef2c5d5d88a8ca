/*
 * Archive documents that a store does not know are its own work, or an earlier
 * one's: what it would have kept of their entries stands in them, byte for byte.
 * A file is cut at the lines that only we write there (all else in it is escaped,
 * and what HTML is let through has no id), and read by our own reader for ids and
 * dates.  A document that another hand has changed, or an older feedmill wrote
 * otherwise, is left alone: it stays as it is, and nothing can be cut out of it.
 *
 * What is not in the files is when the topic published an entry first, and its
 * line in a digest: digests begin anew.
 */
#include "mill/keep_files.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"
#include "mill/output.h"
#include "parse/parse.h"
#include "text/url.h"

#define ROOT                                                                   \
    "<feed xmlns=\"http://www.w3.org/2005/Atom\""                              \
    " xmlns:media=\"http://search.yahoo.com/mrss/\">"

/* An entry as our reader sees it. */
struct seen_entry {
    struct str id, url;
    struct when published, updated;
};
struct seen_entries {
    struct arena *a;
    struct seen_entry *at;
    size_t n, cap;
};

/* A document while it is taken apart. */
struct recovery {
    struct keeping *k;
    struct arena *a;
    int64_t number;
    struct strs atom, rss, stones; /* as they stand in the files */
    struct seen_entries seen, buried;
    struct map by_id; /* the place in rss */
    int64_t day;      /* whose page is at hand */
    struct strs page; /* its articles */
};

/* ---- reading ------------------------------------------------------------- */

static void on_entry(void *ctx, const struct draft *draft)
{
    struct seen_entries *seen = ctx;

    *vec_add(seen->a, seen) = (struct seen_entry){
        .id = arena_str(seen->a, draft->feed->guid),
        .url = arena_str(seen->a, draft->url),
        .published = draft->feed->published,
        .updated = draft->feed->updated,
    };
}

static bool read_entries(struct arena *a, struct str text,
                         struct seen_entries *out)
{
    struct feed_hints hints = {.url = STR_NONE};
    struct feed_sink sink = {on_entry, NULL, out};
    struct feed_reader *reader = feed_reader_new(&hints, &sink);
    struct error err;
    bool ok;

    *out = (struct seen_entries){.a = a};
    ok = feed_reader_push(reader, text, &err) &&
         feed_reader_finish(reader, &err);
    feed_reader_free(reader);
    return ok;
}

static struct str joined(struct arena *a, struct str before,
                         const struct strs *pieces, struct str behind)
{
    struct str all;
    struct buf b;

    buf_init(&b, BUF_MAX);
    buf_add_str(&b, before);
    for (size_t i = 0; i < pieces->n; i++)
        buf_add_str(&b, pieces->at[i]);
    buf_add_str(&b, behind);
    all = buf_keep(&b, a);
    buf_done(&b);
    return all;
}

struct str keep_url_key(struct arena *a, struct str atom)
{
    struct strs one = {.at = &atom, .n = 1};
    struct seen_entries seen;

    if (!read_entries(a, joined(a, STR(ROOT), &one, STR("</feed>")), &seen) ||
        seen.n != 1 || !url_is_http(seen.at[0].url))
        return STR_NONE;
    return url_key(a, seen.at[0].url);
}

/* ---- cutting ------------------------------------------------------------- */

/* The pieces of TEXT that begin with OPEN and end with CLOSE, which both begin
 * with a line feed; that of OPEN belongs to what is before. */
static void cut(struct arena *a, struct str text, struct str open,
                struct str close, struct strs *out)
{
    size_t from, to;

    *out = (struct strs){0};
    for (size_t at = 0; (from = str_find(text, open, at)) != STR_NOT_FOUND;) {
        to = str_find(text, close, from + 1);
        if (to == STR_NOT_FOUND)
            return;
        *vec_add(a, out) = str_slice(text, from + 1, to + close.n);
        at = to + close.n - 1;
    }
}

/* Articles may hold others, which have no id. */
static void cut_articles(struct arena *a, struct str text, struct strs *out)
{
    static const struct str open = STR_INIT("\n<article id="),
                            close = STR_INIT("\n</article>\n");
    size_t from = str_find(text, open, 0), next;

    *out = (struct strs){0};
    for (; from != STR_NOT_FOUND; from = next) {
        struct str piece;
        size_t end = STR_NOT_FOUND, at;

        next = str_find(text, open, from + 1);
        piece = str_slice(text, from + 1,
                          next == STR_NOT_FOUND ? text.n : next + 1);
        for (at = 0; (at = str_find(piece, close, at)) != STR_NOT_FOUND; at++)
            end = at + close.n;
        if (end != STR_NOT_FOUND)
            *vec_add(a, out) = str_slice(piece, 0, end);
    }
}

static struct str between(struct str text, struct str before, struct str behind)
{
    size_t from = str_find(text, before, 0), to;

    if (from == STR_NOT_FOUND)
        return STR_NONE;
    from += before.n;
    to = str_find(text, behind, from);
    return to == STR_NOT_FOUND ? STR_NONE : str_slice(text, from, to);
}

/* How the article of an entry begins: title and address are escaped alike in both
 * formats. */
static struct str heading_of(struct arena *a, struct str atom)
{
    struct str title = between(atom, STR("\n    <title>"), STR("</title>\n"));
    struct str url =
        between(atom, STR("\n    <link rel=\"alternate\" href=\""), STR("\""));

    if (url.n == 0)
        return arena_cat(a, STR("\n<h2>"), title, STR("</h2>\n"));
    return arena_cat(a, STR("\n<h2><a href=\""), url, STR("\">"), title,
                     STR("</a></h2>\n"));
}

/* ---- one document -------------------------------------------------------- */

/* The file as it was published; empty when it is not there as such. */
static struct str published_file(struct recovery *r, struct str name)
{
    struct str text = STR_NONE;
    struct buf b;

    buf_init(&b, OUTPUT_MAX);
    if (output_read(r->k->press, r->k->topic->id, name, &b))
        text = buf_keep(&b, r->a);
    buf_done(&b);
    return text;
}

static struct str html_of(struct recovery *r, int64_t day, struct str atom)
{
    struct str heading = heading_of(r->a, atom);

    if (r->day != day) {
        r->day = day;
        cut_articles(r->a,
                     published_file(r, arena_cat(r->a, keep_day_name(r->a, day),
                                                 STR(".html"))),
                     &r->page);
    }
    for (size_t i = 0; i < r->page.n; i++) {
        size_t at = str_find(r->page.at[i], STR("\n<h2>"), 0);

        if (at != STR_NOT_FOUND &&
            str_starts(str_from(r->page.at[i], at), heading))
            return r->page.at[i];
    }
    return STR_NONE;
}

static bool recover_entry(struct recovery *r, size_t i, struct error *err)
{
    struct keeping *k = r->k;
    const struct seen_entry *seen = &r->seen.at[i];
    struct kept_entry known, e = {.atom_id = seen->id,
                                  .number = r->number,
                                  .published = seen->published.unix_seconds,
                                  .updated = seen->updated.unix_seconds,
                                  .atom = r->atom.at[i]};
    size_t *rss = map_get(&r->by_id, e.atom_id);
    bool found;

    if (!store_get_kept(k->press->store, r->a, k->topic->id, e.atom_id, &known,
                        &found, err))
        return false;
    if (found && known.number > 0)
        return true;
    e.story = found ? known.story : 0;
    e.position = (int64_t)(r->atom.n - 1 - i);
    e.day = mill_day(&k->press->config->mill, seen->published);
    e.url_key = url_is_http(seen->url) ? url_key(r->a, seen->url) : STR_NONE;
    e.rss = rss == NULL ? STR_NONE : r->rss.at[*rss];
    e.html = html_of(r, e.day, e.atom);
    e.hash = keep_hash(&e);
    return store_put_kept(k->press->store, k->topic->id, &e, err);
}

/* A tombstone stands behind all entries in the order of positions. */
static bool recover_stone(struct recovery *r, size_t i, struct error *err)
{
    struct keeping *k = r->k;
    const struct seen_entry *seen = &r->buried.at[i];
    int64_t when = seen->updated.unix_seconds;
    struct kept_entry known, e = {.atom_id = seen->id,
                                  .number = r->number,
                                  .published = when,
                                  .updated = when,
                                  .retracted = when};
    bool found;

    if (!store_get_kept(k->press->store, r->a, k->topic->id, e.atom_id, &known,
                        &found, err))
        return false;
    if (found && known.number > 0)
        return true;
    e.story = found ? known.story : 0;
    e.position = (int64_t)(r->atom.n + r->stones.n - 1 - i);
    e.day = mill_day(&k->press->config->mill, seen->updated);
    e.hash = keep_hash(&e);
    return store_put_kept(k->press->store, k->topic->id, &e, err);
}

/* Tombstones as entries, for our reader knows none. */
static struct str stones_as_entries(struct arena *a, const struct strs *stones)
{
    struct strs entries = {0};

    for (size_t i = 0; i < stones->n; i++)
        *vec_add(a, &entries) =
            arena_cat(a, STR("<entry><id>"),
                      between(stones->at[i], STR(" ref=\""), STR("\"")),
                      STR("</id><updated>"),
                      between(stones->at[i], STR(" when=\""), STR("\"")),
                      STR("</updated></entry>"));
    return joined(a, STR(ROOT), &entries, STR("</feed>"));
}

static bool take_apart(struct recovery *r)
{
    struct arena *a = r->a;
    struct str atom =
        published_file(r, keep_archive_name(a, FORMAT_ATOM, r->number));
    struct str rss =
        published_file(r, keep_archive_name(a, FORMAT_RSS, r->number));
    struct seen_entries in_rss;

    cut(a, atom, STR("\n  <entry"), STR("\n  </entry>\n"), &r->atom);
    cut(a, atom, STR("\n  <at:deleted-entry "), STR("/>\n"), &r->stones);
    cut(a, rss, STR("\n    <item>\n"), STR("\n    </item>\n"), &r->rss);
    if (r->atom.n + r->stones.n == 0 || !read_entries(a, atom, &r->seen) ||
        r->seen.n != r->atom.n ||
        !read_entries(a, stones_as_entries(a, &r->stones), &r->buried) ||
        r->buried.n != r->stones.n)
        return false;
    map_init(&r->by_id, a);
    if (r->rss.n == 0)
        return true;
    if (!read_entries(a, rss, &in_rss) || in_rss.n != r->rss.n)
        return false;
    for (size_t i = 0; i < in_rss.n; i++)
        *map_put(&r->by_id, in_rss.at[i].id, NULL) = i;
    return true;
}

bool keep_recover(struct keeping *k, int64_t number, struct error *err)
{
    struct recovery r = {
        .k = k, .a = arena_new(0), .number = number, .day = INT64_MIN};
    bool ok = true;

    if (take_apart(&r)) {
        for (size_t i = 0; i < r.seen.n && ok; i++)
            ok = recover_entry(&r, i, err);
        for (size_t i = 0; i < r.buried.n && ok; i++)
            ok = recover_stone(&r, i, err);
    }
    arena_free(r.a);
    return ok;
}
