#ifndef EXTRACT_PAGE_CLAIMS_H
#define EXTRACT_PAGE_CLAIMS_H
/*
 * Elements of a page that say of themselves which field they hold.  Whether to
 * believe them is page_byline_said.c's and page_date_said.c's to judge.
 */
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct page_context;
struct page_meta;

enum claim_kind {
    CLAIM_AUTHOR,
    CLAIM_ACCOUNT, /* under which somebody writes */
    CLAIM_DATE,
    CLAIM_UPDATED,
    CLAIM_TITLE,
    CLAIM_SECTION,
    CLAIM_SOURCE,
    CLAIM_EDITOR
};

/* What makes the claim, the better the greater. */
enum claim_by { BY_ADDRESS, BY_CLASS, BY_TIME, BY_REL, BY_ITEMPROP };

/* An element of the body that says it is a field: by itemprop, rel, its being
 * a time element, the words of its class and id, or the address it links to. */
struct claim {
    uint8_t kind; /* enum claim_kind */
    uint8_t by;   /* enum claim_by */
    uint32_t node;
};

/* What classes claim, and which of the page's have been read already.  In A. */
struct claim_reader;
struct claim_reader *claim_reader_new(struct arena *a);
/* Adds what the element NODE claims, if it does, to M->claims. */
void claims_read(struct page_context *ctx, struct page_meta *m,
                 struct claim_reader *r, uint32_t node);
/* The value of a claim: its content or datetime attribute or another one that
 * holds its date, else its text with line breaks between blocks. */
struct str claim_value(struct page_context *ctx, const struct claim *c);
/* True if the node lies in readers' comments, teasers of other articles, the
 * sidebar or the footer, by the class words around it.  Elements that hold TEXT,
 * a node of the article's own text, say nothing. */
bool is_beside_article(const struct page_context *ctx, uint32_t node,
                       uint32_t text);
/* True if microdata tells of another page of a list there, and not of this one:
 * itemprop="itemListElement" around the node, and no h1 at its beginning, which an
 * article has that others follow without end. */
bool is_of_list_entry(const struct page_context *ctx, uint32_t node);
/* True if WORD is one of the words of a rel attribute. */
bool rel_says(struct str rel, struct str word);
#endif
