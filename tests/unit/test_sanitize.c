#include "unit/unit.h"

#include "base/arena.h"
#include "base/error.h"
#include "clean/clean.h"
#include "decode/node.h"
#include "text/json.h"
#include "unit/markup_check.h"

static struct arena *a;

static struct str clean_at(const char *html, const char *base)
{
    struct notes notes = {0};

    a = unit_arena();
    return html_sanitize(a, str_from_c(html), str_from_c(base), &notes, NULL);
}

static struct str clean(const char *html)
{
    return clean_at(html, "");
}

/* ---- the policy ---- */

START_TEST(what_is_allowed_stays_as_it_was)
{
    const char *same[] = {
        "<p>a <b>b</b> <em lang=\"fr\">c</em></p>",
        "<h2>1</h2><ul><li>2</li><li>3<ol "
        "start=\"4\"><li>5</li></ol></li></ul>",
        "<pre><code class=\"language-c\">if (a &lt; b)\n\treturn;</code></pre>",
        "<table><caption>c</caption><thead><tr><th scope=\"col\">h</th></tr>"
        "</thead><tbody><tr><td colspan=\"2\">d</td></tr></tbody></table>",
        "<ruby>\xe6\xbc\xa2<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>",
        "<details open=\"\"><summary>s</summary>d</details>",
        "<figure><img src=\"https://x.example/a.png\" alt=\"\" width=\"50%\">"
        "<figcaption>c</figcaption></figure>",
        "<math display=\"block\"><mfrac><mi>a</mi><mn>2</mn></mfrac></math>",
        "<a href=\"mailto:a@x.example\">m</a>",
        "<video src=\"https://x.example/v.mp4\" controls=\"\"></video>",
    };

    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        ck_str(clean(same[i]), same[i]);
}
END_TEST

START_TEST(unknown_elements_are_unwrapped_and_silent_ones_go_whole)
{
    ck_str(clean("<x-y>a</x-y><font>b</font><fieldset>c</fieldset>"), "ab\nc");
    ck_str(clean("a<script>b</script><style>c</style><noscript>d</noscript>"
                 "<template>e</template><iframe>f</iframe><object>g</object>"
                 "<svg><title>h</title></svg><textarea>i</textarea>"
                 "<select><option>j</select><xmp>k</xmp><title>l</title>m"),
           "am");
}
END_TEST

START_TEST(a_frame_that_nobody_closes_does_not_take_the_rest_with_it)
{
    ck_str(clean("a<object data=x>b</object>c<OBJECT data=y><p>d</p>"),
           "ac<p>d</p>");
    ck_str(clean("a<iframe>b</iframe>c<object><iframe src=x><p>d</p>"),
           "ac<p>d</p>");
    ck_str(clean("a<iframe src=x><object><p>d</p>"), "a<p>d</p>");
}
END_TEST

START_TEST(no_handler_style_name_or_prefix_survives)
{
    ck_str(
        clean("<p onclick=x() STYLE=a id=b name=c class=d data-e=f is=g "
              "slot=h aria-label=i xlink:href=j target=_blank dir=RTL>k</p>"),
        "<p dir=\"rtl\">k</p>");
    ck_str(clean("<a href=http://x.example/ target=_blank ping=y>z</a>"),
           "<a href=\"http://x.example/\">z</a>");
}
END_TEST

START_TEST(a_link_that_fails_keeps_its_text_and_an_image_goes)
{
    ck_str(clean("<a href=' java\tscript:alert(1)'>a</a>"), "a");
    ck_str(clean("<a href='&#1;javascript&colon;alert(1)'>a</a>"), "a");
    ck_str(clean("<a href='vbscript:x'>a</a><a href='data:text/html,x'>b</a>"),
           "ab");
    ck_str(clean("<img src='data:image/svg+xml;base64,AA' alt=x>b"), "b");
    ck_str(clean("<img src='javascript:x'>b<img src='/rel.png'>"), "b");
    ck_str(clean("<blockquote cite='javascript:x'>b</blockquote>"),
           "<blockquote>b</blockquote>");
}
END_TEST

