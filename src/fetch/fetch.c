/*
 * A fetcher has jobs, which wait in polite.c until it is their turn, and
 * transfers, which are libcurl's handles with what belongs to them and are used
 * again and again.  A job is one allocation that holds copies of the request's
 * strings; it takes a transfer when it starts and gives it back at every
 * redirect.
 *
 * We follow redirects ourselves and not by libcurl, because each hop is a
 * request of its own to somebody: within a site it goes on at once, to another
 * site it waits for its turn there.  Addresses resolve as in browsers (text/url.h),
 * and a user and password written into an address never travel to another
 * origin.  What counts against the time limit is the time on the wire, not the
 * waiting for a turn.
 *
 * Ceilings are checked where the bytes come in.  libcurl's timeout does not fire
 * while it unpacks a decompression bomb, so the write callback looks at the clock
 * too.  Bodies of redirects and failures are read to the end only when short,
 * which saves the connection.
 *
 * CAPATH must be NULL: OpenSSL reads the whole folder for each new connection
 * otherwise (17 ms); the bundle is parsed once and cached by the multi handle.
 */
#include "fetch/fetch.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <sys/socket.h>

#include "base/utf8.h"
#include "base/vec.h"
#include "fetch/fault.h"
#include "fetch/guard.h"
#include "fetch/polite.h"
#include "fetch/reply.h"
#include "sys/clock.h"
#include "text/url.h"

#define AT_ONCE       64
#define REDIRECTS     10
#define SKIP_MAX      ((size_t)64 << 10) /* of a body nobody wants */
#define KEEP_CAPACITY ((size_t)1 << 20)
#define STOP_POLL_MS  200
#define TIMEOUT_MS    25000
#define PEACE_SECONDS 60 /* after 429 without Retry-After */

#define DEFAULT_ACCEPT                                                         \
    "application/atom+xml, application/rss+xml, application/feed+json, "       \
    "application/xml;q=0.9, text/html;q=0.8, */*;q=0.5"

struct job {
    struct polite_job place; /* first */
    void *user;
    struct str asked, etag, last_modified, accept; /* in this allocation */
    struct str now_at; /* the address as we ask it, or where redirects led */
    char *moved;       /* holds now_at after a redirect (heap) */
    struct str host;   /* in now_at, without brackets */
    int port;
    int redirects;
    bool only_permanent;
    bool is_plain; /* asks for no compression: the server cannot do it right */
    int64_t used_ms, wire_bytes;
    char bytes[];
};

struct transfer {
    struct fetcher *f;
    struct transfer *next; /* in the list of idle ones or of all */
    struct transfer *next_of_all;
    CURL *easy;
    struct job *job; /* NULL when idle */
    struct curl_slist *headers;
    struct reply reply;
    struct buf body;
    size_t skipped;
    bool is_plain; /* how the handle is set: no compression */
    int64_t started_ms;
    struct error err; /* why a callback of ours stopped it, or ERR_NONE */
    struct arena *arena;
    char detail[CURL_ERROR_SIZE];
};

struct fetcher {
    struct fetch_options options;
    fetch_done *done;
    void *ctx;
    CURLM *multi;
    struct polite *polite;
    struct transfer *all, *idle;
    struct polite_job *unasked; /* jobs that end without being asked */
    struct arena *arena;        /* for one answer */
    struct arena *adding;       /* for one fetcher_add */
    struct arena *kept;         /* what the options point to */
    size_t left, running;
    bool is_curl_up;
};

/* ---- callbacks of libcurl ---- */

static size_t on_header(char *p, size_t size, size_t n, void *arg)
{
    struct transfer *t = arg;

    if (reply_line(&t->reply, str_of(p, size * n)))
        return size * n;
    error_set(&t->err, ERR_LIMIT,
              "the head of the answer is longer than %zu "
              "bytes",
              REPLY_HEAD_MAX);
    return 0;
}

static bool is_wanted(int status)
{
    return status >= 200 && status <= 299;
}

static size_t skip_body(struct transfer *t, size_t n)
{
    t->skipped += n;
    return t->skipped > SKIP_MAX ? 0 : n;
}

