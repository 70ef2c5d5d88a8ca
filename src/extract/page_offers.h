#ifndef EXTRACT_PAGE_OFFERS_H
#define EXTRACT_PAGE_OFFERS_H
/*
 * Spam told in sentences: between the paragraphs of an article (page_offers.c)
 * and in them (page_inserts.c).
 */
#include "extract/page_core.h"

/* Points from which one more of its kind is less of a surprise. */
#define OFFER_OF_KIND 45

/* True if what is asked for allows to be judged by the company it is in. */
bool asked_is_of_kind(const struct core *core, const struct asked *of);
/* How much TEXT with its TERMS is a foreign offer; 0 if the core knows its terms,
 * AT_LEAST times each.  Tells OF whether it is in another language. */
int offer_points(const struct core *core, struct str text, struct terms terms,
                 uint32_t at_least, struct asked *of);

/* The points for OTHERS of its kind on the page. */
int offer_company(size_t others);
/* The points that make an offer of what asks for OF, among so many. */
int offer_enough(size_t others, const struct asked *of);

/* Marks the paragraphs ROLE_CHAFF that offer something the page's prose does not
 * speak of, and takes such sentences and links out of the others; what is chaff
 * already is witness.  How many of them were likely body. */
size_t offers_mark(struct page_context *ctx);
#endif
