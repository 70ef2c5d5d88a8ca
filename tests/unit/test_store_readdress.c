#include "unit/store_case.h"

static struct store_case c;

#define OLD "https://example.org/feed"
#define NEW "https://example.net/feed"

static int64_t rowid_of(const char *id)
{
    struct source_row row;

    ck_ok(&c, store_get_source(c.s, c.a, str_from_c(id), &row, &c.err));
    return row.rowid;
}

static void readdress(const char *from, const char *to)
{
    struct moved_source moved = {str_from_c(from), str_from_c(to)};

    ck_ok(&c, store_readdress(c.s, &moved, &c.err));
}

START_TEST(entries_known_by_their_titles_are_known_at_the_new_address)
{
    struct item titled, bare, linked;
    int64_t source;

    case_init(&c);
    titled = make_item(&c, "", "", "A title and nothing else", "ferry");
    bare = make_item(&c, "", "", "", "harbour");
    linked = make_item(&c, "", "https://example.org/1", "Linked", "dyke");
    source = put_source(&c, OLD);
    ck_assert_int_eq(put(&c, source, &titled), PUT_NEW);
    ck_assert_int_eq(put(&c, source, &bare), PUT_NEW);
    ck_assert_int_eq(put(&c, source, &linked), PUT_NEW);
    readdress(OLD, NEW);
    ck_assert_int_eq(rowid_of(NEW), source);
    ck_assert_int_eq(rowid_of(OLD), 0);
    ck_ok(&c, store_next_document(c.s, &c.err));
    ck_assert_int_eq(put(&c, source, &titled), PUT_SAME);
    ck_assert_int_eq(put(&c, source, &bare), PUT_SAME);
    ck_assert_int_eq(put(&c, source, &linked), PUT_SAME);
    case_done(&c);
}
END_TEST

START_TEST(of_two_sources_that_move_to_one_address_the_first_has_it)
{
    int64_t one, two;

    case_init(&c);
    one = put_source(&c, OLD);
    two = put_source(&c, "https://example.org/other");
    readdress(OLD, NEW);
    readdress("https://example.org/other", NEW);
    readdress("https://example.org/none", "https://example.net/none");
    ck_assert_int_eq(rowid_of(NEW), one);
    ck_assert_int_eq(rowid_of("https://example.org/other"), two);
    ck_assert_int_eq(rowid_of("https://example.net/none"), 0);
    case_done(&c);
}
END_TEST

START_TEST(a_source_may_move_back)
{
    struct item item;
    int64_t source;

    case_init(&c);
    item = make_item(&c, "", "", "A title and nothing else", "ferry");
    source = put_source(&c, OLD);
    ck_assert_int_eq(put(&c, source, &item), PUT_NEW);
    readdress(OLD, NEW);
    readdress(NEW, OLD);
    ck_assert_int_eq(rowid_of(OLD), source);
    ck_ok(&c, store_next_document(c.s, &c.err));
    ck_assert_int_eq(put(&c, source, &item), PUT_SAME);
    case_done(&c);
}
END_TEST

START_TEST(where_a_source_was_led_is_told_also_before_it_is_believed)
{
    struct source_row both = {.id = STR(OLD),
                              .address = STR(NEW),
                              .moved_to = STR("https://example.net/next"),
                              .moved_runs = 1};
    struct source_row seen = {.id = STR("https://example.org/other"),
                              .moved_to = STR("https://example.net/other")};
    struct source_row settled = {.id = STR("https://example.org/third"),
                                 .address = STR("https://example.net/third"),
                                 .moved_to = STR("https://example.net/third")};
    struct moved_source *moved;
    size_t n;

    case_init(&c);
    ck_ok(&c, store_put_source(c.s, &both, &c.err));
    ck_ok(&c, store_put_source(c.s, &seen, &c.err));
    ck_ok(&c, store_put_source(c.s, &settled, &c.err));
    (void)put_source(&c, "https://example.org/still");
    ck_ok(&c, store_moved_sources(c.s, c.a, &moved, &n, &c.err));
    ck_assert_uint_eq(n, 4);
    ck_str(moved[0].id, OLD);
    ck_str(moved[0].address, NEW);
    ck_str(moved[1].id, OLD);
    ck_str(moved[1].address, "https://example.net/next");
    ck_str(moved[2].address, "https://example.net/other");
    ck_str(moved[3].address, "https://example.net/third");
    case_done(&c);
}
END_TEST

START_TEST(a_source_that_is_gone_is_asked_at_its_new_address)
{
    struct source_row row = {.id = STR(OLD),
                             .state = SOURCE_GONE,
                             .failures = 1,
                             .next_why = STR("gone"),
                             .next_fetch = INT64_MAX};

    case_init(&c);
    ck_ok(&c, store_put_source(c.s, &row, &c.err));
    readdress(OLD, NEW);
    ck_ok(&c, store_get_source(c.s, c.a, STR(NEW), &row, &c.err));
    ck_assert_int_eq(row.state, SOURCE_GONE);
    ck_assert_int_eq(row.failures, 0);
    ck_assert_int_eq(row.next_fetch, 0);
    ck_str(row.next_why, "");
    case_done(&c);
}
END_TEST

UNIT_TESTS(entries_known_by_their_titles_are_known_at_the_new_address,
           of_two_sources_that_move_to_one_address_the_first_has_it,
           a_source_may_move_back,
           where_a_source_was_led_is_told_also_before_it_is_believed,
           a_source_that_is_gone_is_asked_at_its_new_address)
