#include "unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "decode/node.h"

static struct arena *a;
static struct notes notes;

static struct page_tree *parse(struct str html)
{
    if (a == NULL)
        a = arena_new(0);
    notes = (struct notes){0};
    return html_parse(a, html, &notes);
}

static struct str text_of(struct page_tree *t, enum tag tag)
{
    return node_text(t, node_find(t, 0, tag), a);
}

static bool node_is_sound(const struct page_tree *t, uint32_t i)
{
    const struct node *node = &t->nodes[i];

    for (uint32_t k = 0; k < node->n_attrs; k++)
        if (!utf8_valid(node->attrs[k].name) ||
            !utf8_valid(node->attrs[k].value))
            return false;
    return node->parent < i && node->end > i &&
           node->end <= t->nodes[node->parent].end && utf8_valid(node->text);
}

/* What must hold for any input.  One assertion for all nodes, for each costs a
 * system call. */
static void check_tree(const struct page_tree *t)
{
    uint32_t i = 1;

    while (i < t->n && node_is_sound(t, i))
        i++;
    ck_assert_uint_eq(i, t->n);
    ck_assert_uint_eq(t->nodes[0].end, t->n);
}

START_TEST(a_page_becomes_a_preorder_array)
{
    struct page_tree *t = parse(STR(
        "<!DOCTYPE html><title>T &amp; U</title><p CLASS='x y'>a<b>b</b><p>c"));
    uint32_t p = node_find(t, 0, TAG_P);

    check_tree(t);
    ck_assert_uint_eq(t->nodes[t->head].tag, TAG_HEAD);
    ck_assert_uint_eq(t->nodes[t->body].tag, TAG_BODY);
    ck_str(text_of(t, TAG_TITLE), "T & U");
    ck_assert_uint_eq(node_first(t, t->body), p);
    ck_str(node_text(t, p, a), "ab");
    ck_str(node_attr(t, p, STR("class")), "x y");
    ck_assert(node_has_class(t, p, STR("y")));
    ck_assert(!node_has_class(t, p, STR("x y")));
    ck_str(node_text(t, node_next(t, p), a), "c");
    ck_assert_uint_eq(node_next(t, node_next(t, p)), 0);
    ck_assert_uint_eq(notes.n, 0);
}
END_TEST

START_TEST(text_has_one_blank_at_gaps_breaks_and_block_edges)
{
    struct page_tree *t =
        parse(STR("<body><div> a\n\t b<div><p>c</p>d<i>e</i></div>f<br>g"
                  "<script>x</script><style>y</style>&nbsp;h</div>\u3000i"));

    ck_str(node_text(t, t->body, a), "a b c de f g h i");
}
END_TEST

START_TEST(a_fragment_has_no_head_or_body)
{
    struct page_tree *t;

    parse(STR(""));
    t = html_parse_fragment(a, STR("x <b>y</b><li>z"), &notes);
    check_tree(t);
    ck_assert_uint_eq(t->head + t->body, 0);
    ck_assert_uint_eq(t->nodes[1].tag, TAG_TEXT);
    ck_str(node_text(t, 0, a), "x y z");
}
END_TEST

START_TEST(a_reference_beyond_every_range_is_still_text)
{
    struct page_tree *t = parse(STR("<p title='&#8366666660;'>&#8366666660;"
                                    "&#x7FFFFFFF41;&#99999999999999999999;b"));

    check_tree(t);
    ck_assert(str_ends(text_of(t, TAG_P), STR("b")));
}
END_TEST

START_TEST(an_attribute_behind_one_given_twice_keeps_its_name)
{
    struct page_tree *t = parse(STR("<img async async src=x>"));

    ck_assert(
        str_eq(node_attr(t, node_find(t, 0, TAG_IMG), STR("src")), STR("x")));
}
END_TEST

START_TEST(an_icons_title_is_not_the_pages)
{
    struct page_tree *t =
        parse(STR("<body><svg viewBox='0 0 1 1'><title>icon</title></svg>"
                  "<custom-tag>x</custom-tag><picture><img src=a></picture>"));
    uint32_t svg = node_find(t, 0, TAG_SVG);

    ck_assert_uint_eq(node_find(t, 0, TAG_TITLE), 0);
    ck_assert(node_has(t, svg, STR("viewbox")));
    ck_str(node_text(t, t->body, a), "x");
    ck_assert_uint_ne(node_find(t, 0, TAG_PICTURE), 0);
    ck_str(t->nodes[node_find(t, svg + 2, TAG_OTHER)].text, "");
}
END_TEST

