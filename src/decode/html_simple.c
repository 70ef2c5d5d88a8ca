/*
 * The short way for HTML that needs no parser's cleverness.
 *
 * Bodies of feed entries are mostly a few well-nested elements.  For those the
 * tree of the HTML standard is simply the nesting of the tags, and a stack gives
 * it ten times as fast as gumbo.  This reader takes such fragments and gives up
 * (NULL) at the first thing whose meaning would need more than the stack:
 * the end tag of an element that others are open in, a p or li to be closed
 * across other elements, content between the cells of a table, controls with
 * choices, mathematics, declarations, odd attributes, carriage returns.  Then gumbo reads
 * it all.
 *
 * What it does close by itself is what every author leaves out: a p before a
 * block, an item before an item, cells, rows and sections of tables; and it adds
 * the tbody and tr that a table lacks.  In all of these the element to be closed
 * is the innermost one (or a p or item in it), so that no formatting element is
 * ever left open behind and none has to be opened again.  An end tag of what was
 * never opened, and html, head and body, mean nothing in a fragment.  In an SVG
 * names just nest, as long as none of them is HTML's.
 *
 * test_html_simple compares it with gumbo.
 */
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "decode/entity.h"
#include "decode/tag_traits.h"
#include "decode/tree_build.h"

#define DEPTH_MAX 200
#define ATTRS_MAX 24
#define JOIN_MAX  4096 /* bytes of a text put together from parts */

/* What a start tag means in the body of a page; 0: leave it to gumbo. */
enum kind {
    K_NONE,
    K_INLINE,  /* only its own end tag */
    K_LINK,    /* the same, not inside itself */
    K_VOID,    /* no content */
    K_BLOCK,   /* ends an open p */
    K_HEADING, /* the same, not directly in another heading */
    K_RULE,    /* hr: a block without content */
    K_ITEM,    /* li: ends the item before */
    K_TERM,    /* dt, dd: ends the one before */
    K_RUBY,    /* rt, rp, rb: ends the one before */
    K_RAW,     /* text up to its end tag */
    K_OBJECT,  /* only its own end tag; a p inside is none of those around */
    K_BUTTON,  /* the same, not inside itself */
    K_FORM,    /* a block, not inside itself */
    K_SVG,
    K_IGNORED, /* a second html, head or body */
    K_TABLE,
    K_PART /* of a table */
};

