#ifndef UNIT_MARKUP_CHECK_H
#define UNIT_MARKUP_CHECK_H
/*
 * An independent reader of what the sanitizer writes.  It knows nothing of the
 * sanitizer's tables: its lists are typed anew from the policy, and it accepts
 * only the one way of writing that the policy promises (tags in lower case,
 * values in double quotes, four references), so that anything a browser could
 * read differently is a fault here.
 */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "base/utf8.h"

static bool word_in_list(const char *list, struct str word)
{
    struct str rest = str_from_c(list), one;

    while (str_word(&rest, &one))
        if (str_eq(one, word))
            return true;
    return false;
}

static const char check_elements[] =
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del "
    "details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins "
    "kbd li mark ol p picture pre q rb rp rt rtc ruby s samp small source span "
    "strong sub summary sup table tbody td tfoot th thead time tr track u ul "
    "var video audio wbr section article aside header footer main nav center "
    "tt strike big acronym address hgroup math menclose merror mfenced mfrac "
    "mi mlabeledtr mmultiscripts mn mo mover mpadded mphantom mprescripts "
    "mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr "
    "munder munderover none";
static const char check_void[] = "br col hr img source track wbr";
static const char check_attributes[] =
    "title lang dir href hreflang type cite datetime class span colspan "
    "rowspan scope abbr open src srcset sizes alt width height value start "
    "reversed media kind srclang label default controls loop muted poster "
    "display mathvariant displaystyle scriptlevel stretchy symmetric largeop "
    "movablelimits fence separator accent accentunder lspace rspace minsize "
    "maxsize linethickness notation close separators columnalign rowalign "
    "columnspan depth voffset";

static bool starts_with_one_of(struct str s, const char *list)
{
    struct str rest = str_from_c(list), one;

    while (str_word(&rest, &one))
        if (str_starts(s, one))
            return true;
    return false;
}

#define CHECK_DATA                                                             \
    " data:image/png;base64, data:image/jpeg;base64, data:image/gif;base64,"   \
    " data:image/webp;base64, data:image/avif;base64, data:image/bmp;base64,"

static bool address_is_good(struct str element, struct str attr,
                            struct str value)
{
    struct str rest = value, part;

    if (str_eq(attr, STR("href")))
        return starts_with_one_of(value, "http:// https:// mailto: tel:");
    if (str_eq(attr, STR("cite")) || str_eq(attr, STR("poster")))
        return starts_with_one_of(value, "http:// https://");
    if (str_eq(attr, STR("src")))
        return starts_with_one_of(value, str_eq(element, STR("img"))
                                             ? "http:// https://" CHECK_DATA
                                             : "http:// https://");
    if (str_eq(attr, STR("srcset"))) {
        while (str_word(&rest, &part))
            if (!is_digit(part.p[0]) &&
                !starts_with_one_of(part, "http:// https://" CHECK_DATA))
                return false;
    }
    if (str_eq(attr, STR("class")))
        return str_starts(value, STR("language-")) &&
               (str_eq(element, STR("code")) || str_eq(element, STR("pre")));
    return true;
}

/* The end of a reference at byte AT ("&amp;"), or 0. */
static size_t reference_end(struct str s, size_t at)
{
    static const char *known[] = {"&amp;",  "&lt;", "&gt;",
                                  "&quot;", "&#9;", "&#10;"};

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (str_starts(str_from(s, at), str_from_c(known[i])))
            return at + strlen(known[i]);
    return 0;
}

static bool value_is_written_well(struct str value)
{
    for (size_t i = 0; i < value.n;) {
        if (value.p[i] == '<' || value.p[i] == '>' || value.p[i] == '\n' ||
            value.p[i] == '\r')
            return false;
        if (value.p[i] == '&') {
            i = reference_end(value, i);
            if (i == 0)
                return false;
        } else {
            i++;
        }
    }
    return true;
}

/* ` name="value"` …, up to '>'. */
static const char *check_attrs(struct str element, struct str s, size_t *at)
{
    struct str seen[64];
    size_t n_seen = 0, from, quote;

    while (*at < s.n && s.p[*at] == ' ') {
        struct str name, value;

        from = ++*at;
        while (*at < s.n && (is_alpha(s.p[*at]) || s.p[*at] == '-'))
            ++*at;
        name = str_slice(s, from, *at);
        if (!word_in_list(check_attributes, name))
            return "attribute";
        for (size_t i = 0; i < n_seen; i++)
            if (str_eq(seen[i], name))
                return "attribute twice";
        if (n_seen < 64)
            seen[n_seen++] = name;
        if (!str_starts(str_from(s, *at), STR("=\"")))
            return "quotes";
        quote = str_find_char(s, '"', *at + 2);
        if (quote == STR_NOT_FOUND)
            return "quote";
        value = str_slice(s, *at + 2, quote);
        if (!value_is_written_well(value))
            return "value";
        if (!address_is_good(element, name, value))
            return "address";
        *at = quote + 1;
    }
    return NULL;
}

/* What is wrong with the HTML, or NULL.  Its text goes to TEXT. */
static const char *check_markup(struct str s, struct buf *text)
{
    struct str open[256];
    size_t depth = 0, from;
    const char *fault;

    if (!utf8_valid(s) || utf8_publishable_prefix(s) != s.n)
        return "characters";
    if (str_has(s, STR("]]>")))
        return "]]>";
    for (size_t i = 0; i < s.n;) {
        bool is_end;
        struct str name;

        if (s.p[i] == '&') {
            size_t end = reference_end(s, i);

            if (end == 0)
                return "reference";
            buf_add_char(text, s.p[i + 1] == 'a'   ? '&'
                               : s.p[i + 1] == 'l' ? '<'
                                                   : '>');
            i = end;
            continue;
        }
        if (s.p[i] == '>')
            return "bare >";
        if (s.p[i] != '<') {
            buf_add_char(text, s.p[i++]);
            continue;
        }
        is_end = i + 1 < s.n && s.p[i + 1] == '/';
        i += is_end ? 2 : 1;
        for (from = i; i < s.n && is_alnum(s.p[i]);)
            i++;
        name = str_slice(s, from, i);
        if (!word_in_list(check_elements, name))
            return "element";
        if (is_end) {
            if (depth == 0 || !str_eq(open[--depth], name))
                return "end tag";
        } else {
            fault = check_attrs(name, s, &i);
            if (fault != NULL)
                return fault;
            if (depth + 1 > 256)
                return "depth";
            if (!word_in_list(check_void, name))
                open[depth++] = name;
        }
        if (i >= s.n || s.p[i++] != '>')
            return "tag";
    }
    return depth == 0 ? NULL : "unclosed";
}
#endif
