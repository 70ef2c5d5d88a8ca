#include "unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "parse/parse.h"

static struct arena *a;
static struct feed_list list;
static struct error err;

static bool read_list(const char *text, size_t n)
{
    struct feed_hints hints = {.url = STR("http://example.org/lists/all.opml")};

    if (a == NULL)
        a = arena_new(0);
    return feed_list_parse(a, str_of(text, n), &hints, &list, &err);
}

static const char opml[] =
    "<?xml version='1.0'?><opml version='2.0'><head><title>Mine</title></head>"
    "<body><outline text='Tech'><outline text='A &amp;amp; B' type='rss' "
    "xmlUrl='http://a.org/feed' htmlUrl='http://a.org/'/>"
    "<outline title='Chips'><outline text='C' xmlurl='../c.xml'/></outline>"
    "</outline><outline text='D' type='link' url='http://d.org/more.opml'/>"
    "<outline text='again' xmlUrl='http://a.org/feed'/>"
    "<outline text='again' xmlUrl='http://a.org/feed'/>"
    "<outline text='no address'/></body></opml>";

START_TEST(outlines_with_an_address_are_listed_with_their_folders)
{
    ck_assert(read_list(opml, strlen(opml)));
    ck_str(list.title, "Mine");
    ck_assert_uint_eq(list.n, 4);
    ck_str(list.at[0].url, "http://a.org/feed");
    ck_str(list.at[0].title, "A & B");
    ck_str(list.at[0].home_url, "http://a.org/");
    ck_str(list.at[0].folder, "Tech");
    ck_str(list.at[1].url, "http://example.org/c.xml");
    ck_str(list.at[1].folder, "Tech / Chips");
    ck_str(list.at[2].type, "link");
    ck_str(list.at[2].folder, "");
    ck_str(list.at[3].folder, "");
}
END_TEST

START_TEST(sitemaps_of_an_index_are_listed)
{
    static const char text[] =
        "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
        "<sitemap><loc> http://a.org/1.xml </loc><lastmod>2024-12-03"
        "</lastmod></sitemap><sitemap><loc>/2.xml</loc></sitemap>"
        "</sitemapindex>";

    ck_assert(read_list(text, strlen(text)));
    ck_assert_uint_eq(list.n, 2);
    ck_str(list.at[0].url, "http://a.org/1.xml");
    ck_assert(when_known(list.at[0].date));
    ck_str(list.at[1].url, "http://example.org/2.xml");
    ck_str(list.at[1].type, "sitemap");
}
END_TEST

START_TEST(other_documents_are_refused)
{
    ck_assert(!read_list("<rss/>", 6));
    ck_assert_int_eq(err.code, ERR_INPUT);
    ck_assert(!read_list("text", 4));
    ck_assert(is_feed_list(STR("<?xml version='1.0'?><!-- x --><OPML>")));
    ck_assert(is_feed_list(STR("<sitemapindex xmlns=''>")));
    ck_assert(!is_feed_list(STR("<rss>")));
    ck_assert(!is_feed_list(STR("opml")));
}
END_TEST

START_TEST(deep_outlines_and_prefixes_do_no_harm)
{
    char text[20000];
    size_t n = 0;

    for (size_t i = 0; i < sizeof opml; i++)
        (void)!read_list(opml, i);
    n += (size_t)snprintf(text, sizeof text, "<opml><body>");
    while (n < sizeof text - 40)
        n += (size_t)snprintf(text + n, sizeof text - n, "<outline text='x'>");
    (void)!read_list(text, n);
}
END_TEST

UNIT_TESTS(outlines_with_an_address_are_listed_with_their_folders,
           sitemaps_of_an_index_are_listed, other_documents_are_refused,
           deep_outlines_and_prefixes_do_no_harm)
