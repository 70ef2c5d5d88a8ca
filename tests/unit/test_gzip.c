#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/buf.h"
#include "base/error.h"
#include "sys/gzip.h"
#include "unit/unit.h"

/* What zlib makes of the file again. */
static struct str unpacked(const struct buf *packed, struct buf *out)
{
    z_stream z = {.next_in = (Bytef *)packed->p, .avail_in = (uInt)packed->n};
    int code;

    ck_assert_int_eq(inflateInit2(&z, 15 + 16), Z_OK);
    do {
        char *room = buf_room(out, 4096);

        ck_assert_ptr_nonnull(room);
        z.next_out = (Bytef *)room;
        z.avail_out = 4096;
        code = inflate(&z, Z_NO_FLUSH);
        ck_assert(code == Z_OK || code == Z_STREAM_END);
        out->n += 4096 - z.avail_out;
    } while (code != Z_STREAM_END);
    ck_assert_uint_eq(z.avail_in, 0);
    inflateEnd(&z);
    return buf_str(out);
}

START_TEST(what_was_packed_comes_out_again)
{
    static const size_t sizes[] = {0, 1, 65535, 65536, 65537, 300000};
    char *bytes = malloc(300000);

    for (size_t i = 0; i < 300000; i++)
        bytes[i] = (char)((i * 2654435761U) >> 13);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct str in = str_of(bytes, sizes[i]);
        struct buf packed, out;
        struct error err;

        buf_init(&packed, BUF_MAX);
        buf_init(&out, BUF_MAX);
        ck_assert(gzip_pack(in, &packed, &err));
        ck_assert(str_eq(unpacked(&packed, &out), in));
        buf_done(&packed);
        buf_done(&out);
    }
    free(bytes);
}
END_TEST

START_TEST(the_head_says_neither_time_nor_name_nor_system)
{
    static const char head[10] = "\x1f\x8b\x08\0\0\0\0\0\x02\xff";
    struct buf packed;
    struct error err;

    buf_init(&packed, BUF_MAX);
    ck_assert(gzip_pack(STR("text text text"), &packed, &err));
    ck_assert(memcmp(packed.p, head, sizeof head) == 0);
    buf_done(&packed);
}
END_TEST

START_TEST(a_full_buffer_is_an_error)
{
    struct buf packed;
    struct error err;

    buf_init(&packed, 100);
    ck_assert(!gzip_pack(STR("text"), &packed, &err));
    ck_assert_int_eq(err.code, ERR_LIMIT);
    buf_done(&packed);
}
END_TEST

UNIT_TESTS(what_was_packed_comes_out_again,
           the_head_says_neither_time_nor_name_nor_system,
           a_full_buffer_is_an_error)
