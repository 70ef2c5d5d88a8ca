/*
 * A chain of layers, the one that was applied last first.  gzip may be several
 * members one after the other; deflate is with or without the frame of RFC 1950,
 * since servers do both.
 */
#include "sys/unpack.h"

#define ZLIB_CONST

#include <brotli/decode.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

#include "base/arena.h"

#define LAYERS_MAX 4
#define PIECE      ((size_t)16 << 10)
#define WINDOW_LOG 23 /* RFC 9659, 3: 8 MB */

enum coding { CODING_GZIP, CODING_DEFLATE, CODING_BR, CODING_ZSTD };

static const struct {
    struct str name;
    enum coding coding;
} names[] = {{STR_INIT("gzip"), CODING_GZIP},
             {STR_INIT("x-gzip"), CODING_GZIP},
             {STR_INIT("deflate"), CODING_DEFLATE},
             {STR_INIT("br"), CODING_BR},
             {STR_INIT("zstd"), CODING_ZSTD}};

struct unpacker {
    enum coding coding;
    bool has_begun, is_at_end;
    bool is_over;   /* what is behind the end is none of ours */
    size_t trailer; /* bytes of zlib's frame behind the deflate stream */
    z_stream z;
    BrotliDecoderState *br;
    ZSTD_DStream *zstd;
    struct unpacker *inner; /* what comes out of this one goes there; NULL */
};

void unpacker_free(struct unpacker *u)
{
    while (u != NULL) {
        struct unpacker *inner = u->inner;

        if (u->has_begun && u->coding <= CODING_DEFLATE)
            inflateEnd(&u->z);
        BrotliDecoderDestroyInstance(u->br);
        ZSTD_freeDStream(u->zstd);
        free(u);
        u = inner;
    }
}

/* On top of INNER. */
static struct unpacker *add_layer(struct str name, struct unpacker *inner)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_eq_nocase(name, names[i].name)) {
            struct unpacker *u = heap_alloc(sizeof *u);

            u->coding = names[i].coding;
            u->inner = inner;
            return u;
        }
    return NULL;
}

struct unpacker *unpacker_new(struct str codings)
{
    struct unpacker *u = NULL;
    struct str name;

    for (int n = 0; str_split(&codings, ',', &name); n++) {
        struct unpacker *layer =
            n < LAYERS_MAX ? add_layer(str_trim(name), u) : NULL;

        if (layer == NULL) {
            unpacker_free(u);
            return NULL;
        }
        u = layer;
    }
    return u;
}

/* ---- one step of a layer: from *P to OUT --------------------------------- */

enum step { STEP_OK, STEP_END, STEP_DAMAGED };

/* FIRST is the first byte: only the frame of RFC 1950 has an 8 in its half. */
static bool begin_zlib(struct unpacker *u, unsigned char first)
{
    if (u->coding == CODING_GZIP) {
        u->trailer = 8;
        return inflateInit2(&u->z, MAX_WBITS + 16) == Z_OK;
    }
    if ((first & 15) == 8 && first >> 4 <= 7) {
        u->trailer = 4;
        return inflateInit2(&u->z, MAX_WBITS) == Z_OK;
    }
    return inflateInit2(&u->z, -MAX_WBITS) == Z_OK;
}

static bool begin(struct unpacker *u, unsigned char first)
{
    if (u->coding == CODING_BR) {
        u->br = BrotliDecoderCreateInstance(NULL, NULL, NULL);
        return u->br != NULL;
    }
    if (u->coding == CODING_ZSTD) {
        u->zstd = ZSTD_createDStream();
        return u->zstd != NULL &&
               !ZSTD_isError(ZSTD_DCtx_setParameter(
                   u->zstd, ZSTD_d_windowLogMax, WINDOW_LOG));
    }
    return begin_zlib(u, first);
}

static enum step step_zlib(struct unpacker *u, const unsigned char **p,
                           size_t *n, char *out, size_t *n_out)
{
    int rc;

    u->z.next_in = *p;
    u->z.avail_in = (uInt)*n;
    u->z.next_out = (unsigned char *)out;
    u->z.avail_out = (uInt)PIECE;
    rc = inflate(&u->z, Z_NO_FLUSH);
    *p = u->z.next_in;
    *n = u->z.avail_in;
    *n_out = PIECE - u->z.avail_out;
    if (rc == Z_STREAM_END)
        return STEP_END;
    return rc == Z_OK || rc == Z_BUF_ERROR ? STEP_OK : STEP_DAMAGED;
}

