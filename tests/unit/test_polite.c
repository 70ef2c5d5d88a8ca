#include "unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "fetch/polite.h"

struct job {
    struct polite_job place;
    int name;
};

static void put(struct polite *p, const char *host, struct job *job, int name)
{
    job->name = name;
    polite_put(p, polite_site(p, str_from_c(host)), &job->place, false);
}

static int take(struct polite *p, int64_t now_ms)
{
    struct polite_job *job = polite_take(p, now_ms);

    return job == NULL ? 0 : ((struct job *)job)->name;
}

START_TEST(hosts_of_one_domain_are_one_site)
{
    struct polite *p = polite_new(1, 0);

    ck_assert_ptr_eq(polite_site(p, STR("a.example.co.uk")),
                     polite_site(p, STR("b.example.co.uk")));
    ck_assert_ptr_ne(polite_site(p, STR("example.co.uk")),
                     polite_site(p, STR("example.com")));
    ck_assert_ptr_ne(polite_site(p, STR("127.0.0.1")),
                     polite_site(p, STR("127.0.0.2")));
    ck_str(polite_name(polite_site(p, STR("a.example.co.uk"))),
           "example.co.uk");
    polite_free(p);
}
END_TEST

START_TEST(a_site_runs_no_more_jobs_than_its_limit)
{
    struct polite *p = polite_new(2, 0);
    struct job j[4];

    for (int i = 0; i < 4; i++)
        put(p, "a.example", &j[i], i + 1);
    ck_assert_int_eq(take(p, 0), 1);
    ck_assert_int_eq(take(p, 0), 2);
    ck_assert_int_eq(take(p, 0), 0);
    ck_assert_int_eq(polite_next_ms(p), -1);
    polite_end(p, &j[0].place, 0);
    ck_assert_int_eq(take(p, 0), 3);
    ck_assert_int_eq(take(p, 0), 0);
    polite_free(p);
}
END_TEST

START_TEST(a_pause_lies_after_the_start_and_after_the_end)
{
    struct polite *p = polite_new(2, 100);
    struct job j[3];

    for (int i = 0; i < 3; i++)
        put(p, "a.example", &j[i], i + 1);
    ck_assert_int_eq(take(p, 1000), 1);
    ck_assert_int_eq(take(p, 1099), 0);
    ck_assert_int_eq(polite_next_ms(p), 1100);
    ck_assert_int_eq(take(p, 1100), 2);
    polite_end(p, &j[0].place, 1500);
    ck_assert_int_eq(take(p, 1599), 0);
    ck_assert_int_eq(take(p, 1600), 3);
    polite_free(p);
}
END_TEST

START_TEST(sites_take_turns)
{
    struct polite *p = polite_new(9, 0);
    struct job j[6];

    for (int i = 0; i < 3; i++)
        put(p, "a.example", &j[i], i + 1);
    for (int i = 3; i < 6; i++)
        put(p, "b.example", &j[i], i + 1);
    ck_assert_int_eq(take(p, 0), 1);
    ck_assert_int_eq(take(p, 0), 4);
    ck_assert_int_eq(take(p, 0), 2);
    ck_assert_int_eq(take(p, 0), 5);
    polite_free(p);
}
END_TEST

START_TEST(a_held_site_lets_others_go_first)
{
    struct polite *p = polite_new(1, 0);
    struct polite_site *a = polite_site(p, STR("a.example"));
    struct job j[2];

    put(p, "a.example", &j[0], 1);
    put(p, "b.example", &j[1], 2);
    polite_hold(p, a, 5000);
    polite_hold(p, a, 3000); /* a shorter wish takes nothing back */
    ck_assert_int_eq(polite_held_ms(a, 1000), 4000);
    ck_assert_int_eq(take(p, 1000), 2);
    ck_assert_int_eq(take(p, 4999), 0);
    ck_assert_int_eq(polite_next_ms(p), 5000);
    ck_assert_int_eq(take(p, 5000), 1);
    ck_assert_int_eq(polite_held_ms(a, 5000), 0);
    polite_free(p);
}
END_TEST

START_TEST(what_comes_back_goes_first_and_all_can_be_taken_away)
{
    struct polite *p = polite_new(1, 0);
    struct polite_site *a = polite_site(p, STR("a.example"));
    struct polite_job *list;
    struct job j[4];

    put(p, "a.example", &j[0], 1);
    j[1].name = 2;
    polite_put(p, a, &j[1].place, true);
    put(p, "b.example", &j[2], 3);
    put(p, "b.example", &j[3], 4);
    list = polite_drain(p, a);
    ck_assert_ptr_eq(list, &j[1].place);
    ck_assert_ptr_eq(list->next, &j[0].place);
    ck_assert_ptr_null(list->next->next);
    list = polite_drain(p, NULL);
    ck_assert_ptr_eq(list, &j[2].place);
    ck_assert_ptr_eq(list->next, &j[3].place);
    ck_assert_ptr_null(list->next->next);
    ck_assert_int_eq(take(p, 0), 0);
    polite_free(p);
}
END_TEST

/* Simulated: many sites, all limits kept, everything taken, in time. */
START_TEST(a_long_run_keeps_every_limit)
{
    enum { JOBS = 20000, SITES = 97 };

    struct polite *p = polite_new(1, 50);
    struct job *j = calloc(JOBS, sizeof *j);
    int64_t last[SITES], now = 0;
    int taken = 0;
    char host[32];

    for (int i = 0; i < SITES; i++)
        last[i] = -1000;
    for (int i = 0; i < JOBS; i++) {
        snprintf(host, sizeof host, "h%d.example", i % SITES);
        put(p, host, &j[i], i + 1);
    }
    while (taken < JOBS) {
        int name = take(p, now);

        if (name == 0) {
            ck_assert_int_gt(polite_next_ms(p), now);
            now = polite_next_ms(p);
            continue;
        }
        taken++;
        ck_assert_int_ge(now - last[(name - 1) % SITES], 50);
        last[(name - 1) % SITES] = now;
        polite_end(p, &j[name - 1].place, now);
    }
    ck_assert_int_eq(now, (JOBS + SITES - 1) / SITES * 50 - 50);
    free(j);
    polite_free(p);
}
END_TEST

UNIT_TESTS(hosts_of_one_domain_are_one_site,
           a_site_runs_no_more_jobs_than_its_limit,
           a_pause_lies_after_the_start_and_after_the_end, sites_take_turns,
           a_held_site_lets_others_go_first,
           what_comes_back_goes_first_and_all_can_be_taken_away,
           a_long_run_keeps_every_limit)
