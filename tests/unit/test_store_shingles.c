#include "unit/store_case.h"

#include "store/store_query.h"
#include "store/store_shingles.h"

#define ITEMS  6000
#define SHARED 10 /* hashes that many items have */

static struct store_case c;

static uint64_t own_hash(int64_t item, int i)
{
    return hash64(arena_printf(c.a, "%lld/%d", (long long)item, i)) >> 8;
}

static uint64_t shared_hash(int64_t i)
{
    return hash64(arena_printf(c.a, "shared %lld", (long long)i)) >> 8;
}

static void add(uint64_t hash, int64_t item)
{
    ck_ok(&c, shingles_add(c.s, hash, item, &c.err));
}

/* Each item has hashes of its own and one that each SHARED-th item has. */
static void add_items(int64_t from, int64_t to)
{
    for (int64_t item = from; item < to; item++) {
        for (int i = 1; i < SHINGLE_HASHES; i++)
            add(own_hash(item, i), item);
        add(shared_hash(item % SHARED), item);
    }
}

static int64_t count(const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    int64_t n;

    ck_assert_int_eq(sqlite3_prepare_v2(c.s->db, sql, -1, &stmt, NULL),
                     SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(stmt), SQLITE_ROW);
    n = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return n;
}

static size_t found(uint64_t hash, int64_t items[SHINGLE_ITEMS_MAX])
{
    size_t n;

    ck_ok(&c, shingles_get(c.s, hash, items, &n, &c.err));
    return n;
}

static void ck_all_found(int64_t from, int64_t to)
{
    int64_t items[SHINGLE_ITEMS_MAX];

    for (int64_t item = from; item < to; item++)
        for (int i = 1; i < SHINGLE_HASHES; i++) {
            ck_assert_uint_eq(found(own_hash(item, i), items), 1);
            ck_assert_int_eq(items[0], item);
        }
    for (int64_t i = 0; i < SHARED; i++) {
        ck_assert_uint_eq(found(shared_hash(i), items), SHINGLE_ITEMS_MAX);
        for (int64_t k = 0; k < SHINGLE_ITEMS_MAX; k++)
            ck_assert_int_eq(items[k], (i == 0 ? SHARED : i) + k * SHARED);
    }
}

/* Through many commits, merges and spills. */
START_TEST(each_item_is_found_by_its_hashes_and_the_first_by_shared_ones)
{
    int64_t items[SHINGLE_ITEMS_MAX];

    case_init(&c);
    case_begin(&c);
    for (int64_t from = 1; from < ITEMS; from += 250) {
        add_items(from, from + 250);
        case_commit(&c);
    }
    ck_all_found(1, ITEMS + 1);
    ck_assert_int_lt(count("SELECT count(*) FROM near_run"), 16);
    ck_assert_int_lt(count("SELECT sum(bytes) / 14 FROM near_run"),
                     ITEMS * SHINGLE_HASHES);
    case_reopen(&c);
    ck_all_found(1, ITEMS + 1);
    for (int64_t item = 1; item < ITEMS; item++)
        ck_assert_uint_eq(found(own_hash(item, 99), items), 0);
    case_done(&c);
}
END_TEST

START_TEST(what_waits_is_found_and_gone_when_it_is_undone)
{
    int64_t items[SHINGLE_ITEMS_MAX];

    case_init(&c);
    case_begin(&c);
    add_items(1, 5);
    case_commit(&c);
    add(own_hash(1, 1), 7);
    ck_assert_uint_eq(found(own_hash(1, 1), items), 2);
    ck_assert_int_eq(items[1], 7);
    add(own_hash(1, 1), 6);
    add(own_hash(1, 1), 6);
    ck_assert_uint_eq(found(own_hash(1, 1), items), 3);
    ck_assert_int_eq(items[1], 6);
    store_rollback(c.s);
    ck_ok(&c, store_begin(c.s, &c.err));
    ck_assert_uint_eq(found(own_hash(1, 1), items), 1);
    case_done(&c);
}
END_TEST

