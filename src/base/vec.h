#ifndef BASE_VEC_H
#define BASE_VEC_H
/*
 * Arrays that grow in an arena.
 *
 *     struct { struct link *at; size_t n, cap; } links = {0};
 *     *vec_add(arena, &links) = link;
 *
 * VEC(type) is that struct without a name.  An array that is not the newest piece
 * of its arena grows by leaving the old copy there, so the sum stays below twice
 * the final size; pointers into the array do not survive an addition.
 */
#include <string.h>

#include "base/arena.h"

#define VEC(type)                                                              \
    struct {                                                                   \
        type *at;                                                              \
        size_t n, cap;                                                         \
    }

/* A pointer to a new, zeroed last element. */
#define vec_add(a, v)                                                          \
    ((v)->n == (v)->cap ? (void)((v)->at = vec_grown((a), (v)->at, &(v)->cap,  \
                                                     sizeof *(v)->at))         \
                        : (void)0,                                             \
     &(v)->at[(v)->n++])

/* Room in V, which is empty, for N elements and no more: for lists that are
 * copied and kept. */
#define vec_fit(a, v, count)                                                   \
    ((void)((v)->at = (count) == 0                                             \
                          ? NULL                                               \
                          : arena_array((a), (count), sizeof *(v)->at),        \
            (v)->cap = (count)))

static inline void *vec_grown(struct arena *a, void *old, size_t *cap,
                              size_t size)
{
    size_t wanted = *cap == 0 ? 8 : size_mul(*cap, 2);

    old = arena_grow(a, old, *cap * size, size_mul(wanted, size));
    *cap = wanted;
    return old;
}
#endif
