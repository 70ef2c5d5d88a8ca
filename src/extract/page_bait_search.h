#ifndef EXTRACT_PAGE_BAIT_SEARCH_H
#define EXTRACT_PAGE_BAIT_SEARCH_H
/* What is shared by the files that find baits: page_baits.c judges what
 * page_bait_titles.c reads in the page's titles, and finds there again. */
#include "extract/page_baits.h"

/* A part of a title that may be a bait. */
struct candidate {
    struct bait bait;
    uint32_t plain; /* those of its terms that other plain prose has, by bit */
    uint32_t outside;   /* and any other prose */
    size_t heard;       /* texts that say it */
    size_t sentences;   /* foreign ones that say it */
    size_t told;        /* familiar ones with a place for it */
    bool is_beside_own; /* another part of the titles is the article's own */
    bool is_alone;      /* in a line below the title */
    bool asks;          /* in a text that asks for something, or sells it */
    bool is_strung;     /* among phrases without a sentence */
    bool has_company;   /* in a sentence with another one */
    bool is_strange;    /* in one of another language */
};

/* Of the terms of all candidates: whose it is, and the how manieth. */
struct slot {
    uint32_t key;
    uint8_t candidate, nth;
};

struct search {
    struct page_context *ctx;
    const struct tongue *tongue;
    const struct asked *asked; /* of each block */
    struct str titles[1 + BAIT_TITLES];
    size_t n_titles;
    size_t blocks[BAIT_TITLES]; /* those of titles */
    size_t n_blocks;
    struct candidate at[BAITS_MAX];
    size_t n;
    struct slot *slots;   /* key 0: free */
    struct words strange; /* of sentences in other languages */
};

/* ---- page_bait_titles.c ---- */

/* The parts of the page's titles that may be baits. */
void bait_titles_read(struct search *q);
/* True if block I was read as a title, or is a heading of the first rank. */
bool bait_title_is(const struct search *q, size_t i);
/* What stands at the other end of a title with a bait is another one, if the page
 * says nothing of it. */
void bait_titles_tell(const struct search *q, bool is_one[BAITS_MAX]);
/* Keeps those at the ends of titles, and in brackets: what else is inside is of
 * them. */
void bait_titles_keep(const struct search *q, const bool is_one[BAITS_MAX],
                      struct baits *out);
#endif