/* Pages are asked for one by one until their filter is worth its reading. */
START_TEST(filters_keep_pages_from_being_read)
{
    int64_t items[SHINGLE_ITEMS_MAX];

    case_init(&c);
    case_begin(&c);
    add_items(1, 4000);
    case_commit(&c);
    for (int i = 0; i < 100; i++)
        ck_assert_uint_eq(found(own_hash(5000, i), items), 0);
    ck_assert_int_eq(sqlite3_exec(c.s->db,
                                  "UPDATE near_page SET records = x'00'", NULL,
                                  NULL, NULL),
                     SQLITE_OK);
    {
        size_t n, refused = 0;

        for (int i = 100; i < 600; i++)
            refused += !shingles_get(c.s, own_hash(5000, i), items, &n, &c.err);
        ck_assert_uint_lt(refused, 30);
        ck_assert(!shingles_get(c.s, own_hash(1, 1), items, &n, &c.err));
    }
    ck_str(str_slice(str_from_c(c.err.text), 0, 20), "the store is damaged");
    case_done(&c);
}
END_TEST

START_TEST(runs_that_are_asked_often_are_in_memory)
{
    case_init(&c);
    case_begin(&c);
    add_items(1, 4001);
    case_commit(&c);
    add_items(4001, ITEMS + 1);
    case_commit(&c);
    ck_all_found(1, ITEMS + 1);
    ck_assert_int_eq(
        sqlite3_exec(c.s->db, "DELETE FROM near_page", NULL, NULL, NULL),
        SQLITE_OK);
    ck_all_found(1, ITEMS + 1);
    case_reopen(&c);
    {
        int64_t items[SHINGLE_ITEMS_MAX];

        for (int64_t item = 1; item <= ITEMS; item++)
            ck_assert_uint_eq(found(own_hash(item, 1), items), 0);
    }
    case_done(&c);
}
END_TEST

static int64_t n_added;

/* A run of N pairs, of its own items. */
static void add_run(int n)
{
    for (int i = 0; i < n; i++) {
        n_added++;
        add((uint64_t)n_added << 8, n_added);
    }
    case_commit(&c);
}

/* Of a tier N, and before each of them seven of the tier below, and so on. */
static void add_tiers(int tier, int n)
{
    static const int pairs[] = {1, 4200, 33000};

    for (int i = 0; i < n; i++) {
        if (tier > 0)
            add_tiers(tier - 1, 7);
        add_run(pairs[tier]);
    }
}

START_TEST(no_order_of_large_and_small_runs_makes_too_many)
{
    int64_t items[SHINGLE_ITEMS_MAX];

    case_init(&c);
    case_begin(&c);
    n_added = 0;
    add_tiers(2, 5);
    ck_assert_int_le(count("SELECT count(*) FROM near_run"), 128);
    for (int64_t item = 1; item < n_added; item += 100) {
        ck_assert_uint_eq(found((uint64_t)item << 8, items), 1);
        ck_assert_int_eq(items[0], item);
    }
    case_done(&c);
}
END_TEST

START_TEST(what_is_stale_goes_when_it_is_half)
{
    int64_t items[SHINGLE_ITEMS_MAX];

    case_init(&c);
    case_begin(&c);
    add_items(1, 101);
    case_commit(&c);
    for (int64_t item = 1; item < 50; item++)
        ck_ok(&c, shingles_drop(c.s, item, &c.err));
    case_commit(&c);
    ck_assert_int_eq(count("SELECT sum(bytes) / 14 FROM near_run"), 1600);
    ck_ok(&c, shingles_drop(c.s, 50, &c.err));
    case_commit(&c);
    ck_assert_int_eq(count("SELECT sum(bytes) / 14 FROM near_run"), 800);
    ck_assert_int_eq(count("SELECT count(*) FROM near_stale"), 0);
    ck_assert_uint_eq(found(own_hash(51, 1), items), 1);
    case_reopen(&c);
    ck_assert_uint_eq(found(own_hash(50, 1), items), 0);
    case_done(&c);
}
END_TEST

UNIT_TESTS(each_item_is_found_by_its_hashes_and_the_first_by_shared_ones,
           what_waits_is_found_and_gone_when_it_is_undone,
           filters_keep_pages_from_being_read,
           runs_that_are_asked_often_are_in_memory,
           no_order_of_large_and_small_runs_makes_too_many,
           what_is_stale_goes_when_it_is_half)
