/*
 * The reader's life: the head of the document says whether it is XML or JSON;
 * XML goes to the push parser as it comes, JSON is kept until the end, for it
 * cannot be read in parts (a feed may name its version last).
 */
#include "parse/reader.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/utf8.h"

#define HEAD_BYTES ((size_t)4096)
#define JSON_MAX   ((size_t)64 << 20)
#define TEXT_MAX   ((size_t)12 << 20)

struct feed_reader *feed_reader_new(const struct feed_hints *hints,
                                    const struct feed_sink *sink)
{
    struct feed_reader *r = heap_alloc(sizeof *r);

    memset(r, 0, sizeof *r);
    r->arena = arena_new(0);
    r->entry_arena = arena_new(0);
    r->hints = *hints;
    r->hints.url = arena_str(r->arena, hints->url);
    r->hints.when.lang = arena_str(r->arena, hints->when.lang);
    r->sink = *sink;
    buf_init(&r->head, JSON_MAX);
    buf_init(&r->text, TEXT_MAX);
    names_init(&r->names);
    r->depth = 1;
    r->frames[0] =
        (struct frame){.place = PLACE_DOCUMENT, .base = r->hints.url};
    return r;
}

void feed_reader_free(struct feed_reader *r)
{
    if (r == NULL)
        return;
    xml_free(r->xml);
    buf_done(&r->head);
    buf_done(&r->text);
    arena_free(r->entry_arena);
    arena_free(r->arena);
    free(r);
}

size_t feed_reader_memory(const struct feed_reader *r)
{
    return arena_used(r->arena) + arena_used(r->entry_arena) + r->text.cap +
           r->head.cap;
}

static char first_char(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_space(s.p[i]) && (unsigned char)s.p[i] < 0x80)
            return s.p[i];
    return '\0';
}

static bool begin_xml(struct feed_reader *r, struct error *err)
{
    r->form = FORM_XML;
    r->xml = xml_new(&feed_xml_handler, r, r->arena, &r->notes);
    if (r->xml == NULL)
        return error_set(err, ERR_INPUT, "the XML parser could not begin");
    return xml_push(r->xml, buf_str(&r->head), err);
}

bool feed_reader_push(struct feed_reader *r, struct str utf8, struct error *err)
{
    char first;

    if (r->form == FORM_XML)
        return xml_push(r->xml, utf8, err);
    if (!buf_add_str(&r->head, utf8))
        return error_set(err, ERR_LIMIT, "a JSON feed longer than %zu MB",
                         JSON_MAX >> 20);
    if (r->form == FORM_JSON || r->head.n < HEAD_BYTES)
        return true;
    first = first_char(buf_str(&r->head));
    if (first == '{' || first == '[') {
        r->form = FORM_JSON;
        return true;
    }
    return begin_xml(r, err);
}

/* What a document that is no feed seems to be. */
static bool no_feed(struct feed_reader *r, struct error *err)
{
    struct str head = utf8_clip(buf_str(&r->head), 2000);

    if (str_eq_nocase(r->root, STR("html")) ||
        str_has_nocase(head, STR("<!doctype html")))
        return error_set(err, ERR_INPUT, "no feed: this is an HTML page");
    if (str_eq_nocase(r->root, STR("opml")))
        return error_set(err, ERR_INPUT,
                         "no feed: this is an OPML list of feeds");
    if (str_eq_nocase(r->root, STR("sitemapindex")))
        return error_set(err, ERR_INPUT,
                         "no feed: this is an index of sitemaps");
    if (r->root.n > 0)
        return error_set(err, ERR_INPUT,
                         "no feed: the document's element is <%.*s>",
                         STR_ARG(r->root));
    if (str_trim(head).n == 0)
        return error_set(err, ERR_INPUT, "no feed: the document is empty");
    return error_set(err, ERR_INPUT, "no feed: this is neither XML nor JSON");
}

