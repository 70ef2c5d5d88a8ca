#ifndef EXTRACT_BLOCKS_H
#define EXTRACT_BLOCKS_H
/*
 * A page as a row of blocks: a block is a run of text that a reader sees as one
 * paragraph, heading, list item, cell or line.  Pages of markup and plain texts
 * look the same from here on; what finds articles, bylines, dates and chaff
 * works on blocks.
 */
#include "decode/decode.h"
#include "item/item.h"

enum block_role {
    ROLE_UNKNOWN,
    ROLE_TITLE,  /* an article's title */
    ROLE_BYLINE, /* author, source, date, editor: read by the fields */
    ROLE_BODY,
    ROLE_HEADING, /* a section heading inside the body */
    ROLE_TAGS,    /* keywords of the article */
    ROLE_CHAFF,   /* navigation, advertising, spam, hidden text */
    ROLE_COMMENT  /* readers' comments */
};

struct block {
    struct str text;     /* white space runs made one blank, trimmed */
    uint32_t first, end; /* nodes of the tree; 0, 0 in plain text */
    uint32_t container;  /* the block element around it; 0 in plain text */
    uint16_t tag;        /* enum tag of that element */
    uint8_t heading;     /* 1 to 6 for h1-h6, else 0 */
    uint8_t role;        /* enum block_role */
    bool is_hidden;
    uint32_t chars, link_chars; /* code points: all, inside links */
    uint32_t line;              /* plain text: line number, from 1 */
    uint32_t blank_before;      /* plain text: empty lines before it */
};

struct blocks {
    struct block *at;
    size_t n;
    const struct page_tree *tree; /* NULL for plain text */
};

/* One article among the blocks, as found by splitting the page. */
#define NO_BLOCK SIZE_MAX
struct article_span {
    size_t first, end;           /* all that belongs to it: head, body, tail */
    size_t title;                /* block whose text begins or is the title */
    size_t body_first, body_end; /* within [first, end) */
    struct str title_text; /* when the title is only a part of its block */
};

/* What the head of the document and its scripts say about it. */
struct page_meta;

/* Everything known of a page while it is read. */
struct page_context {
    struct arena *a;
    const struct document *doc;
    const struct page_hints *hints;
    const struct page_tree *tree; /* NULL for plain text */
    struct blocks blocks;
    const struct page_meta *meta; /* never NULL */
    struct notes *notes;
};
#endif
