#include "unit/unit.h"

#include "base/str.h"

START_TEST(a_part_before_each_separator_is_split_off)
{
    struct str rest = STR("a,,b"), part;

    ck_assert(str_split(&rest, ',', &part));
    ck_str(part, "a");
    ck_assert(str_split(&rest, ',', &part));
    ck_str(part, "");
    ck_assert(str_split(&rest, ',', &part));
    ck_str(part, "b");
    ck_assert(!str_split(&rest, ',', &part));
}
END_TEST

START_TEST(wide_blanks_are_trimmed_at_both_ends)
{
    ck_str(str_trim_wide(STR("\u3000 \u00a0x y\u200b\ufeff\n")), "x y");
    ck_str(str_trim_wide(STR("\u3000")), "");
}
END_TEST

START_TEST(numbers_out_of_range_or_with_tails_are_refused)
{
    int64_t v = 7;

    ck_assert(!str_to_i64(STR("9223372036854775808"), &v));
    ck_assert(!str_to_i64(STR("12a"), &v));
    ck_assert(!str_to_i64(STR(""), &v));
    ck_assert(!str_to_i64(STR("-"), &v));
    ck_assert_int_eq(v, 7);
    ck_assert(str_to_i64(STR("-42"), &v));
    ck_assert_int_eq(v, -42);
}
END_TEST

START_TEST(search_finds_the_first_and_respects_the_end)
{
    ck_assert_uint_eq(str_find(STR("abcabc"), STR("bc"), 2), 4);
    ck_assert_uint_eq(str_find(STR("ab"), STR("abc"), 0), STR_NOT_FOUND);
    ck_assert_uint_eq(str_find_nocase(STR("xAbC"), STR("abc"), 0), 1);
    ck_assert_uint_eq(str_find(STR("ab"), STR(""), 2), 2);
    ck_assert_uint_eq(str_find_nocase(STR("<a <AB <Ab"), STR("<aB"), 0), 3);
    ck_assert_uint_eq(str_find_nocase(STR("<a <AB <Ab"), STR("<aB"), 4), 7);
    ck_assert_uint_eq(str_find_nocase(STR("<a <A"), STR("<aB"), 0),
                      STR_NOT_FOUND);
    ck_assert_uint_eq(str_find_nocase(STR("ab"), STR(""), 2), 2);
}
END_TEST

START_TEST(words_with_one_blank_between_are_tidy)
{
    char text[41];

    for (size_t at = 1; at < 40; at++) {
        memset(text, 'a', sizeof text);
        text[at] = ' ';
        ck_assert_uint_eq(str_tidy_prefix(str_of(text, 40)),
                          at == 39 ? 39 : 40);
        text[at + 1] = '\n';
        ck_assert_uint_eq(str_tidy_prefix(str_of(text, 40)), at);
        text[at] = '\t';
        text[at + 1] = 'a';
        ck_assert_uint_eq(str_tidy_prefix(str_of(text, 40)), at);
    }
    ck_assert_uint_eq(str_tidy_prefix(STR("")), 0);
}
END_TEST

UNIT_TESTS(a_part_before_each_separator_is_split_off,
           wide_blanks_are_trimmed_at_both_ends,
           numbers_out_of_range_or_with_tails_are_refused,
           search_finds_the_first_and_respects_the_end,
           words_with_one_blank_between_are_tidy)
