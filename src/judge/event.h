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

#define EVENT_SAME 0.70 /* and more: one event */
#endif
