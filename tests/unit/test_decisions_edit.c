#include "unit.h"

#include "base/arena.h"
#include "base/error.h"
#include "config/config.h"

#define PATH STR("feeds/decisions.yaml")

static const struct decision_line hide = {STR_INIT("{item: b, do: hide}"),
                                          STR_INIT("Bees")};

static struct str add_all(struct arena *a, const char *text,
                          const struct decision_line *lines, size_t n)
{
    struct str out = STR_NONE;
    struct error err;

    if (!decisions_text_add(a, PATH, str_from_c(text), lines, n, &out, &err)) {
        ck_assert_int_eq(err.code, ERR_CONFIG);
        return str_from_c(err.text);
    }
    return out;
}

static struct str add(struct arena *a, const char *text)
{
    return add_all(a, text, &hide, 1);
}

#define is(got, want) ck_assert_str_eq(arena_str(a, got).p, want)

#define LINE "- {item: b, do: hide}   # Bees\n"

START_TEST(a_decision_goes_to_the_end_as_the_list_is_written)
{
    struct arena *a = arena_new(0);

    is(add(a, ""), LINE);
    is(add(a, "# mine\n"), "# mine\n" LINE);
    is(add(a, "---\n"), "---\n" LINE);
    is(add(a, "- {item: a, do: hide}"), "- {item: a, do: hide}\n" LINE);
    is(add(a, "- item: a\n  do: hide\n# so far\n"),
       "- item: a\n  do: hide\n# so far\n" LINE);
    is(add(a, "  - item: a\n    do: hide\n"),
       "  - item: a\n    do: hide\n  " LINE);
    is(add(a, "- item: a\r\n  do: hide\r\n"),
       "- item: a\r\n  do: hide\r\n- {item: b, do: hide}   # Bees\r\n");
    is(add(a, "\xef\xbb\xbf- {item: a, do: hide}\n"),
       "\xef\xbb\xbf- {item: a, do: hide}\n" LINE);
    arena_free(a);
}
END_TEST

START_TEST(a_decision_goes_before_what_ends_the_list)
{
    struct arena *a = arena_new(0);

    is(add(a, "---\n- {item: a, do: hide}\n...\n"),
       "---\n- {item: a, do: hide}\n" LINE "...\n");
    is(add(a, "\xef\xbb\xbf[]\n"), "\xef\xbb\xbf[{item: b, do: hide}]\n");
    is(add(a, "[]\n"), "[{item: b, do: hide}]\n");
    is(add(a, "[{item: a, do: hide}] # mine\n"),
       "[{item: a, do: hide}, {item: b, do: hide}] # mine\n");
    is(add(a, "[\n  {item: a, do: hide},\n]\n"),
       "[\n  {item: a, do: hide},\n {item: b, do: hide}]\n");
    arena_free(a);
}
END_TEST

START_TEST(a_title_stays_in_its_comment)
{
    struct arena *a = arena_new(0);
    struct decision_line lines[] = {
        {STR_INIT("{item: a, do: hide}"),
         STR_INIT("One\n- x\xe2\x80\xa8y\xc2\x85z\xe2\x80\xa9q")},
        {STR_INIT("{item: b, do: pin}"), STR_NONE},
    };

    is(add_all(a, "", lines, 2),
       "- {item: a, do: hide}   # One - x y z q\n- {item: b, do: pin}\n");
    arena_free(a);
}
END_TEST

START_TEST(a_file_that_would_be_broken_is_left_alone_and_the_line_told)
{
    struct arena *a = arena_new(0);
    const char *told = "this file cannot be added to; write into it: - "
                       "{item: b, do: hide}";

    is(add(a, "title: no list\n"), told);
    is(add(a, "- {item: a, do: hide}\n---\n- {item: c, do: hide}\n"), told);
    is(add(a, "- {item: a, do: hide\n"), told);
    arena_free(a);
}
END_TEST

UNIT_TESTS(a_decision_goes_to_the_end_as_the_list_is_written,
           a_decision_goes_before_what_ends_the_list,
           a_title_stays_in_its_comment,
           a_file_that_would_be_broken_is_left_alone_and_the_line_told)
