/*
 * HTML by gumbo, written into our own preorder tree.
 *
 * Gumbo's nodes live in a scratch arena with a budget: when hostile markup wants
 * more, its allocator leaves by longjmp, the whole scratch arena is dropped
 * (gumbo's destroy, which is recursive, is never called), and the linear reader
 * takes over.  The same happens before parsing when the pre-scan objects.
 *
 * What survives is our tree: views into the source wherever gumbo's decoded
 * string equals what stands there (it nearly always does), copies elsewhere.
 */
#include "decode/node.h"

#include <gumbo.h>
#include <setjmp.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "decode/tag_traits.h"
#include "decode/tree_build.h"

/* What a parser may take.  Of a fragment it is less: beside it stand the entry
 * it came from and, before long, what is printed of it, and all of that wants
 * less than 64 MB. */
#define GUMBO_BUDGET    ((size_t)64 << 20)
#define FRAGMENT_BUDGET ((size_t)32 << 20)
#define CUT_TAG_MAX     ((size_t)64 << 10) /* no longer tag is looked for */

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
    attr.name = lower_case(a, last_name(from->original_name));
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
                       tag == TAG_OTHER ? lower_case(c->a, name)
                                        : tag_name(tag),
                       copy_attrs(c->a, &e->attributes), e->attributes.length);
}

struct level {
    const GumboVector *children;
    unsigned next;
    uint32_t node;
};

/* Adds NODE; true if it has children to walk, which *DOWN then names. */
static bool copy_node(struct copier *c, uint32_t parent, const GumboNode *node,
                      struct level *down)
{
    switch (node->type) {
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_CDATA:
    case GUMBO_NODE_WHITESPACE:
        builder_add(
            &c->b, parent, TAG_TEXT,
            view_or_copy(c->a, node->v.text.text, node->v.text.original_text),
            NULL, 0);
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

static struct page_tree *copy_tree(struct arena *a, struct arena *scratch,
                                   const GumboOutput *output, bool is_fragment)
{
    struct copier c = {.a = a};
    const GumboVector *top = &output->document->v.document.children;

    if (is_fragment)
        top = &output->root->v.element.children;
    builder_init(&c.b);
    copy_children(&c, scratch, top);
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

static struct page_tree *parse(struct arena *a, struct str html,
                               bool is_fragment, struct notes *notes)
{
    const char *why;
    struct page_tree *t = NULL;

    if (html.n > HTML_MAX_BYTES) {
        html = clipped(html);
        note_add(notes, a, NOTE_TOO_LARGE, "the first %zu MB were read",
                 HTML_MAX_BYTES >> 20);
    }
    if (is_fragment && (t = html_simple(a, html)) != NULL)
        return t;
    why = prescan_html(html);
    if (why == NULL) {
        struct budget budget = {
            .scratch = arena_new(is_fragment ? FRAGMENT_BUDGET : GUMBO_BUDGET)};
        const GumboOutput *output = run_gumbo(&budget, html, is_fragment);

        if (output != NULL)
            t = copy_tree(a, budget.scratch, output, is_fragment);
        else
            why = "markup that wants too much memory";
        arena_free(budget.scratch);
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
