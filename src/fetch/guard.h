#ifndef FETCH_GUARD_H
#define FETCH_GUARD_H
/*
 * Which addresses may be asked: a feed or a redirect can name any host, and DNS
 * can lead any name to any address, also to the machine's own services and to its
 * neighbours.  Only public unicast addresses pass; the owner may allow others.
 */
#include "fetch/fetch.h"

/* Why ADDRESS (numeric, IPv6 without brackets) is not public, in a word or two:
 * "loopback", "private" ...; empty when it is.  What is no address is "no
 * address". */
struct str guard_reason(struct str address);
/* True if ADDRESS is public or one of ALLOWED is it, in any spelling, with this
 * port or 0. */
bool guard_passes(struct str address, int port,
                  const struct fetch_allowed *allowed, size_t n);
/* True if HOST is a name that only means something inside a machine or a network
 * (RFC 6761, 6762, and .internal): to be asked before a proxy resolves it, whose
 * answer we do not see. */
bool guard_is_local_name(struct str host);
/* True if S is a numeric address. */
bool guard_is_address(struct str s);
#endif
