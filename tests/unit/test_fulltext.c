#include "unit/unit.h"

#include "base/arena.h"
#include "mill/fulltext.h"

static struct arena *a;

static void set_up(void)
{
    a = arena_new(0);
}

static void tear_down(void)
{
    arena_free(a);
}

static struct str times(const char *text, size_t n)
{
    struct str *parts = arena_array(a, n, sizeof *parts);

    for (size_t i = 0; i < n; i++)
        parts[i] = str_from_c(text);
    return arena_join(a, parts, n);
}

#define EN "The council met on Monday to talk about the ferries. "
#define ZH "市议会星期一开会讨论轮渡的将来。"

START_TEST(how_a_text_ends_and_how_long_it_is_say_whether_it_is_a_teaser)
{
    static const struct {
        const char *sentence;
        size_t n;
        const char *end;
        enum full_text_need need;
    } rows[] = {
        {EN, 0, "", NEED_EMPTY},
        {EN, 2, "", NEED_SHORT},
        {EN, 40, "", NEED_NONE},
        {EN, 40, "and so…", NEED_ELLIPSIS},
        {EN, 40, "and so ...", NEED_ELLIPSIS},
        {EN, 400, "and so ...", NEED_NONE},
        {EN, 400, "and so [...]", NEED_ELLIPSIS},
        {EN, 400, "and so [\u2026]", NEED_ELLIPSIS},
        {EN, 40, "\n\nRead more", NEED_MORE},
        {EN, 40, "Continue reading \u2192", NEED_MORE},
        {EN, 40, "Read the full story »", NEED_MORE},
        {EN, 40, "Children should read more", NEED_NONE},
        {EN, 400, "\n\nRead more", NEED_NONE},
        {EN, 40,
         "and so […]\n\nThe post Ferries appeared first on Harbour News.",
         NEED_ELLIPSIS},
        {ZH, 4, "", NEED_SHORT},
        {ZH, 40, "", NEED_NONE},
        {ZH, 40, "会后……", NEED_ELLIPSIS},
        {ZH, 40, "[阅读全文]", NEED_MORE},
        {ZH, 40, "\n\n閱讀全文 >>", NEED_MORE},
        {ZH, 40, "会上要求学生继续阅读", NEED_NONE},
        {ZH, 40, "……查看更多", NEED_MORE},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct item entry = {.url = STR("https://example.org/a")};

        entry.text = arena_cat(a, times(rows[i].sentence, rows[i].n),
                               str_from_c(rows[i].end));
        ck_assert_msg(full_text_need(a, FULL_TEXT_AUTO, &entry) == rows[i].need,
                      "row %zu: %.*s", i,
                      STR_ARG(full_text_need_text(
                          full_text_need(a, FULL_TEXT_AUTO, &entry))));
        ck_assert_int_eq(full_text_need(a, FULL_TEXT_NEVER, &entry), NEED_NONE);
        ck_assert_int_eq(full_text_need(a, FULL_TEXT_ALWAYS, &entry),
                         NEED_OWNER);
    }
}
END_TEST

START_TEST(an_entry_without_a_page_of_its_own_needs_none)
{
    struct item entry = {.url = STR_NONE};

    ck_assert_int_eq(full_text_need(a, FULL_TEXT_ALWAYS, &entry), NEED_NONE);
    entry.url = STR("https://example.org/");
    ck_assert_int_eq(full_text_need(a, FULL_TEXT_AUTO, &entry), NEED_NONE);
    entry.url = STR("https://example.org/?p=12");
    ck_assert_int_eq(full_text_need(a, FULL_TEXT_AUTO, &entry), NEED_EMPTY);
}
END_TEST

START_TEST(a_short_text_beside_a_recording_is_whole)
{
    struct link sound = {.type = STR("audio/mpeg")};
    struct item entry = {.url = STR("https://example.org/a"),
                         .text = STR(EN),
                         .attachments = {&sound, 1, 1}};

    ck_assert_int_eq(full_text_need(a, FULL_TEXT_AUTO, &entry), NEED_NONE);
    entry.text = STR(EN "and so [...]");
    ck_assert_int_eq(full_text_need(a, FULL_TEXT_AUTO, &entry), NEED_ELLIPSIS);
}
END_TEST

#define MORE                                                                   \
    "Passengers had waited for the decision since the spring, when the old "   \
    "ferries were taken out of service and nothing came in their place. "
#define MORE_ZH "乘客从春天起就在等这个决定，当时旧船停航，却没有新船来接替。"
#define CONSENT                                                                \
    "We and our partners store information on your device and process "        \
    "personal data for advertising; choose whether you accept it. "

