/*
 * Lists of feeds: OPML's outlines with an address, and the sitemaps of an index.
 * Outlines nest without a limit of their own (the XML layer has one); those
 * without an address are folders, whose titles name what is below them.
 */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "decode/decode.h"
#include "parse/reader.h"
#include "text/url.h"

#define REFS_MAX   100000
#define DEPTH_MAX  256
#define TEXT_MAX   10000
#define FOLDER_MAX 300

struct list_reader {
    struct arena *a;
    struct feed_hints hints;
    struct feed_list *out;
    struct {
        struct feed_ref *at;
        size_t n, cap;
    } refs;
    struct map seen;
    struct str folders[DEPTH_MAX]; /* what stands in each open element */
    size_t depth;
    bool is_list, in_sitemap;
    struct feed_ref sitemap;
    struct buf text; /* of the element that is open */
};

static struct str line(struct arena *a, struct str s)
{
    struct text t = {.value = s};

    if (looks_like_html(s))
        t.type = TEXT_HTML;
    return text_line(a, &t);
}

static struct str resolved(const struct list_reader *l, struct str s)
{
    struct str url;

    s = str_trim_wide(s);
    if (s.n == 0)
        return STR_NONE;
    url = url_resolve(l->a, l->hints.url, s);
    return url.n > 0 ? url : arena_str(l->a, s);
}

static void add_ref(struct list_reader *l, struct feed_ref ref)
{
    bool is_new;

    if (ref.url.n == 0)
        return;
    if (l->refs.n >= REFS_MAX) {
        note_add(&l->out->notes, l->a, NOTE_TOO_LARGE,
                 "only the first %d are read", REFS_MAX);
        return;
    }
    map_put(&l->seen, arena_cat(l->a, ref.url, STR("\n"), ref.folder), &is_new);
    if (is_new)
        *vec_add(l->a, &l->refs) = ref;
}

/* What an element stands in. */
static struct str folder_at(const struct list_reader *l)
{
    size_t depth = l->depth < DEPTH_MAX ? l->depth : DEPTH_MAX;

    return depth == 0 ? STR_NONE : l->folders[depth - 1];
}

/* The folder that an outline called TITLE makes for what is below it. */
static struct str folder_below(struct list_reader *l, struct str title)
{
    struct str path = folder_at(l);

    if (title.n == 0 || path.n > FOLDER_MAX)
        return path;
    title = utf8_clip(title, FOLDER_MAX);
    return path.n == 0 ? title : arena_cat(l->a, path, STR(" / "), title);
}

/* An outline's address; one of type link or include has another name for it. */
static struct str address_of(const struct xml_attr *attrs, size_t n)
{
    struct str url = attr_get(attrs, n, "xmlurl");

    return url.n > 0 ? url : attr_get(attrs, n, "url");
}

static struct str outline(struct list_reader *l, const struct xml_attr *attrs,
                          size_t n)
{
    struct str url = address_of(attrs, n);
    struct str title = attr_get(attrs, n, "title");

    if (str_trim(title).n == 0)
        title = attr_get(attrs, n, "text");
    title = line(l->a, title);
    if (url.n == 0)
        return folder_below(l, title);
    add_ref(l, (struct feed_ref){.url = resolved(l, url),
                                 .title = title,
                                 .home_url =
                                     resolved(l, attr_get(attrs, n, "htmlurl")),
                                 .type = line(l->a, attr_get(attrs, n, "type")),
                                 .folder = folder_at(l)});
    return folder_at(l);
}

static void on_start(void *ctx, struct str uri, struct str prefix,
                     struct str name, const struct xml_attr *attrs, size_t n)
{
    struct list_reader *l = ctx;
    struct str folder = folder_at(l);

    (void)uri;
    (void)prefix;
    buf_reset(&l->text);
    if (l->depth == 0)
        l->is_list = str_eq_nocase(name, STR("opml")) ||
                     str_eq_nocase(name, STR("sitemapindex"));
    if (l->is_list && str_eq_nocase(name, STR("outline")))
        folder = outline(l, attrs, n);
    if (l->is_list && str_eq_nocase(name, STR("sitemap"))) {
        l->in_sitemap = true;
        l->sitemap = (struct feed_ref){.type = STR("sitemap")};
    }
    if (l->depth < DEPTH_MAX)
        l->folders[l->depth] = folder;
    l->depth++;
}

static void on_end(void *ctx, struct str uri, struct str prefix,
                   struct str name)
{
    struct list_reader *l = ctx;
    struct str text = buf_str(&l->text);

    (void)uri;
    (void)prefix;
    if (l->depth > 0)
        l->depth--;
    if (l->in_sitemap && str_eq_nocase(name, STR("loc"))) {
        l->sitemap.url = resolved(l, text);
    } else if (l->in_sitemap && str_eq_nocase(name, STR("lastmod"))) {
        if (!when_parse(text, &l->hints.when, &l->sitemap.date)) {
            l->sitemap.date = (struct when){0};
            note_add(&l->out->notes, l->a, NOTE_DATE_INVALID, "lastmod: %.*s",
                     STR_ARG(utf8_clip(str_trim(text), 100)));
        }
    } else if (l->in_sitemap && str_eq_nocase(name, STR("sitemap"))) {
        add_ref(l, l->sitemap);
        l->in_sitemap = false;
    } else if (l->is_list && l->depth == 2 && l->out->title.n == 0 &&
               str_eq_nocase(name, STR("title"))) {
        l->out->title = line(l->a, text);
    }
    buf_reset(&l->text);
}

static void on_text(void *ctx, struct str text, bool is_cdata)
{
    struct list_reader *l = ctx;

    (void)is_cdata;
    buf_add_str(&l->text, text);
}

bool feed_list_parse(struct arena *a, struct str text,
                     const struct feed_hints *hints, struct feed_list *out,
                     struct error *err)
{
    static const struct xml_handler handler = {on_start, on_end, on_text, NULL};
    struct feed_list list = {0};
    struct list_reader *l = arena_make(a, struct list_reader);
    struct xml_parser *xml = xml_new(&handler, l, a, &list.notes);
    bool ok;

    l->a = a;
    l->hints = *hints;
    l->out = &list;
    map_init(&l->seen, a);
    buf_init(&l->text, TEXT_MAX);
    ok = xml_push(xml, text, err) && xml_finish(xml, err);
    xml_free(xml);
    buf_done(&l->text);
    if (ok && !l->is_list)
        ok = error_set(err, ERR_INPUT, "no list of feeds");
    if (!ok)
        return false;
    list.at = l->refs.at;
    list.n = l->refs.n;
    *out = list;
    return true;
}
