#include "unit/feed_unit.h"

static const char text[] =
    "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Paper\","
    "\"home_page_url\":\"/\",\"items\":[{\"id\":7,\"url\":\"/one\","
    "\"title\":\"a < b\",\"content_html\":\"<p>x</p>\","
    "\"summary\":\"s\",\"author\":{\"name\":\"Ann\"},"
    "\"tags\":[\"c\",3,\"d\"],\"date_published\":\"2024-12-03T10:00:00Z\","
    "\"attachments\":[{\"url\":\"/a.mp3\",\"mime_type\":\"audio/mpeg\","
    "\"size_in_bytes\":5}],\"language\":\"de\"},"
    "{\"id\":\"http://example.org/two\",\"content_text\":\"plain\"},5]}";

START_TEST(items_of_both_versions_are_read)
{
    struct seen_feed *s = seen_read(text);
    const struct seen_entry *e = s->entries.at;

    ck_assert(s->ok);
    ck_assert_uint_eq(s->entries.n, 2);
    ck_str(e->guid, "7");
    ck_str(e->url, "http://example.org/one");
    ck_str(e->title, "a < b");
    ck_str(e->body, "<p>x</p>");
    ck_str(e->author, "Ann");
    ck_str(e->tags, "c, d");
    ck_str(e->language, "de");
    ck_str(e->published, "2024-12-03T10:00:00Z");
    ck_str(e->enclosures, "http://example.org/a.mp3 audio/mpeg");
    ck_str(e[1].url, "http://example.org/two");
    ck_str(e[1].body, "plain");
    ck_assert_int_eq(e[1].kind, BODY_PLAIN);
    ck_str(s->feed->title.value, "Paper");
    ck_str(s->feed->home_url, "http://example.org/");
    ck_assert_int_eq(s->feed->format, FEED_JSON11);
    seen_done(s);
}
END_TEST

START_TEST(what_came_of_a_cut_document_is_kept)
{
    size_t items = 0;

    for (size_t n = 0; n + 1 < sizeof text; n++) {
        struct seen_feed *s = seen_read_in(text, n, "", 9);

        if (n > sizeof "{\"version\":\"https://jsonfeed.org/version/1.1\"") {
            ck_assert(s->ok);
            ck_assert(notes_have(&s->feed->notes, NOTE_JSON_REPAIRED) ||
                      notes_have(&s->feed->notes, NOTE_TRUNCATED));
            ck_assert_uint_ge(s->entries.n, items);
            items = s->entries.n;
            ck_assert(s->feed->is_cut == (n + 3 <= sizeof text));
        }
        seen_done(s);
    }
    ck_assert_uint_eq(items, 2);
}
END_TEST

START_TEST(faults_inside_an_item_cost_that_item_little)
{
    struct seen_feed *s = seen_read(
        "{\"items\":[{\"id\":\"1\",\"title\":\"tab\there\",},"
        "{\"id\":\"2\",\"title\":\"two\"}],"
        "\"version\":\"https://jsonfeed.org/version/1\"} <!-- cached -->");

    ck_assert(s->ok);
    ck_assert_uint_eq(s->entries.n, 2);
    ck_str(s->entries.at[0].title, "tab here");
    ck_str(s->entries.at[1].title, "two");
    ck_assert_int_eq(s->feed->format, FEED_JSON1);
    ck_assert(notes_have(&s->entries.at[0].notes, NOTE_JSON_REPAIRED));
    ck_assert(!notes_have(&s->entries.at[1].notes, NOTE_JSON_REPAIRED));
    ck_assert(notes_have(&s->feed->notes, NOTE_JSON_REPAIRED));
    seen_done(s);
}
END_TEST

START_TEST(items_that_are_no_objects_are_counted)
{
    struct seen_feed *s =
        seen_read("{\"items\":[{\"id\":\"1\"},null,7,{\"id\":\"2\"},]}");

    ck_assert_uint_eq(s->entries.n, 2);
    ck_assert_uint_eq(s->feed->notes.n, 1);
    ck_assert_int_eq(s->feed->notes.first->code, NOTE_JSON_REPAIRED);
    ck_str(s->feed->notes.first->text,
           "2 items are no objects and left out, number 2 first");
    seen_done(s);
}
END_TEST

