#include "unit/unit.h"

#include <stdio.h>
#include <unistd.h>

#include "unit/edition_fixture.h"

START_TEST(a_browser_finds_a_stylesheet)
{
    struct buf b;

    fixture_write(FORMAT_ATOM, &fixture_edition, &b);
    ck_has(&b, "?>\n<?xml-stylesheet type=\"text/css\" "
               "href=\"../feed.css\"?>\n<feed");
    buf_done(&b);
    fixture_write(FORMAT_RSS, &fixture_edition, &b);
    ck_has(&b, "<?xml-stylesheet type=\"text/css\" href=\"../feed.css\"?>\n"
               "<rss");
    buf_done(&b);
    buf_init(&b, BUF_MAX);
    stylesheet_write(STR("zh-CN"), &b);
    ck_has(&b, "::before{content:\"这是一个订阅源");
    buf_done(&b);
}
END_TEST

START_TEST(an_entry_has_what_atom_wants)
{
    struct buf b;

    fixture_write(FORMAT_ATOM, &fixture_edition, &b);
    ck_has(&b, "<feed xmlns=\"http://www.w3.org/2005/Atom\" "
               "xml:lang=\"zh-Hans\" "
               "xmlns:media=\"http://search.yahoo.com/mrss/\">");
    ck_has(&b, "<media:content url=\"https://a.example/lead.JPG?w=1\" "
               "type=\"image/jpeg\" medium=\"image\"/>");
    ck_has(&b, "<media:thumbnail url=\"https://a.example/lead.JPG?w=1\"/>");
    ck_has(&b, "<link rel=\"enclosure\" type=\"application/octet-stream\"");
    ck_has(&b, "<link rel=\"self\" type=\"application/atom+xml\" "
               "href=\"https://news.example/models/atom.xml\"/>");
    ck_has(&b, "<title>AT&amp;T &lt;b&gt; &amp; more</title>");
    ck_has(&b, "<id>tag:a.example,2024:1</id>");
    ck_has(&b, "<published>2024-11-14T08:30:00+08:00</published>");
    ck_has(&b, "<entry xml:lang=\"en\">");
    ck_has(&b, "<name>Ann Smith</name>");
    ck_has(&b, "<email>ann@a.example</email>");
    ck_has(&b, "<link rel=\"alternate\" "
               "href=\"https://a.example/1?a=1&amp;b=2\"/>");
    ck_has(&b, "<category term=\"chips\"/>");
    ck_has(&b, "<link rel=\"enclosure\" type=\"audio/mpeg\" "
               "href=\"https://a.example/a.mp3\" length=\"1234\"/>");
    ck_has(&b, "<content type=\"html\">&lt;p&gt;One &amp;amp; two.&lt;/p&gt;");
    buf_done(&b);
}
END_TEST

START_TEST(the_source_and_the_others_who_reported_are_credited)
{
    struct buf b;

    fixture_write(FORMAT_ATOM, &fixture_edition, &b);
    ck_has(&b, "<source>\n      <id>tag:a.example,2024:feed</id>\n"
               "      <title>A News</title>\n"
               "      <updated>2024-11-14T08:30:00+08:00</updated>\n"
               "      <link rel=\"alternate\" href=\"https://a.example/\"/>\n"
               "      <link rel=\"self\" href=\"https://a.example/feed\"/>");
    ck_has(&b, "<link rel=\"via\" href=\"https://origin.example/1\" "
               "title=\"The Origin\"/>");
    ck_has(&b, "<link rel=\"via\" href=\"https://a.example/\" "
               "title=\"A News\"/>");
    ck_has(&b, "<link rel=\"related\" href=\"https://b.example/copy\" "
               "title=\"The copy\"/>");
    ck_has(&b, "另见报道:&lt;a href=\"https://b.example/copy\"&gt;B "
               "News&lt;/a&gt;&lt;/p&gt;</content>");
    buf_done(&b);
}
END_TEST

START_TEST(no_base_url_means_no_links_to_our_own_files)
{
    struct edition ed = fixture_edition;
    struct buf b;

    ed.base_url = STR_NONE;
    fixture_write(FORMAT_ATOM, &ed, &b);
    ck_has_not(&b, "atom.xml");
    ck_has_not(&b, "href=\"\"");
    buf_done(&b);
}
END_TEST

