#include "unit/store_case.h"

static struct store_case c;
static int64_t source;
static struct item item;
static struct last_entry entry;

/* One item of one document, remembered. */
static void begin(void)
{
    struct last_listed listed = {&entry, 1};
    struct put_done done;

    case_init(&c);
    case_begin(&c);
    source = put_source(&c, "https://example.org/feed");
    item = make_item(&c, "g1", "https://example.org/a1", "One", "one");
    ck_ok(&c, store_put_item(c.s, source, &item, NULL, NOW, &done, &c.err));
    entry = (struct last_entry){hash128(STR("one")), done.item, done.last_seen};
    ck_ok(&c, store_put_listed(c.s, source, &listed, &c.err));
}

static size_t n_listed(void)
{
    struct last_listed got;

    ck_ok(&c, store_get_listed(c.s, c.a, source, &got, &c.err));
    return got.n;
}

static bool holds(const struct item *other)
{
    struct last_listed known = {&entry, 1};
    bool is;

    ck_ok(&c, store_listed_holds(c.s, source, &known, &other, other != NULL,
                                 &is, &c.err));
    return is;
}

START_TEST(what_was_listed_comes_back)
{
    struct last_listed got;

    begin();
    case_reopen(&c);
    ck_ok(&c, store_get_listed(c.s, c.a, source, &got, &c.err));
    ck_assert_uint_eq(got.n, 1);
    ck_assert(hash128_eq(got.at[0].draft, entry.draft));
    ck_assert_int_eq(got.at[0].item, entry.item);
    ck_assert_int_eq(got.at[0].last_seen, NOW);
    ck_assert(holds(NULL));
    ck_ok(&c, store_get_listed(c.s, c.a, source + 1, &got, &c.err));
    ck_assert_uint_eq(got.n, 0);
    case_done(&c);
}
END_TEST

START_TEST(an_item_that_changes_ends_it)
{
    begin();
    ck_assert_int_eq(put_at(&c, source, &item, NOW + 1), PUT_SAME);
    ck_assert_uint_eq(n_listed(), 1);
    item.summary = STR("another");
    ck_assert_int_eq(put_at(&c, source, &item, NOW + 1000), PUT_CHANGED);
    ck_assert_uint_eq(n_listed(), 0);
    ck_assert(!holds(NULL));
    case_done(&c);
}
END_TEST

START_TEST(an_item_that_loses_its_body_or_goes_ends_it)
{
    struct last_listed listed = {&entry, 1};

    begin();
    ck_ok(&c, store_expire(c.s, NOW + 1, 0, &c.err));
    ck_assert_uint_eq(n_listed(), 0);
    ck_ok(&c, store_put_listed(c.s, source, &listed, &c.err));
    ck_ok(&c, store_expire(c.s, NOW + 1, NOW + 1, &c.err));
    ck_assert_uint_eq(n_listed(), 0);
    case_done(&c);
}
END_TEST

START_TEST(it_does_not_hold_beside_an_entry_that_may_be_the_item)
{
    struct item new, of_guid, of_url, of_title;

    begin();
    new = make_item(&c, "g2", "https://example.org/a2", "Two", "two");
    of_guid = make_item(&c, "g1", "https://example.org/a2", "Two", "two");
    of_url = make_item(&c, "g2", "https://example.org/a1", "Two", "two");
    of_title = make_item(&c, "", "", "One", "two");
    ck_assert(holds(&new));
    ck_assert(!holds(&of_guid));
    ck_assert(!holds(&of_url));
    ck_assert(holds(&of_title)); /* the item is not known by its title */
    case_done(&c);
}
END_TEST

START_TEST(an_entry_listed_again_counts_as_seen_once_a_day)
{
    struct last_entry e;

    begin();
    e = entry;
    ck_ok(&c, store_see_listed(c.s, source, &e, NOW + 3600, &c.err));
    ck_assert_int_eq(e.last_seen, NOW);
    ck_ok(&c, store_see_listed(c.s, source, &e, NOW + 86400, &c.err));
    ck_assert_int_eq(e.last_seen, NOW + 86400);
    /* Seen then, its body stays until then. */
    ck_ok(&c, store_expire(c.s, NOW + 86400, 0, &c.err));
    ck_assert_uint_eq(n_listed(), 1);
    case_done(&c);
}
END_TEST

/* As if it had been put. */
START_TEST(an_entry_behind_one_listed_again_is_told_from_it)
{
    struct item other;

    begin();
    other = make_item(&c, "g1", "https://example.org/b", "Another", "two");
    ck_ok(&c, store_next_document(c.s, &c.err));
    ck_ok(&c, store_see_listed(c.s, source, &entry, NOW + 60, &c.err));
    ck_assert_int_eq(put_at(&c, source, &other, NOW + 60), PUT_NEW);
    case_done(&c);
}
END_TEST

START_TEST(the_second_of_two_entries_that_are_one_says_so)
{
    struct put_done done;

    begin();
    ck_ok(&c, store_put_item(c.s, source, &item, NULL, NOW, &done, &c.err));
    ck_assert(done.is_repeated);
    ck_assert_int_eq(done.item, entry.item);
    case_done(&c);
}
END_TEST

UNIT_TESTS(what_was_listed_comes_back, an_item_that_changes_ends_it,
           an_item_that_loses_its_body_or_goes_ends_it,
           it_does_not_hold_beside_an_entry_that_may_be_the_item,
           an_entry_listed_again_counts_as_seen_once_a_day,
           an_entry_behind_one_listed_again_is_told_from_it,
           the_second_of_two_entries_that_are_one_says_so)
