#include "unit/fields_test.h"

static struct arena *a;

static struct str date_at(const char *html, const char *url)
{
    arena_free(a);
    a = arena_new(0);
    return when_of(a, fields_of(a, html, url).published);
}

static struct str date_of(const char *html)
{
    return date_at(html, "https://lindesby.example/a/1");
}

#define HEAD_EN "<title>Breakwater to be rebuilt</title>"
#define H1_EN   "<h1>Breakwater to be rebuilt</h1>"
#define HEAD_ZH "<title>防波堤今年重修，渡船停航</title>"
#define H1_ZH   "<h1>防波堤今年重修，渡船停航</h1>"

START_TEST(publication_is_taken_and_not_the_update)
{
    ck_str(date_of(HEAD_EN
                   "<meta property='article:modified_time' "
                   "content='2021-05-04T10:00:00+02:00'>"
                   "<meta property='article:published_time' "
                   "content='2021-05-03T10:00:00+02:00'>" H1_EN PROSE_EN),
           "2021-05-03T10:00:00+02:00");
    ck_str(date_of(HEAD_EN H1_EN "<p>Updated: 4 May 2021</p>"
                                 "<p>Published: 3 May 2021</p>" PROSE_EN),
           "2021-05-03T00:00:00Z");
}
END_TEST

START_TEST(a_chinese_page_without_a_zone_is_at_plus_eight_and_says_so)
{
    struct draft d;

    arena_free(a);
    a = arena_new(0);
    d = fields_of(a, HEAD_ZH H1_ZH "<p>发布时间：2021-05-03 10:20</p>" PROSE_ZH,
                  "https://lindesby.example/a/1");
    ck_str(when_of(a, d.published), "2021-05-03T10:20:00+08:00");
    ck_assert(notes_have(&d.notes, NOTE_ZONE_ASSUMED));
}
END_TEST

START_TEST(dates_in_prose_comments_and_side_bars_are_none)
{
    ck_str(date_of(HEAD_EN H1_EN PROSE_EN
                   "<p>On 3 May 2020 the first stone was laid, said the "
                   "mayor, who remembers the day and the weather well.</p>"
                   "<div class='comments'><h3>Comments</h3><p>Ann "
                   "2021-06-01 10:00</p><p>Well done.</p></div>"
                   "<aside class='sidebar'><a href='/b'>Old wall</a> "
                   "2019-01-01</aside>"),
           "");
}
END_TEST

START_TEST(no_year_is_completed)
{
    ck_str(date_of(HEAD_ZH H1_ZH "<p>发布时间：10-08 12:00</p>" PROSE_ZH), "");
    ck_str(date_of(HEAD_ZH H1_ZH "<p>昨天</p>" PROSE_ZH), "");
}
END_TEST

START_TEST(the_day_the_page_shows_gives_the_zone_of_a_declared_moment)
{
    ck_str(date_of(HEAD_EN "<meta property='article:published_time' "
                           "content='2021-05-04T02:30:00Z'>" H1_EN
                           "<p>May 3, 2021, 9:30 pm</p>" PROSE_EN),
           "2021-05-03T21:30:00-05:00");
    ck_str(date_of(HEAD_EN "<meta property='article:published_time' "
                           "content='2021-05-04T02:30:00Z'>" H1_EN
                           "<p>May 3, 2021</p>" PROSE_EN),
           "2021-05-03T23:30:00-03:00");
}
END_TEST

START_TEST(a_declared_day_takes_its_time_from_the_line_that_shows_it)
{
    ck_str(date_of(HEAD_ZH
                   "<meta name='publishdate' content='2021-05-03'>" H1_ZH
                   "<p>2021年05月03日08:18</p>" PROSE_ZH),
           "2021-05-03T08:18:00+08:00");
}
END_TEST

