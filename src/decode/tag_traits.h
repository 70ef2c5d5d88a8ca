#ifndef DECODE_TAG_TRAITS_H
#define DECODE_TAG_TRAITS_H
/* What the parsers of this folder know of an element; the rows are tag.def. */
#include "decode/node.h"

enum tag_trait {
    VOID = 1,    /* has no content */
    BLOCK = 2,   /* begins a new line of text */
    RAW = 4,     /* holds text and no markup */
    FORMAT = 8,  /* reopened by HTML parsers when left unclosed */
    LOOSE = 16,  /* its end tag is optional */
    SILENT = 32, /* holds nothing that a reader sees as text */
};

bool tag_has(enum tag tag, unsigned traits);
/* The same as tag_by_name, for a name in any case. */
enum tag tag_by_any_case(struct str name);
#endif
