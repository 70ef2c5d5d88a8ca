#include "base/hash.h"

#include <stdio.h>
/* Most of what is hashed are a few bytes, and a call into the library costs more
 * than that. */
#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t hash64(struct str s)
{
    return XXH3_64bits(s.p, s.n);
}

/* With a length known beforehand little of XXH3 is left, and hashes of runs that
 * overlap do not wait for each other. */
void hash64_ascii9(const char *p, size_t n, uint64_t *out)
{
    for (size_t i = 0; i < n; i++)
        out[i] = XXH3_64bits(p + i, 9);
}

void hash64_cjk5(const char *p, size_t n, uint64_t *out)
{
    for (size_t i = 0; i < n; i++)
        out[i] = XXH3_64bits(p + 3 * i, 15);
}

struct hash128 hash128(struct str s)
{
    XXH128_hash_t h = XXH3_128bits(s.p, s.n);

    return (struct hash128){h.high64, h.low64};
}

bool hash128_eq(struct hash128 a, struct hash128 b)
{
    return a.high == b.high && a.low == b.low;
}

void hash128_short_id(struct hash128 h, char out[SHORT_ID_CHARS + 1])
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";

    /* 13 letters are 65 bits: all of high and the first bit of low. */
    for (int i = 0; i < SHORT_ID_CHARS; i++) {
        int shift = 59 - 5 * i;
        uint64_t five =
            shift >= 0 ? h.high >> shift : h.high << 1 | h.low >> 63;

        out[i] = letters[five & 31];
    }
    out[SHORT_ID_CHARS] = '\0';
}

void hash128_bytes(struct hash128 h, unsigned char out[16])
{
    number_bytes(h.high, out, 8);
    number_bytes(h.low, out + 8, 8);
}

struct hash128 hash128_from_bytes(const unsigned char in[16])
{
    return (struct hash128){number_from_bytes(in, 8),
                            number_from_bytes(in + 8, 8)};
}

void hash128_uuid(struct hash128 h, char out[UUID_URN_CHARS + 1])
{
    unsigned char b[16];

    hash128_bytes(h, b);
    b[6] = (unsigned char)((b[6] & 0x0F) | 0x80);
    b[8] = (unsigned char)((b[8] & 0x3F) | 0x80);
    snprintf(out, UUID_URN_CHARS + 1,
             "urn:uuid:%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-"
             "%02x%02x%02x%02x%02x%02x",
             b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10],
             b[11], b[12], b[13], b[14], b[15]);
}
