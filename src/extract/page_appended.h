#ifndef EXTRACT_PAGE_APPENDED_H
#define EXTRACT_PAGE_APPENDED_H
#include "extract/page_offers.h"

/* Marks the last paragraphs of a page ROLE_CHAFF if they are a text of their own
 * that offers something; ASKED is what each block asks for.  How many blocks. */
size_t appended_mark(struct page_context *ctx, const struct asked *asked);
#endif
