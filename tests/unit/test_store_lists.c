#include "unit/store_case.h"

#include "store/store_lists.h"
#include "store/store_query.h"

#define DAY   ((int64_t)86400)
#define TERMS 3000

static struct store_case c;

/* As those of events: their low bits are zero. */
static uint64_t term(int64_t i)
{
    return hash64(arena_printf(c.a, "term %lld", (long long)i)) & ~(uint64_t)31;
}

static void add(int64_t of, int64_t item, int64_t published, int64_t now)
{
    ck_ok(&c, list_add(c.s, term(of), (struct listed){item, published}, now,
                       &c.err));
}

static size_t get(int64_t of, const struct listed **items)
{
    size_t n;

    ck_ok(&c, list_get(c.s, term(of), items, &n, &c.err));
    return n;
}

/* Of terms that all, some or few items have; through many runs and merges. */
START_TEST(a_list_has_the_newest_items_of_its_term)
{
    const struct listed *items;

    case_init(&c);
    case_begin(&c);
    for (int64_t item = 1; item <= TERMS; item++) {
        add(0, item, -item, NOW);
        add(1 + item % 100, item, item, NOW);
        if (item <= TERMS / 2)
            add(200 + item % 100, item, item, NOW);
        add(1000 + item, item, INT64_C(-62135596800) + item, NOW);
        if (item % 50 == 0)
            case_commit(&c);
    }
    for (int again = 0; again < 2; again++) {
        ck_assert_uint_eq(get(0, &items), LIST_MAX);
        for (int64_t i = 0; i < LIST_MAX; i++) {
            ck_assert_int_eq(items[i].item, TERMS - LIST_MAX + 1 + i);
            ck_assert_int_eq(items[i].published, -items[i].item);
        }
        for (int64_t k = 1; k < 100; k++) {
            ck_assert_uint_eq(get(200 + k, &items), TERMS / 200);
            ck_assert_uint_eq(get(1 + k, &items), TERMS / 100);
            for (int64_t i = 0; i < TERMS / 100; i++)
                ck_assert_int_eq(items[i].item, k + 100 * i);
        }
        for (int64_t item = 1; item <= TERMS; item++) {
            ck_assert_uint_eq(get(1000 + item, &items), 1);
            ck_assert_int_eq(items[0].item, item);
            ck_assert_int_eq(items[0].published, INT64_C(-62135596800) + item);
            ck_assert_uint_eq(get(10000 + item, &items), 0);
        }
        case_reopen(&c);
    }
    case_done(&c);
}
END_TEST

START_TEST(a_list_that_nothing_is_added_to_is_dropped_in_a_week)
{
    const struct listed *items;

    case_init(&c);
    case_begin(&c);
    add(1, 1, NOW, NOW);
    add(2, 1, NOW, NOW);
    case_reopen(&c);
    case_begin(&c);
    ck_assert_uint_eq(get(1, &items), 1);
    add(1, 2, NOW + 7 * DAY, NOW + 7 * DAY);
    case_reopen(&c);
    case_begin(&c);
    ck_assert_uint_eq(get(1, &items), 2);
    ck_assert_uint_eq(get(2, &items), 1);
    add(3, 3, NOW + 8 * DAY, NOW + 8 * DAY);
    case_reopen(&c);
    case_begin(&c);
    ck_assert_uint_eq(get(1, &items), 2);
    ck_assert_uint_eq(get(2, &items), 0);
    case_done(&c);
}
END_TEST

START_TEST(a_clock_that_was_wrong_once_does_no_harm)
{
    const struct listed *items;

    case_init(&c);
    case_begin(&c);
    add(1, 1, NOW, NOW);
    case_commit(&c);
    add(2, 2, NOW, NOW + 3650 * DAY);
    for (int i = 0; i < 10; i++) {
        case_commit(&c);
        add(3 + i, 3, NOW, NOW + DAY);
    }
    case_reopen(&c);
    case_begin(&c);
    for (int i = 0; i < 10; i++)
        ck_assert_uint_eq(get(3 + i, &items), 1);
    ck_assert_uint_eq(get(1, &items), 1);
    case_done(&c);
}
END_TEST

START_TEST(what_is_dropped_is_not_merged)
{
    sqlite3_stmt *stmt = NULL;

    case_init(&c);
    case_begin(&c);
    for (int i = 0; i < 200; i++)
        add(i, 1, NOW, NOW);
    case_commit(&c);
    for (int i = 0; i < 8; i++) {
        add(1000, 2 + i, NOW, NOW + 9 * DAY);
        case_commit(&c);
    }
    ck_assert_int_eq(sqlite3_prepare_v2(c.s->db,
                                        "SELECT sum(bytes) FROM term_run", -1,
                                        &stmt, NULL),
                     SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(stmt), SQLITE_ROW);
    ck_assert_int_lt(sqlite3_column_int64(stmt, 0), 300);
    sqlite3_finalize(stmt);
    case_done(&c);
}
END_TEST

START_TEST(what_was_added_is_gone_when_it_is_undone)
{
    const struct listed *items;

    case_init(&c);
    case_begin(&c);
    add(1, 1, NOW, NOW);
    case_commit(&c);
    add(1, 2, NOW, NOW);
    ck_assert_uint_eq(get(1, &items), 2);
    store_rollback(c.s);
    ck_ok(&c, store_begin(c.s, &c.err));
    ck_assert_uint_eq(get(1, &items), 1);
    case_done(&c);
}
END_TEST

UNIT_TESTS(a_list_has_the_newest_items_of_its_term,
           a_list_that_nothing_is_added_to_is_dropped_in_a_week,
           a_clock_that_was_wrong_once_does_no_harm,
           what_is_dropped_is_not_merged,
           what_was_added_is_gone_when_it_is_undone)
