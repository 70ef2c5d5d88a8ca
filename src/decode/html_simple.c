/*
 * The short way for HTML that needs no parser's cleverness.
 *
 * Bodies of feed entries are mostly a few well-nested elements.  For those the
 * tree of the HTML standard is simply the nesting of the tags, and a stack gives
 * it ten times as fast as gumbo.  This reader takes such fragments and gives up
 * (NULL) at the first thing whose meaning would need more than the stack:
 * the end tag of an element that others are open in, a p or li to be closed
 * across other elements, content between the cells of a table, controls with
 * choices, mathematics, declarations, odd attributes, carriage returns.  Then
 * gumbo reads it all.  The tags are read here; html_nest.c keeps the stack.
 *
 * test_html_simple compares it with gumbo.
 */
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "decode/entity.h"
#include "decode/html_nest.h"

#define ATTRS_MAX 24

struct simple {
    struct arena *a;
    struct str s;
    size_t at;
    bool is_closed; /* the tag ended in "/>" */
    struct nesting nest;
};

static void skip_spaces(struct simple *r)
{
    while (r->at < r->s.n && is_space(r->s.p[r->at]))
        r->at++;
}

static bool is_name_char(char c)
{
    return is_alnum(c) || c == '-' || c == ':' || c == '_';
}

static struct str take_name(struct simple *r)
{
    size_t from = r->at;

    while (r->at < r->s.n && is_name_char(r->s.p[r->at]))
        r->at++;
    return str_slice(r->s, from, r->at);
}

/* S with its references resolved into *OUT; false if one is a number that stands
 * for no ordinary character: there are as many opinions on those as parsers. */
static bool resolve(struct simple *r, struct str s, bool in_attr,
                    struct str *out)
{
    size_t at = 0;

    if (str_find_char(s, '&', 0) == STR_NOT_FOUND) {
        *out = s;
        return true;
    }
    while ((at = str_find(s, STR("&#"), at)) != STR_NOT_FOUND) {
        bool hex = to_lower(at + 2 < s.n ? s.p[at + 2] : '\0') == 'x';
        size_t from = at + 2 + hex, end = from;
        uint64_t c;

        while (end < s.n && end <= from + 7 && is_alnum(s.p[end]))
            end++;
        if (end > from + 7 ||
            !str_to_u64(str_slice(s, from, end), hex ? 16 : 10, &c) ||
            c > 0xFFFFF || c == '\r' || (c >= 0xD800 && c <= 0xDFFF) ||
            !is_publishable((uint32_t)c))
            return false;
        at = end;
    }
    *out = entity_resolve(r->a, s, in_attr);
    return true;
}

/* The value behind '='; false if it is odd. */
static bool take_value(struct simple *r, struct str *value)
{
    char quote = r->at < r->s.n ? r->s.p[r->at] : '\0';
    size_t from = r->at, end;

    if (quote == '"' || quote == '\'') {
        end = str_find_char(r->s, quote, ++from);
        if (end == STR_NOT_FOUND)
            return false;
        r->at = end + 1;
    } else {
        end = from;
        while (end < r->s.n && !is_space(r->s.p[end]) && r->s.p[end] != '>')
            if (str_find_char(STR("\"'<=`"), r->s.p[end++], 0) != STR_NOT_FOUND)
                return false;
        if (end == from || end == r->s.n)
            return false;
        r->at = end;
    }
    return resolve(r, str_slice(r->s, from, end), true, value);
}

static bool has_attr(const struct attr *attrs, size_t n, struct str name)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(attrs[i].name, name))
            return true;
    return false;
}

/* Attributes and '>' behind a name.  Of two that have one name the first
 * counts. */
static bool take_attrs(struct simple *r, const struct attr **out, size_t *n_out)
{
    struct attr attrs[ATTRS_MAX], *kept;
    size_t n = 0;

    for (;;) {
        struct str name, value = STR_NONE;

        skip_spaces(r);
        while (r->at < r->s.n && r->s.p[r->at] == '/') {
            r->at++;
            r->is_closed = r->at < r->s.n && r->s.p[r->at] == '>';
            skip_spaces(r);
        }
        if (r->at >= r->s.n)
            return false;
        if (r->s.p[r->at] == '>')
            break;
        name = arena_lower(r->a, take_name(r));
        if (name.n == 0 || n == ATTRS_MAX)
            return false;
        skip_spaces(r);
        if (r->at < r->s.n && r->s.p[r->at] == '=') {
            r->at++;
            skip_spaces(r);
            if (!take_value(r, &value))
                return false;
        } else if (has_attr(attrs, n, name)) {
            return false; /* gumbo makes something else of it */
        }
        if (!has_attr(attrs, n, name))
            attrs[n++] = (struct attr){name, value};
    }
    r->at++;
    *n_out = n;
    *out = NULL;
    if (n > 0) {
        *out = kept = arena_array(r->a, n, sizeof *kept);
        memcpy(kept, attrs, n * sizeof *kept);
    }
    return true;
}

