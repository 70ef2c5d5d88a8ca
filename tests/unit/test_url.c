#include "unit/unit.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "text/url.h"

#define N(array) (sizeof(array) / sizeof *(array))

static struct arena *a;

static void setup(void)
{
    a = arena_new(0);
}

static void ck_resolves(const char *input, const char *base, const char *want)
{
    ck_str(url_resolve(a, str_from_c(base), str_from_c(input)), want);
}

START_TEST(relative_addresses_resolve_as_in_a_browser)
{
    const char *base = "https://example.org/news/2024/a.html?p=1#top";

    setup();
    ck_resolves("b.html", base, "https://example.org/news/2024/b.html");
    ck_resolves("../x/./y", base, "https://example.org/news/x/y");
    ck_resolves("/", base, "https://example.org/");
    ck_resolves("//cdn.example.net/i.png", base,
                "https://cdn.example.net/i.png");
    ck_resolves("?p=2", base, "https://example.org/news/2024/a.html?p=2");
    ck_resolves("#end", base, "https://example.org/news/2024/a.html?p=1#end");
    ck_resolves("", base, "https://example.org/news/2024/a.html?p=1");
    ck_resolves("\\img\\a b.png", base, "https://example.org/img/a%20b.png");
    ck_resolves("https:c.html", base, "https://example.org/news/2024/c.html");
    ck_resolves("../../../../up", base, "https://example.org/up");
    arena_free(a);
}
END_TEST

START_TEST(an_address_is_taken_apart)
{
    struct url u;

    setup();
    ck_assert(url_parse(a,
                        STR(" HTTPS://me:se%20cret@Example.ORG:8443/a/%2e%2e/b"
                            "?q=\xE6\x96\xB0#f\n"),
                        STR_NONE, &u));
    ck_str(u.href, "https://me:se%20cret@example.org:8443/b?q=%E6%96%B0#f");
    ck_str(u.scheme, "https");
    ck_str(u.username, "me");
    ck_str(u.password, "se%20cret");
    ck_str(u.host, "example.org");
    ck_str(u.port, "8443");
    ck_str(u.path, "/b");
    ck_str(u.query, "q=%E6%96%B0");
    ck_str(u.fragment, "f");
    ck_assert(u.is_special && u.has_host && u.has_query && u.has_fragment);
    arena_free(a);
}
END_TEST

START_TEST(hosts_are_brought_to_their_one_form)
{
    setup();
    ck_resolves("http://\u4F8B\u5B50.\u6D4B\u8BD5\u3002/", "",
                "http://xn--fsqu00a.xn--0zwm56d./");
    ck_resolves("http://B\u00FCcher.example", "",
                "http://xn--bcher-kva.example/");
    ck_resolves("http://0x7f.1/", "", "http://127.0.0.1/");
    ck_resolves("http://3232235777", "", "http://192.168.1.1/");
    ck_resolves("http://[2001:db8:0:0:1:0:0:1]:80/", "",
                "http://[2001:db8::1:0:0:1]/");
    ck_resolves("http://[::ffff:1.2.3.4]/", "", "http://[::ffff:102:304]/");
    arena_free(a);
}
END_TEST

START_TEST(what_names_no_host_fails)
{
    static const char *const bad[] = {
        "http://",           "http://a b/",
        "http://1.2.3.256/", "http://[::1",
        "http://a:99999/",   "http://a:8x/",
        "http://user@/",     "http://ex%00le/",
        "http://[1:2:3]/",   "http://xn--a.\u00DF/",
        "relative/only",     "//no.base/",
        "http://\u202Eabc/",
    };

    setup();
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        ck_resolves(bad[i], "", "");
    ck_resolves("x", "mailto:a@example.org", "");
    ck_resolves("x", "http://a b/", "");
    arena_free(a);
}
END_TEST

START_TEST(other_schemes_keep_their_text)
{
    setup();
    ck_resolves("mailto:Someone@Example.org?subject=a b", "",
                "mailto:Someone@Example.org?subject=a%20b");
    ck_resolves("tel:+1-555-0100", "", "tel:+1-555-0100");
    ck_resolves("data:text/plain,a b\u00E9", "", "data:text/plain,a b%C3%A9");
    ck_resolves("file:///C|/a/../b", "", "file:///C:/b");
    ck_resolves("JavaScript:void(0)", "https://example.org/",
                "javascript:void(0)");
    arena_free(a);
}
END_TEST

/* Pieces that mean something to a parser of addresses, put together by a
 * fixed sequence of numbers. */
static struct str some_address(uint32_t *seed)
{
    static const char *const pieces[] = {
        "http:", "https:",  "file:", "a:",     "//", "/",   "\\",
        "..",    ".",       "%2e",   "@",      ":",  "?",   "#",
        "[",     "]",       "::",    "1",      "0x", "C|",  " ",
        "\t",    "\u00DF",  "xn--",  "\u4F8B", "%",  "%41", "\u202E",
        "-",     "mailto:", "65536", "\u0338",
    };
    static char text[256];
    size_t n = 0;

    for (int i = 0; i < 9; i++) {
        const char *piece;

        *seed = *seed * 1664525 + 1013904223;
        piece = pieces[(*seed >> 16) % (sizeof pieces / sizeof pieces[0])];
        memcpy(text + n, piece, strlen(piece));
        n += strlen(piece);
    }
    return str_of(text, n);
}

