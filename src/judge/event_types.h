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
    EVENT_TYPES
};

#define EVENT_SORTS EVENT_KANA /* so many come first */

static inline bool event_is(const struct event *e, enum event_type type)
{
    return e->types >> type & 1;
}

static inline uint32_t event_sorts(const struct event *e)
{
    return (uint32_t)(e->types & (((uint64_t)1 << EVENT_SORTS) - 1));
}
#endif
