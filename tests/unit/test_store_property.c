/*
 * Documents thrown together from few guids, addresses, titles and texts, so that
 * they share and lack them in every way, are put again and again, in changing
 * order and company.  Whatever they are, the store comes to rest.
 */
#include "unit/store_case.h"

#include <sqlite3.h>

#define ENTRIES_MAX 6
#define SEEDS       400

static struct store_case c;

/* xorshift: the same sequence everywhere. */
static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static const char *pick(uint64_t *state, const char *const *from, size_t n)
{
    return from[next_random(state) % n];
}

static size_t make_document(uint64_t *state, struct item *out)
{
    static const char *const guids[] = {"", "g1", "g2", "g3", "g4"};
    static const char *const urls[] = {
        "",
        "https://example.org/",
        "https://example.org/a1",
        "https://example.org/a2#x",
        "https://example.org/a2#y",
        "https://example.org/a3?utm_source=z",
    };
    static const char *const titles[] = {"", "One", "Two", "Three", "ONE"};
    static const char *const seeds[] = {"", "text", "other", "third"};
    size_t n = 1 + next_random(state) % ENTRIES_MAX;

    for (size_t i = 0; i < n; i++) {
        out[i] = make_item(&c, pick(state, guids, 5), pick(state, urls, 6),
                           pick(state, titles, 5), pick(state, seeds, 4));
        out[i].several_on_page = next_random(state) % 5 == 0;
    }
    return n;
}

/* How many items were new or changed. */
static size_t put_document(int64_t source, const struct item *items, size_t n,
                           int64_t now)
{
    size_t changes = 0;

    ck_ok(&c, store_next_document(c.s, &c.err));
    for (size_t i = 0; i < n; i++)
        changes += put_at(&c, source, &items[i], now) != PUT_SAME;
    return changes;
}

/* The first time tells which keys are shared, so that the second may still
 * change something. */
START_TEST(a_document_put_again_and_again_changes_nothing)
{
    case_init(&c);
    case_begin(&c);
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        uint64_t state = seed * 2654435761u;
        struct item items[ENTRIES_MAX];
        size_t n = make_document(&state, items);
        int64_t source =
            put_source(&c, arena_printf(c.a, "source %d", (int)seed).p);

        put_document(source, items, n, NOW);
        ck_assert(put_document(source, items, n, NOW + 60) <= 1);
        ck_assert_msg(put_document(source, items, n, NOW + 120) == 0,
                      "document %d does not come to rest", (int)seed);
    }
    case_done(&c);
}
END_TEST

static int64_t ask(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *q;
    int64_t answer;

    ck_assert_int_eq(sqlite3_prepare_v2(db, sql, -1, &q, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(q), SQLITE_ROW);
    answer = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return answer;
}

START_TEST(every_story_has_one_lead_and_every_item_a_key_and_a_body)
{
    int64_t sources[3];
    uint64_t state = 88172645463325252u;
    sqlite3 *db;

    case_init(&c);
    case_begin(&c);
    for (int i = 0; i < 3; i++)
        sources[i] = put_source(&c, arena_printf(c.a, "source %d", i).p);
    for (int round = 0; round < SEEDS; round++) {
        struct item items[ENTRIES_MAX];
        size_t n = make_document(&state, items);
        int64_t now = NOW + round * 7200;

        put_document(sources[round % 3], items, n, now);
        if (round % 50 == 49)
            ck_ok(&c,
                  store_expire(c.s, now - 7200 * 20, now - 7200 * 40, &c.err));
    }
    case_reopen(&c);
    ck_assert_int_eq(sqlite3_open(scratch_path(&c.dir, "store.db"), &db),
                     SQLITE_OK);
    ck_assert_int_gt(ask(db, "SELECT count(*) FROM item"), 3);
    ck_assert_int_eq(ask(db, "SELECT count(*) FROM (SELECT story FROM item"
                             " GROUP BY story HAVING sum(is_lead) <> 1)"),
                     0);
    ck_assert_int_eq(ask(db, "SELECT count(*) FROM item WHERE id NOT IN"
                             " (SELECT item FROM item_key)"),
                     0);
    ck_assert_int_eq(ask(db, "SELECT count(*) FROM item WHERE"
                             " (state = 'expired') ="
                             " (id IN (SELECT item FROM body))"),
                     0);
    ck_assert_int_eq(ask(db, "SELECT count(*) FROM story WHERE id NOT IN"
                             " (SELECT story FROM item)"),
                     0);
    ck_assert_int_eq(ask(db, "SELECT count(*) FROM pragma_foreign_key_check"),
                     0);
    sqlite3_close(db);
    case_done(&c);
}
END_TEST

UNIT_TESTS(a_document_put_again_and_again_changes_nothing,
           every_story_has_one_lead_and_every_item_a_key_and_a_body)
