#include "sys/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "sys/clock.h"
#include "sys/stop.h"

#define GRACE_MS 1000
#define LOOK_MIN 1 /* ms between two looks whether it has ended */
#define LOOK_MAX 50

extern char **environ;

/* The signals we catch or ignore are as usual for it. */
static bool set_attributes(posix_spawnattr_t *attributes)
{
    sigset_t usual, none;

    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGINT);
    sigaddset(&usual, SIGTERM);
    sigaddset(&usual, SIGPIPE);
    sigaddset(&usual, SIGXFSZ);
    return posix_spawnattr_setsigdefault(attributes, &usual) == 0 &&
           posix_spawnattr_setsigmask(attributes, &none) == 0 &&
           posix_spawnattr_setpgroup(attributes, 0) == 0 &&
           posix_spawnattr_setflags(
               attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF |
                               POSIX_SPAWN_SETSIGMASK) == 0;
}

static bool set_actions(posix_spawn_file_actions_t *actions, const char *folder)
{
    return posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null",
                                            O_RDONLY, 0) == 0 &&
           posix_spawn_file_actions_adddup2(actions, STDERR_FILENO,
                                            STDOUT_FILENO) == 0 &&
           posix_spawn_file_actions_addchdir_np(actions, folder) == 0;
}

static bool start(char *const argv[], const char *folder, pid_t *pid,
                  struct error *err)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int code = ENOMEM;

    if (posix_spawn_file_actions_init(&actions) != 0)
        goto done;
    if (posix_spawnattr_init(&attributes) == 0) {
        if (set_attributes(&attributes) && set_actions(&actions, folder))
            code = posix_spawnp(pid, argv[0], &actions, &attributes, argv,
                                environ);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);

done:
    return code == 0 || error_set(err, ERR_FILE, "%s cannot be started: %s",
                                  argv[0], strerror(code));
}

/* True if it has ended within WAIT_MS; a signal to us ends the waiting unless
 * IS_LAST. */
static bool wait_for(pid_t pid, int64_t wait_ms, bool is_last, int *status)
{
    int64_t end = clock_ms() + wait_ms;
    int look = LOOK_MIN;

    for (;;) {
        pid_t got = waitpid(pid, status, WNOHANG);

        if (got == pid || (got < 0 && errno != EINTR))
            return true;
        if (clock_ms() >= end || (!is_last && stop_signal() != 0))
            return false;
        poll(NULL, 0, look);
        look = look * 2 < LOOK_MAX ? look * 2 : LOOK_MAX;
    }
}

static void end_group(pid_t pid)
{
    int status;

    kill(-pid, SIGTERM);
    if (wait_for(pid, GRACE_MS, true, &status)) {
        kill(-pid, SIGKILL); /* who of its group is left */
        return;
    }
    kill(-pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
}

bool child_run(char *const argv[], const char *folder, int64_t timeout_ms,
               struct error *err)
{
    int status = 0;
    pid_t pid;

    if (!start(argv, folder, &pid, err))
        return false;
    if (!wait_for(pid, timeout_ms, false, &status)) {
        bool is_stopped = stop_signal() != 0;

        end_group(pid);
        if (is_stopped)
            return error_set(err, ERR_STOPPED, "stopped by a signal");
        return error_set(err, ERR_LIMIT, "was not done after %lld s",
                         (long long)timeout_ms / 1000);
    }
    if (WIFSIGNALED(status))
        return error_set(err, ERR_INPUT, "was ended by signal %d",
                         WTERMSIG(status));
    if (WEXITSTATUS(status) != 0)
        return error_set(err, ERR_INPUT, "ended with status %d",
                         WEXITSTATUS(status));
    return true;
}
