/*
 * A fetcher has jobs, which wait in polite.c until it is their turn, and
 * transfers (transfer.c), which carry them.  A job is one allocation that holds
 * copies of the request's strings; it takes a transfer when it starts and gives
 * it back at every redirect.
 *
 * We follow redirects ourselves and not by libcurl, because each hop is a
 * request of its own to somebody: within a site it goes on at once, to another
 * site it waits for its turn there.  What counts against the time limit is the
 * time on the wire, not the waiting for a turn.
 *
 * A job that obeys robots.txt waits with its origin (origins.c) until the rules
 * are known; the first one makes a job of our own that fetches them, which is like
 * any other but answers to us.  Each hop is checked again.
 */
#include "fetch/fetch.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/hash.h"
#include "fetch/fault.h"
#include "fetch/hop.h"
#include "fetch/origins.h"
#include "fetch/polite.h"
#include "fetch/robots.h"
#include "fetch/transfer.h"
#include "sys/clock.h"
#include "text/url.h"

#define AT_ONCE      64
#define REDIRECTS    10
#define STOP_POLL_MS 200
#define BUSY_POLL_MS 10
#define TIMEOUT_MS   25000
/* After 429 without Retry-After: doubled each time, with a jitter of a quarter. */
#define PEACE_SECONDS     60
#define PEACE_MAX_SECONDS 86400
#define DELAY_MAX_MS      60000 /* of a Crawl-delay; longer ones are taken as this */

#define DEFAULT_ACCEPT                                                         \
    "application/atom+xml, application/rss+xml, application/feed+json, "       \
    "application/xml;q=0.9, text/html;q=0.8, */*;q=0.5"

/* Why a job is not asked. */
enum unasked {
    UNASKED_NO_ADDRESS,
    UNASKED_HELD,
    UNASKED_FORBIDDEN,
    UNASKED_CLOSED
};

struct job {
    struct polite_job place; /* first */
    void *user;
    /* in this allocation */
    struct str asked, etag, last_modified, accept, form;
    struct str now_at; /* the address as we ask it, or where redirects led */
    char *moved;       /* holds now_at after a redirect (heap) */
    struct str host;   /* in now_at, without brackets */
    int port;
    int redirects;
    bool only_permanent;
    bool is_plain; /* asks for no compression: the server cannot do it right */
    bool obeys_robots;
    bool is_forbidden; /* by robots.txt */
    enum unasked unasked;
    struct str closed_why;             /* lives with the origins */
    const struct fetch_access *access; /* or NULL */
    bool is_home;             /* now_at is of the origin that ACCESS is for */
    struct origin *robots_of; /* this job fetches its robots.txt; or NULL */
    int64_t used_ms, wire_bytes;
    char bytes[];
};

struct fetcher {
    struct fetch_options options;
    fetch_done *done;
    void *ctx;
    CURLM *multi;
    struct polite *polite;
    struct origins *origins;
    struct transfer *all, *idle;
    struct large_bodies large;
    struct polite_job *unasked; /* jobs that end without being asked */
    struct arena *arena;        /* for one answer */
    struct arena *scratch;      /* for one look at an address */
    struct arena *kept;         /* what the options point to */
    size_t left, running;
    bool is_curl_up;
};

/* ---- jobs -------------------------------------------------------------------- */

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

/* JOB is to ask COPY, which holds the address U without its fragment. */
static void point_to(struct fetcher *f, struct job *job, const char *copy,
                     const struct url *u)
{
    int64_t port = str_eq(u->scheme, STR("https")) ? 443 : 80;
    struct url home;

    job->now_at = str_of(copy, hop_without_fragment(u->href).n);
    job->host = str_of(copy + (u->host.p - u->href.p), u->host.n);
    if (str_starts(job->host, STR("[")))
        job->host = str_slice(job->host, 1, job->host.n - 1);
    if (u->port.n > 0 && !str_to_i64(u->port, &port))
        port = 0;
    job->port = (int)port;
    job->is_home = job->access != NULL &&
                   url_parse(f->scratch, job->access->home, STR_NONE, &home) &&
                   hop_same_origin(&home, u);
}

