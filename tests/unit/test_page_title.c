#include <stdio.h>

#include "unit/fields_test.h"

static struct str title_of(const char *html)
{
    static struct arena *a;
    struct str title;

    arena_free(a);
    a = arena_new(0);
    title = fields_of(a, html, "https://lindesby.example/a/1").title;
    return title;
}

START_TEST(the_heading_that_the_page_title_confirms_is_the_title)
{
    ck_str(title_of("<title>Breakwater to be rebuilt | Lindesby Herald</title>"
                    "<h1>Lindesby Herald</h1><h2>Other things today</h2>"
                    "<h1>Breakwater to be rebuilt</h1>" PROSE_EN),
           "Breakwater to be rebuilt");
}
END_TEST

START_TEST(a_meta_title_of_another_page_loses_to_the_heading)
{
    ck_str(title_of("<title>Breakwater to be rebuilt</title>"
                    "<meta property='og:title' content='Win a car today'>"
                    "<h1>Breakwater to be rebuilt</h1>" PROSE_EN),
           "Breakwater to be rebuilt");
}
END_TEST

START_TEST(a_declared_title_may_stand_in_two_headings)
{
    ck_str(title_of("<meta property='og:title' content='Salted herring with "
                    "pickled beet'><h1>Salted herring</h1>"
                    "<h2>with pickled beet</h2>" PROSE_EN),
           "Salted herring with pickled beet");
    ck_str(title_of("<meta property='og:title' content='Salted herring with "
                    "pickled beet'><h2>Salted herring</h2>"
                    "<h1>with pickled beet</h1>" PROSE_EN),
           "Salted herring with pickled beet");
    ck_str(title_of("<meta property='og:title' content='Salted herring"
                    "Lindesby cooks'><h1>Salted herring</h1>"
                    "<h2>Lindesby cooks</h2>" PROSE_EN),
           "Salted herring");
    ck_str(title_of("<meta property='og:title' content='From the harbour - "
                    "Salted herring with beet'><h2>From the harbour</h2>"
                    "<h1>Salted herring with beet</h1>" PROSE_EN),
           "Salted herring with beet");
}
END_TEST

START_TEST(a_meta_title_torn_by_a_quote_says_nothing)
{
    ck_str(
        title_of("<title>Mayor says &quot;not on my watch&quot; as pier "
                 "reopens</title><meta property=\"og:title\" content=\""
                 "Mayor says \"not on my watch\" as pier reopens\">" PROSE_EN),
        "Mayor says \"not on my watch\" as pier reopens");
    ck_str(title_of("<title>Lindesby's pier reopens</title><meta "
                    "property='og:title' content='Lindesby's pier "
                    "reopens'>" PROSE_EN),
           "Lindesby's pier reopens");
    /* A quote too many tears nothing. */
    ck_str(title_of("<title>Lindesby Herald</title><meta property=\"og:title\" "
                    "content=\"Pier of Lindesby reopens\"\">" PROSE_EN),
           "Pier of Lindesby reopens");
}
END_TEST

START_TEST(keyword_lists_and_the_site_behind_the_title_go)
{
    ck_str(title_of(
               "<title>防波堤今年重修_今日摇珠结果_免费图库下载_潮声网</title>"
               "<a href='/'>潮声网</a><div>正文</div>" PROSE_ZH),
           "防波堤今年重修");
    ck_str(title_of(
               "<title>防波堤今年重修，渡船停航三个月-潮声网</title>" PROSE_ZH),
           "防波堤今年重修，渡船停航三个月");
    ck_str(title_of("<title>Breakwater to be rebuilt - The Lindesby Herald"
                    "</title><meta property='og:site_name' content='The "
                    "Lindesby Herald'>" PROSE_EN),
           "Breakwater to be rebuilt");
}
END_TEST

START_TEST(a_site_named_by_its_link_goes_from_titles_without_blanks)
{
    static const char *const titles[] = {
        "防波堤今年重修——潮声网", "防波堤今年重修【潮声网】",
        "防波堤今年重修：潮声网", "防波堤今年重修 潮声网",
        "潮声网-防波堤今年重修",  "【潮声网】防波堤今年重修",
        "潮声网：防波堤今年重修",
    };

    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) {
        char html[4096];

        (void)snprintf(html, sizeof html,
                       "<title>%s</title><a href='/'><img src='l.png' "
                       "alt='潮声网'></a>" PROSE_ZH,
                       titles[i]);
        ck_str(title_of(html), "防波堤今年重修");
    }
    ck_str(
        title_of(
            "<title>潮声网友谈防波堤</title><a href='/'>潮声网</a>" PROSE_ZH),
        "潮声网友谈防波堤");
    ck_str(title_of(
               "<title>渔民走进潮声网</title><a href='/'>潮声网</a>" PROSE_ZH),
           "渔民走进潮声网");
}
END_TEST

