#include "sys/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"

struct spool {
    int fd;
    size_t n;
};

static bool fail(struct error *err, const char *doing)
{
    return error_set(err, ERR_FILE, "%s a temporary file: %s", doing,
                     strerror(errno));
}

struct spool *spool_new(struct str folder, struct error *err)
{
    static const char name[] = "/spool.XXXXXX";
    char *path = heap_alloc(folder.n + sizeof name);
    struct spool *s = NULL;
    int fd;

    memcpy(path, folder.p, folder.n);
    memcpy(path + folder.n, name, sizeof name);
    fd = mkostemp(path, O_CLOEXEC);
    if (fd < 0) {
        fail(err, "cannot make");
        error_where(err, path);
    } else {
        unlink(path);
        s = heap_alloc(sizeof *s);
        s->fd = fd;
    }
    free(path);
    return s;
}

void spool_free(struct spool *s)
{
    if (s == NULL)
        return;
    close(s->fd);
    free(s);
}

bool spool_add(struct spool *s, const void *p, size_t n, struct error *err)
{
    const char *from = p;

    while (n > 0) {
        ssize_t done = write(s->fd, from, n);

        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return fail(err, "cannot write");
        from += done;
        n -= (size_t)done;
        s->n += (size_t)done;
    }
    return true;
}

size_t spool_bytes(const struct spool *s)
{
    return s == NULL ? 0 : s->n;
}

bool spool_read(struct spool *s, struct buf *out, struct error *err)
{
    char *to = buf_room(out, s->n);
    size_t have = 0;

    if (to == NULL)
        return error_set(err, ERR_LIMIT, "longer than %zu bytes", out->max);
    while (have < s->n) {
        ssize_t got = pread(s->fd, to + have, s->n - have, (off_t)have);

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return fail(err, "cannot read");
        have += (size_t)got;
    }
    out->n += have;
    return true;
}