static int64_t time_left(const struct transfer *t)
{
    return t->f->options.timeout_ms - t->job->used_ms;
}

static size_t on_body(char *p, size_t size, size_t n, void *arg)
{
    struct transfer *t = arg;
    int64_t max = t->f->options.max_body;

    n *= size;
    if (!is_wanted(t->reply.status))
        return skip_body(t, n);
    if (t->body.n == 0 && reply_length(&t->reply) > max) {
        error_set(&t->err, ERR_LIMIT,
                  "the answer has %lld bytes, the limit is %lld",
                  (long long)reply_length(&t->reply), (long long)max);
        return 0;
    }
    if (!buf_add(&t->body, p, n)) {
        error_set(&t->err, ERR_LIMIT,
                  "the answer is longer than the limit of %lld bytes",
                  (long long)max);
        return 0;
    }
    if (clock_ms() - t->started_ms > time_left(t)) {
        error_set(&t->err, ERR_NETWORK,
                  "timed out: %zu bytes unpacked and no end", t->body.n);
        return 0;
    }
    return n;
}

static void say_refused(struct error *err, struct str address, int port)
{
    error_set(err, ERR_REFUSED,
              "%.*s is %.*s: port %d there is not in allow_private",
              STR_ARG(address), STR_ARG(guard_reason(address)), port);
}

static curl_socket_t on_socket(void *arg, curlsocktype purpose,
                               struct curl_sockaddr *at)
{
    struct transfer *t = arg;
    const struct fetch_options *o = &t->f->options;
    const struct sockaddr *any = &at->addr;
    char text[INET6_ADDRSTRLEN] = "";
    int port = 0;

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
    if (!guard_passes(str_from_c(text), port, o->allowed, o->n_allowed)) {
        say_refused(&t->err, str_from_c(text), port);
        return CURL_SOCKET_BAD;
    }
    /* Of a name's addresses another was refused before, this one is not. */
    if (t->err.code == ERR_REFUSED)
        t->err.code = ERR_NONE;
    return socket(at->family, at->socktype | SOCK_CLOEXEC, at->protocol);
}

/* ---- transfers ---- */

static bool set_options(struct transfer *t)
{
    const struct fetch_options *o = &t->f->options;
    CURL *e = t->easy;
    bool ok = true;

#define SET(option, value)                                                     \
    ok = curl_easy_setopt(e, option, value) == CURLE_OK && ok
    SET(CURLOPT_PRIVATE, t);
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_PROTOCOLS_STR, "http,https");
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_USERAGENT, o->user_agent.p);
    SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
    SET(CURLOPT_SSL_VERIFYPEER, 1L);
    SET(CURLOPT_SSL_VERIFYHOST, 2L);
    SET(CURLOPT_CAPATH, NULL);
    SET(CURLOPT_ACCEPT_ENCODING, "");
    if (o->ca_file.n > 0)
        SET(CURLOPT_CAINFO, o->ca_file.p);
    SET(CURLOPT_ERRORBUFFER, t->detail);
    SET(CURLOPT_HEADERFUNCTION, on_header);
    SET(CURLOPT_HEADERDATA, t);
    SET(CURLOPT_WRITEFUNCTION, on_body);
    SET(CURLOPT_WRITEDATA, t);
    if (!o->is_unguarded) {
        SET(CURLOPT_OPENSOCKETFUNCTION, on_socket);
        SET(CURLOPT_OPENSOCKETDATA, t);
    }
#undef SET
    return ok;
}

static void transfer_free(struct transfer *t)
{
    if (t == NULL)
        return;
    curl_easy_cleanup(t->easy);
    curl_slist_free_all(t->headers);
    reply_done(&t->reply);
    buf_done(&t->body);
    arena_free(t->arena);
    free(t);
}

static struct transfer *transfer_new(struct fetcher *f)
{
    struct transfer *t = heap_alloc(sizeof *t);

    t->f = f;
    t->arena = arena_new(0);
    reply_init(&t->reply);
    buf_init(&t->body, (size_t)f->options.max_body);
    t->easy = curl_easy_init();
    if (t->easy == NULL || !set_options(t)) {
        transfer_free(t);
        return NULL;
    }
    t->next_of_all = f->all;
    f->all = t;
    return t;
}

