#include "unit/store_case.h"

static struct store_case c;

static struct source_row full_row(void)
{
    return (struct source_row){
        .id = STR("https://example.org/feed"),
        .title = STR("示例"),
        .home_url = STR("https://example.org/"),
        .feed_id = STR("tag:example.org,2024:feed"),
        .feed_updated = {NOW, 480, WHEN_MINUTE, false, false},
        .state = SOURCE_FAILING,
        .since = NOW - 5,
        .last_fetch = NOW,
        .last_ok = NOW - 100,
        .next_fetch = NOW + 900,
        .last_reported = NOW - 1,
        .failures = 3,
        .status = 503,
        .error = STR("HTTP 503"),
        .kind = STR("feed"),
        .next_why = STR("history"),
        .period = 7200,
        .skip_hours = 0x800001,
        .skip_days = 0x60,
        .entries = 25,
        .moved_to = STR("https://example.net/feed"),
        .address = STR("https://example.net/new"),
        .moved_runs = 2,
        .moved_since = NOW - 86400,
        .etag = STR("W/\"a'b\""),
        .last_modified = STR("Thu, 14 Nov 2024 00:00:00 GMT"),
        .validated = STR("https://example.net/feed.xml"),
        .body_hash = {1, 2},
        .read_as = {3, 4},
        .has_body_hash = true,
    };
}

static void ck_full_row(const struct source_row *got)
{
    ck_str(got->id, "https://example.org/feed");
    ck_str(got->title, "示例");
    ck_str(got->home_url, "https://example.org/");
    ck_str(got->feed_id, "tag:example.org,2024:feed");
    ck_assert_int_eq(got->feed_updated.unix_seconds, NOW);
    ck_assert_int_eq(got->feed_updated.zone_minutes, 480);
    ck_assert_int_eq(got->feed_updated.precision, WHEN_MINUTE);
    ck_assert_int_eq(got->state, SOURCE_FAILING);
    ck_assert_int_eq(got->since, NOW - 5);
    ck_assert_int_eq(got->last_fetch, NOW);
    ck_assert_int_eq(got->last_ok, NOW - 100);
    ck_assert_int_eq(got->next_fetch, NOW + 900);
    ck_assert_int_eq(got->last_reported, NOW - 1);
    ck_assert_int_eq(got->failures, 3);
    ck_assert_int_eq(got->status, 503);
    ck_str(got->error, "HTTP 503");
    ck_str(got->kind, "feed");
    ck_str(got->next_why, "history");
    ck_assert_int_eq(got->period, 7200);
    ck_assert_uint_eq(got->skip_hours, 0x800001);
    ck_assert_uint_eq(got->skip_days, 0x60);
    ck_assert_int_eq(got->entries, 25);
    ck_str(got->moved_to, "https://example.net/feed");
    ck_str(got->address, "https://example.net/new");
    ck_assert_int_eq(got->moved_runs, 2);
    ck_assert_int_eq(got->moved_since, NOW - 86400);
    ck_str(got->etag, "W/\"a'b\"");
    ck_str(got->last_modified, "Thu, 14 Nov 2024 00:00:00 GMT");
    ck_str(got->validated, "https://example.net/feed.xml");
    ck_assert(got->has_body_hash);
    ck_assert(hash128_eq(got->body_hash, (struct hash128){1, 2}));
    ck_assert(hash128_eq(got->read_as, (struct hash128){3, 4}));
}

START_TEST(every_field_of_a_source_comes_back)
{
    struct source_row row = full_row(), got, *all;
    size_t n;

    case_init(&c);
    ck_ok(&c, store_put_source(c.s, &row, &c.err));
    ck_assert_int_ne(row.rowid, 0);
    case_reopen(&c);
    ck_ok(&c, store_get_source(c.s, c.a, row.id, &got, &c.err));
    ck_full_row(&got);
    ck_ok(&c, store_all_sources(c.s, c.a, &all, &n, &c.err));
    ck_assert_uint_eq(n, 1);
    ck_full_row(&all[0]);
    ck_assert_int_eq(all[0].rowid, row.rowid);
    case_done(&c);
}
END_TEST

