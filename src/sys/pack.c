#include "sys/pack.h"

#include <assert.h>

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

bool pack_undo(struct arena *a, struct str packed, size_t size, struct str *out)
{
    uLongf n = size + 1;
    char *bytes;

    if (size / MAX_RATIO > packed.n)
        return false;
    bytes = arena_alloc(a, size + 1);
    if (uncompress((Bytef *)bytes, &n, (const Bytef *)packed.p, packed.n) !=
            Z_OK ||
        n != size)
        return false;
    *out = str_of(bytes, size);
    return true;
}