static void add_header(struct transfer *t, const char *name, struct str value)
{
    struct curl_slist *list;
    struct str line;

    if (value.n == 0)
        return;
    line = arena_cat(t->arena, str_from_c(name), STR(": "), value);
    list = curl_slist_append(t->headers, line.p);
    if (list != NULL)
        t->headers = list;
}

static bool set_compression(struct transfer *t, bool is_plain)
{
    bool ok;

    if (t->is_plain == is_plain)
        return true;
    ok = curl_easy_setopt(t->easy, CURLOPT_ACCEPT_ENCODING,
                          is_plain ? "identity" : "") == CURLE_OK &&
         curl_easy_setopt(t->easy, CURLOPT_HTTP_CONTENT_DECODING,
                          is_plain ? 0L : 1L) == CURLE_OK;
    t->is_plain = is_plain;
    return ok;
}

/* What differs from one request to the next. */
static bool set_request(struct transfer *t)
{
    const struct job *job = t->job;
    long timeout = (long)(time_left(t) < 1 ? 1 : time_left(t));
    CURL *e = t->easy;

    curl_slist_free_all(t->headers);
    t->headers = NULL;
    add_header(t, "Accept",
               job->accept.n > 0 ? job->accept : STR(DEFAULT_ACCEPT));
    add_header(t, "If-None-Match", job->etag);
    add_header(t, "If-Modified-Since", job->last_modified);
    return set_compression(t, job->is_plain) &&
           curl_easy_setopt(e, CURLOPT_URL, job->now_at.p) == CURLE_OK &&
           curl_easy_setopt(e, CURLOPT_HTTPHEADER, t->headers) == CURLE_OK &&
           curl_easy_setopt(e, CURLOPT_TIMEOUT_MS, timeout) == CURLE_OK;
}

static void transfer_reset(struct transfer *t)
{
    reply_reset(&t->reply);
    if (t->body.cap > KEEP_CAPACITY)
        buf_done(&t->body);
    buf_reset(&t->body);
    arena_reset(t->arena);
    t->skipped = 0;
    t->err.code = ERR_NONE;
    t->detail[0] = '\0';
}

/* ---- answers ---- */

static void answer(struct fetcher *f, struct job *job, struct response *r)
{
    r->user = job->user;
    r->url = job->asked;
    if (!r->ok) {
        struct str shown = fault_url(f->arena, job->asked);

        error_where(&r->err, arena_str(f->arena, shown).p);
    }
    f->left--;
    f->done(f->ctx, r);
    arena_reset(f->arena);
    free(job->moved);
    free(job);
}

/* Ends a job that never had an answer. */
static void answer_without(struct fetcher *f, struct job *job,
                           const struct error *err, int64_t retry_after)
{
    struct response r = {.err = *err, .max_age = -1, .date = 0};

    r.retry_after = retry_after;
    r.final_url = r.moved_to = r.type = r.etag = r.last_modified = r.body =
        STR_NONE;
    r.final_url = job->now_at;
    r.wire_bytes = job->wire_bytes;
    r.elapsed_ms = job->used_ms;
    answer(f, job, &r);
}

static void end_waiting(struct fetcher *f, struct polite_job *list,
                        const struct error *err, int64_t retry_after)
{
    while (list != NULL) {
        struct polite_job *next = list->next;

        answer_without(f, (struct job *)list, err, retry_after);
        list = next;
    }
}

static bool is_conditional(const struct job *job)
{
    return job->etag.n > 0 || job->last_modified.n > 0;
}

/* Whether the answer is one, and if not, why. */
static bool judge_answer(struct transfer *t, CURLcode rc, struct error *err)
{
    const struct reply *reply = &t->reply;
    struct str encoding = reply_get(reply, REPLY_ENCODING);

    if (t->err.code != ERR_NONE) {
        *err = t->err;
        return false;
    }
    if (reply->whole && !is_wanted(reply->status) &&
        !(reply->status == 304 && is_conditional(t->job))) {
        fault_of_status(err, reply->status);
        return false;
    }
    if (rc == CURLE_OK && t->job->is_plain && t->body.n > 1 && encoding.n > 0 &&
        memcmp(t->body.p, "\x1f\x8b", 2) == 0)
        rc = CURLE_BAD_CONTENT_ENCODING;
    if (rc == CURLE_OK)
        return true;
    fault_of_curl(err, t->easy, rc, t->detail, t->job->host);
    return false;
}

