#ifndef MILL_MOMENT_H
#define MILL_MOMENT_H
/* Moments in reports and lists. */
#include "base/json_out.h"

/* A member in RFC 3339, UTC; nothing for T 0, which is never. */
void json_moment(struct json_out *j, struct str key, int64_t t);
#endif
