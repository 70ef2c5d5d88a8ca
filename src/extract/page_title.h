#ifndef EXTRACT_PAGE_TITLE_H
#define EXTRACT_PAGE_TITLE_H
/* The title of an article, without what sites add to it. */
#include "extract/fields.h"

/* Bytes at the front of a title line that are not the title: "SITE 2024年11月14日
 * 发布：", 0 if there are none. */
size_t title_prefix_end(struct page_context *ctx, struct str line);
/* S without site name, section and search-engine bait at its ends. */
struct str title_clean(struct page_context *ctx, struct str s);
/* What the page calls itself: declared, or the part of its title that it uses
 * as its name elsewhere.  Empty if it does not say. */
struct str title_site_name(struct page_context *ctx);
/* True if a link to the home page says the site's name, or the address does. */
bool title_site_is_linked(struct page_context *ctx);
/* True if what the page says of itself is said of DRAFT: it is the only article,
 * or its title is the page's. */
bool page_speaks_for(struct page_context *ctx, const struct draft *draft);
/* The text of a heading's block without kicker and ruby (page_heading.c). */
struct str heading_title(struct page_context *ctx, const struct block *b);
/* The last element of a heading, or the last but for links, if its letters are
 * KEY (as title_letters makes them); else empty (page_heading.c).  In CTX->a. */
struct str heading_part(struct page_context *ctx, const struct block *b,
                        struct str key);
/* True if the heading is the last step of a path of links ("Home > Sport > …"):
 * search engines are meant to read it there, and the headline that readers see
 * is another heading below (page_heading.c). */
bool heading_is_crumb(const struct page_context *ctx, const struct block *b);
/* Fills title and its confidence; sets SPAN's title to the block that says it,
 * if one does. */
void title_find(struct page_context *ctx, struct article_span *span,
                struct draft *draft);
#endif
