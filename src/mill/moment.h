#ifndef MILL_MOMENT_H
#define MILL_MOMENT_H
/* Moments of which 0 is never. */
#include "base/json_out.h"
#include "text/when.h"

/* T; not known when it is 0. */
struct when moment_at(int64_t t);

/* A member in RFC 3339, UTC; nothing for T 0. */
void json_moment(struct json_out *j, struct str key, int64_t t);
#endif
