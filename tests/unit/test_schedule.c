#include "unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "mill/schedule.h"

#define HOUR  ((int64_t)3600)
#define DAY   (24 * HOUR)
#define START 1764547200 /* Monday 2025-12-01 00:00 UTC */

static const struct schedule_bounds bounds = {.min = 900, .max = DAY};

START_TEST(what_the_feed_states_comes_before_its_history)
{
    int64_t dates[] = {START - HOUR, START - 2 * HOUR, START - 3 * HOUR};
    struct schedule_facts facts = {
        .stated = 6 * HOUR, .max_age = -1, .dates = dates, .n_dates = 3};
    struct schedule s = schedule_read(&facts, START);

    ck_assert_int_eq(s.period, 6 * HOUR);
    ck_assert_int_eq(s.why, SCHEDULE_FEED);
}
END_TEST

START_TEST(an_answer_that_is_fresh_for_longer_is_believed)
{
    struct schedule_facts facts = {.stated = HOUR, .max_age = 3 * HOUR};
    struct schedule s = schedule_read(&facts, START);

    ck_assert_int_eq(s.period, 3 * HOUR);
    ck_assert_int_eq(s.why, SCHEDULE_SERVER);
    facts.max_age = 60;
    s = schedule_read(&facts, START);
    ck_assert_int_eq(s.period, HOUR);
    ck_assert_int_eq(s.why, SCHEDULE_FEED);
}
END_TEST

START_TEST(history_is_half_the_median_gap_whatever_the_order)
{
    int64_t dates[] = {START - 9 * HOUR, START - HOUR, START - 5 * HOUR,
                       START - 400 * DAY};
    struct schedule_facts facts = {.max_age = -1, .dates = dates, .n_dates = 4};
    struct schedule s = schedule_read(&facts, START);

    ck_assert_int_eq(s.why, SCHEDULE_HISTORY);
    ck_assert_int_eq(s.period, 2 * HOUR);
}
END_TEST

START_TEST(long_silence_lengthens_the_period)
{
    int64_t dates[] = {START - 100 * DAY, START - 101 * DAY, START - 102 * DAY};
    struct schedule_facts facts = {.max_age = -1, .dates = dates, .n_dates = 3};

    ck_assert_int_eq(schedule_read(&facts, START).period, 10 * DAY);
}
END_TEST

START_TEST(a_feed_that_has_ended_is_asked_at_the_longest_interval)
{
    struct schedule_facts facts = {
        .has_ended = true, .stated = HOUR, .max_age = 60};
    struct schedule s = schedule_read(&facts, START);
    int64_t next;

    ck_assert_int_eq(s.why, SCHEDULE_ENDED);
    schedule_unchanged(&s, 60);
    ck_assert_int_eq(s.why, SCHEDULE_ENDED);
    next = schedule_next(&s, bounds, STR("http://example.org/"), START);
    ck_assert_int_gt(next, START + DAY - DAY / 15);
    ck_assert_int_lt(next, START + DAY + DAY / 15);
}
END_TEST

START_TEST(without_facts_it_is_an_hour)
{
    struct schedule_facts facts = {.max_age = -1};
    struct schedule s = schedule_read(&facts, START);

    ck_assert_int_eq(s.period, HOUR);
    ck_assert_int_eq(s.why, SCHEDULE_DEFAULT);
}
END_TEST

/* The shortest and the longest wait of 500 sources. */
static void waits(struct schedule s, int64_t *shortest, int64_t *longest)
{
    *shortest = INT64_MAX;
    *longest = 0;
    for (int i = 0; i < 500; i++) {
        char url[32];
        int64_t t;

        snprintf(url, sizeof url, "https://example.org/%d", i);
        t = schedule_next(&s, bounds, str_from_c(url), START) - START;
        *shortest = t < *shortest ? t : *shortest;
        *longest = t > *longest ? t : *longest;
    }
}

START_TEST(the_spread_lies_around_what_was_guessed_and_the_bounds)
{
    struct schedule fast = {.period = 1};
    struct schedule slow = {.period = 90 * DAY, .why = SCHEDULE_SERVER};
    int64_t shortest, longest;

    waits(fast, &shortest, &longest);
    ck_assert_int_ge(shortest, 900 - 900 / 16);
    ck_assert_int_lt(shortest, 900 - 40);
    ck_assert_int_gt(longest, 900 + 40);
    ck_assert_int_le(longest, 900 + 900 / 16);
    waits(slow, &shortest, &longest);
    ck_assert_int_ge(shortest, DAY - DAY / 16);
    ck_assert_int_lt(shortest, DAY - DAY / 20);
    ck_assert_int_le(longest, DAY + DAY / 16);
}
END_TEST

