#include "unit/unit.h"

#include "base/sort.h"

#define MANY 300

static uint64_t next(uint64_t *seed)
{
    return *seed = *seed * 6364136223846793005u + 1442695040888963407u;
}

static void check_order(size_t n)
{
    uint64_t v[MANY], room[MANY], seed = n, sum = 0, sum_sorted = 0;
    const uint64_t *sorted;

    for (size_t i = 0; i < n; i++) {
        v[i] = next(&seed) >> (i % 3 == 0 ? 60 : 0);
        sum += v[i] * v[i];
    }
    sorted = sort_numbers(v, room, n);
    for (size_t i = 0; i < n; i++) {
        sum_sorted += sorted[i] * sorted[i];
        ck_assert(i == 0 || sorted[i - 1] <= sorted[i]);
    }
    ck_assert_uint_eq(sum_sorted, sum);
}

START_TEST(any_number_of_them_comes_into_order_and_none_is_lost)
{
    for (size_t n = 0; n <= MANY; n++)
        check_order(n);
}
END_TEST

UNIT_TESTS(any_number_of_them_comes_into_order_and_none_is_lost)
