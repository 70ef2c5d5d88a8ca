#include "unit/unit.h"

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
    ck_has(&b, "<details><summary lang=\"zh-Hans\">展开全文</summary>");
    ck_has(&b, "<p>One &amp; two.</p>");
    buf_done(&b);
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
           an_entry_shows_title_source_and_body, an_empty_topic_says_so)
