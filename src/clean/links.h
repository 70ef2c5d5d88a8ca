#ifndef CLEAN_LINKS_H
#define CLEAN_LINKS_H
/*
 * Addresses in content: made absolute against a base that is http or https, then
 * checked by the scheme that a browser's URL parser sees, because that is what
 * will follow them.
 */
#include "base/map.h"

struct arena;
struct notes;

/* The addresses left out of one item or feed: relative without a base, no URL,
 * or of a scheme that runs code.  Each counts once, for lists repeat them. */
struct dropped_links {
    struct arena *a;
    struct map seen;
    size_t n;
    struct str first; /* as it was written, its beginning */
};

/* What it holds lives in A. */
void dropped_links_init(struct dropped_links *d, struct arena *a);
/* ADDRESS was left out; an empty one is none. */
void dropped_link(struct dropped_links *d, struct str address);
/* One note for all of them; none if there are none. */
void dropped_links_note(const struct dropped_links *d, struct notes *notes);

/* BASE if it is http(s), else the empty str: every other base is a trick. */
struct str only_http_base(struct str base);
/*
 * All of these give an address as it was written when that is plain: absolute,
 * http(s), a host of letters, nothing to escape.  Otherwise it is the serialized
 * URL.  Either is read the same way by every program.
 */
/* Where a reader may go: http, https (without tracking parameters), mailto,
 * tel.  Empty when ADDRESS is none of these, or relative without a base. */
struct str link_href(struct arena *a, struct str base, struct str address);
/* The same, http and https only, every parameter kept: media, citations. */
struct str link_media(struct arena *a, struct str base, struct str address);
/* link_media, and data: images in the formats that cannot hold a script. */
struct str link_image(struct arena *a, struct str base, struct str address);
/* link_media for an article: tracking parameters cut. */
struct str link_article(struct arena *a, struct str base, struct str address);
/* An address a feed gives outside its content: also schemes that name things
 * or start other programs (urn, ftp, magnet ...), never one that runs code. */
struct str link_any(struct arena *a, struct str base, struct str address);

/* srcset rebuilt from its good candidates (at most SRCSET_MAX), each with at
 * most one w or x; empty when none is. */
#define SRCSET_MAX 32
struct str link_srcset(struct arena *a, struct str base, struct str srcset);
/* The address of the best candidate, empty if there is none. */
struct str link_srcset_best(struct arena *a, struct str base,
                            struct str srcset);
#endif
