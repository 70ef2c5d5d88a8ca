#include "item/decision.h"

static const struct str names[DO_COUNT] = {
    [DO_APPROVE] = STR_INIT("approve"), [DO_HIDE] = STR_INIT("hide"),
    [DO_PIN] = STR_INIT("pin"),         [DO_HOLD] = STR_INIT("hold"),
    [DO_RETITLE] = STR_INIT("retitle"), [DO_NOTE] = STR_INIT("note"),
    [DO_LEAD] = STR_INIT("lead"),       [DO_MERGE] = STR_INIT("merge"),
    [DO_SPLIT] = STR_INIT("split"),     [DO_RETRACT] = STR_INIT("retract"),
};

struct str decision_do_name(enum decision_do what)
{
    return names[what];
}

bool decision_do_by_name(struct str name, enum decision_do *out)
{
    for (size_t i = 0; i < DO_COUNT; i++) {
        if (str_eq(names[i], name)) {
            *out = (enum decision_do)i;
            return true;
        }
    }
    return false;
}

bool decision_has_topic(enum decision_do what)
{
    return what != DO_RETRACT && what != DO_MERGE && what != DO_SPLIT;
}
