#ifndef PUBLISH_HTML_PAGE_H
#define PUBLISH_HTML_PAGE_H
/*
 * The frame of our own pages: readable without scripts, in light and dark, and
 * closed to everything active by a content security policy, should anything
 * ever slip through the sanitizer.
 */
#include "base/str.h"

struct buf;

/* Up to and with <head>'s own lines; the caller may add <link>s and then calls
 * page_open_body. */
void page_begin(struct buf *out, struct str title, struct str language);
void page_open_body(struct buf *out);

/* What search engines and whoever is shown a link to the page learn of it, as
 * description and Open Graph.  Empty parts are left out; addresses are absolute. */
struct page_card {
    struct str title, description, site;
    struct str url;   /* the page's own; canonical */
    struct str image; /* that stands for it */
};
/* To be called between page_begin and page_open_body. */
void page_add_card(struct buf *out, const struct page_card *card);
void page_end(struct buf *out);
/* "2024-11-14 08:30" in the moment's own zone, inside <time>. */
struct when;
void page_time(struct buf *out, const struct when *w);
#endif
