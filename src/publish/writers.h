#ifndef PUBLISH_WRITERS_H
#define PUBLISH_WRITERS_H
/* The writers of formats.def: each appends a whole file. */
#include "publish/publish.h"

struct buf;

#define FORMAT(id, name, file, mime, write)                                    \
    void write(const struct edition *ed, struct buf *out, struct span *spans);
#include "publish/formats.def"
#undef FORMAT
void write_atom_archive(const struct archive_page *page, struct buf *out);
void write_rss_archive(const struct archive_page *page, struct buf *out);
#endif
