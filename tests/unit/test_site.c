#include "unit/unit.h"

#include "base/arena.h"
#include "text/site.h"

static void ck_site(const char *host, const char *want)
{
    struct arena *a = arena_new(0);

    ck_str(site_of_host(a, str_from_c(host)), want);
    arena_free(a);
}

START_TEST(a_site_is_one_label_below_the_public_suffix)
{
    ck_site("news.example.com", "example.com");
    ck_site("a.b.Example.CO.UK", "example.co.uk");
    ck_site("tech.example.com.cn.", "example.com.cn");
    ck_site("xn--fsqu00a.xn--55qx5d.cn", "xn--fsqu00a.xn--55qx5d.cn");
}
END_TEST

START_TEST(what_has_no_registrable_part_is_its_own_site)
{
    ck_site("co.uk", "co.uk");
    ck_site("localhost", "localhost");
    ck_site("127.0.0.1", "127.0.0.1");
    ck_site("[2001:db8::1]", "[2001:db8::1]");
    ck_site("", "");
}
END_TEST

START_TEST(the_site_of_an_address_is_that_of_its_host)
{
    struct arena *a = arena_new(0);

    ck_str(site_of_url(a, STR("https://User@News.Example.org:81/x")),
           "example.org");
    ck_str(site_of_url(a, STR("mailto:a@example.org")), "");
    ck_str(site_of_url(a, STR("not an address")), "");
    arena_free(a);
}
END_TEST

START_TEST(within_means_the_domain_or_below)
{
    ck_assert(site_is_within(STR("example.org"), STR("example.org")));
    ck_assert(site_is_within(STR("a.Example.org"), STR("example.org")));
    ck_assert(!site_is_within(STR("badexample.org"), STR("example.org")));
    ck_assert(!site_is_within(STR("org"), STR("example.org")));
    ck_assert(!site_is_within(STR("example.org"), STR("")));
}
END_TEST

static void ck_one(const char *url, const char *other, bool want)
{
    struct arena *a = arena_new(0);

    ck_assert(site_is_one(a, str_from_c(url), str_from_c(other)) == want);
    ck_assert(site_is_one(a, str_from_c(other), str_from_c(url)) == want);
    arena_free(a);
}

START_TEST(addresses_are_of_one_site_when_that_of_their_hosts_is)
{
    ck_one("https://a.example.org/x", "http://a.example.org:8080/", true);
    ck_one("https://a.example.org/", "https://b.Example.org/", true);
    ck_one("https://a.example.org./", "https://b.example.org/", true);
    ck_one("https://example.org/", "https://example.net/", false);
    ck_one("https://one.example.org/", "https://example.com.org/", false);
    ck_one("https://a.co.uk/", "https://b.co.uk/", false);
    ck_one("http://127.0.0.1/", "http://10.0.0.1/", false);
    ck_one("https://example.org/", "no address", false);
}
END_TEST

UNIT_TESTS(a_site_is_one_label_below_the_public_suffix,
           what_has_no_registrable_part_is_its_own_site,
           the_site_of_an_address_is_that_of_its_host,
           within_means_the_domain_or_below,
           addresses_are_of_one_site_when_that_of_their_hosts_is)
