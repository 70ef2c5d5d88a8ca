#include "unit/page_test.h"

#define NL "\n\n"
#define ZH_1                                                                                       \
    "港口委员会周二表决,决定重建去年冬天被风暴冲开三处的东侧防波堤," \
    "工程预计九个月完成。"
#define ZH_2                                                                                             \
    "工程师将沿旧防波堤沉放四十座混凝土沉箱,渡轮在秋天之前改走渔港码头," \
    "船票价格不变。"
#define ZH_3                                                                   \
    "渔民希望防波堤再高一些,因为防波堤一漏,港口就淤,船只进出都要等潮水。"

START_TEST(rows_of_bracketed_foreign_lines_are_cut)
{
    struct arena *a = arena_new(0);
    struct str text = page_text(
        a, DOC_TEXT,
        "港口防波堤将重建" NL "【白银手机贷款秒批】" NL "【白银无抵押贷款】" NL
        "【手机秒批贷款大全】" NL ZH_1 NL ZH_2 NL
        "【贷款秒批 手机口子】【白银贷款大全】" NL ZH_3 NL
        "【无抵押秒批口子】【手机贷款大全】");

    ck_str(text, ZH_1 NL ZH_2 NL ZH_3);
    arena_free(a);
}
END_TEST

START_TEST(foreign_rows_in_another_script_and_dress_are_cut)
{
    struct arena *a = arena_new(0);
    struct str text = page_text(
        a, DOC_TEXT,
        "New breakwater for Lindesby harbour" NL "[Lucky Casino Bonus 2024]" NL
        "[Casino Spins Jackpot]" NL
        "[Jackpot Bonus Spins 2024]" NL HARBOUR_1 NL HARBOUR_2 NL HARBOUR_3 NL
        "[Lucky Spins] [Casino Jackpot] [Bonus Casino 777888999]" NL HARBOUR_4);

    ck_str(text, HARBOUR_1 NL HARBOUR_2 NL HARBOUR_3 NL HARBOUR_4);
    arena_free(a);
}
END_TEST

START_TEST(bracketed_headings_stay)
{
    struct arena *a = arena_new(0);
    struct str text = page_text(a, DOC_TEXT,
                                "港口防波堤将重建" NL ZH_1 NL
                                "【背景】" NL ZH_2 NL "【渔民的看法】" NL ZH_3);

    ck_has(text, "【背景】");
    ck_has(text, "【渔民的看法】");
    arena_free(a);
}
END_TEST

START_TEST(a_list_between_paragraphs_stays)
{
    struct arena *a = arena_new(0);
    struct str text = page_text(
        a, DOC_TEXT,
        "New breakwater for Lindesby harbour" NL HARBOUR_1 NL HARBOUR_2 NL
        "Three bids came in:" NL "Nordkai Marine" NL "Gebrüder Stein" NL
        "Atlas Dredging" NL HARBOUR_3 NL HARBOUR_4);

    ck_has(text, "Nordkai Marine");
    ck_has(text, "Atlas Dredging");
    arena_free(a);
}
END_TEST

/* An article with a paragraph on loans that has ATTRIBUTES. */
static struct str text_with_loans(struct arena *a, const char *attributes)
{
    struct str page = arena_cat(
        a,
        STR("<html><body><article><h1>New breakwater</h1><p>" HARBOUR_1
            "</p><p>" HARBOUR_2 "</p><p "),
        str_from_c(attributes),
        STR(">Best loans of the year, call now and save, offers that you "
            "cannot refuse, for everyone.</p><p>" HARBOUR_3 "</p><p>" HARBOUR_4
            "</p></article></body></html>"));

    return page_text(a, DOC_HTML, page.p);
}

START_TEST(text_nobody_can_see_is_cut)
{
    static const char *const hidden[] = {
        "style=\"display:none\"",
        "style='position:absolute; left:-9999px'",
        "style=\"font-size: 0\"",
        "hidden",
        "style=\"visibility : hidden\"",
        "style=\"text-indent:-5000em\"",
        "style=\"opacity:0;position:absolute\"",
        "style=\"opacity:0;pointer-events:none\"",
        "style=\"opacity:0;height:1px\"",
        "style=\"opacity:0;max-height:0\"",
        "style=\"opacity:0;max-height:1px\"",
        "style=\"opacity:0;line-height:0\"",
        "style=\"opacity:0;font-size:1px\"",
        "style=\"opacity:0;clip:rect(0,0,0,0)\"",
        "style=\"opacity:0;z-index:-1\"",
    };

    for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++) {
        struct arena *a = arena_new(0);
        struct str text = text_with_loans(a, hidden[i]);

        ck_lacks(text, "loans");
        ck_has(text, "caissons");
        arena_free(a);
    }
}
END_TEST

START_TEST(text_that_fades_in_is_seen)
{
    struct arena *a = arena_new(0);

    ck_has(text_with_loans(a, "style=\"opacity:0\""), "loans");
    ck_has(text_with_loans(
               a, "style=\"opacity:0;transform:translateY(20px);height:90px\""),
           "loans");
    arena_free(a);
}
END_TEST

START_TEST(the_id_of_a_heading_says_no_more_than_its_text)
{
    struct arena *a = arena_new(0);
    struct str text = page_text(
        a, DOC_HTML,
        "<html><body><article><h1>New breakwater</h1><p>" HARBOUR_1
        "</p><p>" HARBOUR_2 "</p><h2 id=privacy-of-the-harbour>The privacy of "
        "the harbour</h2><p>" HARBOUR_3 "</p><p>" HARBOUR_4
        "</p></article></body></html>");

    ck_has(text, "The privacy of the harbour");
    text = page_text(
        a, DOC_HTML,
        "<html><body><article><h1>New breakwater</h1><p>" HARBOUR_1
        "</p><p>" HARBOUR_2 "</p><p>" HARBOUR_3 "</p><p>" HARBOUR_4
        "</p><h3 id=comments>3 thoughts on the harbour</h3><ol><li>"
        "<p>Peter: I was there when the walls broke.</p></li><li><p>Mary: so "
        "was I, and saw you.</p></li></ol></article></body></html>");
    ck_lacks(text, "thoughts");
    arena_free(a);
}
END_TEST

START_TEST(spam_is_noted)
{
    struct arena *a = arena_new(0);
    struct document doc = {
        .kind = DOC_TEXT,
        .text = STR("港口防波堤将重建" NL "【白银手机贷款秒批】" NL
                    "【白银无抵押贷款】" NL
                    "【手机秒批贷款大全】" NL ZH_1 NL ZH_2 NL ZH_3)};
    struct page_hints hints = {.url = STR_NONE};
    struct page page;
    struct error err = {0};

    ck_assert(page_extract(a, &doc, &hints, &page, &err));
    ck_assert(notes_have(&page.notes, NOTE_SPAM_CUT));
    arena_free(a);
}
END_TEST

UNIT_TESTS(rows_of_bracketed_foreign_lines_are_cut,
           foreign_rows_in_another_script_and_dress_are_cut,
           bracketed_headings_stay, a_list_between_paragraphs_stays,
           text_nobody_can_see_is_cut, text_that_fades_in_is_seen,
           the_id_of_a_heading_says_no_more_than_its_text, spam_is_noted)
