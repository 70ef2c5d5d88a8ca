#include "unit/fields_test.h"

#include "base/buf.h"

static struct arena *a;
static struct page page;

static void read_page(const char *html, const char *url, const char *selector)
{
    struct document doc = {
        .kind = DOC_HTML, .text = str_from_c(html), .charset = STR("utf-8")};
    struct page_hints hints = {.url = str_from_c(url)};
    struct error err = {0};

    arena_free(a);
    a = arena_new(0);
    page = (struct page){0};
    if (selector != NULL) {
        hints.links = selector_parse(a, str_from_c(selector), &err);
        ck_assert_ptr_nonnull(hints.links);
    }
    ck_assert(page_extract(a, &doc, &hints, &page, &err));
}

#define ROW(n, title, day)                                                     \
    "<li><a href='/a/" n "'>" title "</a> <span>2021-05-" day "</span></li>"
#define ROWS                                                                   \
    "<ul class='news'>" ROW("1", "The breakwater will be rebuilt", "03")       \
        ROW("2", "Ferry waits for the new harbour wall", "02")                 \
            ROW("3", "Apple growers graft old varieties", "01")                \
                ROW("4", "Frost came late to the Marne hills", "01")           \
                    ROW("5", "Nets that cover the whole orchard", "01")        \
                        ROW("6", "Who pays for the caissons", "01") "</ul>"
#define MENU                                                                   \
    "<nav><a href='/'>Home</a><a href='/sea/'>News of the sea and the "        \
    "coast</a><a href='/land/'>News of the land and its orchards</a><a "       \
    "href='/all/'>All the news of the year so far</a></nav>"

START_TEST(an_index_of_dated_headlines_is_a_list)
{
    read_page("<title>Sea | Herald</title>" MENU "<h1>Sea</h1>" ROWS,
              "https://herald.example/sea/", NULL);
    ck_assert_int_eq(page.kind, PAGE_LIST);
    ck_assert_uint_eq(page.n_links, 6);
    ck_str(page.links[0].url, "https://herald.example/a/1");
    ck_str(page.links[0].title, "The breakwater will be rebuilt");
    ck_str(when_of(a, page.links[0].date), "2021-05-03T00:00:00Z");
    ck_str(when_of(a, page.links[1].date), "2021-05-02T00:00:00Z");
}
END_TEST

START_TEST(an_article_with_related_headlines_is_an_article)
{
    read_page("<title>Breakwater to be rebuilt | Herald</title>" MENU
              "<h1>Breakwater to be rebuilt</h1>" PROSE_EN ROWS,
              "https://herald.example/a/0", NULL);
    ck_assert_int_eq(page.kind, PAGE_ARTICLE);
}
END_TEST

START_TEST(a_short_note_with_many_headlines_around_is_an_article)
{
    read_page("<title>Ferry waits for wind and tide again | Herald</title>" MENU
              "<h1>Ferry waits for wind and tide again</h1><p>The ferry did "
              "not sail on Monday, because of the wind.</p>" ROWS,
              "https://herald.example/a/0", NULL);
    ck_assert_int_eq(page.kind, PAGE_ARTICLE);
}
END_TEST

START_TEST(with_a_selector_only_its_links_are_taken)
{
    read_page("<h1>Breakwater</h1>" PROSE_EN ROWS
              "<div class=more><p><a href='b/9#top'><b>Nine</b></a></p><p><a "
              "href='b/9'>Nine men in a boat</a></p></div>",
              "https://herald.example/sea/", "div.more a");
    ck_assert_int_eq(page.kind, PAGE_LIST);
    ck_assert_uint_eq(page.n_links, 1);
    ck_str(page.links[0].url, "https://herald.example/sea/b/9");
    ck_str(page.links[0].title, "Nine men in a boat");
}
END_TEST

START_TEST(a_selector_that_matches_nothing_is_noted)
{
    read_page("<h1>Sea</h1>" ROWS, "https://herald.example/", "div.none a");
    ck_assert_int_eq(page.kind, PAGE_LIST);
    ck_assert_uint_eq(page.n_links, 0);
    ck_assert(notes_have(&page.notes, NOTE_RULE_UNMATCHED));
}
END_TEST

START_TEST(the_words_of_a_headline_beat_those_of_its_picture)
{
    read_page("<div class=t><a href='/a/1'><img alt='A wall of stones seen "
              "from the sea in the evening'></a><a href='/a/1'>The breakwater "
              "will be rebuilt</a></div>",
              "https://herald.example/", "div.t a");
    ck_assert_uint_eq(page.n_links, 1);
    ck_str(page.links[0].title, "The breakwater will be rebuilt");
}
END_TEST

START_TEST(the_next_page_is_found_by_rel_or_by_words)
{
    read_page(ROWS "<a href='?p=2'>Older posts »</a>",
              "https://herald.example/sea/", NULL);
    ck_str(page.next, "https://herald.example/sea/?p=2");
    read_page(ROWS "<a href='/a/7'>Next</a>", "https://herald.example/sea/",
              NULL);
    ck_str(page.next, "");
    read_page(ROWS "<div class=pagination><a href='/sea/2'>Next</a></div>",
              "https://herald.example/sea/", NULL);
    ck_str(page.next, "https://herald.example/sea/2");
}
END_TEST

START_TEST(many_links_are_cut_off_at_two_hundred)
{
    struct buf b;

    buf_init(&b, BUF_MAX);
    for (int i = 0; i < 300; i++)
        buf_printf(&b, "<p class=t><a href='/a/%d'>Headline</a></p>", i);
    buf_add_char(&b, '\0');
    read_page(b.p, "https://herald.example/", "p.t a");
    ck_assert_uint_eq(page.n_links, 200);
    buf_done(&b);
}
END_TEST

UNIT_TESTS(an_index_of_dated_headlines_is_a_list,
           an_article_with_related_headlines_is_an_article,
           a_short_note_with_many_headlines_around_is_an_article,
           with_a_selector_only_its_links_are_taken,
           a_selector_that_matches_nothing_is_noted,
           the_words_of_a_headline_beat_those_of_its_picture,
           the_next_page_is_found_by_rel_or_by_words,
           many_links_are_cut_off_at_two_hundred)
