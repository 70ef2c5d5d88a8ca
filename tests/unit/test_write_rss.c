#include "unit/unit.h"

#include "unit/edition_fixture.h"

START_TEST(an_item_has_what_readers_of_rss_look_for)
{
    struct buf b;

    fixture_write(FORMAT_RSS, &fixture_edition, &b);
    ck_has(&b, "<link>https://news.example/models/</link>");
    ck_has(&b, "<atom:link rel=\"self\" type=\"application/rss+xml\" "
               "href=\"https://news.example/models/rss.xml\"/>");
    ck_has(&b, "<guid isPermaLink=\"false\">tag:a.example,2024:1</guid>");
    ck_has(&b, "<pubDate>Thu, 14 Nov 2024 08:30:00 +0800</pubDate>");
    ck_has(&b, "<dc:creator>Ann Smith</dc:creator>");
    ck_has(&b, "<category>models</category>");
    ck_has(&b, "<source url=\"https://a.example/feed\">A News</source>");
    ck_has(&b, "<dc:language>en</dc:language>");
    ck_has(&b, "<media:thumbnail url=\"https://a.example/lead.JPG?w=1\"/>");
    ck_has(&b, "<enclosure url=\"https://a.example/a.mp3\" length=\"1234\" "
               "type=\"audio/mpeg\"/>");
    buf_done(&b);
}
END_TEST

START_TEST(a_plain_summary_is_escaped_as_html_and_as_xml)
{
    struct buf b;

    fixture_write(FORMAT_RSS, &fixture_edition, &b);
    ck_has(&b, "<description>One &amp;amp; two.</description>");
    ck_has(&b, "<content:encoded>&lt;p&gt;One &amp;amp; two.&lt;/p&gt;");
    buf_done(&b);
}
END_TEST

START_TEST(a_channel_without_an_address_links_to_its_urn)
{
    struct edition ed = fixture_edition;
    struct buf b;

    ed.base_url = STR_NONE;
    fixture_write(FORMAT_RSS, &ed, &b);
    ck_has(&b, "<link>urn:uuid:6ba7b812-9dad-81d1-80b4-00c04fd430c8</link>");
    ck_has_not(&b, "rel=\"self\"");
    buf_done(&b);
}
END_TEST

UNIT_TESTS(an_item_has_what_readers_of_rss_look_for,
           a_plain_summary_is_escaped_as_html_and_as_xml,
           a_channel_without_an_address_links_to_its_urn)
