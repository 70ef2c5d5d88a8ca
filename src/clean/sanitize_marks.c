/*
 * What becomes of each node, in two passes over the preorder.
 *
 * Forwards: the fate by allow.def (mathematics has its own rules inside math),
 * and the addresses of links and images, since an image without one goes and a
 * link without one is unwrapped.
 *
 * Backwards, so that a node is met after all it holds: whether there is anything
 * to see in it (else it is an empty wrapper), whether a video has a source, and
 * whether a p holds a block.  HTML cannot say that: a parser would end the p
 * there.  Such a p is written as a div.
 */
#include "clean/sanitize_marks.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "clean/lazy.h"
#include "clean/links.h"
#include "item/item.h"
#include "clean/policy.h"

#define FIGURE_NODES 200 /* of a figure whose captions were kept */

static bool is_media(enum tag tag)
{
    return tag == TAG_AUDIO || tag == TAG_VIDEO;
}

/* ---- bases ---- */

struct str base_at(struct base_stack *b, struct arena *a,
                   const struct sanitize_input *in, uint32_t i)
{
    struct str wanted, base;

    if (!in->has_xml_base)
        return in->base;
    while (b->n > 0 && b->at[b->n - 1].end <= i)
        b->n--;
    base = b->n > 0 ? b->at[b->n - 1].base : in->base;
    wanted = node_attr(in->tree, i, STR("xml:base"));
    if (wanted.n == 0)
        return base;
    wanted = link_media(a, base, wanted);
    if (wanted.n == 0)
        return base;
    *vec_add(a, b) = (struct base_scope){in->tree->nodes[i].end, wanted};
    return wanted;
}

/* ---- forwards ---- */

static void keep_value(struct marks *m, struct mark *mark, struct str value)
{
    *vec_add(m->a, &m->values) = value;
    mark->value = (uint32_t)m->values.n - 1;
}

static void note_active(struct marks *m, const char *what)
{
    if (m->active == NULL)
        m->active = what;
}

/* Handlers and script addresses never stay; this is only so that the note says
 * what was met. */
static void look_for_handlers(struct marks *m, const struct node *n)
{
    for (uint32_t k = 0; m->active == NULL && k < n->n_attrs; k++)
        if (str_starts(n->attrs[k].name, STR("on")))
            note_active(m, "event handler");
}

static bool is_script_address(struct str s)
{
    return str_starts_nocase(str_trim(s), STR("javascript:"));
}

static void mark_link(struct marks *m, uint32_t i, struct str base,
                      struct mark *mark)
{
    struct str raw = node_attr(m->in->tree, i, STR("href"));
    struct str href = raw.n == 0 ? raw : link_href(m->a, base, raw);

    if (href.n > 0) {
        keep_value(m, mark, href);
        return;
    }
    /* A link that never had an address is a place to hang a title on. */
    if (!node_has(m->in->tree, i, STR("href")) &&
        (m->in->keep_empty || node_attr(m->in->tree, i, STR("title")).n > 0))
        return;
    mark->fate = MARK_UNWRAP;
    if (m->in->dropped != NULL)
        dropped_link(m->in->dropped, raw);
    if (is_script_address(raw))
        note_active(m, "script address");
}

static void mark_image(struct marks *m, uint32_t i, struct str base,
                       struct mark *mark)
{
    struct str src = image_source(m->a, m->in->tree, i, base);

    if (src.n == 0) {
        mark->fate = MARK_SKIP;
        return;
    }
    keep_value(m, mark, src);
    mark->flags |= MARK_SEEN;
}

/* A video's own src, or a source for one. */
static void mark_media(struct marks *m, uint32_t i, struct str base,
                       struct mark *mark)
{
    struct str src = node_attr(m->in->tree, i, STR("src"));

    if (src.n > 0 && link_media(m->a, base, src).n > 0)
        mark->flags |= MARK_HAS_SOURCE;
}

static void mark_element(struct marks *m, uint32_t i, bool in_math,
                         struct mark *mark)
{
    const struct node *n = &m->in->tree->nodes[i];
    const struct element_rule *rule = element_rule((enum tag)n->tag);
    struct str base = base_at(&m->bases, m->a, m->in, i);
    bool is_math_part = (rule->flags & MATH_PART) != 0;

