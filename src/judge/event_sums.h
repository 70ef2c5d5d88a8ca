#ifndef JUDGE_EVENT_SUMS_H
#define JUDGE_EVENT_SUMS_H
/* What the terms of one report add up to, and those that two have: event_signs.h
 * compares these sums. */
#include "item/story.h"
#include "judge/event_fields.h"
#include "judge/event_number.h"

#define EVENT_CLASSES (NUMBER_DAY + 1)

/* Of a number that many reports have whatever they tell of. */
static inline bool number_says_little(enum number_class class)
{
    return class == NUMBER_SMALL || class >= NUMBER_DATE;
}

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

/* What X and Y both have, of each as it has it. */
void event_sum_both(const struct event_summed *x, const struct event *y,
                    struct event_sums *of_x, struct event_sums *of_y);
#endif
