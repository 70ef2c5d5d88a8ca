#include "extract/page_teasers.h"

#include "extract/fields.h"
#include "extract/page_features.h"
#include "extract/page_meta.h"
#include "extract/page_view.h"
#include "unit/page_test.h"

#define TITLE "New breakwater for Lindesby"
#define ARTICLE                                                                \
    "<h2>" TITLE "</h2><p>" HARBOUR_1 "</p><p>" HARBOUR_2 "</p><p>" HARBOUR_3  \
    "</p><p>" HARBOUR_4 "</p>"
#define PAGE(before, behind)                                                   \
    "<html><head><title>" TITLE "</title></head><body>" before                 \
    "<div class=text>" ARTICLE "</div>" behind "</body></html>"

#define CARD_OF(heading, text)                                                 \
    "<div class=c><h3>" heading "</h3><span>3 May</span><p>" text "</p></div>"
#define CARD(href, text)                                                       \
    CARD_OF("<a href=" href ">Growers graft old apples</a>", text)
#define ROW(card1, card2, card3) "<div>" card1 card2 card3 "</div>"
#define CARDS                                                                  \
    ROW(CARD("/o1", ORCHARD_1), CARD("/o2", ORCHARD_2), CARD("/o3", ORCHARD_3))

#define ITEM(text) "<li><a href=/o>Growers graft apples</a> " text "</li>"

/* The odds of the orchards' blocks and of those of the harbour, when all but
 * headings have .8, those on growers HEADINGS. */
struct odds {
    float orchards, harbour;
};

static float least(float a, float b)
{
    return a < b ? a : b;
}

static struct odds odds_after(const char *page, float headings)
{
    struct arena *a = arena_new(0);
    struct document doc = {.kind = DOC_HTML, .text = str_from_c(page)};
    struct page_hints hints = {.url = STR_NONE};
    struct notes notes = {0};
    struct page_context ctx = {
        .a = a, .scratch = a, .doc = &doc, .hints = &hints, .notes = &notes};
    struct odds odds = {1, 1};

    ctx.tree = html_parse(a, doc.text, &notes);
    blocks_of_tree(&ctx);
    ctx.meta = page_meta_read(&ctx);
    repeats_mark(&ctx);
    for (size_t i = 0; i < ctx.blocks.n; i++)
        ctx.blocks.at[i].body_odds =
            ctx.blocks.at[i].heading == 3 ? headings : 0.8F;
    teasers_lower(features_view(features_open(&ctx)));
    for (size_t i = 0; i < ctx.blocks.n; i++) {
        const struct block *b = &ctx.blocks.at[i];

        if (b->heading == 0 && str_has(b->text, STR("blossom")))
            odds.orchards = least(odds.orchards, b->body_odds);
        if (b->heading == 0 && str_has(b->text, STR("breakwater")))
            odds.harbour = least(odds.harbour, b->body_odds);
    }
    arena_free(a);
    return odds;
}

static bool are_teasers(const char *page, float headings)
{
    struct odds odds = odds_after(page, headings);

    ck_assert(odds.harbour >= 0.8F);
    return odds.orchards < 0.3F;
}

START_TEST(cards_with_unlikely_linked_headings_behind_the_text_are_teasers)
{
    ck_assert(are_teasers(PAGE("", CARDS), 0.2F));
    ck_assert(!are_teasers(PAGE("", CARDS), 0.6F));
}
END_TEST

START_TEST(before_the_text_cards_may_be_anything)
{
    ck_assert(!are_teasers(PAGE(CARDS, ""), 0.2F));
}
END_TEST

START_TEST(two_cards_are_no_row)
{
    ck_assert(!are_teasers(
        PAGE("", ROW(CARD("/o1", ORCHARD_1), CARD("/o2", ORCHARD_2), "")),
        0.2F));
}
END_TEST

START_TEST(headings_that_lead_down_the_page_head_sections)
{
    ck_assert(!are_teasers(
        PAGE("", ROW(CARD("#o1", ORCHARD_1), CARD("#o2", ORCHARD_2),
                     CARD("#o3", ORCHARD_3))),
        0.2F));
}
END_TEST

START_TEST(cards_that_lead_to_many_sites_are_no_teasers)
{
    ck_assert(!are_teasers(PAGE("", ROW(CARD("https://a.example/1", ORCHARD_1),
                                        CARD("https://b.example/2", ORCHARD_2),
                                        CARD("https://c.example/", ORCHARD_3))),
                           0.2F));
    ck_assert(are_teasers(PAGE("", ROW(CARD("https://a.example/1", ORCHARD_1),
                                       CARD("https://a.example", ORCHARD_2),
                                       CARD("/3", ORCHARD_3))),
                          0.2F));
}
END_TEST

#define LINES(line1, line2)                                                    \
    ROW(CARD_OF(line1 "<br>" line2, ORCHARD_1),                                \
        CARD_OF(line1 "<br>" line2, ORCHARD_2),                                \
        CARD_OF(line1 "<br>" line2, ORCHARD_3))

START_TEST(each_line_of_a_heading_leads_where_its_own_links_do)
{
    ck_assert(
        !are_teasers(PAGE("", LINES("Old apples, by <a href=/a>us</a>",
                                    "<a href=#o>Growers graft old apples</a>")),
                     0.2F));
    ck_assert(
        are_teasers(PAGE("", LINES("Old apples, by <a href=/a>us</a>",
                                   "<a href=/o>Growers graft old apples</a>")),
                    0.2F));
    ck_assert(are_teasers(PAGE("", LINES("Old apples, by <a href=/o>us",
                                         "growers that graft</a>")),
                          0.2F));
}
END_TEST

#define LONG ORCHARD_1 " " ORCHARD_2 " " ORCHARD_3 " " ORCHARD_4 " " ORCHARD_1

START_TEST(long_cards_are_sections)
{
    ck_assert(!are_teasers(
        PAGE("", ROW(CARD("/o1", LONG), CARD("/o2", LONG), CARD("/o3", LONG))),
        0.2F));
}
END_TEST

START_TEST(items_above_the_title_that_begin_with_a_link_are_teasers)
{
    ck_assert(are_teasers(PAGE("<ul>" ITEM(ORCHARD_1) ITEM(ORCHARD_2)
                                   ITEM(ORCHARD_3) "</ul>",
                               ""),
                          0.2F));
    ck_assert(!are_teasers(
        PAGE("<ul>" ITEM(ORCHARD_1) ITEM(ORCHARD_2) "</ul>", ""), 0.2F));
    ck_assert(!are_teasers(PAGE("<ul><li>" ORCHARD_1 "</li><li>" ORCHARD_2
                                "</li><li>" ORCHARD_3 "</li></ul>",
                                ""),
                           0.2F));
    ck_assert(!are_teasers(PAGE("", "<ul>" ITEM(ORCHARD_1) ITEM(ORCHARD_2)
                                        ITEM(ORCHARD_3) "</ul>"),
                           0.2F));
}
END_TEST

UNIT_TESTS(cards_with_unlikely_linked_headings_behind_the_text_are_teasers,
           before_the_text_cards_may_be_anything, two_cards_are_no_row,
           headings_that_lead_down_the_page_head_sections,
           cards_that_lead_to_many_sites_are_no_teasers,
           each_line_of_a_heading_leads_where_its_own_links_do,
           long_cards_are_sections,
           items_above_the_title_that_begin_with_a_link_are_teasers)