START_TEST(data_images_are_kept_in_formats_without_scripts)
{
    ck_str(clean("<img src='DATA:image/PNG;base64, aGk\nhoaQ=='>"),
           "<img src=\"data:image/png;base64,aGkhoaQ==\">");
    ck_str(clean("<img src='data:image/png,x'>a"), "a");
    ck_str(clean("<img src='data:image/png;charset=x;base64,AA=='>a"), "a");
    ck_str(clean("<a href='data:image/png;base64,AA=='>a</a>"), "a");
}
END_TEST

START_TEST(text_that_only_looked_like_markup_stays_escaped)
{
    ck_str(clean("1 < 2 && 3 > 2 &lt;b&gt; ]]>"),
           "1 &lt; 2 &amp;&amp; 3 &gt; 2 &lt;b&gt; ]]&gt;");
    ck_str(clean("<p title='\"&gt;<x>'>a</p>"),
           "<p title=\"&quot;&gt;&lt;x&gt;\">a</p>");
}
END_TEST

START_TEST(mathematics_holds_nothing_else)
{
    ck_str(clean("<math><mi>a<b>c</b></mi><annotation-xml><p>x</p>"
                 "</annotation-xml><maction><mn>2</mn></maction></math>"),
           "<math><mi>ac</mi><mn>2</mn></math>");
    ck_str(
        clean("<math><mtext><img src=http://x.example/a.png>t</mtext></math>"),
        "<math><mtext>t</mtext></math>");
    ck_str(clean("<mi>a</mi>"), "a");
    ck_str(clean("<math href='javascript:x'><mi xlink:href='y'>z</mi></math>"),
           "<math><mi>z</mi></math>");
    ck_str(clean("<math><mrow></mrow></math>a"), "a");
}
END_TEST

/* ---- shape ---- */

START_TEST(empty_wrappers_are_dropped_and_words_stay_apart)
{
    ck_str(clean("<div><p>&nbsp;</p><p><br></p><p>a</p><span> </span></div>"),
           "<div><p>a</p> </div>");
    ck_str(clean("a<div></div>b"), "a\nb");
    ck_str(clean("a<b>&#x7f;</b>"), "a");
    ck_str(clean("a<fieldset>b</fieldset>c"), "a\nb\nc");
    ck_str(clean("<a href=http://x.example/></a>b"), "b");
}
END_TEST

START_TEST(a_table_gets_the_parts_it_lacks)
{
    ck_str(clean("<td>a</td><tr>b</tr>"), "ab");
    ck_str(clean("<table><tr><td>a<td>b</table>"),
           "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>");
}
END_TEST

START_TEST(a_line_feed_that_begins_a_pre_survives_reading)
{
    ck_str(clean("<pre>\n\na</pre>"), "<pre>\n\na</pre>");
    ck_str(clean("<pre>\na</pre>"), "<pre>a</pre>");
}
END_TEST

START_TEST(a_paragraph_with_a_block_inside_is_a_div)
{
    ck_str(clean("<p>a<button><div>b</div></button></p>"),
           "<div>a<div>b</div></div>");
}
END_TEST

START_TEST(links_are_not_nested_and_deep_markup_is_cut_flat)
{
    struct buf b, text;
    struct str once;
    size_t kept = 0;

    buf_init(&b, BUF_MAX);
    buf_init(&text, BUF_MAX);
    for (int i = 0; i < 1000; i++)
        buf_add_str(&b, STR("<div><table><tr><td>x"));
    buf_add_char(&b, '\0');
    once = clean(b.p);
    ck_assert_ptr_null(check_markup(once, &text));
    for (size_t i = 0; i < text.n; i++)
        kept += text.p[i] == 'x';
    ck_assert_uint_eq(kept, 1000);
    ck_assert(str_eq(html_sanitize(a, once, STR_NONE, NULL, NULL), once));
    buf_done(&b);
    buf_done(&text);
    ck_str(clean("<a href=http://x.example/1>a<object><a "
                 "href=http://x.example/2>b</a></object></a>"),
           "<a href=\"http://x.example/1\">a</a>");
}
END_TEST