START_TEST(an_excerpt_holds_the_summary_and_the_way_to_the_article)
{
    struct entry entry = fixture_entries[0];
    struct edition ed = fixture_edition;
    struct item item = fixture_item;
    struct buf b;

    item.html = STR("<p>The whole secret article.</p>");
    entry.item = &item;
    entry.excerpt = true;
    ed.entries = &entry;
    ed.n_entries = 1;
    for (int f = 0; f < FORMAT_COUNT; f++) {
        fixture_write((enum edition_format)f, &ed, &b);
        ck_has_not(&b, "secret");
        ck_has(&b, "在A News阅读全文");
        ck_has(&b, "https://a.example/1");
        buf_done(&b);
    }
}
END_TEST

START_TEST(an_author_is_never_missing)
{
    struct edition ed = fixture_edition;
    struct buf b;

    ed.entries = &fixture_entries[2];
    ed.n_entries = 1;
    ed.author = STR_NONE;
    fixture_write(FORMAT_ATOM, &ed, &b);
    ck_has(&b, "  <author>\n    <name>Models &amp; chips</name>\n  </author>");
    ck_has(&b, "    <author>\n      <name>Models &amp; chips</name>");
    ck_has(&b, "<title>无题</title>");
    buf_done(&b);
}
END_TEST

START_TEST(the_same_edition_gives_the_same_bytes)
{
    struct buf one, two;

    for (int f = 0; f < FORMAT_COUNT; f++) {
        fixture_write((enum edition_format)f, &fixture_edition, &one);
        fixture_write((enum edition_format)f, &fixture_edition, &two);
        ck_assert(str_eq(buf_str(&one), buf_str(&two)));
        ck_assert(!buf_is_full(&one));
        buf_done(&one);
        buf_done(&two);
    }
}
END_TEST

START_TEST(nothing_a_source_says_leaves_its_element)
{
    struct buf b;

    for (int f = 0; f < FORMAT_COUNT; f++) {
        fixture_write((enum edition_format)f, &fixture_edition, &b);
        if (f != FORMAT_JSONFEED) {
            ck_has_not(&b, "<script");
            ck_has_not(&b, "<z>");
            ck_has_not(&b, "<y>");
            ck_has_not(&b, "]]>");
        }
        ck_has_not(&b, "href=\"javascript:");
        ck_has_not(&b, "href=\\\"javascript:");
        ck_has_not(&b, "\x1b");
        ck_has_not(&b, "\xef\xbf\xbf");
        buf_done(&b);
    }
}
END_TEST

#define RNG SHARED_DIR "/corpus/feeds/schema/atom.rng"

START_TEST(the_file_is_valid_by_the_grammar_of_rfc_4287)
{
    const struct edition editions[] = {
        fixture_edition,
        {.id = STR_INIT("urn:x:1"), .topic_id = STR_INIT("empty")},
    };
    struct buf b;

    if (access(RNG, R_OK) != 0 || system("command -v xmllint >/dev/null") != 0)
        return; /* neither is part of the project */
    for (size_t i = 0; i < sizeof editions / sizeof editions[0]; i++) {
        FILE *lint =
            popen("xmllint --noout --relaxng " RNG " - 2>/dev/null", "w");

        ck_assert_ptr_nonnull(lint);
        fixture_write(FORMAT_ATOM, &editions[i], &b);
        ck_assert_uint_eq(fwrite(b.p, 1, b.n, lint), b.n);
        ck_assert_int_eq(pclose(lint), 0);
        buf_done(&b);
    }
}
END_TEST

UNIT_TESTS(a_browser_finds_a_stylesheet, an_entry_has_what_atom_wants,
           the_source_and_the_others_who_reported_are_credited,
           no_base_url_means_no_links_to_our_own_files,
           an_excerpt_holds_the_summary_and_the_way_to_the_article,
           an_author_is_never_missing, the_same_edition_gives_the_same_bytes,
           nothing_a_source_says_leaves_its_element,
           the_file_is_valid_by_the_grammar_of_rfc_4287)
