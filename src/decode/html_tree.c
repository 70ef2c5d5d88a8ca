/*
 * HTML by gumbo, written into our own preorder tree.
 *
 * Gumbo's nodes live in a scratch arena with a budget: when hostile markup wants
 * more, its allocator leaves by longjmp, the whole scratch arena is dropped
 * (gumbo's destroy, which is recursive, is never called), and the linear reader
 * takes over.  The same happens before parsing when the pre-scan objects.
 *
 * Gumbo takes its time for each character, also for those of scripts and styles,
 * which are a third of what pages are made of.  It is given a source in which
 * one letter stands for each such text; afterwards every letter must be where it
 * was put, alone in a script or style, or else the whole source is parsed: what
 * the pre-scan took for a script was none.
 *
 * What survives is our tree: views into the source wherever gumbo's decoded
 * string equals what stands there (it nearly always does), copies elsewhere.
 */
#include "decode/node.h"

#include <gumbo.h>
#include <setjmp.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "decode/tag_traits.h"
#include "decode/tree_build.h"

/* What a parser may take.  Of a fragment, and of a page no longer than those that
 * are read for their entries, it is less: beside it stand the entry it came from
 * and, before long, what is printed of it, and all of that wants less than 64 MB. */
#define GUMBO_BUDGET ((size_t)64 << 20)
#define SMALL_BUDGET ((size_t)32 << 20)
#define SMALL_BYTES  ((size_t)1 << 20)
#define CUT_TAG_MAX  ((size_t)64 << 10) /* no longer tag is looked for */

struct budget {
    struct arena *scratch;
    jmp_buf over;
};

static void *take(void *ctx, size_t n)
{
    struct budget *budget = ctx;
    void *p = arena_try(budget->scratch, n == 0 ? 1 : n);

    if (p == NULL)
        longjmp(budget->over, 1);
    return p;
}

static void keep(void *ctx, void *p)
{
    (void)ctx;
    (void)p;
}

/* NULL when the budget was not enough. */
static const GumboOutput *run_gumbo(struct budget *budget, struct str html,
                                    bool is_fragment)
{
    GumboOptions options = kGumboDefaultOptions;

    options.allocator = take;
    options.deallocator = keep;
    options.userdata = budget;
    options.max_errors = 0;
    if (is_fragment)
        options.fragment_context = GUMBO_TAG_BODY;
    if (setjmp(budget->over) != 0)
        return NULL;
    return gumbo_parse_with_options(&options, html.p, html.n);
}

/* ---- from gumbo's nodes to ours ---- */

struct copier {
    struct arena *a;
    struct tree_builder b;
    const struct raw_texts *raw;
    size_t raw_found;
    /* Our tag of each of gumbo's, 0 while not looked up. */
    uint16_t tags[GUMBO_TAG_LAST + 1];
};

/* A copy of what gumbo decoded.  Of a reference beyond the range of an int it
 * makes bytes that are no UTF-8. */
static struct str copy_decoded(struct arena *a, struct str s)
{
    size_t n = 0, next;
    char *p;

    if (utf8_valid(s))
        return arena_str(a, s);
    p = arena_array(a, s.n, 3);
    for (size_t i = 0; i < s.n; i = next) {
        next = i;
        n += utf8_put(p + n, utf8_next(s, &next));
    }
    return str_of(p, n);
}

/* WANTED as a view into SOURCE if it stands there, else as a copy. */
static struct str view_or_copy(struct arena *a, const char *wanted,
                               GumboStringPiece source)
{
    size_t n = strlen(wanted);

    if (source.length == n && (n == 0 || memcmp(source.data, wanted, n) == 0))
        return n == 0 ? STR_NONE : str_of(source.data, n);
    return copy_decoded(a, str_of(wanted, n));
}

/* A name as it stands in the source.  Behind an attribute given twice gumbo
 * begins a name too early. */
static struct str last_name(GumboStringPiece piece)
{
    struct str name = str_trim(str_of(piece.data, piece.length));
    size_t from = name.n;

    while (from > 0 && !is_space(name.p[from - 1]) && name.p[from - 1] != '/')
        from--;
    return str_from(name, from);
}

static struct attr copy_attr(struct arena *a, const GumboAttribute *from)
{
    GumboStringPiece value = from->original_value;
    struct attr attr;

    if (value.length >= 2 && (value.data[0] == '"' || value.data[0] == '\'')) {
        value.data++;
        value.length -= 2;
    }
    attr.value = view_or_copy(a, from->value, value);
    /* Gumbo takes the prefix off xlink:href and restores capitals in SVG: both
     * are undone by going back to the source. */
    attr.name = arena_lower(a, last_name(from->original_name));
    return attr;
}