static const uint8_t kinds[TAG_COUNT] = {
    [TAG_OTHER] = K_INLINE,     [TAG_ABBR] = K_INLINE,
    [TAG_ACRONYM] = K_INLINE,   [TAG_B] = K_INLINE,
    [TAG_BDI] = K_INLINE,       [TAG_BDO] = K_INLINE,
    [TAG_BIG] = K_INLINE,       [TAG_CITE] = K_INLINE,
    [TAG_CODE] = K_INLINE,      [TAG_DATA] = K_INLINE,
    [TAG_DEL] = K_INLINE,       [TAG_DFN] = K_INLINE,
    [TAG_EM] = K_INLINE,        [TAG_FONT] = K_INLINE,
    [TAG_I] = K_INLINE,         [TAG_INS] = K_INLINE,
    [TAG_KBD] = K_INLINE,       [TAG_LABEL] = K_INLINE,
    [TAG_MARK] = K_INLINE,      [TAG_PICTURE] = K_INLINE,
    [TAG_Q] = K_INLINE,         [TAG_RUBY] = K_INLINE,
    [TAG_S] = K_INLINE,         [TAG_SAMP] = K_INLINE,
    [TAG_SMALL] = K_INLINE,     [TAG_SPAN] = K_INLINE,
    [TAG_STRIKE] = K_INLINE,    [TAG_STRONG] = K_INLINE,
    [TAG_SUB] = K_INLINE,       [TAG_SUP] = K_INLINE,
    [TAG_TIME] = K_INLINE,      [TAG_TT] = K_INLINE,
    [TAG_U] = K_INLINE,         [TAG_VAR] = K_INLINE,
    [TAG_AUDIO] = K_INLINE,     [TAG_VIDEO] = K_INLINE,
    [TAG_A] = K_LINK,           [TAG_BR] = K_VOID,
    [TAG_IMG] = K_VOID,         [TAG_WBR] = K_VOID,
    [TAG_EMBED] = K_VOID,       [TAG_SOURCE] = K_VOID,
    [TAG_TRACK] = K_VOID,       [TAG_PARAM] = K_VOID,
    [TAG_LINK] = K_VOID,        [TAG_META] = K_VOID,
    [TAG_CANVAS] = K_INLINE,    [TAG_ADDRESS] = K_BLOCK,
    [TAG_ARTICLE] = K_BLOCK,    [TAG_ASIDE] = K_BLOCK,
    [TAG_BLOCKQUOTE] = K_BLOCK, [TAG_CENTER] = K_BLOCK,
    [TAG_DETAILS] = K_BLOCK,    [TAG_DIV] = K_BLOCK,
    [TAG_DL] = K_BLOCK,         [TAG_FIGCAPTION] = K_BLOCK,
    [TAG_FIGURE] = K_BLOCK,     [TAG_FOOTER] = K_BLOCK,
    [TAG_HEADER] = K_BLOCK,     [TAG_HGROUP] = K_BLOCK,
    [TAG_MAIN] = K_BLOCK,       [TAG_NAV] = K_BLOCK,
    [TAG_OL] = K_BLOCK,         [TAG_P] = K_BLOCK,
    [TAG_PRE] = K_BLOCK,        [TAG_SECTION] = K_BLOCK,
    [TAG_SUMMARY] = K_BLOCK,    [TAG_UL] = K_BLOCK,
    [TAG_H1] = K_HEADING,       [TAG_H2] = K_HEADING,
    [TAG_H3] = K_HEADING,       [TAG_H4] = K_HEADING,
    [TAG_H5] = K_HEADING,       [TAG_H6] = K_HEADING,
    [TAG_HR] = K_RULE,          [TAG_LI] = K_ITEM,
    [TAG_DT] = K_TERM,          [TAG_DD] = K_TERM,
    [TAG_RT] = K_RUBY,          [TAG_RP] = K_RUBY,
    [TAG_RB] = K_RUBY,          [TAG_SCRIPT] = K_RAW,
    [TAG_STYLE] = K_RAW,        [TAG_IFRAME] = K_RAW,
    [TAG_BUTTON] = K_BUTTON,    [TAG_INPUT] = K_VOID,
    [TAG_FORM] = K_FORM,        [TAG_FIELDSET] = K_BLOCK,
    [TAG_OBJECT] = K_OBJECT,    [TAG_SVG] = K_SVG,
    [TAG_HTML] = K_IGNORED,     [TAG_HEAD] = K_IGNORED,
    [TAG_BODY] = K_IGNORED,     [TAG_TABLE] = K_TABLE,
    [TAG_CAPTION] = K_PART,     [TAG_COLGROUP] = K_PART,
    [TAG_COL] = K_PART,         [TAG_TBODY] = K_PART,
    [TAG_THEAD] = K_PART,       [TAG_TFOOT] = K_PART,
    [TAG_TR] = K_PART,          [TAG_TD] = K_PART,
    [TAG_TH] = K_PART,
};

struct simple {
    struct arena *a;
    struct str s;
    size_t at;
    struct tree_builder b;
    uint32_t stack[DEPTH_MAX + 1]; /* [0] is the document */
    bool p_outside[DEPTH_MAX + 1]; /* of a scope: was a p open around it? */
    size_t depth;                  /* of the innermost */
    bool p_open;                   /* in the innermost scope */
    size_t links, svgs;            /* open ones */
    bool is_closed;                /* the tag ended in "/>" */
    bool after_text;   /* the innermost element's last child is open text */
    bool skip_newline; /* behind <pre> */
};

/* ---- the stack ---- */

static enum tag top(const struct simple *r)
{
    return (enum tag)r->b.at[r->stack[r->depth]].tag;
}

