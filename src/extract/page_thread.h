#ifndef EXTRACT_PAGE_THREAD_H
#define EXTRACT_PAGE_THREAD_H
/* Threads of forums: the first post, and the answers to it. */
#include "extract/blocks.h"

/* True if the page says that it is a thread: by its data, or by the classes of
 * its elements. */
bool is_thread(const struct page_context *ctx);
/* If the body of SPAN, which is taken, is a row of posts, marks those that
 * answer in OUT->quote. */
void thread_mark(struct page_context *ctx, const struct article_span *span,
                 struct draft_body *out);
#endif