static const struct attr *copy_attrs(struct arena *a, const GumboVector *from)
{
    struct attr *attrs;

    if (from->length == 0)
        return NULL;
    attrs = arena_array(a, from->length, sizeof *attrs);
    for (unsigned i = 0; i < from->length; i++)
        attrs[i] = copy_attr(a, from->data[i]);
    return attrs;
}

static enum tag tag_of(struct copier *c, const GumboElement *e)
{
    uint16_t *known = &c->tags[e->tag];

    if (*known == 0)
        *known = (uint16_t)tag_by_any_case(
            str_from_c(gumbo_normalized_tagname(e->tag)));
    if (e->tag_namespace == GUMBO_NAMESPACE_SVG && *known != TAG_SVG)
        return TAG_OTHER;
    return (enum tag) * known;
}

static uint32_t copy_element(struct copier *c, uint32_t parent,
                             const GumboElement *e)
{
    enum tag tag = TAG_OTHER;
    GumboStringPiece piece = e->original_tag;
    struct str name = STR_NONE;

    if (piece.length > 0) {
        gumbo_tag_from_original_text(&piece);
        name = str_of(piece.data, piece.length);
    }
    if (e->tag != GUMBO_TAG_UNKNOWN)
        tag = tag_of(c, e);
    else if (e->tag_namespace != GUMBO_NAMESPACE_SVG)
        tag = tag_by_any_case(name);
    return builder_add(&c->b, parent, tag,
                       tag == TAG_OTHER ? arena_lower(c->a, name)
                                        : tag_name(tag),
                       copy_attrs(c->a, &e->attributes), e->attributes.length);
}

struct level {
    const GumboVector *children;
    unsigned next;
    uint32_t node;
};

/* The script or style that AT in the thinned source stands for, or NULL. */
static const struct raw_text *raw_text_at(const struct raw_texts *raw,
                                          const char *at)
{
    size_t low = 0, high = raw->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (raw->at[middle].at < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < raw->n && raw->at[low].at == at ? &raw->at[low] : NULL;
}

/* Line ends as gumbo gives them. */
static struct str with_line_feeds(struct arena *a, struct str s)
{
    size_t n = 0;
    char *p;

    if (str_find_char(s, '\r', 0) == STR_NOT_FOUND)
        return s;
    p = arena_alloc(a, s.n);
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != '\r')
            p[n++] = s.p[i];
        else if (i + 1 == s.n || s.p[i + 1] != '\n')
            p[n++] = '\n';
    }
    return str_of(p, n);
}

static struct str copy_text(struct copier *c, uint32_t parent,
                            const GumboText *text)
{
    const struct raw_text *raw = NULL;
    unsigned tag = c->b.at[parent].tag;

    if ((tag == TAG_SCRIPT || tag == TAG_STYLE) &&
        text->original_text.length == 1)
        raw = raw_text_at(c->raw, text->original_text.data);
    if (raw == NULL)
        return view_or_copy(c->a, text->text, text->original_text);
    c->raw_found++;
    return with_line_feeds(c->a, raw->text);
}

/* Adds NODE; true if it has children to walk, which *DOWN then names. */
static bool copy_node(struct copier *c, uint32_t parent, const GumboNode *node,
                      struct level *down)
{
    switch (node->type) {
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_CDATA:
    case GUMBO_NODE_WHITESPACE:
        builder_add(&c->b, parent, TAG_TEXT,
                    copy_text(c, parent, &node->v.text), NULL, 0);
        return false;
    case GUMBO_NODE_ELEMENT:
    case GUMBO_NODE_TEMPLATE:
        down->node = copy_element(c, parent, &node->v.element);
        down->children = &node->v.element.children;
        down->next = 0;
        return down->node != NO_NODE;
    case GUMBO_NODE_DOCUMENT:
    case GUMBO_NODE_COMMENT:
        break;
    }
    return false;
}

static void copy_children(struct copier *c, struct arena *scratch,
                          const GumboVector *children)
{
    VEC(struct level) stack = {0};

    *vec_add(scratch, &stack) = (struct level){.children = children};
    while (stack.n > 0 && !c->b.full) {
        struct level *top = &stack.at[stack.n - 1];
        struct level down = {0};

        if (top->next == top->children->length) {
            builder_close(&c->b, top->node);
            stack.n--;
            continue;
        }
        if (copy_node(c, top->node, top->children->data[top->next++], &down))
            *vec_add(scratch, &stack) = down;
    }
    while (stack.n > 0)
        builder_close(&c->b, stack.at[--stack.n].node);
}

/* NULL when not all of RAW is where it should be. */
static struct page_tree *copy_tree(struct arena *a, struct arena *scratch,
                                   const GumboOutput *output, bool is_fragment,
                                   const struct raw_texts *raw)
{
    struct copier c = {.a = a, .raw = raw};
    const GumboVector *top = &output->document->v.document.children;

    if (is_fragment)
        top = &output->root->v.element.children;
    builder_init(&c.b);
    copy_children(&c, scratch, top);
    if (c.raw_found < raw->n && !c.b.full) {
        builder_drop(&c.b);
        return NULL;
    }
    return builder_finish(&c.b, a);
}

