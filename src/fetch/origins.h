#ifndef FETCH_ORIGINS_H
#define FETCH_ORIGINS_H
/*
 * What is known of origins (scheme, host, port) for pages: their robots.txt, and
 * the jobs that wait for it.
 */
#include "base/error.h"
#include "fetch/polite.h"
#include "text/url.h"

struct origins;

enum origin_state {
    ORIGIN_UNKNOWN,
    ORIGIN_ASKED, /* its robots.txt is on the way */
    ORIGIN_OPEN,  /* it has rules, or none */
    ORIGIN_CLOSED, /* its robots.txt cannot be had: not now (RFC 9309, 2.3.1.4) */
};

struct origin {
    struct str name; /* "https://example.org:8080" */
    enum origin_state state;
    struct polite_job *waiting; /* chained by next */
    struct str why;             /* it is closed */
    const struct robots *robots;
};

/* AGENT is the product token that robots.txt may name. */
struct origins *origins_new(struct str agent);
void origins_free(struct origins *o);
/* Made when new; lives as long as O. */
struct origin *origins_get(struct origins *o, const struct url *u);
struct origin *origins_by_name(struct origins *o, struct str name);

/* Takes an answer to robots.txt: STATUS 0 without one.  429 and 5xx close the
 * origin, other failures of 4xx mean that there are no rules. */
void origin_learn(struct origins *o, struct origin *origin, int status,
                  struct str text, struct str why);
/* Whether the open ORIGIN allows the address. */
bool origin_allows(const struct origin *origin, const struct url *u);
/* Milliseconds it wants between requests; -1. */
int64_t origin_delay_ms(const struct origin *origin);
/* The jobs that wait for ORIGIN (NULL: for any), no longer waiting. */
struct polite_job *origins_take_waiting(struct origins *o,
                                        struct origin *origin);
#endif
