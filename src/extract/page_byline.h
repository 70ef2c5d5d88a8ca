#ifndef EXTRACT_PAGE_BYLINE_H
#define EXTRACT_PAGE_BYLINE_H
/* Who wrote an article, who edited it, where it first appeared. */
#include "extract/fields.h"

/* Fills authors, editor, source, source_id, credits and tags of DRAFT from
 * lines and declarations, and its confidence. */
void byline_find(struct page_context *ctx, const struct article_span *span,
                 struct draft *draft);
#endif
