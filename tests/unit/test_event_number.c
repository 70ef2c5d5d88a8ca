#include "unit/unit.h"

#include "judge/event_number.h"

static const struct {
    struct str word;
} types[] = {
#define TYPE(beginning, type) {STR_INIT(beginning)},
#include "judge/event_types.def"
};

/* The number that S begins with, as text, from byte AT. */
static void ck_number(const char *s, const char *text)
{
    struct number n = {.n = 0};

    ck_assert_msg(number_read(str_from_c(s), 0, &n), "%s", s);
    ck_assert_msg(str_eq(str_of(n.text, n.n), str_from_c(text)),
                  "%s is %.*s, not %s", s, (int)n.n, n.text, text);
}

START_TEST(one_number_is_read_the_same_however_it_is_written)
{
    ck_number("1.2bn dollars", "1200000000");
    ck_number("1,2 Mrd. Euro", "1200000000");
    ck_number("1.200 millones", "1200000000");
    ck_number("1 200 millions d'euros", "1200000000");
    ck_number("12\u4EBF\u5143", "1200000000");
    ck_number("\u5341\u4E8C\u4EBF", "1200000000");
    ck_number("12\uC5B5", "1200000000");
    ck_number("40m", "40000000");
    ck_number("40 M\u20AC", "40000000");
    ck_number("34-billion-parameter", "34000000000");
    ck_number("4\u4E079800\u5186", "49800");
    ck_number("1,200,000 people", "1200000");
    ck_number("\u4E24\u5343\u4EBA", "2000");
    ck_number("12.50", "12.5");
    ck_number("3.4.1 is out", "3.4.1");
}
END_TEST

START_TEST(shares_scores_and_days_are_kinds_of_their_own)
{
    ck_number("14%", "14%");
    ck_number("14 per cent", "14%");
    ck_number("14,0 Prozent", "14%");
    ck_number("2.6pc", "2.6%");
    ck_number("3-1", "3:1");
    ck_number("1:3", "3:1");
    ck_number("3\u6BD41\u80DC", "3:1");
    ck_number("62\uB300 31", "62:31");
    ck_number("3 May", "d3");
    ck_number("3. Mai", "d3");
    ck_number("4 de mayo", "d4");
    ck_number("5\u67083\u65E5", "d3");
    ck_number("2031", "d2031");
    ck_number("18:40 Uhr", "d18:40");
}
END_TEST

START_TEST(words_may_be_numbers_and_names_may_begin_with_digits)
{
    struct number n;

    ck_assert(!number_read(STR("5G network"), 0, &n));
    ck_assert(!number_read(STR("\u4E00\u4E2A"), 0, &n));
    ck_assert(!number_read(STR("x"), 0, &n));
    ck_assert(!number_read(STR(""), 0, &n));
    ck_assert(number_word(STR("two"), STR("two thousand flee"), 3, &n));
    ck_str(str_of(n.text, n.n), "2000");
    ck_assert_uint_eq(n.end, 12);
    ck_assert(number_word(STR("may"), STR("May 3, and"), 3, &n));
    ck_str(str_of(n.text, n.n), "d3");
    ck_assert_int_eq(n.what, NUMBER_DAY);
    ck_assert(number_word(STR("freitag"), STR("Freitag"), 7, &n));
    ck_assert_int_eq(n.what, NUMBER_WEEKDAY);
    ck_assert(!number_word(STR("tutor"), STR("tutor"), 5, &n));
}
END_TEST

START_TEST(no_prefix_of_a_text_is_read_beyond_its_end)
{
    struct str s =
        STR("1 200 5\u67083\u65E5 3\u6BD41 12,5 Mrd 4. Mai 62\uB300 1");
    struct number n;

    for (size_t end = 0; end <= s.n; end++)
        for (size_t at = 0; at < end; at++)
            if ((unsigned char)s.p[at] < 0x80 &&
                number_read(str_slice(s, 0, end), at, &n))
                ck_assert_uint_le(n.end, end);
}
END_TEST

START_TEST(beginnings_of_types_are_in_order)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        ck_assert_uint_ge(types[i].word.n, 3);
        if (i > 0)
            ck_assert_msg(str_cmp(types[i - 1].word, types[i].word) <= 0, "%s",
                          types[i].word.p);
    }
}
END_TEST

UNIT_TESTS(one_number_is_read_the_same_however_it_is_written,
           shares_scores_and_days_are_kinds_of_their_own,
           words_may_be_numbers_and_names_may_begin_with_digits,
           no_prefix_of_a_text_is_read_beyond_its_end,
           beginnings_of_types_are_in_order)
