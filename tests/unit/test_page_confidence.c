/* How sure fields are: more with each witness that agrees, less with each that
 * does not. */
#include "unit/fields_test.h"

static struct confidence sure(const char *html)
{
    struct arena *a = arena_new(0);
    struct confidence c =
        fields_of(a, html, "https://lindesby.example/a/1").confidence;

    arena_free(a);
    return c;
}

#define TITLE   "<title>Breakwater to be rebuilt</title>"
#define H1      "<h1>Breakwater to be rebuilt</h1>"
#define OG(say) "<meta property='og:title' content='" say "'>"
#define LD(author, date)                                                       \
    "<script type='application/ld+json'>{\"@type\":\"NewsArticle\","           \
    "\"headline\":\"Breakwater to be rebuilt\",\"author\":{\"@type\":"         \
    "\"Person\",\"name\":\"" author "\"},\"datePublished\":\"" date            \
    "\"}</script>"

START_TEST(a_title_is_surer_the_more_say_it)
{
    float alone = sure(H1 PROSE_EN).title;
    float both = sure(TITLE OG("Breakwater to be rebuilt") H1 PROSE_EN).title;
    float apart = sure(TITLE OG("A day at the sea") H1 PROSE_EN).title;

    ck_assert(both > alone);
    ck_assert(both > apart);
    ck_assert(both >= .9F);
    ck_assert(apart < .9F);
}
END_TEST

START_TEST(a_headline_that_says_the_same_below_the_path_of_links_takes_nothing)
{
    float once = sure(TITLE OG("Breakwater to be rebuilt") H1 PROSE_EN).title;
    float twice =
        sure(TITLE OG("Breakwater to be rebuilt") "<nav>" H1 "</nav>"
                                                  "<h2>Breakwater to be "
                                                  "rebuilt</h2>" PROSE_EN)
            .title;

    ck_assert(twice >= once);
}
END_TEST

START_TEST(an_author_is_surer_when_the_byline_names_the_same)
{
    float alone = sure(LD("Jane Roe", "") H1 PROSE_EN).author;
    float both = sure(LD("Jane Roe", "") H1
                      "<a rel='author' href='/j'>Jane Roe</a>" PROSE_EN)
                     .author;
    float apart = sure(LD("Jane Roe", "") H1
                       "<a rel='author' href='/m'>Max Moe</a>" PROSE_EN)
                      .author;

    ck_assert(both > alone);
    ck_assert(alone > apart);
    ck_assert(both >= .9F);
}
END_TEST

START_TEST(an_author_is_surer_when_any_line_of_the_page_shows_the_name)
{
    float hidden = sure(LD("Jane Roe", "") H1 PROSE_EN).author;
    float shown = sure(LD("Jane Roe", "") H1 PROSE_EN
                       "<footer>Desk of Jane Roe and her cat</footer>")
                      .author;

    ck_assert(shown > hidden);
}
END_TEST

START_TEST(a_title_in_two_parts_is_less_sure)
{
    float one = sure("<title>Breakwater, rebuilt at last</title>"
                     "<h1>Breakwater, rebuilt at last</h1>" PROSE_EN)
                    .title;
    float two = sure("<title>Breakwater | rebuilt at last</title>"
                     "<h1>Breakwater | rebuilt at last</h1>" PROSE_EN)
                    .title;

    ck_assert(one > two);
}
END_TEST

START_TEST(a_date_is_surer_when_the_page_shows_the_same_day)
{
    float alone = sure(LD("", "2021-05-03T10:00:00Z") H1 PROSE_EN).date;
    float both =
        sure(LD("", "2021-05-03T10:00:00Z") H1 "<p>3 May 2021</p>" PROSE_EN)
            .date;
    float apart =
        sure(LD("", "2021-05-03T10:00:00Z") H1 "<p>9 June 2021</p>" PROSE_EN)
            .date;
    float changed = sure("<meta property='article:modified_time' "
                         "content='2021-05-03T10:00:00Z'>" H1 PROSE_EN)
                        .date;

    ck_assert(both > alone);
    ck_assert(alone > apart);
    ck_assert(both >= .9F);
    ck_assert(changed < .9F);
}
END_TEST

START_TEST(what_is_not_there_is_not_sure)
{
    struct confidence c = sure(H1 PROSE_EN);

    ck_assert(c.author == 0);
    ck_assert(c.date == 0);
}
END_TEST

UNIT_TESTS(a_title_is_surer_the_more_say_it,
           a_headline_that_says_the_same_below_the_path_of_links_takes_nothing,
           an_author_is_surer_when_the_byline_names_the_same,
           an_author_is_surer_when_any_line_of_the_page_shows_the_name,
           a_title_in_two_parts_is_less_sure,
           a_date_is_surer_when_the_page_shows_the_same_day,
           what_is_not_there_is_not_sure)
