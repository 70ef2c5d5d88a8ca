/* Sites that refuse, with 429 or 503: for how long they are left alone. */
#include "fetch/fetcher.h"

#include "base/hash.h"
#include "sys/clock.h"

/* Without Retry-After: doubled each time, with a jitter of a quarter. */
#define PEACE_SECONDS     60
#define PEACE_MAX_SECONDS 86400

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
    if (status == 0 || polite_refusals(site)->n == 0)
        return;
    polite_refusals(site)->n = 0;
    tell_peace(f, site, 0);
}

void peace_say(struct polite_site *site, int64_t seconds, struct error *err)
{
    error_set(err, ERR_REFUSED,
              "not asked: %.*s wants peace for %lld s (HTTP status %d)",
              STR_ARG(polite_name(site)), (long long)seconds,
              polite_refusals(site)->status);
}

/* A robots.txt that cannot be had closes its origin's pages (origin_learn), and
 * no more, unless the server says for how long it wants peace. */
static bool is_refusal(int status, bool is_robots, int64_t seconds)
{
    return status == 429 || (status == 503 && (!is_robots || seconds >= 0));
}

bool peace_see(struct fetcher *f, struct polite_site *site, int status,
               bool is_robots, int64_t now_ms, int64_t *seconds)
{
    if (!is_refusal(status, is_robots, *seconds)) {
        /* That it gives its robots.txt says nothing of its documents. */
        if (!is_robots)
            see_welcome(f, site, status);
        return false;
    }
    /* Several answers that were on their way at once are one refusal. */
    if (polite_held_ms(site, now_ms) == 0)
        polite_refusals(site)->n++;
    polite_refusals(site)->status = status;
    if (*seconds < 0)
        *seconds = own_peace(site, polite_refusals(site)->n);
    polite_hold(f->polite, site, now_ms + *seconds * 1000);
    tell_peace(f, site, polite_held_ms(site, now_ms) / 1000);
    return *seconds * 1000 > f->options.timeout_ms;
}

void fetcher_know_peace(struct fetcher *f, const struct fetch_peace *peace)
{
    struct polite_site *site = polite_site(f->polite, peace->site);

    polite_refusals(site)->n = peace->refusals;
    polite_refusals(site)->status = peace->status;
    if (peace->seconds > 0)
        polite_hold(f->polite, site, clock_ms() + peace->seconds * 1000);
}
