#include "unit/unit.h"

#include "base/buf.h"
#include "base/json_out.h"

START_TEST(a_number_is_kept_as_written_and_anything_else_is_a_string)
{
    struct buf b;
    struct json_out j;

    buf_init(&b, BUF_MAX);
    json_init(&j, &b, false);
    json_array(&j);
    json_number(&j, STR("-71.920000001"));
    json_number(&j, STR("1e5"));
    json_number(&j, STR("01"));
    json_number(&j, STR("1."));
    json_number(&j, STR(""));
    json_end(&j);
    ck_str(buf_str(&b), "[-71.920000001,1e5,\"01\",\"1.\",\"\"]");
    buf_done(&b);
}
END_TEST

START_TEST(what_would_end_a_string_or_a_line_is_escaped)
{
    struct buf b;
    struct json_out j;

    buf_init(&b, BUF_MAX);
    json_init(&j, &b, false);
    json_object(&j);
    json_member(&j, STR("a\"b"), STR("\\ \n \x01 \u2028 \u2029 \u4e2d"));
    json_member(&j, STR("absent"), STR(""));
    json_end(&j);
    ck_str(buf_str(&b),
           "{\"a\\\"b\":\"\\\\ \\n \\u0001 \\u2028 \\u2029 \u4e2d\"}");
    buf_done(&b);
}
END_TEST

START_TEST(what_is_json_already_stands_between_others_as_it_is)
{
    struct buf b;
    struct json_out j;
    size_t from;

    buf_init(&b, BUF_MAX);
    json_init(&j, &b, false);
    json_array(&j);
    json_int(&j, 1);
    json_separate(&j);
    from = b.n;
    json_raw(&j, STR("{\"a\":2}"));
    json_int(&j, 3);
    json_end(&j);
    ck_str(buf_str(&b), "[1,{\"a\":2},3]");
    ck_assert_uint_eq(from, 3);
    buf_done(&b);
}
END_TEST

UNIT_TESTS(a_number_is_kept_as_written_and_anything_else_is_a_string,
           what_would_end_a_string_or_a_line_is_escaped,
           what_is_json_already_stands_between_others_as_it_is)