/* U is the parsed address; NULL when it is none we ask. */
static struct job *job_new(struct fetcher *f, const struct request *r,
                           const struct url *u)
{
    struct str href = u == NULL ? STR_NONE : hop_without_fragment(u->href);
    struct job *job =
        heap_alloc(sizeof *job + r->url.n + r->etag.n + r->last_modified.n +
                   r->accept.n + r->form.n + href.n + 6);
    char *at = job->bytes;

    job->user = r->user;
    job->asked = put_str(&at, r->url);
    job->etag = put_str(&at, r->etag);
    job->last_modified = put_str(&at, r->last_modified);
    job->accept = put_str(&at, r->accept);
    job->form = put_str(&at, r->form);
    job->access = r->access;
    if (u != NULL)
        point_to(f, job, put_str(&at, href).p, u);
    job->only_permanent = true;
    job->obeys_robots = r->obeys_robots;
    return job;
}

static void job_free(struct job *job)
{
    free(job->moved);
    free(job);
}

static void free_jobs(struct polite_job *list)
{
    while (list != NULL) {
        struct polite_job *next = list->next;

        job_free((struct job *)list);
        list = next;
    }
}

static void redirect_job(struct fetcher *f, struct job *job,
                         const struct url *u)
{
    struct str href = hop_without_fragment(u->href);
    char *copy = heap_alloc(href.n + 1);

    memcpy(copy, href.p, href.n);
    free(job->moved);
    job->moved = copy;
    point_to(f, job, copy, u);
    job->redirects++;
}

static int64_t time_left(const struct fetcher *f, const struct job *job)
{
    return f->options.timeout_ms - job->used_ms;
}

/* ---- queues -------------------------------------------------------------------- */

static void mark_unasked(struct fetcher *f, struct polite_site *site,
                         struct job *job, enum unasked why)
{
    job->unasked = why;
    job->place.site = site;
    job->place.next = f->unasked;
    f->unasked = &job->place;
}

/* ACCESS is of the job that wants to know. */
static void ask_robots(struct fetcher *f, struct origin *origin,
                       struct polite_site *site,
                       const struct fetch_access *access)
{
    struct request r = {.accept = STR("text/plain, */*;q=0.5"),
                        .access = access};
    struct url u;
    struct job *job;

    r.url = arena_cat(f->scratch, origin->name, STR("/robots.txt"));
    if (!url_parse(f->scratch, r.url, STR_NONE, &u)) {
        origin_learn(f->origins, origin, 0, STR_NONE, STR("no address"));
        return;
    }
    origin->state = ORIGIN_ASKED;
    job = job_new(f, &r, &u);
    job->robots_of = origin;
    f->left++;
    polite_put(f->polite, site, &job->place, true);
}

/* The origin whose robots.txt JOB obeys, asked for its rules if need be, and
 * whether they allow the job; NULL when it obeys none. */
static struct origin *origin_of(struct fetcher *f, struct polite_site *site,
                                const struct job *job, bool *allows)
{
    struct origin *origin;
    struct url u;

    arena_reset(f->scratch);
    if (!job->obeys_robots || !url_parse(f->scratch, job->now_at, STR_NONE, &u))
        return NULL;
    origin = origins_get(f->origins, &u);
    if (origin->state == ORIGIN_UNKNOWN)
        ask_robots(f, origin, site, job->access);
    *allows = origin->state == ORIGIN_OPEN && origin_allows(origin, &u);
    return origin;
}

/* Queues JOB: for its turn, for its origin's rules, or to be told no. */
static void enqueue(struct fetcher *f, struct polite_site *site,
                    struct job *job, bool is_first)
{
    struct origin *origin;
    bool allows = true;

    if (site == NULL) {
        mark_unasked(f, site, job, UNASKED_NO_ADDRESS);
        return;
    }
    if (polite_held_ms(site, clock_ms()) > f->options.timeout_ms) {
        mark_unasked(f, site, job, UNASKED_HELD);
        return;
    }
    origin = origin_of(f, site, job, &allows);
    if (origin != NULL && origin->state == ORIGIN_ASKED) {
        job->place.site = site;
        job->place.next = origin->waiting;
        origin->waiting = &job->place;
    } else if (origin != NULL && origin->state == ORIGIN_CLOSED) {
        job->closed_why = origin->why;
        mark_unasked(f, site, job, UNASKED_CLOSED);
    } else if (!allows) {
        mark_unasked(f, site, job, UNASKED_FORBIDDEN);
    } else {
        polite_put(f->polite, site, &job->place, is_first);
    }
}

