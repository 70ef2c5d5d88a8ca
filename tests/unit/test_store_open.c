#include "unit/store_case.h"

#include <sqlite3.h>

#include "base/buf.h"
#include "sys/file.h"

static struct store_case c;

/* Changes the file behind the store's back. */
static void with_sqlite(const char *sql)
{
    sqlite3 *db;
    char *why = NULL;

    ck_assert_int_eq(sqlite3_open(scratch_path(&c.dir, "store.db"), &db),
                     SQLITE_OK);
    sqlite3_exec(db, sql, NULL, NULL, &why);
    ck_assert_msg(why == NULL, "%s", why);
    sqlite3_close(db);
}

static struct str read_store(void)
{
    struct buf b;
    struct str s;

    buf_init(&b, BUF_MAX);
    ck_ok(&c, file_read(scratch_path(&c.dir, "store.db"), &b, &c.err));
    s = buf_keep(&b, c.a);
    buf_done(&b);
    return s;
}

static void write_store(struct str bytes)
{
    ck_ok(&c,
          file_replace(scratch_path(&c.dir, "store.db"), bytes, NULL, &c.err));
}

/* Opening fails, and the folder is as it was. */
static void ck_refused_untouched(const char *text)
{
    struct str before = read_store();

    ck_assert_ptr_null(store_open(scratch_path(&c.dir, "store.db"), &c.err));
    ck_assert_int_eq(c.err.code, ERR_STORE);
    ck_assert_msg(str_has(str_from_c(c.err.text), str_from_c(text)), "%s",
                  c.err.text);
    ck_str(str_from_c(c.err.where), scratch_path(&c.dir, "store.db"));
    ck_assert(str_eq(read_store(), before));
    ck_assert(!file_exists(scratch_path(&c.dir, "store.db-wal")));
    ck_assert(!file_exists(scratch_path(&c.dir, "store.db-shm")));
}

START_TEST(a_new_store_opens_again_as_it_was)
{
    struct source_row row;

    case_init(&c);
    put_source(&c, "https://example.org/feed");
    case_reopen(&c);
    ck_ok(&c, store_get_source(c.s, c.a, STR("https://example.org/feed"), &row,
                               &c.err));
    ck_assert_int_ne(row.rowid, 0);
    case_done(&c);
}
END_TEST

/* Also when a killed run has left a log. */
START_TEST(a_copy_has_what_was_committed_and_changes_nothing)
{
    for (int with_log = 0; with_log < 2; with_log++) {
        const char *path;
        struct store *copy;
        struct source_row row;
        struct str before;

        case_init(&c);
        put_source(&c, "https://example.org/feed");
        path = scratch_path(&c.dir, "store.db");
        if (with_log == 0) {
            store_close(c.s);
            c.s = NULL;
        }
        before = read_store();
        copy = store_open_copy(path, &c.err);
        ck_ok(&c, copy != NULL);
        ck_ok(&c, store_get_source(copy, c.a, STR("https://example.org/feed"),
                                   &row, &c.err));
        ck_assert_int_ne(row.rowid, 0);
        row.title = STR("other");
        ck_ok(&c, store_put_source(copy, &row, &c.err));
        store_close(copy);
        ck_assert(str_eq(read_store(), before));
        ck_assert_int_eq(file_exists(scratch_path(&c.dir, "store.db-wal")),
                         with_log);
        case_done(&c);
    }
}
END_TEST

/* With a log that a killed run has left, and without one. */
START_TEST(a_look_has_what_was_committed_and_cannot_write)
{
    for (int with_log = 0; with_log < 2; with_log++) {
        const char *path;
        struct store *look;
        struct source_row row;
        struct str before;

        case_init(&c);
        put_source(&c, "https://example.org/feed");
        path = scratch_path(&c.dir, "store.db");
        if (with_log == 0) {
            store_close(c.s);
            c.s = NULL;
        }
        before = read_store();
        look = store_open_look(path, &c.err);
        ck_ok(&c, look != NULL);
        ck_ok(&c, store_get_source(look, c.a, STR("https://example.org/feed"),
                                   &row, &c.err));
        ck_assert_int_ne(row.rowid, 0);
        row.title = STR("other");
        ck_assert(!store_put_source(look, &row, &c.err));
        ck_assert(store_look_holds(look));
        store_close(look);
        ck_assert(str_eq(read_store(), before));
        ck_assert_int_eq(file_exists(scratch_path(&c.dir, "store.db-wal")),
                         with_log);
        case_done(&c);
    }
}
END_TEST

