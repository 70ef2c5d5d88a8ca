/*
 * The judge of bodies: boosted trees over the features of a block.
 *
 * body_model.def holds the trees as rows; script/train-body made it from pages
 * whose true bodies are known (LICENSE names them), and its head says with
 * which command.  A tree asks one feature at each inner node and adds its leaf
 * to a sum; the logistic function of the sum is the block's odds of being body.
 * What neighbours say of each other comes last (page_odds.c).  Nothing is
 * decided here: page_body.c takes blocks by their odds.
 */
#include "extract/page_model.h"

#include <math.h>

#include "extract/page_features.h"
#include "extract/page_odds.h"

/* script/cv-body builds programs with trees that have not seen some sites. */
#ifndef BODY_MODEL
#define BODY_MODEL "extract/body_model.def"
#endif

enum { ROW_BASE = -3, ROW_TREE = -2, ROW_LEAF = -1 };

struct model_row {
    float value;     /* threshold or leaf */
    int16_t feature; /* or what kind of row it is */
    uint16_t yes;    /* the node for yes; of ROW_TREE: how many it has */
};

/* The node for no is the next one. */
#define PAIR(yes, no) (yes + 0 * sizeof(char[(no) == (yes) + 1 ? 1 : -1]))

enum {
#define BASE(v)
#define TREE(n) +1
#define S(f, v, yes, no)
#define L(v)
    TREES = 0
#include BODY_MODEL
#undef BASE
#undef TREE
#undef S
#undef L
};

static const struct model_row rows[] = {
#define BASE(v)          {v, ROW_BASE, 0},
#define TREE(n)          {0, ROW_TREE, n},
#define S(f, v, yes, no) {v, F_##f, PAIR(yes, no)},
#define L(v)             {v, ROW_LEAF, 0},
#include BODY_MODEL
#undef BASE
#undef TREE
#undef S
#undef L
};

/* So many trees are walked side by side: a step waits for the one before, and
 * where a tree ends is hard to foresee. */
#define ABREAST 4
_Static_assert(TREES % ABREAST == 0, "trees are walked four and four");

static bool is_split(const struct model_row *row)
{
    return row->feature >= 0;
}

/* Adds to SUM the leaves of ABREAST trees, in their order; returns the row behind
 * them. */
static const struct model_row *add_leaves(const struct model_row *tree,
                                          const float *f, float *sum)
{
    const struct model_row *root[ABREAST], *at[ABREAST];
    bool any;

    for (int i = 0; i < ABREAST; i++) {
        root[i] = at[i] = tree + 1;
        tree += tree->yes + 1;
    }
    do {
        any = false;
        for (int i = 0; i < ABREAST; i++) {
            bool goes_on = is_split(at[i]);
            float value = f[goes_on ? at[i]->feature : 0];
            const struct model_row *next =
                root[i] + at[i]->yes + !(value <= at[i]->value);

            at[i] = goes_on ? next : at[i];
            any |= goes_on;
        }
    } while (any);
    for (int i = 0; i < ABREAST; i++)
        *sum += at[i]->value;
    return tree;
}

/* Most blocks are links of menus, and soon told.  With trees that had not seen
 * the site none of those as low as this at any look came above odds of .1. */
#define LOOK_EVERY 16
#define HOPELESS   (-3.5F)

static float odds_of(const float *f)
{
    const struct model_row *tree = rows + 1;
    float sum = rows[0].value;

    for (int n = ABREAST; n <= TREES; n += ABREAST) {
        tree = add_leaves(tree, f, &sum);
        if (n % LOOK_EVERY == 0 && sum < HOPELESS)
            break;
    }
    return 1 / (1 + expf(-sum));
}

void body_judge(struct page_context *ctx)
{
    struct feature_reader *r = features_open(ctx);

    for (size_t i = 0; i < ctx->blocks.n; i++)
        ctx->blocks.at[i].body_odds = odds_of(features_next(r));
    odds_settle(&ctx->blocks);
}
