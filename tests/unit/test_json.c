#include "unit/unit.h"

#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/utf8.h"
#include "text/json.h"

static const char feed[] = "{\"version\": \"1.1\", \"items\": [{\"id\": 7, "
                           "\"title\": \"a\\u00e9\\ud83d\\ude00\"}, null, "
                           "true, false, -2.5e3], \"empty\": {}}";

static struct json *parse(struct arena *a, const char *s)
{
    struct error err;
    struct json *j = json_parse(a, str_from_c(s), &err);

    ck_assert_msg(j != NULL, "%s", err.text);
    return j;
}

START_TEST(a_tree_keeps_the_order_of_its_source)
{
    struct arena *a = arena_new(0);
    struct json *j = parse(a, feed);
    const struct json *item = json_get(j, STR("items"))->first;

    ck_assert_int_eq(j->type, JSON_OBJECT);
    ck_str(j->first->key, "version");
    ck_str(json_get_str(j, STR("version")), "1.1");
    ck_str(json_get(item, STR("id"))->string, "7");
    ck_assert_int_eq((int)json_get(item, STR("id"))->number, 7);
    ck_str(json_get_str(item, STR("title")), "a\u00E9\U0001F600");
    ck_assert_int_eq(item->next->type, JSON_NULL);
    ck_assert_int_eq(item->next->next->type, JSON_TRUE);
    ck_assert_int_eq(item->next->next->next->type, JSON_FALSE);
    ck_assert_int_eq((int)item->next->next->next->next->number, -2500);
    ck_assert_ptr_null(item->next->next->next->next->next);
    ck_assert_ptr_null(json_get(j, STR("empty"))->first);
    arena_free(a);
}
END_TEST

START_TEST(what_is_absent_is_null_and_empty)
{
    struct arena *a = arena_new(0);
    struct json *j = parse(a, "{\"n\": 1}");

    ck_assert_ptr_null(json_get(j, STR("m")));
    ck_assert_ptr_null(json_get(NULL, STR("m")));
    ck_assert_ptr_null(json_get(json_get(j, STR("n")), STR("m")));
    ck_str(json_get_str(j, STR("n")), "");
    arena_free(a);
}
END_TEST

START_TEST(large_numbers_are_kept)
{
    struct arena *a = arena_new(0);

    ck_str(parse(a, "9007199254740993")->string, "9007199254740993");
    ck_assert(parse(a, "[123456789012345678901234567890]")->first->number >
              1e29);
    arena_free(a);
}
END_TEST

START_TEST(half_a_surrogate_pair_is_a_replacement_character)
{
    struct arena *a = arena_new(0);

    ck_str(parse(a, "\"a\\ud83db\\udE00\\\\ud800\"")->string,
           "a\uFFFDb\uFFFD\\ud800");
    arena_free(a);
}
END_TEST

START_TEST(a_fault_is_named_with_its_place)
{
    struct arena *a = arena_new(0);
    struct error err;

    ck_assert_ptr_null(json_parse(a, STR("{\n \"a\": nul }"), &err));
    ck_assert_int_eq(err.code, ERR_INPUT);
    ck_assert_int_eq(err.line, 2);
    ck_assert_int_gt(err.column, 0);
    ck_assert_ptr_null(json_parse(a, STR(""), &err));
    ck_assert_ptr_null(json_parse(a, STR("{} x"), &err));
    ck_assert_ptr_null(json_parse(a, STR("{'a': 1}"), &err));
    ck_assert_ptr_null(json_parse(a, STR("[1,]"), &err));
    arena_free(a);
}
END_TEST

START_TEST(faults_of_feeds_are_mended)
{
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"{\"a\":[1,2,],}", "{\"a\":[1,2]}"},
        {"{\"a\":\"x\ny\tz\"}", "{\"a\":\"x\\u000ay\\u0009z\"}"},
        {"{\"a\":\"it\\'s\\u00zz\\\\\"}", "{\"a\":\"it'su00zz\\\\\"}"},
        {"{\"a\":1} <!-- cached -->", "{\"a\":1}"},
        {"{\"a\":\"begun", "{\"a\":\"begun\"}"},
        {"{\"a\":[{\"b\":1,\"c\":\"x\\u00", "{\"a\":[{\"b\":1,\"c\":\"x\"}]}"},
        {"{\"a\":1,\"b", "{\"a\":1}"},
        {"{\"a\":1,\"b\":", "{\"a\":1}"},
        {"{\"a\":true,\"b\":12", "{\"a\":true}"},
        {"[[1,,2],3]}", "[[1,2],3]"},
        {"{\"a\":1]", "{\"a\":1}"},
        {"{'a':1}", "{}"},
        {"", ""},
        {"]", ""},
    };
    struct arena *a = arena_new(0);

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        ck_str(json_mend(a, str_from_c(rows[i].text)), rows[i].expected);
    arena_free(a);
}
END_TEST

START_TEST(any_beginning_of_json_is_mended_to_json)
{
    struct arena *a = arena_new(0);
    struct error err;

    for (size_t n = 1; n < sizeof feed; n++)
        ck_assert_ptr_nonnull(
            json_parse(a, json_mend(a, str_of(feed, n)), &err));
    arena_free(a);
}
END_TEST

START_TEST(depth_has_a_limit)
{
    struct arena *a = arena_new(0);
    struct error err;
    char deep[200001];

    memset(deep, '[', 100000);
    memset(deep + 100000, ']', 100000);
    ck_assert_ptr_null(json_parse(a, str_of(deep, 200000), &err));
    ck_assert_int_eq(err.code, ERR_LIMIT);
    ck_assert_ptr_nonnull(json_parse(a, str_of(deep + 99800, 400), &err));
    ck_assert_ptr_nonnull(json_parse(a, STR("\"[[[[ \\\" [[[[\""), &err));
    arena_free(a);
}
END_TEST

/* The store reads one such for each item. */
START_TEST(a_small_document_takes_little_memory)
{
    struct arena *a = arena_new(0);

    (void)parse(a, "{\"editor\": \"news-desk\", \"tags\": [\"a\", \"b\"]}");
    ck_assert_uint_lt(arena_used(a), 1024);
    arena_free(a);
}
END_TEST

START_TEST(any_prefix_or_changed_byte_ends_well)
{
    struct arena *a = arena_new(0);
    char copy[sizeof feed];
    struct error err;

    for (size_t n = 0; n < sizeof feed - 1; n++)
        ck_assert_ptr_null(json_parse(a, str_of(feed, n), &err));
    for (size_t i = 0; i < sizeof feed - 1; i++)
        for (int bit = 0; bit < 8; bit++) {
            struct json *j;

            memcpy(copy, feed, sizeof feed);
            copy[i] = (char)(copy[i] ^ 1 << bit);
            j = json_parse(a, str_of(copy, sizeof feed - 1), &err);
            if (j != NULL && j->first != NULL)
                ck_assert(utf8_valid(j->first->string));
            arena_reset(a);
        }
    arena_free(a);
}
END_TEST

UNIT_TESTS(a_tree_keeps_the_order_of_its_source,
           what_is_absent_is_null_and_empty, large_numbers_are_kept,
           half_a_surrogate_pair_is_a_replacement_character,
           a_fault_is_named_with_its_place, faults_of_feeds_are_mended,
           any_beginning_of_json_is_mended_to_json, depth_has_a_limit,
           a_small_document_takes_little_memory,
           any_prefix_or_changed_byte_ends_well)
