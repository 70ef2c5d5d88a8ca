/* The key words a stolen article is spread with: which parts of titles are some,
 * and what is left of titles, sentences and pages without them. */
#include "extract/page_baits.h"

#include "unit/page_test.h"

#define NL    "\n\n"
#define BAIT  "银狐竞技官网登录入口"
#define TITLE "港口东侧防波堤将重建"
#define PORT_1                                                                                              \
    "港口委员会周二表决,决定重建去年冬天被风暴冲开三处的东侧防波堤,工程预" \
    "计九个月完成。"
#define PORT_2                                                                                                 \
    "工程师将沿旧防波堤沉放四十座混凝土沉箱,渡轮在秋天之前改走渔港码头,船票" \
    "价格不变。"
#define PORT_3                                                                 \
    "渔民希望防波堤再高一些,因为防波堤一漏,港口就淤,船只进出都要等潮水。"
#define PORT_4                                                                 \
    "东侧防波堤的重建费用由港口停泊费支付,委员会说船只的停泊费五年内不涨。"

static void read_page(enum document_kind kind, const char *text,
                      struct item *out)
{
    ck_assert_uint_eq(page_items(unit_arena(), kind, text, out, 1), 1);
}

START_TEST(a_bait_goes_from_title_and_text)
{
    static const char *const titles[] = {BAIT "|" TITLE, TITLE "_" BAIT,
                                         TITLE "-" BAIT, "【" BAIT "】" TITLE};

    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) {
        struct item item = {0};
        struct str page = arena_printf(
            unit_arena(),
            "<title>%s</title><h1>%s</h1><p>" BAIT
            "为您提供精彩内容,注册就送。</p><p>" PORT_1 "</p><p>" PORT_2
            "</p><p>" BAIT "</p><p>" PORT_3 "</p><p>" PORT_4 "</p>",
            titles[i], titles[i]);

        read_page(DOC_HTML, page.p, &item);
        ck_str(item.title, TITLE);
        ck_lacks(item.text, "银狐");
        ck_has(item.text, "停泊费五年内不涨");
    }
}
END_TEST

START_TEST(a_text_without_markup_has_its_bait_in_a_line)
{
    struct item item = {0};

    read_page(DOC_TEXT,
              TITLE "_" BAIT NL "海滨资讯 2024-04-11 08:20" NL BAIT
                    "为您提供精彩内容,注册就送。" NL PORT_1 NL PORT_2 NL BAIT NL
                        PORT_3 NL PORT_4,
              &item);
    ck_str(item.title, TITLE);
    ck_lacks(item.text, "银狐");
    ck_has(item.text, "停泊费五年内不涨");
}
END_TEST

/* The words themselves sell nothing: that the lines of spam do is enough. */
START_TEST(what_stands_among_offers_only_is_a_bait)
{
    struct item item = {0};

    read_page(DOC_TEXT,
              TITLE "_银狐今晚出什么" NL
                    "标签:银狐今晚出什么 平特一肖 六合彩" NL PORT_1 NL PORT_2 NL
                        PORT_3 NL PORT_4 NL "标签:银狐今晚出什么 四肖 彩票",
              &item);
    ck_str(item.title, TITLE);
}
END_TEST

/* Series and columns are as foreign to the text and come again, too. */
START_TEST(the_name_of_a_column_is_no_bait)
{
    struct item item = {0};

    read_page(DOC_HTML,
              "<title>潮汐笔记|" TITLE "</title><h1>潮汐笔记|" TITLE
              "</h1><p>潮汐笔记</p><p>" PORT_1 "</p><p>" PORT_2 "</p><p>" PORT_3
              "</p><p>" PORT_4 "</p>",
              &item);
    ck_has(item.title, "潮汐笔记");
}
END_TEST

/* Of a draw of the lottery everything sounds like an offer. */
START_TEST(an_article_about_a_trade_keeps_its_title)
{
    struct item item = {0};

    read_page(
        DOC_HTML,
        "<title>双色球第2024042期开奖:头奖5注,单注奖金810万 - 海滨日报</title>"
        "<h1>双色球第2024042期开奖:头奖5注,单注奖金810万</h1>"
        "<p>昨晚,中国福利彩票双色球进行第2024042期开奖。</p>"
        "<p>当期开出的红球号码为06、09、17、23、28、31,蓝球号码为11。</p>"
        "<p>开奖公告显示,头奖开出5注,单注奖金为810万元,分落浙江2注、辽宁3注。</"
        "p>"
        "<p>二等奖开出96注,单注奖金12万元,三等奖开出902注,每注3000元。</p>"
        "<p>当期全国销量为2.9亿元,奖池滚存至9.1亿元,下一期仍是两元一注。</p>"
        "<p>浙江的中奖彩票出自渔港路的一家投注站,为一张十元单式票。</p>",
        &item);
    ck_has(item.title, "双色球第2024042期开奖");
    ck_has(item.text, "双色球进行第2024042期开奖");
}
END_TEST

START_TEST(titles_are_parted_at_marks)
{
    static const struct {
        const char *title, *parts;
    } of[] = {
        {"甲乙|丙丁_戊己", "甲乙/丙丁/戊己/"},
        {"甲乙-丙丁", "甲乙/丙丁/"},
        {"一九八四 丙丁", "一九八四/丙丁/"},
        {"A well-known port", "A well-known port/"},
        {"A port - Some Site", "A port/Some Site/"},
        {"At 10:30: a port", "At 10:30/a port/"},
        {"【甲乙】丙丁", "甲乙/丙丁/"},
    };

    for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
        struct str all = STR_NONE, part;

        for (size_t at = 0;
             bait_part_next(str_from_c(of[i].title), &at, &part);)
            all = arena_cat(unit_arena(), all, part, STR("/"));
        ck_str(all, of[i].parts);
    }
}
END_TEST

START_TEST(a_bait_has_no_place_in_its_sentence)
{
    static const struct {
        const char *text;
        bool is_apart;
    } of[] = {
        {"甲乙", true},
        {"他走了。甲乙", true},
        {"甲乙他走了。", true},
        {"他走了,甲乙,天黑了。", true},
        {"他在甲乙走了。", false},
        {"他走了,甲乙很高。", false},
    };

    for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
        struct str text = str_from_c(of[i].text), bait = STR("甲乙");

        ck_assert_msg(bait_is_apart(text, str_find(text, bait, 0), bait.n) ==
                          of[i].is_apart,
                      "%s", of[i].text);
    }
}
END_TEST

UNIT_TESTS(a_bait_goes_from_title_and_text,
           a_text_without_markup_has_its_bait_in_a_line,
           what_stands_among_offers_only_is_a_bait,
           the_name_of_a_column_is_no_bait,
           an_article_about_a_trade_keeps_its_title, titles_are_parted_at_marks,
           a_bait_has_no_place_in_its_sentence)