static struct str repeat(const char *what, size_t times, const char *tail)
{
    struct buf b;
    struct str s;

    if (a == NULL)
        a = arena_new(0);
    buf_init(&b, BUF_MAX);
    for (size_t i = 0; i < times; i++)
        buf_printf(&b, "%s", what);
    buf_printf(&b, "%s", tail);
    s = buf_keep(&b, a);
    buf_done(&b);
    return s;
}

START_TEST(hostile_markup_is_read_in_linear_time_with_a_note)
{
    static const struct {
        const char *what;
        size_t times;
    } cases[] = {{"<div>", 300000},         {"<a><b><i>", 100000},
                 {"<p>x", 1000000},         {"<table><tr><td>", 20000},
                 {"<font color=a>", 99999}, {"<li><ul>", 100000},
                 {"<x-y>", 100000},         {"<select><option>", 50000}};

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct page_tree *t =
            parse(repeat(cases[i].what, cases[i].times, "end of page"));
        struct str text = node_text(t, 0, a);

        check_tree(t);
        ck_assert(notes_have(&notes, NOTE_MARKUP_HOSTILE) ||
                  notes_have(&notes, NOTE_TOO_LARGE));
        ck_assert(t->n >= HTML_MAX_NODES || str_ends(text, STR("end of page")));
    }
}
END_TEST

START_TEST(many_attributes_end_in_the_linear_reader)
{
    struct str html = str_of("<p ", 3);

    html = arena_cat(a == NULL ? (a = arena_new(0)) : a, html,
                     repeat("a=b ", 50000, ">text"));
    ck_str(text_of(parse(html), TAG_P), "text");
    ck_assert(notes_have(&notes, NOTE_MARKUP_HOSTILE));
}
END_TEST

START_TEST(sloppy_old_pages_stay_with_the_real_parser)
{
    parse(STR(""));
    /* Unclosed formatting in each cell or line, the same every time. */
    parse(arena_cat(a, STR("<table>"),
                    repeat("<tr><td><font color=red>x<td><b>y", 2000, "")));
    ck_assert_uint_eq(notes.n, 0);
    parse(repeat("<p><font size=2>x<li>y<br>", 2000, ""));
    ck_assert_uint_eq(notes.n, 0);
    parse(repeat("<div><a href=x>y</div>", 2000, ""));
    ck_assert_uint_eq(notes.n, 0);
}
END_TEST

/* Linear reader: reached by a wide tag at the end. */
START_TEST(the_linear_reader_mends_what_most_pages_need)
{
    struct str wide = repeat("a=b ", 200, ">");
    struct str html = arena_cat(
        a,
        STR("<html lang=en><head><title>A &lt; B</title><body class=c><ul>"
            "<li>one<li>two <i>x</b></i></ul><p>p1<p>p2<table><tr><td>c1"
            "<td>c2</table><script>if (a<b) </script>1 < 2 &copy; <hr "),
        wide);
    struct page_tree *t = parse(html);
    uint32_t li = node_find(t, 0, TAG_LI);

    check_tree(t);
    ck_assert(notes_have(&notes, NOTE_MARKUP_HOSTILE));
    ck_str(text_of(t, TAG_TITLE), "A < B");
    ck_str(node_attr(t, t->body, STR("class")), "c");
    ck_str(node_attr(t, 1, STR("lang")), "en");
    ck_assert_uint_eq(t->nodes[node_next(t, li)].tag, TAG_LI);
    ck_str(node_text(t, t->body, a), "one two x p1 p2 c1 c2 1 < 2 \u00a9");
}
END_TEST

START_TEST(any_prefix_and_flip_gives_a_sound_tree)
{
    static const char page[] =
        "<!doctype html><!-- c --><head><title>t&eacute;</title><body x='1' y>"
        "<table><b><tr><td>a<p>b</table><svg><a xlink:href=#>\u4e2d</a></svg>"
        "<textarea>&amp</textarea><script>'</script><![CDATA[x]]><math><mi>";

    for (size_t n = 0; n < sizeof page; n++) {
        char flipped[sizeof page];

        memcpy(flipped, page, sizeof page);
        flipped[n] ^= 0x15;
        if (utf8_valid(str_of(page, n)))
            check_tree(parse(str_of(page, n)));
        if (utf8_valid(str_of(flipped, sizeof page - 1)))
            check_tree(parse(str_of(flipped, sizeof page - 1)));
    }
}
END_TEST

