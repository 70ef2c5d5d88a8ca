/*
 * Bodies are unpacked here and not by libcurl, which takes one that was cut for a
 * whole one.  Ceilings are checked where the bytes come out, that of the ratio to
 * what came down the wire too.  Bodies
 * of redirects and failures are read to the end only when short, which saves the
 * connection.
 *
 * CAPATH must be NULL: OpenSSL reads the whole folder for each new connection
 * otherwise (17 ms); the bundle is parsed once and cached by the multi handle.
 */
#include "fetch/transfer.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "fetch/fault.h"
#include "fetch/guard.h"
#include "sys/clock.h"
#include "sys/spool.h"
#include "sys/unpack.h"

#define SKIP_MAX ((size_t)64 << 10) /* of a body nobody wants */
/* Of a transfer at rest: of 64 this may be 4 MB. */
#define KEEP_CAPACITY ((size_t)64 << 10)
/* What a body may take of memory; the rest waits in a file for its reader, who
 * may be slower than 64 servers.  When all bodies together take ALL_MAX, each may
 * have FEW_MAX. */
#define MEMORY_MAX ((size_t)512 << 10)
#define ALL_MAX    ((size_t)8 << 20)
#define FEW_MAX    ((size_t)16 << 10)
/* Feeds and pages of a megabyte pack to a tenth, a log of equal lines to a
 * hundredth; deflate can go to a thousandth, which only bombs do. */
#define RATIO_MAX 150
/* Of a header's value that is told. */
#define TOLD_MAX 60

/* ---- callbacks of libcurl -------------------------------------------------- */

static size_t on_header(char *p, size_t size, size_t n, void *arg)
{
    struct transfer *t = arg;

    if (reply_line(&t->reply, str_of(p, size * n)))
        return size * n;
    error_set(&t->err, ERR_LIMIT,
              "the head of the answer is longer than %zu bytes",
              REPLY_HEAD_MAX);
    return 0;
}

/* A part of the document, which nobody asked for, is no document. */
static bool is_wanted(int status)
{
    return status >= 200 && status <= 299 && status != 206;
}

static size_t skip_body(struct transfer *t, size_t n)
{
    t->skipped += n;
    return t->skipped > SKIP_MAX ? 0 : n;
}

static void drop_rest(struct transfer *t)
{
    spool_free(t->rest);
    t->rest = NULL;
}

static void drop_unpacker(struct transfer *t)
{
    unpacker_free(t->unpacker);
    t->unpacker = NULL;
}

/* Our part of what all bodies take has changed. */
static void count_body(struct transfer *t)
{
    *t->held += t->body.cap;
    *t->held -= t->counted;
    t->counted = t->body.cap;
}

static void drop_body(struct transfer *t)
{
    buf_done(&t->body);
    count_body(t);
    drop_rest(t);
}

static size_t body_bytes(const struct transfer *t)
{
    return t->body.n + spool_bytes(t->rest);
}

static bool is_bomb(struct transfer *t)
{
    curl_off_t wire = 0;

    if (reply_get(&t->reply, REPLY_ENCODING).n == 0)
        return false;
    curl_easy_getinfo(t->easy, CURLINFO_SIZE_DOWNLOAD_T, &wire);
    if (wire == 0 || (long long)body_bytes(t) / wire <= RATIO_MAX)
        return false;
    error_set(&t->err, ERR_LIMIT,
              "the answer unpacks to more than %d times its size", RATIO_MAX);
    return true;
}

/* What came is of no use: its memory is, to the others. */
static bool give_up(struct transfer *t)
{
    drop_body(t);
    return false;
}

/* Adds to the body what memory has no room for. */
static bool add_to_rest(struct transfer *t, const char *p, size_t n)
{
    if (t->rest == NULL)
        t->rest = spool_new(t->options->spool_folder, &t->err);
    return t->rest != NULL && spool_add(t->rest, p, n, &t->err);
}

