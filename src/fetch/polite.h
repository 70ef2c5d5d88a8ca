#ifndef FETCH_POLITE_H
#define FETCH_POLITE_H
/*
 * Whose turn it is.  Jobs wait in one queue per site (registrable domain); a
 * site has a limit of jobs at once and a pause between them, and can be held
 * when it asks for peace.  Knows no clock and no network: times are
 * milliseconds the caller hands in, from any origin.
 */
#include "base/str.h"

struct polite;
struct polite_site;

/* The first member of what waits here. */
struct polite_job {
    struct polite_job *next;
    struct polite_site *site;
};

/* PER_SITE jobs of one site at once (at least 1), PAUSE_MS from the start and
 * from the end of one to the start of the next. */
struct polite *polite_new(int per_site, int64_t pause_ms);
/* Jobs still waiting are the caller's (polite_drain). */
void polite_free(struct polite *p);

/* The site that HOST belongs to, made when new; lives as long as P. */
struct polite_site *polite_site(struct polite *p, struct str host);
/* The registrable domain. */
struct str polite_name(const struct polite_site *s);

/* Queues JOB; IS_FIRST puts it before the others of its site. */
void polite_put(struct polite *p, struct polite_site *s, struct polite_job *job,
                bool is_first);
/* The next job that may start, which counts as running then; NULL if none. */
struct polite_job *polite_take(struct polite *p, int64_t now_ms);
/* A job that polite_take gave has ended. */
void polite_end(struct polite *p, struct polite_job *job, int64_t now_ms);

/* When the next job may start; -1 if that depends on running ones. */
int64_t polite_next_ms(const struct polite *p);
/* Nothing of S starts before UNTIL_MS. */
void polite_hold(struct polite *p, struct polite_site *s, int64_t until_ms);
/* S has at least this pause from now on. */
void polite_slow_down(struct polite *p, struct polite_site *s,
                      int64_t pause_ms);
/* How often on end a site refused, and how last; the caller's to keep. */
struct polite_refusals {
    int n, status;
};
struct polite_refusals *polite_refusals(struct polite_site *s);
/* How long from NOW_MS S is held; 0 when it is not. */
int64_t polite_held_ms(const struct polite_site *s, int64_t now_ms);
/* Takes every waiting job of S (NULL: of all), chained by next. */
struct polite_job *polite_drain(struct polite *p, struct polite_site *s);
#endif
