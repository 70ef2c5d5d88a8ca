#include "unit/unit.h"

#include <string.h>

#include "base/arena.h"
#include "mill/mill.h"
#include "store/store.h"

#define FEED                                                                   \
    "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>F</title>"    \
    "<item><title>One</title><link>https://x.example/1</link>"                 \
    "<description>&lt;p onclick='x()'&gt;Text&lt;/p&gt;</description></item>"  \
    "<item><title>Two</title><link>https://x.example/2</link></item>"

struct titles {
    char text[200];
    size_t n;
};

static void note_title(void *ctx, const struct item *item)
{
    struct titles *titles = ctx;

    titles->n++;
    strncat(titles->text, item->title.p, item->title.n);
    strncat(titles->text, ";", 2);
}

START_TEST(items_of_a_feed_are_handed_on_in_order)
{
    struct arena *a = arena_new(0);
    struct line_input in = {.bytes = STR(FEED "</channel></rss>")};
    struct titles titles = {0};
    struct line_result out;
    struct error err;

    ck_assert(line_run(a, &in, note_title, &titles, &out, &err));
    ck_assert_str_eq(titles.text, "One;Two;");
    ck_str(out.kind, "feed");
    ck_str(out.charset, "utf-8");
    ck_str(out.feed->f.title.value, "F");
    ck_assert_uint_eq(out.n_items, 0);
    arena_free(a);
}
END_TEST

START_TEST(without_a_callback_items_are_kept_and_clean)
{
    struct arena *a = arena_new(0);
    struct line_input in = {.bytes = STR(FEED "</channel></rss>")};
    struct line_result out;
    struct error err;

    ck_assert(line_run(a, &in, NULL, NULL, &out, &err));
    ck_assert_uint_eq(out.n_items, 2);
    ck_str(out.items[0]->html, "<p>Text</p>");
    ck_str(out.items[1]->url, "https://x.example/2");
    arena_free(a);
}
END_TEST

START_TEST(a_feed_cut_short_keeps_what_came_and_says_so)
{
    struct arena *a = arena_new(0);
    struct line_input in = {.bytes = STR(FEED "<item><title>Thr")};
    struct line_result out;
    struct error err;

    ck_assert(line_run(a, &in, NULL, NULL, &out, &err));
    ck_assert_uint_ge(out.n_items, 2);
    ck_str(out.items[1]->title, "Two");
    ck_assert(notes_have(&out.feed->f.notes, NOTE_TRUNCATED));
    ck_assert(out.is_cut);
    ck_assert_uint_eq(out.n_items, 3);
    in.want_whole = true;
    ck_assert(line_run(a, &in, NULL, NULL, &out, &err));
    ck_assert(out.is_cut);
    ck_assert_uint_eq(out.n_items, 2);
    arena_free(a);
}
END_TEST

START_TEST(of_many_entries_only_the_first_are_kept)
{
    struct arena *a = arena_new(0);
    struct line_result out;
    struct error err;
    struct buf b;

    buf_init(&b, BUF_MAX);
    buf_add_str(&b, STR("<rss version='2.0'><channel>"));
    for (int i = 0; i < 10001; i++)
        buf_printf(&b, "<item><title>%d</title></item>", i);
    buf_add_str(&b, STR("</channel></rss>"));
    for (int n = 0; n < 2; n++) {
        struct line_input in = {.bytes = buf_str(&b), .want_drafts = n == 1};

        ck_assert(line_run(a, &in, NULL, NULL, &out, &err));
        ck_assert_uint_eq(out.n_items, 10000);
        ck_str(out.items[9999]->title, "9999");
        ck_assert(notes_have(&out.notes, NOTE_TOO_LARGE));
    }
    buf_done(&b);
    arena_free(a);
}
END_TEST

START_TEST(a_page_where_a_feed_was_wanted_is_named_in_the_error)
{
    struct arena *a = arena_new(0);
    struct line_input in = {
        .bytes = STR("<!DOCTYPE html><html><body><p>x</p></body></html>"),
        .as = LINE_FEED};
    struct line_result out;
    struct error err;

    ck_assert(!line_run(a, &in, NULL, NULL, &out, &err));
    ck_assert_int_eq(err.code, ERR_INPUT);
    ck_assert_ptr_nonnull(strstr(err.text, "HTML page"));
    arena_free(a);
}
END_TEST

START_TEST(of_entries_known_as_they_are_nothing_is_made)
{
    struct arena *a = arena_new(0);
    struct line_input in = {.bytes = STR(FEED "</channel></rss>"),
                            .url = STR("https://x.example/feed"),
                            .want_drafts = true};
    struct last_entry entries[2] = {{.item = 7}, {.item = 0}};
    struct last_listed known = {entries, 2};
    struct line_result first, again;
    struct error err;

    ck_assert(line_run(a, &in, NULL, NULL, &first, &err));
    ck_assert_uint_eq(first.n_known, 0);
    ck_assert(first.drafts[0].has_hash && first.drafts[1].has_hash);
    entries[0].draft = first.drafts[0].hash;
    entries[1].draft = first.drafts[1].hash; /* that became no item */
    in.known = &known;
    ck_assert(line_run(a, &in, NULL, NULL, &again, &err));
    ck_assert_uint_eq(again.n_items, 2);
    ck_assert_uint_eq(again.n_known, 1);
    ck_assert_ptr_null(again.items[0]);
    ck_assert_int_eq(again.drafts[0].known->item, 7);
    ck_str(again.items[1]->title, "Two");
    arena_free(a);
}
END_TEST

START_TEST(nothing_is_an_error_and_no_crash)
{
    static const struct str none[] = {
        STR_INIT(""), STR_INIT(" \n"),
        STR_INIT("\211PNG\r\n\032\n\0\0\0\rIHDR\0\0\1\0\0\0"),
        STR_INIT("\xff\xfe")};

    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        struct arena *a = arena_new(0);
        struct line_input in = {.bytes = none[i], .as = LINE_FIND_OUT};
        struct line_result out;
        struct error err;

        ck_assert(!line_run(a, &in, NULL, NULL, &out, &err));
        ck_assert_int_eq(err.code, ERR_INPUT);
        arena_free(a);
    }
}
END_TEST

UNIT_TESTS(items_of_a_feed_are_handed_on_in_order,
           without_a_callback_items_are_kept_and_clean,
           a_feed_cut_short_keeps_what_came_and_says_so,
           of_many_entries_only_the_first_are_kept,
           a_page_where_a_feed_was_wanted_is_named_in_the_error,
           of_entries_known_as_they_are_nothing_is_made,
           nothing_is_an_error_and_no_crash)
