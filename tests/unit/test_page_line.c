#include "unit/unit.h"

#include "base/arena.h"
#include "extract/fields.h"

static struct arena *a;
static struct page_hints hints;
static struct page_context ctx;
static struct notes notes;

static struct line_facts read_in(struct str lang, const char *line)
{
    struct line_facts f;

    a = unit_arena();
    hints = (struct page_hints){.when = {.lang = lang}};
    ctx = (struct page_context){
        .a = a, .scratch = a, .hints = &hints, .notes = &notes};
    ctx.meta = page_meta_read(&ctx);
    (void)line_read(&ctx, str_from_c(line), &f);
    return f;
}

static struct line_facts zh(const char *line)
{
    return read_in(STR("zh"), line);
}

static struct line_facts en(const char *line)
{
    return read_in(STR("en"), line);
}

static struct str authors(const struct line_facts *f)
{
    struct str all = STR_NONE;

    for (size_t i = 0; i < f->authors.n; i++)
        all = i == 0 ? f->authors.at[i].name
                     : arena_cat(a, all, STR("+"), f->authors.at[i].name);
    return all;
}

static struct str day(const struct line_facts *f)
{
    static char text[WHEN_CHARS];

    if (!when_known(f->date))
        return STR_NONE;
    when_rfc3339(f->date, text);
    return str_from_c(text);
}

START_TEST(labels_that_run_together_end_each_others_values)
{
    struct line_facts f = zh("2021-03-04 12:11来源：山城晚报作者：何方河");

    ck_str(f.source, "山城晚报");
    ck_str(authors(&f), "何方河");
    ck_str(day(&f), "2021-03-04T12:11:00+08:00");
    ck_assert(f.is_only_facts);
}
END_TEST

START_TEST(blanks_inside_labels_do_not_count)
{
    struct line_facts f = zh("作　者：梁启明");

    ck_str(authors(&f), "梁启明");
    f = zh("来 源:江声(ID:jiangsheng)");
    ck_str(f.source, "江声");
    ck_str(f.source_id, "jiangsheng");
}
END_TEST

START_TEST(bars_divide_labels_from_values_and_values_from_labels)
{
    struct line_facts f = zh("排版 | 海棠编辑 | 沈若水 执行主编| 高远");

    ck_str(f.editor, "沈若水");
    ck_assert_uint_eq(f.authors.n, 0);
    ck_assert_uint_eq(f.credits.n, 2);
    ck_str(f.credits.at[1].name, "高远");
    ck_assert(f.is_only_facts);
}
END_TEST

START_TEST(nobody_is_no_author)
{
    static const char *lines[] = {"作者：佚名", "作者：未知", "作者:admin",
                                  "作者：网络整理", "责任编辑:Admin"};

    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct line_facts f = zh(lines[i]);

        ck_assert_uint_eq(f.authors.n, 0);
        ck_assert_uint_eq(f.editor.n, 0);
        ck_assert(f.is_admin);
        ck_assert(f.is_only_facts);
    }
}
END_TEST

START_TEST(editors_lose_their_codes_and_brackets)
{
    struct line_facts f = zh("责任编辑：杨春和_NF1234");

    ck_str(f.editor, "杨春和");
    f = zh("（责任编辑： 何必 XY321）");
    ck_str(f.editor, "何必");
    f = zh("(责编：汤知行、丁末)");
    ck_str(f.editor, "汤知行、丁末");
    f = zh("[责任编辑：周全 QK207]");
    ck_str(f.editor, "周全");
}
END_TEST

START_TEST(several_names_are_told_apart)
{
    struct line_facts f = zh("执笔/叶知秋、胡一指&李小剑");

    ck_str(authors(&f), "叶知秋+胡一指+李小剑");
    f = zh("(文/图 刘西东 易家南)");
    ck_str(authors(&f), "刘西东+易家南");
    f = zh("采写：江声见习记者 程前");
    ck_assert_uint_eq(f.authors.n, 1);
}
END_TEST

START_TEST(words_that_contain_a_label_are_none)
{
    struct line_facts f = zh("她是一名女科技工作者");

    ck_assert_uint_eq(f.authors.n, 0);
    ck_assert(!f.is_only_facts);
    f = zh("据记者了解，工程已经完工");
    ck_assert_uint_eq(f.authors.n, 0);
    f = zh("这部作品的灵感来源于一次旅行");
    ck_assert_uint_eq(f.source.n, 0);
}
END_TEST

