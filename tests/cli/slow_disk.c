/*
 * For LD_PRELOAD: a disk as the test wants it.  Each flush of a new file in output/
 * lasts SLOW_DISK_MS milliseconds; the SLOW_DISK_FAILS-th (from 1) fails, as one does
 * on a disk that is full.  Other flushes take no time: what dies is the program, not
 * the machine.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static long number(const char *name)
{
    const char *text = getenv(name);

    return text == NULL ? 0 : strtol(text, NULL, 10);
}

static int is_new_file(int fd)
{
    char link[64], path[4096];
    ssize_t n;

    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    n = readlink(link, path, sizeof path - 1);
    if (n < 0)
        return 0;
    path[n] = '\0';
    return strstr(path, "/output/") != NULL &&
           strstr(path, ".feedmill-tmp") != NULL;
}

int fsync(int fd)
{
    static atomic_long flushes;
    long ms = number("SLOW_DISK_MS");
    struct timespec pause = {ms / 1000, ms % 1000 * 1000000};

    if (is_new_file(fd)) {
        nanosleep(&pause, NULL);
        if (++flushes == number("SLOW_DISK_FAILS")) {
            errno = ENOSPC;
            return -1;
        }
    }
    return 0;
}

int fdatasync(int fd)
{
    return fsync(fd);
}
