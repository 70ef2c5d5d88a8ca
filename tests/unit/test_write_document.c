#include "unit/unit.h"

#include "base/arena.h"
#include "base/error.h"
#include "text/json.h"
#include "unit/edition_fixture.h"

static struct arena *a;

static const struct json *written(const struct document_print *d)
{
    struct error err;
    struct buf b;
    const struct json *j;

    a = unit_arena();
    buf_init(&b, BUF_MAX);
    document_write_json(d, &b);
    ck_assert_uint_eq(str_find_char(buf_str(&b), '\n', 0), b.n - 1);
    j = json_parse(a, buf_keep(&b, a), &err);
    ck_assert_msg(j != NULL, "%s", err.text);
    buf_done(&b);
    return j;
}

/* The member at a path of keys and places ("items 0 _feedmill"). */
static const struct json *at(const struct json *j, const char *path)
{
    struct str rest = str_from_c(path), key;
    int64_t n;

    while (j != NULL && str_word(&rest, &key)) {
        if (str_to_i64(key, &n)) {
            for (j = j->first; j != NULL && n > 0; n--)
                j = j->next;
        } else {
            j = json_get(j, key);
        }
    }
    return j;
}

#define ck_at(j, path, expected)                                               \
    do {                                                                       \
        const struct json *ck_j = at(j, path);                                 \
                                                                               \
        ck_assert_msg(ck_j != NULL, "no %s", path);                            \
        ck_str(ck_j->string, expected);                                        \
    } while (0)

START_TEST(a_page_prints_what_was_found_and_nothing_else)
{
    struct item item = fixture_item;
    const struct item *items[] = {&item};
    struct notes notes = {0};
    struct document_print d = {.file = STR("p.html"),
                               .kind = STR("page"),
                               .charset = STR("gb18030"),
                               .charset_from = STR("meta"),
                               .title = STR("Site"),
                               .items = items,
                               .n_items = 1,
                               .notes = &notes};
    const struct json *j;

    item.image = STR_NONE;
    item.published = (struct when){
        .unix_seconds = 1731513600, .zone_minutes = 480, .precision = WHEN_DAY};
    item.confidence.title = 0.9f;
    j = written(&d);
    ck_at(j, "_feedmill kind", "page");
    ck_at(j, "_feedmill charset", "gb18030");
    ck_at(j, "items 0 id", "https://a.example/1?a=1&b=2");
    ck_at(j, "items 0 date_published", "2024-11-14T00:00:00+08:00");
    ck_at(j, "items 0 content_text", "One & two.");
    ck_at(j, "items 0 _feedmill source", "The Origin");
    ck_at(j, "items 0 _feedmill date_precision", "day");
    ck_at(j, "items 0 _feedmill charset", "gb18030");
    ck_assert_double_eq_tol(at(j, "items 0 _feedmill confidence title")->number,
                            0.9, 1e-9);
    ck_assert_ptr_null(at(j, "items 0 _feedmill editor"));
    ck_assert_ptr_null(at(j, "items 0 image"));
    ck_assert_ptr_null(at(j, "description"));
}
END_TEST

/* What only feeds say, by the names of the schema. */
START_TEST(a_feed_prints_its_fields_by_their_names)
{
    struct safe_feed_fields fields = {
        {.guid = STR("g1"),
         .guid_is_permalink = true,
         .title = {.value = STR("<b>t</b>"),
                   .type = TEXT_HTML,
                   .language = STR("en"),
                   .base = STR("http://b.example/")},
         .published = FIXTURE_TIME,
         .comments = STR("http://b.example/c"),
         .image = STR("http://b.example/i.png")}};
    struct safe_feed_info info = {.f = {.format = FEED_RSS20,
                                        .id = STR("f1"),
                                        .generator = STR("gen"),
                                        .ttl_seconds = 3600,
                                        .skip_hours = 1u << 0 | 1u << 23,
                                        .skip_days = 1 << 5}};
    struct item item = {.guid = STR("g1"), .feed = &fields};
    const struct item *items[] = {&item};
    struct document_print d = {
        .kind = STR("feed"), .feed = &info, .items = items, .n_items = 1};
    struct extra *extras, *media, *list, *one;
    const struct json *j;

    a = unit_arena();
    extras = extra_object(a, STR(""));
    media = extra_object(a, STR("media"));
    list = extra_object(a, STR("thumbnail"));
    list->kind = EXTRA_LIST;
    one = extra_object(a, STR(""));
    extra_text(a, one, STR("url"), STR("http://b.example/t.png"));
    extra_append(list, one);
    extra_append(media, list);
    extra_append(extras, media);
    extra_append(extras, extra_object(a, STR("empty")));
    fields.f.extras = extras;
    j = written(&d);
    ck_at(j, "items 0 id", "g1");
    ck_at(j, "items 0 _feedmill guid value", "g1");
    ck_assert_int_eq(at(j, "items 0 _feedmill guid permalink")->type,
                     JSON_TRUE);
    ck_at(j, "items 0 _feedmill title type", "text/html");
    ck_at(j, "items 0 _feedmill title base", "http://b.example/");
    ck_at(j, "items 0 _feedmill published", "2024-11-14T08:30:00+08:00");
    ck_at(j, "items 0 _feedmill image href", "http://b.example/i.png");
    ck_at(j, "items 0 _feedmill media thumbnail 0 url",
          "http://b.example/t.png");
    ck_assert_ptr_null(at(j, "items 0 _feedmill empty"));
    ck_at(j, "_feedmill format", "rss20");
    ck_at(j, "_feedmill generator name", "gen");
    ck_at(j, "_feedmill ttl", "60");
    ck_at(j, "_feedmill skip_hours 1", "23");
    ck_at(j, "_feedmill skip_days 0", "Saturday");
}
END_TEST