START_TEST(what_the_source_states_is_not_undercut)
{
    struct schedule feed = {.period = 2 * HOUR, .why = SCHEDULE_FEED};
    struct schedule server = {.period = DAY, .why = SCHEDULE_SERVER};
    int64_t shortest, longest;

    waits(feed, &shortest, &longest);
    ck_assert_int_ge(shortest, 2 * HOUR);
    ck_assert_int_lt(longest, 2 * HOUR + HOUR / 4);
    waits(server, &shortest, &longest);
    ck_assert_int_ge(shortest, DAY);
}
END_TEST

START_TEST(a_thousand_sources_asked_together_come_due_apart)
{
    struct schedule s = {.period = 4 * HOUR};
    int in_minute[31] = {0};

    for (int i = 0; i < 1000; i++) {
        char url[32];
        int64_t t;

        snprintf(url, sizeof url, "https://example.org/%d", i);
        t = schedule_next(&s, bounds, str_from_c(url), START) - START;
        in_minute[(t - 4 * HOUR + HOUR / 4) / 60]++;
    }
    for (int i = 0; i < 30; i++)
        ck_assert_int_lt(in_minute[i], 100);
}
END_TEST

START_TEST(mills_that_ask_together_do_not_come_back_together)
{
    struct schedule s = {.period = 4 * HOUR, .why = SCHEDULE_FEED};
    int in_minute[31] = {0};

    for (uint64_t i = 0; i < 1000; i++) {
        char id[32];
        struct schedule_bounds of_mill = bounds;
        int64_t t;

        snprintf(id, sizeof id, "mill %d", (int)i);
        of_mill.salt = hash64(str_from_c(id));
        t = schedule_next(&s, of_mill, STR("https://example.org/f"), START);
        in_minute[(t - START - 4 * HOUR) / 60]++;
    }
    for (int i = 0; i < 30; i++)
        ck_assert_int_lt(in_minute[i], 100);
}
END_TEST

START_TEST(skipped_hours_and_days_are_stepped_over)
{
    /* Not from 1 to 5 GMT, not on Mondays. */
    struct schedule s = {
        .period = 2 * HOUR, .skip_hours = 0x3E, .skip_days = 1};
    int64_t t = schedule_next(&s, bounds, STR("u"), START - HOUR);

    ck_assert_int_eq(t / HOUR, (START + DAY) / HOUR);
    s.skip_days = 0;
    t = schedule_next(&s, bounds, STR("u"), START);
    ck_assert_int_eq(t / HOUR, (START + 6 * HOUR) / HOUR);
}
END_TEST

START_TEST(those_who_skip_the_same_hours_do_not_all_come_at_their_end)
{
    struct schedule s = {.period = 12 * HOUR, .skip_hours = 0xFFFFE};
    int in_minute[60] = {0};

    for (int i = 0; i < 1000; i++) {
        char url[32];
        int64_t t;

        snprintf(url, sizeof url, "https://example.org/%d", i);
        t = schedule_next(&s, bounds, str_from_c(url), START) - START;
        ck_assert_int_eq(t / HOUR, 20);
        in_minute[t % HOUR / 60]++;
    }
    for (int i = 0; i < 59; i++)
        ck_assert_int_lt(in_minute[i], 50);
}
END_TEST

START_TEST(a_source_that_skips_everything_is_asked_all_the_same)
{
    struct schedule s = {.period = HOUR, .skip_hours = 0xFFFFFF};

    ck_assert_int_lt(schedule_next(&s, bounds, STR("u"), START),
                     START + 2 * HOUR);
}
END_TEST

START_TEST(how_late_it_is_needs_more_than_one_run_to_tell)
{
    int64_t starts[] = {300, 900, 200, 250, 100};

    ck_assert_int_eq(schedule_latest(starts, 0, 3), 0);
    ck_assert_int_eq(schedule_latest(starts, 1, 3), 300);
    ck_assert_int_eq(schedule_latest(starts, 2, 3), 300);
    ck_assert_int_eq(schedule_latest(starts, 5, 3), 250);
    ck_assert_int_eq(schedule_latest(starts, 5, 1), 900);
}
END_TEST

