#ifndef EXTRACT_PAGE_OFFERS_H
#define EXTRACT_PAGE_OFFERS_H
#include "extract/blocks.h"

/* Marks the paragraphs ROLE_CHAFF that offer something the page's prose does not
 * speak of; what is chaff already is witness.  How many. */
size_t offers_mark(struct page_context *ctx);
#endif
