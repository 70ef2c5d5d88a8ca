/*
 * What we publish parses back to what we published: the feeds of the corpus are
 * read, cleaned, written in every format that is a feed, and read again.
 */
#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "clean/clean.h"
#include "decode/decode.h"
#include "publish/entry_parts.h"
#include "publish/publish.h"
#include "unit/feed_unit.h"

#define ITEMS_MAX 12 /* of one feed */

static const char *current; /* the file at hand, for messages */
static size_t compared;

/* ---- reading ---- */

struct reading {
    struct arena *a;
    struct item items[ITEMS_MAX];
    struct str guids[ITEMS_MAX];
    size_t n;
};

static void on_entry(void *ctx, const struct draft *draft)
{
    struct reading *r = ctx;
    struct clean_hints hints = {.url = STR("https://example.org/d/feed.xml")};

    if (r->n == ITEMS_MAX)
        return;
    item_clean(r->a, draft, &hints, &r->items[r->n]);
    r->guids[r->n++] = arena_str(r->a, draft->feed->guid);
}

static bool read_text(struct reading *r, struct arena *a, struct str text)
{
    struct feed_hints hints = {.url = STR("https://example.org/d/feed.xml")};
    struct feed_sink sink = {on_entry, NULL, r};
    struct feed_reader *reader = feed_reader_new(&hints, &sink);
    struct error err;
    bool ok;

    *r = (struct reading){.a = a};
    ok = feed_reader_push(reader, text, &err) &&
         feed_reader_finish(reader, &err);
    feed_reader_free(reader);
    return ok;
}

/* ---- writing ---- */

static void write_items(const struct reading *from, struct arena *a,
                        enum edition_format format, struct buf *out)
{
    struct entry *entries = arena_array(a, from->n + 1, sizeof *entries);
    struct when then = {.unix_seconds = 1731544200, .precision = WHEN_SECOND};
    struct edition edition = {.id = STR("urn:uuid:1"),
                              .topic_id = STR("t"),
                              .title = STR("T"),
                              .author = STR("A"),
                              .language = STR("en"),
                              .base_url = STR("https://example.org/d/"),
                              .updated = then,
                              .entries = entries,
                              .n_entries = from->n};

    for (size_t i = 0; i < from->n; i++) {
        const struct item *item = &from->items[i];

        entries[i].atom_id = arena_printf(a, "urn:uuid:%zu", i);
        entries[i].item = item;
        entries[i].title = item->title;
        entries[i].published =
            when_known(item->published) ? item->published : then;
        entries[i].updated =
            when_known(item->updated) ? item->updated : entries[i].published;
    }
    edition_write(format, &edition, out, NULL);
}

/* ---- comparing ---- */

static void same(const char *what, const char *format, size_t i, struct str was,
                 struct str is)
{
    compared++;
    ck_assert_msg(str_eq(was, is), "%s, %s, item %zu, %s:\n%.*s\nbecame\n%.*s",
                  current, format, i, what, STR_ARG(was), STR_ARG(is));
}

/* A body as it is published: directions are said in the HTML. */
static struct str published_html(struct arena *a, const struct item *item)
{
    struct entry e = {.item = item, .title = item->title};

    if (!entry_is_rtl(&e))
        return item->html;
    return arena_cat(a, STR("<div dir=\"rtl\">"), item->html, STR("</div>"));
}

static void compare(struct arena *arena, const struct reading *was,
                    const struct reading *is, const char *format)
{
    ck_assert_msg(was->n == is->n, "%s, %s: %zu items became %zu", current,
                  format, was->n, is->n);
    for (size_t i = 0; i < was->n; i++) {
        const struct item *a = &was->items[i], *b = &is->items[i];
        char id[32];

        snprintf(id, sizeof id, "urn:uuid:%zu", i);
        same("id", format, i, str_from_c(id), is->guids[i]);
        if (a->title.n > 0)
            same("title", format, i, a->title, b->title);
        if (a->url.n > 0)
            same("url", format, i, a->url, b->url);
        if (a->html.n > 0)
            same("html", format, i, published_html(arena, a), b->html);
        if (when_known(a->published))
            ck_assert_msg(
                a->published.unix_seconds == b->published.unix_seconds,
                "%s, %s, item %zu: published moved", current, format, i);
        if (a->authors.n > 0 && a->authors.at[0].name.n > 0 && b->authors.n > 0)
            same("author", format, i, a->authors.at[0].name,
                 b->authors.at[0].name);
        ck_assert_msg(a->tags.n == b->tags.n, "%s, %s, item %zu: tags", current,
                      format, i);
        for (size_t k = 0; k < a->tags.n && k < b->tags.n; k++)
            same("tag", format, i, a->tags.at[k], b->tags.at[k]);
    }
}

static void check_feed(struct str bytes)
{
    static const struct {
        enum edition_format format;
        const char *name;
    } formats[] = {{FORMAT_ATOM, "Atom"},
                   {FORMAT_RSS, "RSS"},
                   {FORMAT_JSONFEED, "JSON Feed"}};
    struct arena *a = arena_new(0);
    struct decode_hints hints = {.type = STR("application/xml")};
    struct reading was, is;
    struct document doc;
    struct error err;

    if (document_decode(a, bytes, &hints, &doc, &err) &&
        read_text(&was, a, doc.text)) {
        for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
            struct buf out;

            buf_init(&out, BUF_MAX);
            write_items(&was, a, formats[i].format, &out);
            ck_assert(read_text(&is, a, buf_str(&out)));
            compare(a, &was, &is, formats[i].name);
            buf_done(&out);
        }
    }
    arena_free(a);
}

/* ---- walking ---- */

static bool load(const char *path, struct buf *out)
{
    FILE *f = fopen(path, "rb");
    char bytes[8192];
    size_t n;

    if (f == NULL)
        return false;
    while ((n = fread(bytes, 1, sizeof bytes, f)) > 0)
        buf_add(out, bytes, n);
    fclose(f);
    return true;
}

static size_t walk(const char *folder, int depth)
{
    DIR *dir = opendir(folder);
    struct dirent *e;
    size_t n = 0;

    if (dir == NULL)
        return 0;
    while ((e = readdir(dir)) != NULL) {
        char path[1024];
        struct buf bytes;

        if (e->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        if (depth < 8)
            n += walk(path, depth + 1);
        buf_init(&bytes, (size_t)2 << 20);
        if (load(path, &bytes) && bytes.n > 0) {
            current = path;
            check_feed(buf_str(&bytes));
            n++;
        }
        buf_done(&bytes);
    }
    closedir(dir);
    return n;
}

START_TEST(what_we_publish_parses_back_to_what_we_published)
{
    ck_assert_uint_gt(walk(SHARED_DIR "/corpus/feeds/real", 0), 0);
    ck_assert_uint_gt(compared, 1000);
}
END_TEST

static int have_corpus(void)
{
    DIR *dir = opendir(SHARED_DIR "/corpus/feeds/real");

    if (dir == NULL)
        return 0;
    closedir(dir);
    return 1;
}

int main(void)
{
    const TTest *const tests[] = {
        what_we_publish_parses_back_to_what_we_published};

    return have_corpus() ? unit_run(tests, 1) : 77;
}
