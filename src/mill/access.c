/* The secrets of a source, read when it is asked and not before. */
#include "mill/access.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "config/config.h"
#include "sys/file.h"

#define SECRET_MAX ((size_t)64 << 10)

/* Where a secret is: KEY is "password" or "token". */
struct secret {
    struct str key, file, env;
};

/* The first line of the file. */
static bool read_file(struct arena *a, const struct secret *from,
                      struct str path, struct str *out, struct error *err)
{
    struct str text, line = STR_NONE;
    struct buf b;
    bool ok;

    buf_init(&b, SECRET_MAX);
    ok = file_read(path.p, &b, err);
    if (ok) {
        text = buf_str(&b);
        (void)str_split(&text, '\n', &line);
        if (str_ends(line, STR("\r")))
            line.n--;
        *out = arena_str(a, line);
        if (line.n == 0)
            ok = error_set(err, ERR_CONFIG, "%.*s_file: %.*s is empty",
                           STR_ARG(from->key), STR_ARG(path));
    }
    buf_done(&b);
    return ok;
}

static bool read_secret(struct arena *a, struct str root,
                        const struct secret *from, struct str *out,
                        struct error *err)
{
    const char *value;

    if (from->file.n > 0)
        return read_file(
            a, from, arena_str(a, access_path(a, root, from->file)), out, err);
    value = getenv(arena_str(a, from->env).p);
    if (value == NULL || value[0] == '\0')
        return error_set(err, ERR_CONFIG,
                         "%.*s_env: %.*s is not in the environment",
                         STR_ARG(from->key), STR_ARG(from->env));
    *out = arena_str(a, str_from_c(value));
    return true;
}

/* One header more than the owner's.  A token is what RFC 6750 (2.1) lets stand
 * there: a line feed in it would be another header. */
static bool add_token(struct arena *a, struct str root,
                      const struct source_access *from,
                      struct fetch_access *access, struct error *err)
{
    const struct secret secret = {STR("token"), from->token_file,
                                  from->token_env};
    size_t n = from->headers.n;
    struct str *headers = arena_array(a, n + 1, sizeof *headers), token;

    if (!read_secret(a, root, &secret, &token, err))
        return false;
    for (size_t i = 0; i < token.n; i++)
        if (token.p[i] <= ' ' || token.p[i] > '~')
            return error_set(err, ERR_CONFIG,
                             "the token has characters that no token has");
    for (size_t i = 0; i < n; i++)
        headers[i] = from->headers.at[i];
    headers[n] = arena_cat(a, STR("Authorization: Bearer "), token);
    access->headers = headers;
    access->n_headers = n + 1;
    return true;
}

bool access_of(struct arena *a, struct str root, const struct source *source,
               const struct fetch_access **out, struct error *err)
{
    const struct source_access *from = source->access;
    struct fetch_access *access;
    struct secret password = {.key = STR("password")};

    *out = NULL;
    if (from == NULL)
        return true;
    password.file = from->password_file;
    password.env = from->password_env;
    access = arena_make(a, struct fetch_access);
    access->home = source->url;
    access->headers = from->headers.at;
    access->n_headers = from->headers.n;
    access->proxy = arena_str(a, from->proxy);
    access->user = arena_str(a, from->user);
    access->client_cert = arena_str(a, access_path(a, root, from->client_cert));
    access->client_key = arena_str(a, access_path(a, root, from->client_key));
    if (from->user.n > 0 &&
        !read_secret(a, root, &password, &access->password, err))
        return false;
    if (from->token_file.n + from->token_env.n > 0 &&
        !add_token(a, root, from, access, err))
        return false;
    *out = access;
    return true;
}
