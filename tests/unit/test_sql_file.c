#include "unit/unit.h"

#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "store/sql_file.h"
#include "unit/scratch.h"

static struct scratch dir;

static sqlite3 *open_db(const char *vfs)
{
    sqlite3 *db;

    ck_assert_int_eq(sqlite3_open_v2(scratch_path(&dir, "a.db"), &db,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                                     vfs),
                     SQLITE_OK);
    return db;
}

static void must(sqlite3 *db, const char *sql)
{
    ck_assert_msg(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK,
                  "%s: %s", sql, sqlite3_errmsg(db));
}

static sqlite3 *open_ours(void)
{
    sqlite3 *db = open_db(sql_file_vfs());

    must(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
             "PRAGMA wal_autocheckpoint = 0; CREATE TABLE t (x)");
    return db;
}

#define ROWS(n, bytes)                                                         \
    "WITH k (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < " #n      \
    ") INSERT INTO t SELECT randomblob(" #bytes ") FROM k"

static void ck_sound(sqlite3 *db)
{
    sqlite3_stmt *is;

    ck_assert_int_eq(
        sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &is, NULL),
        SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(is), SQLITE_ROW);
    ck_assert_str_eq((const char *)sqlite3_column_text(is, 0), "ok");
    sqlite3_finalize(is);
}

/* No file may grow beyond what NAME has now. */
static void fill_disk(const char *name)
{
    struct rlimit limit;
    struct stat st;

    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(stat(scratch_path(&dir, name), &st), 0);
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = (rlim_t)st.st_size;
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void empty_disk(void)
{
    struct rlimit limit;

    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = limit.rlim_max;
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* A checkpoint that a reader keeps from the newest pages flushes nothing, and yet
 * says how far it has come: each page must be with the system before. */
START_TEST(a_page_that_did_not_reach_the_file_is_not_said_to_be_there)
{
    sqlite3 *db, *reader;

    scratch_init(&dir);
    db = open_ours();
    must(db, "PRAGMA wal_checkpoint");
    must(db, ROWS(5, 4000));
    reader = open_db(NULL);
    must(reader, "BEGIN; SELECT count(*) FROM t");
    must(db, ROWS(2, 4000));
    fill_disk("a.db");
    (void)sqlite3_exec(db, "PRAGMA wal_checkpoint", NULL, NULL, NULL);
    empty_disk();
    must(reader, "END");
    ck_sound(reader);
    sqlite3_close(reader);
    must(db, "PRAGMA wal_checkpoint");
    sqlite3_close(db);
    db = open_db(NULL);
    ck_sound(db);
    sqlite3_close(db);
    scratch_done(&dir);
}
END_TEST

/* They left the cache for the log, and are asked for before they are committed. */
START_TEST(pages_that_wait_are_read_as_they_were_written)
{
    sqlite3 *db;

    scratch_init(&dir);
    db = open_ours();
    must(db, "PRAGMA cache_size = 2");
    must(db, "BEGIN;" ROWS(8, 4000));
    ck_sound(db);
    must(db, "UPDATE t SET x = zeroblob(4000); COMMIT");
    ck_sound(db);
    sqlite3_close(db);
    scratch_done(&dir);
}
END_TEST

/* Pages that were not committed have no room: it is as well. */
START_TEST(a_lock_is_given_up_though_nothing_can_be_written)
{
    sqlite3 *db, *other;

    scratch_init(&dir);
    db = open_ours();
    must(db, "PRAGMA cache_size = 2");
    must(db, "BEGIN;" ROWS(8, 4000));
    fill_disk("a.db-wal");
    must(db, "ROLLBACK");
    empty_disk();
    other = open_db(NULL);
    must(other, ROWS(3, 4000));
    sqlite3_close(other);
    must(db, ROWS(3, 4000));
    ck_sound(db);
    sqlite3_close(db);
    scratch_done(&dir);
}
END_TEST

UNIT_TESTS(a_page_that_did_not_reach_the_file_is_not_said_to_be_there,
           pages_that_wait_are_read_as_they_were_written,
           a_lock_is_given_up_though_nothing_can_be_written)
