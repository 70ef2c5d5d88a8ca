#include "unit/unit.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "unit/edition_fixture.h"

START_TEST(a_page_names_its_feeds_and_needs_no_script)
{
    struct buf b;

    fixture_write(FORMAT_HTML, &fixture_edition, &b);
    ck_has(&b, "<html lang=\"zh-Hans\">");
    ck_has(&b, "<link rel=\"alternate\" type=\"application/atom+xml\" "
               "href=\"atom.xml\" title=\"Models &amp; chips\">");
    ck_has(&b, "default-src 'none'");
    ck_has(&b, "prefers-color-scheme:dark");
    ck_has_not(&b, "<script");
    buf_done(&b);
}
END_TEST

START_TEST(a_page_says_what_a_link_to_it_shows)
{
    struct edition ed = fixture_edition;
    struct buf b;

    fixture_write(FORMAT_HTML, &ed, &b);
    ck_has(&b, "<meta name=\"description\" content=\"What &lt;happens&gt;\">");
    ck_has(&b, "<meta property=\"og:title\" content=\"Models &amp; chips\">");
    ck_has(&b, "<meta property=\"og:image\" "
               "content=\"https://a.example/lead.JPG?w=1\">");
    ck_has(&b, "<meta property=\"og:url\" "
               "content=\"https://news.example/models/\">");
    ck_has(&b,
           "<link rel=\"canonical\" href=\"https://news.example/models/\">");
    buf_done(&b);

    ed.description = ed.base_url = STR_NONE;
    fixture_write(FORMAT_HTML, &ed, &b);
    ck_has(&b, "<meta name=\"description\" "
               "content=\"AT&amp;T &lt;b&gt; &amp; more · ");
    ck_has_not(&b, "canonical");
    ck_has_not(&b, "og:url");
    buf_done(&b);
}
END_TEST

START_TEST(an_entry_shows_title_source_and_body)
{
    struct buf b;

    fixture_write(FORMAT_HTML, &fixture_edition, &b);
    ck_has(&b, "<h2><a href=\"https://a.example/1?a=1&amp;b=2\">"
               "AT&amp;T &lt;b&gt; &amp; more</a></h2>");
    ck_has(&b,
           "A News · The Origin · Ann Smith · <time "
           "datetime=\"2024-11-14T08:30:00+08:00\">2024-11-14 08:30</time>");
    ck_has(&b, "</p>\n<p>One &amp; two.</p>");
    buf_done(&b);
}
END_TEST

START_TEST(what_says_more_than_its_summary_is_folded)
{
    struct edition ed = fixture_edition;
    struct item item = fixture_item;
    struct entry entry = fixture_edition.entries[0];
    struct buf b;

    item.html = STR("<p>One &amp; two.</p><p>Three.</p>");
    item.text = STR("One & two.\n\nThree.");
    entry.item = &item;
    ed.entries = &entry;
    ed.n_entries = 1;
    fixture_write(FORMAT_HTML, &ed, &b);
    ck_has(&b, "<p>One &amp; two.</p>\n"
               "<details><summary lang=\"zh-Hans\">展开全文</summary>\n"
               "<div>\n<p>One &amp; two.</p><p>Three.</p>");
    buf_done(&b);
}
END_TEST

START_TEST(a_page_tells_the_time_as_the_mill_does)
{
    struct edition ed = fixture_edition;
    struct entry entry = fixture_edition.entries[0];
    struct buf b;

    entry.shown = entry.published;
    entry.shown.zone_minutes = -300;
    ed.entries = &entry;
    ed.n_entries = 1;
    fixture_write(FORMAT_HTML, &ed, &b);
    ck_has(&b, "<time datetime=\"2024-11-13T19:30:00-05:00\">"
               "2024-11-13 19:30</time>");
    buf_done(&b);
}
END_TEST

START_TEST(a_summary_stands_in_for_a_title_and_is_cut_between_words)
{
    struct arena *a = arena_new(0);
    struct str words = STR("The ferries of the bay carry only cats and their "
                           "captains when the fog comes in late at night");
    struct str han = STR("海湾的渡船在深夜起雾时只载着猫和它们的船长"
                         "海湾的渡船在深夜起雾时只载着猫和它们的船长"
                         "海湾的渡船在深夜起雾时只载着猫和它们的船长"
                         "海湾的渡船在深夜起雾时只载着猫和它们的船长");

    ck_str(entry_stand_in(a, STR("Short")), "Short");
    ck_str(entry_stand_in(a, words),
           "The ferries of the bay carry only cats and their captains when the "
           "fog comes in…");
    ck_assert_int_eq(utf8_chars(entry_stand_in(a, han)), 81);
    ck_str(entry_stand_in(a, STR_NONE), "");
    arena_free(a);
}
END_TEST

START_TEST(an_empty_topic_says_so)
{
    struct edition ed = fixture_edition;
    struct buf b;

    ed.n_entries = 0;
    ed.language = STR("zh-TW");
    fixture_write(FORMAT_HTML, &ed, &b);
    ck_has(&b, "還沒有文章。");
    buf_done(&b);
}
END_TEST

UNIT_TESTS(a_page_names_its_feeds_and_needs_no_script,
           a_page_says_what_a_link_to_it_shows,
           an_entry_shows_title_source_and_body,
           what_says_more_than_its_summary_is_folded,
           a_page_tells_the_time_as_the_mill_does,
           a_summary_stands_in_for_a_title_and_is_cut_between_words,
           an_empty_topic_says_so)
