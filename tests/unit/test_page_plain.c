#include "unit/page_test.h"

#define NL    "\n\n"
#define STORY HARBOUR_1 NL HARBOUR_2 NL HARBOUR_3 NL HARBOUR_4

START_TEST(lines_of_a_plain_text_are_its_paragraphs)
{
    struct arena *a = arena_new(0);

    ck_str(
        page_text(a, DOC_TEXT, "New breakwater for Lindesby harbour" NL STORY),
        STORY);
    arena_free(a);
}
END_TEST

START_TEST(wrapped_lines_are_joined_to_paragraphs)
{
    struct arena *a = arena_new(0);
    struct str text = page_text(
        a, DOC_TEXT,
        "Breakwater to be rebuilt in Lindesby\n"
        "\n"
        "The harbour council of Lindesby voted on Tuesday to rebuild its\n"
        "eastern breakwater, which last winter's storms had opened in as\n"
        "many as three places, and to raise the wall by two metres.\n"
        "\n"
        "Engineers will sink forty concrete caissons along the old wall,\n"
        "and the ferry to the islands will use the fishing harbour until\n"
        "the autumn, when the work on the breakwater should be finished.\n");

    ck_has(text, "rebuild its eastern breakwater, which");
    ck_has(text, "by two metres.\n\nEngineers");
    arena_free(a);
}
END_TEST

START_TEST(head_and_tail_are_no_body)
{
    struct arena *a = arena_new(0);
    struct str text = page_text(
        a, DOC_TEXT,
        "Coast Herald" NL "News you can trust" NL "Region" NL
        "New breakwater for Lindesby harbour" NL "By Anna Holm" NL
        "Source: Lindesby Courier" NL STORY NL
        "About the author: Anna Holm writes about the coast." NL
        "Related articles" NL "Ten walks along the cliffs" NL "Comments" NL
        "Jon 2024-03-02 10:22" NL "What a waste." NL "IP: 10.0.3.*");

    ck_str(text, STORY);
    arena_free(a);
}
END_TEST

START_TEST(comments_that_repeat_the_body_go_and_the_body_stays)
{
    struct arena *a = arena_new(0);
    struct str text = page_text(
        a, DOC_TEXT,
        "New breakwater for Lindesby harbour" NL STORY NL "Latest comments" NL
        "Maria Svensson 2024-11-13 22:23" NL HARBOUR_2 NL "IP: 59.68.7.*" NL
        "Peter Dahl 2024-11-13 16:24" NL HARBOUR_3);

    ck_str(text, STORY);
    arena_free(a);
}
END_TEST

START_TEST(headings_are_marked_by_number_or_missing_indent)
{
    struct arena *a = arena_new(0);
    struct item items[2] = {0};

    ck_assert_uint_eq(
        page_items(a, DOC_TEXT,
                   "港口防波堤将重建\n\n"
                   "　　港口委员会周二表决,"
                   "决定重建去年冬天被风暴冲开三处的东侧防波堤。\n\n"
                   "为什么要重建\n\n"
                   "　　渔民说,防波堤一漏,港口就淤,船只进出都要等潮水,"
                   "损失一年比一年大。\n\n"
                   "　　工程师将沿旧堤沉放四十座混凝土沉箱,"
                   "渡轮在秋天之前改走渔港码头。\n",
                   items, 2),
        1);
    ck_has(items[0].html, "<h2>为什么要重建</h2>");
    arena_free(a);
}
END_TEST

START_TEST(markdown_headings_are_headings)
{
    struct arena *a = arena_new(0);
    struct item items[2] = {0};

    page_items(a, DOC_TEXT,
               "# New breakwater for Lindesby harbour\n\n" HARBOUR_1
               "\n\n## What it costs\n\n" HARBOUR_4 "\n\n" HARBOUR_2,
               items, 2);
    ck_has(items[0].html, "<h2>What it costs</h2>");
    ck_lacks(items[0].text, "##");
    arena_free(a);
}
END_TEST

START_TEST(a_text_of_blanks_or_one_word_gives_no_crash)
{
    static const char *const texts[] = {
        "",           "\n\n\n", "word", "\r\r\n\n", "====\n----\n",
        "【】\n【】", "1\n2\n3"};
    struct arena *a = arena_new(0);
    struct item items[4];

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        page_items(a, DOC_TEXT, texts[i], items, 4);
    arena_free(a);
}
END_TEST

UNIT_TESTS(lines_of_a_plain_text_are_its_paragraphs,
           wrapped_lines_are_joined_to_paragraphs, head_and_tail_are_no_body,
           comments_that_repeat_the_body_go_and_the_body_stays,
           headings_are_marked_by_number_or_missing_indent,
           markdown_headings_are_headings,
           a_text_of_blanks_or_one_word_gives_no_crash)
