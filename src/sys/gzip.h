#ifndef SYS_GZIP_H
#define SYS_GZIP_H
#include "base/str.h"

struct buf;
struct error;

/* Appends BYTES to OUT as a gzip file (RFC 1952) at the best level, without
 * name, time or system: the same bytes give the same file, as long as zlib is
 * the same.  ERR_LIMIT when OUT is full. */
MUST_CHECK bool gzip_pack(struct str bytes, struct buf *out, struct error *err);
#endif
