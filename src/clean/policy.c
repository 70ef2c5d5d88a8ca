#include "clean/policy.h"

#define A(name, check) {STR_INIT(name), CHECK_##check},
#define ATTRS(group, rows)                                                     \
    static const struct attr_rule attrs_##group[] = {rows};
#include "clean/allow.def"
#undef ATTRS
#undef A

static const struct element_rule rules[TAG_COUNT] = {
#define ALLOW(id, flags, group)                                                \
    [TAG_##id] = {FATE_KEEP, flags, attrs_##group,                             \
                  sizeof attrs_##group / sizeof attrs_##group[0]},
#define DROP(id) [TAG_##id] = {.fate = FATE_DROP},
#include "clean/allow.def"
#undef ALLOW
#undef DROP
};

const struct element_rule *element_rule(enum tag tag)
{
    return &rules[tag];
}