START_TEST(what_time_it_is_may_be_a_step_beyond_what_runs_agree_on)
{
    int64_t monthly[] = {400, 300, 200, 100};
    int64_t jumped[] = {9000, 8900, 200, 190, 180};

    ck_assert_int_eq(schedule_believed(monthly, 4, 3, 100, 500), 500);
    ck_assert_int_eq(schedule_believed(monthly, 4, 3, 99, 500), 200);
    ck_assert_int_eq(schedule_believed(monthly, 4, 3, 100, 9000), 400);
    ck_assert_int_eq(schedule_believed(jumped, 5, 3, 100, 9050), 200);
    ck_assert_int_eq(schedule_believed(jumped, 5, 3, 100, 210), 210);
    ck_assert_int_eq(schedule_believed(monthly, 4, 3, 100, 50), 50);
    ck_assert_int_eq(schedule_believed(monthly, 0, 3, 100, 500), 0);
}
END_TEST

START_TEST(failures_back_off_to_the_bound_and_differ_by_try)
{
    int64_t last = 0;

    for (int n = 1; n <= 6; n++) {
        int64_t wait = schedule_retry(n, bounds, STR("u"), START) - START;

        ck_assert_int_ge(wait, 900LL << (n - 1));
        ck_assert_int_lt(wait, (900LL << (n - 1)) * 5 / 4);
        ck_assert_int_gt(wait, last);
        last = wait;
    }
    for (int n = 8; n < 100000; n *= 3)
        ck_assert_int_le(schedule_retry(n, bounds, STR("u"), START) - START,
                         DAY * 5 / 4);
}
END_TEST

/* How often a source is asked in 30 days of a timer every five minutes. */
static int month(struct schedule s, bool brings_news, int64_t gap)
{
    int64_t due = START, newest = START;
    int asked = 0;

    for (int64_t now = START; now < START + 30 * DAY; now += 300) {
        if (now < due)
            continue;
        asked++;
        if (brings_news && now - newest >= gap) {
            int64_t dates[] = {now, now - gap, now - 2 * gap, now - 3 * gap};
            struct schedule_facts facts = {
                .max_age = -1, .dates = dates, .n_dates = 4};

            newest = now;
            s = schedule_read(&facts, now);
        } else {
            schedule_unchanged(&s, -1);
        }
        due = schedule_next(&s, bounds, STR("https://example.org/f"), now);
        ck_assert_int_gt(due, now);
    }
    return asked;
}

START_TEST(an_unchanged_answer_brings_its_freshness_anew)
{
    struct schedule s = {.period = HOUR, .why = SCHEDULE_FEED};

    schedule_unchanged(&s, 60);
    ck_assert_int_eq(s.period, HOUR);
    ck_assert_int_eq(s.why, SCHEDULE_FEED);
    schedule_unchanged(&s, 6 * HOUR);
    ck_assert_int_eq(s.period, 6 * HOUR);
    ck_assert_int_eq(s.why, SCHEDULE_SERVER);
}
END_TEST

START_TEST(a_month_of_a_silent_source_costs_little)
{
    struct schedule s = {.period = HOUR};
    int asked = month(s, false, 0);

    ck_assert_int_ge(asked, 26);
    ck_assert_int_le(asked, 50);
}
END_TEST

START_TEST(a_month_of_a_busy_source_misses_nothing_for_long)
{
    struct schedule s = {.period = HOUR};
    int asked = month(s, true, 2 * HOUR);

    /* At least once a gap, at most every quarter of an hour. */
    ck_assert_int_ge(asked, 30 * 12);
    ck_assert_int_le(asked, 30 * 96);
}
END_TEST

