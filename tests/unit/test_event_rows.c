#include "unit/unit.h"

/* The beginnings of words that the judge looks for, by table. */
static const struct str types[] = {
#define TYPE(beginning, type) STR_INIT(beginning),
#include "judge/event_types.def"
};

static const struct str fields[] = {
#define OF_FIELD(beginning, field) STR_INIT(beginning),
#include "judge/event_fields.def"
};

static const struct str fields_han[] = {
#define OF_FIELD(beginning, field) STR_INIT(beginning),
#include "judge/event_fields_han.def"
};

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

#define KEY 3 /* bytes: event_told.c finds them by so many */

/* Where a row is out of its place its word, and all behind it, would not be found. */
static void check_order(const struct str *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        ck_assert_msg(rows[i].n >= KEY, "\"%.*s\" is too short",
                      STR_ARG(rows[i]));
        ck_assert_msg(i == 0 || str_cmp(rows[i - 1], rows[i]) <= 0,
                      "\"%.*s\" stands behind \"%.*s\"", STR_ARG(rows[i]),
                      STR_ARG(rows[i - 1]));
    }
}

START_TEST(tables_are_in_the_order_of_bytes)
{
    check_order(types, COUNT(types));
    check_order(fields, COUNT(fields));
    check_order(fields_han, COUNT(fields_han));
}
END_TEST

/* One table is read behind the other: what begins with one key stands together. */
START_TEST(no_key_is_in_two_tables_of_fields)
{
    for (size_t i = 0; i < COUNT(fields); i++)
        for (size_t k = 0; k < COUNT(fields_han); k++)
            ck_assert_msg(
                !str_starts(fields_han[k], str_slice(fields[i], 0, KEY)),
                "\"%.*s\" and \"%.*s\"", STR_ARG(fields[i]),
                STR_ARG(fields_han[k]));
}
END_TEST

UNIT_TESTS(tables_are_in_the_order_of_bytes, no_key_is_in_two_tables_of_fields)
