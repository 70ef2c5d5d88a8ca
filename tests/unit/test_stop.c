#include "unit/unit.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/stop.h"

/* How a child ended that was sent N signals by itself. */
static int end_after(int n, bool die)
{
    int status;
    pid_t child = fork();

    ck_assert_int_ge(child, 0);
    if (child == 0) {
        stop_on_signals();
        for (int i = 0; i < n; i++)
            raise(SIGTERM);
        if (*stop_flag() != stop_signal())
            _exit(99);
        if (die)
            stop_die();
        _exit(stop_signal());
    }
    waitpid(child, &status, 0);
    return status;
}

START_TEST(the_first_signal_asks_and_the_second_kills)
{
    int status = end_after(1, false);

    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), SIGTERM);
    status = end_after(2, false);
    ck_assert(WIFSIGNALED(status));
    ck_assert_int_eq(WTERMSIG(status), SIGTERM);
}
END_TEST

START_TEST(the_process_ends_as_the_shell_expects)
{
    int status = end_after(1, true);

    ck_assert(WIFSIGNALED(status));
    ck_assert_int_eq(WTERMSIG(status), SIGTERM);
    ck_assert_int_eq(end_after(0, true), 0);
}
END_TEST

/* As for one started by nohup, or by a shell that is left. */
START_TEST(a_terminal_that_goes_away_asks_unless_that_is_ignored)
{
    for (int ignored = 0; ignored < 2; ignored++) {
        int status;
        pid_t child = fork();

        if (child == 0) {
            signal(SIGHUP, ignored ? SIG_IGN : SIG_DFL);
            stop_on_signals();
            raise(SIGHUP);
            _exit(stop_signal());
        }
        waitpid(child, &status, 0);
        ck_assert(WIFEXITED(status));
        ck_assert_int_eq(WEXITSTATUS(status), ignored ? 0 : SIGHUP);
    }
}
END_TEST

UNIT_TESTS(the_first_signal_asks_and_the_second_kills,
           a_terminal_that_goes_away_asks_unless_that_is_ignored,
           the_process_ends_as_the_shell_expects)
