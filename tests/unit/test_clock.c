#include "unit/unit.h"

#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "sys/clock.h"

/* The variable is read once a process, so every value has a child of its own,
 * which answers by its status. */
static bool now_is(const char *value, int64_t expected)
{
    int status;
    pid_t child = fork();

    ck_assert_int_ge(child, 0);
    if (child == 0) {
        setenv("FEEDMILL_NOW", value, 1);
        if (freopen("/dev/null", "w", stderr) == NULL)
            _exit(2);
        _exit(clock_now() == expected ? 0 : 1);
    }
    waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

START_TEST(the_environment_stands_in_for_the_clock)
{
    ck_assert(now_is("1731544200", 1731544200));
    ck_assert(now_is("2024-11-14T00:30:00Z", 1731544200));
    ck_assert(now_is("2024-11-14T08:30:00+08:00", 1731544200));
    ck_assert(now_is("2024-11-13 19:30:00-05:00", 1731544200));
    ck_assert(now_is("2024-02-29T00:00:00Z", 1709164800));
    ck_assert(now_is("1970-01-01T00:00:00Z", 0));
    ck_assert(now_is("0001-01-01T00:00:00Z", -62135596800));
}
END_TEST

START_TEST(a_value_that_is_no_time_is_not_taken)
{
    ck_assert(!now_is("tomorrow", 0));
    ck_assert(!now_is("2024-13-01T00:00:00Z", 1733011200));
    ck_assert(!now_is("2024-11-14T08:30:00", 1731573000));
}
END_TEST

START_TEST(without_it_now_is_now_and_milliseconds_go_forward)
{
    int64_t ms = clock_ms();
    int64_t off;

    unsetenv("FEEDMILL_NOW");
    off = clock_now() - (int64_t)time(NULL);
    ck_assert(off >= -1 && off <= 1);
    nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
    ck_assert_int_gt(clock_ms(), ms);
}
END_TEST

UNIT_TESTS(the_environment_stands_in_for_the_clock,
           a_value_that_is_no_time_is_not_taken,
           without_it_now_is_now_and_milliseconds_go_forward)