/* All begin together, with a timer that comes every quarter of an hour. */
START_TEST(a_month_of_daily_sources_asks_each_once_a_day_and_never_all_at_once)
{
    struct schedule s = {.period = 7 * DAY};
    int64_t due[500];
    int asked[500] = {0};

    for (int i = 0; i < 500; i++)
        due[i] = START;
    for (int64_t now = START; now < START + 30 * DAY; now += 900) {
        int at_once = 0;

        for (int i = 0; i < 500; i++) {
            char url[32];

            if (now < due[i])
                continue;
            snprintf(url, sizeof url, "https://example.org/%d", i);
            due[i] = (asked[i] == 0 ? schedule_second : schedule_next)(
                &s, bounds, str_from_c(url), now);
            asked[i]++;
            at_once++;
        }
        ck_assert(now == START || at_once <= 50);
    }
    for (int i = 0; i < 500; i++) {
        ck_assert_int_ge(asked[i], 29);
        ck_assert_int_le(asked[i], 31);
    }
}
END_TEST

START_TEST(what_is_stated_or_wanted_is_not_undercut_the_first_time_either)
{
    struct schedule stated = {.period = 4 * HOUR, .why = SCHEDULE_FEED};
    struct schedule guessed = {.period = 4 * HOUR};
    struct schedule fast = {.period = 60, .why = SCHEDULE_HISTORY};
    struct schedule fresh = {.period = 300 * DAY, .why = SCHEDULE_SERVER};

    for (int i = 0; i < 1000; i++) {
        char url[32];
        int64_t t;

        snprintf(url, sizeof url, "https://example.org/%d", i);
        t = schedule_second(&stated, bounds, str_from_c(url), START) - START;
        ck_assert(t >= 4 * HOUR && t < 4 * HOUR + HOUR / 2);
        t = schedule_second(&guessed, bounds, str_from_c(url), START) - START;
        ck_assert(t >= 2 * HOUR && t <= 4 * HOUR + HOUR / 4);
        t = schedule_second(&fast, bounds, str_from_c(url), START) - START;
        ck_assert(t >= 900 - 900 / 16 && t <= 900 + 900 / 16);
        t = schedule_second(&fresh, bounds, str_from_c(url), START) - START;
        ck_assert(t >= DAY - DAY / 16);
    }
}
END_TEST

/* How often ten sources of the habits S are asked on average in 30 days of a
 * timer that comes every GAP seconds, or up to three later; the shortest wait to
 * *LEAST. */
static double asked_by_timer(struct schedule s, int64_t gap, int64_t *least)
{
    int64_t starts[10], n_asked = 0;
    size_t n = 0;

    *least = INT64_MAX;
    for (int i = 0; i < 10; i++) {
        int64_t due = START, last = 0;
        char url[32];

        snprintf(url, sizeof url, "https://example.org/%d", i);
        n = 0;
        for (int k = 0; k * gap < 30 * DAY; k++) {
            int64_t now = START + k * gap + k * 7 % 4, copy[10];

            memcpy(copy, starts, sizeof copy);
            if (schedule_is_due(&s, bounds, last, due, schedule_gap(copy, n),
                                now)) {
                if (last > 0 && now - last < *least)
                    *least = now - last;
                n_asked++;
                last = now;
                due = schedule_next(&s, bounds, str_from_c(url), now);
            }
            memmove(starts + 1, starts, sizeof starts - sizeof starts[0]);
            starts[0] = now;
            n += n < 10;
        }
    }
    return (double)n_asked / 10;
}

START_TEST(a_timer_of_a_sources_own_period_asks_it_each_time)
{
    static const enum schedule_why whys[] = {SCHEDULE_DEFAULT, SCHEDULE_HISTORY,
                                             SCHEDULE_FEED, SCHEDULE_SERVER};
    static const int64_t periods[] = {900, HOUR, 6 * HOUR, DAY};
    int64_t least;

    for (size_t i = 0; i < 4; i++)
        for (size_t k = 0; k < 4; k++) {
            struct schedule s = {.period = periods[k], .why = whys[i]};
            double asked = asked_by_timer(s, periods[k], &least);

            /* One run must go by before the timer is known. */
            ck_assert_double_ge(asked, (double)(30 * DAY / periods[k] - 2));
            ck_assert_int_ge(least, periods[k] - 3);
        }
    /* What comes more often than the owner wants is asked each time, too. */
    for (size_t i = 0; i < 4; i++) {
        struct schedule s = {.period = 300, .why = whys[i]};

        ck_assert_double_ge(asked_by_timer(s, 900, &least), 30 * 96 - 2);
    }
}
END_TEST