static bool is_cell(enum tag tag)
{
    return tag == TAG_TD || tag == TAG_TH || tag == TAG_CAPTION;
}

/* Elements that no p is looked for beyond. */
static bool is_scope(enum tag tag)
{
    return is_cell(tag) || tag == TAG_OBJECT || tag == TAG_BUTTON;
}

static bool add_node(struct simple *r, enum tag tag, struct str text,
                     const struct attr *attrs, size_t n_attrs)
{
    if (builder_add(&r->b, r->stack[r->depth], tag, text, attrs, n_attrs) ==
        NO_NODE)
        return false;
    r->after_text = tag == TAG_TEXT;
    return true;
}

static bool push(struct simple *r, enum tag tag, struct str name,
                 const struct attr *attrs, size_t n_attrs)
{
    if (r->depth == DEPTH_MAX || !add_node(r, tag, name, attrs, n_attrs))
        return false;
    r->stack[++r->depth] = r->b.n - 1;
    if (tag == TAG_P)
        r->p_open = true;
    if (tag == TAG_A)
        r->links++;
    if (tag == TAG_SVG)
        r->svgs++;
    if (is_scope(tag)) {
        r->p_outside[r->depth] = r->p_open;
        r->p_open = false;
    }
    r->skip_newline = tag == TAG_PRE;
    return true;
}

static bool push_bare(struct simple *r, enum tag tag)
{
    return push(r, tag, tag_name(tag), NULL, 0);
}

static void pop(struct simple *r)
{
    enum tag tag = top(r);

    r->after_text = false;
    if (tag == TAG_P)
        r->p_open = false;
    if (tag == TAG_A)
        r->links--;
    if (tag == TAG_SVG)
        r->svgs--;
    if (is_scope(tag))
        r->p_open = r->p_outside[r->depth];
    builder_close(&r->b, r->stack[r->depth--]);
}

/* "Generate implied end tags" but for EXCEPT. */
static void pop_implied(struct simple *r, enum tag except)
{
    for (;;) {
        enum tag tag = top(r);

        if (tag == except ||
            (tag != TAG_P && tag != TAG_LI && tag != TAG_DT && tag != TAG_DD &&
             tag != TAG_RT && tag != TAG_RP && tag != TAG_RB))
            return;
        pop(r);
    }
}

/* ---- start tags ---- */

/* A block ends an open p, which must be the innermost element. */
static bool close_p(struct simple *r)
{
    if (!r->p_open)
        return true;
    if (top(r) != TAG_P)
        return false;
    pop(r);
    return true;
}

/* The item that an item ends: the innermost element, or the one around an
 * innermost p.  Other elements between, up to LIST, are gumbo's. */
static bool close_item(struct simple *r, enum tag one, enum tag other)
{
    size_t k = r->depth;
    bool direct = true;

    for (; k > 0; k--) {
        enum tag tag = (enum tag)r->b.at[r->stack[k]].tag;

        if (tag == one || tag == other) {
            if (!direct)
                return false;
            while (r->depth >= k)
                pop(r);
            return true;
        }
        if (tag == TAG_UL || tag == TAG_OL || tag == TAG_DL || is_cell(tag))
            return true;
        direct = direct && tag == TAG_P;
    }
    return true;
}

static bool is_ruby_part(enum tag tag)
{
    return kinds[tag] == K_RUBY;
}

/* Is the innermost element one that holds only parts of a table? */
static bool in_table_structure(const struct simple *r)
{
    switch (top(r)) {
    case TAG_TABLE:
    case TAG_COLGROUP:
    case TAG_TBODY:
    case TAG_THEAD:
    case TAG_TFOOT:
    case TAG_TR:
        return true;
    default:
        return false;
    }
}

static bool is_section(enum tag tag)
{
    return tag == TAG_TBODY || tag == TAG_THEAD || tag == TAG_TFOOT;
}

/* Makes the innermost element the one that the part TAG belongs to: closes what
 * stands before it, opens what is missing. */
