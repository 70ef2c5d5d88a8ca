#ifndef EXTRACT_PAGE_PICTURES_H
#define EXTRACT_PAGE_PICTURES_H
/* Pictures among and behind the blocks of a body, and what is said of them. */
#include "extract/blocks.h"

/* What is kept of a tree. */
struct kept {
    unsigned char *node; /* [node]: 1 when it stays */
    unsigned char *as;   /* [node]: enum node_as */
    uint32_t first, end; /* nodes: from the first taken to behind the last */
};

/* Takes the captions of pictures that stand right behind the body of SPAN. */
void pictures_take_last(const struct page_context *ctx,
                        const struct article_span *span);
/* Keeps the pictures and recordings among the blocks taken, with the captions that
 * were not. */
void pictures_keep(const struct page_context *ctx,
                   const struct article_span *span, struct kept *kept);
#endif
