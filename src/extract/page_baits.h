#ifndef EXTRACT_PAGE_BAITS_H
#define EXTRACT_PAGE_BAITS_H
/*
 * The key words a stolen article is spread with (page_baits.c): parts of the
 * page's titles that its article does not know and its spam repeats.
 */
#include "extract/page_asked.h"
#include "extract/page_tongue.h"
#include "extract/page_words.h"

#define BAITS_MAX     12
#define BAIT_TITLES   4
#define BAIT_KEYS_MAX 32 /* bits of a word */

struct bait {
    struct str text;
    uint32_t keys[BAIT_KEYS_MAX]; /* its terms, each once */
    size_t n;
    bool is_string; /* it may be several key words, of which a text says one */
};

struct baits {
    struct bait at[BAITS_MAX];
    size_t n;
    bool may_have[256];         /* by the last bits of a term */
    size_t titles[BAIT_TITLES]; /* the blocks that were read as titles */
    size_t n_titles;
};

/* Finds the baits of the page, for ctx->baits, takes them off the titles that its
 * head declares, and tells in ASKED, what each block asks for, which ones say
 * them.  O is used for counting. */
void baits_find(struct page_context *ctx, struct offers *o,
                const struct tongue *tongue, struct asked *asked);
/* True if block I is a title that baits may stand in. */
bool baits_in_title(const struct page_context *ctx, size_t i);
/* ---- page_bait_text.c ---- */

/* The next part of TITLE from byte *AT on, trimmed, up to a mark that parts it;
 * false at the end. */
bool bait_part_next(struct str title, size_t *at, struct str *out);
/* The first terms of TEXT, each once, in *OUT; false if they are too few. */
bool bait_read(struct page_context *ctx, struct str text, struct bait *out);
/* How many terms of a bait the bits HITS are. */
size_t bait_terms_in(uint32_t hits);
/* True if a text says B that has the terms HITS of it, by bit. */
bool bait_is_said(const struct bait *b, uint32_t hits);
/* The same, or B is a string of key words, and two neighbours are among them. */
bool bait_is_named(const struct bait *b, uint32_t hits);
/* True if TERMS name a bait. */
bool baits_said(const struct page_context *ctx, struct terms terms);
/* TERMS without those of baits, in CTX->a. */
struct terms baits_less(const struct page_context *ctx, struct terms terms);
/* True if brackets are around PART, a slice of TITLE: the bytes [*FROM, *END) with
 * them and one of the blanks around. */
bool bait_in_brackets(struct str title, struct str part, size_t *from,
                      size_t *end);
/* TITLE without baits at its ends and the marks that part them from it, and without
 * those in brackets; empty if it is nothing else. */
struct str baits_off(struct page_context *ctx, struct str title);
/* What the head says goes on without baits.  The site's name may stand beside one
 * only. */
void baits_clear_meta(struct page_context *ctx);
/* True if the N bytes from byte AT on, a bait, begin or end a sentence of TEXT or
 * stand between two marks: it has no place for it. */
bool bait_is_apart(struct str text, size_t at, size_t n);
/* TEXT without the baits in it, if each is apart; else TEXT, and if it is long. */
struct str baits_out(const struct page_context *ctx, struct str text);
/* True if a bait stands in TEXT word for word from byte *AT on; the first of them
 * is the bytes [*AT, *END). */
bool bait_next(const struct page_context *ctx, struct str text, size_t *at,
               size_t *end);
#endif
