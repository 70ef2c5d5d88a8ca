#include "sys/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "sys/clock.h"
#include "sys/log.h"

#define STEP_MS 100
/* Before that a rate is a guess. */
#define RATE_MS 1000

struct progress {
    const char *what;
    size_t total;
    int64_t started_ms;
    int64_t drawn_ms; /* 0: not yet */
    bool is_shown;    /* someone looks */
};

struct progress *progress_new(const char *what, size_t total)
{
    struct progress *p = heap_alloc(sizeof *p);
    const char *term = getenv("TERM");

    p->what = what;
    p->total = total;
    p->started_ms = clock_ms();
    p->is_shown = isatty(STDERR_FILENO) && log_level() != LOG_QUIET &&
                  term != NULL && strcmp(term, "dumb") != 0;
    return p;
}

/* Columns a terminal gives to S: CJK takes two. */
static struct str clip_columns(struct str s, size_t columns)
{
    size_t used = 0, i = 0;

    while (i < s.n) {
        size_t from = i;
        uint32_t c = utf8_next(s, &i);

        used += is_cjk(c) || (c >= 0xFF00 && c < 0xFF61) ? 2 : 1;
        if (used > columns)
            return str_slice(s, 0, from);
    }
    return s;
}

static size_t terminal_columns(void)
{
    struct winsize size;

    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < 20)
        return 79;
    return (size_t)size.ws_col - 1;
}

struct str progress_pace(size_t done, size_t total, int64_t took_ms, char *out,
                         size_t cap)
{
    int64_t seconds;
    double rate;
    int n;

    if (took_ms < RATE_MS || done == 0)
        return STR_NONE;
    rate = (double)done * 1000.0 / (double)took_ms;
    seconds = (int64_t)((double)(total - done) / rate + 0.5);
    if (seconds < 60)
        n = snprintf(out, cap, "  %.*f/s  %lld s left", rate < 10 ? 1 : 0, rate,
                     (long long)seconds);
    else
        n = snprintf(out, cap, "  %.*f/s  %lld:%02lld min left",
                     rate < 10 ? 1 : 0, rate, (long long)seconds / 60,
                     (long long)seconds % 60);
    return n > 0 && (size_t)n < cap ? str_of(out, (size_t)n) : STR_NONE;
}

void progress_step(struct progress *p, size_t done, const char *now_at)
{
    char line[512], pace[64];
    struct str paced;
    int64_t now = clock_ms();
    int n;

    if (!p->is_shown || (p->drawn_ms != 0 && now - p->drawn_ms < STEP_MS))
        return;
    p->drawn_ms = now;
    paced =
        progress_pace(done, p->total, now - p->started_ms, pace, sizeof pace);
    n = snprintf(line, sizeof line, "%s %zu/%zu%.*s  %s", p->what, done,
                 p->total, STR_ARG(paced), now_at == NULL ? "" : now_at);
    if (n > 0) {
        struct str clipped = clip_columns(str_from_c(line), terminal_columns());

        line[clipped.n] = '\0';
        log_status(line);
    }
}

void progress_free(struct progress *p)
{
    if (p == NULL)
        return;
    if (p->is_shown)
        log_status(NULL);
    free(p);
}

bool stdout_is_terminal(void)
{
    return isatty(STDOUT_FILENO) == 1;
}
