#include "unit/store_case.h"

#include "store/store_query.h"
#include "store/store_runs.h"

#define RECORD_BYTES 14
#define RECORDS      10000 /* of a run: 140 KB, and 17 KB of filters */
#define ABSENT       5000

static struct store_case c;

static size_t record_bytes(struct str records)
{
    return records.n < RECORD_BYTES ? 0 : RECORD_BYTES;
}

static const struct runs_kind folded = {
    .record_bytes = record_bytes,
    .are_equal = true,
    .page_bytes = 3080,
    .filter_bytes = 384,
    .folded_from = (size_t)16 << 10,
    RUNS_SQL("near"),
};

/* Room for two runs, and not for their filters too. */
static const struct runs_kind small = {
    .record_bytes = record_bytes,
    .are_equal = true,
    .page_bytes = 3080,
    .filter_bytes = 384,
    .memory_max = (size_t)300 << 10,
    RUNS_SQL("near"),
};

/* Of the keys of run I the Kth, in their order. */
static uint64_t key_of(uint64_t i, uint64_t k)
{
    return k * (UINT64_MAX / RECORDS) + i + 1;
}

static void write_run(struct runs *r, uint64_t i)
{
    static const struct runs_rule all = {.keeps = NULL};
    struct run_writer *w;
    bool ok = true;

    ck_ok(&c, runs_load(c.s, r, &c.err));
    w = run_start(c.s, r, &all, RECORDS * RECORD_BYTES);
    for (uint64_t k = 0; ok && k < RECORDS; k++) {
        unsigned char bytes[RECORD_BYTES];

        number_bytes(key_of(i, k), bytes, RUNS_KEY);
        number_bytes(k, bytes + RUNS_KEY, RECORD_BYTES - RUNS_KEY);
        ok = run_add(w, str_of((const char *)bytes, sizeof bytes), &c.err);
    }
    ck_ok(&c, run_end(w, 0, ok, &c.err));
}

static void count_bytes(void *to, struct str records)
{
    *(size_t *)to += records.n;
}

static size_t found(struct runs *r, uint64_t key)
{
    size_t bytes = 0;

    ck_ok(&c, runs_find(c.s, r, key, count_bytes, &bytes, &c.err));
    return bytes / RECORD_BYTES;
}

START_TEST(a_large_filter_takes_half_the_memory_and_lets_few_pass)
{
    struct runs r;
    size_t read;

    case_init(&c);
    case_begin(&c);
    runs_use(&r, &folded);
    write_run(&r, 0);
    for (uint64_t k = 0; k < RECORDS; k++)
        ck_assert_uint_eq(found(&r, key_of(0, k)), 1);
    ck_assert_uint_eq(r.run[0].filter_bytes, 192);
    ck_assert_uint_eq(r.filters_bytes, r.run[0].pages * 192);
    read = r.run[0].read;
    for (uint64_t k = 0; k < ABSENT; k++)
        ck_assert_uint_eq(found(&r, key_of(1, k)), 0);
    ck_assert_uint_lt(r.run[0].read - read, ABSENT * 6 / 100);
    runs_forget(&r);
    ck_assert_uint_eq(r.filters_bytes, 0);
    case_done(&c);
}
END_TEST

START_TEST(runs_are_kept_whole_where_filters_leave_room)
{
    struct runs r;

    case_init(&c);
    case_begin(&c);
    runs_use(&r, &small);
    write_run(&r, 0);
    write_run(&r, 1);
    for (uint64_t i = 0; i < 2; i++)
        for (uint64_t k = 0; k < RECORDS; k++)
            ck_assert_uint_eq(found(&r, key_of(i, k)), 1);
    ck_assert_uint_gt(r.kept_bytes, 0);
    ck_assert_uint_le(r.kept_bytes + r.filters_bytes, small.memory_max);
    runs_forget(&r);
    case_done(&c);
}
END_TEST

UNIT_TESTS(a_large_filter_takes_half_the_memory_and_lets_few_pass,
           runs_are_kept_whole_where_filters_leave_room)
