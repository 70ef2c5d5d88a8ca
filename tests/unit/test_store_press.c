/* What ends a press, for which sources. */
#include "unit/store_case.h"

#include "base/buf.h"

#define TOPIC  STR("news")
#define LATER  (NOW + 60)
#define A_YEAR ((int64_t)365 * 86400)

static struct store_case c;
static int64_t one, two;

/* Too short to be a copy of another. */
static struct item item_of(const char *guid, const char *title)
{
    struct item item = {
        .guid = str_from_c(guid),
        .url = arena_cat(c.a, STR("https://example.org/"), str_from_c(guid)),
        .title = str_from_c(title),
        .text = str_from_c(title),
        .published = at_seconds(NOW - 3600)};

    item.html = arena_cat(c.a, STR("<p>"), item.text, STR("</p>"));
    return item;
}

static void press(void)
{
    struct topic_press topic = {.id = TOPIC, .entries = 2, .until = NOW + 500};
    int64_t newest;

    ck_ok(&c, store_topic_updated(c.s, TOPIC, NOW, 0, &newest, &c.err));
    ck_ok(&c, store_put_press(c.s, hash128(STR("stamp")), NOW, NOW + A_YEAR,
                              &topic, 1, &c.err));
}

/* Two sources with an item each, and all is pressed. */
static void begin(void)
{
    struct item a, b;

    case_init(&c);
    one = put_source(&c, "https://example.org/one");
    two = put_source(&c, "https://example.org/two");
    a = item_of("a", "The harbour");
    b = item_of("b", "The lighthouse");
    put(&c, one, &a);
    put(&c, two, &b);
    press();
}

static void ck_touched(size_t n, int64_t source)
{
    struct rowids sources;

    ck_ok(&c, store_unpressed(c.s, c.a, &sources, &c.err));
    ck_assert_uint_eq(sources.n, n);
    if (n == 1)
        ck_assert_int_eq(sources.at[0], source);
}

static bool stands(const char *stamp, int64_t now)
{
    bool is_so;

    ck_ok(&c, store_press_stands(c.s, hash128(str_from_c(stamp)), now, &is_so,
                                 &c.err));
    return is_so;
}

START_TEST(a_press_stands_for_its_stamp_and_time)
{
    struct topic_press topic;

    begin();
    ck_assert(stands("stamp", NOW));
    ck_assert(!stands("other", NOW));
    ck_assert(!stands("stamp", NOW - 1));
    ck_assert(!stands("stamp", NOW + A_YEAR));
    ck_ok(&c, store_topic_press(c.s, TOPIC, &topic, &c.err));
    ck_assert_int_eq(topic.entries, 2);
    ck_assert_int_eq(topic.until, NOW + 500);
    ck_ok(&c, store_topic_press(c.s, STR("none"), &topic, &c.err));
    ck_assert_int_eq(topic.until, 0);
    case_done(&c);
}
END_TEST

START_TEST(what_is_seen_again_touches_nothing)
{
    struct source_row row;
    struct item a;

    begin();
    a = item_of("a", "The harbour");
    ck_assert_int_eq(put_at(&c, one, &a, NOW + 3 * 86400), PUT_SAME);
    ck_ok(&c, store_get_source(c.s, c.a, STR("https://example.org/one"), &row,
                               &c.err));
    row.last_fetch = row.last_ok = LATER;
    row.state = SOURCE_UNCHANGED;
    row.etag = STR("\"2\"");
    row.last_reported = LATER;
    row.moved_runs = 1;
    ck_ok(&c, store_put_source(c.s, &row, &c.err));
    ck_touched(0, 0);
    ck_assert(stands("stamp", LATER));
    case_done(&c);
}
END_TEST

START_TEST(an_item_touches_its_source)
{
    struct item a, b, new;

    begin();
    a = item_of("a", "The harbour at night");
    ck_assert_int_eq(put_at(&c, one, &a, LATER), PUT_CHANGED);
    ck_touched(1, one);
    press();
    ck_touched(0, 0);
    b = item_of("b", "The lighthouse");
    b.html = arena_cat(c.a, b.html, STR("<p>A picture.</p>"));
    ck_assert_int_eq(put_at(&c, two, &b, LATER), PUT_CHANGED);
    ck_touched(1, two);
    press();
    new = item_of("n", "The market");
    ck_assert_int_eq(put_at(&c, two, &new, LATER), PUT_NEW);
    ck_touched(1, two);
    ck_assert(stands("stamp", LATER));
    case_done(&c);
}
END_TEST

START_TEST(what_joins_a_story_touches_all_its_sources)
{
    struct item copy;

    begin();
    copy = item_of("a", "The harbour");
    copy.guid = STR("another");
    ck_assert_int_eq(put_at(&c, two, &copy, LATER), PUT_NEW);
    ck_touched(2, 0);
    case_done(&c);
}
END_TEST

START_TEST(a_source_that_is_shown_otherwise_is_touched)
{
    struct source_row row;

    begin();
    ck_ok(&c, store_get_source(c.s, c.a, STR("https://example.org/two"), &row,
                               &c.err));
    row.title = STR("Two and a half");
    ck_ok(&c, store_put_source(c.s, &row, &c.err));
    ck_touched(1, two);
    press();
    row.state = SOURCE_FAILING;
    row.error = STR("no answer");
    ck_ok(&c, store_put_source(c.s, &row, &c.err));
    ck_touched(1, two);
    press();
    (void)put_source(&c, "https://example.org/three");
    ck_touched(1, row.rowid + 1);
    case_done(&c);
}
END_TEST

