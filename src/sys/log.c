#include "sys/log.h"

#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/utf8.h"

#define LINE_MAX_BYTES ((size_t)8 << 10)
#define CLEAR_LINE     "\r\033[K"

/* All that is shared between threads; the mutex guards it and keeps a line
 * together with the status line below it. */
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static enum log_level level_now = LOG_NORMAL;
static char status[512];

void log_set_level(enum log_level level)
{
    pthread_mutex_lock(&mutex);
    level_now = level;
    pthread_mutex_unlock(&mutex);
}

enum log_level log_level(void)
{
    enum log_level level;

    pthread_mutex_lock(&mutex);
    level = level_now;
    pthread_mutex_unlock(&mutex);
    return level;
}

/* Printable UTF-8 only: C0, DEL and C1 (whose U+009B opens an escape sequence)
 * become blanks, bytes that are no UTF-8 become U+FFFD. */
static void add_printable(struct buf *out, struct str s)
{
    for (size_t i = 0; i < s.n;) {
        uint32_t c = utf8_next(s, &i);

        buf_add_utf8(out, c < 0x20 || (c >= 0x7F && c < 0xA0) ? ' ' : c);
    }
}

static void write_whole(struct str s)
{
    while (s.n > 0) {
        ssize_t n = write(STDERR_FILENO, s.p, s.n);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return; /* nobody is left to be told */
        s = str_from(s, (size_t)n);
    }
}

static void print(struct str text)
{
    struct buf line;

    buf_init(&line, 4 * LINE_MAX_BYTES);
    pthread_mutex_lock(&mutex);
    if (status[0] != '\0')
        buf_add_str(&line, STR(CLEAR_LINE));
    buf_add_str(&line, STR("feedmill: "));
    add_printable(&line, text);
    buf_add_char(&line, '\n');
    buf_add_str(&line, str_from_c(status));
    write_whole(buf_str(&line));
    pthread_mutex_unlock(&mutex);
    buf_done(&line);
}

static void print_formatted(const char *format, va_list args)
    __attribute__((format(printf, 1, 0)));

static void print_formatted(const char *format, va_list args)
{
    char text[LINE_MAX_BYTES];
    int n = vsnprintf(text, sizeof text, format, args);

    if (n < 0)
        return;
    print(str_of(text, (size_t)n < sizeof text ? (size_t)n : sizeof text - 1));
}

void log_line(const char *format, ...)
{
    va_list args;

    if (log_level() == LOG_QUIET)
        return;
    va_start(args, format);
    print_formatted(format, args);
    va_end(args);
}

void log_verbose(const char *format, ...)
{
    va_list args;

    if (log_level() != LOG_VERBOSE)
        return;
    va_start(args, format);
    print_formatted(format, args);
    va_end(args);
}

void log_error(const struct error *err)
{
    char text[LINE_MAX_BYTES];
    int n = error_print(err, text, sizeof text);

    if (n < 0)
        return;
    print(str_of(text, (size_t)n < sizeof text ? (size_t)n : sizeof text - 1));
}

void log_status(const char *line)
{
    struct buf out;

    buf_init(&out, 4 * sizeof status);
    pthread_mutex_lock(&mutex);
    if (line != NULL || status[0] != '\0')
        buf_add_str(&out, STR(CLEAR_LINE));
    status[0] = '\0';
    if (line != NULL) {
        struct str kept;

        add_printable(&out, str_from_c(line));
        kept = utf8_clip(str_from(buf_str(&out), sizeof CLEAR_LINE - 1),
                         sizeof status - 1);
        snprintf(status, sizeof status, "%.*s", STR_ARG(kept));
    }
    write_whole(buf_str(&out));
    pthread_mutex_unlock(&mutex);
    buf_done(&out);
}
