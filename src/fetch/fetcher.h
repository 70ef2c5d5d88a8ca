#ifndef FETCH_FETCHER_H
#define FETCH_FETCHER_H
/*
 * What a fetcher is made of, for the files that make it: fetch_job.c (a request on
 * its way), turns.c (who may ask, and when), peace.c (sites that refuse),
 * fetch_options.c and fetch.c (the loop and the answers).
 */
#include <curl/curl.h>

#include "base/map.h"
#include "fetch/fetch.h"
#include "fetch/origins.h"
#include "fetch/polite.h"
#include "fetch/transfer.h"

/* Why a job is not asked. */
enum unasked {
    UNASKED_NO_ADDRESS,
    UNASKED_HELD,
    UNASKED_FORBIDDEN,
    UNASKED_CLOSED
};

struct fetch_job {
    struct polite_job place; /* first */
    void *user;
    /* in this allocation */
    struct str asked, etag, last_modified, validated, accept, form;
    struct str now_at; /* the address as we ask it, or where redirects led */
    char *moved;       /* holds now_at after a redirect (heap) */
    struct str host;   /* in now_at, without brackets */
    int port;
    int redirects;
    bool only_permanent;
    bool is_plain; /* asks for no compression: the server cannot do it right */
    bool obeys_robots;
    bool is_forbidden; /* by robots.txt */
    bool is_repeated;  /* its address was asked before, by another */
    size_t number;     /* of the job, from 1 */
    enum unasked unasked;
    struct str closed_why;             /* lives with the origins */
    const struct fetch_access *access; /* or NULL */
    bool has_left; /* was redirected to another origin than the one asked */
    bool is_home;  /* now_at is of the origin that ACCESS is for */
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
    struct polite_job *unasked; /* jobs that end without being asked */
    struct arena *arena;        /* for one answer */
    struct arena *scratch;      /* for one look at an address */
    struct arena *kept;         /* what the options point to */
    struct map asked;           /* hashes of addresses: number of the job */
    size_t left, running, n_jobs;
    size_t held;      /* bytes of bodies in memory */
    int64_t until_ms; /* nothing is begun from then on; 0: never */
    bool is_curl_up;
};

/* ---- fetch_job.c --------------------------------------------------------- */

/* U is the parsed address; NULL when it is none we ask. */
struct fetch_job *fetch_job_new(struct fetcher *f, const struct request *r,
                                const struct url *u);
void fetch_job_free(struct fetch_job *job);
/* Frees all of LIST. */
void fetch_jobs_free(struct polite_job *list);
/* JOB asks U from now on. */
void fetch_job_redirect(struct fetcher *f, struct fetch_job *job,
                        const struct url *u);
/* Milliseconds that JOB may still be on the wire. */
int64_t fetch_job_time_left(const struct fetcher *f,
                            const struct fetch_job *job);

/* ---- turns.c ------------------------------------------------------------- */

/* Queues JOB: for its turn, for its origin's rules, or to be told no.  SITE is
 * NULL when it has no address; IS_FIRST puts it before the others. */
void turns_put(struct fetcher *f, struct polite_site *site,
               struct fetch_job *job, bool is_first);
/* What was learnt of ORIGIN's robots.txt holds for SITE: its pause. */
void turns_obey_delay(struct fetcher *f, const struct origin *origin,
                      struct polite_site *site);
/* Says why JOB, one of f->unasked, is not asked; gives the seconds after which it
 * may be, -1 unknown. */
int64_t turns_say_unasked(const struct fetch_job *job, struct error *err);

/* ---- peace.c ------------------------------------------------------------- */

/* Looks at an answer of SITE, with *SECONDS from Retry-After or -1: 429 and 503
 * (of a robots.txt only with a time) are the whole site's wish, any other ends
 * what it wished before, unless IS_ROBOTS.  True when the site is to be left alone for longer
 * than one source may take, *SECONDS: who waits there is to be told now. */
bool peace_see(struct fetcher *f, struct polite_site *site, int status,
               bool is_robots, int64_t now_ms, int64_t *seconds);
/* The error of who is not asked for SECONDS. */
void peace_say(struct polite_site *site, int64_t seconds, struct error *err);

/* ---- fetch_options.c ----------------------------------------------------- */

/* Copies O and what it points to, with defaults for what is 0, and what the
 * environment says of proxies and certificates. */
void options_copy(struct fetcher *f, const struct fetch_options *o);
#endif