static void obey_delay(struct fetcher *f, const struct origin *origin,
                       struct polite_site *site)
{
    int64_t delay_ms = origin_delay_ms(origin);

    if (delay_ms > 0)
        polite_slow_down(f->polite, site,
                         delay_ms < DELAY_MAX_MS ? delay_ms : DELAY_MAX_MS);
}

/* ---- answers ---------------------------------------------------------------- */

/* The rules are here, or not to be had: who waits for them goes on. */
static void learn_robots(struct fetcher *f, struct job *job,
                         const struct response *r)
{
    struct origin *origin = job->robots_of;
    struct polite_job *list = origins_take_waiting(f->origins, origin);
    struct str text = str_slice(r->body, 0, ROBOTS_MAX);

    origin_learn(f->origins, origin, r->status, text,
                 r->ok ? STR_NONE : str_from_c(r->err.text));
    obey_delay(f, origin, job->place.site);
    if (f->options.on_robots != NULL && r->status > 0)
        f->options.on_robots(f->ctx, origin->name, r->status, text);
    while (list != NULL) {
        struct polite_job *next = list->next;

        enqueue(f, list->site, (struct job *)list, false);
        list = next;
    }
}

static void answer(struct fetcher *f, struct job *job, struct response *r)
{
    r->user = job->user;
    r->url = job->asked;
    if (!r->ok) {
        struct str shown = fault_url(f->arena, job->asked);

        error_where(&r->err, arena_str(f->arena, shown).p);
    }
    f->left--;
    if (job->robots_of != NULL)
        learn_robots(f, job, r);
    else
        f->done(f->ctx, r);
    arena_reset(f->arena);
    job_free(job);
}

/* Ends a job that has no answer. */
static void answer_without(struct fetcher *f, struct job *job,
                           const struct error *err, int64_t retry_after)
{
    struct response r = {.err = *err,
                         .is_forbidden = job->is_forbidden,
                         .max_age = -1,
                         .retry_after = retry_after,
                         .final_url = job->now_at,
                         .moved_to = STR_NONE,
                         .type = STR_NONE,
                         .etag = STR_NONE,
                         .last_modified = STR_NONE,
                         .body = STR_NONE,
                         .wire_bytes = job->wire_bytes,
                         .elapsed_ms = job->used_ms};

    answer(f, job, &r);
}

static void answer_list_without(struct fetcher *f, struct polite_job *list,
                                const struct error *err, int64_t retry_after)
{
    while (list != NULL) {
        struct polite_job *next = list->next;

        answer_without(f, (struct job *)list, err, retry_after);
        list = next;
    }
}

/* Seconds that a site is left alone which has refused that often on end and does
 * not say for how long. */
static int64_t own_peace(const struct polite_site *site, int refusals)
{
    int64_t seconds = PEACE_SECONDS;
    uint64_t spread = hash64(polite_name(site)) + (uint64_t)refusals;

    for (int i = 1; i < refusals && seconds < PEACE_MAX_SECONDS; i++)
        seconds *= 2;
    if (seconds > PEACE_MAX_SECONDS)
        seconds = PEACE_MAX_SECONDS;
    return seconds + (int64_t)(spread % (uint64_t)(seconds / 4));
}

static void tell_peace(const struct fetcher *f, struct polite_site *site,
                       int64_t seconds)
{
    struct fetch_peace peace = {.site = polite_name(site),
                                .seconds = seconds,
                                .refusals = polite_refusals(site)->n,
                                .status = polite_refusals(site)->status};

    if (f->options.on_peace != NULL)
        f->options.on_peace(f->ctx, &peace);
}

/* An answer like any other: whatever the site refused before is forgotten. */
static void see_welcome(struct fetcher *f, struct polite_site *site, int status)
{
    if (status == 0 || status == 503 || polite_refusals(site)->n == 0)
        return;
    polite_refusals(site)->n = 0;
    tell_peace(f, site, 0);
}

static void say_peace(struct polite_site *site, int64_t seconds,
                      struct error *err)
{
    error_set(err, ERR_REFUSED,
              "not asked: %.*s wants peace for %lld s (HTTP status %d)",
              STR_ARG(polite_name(site)), (long long)seconds,
              polite_refusals(site)->status);
}

