#include "sys/heap.h"

#include <stdlib.h>

#ifdef __GLIBC__
#include <malloc.h>

#define LARGE_BYTES (4 << 20)
#define FREE_BYTES  (1 << 20)
#define HEAPS       2

void heap_stay_small(void)
{
    (void)mallopt(M_MMAP_THRESHOLD, LARGE_BYTES);
    (void)mallopt(M_TRIM_THRESHOLD, FREE_BYTES);
    (void)mallopt(M_ARENA_MAX, HEAPS);
}
#else
void heap_stay_small(void)
{
}
#endif
