#ifndef DECODE_HTML_NEST_H
#define DECODE_HTML_NEST_H
/*
 * The open elements of html_simple.c: what a tag closes, opens and may stand in,
 * as the HTML standard has it, as far as a stack can tell.  Where it cannot, the
 * answer is no, and the real parser must read the fragment.
 */
#include "decode/tree_build.h"

#define NEST_DEPTH_MAX 200

struct nesting {
    struct arena *a;
    struct tree_builder b;
    uint32_t stack[NEST_DEPTH_MAX + 1]; /* [0] is the document */
    bool
        p_outside[NEST_DEPTH_MAX + 1]; /* of a scope: was a p open around it? */
    size_t depth;                      /* of the innermost */
    bool p_open;                       /* in the innermost scope */
    size_t links, svgs;                /* open ones */
    bool after_text;   /* the innermost element's last child is open text */
    bool skip_newline; /* behind <pre> */
};

enum nest_answer {
    NEST_NO,
    NEST_DONE,
    NEST_RAW, /* it holds text and no markup: hand it to nest_raw */
};

void nest_begin(struct nesting *t, struct arena *a);
/* A start tag; IS_CLOSED when it ended in "/>".  Name and attributes live as
 * long as the tree. */
enum nest_answer nest_start(struct nesting *t, struct str name,
                            const struct attr *attrs, size_t n, bool is_closed);
/* What stood in the raw element just begun, which ends with it. */
bool nest_raw(struct nesting *t, struct str text);
bool nest_end(struct nesting *t, struct str name);
/* Text as written: takes the line end off that a pre begins with; false if no
 * text may stand here. */
bool nest_admits(struct nesting *t, struct str *text);
/* The same text with its references resolved, if it is not empty. */
bool nest_text(struct nesting *t, struct str text);
/* A comment parts two texts. */
void nest_comment(struct nesting *t);
/* Ends all that is open: the tree, in the arena. */
struct page_tree *nest_finish(struct nesting *t);
/* There will be no tree. */
void nest_drop(struct nesting *t);
#endif
