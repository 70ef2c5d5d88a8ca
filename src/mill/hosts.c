#include "mill/hosts.h"

#include "base/arena.h"
#include "base/vec.h"
#include "fetch/fetch.h"
#include "text/site.h"

#define HOUR      ((int64_t)3600)
#define DAY       (24 * HOUR)
#define KEEP_DAYS 7 /* of what is of no use any more */
/* The site of origins that only redirects have led to: which they will be is not
 * known before, so that all of them are told. */
#define ELSEWHERE STR("")

struct hosts {
    struct arena *a;
    struct robots_rows robots; /* learnt, not stored yet */
    struct peace_rows peace;
    struct map known; /* sites whose robots.txt the fetcher was told of */
};

static void see_robots(void *ctx, struct str origin, int status,
                       struct str text)
{
    struct refresh *r = ctx;
    struct hosts *h = r->hosts;
    struct str site = site_of_url(h->a, origin);

    *vec_add(h->a, &h->robots) = (struct robots_row){
        .origin = arena_str(h->a, origin),
        .site = map_get(&h->known, site) != NULL ? site : ELSEWHERE,
        .status = status,
        .text = arena_str(h->a, text),
        .fetched = r->now};
}

static void see_peace(void *ctx, const struct fetch_peace *peace)
{
    struct refresh *r = ctx;
    struct hosts *h = r->hosts;

    *vec_add(h->a, &h->peace) =
        (struct peace_row){.site = arena_str(h->a, peace->site),
                           .since = r->now,
                           .until = r->now + peace->seconds,
                           .refusals = peace->refusals,
                           .status = peace->status};
}

void hosts_listen(struct refresh *r, struct fetch_options *options)
{
    struct arena *a = arena_new(0);

    r->hosts = arena_make(a, struct hosts);
    r->hosts->a = a;
    map_init(&r->hosts->known, a);
    options->on_robots = see_robots;
    options->on_peace = see_peace;
}

void hosts_free(struct hosts *h)
{
    if (h != NULL)
        arena_free(h->a);
}

bool hosts_know_peace(struct refresh *r, struct error *err)
{
    struct peace_rows rows = {0};

    if (!store_peace(r->store, r->hosts->a, &rows, err))
        return false;
    for (size_t i = 0; i < rows.n; i++) {
        const struct peace_row *row = &rows.at[i];
        /* A clock that was set back must not silence a site. */
        int64_t left = row->since <= r->now ? row->until - r->now : 0;
        struct fetch_peace peace = {.site = row->site,
                                    .seconds = left,
                                    .refusals = row->refusals,
                                    .status = row->status};

        fetcher_know_peace(r->fetcher, &peace);
    }
    return true;
}

/* Rules hold for a day (RFC 9309, 2.4); that there were none to be had, for an
 * hour. */
static bool is_fresh(const struct robots_row *row, int64_t now)
{
    bool is_answer = row->status < 500 && row->status != 429;

    return row->fetched <= now && now - row->fetched < (is_answer ? DAY : HOUR);
}

/* Of all origins of the site, since redirects lead from one to another. */
static bool know_robots_of(struct refresh *r, struct str site,
                           struct error *err)
{
    struct arena *a;
    struct robots_rows rows = {0};
    bool is_new, ok;

    map_put(&r->hosts->known, site, &is_new);
    if (!is_new)
        return true;
    a = arena_new(0);
    ok = store_robots_of(r->store, a, site, &rows, err);
    for (size_t i = 0; ok && i < rows.n; i++)
        if (is_fresh(&rows.at[i], r->now))
            fetcher_know_robots(r->fetcher, rows.at[i].origin,
                                rows.at[i].status, rows.at[i].text);
    arena_free(a);
    return ok;
}

bool hosts_know_robots(struct refresh *r, const struct errand *errands,
                       size_t n, struct error *err)
{
    for (size_t i = 0; i < n; i++) {
        const struct job *job = errands[i].job;

        if (job != NULL && job->is_article && job->file.n == 0 &&
            (!know_robots_of(r, ELSEWHERE, err) ||
             !know_robots_of(r, site_of_url(r->hosts->a, job->url), err)))
            return false;
    }
    return true;
}

static bool store_learnt(struct refresh *r, struct error *err)
{
    const struct hosts *h = r->hosts;

    for (size_t i = 0; i < h->robots.n; i++)
        if (!store_put_robots(r->store, &h->robots.at[i], err))
            return false;
    for (size_t i = 0; i < h->peace.n; i++)
        if (!store_put_peace(r->store, &h->peace.at[i], err))
            return false;
    return store_forget_hosts(r->store, r->now - KEEP_DAYS * DAY, err);
}

bool hosts_store(struct refresh *r, struct error *err)
{
    struct hosts *h = r->hosts;

    if (h->robots.n == 0 && h->peace.n == 0)
        return true;
    if (!store_begin(r->store, err))
        return false;
    if (!store_learnt(r, err)) {
        store_rollback(r->store);
        return false;
    }
    h->robots.n = h->peace.n = 0;
    return store_commit(r->store, err);
}
