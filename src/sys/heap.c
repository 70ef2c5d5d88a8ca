#include "sys/heap.h"

#include <stdlib.h>

#ifdef __GLIBC__
#include <malloc.h>

#define LARGE_BYTES (128 << 10)
#define HEAPS       2

void heap_stay_small(void)
{
    (void)mallopt(M_MMAP_THRESHOLD, LARGE_BYTES);
    (void)mallopt(M_TRIM_THRESHOLD, LARGE_BYTES);
    (void)mallopt(M_ARENA_MAX, HEAPS);
}
#else
void heap_stay_small(void)
{
}
#endif
