#ifndef CLEAN_SANITIZE_H
#define CLEAN_SANITIZE_H
/* The sanitizer over a page tree; the policy is README.md of this folder. */
#include "base/note.h"
#include "clean/links.h"
#include "decode/node.h"

struct arena;

struct sanitize_input {
    const struct page_tree *tree;
    const uint32_t *roots; /* subtrees to keep, in document order */
    size_t n_roots;
    const unsigned char *cut;     /* by node; may be NULL */
    const unsigned char *heading; /* by node, 2 to 4 or 0; may be NULL */
    const unsigned char *as;      /* by node: enum node_as; may be NULL */
    struct str base;              /* http(s), or empty */
    bool has_xml_base;            /* xml:base attributes count */
    bool keep_empty;              /* elements with nothing to see, too */
    /* Where links that go are counted, or NULL. */
    struct dropped_links *dropped;
    struct arena *scratch; /* for what is not part of the result, or NULL */
};

struct sanitized {
    struct str html, text; /* in the arena */
};

/* Never fails; what does not fit the policy is not in the result.  NOTES gets
 * `sanitized` when something active was among it. */
struct sanitized sanitize_tree(struct arena *a, const struct sanitize_input *in,
                               struct notes *notes);
#endif
