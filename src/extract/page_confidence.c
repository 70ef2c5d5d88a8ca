#include "extract/page_confidence.h"

#include <math.h>

#include "extract/page_why.h"

static const struct {
    enum sure_field field;
    const char *words;
} evidence[] = {
#define EVIDENCE(field, name, words) {SURE_##field, words},
#include "extract/evidence.def"
#undef EVIDENCE
};

static const double base[] = {
#define BASE(field, weight) [SURE_##field] = weight,
#define CONFIDENCE(field, name, weight)
#include "extract/confidence.def"
#undef BASE
#undef CONFIDENCE
};

static const double weights[EVIDENCE_COUNT] = {
#define BASE(field, weight)
#define CONFIDENCE(field, name, weight) [field##_##name] = weight,
#include "extract/confidence.def"
#undef BASE
#undef CONFIDENCE
};

float sure_of_field(struct page_context *ctx, enum sure_field field,
                    const struct evidences *e)
{
    static const enum why_field why[] = {
        [SURE_TITLE] = WHY_TITLE,
        [SURE_AUTHOR] = WHY_AUTHOR,
        [SURE_DATE] = WHY_DATE,
    };
    double sum = base[field];

    for (size_t i = 0; i < EVIDENCE_COUNT; i++) {
        if (evidence[i].field != field || !e->heard[i])
            continue;
        sum += weights[i];
        why_heard(ctx, why[field], evidence[i].words);
    }
    /* Two digits are all that the pages learnt from can tell. */
    return (float)(floor(100 / (1 + exp(-sum))) / 100);
}
