#ifndef SYS_STOP_H
#define SYS_STOP_H
#include <stdbool.h>

/* Catches SIGINT, SIGTERM and, unless it is ignored, SIGHUP from now on: the first
 * asks for a tidy end, the second kills as usual. */
void stop_on_signals(void);
/* The signal that asked, 0 if none. */
int stop_signal(void);
/* Where stop_signal looks, for loops that are handed a flag to watch. */
const _Atomic int *stop_flag(void);
/* Ends the process by that signal, as shells expect. */
void stop_die(void);
/* From now on writing where nobody reads any more, or a file grows beyond a limit
 * of the system's, is an error, not the end: a server that hangs up must not kill
 * us. */
void stop_ignore_writing(void);
/* The end after all, when it was our own standard output. */
void stop_die_of_pipe(void);
#endif