START_TEST(english_bylines_give_names_without_roles)
{
    struct line_facts f = en("By Jane Roe and John Q. Doe | 3 May 2020");

    ck_str(authors(&f), "Jane Roe+John Q. Doe");
    ck_str(day(&f), "2020-05-03T00:00:00Z");
    ck_assert(f.is_only_facts);
    f = en("By Jane Roe, Science Correspondent");
    ck_str(authors(&f), "Jane Roe");
    f = en("Posted on May 3, 2020 by Jane Roe");
    ck_str(authors(&f), "Jane Roe");
    ck_str(day(&f), "2020-05-03T00:00:00Z");
}
END_TEST

START_TEST(a_sentence_that_begins_like_a_byline_is_none)
{
    struct line_facts f = en("By the time we arrived the shop had closed.");

    ck_assert_uint_eq(f.authors.n, 0);
    ck_assert(!f.is_only_facts);
    f = en("By clicking Sign up you agree to our terms");
    ck_assert_uint_eq(f.authors.n, 0);
}
END_TEST

START_TEST(updates_are_no_publication_dates)
{
    struct line_facts f = en("Updated: 4 May 2020");

    ck_assert(f.date_is_update);
    f = en("Published 3 May 2020, updated 4 May 2020");
    ck_assert(!f.date_is_update);
    ck_str(day(&f), "2020-05-03T00:00:00Z");
    f = en("Updated 4 May 2020, published 3 May 2020");
    ck_assert(!f.date_is_update);
    ck_str(day(&f), "2020-05-03T00:00:00Z");
}
END_TEST

START_TEST(labels_of_many_languages_are_known)
{
    static const struct {
        const char *lang, *line, *name;
    } rows[] = {
        {"de", "Von Erika Mustermann", "Erika Mustermann"},
        {"fr", "Par Jeanne Martin", "Jeanne Martin"},
        {"es", "Por María del Campo", "María del Campo"},
        {"it", "di Giulia Bianchi", "Giulia Bianchi"},
        {"nl", "Door Jan de Boer", "Jan de Boer"},
        {"ru", "Автор: Иван Петров", "Иван Петров"},
        {"pl", "Autor: Anna Nowak", "Anna Nowak"},
        {"tr", "Haber: Ayşe Yılmaz", "Ayşe Yılmaz"},
        {"ko", "홍길동 기자", "홍길동"},
        {"ja", "著者：山田花子", "山田花子"},
        {"ar", "بقلم محمد علي", "محمد علي"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct line_facts f = read_in(str_from_c(rows[i].lang), rows[i].line);

        ck_str(authors(&f), rows[i].name);
    }
}
END_TEST

START_TEST(hash_lines_are_tags)
{
    struct line_facts f = zh("#算力中心# #县城经济#");

    ck_assert(f.is_only_facts);
    ck_assert_uint_eq(f.tags.n, 2);
    ck_str(f.tags.at[0], "算力中心");
}
END_TEST

START_TEST(a_biography_says_nothing_about_the_author_of_the_page)
{
    struct line_facts f = zh("作者简介：李四，资深记者，长期关注能源。");

    ck_assert(f.is_bio);
    ck_assert_uint_eq(f.authors.n, 0);
}
END_TEST

START_TEST(what_counts_readers_ends_the_name_of_an_outlet_only)
{
    struct line_facts f =
        zh("来源：渡口评论（ID:dukou） 作者：何方河 暂无评论");

    ck_str(f.source, "渡口评论");
    ck_str(authors(&f), "何方河");
    f = zh("来源：渡口日报浏览 1200 作者：何方河 评论 12");
    ck_str(f.source, "渡口日报");
    ck_str(authors(&f), "何方河");
}
END_TEST

START_TEST(no_prefix_of_a_line_does_harm)
{
    static const char line[] =
        "2021年3月4日 12:11 "
        "来源：山城晚报（ID:x）作者：何方河【责编：何必_1】#a#";
    struct str whole = str_from_c(line);

    for (size_t n = 0; n <= whole.n; n++) {
        char copy[sizeof line];
        size_t k;

        for (k = 0; k < n; k++)
            copy[k] = line[k];
        while (k > 0 && ((unsigned char)line[k] & 0xC0) == 0x80)
            k--;
        copy[k] = '\0';
        (void)zh(copy);
    }
}
END_TEST

UNIT_TESTS(labels_that_run_together_end_each_others_values,
           blanks_inside_labels_do_not_count,
           bars_divide_labels_from_values_and_values_from_labels,
           nobody_is_no_author, editors_lose_their_codes_and_brackets,
           several_names_are_told_apart, words_that_contain_a_label_are_none,
           english_bylines_give_names_without_roles,
           a_sentence_that_begins_like_a_byline_is_none,
           updates_are_no_publication_dates, labels_of_many_languages_are_known,
           hash_lines_are_tags,
           a_biography_says_nothing_about_the_author_of_the_page,
           what_counts_readers_ends_the_name_of_an_outlet_only,
           no_prefix_of_a_line_does_harm)
