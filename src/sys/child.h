#ifndef SYS_CHILD_H
#define SYS_CHILD_H
#include "base/str.h"

struct error;

/*
 * Runs ARGV (ends with NULL; the first is looked for in PATH) in FOLDER and waits
 * for its end.  It reads nothing, what it prints goes to our standard error, and
 * it leads a process group of its own: after TIMEOUT_MS, or when a signal asks us
 * to end, the whole group gets SIGTERM and a second later SIGKILL.  True if it
 * ended with status 0; else ERR says how it ended: ERR_FILE not started,
 * ERR_INPUT with another status or by a signal, ERR_LIMIT after its time,
 * ERR_STOPPED.
 */
MUST_CHECK bool child_run(char *const argv[], const char *folder,
                          int64_t timeout_ms, struct error *err);
#endif
