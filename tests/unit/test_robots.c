#include "unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "fetch/robots.h"

static bool allows(const char *text, const char *target)
{
    struct arena *a = arena_new(0);
    const struct robots *r = robots_parse(a, str_from_c(text), STR("feedmill"));
    bool allowed = robots_allow(r, str_from_c(target));

    arena_free(a);
    return allowed;
}

static int64_t delay(const char *text)
{
    struct arena *a = arena_new(0);
    int64_t ms =
        robots_delay_ms(robots_parse(a, str_from_c(text), STR("feedmill")));

    arena_free(a);
    return ms;
}

#define ALL               "User-agent: *\n"
#define yes(text, target) ck_assert(allows(text, target))
#define no(text, target)  ck_assert(!allows(text, target))

START_TEST(what_is_not_forbidden_is_allowed)
{
    yes("", "/a");
    yes("nonsense\n\n: :\n<html>", "/a");
    yes(ALL, "/a");
    yes(ALL "Disallow:\n", "/a");
    yes("Disallow: /\n", "/a"); /* belongs to nobody */
    no(ALL "Disallow: /\n", "/a");
    no(ALL "Disallow: /\n", "");
    yes(ALL "Disallow: /\n", "/robots.txt");
}
END_TEST

START_TEST(a_group_that_names_us_is_the_only_one)
{
    yes(ALL "Disallow: /\nUser-agent: feedmill\nAllow: /\n", "/a");
    yes(ALL "Disallow: /\nUser-agent: FeedMill\nDisallow:\n", "/a");
    yes(ALL "Disallow: /\nUser-agent: feedmill\n", "/a");
    no("User-agent: feedmill\nDisallow: /a\n" ALL "Disallow: /b\n", "/a");
    yes("User-agent: feedmill\nDisallow: /a\n" ALL "Disallow: /b\n", "/b");
    no("User-agent: feedmill/1.0\nDisallow: /\n", "/a");
    no("User-agent: feedmill Bot\nDisallow: /\n", "/a");
    yes("User-agent: feedmillx\nDisallow: /\n", "/a");
    yes("User-agent: feed\nDisallow: /\n", "/a");
    no("User-agent: * all\nDisallow: /\n", "/a");
    yes("User-agent: *all\nDisallow: /\n", "/a");
}
END_TEST

START_TEST(groups_of_one_name_are_one)
{
    const char *text = "User-agent: feedmill\nDisallow: /a\n"
                       "User-agent: other\nDisallow: /c\n"
                       "User-agent: feedmill\nDisallow: /b\n";

    no(text, "/a");
    no(text, "/b");
    yes(text, "/c");
    no("User-agent: other\nUser-agent: feedmill\nDisallow: /a\n", "/a");
    no("User-agent: feedmill\nSitemap: x\nUser-agent: other\nDisallow: /a\n",
       "/a");
    no("User-agent: feedmill\nCrawl-delay: 5\nUser-agent: b\nDisallow: /\n",
       "/a");
}
END_TEST

START_TEST(the_longest_rule_wins_and_allow_wins_a_tie)
{
    const char *text = ALL "Disallow: /p\nAllow: /p/open\nDisallow: /p/open/x";

    no(text, "/p/a");
    yes(text, "/p/open");
    no(text, "/p/open/x");
    yes(text, "/q");
    yes(ALL "Disallow: /a\nAllow: /a\n", "/a");
    yes(ALL "Allow: /a\nDisallow: /a\n", "/a");
    no(ALL "Allow: /\nDisallow: /*.gif\n", "/x.gif");
    no(ALL "Allow: /$\nDisallow: /\n", "/page");
    yes(ALL "Allow: /$\nDisallow: /\n", "/");
}
END_TEST

START_TEST(asterisk_and_dollar_match_as_the_rfc_says)
{
    static const struct {
        const char *pattern, *target;
        bool match;
    } rows[] = {
        {"/fish", "/fish.html", true},
        {"/fish", "/Fish", false},
        {"/fish", "/catfish", false},
        {"/fish*", "/fishheads/yummy.html", true},
        {"/fish/", "/fish", false},
        {"/fish/", "/fish/?id=1", true},
        {"/*.php", "/folder/filename.php?parameters", true},
        {"/*.php", "/windows.PHP", false},
        {"/*.php$", "/filename.php", true},
        {"/*.php$", "/filename.php?x", false},
        {"/*.php$", "/filename.php/a.php", true},
        {"/fish*.php", "/fishheads/catfish.php?x", true},
        {"/fish*.php", "/Fish.PHP", false},
        {"*/x", "/a/x", true},
        {"*", "/", true},
        {"$", "/", false},
        {"/$", "/", true},
        {"/a$", "/a", true},
        {"/a$", "/ab", false},
        {"/a$b", "/a$b", true},
        {"/a*b*c$", "/abxcbc", true},
        {"/a*b*c$", "/abxcb", false},
        {"/aa*aa$", "/aaa", false},
        {"/aa*aa$", "/aaaa", true},
        {"/a**b", "/axb", true},
        {"fish", "/fish", false},
    };
    char text[128];

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        snprintf(text, sizeof text, ALL "Disallow: %s\n", rows[i].pattern);
        ck_assert_msg(allows(text, rows[i].target) != rows[i].match,
                      "%s and %s", rows[i].pattern, rows[i].target);
    }
}
END_TEST

