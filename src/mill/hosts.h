#ifndef MILL_HOSTS_H
#define MILL_HOSTS_H
/*
 * What hosts asked of us, between the store and the fetcher: robots.txt is asked
 * for once a day and origin, and a site that wants to be left alone is, by the
 * next runs too.  The fetcher tells what it learns on its own thread; that is
 * kept aside until its run is over.
 */
#include "mill/refresh.h"

struct fetch_options;

struct hosts;
/* OPTIONS is to tell us; its context is R, whose hosts this makes. */
void hosts_listen(struct refresh *r, struct fetch_options *options);
void hosts_free(struct hosts *h);
/* Tells the new fetcher of R which sites want to be left alone. */
MUST_CHECK bool hosts_know_peace(struct refresh *r, struct error *err);
/* Tells it the robots.txt of the sites whose pages the N errands ask for. */
MUST_CHECK bool hosts_know_robots(struct refresh *r,
                                  const struct errand *errands, size_t n,
                                  struct error *err);
/* Stores what was learnt; no fetch thread is running. */
MUST_CHECK bool hosts_store(struct refresh *r, struct error *err);
#endif
