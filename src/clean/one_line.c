/*
 * Titles and names: one line of plain text that means what the source meant.
 *
 * Markup in a title is markup only when somebody closes it: <i>Dune</i> is a
 * title in italics, but "The <code> element" is about an element, whatever type
 * the feed declares, since feeds often escape once too little.  A tag without
 * its partner therefore counts as text; so does "<" before anything that is no
 * tag.  References are resolved once.
 */
#include "clean/clean.h"

#include "base/arena.h"
#include "base/buf.h"
#include "clean/summary.h"
#include "decode/node.h"

#define TAGS_MAX 64 /* tags of one line whose partners are looked for */

/* Elements that are complete, or commonly left open, without an end tag. */
static bool stands_alone(enum tag tag)
{
    return tag == TAG_BR || tag == TAG_HR || tag == TAG_IMG || tag == TAG_WBR ||
           tag == TAG_P || tag == TAG_LI;
}

static struct str tag_name_at(struct str s, size_t i)
{
    size_t from = i;

    while (i < s.n && (is_alnum(s.p[i]) || s.p[i] == '-' || s.p[i] == ':'))
        i++;
    return str_slice(s, from, i);
}

static enum tag tag_of_name(struct str name)
{
    char lower[16];

    if (name.n > sizeof lower)
        return TAG_OTHER;
    for (size_t i = 0; i < name.n; i++)
        lower[i] = to_lower(name.p[i]);
    return tag_by_name(str_of(lower, name.n));
}

/* Is there, from byte FROM of S on, a tag </NAME?  Or, before it, <NAME? */
static bool has_partner(struct str s, size_t at, struct str name, bool is_end)
{
    size_t hit = is_end ? 0 : at;

    while ((hit = str_find_char(s, '<', hit)) != STR_NOT_FOUND) {
        size_t begin = hit + (is_end ? 1 : 2);

        if (is_end && hit >= at)
            return false;
        if ((is_end || (hit + 1 < s.n && s.p[hit + 1] == '/')) &&
            str_eq_nocase(tag_name_at(s, begin), name))
            return true;
        hit++;
    }
    return false;
}

/* Is the "<" at byte AT of S the beginning of markup that was meant? */
static bool is_meant(struct str s, size_t at)
{
    bool is_end = at + 1 < s.n && s.p[at + 1] == '/';
    struct str name = tag_name_at(s, at + 1 + is_end);

    if (str_starts(str_from(s, at), STR("<!--")))
        return true;
    if (name.n == 0 || !is_alpha(name.p[0]) ||
        str_find_char(s, '>', at) == STR_NOT_FOUND)
        return false;
    return stands_alone(tag_of_name(name)) || has_partner(s, at, name, is_end);
}

/* S with the "<" that are text escaped. */
static struct str with_text_escaped(struct arena *a, struct str s)
{
    struct buf b;
    struct str out;
    size_t from = 0, tags = 0;

    buf_init(&b, BUF_MAX);
    for (size_t at = 0; (at = str_find_char(s, '<', at)) != STR_NOT_FOUND;
         at++) {
        if (tags++ < TAGS_MAX && is_meant(s, at))
            continue;
        buf_add_str(&b, str_slice(s, from, at));
        buf_add_str(&b, STR("&lt;"));
        from = at + 1;
    }
    buf_add_str(&b, str_from(s, from));
    out = buf_keep(&b, a);
    buf_done(&b);
    return out;
}

static bool has_markup(struct str s)
{
    return str_find_char(s, '<', 0) != STR_NOT_FOUND ||
           str_find_char(s, '&', 0) != STR_NOT_FOUND;
}

struct str text_to_line(struct arena *a, const struct text *t)
{
    struct str s = t->value;
    struct notes notes = {0};
    struct arena_mark mark;
    struct buf line;

    if (t->type == TEXT_PLAIN || !has_markup(s))
        return one_line(a, s);
    /* The tree of a long one is many times its size. */
    mark = arena_mark(a);
    if (t->type == TEXT_HTML)
        s = with_text_escaped(a, s);
    s = one_line(a, node_text(html_parse_fragment(a, s, &notes), 0, a));
    buf_init(&line, BUF_MAX);
    buf_add_str(&line, s);
    arena_release(a, mark);
    s = buf_keep(&line, a);
    buf_done(&line);
    return s;
}