START_TEST(site_date_and_published_before_the_title_go)
{
    ck_str(
        title_of("<title>防波堤今年重修_潮声网</title><a href='/'>潮声网</a>"
                 "<h1>潮声网2024年11月14日发布：防波堤今年重修</h1>" PROSE_ZH),
        "防波堤今年重修");
}
END_TEST

START_TEST(a_date_that_begins_the_title_itself_stays)
{
    ck_str(title_of("<title>2024年11月14日早间新闻摘要</title>"
                    "<h1>2024年11月14日早间新闻摘要</h1>" PROSE_ZH),
           "2024年11月14日早间新闻摘要");
}
END_TEST

START_TEST(a_line_without_heading_markup_is_found_by_the_page_title)
{
    ck_str(title_of("<title>防波堤今年重修，渡船停航三个月-潮声网</title>"
                    "<center><font size=5>防波堤今年重修，渡船停航三个月</font>"
                    "<br>2024年12月6日</center>" PROSE_ZH),
           "防波堤今年重修，渡船停航三个月");
}
END_TEST

START_TEST(what_og_title_and_json_ld_agree_on_beats_a_kicker_in_the_heading)
{
    ck_str(title_of("<title>Breakwater to be rebuilt</title>"
                    "<meta property='og:title' content='Breakwater to be "
                    "rebuilt'><script type='application/ld+json'>"
                    "{\"@type\":\"NewsArticle\",\"headline\":\"Breakwater to "
                    "be rebuilt\"}</script>"
                    "<h1><span>Harbour: </span>Breakwater to be "
                    "rebuilt</h1>" PROSE_EN),
           "Breakwater to be rebuilt");
}
END_TEST

START_TEST(a_kicker_inside_the_heading_is_no_part_of_the_title)
{
    ck_str(
        title_of(
            "<title>Breakwater to be rebuilt</title>"
            "<h1><span class='overline'>Harbour</span> <span>: </span>"
            "<span class='main'>Breakwater to be rebuilt</span></h1>" PROSE_EN),
        "Breakwater to be rebuilt");
    ck_str(title_of("<title>Harbour: Breakwater to be rebuilt | L</title>"
                    "<meta property='og:title' content='Harbour: Breakwater "
                    "to be rebuilt'><meta name='twitter:title' "
                    "content='Harbour: Breakwater to be rebuilt'>"
                    "<h1><span class='overline'>Harbour: </span>Breakwater "
                    "to be rebuilt</h1>" PROSE_EN),
           "Harbour: Breakwater to be rebuilt");
}
END_TEST

START_TEST(readings_of_ruby_are_not_part_of_the_title)
{
    ck_str(title_of("<title>港の防波堤を直す</title><h1><ruby>港<rt>みなと</rt>"
                    "</ruby>の<ruby>防波堤<rt>ぼうはてい</rt></ruby>を直す</"
                    "h1>" PROSE_EN),
           "港の防波堤を直す");
}
END_TEST

START_TEST(a_section_that_repeats_half_of_the_title_is_not_it)
{
    ck_str(title_of("<title>Breakwater to be rebuilt? Nine million for the "
                    "eastern wall</title><h1>Nine million for the eastern "
                    "wall: the breakwater is to be rebuilt</h1>" PROSE_EN
                    "<h3>Breakwater to be rebuilt?</h3>" PROSE_EN),
           "Nine million for the eastern wall: the breakwater is to be "
           "rebuilt");
}
END_TEST

#define LD(headline)                                                           \
    "<script type='application/ld+json'>{\"@type\":\"NewsArticle\","           \
    "\"headline\":\"" headline "\"}</script>"

