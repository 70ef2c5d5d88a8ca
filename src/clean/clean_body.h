#ifndef CLEAN_CLEAN_BODY_H
#define CLEAN_CLEAN_BODY_H
/* The body of a draft, whatever its kind, as HTML and text that are safe. */
#include "clean/sanitize.h"
#include "item/item.h"

struct arena;

/* HTML of a stranger.  BASE is http(s) or empty.  Links that go are counted in
 * DROPPED; the caller makes the note. */
struct sanitized sanitize_html(struct arena *a, struct str html,
                               struct str base, struct notes *notes,
                               struct dropped_links *dropped);
/* The same without notes, and elements with nothing to see in them stay. */
struct sanitized sanitize_all(struct arena *a, struct str html,
                              struct str base);
/* Plain text: paragraphs become p (or h2 to h4 as HEADING says; it may be NULL),
 * single line ends br. */
struct sanitized sanitize_plain(struct arena *a, struct str text,
                                const unsigned char *heading, size_t n_heading);
struct sanitized sanitize_body(struct arena *a, const struct draft_body *body,
                               struct str base, struct notes *notes,
                               struct dropped_links *dropped);
#endif
