/* Where an article goes on: the same article, not the next one. */
#include "extract/page_number.h"
#include "unit/page_test.h"

#define HOST "https://example.org"

static const char *pair(const char *base, const char *next)
{
    struct arena *a = unit_arena();
    struct page_step step;

    if (!page_follows(a, arena_cat(a, STR(HOST), str_from_c(base)),
                      arena_cat(a, STR(HOST), str_from_c(next)), &step))
        return "no";
    return step.is_said ? "said" : "yes";
}

START_TEST(addresses_that_differ_by_a_page_number_belong_together)
{
    ck_assert_str_eq(pair("/n/a.html", "/n/a_2.html"), "yes");
    ck_assert_str_eq(pair("/n/a.html", "/n/a-2.html"), "yes");
    ck_assert_str_eq(pair("/n/a_123.html", "/n/a_123_1.html"), "yes");
    ck_assert_str_eq(pair("/n/a_2.html", "/n/a_3.html"), "yes");
    ck_assert_str_eq(pair("/n/a/", "/n/a/2/"), "yes");
    ck_assert_str_eq(pair("/n/a.html", "/n/a/2.html"), "yes");
    ck_assert_str_eq(pair("/n/a/index.html", "/n/a/index_1.html"), "yes");
    ck_assert_str_eq(pair("/n/a", "/n/a?page=2"), "said");
    ck_assert_str_eq(pair("/n/a?page=2&x=1", "/n/a?x=1&page=3"), "said");
    ck_assert_str_eq(pair("/n/a?page=1", "/n/a?page=2"), "said");
    ck_assert_str_eq(pair("/n/a", "/n/a/page/2"), "said");
    ck_assert_str_eq(pair("/n/a/page/2/", "/n/a/page/3/"), "said");
    ck_assert_str_eq(pair("/n/a", "/n/a/seite-2"), "said");
}
END_TEST

START_TEST(other_articles_do_not)
{
    ck_assert_str_eq(pair("/n/a.html", "/n/b_2.html"), "no");
    ck_assert_str_eq(pair("/n/a.html", "/n/a_3.html"), "no");
    ck_assert_str_eq(pair("/n/a_2.html", "/n/a_4.html"), "no");
    ck_assert_str_eq(pair("/n/a_3.html", "/n/a_2.html"), "no");
    ck_assert_str_eq(pair("/n/1234.html", "/n/1235.html"), "no");
    ck_assert_str_eq(pair("/n?id=5", "/n?id=6"), "no");
    ck_assert_str_eq(pair("/?p=5", "/?p=6"), "no");
    ck_assert_str_eq(pair("/", "/page/2/"), "no");
    ck_assert_str_eq(pair("/n/a", "/n/a/comment-page-2"), "no");
    ck_assert_str_eq(pair("/n/a.html", "/n/a.html"), "no");
    ck_assert_str_eq(pair("/n/a?page=2", "/n/a?page=100"), "no");
    ck_assert_str_eq(pair("/n/a", "not an address"), "no");
}
END_TEST

START_TEST(the_first_page_has_no_number_or_one)
{
    struct arena *a = unit_arena();

    ck_assert(page_is_first(a, STR(HOST "/a_3.html"), STR(HOST "/a.html")));
    ck_assert(page_is_first(a, STR(HOST "/a_3.html"), STR(HOST "/a_1.html")));
    ck_assert(!page_is_first(a, STR(HOST "/a_3.html"), STR(HOST "/a_2.html")));
    ck_assert(!page_is_first(a, STR(HOST "/a_3.html"), STR(HOST "/b.html")));
}
END_TEST

/* What an article at URL with HEAD in its head and TAIL below it goes on with. */
static struct str next_of(const char *url, const char *head, const char *tail)
{
    struct arena *a = unit_arena();
    struct document doc = {
        .kind = DOC_HTML,
        .text = arena_cat(a, STR("<html><head><title>Harbour</title>"),
                          str_from_c(head),
                          STR("</head><body><article><h1>Harbour</h1>"
                              "<p>" HARBOUR_1 "</p><p>" HARBOUR_2
                              "</p><p>" HARBOUR_3 "</p></article>"),
                          str_from_c(tail), STR("</body></html>"))};
    struct page_hints hints = {.url = arena_cat(a, STR(HOST), str_from_c(url))};
    struct page page;
    struct error err;

    ck_assert(page_extract(a, &doc, &hints, &page, &err));
    ck_assert_int_eq(page.kind, PAGE_ARTICLE);
    return page.next;
}

START_TEST(the_link_says_next_or_is_the_number)
{
    ck_str(next_of("/a.html", "", "<a href='a_2.html'>下一页</a>"),
           HOST "/a_2.html");
    ck_str(next_of("/a.html", "", "<b>1</b> <a href='a_2.html'>[2]</a>"),
           HOST "/a_2.html");
    ck_str(next_of("/a.html", "", "<a href='a_1.html'>第2页</a>"),
           HOST "/a_1.html");
    ck_str(next_of("/a", "<link rel=next href='/a?page=2'>", ""),
           HOST "/a?page=2");
    ck_str(next_of("/a", "", "Page 1 of 3 <a rel=next href='/a/2'>on</a>"),
           HOST "/a/2");
    ck_str(next_of("/a?page=2", "",
                   "<a href='?page=1'>1</a> 2 "
                   "<a href='?page=3'>3</a>"),
           HOST "/a?page=3");
    ck_str(next_of("/a_2.html", "",
                   "<a href='a.html'>1</a> 2 "
                   "<a href='a_3.html'>3</a>"),
           HOST "/a_3.html");
}
END_TEST

START_TEST(another_article_or_the_comments_are_no_next_page)
{
    ck_str(next_of("/a.html", "", "<a href='b.html'>下一页</a>"), "");
    ck_str(next_of("/a.html", "", "<a rel=next href='b.html'>Next</a>"), "");
    ck_str(next_of("/a-5.html", "<link rel=next href='a-6.html'>",
                   "<a href='a-4.html'>Previous</a>"),
           "");
    ck_str(next_of("/a", "",
                   "<div class=comments><a href='?page=2'>2</a>"
                   "</div>"),
           "");
    ck_str(next_of("/a", "", "<a href='?page=2'>Our second bulletin</a>"), "");
    ck_str(next_of("/a",
                   "<script type='application/ld+json'>{\"@type\":"
                   "\"DiscussionForumPosting\",\"headline\":\"Harbour\"}"
                   "</script>",
                   "<a href='?page=2'>2</a>"),
           "");
}
END_TEST

UNIT_TESTS(addresses_that_differ_by_a_page_number_belong_together,
           other_articles_do_not, the_first_page_has_no_number_or_one,
           the_link_says_next_or_is_the_number,
           another_article_or_the_comments_are_no_next_page)
