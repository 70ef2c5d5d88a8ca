#include "sys/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/vec.h"
#include "sys/stop.h"

#define CHUNK       ((size_t)64 << 10)
#define TEMP_SUFFIX ".feedmill-tmp"
#define TEMP        ".XXXXXX" TEMP_SUFFIX

static bool fail(struct error *err, const char *doing, const char *path)
{
    error_set(err, ERR_FILE, "%s: %s", doing, strerror(errno));
    error_where(err, path);
    return false;
}

/* ---- reading ----------------------------------------------------------- */

/* Up to N bytes; 0 at the end of the file, -1 with errno. */
static ssize_t read_some(int fd, char *to, size_t n)
{
    for (;;) {
        ssize_t got = read(fd, to, n);

        if (got >= 0 || errno != EINTR || stop_signal() != 0)
            return got;
    }
}

/* Reads to the end.  One byte more than the ceiling tells a file that just
 * fits from one that does not. */
static bool read_all(int fd, const char *name, struct buf *out,
                     struct error *err)
{
    char extra;

    for (;;) {
        size_t room = out->max - out->n;
        size_t want = room < CHUNK ? room : CHUNK;
        ssize_t got = want == 0 ? read_some(fd, &extra, 1)
                                : read_some(fd, buf_room(out, want), want);

        if (got == 0)
            return true;
        if (got < 0 && errno == EINTR)
            return error_set(err, ERR_STOPPED, "stopped by a signal");
        if (got < 0)
            return fail(err, "cannot read", name);
        if (want == 0) {
            error_set(err, ERR_LIMIT, "longer than %zu bytes", out->max);
            error_where(err, name);
            return false;
        }
        out->n += (size_t)got;
    }
}

bool file_read(const char *path, struct buf *out, struct error *err)
{
    int fd;
    bool ok;

    if (strcmp(path, "-") == 0)
        return read_all(STDIN_FILENO, "standard input", out, err);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail(err, "cannot open", path);
    ok = read_all(fd, path, out, err);
    close(fd);
    return ok;
}

struct file_in {
    const char *path; /* follows the struct */
    int fd;
};

struct file_in *file_in_open(const char *path, struct error *err)
{
    bool is_stdin = strcmp(path, "-") == 0;
    const char *name = is_stdin ? "standard input" : path;
    int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    struct file_in *f;
    char *copy;

    if (fd < 0) {
        fail(err, "cannot open", path);
        return NULL;
    }
    f = heap_alloc(sizeof *f + strlen(name) + 1);
    copy = (char *)(f + 1);
    memcpy(copy, name, strlen(name) + 1);
    f->path = copy;
    f->fd = fd;
    return f;
}

bool file_in_read(struct file_in *f, char *p, size_t cap, size_t *n,
                  struct error *err)
{
    ssize_t got;

    do
        got = read(f->fd, p, cap);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return fail(err, "cannot read", f->path);
    *n = (size_t)got;
    return true;
}

void file_in_close(struct file_in *f)
{
    if (f == NULL)
        return;
    if (f->fd != STDIN_FILENO)
        close(f->fd);
    free(f);
}

/* ---- replacing --------------------------------------------------------- */

bool file_has(const char *path, struct str content)
{
    struct error err;
    struct stat st;
    struct buf old;
    bool same;

    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode) ||
        (uint64_t)st.st_size != content.n)
        return false;
    buf_init(&old, content.n);
    same = file_read(path, &old, &err) && str_eq(buf_str(&old), content);
    buf_done(&old);
    return same;
}

/* The folder a path is in, with its final slash; "./" for a bare name. */
static struct str folder_of(struct arena *a, const char *path)
{
    struct str whole = str_from_c(path);
    size_t slash = str_find_last(whole, '/');

    if (slash == STR_NOT_FOUND)
        return STR("./");
    return arena_str(a, str_slice(whole, 0, slash + 1));
}

static bool write_all(int fd, struct str content)
{
    while (content.n > 0) {
        ssize_t n = write(fd, content.p, content.n);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        content = str_from(content, (size_t)n);
    }
    return true;
}

/* Some file systems cannot flush a folder and say EINVAL; their renames are as
 * durable as they get. */
static bool sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok;

    if (fd < 0)
        return false;
    ok = fsync(fd) == 0 || errno == EINVAL;
    close(fd);
    return ok;
}

struct new_file {
    const char *path; /* both follow the struct */
    char *temp;
};

static struct new_file *new_file(const char *path)
{
    size_t n = strlen(path), slash = str_find_last(str_from_c(path), '/');
    size_t folder = slash == STR_NOT_FOUND ? 0 : slash + 1;
    struct new_file *f = heap_alloc(sizeof *f + n + 1 + folder + sizeof TEMP);
    char *copy = (char *)(f + 1);

    memcpy(copy, path, n + 1);
    f->path = copy;
    f->temp = copy + n + 1;
    memcpy(f->temp, path, folder);
    memcpy(f->temp + folder, TEMP, sizeof TEMP);
    return f;
}

/* Closes FD in any case; a fault of before is what is told. */
static bool close_after(int fd, bool ok)
{
    int saved = errno;

    if (close(fd) != 0 && ok)
        return false;
    errno = saved;
    return ok;
}

struct new_file *new_file_write(const char *path, struct str content,
                                struct error *err)
{
    struct new_file *f = new_file(path);
    int fd = mkostemps(f->temp, (int)(sizeof TEMP_SUFFIX - 1), O_CLOEXEC);

    if (fd >= 0 &&
        close_after(fd, write_all(fd, content) && fchmod(fd, 0644) == 0))
        return f;
    fail(err, "cannot write", path);
    if (fd >= 0)
        unlink(f->temp);
    free(f);
    return NULL;
}

