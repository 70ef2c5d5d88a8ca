#ifndef EXTRACT_PAGE_WHY_H
#define EXTRACT_PAGE_WHY_H
/*
 * Keeps what was considered on the way to each field, for `extract --why`.
 * Every function does nothing unless the caller of page_extract asked for it
 * (CTX->why is NULL then), and changes no result.
 */
#include "extract/blocks.h"
#include "extract/extract.h"

struct names;

/* VALUE was looked at for a field.  FROM says where it stands; NULL: do not
 * keep it.  The same value from the same place is kept once. */
void why_value(struct page_context *ctx, enum why_field field, struct str value,
               const char *from, double score);
void why_names(struct page_context *ctx, enum why_field field,
               const struct names *names, const char *from, double score);
/* Why the field got its value, in words; the last word counts. */
void why_because(struct page_context *ctx, enum why_field field,
                 const char *reason);
/* What spoke for or against the field's value. */
void why_heard(struct page_context *ctx, enum why_field field,
               const char *words);
/* What became of the blocks of SPAN, and why (REASON). */
void why_blocks(struct page_context *ctx, const struct article_span *span,
                const char *reason);
/* The next draft begins. */
void why_next_draft(struct page_context *ctx);
/* The draft at hand came to nothing. */
void why_forget_draft(struct page_context *ctx);
#endif
