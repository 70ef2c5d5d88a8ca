#include "unit/unit.h"

#include "base/arena.h"
#include "sys/tzdata.h"

START_TEST(a_zone_of_the_system_is_found)
{
    struct arena *a = arena_new(0);

    ck_assert(str_starts(tzdata_read(a, STR("Asia/Shanghai")), STR("TZif")));
    ck_assert(str_starts(tzdata_read(a, STR("Etc/GMT+5")), STR("TZif")));
    arena_free(a);
}
END_TEST

START_TEST(names_that_are_no_zone_give_nothing)
{
    struct arena *a = arena_new(0);

    ck_str(tzdata_read(a, STR("Asia/Nowhere")), "");
    ck_str(tzdata_read(a, STR("Asia")), "");
    ck_str(tzdata_read(a, STR("")), "");
    ck_str(tzdata_read(a, STR("/etc/localtime")), "");
    ck_str(tzdata_read(a, STR("Asia/../Asia/Shanghai")), "");
    ck_str(tzdata_read(a, STR("zone.tab")), "");
    arena_free(a);
}
END_TEST

UNIT_TESTS(a_zone_of_the_system_is_found, names_that_are_no_zone_give_nothing)