START_TEST(the_heading_beats_the_same_title_written_for_machines)
{
    ck_str(
        title_of(
            "<title>Breakwater rebuilt: what it costs</title>"
            "<meta property='og:title' content='Breakwater rebuilt: "
            "what it costs'>" LD(
                "Breakwater rebuilt: what it costs") "<h1>Breakwater to be "
                                                     "rebuilt: what it costs "
                                                     "the town</h1>" PROSE_EN),
        "Breakwater to be rebuilt: what it costs the town");
    /* But not when the heading is about something else. */
    ck_str(title_of(
               "<title>Breakwater to be rebuilt</title>"
               "<meta property='og:title' content='Breakwater to be "
               "rebuilt'>" LD(
                   "Breakwater to be rebuilt") "<h1>Write to us</h1>" PROSE_EN),
           "Breakwater to be rebuilt");
}
END_TEST

START_TEST(the_main_heading_beats_one_below_it_that_nothing_confirms)
{
    ck_str(title_of("<title>What a breakwater costs</title>"
                    "<meta property='og:title' content='What a breakwater "
                    "costs - a guide'>"
                    "<h1>A guide to harbour walls in 2024</h1>" PROSE_EN
                    "<h2>What does a breakwater cost the town?</h2>" PROSE_EN),
           "A guide to harbour walls in 2024");
}
END_TEST

START_TEST(of_two_confirmed_headings_the_declared_one_is_the_title)
{
    ck_str(
        title_of("<title>Harbour rules: Lindesby harbour rules</title>"
                 "<meta property='og:title' content='Lindesby harbour "
                 "rules'><h1>Harbour rules</h1>"
                 "<p>All rules of the coast</p>"
                 "<h1><a href=/a/1>Lindesby harbour rules</a></h1>" PROSE_EN),
        "Lindesby harbour rules");
}
END_TEST

START_TEST(a_short_heading_that_the_title_begins_with_is_the_title)
{
    ck_str(title_of("<title>Sea Wall - Lindesby harbour office, moorings, "
                    "repairs and winter storage</title>"
                    "<div>Articles</div><div>3 May 2024</div><h1>Sea "
                    "Wall</h1>" PROSE_EN),
           "Sea Wall");
}
END_TEST

START_TEST(the_host_is_the_sites_name_and_a_word_of_it_is_not)
{
    ck_str(
        title_of("<title>lindesby.example Sea wall notes</title>"
                 "<h1>lindesby.example</h1><h2>Sea wall notes</h2>" PROSE_EN),
        "Sea wall notes");
    ck_str(title_of("<title>Boat moorings – what they cost | "
                    "Boat-Moorings24</title>"
                    "<meta property='og:site_name' content='Boat-Moorings24'>"
                    "<h1>Boat moorings – what they cost</h1>" PROSE_EN),
           "Boat moorings – what they cost");
}
END_TEST

START_TEST(a_heading_in_the_path_of_links_gives_way_to_the_declared_headline)
{
#define HEAD_FOR_CRUMBS                                                        \
    "<title>Lindesby harbour: breakwater will be rebuilt</title>"              \
    "<meta property='og:title' content='The old wall has to go'>"
#define CRUMB "<h1>Lindesby harbour: breakwater will be rebuilt</h1>"
#define BELOW_CRUMBS                                                           \
    "<h2><span class='kicker'>Storms</span> "                                  \
    "<span>The old wall has to go</span></h2>" PROSE_EN

    ck_str(title_of(HEAD_FOR_CRUMBS "<nav><a href='/'>Home</a> " CRUMB
                                    "</nav>" BELOW_CRUMBS),
           "The old wall has to go");
    ck_str(title_of(HEAD_FOR_CRUMBS "<ul><li><a href='/sea'>Sea</a></li><li>"
                                    "" CRUMB "</li></ul>" BELOW_CRUMBS),
           "The old wall has to go");
    ck_str(title_of(HEAD_FOR_CRUMBS
                    "<div class='page__breadcrumbs'><a href='/'>Home</a> " CRUMB
                    "</div>" BELOW_CRUMBS),
           "The old wall has to go");
    ck_str(title_of(HEAD_FOR_CRUMBS "<header>" CRUMB "</header>" BELOW_CRUMBS),
           "Lindesby harbour: breakwater will be rebuilt");
}
END_TEST