static enum step step_br(struct unpacker *u, const unsigned char **p, size_t *n,
                         char *out, size_t *n_out)
{
    size_t left = PIECE;
    unsigned char *to = (unsigned char *)out;
    BrotliDecoderResult rc =
        BrotliDecoderDecompressStream(u->br, n, p, &left, &to, NULL);

    *n_out = PIECE - left;
    if (rc == BROTLI_DECODER_RESULT_SUCCESS)
        return STEP_END;
    return rc == BROTLI_DECODER_RESULT_ERROR ? STEP_DAMAGED : STEP_OK;
}

static enum step step_zstd(struct unpacker *u, const unsigned char **p,
                           size_t *n, char *out, size_t *n_out)
{
    ZSTD_inBuffer in = {*p, *n, 0};
    ZSTD_outBuffer to = {out, PIECE, 0};
    size_t rc = ZSTD_decompressStream(u->zstd, &to, &in);

    *p += in.pos;
    *n -= in.pos;
    *n_out = to.pos;
    if (ZSTD_isError(rc))
        return STEP_DAMAGED;
    return rc == 0 ? STEP_END : STEP_OK;
}

static enum step step(struct unpacker *u, const unsigned char **p, size_t *n,
                      char *out, size_t *n_out)
{
    switch (u->coding) {
    case CODING_BR:
        return step_br(u, p, n, out, n_out);
    case CODING_ZSTD:
        return step_zstd(u, p, n, out, n_out);
    default:
        return step_zlib(u, p, n, out, n_out);
    }
}

/* ---- the chain ------------------------------------------------------------ */

/* What follows the end at once begins anew when it is of the same kind. */
static bool begins_anew(struct unpacker *u, unsigned char first)
{
    if (!u->is_over && u->coding == CODING_ZSTD && first == 0x28)
        return true;
    if (!u->is_over && u->coding == CODING_GZIP && first == 0x1f &&
        inflateReset(&u->z) == Z_OK)
        return true;
    u->is_over = true;
    return false;
}

bool unpacker_push(struct unpacker *u, const char *bytes, size_t n,
                   unpack_take *take, void *ctx)
{
    const unsigned char *p = (const unsigned char *)bytes;
    char out[PIECE];
    size_t n_out = 0;

    if (n > 0 && !u->has_begun)
        u->has_begun = begin(u, *p);
    if (n > 0 && !u->has_begun)
        return false;
    /* A full piece may have more behind it that is inside already. */
    while (n > 0 || n_out == PIECE) {
        size_t before = n;
        enum step did;

        if (u->is_at_end && (n == 0 || !begins_anew(u, *p)))
            return true;
        did = step(u, &p, &n, out, &n_out);
        if (did == STEP_DAMAGED ||
            (did == STEP_OK && before > 0 && n == before && n_out == 0))
            return false;
        u->is_at_end = did == STEP_END;
        if (n_out > 0 &&
            !(u->inner != NULL ? unpacker_push(u->inner, out, n_out, take, ctx)
                               : take(ctx, out, n_out)))
            return false;
    }
    return true;
}

/*
 * Whether all that U lacks is of the check sum and length behind its deflate stream.
 * Servers forget them, and browsers do not miss them.  zlib, told not to compare,
 * comes to its end by as many zeros as the frame has bytes there; were the stream
 * not over, it would take one of them at least.
 */
static bool lacks_only_trailer(struct unpacker *u)
{
    static const unsigned char zeros[8];
    const unsigned char *p = zeros;
    char out[PIECE];
    size_t n = u->trailer, n_out;

    return n > 0 && inflateValidate(&u->z, 0) == Z_OK &&
           step_zlib(u, &p, &n, out, &n_out) == STEP_END;
}

bool unpacker_end(struct unpacker *u)
{
    for (; u != NULL; u = u->inner) {
        if (!u->is_at_end)
            u->is_at_end = lacks_only_trailer(u);
        if (!u->is_at_end)
            return false;
    }
    return true;
}
