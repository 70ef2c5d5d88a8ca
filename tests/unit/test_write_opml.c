#include "unit/unit.h"

#include "unit/edition_fixture.h"

static const struct topic_line topics[] = {
    {.id = STR_INIT("models"),
     .title = STR_INIT("Models & chips"),
     .description = STR_INIT("About \"it\""),
     .language = STR_INIT("zh-Hans"),
     .n_entries = 3,
     .updated = FIXTURE_TIME},
    {.id = STR_INIT("bare")},
};
static const struct catalogue catalogue = {
    .title = STR_INIT("Our news"),
    .author = STR_INIT("The desk"),
    .language = STR_INIT("en"),
    .base_url = STR_INIT("https://news.example/"),
    .topics = topics,
    .n_topics = 2,
};

START_TEST(every_topic_is_an_outline_with_its_feed)
{
    struct buf b;

    buf_init(&b, BUF_MAX);
    catalogue_write_opml(&catalogue, &b);
    ck_has(&b, "<opml version=\"2.0\">");
    ck_has(&b, "<outline type=\"rss\" text=\"Models &amp; chips\" "
               "title=\"Models &amp; chips\" "
               "description=\"About &quot;it&quot;\" language=\"zh-Hans\" "
               "xmlUrl=\"https://news.example/models/atom.xml\" "
               "htmlUrl=\"https://news.example/models/index.html\"/>");
    ck_has(&b, "text=\"bare\"");
    buf_done(&b);
}
END_TEST

START_TEST(the_sitemap_has_the_page_of_every_topic)
{
    struct buf b;

    buf_init(&b, BUF_MAX);
    catalogue_write_sitemap(&catalogue, &b);
    ck_has(&b, "<loc>https://news.example/</loc>\n  </url>");
    ck_has(&b, "<loc>https://news.example/models/</loc>\n"
               "    <lastmod>2024-11-14T08:30:00+08:00</lastmod>");
    ck_has(&b, "<loc>https://news.example/bare/</loc>\n  </url>");
    buf_done(&b);
}
END_TEST

START_TEST(the_catalogue_page_links_to_every_feed)
{
    struct buf b;

    buf_init(&b, BUF_MAX);
    catalogue_write_html(&catalogue, &b);
    ck_has(
        &b,
        "<a href=\"models/atom.xml\" type=\"application/atom+xml\">Atom</a>");
    ck_has(&b, "<a href=\"bare/rss.xml\" type=\"application/rss+xml\">RSS</a>");
    ck_has(&b, "<a href=\"feeds.opml\" type=\"text/x-opml\">");
    ck_has(&b, "Entries: 3");
    ck_has(&b, "<time datetime=\"2024-11-14T08:30:00+08:00\">"
               "2024-11-14 08:30</time>");
    buf_done(&b);
}
END_TEST

UNIT_TESTS(every_topic_is_an_outline_with_its_feed,
           the_sitemap_has_the_page_of_every_topic,
           the_catalogue_page_links_to_every_feed)
