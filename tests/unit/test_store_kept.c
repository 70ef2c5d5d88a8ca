#include "unit/store_case.h"

#include <sqlite3.h>

#include "store/migration.h"
#include "sys/pack.h"

#define TOPIC STR("news")

static struct store_case c;

static void keep(const char *id, int64_t day, int64_t since)
{
    struct kept_entry e = {.atom_id = str_from_c(id),
                           .story = 7,
                           .day = day,
                           .since = since,
                           .published = day * 86400,
                           .updated = day * 86400,
                           .hash = hash128(str_from_c(id)),
                           .line = STR("line"),
                           .atom = STR("<entry/>"),
                           .rss = STR("<item/>"),
                           .html = STR("<article/>")};

    ck_ok(&c, store_put_kept(c.s, TOPIC, &e, &c.err));
}

static void keep_at(const char *id, int64_t day, int64_t published)
{
    struct kept_entry e = {
        .atom_id = str_from_c(id), .day = day, .published = published};

    ck_ok(&c, store_put_kept(c.s, TOPIC, &e, &c.err));
}

static struct kept_entry get(const char *id)
{
    struct kept_entry e;
    bool found;

    ck_ok(&c,
          store_get_kept(c.s, c.a, TOPIC, str_from_c(id), &e, &found, &c.err));
    ck_assert(found);
    return e;
}

START_TEST(what_is_archived_is_listed_no_more)
{
    struct kept_entries list;
    int64_t number, n;

    case_init(&c);
    case_begin(&c);
    keep("b", 20001, NOW);
    keep("a", 20000, NOW);
    ck_ok(&c, store_newest_archive(c.s, TOPIC, &number, &n, &c.err));
    ck_assert_int_eq(number, 0);
    ck_assert_int_eq(n, 0);
    ck_ok(&c, store_archive_kept(c.s, TOPIC, STR("a"), 1, 0, &c.err));
    case_reopen(&c);
    ck_ok(&c, store_kept_listed(c.s, c.a, TOPIC, &list, &c.err));
    ck_assert_uint_eq(list.n, 1);
    ck_str(list.at[0].atom_id, "b");
    ck_ok(&c, store_kept_archived(c.s, c.a, TOPIC, 1, &list, &c.err));
    ck_assert_uint_eq(list.n, 1);
    ck_str(list.at[0].atom, "<entry/>");
    ck_str(list.at[0].rss, "<item/>");
    ck_ok(&c, store_newest_archive(c.s, TOPIC, &number, &n, &c.err));
    ck_assert_int_eq(number, 1);
    ck_assert_int_eq(n, 1);
    ck_ok(&c, store_newest_archive(c.s, STR("other"), &number, &n, &c.err));
    ck_assert_int_eq(number, 0);
    case_done(&c);
}
END_TEST

START_TEST(an_entry_put_again_keeps_when_it_came)
{
    case_init(&c);
    case_begin(&c);
    keep("a", 20000, NOW);
    keep("a", 20003, NOW + 99);
    ck_assert_int_eq(get("a").since, NOW);
    ck_assert_int_eq(get("a").day, 20003);
    case_done(&c);
}
END_TEST

START_TEST(of_what_is_retracted_no_text_remains)
{
    struct kept_entries list;

    case_init(&c);
    case_begin(&c);
    keep("a", 20000, NOW);
    ck_ok(&c, store_archive_kept(c.s, TOPIC, STR("a"), 1, 0, &c.err));
    ck_ok(&c, store_retract_kept(c.s, TOPIC, STR("a"), NOW + 5, &c.err));
    ck_assert_int_eq(get("a").retracted, NOW + 5);
    ck_ok(&c, store_kept_archived(c.s, c.a, TOPIC, 1, &list, &c.err));
    ck_assert_uint_eq(list.at[0].atom.n + list.at[0].rss.n, 0);
    ck_ok(&c, store_kept_of_day(c.s, c.a, TOPIC, 20000, &list, &c.err));
    ck_assert_uint_eq(list.n, 0);
    ck_ok(&c, store_kept_since(c.s, c.a, TOPIC, NOW, NOW + 1, &list, &c.err));
    ck_assert_uint_eq(list.n, 1);
    ck_assert_uint_eq(list.at[0].line.n, 0);
    case_done(&c);
}
END_TEST

START_TEST(a_period_ends_before_its_end)
{
    struct kept_entries list;

    case_init(&c);
    case_begin(&c);
    keep("a", 20000, NOW);
    keep("b", 20001, NOW + 10);
    ck_ok(&c, store_kept_since(c.s, c.a, TOPIC, NOW, NOW + 10, &list, &c.err));
    ck_assert_uint_eq(list.n, 1);
    ck_str(list.at[0].atom_id, "a");
    ck_str(list.at[0].line, "line");
    case_done(&c);
}
END_TEST

