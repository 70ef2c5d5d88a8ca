#ifndef EXTRACT_PAGE_ROWS_H
#define EXTRACT_PAGE_ROWS_H
#include "extract/blocks.h"

struct words;

/* Marks rows of short lines ROLE_CHAFF that are spam as a whole; PROSE are the
 * words of the page's prose (WORDS_ALL).  How many lines. */
size_t rows_mark(struct page_context *ctx, const struct words *prose);
#endif
