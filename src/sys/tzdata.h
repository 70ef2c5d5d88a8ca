#ifndef SYS_TZDATA_H
#define SYS_TZDATA_H
#include "base/str.h"

struct arena;

/* The TZif bytes of an IANA zone name ("Asia/Shanghai"), in A; empty if the
 * system has none of that name.  Names with ".." or a leading "/" are none. */
struct str tzdata_read(struct arena *a, struct str name);
#endif
