#define ZLIB_CONST
#include "sys/gzip.h"

#include <zlib.h>

#include "base/buf.h"
#include "base/error.h"

#define WINDOW_BITS (15 + 16) /* the largest, and a head of gzip's */
#define MEM_LEVEL   9
#define OS_UNKNOWN  255
#define PIECE       ((size_t)64 << 10)

static bool deflate_all(z_stream *z, struct str bytes, struct buf *out)
{
    int code = Z_OK;

    while (code != Z_STREAM_END) {
        size_t take = bytes.n < PIECE ? bytes.n : PIECE;
        char *room = buf_room(out, PIECE);

        if (room == NULL)
            return false;
        if (z->avail_in == 0) {
            z->next_in = (const Bytef *)bytes.p;
            z->avail_in = (uInt)take;
            bytes = str_from(bytes, take);
        }
        z->next_out = (Bytef *)room;
        z->avail_out = (uInt)PIECE;
        code = deflate(z, bytes.n == 0 ? Z_FINISH : Z_NO_FLUSH);
        out->n += PIECE - z->avail_out;
    }
    return true;
}

bool gzip_pack(struct str bytes, struct buf *out, struct error *err)
{
    gz_header head = {.os = OS_UNKNOWN};
    z_stream z = {0};
    bool ok;

    if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, WINDOW_BITS, MEM_LEVEL,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        return error_set(err, ERR_LIMIT, "zlib has no memory");
    ok = deflateSetHeader(&z, &head) == Z_OK && deflate_all(&z, bytes, out);
    deflateEnd(&z);
    return ok ||
           error_set(err, ERR_LIMIT,
                     "compressed it would be larger than %zu bytes", out->max);
}