/* 429, and 503 that names a time, are the whole site's wish.  Who would have to
 * wait longer than one source may take is answered now and asked in a later
 * run. */
static void hold_site(struct transfer *t, struct fetcher *f, int64_t seconds,
                      int64_t now_ms)
{
    struct polite_site *site = ((struct job *)t->job)->place.site;
    int status = t->reply.status;
    struct error err;

    if (status != 429 && !(status == 503 && seconds >= 0)) {
        /* That it gives its robots.txt says nothing of its documents. */
        if (((struct job *)t->job)->robots_of == NULL)
            see_welcome(f, site, status);
        return;
    }
    /* Several answers that were on their way at once are one refusal. */
    if (polite_held_ms(site, now_ms) == 0)
        polite_refusals(site)->n++;
    polite_refusals(site)->status = status;
    if (seconds < 0)
        seconds = own_peace(site, polite_refusals(site)->n);
    polite_hold(f->polite, site, now_ms + seconds * 1000);
    tell_peace(f, site, polite_held_ms(site, now_ms) / 1000);
    if (seconds * 1000 <= f->options.timeout_ms)
        return;
    say_peace(site, seconds, &err);
    answer_list_without(f, polite_drain(f->polite, site), &err, seconds);
}

static void deliver(struct fetcher *f, struct transfer *t, CURLcode rc,
                    int64_t now_ms)
{
    const struct reply *reply = &t->reply;
    struct job *job = t->job;
    struct response r = {0};

    r.ok = transfer_succeeded(t, rc, &r.err);
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
    hold_site(t, f, r.retry_after, now_ms);
    answer(f, job, &r);
}

/* ---- starting, and going on --------------------------------------------------- */

static struct transfer *take_transfer(struct fetcher *f)
{
    struct transfer *t = f->idle;

    if (t != NULL) {
        f->idle = t->next;
        return t;
    }
    t = transfer_new(&f->options, &f->large);
    if (t != NULL) {
        t->next_of_all = f->all;
        f->all = t;
    }
    return t;
}

static void give_back(struct fetcher *f, struct transfer *t)
{
    transfer_rest(t);
    t->job = NULL;
    t->next = f->idle;
    f->idle = t;
}

/* Puts JOB, whose turn it is, on the wire. */
static bool start(struct fetcher *f, struct job *job, struct error *err)
{
    struct ask ask = {
        .url = job->now_at,
        .host = job->host,
        .port = job->port,
        .accept = job->accept.n > 0 ? job->accept : STR(DEFAULT_ACCEPT),
        .etag = job->etag,
        .last_modified = job->last_modified,
        .form = job->form,
        .is_plain = job->is_plain,
        .time_ms = time_left(f, job),
        .access = job->is_home ? job->access : NULL,
        .proxy = job->access == NULL ? STR_NONE : job->access->proxy};
    struct transfer *t = take_transfer(f);

    if (t == NULL)
        return error_set(err, ERR_NETWORK, "libcurl has no more handles");
    t->job = job;
    if (!transfer_start(t, f->multi, &ask, err)) {
        give_back(f, t);
        return false;
    }
    f->running++;
    return true;
}

/* Turns JOB to where the redirect leads; *SITE is whom to ask there. */
static bool follow(struct fetcher *f, struct transfer *t, struct job *job,
                   struct polite_site **site, struct error *err)
{
    struct url target;

    arena_reset(f->scratch);
    if (!hop_target(f->scratch, &t->reply, job->now_at, &target, err))
        return false;
    if (job->redirects >= f->options.max_redirects)
        return error_set(err, ERR_LIMIT, "more than %d redirects",
                         f->options.max_redirects);
    if (time_left(f, job) <= 0)
        return error_set(err, ERR_NETWORK, "timed out among redirects");
    redirect_job(f, job, &target);
    job->only_permanent = job->only_permanent && hop_is_permanent(&t->reply);
    *site = polite_site(f->polite, target.host);
    return true;
}

