#include "extract/page_odds.h"

#include "unit/unit.h"

/* One block an element, so that no two are lines of one. */
static void settle(struct block *at, size_t n)
{
    struct blocks bs = {.at = at, .n = n};

    for (size_t i = 0; i < n; i++)
        if (at[i].container == 0)
            at[i].container = (uint32_t)(100 + i);
    odds_settle(&bs);
}

static bool is_likely(const struct block *b)
{
    return b->body_odds >= 0.5F;
}

START_TEST(lines_of_one_element_share_their_odds)
{
    struct block at[] = {{.body_odds = 0.9F, .container = 7},
                         {.body_odds = 0.3F, .container = 7},
                         {.body_odds = 0.3F, .container = 8}};

    settle(at, 3);
    ck_assert(at[0].body_odds == at[1].body_odds);
    ck_assert(is_likely(&at[1]));
    ck_assert(!is_likely(&at[2]));
}
END_TEST

START_TEST(longer_lines_weigh_more)
{
    struct block at[] = {{.body_odds = 0.9F, .container = 7},
                         {.body_odds = 0.1F, .container = 7}};

    at[0].shape.chars = 10;
    at[1].shape.chars = 400;
    settle(at, 2);
    ck_assert(!is_likely(&at[0]));
}
END_TEST

START_TEST(headings_go_with_the_text_below)
{
    struct block at[] = {{.body_odds = 0.9F},
                         {.body_odds = 0.3F, .heading = 2},
                         {.body_odds = 0.25F, .heading = 3},
                         {.body_odds = 0.9F},
                         {.body_odds = 0.3F, .heading = 2},
                         {.body_odds = 0.1F}};

    settle(at, 6);
    ck_assert(is_likely(&at[1]));
    ck_assert(is_likely(&at[2]));
    ck_assert(!is_likely(&at[4]));
}
END_TEST

START_TEST(titles_and_unlikely_headings_stay_as_they_are)
{
    struct block at[] = {{.body_odds = 0.3F, .heading = 2},
                         {.body_odds = 0.9F},
                         {.body_odds = 0.3F, .heading = 1},
                         {.body_odds = 0.9F},
                         {.body_odds = 0.1F, .heading = 2},
                         {.body_odds = 0.9F},
                         {.body_odds = 0.3F, .heading = 2, .is_hidden = true},
                         {.body_odds = 0.9F}};

    settle(at, 8);
    for (size_t i = 0; i < 8; i += 2)
        ck_assert(!is_likely(&at[i]));
}
END_TEST

START_TEST(what_is_counted_heads_nothing)
{
    struct block at[] = {{.body_odds = 0.9F}, {.body_odds = 0.3F, .heading = 2},
                         {.body_odds = 0.9F}, {.body_odds = 0.3F, .heading = 2},
                         {.body_odds = 0.9F}, {.body_odds = 0.3F, .heading = 2},
                         {.body_odds = 0.9F}};

    at[1].text = STR("2 answers");
    at[3].text = STR("2 ways to dry apples");
    at[5].text = STR("2. Halifax");
    for (size_t i = 1; i < 7; i += 2)
        text_shape(at[i].text, &at[i].shape);
    settle(at, 7);
    ck_assert(!is_likely(&at[1]));
    ck_assert(is_likely(&at[3]));
    ck_assert(is_likely(&at[5]));
}
END_TEST

START_TEST(doubtful_blocks_alone_are_left)
{
    struct block at[] = {
        {.body_odds = 0.9F}, {.body_odds = 0.9F},
        {.body_odds = 0.6F}, {.body_odds = 0.1F},
        {.body_odds = 0.6F}, {.body_odds = 0.9F, .is_hidden = true},
        {.body_odds = 0.3F}, {.body_odds = 0.8F},
        {.body_odds = 0.1F}, {.body_odds = 0.6F}};

    settle(at, 10);
    ck_assert(is_likely(&at[2]));  /* a likely one before it */
    ck_assert(!is_likely(&at[4])); /* none that shows */
    ck_assert(is_likely(&at[7]));  /* sure enough */
    ck_assert(!is_likely(&at[9])); /* the last */
}
END_TEST

START_TEST(doubtful_neighbours_hold_each_other)
{
    struct block at[] = {{.body_odds = 0.9F}, {.body_odds = 0.9F},
                         {.body_odds = 0.1F}, {.body_odds = 0.6F},
                         {.body_odds = 0.6F}, {.body_odds = 0.1F}};

    settle(at, 6);
    ck_assert(is_likely(&at[3]));
    ck_assert(is_likely(&at[4]));
}
END_TEST

START_TEST(where_all_texts_stand_alone_none_is_left)
{
    struct block at[] = {{.body_odds = 0.1F}, {.body_odds = 0.9F},
                         {.body_odds = 0.1F}, {.body_odds = 0.8F},
                         {.body_odds = 0.1F}, {.body_odds = 0.6F}};

    settle(at, 6);
    ck_assert(is_likely(&at[5]));
}
END_TEST

START_TEST(lists_go_with_the_frame_line_above_them)
{
    struct block at[] = {{.body_odds = 0.1F, .frame.frame = FRAME_FOLLOW},
                         {.body_odds = 0.1F, .is_hidden = true},
                         {.body_odds = 0.8F, .tag = TAG_LI},
                         {.body_odds = 0.8F, .tag = TAG_LI},
                         {.body_odds = 0.9F, .tag = TAG_P},
                         {.body_odds = 0.8F, .tag = TAG_LI},
                         {.body_odds = 0.4F, .frame.frame = FRAME_FOLLOW},
                         {.body_odds = 0.8F, .tag = TAG_LI},
                         {.body_odds = 0.1F, .frame.frame = FRAME_CAPTION},
                         {.body_odds = 0.8F, .tag = TAG_LI}};

    settle(at, 10);
    ck_assert(!is_likely(&at[2]));
    ck_assert(!is_likely(&at[3]));
    ck_assert(is_likely(&at[5])); /* below the article's own words */
    ck_assert(is_likely(&at[7])); /* below what may be so */
    ck_assert(is_likely(&at[9])); /* below a caption, which heads no list */
}
END_TEST

UNIT_TESTS(lists_go_with_the_frame_line_above_them,
           lines_of_one_element_share_their_odds, longer_lines_weigh_more,
           headings_go_with_the_text_below,
           titles_and_unlikely_headings_stay_as_they_are,
           what_is_counted_heads_nothing, doubtful_blocks_alone_are_left,
           doubtful_neighbours_hold_each_other,
           where_all_texts_stand_alone_none_is_left)
