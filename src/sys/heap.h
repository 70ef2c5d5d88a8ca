#ifndef SYS_HEAP_H
#define SYS_HEAP_H

/*
 * From now on what was freed goes back to the system: at once when it is a piece
 * of 128 KB or more, and threads share two heaps.  Left to itself the C library
 * learns from what is freed to keep pieces of up to 32 MB, in eight heaps for each
 * core.  For runs of many documents that share nothing; each large piece costs
 * its page faults anew.
 */
void heap_stay_small(void);
#endif
