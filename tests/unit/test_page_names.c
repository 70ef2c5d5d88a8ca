#include "unit/unit.h"

#include "base/arena.h"
#include "extract/page_names.h"

static struct str joined(struct arena *a, const char *text,
                         enum name_trust trust)
{
    struct names names = {0};
    struct str all = STR_NONE;

    names_add(a, str_from_c(text), trust, &names);
    for (size_t i = 0; i < names.n; i++)
        all = i == 0 ? names.at[i].name
                     : arena_cat(a, all, STR("+"), names.at[i].name);
    return all;
}

struct row {
    const char *text, *names;
};

static void check(const struct row *rows, size_t n, enum name_trust trust)
{
    struct arena *a = arena_new(0);

    for (size_t i = 0; i < n; i++)
        ck_str(joined(a, rows[i].text, trust), rows[i].names);
    arena_free(a);
}

START_TEST(lists_are_cut_at_commas_and_words_for_and)
{
    static const struct row rows[] = {
        {"Jane Roe", "Jane Roe"},
        {"Jane Roe, John Doe and Max Moe", "Jane Roe+John Doe+Max Moe"},
        {"Jane Roe & John Doe", "Jane Roe+John Doe"},
        {"Erika Muster und Hans Meier", "Erika Muster+Hans Meier"},
        {"Marie Curie et Pierre Curie", "Marie Curie+Pierre Curie"},
        {"Jane Roe/John Doe", "Jane Roe+John Doe"},
        {"甲思远、李明；王方", "甲思远+李明+王方"},
        {"李思远 王方", "李思远+王方"},
        {"李　明", "李明"},
        {"Roe, Jane", "Jane Roe"},
    };

    check(rows, sizeof rows / sizeof rows[0], NAMES_LABELLED);
}
END_TEST

START_TEST(labels_roles_dates_and_addresses_go)
{
    static const struct row rows[] = {
        {"By Jane Roe", "Jane Roe"},
        {"ByJane Roe", "Jane Roe"},
        {"Written by Jane Roe, Senior Editor", "Jane Roe"},
        {"Jane Roe Science Correspondent", "Jane Roe"},
        {"Jane Roe May 3, 2020", "Jane Roe"},
        {"Jane Roe jane@paper.example", "Jane Roe"},
        {"Jane Roe (Berlin)", "Jane Roe"},
        {"Jane Roe, PhD", "Jane Roe"},
        {"本报记者 李思远", "李思远"},
        {"홍길동 기자", "홍길동"},
        {"李思远_NF1234", "李思远"},
    };

    check(rows, sizeof rows / sizeof rows[0], NAMES_LABELLED);
}
END_TEST

START_TEST(a_name_ends_before_the_outlet_behind_it)
{
    static const struct row rows[] = {
        {"Jane Roe Associated Press", "Jane Roe"},
        {"Jane Roe The Associated Press", "Jane Roe"},
        {"JANE ROE ASSOCIATED PRESS", "JANE ROE"},
        {"Jane Roe BBC News", "Jane Roe"},
        {"Jane Roe Staff Writer", "Jane Roe"},
        {"Jane Roe in News", "Jane Roe"},
        {"Jane Roe Foundation", "Jane Roe Foundation"},
        {"Jane Roe On Budget", "Jane Roe"},
        {"Jane Roe Budget", "Jane Roe Budget"},
        {"Board of Trade in the News", "Board of Trade in the News"},
    };

    check(rows, sizeof rows / sizeof rows[0], NAMES_LABELLED);
}
END_TEST

START_TEST(what_is_cut_off_a_button_is_no_name)
{
    static const struct row rows[] = {
        {"Email to Author", ""},
        {"View all posts", ""},
        {"Email the author", ""},
    };

    check(rows, sizeof rows / sizeof rows[0], NAMES_LABELLED);
}
END_TEST

START_TEST(words_in_capitals_are_no_name_but_will_is_one)
{
    static const struct row rows[] = {
        {"Personal Finance", ""}, {"Cook Time", ""},
        {"Middle East", ""},      {"Vatican City", ""},
        {"Will Roe", "Will Roe"}, {"Una Roe", "Una Roe"},
    };

    check(rows, sizeof rows / sizeof rows[0], NAMES_LOOSE);
}
END_TEST

START_TEST(words_of_menus_are_surnames_behind_given_names)
{
    static const struct row rows[] = {
        {"Anna Sales", "Anna Sales"},
        {"Anna Maria Sales", "Anna Maria Sales"},
        {"John Cloud", "John Cloud"},
        {"Ani Petrosyan", "Ani Petrosyan"},
        {"Efe Moe and Jane Roe", "Efe Moe+Jane Roe"},
        {"Inside Sales", ""},
        {"Sales Anna", ""},
        {"Anna Sales Deals", ""},
    };

    check(rows, sizeof rows / sizeof rows[0], NAMES_LOOSE);
}
END_TEST

