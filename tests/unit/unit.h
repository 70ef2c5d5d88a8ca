#ifndef UNIT_UNIT_H
#define UNIT_UNIT_H
/* What every unit test needs: Check, a str assertion, and a main() that runs
 * the tests named in UNIT_TESTS(...). */
#include <check.h>
#include <stdlib.h>

#include "base/arena.h"

#define ck_str(s, expected)                                                    \
    do {                                                                       \
        struct str ck_s = (s);                                                 \
        ck_assert_msg(str_eq(ck_s, str_from_c(expected)),                      \
                      "got \"%.*s\", expected \"%s\"", STR_ARG(ck_s),          \
                      (expected));                                             \
    } while (0)

static struct arena *unit_kept;

/* The arena of the running test, which ends with it. */
static inline struct arena *unit_arena(void)
{
    if (unit_kept == NULL)
        unit_kept = arena_new(0);
    return unit_kept;
}

static inline void unit_end(void)
{
    arena_free(unit_kept);
    unit_kept = NULL;
}

/* UP and DOWN (may be NULL) run before and after each test. */
static inline int unit_run_in(const TTest *const *tests, size_t n,
                              void (*up)(void), void (*down)(void))
{
    Suite *suite = suite_create("unit");
    TCase *all = tcase_create("all");
    SRunner *runner;
    int failed;

    tcase_set_timeout(all, 60);
    tcase_add_checked_fixture(all, NULL, unit_end);
    if (up != NULL)
        tcase_add_checked_fixture(all, up, down);
    for (size_t i = 0; i < n; i++)
        tcase_add_test(all, tests[i]);
    suite_add_tcase(suite, all);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

static inline int unit_run(const TTest *const *tests, size_t n)
{
    return unit_run_in(tests, n, NULL, NULL);
}

#define UNIT_TESTS_IN(up, down, ...)                                           \
    int main(void)                                                             \
    {                                                                          \
        const TTest *const tests[] = {__VA_ARGS__};                            \
                                                                               \
        return unit_run_in(tests, sizeof tests / sizeof tests[0], up, down);   \
    }
#define UNIT_TESTS(...) UNIT_TESTS_IN(NULL, NULL, __VA_ARGS__)
#endif
