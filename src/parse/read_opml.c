/*
 * Lists of feeds: OPML's outlines with an address, and the sitemaps of an index.
 * Outlines nest without a limit of their own (the XML layer has one); those
 * without an address are folders, whose titles name what is below them.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "decode/decode.h"
#include "parse/reader.h"
#include "text/url.h"

#define REFS_MAX   250000
#define DEPTH_MAX  256
#define TEXT_MAX   10000
#define FOLDER_MAX 300

/* Hashes of what was handed on; a power of two of them, half of them 0 at
 * least. */
struct seen {
    uint64_t *at;
    size_t n, cap;
};

struct list_reader {
    struct arena *a, *ref_arena; /* of the list; of the ref at hand */
    struct notes *notes;
    struct feed_hints hints;
    list_on_ref *on_ref;
    void *ctx;
    struct xml_parser *xml;
    struct seen seen;
    struct buf folder;          /* the innermost one's path */
    size_t folder_n[DEPTH_MAX]; /* as much of it as holds in each element */
    size_t depth;
    bool is_list, in_sitemap;
    struct feed_ref sitemap;
    struct str title;
    struct buf text; /* of the element that is open */
};

static uint64_t *slot_of(const struct seen *seen, uint64_t hash)
{
    size_t i = hash & (seen->cap - 1);

    while (seen->at[i] != 0 && seen->at[i] != hash)
        i = (i + 1) & (seen->cap - 1);
    return &seen->at[i];
}

static void grow(struct seen *seen)
{
    struct seen more = {.n = seen->n,
                        .cap = seen->cap == 0 ? 64 : 2 * seen->cap};

    more.at = heap_alloc(more.cap * sizeof *more.at);
    for (size_t i = 0; i < seen->cap; i++)
        if (seen->at[i] != 0)
            *slot_of(&more, seen->at[i]) = seen->at[i];
    free(seen->at);
    *seen = more;
}

/* False if HASH was there. */
static bool put(struct seen *seen, uint64_t hash)
{
    uint64_t *slot;

    if (2 * seen->n >= seen->cap)
        grow(seen);
    slot = slot_of(seen, hash | 1);
    if (*slot != 0)
        return false;
    *slot = hash | 1;
    seen->n++;
    return true;
}

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
    url = url_resolve(l->ref_arena, l->hints.url, s);
    return url.n > 0 ? url : arena_str(l->ref_arena, s);
}

static void give_ref(struct list_reader *l, const struct feed_ref *ref)
{
    struct str key = arena_cat(l->ref_arena, ref->url, STR("\n"), ref->folder);

    if (ref->url.n == 0)
        return;
    if (l->seen.n == REFS_MAX)
        note_add(l->notes, l->a, NOTE_TOO_LARGE, "only the first %d are read",
                 REFS_MAX);
    else if (put(&l->seen, hash64(key)))
        l->on_ref(l->ctx, ref);
}

/* Of the path how much holds for what stands in the element that is open. */
static size_t folder_here(const struct list_reader *l)
{
    size_t depth = l->depth < DEPTH_MAX ? l->depth : DEPTH_MAX;

    return depth == 0 ? 0 : l->folder_n[depth - 1];
}

/* Goes into the folder that an outline called TITLE makes for what is below
 * it. */
static void enter_folder(struct list_reader *l, struct str title)
{
    if (title.n == 0 || l->folder.n > FOLDER_MAX)
        return;
    if (l->folder.n > 0)
        buf_add_str(&l->folder, STR(" / "));
    buf_add_str(&l->folder, utf8_clip(title, FOLDER_MAX));
}

/* An outline's address; one of type link or include has another name for it. */
static struct str address_of(const struct xml_attr *attrs, size_t n)
{
    struct str url = attr_get(attrs, n, "xmlurl");

    return url.n > 0 ? url : attr_get(attrs, n, "url");
}

static void outline(struct list_reader *l, const struct xml_attr *attrs,
                    size_t n)
{
    struct str url = address_of(attrs, n);
    struct str title = attr_get(attrs, n, "title");
    struct feed_ref ref;

    arena_reset(l->ref_arena);
    if (str_trim(title).n == 0)
        title = attr_get(attrs, n, "text");
    title = line(l->ref_arena, title);
    if (url.n == 0) {
        enter_folder(l, title);
        return;
    }
    ref = (struct feed_ref){
        .url = resolved(l, url),
        .title = title,
        .home_url = resolved(l, attr_get(attrs, n, "htmlurl")),
        .type = line(l->ref_arena, attr_get(attrs, n, "type")),
        .category = line(l->ref_arena, attr_get(attrs, n, "category")),
        .folder = buf_str(&l->folder)};
    give_ref(l, &ref);
}

static void on_start(void *ctx, struct str uri, struct str prefix,
                     struct str name, const struct xml_attr *attrs, size_t n)
{
    struct list_reader *l = ctx;

