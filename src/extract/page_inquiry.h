#ifndef EXTRACT_PAGE_INQUIRY_H
#define EXTRACT_PAGE_INQUIRY_H
/*
 * What the witnesses of a byline say, and to whom: page_byline.c puts the
 * questions and judges, page_byline_lines.c, page_byline_text.c,
 * page_byline_said.c, page_byline_claims.c and page_owner.c answer.
 */
#include "extract/fields.h"
#include "extract/page_names.h"

#define HEAD_BLOCKS 24  /* of the page, before the text */
#define LINE_CHARS  160 /* longer ones are no bylines */
#define TAIL_BLOCKS 16  /* behind the text */
#define BESIDE_MAX  3   /* names without a label */

enum place { PLACE_HEAD, PLACE_INNER, PLACE_TAIL, PLACES };

/* What the lines of one place say. */
struct place_facts {
    struct names authors;
    size_t bylines; /* in how many lines they were named first */
    struct str editor, source, source_id, outlet;
    struct str beside_date; /* a short text that no label is for */
    bool is_admin;
};

struct inquiry {
    struct page_context *ctx;
    const struct article_span *span;
    struct draft *draft;
    struct place_facts at[PLACES];
    struct names dateline, signoff, jsonld, meta, claims;
    struct names opening;     /* a name alone above the first sentence */
    struct names beside_date; /* a name without a label, with the date */
    struct names twice;       /* one that the page gives twice */
    struct names box;         /* in a box about the author behind the text */
    struct names owner;       /* whose site it is, by name, head or foot */
    struct str claimed_source;
    /* Under which it was written, by an element or a button. */
    struct str account;
    struct str bio; /* a line about a person */
    bool page_speaks, is_account;
};

/* ---- page_byline_lines.c, page_byline_text.c: what readers see ---- */

/* The lines of the head, at the text and behind it: at[], bio, beside_date. */
void byline_ask_lines(struct inquiry *q);
/* The first and last paragraphs and what follows: dateline, opening, signoff,
 * box. */
void byline_ask_text(struct inquiry *q);
/* A text that may be an outlet's name: short, one word, nobody's own name. */
bool byline_is_outlet(struct str s);
/* True if a line that says F gives the day, and beside it nothing, a person's name
 * or that of an outlet. */
bool byline_is_at_date(const struct page_context *ctx,
                       const struct line_facts *f);
/* "Tide Tables Explained", and in the next line "by Jane Roe": block I, above the
 * title, signs a teaser of another article. */
bool byline_signs_teaser(struct inquiry *q, size_t i);
/* ---- page_byline_twice.c ---- */

/* twice: block I if it is a name that its link's address or its picture has. */
void byline_ask_twice(struct inquiry *q, size_t i);
/* TEXT is a part of the path, marks and case apart. */
bool byline_is_in_address(struct str href, struct str text);

/* Adds what a line names as authors. */
void byline_merge(struct arena *a, struct names *to,
                  const struct persons *from);

/* ---- page_byline_said.c, page_byline_claims.c: what is declared ---- */

/* JSON-LD, meta elements and elements that say author or source. */
void byline_ask_declared(struct inquiry *q);
/* Of these the elements: claims, claimed_source, account. */
void byline_ask_claims(struct inquiry *q);
/* True if NAME is the site's own, by what the page says of itself. */
bool byline_is_site(struct inquiry *q, struct str name);

/* ---- page_owner.c ---- */

/* Whose site it is, if a person's. */
void byline_ask_owner(struct inquiry *q);

/* ---- page_byline_sure.c ---- */

/* How sure the authors of the draft are, 0 to 1. */
float byline_sure(struct inquiry *q);
#endif
