#include "unit/unit.h"

#include <unistd.h>

#include "base/error.h"
#include "sys/log.h"
#include "sys/progress.h"

static char got[64 << 10];

/* Standard error goes into a pipe that holds what these tests write. */
static int capture(int ends[2])
{
    int saved = dup(2);

    ck_assert_int_eq(pipe(ends), 0);
    dup2(ends[1], 2);
    close(ends[1]);
    return saved;
}

static struct str captured(int ends[2], int saved)
{
    ssize_t n;
    size_t total = 0;

    dup2(saved, 2);
    close(saved);
    while ((n = read(ends[0], got + total, sizeof got - total)) > 0)
        total += (size_t)n;
    close(ends[0]);
    return str_of(got, total);
}

START_TEST(escape_sequences_do_not_reach_the_terminal)
{
    int ends[2], saved = capture(ends);

    log_line("a%sb", "\033[2J\n\xC2\x9B"
                     "31m\xFF");
    ck_str(captured(ends, saved), "feedmill: a [2J  31m\xEF\xBF\xBD"
                                  "b\n");
}
END_TEST

START_TEST(the_level_decides_what_is_said_and_errors_always_are)
{
    struct error err;
    int ends[2], saved = capture(ends);

    log_verbose("one");
    log_set_level(LOG_VERBOSE);
    log_verbose("two");
    log_set_level(LOG_QUIET);
    log_line("three");
    error_set(&err, ERR_FILE, "cannot open");
    error_where(&err, "feeds/mill.yaml");
    error_at(&err, 3, 7);
    log_error(&err);
    log_set_level(LOG_NORMAL);
    ck_str(captured(ends, saved),
           "feedmill: two\nfeedmill: feeds/mill.yaml:3:7: cannot open\n");
}
END_TEST

START_TEST(a_line_too_long_is_cut_and_still_ends)
{
    static char longer[20000];
    int ends[2], saved = capture(ends);
    struct str line;

    memset(longer, 'x', sizeof longer - 1);
    log_line("%s", longer);
    line = captured(ends, saved);
    ck_assert_uint_lt(line.n, 10000);
    ck_assert(str_ends(line, STR("x\n")));
}
END_TEST

START_TEST(lines_are_printed_above_the_status_line)
{
    int ends[2], saved = capture(ends);

    log_status("1/3");
    log_line("a");
    log_status(NULL);
    log_status(NULL);
    log_line("b");
    ck_str(captured(ends, saved), "\r\033[K1/3\r\033[Kfeedmill: a\n1/3\r\033[K"
                                  "feedmill: b\n");
}
END_TEST

START_TEST(no_progress_is_shown_where_no_terminal_is)
{
    int ends[2], saved = capture(ends);
    struct progress *p = progress_new("fetching", 3);

    progress_step(p, 1, "https://example.org/");
    progress_free(p);
    ck_str(captured(ends, saved), "");
}
END_TEST

UNIT_TESTS(escape_sequences_do_not_reach_the_terminal,
           the_level_decides_what_is_said_and_errors_always_are,
           a_line_too_long_is_cut_and_still_ends,
           lines_are_printed_above_the_status_line,
           no_progress_is_shown_where_no_terminal_is)
