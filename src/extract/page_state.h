#ifndef EXTRACT_PAGE_STATE_H
#define EXTRACT_PAGE_STATE_H
/* Bodies that the page does not show without scripts: in noscript, in JSON-LD's
 * articleBody, in the state that a framework builds the page from. */
#include "extract/blocks.h"

/* Of a page that shows nothing to speak of without scripts but in noscript, that
 * becomes a div like any other. */
void noscript_show(struct page_tree *t);
/* Puts the body that scripts hold into *OUT when the markup of SPAN, whose body
 * is taken, shows much less of it; *SURE is then how sure it is. */
bool state_body(struct page_context *ctx, const struct article_span *span,
                struct draft_body *out, float *sure);
#endif
