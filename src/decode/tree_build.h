#ifndef DECODE_TREE_BUILD_H
#define DECODE_TREE_BUILD_H
/*
 * How both HTML parsers write the preorder array.  It grows on the heap and is
 * copied into the arena when its size is known, or moved there if it is large;
 * past HTML_MAX_NODES nodes are refused and `full` is set.
 */
#include "decode/node.h"

struct tree_builder {
    struct node *at; /* on the heap */
    uint32_t n, cap;
    bool full;
};

#define NO_NODE UINT32_MAX

/* Begins with the document node. */
void builder_init(struct tree_builder *b);
/* A new node below PARENT, which must be open; NO_NODE when full.  Attributes
 * and text live as long as the tree.  An element stays open until closed. */
uint32_t builder_add(struct tree_builder *b, uint32_t parent, enum tag tag,
                     struct str text, const struct attr *attrs, size_t n);
/* Ends the subtree of I here. */
void builder_close(struct tree_builder *b, uint32_t i);
/* Frees the heap part: there will be no tree. */
void builder_drop(struct tree_builder *b);
/* Ends the document and frees the heap part. */
struct page_tree *builder_finish(struct tree_builder *b, struct arena *a);

/* The linear reader for markup that no real parser should see (html_flat.c):
 * stays within a depth of 256, mends what most pages need, never slow. */
struct page_tree *html_flat(struct arena *a, struct str html, bool is_fragment,
                            struct notes *notes);

/* A fragment as both readers take it: "<br></br>", as a writer of XML ends a break, is
 * one, where HTML would have two.  The same string if there is none, else in A. */
struct str html_without_br_ends(struct arena *a, struct str html);

/* The short way for well-behaved fragments (html_simple.c): the same tree as the
 * real parser's, or NULL when only that one can tell. */
struct page_tree *html_simple(struct arena *a, struct str html);

/* What stands in scripts and styles: a third of what pages are made of, and
 * nothing that a parser should have to look at byte by byte. */
struct raw_text {
    struct str text; /* in the source */
    const char *at;  /* what stands for it in the thinned source */
};
struct raw_texts {
    struct raw_text *at;
    size_t n, cap;
};

/* Why an HTML parser should not see this markup (a constant for a note), or
 * NULL when it may (prescan.c).  The texts of scripts and styles are added to
 * RAW in A, in their order; RAW may be NULL. */
const char *prescan_html(struct str html, struct arena *a,
                         struct raw_texts *raw);
#endif
