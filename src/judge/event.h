#ifndef JUDGE_EVENT_H
#define JUDGE_EVENT_H
/* Whether two reports in different words tell of one event; see event.c. */
#include "item/story.h"
#include "judge/event_signs.h"

/* The terms of a title and of the text's beginning; in A. */
void event_of(struct arena *a, struct str title, struct str text,
              struct event *out);
/* What speaks for and against two reports being of one event. */
struct event_match {
    double likeness; /* how surely they are, 0 to 1 */
    /* However much they share, something keeps them apart: they are not told in
     * one story, whoever stands between them. */
    bool contradicts;
};
/* HOURS are between them. */
struct event_match event_match(const struct event_summed *a,
                               const struct event *b, double hours);

/* Whether A and B, whose texts are nearly one, may be copies: not when each has a
 * number that the other lacks, or the titles tell of different things. */
bool event_may_be_copy(const struct event_summed *a, const struct event *b);

/* From here on they are one event: of likeness, and of the logarithm of its odds. */
#define EVENT_SAME 0.62
#ifndef EVENT_SAME_ODDS /* script/cv-events asks what others would find */
#define EVENT_SAME_ODDS 0.5
#endif
#endif
