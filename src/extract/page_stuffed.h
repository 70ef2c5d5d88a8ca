#ifndef EXTRACT_PAGE_STUFFED_H
#define EXTRACT_PAGE_STUFFED_H
#include "extract/blocks.h"

struct words;

/* Marks the lines of a page of markup ROLE_CHAFF that say what its head is stuffed
 * with; PROSE are the words of its prose (WORDS_ALL).  How many. */
size_t stuffed_mark(struct page_context *ctx, const struct words *prose);
#endif
