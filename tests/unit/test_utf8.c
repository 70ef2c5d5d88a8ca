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

UNIT_TESTS(controls_and_non_characters_may_not_be_published,
           the_publishable_prefix_ends_before_the_first_bad_character)
