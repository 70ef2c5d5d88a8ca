#include "sys/stop.h"

#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>

/* Written by a handler and read by other threads, so an atomic, and one without
 * a lock (C17, 7.14.1.1). */
static _Atomic int asked;
_Static_assert(ATOMIC_INT_LOCK_FREE == 2, "a handler may not write this");

/* A terminal that goes away asks as well, unless somebody (nohup) has it ignored. */
static bool is_ignored(int number)
{
    struct sigaction was;

    return number == SIGHUP && sigaction(number, NULL, &was) == 0 &&
           was.sa_handler == SIG_IGN;
}

static void set_all(void (*handler)(int))
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = handler};

    /* No SA_RESTART: whoever waits is to wake up and look at the flag. */
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        if (!is_ignored(numbers[i]))
            sigaction(numbers[i], &action, NULL);
}

static void on_signal(int signal)
{
    asked = signal;
    set_all(SIG_DFL);
}

void stop_on_signals(void)
{
    set_all(on_signal);
}

int stop_signal(void)
{
    return asked;
}

const _Atomic int *stop_flag(void)
{
    return &asked;
}

static void die_of(int number)
{
    sigset_t only;

    signal(number, SIG_DFL);
    sigemptyset(&only);
    sigaddset(&only, number);
    sigprocmask(SIG_UNBLOCK, &only, NULL);
    raise(number);
}

void stop_die(void)
{
    if (asked != 0)
        die_of(asked);
}

void stop_ignore_writing(void)
{
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
}

void stop_die_of_pipe(void)
{
    die_of(SIGPIPE);
}