/* 429, and 503 that names a time, are the whole site's wish.  Who would have to
 * wait longer than one source may take is answered now and asked in a later
 * run. */
static void hold_site(struct transfer *t, int64_t retry_after, int64_t now_ms)
{
    struct polite_site *site = t->job->place.site;
    struct str name = polite_name(site);
    struct fetcher *f = t->f;
    struct error err;

    if (t->reply.status != 429 && !(t->reply.status == 503 && retry_after >= 0))
        return;
    if (retry_after < 0)
        retry_after = PEACE_SECONDS;
    polite_hold(f->polite, site, now_ms + retry_after * 1000);
    if (retry_after * 1000 <= f->options.timeout_ms)
        return;
    error_set(&err, ERR_REFUSED,
              "not asked: %.*s wants peace for %lld s "
              "(HTTP status %d)",
              STR_ARG(name), (long long)retry_after, t->reply.status);
    end_waiting(f, polite_drain(f->polite, site), &err, retry_after);
}

static void deliver(struct transfer *t, CURLcode rc, int64_t now_ms)
{
    const struct reply *reply = &t->reply;
    struct job *job = t->job;
    struct response r = {0};

    r.ok = judge_answer(t, rc, &r.err);
    r.status = reply->status;
    r.final_url = job->now_at;
    r.moved_to = r.ok && job->redirects > 0 && job->only_permanent ? job->now_at
                                                                   : STR_NONE;
    r.type = reply_get(reply, REPLY_TYPE);
    r.etag = reply_get(reply, REPLY_ETAG);
    r.last_modified = reply_get(reply, REPLY_LAST_MODIFIED);
    r.date = reply_date(reply);
    r.max_age = reply_max_age(reply);
    r.retry_after = reply_retry_after(reply, clock_now());
    r.body = r.ok ? buf_str(&t->body) : STR_NONE;
    r.wire_bytes = job->wire_bytes;
    r.elapsed_ms = job->used_ms;
    hold_site(t, r.retry_after, now_ms);
    answer(t->f, job, &r);
}

/* ---- redirects ---- */

static bool is_redirect(const struct reply *r)
{
    return r->whole &&
           (r->status == 301 || r->status == 302 || r->status == 303 ||
            r->status == 307 || r->status == 308) &&
           reply_get(r, REPLY_LOCATION).n > 0;
}

/* Location as ASCII: the header has no charset, so bytes beyond it are taken as
 * they are, as in browsers. */
static struct str location_of(struct arena *a, struct str raw)
{
    struct buf b;
    struct str out;

    if (utf8_valid(raw))
        return arena_str(a, raw);
    buf_init(&b, BUF_MAX);
    for (size_t i = 0; i < raw.n; i++) {
        unsigned char c = (unsigned char)raw.p[i];

        if (c < 0x80)
            buf_add_char(&b, (char)c);
        else
            buf_printf(&b, "%%%02X", c);
    }
    out = buf_keep(&b, a);
    buf_done(&b);
    return out;
}

static bool same_origin(const struct url *a, const struct url *b)
{
    return str_eq(a->scheme, b->scheme) && str_eq(a->host, b->host) &&
           str_eq(a->port, b->port);
}

static struct str without_fragment(struct str url)
{
    return str_slice(url, 0, str_find_char(url, '#', 0));
}

/* Where the answer sends us, as an http(s) address without fragment, in T's
 * arena. */
static bool find_target(struct transfer *t, struct url *target,
                        struct error *err)
{
    struct str raw = reply_get(&t->reply, REPLY_LOCATION);
    struct str from = t->job->now_at, href;
    struct url here;

