#ifndef EXTRACT_PAGE_TRIM_H
#define EXTRACT_PAGE_TRIM_H
/* Where an article begins and ends among its lines, and which lines between
 * are not its text. */
#include "extract/blocks.h"

enum line_kind {
    LINE_TEXT,  /* belongs to the body if it lies in it */
    LINE_FACTS, /* byline, credits, tags */
    LINE_FRAME, /* label of the page's frame */
    LINE_COMMENT,
    LINE_CHAFF,
    LINE_OUT /* in markup: not likely body, whatever it is */
};

enum line_kind line_kind_of(struct page_context *ctx, const struct block *b);

/* Finds the body of SPAN by its lines alone: sets the roles of its blocks, the
 * body's limits, and the title if the span has none. */
void span_trim(struct page_context *ctx, struct article_span *span);

/* Takes title, bylines and frame lines off both ends of a body that has been
 * found already: what lies outside its first and last prose. */
void edges_trim(struct page_context *ctx, struct article_span *span);
#endif