START_TEST(an_unknown_source_has_no_rowid)
{
    struct source_row got = {.rowid = 7};

    case_init(&c);
    ck_ok(&c, store_get_source(c.s, c.a, STR("none"), &got, &c.err));
    ck_assert_int_eq(got.rowid, 0);
    ck_str(got.id, "none");
    case_done(&c);
}
END_TEST

START_TEST(changed_fields_are_stored_whichever_they_are)
{
    struct source_row row = full_row(), got;

    case_init(&c);
    ck_ok(&c, store_put_source(c.s, &row, &c.err));
    row.title = STR("another");
    row.etag = STR_NONE;
    row.has_body_hash = false;
    row.status = 304;
    ck_ok(&c, store_put_source(c.s, &row, &c.err));
    ck_ok(&c, store_get_source(c.s, c.a, row.id, &got, &c.err));
    ck_str(got.title, "another");
    ck_str(got.etag, "");
    ck_assert(!got.has_body_hash);
    ck_assert_int_eq(got.status, 304);
    ck_assert_int_eq(got.rowid, row.rowid);
    case_done(&c);
}
END_TEST

START_TEST(a_row_that_was_never_loaded_is_put_over_the_stored_one)
{
    struct source_row row = full_row(), other = {.id = row.id}, got;

    case_init(&c);
    ck_ok(&c, store_put_source(c.s, &row, &c.err));
    ck_ok(&c, store_put_source(c.s, &other, &c.err));
    ck_assert_int_eq(other.rowid, row.rowid);
    ck_ok(&c, store_get_source(c.s, c.a, row.id, &got, &c.err));
    ck_str(got.title, "");
    ck_assert_int_eq(got.state, SOURCE_NEW);
    case_done(&c);
}
END_TEST

START_TEST(state_names_go_both_ways)
{
    enum source_state source;
    enum item_state item;

    for (int i = SOURCE_NEW; i <= SOURCE_GONE; i++) {
        ck_assert(source_state_by_name(source_state_name((enum source_state)i),
                                       &source));
        ck_assert_int_eq(source, i);
    }
    for (int i = ITEM_NEW; i <= ITEM_EXPIRED; i++) {
        ck_assert(
            item_state_by_name(item_state_name((enum item_state)i), &item));
        ck_assert_int_eq(item, i);
    }
    ck_assert(!source_state_by_name(STR("well"), &source));
    ck_assert(!item_state_by_name(STR(""), &item));
}
END_TEST

START_TEST(a_page_fetched_once_is_remembered)
{
    struct page_row row = {.fetched = NOW, .status = 503, .failures = 2};
    bool has = true;
    int64_t source;

    case_init(&c);
    source = put_source(&c, "list");
    ck_ok(&c, store_get_page(c.s, STR("example.org/a1"), &row, &has, &c.err));
    ck_assert(!has);
    row = (struct page_row){.fetched = NOW, .status = 503, .failures = 2};
    ck_ok(&c, store_put_page(c.s, STR("example.org/a1"), source, &row, &c.err));
    row.fetched = NOW + 1;
    row.failures = 3;
    ck_ok(&c, store_put_page(c.s, STR("example.org/a1"), source, &row, &c.err));
    row = (struct page_row){0};
    ck_ok(&c, store_get_page(c.s, STR("example.org/a1"), &row, &has, &c.err));
    ck_assert(has);
    ck_assert_int_eq(row.fetched, NOW + 1);
    ck_assert_int_eq(row.status, 503);
    ck_assert_int_eq(row.failures, 3);
    case_done(&c);
}
END_TEST

UNIT_TESTS(every_field_of_a_source_comes_back, an_unknown_source_has_no_rowid,
           changed_fields_are_stored_whichever_they_are,
           a_row_that_was_never_loaded_is_put_over_the_stored_one,
           state_names_go_both_ways, a_page_fetched_once_is_remembered)
