#include "unit/page_test.h"

#define NL      "\n\n"
#define HARBOUR HARBOUR_1 NL HARBOUR_2 NL HARBOUR_3 NL HARBOUR_4
#define ORCHARD ORCHARD_1 NL ORCHARD_2 NL ORCHARD_3 NL ORCHARD_4
#define HARBOUR_P                                                              \
    "<p>" HARBOUR_1 "</p><p>" HARBOUR_2 "</p><p>" HARBOUR_3                    \
    "</p><p>" HARBOUR_4 "</p>"
#define ORCHARD_P                                                              \
    "<p>" ORCHARD_1 "</p><p>" ORCHARD_2 "</p><p>" ORCHARD_3                    \
    "</p><p>" ORCHARD_4 "</p>"

static void check_two(struct arena *a, const char *text)
{
    struct item items[4] = {0};

    ck_assert_uint_eq(page_items(a, DOC_TEXT, text, items, 4), 2);
    ck_str(items[0].title, "Lindesby rebuilds its breakwater");
    ck_str(items[0].text, HARBOUR);
    ck_str(items[1].title, "Apple growers turn to late blossom");
    ck_str(items[1].text, ORCHARD);
}

START_TEST(numbered_labels_glued_to_titles_part_articles)
{
    struct arena *a = arena_new(0);

    check_two(
        a,
        "Pick of the day Recommended1Lindesby rebuilds its breakwater" NL
            HARBOUR NL
        "Recommended2Recommended3Apple growers turn to late blossom" NL ORCHARD
            NL);
    arena_free(a);
}
END_TEST

START_TEST(numbered_labels_on_lines_of_their_own_part_articles)
{
    struct arena *a = arena_new(0);

    check_two(a, "Our favourite stories" NL "Story 1" NL
                 "Lindesby rebuilds its breakwater" NL HARBOUR NL "Story 2" NL
                 "Apple growers turn to late blossom" NL ORCHARD NL);
    arena_free(a);
}
END_TEST

START_TEST(a_title_behind_credits_begins_an_article)
{
    struct arena *a = arena_new(0);

    check_two(a, "Lindesby rebuilds its breakwater" NL HARBOUR NL
                 "Editor: Karin Falk" NL
                 "Apple growers turn to late blossom" NL ORCHARD NL);
    arena_free(a);
}
END_TEST

START_TEST(numbered_sections_of_one_article_stay_together)
{
    struct arena *a = arena_new(0);
    struct item items[4] = {0};

    ck_assert_uint_eq(
        page_items(a, DOC_TEXT,
                   "How Lindesby rebuilds its breakwater" NL "Step 1" NL
                   "The vote" NL HARBOUR_1 NL HARBOUR_3 NL "Step 2" NL
                   "The work" NL HARBOUR_2 NL HARBOUR_4,
                   items, 4),
        1);
    arena_free(a);
}
END_TEST

START_TEST(articles_under_a_false_title_are_parted_in_markup)
{
    struct arena *a = arena_new(0);
    struct item items[4] = {0};

    ck_assert_uint_eq(
        page_items(a, DOC_HTML,
                   "<html><head><title>Cheap shoes list</title></head><body>"
                   "<h1>Cheap shoes list</h1><div id=c>"
                   "<div><span>Recommended 1</span>"
                   "<h2>Lindesby rebuilds its breakwater</h2></div>" HARBOUR_P
                       HARBOUR_P "<div><span>Recommended 2</span></div>"
                   "<div><span>Recommended 3</span>"
                   "<h2>Apple growers turn to late blossom</h2></div>" ORCHARD_P
                   "</div></body></html>",
                   items, 4),
        2);
    ck_str(items[0].title, "Lindesby rebuilds its breakwater");
    ck_str(items[1].title, "Apple growers turn to late blossom");
    ck_lacks(items[0].text, "Recommended");
    ck_lacks(items[0].text, "orchard");
    ck_lacks(items[1].text, "harbour");
    arena_free(a);
}
END_TEST

/* A short piece of each of two reporters; the moments below their headings. */
static size_t pieces_of(struct arena *a, const char *first, const char *second)
{
    struct item items[4] = {0};
    struct str page;

    page = arena_printf(
        a,
        "<html lang=\"zh\"><title>本周合集</title><h1>本周合集</h1>"
        "<h2>北坡茶园装上喷头</h2><p>记者 何松年 %s</p>"
        "<p>四十亩茶园上周装好了雾化喷头，春旱时每天清晨喷两次水。</p>"
        "<p>"
        "合作社算过账，省下的水费两年就能抵掉设备钱，老茶农仍在坡顶留一块靠天吃"
        "饭的地。</p>"
        "<h2>旧粮仓改成图书室</h2><p>记者 罗明珂 %s</p>"
        "<p>"
        "闲置十六年的粮仓换了新瓦，靠墙摆下三千册旧书，周末开到晚上八点，雨天也"
        "不关门。</p>"
        "<p>"
        "管理员每借出一本就在门口的黑板上画一道，孩子们最常借的是昆虫图鉴和地图"
        "。</p>",
        first, second);
    return page_items(a, DOC_HTML, page.p, items, 4);
}

