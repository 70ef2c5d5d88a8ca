#ifndef EXTRACT_PAGE_LINKS_H
#define EXTRACT_PAGE_LINKS_H

/*
 * The rows of an index of articles, and whether a page that has some is one.
 */
#include "extract/blocks.h"
#include "extract/extract.h"

#define ROWS_MIN     3  /* links of one make that are rows */
#define TITLE_WEIGHT 18 /* of a title's letters, at least */

/* Where a row's link stands.  FROM_TEXT: readers see its title in the page,
 * and not as a tooltip or a picture's words. */
struct list_row {
    uint32_t node;
    bool from_text;
};

/* N links in page order and their places. */
struct list_rows {
    const struct page_link *links;
    const struct list_row *places;
    size_t n;
};

/* Length of a text as a reader counts it: a Han letter is two and a half. */
size_t title_weight(struct str s);

/* True if NODE is inside an element whose class is one of FAMILIES (bits of enum
 * class_family), or, with TAGS, in a nav, footer or aside. */
bool is_within(const struct page_context *ctx, uint32_t node, uint32_t families,
               bool tags);

/* False if the page cannot be an index, whatever rows it has; cheaper than to find
 * them (page_index.c). */
bool may_be_index(const struct page_context *ctx);
/* True if a page with these rows is an index, not an article (page_index.c). */
bool is_index(const struct page_context *ctx, const struct list_rows *rows);

#endif