static bool make_place(struct simple *r, enum tag tag)
{
    bool cell = tag == TAG_TD || tag == TAG_TH;

    if (!in_table_structure(r)) {
        pop_implied(r, TAG_DOCUMENT);
        if (!is_cell(top(r)))
            return false;
        pop(r);
    }
    for (;;) {
        enum tag there = top(r);

        if (there == TAG_TR) {
            if (cell)
                return true;
            pop(r);
        } else if (is_section(there)) {
            if (tag == TAG_TR)
                return true;
            if (!cell)
                pop(r);
            else if (!push_bare(r, TAG_TR))
                return false;
        } else if (there == TAG_COLGROUP) {
            if (tag == TAG_COL)
                return true;
            pop(r);
        } else if (there != TAG_TABLE) {
            return false;
        } else if (tag == TAG_COL) {
            if (!push_bare(r, TAG_COLGROUP))
                return false;
        } else if (cell || tag == TAG_TR) {
            if (!push_bare(r, TAG_TBODY))
                return false;
        } else {
            return true;
        }
    }
}

static bool skip_spaces(struct simple *r)
{
    size_t from = r->at;

    while (r->at < r->s.n && is_space(r->s.p[r->at]))
        r->at++;
    return r->at > from;
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
    if (text.n > 0 && !add_node(r, TAG_TEXT, text, NULL, 0))
        return false;
    r->at = end + 2 + name.n;
    (void)skip_spaces(r);
    return r->at < r->s.n && r->s.p[r->at++] == '>';
}

static bool is_inside(const struct simple *r, enum tag tag)
{
    for (size_t k = r->depth; k > 0; k--)
        if (r->b.at[r->stack[k]].tag == tag)
            return true;
    return false;
}

/* What must happen before an element of KIND may stand here. */
static bool prepare(struct simple *r, enum kind kind, enum tag tag)
{
    if (kind == K_PART)
        return make_place(r, tag);
    if (in_table_structure(r))
        return false;
    switch (kind) {
    case K_LINK:
        return r->links == 0;
    case K_BUTTON:
        return !is_inside(r, tag);
    case K_FORM:
        return !is_inside(r, tag) && close_p(r);
    case K_BLOCK:
    case K_RULE:
        return close_p(r);
    case K_HEADING:
        return close_p(r) && kinds[top(r)] != K_HEADING;
    case K_ITEM:
        return close_item(r, TAG_LI, TAG_LI) && close_p(r);
    case K_TERM:
        return close_item(r, TAG_DT, TAG_DD) && close_p(r);
    case K_RUBY:
        if (is_ruby_part(top(r)))
            pop(r);
        return top(r) == TAG_RUBY;
    case K_TABLE:
        return !r->p_open;
    default:
        return kind != K_NONE;
    }
}

static struct str lower_case(struct arena *a, struct str s)
{
    char *p;

    for (size_t i = 0; i < s.n; i++) {
        if (to_lower(s.p[i]) == s.p[i])
            continue;
        p = arena_alloc(a, s.n);
        for (size_t k = 0; k < s.n; k++)
            p[k] = to_lower(s.p[k]);
        return str_of(p, s.n);
    }
    return s;
}

/* Names in an SVG that do not end it and hold nothing of their own kind. */
static bool is_drawing(enum tag tag)
{
    return tag == TAG_OTHER || tag == TAG_SVG || tag == TAG_A ||
           tag == TAG_STYLE || tag == TAG_TITLE || tag == TAG_DESC;
}

/* HTML begins again in these. */
static bool holds_html(struct str name)
{
    return str_eq(name, STR("title")) || str_eq(name, STR("desc"));
}

static bool start_in_svg(struct simple *r, struct str name, enum tag tag,
                         const struct attr *attrs, size_t n)
{
    if (!is_drawing(tag) || holds_html(r->b.at[r->stack[r->depth]].text))
        return false;
    name = lower_case(r->a, name);
    if (tag != TAG_SVG)
        tag = TAG_OTHER;
    return r->is_closed ? add_node(r, tag, name, attrs, n)
                        : push(r, tag, name, attrs, n);
}