START_TEST(a_heading_in_the_path_of_links_stays_when_nothing_below_is_declared)
{
    ck_str(title_of("<title>Lindesby harbour: breakwater rebuilt</title>"
                    "<meta property='og:title' content='Lindesby harbour: "
                    "breakwater rebuilt'>"
                    "<nav><a href='/'>Home</a> <a href='/sea'>Sea</a> "
                    "<h1>Lindesby harbour: breakwater rebuilt</h1></nav>"
                    "<h2>Storms had opened the breakwater</h2>" PROSE_EN),
           "Lindesby harbour: breakwater rebuilt");
}
END_TEST

START_TEST(the_site_says_its_own_name)
{
    struct arena *a = arena_new(0);
    struct draft d = fields_of(
        a,
        "<title>防波堤今年重修_潮声网</title><a href='/'>潮声网</a>" PROSE_ZH,
        "https://lindesby.example/a/1");

    ck_str(d.site_name, "潮声网");
    arena_free(a);
}
END_TEST

START_TEST(a_part_of_the_heading_that_the_page_title_says_is_the_title)
{
    ck_str(title_of("<title>Who pays for the wall? - Lindesby Herald</title>"
                    "<h2><span>Works in the harbour</span> "
                    "<span>Who pays for the wall?</span></h2>" PROSE_EN),
           "Who pays for the wall?");
    ck_str(
        title_of("<title>防波堤外三天两夜流水账 - 闲聊 - 潮声论坛 - Powered by "
                 "Forumware!</title><h1><a>[原创]</a> <span>"
                 "防波堤外三天两夜流水账</span></h1>" PROSE_ZH),
        "防波堤外三天两夜流水账");
    ck_str(title_of("<title>Who pays for the wall? - Lindesby Herald</title>"
                    "<meta property='og:title' content='Works in the harbour: "
                    "Who pays for the wall?'>"
                    "<h2><span>Works in the harbour</span> "
                    "<span>Who pays for the wall?</span></h2>" PROSE_EN),
           "Works in the harbour Who pays for the wall?");
}
END_TEST

START_TEST(where_the_head_says_nothing_the_heading_at_the_text_is_the_title)
{
    static const char *const heads[] = {
        "<title>Lindesby Herald -</title>", "<title>Untitled Document</title>",
        "<title>Lindesby Herald</title><a href='/'>Lindesby Herald</a>",
        "<title>Lindesby - the Herald</title><a href='/'><img src='l.png' "
        "alt='Lindesby - the Herald'></a>",
        "<title>Lindesby Herald</title><meta property='og:title' "
        "content='Lindesby Herald'><h1><a href='/'>Lindesby Herald</a></h1>"};

    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        char html[4096];

        (void)snprintf(
            html, sizeof html,
            "%s<h2>News</h2><h3>Breakwater to be rebuilt</h3>" PROSE_EN,
            heads[i]);
        ck_str(title_of(html), "Breakwater to be rebuilt");
    }
    ck_str(title_of("<title>Untitled</title><h2>Breakwater to be rebuilt</h2>"
                    "<h3>The ferry stops for months</h3>" PROSE_EN),
           "Breakwater to be rebuilt");
    ck_str(title_of("<title>::: 潮声网 :::</title><table><tr><th>标题</th><td>"
                    "防波堤今年重修</td></tr><tr><th>作者</th><td>管理员</td>"
                    "</tr><tr><td colspan=2>" PROSE_ZH "</td></tr></table>"),
           "防波堤今年重修");
    ck_str(title_of("<title>Breakwater to be rebuilt |</title>"
                    "<h2>Breakwater to be rebuilt</h2><h3>The ferry stops for "
                    "months</h3>" PROSE_EN),
           "Breakwater to be rebuilt");
}
END_TEST

START_TEST(columns_and_sites_behind_titles_without_blanks_go)
{
    ck_str(title_of("<title>防波堤今年重修-港务新闻-潮声网</title>" PROSE_ZH),
           "防波堤今年重修-港务新闻");
    ck_str(title_of("<title>防波堤今年重修渡船停航-港务新闻-潮声网"
                    "</title>" PROSE_ZH),
           "防波堤今年重修渡船停航");
    ck_str(title_of("<title>防波堤今年重修渡船停航--港务--潮声网"
                    "</title>" PROSE_ZH),
           "防波堤今年重修渡船停航");
    ck_str(title_of("<title>防波堤今年重修 - 港湾公式ウェブサイト"
                    "</title>" PROSE_ZH),
           "防波堤今年重修");
    ck_str(title_of("<title>防波堤今年重修 - 海边 - 潮声论坛 - Powered by "
                    "Forumware!</title>" PROSE_ZH),
           "防波堤今年重修");
}
END_TEST