START_TEST(a_day_takes_its_time_from_the_element_that_shows_it)
{
    /* Of two moments that are shown, the element's. */
    ck_str(date_of(HEAD_EN
                   "<meta name='publishdate' content='2021-05-03'>" H1_EN
                   "<p>Posted 3 May 2021, 16:40</p>"
                   "<p><time datetime='2021-05-03T14:22:09-05:00'>"
                   "3 May 2021</time></p>" PROSE_EN),
           "2021-05-03T14:22:09-05:00");
    ck_str(date_of(HEAD_EN H1_EN
                   "<p>Posted on <time datetime='2021-05-03T14:22:09-05:00'>"
                   "3 May 2021</time></p>" PROSE_EN),
           "2021-05-03T14:22:09-05:00");
    ck_str(date_of(HEAD_EN
                   "<h2>Monday, 3 May 2021</h2>" H1_EN PROSE_EN
                   "<p>at <abbr class='published' "
                   "title='2021-05-03T10:15:00-04:00'>10:15</abbr></p>"),
           "2021-05-03T10:15:00-04:00");
    /* WordPress themes call the time of publication "updated". */
    ck_str(date_of(HEAD_EN H1_EN
                   "<p>Posted on <time class='entry-date updated' "
                   "datetime='2021-05-03T14:22:09-05:00'>3 May "
                   "2021</time></p>" PROSE_EN),
           "2021-05-03T14:22:09-05:00");
    /* Neither another day nor midnight says when. */
    ck_str(date_of(HEAD_EN H1_EN
                   "<p>Posted on <time datetime='2021-05-04T14:22:09-05:00'>"
                   "3 May 2021</time></p>" PROSE_EN),
           "2021-05-03T00:00:00Z");
    ck_str(date_of(HEAD_EN H1_EN
                   "<p>Posted on <time datetime='2021-05-03T00:00:00+05:00'>"
                   "3 May 2021</time></p>" PROSE_EN),
           "2021-05-03T00:00:00Z");
}
END_TEST

START_TEST(an_attribute_may_hold_the_date_of_an_element)
{
    ck_str(date_of(HEAD_ZH H1_ZH "<p><span class='post-time' "
                                 "data-time='2021-05-03 22:10:37'>"
                                 "最新推荐文章于 2023-03-01 10:00:00 发布"
                                 "</span></p>" PROSE_ZH),
           "2021-05-03T22:10:37+08:00");
}
END_TEST

START_TEST(the_day_of_the_newspapers_page_below_the_text_counts)
{
    ck_str(date_of(HEAD_ZH H1_ZH PROSE_ZH
                   "<div>2022年06月17日 第07版：副刊</div>"),
           "2022-06-17T00:00:00+08:00");
    ck_str(date_of(HEAD_ZH H1_ZH PROSE_ZH "<div>2022年06月17日 潮汐表</div>"),
           "");
}
END_TEST

START_TEST(a_script_knows_the_year_that_the_page_leaves_out)
{
    ck_str(date_of(HEAD_ZH H1_ZH
                   "<p>05-27 22:41</p>" PROSE_ZH
                   "<script>window.__STATE__={show_time:\"2024-05-27 "
                   "22:41:36\"}</script>"),
           "2024-05-27T22:41:36+08:00");
}
END_TEST

START_TEST(a_clearly_earlier_date_on_the_page_is_the_first_publication)
{
    ck_str(date_of(HEAD_EN "<meta property='article:published_time' "
                           "content='2023-05-04T02:30:00Z'>" H1_EN
                           "<p>Published April 26, 2021</p>" PROSE_EN),
           "2021-04-26T00:00:00Z");
}
END_TEST

START_TEST(the_address_is_the_last_witness)
{
    ck_str(date_at(HEAD_EN H1_EN PROSE_EN,
                   "https://lindesby.example/2021/05/03/wall"),
           "2021-05-03T00:00:00Z");
    ck_str(date_at(HEAD_EN H1_EN PROSE_EN,
                   "https://lindesby.example/2021/5/3/wall"),
           "2021-05-03T00:00:00Z");
    ck_str(date_at(HEAD_EN H1_EN PROSE_EN,
                   "https://lindesby.example/2021/13/03/wall"),
           "");
    ck_str(date_at(HEAD_EN H1_EN PROSE_EN,
                   "https://lindesby.example/820210503177"),
           "");
}
END_TEST

START_TEST(a_script_that_names_one_date_is_believed_and_a_list_is_not)
{
    ck_str(date_of(HEAD_ZH
                   "<script>var ct = \"1620008400\";</script>" H1_ZH PROSE_ZH),
           "2021-05-03T10:20:00+08:00");
    ck_str(date_of(HEAD_ZH
                   "<script>x=[{\"publishDate\":\"2021-05-03\"},"
                   "{\"publishDate\":\"2021-05-02\"}]</script>" H1_ZH PROSE_ZH),
           "");
}
END_TEST

