#ifndef BASE_HASH_H
#define BASE_HASH_H
/* XXH3 hashes and the short ids made from them. */
#include <string.h>

#include "base/str.h"

struct hash128 {
    uint64_t high, low;
};

#define SHORT_ID_CHARS 13

uint64_t hash64(struct str s);
/* hash64 of the N runs of letters that begin one behind the other at P: of 9 bytes
 * that are one byte apart (ASCII), or of 15 that are three (Han, kana, hangul). */
void hash64_ascii9(const char *p, size_t n, uint64_t *out);
void hash64_cjk5(const char *p, size_t n, uint64_t *out);
struct hash128 hash128(struct str s);
bool hash128_eq(struct hash128 a, struct hash128 b);
/* The lower BYTES (8 at most) of V, the highest first (big-endian).  Here, since a
 * length known beforehand leaves two instructions of it. */
static inline void number_bytes(uint64_t v, unsigned char *out, size_t bytes)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    v = __builtin_bswap64(v);
#endif
    memcpy(out, (const unsigned char *)&v + sizeof v - bytes, bytes);
}

static inline uint64_t number_from_bytes(const unsigned char *in, size_t bytes)
{
    uint64_t v = 0;

    memcpy((unsigned char *)&v + sizeof v - bytes, in, bytes);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    v = __builtin_bswap64(v);
#endif
    return v;
}

/* The first 13 letters of the hash in base32 (RFC 4648, lower case), and a
 * NUL. */
void hash128_short_id(struct hash128 h, char out[SHORT_ID_CHARS + 1]);
/* 16 bytes, big-endian, as the store keeps them. */
void hash128_bytes(struct hash128 h, unsigned char out[16]);
struct hash128 hash128_from_bytes(const unsigned char in[16]);
/* "urn:uuid:" and a version 8 UUID (RFC 9562, 5.8) of the hash, and a NUL. */
#define UUID_URN_CHARS 45
void hash128_uuid(struct hash128 h, char out[UUID_URN_CHARS + 1]);
#endif
