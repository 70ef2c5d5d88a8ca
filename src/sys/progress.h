#ifndef SYS_PROGRESS_H
#define SYS_PROGRESS_H
/* One line on a terminal's standard error, rewritten at most ten times a
 * second; nothing when it is no terminal or the log is quiet. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct progress;

/* Keeps WHAT ("fetching").  Never NULL. */
struct progress *progress_new(const char *what, size_t total);
void progress_step(struct progress *p, size_t done, const char *now_at);
/* "  12/s  40 s left" into OUT, when DONE of TOTAL took so long; empty while it is
 * too early to say. */
struct str progress_pace(size_t done, size_t total, int64_t took_ms, char *out,
                         size_t cap);
/* Clears the line and frees it. */
void progress_free(struct progress *p);
/* True if a person reads standard output. */
bool stdout_is_terminal(void);
#endif
