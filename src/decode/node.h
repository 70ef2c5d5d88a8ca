#ifndef DECODE_NODE_H
#define DECODE_NODE_H
/*
 * The page tree: all nodes of a document in one array, in preorder, in the
 * document's arena.  A node's subtree is the range [i, end), so a feature of a
 * block (text, links, punctuation) is a difference of prefix sums, and walking
 * needs no recursion.  Node 0 is the document.  Comments, doctype and
 * processing instructions are not in it.
 */
#include "base/str.h"
#include "base/note.h"

struct arena;

enum tag {
    TAG_DOCUMENT, /* node 0 */
    TAG_TEXT,     /* a text node */
    TAG_OTHER,    /* an element without a name in tag.def; see name */
#define TAG(id, name, traits) TAG_##id,
#include "decode/tag.def"
#undef TAG
    TAG_COUNT
};

struct attr {
    struct str name;  /* lower case */
    struct str value; /* entities resolved */
};

struct node {
    uint16_t tag;    /* enum tag */
    uint16_t depth;  /* document 0; at most 65535, deeper ones count as that */
    uint32_t parent; /* of the document: itself */
    uint32_t end;    /* index behind the subtree */
    uint32_t n_attrs;
    const struct attr *attrs;
    struct str text; /* of a text node: its text; else the element's name */
};

struct page_tree {
    struct node *nodes;
    uint32_t n;
    struct arena *arena;
    uint32_t head, body; /* 0 if the page has none */
};

/* More of a page is not read, and its tree has no more nodes than this; the
 * rest is left out with a note (too-large). */
#define HTML_MAX_BYTES ((size_t)4 << 20)
#define HTML_MAX_NODES ((uint32_t)500000)

/* Parses HTML (valid UTF-8) into a tree in A.  Never fails: past the caps of
 * the pre-scan (depth, attributes, tag length, unclosed formatting elements) or
 * of the parser's memory (64 MB of its own, 32 for a fragment, given back) a
 * linear fallback reads it, with a note.  The views may point into HTML, which
 * must live as long as A.  Elements of SVG but svg itself are TAG_OTHER, so that
 * no icon's title is taken for the page's. */
struct page_tree *html_parse(struct arena *a, struct str html,
                             struct notes *notes);
/* The same for a fragment in the context of a body element: nodes 1.. are the
 * fragment's, head and body are 0.  "<br></br>" is one br, as it was meant. */
struct page_tree *html_parse_fragment(struct arena *a, struct str html,
                                      struct notes *notes);

static inline bool node_is_element(const struct node *n)
{
    return n->tag > TAG_TEXT;
}

/* Attribute by lower-case name; empty if absent (see node_has for that). */
struct str node_attr(const struct page_tree *t, uint32_t i, struct str name);
bool node_has(const struct page_tree *t, uint32_t i, struct str name);
/* First child, next sibling: 0 when there is none. */
uint32_t node_first(const struct page_tree *t, uint32_t i);
uint32_t node_next(const struct page_tree *t, uint32_t i);
/* All text below, white space runs made one blank, trimmed; br and block edges
 * become one blank too; script, style, template, noscript, svg left out.  In
 * A, or a view into the tree's own text. */
struct str node_text(const struct page_tree *t, uint32_t i, struct arena *a);
/* True if one of the blank-separated words of the class attribute is WORD. */
bool node_has_class(const struct page_tree *t, uint32_t i, struct str word);
/* First descendant of I (I excluded) with TAG, 0 if none. */
uint32_t node_find(const struct page_tree *t, uint32_t i, enum tag tag);
/* Elements that begin a new line of text (p, div, li, h1, tr ...). */
bool tag_is_block(enum tag tag);
/* 1 for h1 to 6 for h6; 0 for any other element. */
uint8_t tag_heading_level(enum tag tag);
/* Elements whose text no reader sees (script, style, template ...). */
bool tag_is_silent(enum tag tag);
/* Elements that hold parts of a table and no text of their own. */
static inline bool tag_holds_parts(enum tag tag)
{
    return tag == TAG_TABLE || tag == TAG_COLGROUP || tag == TAG_TBODY ||
           tag == TAG_THEAD || tag == TAG_TFOOT || tag == TAG_TR;
}
/* The name of a tag of tag.def, empty for the three above it. */
struct str tag_name(enum tag tag);
/* The tag of a lower-case name, TAG_OTHER if not in tag.def. */
enum tag tag_by_name(struct str name);

/* ---- selectors: tag, *, #id, .class, [attr], [attr op "value"], descendant,
 * child, :not(), :nth-of-type(), comma ---- */
struct error;
struct selector;

/* In A; NULL and ERR with the column when it is no selector of ours. */
struct selector *selector_parse(struct arena *a, struct str s,
                                struct error *err);
/* What stands leftmost in each alternative, the container of what is looked for:
 * "div.list" of "div.list h3 > a".  In A; NULL when an alternative has none. */
struct selector *selector_container(struct arena *a,
                                    const struct selector *sel);
bool selector_matches(const struct selector *sel, const struct page_tree *t,
                      uint32_t i);
/* The next match after node FROM (exclusive) inside [0, END), 0 if none. */
uint32_t node_select(const struct page_tree *t, const struct selector *sel,
                     uint32_t from, uint32_t end);
#endif
