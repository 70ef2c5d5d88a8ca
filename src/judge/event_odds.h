#ifndef JUDGE_EVENT_ODDS_H
#define JUDGE_EVENT_ODDS_H
/* What the signs of two reports say together. */
#include "judge/event_signs.h"

/* How surely the two are of one event, 0 to 1. */
double event_odds(const struct event_signs *signs);
#endif
