#include "unit/unit.h"

#include "base/arena.h"
#include "text/url.h"

static void ck_key(const char *url, const char *want)
{
    struct arena *a = arena_new(0);

    ck_str(url_key(a, str_from_c(url)), want);
    arena_free(a);
}

static void ck_untracked(const char *url, const char *want)
{
    struct arena *a = arena_new(0);

    ck_str(url_untrack(a, str_from_c(url)), want);
    arena_free(a);
}

START_TEST(scheme_www_port_fragment_and_final_slash_do_not_count)
{
    ck_key("http://www.Example.org:80/news/1/#top", "example.org/news/1");
    ck_key("https://example.org/news/1", "example.org/news/1");
    ck_key("https://example.org", "example.org");
    ck_key("https://example.org:8443/", "example.org:8443");
}
END_TEST

START_TEST(mobile_and_amp_forms_fall_together)
{
    ck_key("https://m.example.org/a", "example.org/a");
    ck_key("https://zh.m.example.org/a", "zh.example.org/a");
    ck_key("https://amp.example.co.uk/a/amp/", "example.co.uk/a");
    ck_key("https://example.org/amp/a.html", "example.org/a.html");
    ck_key("https://example.org/a.amp.html?outputType=amp",
           "example.org/a.html");
    ck_key("https://example-org.cdn.ampproject.org/c/s/example.org/a?x=1",
           "example.org/a?x=1");
}
END_TEST

START_TEST(a_name_that_is_registered_itself_is_kept)
{
    ck_key("https://m.co/a", "m.co/a");
    ck_key("https://www.gov.cn/a", "www.gov.cn/a");
    ck_key("http://192.168.1.1/a", "192.168.1.1/a");
    ck_key("http://[::1]/a", "[::1]/a");
    ck_key("http://localhost/a", "localhost/a");
}
END_TEST

START_TEST(index_files_and_sessions_do_not_count)
{
    ck_key("https://example.org/a/index.html", "example.org/a");
    ck_key("https://example.org/Default.aspx", "example.org");
    ck_key("https://example.org/index_2.html", "example.org/index_2.html");
    ck_key("https://example.org/index.php?id=3", "example.org?id=3");
    ck_key("https://example.org/a;jsessionid=0AF?id=1", "example.org/a?id=1");
}
END_TEST

START_TEST(parameters_are_sorted_and_tracking_ones_go)
{
    ck_key("https://example.org/?b=2&utm_source=x&a=1&FBCLID=y",
           "example.org?a=1&b=2");
    ck_key("https://example.org/a?from=timeline&isappinstalled=0",
           "example.org/a");
    ck_key("https://example.org/a?from=2", "example.org/a?from=2");
    ck_key("https://example.org/%7eme/%e4?q=%41", "example.org/~me/%E4?q=A");
}
END_TEST

START_TEST(a_route_in_the_fragment_names_another_document)
{
    ck_key("https://example.org/#!/a", "example.org#!/a");
    ck_key("https://example.org/#/b", "example.org#/b");
    ck_key("https://example.org/#comments", "example.org");
}
END_TEST

START_TEST(only_web_addresses_have_keys)
{
    ck_key("mailto:a@example.org", "");
    ck_key("/relative", "");
    ck_key("", "");
    ck_untracked("file:///etc/hosts", "");
    ck_untracked("http://a b/", "");
}
END_TEST

START_TEST(a_query_no_server_takes_is_left_alone)
{
    struct arena *a = arena_new(0);
    size_t n = 4000000;
    char *p = arena_alloc(a, n);
    struct str url = str_of(p, n), head = STR("https://example.org/?");

    for (size_t i = 0; i < n; i++)
        p[i] = i < head.n ? head.p[i] : i % 2 ? 'a' : '&';
    ck_assert(str_eq(url_untrack(a, url), url));
    ck_assert_uint_eq(url_key(a, url).n, n - STR("https:///").n);
    arena_free(a);
}
END_TEST

START_TEST(readers_see_the_address_without_tracking_only)
{
    ck_untracked("https://www.example.org/a/?id=7&utm_medium=rss&p=%41#c",
                 "https://www.example.org/a/?id=7&p=%41#c");
    ck_untracked("https://example.org/a?gclid=1", "https://example.org/a");
    ck_untracked("https://example.org/a#utm_source=x&utm_medium=y",
                 "https://example.org/a");
    ck_untracked("https://example.org/a?amp=1", "https://example.org/a?amp=1");
    ck_untracked("http://example.org/a?x=&y#z", "http://example.org/a?x=&y#z");
    ck_untracked("http://u:p@example.org/", "http://u:p@example.org/");
}
END_TEST

UNIT_TESTS(scheme_www_port_fragment_and_final_slash_do_not_count,
           mobile_and_amp_forms_fall_together,
           a_name_that_is_registered_itself_is_kept,
           index_files_and_sessions_do_not_count,
           parameters_are_sorted_and_tracking_ones_go,
           a_route_in_the_fragment_names_another_document,
           only_web_addresses_have_keys, a_query_no_server_takes_is_left_alone,
           readers_see_the_address_without_tracking_only)
