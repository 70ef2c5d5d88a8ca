#include "unit/unit.h"

#include "base/utf8.h"

START_TEST(controls_and_non_characters_may_not_be_published)
{
    ck_assert(is_publishable('\n') && is_publishable(0xE000));
    ck_assert(!is_publishable(0) && !is_publishable(0x7F));
    ck_assert(!is_publishable(0x85) && !is_publishable(0xFFFF));
    ck_assert(!is_publishable(0xFDD0) && !is_publishable(0x1FFFE));
}
END_TEST

START_TEST(the_publishable_prefix_ends_before_the_first_bad_character)
{
    ck_assert_uint_eq(utf8_publishable_prefix(STR("a\u00e9\u4e2d\x01z")), 6);
    ck_assert_uint_eq(utf8_publishable_prefix(STR("ab\xc2\x85")), 2);
    ck_assert_uint_eq(utf8_publishable_prefix(STR("a\uFFFFz")), 1);
    ck_assert_uint_eq(utf8_publishable_prefix(STR("\U0001F600\U0001FFFF")), 4);
    ck_assert_uint_eq(utf8_publishable_prefix(STR("\uFFFD\uFEFF")), 6);
    ck_assert_uint_eq(utf8_publishable_prefix(STR("")), 0);
}
END_TEST

/* S begins with C, or with what is none, of N bytes. */
static void ck_first(struct str s, uint32_t c, size_t n)
{
    size_t i = 0;

    ck_assert_uint_eq(utf8_next(s, &i), c);
    ck_assert_uint_eq(i, n);
}

START_TEST(a_malformed_sequence_is_left_at_its_first_wrong_byte)
{
    ck_first(STR("\xC3\xA9z"), 0xE9, 2);
    ck_first(STR("\xE1\x80\x80z"), 0x1000, 3);
    ck_first(STR("\xEC\xBF\xBFz"), 0xCFFF, 3);
    ck_first(STR("\xED\x9F\xBFz"), 0xD7FF, 3);
    ck_first(STR("\xC3z"), UTF8_REPLACEMENT, 1);
    ck_first(str_of("\xC3\xA9", 1), UTF8_REPLACEMENT, 1);
    ck_first(STR("\xE4z\xAD"), UTF8_REPLACEMENT, 1);
    ck_first(STR("\xE4\xB8z"), UTF8_REPLACEMENT, 2);
    ck_first(str_of("\xE4\xB8\xAD", 2), UTF8_REPLACEMENT, 2);
    ck_first(STR("\xE0\x80\x80"), UTF8_REPLACEMENT, 1);
    ck_first(STR("\xED\xA0\x80"), UTF8_REPLACEMENT, 1);
}
END_TEST

UNIT_TESTS(controls_and_non_characters_may_not_be_published,
           the_publishable_prefix_ends_before_the_first_bad_character,
           a_malformed_sequence_is_left_at_its_first_wrong_byte)