/* ---- both ways in ---- */

static void find_head_and_body(struct page_tree *t)
{
    uint32_t html = node_first(t, 0);

    while (html != 0 && t->nodes[html].tag != TAG_HTML)
        html = node_next(t, html);
    if (html == 0)
        return;
    for (uint32_t i = node_first(t, html); i != 0; i = node_next(t, i)) {
        if (t->nodes[i].tag == TAG_HEAD && t->head == 0)
            t->head = i;
        if (t->nodes[i].tag == TAG_BODY && t->body == 0)
            t->body = i;
    }
}

/* As much of HTML as is read, without a tag that the cut went through, which no
 * parser would show. */
static struct str clipped(struct str html)
{
    size_t tag;

    html = utf8_clip(html, HTML_MAX_BYTES);
    tag = str_find_last(html, '<');
    if (tag != STR_NOT_FOUND && html.n - tag < CUT_TAG_MAX &&
        str_find_char(html, '>', tag) == STR_NOT_FOUND)
        html.n = tag;
    return html;
}

/* HTML with one letter in place of each text of RAW, in A. */
static struct str thinned(struct arena *a, struct str html,
                          struct raw_texts *raw)
{
    size_t n = html.n, from = 0;
    char *p, *at;

    for (size_t i = 0; i < raw->n; i++)
        n -= raw->at[i].text.n - 1;
    p = at = arena_alloc(a, n);
    for (size_t i = 0; i < raw->n; i++) {
        struct str text = raw->at[i].text;
        size_t before = (size_t)(text.p - html.p) - from;

        memcpy(at, html.p + from, before);
        at += before;
        raw->at[i].at = at;
        *at++ = 'x';
        from += before + text.n;
    }
    memcpy(at, html.p + from, html.n - from);
    return str_of(p, n);
}

/* By gumbo; NULL when it wants too much memory or RAW is not what it seems. */
static struct page_tree *parse_all(struct arena *a, struct str html,
                                   bool is_fragment, struct raw_texts *raw,
                                   const char **why)
{
    struct budget budget = {.scratch =
                                arena_new(is_fragment || html.n <= SMALL_BYTES
                                              ? SMALL_BUDGET
                                              : GUMBO_BUDGET)};
    struct str source = raw->n > 0 ? thinned(a, html, raw) : html;
    const GumboOutput *output = run_gumbo(&budget, source, is_fragment);
    struct page_tree *t = NULL;

    if (output != NULL)
        t = copy_tree(a, budget.scratch, output, is_fragment, raw);
    else
        *why = "markup that wants too much memory";
    arena_free(budget.scratch);
    return t;
}

struct str html_without_br_ends(struct arena *a, struct str html)
{
    struct str twice = STR("<br></br>");
    size_t from = 0, at = str_find(html, twice, 0);
    struct buf b;

    if (at == STR_NOT_FOUND)
        return html;
    buf_init(&b, BUF_MAX);
    for (; at != STR_NOT_FOUND; at = str_find(html, twice, from)) {
        buf_add_str(&b, str_slice(html, from, at + STR("<br>").n));
        from = at + twice.n;
    }
    buf_add_str(&b, str_from(html, from));
    html = buf_keep(&b, a);
    buf_done(&b);
    return html;
}

static struct page_tree *parse(struct arena *a, struct str html,
                               bool is_fragment, struct notes *notes)
{
    struct raw_texts raw = {.n = 0};
    const char *why;
    struct page_tree *t = NULL;

    if (html.n > HTML_MAX_BYTES) {
        html = clipped(html);
        note_add(notes, a, NOTE_TOO_LARGE, "the first %zu MB were read",
                 HTML_MAX_BYTES >> 20);
    }
    if (is_fragment && (t = html_simple(a, html)) != NULL)
        return t;
    if (is_fragment)
        html = html_without_br_ends(a, html);
    why = prescan_html(html, a, is_fragment ? NULL : &raw);
    if (why == NULL)
        t = parse_all(a, html, is_fragment, &raw, &why);
    if (t == NULL && why == NULL) {
        raw.n = 0;
        t = parse_all(a, html, is_fragment, &raw, &why);
    }
    if (t == NULL) {
        note_add(notes, a, NOTE_MARKUP_HOSTILE, "%s", why);
        t = html_flat(a, html, is_fragment, notes);
    }
    if (!is_fragment)
        find_head_and_body(t);
    return t;
}

struct page_tree *html_parse(struct arena *a, struct str html,
                             struct notes *notes)
{
    return parse(a, html, false, notes);
}

struct page_tree *html_parse_fragment(struct arena *a, struct str html,
                                      struct notes *notes)
{
    return parse(a, html, true, notes);
}
