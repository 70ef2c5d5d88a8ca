#include "publish/markup.h"

#include "base/buf.h"
#include "base/escape.h"
#include "base/utf8.h"

void markup_text(struct buf *b, struct str s)
{
    escape_text(b, s);
}

void markup_attr(struct buf *b, struct str name, struct str s)
{
    if (s.n == 0)
        return;
    buf_add_char(b, ' ');
    buf_add_str(b, name);
    buf_add_str(b, STR("=\""));
    escape_attr(b, s);
    buf_add_char(b, '"');
}

void markup_xml(struct buf *b, struct str stylesheet)
{
    buf_add_str(b, STR("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                       "<?xml-stylesheet type=\"text/css\""));
    markup_attr(b, STR("href"), stylesheet);
    buf_add_str(b, STR("?>\n"));
}

void markup_indent(struct buf *b, int indent)
{
    while (indent-- > 0)
        buf_add_char(b, ' ');
}

void markup_element(struct buf *b, int indent, struct str name, struct str s)
{
    if (s.n == 0)
        return;
    markup_indent(b, indent);
    buf_add_char(b, '<');
    buf_add_str(b, name);
    buf_add_char(b, '>');
    markup_text(b, s);
    buf_add_str(b, STR("</"));
    buf_add_str(b, name);
    buf_add_str(b, STR(">\n"));
}

/* Length of "scheme:" at the beginning of S, 0 if there is none. */
static size_t scheme_length(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];

        if (c == ':' && i > 0)
            return i + 1;
        if (!is_alpha(c) &&
            (i == 0 || !(is_digit(c) || c == '+' || c == '-' || c == '.')))
            return 0;
    }
    return 0;
}

struct str only_iri(struct str s)
{
    if (scheme_length(s) == 0 || scheme_length(s) == s.n ||
        utf8_publishable_prefix(s) != s.n)
        return STR_NONE;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (c <= ' ' || c == '<' || c == '>' || c == '"' || c == '{' ||
            c == '}' || c == '|' || c == '\\' || c == '^' || c == '`')
            return STR_NONE;
    }
    return s;
}

struct str only_mime(struct str s)
{
    size_t slash = str_find_char(s, '/', 0);

    if (slash == 0 || slash == STR_NOT_FOUND || slash + 1 == s.n)
        return STR_NONE;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < ' ' || s.p[i] > '~')
            return STR_NONE;
    return s;
}

struct str only_language(struct str s)
{
    struct str rest = s, part;
    bool first = true;

    if (s.n == 0 || s.p[s.n - 1] == '-')
        return STR_NONE;
    for (; str_split(&rest, '-', &part); first = false) {
        if (part.n == 0 || part.n > 8)
            return STR_NONE;
        for (size_t i = 0; i < part.n; i++)
            if (!(first ? is_alpha(part.p[i]) : is_alnum(part.p[i])))
                return STR_NONE;
    }
    return s;
}

struct str only_email(struct str s)
{
    size_t at = str_find_char(s, '@', 0);

    if (at == 0 || at == STR_NOT_FOUND || at + 1 == s.n ||
        str_find_char(s, ' ', 0) != STR_NOT_FOUND ||
        str_find_char(s, '\n', 0) != STR_NOT_FOUND)
        return STR_NONE;
    return s;
}
