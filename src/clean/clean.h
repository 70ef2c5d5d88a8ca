#ifndef CLEAN_CLEAN_H
#define CLEAN_CLEAN_H
/*
 * Drafts become items; nothing else makes a struct item.  The policy is
 * README.md of this folder: content is rebuilt by allow-list from a parsed
 * tree, never by deleting from source text; addresses are made absolute and
 * checked; every other field becomes plain text.
 */
#include "item/item.h"

struct arena;

struct clean_hints {
    struct str url; /* document's address: base when the draft has none */
    /* source->id, for item_key.  An entry of such that names no language gets its
     * feed's, unless its text is in another; empty: it has what it says. */
    struct str source_id;
};

/* *OUT and all it points to live in A. */
void item_clean(struct arena *a, const struct draft *draft,
                const struct clean_hints *hints, struct item *out);
/* Adds the body of PART, a further page of the same article, to ITEM. */
void item_append(struct arena *a, struct item *item, const struct item *part);
void feed_clean(struct arena *a, const struct feed_info *feed,
                const struct clean_hints *hints, struct safe_feed_info *out);

/* The sanitizer alone: HTML of a stranger to HTML that is safe to publish, and
 * its plain text (TEXT may be NULL).  BASE may be empty: relative links go. */
struct str html_sanitize(struct arena *a, struct str html, struct str base,
                         struct notes *notes, struct str *text);
/* Markup or text of a stranger to one line of plain text. */
struct str text_to_line(struct arena *a, const struct text *t);
#endif
