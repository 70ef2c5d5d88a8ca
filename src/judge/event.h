#ifndef JUDGE_EVENT_H
#define JUDGE_EVENT_H
/* Whether two reports in different words tell of one event; see event.c. */
#include "item/story.h"

/* The terms of a title and of the text's beginning; in A. */
void event_of(struct arena *a, struct str title, struct str text,
              struct event *out);
/* How surely A and B report one event, 0 to 1; 0 where something speaks
 * against it. */
double event_likeness(const struct event *a, const struct event *b);

/* Whether something keeps A and B apart, however much else they share: they are
 * not told in one story, whoever stands between them. */
bool event_contradicts(const struct event *a, const struct event *b);

/* Whether A and B, whose texts are nearly one, may be copies: not when each has a
 * number that the other lacks, or the titles tell of different things. */
bool event_may_be_copy(const struct event *a, const struct event *b);

/* From here on they are one event: when hours are between them, a day, more. */
#define EVENT_SAME_SOON  0.60
#define EVENT_SAME       0.70
#define EVENT_SAME_LATER 0.85
#endif
