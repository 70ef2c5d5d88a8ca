#ifndef EXTRACT_PAGE_STATE_H
#define EXTRACT_PAGE_STATE_H
/* Bodies that the markup does not show: JSON-LD's articleBody, and the state
 * that a framework's script builds the page from. */
#include "extract/blocks.h"

/* Puts the body that scripts hold into *OUT when the markup of SPAN, whose body
 * is taken, shows much less of it; *SURE is then how sure it is. */
bool state_body(struct page_context *ctx, const struct article_span *span,
                struct draft_body *out, float *sure);
#endif