START_TEST(tags_are_found_by_name)
{
    ck_assert_int_eq(tag_by_name(STR("html")), TAG_HTML);
    ck_assert_int_eq(tag_by_name(STR("h6")), TAG_H6);
    ck_assert_int_eq(tag_by_name(STR("xyz")), TAG_OTHER);
    for (int i = TAG_OTHER + 1; i < TAG_COUNT; i++)
        ck_assert_int_eq(tag_by_name(tag_name((enum tag)i)), i);
    ck_assert(tag_is_block(TAG_P) && !tag_is_block(TAG_SPAN));
}
END_TEST

/* Texts of scripts and styles that are long enough to be kept from gumbo. */
#define LONG_CODE "var a = '<p>no markup</p>', b = a.length;"

START_TEST(scripts_and_styles_keep_their_text)
{
    struct page_tree *t =
        parse(STR("<head><style>" LONG_CODE "</style></head><body>"
                  "<script type=x>" LONG_CODE "\r\n//\r\n</SCRIPT >a"
                  "<script>x</script><script>" LONG_CODE "<!-- </script>b"));
    uint32_t script = node_find(t, t->body, TAG_SCRIPT);

    check_tree(t);
    ck_str(t->nodes[node_find(t, 0, TAG_STYLE) + 1].text, LONG_CODE);
    ck_str(t->nodes[script + 1].text, LONG_CODE "\n//\n");
    script = node_next(t, node_next(t, script));
    ck_str(t->nodes[script + 1].text, "x");
    script = node_next(t, script);
    ck_str(t->nodes[script + 1].text, LONG_CODE "<!-- ");
    ck_str(node_text(t, t->body, a), "ab");
}
END_TEST

START_TEST(what_only_looks_like_a_script_keeps_its_text_too)
{
    struct page_tree *t =
        parse(STR("<title>a</titles><script>" LONG_CODE
                  "</script></title><body><style>" LONG_CODE "</style><p>b"));

    check_tree(t);
    ck_str(t->nodes[node_find(t, 0, TAG_TITLE) + 1].text,
           "a</titles><script>" LONG_CODE "</script>");
    ck_str(t->nodes[node_find(t, 0, TAG_STYLE) + 1].text, LONG_CODE);
    t = parse(STR("<body><svg><style>" LONG_CODE
                  "</style></svg><select><style>" LONG_CODE
                  "</style></select><p>b"));
    ck_assert_uint_ne(node_find(t, node_find(t, 0, TAG_SVG), TAG_P) +
                          node_find(t, 0, TAG_P),
                      0);
    ck_assert(str_has(node_text(t, node_find(t, 0, TAG_SELECT), a),
                      STR("no markup")));
}
END_TEST

START_TEST(a_br_with_an_end_tag_is_one_br)
{
    struct page_tree *t;
    int n = 0;

    (void)parse(STR("x"));
    t = html_parse_fragment(
        a, STR("a<br></br>b<br></br><br></br><i>c</i></br>"), &notes);
    for (uint32_t i = 0; i < t->n; i++)
        n += t->nodes[i].tag == TAG_BR;
    ck_assert_int_eq(n, 4);
}
END_TEST

UNIT_TESTS(a_br_with_an_end_tag_is_one_br, a_page_becomes_a_preorder_array,
           text_has_one_blank_at_gaps_breaks_and_block_edges,
           a_fragment_has_no_head_or_body,
           a_reference_beyond_every_range_is_still_text,
           an_attribute_behind_one_given_twice_keeps_its_name,
           an_icons_title_is_not_the_pages,
           hostile_markup_is_read_in_linear_time_with_a_note,
           many_attributes_end_in_the_linear_reader,
           sloppy_old_pages_stay_with_the_real_parser,
           the_linear_reader_mends_what_most_pages_need,
           any_prefix_and_flip_gives_a_sound_tree, tags_are_found_by_name,
           scripts_and_styles_keep_their_text,
           what_only_looks_like_a_script_keeps_its_text_too)
