#ifndef FETCH_ROBOTS_H
#define FETCH_ROBOTS_H
/*
 * robots.txt (RFC 9309), read as leniently as Google's published parser does:
 * the longest rule that matches wins, Allow wins a tie, groups of one name are
 * one.  Pure.
 */
#include "base/str.h"

struct arena;
struct robots;

/* More of the file is not read (RFC 9309, 2.5). */
#define ROBOTS_MAX ((size_t)500 << 10)

/* The rules of TEXT (any bytes) that hold for the product token AGENT
 * ("feedmill"), in A.  Never NULL: what cannot be read rules nothing. */
struct robots *robots_parse(struct arena *a, struct str text, struct str agent);
/* Whether TARGET, the path and query of an address ("/a?b"), may be asked for;
 * /robots.txt always may. */
bool robots_allow(const struct robots *r, struct str target);
/* Crawl-delay of the agent's group in milliseconds; -1 without. */
int64_t robots_delay_ms(const struct robots *r);
#endif