START_TEST(files_are_due_until_they_were_written)
{
    struct kept_file file = {.file = STR("2024-11-14.html"), .is_due = true};
    struct kept_files list;

    case_init(&c);
    case_begin(&c);
    ck_ok(&c, store_put_kept_file(c.s, TOPIC, &file, &c.err));
    ck_ok(&c, store_kept_files(c.s, c.a, TOPIC, &list, &c.err));
    ck_assert_uint_eq(list.n, 1);
    ck_assert(list.at[0].is_due);
    file.is_due = false;
    file.hash = hash128(STR("bytes"));
    ck_ok(&c, store_put_kept_file(c.s, TOPIC, &file, &c.err));
    ck_ok(&c, store_kept_files(c.s, c.a, TOPIC, &list, &c.err));
    ck_assert_uint_eq(list.n, 1);
    ck_assert(!list.at[0].is_due);
    ck_assert(hash128_eq(list.at[0].hash, file.hash));
    ck_ok(&c, store_drop_kept_file(c.s, TOPIC, file.file, &c.err));
    ck_ok(&c, store_kept_files(c.s, c.a, TOPIC, &list, &c.err));
    ck_assert_uint_eq(list.n, 0);
    case_done(&c);
}
END_TEST

/* A store of version 15, whose texts stand in another order. */
static void make_old_store(const char *path)
{
    static const char sql[] =
        "INSERT INTO kept VALUES (1, 'news', 'a', 7, 1, 0, 20000, 0, 0, 0, 0,"
        " x'000102030405060708090a0b0c0d0e0f', 'line', 8, 7, 10, ?)";
    struct str packed = pack_bytes(c.a, STR("<entry/><item/><article/>"));
    sqlite3_stmt *insert;
    sqlite3 *db;

    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    for (int i = 0; i < 15; i++)
        ck_assert_int_eq(sqlite3_exec(db, migrations[i].sql, NULL, NULL, NULL),
                         SQLITE_OK);
    ck_assert_int_eq(sqlite3_prepare_v2(db, sql, -1, &insert, NULL), SQLITE_OK);
    sqlite3_bind_blob64(insert, 1, packed.p, packed.n, SQLITE_STATIC);
    ck_assert_int_eq(sqlite3_step(insert), SQLITE_DONE);
    sqlite3_finalize(insert);
    sqlite3_close(db);
}

START_TEST(texts_kept_in_the_old_order_are_put_into_the_new_one)
{
    struct kept_entries list;
    const char *path;

    case_init(&c);
    store_close(c.s);
    path = scratch_path(&c.dir, "old.db");
    make_old_store(path);
    c.s = store_open(path, &c.err);
    ck_ok(&c, c.s != NULL);
    ck_ok(&c, store_kept_archived(c.s, c.a, TOPIC, 1, &list, &c.err));
    ck_assert_uint_eq(list.n, 1);
    ck_str(list.at[0].atom, "<entry/>");
    ck_str(list.at[0].rss, "<item/>");
    ck_str(list.at[0].html, "<article/>");
    case_done(&c);
}
END_TEST

START_TEST(a_day_gives_its_pages_text_alone)
{
    struct kept_entries list;

    case_init(&c);
    case_begin(&c);
    keep("a", 20000, NOW);
    ck_ok(&c, store_kept_of_day(c.s, c.a, TOPIC, 20000, &list, &c.err));
    ck_assert_uint_eq(list.n, 1);
    ck_str(list.at[0].html, "<article/>");
    ck_assert_uint_eq(list.at[0].atom.n + list.at[0].rss.n, 0);
    case_done(&c);
}
END_TEST

static int64_t between(int64_t from, const char *from_id, int64_t to,
                       const char *to_id)
{
    struct kept_place a = {from, str_from_c(from_id)};
    struct kept_place b = {to, str_from_c(to_id)};
    int64_t n;

    ck_ok(&c, store_kept_between(c.s, TOPIC, 20000, &a, &b, &n, &c.err));
    return n;
}

/* On the page: c and d of one moment, then b, then a; not e, f and g. */
START_TEST(what_stands_between_two_places_of_a_day_is_counted)
{
    case_init(&c);
    keep_at("a", 20000, 1000);
    keep_at("b", 20000, 2000);
    keep_at("d", 20000, 3000);
    keep_at("c", 20000, 3000);
    keep_at("e", 20001, 2500);
    keep_at("f", 20000, 2500);
    keep_at("g", 20000, 2500);
    ck_ok(&c, store_retract_kept(c.s, TOPIC, STR("f"), NOW, &c.err));
    ck_ok(&c, store_withdraw_kept(c.s, TOPIC, STR("g"), NOW, &c.err));
    ck_assert_int_eq(between(INT64_MAX, "", INT64_MIN, ""), 4);
    ck_assert_int_eq(between(INT64_MAX, "", 3000, "c"), 0);
    ck_assert_int_eq(between(INT64_MAX, "", 3000, "d"), 1);
    ck_assert_int_eq(between(INT64_MAX, "", 1000, "a"), 3);
    ck_assert_int_eq(between(3000, "c", 1000, "a"), 2);
    ck_assert_int_eq(between(3000, "d", 1000, "a"), 1);
    ck_assert_int_eq(between(2000, "b", 1000, "a"), 0);
    case_done(&c);
}
END_TEST

UNIT_TESTS(what_is_archived_is_listed_no_more,
           an_entry_put_again_keeps_when_it_came,
           of_what_is_retracted_no_text_remains, a_period_ends_before_its_end,
           files_are_due_until_they_were_written,
           texts_kept_in_the_old_order_are_put_into_the_new_one,
           a_day_gives_its_pages_text_alone,
           what_stands_between_two_places_of_a_day_is_counted)
