#ifndef EXTRACT_PAGE_COUNTED_H
#define EXTRACT_PAGE_COUNTED_H
/*
 * Labels that count what stands on a page: "Story 2", "Recommended3", 文章一,
 * 第二篇.  What they count, articles, steps or pictures, is for the caller to find
 * out.
 */
#include "extract/blocks.h"

/* A number with the letters before it, as one of several readings: without
 * blanks between words nobody knows where the label begins. */
struct numbered {
    uint64_t key; /* hash of the letters */
    uint32_t chars;
    uint32_t number;
    size_t block, from, behind; /* bytes of the block: label, what follows */
    bool is_article;            /* it counts articles: 第一篇 */
};

struct numbereds {
    struct numbered *at;
    size_t n, cap;
};

/* All readings of all labels of the page, sorted so that those of one label are
 * together. */
void counted_find(const struct page_context *ctx, struct numbereds *out);
/* The group of readings that counts furthest, of equals the one with the longest
 * label, among those that share no label with KNOWN: OF->at[*FIRST] and the
 * *N - 1 behind it, two at least; *N is 0 when there is none. */
void counted_group(struct numbereds *of, const struct numbereds *known,
                   size_t *first, size_t *n);
#endif
