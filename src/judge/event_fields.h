#ifndef JUDGE_EVENT_FIELDS_H
#define JUDGE_EVENT_FIELDS_H
/* Sets of fields, the subjects that words are of: of two reports of one event the
 * one says "truce", the other "ceasefire". */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum event_field {
#define FIELD(name, weight) FIELD_##name,
#include "judge/event_fields.def"
    EVENT_FIELDS
};

#define FIELD_WORDS 4
_Static_assert(EVENT_FIELDS <= 64 * FIELD_WORDS, "a bit each");

struct fields {
    uint64_t of[FIELD_WORDS];
};

static inline void fields_add(struct fields *s, unsigned field)
{
    s->of[field / 64] |= (uint64_t)1 << field % 64;
}

static inline bool fields_has(const struct fields *s, unsigned field)
{
    return s->of[field / 64] >> field % 64 & 1;
}

static inline struct fields fields_both(struct fields a, struct fields b)
{
    for (size_t i = 0; i < FIELD_WORDS; i++)
        a.of[i] &= b.of[i];
    return a;
}

static inline struct fields fields_either(struct fields a, struct fields b)
{
    for (size_t i = 0; i < FIELD_WORDS; i++)
        a.of[i] |= b.of[i];
    return a;
}

static inline struct fields fields_without(struct fields a, struct fields b)
{
    for (size_t i = 0; i < FIELD_WORDS; i++)
        a.of[i] &= ~b.of[i];
    return a;
}

/* The more, the fewer reports are of them. */
int fields_weight(const struct fields *s);
#endif
