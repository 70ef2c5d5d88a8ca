#ifndef UNIT_FETCHING_H
#define UNIT_FETCHING_H
/* What tests of fetching share: the rude site, started for each test, and what
 * a callback saw. */
#include "unit/unit.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "fetch/fetch.h"
#include "site/site.h"
#include "sys/spool.h"

/* What a callback saw, kept. */
struct seen {
    int n;
    bool ok, is_repeated;
    enum errcode code;
    char text[512], where[2048];
    int status;
    char final_url[512], moved_to[512], type[128], etag[128], modified[128];
    int64_t max_age, retry_after, wire_bytes, date;
    size_t spooled; /* bytes of the body that came in a file */
    struct buf body;
};

/* Timeouts: what never comes is not waited for long, unless the machine is so busy
 * that what should come before it does not come either. */
#define SHORT_MS   160
#define LONGEST_MS 30000

static struct site *site;

static inline void up(void)
{
    site = site_start(NULL);
    ck_assert(site != NULL);
}

static inline void down(void)
{
    site_stop(site);
}

static inline void copy(char *to, size_t size, struct str s)
{
    snprintf(to, size, "%.*s", STR_ARG(s));
}

static inline void on_done(void *ctx, const struct response *r)
{
    struct seen *seen = r->user;

    (void)ctx;
    seen->n++;
    seen->ok = r->ok;
    seen->is_repeated = r->is_repeated;
    seen->code = r->ok ? ERR_NONE : r->err.code;
    if (!r->ok) {
        copy(seen->text, sizeof seen->text, str_from_c(r->err.text));
        copy(seen->where, sizeof seen->where, str_from_c(r->err.where));
    }
    seen->status = r->status;
    copy(seen->final_url, sizeof seen->final_url, r->final_url);
    copy(seen->moved_to, sizeof seen->moved_to, r->moved_to);
    copy(seen->type, sizeof seen->type, r->type);
    copy(seen->etag, sizeof seen->etag, r->etag);
    copy(seen->modified, sizeof seen->modified, r->last_modified);
    seen->max_age = r->max_age;
    seen->retry_after = r->retry_after;
    seen->wire_bytes = r->wire_bytes;
    seen->date = r->date;
    buf_init(&seen->body, BUF_MAX);
    buf_add_str(&seen->body, r->body);
    seen->spooled = r->rest == NULL ? 0 : spool_bytes(*r->rest);
    if (seen->spooled > 0) {
        struct error err;

        ck_assert(spool_read(*r->rest, &seen->body, &err));
    }
}

static inline struct fetch_options usual(void)
{
    return (struct fetch_options){.user_agent = STR("feedmill-test/1"),
                                  .timeout_ms = 5000,
                                  .max_body = 1 << 20,
                                  .is_unguarded = true,
                                  .per_site = 4};
}

static inline int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static inline struct fetcher *new_fetcher(const struct fetch_options *o)
{
    struct error err;
    struct fetcher *f = fetcher_new(o, on_done, NULL, &err);

    ck_assert(f != NULL);
    return f;
}

static inline void add(struct fetcher *f, const char *url, struct seen *seen)
{
    struct request r = {.url = str_from_c(url), .user = seen};

    *seen = (struct seen){0};
    fetcher_add(f, &r);
}

/* The address of TARGET as the I-th of several: no one is asked for twice. */
static inline const char *nth(int host, const char *target, int i)
{
    char text[128];

    snprintf(text, sizeof text, "%s?%d", target, i);
    return site_url(site, host, text);
}

static inline void ask_with(const struct fetch_options *o, const char *url,
                            struct seen *seen)
{
    struct fetcher *f = new_fetcher(o);

    add(f, url, seen);
    fetcher_run(f, NULL);
    fetcher_free(f);
    ck_assert_int_eq(seen->n, 1);
}

static inline void ask(const char *target, struct seen *seen)
{
    struct fetch_options o = usual();

    ask_with(&o, site_url(site, 1, target), seen);
}

/* Fails with this code and a sentence that has WORDS; or, with a *TIMEOUT_MS below
 * the longest, may be too slow to come so far: then that is doubled. */
static inline bool fails_within(int64_t *timeout_ms, const char *script,
                                enum errcode code, const char *words)
{
    static int n;
    struct fetch_options o = usual();
    char name[32], target[32];
    struct seen seen;

    o.timeout_ms = *timeout_ms;
    snprintf(target, sizeof target, "/bad%d", ++n);
    snprintf(name, sizeof name, "bad%d.route", n);
    site_put(site, name, script);
    ask_with(&o, site_url(site, 1, target), &seen);
    ck_assert_msg(!seen.ok, "%s succeeded", script);
    buf_done(&seen.body);
    if (strstr(seen.text, words) == NULL && *timeout_ms < LONGEST_MS) {
        *timeout_ms *= 2;
        return false;
    }
    ck_assert_msg(strstr(seen.text, words) != NULL, "%s: \"%s\"", script,
                  seen.text);
    ck_assert_int_eq(seen.code, code);
    ck_assert_str_eq(seen.where, site_url(site, 1, target));
    return true;
}

static inline void fails(const char *script, enum errcode code,
                         const char *words)
{
    int64_t timeout_ms = LONGEST_MS;

    fails_within(&timeout_ms, script, code, words);
}

/* What a server that never comes to its end is said to have done. */
static inline void times_out(const char *script, const char *words)
{
    int64_t timeout_ms = SHORT_MS;

    while (!fails_within(&timeout_ms, script, ERR_NETWORK, words))
        continue;
}
#endif
