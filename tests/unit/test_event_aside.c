#include "unit/unit.h"

#include "judge/event_aside.h"

struct asides {
    uint64_t of[ASIDES_OF_NUMBER];
    size_t n;
};

static struct asides asides_in(struct str text)
{
    struct number number;
    struct asides out;

    ck_assert(number_read(text, 0, &number));
    out.n = asides_of(&number, out.of);
    return out;
}

/* How many of a kind both texts' numbers have. */
static int shared(struct str one, struct str two, enum aside aside)
{
    struct asides x = asides_in(one), y = asides_in(two);
    int n = 0;

    for (size_t i = 0; i < x.n; i++)
        for (size_t k = 0; k < y.n; k++)
            n += x.of[i] == y.of[k] && aside_of_hash(x.of[i]) == aside;
    return n;
}

START_TEST(what_is_rounded_is_near)
{
    ck_assert_int_ge(shared(STR("4.1 million"), STR("4 million"), ASIDE_NEAR),
                     1);
    ck_assert_int_ge(shared(STR("2.49bn"), STR("2500 million"), ASIDE_NEAR), 1);
    ck_assert_int_ge(shared(STR("3370万"), STR("3400万"), ASIDE_NEAR), 1);
    ck_assert_int_ge(shared(STR("4.9%"), STR("5%"), ASIDE_NEAR), 1);
    ck_assert_int_eq(shared(STR("40"), STR("40"), ASIDE_NEAR), 2);
}
END_TEST

START_TEST(another_value_is_not_near)
{
    ck_assert_int_eq(shared(STR("40 million"), STR("110 million"), ASIDE_NEAR),
                     0);
    ck_assert_int_eq(shared(STR("40%"), STR("40"), ASIDE_NEAR), 0);
    ck_assert_int_eq(asides_in(STR("4")).n, 0);
    ck_assert_int_eq(asides_in(STR("3-1")).n, 0);
}
END_TEST

START_TEST(a_number_of_three_digits_is_exact)
{
    ck_assert_int_eq(shared(STR("92.7%"), STR("92.7 percent"), ASIDE_EXACT), 1);
    ck_assert_int_eq(shared(STR("203,000"), STR("203 thousand"), ASIDE_EXACT),
                     1);
    ck_assert_int_eq(shared(STR("92.7%"), STR("92.8%"), ASIDE_EXACT), 0);
    ck_assert_int_eq(shared(STR("4,100,000"), STR("4.1 million"), ASIDE_EXACT),
                     0);
}
END_TEST

UNIT_TESTS(what_is_rounded_is_near, another_value_is_not_near,
           a_number_of_three_digits_is_exact)
