#include "unit/unit.h"

#include "sys/progress.h"

#define PACE(done, total, ms) progress_pace(done, total, ms, text, sizeof text)

START_TEST(says_rate_and_time_left)
{
    char text[64];

    ck_str(PACE(100, 1000, 2000), "  50/s  18 s left");
    ck_str(PACE(3, 10, 2000), "  1.5/s  5 s left");
    ck_str(PACE(1000, 1000, 2000), "  500/s  0 s left");
    ck_str(PACE(10, 10000, 10000), "  1.0/s  166:30 min left");
    ck_str(PACE(500, 1000, 65000), "  7.7/s  1:05 min left");
}
END_TEST

START_TEST(says_nothing_too_early)
{
    char text[64];

    ck_str(PACE(0, 1000, 5000), "");
    ck_str(PACE(10, 1000, 500), "");
}
END_TEST

UNIT_TESTS(says_rate_and_time_left, says_nothing_too_early)
