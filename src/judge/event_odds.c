/*
 * How surely two reports are of one event: boosted trees over the signs.
 * event_trees.def holds them; script/train-events made it from labelled reports.
 * A tree asks one sign at each split and adds one leaf to a sum.
 *
 * Which leaves a split leaves does not hang on the other splits: the first leaf that
 * all of a tree's splits leave is the one a walk from its root would reach
 * (QuickScorer: Lucchese et al., SIGIR 2015).
 */
#include "judge/event_odds.h"

#include <math.h>

#define LEAVES 6

/* script/cv-events builds programs with trees that have not seen some sets. */
#ifndef EVENT_TREES
#define EVENT_TREES "judge/event_trees.def"
#endif

struct split {
    float most;
    uint8_t sign;
    uint8_t kept; /* leaves, as bits */
};

#define BASE(v) static const float base = v;
#define S(sign, most, kept)
#define L(...)
#include EVENT_TREES
#undef BASE
#undef S
#define BASE(v)
#define S(sign, most, kept) {most, SIGN_##sign, kept},
static const struct split splits[] = {
#include EVENT_TREES
};
#undef S
#undef L
#define S(sign, most, kept)
#define L(...) {__VA_ARGS__},
static const float leaves[][LEAVES] = {
#include EVENT_TREES
};

#define TREES (sizeof leaves / sizeof leaves[0])
_Static_assert(sizeof splits / sizeof splits[0] == TREES * (LEAVES - 1),
               "a tree has one split less than leaves");

double event_odds(const struct event_signs *signs)
{
    float of[EVENT_SIGNS], sum = base;

    for (size_t i = 0; i < EVENT_SIGNS; i++)
        of[i] = (float)signs->of[i];
    for (size_t t = 0; t < TREES; t++) {
        const struct split *split = splits + t * (LEAVES - 1);
        unsigned left = (1U << LEAVES) - 1;

        for (size_t i = 0; i < LEAVES - 1; i++)
            left &= of[split[i].sign] <= split[i].most ? ~0U : split[i].kept;
        sum += leaves[t][__builtin_ctz(left)];
    }
    return 1 / (1 + exp(-(double)sum));
}
