#ifndef SYS_CLOCK_H
#define SYS_CLOCK_H
#include <stdint.h>

/* Unix seconds, UTC.  The environment's FEEDMILL_NOW (RFC 3339 or seconds), read
 * once, stands in for tests. */
int64_t clock_now(void);
/* Milliseconds of a clock that only goes forward. */
int64_t clock_ms(void);
#endif