START_TEST(what_was_active_is_noted)
{
    struct notes notes = {0};

    clean("");
    html_sanitize(a, STR("<p onclick=x>a</p>"), STR_NONE, &notes, NULL);
    ck_assert(notes_have(&notes, NOTE_SANITIZED));
    notes = (struct notes){0};
    html_sanitize(a, STR("<p class=x>a</p>"), STR_NONE, &notes, NULL);
    ck_assert(!notes_have(&notes, NOTE_SANITIZED));
}
END_TEST

START_TEST(bases_are_believed_only_when_http)
{
    ck_str(clean_at("<a href=x>y</a>", "http://b.example/d/"),
           "<a href=\"http://b.example/d/x\">y</a>");
    ck_str(clean_at("<a href=x>y</a>", "javascript:alert(1)//"), "y");
    ck_str(clean_at("<div xml:base='http://c.example/'><a href=x>y</a></div>"
                    "<a href=x>z</a>",
                    "http://b.example/d/"),
           "<div><a href=\"http://c.example/x\">y</a></div>"
           "<a href=\"http://b.example/d/x\">z</a>");
    ck_str(clean_at("<div xml:base='javascript:'><a href=x>y</a></div>",
                    "http://b.example/d/"),
           "<div><a href=\"http://b.example/d/x\">y</a></div>");
}
END_TEST

/* ---- all the vectors ---- */

static bool is_dropped(enum tag tag)
{
    static const char names[] =
        "script style template noscript iframe object embed svg textarea "
        "select title xmp plaintext noembed noframes annotation "
        "annotation-xml";

    return word_in_list(names, tag_name(tag));
}

/* The text a reader sees of HTML, without white space. */
static struct str visible_text(struct str html)
{
    struct notes notes = {0};
    const struct page_tree *t = html_parse_fragment(a, html, &notes);
    struct buf b;
    struct str out;

    buf_init(&b, BUF_MAX);
    for (uint32_t i = 0; i < t->n;) {
        if (is_dropped(t->nodes[i].tag)) {
            i = t->nodes[i].end;
            continue;
        }
        if (t->nodes[i].tag == TAG_TEXT)
            buf_add_str(&b, t->nodes[i].text);
        i++;
    }
    out = buf_keep(&b, a);
    buf_done(&b);
    return out;
}

static struct str squeezed(struct str s)
{
    char *p = arena_alloc(a, s.n);
    size_t n = 0, next;

    for (size_t i = 0; i < s.n; i = next) {
        uint32_t c;

        next = i;
        c = utf8_next(s, &next);
        if (is_blank(c) || !is_publishable(c))
            continue;
        memcpy(p + n, s.p + i, next - i);
        n += next - i;
    }
    return str_of(p, n);
}

static void check_vector(struct str input, struct str name, bool is_plain,
                         struct str base)
{
    struct notes notes = {0};
    struct str once = html_sanitize(a, input, base, &notes, NULL);
    struct str twice = html_sanitize(a, once, base, &notes, NULL);
    struct buf text;
    const char *fault;

    buf_init(&text, BUF_MAX);
    fault = check_markup(once, &text);
    ck_assert_msg(fault == NULL, "%.*s: %s in %.*s", STR_ARG(name), fault,
                  STR_ARG(once));
    ck_assert_msg(str_eq(once, twice), "%.*s: %.*s became %.*s", STR_ARG(name),
                  STR_ARG(once), STR_ARG(twice));
    if (is_plain)
        ck_assert_msg(
            str_eq(squeezed(buf_str(&text)), squeezed(visible_text(input))),
            "%.*s: lost text of %.*s", STR_ARG(name), STR_ARG(input));
    buf_done(&text);
}