/* True when the job goes on, at another address or without compression. */
static bool goes_on(struct fetcher *f, struct transfer *t, CURLcode rc,
                    int64_t now_ms)
{
    struct job *job = t->job;
    struct polite_site *site = job->place.site;
    bool is_hop = hop_is_redirect(&t->reply) &&
                  (job->form.n == 0 || hop_keeps_method(&t->reply));

    if (is_hop) {
        if (!follow(f, t, job, &site, &t->err))
            return false;
    } else if (transfer_mixed_up_compression(t, rc) && !job->is_plain &&
               time_left(f, job) > 0) {
        job->is_plain = true;
    } else {
        return false;
    }
    /* One document within one site is one turn, however many steps. */
    if (site == job->place.site && !(is_hop && job->obeys_robots))
        return start(f, job, &t->err);
    polite_end(f->polite, &job->place, now_ms);
    enqueue(f, site, job, true);
    return true;
}

/* ---- the loop --------------------------------------------------------------------- */

static void finish(struct fetcher *f, struct transfer *t, CURLcode rc)
{
    struct job *job = t->job;
    int64_t now_ms = clock_ms();

    job->wire_bytes += transfer_wire_bytes(t);
    job->used_ms += now_ms - t->started_ms;
    curl_multi_remove_handle(f->multi, t->easy);
    transfer_ended(t);
    f->running--;
    if (!goes_on(f, t, rc, now_ms)) {
        polite_end(f->polite, &job->place, now_ms);
        deliver(f, t, rc, now_ms);
    }
    give_back(f, t);
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
        finish(f, (struct transfer *)(void *)private, rc);
    }
}

static bool is_busy(const struct fetcher *f)
{
    return f->options.is_busy != NULL && f->options.is_busy(f->ctx);
}

static void start_ready(struct fetcher *f)
{
    size_t max = (size_t)f->options.max_at_once;
    struct polite_job *place;
    struct error err;

    while (f->running < max && !is_busy(f) &&
           (place = polite_take(f->polite, clock_ms())) != NULL) {
        struct job *job = (struct job *)place;

        if (start(f, job, &err))
            continue;
        polite_end(f->polite, place, clock_ms());
        answer_without(f, job, &err, -1);
    }
}

/* Says why JOB is not asked; for how many seconds, -1 unknown. */
static int64_t say_unasked(const struct job *job, struct error *err)
{
    struct polite_site *site = job->place.site;
    int64_t peace;

    switch (job->unasked) {
    case UNASKED_NO_ADDRESS:
        error_set(err, ERR_REFUSED, "no http or https address");
        break;
    case UNASKED_FORBIDDEN:
        error_set(err, ERR_REFUSED, "not asked: robots.txt forbids it");
        break;
    case UNASKED_CLOSED:
        error_set(err, ERR_REFUSED, "not asked: robots.txt there: %.*s",
                  STR_ARG(job->closed_why));
        break;
    case UNASKED_HELD:
        peace = polite_held_ms(site, clock_ms()) / 1000;
        say_peace(site, peace, err);
        return peace;
    }
    return -1;
}

static void end_unasked(struct fetcher *f)
{
    struct polite_job *list = f->unasked;

    f->unasked = NULL;
    while (list != NULL) {
        struct polite_job *next = list->next;
        struct job *job = (struct job *)list;
        struct error err;
        int64_t peace = say_unasked(job, &err);

        job->is_forbidden = job->unasked == UNASKED_FORBIDDEN;
        answer_without(f, job, &err, peace);
        list = next;
    }
}

static void end_all(struct fetcher *f)
{
    struct error err;

    error_set(&err, ERR_STOPPED, "stopped before the answer came");
    answer_list_without(f, origins_take_waiting(f->origins, NULL), &err, -1);
    for (struct transfer *t = f->all; t != NULL; t = t->next_of_all) {
        struct job *job = t->job;

        if (job == NULL)
            continue;
        curl_multi_remove_handle(f->multi, t->easy);
        transfer_ended(t);
        f->running--;
        give_back(f, t);
        answer_without(f, job, &err, -1);
    }
    answer_list_without(f, polite_drain(f->polite, NULL), &err, -1);
}