START_TEST(a_look_sees_nothing_of_a_run_and_knows_when_it_does_not_count)
{
    for (int with_log = 0; with_log < 2; with_log++) {
        struct store *look;
        struct source_row row;
        const char *path;

        case_init(&c);
        put_source(&c, "one");
        path = scratch_path(&c.dir, "store.db");
        if (with_log == 0) {
            store_close(c.s);
            c.s = NULL;
        }
        look = store_open_look(path, &c.err);
        ck_ok(&c, look != NULL);
        if (with_log == 0)
            c.s = store_open(path, &c.err);
        ck_ok(&c, c.s != NULL);
        put_source(&c, "two");
        ck_ok(&c, store_get_source(look, c.a, STR("two"), &row, &c.err));
        ck_assert_int_eq(row.rowid, 0);
        ck_assert_int_eq(store_look_holds(look), with_log);
        store_close(look);
        case_done(&c);
    }
}
END_TEST

START_TEST(what_cannot_be_looked_at_where_it_lies_is_not)
{
    case_init(&c);
    ck_assert_ptr_null(
        store_open_look(scratch_path(&c.dir, "none.db"), &c.err));
    ck_assert_int_eq(c.err.code, ERR_STORE);
    ck_assert(!file_exists(scratch_path(&c.dir, "none.db")));
    store_close(c.s);
    c.s = NULL;
    with_sqlite("PRAGMA user_version = 1; PRAGMA wal_checkpoint(TRUNCATE)");
    ck_assert_ptr_null(
        store_open_look(scratch_path(&c.dir, "store.db"), &c.err));
    ck_assert_int_eq(c.err.code, ERR_STORE);
    case_done(&c);
}
END_TEST

START_TEST(a_copy_of_no_store_is_an_empty_one)
{
    struct store *copy;
    struct source_row row;

    case_init(&c);
    copy = store_open_copy(scratch_path(&c.dir, "none?#%.db"), &c.err);
    ck_ok(&c, copy != NULL);
    ck_ok(&c, store_get_source(copy, c.a, STR("x"), &row, &c.err));
    ck_assert_int_eq(row.rowid, 0);
    store_close(copy);
    ck_assert(!file_exists(scratch_path(&c.dir, "none?#%.db")));
    case_done(&c);
}
END_TEST

START_TEST(a_store_of_a_newer_feedmill_is_left_untouched)
{
    case_init(&c);
    store_close(c.s);
    c.s = NULL;
    with_sqlite("PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)");
    ck_refused_untouched("newer feedmill (version 99");
    case_done(&c);
}
END_TEST

/* The newer version stands in the log only: a run that was killed left it. */
START_TEST(a_newer_version_in_the_log_is_seen_and_not_moved_into_the_file)
{
    sqlite3 *db;
    struct str before;

    case_init(&c);
    store_close(c.s);
    c.s = NULL;
    ck_assert_int_eq(sqlite3_open(scratch_path(&c.dir, "store.db"), &db),
                     SQLITE_OK);
    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    ck_assert_int_eq(
        sqlite3_exec(db, "PRAGMA user_version = 99", NULL, NULL, NULL),
        SQLITE_OK);
    sqlite3_close(db);
    before = read_store();
    ck_assert(file_exists(scratch_path(&c.dir, "store.db-wal")));
    ck_assert_ptr_null(store_open(scratch_path(&c.dir, "store.db"), &c.err));
    ck_assert(str_has(str_from_c(c.err.text), STR("newer feedmill")));
    ck_assert(str_eq(read_store(), before));
    case_done(&c);
}
END_TEST

START_TEST(a_file_that_is_no_store_is_refused)
{
    case_init(&c);
    store_close(c.s);
    c.s = NULL;
    write_store(STR("this is a letter to somebody"));
    ck_refused_untouched("no store of feedmill");
    case_done(&c);
}
END_TEST

START_TEST(a_database_of_another_program_is_refused)
{
    case_init(&c);
    store_close(c.s);
    c.s = NULL;
    with_sqlite("PRAGMA application_id = 7; PRAGMA wal_checkpoint(TRUNCATE)");
    ck_refused_untouched("no store of feedmill");
    case_done(&c);
}
END_TEST

START_TEST(an_empty_file_becomes_a_store)
{
    case_init(&c);
    store_close(c.s);
    write_store(STR(""));
    c.s = store_open(scratch_path(&c.dir, "store.db"), &c.err);
    ck_ok(&c, c.s != NULL);
    case_done(&c);
}
END_TEST