START_TEST(all_vectors_come_out_safe_and_stable)
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
        struct str input = json_get_str(j, STR("input"));
        bool is_plain = str_eq(json_get_str(j, STR("kind")), STR("plain"));

        check_vector(input, json_get_str(j, STR("name")), is_plain, STR_NONE);
        check_vector(input, json_get_str(j, STR("name")), is_plain,
                     STR("https://b.example/d/p?q"));
        arena_reset(a);
    }
    free(line);
    fclose(f);
}
END_TEST

/* ---- properties ---- */

static const char rich[] =
    "<div xml:base='http://c.example/'><p>a<b>b<p>c</b>d<table><p>e<tr><td>f"
    "<a href='x?utm_source=y'>g<a href=z>h</a><li>i<li>j<dl><dt>k<dd>l</dl>"
    "<math><mi>m<mrow>n</mi><mtext><p>o</mtext></math><ruby>p<rt>q<rp>r</ruby>"
    "<pre>\n\ns</pre><h1>t<h2>u</h2></h1><video><source src=http://v.example/w>"
    "fall</video><picture><source srcset='a.png 1x, b.png 2x'><img src=c.png>"
    "</picture><svg><style><img onerror=x></style></svg><select><option>y"
    "</select><!-- c --><![CDATA[d]]><?pi e?><details><summary>f</details>"
    "<img data-src=g.png src=blank.gif><noscript><img src=h.png></noscript>"
    "<script>i</script>&lt;j&gt;&amp;&#0;\xe4\xb8\xad</td></tr></table></div>";

START_TEST(every_prefix_of_rich_markup_is_safe_and_stable)
{
    a = unit_arena();
    for (size_t n = 0; n < sizeof rich; n++) {
        struct str input = str_of(rich, n);

        if (!utf8_valid(input))
            continue;
        check_vector(input, STR("prefix"), false, STR("https://b.example/d/"));
        arena_reset(a);
    }
}
END_TEST

START_TEST(every_changed_byte_of_rich_markup_is_safe_and_stable)
{
    static const char bytes[] = "<>/\"'=& \n!-a";
    char copy[sizeof rich];

    a = unit_arena();
    for (size_t i = 0; i + 1 < sizeof rich; i++) {
        memcpy(copy, rich, sizeof rich);
        copy[i] = bytes[i % (sizeof bytes - 1)];
        if (!utf8_valid(str_of(copy, sizeof rich - 1)))
            continue;
        check_vector(str_of(copy, sizeof rich - 1), STR("flip"), false,
                     STR("https://b.example/d/"));
        arena_reset(a);
    }
}
END_TEST

UNIT_TESTS(what_is_allowed_stays_as_it_was,
           unknown_elements_are_unwrapped_and_silent_ones_go_whole,
           a_frame_that_nobody_closes_does_not_take_the_rest_with_it,
           no_handler_style_name_or_prefix_survives,
           a_link_that_fails_keeps_its_text_and_an_image_goes,
           data_images_are_kept_in_formats_without_scripts,
           text_that_only_looked_like_markup_stays_escaped,
           mathematics_holds_nothing_else,
           empty_wrappers_are_dropped_and_words_stay_apart,
           a_table_gets_the_parts_it_lacks,
           a_line_feed_that_begins_a_pre_survives_reading,
           a_paragraph_with_a_block_inside_is_a_div,
           links_are_not_nested_and_deep_markup_is_cut_flat,
           what_was_active_is_noted, bases_are_believed_only_when_http,
           all_vectors_come_out_safe_and_stable,
           every_prefix_of_rich_markup_is_safe_and_stable,
           every_changed_byte_of_rich_markup_is_safe_and_stable)
