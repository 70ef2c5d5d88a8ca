#ifndef EXTRACT_PAGE_TITLE_CLEAN_H
#define EXTRACT_PAGE_TITLE_CLEAN_H
/* The parts of a title, and how titles are compared. */
#include "extract/extract.h"

#define TITLE_MAX_CHARS 300
#define SEGMENTS_MAX    16

struct page_context;

/* What bars and dashes divide a title into. */
struct segments {
    struct str at[SEGMENTS_MAX];
    size_t n;
};

void title_cut(struct str s, struct segments *out);
/* True if TITLE has a bar or dash at one of its ends: "Some Site -". */
bool title_is_half(struct str title);
/* True if LINE is a whole part of the title element, its letters compared. */
bool title_has_part(struct page_context *ctx, struct str line);
/* The letters of a title, folded: for comparing. */
struct str title_letters(struct page_context *ctx, struct str s);
/* True if one of the keys contains the other, and not much more. */
bool title_keys_agree(struct str a, struct str b);
/* True if SEGMENT is the site's name or address. */
bool title_is_site(struct page_context *ctx, struct str segment);
/* The bytes of TITLE before NAME, a site's in a script without blanks, where that
 * ends it: "标题——某网", "标题【某网】", "标题 某网"; all if it does not. */
size_t title_before_name(struct str title, struct str name);
/* The bytes of TITLE that NAME takes at its begin, with the mark behind it; or 0. */
size_t title_after_name(struct str title, struct str name);
/* S without boards and columns that another block of the page names, where they
 * follow the title as steps of a path: "title > board". */
struct str title_without_board(struct page_context *ctx, struct str s);
/* The title element if it is LINE behind a head of few characters and a mark,
 * "预测--LINE", and no block of the page says the head alone, as one would of a
 * column's name; else LINE.  For scripts without blanks. */
struct str title_with_head(struct page_context *ctx, struct str line);
/* What is left of a title element that no heading confirms: without the site,
 * without a last part that is short beside the rest, and of a list of keywords
 * the first. */
struct str title_bare(struct page_context *ctx, struct str s);
#endif
