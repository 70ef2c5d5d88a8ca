#ifndef JUDGE_EVENT_TYPES_H
#define JUDGE_EVENT_TYPES_H
/* The bits of an event's types: the sorts of things that happen, what the report
 * is written in, and marks of its title.  The store keeps them, so each has its
 * place for good. */
#include "item/story.h"

enum event_type {
#define SORT(name) EVENT_##name,
#include "judge/event_types.def"
    EVENT_KANA,
    EVENT_PAIRS,   /* mostly Han, kana or hangul */
    EVENT_REPLY,   /* its title denies or answers something */
    EVENT_VARIANT, /* it names the smaller, larger ... one of a product */
#define MARK(name) EVENT_##name,
#include "judge/event_types.def"
    EVENT_MARKS_END, /* the next has this place too */
    EVENT_MARKS_LAST = EVENT_MARKS_END - 1,
#define SORT_MORE(name) EVENT_##name,
#include "judge/event_types.def"
    EVENT_TYPES
};

_Static_assert(EVENT_TYPES <= 64, "a bit each");

static inline bool event_is(const struct event *e, enum event_type type)
{
    return e->types >> type & 1;
}

/* The sorts without the marks. */
static inline uint64_t event_sorts(const struct event *e)
{
    uint64_t before = ((uint64_t)1 << EVENT_KANA) - 1;
    uint64_t behind = ~(((uint64_t)1 << EVENT_MARKS_END) - 1);

    return e->types & (before | behind);
}
#endif
