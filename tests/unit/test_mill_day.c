#include "unit/unit.h"

#include "base/arena.h"
#include "item/source.h"
#include "sys/tzdata.h"

#define DAY ((int64_t)86400)

static struct when moment(int64_t t)
{
    return (struct when){.unix_seconds = t, .precision = WHEN_SECOND};
}

START_TEST(a_day_ends_at_the_mills_midnight)
{
    struct mill_config mill = {0};
    int64_t day = civil_seconds(2024, 11, 14, 0, 0, 0) / DAY;
    int64_t late = civil_seconds(2024, 11, 14, 17, 0, 0);

    ck_assert_int_eq(mill_day(&mill, moment(late)), day);
    ck_assert_int_eq(mill_day_begins(&mill, day), day * DAY);
    mill.zone.minutes = 480;
    ck_assert_int_eq(mill_day(&mill, moment(late)), day + 1);
    ck_assert_int_eq(mill_day_begins(&mill, day + 1),
                     civil_seconds(2024, 11, 14, 16, 0, 0));
}
END_TEST

START_TEST(a_day_may_have_23_hours)
{
    struct arena *a = arena_new(0);
    struct str tzif = tzdata_read(a, STR("Europe/Berlin"));
    struct mill_config mill = {0};
    int64_t day = civil_seconds(2024, 3, 31, 0, 0, 0) / DAY;

    if (tzif.n > 0) { /* without tzdata there is nothing to see */
        mill.zone.rules = zone_parse(a, tzif);
        ck_assert_int_eq(mill_day_begins(&mill, day),
                         civil_seconds(2024, 3, 30, 23, 0, 0));
        ck_assert_int_eq(mill_day_begins(&mill, day + 1),
                         civil_seconds(2024, 3, 31, 22, 0, 0));
        ck_assert_int_eq(
            mill_day(&mill, moment(civil_seconds(2024, 3, 31, 21, 59, 59))),
            day);
    }
    arena_free(a);
}
END_TEST

START_TEST(a_date_without_time_is_the_day_that_was_written)
{
    struct mill_config mill = {0};
    struct when w = {.unix_seconds = civil_seconds(2024, 11, 13, 16, 0, 0),
                     .zone_minutes = 480,
                     .precision = WHEN_DAY};

    ck_assert_int_eq(mill_day(&mill, w),
                     civil_seconds(2024, 11, 14, 0, 0, 0) / DAY);
}
END_TEST

START_TEST(without_a_zone_a_day_is_the_one_that_readers_see)
{
    struct mill_config mill = {0};
    int64_t day = civil_seconds(2024, 11, 14, 0, 0, 0) / DAY;
    struct when w = moment(civil_seconds(2024, 11, 13, 23, 0, 0));

    w.zone_minutes = 540; /* 2024-11-14 08:00 */
    ck_assert_int_eq(mill_day(&mill, w), day);
    w.zone_minutes = ZONE_UNKNOWN;
    ck_assert_int_eq(mill_day(&mill, w), day - 1);
    w.zone_minutes = 540;
    mill.zone.minutes = -300;
    ck_assert_int_eq(mill_day(&mill, w), day - 1);
}
END_TEST

START_TEST(days_before_1970_are_whole_too)
{
    struct mill_config mill = {0};

    ck_assert_int_eq(mill_day(&mill, moment(-1)), -1);
    ck_assert_int_eq(mill_day(&mill, moment(-DAY)), -1);
    ck_assert_int_eq(mill_day(&mill, moment(-DAY - 1)), -2);
}
END_TEST

START_TEST(a_moment_is_told_in_the_zone_and_a_day_is_not)
{
    struct mill_config mill = {0};
    struct when w = {.unix_seconds = civil_seconds(2024, 11, 13, 23, 0, 0),
                     .zone_minutes = -300,
                     .precision = WHEN_MINUTE};

    ck_assert_int_eq(mill_moment(&mill, w).zone_minutes, -300);
    mill.zone.minutes = 480;
    ck_assert_int_eq(mill_moment(&mill, w).zone_minutes, 480);
    ck_assert(mill_moment(&mill, w).unix_seconds == w.unix_seconds);
    w.precision = WHEN_DAY;
    ck_assert_int_eq(mill_moment(&mill, w).zone_minutes, -300);
}
END_TEST

UNIT_TESTS(a_moment_is_told_in_the_zone_and_a_day_is_not,
           a_day_ends_at_the_mills_midnight, a_day_may_have_23_hours,
           a_date_without_time_is_the_day_that_was_written,
           without_a_zone_a_day_is_the_one_that_readers_see,
           days_before_1970_are_whole_too)
