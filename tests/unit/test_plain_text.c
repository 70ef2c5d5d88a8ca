#include <stdio.h>

#include "unit/unit.h"

#include "base/arena.h"
#include "clean/clean.h"

static void text(const char *html, const char *expected)
{
    struct arena *a = arena_new(0);
    struct notes notes = {0};
    struct str out;

    html_sanitize(a, str_from_c(html), STR_NONE, &notes, &out);
    ck_str(out, expected);
    arena_free(a);
}

START_TEST(paragraphs_are_separated_by_one_empty_line)
{
    text("<h1>a</h1><div><p>b\n c</p>\n<p>d</p></div>e", "a\n\nb c\n\nd\n\ne");
    text("<p></p> <p>&nbsp;</p><p>a</p>", "a");
}
END_TEST

START_TEST(indents_go_and_blanks_inside_stay)
{
    text("<p>\u3000\u3000a 1\u00a02  b\u3000</p>", "a 1\u00a02 b");
    text("a<br>\u3000\u3000b<br>c<br><br>d", "a\n\nb\nc\n\nd");
}
END_TEST

START_TEST(lists_and_tables_can_be_read)
{
    text("<p>a</p><ul><li>b</li><li>c<ul><li>d</li></ul></li></ul>e",
         "a\n\n- b\n- c\n- d\n\ne");
    text("<table><tr><th>a<th>b</tr><tr><td>1<td> 2 </tr></table>",
         "a | b\n1 | 2");
    text("<table><tr><td><p>a</p><p>b</p><td>c</table>", "a\n\nb\n\nc");
    text("<dl><dt>a<dd>b</dl>", "a\nb");
    text("<ul><li><img src=https://a.example/x.png></li></ul>b", "b");
}
END_TEST

START_TEST(preformatted_text_keeps_its_lines)
{
    text("<pre>if (a)\n    b;\n\nc\n</pre>", "if (a)\n    b;\n\nc");
}
END_TEST

START_TEST(readings_do_not_part_words)
{
    text("<ruby>a<rt><b>b</b></rt></ruby>c", "ac");
    text("<ruby>a<rp>(</rp><rt>b</rt><rp>)</rp></ruby>c", "a(b)c");
}
END_TEST

START_TEST(what_no_reader_sees_is_not_in_it)
{
    text("a<script>b</script><video src=https://a.example/v>c</video>d", "ad");
    text("a<span>b</span><b> c</b>d", "ab cd");
}
END_TEST

START_TEST(what_a_picture_shows_is_told_beside_it_only)
{
    const char *photo = "<figure><div><a href=https://a.example/><img "
                        "src=https://a.example/p></a></div><figcaption>A "
                        "<b>cat</b>, asleep</figcaption></figure>";
    char essay[1024];

    snprintf(essay, sizeof essay, "<p>One or two words.</p>%s<p>Three</p>",
             photo);
    text(essay, "One or two words.\n\nThree");
    text("<p>One</p><figure><pre>x</pre><figcaption>Listing</figcaption>"
         "</figure><figcaption>alone</figcaption>",
         "One\n\nx\n\nListing\n\nalone");
    text("<p>One</p><figure><img alt=x><figcaption>lost</figcaption></figure>",
         "One\n\nlost");
    snprintf(essay, sizeof essay, "<p>Cats</p>%s%s", photo, photo);
    text(essay, "Cats\n\nA cat, asleep\n\nA cat, asleep");
    text(photo, "A cat, asleep");
}
END_TEST

UNIT_TESTS(paragraphs_are_separated_by_one_empty_line,
           indents_go_and_blanks_inside_stay, lists_and_tables_can_be_read,
           preformatted_text_keeps_its_lines, readings_do_not_part_words,
           what_no_reader_sees_is_not_in_it,
           what_a_picture_shows_is_told_beside_it_only)