/* Whether N bytes more are for the file. */
static bool is_for_file(const struct transfer *t, size_t n)
{
    size_t all = body_bytes(t) + n;

    if (t->options->spool_folder.n == 0)
        return false;
    return t->rest != NULL || all > MEMORY_MAX ||
           (*t->held > ALL_MAX && all > FEW_MAX);
}

/* N unpacked bytes of the body. */
static bool take_body(void *arg, const char *p, size_t n)
{
    struct transfer *t = arg;
    long long max = t->options->max_body;

    if (t->ask.enough > 0 && t->body.n + n >= t->ask.enough) {
        buf_add(&t->body, p, t->ask.enough - t->body.n);
        t->has_enough = true;
        return false;
    }
    if (body_bytes(t) + n > (size_t)max) {
        error_set(&t->err, ERR_LIMIT,
                  "the answer is longer than the limit of %lld bytes", max);
        return give_up(t);
    }
    if (body_bytes(t) + n > MEMORY_MAX && is_bomb(t))
        return give_up(t);
    if (is_for_file(t, n))
        return add_to_rest(t, p, n) || give_up(t);
    buf_add(&t->body, p, n);
    count_body(t);
    return true;
}

/* Content-Encoding may hold what is none: "identity", and what belongs to
 * Content-Type or to the headers of mail.  Such answers are as they are. */
static bool is_no_coding(struct str codings)
{
    static const struct str names[] = {
        STR_INIT("identity"), STR_INIT("none"),   STR_INIT("utf-8"),
        STR_INIT("utf8"),     STR_INIT("binary"), STR_INIT("8bit"),
        STR_INIT("7bit"),
    };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (str_eq_nocase(codings, names[i]))
            return true;
    }
    return codings.n == 0;
}

/* Where nothing was to be packed: a coding that is named may be a mistake, but what
 * nobody knows cannot be told from it. */
static bool is_coding_known(struct transfer *t, struct str codings)
{
    struct unpacker *u = unpacker_new(codings);
    struct str told = str_slice(codings, 0, utf8_valid_prefix(codings));

    unpacker_free(u);
    if (u != NULL)
        return true;
    return error_set(&t->err, ERR_NETWORK,
                     "the answer has a Content-Encoding that is not known: "
                     "%.*s",
                     STR_ARG(utf8_clip(told, TOLD_MAX)));
}

/* At the first bytes of the body. */
static bool begin_body(struct transfer *t)
{
    struct str codings = reply_get(&t->reply, REPLY_ENCODING);
    long long max = t->options->max_body, length = reply_length(&t->reply);

    if (t->ask.enough == 0 && length > max)
        return error_set(&t->err, ERR_LIMIT,
                         "the answer has %lld bytes, the limit is %lld", length,
                         max);
    if (is_no_coding(codings))
        return true;
    if (t->ask.is_plain)
        return is_coding_known(t, codings);
    t->unpacker = unpacker_new(codings);
    t->is_garbled = t->unpacker == NULL;
    return !t->is_garbled;
}

static size_t on_body(char *p, size_t size, size_t n, void *arg)
{
    struct transfer *t = arg;

    n *= size;
    if (!is_wanted(t->reply.status))
        return skip_body(t, n);
    if (!t->has_begun) {
        t->has_begun = true;
        if (!begin_body(t))
            return 0;
    }
    if (t->unpacker == NULL)
        return take_body(t, p, n) ? n : 0;
    if (unpacker_push(t->unpacker, p, n, take_body, t))
        return n;
    t->is_garbled = t->err.code == ERR_NONE && !t->has_enough;
    return 0;
}

static bool guard(const struct transfer *t, struct str address, int port,
                  struct error *err)
{
    const struct fetch_options *o = t->options;

    if (o->is_unguarded || t->ask.is_trusted ||
        guard_passes(address, port, o->allowed, o->n_allowed))
        return true;
    return error_set(err, ERR_REFUSED,
                     "%.*s is %.*s: port %d there is not in allow_private",
                     STR_ARG(address), STR_ARG(guard_reason(address)), port);
}

