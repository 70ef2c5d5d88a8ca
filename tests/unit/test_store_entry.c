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
                          now, &row, &c.err));
    memset(fallback, 'x', sizeof fallback);
    memset(id, 'x', sizeof id);
    return row;
}

/* The `updated` that TOPIC has of the newest item, of which SEEN is published;
 * empty: all that there is. */
static int64_t shown(const char *topic, const char *seen, int64_t now)
{
    struct entry_row row = entry(find_all(&c, source)->at[0].story, "id", now);
    struct stored_item newest;
    struct shown what;
    bool found;

    ck_ok(&c, store_get_item(c.s, c.a, find_all(&c, source)->at[0].rowid,
                             &newest, &found, &c.err));
    what = (struct shown){newest.content, newest.content, newest.updated,
                          newest.source_rowid};
    if (*seen != '\0')
        what.seen = hash128(str_from_c(seen));
    ck_ok(&c, store_shown(c.s, str_from_c(topic), &row, &what, now, &c.err));
    return row.updated.unix_seconds;
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

START_TEST(updated_moves_with_what_is_shown_and_published_does_not)
{
    begin();
    ck_assert_int_eq(shown("t", "", NOW), NOW - 3600);
    item.title = STR("A better title");
    put_at(&c, source, &item, NOW + 60);
    ck_assert_int_eq(shown("t", "", NOW + 70), NOW + 60);
    ck_assert_int_eq(shown("t", "", NOW + 80), NOW + 60);
    ck_assert_int_eq(entry(newest_story(), "id", NOW).published.unix_seconds,
                     NOW - 3600);
    ck_assert_int_eq(entry(newest_story(), "id", NOW).updated.unix_seconds,
                     NOW + 60);
    case_done(&c);
}
END_TEST

START_TEST(what_an_excerpt_does_not_show_moves_nothing)
{
    begin();
    shown("short", "Title: tex", NOW);
    shown("whole", "", NOW);
    item =
        make_item(&c, "1", "https://example.org/a1", "Title", "text, edited");
    put_at(&c, source, &item, NOW + 60);
    ck_assert_int_eq(shown("short", "Title: tex", NOW + 70), NOW - 3600);
    ck_assert_int_eq(shown("whole", "", NOW + 70), NOW + 60);
    case_reopen(&c);
    ck_assert_int_eq(shown("short", "Title: tex", NOW + 80), NOW - 3600);
    item =
        make_item(&c, "1", "https://example.org/a1", "Title", "Text, edited");
    put_at(&c, source, &item, NOW + 90);
    ck_assert_int_eq(shown("short", "Title: Tex", NOW + 95), NOW + 90);
    case_done(&c);
}
END_TEST

START_TEST(an_edit_that_an_excerpt_shows_later_moves_it_then)
{
    begin();
    shown("short", "Title: tex", NOW);
    item =
        make_item(&c, "1", "https://example.org/a1", "Title", "text, edited");
    put_at(&c, source, &item, NOW + 60);
    ck_assert_int_eq(shown("short", "Title: tex", NOW + 70), NOW - 3600);
    ck_assert_int_eq(shown("short", "Edited", NOW + 80), NOW + 60);
    ck_assert_int_eq(shown("short", "Title: tex", NOW + 90), NOW + 60);
    case_done(&c);
}
END_TEST

START_TEST(what_was_edited_before_a_topic_knows_of_it_is_no_older)
{
    begin();
    entry(newest_story(), "id", NOW);
    item =
        make_item(&c, "1", "https://example.org/a1", "Title", "text, edited");
    put_at(&c, source, &item, NOW + 60);
    ck_assert_int_eq(shown("t", "", NOW + 70), NOW + 60);
    ck_assert_int_eq(shown("t", "", NOW + 80), NOW + 60);
    case_done(&c);
}
END_TEST

/* As when an item grows by its page's text: the source said nothing new. */
START_TEST(what_nobody_edited_moves_nothing)
{
    begin();
    shown("short", "Title: t...", NOW);
    ck_assert_int_eq(shown("short", "Title: text", NOW + 70), NOW - 3600);
    case_done(&c);
}
END_TEST

START_TEST(another_item_shown_keeps_the_id_and_moves_updated_to_now)
{
    struct shown what = {.updated = at_seconds(NOW - 7200), .source = 1};
    struct entry_row row;
    int64_t story;

    begin();
    story = newest_story();
    shown("t", "", NOW);
    row = entry(story, "other", NOW + 60);
    ck_ok(&c, store_shown(c.s, STR("t"), &row, &what, NOW + 60, &c.err));
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
    ck_ok(&c, store_topic_updated(c.s, STR("t"), 500, 0, &newest, &c.err));
    ck_assert_int_eq(newest, 500);
    ck_ok(&c, store_topic_updated(c.s, STR("t"), 400, 0, &newest, &c.err));
    ck_assert_int_eq(newest, 500);
    case_reopen(&c);
    ck_ok(&c, store_topic_updated(c.s, STR("t"), 600, 0, &newest, &c.err));
    ck_assert_int_eq(newest, 600);
    ck_ok(&c, store_topic_updated(c.s, STR("u"), 1, 0, &newest, &c.err));
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
           updated_moves_with_what_is_shown_and_published_does_not,
           what_an_excerpt_does_not_show_moves_nothing,
           an_edit_that_an_excerpt_shows_later_moves_it_then,
           what_was_edited_before_a_topic_knows_of_it_is_no_older,
           what_nobody_edited_moves_nothing,
           another_item_shown_keeps_the_id_and_moves_updated_to_now,
           a_topics_updated_never_goes_back, runs_are_recorded)