/* Text up to the end tag of a raw element. */
static bool take_raw(struct simple *r, struct str name)
{
    size_t end = r->at;
    struct str text;

    for (;; end += 2) {
        char c;

        end = str_find(r->s, STR("</"), end);
        if (end == STR_NOT_FOUND || end + 2 + name.n >= r->s.n)
            return false;
        c = r->s.p[end + 2 + name.n];
        if (str_starts_nocase(str_from(r->s, end + 2), name) &&
            (c == '>' || c == '/' || is_space(c)))
            break;
    }
    text = str_slice(r->s, r->at, end);
    /* A script may hide its own end tag in a comment. */
    if (str_has(text, STR("<!--")))
        return false;
    if (!nest_raw(&r->nest, text))
        return false;
    r->at = end + 2 + name.n;
    skip_spaces(r);
    return r->at < r->s.n && r->s.p[r->at++] == '>';
}

static bool take_text(struct simple *r, struct str text)
{
    if (!nest_admits(&r->nest, &text))
        return false;
    return text.n == 0 ||
           (resolve(r, text, false, &text) && nest_text(&r->nest, text));
}

/* A comment, from behind "<!--". */
static bool skip_comment(struct simple *r)
{
    size_t end = str_find(r->s, STR("-->"), r->at);
    struct str inside = str_slice(r->s, r->at, end);

    if (end == STR_NOT_FOUND || str_starts(inside, STR(">")) ||
        str_starts(inside, STR("->")) || str_has(inside, STR("--!")))
        return false;
    r->at = end + 3;
    nest_comment(&r->nest);
    return true;
}

/* At '<' of markup. */
static bool take_markup(struct simple *r)
{
    struct str rest = str_from(r->s, r->at + 1), name;
    const struct attr *attrs;
    enum nest_answer answer;
    size_t n;

    if (str_starts(rest, STR("!--"))) {
        r->at += 4;
        return skip_comment(r);
    }
    if (rest.p[0] == '/') {
        r->at += 2;
        name = take_name(r);
        skip_spaces(r);
        if (str_starts(str_from(r->s, r->at), STR("/>")))
            r->at++;
        if (name.n == 0 || !is_alpha(name.p[0]) || r->at >= r->s.n ||
            r->s.p[r->at] != '>')
            return false;
        r->at++;
        return nest_end(&r->nest, name);
    }
    if (!is_alpha(rest.p[0]))
        return false;
    r->at++;
    name = take_name(r);
    r->is_closed = false;
    if (!take_attrs(r, &attrs, &n))
        return false;
    answer = nest_start(&r->nest, name, attrs, n, r->is_closed);
    return answer == NEST_RAW ? take_raw(r, name) : answer == NEST_DONE;
}

static bool read_all(struct simple *r)
{
    while (r->at < r->s.n) {
        size_t from = r->at, lt = from;

        /* A '<' before anything but a letter, '/', '!' or '?' is text. */
        for (;; lt++) {
            char c;

            lt = str_find_char(r->s, '<', lt);
            if (lt == STR_NOT_FOUND || lt + 1 == r->s.n)
                lt = r->s.n;
            if (lt == r->s.n)
                break;
            c = r->s.p[lt + 1];
            if (is_alpha(c) || c == '/' || c == '!' || c == '?')
                break;
        }
        if (!take_text(r, str_slice(r->s, from, lt)))
            return false;
        r->at = lt;
        if (lt < r->s.n && !take_markup(r))
            return false;
    }
    return true;
}

struct page_tree *html_simple(struct arena *a, struct str html)
{
    struct simple r = {.a = a, .s = html_without_br_ends(a, html)};

    /* The real parser has its own ways with these. */
    if (str_find_char(html, '\r', 0) != STR_NOT_FOUND ||
        utf8_publishable_prefix(html) != html.n)
        return NULL;
    nest_begin(&r.nest, a);
    if (!read_all(&r)) {
        nest_drop(&r.nest);
        return NULL;
    }
    return nest_finish(&r.nest);
}
