#include "unit/unit.h"

#include "sys/squeeze.h"

START_TEST(what_was_squeezed_comes_out_again)
{
    static const size_t sizes[] = {0, 1, 100, 4000, 300000};
    struct squeezer *z = squeezer_new();
    char *bytes = arena_alloc(unit_arena(), 300000);

    for (size_t i = 0; i < 300000; i++)
        bytes[i] = (char)((i % 977) * 2654435761U >> 13);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct str in = str_of(bytes, sizes[i]), out = STR_NONE;
        struct str packed = squeeze(z, unit_arena(), in);

        ck_assert(unsqueeze(z, unit_arena(), packed, in.n, &out));
        ck_assert(str_eq(in, out));
        ck_assert(in.n < 4000 || packed.n < in.n / 2);
    }
    squeezer_free(z);
}
END_TEST

START_TEST(what_is_damaged_is_refused)
{
    struct str in = STR("the same and the same and the same and the same");
    struct squeezer *z = squeezer_new();
    struct str packed = squeeze(z, unit_arena(), in), out = STR("untouched");
    char *bytes = arena_alloc(unit_arena(), packed.n);

    ck_assert(!unsqueeze(z, unit_arena(), packed, in.n - 1, &out));
    ck_assert(!unsqueeze(z, unit_arena(), packed, in.n + 1, &out));
    ck_assert(!unsqueeze(z, unit_arena(), str_slice(packed, 0, packed.n - 1),
                         in.n, &out));
    ck_assert(!unsqueeze(z, unit_arena(), STR_NONE, 0, &out));
    ck_assert(!unsqueeze(z, unit_arena(), STR("no such thing"), in.n, &out));
    for (size_t i = 0; i < packed.n; i++) {
        for (size_t k = 0; k < packed.n; k++)
            bytes[k] = packed.p[k];
        bytes[i] ^= 0x10;
        if (unsqueeze(z, unit_arena(), str_of(bytes, packed.n), in.n, &out)) {
            ck_assert(str_eq(out, in)); /* a bit that says nothing */
            out = STR("untouched");
        }
    }
    ck_str(out, "untouched");
    squeezer_free(z);
}
END_TEST

START_TEST(the_beginning_comes_out_alone)
{
    static const size_t sizes[] = {0, 1, 5000, 299999, 300000};
    struct squeezer *z = squeezer_new();
    char *bytes = arena_alloc(unit_arena(), 300000);
    struct str in = str_of(bytes, 300000), packed, out = STR("untouched");

    for (size_t i = 0; i < in.n; i++)
        bytes[i] = (char)((i % 977) * 2654435761U >> 13);
    packed = squeeze(z, unit_arena(), in);
    ck_assert(is_squeezed(packed));
    ck_assert(!is_squeezed(STR("no such thing")));
    ck_assert(!unsqueeze_head(z, unit_arena(), packed, in.n + 1, &out));
    ck_assert(!unsqueeze_head(z, unit_arena(),
                              str_slice(packed, 0, packed.n / 2), in.n, &out));
    ck_assert(!unsqueeze_head(z, unit_arena(), STR("no such thing"), 4, &out));
    ck_str(out, "untouched");
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        ck_assert(unsqueeze_head(z, unit_arena(), packed, sizes[i], &out));
        ck_assert(str_eq(out, str_slice(in, 0, sizes[i])));
    }
    ck_assert(unsqueeze(z, unit_arena(), packed, in.n, &out));
    squeezer_free(z);
}
END_TEST

UNIT_TESTS(what_was_squeezed_comes_out_again, what_is_damaged_is_refused,
           the_beginning_comes_out_alone)