/* What was written by whatever descriptor. */
static bool flush(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    return fd >= 0 && close_after(fd, fsync(fd) == 0);
}

bool new_file_place(struct new_file *f, struct error *err)
{
    bool ok = flush(f->temp) && rename(f->temp, f->path) == 0;

    if (!ok) {
        fail(err, "cannot write", f->path);
        unlink(f->temp);
    }
    free(f);
    return ok;
}

void new_file_drop(struct new_file *f)
{
    if (f == NULL)
        return;
    unlink(f->temp);
    free(f);
}

bool file_flush_folder(const char *path, struct error *err)
{
    return sync_folder(path) || fail(err, "cannot flush the folder", path);
}

bool file_replace(const char *path, struct str content, bool *changed,
                  struct error *err)
{
    struct new_file *f;
    struct arena *a;
    bool ok;

    if (file_has(path, content)) {
        if (changed != NULL)
            *changed = false;
        return true;
    }
    f = new_file_write(path, content, err);
    if (f == NULL)
        return false;
    a = arena_new(0);
    ok = new_file_place(f, err) && file_flush_folder(folder_of(a, path).p, err);
    arena_free(a);
    if (ok && changed != NULL)
        *changed = true;
    return ok;
}

bool file_append(const char *path, struct str content, struct error *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    bool ok;

    if (fd < 0)
        return fail(err, "cannot write", path);
    ok = write_all(fd, content) && fchmod(fd, 0644) == 0;
    if (!ok)
        fail(err, "cannot write", path);
    close(fd);
    return ok;
}

/* ---- folders ----------------------------------------------------------- */

bool file_make_dir(const char *path, unsigned mode, struct error *err)
{
    struct str whole = str_from_c(path);
    struct arena *a = arena_new(0);
    bool ok = true;

    for (size_t i = 1; ok && i <= whole.n; i++) {
        const char *part;

        if (i < whole.n && whole.p[i] != '/')
            continue;
        part = arena_str(a, str_slice(whole, 0, i)).p;
        /* The mode is meant, whatever the umask: a web server reads output/. */
        ok = mkdir(part, (mode_t)mode) == 0
                 ? chmod(part, (mode_t)mode) == 0
                 : errno == EEXIST && file_is_dir(part);
        if (!ok && errno == EEXIST)
            errno = ENOTDIR;
        if (!ok)
            fail(err, "cannot make the folder", part);
    }
    arena_free(a);
    return ok;
}

void files_allow(size_t n)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= n)
        return;
    limit.rlim_cur = limit.rlim_max < n ? limit.rlim_max : n;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
}

bool file_exists(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0;
}

bool file_is_dir(const char *path)
{
    struct stat st;
    int saved = errno;
    bool is_dir = stat(path, &st) == 0 && S_ISDIR(st.st_mode);

    errno = saved;
    return is_dir;
}

bool file_stat(const char *path, int64_t *bytes, int64_t *mtime_ns)
{
    struct stat st;

    if (stat(path, &st) != 0)
        return false;
    *bytes = st.st_size;
    *mtime_ns = (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
    return true;
}

static int by_bytes(const void *a, const void *b)
{
    const struct str *x = a, *y = b;

    return str_cmp(*x, *y);
}

bool file_list(struct arena *a, const char *path, struct str **names, size_t *n,
               struct error *err)
{
    VEC(struct str) found = {0};
    DIR *dir = opendir(path);
    struct dirent *entry;

    if (dir == NULL)
        return fail(err, "cannot open the folder", path);
    while (errno = 0, (entry = readdir(dir)) != NULL)
        if (entry->d_name[0] != '.')
            *vec_add(a, &found) = arena_str(a, str_from_c(entry->d_name));
    if (errno != 0) {
        fail(err, "cannot read the folder", path);
        closedir(dir);
        return false;
    }
    closedir(dir);
    if (found.n > 0)
        qsort(found.at, found.n, sizeof *found.at, by_bytes);
    *names = found.at;
    *n = found.n;
    return true;
}

bool file_remove(const char *path)
{
    return unlink(path) == 0;
}

bool file_remove_dir(const char *path)
{
    return rmdir(path) == 0;
}

void file_sweep(const char *folder)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;

    if (dir == NULL)
        return;
    while ((entry = readdir(dir)) != NULL)
        if (str_ends(str_from_c(entry->d_name), STR(TEMP_SUFFIX)))
            unlinkat(dirfd(dir), entry->d_name, 0);
    closedir(dir);
}

struct str file_real(struct arena *a, const char *path)
{
    char *real = realpath(path, NULL);
    struct str kept = STR_NONE;

    if (real != NULL)
        kept = arena_str(a, str_from_c(real));
    free(real);
    return kept;
}

/* The folder that the path is in, as it is written; empty: the current one. */
static struct str parent_of(struct str path)
{
    size_t slash = str_find_last(path, '/');

    if (slash == STR_NOT_FOUND)
        return STR_NONE;
    return str_slice(path, 0, slash > 0 ? slash : 1);
}

struct str file_real_ahead(struct arena *a, struct str path)
{
    struct str there, real;

    while (path.n > 1 && path.p[path.n - 1] == '/')
        path.n--;
    there = path;
    real = file_real(a, arena_str(a, path).p);
    while (real.n == 0 && there.n > 0) {
        there = parent_of(there);
        real = file_real(a, there.n > 0 ? arena_str(a, there).p : ".");
    }
    if (there.n == path.n)
        return real;
    if (str_ends(real, STR("/")))
        real.n--;
    if (str_starts(str_from(path, there.n), STR("/")))
        there.n++;
    return arena_cat(a, real, STR("/"), str_from(path, there.n));
}
