#ifndef EXTRACT_PAGE_STRANGERS_H
#define EXTRACT_PAGE_STRANGERS_H
#include "extract/page_meta.h"

/* Forgets the articles of JSON-LD whose text is not that of the page. */
void strangers_drop(const struct page_context *ctx, struct page_meta *m);
#endif
