/* How a source is reached, as its topic file says: headers, a proxy, a password,
 * a client's certificate.  Complaints name keys, never values: they are secrets. */
#include "config/access_yaml.h"

#include "base/arena.h"
#include "base/vec.h"
#include "sys/file.h"
#include "text/url.h"

/* Headers that are ours to say: they frame the request, or make its answer one
 * that we do not expect, or hide who asks. */
static const struct str reserved[] = {
    STR_INIT("Host"),           STR_INIT("Connection"),
    STR_INIT("Content-Length"), STR_INIT("Transfer-Encoding"),
    STR_INIT("Upgrade"),        STR_INIT("Expect"),
    STR_INIT("Range"),          STR_INIT("Accept-Encoding"),
    STR_INIT("If-None-Match"),  STR_INIT("If-Modified-Since"),
    STR_INIT("User-Agent"),     STR_INIT("Referer"),
};

/* RFC 9110, 5.6.2. */
static bool is_token(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_alnum(s.p[i]) &&
            str_find_char(STR("!#$%&'*+-.^_`|~"), s.p[i], 0) == STR_NOT_FOUND)
            return false;
    return s.n > 0;
}

static bool has_control(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (((unsigned char)s.p[i] < ' ' && s.p[i] != '\t') || s.p[i] == 0x7f)
            return true;
    return false;
}

static bool is_reserved(struct str name)
{
    for (size_t i = 0; i < sizeof reserved / sizeof reserved[0]; i++)
        if (str_eq_nocase(name, reserved[i]))
            return true;
    return false;
}

void set_headers(struct yaml_file *f, const yaml_node_t *value, void *field)
{
    struct source_access *access = field;
    VEC(struct str) lines = {0};

    if (value->type != YAML_MAPPING_NODE) {
        complain(f, value, "headers are wanted here, as names and values");
        return;
    }
    for (yaml_node_pair_t *pair = value->data.mapping.pairs.start;
         pair < value->data.mapping.pairs.top; pair++) {
        const yaml_node_t *key = yaml_document_get_node(&f->doc, pair->key);
        struct str name, text;

        if (!yaml_text(f, key, &name) ||
            !yaml_text(f, yaml_document_get_node(&f->doc, pair->value), &text))
            continue;
        text = str_trim(text);
        if (!is_token(name))
            complain(f, key, "no name of a header");
        else if (is_reserved(name))
            complain(f, key, "the header %.*s is feedmill's to say",
                     STR_ARG(name));
        else if (text.n == 0 || has_control(text))
            complain(f, key, "the value of the header %.*s is not one line",
                     STR_ARG(name));
        else
            *vec_add(f->a, &lines) = arena_cat(f->a, name, STR(": "), text);
    }
    access->headers = (struct strs){.at = lines.at, .n = lines.n};
}

void set_proxy(struct yaml_file *f, const yaml_node_t *value, void *field)
{
    static const struct str schemes[] = {
        STR_INIT("http"),    STR_INIT("https"),  STR_INIT("socks4"),
        STR_INIT("socks4a"), STR_INIT("socks5"), STR_INIT("socks5h")};
    struct str text;
    struct url url;

    if (!yaml_text(f, value, &text))
        return;
    text = str_trim(text);
    if (str_eq(text, STR("none"))) {
        *(struct str *)field = text;
        return;
    }
    if (url_parse(f->a, text, STR_NONE, &url) && url.host.n > 0)
        for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
            if (str_eq(url.scheme, schemes[i]))
                *(struct str *)field = text;
    if (((struct str *)field)->n == 0)
        complain(f, value,
                 "no proxy (as in http://proxy.example.org:3128, "
                 "socks5h://..., or none)");
}

struct str access_path(struct arena *a, struct str root, struct str path)
{
    return path.n == 0 || path.p[0] == '/' ? path
                                           : arena_cat(a, root, STR("/"), path);
}

static void look_for(struct yaml_file *f, const yaml_node_t *node,
                     const char *key, struct str path)
{
    struct str whole = access_path(f->a, f->config->mill.root, path);

    if (path.n > 0 && !file_exists(arena_str(f->a, whole).p))
        complain_at(f, (int)node->start_mark.line + 1,
                    (int)node->start_mark.column + 1, true,
                    "%s: there is no file %.*s", key, STR_ARG(whole));
}

static bool says_authorization(const struct source_access *given)
{
    for (size_t i = 0; i < given->headers.n; i++)
        if (str_starts_nocase(given->headers.at[i], STR("Authorization:")))
            return true;
    return false;
}

const struct source_access *access_read(struct yaml_file *f,
                                        const yaml_node_t *node,
                                        const struct source_access *given)
{
    bool has_password = given->password_file.n > 0 || given->password_env.n > 0;
    bool has_token = given->token_file.n > 0 || given->token_env.n > 0;
    struct source_access *access;

    if (given->headers.n == 0 && given->proxy.n == 0 && given->user.n == 0 &&
        !has_password && !has_token && given->client_cert.n == 0 &&
        given->client_key.n == 0)
        return NULL;
    if (given->password_file.n > 0 && given->password_env.n > 0)
        complain(f, node, "password_file and password_env: one is enough");
    if (given->token_file.n > 0 && given->token_env.n > 0)
        complain(f, node, "token_file and token_env: one is enough");
    if (has_token && (given->user.n > 0 || says_authorization(given)))
        complain(f, node,
                 "a token is the whole Authorization: no user, no such "
                 "header beside it");
    if ((given->user.n > 0) != has_password)
        complain(f, node, "user goes with password_file or password_env");
    if (str_find_char(given->user, ':', 0) != STR_NOT_FOUND)
        complain(f, node, "user: a name has no colon");
    if (given->client_key.n > 0 && given->client_cert.n == 0)
        complain(f, node, "client_key goes with client_cert");
    look_for(f, node, "password_file", given->password_file);
    look_for(f, node, "token_file", given->token_file);
    look_for(f, node, "client_cert", given->client_cert);
    look_for(f, node, "client_key", given->client_key);
    access = arena_make(f->a, struct source_access);
    *access = *given;
    return access;
}

bool access_eq(const struct source_access *a, const struct source_access *b)
{
    if (a->headers.n != b->headers.n || !str_eq(a->proxy, b->proxy) ||
        !str_eq(a->user, b->user) ||
        !str_eq(a->password_file, b->password_file) ||
        !str_eq(a->password_env, b->password_env) ||
        !str_eq(a->token_file, b->token_file) ||
        !str_eq(a->token_env, b->token_env) ||
        !str_eq(a->client_cert, b->client_cert) ||
        !str_eq(a->client_key, b->client_key))
        return false;
    for (size_t i = 0; i < a->headers.n; i++)
        if (!str_eq(a->headers.at[i], b->headers.at[i]))
            return false;
    return true;
}
