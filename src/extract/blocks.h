#ifndef EXTRACT_BLOCKS_H
#define EXTRACT_BLOCKS_H
/*
 * A page as a row of blocks: a block is a run of text that a reader sees as one
 * paragraph, heading, list item, cell or line.  Pages of markup and plain texts
 * look the same from here on; what finds articles, bylines, dates and chaff
 * works on blocks.
 */
#include "decode/decode.h"
#include "extract/page_frame.h"
#include "extract/page_shape.h"
#include "extract/page_words.h"
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
    bool is_indented;           /* plain text: begins with wide blanks */
    bool is_repeat;             /* says again what an earlier block said */
    bool repeats_prose;         /* and that was prose; it may break off */
    bool quotes_prose;          /* of which it is a part */
    bool is_offer;  /* spam in a sentence, between those of an article */
    struct str cut; /* offers taken out of its text, for --why */
    bool is_shared; /* another page of the article has the same text */
    struct text_shape shape;
    struct terms terms;       /* of its text */
    struct frame_match frame; /* what kind of frame line it may begin */
    float body_odds;          /* 0 to 1: how likely it is body (markup) */
};

static inline bool block_is_taken(const struct block *b)
{
    return b->role == ROLE_BODY || b->role == ROLE_HEADING;
}

/* Not of the title, of comments, of what is hidden or foreign. */
static inline bool block_may_be_text(const struct block *b)
{
    return b->role != ROLE_CHAFF && b->role != ROLE_COMMENT &&
           b->role != ROLE_TITLE && !b->is_hidden;
}

/* Prose that a reader would count as running text. */
static inline bool block_is_prose(const struct block *b)
{
    return b->role != ROLE_CHAFF && b->role != ROLE_COMMENT && !b->is_hidden &&
           b->link_chars * 2 < b->chars + 1 && shape_is_prose(&b->shape);
}

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
    bool is_below_false;   /* the page's own title is none of its */
    bool is_glued; /* it is one of a row of articles, none the main one */
};

struct article_spans {
    struct article_span *at;
    size_t n, cap;
};

struct node_mark;
struct baits;

/* What the head of the document and its scripts say about it. */
struct page_meta;
struct page_rules;
struct page_why;
struct known_lines;

/* Everything known of a page while it is read. */
struct page_context {
    struct arena *a;
    /* For what ends with the step it is made in: each step gives back what it
     * took, and what it keeps for a later one it keeps in A. */
    struct arena *scratch;
    const struct document *doc;
    const struct page_hints *hints;
    const struct page_tree *tree;  /* NULL for plain text */
    const struct node_mark *marks; /* one a node; NULL for plain text */
    struct blocks blocks;
    size_t part;  /* which page of the article it is, from 0 */
    bool is_flat; /* no markup tells the likely body's lines apart */
    const struct page_meta *meta;   /* never NULL */
    const struct page_rules *rules; /* the owner's for this site; NULL */
    const struct baits *baits; /* key words it is spread with; NULL: none */
    struct page_why *why;      /* what was considered; NULL unless wanted */
    struct known_lines *lines; /* what lines say (page_line.c); may be NULL */
    struct notes *notes;
};

/* ---- how the blocks come about and what becomes of them ---- */

/* False for blocks of markup so unlikely to be body that nothing needs to tell
 * them from it. */
static inline bool block_may_be_body(const struct page_context *ctx,
                                     const struct block *b)
{
    return ctx->tree == NULL || b->body_odds >= 0.2F;
}

/* Chaff that is no part of the page's frame. */
static inline bool block_is_spam(const struct page_context *ctx,
                                 const struct block *b)
{
    return b->role == ROLE_CHAFF && !b->is_hidden && block_may_be_body(ctx, b);
}

/* A plain text to blocks: lines, or paragraphs where lines are wrapped. */
void blocks_of_text(struct page_context *ctx, struct str text);
/* A page tree to blocks. */
void blocks_of_tree(struct page_context *ctx);
/* True for a plain text, and for markup whose likely body is one row of
 * paragraphs without a heading: lines are then judged by their words. */
bool blocks_are_flat(const struct page_context *ctx);
/* The text of the head's title element; empty without one. */
struct str head_title(const struct page_context *ctx);
/* Fills what a block's text says by itself: its shape, length, terms, frame.
 * The terms are in A. */
void block_measure(struct arena *a, struct block *b);

/* Marks blocks that repeat sentences of earlier prose: is_repeat and what stands
 * below it (page_repeats.c). */
void repeats_mark(struct page_context *ctx);
/* Marks as comments what follows the last paragraph and says it or others again,
 * one at least in part: no article ends so. */
void repeats_mark_comments(struct page_context *ctx);
/* Marks foreign blocks ROLE_CHAFF: hidden ones, runs of bracketed lines, lines
 * whose words the article does not know (page_chaff.c). */
void chaff_mark(struct page_context *ctx);
/* True if the line looks like the head of a reader's comment. */
bool is_comment_head(struct page_context *ctx, const struct block *b);

/* The articles of the page, at least one if it has any prose (page_split.c).
 * Spans do not overlap and are in page order. */
void page_split(struct page_context *ctx, struct article_spans *out);

/* Finds the body of SPAN in a plain text, and its headings (page_plain.c). */
void plain_trim(struct page_context *ctx, struct article_span *span);
/* The body of SPAN as plain text with its headings. */
void plain_body(struct page_context *ctx, const struct article_span *span,
                struct draft_body *out);

/* The body of SPAN as parts of the tree (page_body.c). */
void tree_body(struct page_context *ctx, struct article_span *span,
               struct draft_body *out);
#endif
