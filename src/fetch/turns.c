/*
 * Whether a job waits for its turn, for the robots.txt of its origin, or is told
 * no.  The first job that needs an origin's rules makes one of our own that gets
 * them; the others wait with the origin.
 */
#include "fetch/fetcher.h"

#include "base/arena.h"
#include "sys/clock.h"
#include "text/url.h"

#define DELAY_MAX_MS 60000 /* of a Crawl-delay; longer ones are taken as this */

static void mark_unasked(struct fetcher *f, struct polite_site *site,
                         struct fetch_job *job, enum unasked why)
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
    struct fetch_job *job;

    r.url = arena_cat(f->scratch, origin->name, STR("/robots.txt"));
    if (!url_parse(f->scratch, r.url, STR_NONE, &u)) {
        origin_learn(f->origins, origin, 0, STR_NONE, STR("no address"));
        return;
    }
    origin->state = ORIGIN_ASKED;
    job = fetch_job_new(f, &r, &u);
    job->robots_of = origin;
    f->left++;
    polite_put(f->polite, site, &job->place, true);
}

/* The origin whose robots.txt JOB obeys, asked for its rules if need be, and
 * whether they allow the job; NULL when it obeys none. */
static struct origin *origin_of(struct fetcher *f, struct polite_site *site,
                                const struct fetch_job *job, bool *allows)
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

void turns_put(struct fetcher *f, struct polite_site *site,
               struct fetch_job *job, bool is_first)
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

void turns_obey_delay(struct fetcher *f, const struct origin *origin,
                      struct polite_site *site)
{
    int64_t delay_ms = origin_delay_ms(origin);

    if (delay_ms > 0)
        polite_slow_down(f->polite, site,
                         delay_ms < DELAY_MAX_MS ? delay_ms : DELAY_MAX_MS);
}

int64_t turns_say_unasked(const struct fetch_job *job, struct error *err)
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
        peace_say(site, peace, err);
        return peace;
    }
    return -1;
}