START_TEST(short_pieces_of_others_and_other_days_are_articles)
{
    struct arena *a = arena_new(0);

    ck_assert_uint_eq(pieces_of(a, "2025年5月12日", "2025年5月14日"), 2);
    ck_assert_uint_eq(pieces_of(a, "2025年5月12日", "2025年5月12日"), 1);
    /* One day at the page, two in UTC. */
    ck_assert_uint_eq(pieces_of(a, "2025-05-12 06:10", "2025-05-12 20:30"), 1);
    arena_free(a);
}
END_TEST

START_TEST(teasers_of_other_articles_are_no_articles)
{
    struct arena *a = arena_new(0);
    struct item items[4] = {0};

    ck_assert_uint_eq(
        page_items(a, DOC_HTML,
                   "<html><head><title>Lindesby rebuilds its breakwater"
                   "</title></head><body><article>"
                   "<h1>Lindesby rebuilds its breakwater</h1>" HARBOUR_P
                   "</article><section class=related><h2>More</h2>"
                   "<article><h2><a href=/2>Apple growers</a></h2>"
                   "<p>" ORCHARD_1 "</p></article>"
                   "<article><h2><a href=/3>Frost in April</a></h2>"
                   "<p>" ORCHARD_2 "</p></article></section></body></html>",
                   items, 4),
        1);
    ck_has(items[0].text, "caissons");
    arena_free(a);
}
END_TEST

START_TEST(numbers_in_prose_count_nothing)
{
    static const char *const quantities[][2] = {
        {"Nobody had expected that, and few believed it. Last year, traffic "
         "rose by 27 percent.",
         "The debate lasted into the night, and beyond. The council agreed at "
         "last, by 3 votes."},
        {"Stocks of grain held at 19% through the whole of June",
         "Yields of fruit held at 20% in the first week of July"},
        {"Bread went up 1.5 crowns in a single autumn",
         "Butter went up 2.5 crowns in the same autumn"},
    };
    struct arena *a = arena_new(0);

    for (size_t i = 0; i < sizeof quantities / sizeof quantities[0]; i++) {
        struct item items[4] = {0};
        struct str page = arena_printf(
            a,
            "Two years on the coast" NL HARBOUR_1 NL HARBOUR_2 NL HARBOUR_3 NL
            "%s" NL HARBOUR_4 NL "%s" NL ORCHARD,
            quantities[i][0], quantities[i][1]);

        ck_assert_uint_eq(page_items(a, DOC_TEXT, page.p, items, 4), 1);
    }
    arena_free(a);
}
END_TEST

#define HARBOUR_TITLE "Lindesby rebuilds its breakwater"
#define ORCHARD_TITLE "Apple growers turn to late blossom"
#define HARBOUR_LONG                                                           \
    HARBOUR_P                                                                  \
    "<p>Ferry passengers walk past the fishing boats until the caissons of "   \
    "the breakwater stand, and the council has put up a roof for them.</p>"    \
    "<p>Old storms broke the breakwater twice before; each time the fishing "  \
    "crews of the harbour carried stones to it for all of a winter.</p>"
#define ORCHARD_LONG                                                           \
    ORCHARD_P                                                                  \
    "<p>Growers of the Marne sell the apple from the old varieties at the "    \
    "gate of the orchard, where frost and hail are told of at length.</p>"     \
    "<p>Whoever wants to learn grafting comes in spring, when the blossom is " \
    "not yet open and growers have an evening for guests.</p>"

/* Articles on a page of that TITLE on which HEADING parts the harbour from the
 * orchard and MORE ends it. */
static size_t n_glued(struct arena *a, const char *title, const char *heading,
                      const char *more)
{
    struct item items[4] = {0};
    struct str page = arena_printf(
        a,
        "<html lang=en><title>%s</title><body><div><h2>" HARBOUR_TITLE
        "</h2>" HARBOUR_LONG "%s" ORCHARD_LONG "%s</div></body></html>",
        title, heading, more);

    return page_items(a, DOC_HTML, page.p, items, 4);
}

