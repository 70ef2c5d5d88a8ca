#ifndef EXTRACT_PAGE_NUMBER_H
#define EXTRACT_PAGE_NUMBER_H
/* Addresses of the pages of one article: a.html, a_2.html, a_3.html. */
#include "base/str.h"

struct arena;

struct page_step {
    int from, to; /* page numbers in the addresses; from is 0 without one */
    bool is_said; /* a word says that it is a page's number: page=2, /page/2 */
};

/* True if NEXT is the address of BASE but for a page number, and that of the
 * page behind it: 2 (or 1, where counting begins with 0) when BASE has none,
 * else one more.  Both are absolute. */
bool page_follows(struct arena *a, struct str base, struct str next,
                  struct page_step *step);
/* True if FIRST is the address of BASE without its page number, or with 1. */
bool page_is_first(struct arena *a, struct str base, struct str first);
#endif
