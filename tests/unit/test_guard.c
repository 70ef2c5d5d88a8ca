#include "unit/unit.h"

#include "base/arena.h"
#include "fetch/guard.h"
#include "text/url.h"

START_TEST(public_addresses_pass)
{
    static const char *const some[] = {
        "8.8.8.8",          "1.0.0.1",        "100.63.255.255",
        "100.128.0.0",      "172.15.255.255", "172.32.0.0",
        "169.253.0.1",      "192.0.1.1",      "192.167.255.255",
        "198.17.255.255",   "198.20.0.0",     "223.255.255.255",
        "2606:4700::1",     "2a00:1450::",    "::ffff:8.8.8.8",
        "64:ff9b::808:808", "2002:808:808::1"};

    for (size_t i = 0; i < sizeof some / sizeof some[0]; i++)
        ck_str(guard_reason(str_from_c(some[i])), "");
}
END_TEST

START_TEST(names_of_inner_networks_are_known)
{
    static const char *const inner[] = {
        "localhost",   "LOCALHOST.", "a.localhost", "printer.local",
        "router",      "nas.lan",    "db.internal", "metadata.google.internal",
        "x.home.arpa", "local."};
    static const char *const outer[] = {"example.org",          "example.org.",
                                        "notlocal.example",     "mylan.example",
                                        "internal.example.com", "192.0.2.1"};

    for (size_t i = 0; i < sizeof inner / sizeof inner[0]; i++)
        ck_assert_msg(guard_is_local_name(str_from_c(inner[i])), "%s",
                      inner[i]);
    for (size_t i = 0; i < sizeof outer / sizeof outer[0]; i++)
        ck_assert_msg(!guard_is_local_name(str_from_c(outer[i])), "%s",
                      outer[i]);
}
END_TEST

START_TEST(addresses_that_are_not_public_say_why)
{
    static const struct {
        const char *address, *why;
    } some[] = {
        {"127.0.0.1", "loopback"},
        {"127.255.255.254", "loopback"},
        {"::1", "loopback"},
        {"0.0.0.0", "unspecified"},
        {"0.1.2.3", "unspecified"},
        {"::", "unspecified"},
        {"10.0.0.1", "private"},
        {"172.16.0.1", "private"},
        {"172.31.255.255", "private"},
        {"192.168.1.1", "private"},
        {"100.64.0.1", "shared by a provider"},
        {"100.100.100.200", "shared by a provider"},
        {"169.254.169.254", "link-local"},
        {"192.0.0.192", "reserved"},
        {"168.63.129.16", "a cloud's metadata"},
        {"198.18.0.1", "for benchmarks"},
        {"224.0.0.1", "multicast"},
        {"239.255.255.250", "multicast"},
        {"255.255.255.255", "reserved"},
        {"fe80::1", "link-local"},
        {"fd00:ec2::254", "private"},
        {"fc00::", "private"},
        {"fec0::1", "private"},
        {"ff02::1", "multicast"},
        {"2001:db8::1", "for documentation"},
        {"2001::1", "a tunnel"},
        {"4000::1", "reserved"},
        {"64:ff9b:1::1", "reserved"},
        {"100::1", "reserved"},
    };

    for (size_t i = 0; i < sizeof some / sizeof some[0]; i++)
        ck_str(guard_reason(str_from_c(some[i].address)), some[i].why);
}
END_TEST

START_TEST(an_ipv4_address_is_seen_through_its_ipv6_clothes)
{
    ck_str(guard_reason(STR("::ffff:127.0.0.1")), "loopback");
    ck_str(guard_reason(STR("::ffff:a9fe:a9fe")), "link-local");
    ck_str(guard_reason(STR("::127.0.0.1")), "loopback");
    ck_str(guard_reason(STR("64:ff9b::7f00:1")), "loopback");
    ck_str(guard_reason(STR("64:ff9b::10.0.0.1")), "private");
    ck_str(guard_reason(STR("2002:7f00:1::")), "loopback");
    ck_str(guard_reason(STR("2002:c0a8:101::1")), "private");
    ck_str(guard_reason(STR("::ffff:0:192.168.0.1")), "private");
}
END_TEST

