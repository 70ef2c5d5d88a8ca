#ifndef PUBLISH_WRITERS_H
#define PUBLISH_WRITERS_H
/* The writers of formats.def: each appends a whole file. */
#include "item/edition.h"

struct buf;

#define FORMAT(id, file, mime, write)                                          \
    void write(const struct edition *ed, struct buf *out);
#include "publish/formats.def"
#undef FORMAT
#endif
