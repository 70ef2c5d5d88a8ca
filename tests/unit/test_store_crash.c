/*
 * A child writes documents and is killed in the middle; what it said was
 * committed must be there, whole, and nothing else.  The child tells by a pipe
 * how many transactions have returned from store_commit.
 */
#include "unit/store_case.h"

#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <time.h>

#define ROUNDS        8
#define ITEMS_A_BATCH 7

static struct store_case c;

/* One transaction: a source with its items, the last of which says that the
 * source is whole. */
static void put_batch(int64_t number)
{
    struct source_row row = {
        .id = arena_printf(c.a, "https://example.org/%lld", (long long)number)};

    ck_ok(&c, store_begin(c.s, &c.err));
    ck_ok(&c, store_next_document(c.s, &c.err));
    ck_ok(&c, store_put_source(c.s, &row, &c.err));
    for (int i = 0; i < ITEMS_A_BATCH; i++) {
        struct str seed = arena_printf(c.a, "%lld/%d", (long long)number, i);
        struct item item =
            make_item(&c, seed.p, arena_cat(c.a, row.id, STR("/"), seed).p,
                      seed.p, seed.p);

        put(&c, row.rowid, &item);
    }
    ck_ok(&c, store_commit(c.s, &c.err));
}

static void write_until_killed(int to, int64_t from)
{
    case_reopen(&c);
    for (int64_t number = from;; number++) {
        put_batch(number);
        arena_reset(c.a);
        if (write(to, &number, sizeof number) != sizeof number)
            _exit(1);
    }
}

/* The number of the last batch that the child reported, which is killed that long
 * after its start, or after its FIRST report: a slow machine may need long for that. */
static int64_t run_child(int64_t from, bool first, long nanoseconds)
{
    int64_t last = from - 1, said;
    int ends[2];
    pid_t child;

    ck_assert_int_eq(pipe(ends), 0);
    child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0)
        write_until_killed(ends[1], from);
    close(ends[1]);
    if (first && read(ends[0], &said, sizeof said) == sizeof said)
        last = said;
    nanosleep(&(struct timespec){.tv_nsec = nanoseconds}, NULL);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    while (read(ends[0], &said, sizeof said) == sizeof said)
        last = said;
    close(ends[0]);
    return last;
}

static struct str ask(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *q;
    struct str answer;

    ck_assert_int_eq(sqlite3_prepare_v2(db, sql, -1, &q, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(q), SQLITE_ROW);
    answer =
        arena_str(c.a, str_from_c((const char *)sqlite3_column_text(q, 0)));
    sqlite3_finalize(q);
    return answer;
}

static void ck_whole(void)
{
    sqlite3 *db;

    ck_assert_int_eq(sqlite3_open(scratch_path(&c.dir, "store.db"), &db),
                     SQLITE_OK);
    ck_str(ask(db, "PRAGMA integrity_check"), "ok");
    ck_str(ask(db, "SELECT count(*) FROM pragma_foreign_key_check"), "0");
    ck_str(ask(db, "SELECT count(*) FROM item LEFT JOIN body"
                   " ON body.item = item.id WHERE body.item IS NULL"),
           "0");
    ck_str(ask(db, "SELECT count(*) FROM (SELECT story FROM item"
                   " GROUP BY story HAVING sum(is_lead) <> 1)"),
           "0");
    ck_assert_str_eq(ask(db, "SELECT count(*) FROM item").p,
                     ask(db, "SELECT 7 * count(*) FROM source").p);
    sqlite3_close(db);
}

START_TEST(a_kill_at_any_moment_loses_nothing_reported_and_leaves_nothing_half)
{
    int64_t next = 1;

    case_init(&c);
    for (int round = 0; round < ROUNDS; round++) {
        struct source_row *rows;
        size_t n;

        store_close(c.s);
        c.s = NULL;
        next =
            run_child(next, round >= ROUNDS / 2, 2000000L + 6700000L * round) +
            1;
        ck_whole();
        c.s = store_open(scratch_path(&c.dir, "store.db"), &c.err);
        ck_ok(&c, c.s != NULL);
        ck_ok(&c, store_all_sources(c.s, c.a, &rows, &n, &c.err));
        ck_assert_int_ge((int64_t)n, next - 1);
        /* One that was committed and could no longer be reported is fine. */
        next = (int64_t)n + 1;
    }
    ck_assert_int_gt(next, 1);
    case_done(&c);
}
END_TEST

UNIT_TESTS(a_kill_at_any_moment_loses_nothing_reported_and_leaves_nothing_half)
