#ifndef SYS_LOG_H
#define SYS_LOG_H
/*
 * Lines for the operator on standard error: "feedmill: ...".  Control
 * characters never reach the terminal.  Safe from several threads: one line is
 * one write.
 */
struct error;

enum log_level { LOG_QUIET, LOG_NORMAL, LOG_VERBOSE };

void log_set_level(enum log_level level);
enum log_level log_level(void);
/* Unless quiet. */
void log_line(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Only with -v. */
void log_verbose(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Always: "feedmill: where:line:column: text". */
void log_error(const struct error *err);

/*
 * The one line kept at the bottom of a terminal: shown now, moved down by
 * every line logged, cleared by NULL.  Only for a standard error that is a
 * terminal; sys/progress.h asks before it calls.
 */
void log_status(const char *line);
#endif
