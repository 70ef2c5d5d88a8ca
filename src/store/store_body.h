#ifndef STORE_STORE_BODY_H
#define STORE_STORE_BODY_H
/*
 * The texts of an item's body, which are most of a store.  HTML and plain text say
 * nearly the same and are packed as one; bodies of older stores lie as they are.
 */
#include "store/store_query.h"

/* The columns of a body that column_texts reads, table body being b. */
#define BODY_TEXTS "b.html, b.text, b.html_bytes, b.text_bytes, b.texts"

/* HTML and TEXT, in A. */
void column_texts(struct query *q, struct arena *a, struct str *html,
                  struct str *text);
/* The text of ITEM, in A, else its summary. */
MUST_CHECK bool body_opening(struct store *s, struct arena *a, int64_t item,
                             struct str *text, struct error *err);
/* The text of ITEM, in A; empty when its body is gone. */
MUST_CHECK bool body_text(struct store *s, struct arena *a, int64_t item,
                          struct str *text, struct error *err);
#endif
