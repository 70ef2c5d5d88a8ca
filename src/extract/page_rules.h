#ifndef EXTRACT_PAGE_RULES_H
#define EXTRACT_PAGE_RULES_H
/*
 * The owner's rule for the site of a page (feeds/rules/HOST.yaml).  Where it
 * finds something it overrides what extraction would find by itself; a line
 * that finds nothing is noted (rule-unmatched) and extraction goes on alone.
 */
#include "extract/blocks.h"
#include "extract/extract.h"

/* Finds the rule for the page and what its lines select in TREE, and takes what
 * is to be dropped out of TREE.  NULL when there is no rule.  In CTX->a. */
const struct page_rules *rules_open(struct page_context *ctx,
                                    struct page_tree *tree);
/* Says in *OUT which rule it was and which of its lines found something, and
 * notes those that found nothing. */
void rules_tell(struct page_context *ctx, struct page *out);
/* True if the rule says what the body is, and that is no mere row of links. */
bool rules_have_body(const struct page_context *ctx);
/* The href the rule says leads to the next page; false if it says nothing of
 * that.  *HREF is empty on the last page. */
bool rules_next(const struct page_context *ctx, struct str *href);
/* The body of SPAN as the rule says; false, and nothing done, without one. */
bool rules_body(struct page_context *ctx, struct article_span *span,
                struct draft_body *out);
/* Title, authors and date of DRAFT as the rule says. */
void rules_fields(struct page_context *ctx, const struct article_span *span,
                  struct draft *draft);
#endif
