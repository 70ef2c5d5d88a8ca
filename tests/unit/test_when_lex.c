#include "unit/unit.h"

#include "text/when_lex.h"

START_TEST(names_are_in_the_order_the_search_needs)
{
    static const struct str names[] = {
#define NAME(text, kind, lang, value) STR_INIT(text),
#include "text/when_names.def"
#undef NAME
    };

    for (size_t i = 1; i < sizeof names / sizeof names[0]; i++)
        ck_assert_int_le(str_cmp(names[i - 1], names[i]), 0);
}
END_TEST

START_TEST(words_are_in_order_and_written_as_they_are_folded)
{
    static const struct str words[] = {
#define WORD(text, kind, value) STR_INIT(text),
#include "text/when_words.def"
#undef WORD
    };

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        struct token t;

        ck_assert(i == 0 || str_cmp(words[i - 1], words[i]) <= 0);
        when_token(words[i], 0, &t);
        ck_assert_uint_eq(t.end, words[i].n);
        ck_assert_msg(str_eq(str_of(t.folded, t.folded_n), words[i]), "%.*s",
                      STR_ARG(words[i]));
    }
}
END_TEST

START_TEST(numbers_come_in_many_digits)
{
    struct token t;

    when_token(STR("２０２４"), 0, &t);
    ck_assert_int_eq(t.value, 2024);
    when_token(STR("二〇二四"), 0, &t);
    ck_assert_int_eq(t.value, 2024);
    when_token(STR("廿三"), 0, &t);
    ck_assert_int_eq(t.value, 23);
    when_token(STR("三十一"), 0, &t);
    ck_assert_int_eq(t.value, 31);
    when_token(STR("十"), 0, &t);
    ck_assert_int_eq(t.value, 10);
    when_token(STR("一百一十三"), 0, &t);
    ck_assert_int_eq(t.value, 113);
    when_token(STR("٢٠٢٤"), 0, &t);
    ck_assert_int_eq(t.value, 2024);
    when_token(STR("1234567890123456789"), 0, &t);
    ck_assert_int_eq(t.value, -1);
}
END_TEST

UNIT_TESTS(names_are_in_the_order_the_search_needs,
           words_are_in_order_and_written_as_they_are_folded,
           numbers_come_in_many_digits)
