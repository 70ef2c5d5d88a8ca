#ifndef EXTRACT_PAGE_CONFIDENCE_H
#define EXTRACT_PAGE_CONFIDENCE_H
/*
 * How sure a field is, from what speaks for and against it: a logistic sum of
 * the weights in confidence.def, which script/train-confidence learns from pages
 * whose fields are known.  Of the values that are .9 or more sure, 95 of 100 are
 * to be right on sites that it has not seen.
 */
#include "extract/blocks.h"

enum evidence {
#define EVIDENCE(field, name, words) field##_##name,
#include "extract/evidence.def"
#undef EVIDENCE
    EVIDENCE_COUNT
};

enum sure_field { SURE_TITLE, SURE_AUTHOR, SURE_DATE };

/* What was heard of one field; all false at first. */
struct evidences {
    bool heard[EVIDENCE_COUNT];
};

/* 0 to 1; tells --why what was heard. */
float sure_of_field(struct page_context *ctx, enum sure_field field,
                    const struct evidences *e);
#endif
