#ifndef MILL_MILL_STORE_H
#define MILL_MILL_STORE_H
/* The store of a mill, with the judge of stories handed to it. */
#include "base/error.h"
#include "base/str.h"

struct arena;
struct buf;
struct lock;
struct store;

/* NULL and ERR_STORE as store_open.  A copy in memory is for those who try
 * something: they neither wait for a run nor hold one up. */
struct store *mill_store_open(struct arena *a, struct str root, bool is_copy,
                              struct error *err);
/* To be called by who is to write to the store: says that there is none, or an
 * empty one, where there has been one. */
void mill_say_lost_store(struct arena *a, struct str root);
/* Reads STORE, works in A and appends to OUT what it found. */
typedef bool mill_reader(void *ctx, struct arena *a, struct store *store,
                         struct buf *out, struct error *err);
/*
 * Has READ look at the mill's store where it lies, whoever writes it meanwhile.
 * Where that cannot be, READ wants to write, or what it read does not count, OUT
 * is as before and READ is called again with a copy in memory; an empty one where
 * there is no store.
 */
MUST_CHECK bool mill_store_read(struct arena *a, struct str root,
                                mill_reader *read, void *ctx, struct buf *out,
                                struct error *err);
/* Where bytes that are too many for memory wait; before the mill has a folder of
 * its own, where everybody's do.  In A. */
struct str mill_spool_folder(struct arena *a, struct str root);
/* The mill's lock, its folder made; NULL and ERR_LOCKED when another run has it.
 * End with lock_release. */
struct lock *mill_lock(struct arena *a, struct str root, struct error *err);
/* What a command holds while it reads a file of feeds/ and writes it anew; waits
 * for another one that does.  NULL on failure; end with lock_release. */
struct lock *mill_edit_lock(struct arena *a, struct str root,
                            struct error *err);
#endif
