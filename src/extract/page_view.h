#ifndef EXTRACT_PAGE_VIEW_H
#define EXTRACT_PAGE_VIEW_H
/*
 * A page as the judge of bodies looks at it: sums over its elements, candidate
 * bodies, what stands in it twice, and what its words have in common with the
 * article's.  page_features.c makes each block's row of features of it.
 */
#include "extract/blocks.h"
#include "extract/page_words.h"

struct sums {
    uint64_t weight, links, prose;
};

/* Blocks of one make: same tags and classes, their own and their parent's. */
struct style {
    uint32_t n;
    uint64_t weight, links, prose;
    uint64_t core; /* prose of the core (see below) */
};

/* What is known of the terms of a block.  "Long" ones have four letters and
 * more, and say what a text is about. */
struct term_counts {
    uint32_t all, in_prose; /* and those the page's other prose has */
    uint32_t topic, in_topic;
    uint32_t longer, in_core;
};

/* What shows besides text. */
enum thing { THING_PICTURE, THING_TIME, THING_CONTROL, THINGS };

struct things {
    uint32_t n[THINGS];
};

struct view {
    struct page_context *ctx;
    const struct page_tree *t;
    const struct node_mark *marks;
    struct block *at;
    size_t n;
    uint32_t *before; /* [node]: blocks that begin before it */
    struct sums *sum; /* [block]: of the blocks before it */
    uint32_t *style_of;
    struct style *styles;
    uint32_t *times; /* [block]: how often its text stands on the page */
    uint32_t class_best, article_best, main_best, score_best;
    size_t run_first, run_end;
    size_t title, h1;      /* blocks; NO_BLOCK */
    uint32_t title_region; /* smallest element with title and some prose */
    uint64_t title_prose;  /* in it, behind the title */
    size_t articles;
    float is_article;          /* 1 by JSON-LD, 2 by og:type, 3 by both */
    struct words prose;        /* the words of all prose */
    struct words topic;        /* of title and description */
    struct words data;         /* of a body given as data; empty without one */
    uint64_t commented, plain; /* prose in comments; in no doubtful class */
    struct str description;
    size_t describes; /* the block the description is taken from */
    uint32_t *twins;  /* [node]: siblings with the same tag and class */
    float *repeated;  /* [block]: share of sentences other blocks have too */
    float *copied;    /* [block]: share of those that blocks before it have */
    /* The core: prose that is the article's if anything is. */
    struct words core;
    size_t core_first, core_end;
    uint64_t *core_prose; /* [block]: weight of its prose before the block */
    /* Prose of the make that most of the core has. */
    uint64_t *core_styled;     /* [block]: its weight before the block */
    uint32_t *core_gap;        /* [block]: blocks since or till the nearest */
    struct term_counts *terms; /* [block]: of the blocks before it */
    struct str author;         /* who the head says wrote it; may be empty */
    struct things *things;     /* [node]: what stands before it */
};

/* Fills *V; everything it points to is in CTX's arena. */
void view_make(struct page_context *ctx, struct view *v);
/* What the blocks of node I's subtree hold, and how many they are. */
struct sums view_sums(const struct view *v, uint32_t i);
uint32_t view_blocks(const struct view *v, uint32_t i);
/* The innermost element around CONTAINER that has two twins at least and more
 * than one block: a card of a row of cards, mostly.  0 without one. */
uint32_t view_card(const struct view *v, uint32_t container);
/* True for prose that is mostly no link and not hidden. */
bool view_is_prose(const struct block *b);

static inline uint32_t weight_of(const struct block *b)
{
    return shape_weight(&b->shape);
}

static inline float share(uint64_t part, uint64_t whole)
{
    return whole == 0 ? 0 : (float)part / (float)whole;
}

static inline float link_share(const struct block *b)
{
    return share(b->link_chars, b->chars);
}
#endif
