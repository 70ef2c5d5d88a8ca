#include "fetch/fetcher.h"

#include <stdlib.h>

#include "base/arena.h"

#define AT_ONCE    64
#define REDIRECTS  10
#define TIMEOUT_MS 25000
#define SILENCE_MS 30000

static struct fetch_allowed *copy_allowed(struct arena *a,
                                          const struct fetch_options *o)
{
    struct fetch_allowed *to = arena_array(a, o->n_allowed, sizeof *to);

    for (size_t i = 0; i < o->n_allowed; i++) {
        to[i].address = arena_str(a, o->allowed[i].address);
        to[i].port = o->allowed[i].port;
    }
    return to;
}

/* The names that libcurl looks for; HTTP_PROXY is not among them. */
static bool env_has_proxy(void)
{
    static const char *const names[] = {
        "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = getenv(names[i]);

        if (value != NULL && value[0] != '\0')
            return true;
    }
    return false;
}

/* As OpenSSL's own programs and curl do: a bundle instead of the system's. */
static struct str ca_file_of(struct arena *a, const struct fetch_options *o)
{
    const char *named = getenv("SSL_CERT_FILE");

    if (o->ca_file.n > 0 || named == NULL)
        return arena_str(a, o->ca_file);
    return arena_str(a, str_from_c(named));
}

void options_copy(struct fetcher *f, const struct fetch_options *o)
{
    struct fetch_options *to = &f->options;

    *to = *o;
    to->user_agent = arena_str(f->kept, o->user_agent.n > 0 ? o->user_agent
                                                            : STR("feedmill"));
    to->ca_file = ca_file_of(f->kept, o);
    to->spool_folder = arena_str(f->kept, o->spool_folder);
    to->env_has_proxy = env_has_proxy();
    to->allowed = copy_allowed(f->kept, o);
    if (to->max_at_once <= 0)
        to->max_at_once = AT_ONCE;
    if (to->max_redirects <= 0)
        to->max_redirects = REDIRECTS;
    if (to->max_body <= 0 || to->max_body > (int64_t)BUF_MAX)
        to->max_body = (int64_t)BUF_MAX;
    if (to->timeout_ms <= 0)
        to->timeout_ms = TIMEOUT_MS;
    if (to->silence_ms <= 0)
        to->silence_ms =
            to->timeout_ms / 2 > SILENCE_MS ? to->timeout_ms / 2 : SILENCE_MS;
}