    (void)uri;
    (void)prefix;
    buf_reset(&l->text);
    l->folder.n = folder_here(l);
    if (l->depth == 0)
        l->is_list = str_eq_nocase(name, STR("opml")) ||
                     str_eq_nocase(name, STR("sitemapindex"));
    if (l->is_list && str_eq_nocase(name, STR("outline")))
        outline(l, attrs, n);
    if (l->is_list && str_eq_nocase(name, STR("sitemap"))) {
        l->in_sitemap = true;
        l->sitemap = (struct feed_ref){.type = STR("sitemap")};
    }
    if (l->depth < DEPTH_MAX)
        l->folder_n[l->depth] = l->folder.n;
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
        arena_reset(l->ref_arena); /* of a sitemap no other string is kept */
        l->sitemap.url = resolved(l, text);
    } else if (l->in_sitemap && str_eq_nocase(name, STR("lastmod"))) {
        if (!when_parse(text, &l->hints.when, &l->sitemap.date)) {
            l->sitemap.date = (struct when){0};
            note_add(l->notes, l->a, NOTE_DATE_INVALID, "lastmod: %.*s",
                     STR_ARG(utf8_clip(str_trim(text), 100)));
        }
    } else if (l->in_sitemap && str_eq_nocase(name, STR("sitemap"))) {
        give_ref(l, &l->sitemap);
        l->in_sitemap = false;
    } else if (l->is_list && l->depth == 2 && l->title.n == 0 &&
               str_eq_nocase(name, STR("title"))) {
        l->title = line(l->a, text);
        if (buf_is_full(&l->text))
            note_add(l->notes, l->a, NOTE_TOO_LARGE, "a title was cut");
    }
    buf_reset(&l->text);
}

static void on_text(void *ctx, struct str text, bool is_cdata)
{
    struct list_reader *l = ctx;

    (void)is_cdata;
    if (buf_is_full(&l->text))
        return;
    buf_add_str(&l->text, utf8_clip(text, TEXT_MAX - l->text.n));
    l->text.full = l->text.n + 4 > TEXT_MAX; /* no character more */
}

static bool wants_text(void *ctx)
{
    const struct list_reader *l = ctx;

    return !buf_is_full(&l->text);
}

/* ---- the reader's life ---- */

struct list_reader *list_reader_new(const struct feed_hints *hints,
                                    list_on_ref *on_ref, void *ctx,
                                    struct arena *a, struct notes *notes)
{
    static const struct xml_handler handler = {.start = on_start,
                                               .end = on_end,
                                               .text = on_text,
                                               .wants_text = wants_text};
    struct list_reader *l = heap_alloc(sizeof *l);

    l->a = a;
    l->ref_arena = arena_new(0);
    l->notes = notes;
    l->hints = *hints;
    l->on_ref = on_ref;
    l->ctx = ctx;
    l->xml = xml_new(&handler, l, a, notes);
    buf_init(&l->folder, TEXT_MAX);
    buf_init(&l->text, TEXT_MAX);
    return l;
}

void list_reader_free(struct list_reader *l)
{
    if (l == NULL)
        return;
    xml_free(l->xml);
    arena_free(l->ref_arena);
    buf_done(&l->folder);
    buf_done(&l->text);
    free(l->seen.at);
    free(l);
}

bool list_reader_push(struct list_reader *l, struct str utf8, struct error *err)
{
    return xml_push(l->xml, utf8, err);
}

bool list_reader_finish(struct list_reader *l, struct str *title,
                        struct error *err)
{
    if (!xml_finish(l->xml, err))
        return false;
    if (!l->is_list)
        return error_set(err, ERR_INPUT, "no list of feeds");
    *title = l->title;
    return true;
}

/* ---- all at once ---- */

struct kept_list {
    struct arena *a;
    struct {
        struct feed_ref *at;
        size_t n, cap;
    } refs;
};

static void keep_ref(void *ctx, const struct feed_ref *ref)
{
    struct kept_list *kept = ctx;
    struct arena *a = kept->a;

    *vec_add(a, &kept->refs) =
        (struct feed_ref){.url = arena_str(a, ref->url),
                          .title = arena_str(a, ref->title),
                          .home_url = arena_str(a, ref->home_url),
                          .type = arena_str(a, ref->type),
                          .folder = arena_str(a, ref->folder),
                          .category = arena_str(a, ref->category),
                          .date = ref->date};
}

bool feed_list_parse(struct arena *a, struct str text,
                     const struct feed_hints *hints, struct feed_list *out,
                     struct error *err)
{
    struct feed_list list = {0};
    struct kept_list kept = {.a = a};
    struct list_reader *l =
        list_reader_new(hints, keep_ref, &kept, a, &list.notes);
    bool ok = list_reader_push(l, text, err) &&
              list_reader_finish(l, &list.title, err);

    list_reader_free(l);
    if (!ok)
        return false;
    list.at = kept.refs.at;
    list.n = kept.refs.n;
    *out = list;
    return true;
}
