#ifndef TEXT_URL_HOST_H
#define TEXT_URL_HOST_H
/* The host of an address (WHATWG URL Standard, section 3). */
#include "base/str.h"

struct buf;

/*
 * Adds the serialized host that HOST stands for to OUT: a domain in ASCII, an
 * IPv4 address, an IPv6 address in brackets, or, when IS_SPECIAL is false, an
 * opaque host.  False when the standard says failure; OUT may then hold a
 * part.
 */
MUST_CHECK bool url_host_parse(struct str host, bool is_special,
                               struct buf *out);

/*
 * Domain to ASCII (section 3.3; UTS #46, not transitional, without the checks
 * of hyphens and lengths): adds the domain to OUT.  DOMAIN may be any bytes.
 */
MUST_CHECK bool idna_to_ascii(struct str domain, struct buf *out);
#endif
