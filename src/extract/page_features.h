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

/* FEATURES floats for each block of CTX, row after row, in CTX->a. */
const float *features_read(struct page_context *ctx);
const char *feature_name(enum feature f);
#endif
