/*
 * A fetcher has jobs, which wait in polite.c until it is their turn, and
 * transfers (transfer.c), which carry them.  A job takes a transfer when it starts
 * and gives it back at every redirect.
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
#include "fetch/fetcher.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/hash.h"
#include "fetch/fault.h"
#include "fetch/hop.h"
#include "fetch/robots.h"
#include "sys/clock.h"
#include "text/url.h"

#define STOP_POLL_MS 200
#define BUSY_POLL_MS 10

#define DEFAULT_ACCEPT                                                         \
    "application/atom+xml, application/rss+xml, application/feed+json, "       \
    "application/xml;q=0.9, text/html;q=0.8, */*;q=0.5"

/* ---- answers ---------------------------------------------------------------- */

/* The rules are here, or not to be had: who waits for them goes on. */
static void learn_robots(struct fetcher *f, struct fetch_job *job,
                         const struct response *r)
{
    struct origin *origin = job->robots_of;
    struct polite_job *list = origins_take_waiting(f->origins, origin);
    /* Rules that broke off are not known: as if nobody had answered. */
    bool is_broken = !r->ok && r->status >= 200 && r->status <= 299;
    int status = is_broken ? 0 : r->status;

    origin_learn(f->origins, origin, status, r->body,
                 r->ok ? STR_NONE : str_from_c(r->err.text));
    turns_obey_delay(f, origin, job->place.site);
    if (f->options.on_robots != NULL && status > 0)
        f->options.on_robots(f->ctx, origin->name, status, r->body);
    while (list != NULL) {
        struct polite_job *next = list->next;

        turns_put(f, list->site, (struct fetch_job *)list, false);
        list = next;
    }
}

static void answer(struct fetcher *f, struct fetch_job *job, struct response *r)
{
    r->user = job->user;
    r->url = job->asked;
    if (!r->ok) {
        struct str shown = url_without_user(f->arena, job->asked);

        error_where(&r->err, arena_str(f->arena, shown).p);
    }
    f->left--;
    if (job->robots_of != NULL)
        learn_robots(f, job, r);
    else
        f->done(f->ctx, r);
    arena_reset(f->arena);
    fetch_job_free(job);
}

/* Ends a job that has no answer. */
static void answer_without(struct fetcher *f, struct fetch_job *job,
                           const struct error *err, int64_t retry_after)
{
    struct response r = {.err = *err,
                         .is_forbidden = job->is_forbidden,
                         .is_repeated = job->is_repeated,
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

        answer_without(f, (struct fetch_job *)list, err, retry_after);
        list = next;
    }
}

/* Who would have to wait longer than one source may take is answered now and asked
 * in a later run. */
static void hold_site(struct fetcher *f, struct fetch_job *job, int status,
                      int64_t seconds, int64_t now_ms)
{
    struct polite_site *site = job->place.site;
    struct error err;

    if (!peace_see(f, site, status, job->robots_of != NULL, now_ms, &seconds))
        return;
    peace_say(site, seconds, &err);
    answer_list_without(f, polite_drain(f->polite, site), &err, seconds);
}

/* ---- an address is asked once ------------------------------------------------- */

/* The number of the job that asked JOB's address; 0: none did. */
static size_t *asked_by(struct fetcher *f, const struct fetch_job *job)
{
    struct hash128 hash = hash128(job->now_at);
    struct str key = str_of((const char *)&hash, sizeof hash);
    size_t *by = map_get(&f->asked, key);

    return by != NULL ? by : map_put(&f->asked, arena_str(f->kept, key), NULL);
}

/* Origins may share a robots.txt, and each has to be told; what is sent in forms
 * differs. */
static bool is_asked_first(struct fetcher *f, struct fetch_job *job,
                           struct error *err)
{
    size_t *by;

    if (job->robots_of != NULL || job->form.n > 0)
        return true;
    by = asked_by(f, job);
    if (*by == job->number)
        return error_set(err, ERR_LIMIT, "redirects that go round in a circle");
    if (*by == 0) {
        *by = job->number;
        return true;
    }
    job->is_repeated = true;
    return error_set(err, ERR_REFUSED,
                     job->redirects > 0 ? "leads to an address that was asked "
                                          "for already in this run"
                                        : "was asked for already in this run");
}

