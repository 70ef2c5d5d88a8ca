#include "unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/utf8.h"
#include "decode/tree_build.h"
#include "text/json.h"

static struct arena *a;
static size_t simple, all;

static bool same_attrs(const struct node *x, const struct node *y)
{
    if (x->n_attrs != y->n_attrs)
        return false;
    for (uint32_t k = 0; k < x->n_attrs; k++)
        if (!str_eq(x->attrs[k].name, y->attrs[k].name) ||
            !str_eq(x->attrs[k].value, y->attrs[k].value))
            return false;
    return true;
}

static bool same_tree(const struct page_tree *x, const struct page_tree *y)
{
    if (x->n != y->n)
        return false;
    for (uint32_t i = 0; i < x->n; i++) {
        const struct node *m = &x->nodes[i], *n = &y->nodes[i];

        if (m->tag != n->tag || m->end != n->end || m->parent != n->parent ||
            m->depth != n->depth || !str_eq(m->text, n->text) ||
            !same_attrs(m, n))
            return false;
    }
    return true;
}

/* The short way gives up at a declaration, which leaves nothing in a tree: that
 * is how the real parser is made to read the same. */
static void compare(struct str html)
{
    struct notes notes = {0};
    const struct page_tree *mine = html_simple(a, html), *real;

    all++;
    if (mine == NULL)
        return;
    simple++;
    real = html_parse_fragment(a, arena_cat(a, html, STR("<!x>")), &notes);
    ck_assert_msg(same_tree(mine, real), "%.*s", STR_ARG(html));
}

static bool takes(const char *html)
{
    bool taken = false;

    a = unit_arena();
    taken = html_simple(a, str_from_c(html)) != NULL;
    compare(str_from_c(html));
    return taken;
}

START_TEST(what_authors_leave_out_is_taken)
{
    ck_assert(takes("<p>a<p>b <b>c</b><ul><li>d<li>e<p>f<li>g</ul>h"));
    ck_assert(takes("<div><P CLASS='x'>a</P><br/><hr><img src=a.png alt=''>"));
    ck_assert(takes("<table><tr><td>a<td>b<p>c<tr><th>d</table>e"));
    ck_assert(takes("<table> <thead><tr><th>a</th></tr></thead> <tbody> <tr>"
                    "<td>b</td></tr></tbody></table>"));
    ck_assert(takes("<table><caption>x</caption><colgroup><col><tr><td>y"
                    "</table>"));
    ck_assert(
        takes("<dl><dt>a<dd>b<dt>c</dl><pre>\n\nx</pre>a < b &amp; c &lt"));
    ck_assert(takes("<ruby>a<rp>(<rt>b<rp>)</ruby><!-- x --><o:p>y</o:p>"));
    ck_assert(takes("<iframe src=x></iframe><style>p { a: b }</style>"
                    "<script>if (a < b) c();</script >x"));
}
END_TEST

START_TEST(what_means_nothing_is_passed_over)
{
    ck_assert(takes("<html><head></head><body class=x><p>a</p></body></html>"));
    ck_assert(takes("</div>a</b>b</p>c</br>d</h2>e</td><pre></i>\nf</pre>"));
    ck_assert(takes("<a><img src=x></img>y</a></a></table></svg></object>z"));
    ck_assert(takes("<p a=1 a=2 A=3>x<img src='y'alt=\"z\"/ width=1></p >"));
    ck_assert(takes("<div></p>x<meta charset=utf-8><link rel=x></div>"));
}
END_TEST

START_TEST(drawings_objects_and_buttons_are_taken)
{
    ck_assert(takes("<p>a<svg viewBox='0 0 1 1' XLink:href=x><title>b</title>"
                    "<defs/><linearGradient id=c><a>d</a></LINEARGRADIENT>"
                    "<style>e{}</style><path d='f'/><svg/></svg>g</p>"));
    ck_assert(takes("<svg/>a<p>b<object data=c><param name=d><p>e<embed></p>"
                    "</object>f</p><canvas>g</canvas>"));
    ck_assert(takes("<p>a<input type=b><button><p>c</p></button><label>d"
                    "</label></form>e"));
    ck_assert(takes("<ul><li>a<object><p>b</object>c<li>d</ul>"));
}
END_TEST

