#ifndef EXTRACT_PAGE_DATE_H
#define EXTRACT_PAGE_DATE_H
/* When an article was published, as the page says. */
#include "extract/fields.h"

/* The hints for dates of this page: the caller's, with the page's language;
 * Chinese pages without a zone of their own are +08:00. */
struct when_hints page_when_hints(const struct page_context *ctx);
/* The whole day that URL names, in the zone of HINTS; not known if it has none. */
struct when when_of_address(struct arena *a, const struct when_hints *hints,
                            struct str url);
/* The first node of the article's text; 0 if it has none. */
uint32_t span_text_node(const struct page_context *ctx,
                        const struct article_span *span);
/* Fills published and updated of DRAFT, and its confidence. */
void date_find(struct page_context *ctx, const struct article_span *span,
               struct draft *draft);
#endif
