/*
 * An open-file-description lock (fcntl F_OFD_SETLK): the kernel ends it when
 * the process ends, however it ends, and unlike a classic POSIX lock it is not
 * lost when some other part of the process opens and closes the same file.
 * The file itself stays; removing it would let two runs hold two files of one
 * name.
 */
#include "sys/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/error.h"

struct lock {
    int fd;
};

/* The pid in the lock file; 0 when its holder has not written it yet. */
static long holder(int fd)
{
    char text[24];
    ssize_t n = pread(fd, text, sizeof text, 0);
    int64_t pid;

    if (n <= 0 || !str_to_i64(str_trim(str_of(text, (size_t)n)), &pid))
        return 0;
    return (long)pid;
}

static bool write_pid(int fd)
{
    char text[24];
    int n = snprintf(text, sizeof text, "%ld\n", (long)getpid());

    return ftruncate(fd, 0) == 0 && pwrite(fd, text, (size_t)n, 0) == n;
}

static bool set_lock(int fd, const char *path, bool waits, struct error *err)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    long pid;
    int rc;

    do
        rc = fcntl(fd, waits ? F_OFD_SETLKW : F_OFD_SETLK, &whole);
    while (rc != 0 && errno == EINTR);
    if (rc == 0)
        return write_pid(fd) ||
               error_set(err, ERR_FILE, "cannot write: %s", strerror(errno));
    if (errno != EAGAIN && errno != EACCES)
        return error_set(err, ERR_FILE, "cannot lock: %s", strerror(errno));
    pid = holder(fd);
    error_set(err, ERR_LOCKED, "in use by another run");
    if (pid > 0)
        error_set(err, ERR_LOCKED, "in use by another run (process %ld)", pid);
    error_where(err, path);
    return false;
}

static struct lock *take(const char *path, bool waits, struct error *err)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    struct lock *l;

    if (fd < 0) {
        error_set(err, ERR_FILE, "cannot open: %s", strerror(errno));
        error_where(err, path);
        return NULL;
    }
    if (!set_lock(fd, path, waits, err)) {
        error_where(err, path);
        close(fd);
        return NULL;
    }
    l = heap_alloc(sizeof *l);
    l->fd = fd;
    return l;
}

struct lock *lock_take(const char *path, struct error *err)
{
    return take(path, false, err);
}

struct lock *lock_wait(const char *path, struct error *err)
{
    return take(path, true, err);
}

void lock_release(struct lock *l)
{
    if (l == NULL)
        return;
    close(l->fd);
    free(l);
}
