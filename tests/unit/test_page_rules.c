/* What the owner says of a site's pages, applied to a page. */
#include "item/site_rule.h"
#include "unit/page_test.h"

static const char page_html[] =
    "<!doctype html><html><head><title>T</title></head><body>"
    "<div id='a'><h2>The headline</h2><p class='x'>Gone <b class='x'>too</b>"
    "</p><p>One.</p><div class='in'><p>Two.</p></div></div>"
    "<p>" HARBOUR_1 "</p><div id='b'><p class='w'>Jane Roe</p><p>Three.</p>"
    "</div><a class='n' href='2.html'>on</a></body></html>";

/* Reads the page with a rule for its host; selectors may be NULL. */
static struct page read_with(struct arena *a, struct site_rule *rule,
                             const char *const css[SITE_FIELDS],
                             const char *html)
{
    struct site_rules rules = {.at = rule, .n = 1};
    struct document doc = {.kind = DOC_HTML, .text = str_from_c(html)};
    struct page_hints hints = {.url = STR("http://news.example.org/news/"),
                               .site_rules = &rules};
    struct page page;
    struct error err;

    rule->host = STR("example.org");
    for (int i = 0; i < SITE_FIELDS; i++) {
        rule->lines[i] = (struct site_line){0};
        if (css[i] == NULL)
            continue;
        rule->lines[i].text = str_from_c(css[i]);
        rule->lines[i].css = selector_parse(a, rule->lines[i].text, &err);
        ck_assert_ptr_nonnull(rule->lines[i].css);
    }
    ck_assert(page_extract(a, &doc, &hints, &page, &err));
    return page;
}

static struct item item_of(struct arena *a, const struct page *page)
{
    struct clean_hints hints = {.url = STR("http://news.example.org/news/")};
    struct item item;

    ck_assert_uint_eq(page->n_drafts, 1);
    item_clean(a, &page->drafts[0], &hints, &item);
    return item;
}

START_TEST(bodies_are_joined_in_page_order_without_the_fields_in_them)
{
    const char *css[SITE_FIELDS] = {[SITE_TITLE] = "h2",
                                    [SITE_AUTHOR] = ".w",
                                    [SITE_BODY] = "#b, #a, .in",
                                    [SITE_DROP] = ".x",
                                    [SITE_NEXT] = ".n"};
    struct arena *a = arena_new(0);
    struct site_rule rule;
    struct page page = read_with(a, &rule, css, page_html);
    struct item item = item_of(a, &page);

    ck_str(item.text, "One.\n\nTwo.\n\nThree.");
    ck_str(item.title, "The headline");
    ck_assert_uint_eq(item.authors.n, 1);
    ck_str(item.authors.at[0].name, "Jane Roe");
    ck_str(page.next, "http://news.example.org/news/2.html");
    ck_assert_uint_eq(page.notes.n, 0);
    arena_free(a);
}
END_TEST

START_TEST(what_selects_nothing_is_noted_and_found_without_the_rule)
{
    const char *css[SITE_FIELDS] = {
        [SITE_TITLE] = "h5", [SITE_DATE] = "h2", [SITE_BODY] = ".no"};
    struct arena *a = arena_new(0);
    struct site_rule rule;
    struct page page = read_with(a, &rule, css, page_html);
    struct item item = item_of(a, &page);
    size_t n = 0;

    ck_has(item.text, "breakwater");
    for (const struct note *k = page.notes.first; k != NULL; k = k->next)
        n += k->code == NOTE_RULE_UNMATCHED;
    ck_assert_uint_eq(n, 2);
    ck_assert_uint_eq(page.rule_matched, 1u << SITE_DATE);
    ck_assert_uint_eq(item.notes.n, 1);
    ck_has(item.notes.first->text, "date: h2 holds no date");
    arena_free(a);
}
END_TEST

START_TEST(a_body_that_is_a_row_of_links_leaves_a_list_a_list)
{
    const char *css[SITE_FIELDS] = {[SITE_BODY] = "ul"};
    struct arena *a = arena_new(0);
    struct site_rule rule;
    struct page page = read_with(
        a, &rule, css,
        "<html><body><ul><li><a href='/2024/1.html'>The council votes on the "
        "eastern breakwater</a><li><a href='/2024/2.html'>Growers graft old "
        "varieties again</a><li><a href='/2024/3.html'>A ferry for the islands "
        "is late once more</a><li><a href='/2024/4.html'>Frost takes half of "
        "the blossom in the hills</a><li><a href='/2024/5.html'>What caissons "
        "cost this year</a></ul></body></html>");

    ck_assert_int_eq(page.kind, PAGE_LIST);
    ck_assert_uint_eq(page.n_links, 5);
    arena_free(a);
}
END_TEST

START_TEST(the_rule_of_the_nearest_domain_counts)
{
    struct site_rule at[] = {{.host = STR("example.org")},
                             {.host = STR("news.example.org")}};
    struct site_rules rules = {.at = at, .n = 2};
    struct arena *a = arena_new(0);

    ck_assert_ptr_eq(site_rule_for(a, &rules, STR("http://Example.org/x")),
                     &at[0]);
    ck_assert_ptr_eq(
        site_rule_for(a, &rules, STR("https://a.news.example.org")), &at[1]);
    ck_assert_ptr_null(site_rule_for(a, &rules, STR("http://badexample.org/")));
    ck_assert_ptr_null(site_rule_for(a, &rules, STR_NONE));
    ck_assert_ptr_null(site_rule_for(a, NULL, STR("http://example.org/")));
    arena_free(a);
}
END_TEST

START_TEST(dropping_leaves_no_hole_in_the_tree)
{
    const char *css[SITE_FIELDS] = {[SITE_DROP] = "head, b, p"};
    struct arena *a = arena_new(0);
    struct site_rule rule;
    struct page page = read_with(a, &rule, css, page_html);

    ck_assert_uint_le(page.n_drafts, 1);
    css[SITE_DROP] = "*";
    page = read_with(a, &rule, css, page_html);
    ck_assert_uint_le(page.n_drafts, 1);
    arena_free(a);
}
END_TEST

UNIT_TESTS(bodies_are_joined_in_page_order_without_the_fields_in_them,
           what_selects_nothing_is_noted_and_found_without_the_rule,
           a_body_that_is_a_row_of_links_leaves_a_list_a_list,
           the_rule_of_the_nearest_domain_counts,
           dropping_leaves_no_hole_in_the_tree)