/* Of another topic's stories too, where it is named beside their leads. */
START_TEST(a_source_of_another_name_touches_its_stories)
{
    struct rowids stories, sources;
    struct source_row row;
    struct stored_item *members;
    int64_t story;
    size_t n;

    begin();
    ck_ok(&c, store_get_source(c.s, c.a, STR("https://example.org/two"), &row,
                               &c.err));
    row.home_url = STR("https://example.org/");
    ck_ok(&c, store_put_source(c.s, &row, &c.err));
    ck_ok(&c, store_touched(c.s, c.a, &stories, &sources, &c.err));
    ck_assert_uint_eq(stories.n, 0);
    ck_assert_uint_eq(sources.n, 1);
    ck_assert_int_eq(sources.at[0], two);
    row.title = STR("Two and a half");
    ck_ok(&c, store_put_source(c.s, &row, &c.err));
    ck_ok(&c, store_touched(c.s, c.a, &stories, &sources, &c.err));
    ck_assert_uint_eq(stories.n, 1);
    story = stories.at[0];
    ck_ok(&c, store_story_members(c.s, c.a, story, &members, &n, &c.err));
    ck_assert_uint_eq(n, 1);
    ck_str(members[0].item.title, "The lighthouse");
    press();
    ck_ok(&c, store_touched(c.s, c.a, &stories, &sources, &c.err));
    ck_assert_uint_eq(stories.n + sources.n, 0);
    case_done(&c);
}
END_TEST

START_TEST(what_a_press_made_is_remembered_topic_by_topic)
{
    struct str stories;

    begin();
    ck_ok(&c, store_pressed(c.s, c.a, TOPIC, &stories, &c.err));
    ck_assert_uint_eq(stories.n, 0);
    ck_ok(&c, store_put_pressed(c.s, TOPIC, STR("one"), &c.err));
    ck_ok(&c, store_put_pressed(c.s, STR("other"), STR("two"), &c.err));
    ck_ok(&c, store_put_pressed(c.s, TOPIC, STR("three"), &c.err));
    ck_ok(&c, store_pressed(c.s, c.a, TOPIC, &stories, &c.err));
    ck_str(stories, "three");
    ck_assert(stands("stamp", NOW));
    case_done(&c);
}
END_TEST

START_TEST(what_is_undone_touches_nothing)
{
    struct item a;

    begin();
    a = item_of("a", "The harbour at night");
    ck_ok(&c, store_begin(c.s, &c.err));
    ck_assert_int_eq(put_at(&c, one, &a, LATER), PUT_CHANGED);
    store_rollback(c.s);
    ck_touched(0, 0);
    case_done(&c);
}
END_TEST

START_TEST(walks_can_be_of_touched_stories_alone)
{
    struct found found = {.c = &c};
    int64_t sources[2];
    struct item a;

    begin();
    sources[0] = one;
    sources[1] = two;
    ck_ok(&c, store_each_place(c.s,
                               &(struct place_walk){.sources = sources,
                                                    .n_sources = 2,
                                                    .since = INT64_MIN,
                                                    .unpressed = true},
                               keep_found, &found, &c.err));
    ck_assert_uint_eq(found.n, 0);
    a = item_of("a", "The harbour at night");
    ck_assert_int_eq(put_at(&c, one, &a, LATER), PUT_CHANGED);
    ck_ok(&c, store_each_place(c.s,
                               &(struct place_walk){.sources = sources,
                                                    .n_sources = 2,
                                                    .since = INT64_MIN,
                                                    .unpressed = true},
                               keep_found, &found, &c.err));
    ck_assert_uint_eq(found.n, 1);
    ck_str(found.at[0].item.title, "The harbour at night");
    ck_ok(&c, store_each_place(c.s,
                               &(struct place_walk){.sources = &two,
                                                    .n_sources = 1,
                                                    .since = INT64_MIN,
                                                    .unpressed = true},
                               keep_found, &found, &c.err));
    ck_assert_uint_eq(found.n, 1);
    case_done(&c);
}
END_TEST

START_TEST(a_state_that_is_brought_in_ends_it)
{
    struct import_report report;
    struct buf state;

    begin();
    buf_init(&state, BUF_MAX);
    ck_ok(&c, store_export(c.s, &state, &c.err));
    ck_assert(stands("stamp", NOW));
    ck_ok(&c, store_import(c.s, c.a, buf_str(&state), &report, &c.err));
    ck_assert(!stands("stamp", NOW));
    buf_done(&state);
    case_done(&c);
}
END_TEST

UNIT_TESTS(a_state_that_is_brought_in_ends_it,
           a_press_stands_for_its_stamp_and_time,
           what_is_seen_again_touches_nothing, an_item_touches_its_source,
           what_joins_a_story_touches_all_its_sources,
           a_source_that_is_shown_otherwise_is_touched,
           a_source_of_another_name_touches_its_stories,
           what_a_press_made_is_remembered_topic_by_topic,
           what_is_undone_touches_nothing,
           walks_can_be_of_touched_stories_alone)