START_TEST(who_is_nobody_gives_no_name)
{
    static const struct row rows[] = {
        {"4 persone", ""},
        {"12 servings", ""},
        {"wp", ""},
        {"admin", ""},
        {"Administrator", ""},
        {"Editorial Team", ""},
        {"佚名", ""},
        {"网络整理", ""},
        {"小编", ""},
        {"本站", ""},
        {"Unknown", ""},
        {"104363", ""},
        {"Insights from", ""},
        {"English EN", ""},
        {"https://paper.example/jane", ""},
        {"Published by", ""},
        {"Staff Writer", ""},
    };

    check(rows, sizeof rows / sizeof rows[0], NAMES_LABELLED);
}
END_TEST

START_TEST(without_a_label_a_name_must_look_like_one)
{
    static const struct row rows[] = {
        {"Prep Time", ""},
        {"It’s Blogvent", ""},
        {"Email Preferences", ""},
        {"the time we arrived", ""},
        {"Clicking Sign Up you agree", ""},
        {"flerche", ""},
        {"Jane van der Roe", "Jane van der Roe"},
        {"Breaking News", ""},
        {"李思远", "李思远"},
        {"天气晴好", ""},
    };

    check(rows, sizeof rows / sizeof rows[0], NAMES_LOOSE);
}
END_TEST

START_TEST(an_organisation_beside_a_person_is_where_the_person_works)
{
    static const struct row rows[] = {
        {"Jane Roe, Harbour News", "Jane Roe"},
        {"Harbour News, Jane Roe", "Jane Roe"},
        {"Harbour News Agency", "Harbour News Agency"},
        {"Jane Roe, Coast Review", "Jane Roe"},
        {"Jane Roe, Lindesby Daily", "Jane Roe"},
        {"Redaktion, Jane Roe", "Jane Roe"},
        {"Redaktion", "Redaktion"},
    };

    check(rows, sizeof rows / sizeof rows[0], NAMES_LABELLED);
}
END_TEST

START_TEST(behind_the_last_of_a_list_stands_where_they_work)
{
    static const struct row rows[] = {
        {"Jane Roe and Tom Marsh, Coast Lights", "Jane Roe+Tom Marsh"},
        {"Jane Roe, Ann Poe & Tom Marsh, Coast Lights",
         "Jane Roe+Ann Poe+Tom Marsh"},
        {"Jane Roe and Tom Marsh, Ann Poe and Jim Foe",
         "Jane Roe+Tom Marsh+Ann Poe+Jim Foe"},
        {"Interview: Jane Roe", "Jane Roe"},
    };

    check(rows, sizeof rows / sizeof rows[0], NAMES_LABELLED);
}
END_TEST

START_TEST(han_names_begin_with_a_surname)
{
    ck_assert(name_is_han(STR("李明")));
    ck_assert(name_is_han(STR("欧阳思远")));
    ck_assert(!name_is_han(STR("关注")));
    ck_assert(!name_is_han(STR("华夏人文")));
    ck_assert(!name_is_han(STR("李明天天向上")));
    ck_assert(!name_is_han(STR("李报")));
}
END_TEST

START_TEST(a_name_in_two_parts_is_one)
{
    static const struct row rows[] = {
        {"篠崎 透", "篠崎 透"}, {"矢口 千尋", "矢口 千尋"},
        {"欧阳 修", "欧阳 修"}, {"张三 李四", "张三+李四"},
        {"丁　戊", "丁戊"},     {"记者 张晓明", "张晓明"},
    };

    check(rows, sizeof rows / sizeof rows[0], NAMES_LOOSE);
}
END_TEST

START_TEST(a_list_of_many_names_is_cut_short)
{
    struct arena *a = arena_new(0);
    struct names names = {0};
    char text[500];
    size_t n = 0;

    for (char c = 'A'; c <= 'Z'; c++) {
        const char parts[] = {'J', 'o', 'e', ' ', c, 'x', 'y', ',', ' '};

        for (size_t i = 0; i < sizeof parts; i++)
            text[n++] = parts[i];
    }
    names_add(a, str_of(text, n), NAMES_LABELLED, &names);
    ck_assert_uint_eq(names.n, NAMES_MAX);
    arena_free(a);
}
END_TEST

START_TEST(surnames_are_known_in_both_scripts)
{
    ck_assert(name_is_han(STR("傅明远")));
    ck_assert(name_is_han(STR("賴文清")));
    ck_assert(!name_is_han(STR("防波堤")));
}
END_TEST

UNIT_TESTS(surnames_are_known_in_both_scripts,
           behind_the_last_of_a_list_stands_where_they_work,
           lists_are_cut_at_commas_and_words_for_and,
           labels_roles_dates_and_addresses_go,
           a_name_ends_before_the_outlet_behind_it,
           what_is_cut_off_a_button_is_no_name,
           words_in_capitals_are_no_name_but_will_is_one,
           words_of_menus_are_surnames_behind_given_names,
           who_is_nobody_gives_no_name,
           without_a_label_a_name_must_look_like_one,
           an_organisation_beside_a_person_is_where_the_person_works,
           han_names_begin_with_a_surname, a_name_in_two_parts_is_one,
           a_list_of_many_names_is_cut_short)