static bool start_tag(struct simple *r, struct str name,
                      const struct attr *attrs, size_t n)
{
    enum tag tag = tag_by_any_case(name);
    enum kind kind = (enum kind)kinds[tag];

    if (r->svgs > 0)
        return start_in_svg(r, name, tag, attrs, n);
    if (kind == K_IGNORED) {
        r->skip_newline = false;
        return !in_table_structure(r);
    }
    if (kind == K_NONE || !prepare(r, kind, tag))
        return false;
    if (kind == K_SVG)
        return start_in_svg(r, name, tag, attrs, n);
    name = tag == TAG_OTHER ? lower_case(r->a, name) : tag_name(tag);
    if (kind == K_VOID || kind == K_RULE || tag == TAG_COL) {
        r->skip_newline = false;
        return add_node(r, tag, name, attrs, n);
    }
    if (!push(r, tag, name, attrs, n))
        return false;
    if (kind == K_RAW) {
        if (!take_raw(r, name))
            return false;
        pop(r);
    }
    return true;
}

/* ---- end tags ---- */

static bool end_of_table_part(struct simple *r, enum tag tag)
{
    if (!in_table_structure(r)) {
        pop_implied(r, TAG_DOCUMENT);
        if (!is_cell(top(r)))
            return false;
        if (tag == TAG_TD || tag == TAG_TH || tag == TAG_CAPTION) {
            if (top(r) != tag)
                return false;
            pop(r);
            return true;
        }
        pop(r);
    }
    if (tag == TAG_TD || tag == TAG_TH || tag == TAG_CAPTION || tag == TAG_COL)
        return false;
    if (top(r) == TAG_TR && tag != TAG_TR)
        pop(r);
    if (tag == TAG_TABLE && top(r) != TAG_TABLE)
        pop(r);
    if (top(r) != tag)
        return false;
    pop(r);
    return true;
}

/* An end tag without a start tag is passed over; of p and br it makes one. */
static bool end_of_nothing(struct simple *r, enum tag tag)
{
    if (in_table_structure(r))
        return false;
    if (tag == TAG_BR)
        return add_node(r, tag, tag_name(tag), NULL, 0);
    if (tag != TAG_P)
        return true;
    if (!push_bare(r, TAG_P))
        return false;
    pop(r);
    return true;
}

/* Gumbo knows no picture, and takes elements it does not know for each other. */
static bool is_unknown(enum tag tag)
{
    return tag == TAG_OTHER || tag == TAG_PICTURE || kinds[tag] == K_NONE;
}

/* Might the end tag be an open element's? */
static bool ends_something(const struct simple *r, enum tag tag)
{
    for (size_t k = r->depth; k > 0; k--) {
        enum tag there = (enum tag)r->b.at[r->stack[k]].tag;

        if (there == tag || (is_unknown(there) && is_unknown(tag)) ||
            (kinds[tag] == K_HEADING && kinds[there] == K_HEADING))
            return true;
    }
    return false;
}

/* Gumbo writes text that stands right before the end tag of a form behind the
 * form. */
static void end_form(struct simple *r)
{
    uint32_t form = r->stack[r->depth];
    struct node *last = &r->b.at[r->b.n - 1];
    bool has_open_text = r->after_text;

    pop(r);
    if (!has_open_text)
        return;
    r->b.at[form].end--;
    last->parent = r->stack[r->depth];
    last->depth--;
    r->after_text = true;
}

