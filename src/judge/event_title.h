#ifndef JUDGE_EVENT_TITLE_H
#define JUDGE_EVENT_TITLE_H
/* Of a report's title what is no term: its sort, by words of event_words.def, and the
 * name of who published it. */
#include "base/str.h"

/* Of a folded title: a list of the news, which tells of no one event. */
bool title_is_digest(struct str title);
/* Of a folded title: weather, warnings: what is told of many places. */
bool title_is_bulletin(struct str title);
/* Of a folded title: it explains, comments, tests. */
bool title_is_feature(struct str title);

/* TITLE, its width folded, without the outlet's name at its end: a short one without a
 * digit. */
struct str title_without_outlet(struct str title);
#endif
