/* The label families of Chinese news pages: the rows of zh_labels.def. */
#include "unit/fields_test.h"

enum place { HEAD, FRONT, END, TAIL, META };

static const struct {
    enum place place;
    const char *text, *authors, *source, *editor, *date;
} rows[] = {
#define LABELLED(place, text, authors, source, editor, date)                   \
    {place, text, authors, source, editor, date},
#include "unit/zh_labels.def"
#undef LABELLED
};

#define HEAD_ZH "<html lang='zh-CN'><title>防波堤今年重修，渡船停航</title>"
#define H1_ZH   "<h1>防波堤今年重修，渡船停航</h1>"

/* The row's text, in a paragraph of its own or not, where the row has it. */
static struct str at(struct arena *a, size_t i, enum place place,
                     bool is_paragraph)
{
    if (rows[i].place != place)
        return STR_NONE;
    return arena_printf(a, is_paragraph ? "<p>%s</p>" : "%s", rows[i].text);
}

static struct draft read_row(struct arena *a, size_t i)
{
    struct str html = arena_cat(
        a, STR(HEAD_ZH), at(a, i, META, false), STR(H1_ZH),
        at(a, i, HEAD, true), STR("<p>"), at(a, i, FRONT, false),
        STR("会议周二决定重修东侧的防波堤，此前的风暴在三处撕开了缺口。</p>"
            "<p>施工期间渔船改停内港，码头的租金由会议承担，渡船因此停航。</p>"
            "<p>船员们希望堤坝再高一些，因为海浪一来港池就会淤积。"),
        at(a, i, END, false), STR("</p>"), at(a, i, TAIL, true), STR("\0"));

    return fields_of(a, html.p, "https://lindesby.example/a/1");
}

START_TEST(every_family_of_labels_is_read)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena *a = arena_new(0);
        struct draft d = read_row(a, i);
        struct str authors = authors_of(a, &d);
        struct str date = when_of(a, d.published);
        struct str wanted = str_from_c(rows[i].date);

        ck_assert_msg(
            str_eq(authors, str_from_c(rows[i].authors)) &&
                str_eq(d.source, str_from_c(rows[i].source)) &&
                str_eq(d.editor, str_from_c(rows[i].editor)) &&
                (wanted.n > 0 ? str_starts(date, wanted) : date.n == 0),
            "%s: authors %.*s, source %.*s, editor %.*s, date %.*s",
            rows[i].text, STR_ARG(authors), STR_ARG(d.source),
            STR_ARG(d.editor), STR_ARG(date));
        arena_free(a);
    }
}
END_TEST

START_TEST(a_photographer_is_a_credit_whatever_else_he_does)
{
    struct arena *a = arena_new(0);
    struct draft d =
        fields_of(a, HEAD_ZH H1_ZH PROSE_ZH "<p>通讯员 王方 摄</p>",
                  "https://lindesby.example/a/1");

    ck_str(authors_of(a, &d), "");
    ck_assert_uint_eq(d.credits.n, 1);
    ck_str(d.credits.at[0].name, "王方");
    arena_free(a);
}
END_TEST

UNIT_TESTS(every_family_of_labels_is_read,
           a_photographer_is_a_credit_whatever_else_he_does)
