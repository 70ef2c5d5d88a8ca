#ifndef EXTRACT_PAGE_FEATURES_H
#define EXTRACT_PAGE_FEATURES_H
/* What the judge of bodies knows of each block: features.def. */
#include "extract/blocks.h"

enum feature {
#define FEATURE(name) F_##name,
#include "extract/features.def"
#undef FEATURE
    FEATURES
};

/* "up" features of blocks that have no such element above them. */
#define FAR 20

struct feature_reader;
struct view;

/* Reads the page; its blocks' rows are asked for one by one, for a page of many
 * small blocks would need more memory for them than for itself.  In CTX->a. */
struct feature_reader *features_open(struct page_context *ctx);
/* The FEATURES floats of the next block, good until the next call; NULL behind
 * the last block. */
const float *features_next(struct feature_reader *r);
/* What it knows of the page as a whole. */
const struct view *features_view(const struct feature_reader *r);
const char *feature_name(enum feature f);
#endif
