/*
 * The judge of bodies: boosted trees over the features of a block.
 *
 * body_model.def holds the trees; script/train-body made it from pages whose
 * true bodies are known (LICENSE names them), and its head says with which
 * command.  A tree asks one feature at each split and adds one leaf to a sum;
 * the logistic function of the sum is the block's odds of being body.
 * Rows of teasers (page_teasers.c) and what neighbours say of each other
 * (page_odds.c) come last.  Nothing is decided here: page_body.c takes blocks by
 * their odds.
 */
#include "extract/page_model.h"

#include <math.h>

#include "base/arena.h"
#include "extract/page_features.h"
#include "extract/page_odds.h"
#include "extract/page_teasers.h"

/* script/cv-body builds programs with trees that have not seen some sites. */
#ifndef BODY_MODEL
#define BODY_MODEL "extract/body_model.def"
#endif

/* Which leaves a split leaves does not hang on the other splits: the first leaf
 * that all of a tree's splits leave is the one a walk from its root would reach.
 * So all are asked, without a branch, of several blocks at a time (QuickScorer:
 * Lucchese et al., SIGIR 2015). */
struct split {
    float most;
    uint16_t feature;
    uint16_t kept; /* leaves, as bits */
};

#define LEAVES 12

#define BASE(v) static const float base = v;
#define S(f, most, kept)
#define L(...)
#include BODY_MODEL
#undef BASE
#undef S
#define BASE(v)
#define S(f, most, kept) {most, F_##f, kept},
static const struct split splits[] = {
#include BODY_MODEL
};
#undef S
#undef L
#define S(f, most, kept)
#define L(...) {__VA_ARGS__},
static const float leaves[][LEAVES] = {
#include BODY_MODEL
};

#define TREES (sizeof leaves / sizeof leaves[0])
_Static_assert(sizeof splits / sizeof splits[0] == TREES * (LEAVES - 1),
               "a tree has one split less than leaves");

/* Blocks are judged so many at a time. */
#define LANES 4
typedef float lanes __attribute__((vector_size(4 * LANES)));
typedef int32_t lane_bits __attribute__((vector_size(4 * LANES)));

/* Most blocks are links of menus, and soon told.  With trees that had not seen
 * the site none of those as low as this at any look came above odds of .1. */
#define LOOK_EVERY 16
#define HOPELESS   (-3.5F)

/* Which leaves of tree T the features leave. */
static inline lane_bits leaves_left(size_t t, const lanes *features)
{
    const struct split *split = splits + t * (LEAVES - 1);
    lane_bits left = {0};

    left = ~left;
    for (size_t i = 0; i < LEAVES - 1; i++)
        left &= (features[split[i].feature] <= split[i].most) | split[i].kept;
    return left;
}

/* Adds up the leaves of the first N lanes. */
static void sum_up(const lanes *features, size_t n, float *sums)
{
    bool is_told[LANES] = {false};
    size_t waiting = n;

    for (size_t i = 0; i < n; i++)
        sums[i] = base;
    for (size_t t = 0; t < TREES && waiting > 0; t++) {
        lane_bits left = leaves_left(t, features);

        for (size_t i = 0; i < n; i++)
            if (!is_told[i])
                sums[i] += leaves[t][__builtin_ctz((unsigned)left[i])];
        if ((t + 1) % LOOK_EVERY != 0)
            continue;
        waiting = 0;
        for (size_t i = 0; i < n; i++) {
            is_told[i] = sums[i] < HOPELESS;
            waiting += !is_told[i];
        }
    }
}

void body_judge(struct page_context *ctx)
{
    struct arena_mark mark = arena_mark(ctx->scratch);
    struct feature_reader *r = features_open(ctx);
    lanes features[FEATURES] = {{0}};
    float sums[LANES];

    for (size_t i = 0; i < ctx->blocks.n; i += LANES) {
        size_t n = ctx->blocks.n - i < LANES ? ctx->blocks.n - i : LANES;

        for (size_t k = 0; k < n; k++) {
            const float *f = features_next(r);

            for (size_t j = 0; j < FEATURES; j++)
                features[j][k] = f[j];
        }
        sum_up(features, n, sums);
        for (size_t k = 0; k < n; k++)
            ctx->blocks.at[i + k].body_odds = 1 / (1 + expf(-sums[k]));
    }
    teasers_lower(features_view(r));
    odds_settle(&ctx->blocks);
    arena_release(ctx->scratch, mark);
}
