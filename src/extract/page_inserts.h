#ifndef EXTRACT_PAGE_INSERTS_H
#define EXTRACT_PAGE_INSERTS_H
#include "extract/page_offers.h"

/* Takes offers out of paragraphs that are otherwise the article's: sentences,
 * half ones at an end, links in brackets or between sentences.  The text goes
 * from the tree as well.  ASKED is what each block asks for, IN_CORE says of each
 * whether its words are in CORE.  How many. */
size_t inserts_cut(struct page_context *ctx, const struct core *core,
                   struct offers *o, const struct asked *asked,
                   const bool *in_core);
#endif