    if (!url_parse(t->arena, location_of(t->arena, raw), from, target) ||
        !url_parse(t->arena, from, STR_NONE, &here))
        return error_set(err, ERR_HTTP, "a redirect to no valid address");
    if (!url_is_http(target->href))
        return error_set(err, ERR_REFUSED, "a redirect to a %.*s: address",
                         STR_ARG(target->scheme));
    href = target->href;
    if (!same_origin(&here, target))
        href = fault_url(t->arena, href);
    if (str_eq(without_fragment(href), from))
        return error_set(err, ERR_LIMIT, "a redirect to itself");
    if (t->job->redirects >= t->f->options.max_redirects)
        return error_set(err, ERR_LIMIT, "more than %d redirects",
                         t->f->options.max_redirects);
    if (time_left(t) <= 0)
        return error_set(err, ERR_NETWORK, "timed out among redirects");
    if (!url_parse(t->arena, href, STR_NONE, target))
        return error_set(err, ERR_HTTP, "a redirect to no valid address");
    return true;
}

/* JOB is to ask COPY, which holds the address U without its fragment. */
static void point_to(struct job *job, const char *copy, const struct url *u)
{
    int64_t port = str_eq(u->scheme, STR("https")) ? 443 : 80;

    job->now_at = str_of(copy, without_fragment(u->href).n);
    job->host = str_of(copy + (u->host.p - u->href.p), u->host.n);
    if (str_starts(job->host, STR("[")))
        job->host = str_slice(job->host, 1, job->host.n - 1);
    if (u->port.n > 0 && !str_to_i64(u->port, &port))
        port = 0;
    job->port = (int)port;
}

static void set_address(struct job *job, const struct url *u)
{
    struct str href = without_fragment(u->href);
    char *copy = heap_alloc(href.n + 1);

    memcpy(copy, href.p, href.n);
    free(job->moved);
    job->moved = copy;
    point_to(job, copy, u);
}

static struct transfer *take_transfer(struct fetcher *f)
{
    struct transfer *t = f->idle;

    if (t == NULL)
        return transfer_new(f);
    f->idle = t->next;
    return t;
}

static void give_back(struct transfer *t)
{
    t->job = NULL;
    t->next = t->f->idle;
    t->f->idle = t;
}

/* A numeric address in the URL is looked at here already: a proxy would connect
 * to it without asking us. */
static bool may_ask(const struct fetcher *f, const struct job *job,
                    struct error *err)
{
    const struct fetch_options *o = &f->options;

    if (o->is_unguarded || !guard_is_address(job->host) ||
        guard_passes(job->host, job->port, o->allowed, o->n_allowed))
        return true;
    say_refused(err, job->host, job->port);
    return false;
}

/* Puts JOB, whose turn it is, on the wire. */
static bool start(struct fetcher *f, struct job *job, struct error *err)
{
    struct transfer *t;

    if (!may_ask(f, job, err))
        return false;
    t = take_transfer(f);
    if (t == NULL)
        return error_set(err, ERR_NETWORK, "libcurl has no more handles");
    transfer_reset(t);
    t->job = job;
    t->started_ms = clock_ms();
    if (!set_request(t) ||
        curl_multi_add_handle(f->multi, t->easy) != CURLM_OK) {
        give_back(t);
        return error_set(err, ERR_NETWORK, "libcurl cannot start a transfer");
    }
    f->running++;
    return true;
}

/* Queues JOB, or marks it as not to be asked when its site wants more peace than
 * a source may take. */
static void enqueue(struct fetcher *f, struct polite_site *site,
                    struct job *job, bool is_first)
{
    if (site != NULL &&
        polite_held_ms(site, clock_ms()) <= f->options.timeout_ms) {
        polite_put(f->polite, site, &job->place, is_first);
        return;
    }
    job->place.site = site;
    job->place.next = f->unasked;
    f->unasked = &job->place;
}

