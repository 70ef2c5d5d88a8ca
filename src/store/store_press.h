#ifndef STORE_STORE_PRESS_H
#define STORE_STORE_PRESS_H
/* Whether the last press stands, for the rest of store/. */
#include "store/store_query.h"

/* From now on what is written says whether it still stands. */
void press_watch(struct store *s);
/* What is written stands in no table that tells: all is to be pressed anew. */
void press_end(struct store *s);
/* STORY has got a new item. */
MUST_CHECK bool press_note_story(struct store *s, int64_t story,
                                 struct error *err);
/* Before a commit: what the transaction wrote may have ended it. */
MUST_CHECK bool press_forget(struct store *s, struct error *err);
#endif
