#ifndef MILL_LIST_ITEMS_H
#define MILL_LIST_ITEMS_H
/* The part of mill_list that judges. */
#include "mill/mill.h"

struct store;

/* Appends the items or stories that OPTIONS ask for to OUT; works in A. */
MUST_CHECK bool list_items(struct arena *a, const struct config *config,
                           struct store *store,
                           const struct list_options *options,
                           const struct topic *topic, struct buf *out,
                           struct error *err);
#endif
