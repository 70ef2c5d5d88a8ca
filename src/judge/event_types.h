#ifndef JUDGE_EVENT_TYPES_H
#define JUDGE_EVENT_TYPES_H
/* The sorts of things that happen, the bits of an event's types, where one more
 * says that the report is Japanese; and two marks of a title besides them. */
#include "item/story.h"

enum event_type {
#define SORT(name) EVENT_##name,
#include "judge/event_types.def"
    EVENT_KANA,
    EVENT_REPLY,
    EVENT_VARIANT
};

static inline uint32_t event_types(const struct event *e)
{
    return e->types & ~((uint32_t)1 << EVENT_KANA);
}

static inline bool is_japanese(const struct event *e)
{
    return e->types >> EVENT_KANA & 1;
}
#endif