START_TEST(encodings_of_one_address_are_one)
{
    no(ALL "Disallow: /foo/bar/\xe3\x83\x84\n", "/foo/bar/%E3%83%84");
    no(ALL "Disallow: /foo/bar/%e3%83%84\n", "/foo/bar/%E3%83%84");
    no(ALL "Disallow: /%62ar\n", "/bar");
    no(ALL "Disallow: /bar\n", "/%62a%72");
    no(ALL "Disallow: /~joe\n", "/%7Ejoe");
    yes(ALL "Disallow: /a%2fb\n", "/a/b");
    yes(ALL "Disallow: /a%2Ab\n", "/axb");
    no(ALL "Disallow: /a b\n", "/a%20b");
}
END_TEST

START_TEST(what_people_write_is_understood)
{
    no("\xef\xbb\xbfUser-agent: *\r\nDisallow: /a # why\r\n", "/a");
    no("user-agent:*\rdisallow:/a\r", "/a");
    no("  USER-AGENT :  *  \n\tDISALLOW\t:\t/a\n", "/a");
    no(ALL "Disalow: /a\n", "/a");
    no(ALL "Dissallow: /a\n", "/a");
    no("User agent: *\nDisallow: /a\n", "/a");
    no("User-agent *\nDisallow /a\n", "/a");
    no(ALL "\n\nDisallow: /a\n", "/a");
    no("User-agents: *\nDisallowed: /a\n", "/a");
    no(ALL "Host: x\nNonsense\nDisallow: /a", "/a");
    yes(ALL "# Disallow: /a\n", "/a");
}
END_TEST

START_TEST(an_index_file_stands_for_its_folder)
{
    const char *text = ALL "Disallow: /\nAllow: /x/index.html\n";

    yes(text, "/x/index.html");
    yes(text, "/x/");
    no(text, "/x/y");
    no(text, "/");
}
END_TEST

START_TEST(a_delay_is_of_the_group_that_counts)
{
    ck_assert_int_eq(delay(""), -1);
    ck_assert_int_eq(delay(ALL "Crawl-delay: 2.5\n"), 2500);
    ck_assert_int_eq(delay(ALL "Crawl-delay: -1\n"), -1);
    ck_assert_int_eq(delay(ALL "Crawl-delay: x\n"), -1);
    ck_assert_int_eq(delay(ALL "Crawl-delay: 1e9\n"), -1);
    ck_assert_int_eq(delay(ALL "Crawl-delay: 99999999999\n"), 86400000);
    ck_assert_int_eq(delay(ALL "Crawl-delay: 9\nUser-agent: feedmill\n"
                               "Crawl-delay: 1\n"),
                     1000);
    ck_assert_int_eq(delay(ALL "Crawl-delay: 9\nUser-agent: feedmill\n"
                               "Disallow: /a\n"),
                     -1);
}
END_TEST

START_TEST(a_huge_file_is_read_up_to_the_limit)
{
    static const char head[] = ALL "# ", tail[] = "\nDisallow: /late\n";
    size_t n = ROBOTS_MAX + 1000;
    char *text = malloc(n + 1);

    memset(text, 'x', n);
    memcpy(text, head, sizeof head - 1);
    memcpy(text + n - sizeof tail, tail, sizeof tail);
    yes(text, "/late");
    memcpy(text + 1000, tail, sizeof tail);
    no(text, "/late");
    /* A line that the limit cuts is none. */
    memset(text, ' ', n);
    memcpy(text, head, sizeof head - 1);
    memcpy(text + ROBOTS_MAX - 12, tail, sizeof tail);
    yes(text, "/la");
    free(text);
}
END_TEST

/* RFC 9309, 2.2.3. */
START_TEST(encoded_wildcards_mean_themselves)
{
    no(ALL "Disallow: /file-%2A.html\n", "/file-*.html");
    no(ALL "Disallow: /file-%2A.html\n", "/file-%2a.html");
    yes(ALL "Disallow: /file-%2A.html\n", "/file-a.html");
    no(ALL "Disallow: /foo-%24\n", "/foo-$");
    no(ALL "Disallow: /foo-%24\n", "/foo-$/a");
    yes(ALL "Disallow: /foo-%24\n", "/foo-");
    no(ALL "Disallow: /foo-$a\n", "/foo-%24ab");
    no(ALL "Disallow: /a$$\n", "/a$");
    yes(ALL "Disallow: /a$$\n", "/a");
    no(ALL "Disallow: /*a$\n", "/*a");
}
END_TEST

UNIT_TESTS(encoded_wildcards_mean_themselves, what_is_not_forbidden_is_allowed,
           a_group_that_names_us_is_the_only_one, groups_of_one_name_are_one,
           the_longest_rule_wins_and_allow_wins_a_tie,
           asterisk_and_dollar_match_as_the_rfc_says,
           encodings_of_one_address_are_one, what_people_write_is_understood,
           an_index_file_stands_for_its_folder,
           a_delay_is_of_the_group_that_counts,
           a_huge_file_is_read_up_to_the_limit)
