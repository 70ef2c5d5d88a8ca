#ifndef EXTRACT_PAGE_PARTS_H
#define EXTRACT_PAGE_PARTS_H
/*
 * The pages of one article.  What several of them say in the same words is the
 * site's frame, or the article's head told again: on later pages it is left
 * out, on the first one what stands behind the first words of its own.
 */
#include "extract/blocks.h"

/* Marks the blocks that stand on another of the N pages as well. */
void parts_compare(struct page_context *pages, size_t n);
/* What is so marked is not body, once the blocks' odds are known. */
void parts_judge(struct page_context *ctx);
#endif