/* True when the job goes on, at another address or without compression. */
static bool goes_on(struct transfer *t, CURLcode rc, int64_t now_ms)
{
    struct fetcher *f = t->f;
    struct job *job = t->job;
    struct polite_site *site;
    struct url target;

    if (is_redirect(&t->reply)) {
        if (!find_target(t, &target, &t->err))
            return false;
        job->redirects++;
        job->only_permanent &= t->reply.status == 301 || t->reply.status == 308;
        set_address(job, &target);
        site = polite_site(f->polite, target.host);
    } else if (rc == CURLE_BAD_CONTENT_ENCODING && !job->is_plain &&
               time_left(t) > 0) {
        job->is_plain = true;
        site = job->place.site;
    } else {
        return false;
    }
    if (site == job->place.site) {
        /* The turn goes on: one document, however many steps. */
        return start(f, job, &t->err);
    }
    polite_end(f->polite, &job->place, now_ms);
    enqueue(f, site, job, true);
    return true;
}

/* ---- the loop ---- */

static void finish(struct transfer *t, CURLcode rc)
{
    struct fetcher *f = t->f;
    struct job *job = t->job;
    curl_off_t body = 0;
    int64_t now_ms = clock_ms();

    curl_easy_getinfo(t->easy, CURLINFO_SIZE_DOWNLOAD_T, &body);
    job->wire_bytes += body + (int64_t)t->reply.head_bytes;
    job->used_ms += now_ms - t->started_ms;
    curl_multi_remove_handle(f->multi, t->easy);
    f->running--;
    if (!goes_on(t, rc, now_ms)) {
        polite_end(f->polite, &job->place, now_ms);
        deliver(t, rc, now_ms);
    }
    give_back(t);
}

static void take_finished(struct fetcher *f)
{
    CURLMsg *m;
    int left;

    while ((m = curl_multi_info_read(f->multi, &left)) != NULL) {
        CURLcode rc = m->data.result;
        char *private = NULL;

        if (m->msg != CURLMSG_DONE)
            continue;
        curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &private);
        finish((struct transfer *)(void *)private, rc);
    }
}

static void start_ready(struct fetcher *f)
{
    size_t max = (size_t)f->options.max_at_once;
    struct polite_job *place;
    struct error err;

    while (f->running < max &&
           (place = polite_take(f->polite, clock_ms())) != NULL) {
        struct job *job = (struct job *)place;

        if (start(f, job, &err))
            continue;
        polite_end(f->polite, place, clock_ms());
        answer_without(f, job, &err, -1);
    }
}

static void end_unasked(struct fetcher *f)
{
    struct polite_job *list = f->unasked;
    struct error err;

    f->unasked = NULL;
    while (list != NULL) {
        struct polite_job *next = list->next;
        int64_t peace = -1;

        if (list->site == NULL) {
            error_set(&err, ERR_REFUSED, "no http or https address");
        } else {
            peace = polite_held_ms(list->site, clock_ms()) / 1000;
            error_set(&err, ERR_REFUSED,
                      "not asked: %.*s wants peace for %lld s",
                      STR_ARG(polite_name(list->site)), (long long)peace);
        }
        list->next = NULL;
        end_waiting(f, list, &err, peace);
        list = next;
    }
}

static void end_all(struct fetcher *f)
{
    struct error err;

    error_set(&err, ERR_STOPPED, "stopped before the answer came");
    for (struct transfer *t = f->all; t != NULL; t = t->next_of_all) {
        struct job *job = t->job;

        if (job == NULL)
            continue;
        curl_multi_remove_handle(f->multi, t->easy);
        f->running--;
        give_back(t);
        answer_without(f, job, &err, -1);
    }
    end_waiting(f, polite_drain(f->polite, NULL), &err, -1);
}

/* How long to sleep when nothing moves. */
static int sleep_ms(const struct fetcher *f, bool can_stop)
{
    int64_t next = polite_next_ms(f->polite), wait = 1000;

    if (next >= 0 && f->running < (size_t)f->options.max_at_once) {
        wait = next - clock_ms();
        wait = wait < 0 ? 0 : wait;
    }
    if (can_stop && wait > STOP_POLL_MS)
        wait = STOP_POLL_MS;
    return wait > 1000 ? 1000 : (int)wait;
}

void fetcher_run(struct fetcher *f, const volatile int *stop)
{
    int running;

    while (f->left > 0) {
        end_unasked(f);
        if (stop != NULL && *stop != 0)
            end_all(f);
        start_ready(f);
        curl_multi_perform(f->multi, &running);
        take_finished(f);
        if (f->left > 0 && f->unasked == NULL)
            curl_multi_poll(f->multi, NULL, 0, sleep_ms(f, stop != NULL), NULL);
    }
}

