#ifndef EXTRACT_PAGE_ECHOES_H
#define EXTRACT_PAGE_ECHOES_H
#include "extract/blocks.h"

/* Mark ROLE_CHAFF what the page says again and its article knows nothing of: lists
 * of key words that stand elsewhere too, and, once other spam is marked, sentences
 * that are said word for word.  How many blocks. */
size_t echoes_mark_listings(struct page_context *ctx);
size_t echoes_mark_sentences(struct page_context *ctx);
#endif
