#include "mill/get.h"

#include "base/arena.h"
#include "sys/file.h"
#include "text/url.h"

#define GET_TIMEOUT_MS 30000
#define PIECE          ((size_t)64 << 10)

struct taking {
    struct arena *a;
    struct got *out;
    struct error *err;
    bool ok;
};

static void take_answer(void *ctx, const struct response *response)
{
    struct taking *taking = ctx;

    if (!response->ok) {
        *taking->err = response->err;
        return;
    }
    taking->ok = true;
    buf_add_str(&taking->out->bytes, response->body);
    taking->out->url = arena_str(taking->a, response->final_url);
    taking->out->type = arena_str(taking->a, response->type);
}

struct fetch_options fetch_options_of(struct arena *a,
                                      const struct mill_config *mill,
                                      struct str version)
{
    struct fetch_allowed *allowed =
        arena_array(a, mill->n_allow_private + 1, sizeof *allowed);
    struct str agent = arena_cat(a, STR("feedmill/"), version);

    for (size_t i = 0; i < mill->n_allow_private; i++)
        allowed[i] = (struct fetch_allowed){mill->allow_private[i].host,
                                            mill->allow_private[i].port};
    if (mill->contact.n > 0)
        agent = arena_cat(a, agent, STR(" (+"), mill->contact, STR(")"));
    return (struct fetch_options){
        .user_agent = agent,
        .timeout_ms = mill->timeout_ms,
        .max_body = mill->max_body,
        .per_site = mill->connections,
        .pause_ms = mill->pause_ms,
        .allowed = allowed,
        .n_allowed = mill->n_allow_private,
    };
}

bool get_url(struct arena *a, struct str url,
             const struct fetch_options *options, struct got *out,
             struct error *err)
{
    struct request request = {.url = url};
    struct taking taking = {.a = a, .out = out, .err = err};
    struct fetcher *fetcher = fetcher_new(options, take_answer, &taking, err);

    *out = (struct got){0};
    buf_init(&out->bytes, (size_t)options->max_body);
    if (fetcher == NULL)
        return false;
    fetcher_add(fetcher, &request);
    fetcher_run(fetcher, NULL);
    fetcher_free(fetcher);
    return taking.ok;
}

struct str type_by_name(struct str path)
{
    static const struct {
        struct str ending, type;
    } rows[] = {
        {STR_INIT(".txt"), STR_INIT("text/plain")},
        {STR_INIT(".html"), STR_INIT("text/html")},
        {STR_INIT(".htm"), STR_INIT("text/html")},
        {STR_INIT(".xhtml"), STR_INIT("application/xhtml+xml")},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (str_ends_nocase(path, rows[i].ending))
            return rows[i].type;
    return STR_NONE;
}

bool mill_get(struct arena *a, struct str argument, size_t max,
              struct str version, struct got *out, struct error *err)
{
    struct fetch_options options = {
        .user_agent = arena_cat(a, STR("feedmill/"), version),
        .timeout_ms = GET_TIMEOUT_MS,
        .max_body = (int64_t)max,
        .per_site = 1,
        .trusts_asked = true, /* a person asked for just this address */
    };

    if (url_is_http(argument))
        return get_url(a, argument, &options, out, err);
    *out = (struct got){0};
    buf_init(&out->bytes, max);
    out->file = file_in_open(arena_str(a, argument).p, err);
    return out->file != NULL;
}

void got_done(struct got *got)
{
    buf_done(&got->bytes);
    file_in_close(got->file);
    got->file = NULL;
}

bool got_more(void *got, char *p, size_t cap, size_t *n, struct error *err)
{
    return file_in_read(((struct got *)got)->file, p, cap, n, err);
}

bool got_bytes(struct got *got, size_t max, struct str *out, struct error *err)
{
    size_t n = 1;

    while (got->file != NULL && n > 0 && got->bytes.n < max) {
        char *p = buf_room(&got->bytes, PIECE);

        if (p == NULL)
            return error_set(err, ERR_LIMIT, "the document is too large");
        if (!got_more(got, p, PIECE, &n, err))
            return false;
        got->bytes.n += n;
    }
    *out = str_slice(buf_str(&got->bytes), 0, max);
    return true;
}
