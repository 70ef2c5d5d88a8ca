#ifndef SYS_HEAP_H
#define SYS_HEAP_H

/*
 * From now on what was freed goes back to the system: at once when it is a piece
 * of 4 MB or more, else what lies free at the end of a heap beyond 1 MB; and
 * threads share two heaps.  Left to itself the C library learns from what is freed
 * to keep pieces of up to 32 MB, in eight heaps for each core; pieces given back
 * sooner cost their page faults anew, and every core a flush of its addresses.
 * For runs of many documents that share nothing.
 */
void heap_stay_small(void);
#endif
