/* The secrets of a source, read when it is asked and not before. */
#include "mill/access.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "config/config.h"
#include "sys/file.h"

#define PASSWORD_MAX ((size_t)64 << 10)

/* The first line of the file. */
static bool read_password_file(struct arena *a, struct str path,
                               struct str *out, struct error *err)
{
    struct str text, line = STR_NONE;
    struct buf b;
    bool ok;

    buf_init(&b, PASSWORD_MAX);
    ok = file_read(path.p, &b, err);
    if (ok) {
        text = buf_str(&b);
        (void)str_split(&text, '\n', &line);
        if (str_ends(line, STR("\r")))
            line.n--;
        *out = arena_str(a, line);
        if (line.n == 0)
            ok = error_set(err, ERR_CONFIG, "password_file: %.*s is empty",
                           STR_ARG(path));
    }
    buf_done(&b);
    return ok;
}

static bool read_password(struct arena *a, struct str root,
                          const struct source_access *from, struct str *out,
                          struct error *err)
{
    const char *value;

    if (from->password_file.n > 0)
        return read_password_file(
            a, arena_str(a, access_path(a, root, from->password_file)), out,
            err);
    value = getenv(arena_str(a, from->password_env).p);
    if (value == NULL || value[0] == '\0')
        return error_set(err, ERR_CONFIG,
                         "password_env: %.*s is not in the environment",
                         STR_ARG(from->password_env));
    *out = arena_str(a, str_from_c(value));
    return true;
}

bool access_of(struct arena *a, struct str root, const struct source *source,
               const struct fetch_access **out, struct error *err)
{
    const struct source_access *from = source->access;
    struct fetch_access *access;

    *out = NULL;
    if (from == NULL)
        return true;
    access = arena_make(a, struct fetch_access);
    access->home = source->url;
    access->headers = from->headers.at;
    access->n_headers = from->headers.n;
    access->proxy = arena_str(a, from->proxy);
    access->user = arena_str(a, from->user);
    access->client_cert = arena_str(a, access_path(a, root, from->client_cert));
    access->client_key = arena_str(a, access_path(a, root, from->client_key));
    if (from->user.n > 0 &&
        !read_password(a, root, from, &access->password, err))
        return false;
    *out = access;
    return true;
}
