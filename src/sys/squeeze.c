#include "sys/squeeze.h"

#include <assert.h>
#include <stdlib.h>
#include <zstd.h>

#include "base/arena.h"
#include "base/buf.h"

#define LEVEL 1
/* A table that stays in the nearest cache: of entries a hundredth is not found any
 * more, in six sevenths of the time. */
#define HASH_BITS 12

/* Kept for the next text. */
#define ROOM_KEPT ((size_t)1 << 20)

struct squeezer {
    ZSTD_CCtx *in;
    ZSTD_DCtx *out;
    struct buf room; /* for what is packed, until it is known how long it is */
};

struct squeezer *squeezer_new(void)
{
    struct squeezer *z = heap_alloc(sizeof *z);

    *z = (struct squeezer){ZSTD_createCCtx(), ZSTD_createDCtx(), {0}};
    buf_init(&z->room, SIZE_MAX);
    if (z->in == NULL || z->out == NULL)
        abort(); /* memory has ended */
    ZSTD_CCtx_setParameter(z->in, ZSTD_c_compressionLevel, LEVEL);
    ZSTD_CCtx_setParameter(z->in, ZSTD_c_hashLog, HASH_BITS);
    ZSTD_CCtx_setParameter(z->in, ZSTD_c_checksumFlag, 1);
    return z;
}

void squeezer_free(struct squeezer *z)
{
    if (z == NULL)
        return;
    ZSTD_freeCCtx(z->in);
    ZSTD_freeDCtx(z->out);
    buf_done(&z->room);
    free(z);
}

struct str squeeze(struct squeezer *z, struct arena *a, struct str bytes)
{
    size_t room = ZSTD_compressBound(bytes.n), n;
    struct str packed;

    if (room > z->room.cap) {
        buf_done(&z->room);
        (void)buf_room(&z->room, room);
    }
    n = ZSTD_compress2(z->in, z->room.p, room, bytes.p, bytes.n);
    assert(!ZSTD_isError(n)); /* the room is enough */
    packed = arena_str(a, str_of(z->room.p, n));
    if (z->room.cap > ROOM_KEPT)
        buf_done(&z->room);
    return packed;
}

bool unsqueeze(struct squeezer *z, struct arena *a, struct str packed,
               size_t size, struct str *out)
{
    char *bytes;

    if (ZSTD_getFrameContentSize(packed.p, packed.n) != size ||
        (bytes = arena_try(a, size + 1)) == NULL ||
        ZSTD_decompressDCtx(z->out, bytes, size, packed.p, packed.n) != size)
        return false;
    bytes[size] = '\0';
    *out = str_of(bytes, size);
    return true;
}

bool unsqueeze_head(struct squeezer *z, struct arena *a, struct str packed,
                    size_t size, struct str *out)
{
    unsigned long long whole = ZSTD_getFrameContentSize(packed.p, packed.n);
    ZSTD_inBuffer in = {packed.p, packed.n, 0};
    ZSTD_outBuffer head = {NULL, size, 0};
    char *bytes;
    size_t left;

    if (whole >= ZSTD_CONTENTSIZE_ERROR || whole < size ||
        (bytes = arena_try(a, size + 1)) == NULL)
        return false;
    head.dst = bytes;
    ZSTD_DCtx_reset(z->out, ZSTD_reset_session_only);
    do
        left = ZSTD_decompressStream(z->out, &head, &in);
    while (!ZSTD_isError(left) && left > 0 && head.pos < size &&
           in.pos < in.size);
    ZSTD_DCtx_reset(z->out, ZSTD_reset_session_only);
    if (ZSTD_isError(left) || head.pos < size)
        return false;
    bytes[size] = '\0';
    *out = str_of(bytes, size);
    return true;
}

bool is_squeezed(struct str packed)
{
    return str_starts(packed, STR("\x28\xB5\x2F\xFD"));
}
