#include "unit/unit.h"

#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "text/regex.h"

static enum regex_result result(const char *pattern, bool match_case,
                                const char *s)
{
    struct error err;
    struct regex *r = regex_new(str_from_c(pattern), match_case, &err);
    enum regex_result is;

    ck_assert_msg(r != NULL, "%s", err.text);
    is = regex_match(r, str_from_c(s), NULL, NULL);
    regex_free(r);
    return is;
}

START_TEST(case_counts_only_when_asked_for)
{
    ck_assert_int_eq(result("gpt-\\d", false, "on GPT-4"), REGEX_YES);
    ck_assert_int_eq(result("gpt-\\d", true, "on GPT-4"), REGEX_NO);
    ck_assert_int_eq(result("\u00E9t\u00E9", false, "\u00C9T\u00C9"),
                     REGEX_YES);
}
END_TEST

START_TEST(classes_are_those_of_ascii)
{
    ck_assert_int_eq(result("^\\w$", false, "\u4E2D"), REGEX_NO);
    ck_assert_int_eq(result("^\\d$", false, "\uFF11"), REGEX_NO);
    ck_assert_int_eq(result("^\\p{Han}.$", false, "\u4E2D\u6587"), REGEX_YES);
}
END_TEST

START_TEST(the_first_match_is_given_in_bytes)
{
    struct error err;
    struct regex *r = regex_new(STR("[a-z]+"), true, &err);
    size_t at, n;

    ck_assert_int_eq(regex_match(r, STR("\u4E2D ab cd"), &at, &n), REGEX_YES);
    ck_assert_uint_eq(at, 4);
    ck_assert_uint_eq(n, 2);
    regex_free(r);
}
END_TEST

START_TEST(a_bad_pattern_is_refused_with_its_column)
{
    struct error err;

    ck_assert_ptr_null(regex_new(STR("\u4E2D(b"), false, &err));
    ck_assert_int_eq(err.code, ERR_CONFIG);
    ck_assert_int_eq(err.column, 4);
    regex_free(NULL);
}
END_TEST

START_TEST(a_pattern_that_explodes_gives_up)
{
    char text[5001];

    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    ck_assert_int_eq(result("(a+)+$b|(a|aa)+c", false, text), REGEX_LIMIT);
    ck_assert_int_eq(result("^(?:a?){1000}a{1000}$", false, text) == REGEX_YES,
                     false);
}
END_TEST

START_TEST(deep_matches_need_no_stack)
{
    struct arena *a = arena_new(0);
    size_t n = 300000;
    char *text = arena_alloc(a, n + 1);
    struct error err;
    struct regex *r = regex_new(STR("^(?:(a)|b)*$"), false, &err);

    memset(text, 'a', n);
    ck_assert_int_ne(regex_match(r, str_of(text, n), NULL, NULL), REGEX_NO);
    regex_free(r);
    arena_free(a);
}
END_TEST

UNIT_TESTS(case_counts_only_when_asked_for, classes_are_those_of_ascii,
           the_first_match_is_given_in_bytes,
           a_bad_pattern_is_refused_with_its_column,
           a_pattern_that_explodes_gives_up, deep_matches_need_no_stack)
