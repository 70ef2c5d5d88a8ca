#include "unit/store_case.h"

static struct store_case c;
static int64_t source;
static struct item item;

static void begin(void)
{
    case_init(&c);
    case_begin(&c);
    source = put_source(&c, "https://example.org/feed");
    item = make_item(&c, "1", "https://example.org/a1", "Title", "text");
    put(&c, source, &item);
}

/* Both ids are gone when the call has returned. */
static struct entry_row entry(int64_t story, const char *wanted, int64_t now)
{
    char fallback[] = "urn:uuid:fallback", id[64];
    struct entry_row row;

    snprintf(id, sizeof id, "%s", wanted);
    ck_ok(&c, store_entry(c.s, c.a, story, str_from_c(id), str_from_c(fallback),
                          STR_NONE, now, &row, &c.err));
    memset(fallback, 'x', sizeof fallback);
    memset(id, 'x', sizeof id);
    return row;
}

static int64_t newest_story(void)
{
    return find_all(&c, source)->at[0].story;
}

START_TEST(an_entry_keeps_its_id_and_dates)
{
    struct entry_row first, again;

    begin();
    first = entry(newest_story(), "tag:example.org,2024:1", NOW);
    ck_str(first.atom_id, "tag:example.org,2024:1");
    ck_assert_int_eq(first.first_published, NOW);
    ck_assert_int_eq(first.published.unix_seconds, NOW - 3600);
    case_reopen(&c);
    again = entry(newest_story(), "tag:example.org,2024:other", NOW + 60);
    ck_str(again.atom_id, "tag:example.org,2024:1");
    ck_assert_int_eq(again.first_published, NOW);
    ck_assert_int_eq(again.updated.unix_seconds, NOW - 3600);
    case_done(&c);
}
END_TEST

START_TEST(an_id_that_another_entry_has_is_not_given_again)
{
    struct entry_row one, two, three;
    struct item other;

    begin();
    one = entry(newest_story(), "id", NOW);
    other = make_item(&c, "2", "https://example.org/a2", "Two", "other");
    other.published = at_seconds(NOW);
    put(&c, source, &other);
    two = entry(newest_story(), "id", NOW);
    other = make_item(&c, "3", "https://example.org/a3", "Three", "third");
    other.published = at_seconds(NOW + 1);
    put(&c, source, &other);
    three = entry(newest_story(), "", NOW);
    ck_str(one.atom_id, "id");
    ck_str(two.atom_id, "urn:uuid:fallback");
    ck_assert(str_starts(three.atom_id, STR("urn:uuid:")));
    ck_assert(!str_eq(three.atom_id, two.atom_id));
    case_done(&c);
}
END_TEST

START_TEST(updated_moves_with_the_leads_text_and_published_does_not)
{
    struct entry_row row;

    begin();
    entry(newest_story(), "id", NOW);
    item.title = STR("A better title");
    put_at(&c, source, &item, NOW + 60);
    row = entry(newest_story(), "id", NOW + 70);
    ck_assert_int_eq(row.updated.unix_seconds, NOW + 60);
    ck_assert_int_eq(row.published.unix_seconds, NOW - 3600);
    row = entry(newest_story(), "id", NOW + 80);
    ck_assert_int_eq(row.updated.unix_seconds, NOW + 60);
    case_done(&c);
}
END_TEST

START_TEST(a_new_lead_keeps_the_id_and_moves_updated_to_now)
{
    struct item copy;
    struct entry_row row;
    int64_t story;

    begin();
    story = newest_story();
    entry(story, "id", NOW);
    copy = make_item(&c, "2", "https://example.net/x", "Earlier", "text");
    copy.published = at_seconds(NOW - 7200);
    put(&c, put_source(&c, "https://example.net/feed"), &copy);
    case_commit(&c);
    row = entry(story, "other", NOW + 60);
    ck_str(row.atom_id, "id");
    ck_assert_int_eq(row.published.unix_seconds, NOW - 3600);
    ck_assert_int_eq(row.updated.unix_seconds, NOW + 60);
    case_done(&c);
}
END_TEST

START_TEST(a_topics_updated_never_goes_back)
{
    int64_t newest = 0;

    case_init(&c);
    ck_ok(&c, store_topic_updated(c.s, STR("t"), 500, &newest, &c.err));
    ck_assert_int_eq(newest, 500);
    ck_ok(&c, store_topic_updated(c.s, STR("t"), 400, &newest, &c.err));
    ck_assert_int_eq(newest, 500);
    case_reopen(&c);
    ck_ok(&c, store_topic_updated(c.s, STR("t"), 600, &newest, &c.err));
    ck_assert_int_eq(newest, 600);
    ck_ok(&c, store_topic_updated(c.s, STR("u"), 1, &newest, &c.err));
    ck_assert_int_eq(newest, 1);
    case_done(&c);
}
END_TEST

START_TEST(runs_are_recorded)
{
    struct run_row run = {NOW, NOW + 5, 1, 10, 2, 30, 4};

    case_init(&c);
    ck_ok(&c, store_put_run(c.s, &run, &c.err));
    case_done(&c);
}
END_TEST

UNIT_TESTS(an_entry_keeps_its_id_and_dates,
           an_id_that_another_entry_has_is_not_given_again,
           updated_moves_with_the_leads_text_and_published_does_not,
           a_new_lead_keeps_the_id_and_moves_updated_to_now,
           a_topics_updated_never_goes_back, runs_are_recorded)