START_TEST(a_list_prints_its_links_and_no_items)
{
    const struct link links[] = {
        {.href = STR("http://b.example/1"), .title = STR("One")},
        {.href = STR("http://b.example/2")}};
    const struct when dates[] = {FIXTURE_TIME, {0}};
    const struct link feeds[] = {{.href = STR("http://b.example/f.xml"),
                                  .type = STR("application/rss+xml")}};
    struct document_print d = {.kind = STR("list"),
                               .list_links = links,
                               .list_dates = dates,
                               .n_list_links = 2,
                               .feeds = feeds,
                               .n_feeds = 1,
                               .next = STR("http://b.example/p2")};
    const struct json *j = written(&d);

    ck_assert_ptr_null(at(j, "items")->first);
    ck_at(j, "_feedmill links 0 title", "One");
    ck_at(j, "_feedmill links 0 date", "2024-11-14T08:30:00+08:00");
    ck_at(j, "_feedmill links 1 url", "http://b.example/2");
    ck_assert_ptr_null(at(j, "_feedmill links 1 date"));
    ck_at(j, "_feedmill feeds 0 url", "http://b.example/f.xml");
    ck_at(j, "_feedmill next", "http://b.example/p2");
}
END_TEST

START_TEST(extras_deeper_than_the_writer_are_left_out)
{
    struct safe_feed_fields fields = {{.guid = STR("g")}};
    struct item item = {.feed = &fields};
    const struct item *items[] = {&item};
    struct document_print d = {
        .kind = STR("feed"), .items = items, .n_items = 1};
    struct extra *at_depth;

    a = unit_arena();
    fields.f.extras = at_depth = extra_object(a, STR(""));
    for (int i = 0; i < 1000; i++) {
        struct extra *child = extra_object(a, STR("x"));

        extra_text(a, child, STR("t"), STR("v"));
        extra_append(at_depth, child);
        at_depth = child;
    }
    ck_at(written(&d), "items 0 _feedmill x x x t", "v");
}
END_TEST

START_TEST(a_stream_gives_the_same_as_the_whole)
{
    const struct item *items[] = {&fixture_item, &hostile_item};
    struct document_print d = {.file = STR("f"),
                               .kind = STR("feed"),
                               .title = STR("t"),
                               .items = items,
                               .n_items = 2};
    struct document_out o;
    struct buf whole, part, all;

    buf_init(&whole, BUF_MAX);
    buf_init(&part, BUF_MAX);
    buf_init(&all, BUF_MAX);
    document_write_json(&d, &whole);
    document_begin(&o, &part, false);
    for (size_t i = 0; i < 2; i++) {
        document_item(&o, items[i], STR_NONE);
        buf_add_str(&all, buf_str(&part));
        buf_reset(&part);
    }
    document_end(&o, &d);
    buf_add_str(&all, buf_str(&part));
    ck_assert(str_eq(buf_str(&whole), buf_str(&all)));
    buf_done(&whole);
    buf_done(&part);
    buf_done(&all);
}
END_TEST

static void add_to(void *ctx, struct buf *b)
{
    buf_add_str(ctx, buf_str(b));
    buf_reset(b);
}

START_TEST(the_feeds_of_a_list_are_printed_as_they_come)
{
    struct document_print d = {
        .file = STR("f"), .kind = STR("list"), .title = STR("t")};
    struct document_out o;
    struct buf out;

    buf_init(&out, BUF_MAX);
    document_begin(&o, &out, false);
    document_ref(&o, STR("http://a.example/"), STR("A"), STR("rss"));
    document_ref(&o, STR("http://b.example/"), STR_NONE, STR_NONE);
    document_end(&o, &d);
    ck_str(buf_str(&out),
           "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[],"
           "\"_feedmill\":{\"feeds\":[{\"url\":\"http://a.example/\","
           "\"title\":\"A\",\"type\":\"rss\"},"
           "{\"url\":\"http://b.example/\"}],\"file\":\"f\","
           "\"kind\":\"list\"},\"title\":\"t\"}\n");
    buf_done(&out);
}
END_TEST

START_TEST(a_long_string_is_taken_away_in_parts)
{
    struct json_out j;
    struct buf text, out, all, whole;

    buf_init(&text, BUF_MAX);
    buf_init(&out, BUF_MAX);
    buf_init(&all, BUF_MAX);
    buf_init(&whole, BUF_MAX);
    while (text.n < 5 * JSON_DRAIN_AT)
        buf_add_str(&text, STR("\"words\"\n"));
    json_init(&j, &whole, false);
    json_str(&j, buf_str(&text));
    json_init(&j, &out, false);
    json_drain(&j, add_to, &all);
    json_str(&j, buf_str(&text));
    ck_assert_uint_le(out.cap, 2 * JSON_DRAIN_AT);
    buf_add_str(&all, buf_str(&out));
    ck_assert(str_eq(buf_str(&all), buf_str(&whole)));
    buf_done(&text);
    buf_done(&out);
    buf_done(&all);
    buf_done(&whole);
}
END_TEST

UNIT_TESTS(a_page_prints_what_was_found_and_nothing_else,
           a_feed_prints_its_fields_by_their_names,
           a_list_prints_its_links_and_no_items,
           extras_deeper_than_the_writer_are_left_out,
           a_stream_gives_the_same_as_the_whole,
           the_feeds_of_a_list_are_printed_as_they_come,
           a_long_string_is_taken_away_in_parts)
