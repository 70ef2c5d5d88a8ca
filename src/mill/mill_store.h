#ifndef MILL_MILL_STORE_H
#define MILL_MILL_STORE_H
/* The store of a mill, with the judge of stories handed to it. */
#include "base/error.h"
#include "base/str.h"

struct arena;
struct lock;
struct store;

/* NULL and ERR_STORE as store_open.  A copy in memory is for those who only
 * look: they neither wait for a run nor hold one up. */
struct store *mill_store_open(struct arena *a, struct str root, bool is_copy,
                              struct error *err);
/* The mill's lock, its folder made; NULL and ERR_LOCKED when another run has it.
 * End with lock_release. */
struct lock *mill_lock(struct arena *a, struct str root, struct error *err);
#endif
