#ifndef JUDGE_EVENT_ASIDE_H
#define JUDGE_EVENT_ASIDE_H
/*
 * What a number says besides its value.  "Over four million" and "4.1 million" are
 * near, and 92.7 is in two reports for a better reason than 90 is.
 */
#include "judge/event_number.h"
#include "judge/event_term.h"

enum aside {
    ASIDE_NEAR, /* a step of values below or above it */
    ASIDE_EXACT /* it has several digits, and this value */
};

#define ASIDES_OF_NUMBER 3

#define ASIDE_SHIFT (SORT_SHIFT - 1)

static inline enum aside aside_of_hash(uint64_t hash)
{
    return (enum aside)(hash >> ASIDE_SHIFT & 1);
}

/* The hashes of what is said of it; gives how many. */
size_t asides_of(const struct number *number, uint64_t out[ASIDES_OF_NUMBER]);
#endif