static bool end_tag(struct simple *r, struct str name)
{
    const struct node *n = &r->b.at[r->stack[r->depth]];
    enum tag tag;

    /* Most end the innermost element. */
    if (r->depth > 0 && str_eq_nocase(n->text, name)) {
        if (n->tag == TAG_FORM)
            end_form(r);
        else
            pop(r);
        r->skip_newline = false;
        return true;
    }
    tag = tag_by_any_case(name);
    r->skip_newline = false;
    if (r->svgs > 0)
        return false;
    if (!ends_something(r, tag))
        return end_of_nothing(r, tag);
    switch (kinds[tag]) {
    case K_TABLE:
    case K_PART:
        return end_of_table_part(r, tag);
    case K_BLOCK:
    case K_FORM:
    case K_HEADING:
    case K_ITEM:
    case K_TERM:
        if (tag == TAG_P) /* around other elements, or beyond a scope */
            return false;
        pop_implied(r, kinds[tag] == K_ITEM || kinds[tag] == K_TERM
                           ? tag
                           : TAG_DOCUMENT);
        if (top(r) != tag)
            return false;
        if (tag == TAG_FORM)
            end_form(r);
        else
            pop(r);
        return true;
    case K_OBJECT:
    case K_BUTTON:
        pop_implied(r, TAG_DOCUMENT);
        if (top(r) != tag)
            return false;
        pop(r);
        return true;
    default:
        if (tag != TAG_RUBY || !is_ruby_part(top(r)))
            return false;
        pop(r);
        if (top(r) != tag)
            return false;
        pop(r);
        return true;
    }
}

/* ---- tokens ---- */

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

        (void)skip_spaces(r);
        while (r->at < r->s.n && r->s.p[r->at] == '/') {
            r->at++;
            r->is_closed = r->at < r->s.n && r->s.p[r->at] == '>';
            (void)skip_spaces(r);
        }
        if (r->at >= r->s.n)
            return false;
        if (r->s.p[r->at] == '>')
            break;
        name = lower_case(r->a, take_name(r));
        if (name.n == 0 || n == ATTRS_MAX)
            return false;
        (void)skip_spaces(r);
        if (r->at < r->s.n && r->s.p[r->at] == '=') {
            r->at++;
            (void)skip_spaces(r);
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

/* Text goes on behind a tag that was passed over. */
static bool join_text(struct simple *r, struct str more)
{
    struct str *text = &r->b.at[r->b.n - 1].text;

    if (text->n + more.n > JOIN_MAX)
        return false;
    *text = arena_cat(r->a, *text, more);
    return true;
}

static bool add_text(struct simple *r, struct str text)
{
    if (r->skip_newline && text.n > 0 && text.p[0] == '\n')
        text = str_from(text, 1);
    r->skip_newline = false;
    if (text.n == 0)
        return true;
    if (in_table_structure(r) && str_trim(text).n > 0)
        return false;
    if (!resolve(r, text, false, &text))
        return false;
    return r->after_text ? join_text(r, text)
                         : add_node(r, TAG_TEXT, text, NULL, 0);
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
    r->after_text = false;
    return true;
}

/* At '<' of markup. */
static bool take_markup(struct simple *r)
{
    struct str rest = str_from(r->s, r->at + 1), name;
    const struct attr *attrs;
    size_t n;

    if (str_starts(rest, STR("!--"))) {
        r->at += 4;
        return skip_comment(r);
    }
    if (rest.p[0] == '/') {
        r->at += 2;
        name = take_name(r);
        (void)skip_spaces(r);
        if (str_starts(str_from(r->s, r->at), STR("/>")))
            r->at++;
        if (name.n == 0 || !is_alpha(name.p[0]) || r->at >= r->s.n ||
            r->s.p[r->at] != '>')
            return false;
        r->at++;
        return end_tag(r, name);
    }
    if (!is_alpha(rest.p[0]))
        return false;
    r->at++;
    name = take_name(r);
    r->is_closed = false;
    if (!take_attrs(r, &attrs, &n))
        return false;
    return start_tag(r, name, attrs, n);
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
        if (!add_text(r, str_slice(r->s, from, lt)))
            return false;
        r->at = lt;
        if (lt < r->s.n && !take_markup(r))
            return false;
    }
    return true;
}

struct page_tree *html_simple(struct arena *a, struct str html)
{
    struct simple r = {.a = a, .s = html};

    /* The real parser has its own ways with these. */
    if (str_find_char(html, '\r', 0) != STR_NOT_FOUND ||
        utf8_publishable_prefix(html) != html.n)
        return NULL;
    builder_init(&r.b);
    if (!read_all(&r)) {
        builder_drop(&r.b);
        return NULL;
    }
    while (r.depth > 0)
        pop(&r);
    return builder_finish(&r.b, a);
}
