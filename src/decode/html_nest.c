/*
 * What closes itself is what every author leaves out: a p before a block, an
 * item before an item, cells, rows and sections of tables; and the tbody and tr
 * that a table lacks are added.  In all of these the element to be closed is the
 * innermost one (or a p or item in it), so that no formatting element is ever
 * left open behind and none has to be opened again.  An end tag of what was
 * never opened, and html, head and body, mean nothing in a fragment.  In an SVG
 * names just nest, as long as none of them is HTML's.
 */
#include "decode/html_nest.h"

#include "base/arena.h"
#include "decode/tag_traits.h"

#define JOIN_MAX 4096 /* bytes of a text put together from parts */

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

/* ---- the stack ---- */

static enum tag top(const struct nesting *t)
{
    return (enum tag)t->b.at[t->stack[t->depth]].tag;
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

static bool add_node(struct nesting *t, enum tag tag, struct str text,
                     const struct attr *attrs, size_t n_attrs)
{
    if (builder_add(&t->b, t->stack[t->depth], tag, text, attrs, n_attrs) ==
        NO_NODE)
        return false;
    t->after_text = tag == TAG_TEXT;
    return true;
}

static bool push(struct nesting *t, enum tag tag, struct str name,
                 const struct attr *attrs, size_t n_attrs)
{
    if (t->depth == NEST_DEPTH_MAX || !add_node(t, tag, name, attrs, n_attrs))
        return false;
    t->stack[++t->depth] = t->b.n - 1;
    if (tag == TAG_P)
        t->p_open = true;
    if (tag == TAG_A)
        t->links++;
    if (tag == TAG_SVG)
        t->svgs++;
    if (is_scope(tag)) {
        t->p_outside[t->depth] = t->p_open;
        t->p_open = false;
    }
    t->skip_newline = tag == TAG_PRE;
    return true;
}

static bool push_bare(struct nesting *t, enum tag tag)
{
    return push(t, tag, tag_name(tag), NULL, 0);
}

static void pop(struct nesting *t)
{
    enum tag tag = top(t);

    t->after_text = false;
    if (tag == TAG_P)
        t->p_open = false;
    if (tag == TAG_A)
        t->links--;
    if (tag == TAG_SVG)
        t->svgs--;
    if (is_scope(tag))
        t->p_open = t->p_outside[t->depth];
    builder_close(&t->b, t->stack[t->depth--]);
}

/* "Generate implied end tags" but for EXCEPT. */
static void pop_implied(struct nesting *t, enum tag except)
{
    for (;;) {
        enum tag tag = top(t);

        if (tag == except ||
            (tag != TAG_P && tag != TAG_LI && tag != TAG_DT && tag != TAG_DD &&
             tag != TAG_RT && tag != TAG_RP && tag != TAG_RB))
            return;
        pop(t);
    }
}

/* ---- start tags ---- */

/* A block ends an open p, which must be the innermost element. */
static bool close_p(struct nesting *t)
{
    if (!t->p_open)
        return true;
    if (top(t) != TAG_P)
        return false;
    pop(t);
    return true;
}

/* The item that an item ends: the innermost element, or the one around an
 * innermost p.  Other elements between, up to LIST, are gumbo's. */
static bool close_item(struct nesting *t, enum tag one, enum tag other)
{
    size_t k = t->depth;
    bool direct = true;

    for (; k > 0; k--) {
        enum tag tag = (enum tag)t->b.at[t->stack[k]].tag;

        if (tag == one || tag == other) {
            if (!direct)
                return false;
            while (t->depth >= k)
                pop(t);
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
static bool in_table_structure(const struct nesting *t)
{
    return tag_holds_parts(top(t));
}

static bool is_section(enum tag tag)
{
    return tag == TAG_TBODY || tag == TAG_THEAD || tag == TAG_TFOOT;
}

/* Makes the innermost element the one that the part TAG belongs to: closes what
 * stands before it, opens what is missing. */
static bool make_place(struct nesting *t, enum tag tag)
{
    bool cell = tag == TAG_TD || tag == TAG_TH;

    if (!in_table_structure(t)) {
        pop_implied(t, TAG_DOCUMENT);
        if (!is_cell(top(t)))
            return false;
        pop(t);
    }
    for (;;) {
        enum tag there = top(t);

        if (there == TAG_TR) {
            if (cell)
                return true;
            pop(t);
        } else if (is_section(there)) {
            if (tag == TAG_TR)
                return true;
            if (!cell)
                pop(t);
            else if (!push_bare(t, TAG_TR))
                return false;
        } else if (there == TAG_COLGROUP) {
            if (tag == TAG_COL)
                return true;
            pop(t);
        } else if (there != TAG_TABLE) {
            return false;
        } else if (tag == TAG_COL) {
            if (!push_bare(t, TAG_COLGROUP))
                return false;
        } else if (cell || tag == TAG_TR) {
            if (!push_bare(t, TAG_TBODY))
                return false;
        } else {
            return true;
        }
    }
}

static bool is_inside(const struct nesting *t, enum tag tag)
{
    for (size_t k = t->depth; k > 0; k--)
        if (t->b.at[t->stack[k]].tag == tag)
            return true;
    return false;
}

/* What must happen before an element of KIND may stand here. */
static bool prepare(struct nesting *t, enum kind kind, enum tag tag)
{
    if (kind == K_PART)
        return make_place(t, tag);
    if (in_table_structure(t))
        return false;
    switch (kind) {
    case K_LINK:
        return t->links == 0;
    case K_BUTTON:
        return !is_inside(t, tag);
    case K_FORM:
        return !is_inside(t, tag) && close_p(t);
    case K_BLOCK:
    case K_RULE:
        return close_p(t);
    case K_HEADING:
        return close_p(t) && kinds[top(t)] != K_HEADING;
    case K_ITEM:
        return close_item(t, TAG_LI, TAG_LI) && close_p(t);
    case K_TERM:
        return close_item(t, TAG_DT, TAG_DD) && close_p(t);
    case K_RUBY:
        if (is_ruby_part(top(t)))
            pop(t);
        return top(t) == TAG_RUBY;
    case K_TABLE:
        return !t->p_open;
    default:
        return kind != K_NONE;
    }
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

static bool start_in_svg(struct nesting *t, struct str name, enum tag tag,
                         const struct attr *attrs, size_t n, bool is_closed)
{
    if (!is_drawing(tag) || holds_html(t->b.at[t->stack[t->depth]].text))
        return false;
    name = arena_lower(t->a, name);
    if (tag != TAG_SVG)
        tag = TAG_OTHER;
    return is_closed ? add_node(t, tag, name, attrs, n)
                     : push(t, tag, name, attrs, n);
}

enum nest_answer nest_start(struct nesting *t, struct str name,
                            const struct attr *attrs, size_t n, bool is_closed)
{
    enum tag tag = tag_by_any_case(name);
    enum kind kind = (enum kind)kinds[tag];

    if (t->svgs > 0)
        return start_in_svg(t, name, tag, attrs, n, is_closed) ? NEST_DONE
                                                               : NEST_NO;
    if (kind == K_IGNORED) {
        t->skip_newline = false;
        return in_table_structure(t) ? NEST_NO : NEST_DONE;
    }
    if (kind == K_NONE || !prepare(t, kind, tag))
        return NEST_NO;
    if (kind == K_SVG)
        return start_in_svg(t, name, tag, attrs, n, is_closed) ? NEST_DONE
                                                               : NEST_NO;
    name = tag == TAG_OTHER ? arena_lower(t->a, name) : tag_name(tag);
    if (kind == K_VOID || kind == K_RULE || tag == TAG_COL) {
        t->skip_newline = false;
        return add_node(t, tag, name, attrs, n) ? NEST_DONE : NEST_NO;
    }
    if (!push(t, tag, name, attrs, n))
        return NEST_NO;
    return kind == K_RAW ? NEST_RAW : NEST_DONE;
}

bool nest_raw(struct nesting *t, struct str text)
{
    if (text.n > 0 && !add_node(t, TAG_TEXT, text, NULL, 0))
        return false;
    pop(t);
    return true;
}

/* ---- end tags ---- */

static bool end_of_table_part(struct nesting *t, enum tag tag)
{
    if (!in_table_structure(t)) {
        pop_implied(t, TAG_DOCUMENT);
        if (!is_cell(top(t)))
            return false;
        if (tag == TAG_TD || tag == TAG_TH || tag == TAG_CAPTION) {
            if (top(t) != tag)
                return false;
            pop(t);
            return true;
        }
        pop(t);
    }
    if (tag == TAG_TD || tag == TAG_TH || tag == TAG_CAPTION || tag == TAG_COL)
        return false;
    if (top(t) == TAG_TR && tag != TAG_TR)
        pop(t);
    if (tag == TAG_TABLE && top(t) != TAG_TABLE)
        pop(t);
    if (top(t) != tag)
        return false;
    pop(t);
    return true;
}

/* An end tag without a start tag is passed over; of p and br it makes one. */
static bool end_of_nothing(struct nesting *t, enum tag tag)
{
    if (in_table_structure(t))
        return false;
    if (tag == TAG_BR)
        return add_node(t, tag, tag_name(tag), NULL, 0);
    if (tag != TAG_P)
        return true;
    if (!push_bare(t, TAG_P))
        return false;
    pop(t);
    return true;
}

/* Gumbo knows no picture, and takes elements it does not know for each other. */
static bool is_unknown(enum tag tag)
{
    return tag == TAG_OTHER || tag == TAG_PICTURE || kinds[tag] == K_NONE;
}

/* Might the end tag be an open element's? */
static bool ends_something(const struct nesting *t, enum tag tag)
{
    for (size_t k = t->depth; k > 0; k--) {
        enum tag there = (enum tag)t->b.at[t->stack[k]].tag;

        if (there == tag || (is_unknown(there) && is_unknown(tag)) ||
            (kinds[tag] == K_HEADING && kinds[there] == K_HEADING))
            return true;
    }
    return false;
}

/* Gumbo writes text that stands right before the end tag of a form behind the
 * form. */
static void end_form(struct nesting *t)
{
    uint32_t form = t->stack[t->depth];
    struct node *last = &t->b.at[t->b.n - 1];
    bool has_open_text = t->after_text;

    pop(t);
    if (!has_open_text)
        return;
    t->b.at[form].end--;
    last->parent = t->stack[t->depth];
    last->depth--;
    t->after_text = true;
}

bool nest_end(struct nesting *t, struct str name)
{
    const struct node *n = &t->b.at[t->stack[t->depth]];
    enum tag tag;

    /* Most end the innermost element. */
    if (t->depth > 0 && str_eq_nocase(n->text, name)) {
        if (n->tag == TAG_FORM)
            end_form(t);
        else
            pop(t);
        t->skip_newline = false;
        return true;
    }
    tag = tag_by_any_case(name);
    t->skip_newline = false;
    if (t->svgs > 0)
        return false;
    if (!ends_something(t, tag))
        return end_of_nothing(t, tag);
    switch (kinds[tag]) {
    case K_TABLE:
    case K_PART:
        return end_of_table_part(t, tag);
    case K_BLOCK:
    case K_FORM:
    case K_HEADING:
    case K_ITEM:
    case K_TERM:
        if (tag == TAG_P) /* around other elements, or beyond a scope */
            return false;
        pop_implied(t, kinds[tag] == K_ITEM || kinds[tag] == K_TERM
                           ? tag
                           : TAG_DOCUMENT);
        if (top(t) != tag)
            return false;
        if (tag == TAG_FORM)
            end_form(t);
        else
            pop(t);
        return true;
    case K_OBJECT:
    case K_BUTTON:
        pop_implied(t, TAG_DOCUMENT);
        if (top(t) != tag)
            return false;
        pop(t);
        return true;
    default:
        if (tag != TAG_RUBY || !is_ruby_part(top(t)))
            return false;
        pop(t);
        if (top(t) != tag)
            return false;
        pop(t);
        return true;
    }
}

/* ---- text ---- */

/* Text goes on behind a tag that was passed over. */
static bool join_text(struct nesting *t, struct str more)
{
    struct str *text = &t->b.at[t->b.n - 1].text;

    if (text->n + more.n > JOIN_MAX)
        return false;
    *text = arena_cat(t->a, *text, more);
    return true;
}

bool nest_admits(struct nesting *t, struct str *text)
{
    if (t->skip_newline && text->n > 0 && text->p[0] == '\n')
        *text = str_from(*text, 1);
    t->skip_newline = false;
    return !in_table_structure(t) || str_trim(*text).n == 0;
}

bool nest_text(struct nesting *t, struct str text)
{
    return t->after_text ? join_text(t, text)
                         : add_node(t, TAG_TEXT, text, NULL, 0);
}

void nest_comment(struct nesting *t)
{
    t->after_text = false;
}

/* ---- beginning and end ---- */

void nest_begin(struct nesting *t, struct arena *a)
{
    *t = (struct nesting){.a = a};
    builder_init(&t->b);
}

struct page_tree *nest_finish(struct nesting *t)
{
    while (t->depth > 0)
        pop(t);
    return builder_finish(&t->b, t->a);
}

void nest_drop(struct nesting *t)
{
    builder_drop(&t->b);
}