#define LINKS                                                                  \
    "<nav><ul><li><a href='/a'>Nets</a></li><li><a href='/b'>Sails</a></li>"   \
    "<li><a href='/c'>Ropes</a></li><li><a href='/d'>Boats</a></li>"           \
    "<li><a href='/e'>Paint</a></li><li><a href='/f'>Winches</a></li>"         \
    "<li><a href='/g'>Anchors</a></li><li><a "                                 \
    "href='/h'>Lamps</a></li></ul></nav>"

START_TEST(a_labelled_date_far_from_the_text_counts_when_it_is_the_only_one)
{
    ck_str(date_of(HEAD_EN H1_EN PROSE_EN LINKS LINKS
                   "<p>Published: Feb 2, 2023</p>" LINKS LINKS),
           "2023-02-02T00:00:00Z");
    ck_str(date_of(HEAD_EN H1_EN PROSE_EN LINKS LINKS
                   "<p>Published: Feb 2, 2023</p>"
                   "<p>Published: Feb 9, 2023</p>" LINKS LINKS),
           "");
}
END_TEST

START_TEST(the_month_of_the_address_may_be_a_word)
{
    ck_str(date_at(HEAD_EN H1_EN PROSE_EN,
                   "https://lindesby.example/2023/oct/03/breakwater"),
           "2023-10-03T00:00:00Z");
    /* and says which of 03/10 is the day */
    ck_str(date_at(HEAD_EN H1_EN "<p class='date'>03/10/2023</p>" PROSE_EN,
                   "https://lindesby.example/2023/october/3/breakwater"),
           "2023-10-03T00:00:00Z");
}
END_TEST

START_TEST(a_quoted_posts_date_is_not_the_articles)
{
    ck_str(date_of(HEAD_EN "<meta property='article:published_time' "
                           "content='2023-05-23T15:30:00+02:00'>" H1_EN
                           "<p class='lead'>See for yourselves.</p>"
                           "<blockquote><p>Waves!</p><time "
                           "datetime='2023-03-27T07:08:52+00:00'>27 March"
                           "</time></blockquote>" PROSE_EN),
           "2023-05-23T15:30:00+02:00");
}
END_TEST

START_TEST(the_day_on_which_a_writer_joined_is_none)
{
    ck_str(date_of(HEAD_EN
                   "<meta property='article:published_time' "
                   "content='2023-05-23T15:30:00+02:00'>" H1_EN
                   "<dl><dt>Joined</dt><dd>Nov 4, 2011</dd></dl>" PROSE_EN),
           "2023-05-23T15:30:00+02:00");
    ck_str(date_of(HEAD_EN H1_EN "<p>Joined Nov 4, 2011</p>" PROSE_EN), "");
}
END_TEST

START_TEST(an_element_that_gives_the_same_moment_gives_its_zone)
{
    ck_str(date_of(HEAD_EN "<meta property='article:published_time' "
                           "content='2023-05-23T23:30:00Z'>" H1_EN
                           "<time datetime='2023-05-24T04:30:00+05:00'>now"
                           "</time>" PROSE_EN),
           "2023-05-24T04:30:00+05:00");
    ck_str(date_of(HEAD_EN "<meta property='article:published_time' "
                           "content='2023-05-23T23:30:00Z'>" H1_EN
                           "<time datetime='2023-05-24T05:30:00+05:00'>later"
                           "</time>" PROSE_EN),
           "2023-05-23T23:30:00Z");
}
END_TEST

START_TEST(french_canada_reads_eastern_time)
{
    ck_str(date_of("<html lang='fr-CA'>" HEAD_EN
                   "<meta property='article:published_time' "
                   "content='2020-08-25T00:23:33Z'>" H1_EN PROSE_EN),
           "2020-08-24T20:23:33-04:00");
}
END_TEST

START_TEST(a_bylines_date_may_have_a_short_year_and_figures_in_prose_are_none)
{
    ck_str(date_of("<html lang='en'>" HEAD_EN H1_EN
                   "<p>By Jane Roe, 8.5.12</p>" PROSE_EN),
           "2012-05-08T00:00:00Z");
    ck_str(date_of("<html lang='de'>" HEAD_EN H1_EN
                   "<p>von Jane Roe am 26/10/13, 03:48 pm</p>" PROSE_EN),
           "2013-10-26T15:48:00+02:00");
    ck_str(date_of("<html lang='en'>" HEAD_EN H1_EN
                   "<p>Harbour survey, release 8.5.12</p>" PROSE_EN),
           "");
}
END_TEST

