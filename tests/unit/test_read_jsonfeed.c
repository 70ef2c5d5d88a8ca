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

START_TEST(prefixes_are_refused_without_harm)
{
    for (size_t n = 0; n + 1 < sizeof text; n++) {
        struct seen_feed *s = seen_read_in(text, n, "", 9);

        ck_assert(!s->ok);
        seen_done(s);
    }
}
END_TEST

UNIT_TESTS(items_of_both_versions_are_read, prefixes_are_refused_without_harm)
