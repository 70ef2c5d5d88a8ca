#ifndef CONFIG_YAML_LINES_H
#define CONFIG_YAML_LINES_H
/*
 * Places in the text of an owner's file, for commands that put a line in or take
 * one out and leave all else byte for byte.  Offsets are in bytes of TEXT.
 */
#include <yaml.h>

#include "base/buf.h"

/* Parses TEXT, which must be one document; end *DOC with yaml_document_delete. */
bool lines_parse(struct str text, yaml_document_t *doc);

/* Where line LINE, from 0, begins; the text's end when there are fewer. */
size_t lines_at(struct str text, size_t line);
/* Where the line ends that AT is in, behind its line break. */
size_t lines_end(struct str text, size_t at);
size_t lines_offset(struct str text, yaml_mark_t mark);
/* The line of the dash of an element of a block list; *DASH is its column. */
size_t lines_dash(struct str text, const yaml_node_t *node, size_t *dash);
/* The end of the element whose dash stands at column DASH of the line AT: after
 * its last line that says something. */
size_t lines_element_end(struct str text, size_t at, size_t dash);
/* The line break that TEXT is written with. */
struct str lines_eol(struct str text);

void lines_add_indent(struct buf *b, size_t n);
/* The text up to AT, ended as a line. */
void lines_add_head(struct buf *b, struct str text, size_t at);
/* TEXT with ELEMENT at the end of LIST, which is written between [ and ]. */
void lines_add_flow(struct buf *b, struct str text, const yaml_node_t *list,
                    struct str element);
#endif