START_TEST(a_site_s_own_name_for_the_date_is_read)
{
    ck_str(date_of(HEAD_EN
                   "<meta property='lindesby_photos:uploaded' "
                   "content='2013-02-16T04:36:36-05:00'>" H1_EN PROSE_EN),
           "2013-02-16T04:36:36-05:00");
    ck_str(date_of(HEAD_EN
                   "<meta property='lindesby_photos:taken' "
                   "content='2013-02-16T04:36:36-05:00'>" H1_EN PROSE_EN),
           "");
}
END_TEST

START_TEST(a_date_that_a_script_writes_into_the_head_is_read)
{
    ck_str(date_of(HEAD_EN H1_EN "<p><script>showDate(\"2020/04/17 "
                                 "01:43:09\")</script></p>" PROSE_EN),
           "2020-04-17T01:43:09Z");
    ck_str(date_of(HEAD_EN H1_EN PROSE_EN
                   "<aside class='sidebar'><p>Other news</p><p><script>"
                   "showDate(\"2020/04/17 01:43:09\")</script></p></aside>"),
           "");
}
END_TEST

START_TEST(the_day_of_an_address_may_stand_first_if_it_can_be_no_month)
{
    ck_str(date_at(HEAD_EN H1_EN PROSE_EN,
                   "https://lindesby.example/news/29-10-2021"),
           "2021-10-29T00:00:00Z");
    ck_str(date_at(HEAD_EN H1_EN PROSE_EN,
                   "https://lindesby.example/news/10-29-2021-breakwater"),
           "2021-10-29T00:00:00Z");
    ck_str(date_at(HEAD_EN H1_EN PROSE_EN,
                   "https://lindesby.example/news/09-10-2021"),
           "");
}
END_TEST

#define CREDITS "<p>Lindesby</p><p>Burkhard Meyer</p><p>Concrete</p>"

START_TEST(the_nearest_day_alone_in_a_line_above_the_title_counts)
{
    ck_str(date_of(HEAD_EN
                   "<p>1 May 2021</p><p>3 May 2021</p>" CREDITS H1_EN PROSE_EN),
           "2021-05-03T00:00:00Z");
    ck_str(
        date_of(HEAD_EN "<p>Since 3 May 2021 open</p>" CREDITS H1_EN PROSE_EN),
        "");
    ck_str(date_of(HEAD_EN
                   "<p>3 May 2021</p>" CREDITS CREDITS CREDITS H1_EN PROSE_EN),
           "");
}
END_TEST

START_TEST(figures_of_two_elements_that_touch_are_two)
{
    ck_str(date_of(HEAD_EN H1_EN "<div><span>Mar 27, 2025</span><span>5 mins"
                                 "</span></div>" PROSE_EN),
           "2025-03-27T00:00:00Z");
}
END_TEST

UNIT_TESTS(a_day_takes_its_time_from_the_element_that_shows_it,
           an_attribute_may_hold_the_date_of_an_element,
           the_day_of_the_newspapers_page_below_the_text_counts,
           a_script_knows_the_year_that_the_page_leaves_out,
           a_bylines_date_may_have_a_short_year_and_figures_in_prose_are_none,
           a_site_s_own_name_for_the_date_is_read,
           a_date_that_a_script_writes_into_the_head_is_read,
           the_day_of_an_address_may_stand_first_if_it_can_be_no_month,
           a_quoted_posts_date_is_not_the_articles,
           the_day_on_which_a_writer_joined_is_none,
           an_element_that_gives_the_same_moment_gives_its_zone,
           french_canada_reads_eastern_time,
           a_labelled_date_far_from_the_text_counts_when_it_is_the_only_one,
           the_month_of_the_address_may_be_a_word,
           publication_is_taken_and_not_the_update,
           a_chinese_page_without_a_zone_is_at_plus_eight_and_says_so,
           dates_in_prose_comments_and_side_bars_are_none, no_year_is_completed,
           the_day_the_page_shows_gives_the_zone_of_a_declared_moment,
           a_declared_day_takes_its_time_from_the_line_that_shows_it,
           a_clearly_earlier_date_on_the_page_is_the_first_publication,
           the_address_is_the_last_witness,
           the_nearest_day_alone_in_a_line_above_the_title_counts,
           figures_of_two_elements_that_touch_are_two,
           a_script_that_names_one_date_is_believed_and_a_list_is_not)
