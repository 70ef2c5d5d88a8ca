#include "unit/unit.h"

#include "base/arena.h"
#include "base/error.h"
#include "text/json.h"
#include "unit/edition_fixture.h"

static const struct json *item_at(const struct json *feed, int n)
{
    const struct json *item = json_get(feed, STR("items"))->first;

    while (n-- > 0)
        item = item->next;
    return item;
}

START_TEST(what_is_written_reads_back)
{
    struct arena *a = arena_new(0);
    struct error err;
    struct buf b;
    const struct json *feed, *item;

    fixture_write(FORMAT_JSONFEED, &fixture_edition, &b);
    feed = json_parse(a, buf_str(&b), &err);
    ck_assert_ptr_nonnull(feed);
    ck_str(json_get_str(feed, STR("version")),
           "https://jsonfeed.org/version/1.1");
    ck_str(json_get_str(feed, STR("feed_url")),
           "https://news.example/models/feed.json");
    item = item_at(feed, 0);
    ck_str(json_get_str(item, STR("id")), "tag:a.example,2024:1");
    ck_str(json_get_str(item, STR("title")), "AT&T <b> & more");
    ck_str(json_get_str(item, STR("date_published")),
           "2024-11-14T08:30:00+08:00");
    ck_str(json_get_str(json_get(item, STR("authors"))->first, STR("name")),
           "Ann Smith");
    ck_str(json_get_str(
               json_get(json_get(item, STR("_feedmill")), STR("alternates"))
                   ->first,
               STR("why")),
           "same-text");
    arena_free(a);
    buf_done(&b);
}
END_TEST

START_TEST(every_item_has_a_content_and_an_author)
{
    struct arena *a = arena_new(0);
    struct error err;
    struct buf b;
    const struct json *feed;

    fixture_write(FORMAT_JSONFEED, &fixture_edition, &b);
    feed = json_parse(a, buf_str(&b), &err);
    ck_assert_ptr_nonnull(feed);
    for (int i = 0; i < 3; i++) {
        const struct json *item = item_at(feed, i);

        ck_assert(json_get(item, STR("content_html")) != NULL ||
                  json_get(item, STR("content_text")) != NULL);
        ck_assert_ptr_nonnull(json_get(item, STR("authors"))->first);
    }
    arena_free(a);
    buf_done(&b);
}
END_TEST

UNIT_TESTS(what_is_written_reads_back, every_item_has_a_content_and_an_author)
