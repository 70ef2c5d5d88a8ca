#ifndef JUDGE_EVENT_TOLD_H
#define JUDGE_EVENT_TOLD_H
/* What a text tells of, by how its words begin: sorts of things that happen
 * (event_types.def) and fields (event_fields.def). */
#include "base/str.h"
#include "judge/event_fields.h"

struct told {
    uint64_t types; /* of judge/event_types.h; EVENT_KANA for any kana */
    struct fields fields;
};

/* FOLDED is a fold key. */
void told_of(struct str folded, struct told *out);
#endif
