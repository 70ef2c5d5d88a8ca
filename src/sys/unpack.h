#ifndef SYS_UNPACK_H
#define SYS_UNPACK_H
/*
 * Undoes the content codings of HTTP (RFC 9110, 8.4; br of RFC 7932, zstd of RFC
 * 9659) piece by piece, and knows whether what was packed has come to its end: a
 * body that was cut looks like a whole one otherwise.
 */
#include "base/str.h"

/* What unpacker_new knows, as in Accept-Encoding. */
#define UNPACK_CODINGS "deflate, gzip, br, zstd"

struct unpacker;
/* Takes N bytes at P; false ends the unpacking. */
typedef bool unpack_take(void *ctx, const char *p, size_t n);

/* CODINGS is the value of Content-Encoding: the first of the list was applied
 * first.  NULL when one of them is unknown, or there are more than four. */
struct unpacker *unpacker_new(struct str codings);
void unpacker_free(struct unpacker *u);
/* Gives what N more bytes unpack to to TAKE, a piece at a time.  False when they are
 * damaged, or TAKE wants no more.  Bytes behind the end are passed over. */
MUST_CHECK bool unpacker_push(struct unpacker *u, const char *p, size_t n,
                              unpack_take *take, void *ctx);
/* No more will be pushed: whether all that was packed has come out.  The check sum
 * behind it may be missing or cut, in gzip and deflate; a wrong one is damage. */
bool unpacker_end(struct unpacker *u);
#endif
