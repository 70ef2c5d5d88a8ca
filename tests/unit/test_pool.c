#include "unit/unit.h"

#include <stdatomic.h>
#include <time.h>

#include "sys/clock.h"
#include "sys/pool.h"

static atomic_int done, states, freed;
static int jobs[1000];

static void run_job(void *job, void *state)
{
    ck_assert_ptr_nonnull(state);
    *(int *)job += 1;
    atomic_fetch_add(&done, 1);
}

static void *new_state(void)
{
    atomic_fetch_add(&states, 1);
    return malloc(1);
}

static void free_state(void *state)
{
    free(state);
    atomic_fetch_add(&freed, 1);
}

START_TEST(every_job_runs_once_and_every_state_ends)
{
    struct pool *p = pool_new(3, 4, run_job, new_state, free_state);

    for (int i = 0; i < 1000; i++)
        pool_add(p, &jobs[i]);
    pool_free(p);
    ck_assert_int_eq(done, 1000);
    ck_assert_int_eq(states, 3);
    ck_assert_int_eq(freed, 3);
    for (int i = 0; i < 1000; i++)
        ck_assert_int_eq(jobs[i], 1);
}
END_TEST

static void put_ten(void *arg)
{
    static int numbers[10];

    for (int i = 0; i < 10; i++) {
        numbers[i] = i;
        queue_put(arg, &numbers[i]);
    }
    queue_close(arg);
}

START_TEST(a_queue_keeps_the_order_and_ends_when_closed_and_empty)
{
    struct queue *q = queue_new(2);
    struct thread *t = thread_start(put_ten, q);

    for (int i = 0; i < 10; i++) {
        int *got = queue_take(q, -1);

        ck_assert_ptr_nonnull(got);
        ck_assert_int_eq(*got, i);
    }
    ck_assert_ptr_null(queue_take(q, -1));
    thread_join(t);
    queue_free(q);
}
END_TEST

static void put_until_refused(void *arg)
{
    static int number;

    while (!queue_is_refused(arg))
        queue_put(arg, &number);
    queue_close(arg);
}

START_TEST(who_takes_can_refuse_and_still_gets_what_was_put)
{
    struct queue *q = queue_new(2);
    struct thread *t = thread_start(put_until_refused, q);

    ck_assert_ptr_nonnull(queue_take(q, -1));
    queue_refuse(q);
    while (queue_take(q, -1) != NULL)
        ;
    thread_join(t);
    queue_free(q);
}
END_TEST

START_TEST(taking_from_an_empty_queue_waits_no_longer_than_asked)
{
    struct queue *q = queue_new(1);
    int64_t from = clock_ms();

    ck_assert_ptr_null(queue_take(q, 0));
    ck_assert_ptr_null(queue_take(q, 30));
    ck_assert_int_ge(clock_ms() - from, 29);
    queue_free(q);
}
END_TEST

struct taking {
    struct budget *budget;
    size_t want;
    _Atomic bool has;
};

static void take_budget(void *arg)
{
    struct taking *t = arg;

    budget_take(t->budget, t->want);
    t->has = true;
}

START_TEST(a_queue_takes_past_its_maximum_what_must_not_wait)
{
    struct queue *q = queue_new(2);
    int v[7];

    /* The ring begins in its middle. */
    queue_put(q, &v[0]);
    ck_assert_ptr_eq(queue_take(q, 0), &v[0]);
    for (int i = 0; i < 7; i++)
        queue_put_now(q, &v[i]);
    for (int i = 0; i < 7; i++)
        ck_assert_ptr_eq(queue_take(q, 0), &v[i]);
    ck_assert_ptr_null(queue_take(q, 0));
    queue_free(q);
}
END_TEST

START_TEST(a_budget_is_waited_for_in_the_order_of_asking)
{
    struct taking large = {.budget = budget_new(10), .want = 8};
    struct taking small = {.budget = large.budget, .want = 1};
    struct timespec little = {.tv_nsec = 20000000};
    struct thread *first, *second;

    ck_assert_uint_eq(budget_take(large.budget, 4), 4);
    first = thread_start(take_budget, &large);
    nanosleep(&little, NULL);
    second = thread_start(take_budget, &small);
    nanosleep(&little, NULL);
    ck_assert(!large.has);
    ck_assert(!small.has);
    budget_give(large.budget, 4);
    thread_join(first);
    thread_join(second);
    ck_assert(large.has && small.has);
    budget_give(large.budget, 9);
    /* More than there is: all of it. */
    ck_assert_uint_eq(budget_take(large.budget, 11), 10);
    budget_free(large.budget);
}
END_TEST

UNIT_TESTS(every_job_runs_once_and_every_state_ends,
           a_queue_keeps_the_order_and_ends_when_closed_and_empty,
           who_takes_can_refuse_and_still_gets_what_was_put,
           taking_from_an_empty_queue_waits_no_longer_than_asked,
           a_queue_takes_past_its_maximum_what_must_not_wait,
           a_budget_is_waited_for_in_the_order_of_asking)
