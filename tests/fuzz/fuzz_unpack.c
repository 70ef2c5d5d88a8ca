/*
 * Packed bodies, whole, cut, damaged and bombs.  The first byte of the input says
 * which codings, the second how large the pieces are; the rest is the body.  However
 * it is cut into pieces, the same comes out of it, up to where the taker has enough.
 */
#include <string.h>

#include "base/hash.h"
#include "fuzz/fuzz.h"
#include "sys/unpack.h"

#define ENOUGH ((size_t)4 << 20) /* bytes */

static const char *const codings[] = {"gzip",       "deflate",    "br",
                                      "zstd",       "gzip, gzip", "deflate, br",
                                      "zstd, gzip", "x-gzip,GZIP"};

struct taken {
    size_t n;
    struct hash128 hash; /* of all before, in pieces of its own */
    char piece[1 << 12];
    size_t n_piece;
};

static void end_piece(struct taken *t)
{
    struct hash128 both[2] = {t->hash, hash128(str_of(t->piece, t->n_piece))};

    t->hash = hash128(str_of((const char *)both, sizeof both));
    t->n_piece = 0;
}

static bool take(void *ctx, const char *p, size_t n)
{
    struct taken *t = ctx;

    if (n > ENOUGH - t->n)
        n = ENOUGH - t->n;
    t->n += n;
    while (n > 0) {
        size_t room = sizeof t->piece - t->n_piece, part = n < room ? n : room;

        memcpy(t->piece + t->n_piece, p, part);
        t->n_piece += part;
        p += part;
        n -= part;
        if (t->n_piece == sizeof t->piece)
            end_piece(t);
    }
    return t->n < ENOUGH;
}

/* Whether PACKED came whole, in pieces of STEP. */
static bool unpack(const char *names, struct str packed, size_t step,
                   struct taken *t)
{
    struct unpacker *u = unpacker_new(str_from_c(names));
    bool ok = true;

    fuzz_want(u != NULL, "a coding that is not known");
    memset(t, 0, sizeof *t);
    for (size_t i = 0; ok && i < packed.n; i += step) {
        struct str piece = str_slice(packed, i, i + step);

        ok = unpacker_push(u, piece.p, piece.n, take, t);
    }
    ok = ok && unpacker_end(u);
    unpacker_free(u);
    end_piece(t);
    return ok;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct str packed = fuzz_str(data, n);
    static struct taken all, parts;
    const char *names;
    bool is_whole, is_whole_too;
    size_t step;

    if (n < 2)
        return 0;
    names = codings[data[0] % (sizeof codings / sizeof codings[0])];
    step = (size_t)data[1] + 1;
    packed = str_from(packed, 2);
    is_whole = unpack(names, packed, packed.n + 1, &all);
    is_whole_too = unpack(names, packed, step, &parts);
    fuzz_want(is_whole == is_whole_too, "whole in one piece, and cut in many");
    fuzz_want(!is_whole ||
                  (all.n == parts.n && hash128_eq(all.hash, parts.hash)),
              "other bytes in other pieces");
    return 0;
}