START_TEST(a_damaged_store_gives_one_line_that_says_so)
{
    struct source_row row = {.id = STR("https://example.org/feed")};
    struct str bytes;
    char *p;

    case_init(&c);
    put_source(&c, "https://example.org/feed");
    store_close(c.s);
    bytes = read_store();
    p = arena_alloc(c.a, bytes.n);
    memcpy(p, bytes.p, bytes.n);
    memset(p + 100, 0xA5, bytes.n - 100);
    write_store(str_of(p, bytes.n));
    c.s = store_open(scratch_path(&c.dir, "store.db"), &c.err);
    ck_assert(c.s == NULL || !store_put_source(c.s, &row, &c.err));
    ck_assert_int_eq(c.err.code, ERR_STORE);
    ck_assert_msg(str_has(str_from_c(c.err.text), STR("damaged")), "%s",
                  c.err.text);
    case_done(&c);
}
END_TEST

START_TEST(a_store_cut_short_or_bent_anywhere_never_crashes)
{
    struct str whole;
    char *p;

    case_init(&c);
    put_source(&c, "https://example.org/feed");
    store_close(c.s);
    whole = read_store();
    p = arena_alloc(c.a, whole.n);
    for (size_t i = 0; i < 60; i++) {
        size_t at = i * 2654435761u % whole.n;
        struct source_row *rows;
        size_t n;

        memcpy(p, whole.p, whole.n);
        p[at] = (char)(p[at] ^ (1 << i % 8));
        write_store(str_of(p, i % 3 == 0 ? at : whole.n));
        c.s = store_open(scratch_path(&c.dir, "store.db"), &c.err);
        if (c.s != NULL && !store_all_sources(c.s, c.a, &rows, &n, &c.err))
            ck_assert_int_eq(c.err.code, ERR_STORE);
        store_close(c.s);
        unlink(scratch_path(&c.dir, "store.db-wal"));
        unlink(scratch_path(&c.dir, "store.db-shm"));
    }
    c.s = NULL;
    case_done(&c);
}
END_TEST

START_TEST(a_folder_that_is_not_there_is_named)
{
    case_init(&c);
    ck_assert_ptr_null(store_open(scratch_path(&c.dir, "no/store.db"), &c.err));
    ck_assert_int_eq(c.err.code, ERR_STORE);
    ck_str(str_from_c(c.err.text),
           "the store cannot be opened: No such file or directory");
    ck_str(str_from_c(c.err.where), scratch_path(&c.dir, "no/store.db"));
    case_done(&c);
}
END_TEST

START_TEST(what_is_undone_leaves_what_was_committed)
{
    struct source_row row;

    case_init(&c);
    ck_ok(&c, store_begin(c.s, &c.err));
    put_source(&c, "one");
    ck_ok(&c, store_commit(c.s, &c.err));
    ck_ok(&c, store_begin(c.s, &c.err));
    put_source(&c, "two");
    store_rollback(c.s);
    case_reopen(&c);
    ck_ok(&c, store_get_source(c.s, c.a, STR("one"), &row, &c.err));
    ck_assert_int_ne(row.rowid, 0);
    ck_ok(&c, store_get_source(c.s, c.a, STR("two"), &row, &c.err));
    ck_assert_int_eq(row.rowid, 0);
    case_done(&c);
}
END_TEST

START_TEST(a_row_whose_storing_was_undone_is_stored_when_put_again)
{
    struct source_row row = {.id = STR("one"), .title = STR("title")}, got;

    case_init(&c);
    ck_ok(&c, store_begin(c.s, &c.err));
    ck_ok(&c, store_put_source(c.s, &row, &c.err));
    store_rollback(c.s);
    ck_ok(&c, store_put_source(c.s, &row, &c.err));
    ck_ok(&c, store_get_source(c.s, c.a, STR("one"), &got, &c.err));
    ck_assert_int_ne(got.rowid, 0);
    ck_str(got.title, "title");
    case_done(&c);
}
END_TEST

UNIT_TESTS(a_look_has_what_was_committed_and_cannot_write,
           a_look_sees_nothing_of_a_run_and_knows_when_it_does_not_count,
           what_cannot_be_looked_at_where_it_lies_is_not,
           a_copy_has_what_was_committed_and_changes_nothing,
           a_copy_of_no_store_is_an_empty_one,
           a_new_store_opens_again_as_it_was,
           a_store_of_a_newer_feedmill_is_left_untouched,
           a_newer_version_in_the_log_is_seen_and_not_moved_into_the_file,
           a_file_that_is_no_store_is_refused,
           a_database_of_another_program_is_refused,
           an_empty_file_becomes_a_store,
           a_damaged_store_gives_one_line_that_says_so,
           a_store_cut_short_or_bent_anywhere_never_crashes,
           a_folder_that_is_not_there_is_named,
           what_is_undone_leaves_what_was_committed,
           a_row_whose_storing_was_undone_is_stored_when_put_again)