static bool is_by_proxy(const struct transfer *t)
{
    if (t->ask.proxy.n > 0)
        return !str_eq(t->ask.proxy, STR("none"));
    return t->options->env_has_proxy;
}

static curl_socket_t on_socket(void *arg, curlsocktype purpose,
                               struct curl_sockaddr *at)
{
    struct transfer *t = arg;
    const struct sockaddr *any = &at->addr;
    char text[INET6_ADDRSTRLEN] = "";
    int port = 0, fd;

    (void)purpose;
    if (any->sa_family == AF_INET) {
        struct sockaddr_in in;

        memcpy(&in, any, sizeof in);
        inet_ntop(AF_INET, &in.sin_addr, text, sizeof text);
        port = ntohs(in.sin_port);
    } else if (any->sa_family == AF_INET6) {
        struct sockaddr_in6 in;

        memcpy(&in, any, sizeof in);
        inet_ntop(AF_INET6, &in.sin6_addr, text, sizeof text);
        port = ntohs(in.sin6_port);
    }
    if (!(t->options->trusts_asked && is_by_proxy(t)) &&
        !guard(t, str_from_c(text), port, &t->err))
        return CURL_SOCKET_BAD;
    fd = socket(at->family, at->socktype | SOCK_CLOEXEC, at->protocol);
    /* The system's doing, which libcurl would call the host's. */
    if (fd < 0 && (errno == EMFILE || errno == ENFILE))
        error_set(&t->err, ERR_LIMIT, "no connection: %s", strerror(errno));
    /* Of a name's addresses another was refused before, this one is not. */
    else if (t->err.code == ERR_REFUSED)
        t->err.code = ERR_NONE;
    return fd;
}

/* ---- the handle ------------------------------------------------------------- */

static bool set_options(struct transfer *t)
{
    const struct fetch_options *o = t->options;
    CURL *e = t->easy;
    bool ok = true;

#define SET(option, value)                                                     \
    ok = curl_easy_setopt(e, option, value) == CURLE_OK && ok
    SET(CURLOPT_PRIVATE, t);
    SET(CURLOPT_NOSIGNAL, 1L);
    /* Else the whole loop stands still until the resolver gives up a name that
     * nobody waits for any more, be it out of time or the run stopped. */
    SET(CURLOPT_QUICK_EXIT, 1L);
    SET(CURLOPT_PROTOCOLS_STR, "http,https");
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
    SET(CURLOPT_SSL_VERIFYPEER, 1L);
    SET(CURLOPT_SSL_VERIFYHOST, 2L);
    SET(CURLOPT_CAPATH, NULL);
    if (o->ca_file.n > 0)
        SET(CURLOPT_CAINFO, o->ca_file.p);
    SET(CURLOPT_HTTP_CONTENT_DECODING, 0L);
    if (o->env_has_proxy)
        SET(CURLOPT_USERAGENT, o->user_agent.p); /* told to the proxy */
    SET(CURLOPT_ERRORBUFFER, t->detail);
    SET(CURLOPT_HEADERFUNCTION, on_header);
    SET(CURLOPT_HEADERDATA, t);
    SET(CURLOPT_WRITEFUNCTION, on_body);
    SET(CURLOPT_WRITEDATA, t);
    /* libcurl looks at it every second, which is for nothing when the whole
     * request may last no longer. */
    if (o->timeout_ms > o->silence_ms) {
        SET(CURLOPT_CONNECTTIMEOUT_MS, (long)o->silence_ms);
        SET(CURLOPT_LOW_SPEED_TIME, (long)(o->silence_ms / 1000));
        SET(CURLOPT_LOW_SPEED_LIMIT, 1L);
    }
    SET(CURLOPT_OPENSOCKETFUNCTION, on_socket);
    SET(CURLOPT_OPENSOCKETDATA, t);
#undef SET
    return ok;
}

void transfer_free(struct transfer *t)
{
    if (t == NULL)
        return;
    curl_easy_cleanup(t->easy);
    arena_free(t->heads);
    reply_done(&t->reply);
    drop_body(t);
    drop_unpacker(t);
    free(t);
}