START_TEST(forms_that_nest_are_taken)
{
    ck_assert(takes("<div><p>a<form action=b><p>c<input type=d></form>e</div>"
                    "<form></form><form><fieldset><label>f</label></fieldset>"
                    "g</form></form><ul><li><form>h</form><li>i</ul>"));
}
END_TEST

START_TEST(what_needs_a_parser_is_left_to_it)
{
    const char *hard[] = {"<b><p>x</b></p>",
                          "<p><b>x<p>y",
                          "<a>x<a>y",
                          "<table>x</table>",
                          "<td>x",
                          "<form>x<form>y",
                          "<div><form>x</div>y",
                          "<form><b>x</form>y",
                          "<button>x<button>y",
                          "<svg><p>x",
                          "<svg><title><b>x",
                          "<svg><g>x</svg>",
                          "<svg><script>x",
                          "<h1>x</h2>",
                          "<o:p>x</n:p>",
                          "<picture>x</dialog>",
                          "<table></p>",
                          "<p><object><b>x</object>",
                          "<p><b>x</p>",
                          "<math><mi>x",
                          "<h1><h2>x",
                          "<select><option>x",
                          "a\rb",
                          "a\x01z",
                          "a&#001123617306;",
                          "<style>a</style b=c>",
                          "<style>a</style/x></style>",
                          "<p",
                          "<!-- x --!> y",
                          "<p a\"=x>y",
                          "<p a a b>x",
                          "<![CDATA[x]]>",
                          "<p><table><tr><td>x",
                          "<script><!--x</script>"};

    for (size_t i = 0; i < sizeof hard / sizeof hard[0]; i++)
        ck_assert_msg(!takes(hard[i]), "%s", hard[i]);
}
END_TEST

START_TEST(the_vectors_it_takes_give_the_real_parsers_tree)
{
    FILE *f = fopen(SHARED_DIR "/corpus/xss/vectors.jsonl", "r");
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;

    if (f == NULL)
        return; /* the corpus is not in the repository */
    a = unit_arena();
    while ((n = getline(&line, &cap, f)) > 0) {
        struct error err;
        struct json *j = json_parse(a, str_of(line, (size_t)n), &err);

        compare(json_get_str(j, STR("input")));
        arena_reset(a);
    }
    ck_assert_uint_gt(simple, all / 4);
    free(line);
    fclose(f);
}
END_TEST

static const char rich[] =
    "<div class='x'><p>a<b>b</b><p>d<i>e</i></p><table><tr><td>f<a href=x>g</a>"
    "<td><ul><li>h<li>i<p>j</ul></table><dl><dt>k<dd>l<dd>m</dl><pre>\n\nn</"
    "pre>"
    "<ruby>o<rt>p</ruby><h2>q</h2><blockquote>r<br>s</blockquote><!-- t -->"
    "<img src=\"u\"alt=v/ a>&lt;w&gt;<code>x</code>1 < 2</div>y</b></p>"
    "<object><p>z</object><svg><g a=b /><title>&amp;</title>c</svg></img>"
    "<form><p>z<input></form>";

START_TEST(every_prefix_and_changed_byte_gives_the_real_parsers_tree)
{
    static const char bytes[] = "<>/\"'=& \n!-aptdhl";
    char copy[sizeof rich];

    a = unit_arena();
    for (size_t n = 0; n < sizeof rich; n++) {
        compare(str_of(rich, n));
        arena_reset(a);
    }
    for (size_t i = 0; i + 1 < sizeof rich; i++) {
        for (size_t k = 0; k + 1 < sizeof bytes; k++) {
            memcpy(copy, rich, sizeof rich);
            copy[i] = bytes[k];
            compare(str_of(copy, sizeof rich - 1));
            arena_reset(a);
        }
    }
    ck_assert_uint_gt(simple, all / 4);
}
END_TEST

UNIT_TESTS(what_authors_leave_out_is_taken, what_means_nothing_is_passed_over,
           drawings_objects_and_buttons_are_taken, forms_that_nest_are_taken,
           what_needs_a_parser_is_left_to_it,
           the_vectors_it_takes_give_the_real_parsers_tree,
           every_prefix_and_changed_byte_gives_the_real_parsers_tree)
