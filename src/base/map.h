#ifndef BASE_MAP_H
#define BASE_MAP_H
/*
 * Strings to numbers (often an index into an array), in an arena.  Keys are not
 * copied: they live as long as the map.  Open addressing over XXH3.
 */
#include "base/str.h"

struct arena;

struct map_slot {
    struct str key;
    uint64_t hash; /* 0: the slot is free */
    size_t value;
};

struct map {
    struct map_slot *slots;
    size_t n, cap;
    struct arena *a;
};

/* An empty map in A, which it keeps. */
void map_init(struct map *m, struct arena *a);
/* The value slot of KEY, made with 0 when new; *IS_NEW may be NULL.  The
 * pointer holds until the next map_put. */
size_t *map_put(struct map *m, struct str key, bool *is_new);
/* The value slot of KEY, or NULL. */
size_t *map_get(const struct map *m, struct str key);
#endif
