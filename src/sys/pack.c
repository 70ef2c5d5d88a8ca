#include "sys/pack.h"

#include <assert.h>
#include <limits.h>

#define ZLIB_CONST /* next_in points to const */
#include <zlib.h>

#include "base/arena.h"

#define MAX_RATIO 1032 /* of deflate */

struct str pack_bytes(struct arena *a, struct str bytes)
{
    uLongf n = compressBound(bytes.n);
    char *packed = arena_alloc(a, n);
    int code = compress2((Bytef *)packed, &n, (const Bytef *)bytes.p, bytes.n,
                         Z_BEST_SPEED);

    assert(code == Z_OK); /* the room is enough, and memory never ends here */
    (void)code;
    return str_of(packed, n);
}

/* SIZE bytes of what was packed, and with IS_WHOLE no others. */
static bool undo(struct arena *a, struct str packed, size_t size, bool is_whole,
                 struct str *out)
{
    z_stream z = {.next_in = (z_const Bytef *)packed.p,
                  .avail_in = (uInt)packed.n};
    char *bytes;
    int code;

    if (size / MAX_RATIO > packed.n || packed.n > UINT_MAX ||
        size >= UINT_MAX || (bytes = arena_try(a, size + 1)) == NULL ||
        inflateInit(&z) != Z_OK)
        return false;
    z.next_out = (Bytef *)bytes;
    z.avail_out = (uInt)(is_whole ? size + 1 : size);
    do
        code = inflate(&z, Z_NO_FLUSH);
    while (code == Z_OK && z.avail_in > 0 && z.avail_out > 0);
    inflateEnd(&z);
    if (z.total_out != size || (is_whole && code != Z_STREAM_END))
        return false;
    *out = str_of(bytes, size);
    return true;
}

bool pack_undo(struct arena *a, struct str packed, size_t size, struct str *out)
{
    return undo(a, packed, size, true, out);
}

bool pack_head(struct arena *a, struct str packed, size_t size, struct str *out)
{
    return undo(a, packed, size, false, out);
}
