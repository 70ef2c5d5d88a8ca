/*
 * One event, told in different words.  Of each report the title and the text's
 * first words are taken apart into terms (event_read.c): words, names, numbers;
 * of Han, kana and hangul pairs of neighbours.  What two reports share and what
 * they do not is counted (event_signs.c), and trees tell how surely that is one event
 * (event_odds.c).  For two events of one
 * company share its name and its trade, but what happened is in one of them
 * only: another sum, version or date, another sort of thing (event_types.def: a
 * launch, a recall, a court).  What a title tells of and the other report nowhere
 * does speaks against it, and so do the hours between them.
 *
 * Some things keep reports apart whatever they share: each title has an ordinal
 * the other lacks (a round of funding, a part of a series) or a score, only one denies or
 * answers something, only one names a variant of a product, one says up and the
 * other down, both are written after one pattern, each title, of letters, has names
 * or rare words (event_known.def has the others) and they share none.  Pairs of Han
 * are rare by chance, so there it only speaks against it.  Reports in two languages
 * share too little to be found, and are not meant to be.
 *
 * A name that is in the news for many reasons says less than one that a single story
 * has: the store tells by how many other reports of these days each term is known, and
 * those of the story that is looked at are left out (event_meet).
 *
 * What both are of need not be named: fields (event_fields.def) tell that a truce and a
 * ceasefire are one sort of thing.
 *
 * A wrong merge is worse than a missed one.  script/train-events made the trees from
 * labelled reports of tests/cases/judge and of real feeds; fresh.* and control.* are
 * only counted on.  Known to be missed: reports that share no rare word; known to be
 * merged: the next stage of an affair within hours, told in words that
 * event_types.def does not have.
 */
#include "judge/event.h"

#include "judge/event_odds.h"
#include "judge/event_signs.h"
#include "judge/event_term.h"
#include "judge/event_types.h"

#define TITLE_OF_COPY 0.6
#define TEXT_OF_COPY  0.7

/* Terms of one headline in both, dates aside, that make it an agency's and no
 * column's ("Week in review"). */
#define HEADLINE_TERMS 4
#define HEADLINE_PAIRS 8
#define HEADLINE       0.8 /* how surely, of reports of one day */
#define HEADLINE_HOURS 24

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

/* The text's first words are nearly the same, and so is the title: of copies that are
 * edited the labelled reports have too few for trees to learn. */
static bool is_one_text(const struct event_signs *signs, double hours)
{
    return hours <= HEADLINE_HOURS &&
           signs->of[SIGN_LEAD_SHARE] >= TEXT_OF_COPY &&
           signs->of[SIGN_SHARE_LEAST] >= TITLE_OF_COPY &&
           signs->of[SIGN_OTHER_NUMBER] == 0 &&
           signs->of[SIGN_OTHER_DAY] == 0 && signs->of[SIGN_PLAN] == 0;
}

static double likeness(const struct event_signs *signs, double hours)
{
    double odds = event_odds(signs);

    return odds < HEADLINE &&
                   (is_one_headline(signs, hours) || is_one_text(signs, hours))
               ? HEADLINE
               : odds;
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
