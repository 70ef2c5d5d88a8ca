#ifndef JUDGE_EVENT_SIGNS_H
#define JUDGE_EVENT_SIGNS_H
/* What two events have in common and what speaks against them; event.c weighs
 * it, and script/train-events learns the weights. */
#include "judge/event_sums.h"

enum event_sign {
#define SIGN(name) SIGN_##name,
#include "judge/event_signs.def"
    EVENT_SIGNS
};

struct event_signs {
    double of[EVENT_SIGNS]; /* 0 to 1 */
    uint64_t language;      /* the term; 0 when neither's is known */
    int shared;             /* terms that both titles have */
    /* Each title has an ordinal that the other lacks, or a score. */
    bool is_other_part;
    bool are_numbers_other;  /* each report has a number that the other lacks */
    bool is_foreign;         /* they are in two languages */
    bool is_opposite;        /* one says up, the other down or unchanged */
    bool are_titles_other;   /* each title has a term that the other lacks */
    bool are_subjects_other; /* each title has rare terms, none is shared */
    bool is_pattern; /* the titles have one pattern, filled differently */
};

/* HOURS are between the two. */
void event_signs_of(const struct event_summed *a, const struct event *b,
                    double hours, struct event_signs *out);
#endif
