#include "unit/unit.h"

#include "sys/pack.h"

START_TEST(what_was_packed_comes_out_again)
{
    static const size_t sizes[] = {0, 1, 100, 70000};
    char bytes[70000];

    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * 2654435761U >> 13);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct str in = str_of(bytes, sizes[i]), out = STR_NONE;

        ck_assert(
            pack_undo(unit_arena(), pack_bytes(unit_arena(), in), in.n, &out));
        ck_assert(str_eq(in, out));
    }
}
END_TEST

START_TEST(the_head_of_what_was_packed_comes_out)
{
    struct str in = STR("the page of its day, and then what feeds have of it");
    struct str packed = pack_bytes(unit_arena(), in), out = STR_NONE;

    for (size_t n = 0; n <= in.n; n++) {
        ck_assert(pack_head(unit_arena(), packed, n, &out));
        ck_assert(str_eq(out, str_slice(in, 0, n)));
    }
    out = STR("untouched");
    ck_assert(!pack_head(unit_arena(), packed, in.n + 1, &out));
    ck_assert(!pack_head(unit_arena(), str_slice(packed, 0, 12), in.n, &out));
    ck_assert(!pack_head(unit_arena(), STR("no such thing"), 4, &out));
    ck_str(out, "untouched");
}
END_TEST

START_TEST(what_is_damaged_is_refused)
{
    struct str in = STR("the same and the same and the same and the same");
    struct str packed = pack_bytes(unit_arena(), in), out = STR("untouched");
    char *bytes;

    ck_assert(!pack_undo(unit_arena(), packed, in.n - 1, &out));
    ck_assert(!pack_undo(unit_arena(), packed, in.n + 1, &out));
    ck_assert(!pack_undo(unit_arena(), str_slice(packed, 0, packed.n - 1), in.n,
                         &out));
    ck_assert(!pack_undo(unit_arena(), STR_NONE, 0, &out));
    bytes = arena_alloc(unit_arena(), packed.n);
    for (size_t i = 0; i < packed.n; i++) {
        for (size_t k = 0; k < packed.n; k++)
            bytes[k] = packed.p[k];
        bytes[i] ^= 0x10;
        if (pack_undo(unit_arena(), str_of(bytes, packed.n), in.n, &out)) {
            ck_assert(str_eq(out, in)); /* a bit that says nothing */
            out = STR("untouched");
        }
    }
    ck_str(out, "untouched");
}
END_TEST

UNIT_TESTS(what_was_packed_comes_out_again,
           the_head_of_what_was_packed_comes_out, what_is_damaged_is_refused)
