#ifndef JUDGE_MATCH_TEXT_H
#define JUDGE_MATCH_TEXT_H
/*
 * A text made ready for looking up terms, and the looking up.  What counts as a
 * match is described in README.md, "What matches".
 */
#include "text/fold.h"

struct arena;

/*
 * The fold key of a text in which paragraphs are separated by one "\n", blanks
 * between two Han characters are gone, other runs of blanks are one, and every
 * hyphen is "-".
 */
struct match_text {
    struct str text;
    struct fold_mark *at; /* from the text to the source */
    size_t n, cap;
    size_t source_n;
    uint64_t *pairs; /* a bit for each pair of neighbours, by hash */
    size_t pair_mask;
};

/* A term as it is looked up: its parts between white space. */
struct pattern {
    struct str *parts;
    size_t n_parts;
    bool whole;  /* must be the whole paragraph (tags, names) */
    bool prefix; /* the last word may go on */
};

/* Makes SOURCE ready in A; FOLD_CASE as in fold_marked. */
void match_text_make(struct arena *a, struct str source, bool fold_case,
                     struct match_text *out);

/* Cuts TERM, as an owner wrote it, into PATTERN's parts, in A.  False when it
 * has no letter or digit, or an empty line in it. */
MUST_CHECK bool pattern_make(struct arena *a, struct str term, bool fold_case,
                             struct pattern *out);

/* The first match in T; *AT and *N are bytes of the source. */
bool match_text_find(const struct match_text *t, const struct pattern *p,
                     size_t *at, size_t *n);
#endif