    if (n->n_attrs > 0)
        look_for_handlers(m, n);
    if (rule->fate != FATE_KEEP || in_math != is_math_part) {
        mark->fate = rule->fate == FATE_DROP ? MARK_SKIP : MARK_UNWRAP;
        return;
    }
    mark->fate = MARK_KEEP;
    mark->as = n->tag;
    if (rule->flags & VISIBLE || m->in->keep_empty)
        mark->flags |= MARK_SEEN;
    switch (n->tag) {
    case TAG_A:
        mark_link(m, i, base, mark);
        break;
    case TAG_IMG:
        mark_image(m, i, base, mark);
        break;
    case TAG_AUDIO:
    case TAG_VIDEO:
    case TAG_SOURCE:
    case TAG_TRACK:
        mark_media(m, i, base, mark);
        break;
    default:
        break;
    }
}

static bool is_blank_text(struct str s)
{
    size_t i = 0;

    while (i < s.n) {
        uint32_t c = utf8_next(s, &i);

        /* What may not be published will not be seen either. */
        if (!is_blank(c) && is_publishable(c))
            return false;
    }
    return true;
}

static const char *active_name(enum tag tag)
{
    switch (tag) {
    case TAG_SCRIPT:
        return "script";
    case TAG_IFRAME:
        return "iframe";
    case TAG_OBJECT:
        return "object";
    case TAG_EMBED:
        return "embed";
    case TAG_SVG:
        return "svg";
    default:
        return NULL;
    }
}

static void skip_subtree(struct marks *m, uint32_t i, uint32_t end)
{
    for (; i < end; i++)
        mark_of(m, i)->fate = MARK_SKIP;
}

static void mark_range(struct marks *m, uint32_t first, uint32_t end)
{
    const struct page_tree *t = m->in->tree;
    uint32_t math_end = 0, token_end = 0;

    for (uint32_t i = first; i < end;) {
        const struct node *n = &t->nodes[i];
        struct mark *mark = mark_of(m, i);

        if (m->in->cut != NULL && m->in->cut[i]) {
            skip_subtree(m, i, n->end);
            i = n->end;
            continue;
        }
        if (n->tag == TAG_TEXT) {
            mark->fate = MARK_TEXT;
            mark->flags = is_blank_text(n->text) ? 0 : MARK_SEEN;
            i++;
            continue;
        }
        mark_element(m, i, i < math_end, mark);
        if (i < token_end && mark->fate == MARK_KEEP)
            mark->fate = MARK_UNWRAP;
        if (mark->fate == MARK_SKIP) {
            if (active_name((enum tag)n->tag) != NULL)
                note_active(m, active_name((enum tag)n->tag));
            skip_subtree(m, i, n->end);
            i = n->end;
            continue;
        }
        if (mark->fate == MARK_KEEP && n->tag == TAG_MATH)
            math_end = n->end;
        if (mark->fate == MARK_KEEP && has_flag((enum tag)n->tag, MATH_TOKEN))
            token_end = n->end;
        i++;
    }
}

/* ---- backwards ---- */

/* Elements that a found heading may stand in for. */
static bool may_be_heading(enum tag tag)
{
    switch (tag) {
    case TAG_P:
    case TAG_DIV:
    case TAG_SPAN:
    case TAG_STRONG:
    case TAG_B:
    case TAG_EM:
    case TAG_I:
    case TAG_BIG:
    case TAG_FONT:
    case TAG_CENTER:
    case TAG_SECTION:
    case TAG_H1:
    case TAG_H2:
    case TAG_H3:
    case TAG_H4:
    case TAG_H5:
    case TAG_H6:
        return true;
    default:
        return false;
    }
}

static void write_as_heading(struct marks *m, uint32_t i, struct mark *mark)
{
    static const uint16_t levels[] = {0, 0, TAG_H2, TAG_H3, TAG_H4};
    enum tag tag = (enum tag)m->in->tree->nodes[i].tag;
    unsigned char level = m->in->heading == NULL ? 0 : m->in->heading[i];

    if (level < 2 || level > 4 || mark->flags & MARK_BLOCK_IN)
        return;
    if (tag != TAG_TEXT && !may_be_heading(tag))
        return;
    mark->as = levels[level];
    if (tag != TAG_TEXT)
        mark->fate = MARK_KEEP;
}

/* The captions that extract kept for a picture, which figure I has not, go; so
 * does all of it when nothing else is to be seen in it. */
static void drop_captions(struct marks *m, uint32_t figure, struct mark *mark)
{
    const struct node *nodes = m->in->tree->nodes;
    uint32_t end = nodes[figure].end;
    bool any = false;

    if (end - figure > FIGURE_NODES)
        end = figure + FIGURE_NODES;
    for (uint32_t i = figure + 1; i < end; i++) {
        if (m->in->as[i] == AS_CAPTION) {
            skip_subtree(m, i, nodes[i].end);
            i = nodes[i].end - 1;
        } else if (nodes[i].tag == TAG_TEXT) {
            any = any || mark_of(m, i)->flags & MARK_SEEN;
        }
    }
    if (!any)
        mark->flags &= (uint8_t)~MARK_SEEN;
}