START_TEST(a_board_behind_an_angle_goes_if_the_page_names_it)
{
    ck_str(
        title_of("<title>防波堤今年重修 &gt; 自由板 | 潮声网</title>"
                 "<h1>防波堤今年重修 &gt; 自由板</h1><h2>自由板</h2>" PROSE_ZH),
        "防波堤今年重修");
    ck_str(title_of("<title>防波堤今年重修 &gt; 去年 | 潮声网</title>"
                    "<h1>防波堤今年重修 &gt; 去年</h1>" PROSE_ZH),
           "防波堤今年重修 > 去年");
}
END_TEST

START_TEST(the_head_of_a_title_goes_only_where_the_page_names_it)
{
    static const char page[] = "<title>明日预测--防波堤今年重修渡船停航</"
                               "title>%s<div>防波堤今年重修渡船"
                               "停航</div><div>2024-03-11 10:20</div>" PROSE_ZH;
    char html[4096];

    (void)snprintf(html, sizeof html, page, "");
    ck_str(title_of(html), "明日预测--防波堤今年重修渡船停航");
    (void)snprintf(html, sizeof html, page,
                   "<ul><li><a href='/m'>明日预测</a></li></ul>");
    ck_str(title_of(html), "防波堤今年重修渡船停航");
}
END_TEST

START_TEST(a_number_above_the_date_is_no_title)
{
    ck_str(title_of("<title>Breakwater to be rebuilt this year</title>"
                    "<p>PR24-0311</p><p>11 March 2024</p>" PROSE_EN),
           "Breakwater to be rebuilt this year");
}
END_TEST

START_TEST(quotation_marks_around_a_title_stay)
{
    ck_str(title_of("<title>»The wall must go«</title>" PROSE_EN),
           "»The wall must go«");
    ck_str(title_of("<title>«The wall must go» - Herald</title>" PROSE_EN),
           "«The wall must go»");
}
END_TEST

START_TEST(a_label_before_the_declared_title_is_no_part_of_it)
{
    ck_str(title_of("<title>[24.11] Breakwater to be rebuilt this year</title>"
                    "<meta property='og:title' content='Breakwater to be "
                    "rebuilt this year'><h1><span>Title:</span>Breakwater to "
                    "be rebuilt this year</h1>" PROSE_EN),
           "Breakwater to be rebuilt this year");
}
END_TEST

UNIT_TESTS(a_declared_title_may_stand_in_two_headings,
           quotation_marks_around_a_title_stay,
           columns_and_sites_behind_titles_without_blanks_go,
           a_board_behind_an_angle_goes_if_the_page_names_it,
           the_head_of_a_title_goes_only_where_the_page_names_it,
           a_number_above_the_date_is_no_title,
           where_the_head_says_nothing_the_heading_at_the_text_is_the_title,
           a_label_before_the_declared_title_is_no_part_of_it,
           a_site_named_by_its_link_goes_from_titles_without_blanks,
           a_meta_title_torn_by_a_quote_says_nothing,
           a_part_of_the_heading_that_the_page_title_says_is_the_title,
           the_heading_that_the_page_title_confirms_is_the_title,
           a_meta_title_of_another_page_loses_to_the_heading,
           keyword_lists_and_the_site_behind_the_title_go,
           site_date_and_published_before_the_title_go,
           a_date_that_begins_the_title_itself_stays,
           a_line_without_heading_markup_is_found_by_the_page_title,
           what_og_title_and_json_ld_agree_on_beats_a_kicker_in_the_heading,
           a_kicker_inside_the_heading_is_no_part_of_the_title,
           readings_of_ruby_are_not_part_of_the_title,
           a_section_that_repeats_half_of_the_title_is_not_it,
           the_heading_beats_the_same_title_written_for_machines,
           the_main_heading_beats_one_below_it_that_nothing_confirms,
           of_two_confirmed_headings_the_declared_one_is_the_title,
           a_short_heading_that_the_title_begins_with_is_the_title,
           the_host_is_the_sites_name_and_a_word_of_it_is_not,
           a_heading_in_the_path_of_links_gives_way_to_the_declared_headline,
           a_heading_in_the_path_of_links_stays_when_nothing_below_is_declared,
           the_site_says_its_own_name)
