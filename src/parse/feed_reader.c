/*
 * The reader's life: the head of the document says whether it is XML, JSON or a
 * page.  XML and JSON are read as they come, a page is kept until the end.
 */
#include "parse/reader.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/utf8.h"

#define HEAD_BYTES ((size_t)4096)

struct feed_reader *feed_reader_new(const struct feed_hints *hints,
                                    const struct feed_sink *sink)
{
    struct feed_reader *r = heap_alloc(sizeof *r);

    r->arena = arena_new(0);
    r->entry_arena = arena_new(0);
    r->hints = *hints;
    r->hints.url = arena_str(r->arena, hints->url);
    r->hints.when.lang = arena_str(r->arena, hints->when.lang);
    r->sink = *sink;
    buf_init(&r->head, BUF_MAX);
    buf_init(&r->text, ELEMENT_TEXT_MAX);
    names_init(&r->names);
    r->frames = heap_realloc(NULL, FRAMES_MAX * sizeof *r->frames);
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
    json_reader_free(r->json);
    buf_done(&r->head);
    buf_done(&r->text);
    arena_free(r->entry_arena);
    arena_free(r->arena);
    free(r->frames);
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

/* A page, unless a feed is wrapped in it. */
static bool is_html(struct str head)
{
    return (str_has_nocase(head, STR("<!doctype html")) ||
            str_has_nocase(head, STR("<html"))) &&
           !is_feed(head);
}

/* By the first bytes only, however many came at once. */
static enum document_form form_of(struct str head)
{
    char first;

    head = utf8_clip(head, HEAD_BYTES);
    first = first_char(head);
    if (first == '{' || first == '[')
        return FORM_JSON;
    return is_html(head) ? FORM_HTML : FORM_XML;
}

static bool begin(struct feed_reader *r, struct error *err)
{
    r->form = form_of(buf_str(&r->head));
    if (r->form == FORM_XML) {
        r->xml = xml_new(&feed_xml_handler, r, r->arena, &r->notes);
        return xml_push(r->xml, buf_str(&r->head), err);
    }
    if (r->form == FORM_JSON) {
        r->json = json_reader_new(r);
        json_reader_push(r->json, buf_str(&r->head));
    }
    return true;
}

bool feed_reader_push(struct feed_reader *r, struct str utf8, struct error *err)
{
    if (r->form == FORM_XML)
        return xml_push(r->xml, utf8, err);
    if (r->form == FORM_JSON)
        json_reader_push(r->json, utf8);
    /* More of a page is not read. */
    else if (r->form == FORM_UNKNOWN || r->head.n < HFEED_MAX)
        buf_add_str(&r->head, utf8);
    if (r->form != FORM_UNKNOWN || r->head.n < HEAD_BYTES)
        return true;
    return begin(r, err);
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

/* Behind the end of RSS's channel nothing is missed; in RDF entries stand there. */
static bool is_cut(const struct feed_reader *r)
{
    bool may_follow = !r->feed_ended || r->feed.format == FEED_RSS10 ||
                      r->feed.format == FEED_RSS090;

    return xml_left_open(r->xml) > (may_follow ? 0 : 1);
}

static bool finish_xml(struct feed_reader *r, struct error *err)
{
    struct error trouble; /* no element at all: named below */

    (void)!xml_finish(r->xml, &trouble);
    r->feed.is_cut = is_cut(r);
    if (r->depth > 1 && r->feed_found)
        note_add(&r->notes, r->arena, NOTE_TRUNCATED,
                 "the document ends inside %zu open elements", r->depth - 1);
    read_xml_finish(r);
    return r->feed_found || no_feed(r, err);
}

bool feed_reader_finish(struct feed_reader *r, struct error *err)
{
    bool ok;

    if (r->form == FORM_UNKNOWN && !begin(r, err))
        return false;
    if (r->form == FORM_XML)
        ok = finish_xml(r, err);
    else if (r->form == FORM_HTML)
        ok = hfeed_read(r, buf_str(&r->head), err);
    else
        ok = json_reader_finish(r->json, err);
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

/* "items": [ with what JSON Feed calls the text of an item; a version may stand
 * behind them, where keys are sorted. */
static bool has_items(struct str head)
{
    size_t i = str_find(head, STR("\"items\""), 0);

    if (i == STR_NOT_FOUND || (!str_has(head, STR("\"content_html\"")) &&
                               !str_has(head, STR("\"content_text\""))))
        return false;
    for (i += STR("\"items\"").n; i < head.n && is_space(head.p[i]);)
        i++;
    if (i < head.n && head.p[i] == ':')
        i++;
    while (i < head.n && is_space(head.p[i]))
        i++;
    return i < head.n && head.p[i] == '[';
}

bool is_feed(struct str head)
{
    static const struct str roots[] = {
        STR_INIT("rss"),     STR_INIT("feed"),   STR_INIT("rdf"),
        STR_INIT("channel"), STR_INIT("urlset"), STR_INIT("entry"),
    };
    size_t i = 0;
    struct str rest;

    head = utf8_clip(head, (size_t)16 << 10);
    if (first_char(head) == '{')
        return str_has(head, STR("jsonfeed.org/version")) || has_items(head);
    if (!next_tag(head, &i, &rest))
        return false;
    if (is_one_of(tag_name_at(rest), roots, sizeof roots / sizeof roots[0]))
        return true;
    /* Items without a channel around them. */
    if (str_eq_nocase(tag_name_at(rest), STR("item")))
        return str_has_nocase(head, STR("<title")) &&
               str_has_nocase(head, STR("<link"));
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

bool is_hfeed(struct str text)
{
    return str_has(text, STR("h-entry")) || str_has(text, STR("hentry"));
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
