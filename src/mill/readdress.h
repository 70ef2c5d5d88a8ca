#ifndef MILL_READDRESS_H
#define MILL_READDRESS_H
/* Sources that moved for good. */
#include "base/error.h"

struct mill_config;
struct store;

/*
 * A source whose owner has written its new address in place of the old one is the
 * source it was: what it gave, also what it lists no more, stays in its topics.  To
 * be called before anything is told by the addresses of sources.
 */
MUST_CHECK bool mill_readdress(const struct mill_config *mill,
                               struct store *store, struct error *err);
#endif