static bool finish_xml(struct feed_reader *r, struct error *err)
{
    struct error trouble = {.code = ERR_NONE};
    bool whole = xml_finish(r->xml, &trouble);

    if (r->depth > 1 && r->feed_found)
        note_add(&r->notes, r->arena, NOTE_TRUNCATED,
                 "the document ends inside %zu open elements", r->depth - 1);
    read_xml_finish(r);
    if (r->feed_found)
        return true;
    if (whole || trouble.code == ERR_NONE || r->root.n > 0)
        return no_feed(r, err);
    (void)no_feed(r, err);
    return false;
}

bool feed_reader_finish(struct feed_reader *r, struct error *err)
{
    char first = first_char(buf_str(&r->head));
    bool ok;

    if (r->form == FORM_UNKNOWN && first != '{' && first != '[' &&
        !begin_xml(r, err))
        return false;
    if (r->form == FORM_XML)
        ok = finish_xml(r, err);
    else
        ok = jsonfeed_read(r, buf_str(&r->head), err);
    if (!ok)
        return false;
    feed_settle(r);
    if (r->sink.on_feed != NULL)
        r->sink.on_feed(r->sink.ctx, &r->feed);
    return true;
}

/* ---- sniffing ---- */

/* The local name of the tag behind '<'. */
static struct str tag_name_at(struct str rest)
{
    size_t colon, end = 0;

    while (end < rest.n && end < 60 && !is_space(rest.p[end]) &&
           rest.p[end] != '>' && rest.p[end] != '/')
        end++;
    rest = str_slice(rest, 0, end);
    colon = str_find_char(rest, ':', 0);
    return colon == STR_NOT_FOUND ? rest : str_from(rest, colon + 1);
}

static bool is_one_of(struct str name, const struct str *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq_nocase(names[i], name))
            return true;
    return false;
}

/* The next tag at or after *I that is no comment, declaration or instruction;
 * *I moves behind its '<'. */
static bool next_tag(struct str head, size_t *i, struct str *rest)
{
    while ((*i = str_find_char(head, '<', *i)) != STR_NOT_FOUND) {
        struct str close = STR(">");

        *rest = str_from(head, ++*i);
        if (rest->n == 0)
            return false;
        if (is_alpha(rest->p[0]))
            return true;
        if (str_starts(*rest, STR("!--")))
            close = STR("-->");
        else if (rest->p[0] == '?')
            close = STR("?>");
        else if (rest->p[0] != '!')
            continue;
        *i = str_find(head, close, *i);
        if (*i == STR_NOT_FOUND)
            return false;
    }
    return false;
}

bool is_feed(struct str head)
{
    static const struct str roots[] = {
        STR_INIT("rss"),     STR_INIT("feed"),   STR_INIT("rdf"),
        STR_INIT("channel"), STR_INIT("urlset"),
    };
    size_t i = 0;
    struct str rest;

    head = utf8_clip(head, (size_t)16 << 10);
    if (first_char(head) == '{')
        return str_has(head, STR("jsonfeed.org/version"));
    if (!next_tag(head, &i, &rest))
        return false;
    if (is_one_of(tag_name_at(rest), roots, sizeof roots / sizeof roots[0]))
        return true;
    /* Below junk, or wrapped in HTML: then it must look the part. */
    while (next_tag(head, &i, &rest))
        if (is_one_of(tag_name_at(rest), roots, 3)) {
            rest = str_slice(rest, 0, str_find_char(rest, '>', 0));
            if (str_has_nocase(rest, STR("version=")) ||
                str_has_nocase(rest, STR("xmlns")))
                return true;
        }
    return false;
}

bool is_feed_list(struct str head)
{
    static const struct str roots[] = {STR_INIT("opml"),
                                       STR_INIT("sitemapindex")};
    size_t i = 0;
    struct str rest;

    return next_tag(utf8_clip(head, (size_t)16 << 10), &i, &rest) &&
           is_one_of(tag_name_at(rest), roots, 2);
}
