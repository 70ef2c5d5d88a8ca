/*
 * One event, told in different words.  Of each report the title and the text's
 * first words are taken apart into terms (event_read.c): words, names, numbers;
 * of Han, kana and hangul pairs of neighbours.  What two reports share and what
 * they do not is counted (event_signs.c) and weighed.  For two events of one
 * company share its name and its trade, but what happened is in one of them
 * only: another sum, version or date, another sort of thing (event_types.def: a
 * launch, a recall, a court).  What a title tells of and the other report nowhere
 * does speaks against it, and so do the hours between them.
 *
 * Some things keep reports apart whatever they share: each title has an ordinal
 * the other lacks (a round of funding, a part of a series), only one denies or
 * answers something, only one names a variant of a product, one says up and the
 * other down, both are written after one pattern, each title, of letters, has names
 * or rare words (event_known.def has the others) and they share none.  Pairs of Han
 * are rare by chance, so there it only speaks against it.  Reports in two languages
 * share too little to be found, and are not meant to be.
 *
 * A wrong merge is worse than a missed one.  The weights are a logistic
 * regression over tests/cases/judge/events.*, where nearly every pair that is
 * apart is of one company or place, and dated.* and mixed.*, whose hours are real
 * (script/train-events); test_event.c counts on others.  Known to be missed: reports
 * that share no rare word; known to be merged: the next stage of an affair within
 * hours, told in words that event_types.def does not have.
 */
#include "judge/event.h"

#include <math.h>

#include "judge/event_signs.h"
#include "judge/event_term.h"
#include "judge/event_types.h"

#define TITLE_OF_COPY 0.6

/* Terms of one headline in both, dates aside, that make it an agency's and no
 * column's ("Week in review"). */
#define HEADLINE_TERMS 4
#define HEADLINE_PAIRS 8
#define HEADLINE       0.8 /* how surely, of reports of one day */
#define HEADLINE_HOURS 24

static const double base =
#define BASE(weight) weight
#include "judge/event_weights.def"
    ;

static const struct {
    struct str tag;
    double weight;
} languages[] = {
#define LANGUAGE(tag, weight) {STR_INIT(tag), weight},
#include "judge/event_weights.def"
};

static const double weights[EVENT_SIGNS] = {
#define WEIGHT(sign, weight) [SIGN_##sign] = weight,
#include "judge/event_weights.def"
};

bool event_may_be_copy(const struct event_summed *a, const struct event *b)
{
    struct event_signs signs;

    event_signs_of(a, b, 0, &signs);
    return !signs.are_numbers_other && !signs.is_other_part &&
           !signs.is_opposite && !signs.are_titles_other &&
           signs.of[SIGN_SHARE_LEAST] >= TITLE_OF_COPY;
}

/* What keeps two reports apart whatever they share. */
static bool is_apart(const struct event *a, const struct event *b,
                     const struct event_signs *signs)
{
    return event_is(a, EVENT_REPLY) != event_is(b, EVENT_REPLY) ||
           event_is(a, EVENT_VARIANT) != event_is(b, EVENT_VARIANT) ||
           signs->is_foreign || signs->is_other_part || signs->is_pattern ||
           signs->is_opposite || signs->are_subjects_other;
}

/* The store finds no others. */
static bool has_subject(const struct event_signs *signs)
{
    return signs->shared > 0 || signs->of[SIGN_RARE_ACROSS] > 0;
}

static bool is_one_headline(const struct event_signs *signs, double hours)
{
    return hours <= HEADLINE_HOURS && signs->of[SIGN_SHARE_LEAST] == 1 &&
           signs->shared >=
               (signs->of[SIGN_PAIRS] > 0 ? HEADLINE_PAIRS : HEADLINE_TERMS) &&
           signs->of[SIGN_OTHER_NUMBER] == 0 && signs->of[SIGN_OTHER_DAY] == 0;
}

static double weight_of_language(uint64_t language)
{
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++)
        if (term_hash(languages[i].tag, SORT_LANGUAGE) == language)
            return languages[i].weight;
    return 0;
}

/* How sure two reports must be by how many terms both titles have, of letters and
 * of pairs.  In the labelled sets a name that both know tells much, for few are
 * told of there; in the news of a day it stands in reports of many things. */
#define SHARED_MAX 3
static const double wanted[2][SHARED_MAX + 1] = {{0.93, 0.80, 0.50, 0.35},
                                                 {0.65, 0.55, 0.45, 0.45}};

static double odds(double likeness)
{
    return log(likeness / (1 - likeness));
}

/* So that what is as sure as wanted comes to EVENT_SAME. */
static double weight_of_shared(const struct event_signs *signs)
{
    int shared = signs->shared < SHARED_MAX ? signs->shared : SHARED_MAX;

    return odds(EVENT_SAME) - odds(wanted[signs->of[SIGN_PAIRS] > 0][shared]);
}

static double likeness(const struct event_signs *signs, double hours)
{
    double sum = base;

    for (size_t i = 0; i < EVENT_SIGNS; i++)
        sum += weights[i] * signs->of[i];
    sum += weight_of_language(signs->language) + weight_of_shared(signs);
    sum = 1 / (1 + exp(-sum));
    return sum < HEADLINE && is_one_headline(signs, hours) ? HEADLINE : sum;
}

struct event_match event_match(const struct event_summed *a,
                               const struct event *b, double hours)
{
    struct event_signs signs;

    event_signs_of(a, b, hours, &signs);
    if (is_apart(a->event, b, &signs))
        return (struct event_match){0, true};
    return (struct event_match){
        .likeness = has_subject(&signs) ? likeness(&signs, hours) : 0,
        .contradicts =
            signs.of[SIGN_OTHER_NUMBER] > 0 || signs.of[SIGN_OTHER_DAY] > 0};
}
