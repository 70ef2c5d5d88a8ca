#ifndef EXTRACT_PAGE_TEASERS_H
#define EXTRACT_PAGE_TEASERS_H
/*
 * Teasers of other articles that the model of page_model.c took for text, for
 * each by itself reads like a paragraph.  What tells them is the row they stand
 * in.
 */
struct view;

/*
 * Makes unlikely the text of
 *
 *   cards of a row of three and more with headings that are links, when these
 *   headings are mostly unlikely and sure prose stands before;
 *   three and more items of a list above the title that begin with a link and
 *   go on in prose.
 */
void teasers_lower(const struct view *v);
#endif
