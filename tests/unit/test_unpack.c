#define ZLIB_CONST

#include <zlib.h>
#include <zstd.h>

#include "base/buf.h"
#include "sys/unpack.h"
#include "unit/unit.h"

/* "Line 0 of what is packed. Line 1 of ... " up to 39. */
static const unsigned char in_br[] = {
    0x1b, 0x2d, 0x04, 0x00, 0x04, 0x2a, 0xdd, 0x52, 0xf6, 0x84, 0x6a, 0xba,
    0x33, 0xbc, 0xc2, 0x63, 0x24, 0x25, 0xa9, 0x01, 0x01, 0xc5, 0xf0, 0x00,
    0xa0, 0x03, 0xa1, 0x22, 0x1d, 0xbe, 0xd2, 0x18, 0x63, 0x6c, 0x39, 0x66,
    0x10, 0xd4, 0xe7, 0x9a, 0xef, 0xa8, 0x5e, 0xdf, 0x53, 0x55, 0x5b, 0xf3,
    0xaf, 0xd1, 0x37, 0xee, 0x56, 0xa9, 0xc5, 0x30, 0x6d, 0xb1, 0xd5, 0x36,
    0xdb, 0xed, 0xb0, 0xb3, 0xe6, 0x88, 0x47, 0x31, 0x62, 0xc4, 0x88, 0x11,
    0x23, 0x46, 0x8c, 0x18, 0x08, 0x82, 0x20, 0x08, 0x82, 0x20, 0x08, 0x82,
    0xa2, 0x28, 0x8a, 0xa2, 0x28, 0x8a, 0xce, 0x02};

static struct str lines(void)
{
    struct str all = STR_NONE;

    for (int i = 0; i < 40; i++)
        all = arena_cat(
            unit_arena(), all,
            arena_printf(unit_arena(), "Line %d of what is packed. ", i));
    return all;
}

static struct str deflated(struct str s, int window_bits)
{
    z_stream z = {.next_in = (const Bytef *)s.p, .avail_in = (uInt)s.n};
    size_t room = s.n + 1000;
    char *out = arena_alloc(unit_arena(), room);

    deflateInit2(&z, 9, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY);
    z.next_out = (Bytef *)out;
    z.avail_out = (uInt)room;
    ck_assert_int_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
    deflateEnd(&z);
    return str_of(out, room - z.avail_out);
}

static struct str gzipped(struct str s)
{
    return deflated(s, MAX_WBITS + 16);
}

static struct str zstd(struct str s)
{
    char *out = arena_alloc(unit_arena(), s.n + 1000);
    size_t n = ZSTD_compress(out, s.n + 1000, s.p, s.n, 3);

    return str_of(out, n);
}

static bool take(void *ctx, const char *p, size_t n)
{
    return buf_add(ctx, p, n);
}

/* Pushes PACKED in pieces of STEP; what came out is in OUT. */
static bool unpack(const char *codings, struct str packed, size_t step,
                   struct buf *out, bool *is_whole)
{
    struct unpacker *u = unpacker_new(str_from_c(codings));
    bool ok = true;

    ck_assert_ptr_nonnull(u);
    buf_init(out, (size_t)8 << 20);
    for (size_t i = 0; ok && i < packed.n; i += step) {
        struct str piece = str_slice(packed, i, i + step);

        ok = unpacker_push(u, piece.p, piece.n, take, out);
    }
    *is_whole = unpacker_end(u);
    unpacker_free(u);
    return ok;
}

/* Whole, in pieces of any size and without any of the last SPARE bytes; any other
 * beginning is known to be none. */
static void ck_unpacks(const char *codings, struct str packed, size_t spare,
                       struct str want)
{
    static const size_t steps[] = {1, 7, 100, 1 << 20};
    struct buf out;
    bool is_whole;

    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        ck_assert(unpack(codings, packed, steps[i], &out, &is_whole));
        ck_assert_msg(is_whole && str_eq(buf_str(&out), want),
                      "%s in pieces of %zu", codings, steps[i]);
        buf_done(&out);
    }
    for (size_t n = 0; n < packed.n; n++) {
        ck_assert(
            unpack(codings, str_slice(packed, 0, n), 1 << 20, &out, &is_whole));
        ck_assert_msg(is_whole == (n + spare >= packed.n),
                      "%s cut after %zu of %zu", codings, n, packed.n);
        ck_assert(is_whole ? str_eq(want, buf_str(&out))
                           : str_starts(want, buf_str(&out)));
        buf_done(&out);
    }
}

