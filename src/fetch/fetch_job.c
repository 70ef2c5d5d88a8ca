/*
 * A job is one allocation that holds copies of the request's strings; where
 * redirects led is another.
 */
#include "fetch/fetcher.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "fetch/hop.h"
#include "text/url.h"

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
static void point_to(struct fetcher *f, struct fetch_job *job, const char *copy,
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

struct fetch_job *fetch_job_new(struct fetcher *f, const struct request *r,
                                const struct url *u)
{
    struct str href = u == NULL ? STR_NONE : hop_without_fragment(u->href);
    struct fetch_job *job =
        heap_alloc(sizeof *job + r->url.n + r->etag.n + r->last_modified.n +
                   r->validated.n + r->accept.n + r->form.n + href.n + 7);
    char *at = job->bytes;

    job->number = ++f->n_jobs;
    job->user = r->user;
    job->asked = put_str(&at, r->url);
    job->etag = put_str(&at, r->etag);
    job->last_modified = put_str(&at, r->last_modified);
    job->validated = put_str(&at, r->validated);
    job->accept = put_str(&at, r->accept);
    job->form = put_str(&at, r->form);
    job->access = r->access;
    if (u != NULL)
        point_to(f, job, put_str(&at, href).p, u);
    job->only_permanent = true;
    job->obeys_robots = r->obeys_robots;
    return job;
}

void fetch_job_free(struct fetch_job *job)
{
    free(job->moved);
    free(job);
}

void fetch_jobs_free(struct polite_job *list)
{
    while (list != NULL) {
        struct polite_job *next = list->next;

        fetch_job_free((struct fetch_job *)list);
        list = next;
    }
}

void fetch_job_redirect(struct fetcher *f, struct fetch_job *job,
                        const struct url *u)
{
    struct str href = hop_without_fragment(u->href);
    char *copy = heap_alloc(href.n + 1);
    struct url was;

    memcpy(copy, href.p, href.n);
    job->has_left |= !url_parse(f->scratch, job->now_at, STR_NONE, &was) ||
                     !hop_same_origin(&was, u);
    free(job->moved);
    job->moved = copy;
    point_to(f, job, copy, u);
    job->redirects++;
}

int64_t fetch_job_time_left(const struct fetcher *f,
                            const struct fetch_job *job)
{
    return f->options.timeout_ms - job->used_ms;
}
