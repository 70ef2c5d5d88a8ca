#ifndef FETCH_HOP_H
#define FETCH_HOP_H
/* Where a redirect leads. */
#include "base/error.h"
#include "text/url.h"

struct reply;

/* True for 301, 302, 303, 307 and 308 with a Location. */
bool hop_is_redirect(const struct reply *r);
/* 301 and 308. */
bool hop_is_permanent(const struct reply *r);
/* 307 and 308: a POST stays one (RFC 9110, 15.4). */
bool hop_keeps_method(const struct reply *r);
/*
 * The http(s) address that REPLY to the address FROM names, in A, resolved as
 * browsers do; a user and password do not travel to another origin.  Fails when
 * it is no such address, or FROM again.
 */
MUST_CHECK bool hop_target(struct arena *a, const struct reply *reply,
                           struct str from, struct url *out, struct error *err);
/* Scheme, host and port are the same. */
bool hop_same_origin(const struct url *a, const struct url *b);
/* The address as it is asked for: without its fragment. */
struct str hop_without_fragment(struct str url);
#endif
