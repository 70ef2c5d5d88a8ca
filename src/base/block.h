#ifndef BASE_BLOCK_H
#define BASE_BLOCK_H
/*
 * Sixteen bytes at once, by the compiler's vector types: for loops that look for
 * the next byte of a few kinds.  Private to base/.
 */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

typedef unsigned char block __attribute__((vector_size(16)));

static inline block block_load(const char *p)
{
    block b;

    memcpy(&b, p, sizeof b);
    return b;
}

/* True if one byte of MASK, the result of a comparison, is set. */
static inline bool block_any(block mask)
{
    uint64_t halves[2];

    memcpy(halves, &mask, sizeof halves);
    return (halves[0] | halves[1]) != 0;
}
#endif
