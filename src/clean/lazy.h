#ifndef CLEAN_LAZY_H
#define CLEAN_LAZY_H
/* The image a reader is meant to see: not the placeholder that a script would
 * replace, and not the pixel that counts readers. */
#include "decode/node.h"

struct arena;

/* Address of the image at node I, absolute and checked; empty: the image goes.
 */
struct str image_source(struct arena *a, const struct page_tree *t, uint32_t i,
                        struct str base);
/* Its srcset to publish, without candidates that are placeholders; empty. */
struct str image_srcset(struct arena *a, const struct page_tree *t, uint32_t i,
                        struct str base);
/* True if the address is a placeholder's or a pixel's, by its name or data. */
bool is_placeholder(struct str url);
#endif