START_TEST(a_quicker_timer_asks_no_more_often_than_the_period)
{
    struct schedule daily = {.period = DAY}, hourly = {.period = HOUR};
    struct schedule stated = {.period = HOUR, .why = SCHEDULE_SERVER};
    int64_t least;
    double asked = asked_by_timer(daily, 900, &least);

    ck_assert_double_ge(asked, 29);
    ck_assert_double_le(asked, 31);
    asked = asked_by_timer(hourly, 900, &least);
    ck_assert_double_ge(asked, 30 * 24 * .97);
    ck_assert_double_le(asked, 30 * 24 * 1.03);
    for (int64_t gap = 300; gap <= HOUR; gap += 1100) {
        asked_by_timer(stated, gap, &least);
        ck_assert_int_ge(least, HOUR - 60);
        asked_by_timer(hourly, gap, &least);
        ck_assert_int_ge(least, HOUR - HOUR / 8 - HOUR / 16);
    }
}
END_TEST

START_TEST(the_gap_between_runs_is_the_median_one)
{
    int64_t starts[] = {10000, 9990, 9100, 8200, 7300, 1000};
    int64_t one[] = {10000};

    ck_assert_int_eq(schedule_gap(starts, 6), 900);
    ck_assert_int_eq(schedule_gap(one, 1), 0);
    ck_assert_int_eq(schedule_gap(one, 0), 0);
}
END_TEST

START_TEST(the_nearer_run_does_not_come_in_a_skipped_hour)
{
    struct schedule s = {.period = HOUR, .skip_hours = 1};
    int64_t next = schedule_next(&s, bounds, STR("u"), START - HOUR);

    ck_assert_int_eq(next / HOUR, START / HOUR + 1);
    ck_assert(!schedule_is_due(&s, bounds, START - HOUR, next, 900,
                               START + HOUR - 60));
    ck_assert(schedule_is_due(&s, bounds, START - HOUR, next, 900, next));
}
END_TEST

START_TEST(a_stated_ttl_is_not_stretched_by_silence)
{
    struct schedule s = {.period = 2 * HOUR, .why = SCHEDULE_FEED};
    int asked = month(s, false, 0);

    ck_assert_int_ge(asked, 30 * 12 * 8 / 9 - 30);
    ck_assert_int_le(asked, 30 * 12);
}
END_TEST

START_TEST(names_come_back)
{
    for (int i = SCHEDULE_DEFAULT; i <= SCHEDULE_GONE; i++)
        ck_assert_int_eq(
            schedule_why_by_name(schedule_why_name((enum schedule_why)i)), i);
    ck_assert_int_eq(schedule_why_by_name(STR("nonsense")), SCHEDULE_DEFAULT);
}
END_TEST

UNIT_TESTS(what_the_feed_states_comes_before_its_history,
           an_answer_that_is_fresh_for_longer_is_believed,
           history_is_half_the_median_gap_whatever_the_order,
           a_feed_that_has_ended_is_asked_at_the_longest_interval,
           long_silence_lengthens_the_period, without_facts_it_is_an_hour,
           the_spread_lies_around_what_was_guessed_and_the_bounds,
           what_the_source_states_is_not_undercut,
           a_thousand_sources_asked_together_come_due_apart,
           mills_that_ask_together_do_not_come_back_together,
           skipped_hours_and_days_are_stepped_over,
           those_who_skip_the_same_hours_do_not_all_come_at_their_end,
           what_is_stated_or_wanted_is_not_undercut_the_first_time_either,
           a_source_that_skips_everything_is_asked_all_the_same,
           how_late_it_is_needs_more_than_one_run_to_tell,
           what_time_it_is_may_be_a_step_beyond_what_runs_agree_on,
           failures_back_off_to_the_bound_and_differ_by_try,
           an_unchanged_answer_brings_its_freshness_anew,
           a_month_of_a_silent_source_costs_little,
           a_month_of_a_busy_source_misses_nothing_for_long,
           a_month_of_daily_sources_asks_each_once_a_day_and_never_all_at_once,
           a_timer_of_a_sources_own_period_asks_it_each_time,
           a_quicker_timer_asks_no_more_often_than_the_period,
           the_gap_between_runs_is_the_median_one,
           the_nearer_run_does_not_come_in_a_skipped_hour,
           a_stated_ttl_is_not_stretched_by_silence, names_come_back)
