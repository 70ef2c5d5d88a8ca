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
#include <string.h>

#define LEAVES 6 /* of a tree with five splits */

/* script/cv-events builds programs with trees that have not seen some sets. */
#ifndef EVENT_TREES
#define EVENT_TREES "judge/event_trees.def"
#endif

/* What the trees' splits ask of the signs, tree by tree, a table for each part: four
 * splits are asked at once, and the last four may be fewer. */
#define BASE(v)
#define L(...)
#define S(sign, most, kept) +1
enum {
    SPLITS = 0
#include EVENT_TREES
};
#undef S
#define AT_ONCE             4
#define ROOM                ((SPLITS + AT_ONCE - 1) / AT_ONCE * AT_ONCE)
#define S(sign, most, kept) SIGN_##sign,
static const uint8_t signs_of[ROOM] = {
#include EVENT_TREES
};
#undef S
#define S(sign, most, kept) most,
static const float most_of[ROOM] = {
#include EVENT_TREES
};
#undef S
#define S(sign, most, kept) kept,
/* Leaves, as bits. */
static const int32_t kept_by[ROOM] = {
#include EVENT_TREES
};
#undef S
#undef L
#define S(sign, most, kept)
#define L(...) {__VA_ARGS__},
static const float leaves[][LEAVES] = {
#include EVENT_TREES
};
#undef BASE
#undef L
#define BASE(v) static const float base = v;
#define L(...)
#include EVENT_TREES

#define TREES (sizeof leaves / sizeof leaves[0])
_Static_assert(SPLITS == TREES * (LEAVES - 1),
               "a tree has one split less than leaves");

typedef float four_floats __attribute__((vector_size(16)));
typedef int32_t four_ints __attribute__((vector_size(16)));

/* The leaves that each split leaves, all of those that a sign is not above. */
static void ask(const float *of, int32_t *left)
{
    for (size_t i = 0; i < ROOM; i += AT_ONCE) {
        const uint8_t *sign = signs_of + i;
        four_floats value = {of[sign[0]], of[sign[1]], of[sign[2]],
                             of[sign[3]]};
        four_floats most;
        four_ints kept;

        memcpy(&most, most_of + i, sizeof most);
        memcpy(&kept, kept_by + i, sizeof kept);
        kept |= value <= most;
        memcpy(left + i, &kept, sizeof kept);
    }
}

double event_odds(const struct event_signs *signs)
{
    float of[EVENT_SIGNS], sum = base;
    int32_t left[ROOM];

    for (size_t i = 0; i < EVENT_SIGNS; i++)
        of[i] = (float)signs->of[i];
    ask(of, left);
    for (size_t t = 0; t < TREES; t++) {
        const int32_t *by = left + t * (LEAVES - 1);

        sum += leaves[t][__builtin_ctz(
            (unsigned)(by[0] & by[1] & by[2] & by[3] & by[4]))];
    }
    return 1 / (1 + exp(-(double)sum));
}