START_TEST(a_page_is_the_entrys_when_it_says_what_the_feed_says)
{
    static const struct {
        const char *title, *teaser;
        const char *page_title, *begin, *more;
        float sure;
        enum full_text_fit fit;
    } rows[] = {
        {"Ferries to return", EN "Passengers [...]", "Ferries to return", EN,
         MORE, .9F, FIT_GOOD},
        /* The site writes another headline over the same text. */
        {"Ferries to return", EN "Passengers [...]", "Boats are back", EN, MORE,
         .9F, FIT_GOOD},
        /* The teaser is the editor's own, about the same. */
        {"Ferries to return",
         "After months without boats, passengers get their ferries back by a "
         "decision of the council, which spring had promised.",
         "Ferries to return | Harbour News", "On Monday it was decided. " EN,
         MORE, .9F, FIT_GOOD},
        {"Ferries to return", "", "Ferries to return", EN, MORE, .9F, FIT_GOOD},
        {"轮渡将恢复", ZH ZH "乘客……", "轮渡将恢复_港口新闻", ZH ZH, MORE_ZH,
         .9F, FIT_GOOD},
        {"轮渡将恢复", "", "轮渡将恢复", ZH, MORE_ZH, .9F, FIT_GOOD},
        /* soft 404, front page */
        {"Ferries to return", EN "Passengers [...]", "Page not found",
         "We could not find what you looked for. ", "Try one of the sections. ",
         .9F, FIT_OTHER_TITLE},
        {"轮渡将恢复", ZH ZH "乘客……", "页面不存在", "您访问的页面不存在。",
         "请返回首页，或者搜索其他内容。", .9F, FIT_OTHER_TITLE},
        /* consent under the right title */
        {"Ferries to return", EN "Passengers [...]", "Ferries to return",
         CONSENT, CONSENT, .9F, FIT_OTHER_TEXT},
        {"Ferries to return", "", "Ferries to return", CONSENT, CONSENT, .9F,
         FIT_OTHER_TEXT},
        {"轮渡将恢复", ZH ZH "乘客……", "轮渡将恢复",
         "请先登录后继续，登录即表示同意用户协议。",
         "我们使用必要的技术保存设置。", .9F, FIT_OTHER_TEXT},
        {"Ferries to return", EN "Passengers [...]", "Ferries to return", EN,
         MORE, .3F, FIT_DOUBTFUL},
        /* paywall: the teaser, and nothing after it */
        {"Ferries to return", EN EN EN "Passengers [...]", "Ferries to return",
         EN EN EN "Passengers", "", .9F, FIT_NO_MORE},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct item entry = {.title = str_from_c(rows[i].title),
                             .text = str_from_c(rows[i].teaser)};
        struct item page = {.title = str_from_c(rows[i].page_title)};
        enum full_text_fit fit;

        page.text =
            arena_cat(a, str_from_c(rows[i].begin), times(rows[i].more, 6));
        page.confidence.body = rows[i].sure;
        fit = full_text_fit(a, FULL_TEXT_AUTO, &entry, &page);
        ck_assert_msg(fit == rows[i].fit, "row %zu: %.*s", i,
                      STR_ARG(full_text_fit_text(fit)));
    }
}
END_TEST

START_TEST(of_several_articles_of_a_page_the_entrys_is_chosen)
{
    struct item entry = {.title = STR("Ferries to return"),
                         .text = STR(EN "Passengers [...]")};
    struct item other = {.title = STR("Trams to stay"),
                         .text = times("Trams run as they did. ", 40),
                         .confidence = {.body = .9F}};
    struct item own = {.title = STR("Ferries to return"),
                       .text = arena_cat(a, STR(EN), times(MORE, 6)),
                       .confidence = {.body = .9F}};
    const struct item *pages[] = {&other, &own};
    size_t which = 9;

    ck_assert_int_eq(
        full_text_choose(a, FULL_TEXT_AUTO, &entry, pages, 2, &which),
        FIT_GOOD);
    ck_assert_uint_eq(which, 1);
    ck_assert_int_eq(
        full_text_choose(a, FULL_TEXT_AUTO, &entry, pages, 1, &which),
        FIT_OTHER_TITLE);
    ck_assert_int_eq(
        full_text_choose(a, FULL_TEXT_AUTO, &entry, pages, 0, &which),
        FIT_NO_ARTICLE);
}
END_TEST

START_TEST(pages_in_vain_are_left_alone_for_a_week_then_one_is_tried)
{
    const int64_t day = 86400, now = 100 * day;

    ck_assert_uint_eq(full_text_allowance(FULL_TEXT_AUTO, 4, now, now),
                      SIZE_MAX);
    ck_assert_uint_eq(full_text_allowance(FULL_TEXT_AUTO, 5, now - day, now),
                      0);
    ck_assert_uint_eq(
        full_text_allowance(FULL_TEXT_AUTO, 5, now - 7 * day, now), 1);
    ck_assert_uint_eq(full_text_allowance(FULL_TEXT_ALWAYS, 5, now, now),
                      SIZE_MAX);
    ck_assert_uint_eq(full_text_allowance(FULL_TEXT_NEVER, 0, 0, now), 0);
}
END_TEST

UNIT_TESTS_IN(set_up, tear_down,
              how_a_text_ends_and_how_long_it_is_say_whether_it_is_a_teaser,
              an_entry_without_a_page_of_its_own_needs_none,
              a_short_text_beside_a_recording_is_whole,
              a_page_is_the_entrys_when_it_says_what_the_feed_says,
              of_several_articles_of_a_page_the_entrys_is_chosen,
              pages_in_vain_are_left_alone_for_a_week_then_one_is_tried)
