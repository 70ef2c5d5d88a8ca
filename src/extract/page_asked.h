#ifndef EXTRACT_PAGE_ASKED_H
#define EXTRACT_PAGE_ASKED_H
/* What a text asks for, counted by text/offer.h. */
#include "extract/blocks.h"
#include "text/offer.h"

struct asked {
    size_t trades, fields, calls, contacts;
    size_t addressed; /* sentences to the reader */
    bool has_address;
    bool holds_key; /* what the page is spread with is in it */
    bool has_key;   /* and it is of its kind (page_baits.c) */
    uint8_t tongue; /* enum tongue_of, once it was asked */
    bool has_spam;  /* words that spam of the page has, and its prose has not */
};

/* What TEXT asks for.  O is used for counting. */
void asked_read(struct page_context *ctx, struct offers *o, struct str text,
                struct asked *out);
/* True if a text has signs that are rare in prose. */
bool asked_is_strong(const struct asked *of);
/* How many signs of an offer there are; the rare ones count twice. */
size_t asked_signs(const struct asked *of);
#endif