static void settle_element(struct marks *m, uint32_t i, struct mark *mark)
{
    static const uint16_t written_as[] = {[AS_QUOTATION] = TAG_BLOCKQUOTE,
                                          [AS_FIGURE] = TAG_FIGURE,
                                          [AS_CAPTION] = TAG_FIGCAPTION};

    if (mark->fate == MARK_KEEP && is_media((enum tag)mark->as)) {
        if (mark->flags & MARK_HAS_SOURCE)
            mark->flags |= MARK_SEEN;
        else if (!m->in->keep_empty)
            mark->fate = MARK_UNWRAP;
    }
    if (mark->fate == MARK_KEEP && mark->as == TAG_P &&
        mark->flags & MARK_BLOCK_IN)
        mark->as = TAG_DIV;
    /* Only a broken table has something to see among its columns. */
    if (mark->as == TAG_COLGROUP && mark->flags & MARK_SEEN)
        mark->fate = MARK_UNWRAP;
    if (mark->flags & MARK_SEEN && m->in->as != NULL &&
        m->in->as[i] != AS_ITSELF) {
        mark->as = written_as[m->in->as[i]];
        mark->fate = MARK_KEEP;
    }
    if (mark->as == TAG_FIGURE && m->in->as != NULL &&
        !(mark->flags & MARK_PICTURE_IN))
        drop_captions(m, i, mark);
    if (mark->flags & MARK_SEEN)
        write_as_heading(m, i, mark);
}

/* What a figure shows with an element in it. */
static uint8_t shows(uint16_t as)
{
    switch (as) {
    case TAG_IMG:
    case TAG_VIDEO:
    case TAG_AUDIO:
        return MARK_PICTURE_IN;
    case TAG_TABLE:
    case TAG_PRE:
    case TAG_BLOCKQUOTE:
    case TAG_MATH:
        return MARK_READ_IN;
    default:
        return 0;
    }
}

static void tell_parent(struct marks *m, uint32_t i, const struct mark *mark,
                        struct mark *parent)
{
    const struct page_tree *t = m->in->tree;
    bool is_element = mark->as != 0;

    if (mark->flags & MARK_SEEN)
        parent->flags |= MARK_SEEN;
    parent->flags |= mark->flags & (MARK_PICTURE_IN | MARK_READ_IN);
    if (mark->fate == MARK_KEEP && mark->flags & MARK_SEEN)
        parent->flags |= shows(mark->as);
    if (is_element && mark->flags & MARK_SEEN &&
        has_flag((enum tag)mark->as, CLOSES_P) && mark->fate != MARK_UNWRAP)
        parent->flags |= MARK_BLOCK_IN;
    /* A parser looks for the p no further than the table it is in. */
    if (mark->flags & MARK_BLOCK_IN && mark->as != TAG_TABLE)
        parent->flags |= MARK_BLOCK_IN;
    if (t->nodes[i].tag == TAG_SOURCE && mark->flags & MARK_HAS_SOURCE &&
        is_media((enum tag)t->nodes[t->nodes[i].parent].tag))
        parent->flags |= MARK_HAS_SOURCE;
}

static void settle_range(struct marks *m, uint32_t first, uint32_t end)
{
    const struct page_tree *t = m->in->tree;

    for (uint32_t i = end; i-- > first;) {
        struct mark *mark = mark_of(m, i);

        if (mark->fate == MARK_SKIP)
            continue;
        settle_element(m, i, mark);
        if (i > first)
            tell_parent(m, i, mark, mark_of(m, t->nodes[i].parent));
    }
}

void marks_make(struct marks *m, struct arena *a,
                const struct sanitize_input *in)
{
    const struct page_tree *t = in->tree;
    uint32_t last = 0;

    *m = (struct marks){.in = in, .a = a};
    *vec_add(a, &m->values) = STR_NONE;
    if (in->n_roots == 0)
        return;
    m->first = in->roots[0];
    for (size_t k = 0; k < in->n_roots; k++)
        if (t->nodes[in->roots[k]].end > last)
            last = t->nodes[in->roots[k]].end;
    m->at = arena_array(a, last - m->first, sizeof *m->at);
    last = m->first;
    for (size_t k = 0; k < in->n_roots; k++) {
        uint32_t root = in->roots[k];

        if (root < last)
            continue; /* inside an earlier one */
        last = t->nodes[root].end;
        mark_range(m, root, last);
        settle_range(m, root, last);
    }
}
