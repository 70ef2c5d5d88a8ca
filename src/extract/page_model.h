#ifndef EXTRACT_PAGE_MODEL_H
#define EXTRACT_PAGE_MODEL_H
/* Which blocks of a page of markup are the body of its article. */
#include "extract/blocks.h"

/* Fills body_odds of every block (0 to 1). */
void body_judge(struct page_context *ctx);
#endif