START_TEST(each_coding_comes_out_and_knows_its_end)
{
    struct str s = lines();

    ck_unpacks("gzip", gzipped(s), 8, s);
    ck_unpacks("X-GZip", gzipped(s), 8, s);
    ck_unpacks("deflate", deflated(s, MAX_WBITS), 4, s);
    ck_unpacks("deflate", deflated(s, -MAX_WBITS), 0, s);
    ck_unpacks("zstd", zstd(s), 0, s);
    ck_unpacks("br", str_of((const char *)in_br, sizeof in_br), 0, s);
    ck_unpacks("gzip", gzipped(STR_NONE), 8, STR_NONE);
    ck_unpacks("deflate", deflated(STR_NONE, MAX_WBITS), 4, STR_NONE);
    ck_unpacks("deflate", deflated(STR_NONE, -MAX_WBITS), 0, STR_NONE);
}
END_TEST

START_TEST(codings_lie_one_in_the_other)
{
    struct str s = lines();

    ck_unpacks("gzip, gzip", gzipped(gzipped(s)), 8, s);
    ck_unpacks("deflate ,zstd", zstd(deflated(s, MAX_WBITS)), 0, s);
    ck_assert_ptr_null(unpacker_new(STR("gzip, compress")));
    ck_assert_ptr_null(unpacker_new(STR("gzip,gzip,gzip,gzip,gzip")));
    ck_assert_ptr_null(unpacker_new(STR("utf-8")));
}
END_TEST

/* Gzip files may be put one after the other (RFC 1952, 2.2). */
START_TEST(members_are_joined_and_what_is_behind_them_passed_over)
{
    struct str s = lines(), twice = arena_cat(unit_arena(), s, s);
    struct str two = arena_cat(unit_arena(), gzipped(s), gzipped(s));
    struct buf out;
    bool is_whole;

    for (size_t step = 1; step < 400; step += 57) {
        ck_assert(unpack("gzip", two, step, &out, &is_whole));
        ck_assert(is_whole && str_eq(buf_str(&out), twice));
        buf_done(&out);
        ck_assert(unpack("gzip",
                         arena_cat(unit_arena(), two, STR("\0\0\r\nmore"), two),
                         step, &out, &is_whole));
        ck_assert(is_whole && str_eq(buf_str(&out), twice));
        buf_done(&out);
    }
    ck_assert(
        unpack("gzip", str_slice(two, 0, two.n - 9), 50, &out, &is_whole));
    ck_assert(!is_whole);
    buf_done(&out);
}
END_TEST

/* PACKED with a bit of its byte AT, counted from the end, turned. */
static struct str flipped(struct str packed, size_t at)
{
    char *copy = arena_alloc(unit_arena(), packed.n);

    memcpy(copy, packed.p, packed.n);
    copy[packed.n - at] ^= 1;
    return str_of(copy, packed.n);
}

START_TEST(a_wrong_check_sum_is_damage_and_a_missing_one_is_none)
{
    struct str s = lines(), gzip = gzipped(s), zlib = deflated(s, MAX_WBITS);
    struct buf out;
    bool is_whole;

    for (size_t i = 1; i <= 8; i++) {
        ck_assert(!unpack("gzip", flipped(gzip, i), 9, &out, &is_whole));
        buf_done(&out);
    }
    for (size_t i = 1; i <= 4; i++) {
        ck_assert(!unpack("deflate", flipped(zlib, i), 9, &out, &is_whole));
        buf_done(&out);
    }
    gzip = arena_cat(unit_arena(), str_slice(gzip, 0, gzip.n - 8), gzip);
    ck_assert_msg(!unpack("gzip", gzip, 9, &out, &is_whole),
                  "a member takes the beginning of the next for its check sum");
    buf_done(&out);
}
END_TEST

START_TEST(what_unpacks_to_much_comes_in_pieces)
{
    size_t n = (size_t)3 << 20;
    char *zeros = arena_alloc(unit_arena(), n);
    struct str s = str_of(zeros, n);
    struct buf out;
    bool is_whole;

    ck_assert(unpack("gzip", gzipped(s), 1 << 20, &out, &is_whole));
    ck_assert(is_whole && str_eq(buf_str(&out), s));
    buf_done(&out);
    ck_assert(unpack("zstd", zstd(s), 1 << 20, &out, &is_whole));
    ck_assert(is_whole && str_eq(buf_str(&out), s));
    buf_done(&out);
}
END_TEST

START_TEST(damage_is_told)
{
    static const char *const codings[] = {"gzip", "deflate", "br", "zstd"};
    struct buf out;
    bool is_whole;

    for (size_t i = 0; i < 4; i++) {
        bool ok = unpack(codings[i], STR("\xff<rss>no packed bytes at all"), 5,
                         &out, &is_whole);

        ck_assert_msg(!ok && !is_whole, "%s", codings[i]);
        buf_done(&out);
    }
}
END_TEST

UNIT_TESTS(each_coding_comes_out_and_knows_its_end,
           codings_lie_one_in_the_other,
           members_are_joined_and_what_is_behind_them_passed_over,
           a_wrong_check_sum_is_damage_and_a_missing_one_is_none,
           what_unpacks_to_much_comes_in_pieces, damage_is_told)