/* ---- life ---- */

/* Copies S and a NUL to *AT. */
static struct str put_str(char **at, struct str s)
{
    char *p = *at;

    if (s.n > 0)
        memcpy(p, s.p, s.n);
    p[s.n] = '\0';
    *at += s.n + 1;
    return str_of(p, s.n);
}

void fetcher_add(struct fetcher *f, const struct request *r)
{
    struct arena *a = f->adding;
    struct polite_site *site = NULL;
    struct url u = {.href = STR_NONE};
    struct job *job;
    char *at;

    arena_reset(a);
    if (url_parse(a, str_trim(r->url), STR_NONE, &u) && url_is_http(u.href))
        site = polite_site(f->polite, u.host);
    job = heap_alloc(sizeof *job + r->url.n + r->etag.n + r->last_modified.n +
                     r->accept.n + u.href.n + 5);
    at = job->bytes;
    job->user = r->user;
    job->asked = put_str(&at, r->url);
    job->etag = put_str(&at, r->etag);
    job->last_modified = put_str(&at, r->last_modified);
    job->accept = put_str(&at, r->accept);
    if (site != NULL)
        point_to(job, put_str(&at, without_fragment(u.href)).p, &u);
    job->only_permanent = true;
    f->left++;
    enqueue(f, site, job, false);
}

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

static void copy_options(struct fetcher *f, const struct fetch_options *o)
{
    struct fetch_options *to = &f->options;

    *to = *o;
    to->user_agent = arena_str(f->kept, o->user_agent.n > 0 ? o->user_agent
                                                            : STR("feedmill"));
    to->ca_file = arena_str(f->kept, o->ca_file);
    to->allowed = copy_allowed(f->kept, o);
    if (to->max_at_once <= 0)
        to->max_at_once = AT_ONCE;
    if (to->max_redirects <= 0)
        to->max_redirects = REDIRECTS;
    if (to->max_body <= 0 || to->max_body > (int64_t)BUF_MAX)
        to->max_body = (int64_t)BUF_MAX;
    if (to->timeout_ms <= 0)
        to->timeout_ms = TIMEOUT_MS;
}

struct fetcher *fetcher_new(const struct fetch_options *options,
                            fetch_done *done, void *ctx, struct error *err)
{
    struct fetcher *f = heap_alloc(sizeof *f);

    f->done = done;
    f->ctx = ctx;
    f->arena = arena_new(0);
    f->adding = arena_new(0);
    f->kept = arena_new(0);
    copy_options(f, options);
    f->polite = polite_new(options->per_site, options->pause_ms);
    f->is_curl_up = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    f->multi = f->is_curl_up ? curl_multi_init() : NULL;
    if (f->multi == NULL ||
        curl_multi_setopt(f->multi, CURLMOPT_MAXCONNECTS,
                          (long)f->options.max_at_once + 8) != CURLM_OK) {
        fetcher_free(f);
        error_set(err, ERR_NETWORK, "libcurl cannot start");
        return NULL;
    }
    return f;
}

static void free_jobs(struct polite_job *list)
{
    while (list != NULL) {
        struct polite_job *next = list->next;

        free(((struct job *)list)->moved);
        free(list);
        list = next;
    }
}

void fetcher_free(struct fetcher *f)
{
    if (f == NULL)
        return;
    free_jobs(polite_drain(f->polite, NULL));
    free_jobs(f->unasked);
    while (f->all != NULL) {
        struct transfer *t = f->all;

        f->all = t->next_of_all;
        if (t->job != NULL) {
            curl_multi_remove_handle(f->multi, t->easy);
            t->job->place.next = NULL;
            free_jobs(&t->job->place);
        }
        transfer_free(t);
    }
    curl_multi_cleanup(f->multi);
    if (f->is_curl_up)
        curl_global_cleanup();
    polite_free(f->polite);
    arena_free(f->arena);
    arena_free(f->adding);
    arena_free(f->kept);
    free(f);
}
