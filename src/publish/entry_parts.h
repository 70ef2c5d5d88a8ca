#ifndef PUBLISH_ENTRY_PARTS_H
#define PUBLISH_ENTRY_PARTS_H
/* What every format shows of an entry: decided once, so that they agree. */
#include "item/edition.h"

struct buf;

/* The article's address, http(s) only; may be empty. */
struct str entry_url(const struct entry *e);
/* The latest known of updated and published. */
struct when entry_updated(const struct entry *e);
/* The name to credit when the article names no author: the source's, else the
 * desk's.  Never empty as long as the edition has an author or a title. */
struct str entry_credit(const struct edition *ed, const struct entry *e);
/* The edition's title, or the topic's id; its author, or the title. */
struct str edition_title(const struct edition *ed);
struct str edition_author(const struct edition *ed);
/* True if the article is to be read from right to left: readers take that from
 * no language, feed formats have no word for it, so the HTML says it. */
bool entry_is_rtl(const struct entry *e);
/* Appends the summary as a paragraph of HTML; nothing without one. */
void entry_summary(const struct entry *e, struct buf *out);
/*
 * Appends what readers read, as HTML: the whole article, or the summary and a
 * link to it where only an excerpt may be published; then the line that names
 * the others who reported it.
 */
void entry_html(const struct edition *ed, const struct entry *e,
                struct buf *out);
/* True if readers can be told of changes: a hub knows a feed by its address. */
bool edition_has_hub(const struct edition *ed);
/* Appends the address of a file of this topic; nothing without
 * a base_url. */
void edition_address(const struct edition *ed, struct str file,
                     struct buf *out);
/* Appends an RFC 3339 moment; of an unknown one the beginning of 1970. */
void add_rfc3339(struct buf *out, struct when w);
#endif
