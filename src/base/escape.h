#ifndef BASE_ESCAPE_H
#define BASE_ESCAPE_H
/*
 * Character data of XML and HTML, escaped as it is written.  What is_publishable
 * refuses is dropped, so that nobody can write a file that an XML parser rejects.
 * And a scalar of YAML.
 */
#include "base/str.h"

struct buf;

/* & < > escaped, and CR, which a parser would turn into LF. */
void escape_text(struct buf *b, struct str s);
/* The same, and " TAB LF, for a value in double quotes. */
void escape_attr(struct buf *b, struct str s);
/* S in double quotes, on one line, which means the same in YAML's block and flow
 * style; controls become blanks. */
void escape_yaml(struct buf *b, struct str s);
#endif