struct transfer *transfer_new(const struct fetch_options *options, size_t *held)
{
    struct transfer *t = heap_alloc(sizeof *t);

    t->options = options;
    t->held = held;
    t->heads = arena_new_small();
    reply_init(&t->reply);
    buf_init(&t->body, (size_t)options->max_body);
    t->easy = curl_easy_init();
    if (t->easy == NULL || !set_options(t)) {
        transfer_free(t);
        return NULL;
    }
    return t;
}

/* A list for libcurl whose nodes are in an arena, and not each on the heap. */
struct headers {
    struct arena *a;
    struct curl_slist *first, *last;
};

/* NAME ends with ": ". */
static void add_header(struct headers *h, struct str name, struct str value)
{
    struct curl_slist *node;
    char *line;

    if (value.n == 0)
        return;
    line = arena_alloc(h->a, name.n + value.n + 1);
    memcpy(line, name.p, name.n);
    memcpy(line + name.n, value.p, value.n);
    line[name.n + value.n] = '\0';
    node = arena_make(h->a, struct curl_slist);
    node->data = line;
    if (h->last == NULL)
        h->first = node;
    else
        h->last->next = node;
    h->last = node;
}

/* User-Agent and Accept-Encoding too: libcurl writes each header letter by letter,
 * and twice those that it has options for. */
static bool set_headers(struct transfer *t)
{
    const struct ask *ask = &t->ask;
    struct headers h = {.a = t->heads};

    arena_reset(t->heads);
    add_header(&h, STR("User-Agent: "), t->options->user_agent);
    add_header(&h, STR("Accept-Encoding: "),
               ask->is_plain ? STR("identity") : STR(UNPACK_CODINGS));
    add_header(&h, STR("Accept: "), ask->accept);
    add_header(&h, STR("If-None-Match: "), ask->etag);
    add_header(&h, STR("If-Modified-Since: "), ask->last_modified);
    for (size_t i = 0; ask->access != NULL && i < ask->access->n_headers; i++)
        add_header(&h, STR_NONE, ask->access->headers[i]);
    return curl_easy_setopt(t->easy, CURLOPT_HTTPHEADER, h.first) == CURLE_OK;
}

/* libcurl borrows the form, which the owner of the transfer holds. */
static bool set_method(struct transfer *t)
{
    struct str form = t->ask.form;

    if (form.n == 0 && !t->is_post)
        return true;
    t->is_post = form.n > 0;
    if (!t->is_post)
        return curl_easy_setopt(t->easy, CURLOPT_HTTPGET, 1L) == CURLE_OK;
    return curl_easy_setopt(t->easy, CURLOPT_POSTFIELDSIZE_LARGE,
                            (curl_off_t)form.n) == CURLE_OK &&
           curl_easy_setopt(t->easy, CURLOPT_POSTFIELDS, form.p) == CURLE_OK &&
           curl_easy_setopt(t->easy, CURLOPT_POST, 1L) == CURLE_OK;
}

/* NULL, which is libcurl's default, for an empty one. */
static const char *or_default(struct str s)
{
    return s.n > 0 ? s.p : NULL;
}

/* The proxy, and for the owner's own origin the secrets.  A handle that had some
 * forgets them; proxies of the environment are libcurl's to find. */
static bool set_access(struct transfer *t)
{
    static const struct fetch_access none;
    const struct fetch_access *access =
        t->ask.access == NULL ? &none : t->ask.access;
    struct str proxy = t->ask.proxy;
    bool ok = true;

    if (!t->has_access && t->ask.access == NULL && proxy.n == 0)
        return true;
    t->has_access = true;
#define SET(option, value)                                                     \
    ok = curl_easy_setopt(t->easy, option, value) == CURLE_OK && ok
    SET(CURLOPT_PROXY, str_eq(proxy, STR("none")) ? "" : or_default(proxy));
    SET(CURLOPT_USERAGENT, is_by_proxy(t) ? t->options->user_agent.p : NULL);
    SET(CURLOPT_USERNAME, or_default(access->user));
    SET(CURLOPT_PASSWORD, or_default(access->password));
    SET(CURLOPT_SSLCERT, or_default(access->client_cert));
    SET(CURLOPT_SSLKEY, or_default(access->client_key));
#undef SET
    return ok;
}

