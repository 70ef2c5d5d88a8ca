#ifndef PUBLISH_MARKUP_H
#define PUBLISH_MARKUP_H
/* Elements and attributes of XML and HTML, escaped by base/escape.h. */
#include "base/str.h"

struct buf;

void markup_text(struct buf *b, struct str s);
/* ` name="value"`, white space kept by references; nothing if S is empty. */
void markup_attr(struct buf *b, struct str name, struct str s);
/* `<name>text</name>` after INDENT blanks, and a line feed; nothing if S is
 * empty. */
void markup_element(struct buf *b, int indent, struct str name, struct str s);
/* The first lines of a feed; STYLESHEET is the way to feed.css from there. */
void markup_xml(struct buf *b, struct str stylesheet);
void markup_indent(struct buf *b, int indent);

/* What the formats demand of values: an absolute IRI (RFC 3987), a media type
 * (x/y), a language tag (RFC 5646 by its shape), a mail address (x@y).  Each
 * gives S when it fits, else the empty str. */
struct str only_iri(struct str s);
struct str only_mime(struct str s);
struct str only_language(struct str s);
struct str only_email(struct str s);
#endif
