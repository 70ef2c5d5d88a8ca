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

static float leaf_of(const struct model_row *tree, const float *f)
{
    const struct model_row *at = tree;

    /* An addition, not a jump: what a tree says next is hard to foresee. */
    while (at->feature >= 0)
        at = tree + (at->yes + !(f[at->feature] <= at->value));
    return at->value;
}

/* Most blocks are links of menus, and soon told.  With trees that had not seen
 * the site none of those as low as this at any look came above odds of .1. */
#define LOOK_EVERY 16
#define HOPELESS   (-3.5F)

static float odds_of(const float *f)
{
    const struct model_row *end = rows + sizeof rows / sizeof rows[0];
    float sum = rows[0].value;
    int n = 0;

    for (const struct model_row *tree = rows + 1; tree < end;
         tree += tree->yes + 1) {
        sum += leaf_of(tree + 1, f);
        if (++n % LOOK_EVERY == 0 && sum < HOPELESS)
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
