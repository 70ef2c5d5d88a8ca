#ifndef JUDGE_EVENT_TITLE_H
#define JUDGE_EVENT_TITLE_H
/* Of a report's title what is no term: its sort, by words of event_words.def, and the
 * name of who published it. */
#include "base/str.h"

/* What sort of title it is, as bits. */
#define TITLE_DIGEST   1u /* a list of the news, which tells of no one event */
#define TITLE_BULLETIN 2u /* weather, warnings: what is told of many places */
#define TITLE_FEATURE  4u /* it explains, comments, tests */

unsigned title_marks(struct str folded);

/* TITLE, its width folded, without the outlet's name at its end: a short one without a
 * digit. */
struct str title_without_outlet(struct str title);
#endif