START_TEST(addresses_in_odd_spellings_are_refused_or_no_addresses)
{
    /* As an address of a source or a redirect; none names a host of its own. */
    static const char *const refused[] = {
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://127.0.0.1./",
        "http://%31%32%37.0.0.1/",
        "http://127\u30020\u30020\u30021/",
        "http://\uff11\uff12\uff17.0.0.1/",
        "http://[::ffff:7f00:1]/",
        "http://user@127.0.0.1/",
        "http://example.org@127.0.0.1/",
        "http://127.0.0.1:80\\@example.org/",
        "http:127.0.0.1/",
        "http:/127.0.0.1/",
        "http://0/",
        "http://2852039166/", /* 169.254.169.254 */
        "http://0xa9fea9fe/",
        "http://[64:ff9b::a9fe:a9fe]/",
        "http://[2002:a9fe:a9fe::]/",
    };
    static const char *const none[] = {
        "http://[fe80::1%25eth0]/",
        "http://[::1%lo]/",
        "http://127.0.0.1%00.example.org/",
        "http://1.1.1.1.1/",
        "http://256.0.0.1/",
        "http://0x100000000/",
    };
    struct arena *a = arena_new(0);
    struct url u;

    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        struct str host;

        ck_assert_msg(url_parse(a, str_from_c(refused[i]), STR_NONE, &u), "%s",
                      refused[i]);
        host = u.host;
        if (str_starts(host, STR("[")))
            host = str_slice(host, 1, host.n - 1);
        ck_assert_msg(guard_is_address(host) && guard_reason(host).n > 0, "%s",
                      refused[i]);
    }
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        ck_assert_msg(!url_parse(a, str_from_c(none[i]), STR_NONE, &u), "%s",
                      none[i]);
    arena_free(a);
}
END_TEST

START_TEST(what_is_no_address_does_not_pass)
{
    ck_str(guard_reason(STR("")), "no address");
    ck_str(guard_reason(STR("localhost")), "no address");
    ck_str(guard_reason(STR("127.1")), "no address");
    ck_str(guard_reason(STR("[::1]")), "no address");
    ck_str(guard_reason(STR("8.8.8.8 ")), "no address");
    ck_assert(!guard_passes(STR("localhost"), 80, NULL, 0));
    ck_assert(!guard_is_address(STR("example.com")));
    ck_assert(guard_is_address(STR("::1")));
}
END_TEST

START_TEST(the_owner_allows_by_address_and_port)
{
    static const struct fetch_allowed allowed[] = {
        {STR_INIT("127.0.0.1"), 8080},
        {STR_INIT("0:0::1"), 0},
        {STR_INIT("nonsense"), 0},
    };

    ck_assert(guard_passes(STR("127.0.0.1"), 8080, allowed, 3));
    ck_assert(guard_passes(STR("::ffff:127.0.0.1"), 8080, allowed, 3));
    ck_assert(!guard_passes(STR("127.0.0.1"), 80, allowed, 3));
    ck_assert(!guard_passes(STR("127.0.0.2"), 8080, allowed, 3));
    ck_assert(guard_passes(STR("::1"), 99, allowed, 3));
    ck_assert(guard_passes(STR("9.9.9.9"), 99, NULL, 0));
}
END_TEST

UNIT_TESTS(public_addresses_pass, names_of_inner_networks_are_known,
           addresses_that_are_not_public_say_why,
           an_ipv4_address_is_seen_through_its_ipv6_clothes,
           what_is_no_address_does_not_pass,
           addresses_in_odd_spellings_are_refused_or_no_addresses,
           the_owner_allows_by_address_and_port)
