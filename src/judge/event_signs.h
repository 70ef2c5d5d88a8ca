#ifndef JUDGE_EVENT_SIGNS_H
#define JUDGE_EVENT_SIGNS_H
/* What two events have in common and what speaks against them; event.c weighs
 * it, and script/train-events learns the weights. */
#include "item/story.h"
#include "judge/event_fields.h"
#include "judge/event_number.h"

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

#define EVENT_CLASSES (NUMBER_DAY + 1)

/* Terms of one report, or those of them that the other has too. */
struct event_sums {
    /* Weights; of what both have the title's is less where it stands in the
     * other's text. */
    int title, lead, all;
    int title_words; /* neither names nor numbers */
    int title_terms, title_names;
    int links, ordinals; /* of the title */
    int rare, title_rare, rare_names;
    int worth, title_worth, lead_worth; /* weights by how rare a term is */
    int numbers, title_numbers, title_dates;
    struct {
        int all, title;
    } of[EVENT_CLASSES];                /* numbers */
    int bulletins, features, questions; /* 1 when the title has the mark */
    int near, exact;                    /* see enum aside */
    /* Weights of what both have, by how few others have it too: one over all that
     * do. */
    double own_titles, own_across, own_leads; /* rare, by where it stands */
    double own_words, own_numbers;            /* in both titles, not rare */
    int own, crowded; /* rare ones that nobody else has, or several */
    bool has_lead;
    uint64_t acts;                      /* that the text tells of */
    struct fields title_fields, fields; /* of the title, of all */
    uint64_t language;                  /* the term; 0 when it is not known */
    /* Of what both have: */
    int big_numbers, small_numbers;
    int names;                                /* not in both titles */
    int shared;                               /* terms that both titles have */
    int titles_worth;                         /* of what both titles have */
    int titles_rare, across_rare, leads_rare; /* in one title, in none */
};

/* An event, borrowed, and what its terms add up to: of a report that is compared
 * with many it is the same each time. */
struct event_summed {
    const struct event *event;
    struct event_sums sums;
    /* For each term how many reports have it that are of another story than those it
     * is compared with; REPORTS_UNKNOWN where nobody looked. */
    uint8_t strangers[EVENT_TERMS_MAX];
};

/* E must live as long as OUT. */
void event_sum(const struct event *e, struct event_summed *out);
/* It is to be compared with the N members of one STORY. */
void event_meet(struct event_summed *e, const struct story_sketch *story,
                size_t n);

/* HOURS are between the two. */
void event_signs_of(const struct event_summed *a, const struct event *b,
                    double hours, struct event_signs *out);
#endif
