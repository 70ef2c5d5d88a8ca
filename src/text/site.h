#ifndef TEXT_SITE_H
#define TEXT_SITE_H
/* Registrable domains, by the public suffix list (libpsl's builtin one). */
#include "base/str.h"

struct arena;

/* "news.example.co.uk" -> "example.co.uk"; an IP address or a name without
 * registrable part is its own site.  Lower case, in A. */
struct str site_of_host(struct arena *a, struct str host);
/* The same for a URL; empty if it has no host. */
struct str site_of_url(struct arena *a, struct str url);
/* True if both URLs have the same; A is for scratch. */
bool site_is_one(struct arena *a, struct str url, struct str other);
/* True if HOST is DOMAIN or below it. */
bool site_is_within(struct str host, struct str domain);
#endif
