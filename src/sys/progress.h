#ifndef SYS_PROGRESS_H
#define SYS_PROGRESS_H
/* One line on a terminal's standard error, rewritten at most ten times a
 * second; nothing when it is no terminal or the log is quiet. */
#include <stdbool.h>
#include <stddef.h>

struct progress;

/* Keeps WHAT ("fetching").  Never NULL. */
struct progress *progress_new(const char *what, size_t total);
void progress_step(struct progress *p, size_t done, const char *now_at);
/* Clears the line and frees it. */
void progress_free(struct progress *p);
/* True if a person reads standard output. */
bool stdout_is_terminal(void);
#endif