START_TEST(members_without_a_name_in_json_feed_are_kept)
{
    struct seen_feed *s = seen_read(
        "{\"items\":[{\"id\":\"1\",\"_shop\":{\"price\":5,\"sold\":false,"
        "\"sizes\":[\"S\",\"M\"]},\"mood\":\"good\",\"_feedmill\":{\"a\":1}},"
        "{\"id\":\"2\",\"a\":[[[[[[1]]]]]]}],\"_x\":\"y\"}");

    ck_str(s->entries.at[0].ext, "ext{_shop{price=5;sold=false;sizes{=S;=M;}}"
                                 "mood=good;}");
    ck_assert_uint_eq(s->entries.at[0].notes.n, 1); /* entry-empty */
    ck_assert(notes_have(&s->entries.at[1].notes, NOTE_TOO_LARGE));
    ck_str(seen_extra(s->a, s->feed->extras), "ext{_x=y;}");
    seen_done(s);
}
END_TEST

START_TEST(json_that_is_no_feed_is_refused)
{
    static const char *const texts[] = {
        "{\"a\":1}", "{", "[]", "{\"version\"", "{\"items\":3}", "{version:1}"};

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct seen_feed *s = seen_read(texts[i]);

        ck_assert(!s->ok);
        seen_done(s);
    }
}
END_TEST

#define MB ((size_t)1 << 20)

START_TEST(a_string_has_the_ceiling_of_an_element)
{
    struct buf b;
    struct seen_feed *s;

    buf_init(&b, 16 * MB);
    buf_add_str(&b, STR("{\"version\":\"https://jsonfeed.org/version/1.1\","
                        "\"items\":[{\"id\":\"1\",\"content_text\":\""));
    for (size_t i = 0; i < 5 * MB; i++)
        buf_add_char(&b, 'x');
    buf_add_str(&b, STR("\",\"title\":\"one\"},{\"id\":\"2\"}],"
                        "\"title\":\"t\"}"));
    s = seen_read_in(b.p, b.n, "", b.n);
    ck_assert(s->ok);
    ck_assert_uint_eq(s->entries.n, 2);
    ck_assert_uint_eq(s->entries.at[0].body.n, 3 * MB);
    ck_str(s->entries.at[0].title, "one");
    ck_assert(notes_have(&s->entries.at[0].notes, NOTE_TOO_LARGE));
    ck_assert_uint_eq(s->entries.at[1].notes.n, 1); /* entry-empty */
    ck_assert_uint_eq(s->feed->notes.n, 0);
    seen_done(s);
    buf_done(&b);
}
END_TEST

START_TEST(halves_of_pairs_have_the_ceiling_too)
{
    struct buf b;
    struct seen_feed *s;

    buf_init(&b, 16 * MB);
    buf_add_str(&b, STR("{\"version\":\"https://jsonfeed.org/version/1.1\","
                        "\"items\":[{\"id\":\"1\",\"title\":\"one\","
                        "\"content_text\":\""));
    for (size_t i = 0; i < 2 * MB; i++)
        buf_add_str(&b, STR("\\ud800"));
    buf_add_str(&b, STR("\\\"\",\"url\":\"http://a.example/\"}]}"));
    s = seen_read_in(b.p, b.n, "", 65536);
    ck_assert(s->ok);
    ck_assert_uint_eq(s->entries.n, 1);
    ck_assert_uint_le(s->entries.at[0].body.n, 3 * MB);
    ck_str(s->entries.at[0].url, "http://a.example/");
    seen_done(s);
    buf_done(&b);
}
END_TEST

START_TEST(a_long_string_of_the_feed_is_cut_too)
{
    struct buf b;
    struct seen_feed *s;

    buf_init(&b, 16 * MB);
    buf_add_str(&b, STR("{\"items\":[{\"id\":\"1\"}],\"description\":\""));
    for (size_t i = 0; i < 5 * MB; i++)
        buf_add_char(&b, 'x');
    buf_add_str(&b, STR("\",\"title\":\"t\"}"));
    s = seen_read_in(b.p, b.n, "", b.n);
    ck_assert(s->ok);
    ck_assert_uint_eq(s->feed->subtitle.value.n, 3 * MB);
    ck_str(s->feed->title.value, "t");
    ck_assert(notes_have(&s->feed->notes, NOTE_TOO_LARGE));
    seen_done(s);
    buf_done(&b);
}
END_TEST

UNIT_TESTS(items_of_both_versions_are_read, what_came_of_a_cut_document_is_kept,
           faults_inside_an_item_cost_that_item_little,
           items_that_are_no_objects_are_counted,
           members_without_a_name_in_json_feed_are_kept,
           json_that_is_no_feed_is_refused,
           a_string_has_the_ceiling_of_an_element,
           halves_of_pairs_have_the_ceiling_too,
           a_long_string_of_the_feed_is_cut_too)
