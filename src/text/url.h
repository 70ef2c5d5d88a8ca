#ifndef TEXT_URL_H
#define TEXT_URL_H
/*
 * Addresses, after the WHATWG URL Standard: pages are written for browsers, so
 * we read addresses as browsers do.  Everything lives in the arena given.
 */
#include "base/str.h"

struct arena;

/* The parts of a serialized URL; views into href.  Without ":", "?", "#". */
struct url {
    struct str href;
    struct str scheme, username, password, host, port, path, query, fragment;
    bool has_query, has_fragment, is_special, has_host;
};

/* Parses INPUT against BASE (may be empty: then INPUT must be absolute).
 * False, and *OUT untouched, when the standard says failure. */
MUST_CHECK bool url_parse(struct arena *a, struct str input, struct str base,
                          struct url *out);
/* The serialized absolute address only; an empty str on failure. */
struct str url_resolve(struct arena *a, struct str base, struct str input);

/* The address that S means when a feed: or its like stands before it
 * (feed://host/, feed:https://host/, itpc:, pcast:), in A; else S. */
struct str url_of_feed(struct arena *a, struct str s);

/* The address as it may be shown, without user and password, in A; S itself where it
 * has none or is none. */
struct str url_without_user(struct arena *a, struct str s);

/* True if S begins with http:// or https:// (any case). */
bool url_is_http(struct str s);

/* The address without tracking parameters (utm_*, fbclid, ... : table), for
 * readers' eyes; otherwise as it stands.  Empty if it is no valid http(s) URL. */
struct str url_untrack(struct arena *a, struct str url);

/* The key under which addresses of one document fall together: scheme, www.,
 * m., amp, tracking parameters, fragment, default port, trailing slash and
 * index file folded away.  Empty if it is no http(s) URL.  Only for comparing. */
struct str url_key(struct arena *a, struct str url);
#endif
