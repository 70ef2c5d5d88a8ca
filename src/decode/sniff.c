/* What kind of document it is, by its beginning and, in doubt, its label. */
#include "decode/sniff.h"

#include "decode/charset.h"
#include "decode/tag_traits.h"

#define HEAD_BYTES   65536
#define JUNK_BYTES   4096 /* before a document that is one after all */
#define BINARY_BYTES 4096

/* ---- what is no text ---- */

static const struct str signatures[] = {
    STR_INIT("\x89PNG"),
    STR_INIT("\xFF\xD8\xFF"),
    STR_INIT("GIF8"),
    STR_INIT("PK\x03\x04"),
    STR_INIT("\x1F\x8B\x08"),
    STR_INIT("%PDF-"),
    STR_INIT("RIFF"),
    STR_INIT("\x7F"
             "ELF"),
    STR_INIT("BZh"),
    STR_INIT("\xFD"
             "7zXZ"),
    STR_INIT("7z\xBC\xAF"),
    STR_INIT("OggS"),
    STR_INIT("ID3"),
    STR_INIT("\xD0\xCF\x11\xE0"),
    STR_INIT("wOFF"),
    STR_INIT("wOF2"),
    STR_INIT("\x28\xB5\x2F\xFD"),
    STR_INIT("SQLite format 3"),
    STR_INIT("MZ\x90"),
    STR_INIT("fLaC"),
    STR_INIT("\x1A\x45\xDF\xA3"),
};

bool is_binary(struct str bytes)
{
    size_t n = bytes.n < BINARY_BYTES ? bytes.n : BINARY_BYTES, odd = 0;
    size_t mark;

    if (charset_of_bom(bytes, &mark) != CHARSET_UNKNOWN ||
        charset_guess_wide(bytes) != CHARSET_UNKNOWN)
        return false;
    for (size_t i = 0; i < sizeof signatures / sizeof signatures[0]; i++)
        if (str_starts(bytes, signatures[i]) && bytes.n >= 8)
            return true;
    if (bytes.n >= 12 && str_eq(str_slice(bytes, 4, 8), STR("ftyp")))
        return true;
    /* Text holds no controls to speak of; ESC is ISO-2022's. */
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)bytes.p[i];

        odd += c < ' ' && !is_space((char)c) && c != 0x1B;
    }
    return odd * 20 > n;
}

/* ---- what kind of text ---- */

static const struct str xml_roots[] = {
    STR_INIT("rss"),     STR_INIT("feed"),   STR_INIT("rdf"),
    STR_INIT("opml"),    STR_INIT("urlset"), STR_INIT("sitemapindex"),
    STR_INIT("channel"), STR_INIT("rsd"),    STR_INIT("outline"),
    STR_INIT("entry"),
};

/* The name of the first element behind declarations, comments and the like;
 * *AT moves to its '<'.  Empty if there is none. */
static struct str first_element(struct str s, size_t *at)
{
    size_t i = *at, end;

    while ((i = str_find_char(s, '<', i)) != STR_NOT_FOUND) {
        struct str rest = str_from(s, i);

        if (str_starts(rest, STR("<!--"))) {
            end = str_find(s, STR("-->"), i);
            if (end == STR_NOT_FOUND)
                return STR_NONE;
            i = end + 3;
        } else if (rest.n > 1 && is_alpha(rest.p[1])) {
            *at = i;
            for (end = 1; end < rest.n && !is_space(rest.p[end]) &&
                          rest.p[end] != '>' && rest.p[end] != '/';)
                end++;
            return str_slice(rest, 1, end);
        } else {
            i++;
        }
    }
    return STR_NONE;
}

/* Without a prefix ("atom:feed"). */
static struct str local_name(struct str name)
{
    size_t colon = str_find_char(name, ':', 0);

    return colon == STR_NOT_FOUND ? name : str_from(name, colon + 1);
}

static bool is_xml_root(struct str name)
{
    name = local_name(name);
    for (size_t i = 0; i < sizeof xml_roots / sizeof xml_roots[0]; i++)
        if (str_eq_nocase(name, xml_roots[i]))
            return true;
    return false;
}

static bool is_json(struct str s)
{
    size_t i = 1;

    if (s.n == 0 || (s.p[0] != '{' && s.p[0] != '['))
        return false;
    while (i < s.n && is_space(s.p[i]))
        i++;
    if (i >= s.n)
        return false;
    if (s.p[0] == '{')
        return s.p[i] == '"' || s.p[i] == '}';
    return s.p[i] == '{' || s.p[i] == '"' || s.p[i] == ']' || s.p[i] == '[';
}

/* Markup in the midst of other text: a feed behind a warning, a page without
 * its first lines, or nothing but text. */
static enum document_kind kind_of_mixed(struct str s)
{
    size_t at = 0, tags = 0;
    struct str name;

    if (str_has(str_slice(s, 0, JUNK_BYTES), STR("<?xml ")))
        return DOC_XML;
    while ((name = first_element(s, &at)).n > 0) {
        if (is_xml_root(name) && at < JUNK_BYTES)
            return DOC_XML;
        tags += tag_by_any_case(name) != TAG_OTHER;
        at++;
    }
    return tags > 0 ? DOC_HTML : DOC_TEXT;
}

static bool type_is(struct str type, struct str what)
{
    size_t end = str_find_char(type, ';', 0);

    return str_has_nocase(str_slice(type, 0, end), what);
}

enum document_kind sniff_kind(struct str head, struct str type)
{
    struct str s = str_trim_wide(str_slice(head, 0, HEAD_BYTES)), root;
    bool is_declared;
    size_t at = 0;

    if (s.n == 0)
        return DOC_EMPTY;
    if (is_json(s))
        return DOC_JSON;
    if (s.p[0] != '<')
        return type_is(type, STR("text/plain")) ? DOC_TEXT : kind_of_mixed(s);
    is_declared = str_starts(s, STR("<?xml"));
    root = first_element(s, &at);
    if (is_xml_root(root))
        return DOC_XML;
    if (str_starts_nocase(s, STR("<!doctype html")) ||
        str_eq_nocase(root, STR("html")))
        return DOC_HTML;
    if (is_declared || str_starts(s, STR("<!DOCTYPE rss")) ||
        type_is(type, STR("xml")))
        return type_is(type, STR("html")) && root.n > 0 &&
                       tag_by_any_case(root) != TAG_OTHER
                   ? DOC_HTML
                   : DOC_XML;
    if (type_is(type, STR("text/plain")))
        return DOC_TEXT;
    if (root.n == 0)
        return kind_of_mixed(s);
    return tag_by_any_case(root) == TAG_OTHER && !type_is(type, STR("html"))
               ? DOC_XML
               : kind_of_mixed(s);
}
