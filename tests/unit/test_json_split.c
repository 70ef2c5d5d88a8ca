#include "parse/json_split.h"

#include <string.h>

#include "base/arena.h"
#include "unit/unit.h"

/* The items seen, a line each with its faults as a number before it. */
static struct buf seen;

static void on_item(void *ctx, struct str text, unsigned faults)
{
    (void)ctx;
    if (faults != 0)
        buf_printf(&seen, "%u ", faults);
    buf_add_str(&seen, text);
    buf_add_char(&seen, '\n');
}

/* The items and behind them the rest of S, which comes by STEP bytes; false in
 * *WHOLE if it ends inside of its items. */
static struct str parts(struct str s, size_t step, bool *whole)
{
    struct json_split p;

    buf_init(&seen, BUF_MAX);
    json_split_init(&p, on_item, NULL);
    for (size_t i = 0; i < s.n; i += step)
        json_split_push(&p, str_slice(s, i, i + step));
    *whole = json_split_finish(&p);
    buf_add_str(&seen, buf_str(&p.top.text));
    json_split_done(&p);
    return buf_str(&seen);
}

static const struct {
    const char *json, *parts;
} rows[] = {
    {"{\"a\":1,\"items\":[{\"b\":[1,2]}, 3 ,\"x,]\"],\"c\":{}}",
     "{\"b\":[1,2]}\n3\n\"x,]\"\n{\"a\":1,\"c\":{}}"},
    {"{\"items\" : [ ] , \"c\":2}", "{  \"c\":2}"},
    {"{ \"a\":\"items\",\n\"items\":[1,],\"b\":[2]}",
     "1\n{ \"a\":\"items\",\"b\":[2]}"},
    {"{\"a\":{\"items\":[1]},\"items\":\"x\"}",
     "{\"a\":{\"items\":[1]},\"items\":\"x\"}"},
    {"{\"items\":[\"a\\\"],b\\\\\",{\"x\":\"\\u005c\"}]}",
     "\"a\\\"],b\\\\\"\n{\"x\":\"\\u005c\"}\n{}"},
    {"{\"items\":[{\"a\":\"\\u00\"},1]}", "{\"a\":\"\\u00\"}\n1\n{}"},
    {"[\"items\":[1]]", "[\"items\":[1]]"},
};

START_TEST(items_come_one_by_one_and_the_rest_without_them)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        for (size_t step = 1; step < 40; step += 3) {
            bool whole;

            ck_str(parts(str_from_c(rows[i].json), step, &whole),
                   rows[i].parts);
            ck_assert(whole);
            buf_done(&seen);
        }
}
END_TEST

START_TEST(an_item_cut_off_is_handed_on)
{
    bool whole;

    ck_str(parts(STR("{\"items\":[1,{\"a\":\"b"), 5, &whole),
           "1\n{\"a\":\"b\n{");
    ck_assert(!whole);
    buf_done(&seen);
}
END_TEST

/* HEAD, then N times WHAT, then TAIL. */
static struct str around(struct arena *a, const char *head, const char *what,
                         size_t n, const char *tail)
{
    struct buf b;
    struct str s;

    buf_init(&b, BUF_MAX);
    buf_add_str(&b, str_from_c(head));
    for (size_t i = 0; i < n; i++)
        buf_add_str(&b, str_from_c(what));
    buf_add_str(&b, str_from_c(tail));
    s = buf_keep(&b, a);
    buf_done(&b);
    return s;
}

#define MB ((size_t)1 << 20)

/* What is left of a string of N times WHAT is a number of whole ones. */
static void cut_between(const char *what, size_t n, size_t left)
{
    struct arena *a = arena_new(0);
    bool whole;
    struct str got =
        parts(around(a, "{\"items\":[\"", what, n, "\",2]}"), 65536, &whole);

    struct str wanted = around(a, "1 \"", what, left, "\"\n2\n{}");

    ck_assert_uint_eq(got.n, wanted.n);
    ck_assert(str_eq(got, wanted));
    buf_done(&seen);
    arena_free(a);
}

/* Where ROOM bytes are left in a string, is WHAT taken as a whole, or left out? */
static void cut_before(const char *what, size_t room, bool taken)
{
    struct arena *a = arena_new(0);
    struct str twice = arena_cat(a, str_from_c(what), str_from_c(what));
    struct str got;
    bool whole;

    got = parts(around(a, "{\"items\":[\"", "x", 3 * MB - room,
                       around(a, twice.p, "", 0, "\"]}").p),
                65536, &whole);
    ck_assert(str_ends(got, around(a, taken ? what : "x", "", 0, "\"\n{}")));
    ck_assert(!str_ends(got, around(a, twice.p, "", 0, "\"\n{}")));
    buf_done(&seen);
    arena_free(a);
}

START_TEST(long_strings_are_cut_between_characters)
{
    cut_between("x", 5 * MB, 3 * MB);
    cut_between("\u00e9", 3 * MB, 3 * MB / 2);
    cut_between("\u4e2d", 2 * MB, MB);
    cut_between("\\u4e2d", 2 * MB, MB - 1);
    cut_between("\\n", 5 * MB, 3 * MB - 3);
    cut_before("\\ud83d\\ude00", 5, true);
    cut_before("\\ud83d\\ude00", 3, false);
}
END_TEST

START_TEST(strings_add_up)
{
    struct arena *a = arena_new(0);
    struct str text = around(a, "\"", "x", 2500000, "\",");
    struct str all = around(a, "{\"items\":[[", text.p, 4, "0],1]}");
    bool whole;
    struct str got = parts(all, 65536, &whole);

    /* What is left of four MB, then 64 KB each. */
    ck_assert_uint_eq(got.n, 4 * MB + 2 * 65536 + STR("1 [0]\n1\n{}").n +
                                 4 * STR("\"\",").n);
    ck_assert(str_ends(got, STR("x\",0]\n1\n{}")));
    buf_done(&seen);
    arena_free(a);
}
END_TEST

START_TEST(what_is_nested_too_deep_is_null)
{
    struct arena *a = arena_new(0);
    bool whole;

    ck_str(parts(around(a, "{\"items\":[{\"a\":", "[", 9999,
                        around(a, "\"x\"", "]", 9999, ",\"b\":1},2]}").p),
                 1000, &whole),
           around(a, "2 {\"a\":", "[", 197,
                  around(a, "null", "]", 197, ",\"b\":1}\n2\n{}").p)
               .p);
    ck_assert(whole);
    buf_done(&seen);
    arena_free(a);
}
END_TEST

START_TEST(a_part_of_too_many_values_ends)
{
    struct arena *a = arena_new(0);
    bool whole;
    struct str got =
        parts(around(a, "{\"items\":[[", "1,", 60000, "1],2]}"), 1000, &whole);

    ck_assert(str_starts(got, STR("4 [1,1,")));
    ck_assert(str_ends(got, STR(",1\n2\n{}")));
    ck_assert_uint_eq(got.n, 100000 + STR("4 [1\n2\n{}").n - 2);
    buf_done(&seen);
    got = parts(around(a, "{", "\"k\":1,", 60000, "\"items\":[7]}"), 1000,
                &whole);
    ck_assert(str_starts(got, STR("7\n{\"k\":1,")));
    buf_done(&seen);
    arena_free(a);
}
END_TEST

UNIT_TESTS(items_come_one_by_one_and_the_rest_without_them,
           an_item_cut_off_is_handed_on,
           long_strings_are_cut_between_characters, strings_add_up,
           what_is_nested_too_deep_is_null, a_part_of_too_many_values_ends)