/* How long to sleep when nothing moves. */
static int sleep_ms(const struct fetcher *f, bool can_stop)
{
    int64_t next = polite_next_ms(f->polite), wait = 1000;

    if (next >= 0 && f->running < (size_t)f->options.max_at_once) {
        wait = next - clock_ms();
        wait = wait < 0 ? 0 : wait;
        if (wait < BUSY_POLL_MS && is_busy(f))
            wait = BUSY_POLL_MS;
    }
    if (can_stop && wait > STOP_POLL_MS)
        wait = STOP_POLL_MS;
    return wait > 1000 ? 1000 : (int)wait;
}

void fetcher_run(struct fetcher *f, const _Atomic int *stop)
{
    int running;

    while (f->left > 0) {
        end_unasked(f);
        if (stop != NULL && *stop != 0)
            end_all(f);
        start_ready(f);
        curl_multi_perform(f->multi, &running);
        transfers_hold(&f->large);
        take_finished(f);
        if (f->left > 0 && f->unasked == NULL)
            curl_multi_poll(f->multi, NULL, 0, sleep_ms(f, stop != NULL), NULL);
    }
}

/* ---- life ----------------------------------------------------------------------------- */

void fetcher_add(struct fetcher *f, const struct request *r)
{
    struct polite_site *site = NULL;
    struct job *job;
    struct url u;

    arena_reset(f->scratch);
    if (url_parse(f->scratch, str_trim(r->url), STR_NONE, &u) &&
        url_is_http(u.href))
        site = polite_site(f->polite, u.host);
    job = job_new(f, r, site == NULL ? NULL : &u);
    f->left++;
    enqueue(f, site, job, false);
}

void fetcher_know_robots(struct fetcher *f, struct str origin, int status,
                         struct str text)
{
    struct origin *known = origins_by_name(f->origins, origin);
    struct url u;

    arena_reset(f->scratch);
    if (!url_parse(f->scratch, origin, STR_NONE, &u))
        return;
    origin_learn(f->origins, known, status, text,
                 STR("it could not be had at the last look"));
    obey_delay(f, known, polite_site(f->polite, u.host));
}

void fetcher_know_peace(struct fetcher *f, const struct fetch_peace *peace)
{
    struct polite_site *site = polite_site(f->polite, peace->site);

    polite_refusals(site)->n = peace->refusals;
    polite_refusals(site)->status = peace->status;
    if (peace->seconds > 0)
        polite_hold(f->polite, site, clock_ms() + peace->seconds * 1000);
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

static void copy_options(struct fetcher *f, const struct fetch_options *o)
{
    struct fetch_options *to = &f->options;

    *to = *o;
    to->user_agent = arena_str(f->kept, o->user_agent.n > 0 ? o->user_agent
                                                            : STR("feedmill"));
    to->ca_file = arena_str(f->kept, o->ca_file);
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
}

/* "feedmill/0.1 (+https://...)" is called feedmill in robots.txt. */
static struct str product_of(struct str user_agent)
{
    size_t n = 0;

    while (n < user_agent.n && user_agent.p[n] != '/' &&
           !is_space(user_agent.p[n]))
        n++;
    return str_slice(user_agent, 0, n);
}

struct fetcher *fetcher_new(const struct fetch_options *options,
                            fetch_done *done, void *ctx, struct error *err)
{
    struct fetcher *f = heap_alloc(sizeof *f);

    f->done = done;
    f->ctx = ctx;
    f->arena = arena_new(0);
    f->scratch = arena_new(0);
    f->kept = arena_new(0);
    copy_options(f, options);
    f->polite = polite_new(options->per_site, options->pause_ms);
    f->origins = origins_new(product_of(f->options.user_agent));
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

void fetcher_free(struct fetcher *f)
{
    if (f == NULL)
        return;
    free_jobs(origins_take_waiting(f->origins, NULL));
    free_jobs(polite_drain(f->polite, NULL));
    free_jobs(f->unasked);
    while (f->all != NULL) {
        struct transfer *t = f->all;

        f->all = t->next_of_all;
        if (t->job != NULL) {
            curl_multi_remove_handle(f->multi, t->easy);
            job_free(t->job);
        }
        transfer_free(t);
    }
    curl_multi_cleanup(f->multi);
    if (f->is_curl_up)
        curl_global_cleanup();
    origins_free(f->origins);
    polite_free(f->polite);
    arena_free(f->arena);
    arena_free(f->scratch);
    arena_free(f->kept);
    free(f);
}
