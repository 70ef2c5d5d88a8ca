#ifndef ITEM_DRAFT_HASH_H
#define ITEM_DRAFT_HASH_H
/*
 * By what an entry of a feed is known again before anything is made of it: a
 * hash over every field of its draft.
 */
#include "base/hash.h"

struct buf;
struct draft;

/* Of DRAFT as a document of that address gave it: what has one hash becomes one
 * and the same item.  False, and *OUT as it was, for a draft that has none: its
 * body is part of a page's tree, its extras are nested too deep, or it fills
 * SCRATCH, which is written over. */
bool draft_hash(const struct draft *draft, struct str url, struct buf *scratch,
                struct hash128 *out);
#endif
