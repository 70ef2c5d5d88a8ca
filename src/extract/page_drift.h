#ifndef EXTRACT_PAGE_DRIFT_H
#define EXTRACT_PAGE_DRIFT_H
/*
 * How far the words of one part of a page are from those of the next: what tells
 * an article from a section is its words, for sections of one article share their
 * topic words, articles do not.
 */
#include "extract/blocks.h"

struct part {
    struct words even, odd; /* its prose by turns, for comparing */
    uint64_t weight;
    size_t paragraphs;
};

/* An empty part whose words live in A. */
void part_init(struct part *p, struct arena *a);
/* Adds the prose B to the part. */
void part_add(struct part *p, const struct block *b);
/* True if B is prose that counts for a part: likely body, and said once. */
bool part_takes(const struct page_context *ctx, const struct block *b);
/* How often the part has the term with KEY. */
uint32_t part_count(const struct part *p, uint32_t key);
/* How alike two parts are, compared with how alike each is to itself: about 1
 * for halves of one article, near 0 for strangers. */
double part_alike(const struct part *a, const struct part *b);

#endif