START_TEST(a_heading_at_which_the_subject_changes_begins_an_article)
{
    struct arena *a = arena_new(0);

    ck_assert_uint_eq(
        n_glued(a, HARBOUR_TITLE, "<h2>" ORCHARD_TITLE "</h2>", ""), 2);
    /* Below the title of the last one, if somebody else wrote that. */
    ck_assert_uint_eq(
        n_glued(a, ORCHARD_TITLE,
                "<h2>" ORCHARD_TITLE "</h2><p>By Jane Roe, 3 May 2024</p>", ""),
        2);
    /* Counted; in the page's title. */
    ck_assert_uint_eq(
        n_glued(a, HARBOUR_TITLE, "<h2>4 " ORCHARD_TITLE "</h2>", ""), 1);
    ck_assert_uint_eq(n_glued(a, "Lindesby breakwater, apple growers, blossom",
                              "<h2>" ORCHARD_TITLE "</h2>", ""),
                      1);
    /* The page comes back to its title, or has shorter sections. */
    ck_assert_uint_eq(
        n_glued(a, HARBOUR_TITLE, "<h2>" ORCHARD_TITLE "</h2>",
                "<p>Lindesby, meanwhile, rebuilds the breakwater that its "
                "council and the fishing crews had fallen out over.</p>"),
        1);
    ck_assert_uint_eq(n_glued(a, HARBOUR_TITLE,
                              "<h2>" ORCHARD_TITLE "</h2><p>" ORCHARD_1
                              "</p><h2>Nets against the hail of April</h2>",
                              ""),
                      1);
    arena_free(a);
}
END_TEST

/* More than is compared around a heading. */
static struct str more_orchards(struct arena *a)
{
    static const char *const places[] = {
        "Avize",    "Cramant",     "Damery",  "Epernay",  "Fleury",
        "Grauves",  "Hautvillers", "Igny",    "Jonchery", "Leuvrigny",
        "Mardeuil", "Nanteuil",    "Oiry",    "Pierry",   "Reuil",
        "Sermiers", "Troissy",     "Venteuil"};
    struct str all = STR_NONE;

    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        all = arena_printf(
            a,
            "%.*s<p>%s has growers whose orchard lost its blossom to frost and "
            "hail, and where grafting of %zu apple varieties brought it "
            "back.</p>",
            (int)all.n, all.p, places[i], i + 2);
    return all;
}

START_TEST(a_page_that_comes_back_to_its_title_is_one_article)
{
    struct arena *a = arena_new(0);
    struct str more = more_orchards(a), back;

    back = arena_cat(a, more,
                     STR("<p>Lindesby, meanwhile, rebuilds the breakwater that "
                         "its council and the crews had fallen out over.</p>"));
    ck_assert_uint_eq(
        n_glued(a, HARBOUR_TITLE, "<h2>" ORCHARD_TITLE "</h2>", more.p), 2);
    /* Lines set otherwise than the first title need more behind them. */
    ck_assert_uint_eq(n_glued(a, HARBOUR_TITLE,
                              "<div><b>" ORCHARD_TITLE "</b></div>", more.p),
                      2);
    ck_assert_uint_eq(
        n_glued(a, HARBOUR_TITLE, "<div>" ORCHARD_TITLE "</div>", more.p), 2);
    ck_assert_uint_eq(
        n_glued(a, HARBOUR_TITLE, "<h2>" ORCHARD_TITLE "</h2>", back.p), 1);
    arena_free(a);
}
END_TEST

#define ASKED                                                                  \
    "<h3>How long is the wait at the ferry?</h3><p>" HARBOUR_1 "</p>"          \
    "<h3>Where do the fishing crews land?</h3><p>" HARBOUR_3 "</p>"            \
    "<h3>Who pays for the breakwater?</h3><p>" HARBOUR_4 "</p>"

START_TEST(questions_part_no_answers)
{
    struct arena *a = arena_new(0);

    ck_assert_uint_eq(
        n_glued(a, "Asked often", "<h2>" ORCHARD_TITLE "</h2>", ""), 2);
    ck_assert_uint_eq(
        n_glued(a, "Asked often", ASKED "<h2>" ORCHARD_TITLE "?</h2>", ""), 1);
    arena_free(a);
}
END_TEST

UNIT_TESTS(questions_part_no_answers, numbers_in_prose_count_nothing,
           numbered_labels_glued_to_titles_part_articles,
           numbered_labels_on_lines_of_their_own_part_articles,
           a_title_behind_credits_begins_an_article,
           numbered_sections_of_one_article_stay_together,
           articles_under_a_false_title_are_parted_in_markup,
           short_pieces_of_others_and_other_days_are_articles,
           teasers_of_other_articles_are_no_articles,
           a_heading_at_which_the_subject_changes_begins_an_article,
           a_page_that_comes_back_to_its_title_is_one_article)
