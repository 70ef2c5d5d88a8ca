#include "unit/unit.h"

#include "base/arena.h"
#include "clean/clean.h"
#include "clean/links.h"

static const struct str base = STR_INIT("https://b.example/d/p.html?q");

static void same(struct str (*link)(struct arena *, struct str, struct str),
                 const char *address, const char *expected)
{
    struct arena *a = arena_new(0);

    ck_str(link(a, base, str_from_c(address)), expected);
    arena_free(a);
}

START_TEST(a_relative_address_becomes_absolute)
{
    same(link_href, "x", "https://b.example/d/x");
    same(link_href, "/x", "https://b.example/x");
    same(link_href, "//c.example/x", "https://c.example/x");
    same(link_href, "#top", "https://b.example/d/p.html?q#top");
    same(link_href, " \n x\ty \n", "https://b.example/d/xy");
}
END_TEST

START_TEST(a_plain_address_stays_as_it_was_written)
{
    same(link_href, "http://a.example", "http://a.example");
    same(link_href, "https://a.example/%7Ex?b=c&d#e",
         "https://a.example/%7Ex?b=c&d#e");
    same(link_href, "HTTP://A.example/", "http://a.example/");
    same(link_href, "https://a.example/b/../c", "https://a.example/c");
    same(link_href, "https:a", "https://b.example/d/a");
    same(link_href, "https://a.example/\xe4\xb8\xad",
         "https://a.example/%E4%B8%AD");
}
END_TEST

START_TEST(only_schemes_that_run_nothing_are_left)
{
    same(link_href, "javascript:alert(1)", "");
    same(link_href, "JaVaScRiPt:alert(1)", "");
    same(link_href, "\x01 java\nscript:alert(1)", "");
    same(link_href, "data:text/html,x", "");
    same(link_href, "blob:https://a.example/x", "");
    same(link_href, "file:///etc/passwd", "");
    same(link_href, "view-source:https://a.example", "");
    same(link_href, "mailto:a@a.example", "mailto:a@a.example");
    same(link_href, "tel:+123", "tel:+123");
    same(link_href, "mailto:", "");
    same(link_media, "mailto:a@a.example", "");
    same(link_any, "magnet:?xt=urn:x", "magnet:?xt=urn:x");
    same(link_any, "vbscript:x", "");
}
END_TEST

START_TEST(tracking_is_cut_from_links_and_not_from_media)
{
    same(link_href, "https://a.example/x?utm_source=y&id=1",
         "https://a.example/x?id=1");
    same(link_article, "/x?fbclid=1", "https://b.example/x");
    same(link_href, "/x?&", "https://b.example/x");
    same(link_media, "https://a.example/x.png?utm_source=y",
         "https://a.example/x.png?utm_source=y");
}
END_TEST

START_TEST(a_srcset_keeps_its_good_candidates)
{
    same(link_srcset, "a.png, b.png 2x,c.png 1.5x",
         "https://b.example/d/a.png, https://b.example/d/b.png 2x, "
         "https://b.example/d/c.png 1.5x");
    same(link_srcset, "javascript:x 1x, a.png 640w",
         "https://b.example/d/a.png 640w");
    same(link_srcset, "a.png 1x 2x, b.png onerror=1", "");
    same(link_srcset_best, "a.png 320w, b.png 1280w, c.png 640w",
         "https://b.example/d/b.png");
    same(link_srcset, ",,, ,", "");
}
END_TEST

/* ---- which image is meant ---- */

static void image(const char *html, const char *expected)
{
    struct arena *a = arena_new(0);
    struct notes notes = {0};

    ck_str(html_sanitize(a, str_from_c(html), base, &notes, NULL), expected);
    arena_free(a);
}

START_TEST(a_lazy_image_is_made_real)
{
    image("<img src=blank.gif data-src=/a.jpg>",
          "<img src=\"https://b.example/a.jpg\">");
    image("<img src='data:image/gif;base64,R0lGODlhAQABAIAAAP' "
          "data-srcset='/a.jpg 1x, /b.jpg 2x'>",
          "<img src=\"https://b.example/b.jpg\" "
          "srcset=\"https://b.example/a.jpg 1x, https://b.example/b.jpg 2x\">");
    image("<img class=lazy><noscript><img src=/a.jpg></noscript>",
          "<img src=\"https://b.example/a.jpg\">");
    image("<picture><source srcset='/a.webp 1x'><img alt=x></picture>",
          "<picture><source srcset=\"https://b.example/a.webp 1x\">"
          "<img src=\"https://b.example/a.webp\" alt=\"x\"></picture>");
    image("<img src=/real.png data-original=1>",
          "<img src=\"https://b.example/real.png\">");
}
END_TEST

START_TEST(pixels_and_placeholders_go)
{
    image("a<img src=/x.gif width=1 height=1>", "a");
    image("a<img src=/x.gif style='width: 0px; HEIGHT:1px'>", "a");
    image("a<img src=https://a.example/i/spacer.gif?x=1>", "a");
    image("a<img src=https://a.example/i/pixel.png>", "a");
    image("a<img src=/x.gif width=1 height=100>",
          "a<img src=\"https://b.example/x.gif\" width=\"1\" height=\"100\">");
}
END_TEST

UNIT_TESTS(a_relative_address_becomes_absolute,
           a_plain_address_stays_as_it_was_written,
           only_schemes_that_run_nothing_are_left,
           tracking_is_cut_from_links_and_not_from_media,
           a_srcset_keeps_its_good_candidates, a_lazy_image_is_made_real,
           pixels_and_placeholders_go)
