#ifndef BASE_SORT_H
#define BASE_SORT_H
/* Numbers into order: of a few dozen to some thousands qsort compares through a call
 * and guesses wrong half of the time. */
#include <stddef.h>
#include <stdint.h>

/* The N numbers at V, ascending; ROOM is for as many.  Both are written over, and the
 * one that is returned has them. */
uint64_t *sort_numbers(uint64_t *v, uint64_t *room, size_t n);
#endif
