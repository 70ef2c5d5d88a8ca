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

UNIT_TESTS(a_site_is_one_label_below_the_public_suffix,
           what_has_no_registrable_part_is_its_own_site,
           the_site_of_an_address_is_that_of_its_host,
           within_means_the_domain_or_below)
