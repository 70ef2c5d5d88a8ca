#ifndef MILL_ARRANGE_H
#define MILL_ARRANGE_H
/* Merges and splits of the editor's, brought about in the store. */
#include "base/error.h"
#include "base/str.h"

struct arena;
struct config;
struct decision;
struct store;

/*
 * Puts every item into the story where the decisions of CONFIG want it, and back
 * where nothing wants it elsewhere any more.  Cheap when there is nothing to
 * do.  COMPLAIN gets what cannot be done.
 */
MUST_CHECK bool stories_arrange(struct arena *a, const struct config *config,
                                struct store *store, int64_t now,
                                void (*complain)(void *ctx,
                                                 const struct decision *d,
                                                 struct str text),
                                void *ctx, struct error *err);
#endif