START_TEST(parsing_what_was_written_changes_nothing)
{
    uint32_t seed = 1;

    setup();
    for (int i = 0; i < 20000; i++) {
        struct str input = some_address(&seed);
        struct str base =
            i % 2 ? STR("https://example.org/a/b") : STR("file:///D:/x/y");
        struct url u, again;

        if (!url_parse(a, input, base, &u))
            continue;
        ck_assert(utf8_valid(u.href));
        ck_assert_msg(url_parse(a, u.href, STR_NONE, &again), "%.*s from %.*s",
                      STR_ARG(u.href), STR_ARG(input));
        ck_assert_msg(str_eq(u.href, again.href), "%.*s became %.*s",
                      STR_ARG(u.href), STR_ARG(again.href));
        arena_reset(a);
    }
    arena_free(a);
}
END_TEST

static bool same_url(const struct url *x, const struct url *y)
{
    return str_eq(x->href, y->href) && str_eq(x->scheme, y->scheme) &&
           str_eq(x->username, y->username) &&
           str_eq(x->password, y->password) && str_eq(x->host, y->host) &&
           str_eq(x->port, y->port) && str_eq(x->path, y->path) &&
           str_eq(x->query, y->query) && str_eq(x->fragment, y->fragment) &&
           x->has_query == y->has_query && x->has_fragment == y->has_fragment &&
           x->is_special == y->is_special && x->has_host == y->has_host;
}

/* A blank in front, which is dropped, leads past the short way. */
START_TEST(the_short_way_and_the_long_one_agree)
{
    static const char *const schemes[] = {"http://", "https://", "HTTP://",
                                          "http:/"};
    static const char *const hosts[] = {"a.example.org",
                                        "a--b.org",
                                        "xn--bcher-kva.example",
                                        "xn--a",
                                        "1.2.3.4.",
                                        "A.org",
                                        "127.0.0.1",
                                        "127.1",
                                        "127.0.0.01",
                                        "256.1.1.1",
                                        "1.2.3.4.5",
                                        "a.0x7f",
                                        "a.7",
                                        "7.a",
                                        "a..b",
                                        "a.b.",
                                        "-a.b",
                                        "a-.b",
                                        "a_b.c",
                                        "u@a.b",
                                        "[::1]",
                                        ""};
    static const char *const ports[] = {"",     ":80",    ":443", ":8080", ":",
                                        ":080", ":65536", ":x",   ":0"};
    static const char *const tails[] = {
        "",      "/",       "/a/b.html", "/a/./b",    "/a/../b", "/a/..",
        "/.a",   "/%2e%2E", "/a%20b",    "/a b",      "/a\\b",   "/\\",
        "/a?q",  "/a?",     "/?q='x'",   "?q",        "/a#",     "/a#b`c",
        "/a#b?", "/a?b#c",  "/^{}|",     "/\xc3\xa9", "//a",     "/a?b\tc"};
    size_t n = 0;

    setup();
    for (size_t i = 0; i < N(schemes) * N(hosts) * N(ports) * N(tails); i++) {
        struct str s =
            arena_printf(a, "%s%s%s%s", schemes[i % N(schemes)],
                         hosts[i / N(schemes) % N(hosts)],
                         ports[i / N(schemes) / N(hosts) % N(ports)],
                         tails[i / N(schemes) / N(hosts) / N(ports)]);
        struct url x, y;
        bool ok = url_parse(a, s, STR_NONE, &x);

        ck_assert_msg(url_parse(a, arena_cat(a, STR(" "), s), STR_NONE, &y) ==
                              ok &&
                          (!ok || same_url(&x, &y)),
                      "%.*s", STR_ARG(s));
        n += ok;
    }
    ck_assert(n > 1000);
    arena_free(a);
}
END_TEST

START_TEST(only_http_and_https_begin_an_address_of_the_web)
{
    ck_assert(url_is_http(STR("HTTP://x")));
    ck_assert(url_is_http(STR("https://")));
    ck_assert(!url_is_http(STR("http:x")));
    ck_assert(!url_is_http(STR("ftp://x")));
}
END_TEST

START_TEST(schemes_of_feeds_mean_addresses_of_the_web)
{
    setup();
    ck_str(url_of_feed(a, STR("feed://a.example/rss")), "http://a.example/rss");
    ck_str(url_of_feed(a, STR("FEED:https://a.example/")),
           "https://a.example/");
    ck_str(url_of_feed(a, STR("feed://https://a.example/")),
           "https://a.example/");
    ck_str(url_of_feed(a, STR("itpc://a.example/p")), "http://a.example/p");
    ck_str(url_of_feed(a, STR("pcast://a.example/p")), "http://a.example/p");
    ck_str(url_of_feed(a, STR("feed:mailto:x")), "mailto:x");
    ck_str(url_of_feed(a, STR("https://a.example/feed:x")),
           "https://a.example/feed:x");
    arena_free(a);
}
END_TEST

UNIT_TESTS(schemes_of_feeds_mean_addresses_of_the_web,
           relative_addresses_resolve_as_in_a_browser,
           an_address_is_taken_apart, hosts_are_brought_to_their_one_form,
           what_names_no_host_fails, other_schemes_keep_their_text,
           parsing_what_was_written_changes_nothing,
           the_short_way_and_the_long_one_agree,
           only_http_and_https_begin_an_address_of_the_web)
