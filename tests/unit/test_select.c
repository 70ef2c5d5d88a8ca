#include "unit/unit.h"

#include "base/arena.h"
#include "base/error.h"
#include "decode/node.h"

static const char page[] =
    "<body><div id=main class='a b'><h2>t</h2><p class=lead>1<p lang=en-GB>2"
    "<p data-x='Foo bar'>3<div><span><a href='/x.html'>4</a></span></div></div>"
    "<ul><li>5<li>6<li>7<li>8</ul><x-y><b>9</b></x-y>";

static struct arena *a;

static struct str all(const char *selector)
{
    struct notes notes = {0};
    struct error err;
    struct page_tree *t;
    struct selector *sel;
    struct str out = STR_NONE;

    if (a == NULL)
        a = arena_new(0);
    t = html_parse(a, str_from_c(page), &notes);
    sel = selector_parse(a, str_from_c(selector), &err);
    ck_assert_msg(sel != NULL, "%s: %s", selector, err.text);
    for (uint32_t i = 0; (i = node_select(t, sel, i, t->n)) != 0;)
        out = arena_cat(a, out, node_text(t, i, a));
    return out;
}

START_TEST(selectors_find_what_css_says)
{
    static const struct {
        const char *selector, *found;
    } cases[] = {
        {"p", "123"},
        {"#main > p", "123"},
        {".a.b > .lead", "1"},
        {"P.lead, a", "14"},
        {"div div > span a", "4"},
        {"body > a", ""},
        {"ul > li:nth-of-type(2)", "6"},
        {"li:nth-of-type(odd)", "57"},
        {"li:nth-of-type(-n + 3)", "567"},
        {"li:nth-of-type(2n)", "68"},
        {"li:first-of-type", "5"},
        {"#main p:not(.lead)", "23"},
        {"li:not(:nth-of-type(1))", "678"},
        {"[data-x]", "3"},
        {"[data-x=\"Foo bar\"]", "3"},
        {"[data-x='foo BAR' i]", "3"},
        {"[data-x~=bar]", "3"},
        {"[data-x^=Foo]", "3"},
        {"a[href$='.html']", "4"},
        {"a[href*=x]", "4"},
        {"[lang|=en]", "2"},
        {"x-y b", "9"},
        {"x-y > *", "9"},
        {"div *:not(p) a", "4"},
        {"body div > div a", "4"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        ck_assert_msg(
            str_eq(all(cases[i].selector), str_from_c(cases[i].found)),
            "%s: %.*s", cases[i].selector, STR_ARG(all(cases[i].selector)));
}
END_TEST

START_TEST(what_is_no_selector_is_refused_with_its_column)
{
    static const struct {
        const char *selector;
        int column;
    } cases[] = {{"", 1},      {"p >", 4},       {"p,,b", 3},
                 {"[a", 3},    {"p::before", 3}, {"a:hover", 8},
                 {"p + b", 3}, {".", 2},         {"li:nth-of-type(x)", 16},
                 {".ap#", 5},  {"[a='x]", 7}};

    if (a == NULL)
        a = arena_new(0);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct error err = {0};

        ck_assert(selector_parse(a, str_from_c(cases[i].selector), &err) ==
                  NULL);
        ck_assert_int_eq(err.code, ERR_CONFIG);
        ck_assert_msg(err.column == cases[i].column, "%s: %d",
                      cases[i].selector, err.column);
    }
}
END_TEST

UNIT_TESTS(selectors_find_what_css_says,
           what_is_no_selector_is_refused_with_its_column)