/* What the guard kept JOB from was not asked: others are to learn why, too. */
static void was_not_asked(struct fetcher *f, const struct fetch_job *job,
                          const struct error *err)
{
    if (err->code == ERR_REFUSED && job->robots_of == NULL &&
        job->form.n == 0 && *asked_by(f, job) == job->number)
        *asked_by(f, job) = 0;
}

static void deliver(struct fetcher *f, struct transfer *t, CURLcode rc,
                    int64_t now_ms)
{
    const struct reply *reply = &t->reply;
    struct fetch_job *job = t->job;
    struct response r = {0};

    r.ok = transfer_succeeded(t, rc, &r.err);
    r.is_repeated = job->is_repeated;
    if (!r.ok)
        was_not_asked(f, job, &r.err);
    r.status = reply->status;
    r.final_url = job->now_at;
    r.moved_to = r.ok && job->redirects > 0 && job->only_permanent ? job->now_at
                                                                   : STR_NONE;
    r.type = reply_get(reply, REPLY_TYPE);
    r.etag = reply_get(reply, REPLY_ETAG);
    r.last_modified = reply_get(reply, REPLY_LAST_MODIFIED);
    r.date = reply_date(reply);
    r.max_age = reply_max_age(reply, clock_now());
    r.retry_after = reply_retry_after(reply, clock_now());
    r.body = r.ok ? buf_str(&t->body) : STR_NONE;
    r.held = r.body.n > 0 ? &t->body : NULL;
    r.rest = r.ok && t->rest != NULL ? &t->rest : NULL;
    r.wire_bytes = job->wire_bytes;
    r.elapsed_ms = job->used_ms;
    hold_site(f, job, r.status, r.retry_after, now_ms);
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
    t = transfer_new(&f->options, &f->held);
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

/* Whether the validators are of the address that JOB asks now. */
static bool is_validated(const struct fetch_job *job)
{
    return job->validated.n > 0 ? str_eq(job->validated, job->now_at)
                                : job->redirects == 0;
}

/* Puts JOB, whose turn it is, on the wire. */
static bool start(struct fetcher *f, struct fetch_job *job, struct error *err)
{
    bool may_be_same = is_validated(job);
    struct ask ask = {
        .url = job->now_at,
        .host = job->host,
        .port = job->port,
        .accept = job->accept.n > 0 ? job->accept : STR(DEFAULT_ACCEPT),
        .etag = may_be_same ? job->etag : STR_NONE,
        .last_modified = may_be_same ? job->last_modified : STR_NONE,
        .form = job->form,
        .enough = job->robots_of == NULL ? 0 : ROBOTS_MAX,
        .is_plain = job->is_plain,
        .is_trusted = f->options.trusts_asked && !job->has_left,
        .time_ms = fetch_job_time_left(f, job),
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
static bool follow(struct fetcher *f, struct transfer *t, struct fetch_job *job,
                   struct polite_site **site, struct error *err)
{
    struct url target;

    arena_reset(f->scratch);
    if (!hop_target(f->scratch, &t->reply, job->now_at, &target, err))
        return false;
    if (job->redirects >= f->options.max_redirects)
        return error_set(err, ERR_LIMIT, "more than %d redirects",
                         f->options.max_redirects);
    if (fetch_job_time_left(f, job) <= 0)
        return error_set(err, ERR_NETWORK, "timed out among redirects");
    fetch_job_redirect(f, job, &target);
    job->only_permanent = job->only_permanent && hop_is_permanent(&t->reply);
    *site = polite_site(f->polite, target.host);
    return true;
}

/* True when the job goes on, at another address or without compression. */
static bool goes_on(struct fetcher *f, struct transfer *t, CURLcode rc,
                    int64_t now_ms)
{
    struct fetch_job *job = t->job;
    struct polite_site *site = job->place.site;
    bool is_hop = hop_is_redirect(&t->reply) &&
                  (job->form.n == 0 || hop_keeps_method(&t->reply));

    if (is_hop) {
        if (!follow(f, t, job, &site, &t->err))
            return false;
    } else if (transfer_mixed_up_compression(t, rc) && !job->is_plain &&
               fetch_job_time_left(f, job) > 0) {
        job->is_plain = true;
    } else {
        return false;
    }
    /* One document within one site is one turn, however many steps. */
    if (site == job->place.site && !(is_hop && job->obeys_robots))
        return (!is_hop || is_asked_first(f, job, &t->err)) &&
               start(f, job, &t->err);
    polite_end(f->polite, &job->place, now_ms);
    turns_put(f, site, job, true);
    return true;
}

/* ---- the loop --------------------------------------------------------------------- */

static void finish(struct fetcher *f, struct transfer *t, CURLcode rc)
{
    struct fetch_job *job = t->job;
    int64_t now_ms = clock_ms();

    job->wire_bytes += transfer_wire_bytes(t);
    job->used_ms += now_ms - t->started_ms;
    curl_multi_remove_handle(f->multi, t->easy);
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
        struct fetch_job *job = (struct fetch_job *)place;

        if (is_asked_first(f, job, &err) && start(f, job, &err))
            continue;
        was_not_asked(f, job, &err);
        polite_end(f->polite, place, clock_ms());
        answer_without(f, job, &err, -1);
    }
}

static void end_unasked(struct fetcher *f)
{
    struct polite_job *list = f->unasked;

    f->unasked = NULL;
    while (list != NULL) {
        struct polite_job *next = list->next;
        struct fetch_job *job = (struct fetch_job *)list;
        struct error err;
        int64_t peace = turns_say_unasked(job, &err);

        job->is_forbidden = job->unasked == UNASKED_FORBIDDEN;
        answer_without(f, job, &err, peace);
        list = next;
    }
}

static void end_waiting(struct fetcher *f, const char *why)
{
    struct error err;

    error_set(&err, ERR_STOPPED, "%s", why);
    answer_list_without(f, origins_take_waiting(f->origins, NULL), &err, -1);
    answer_list_without(f, polite_drain(f->polite, NULL), &err, -1);
}

static void end_all(struct fetcher *f)
{
    static const char why[] = "stopped before the answer came";
    struct error err;

    end_waiting(f, why);
    error_set(&err, ERR_STOPPED, "%s", why);
    for (struct transfer *t = f->all; t != NULL; t = t->next_of_all) {
        struct fetch_job *job = t->job;

        if (job == NULL)
            continue;
        curl_multi_remove_handle(f->multi, t->easy);
        f->running--;
        give_back(f, t);
        answer_without(f, job, &err, -1);
    }
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
        if (f->until_ms > 0 && clock_ms() >= f->until_ms)
            end_waiting(f, "not asked: the time is over");
        start_ready(f);
        curl_multi_perform(f->multi, &running);
        take_finished(f);
        if (f->left > 0 && f->unasked == NULL)
            curl_multi_poll(f->multi, NULL, 0, sleep_ms(f, stop != NULL), NULL);
    }
}

/* ---- life ----------------------------------------------------------------------------- */

void fetcher_add(struct fetcher *f, const struct request *r)
{
    struct polite_site *site = NULL;
    struct fetch_job *job;
    struct url u;

    arena_reset(f->scratch);
    if (url_parse(f->scratch, str_trim(r->url), STR_NONE, &u) &&
        url_is_http(u.href))
        site = polite_site(f->polite, u.host);
    job = fetch_job_new(f, r, site == NULL ? NULL : &u);
    f->left++;
    turns_put(f, site, job, false);
}

void fetcher_end_at(struct fetcher *f, int64_t until_ms)
{
    f->until_ms = until_ms;
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
    turns_obey_delay(f, known, polite_site(f->polite, u.host));
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
    options_copy(f, options);
    map_init(&f->asked, f->kept);
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
    fetch_jobs_free(origins_take_waiting(f->origins, NULL));
    fetch_jobs_free(polite_drain(f->polite, NULL));
    fetch_jobs_free(f->unasked);
    while (f->all != NULL) {
        struct transfer *t = f->all;

        f->all = t->next_of_all;
        if (t->job != NULL) {
            curl_multi_remove_handle(f->multi, t->easy);
            fetch_job_free(t->job);
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