void transfer_rest(struct transfer *t)
{
    if (t->body.cap > KEEP_CAPACITY || *t->held > ALL_MAX)
        buf_done(&t->body);
    count_body(t);
    drop_rest(t);
    drop_unpacker(t);
}

static void forget(struct transfer *t)
{
    reply_reset(&t->reply);
    buf_reset(&t->body);
    drop_rest(t);
    drop_unpacker(t);
    t->skipped = 0;
    t->has_begun = t->has_enough = t->is_garbled = false;
    t->err.code = ERR_NONE;
    t->detail[0] = '\0';
}

bool transfer_start(struct transfer *t, CURLM *multi, const struct ask *ask,
                    struct error *err)
{
    long time_ms = ask->time_ms < 1 ? 1 : (long)ask->time_ms;

    forget(t);
    t->ask = *ask;
    t->started_ms = clock_ms();
    /* A numeric address in the URL is looked at here already: a proxy would
     * connect to it without asking us. */
    if (guard_is_address(ask->host) && !guard(t, ask->host, ask->port, err))
        return false;
    if (!t->options->is_unguarded && !ask->is_trusted && is_by_proxy(t) &&
        guard_is_local_name(ask->host))
        return error_set(err, ERR_REFUSED,
                         "%.*s is a name of the proxy's own network",
                         STR_ARG(ask->host));
    if (!set_method(t) || !set_headers(t) || !set_access(t) ||
        curl_easy_setopt(t->easy, CURLOPT_URL, ask->url.p) != CURLE_OK ||
        curl_easy_setopt(t->easy, CURLOPT_TIMEOUT_MS, time_ms) != CURLE_OK ||
        curl_multi_add_handle(multi, t->easy) != CURLM_OK)
        return error_set(err, ERR_NETWORK, "libcurl cannot start a transfer");
    return true;
}

/* ---- the answer --------------------------------------------------------------- */

bool transfer_mixed_up_compression(const struct transfer *t, CURLcode rc)
{
    static const char gzip[] = "\x1f\x8b";

    if (!t->ask.is_plain)
        return t->is_garbled;
    return rc == CURLE_OK && t->body.n > 1 &&
           reply_get(&t->reply, REPLY_ENCODING).n > 0 &&
           memcmp(t->body.p, gzip, 2) == 0;
}

bool transfer_succeeded(struct transfer *t, CURLcode rc, struct error *err)
{
    const struct reply *reply = &t->reply;
    bool is_conditional = t->ask.etag.n > 0 || t->ask.last_modified.n > 0;

    if (t->has_enough)
        return true;
    if (t->err.code != ERR_NONE) {
        *err = t->err;
        return false;
    }
    if (reply->whole && !is_wanted(reply->status) &&
        !(reply->status == 304 && is_conditional)) {
        fault_of_status(err, reply->status);
        return false;
    }
    if (transfer_mixed_up_compression(t, rc))
        rc = CURLE_BAD_CONTENT_ENCODING;
    /* Its frames are whole, and what they hold is not. */
    if (rc == CURLE_OK && t->unpacker != NULL && !unpacker_end(t->unpacker))
        rc = CURLE_PARTIAL_FILE;
    if (rc == CURLE_OK)
        return true;
    /* That is what libcurl says of a line of more than 100 KB. */
    if (rc == CURLE_OUT_OF_MEMORY && !reply->whole)
        return error_set(err, ERR_LIMIT,
                         "a line of the answer's head is too long");
    fault_of_curl(err, t->easy, rc, t->detail, t->ask.host);
    return false;
}

int64_t transfer_wire_bytes(const struct transfer *t)
{
    curl_off_t body = 0;

    curl_easy_getinfo(t->easy, CURLINFO_SIZE_DOWNLOAD_T, &body);
    return body + (int64_t)t->reply.head_bytes;
}
