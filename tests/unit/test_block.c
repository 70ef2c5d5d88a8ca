#include "unit/unit.h"

#include "base/block.h"

#define LONGEST 40

static block is_x(block c)
{
    return (block)(c == 'x');
}

START_TEST(the_next_byte_is_found_at_every_place)
{
    char text[LONGEST + 1];

    for (size_t n = 0; n <= LONGEST; n++)
        for (size_t at = 0; at <= n; at++)
            for (size_t from = 0; from <= n; from++) {
                memset(text, '.', sizeof text);
                text[at] = 'x'; /* behind the end when AT is N */
                ck_assert_uint_eq(block_find(str_of(text, n), from, is_x),
                                  from <= at ? at : n);
            }
}
END_TEST

START_TEST(of_two_the_first_behind_the_start_counts)
{
    struct str s = STR("x..............x...x");

    ck_assert_uint_eq(block_find(s, 0, is_x), 0);
    ck_assert_uint_eq(block_find(s, 1, is_x), 15);
    ck_assert_uint_eq(block_find(s, 16, is_x), 19);
    ck_assert_uint_eq(block_find(s, 20, is_x), 20);
}
END_TEST

START_TEST(all_that_may_not_be_published_begins_with_a_doubtful_byte)
{
    struct str plain = STR("\t\r\n ~\xC3\xA9\xE2\x80\x9C\xEE\x80\x80");

    ck_assert_uint_eq(block_find(plain, 0, block_doubtful), plain.n);
    for (int c = 0; c < 256; c++) {
        char byte = (char)c;
        bool may = c < 0x20 ? c != '\t' && c != '\n' && c != '\r'
                            : c == 0x7F || c == 0xC2 || c >= 0xEF;

        ck_assert_uint_eq(block_find(str_of(&byte, 1), 0, block_doubtful),
                          !may);
    }
}
END_TEST

START_TEST(more_are_counted_than_a_byte_holds)
{
    static char text[16 * 300 + 7];

    memset(text, 'x', sizeof text);
    ck_assert_uint_eq(block_count(str_of(text, sizeof text), is_x),
                      sizeof text);
    text[0] = text[sizeof text - 1] = '.';
    ck_assert_uint_eq(block_count(str_of(text, sizeof text), is_x),
                      sizeof text - 2);
    ck_assert_uint_eq(block_count(STR_NONE, is_x), 0);
    for (size_t n = 1; n < 40; n++)
        ck_assert_uint_eq(block_count(str_of(text + 1, n), is_x), n);
}
END_TEST

UNIT_TESTS(the_next_byte_is_found_at_every_place,
           of_two_the_first_behind_the_start_counts,
           all_that_may_not_be_published_begins_with_a_doubtful_byte,
           more_are_counted_than_a_byte_holds)
