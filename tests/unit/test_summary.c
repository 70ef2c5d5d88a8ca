#include "unit/unit.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "clean/clean.h"
#include "clean/summary.h"

static struct arena *a;

static struct str summary(const char *own, const char *text)
{
    a = unit_arena();
    return summary_make(a, str_from_c(own), str_from_c(text));
}

START_TEST(a_summary_is_believed_when_its_words_stand_in_the_body)
{
    ck_str(summary("second  one ...", "First one.\n\nSecond. A second\none."),
           "second one ...");
    ck_str(summary("Buy now!", "An honest text."), "An honest text.");
    ck_str(summary("All there is", ""), "All there is");
    ck_str(summary("", ""), "");
}
END_TEST

START_TEST(the_beginning_of_the_body_is_cut_at_the_end_of_a_sentence)
{
    struct str s = summary(
        "", "This is a first sentence of version 1.5 of it. \"Here is the "
            "second?\" And a third one that goes on and on, and on, and on, "
            "and on, and on, and on, and on, and on, and on, and on, and on, "
            "and on, and on, and on, and on, and on.");

    ck_str(s, "This is a first sentence of version 1.5 of it. \"Here is the "
              "second?\"");
}
END_TEST

START_TEST(a_text_without_sentences_is_cut_at_a_blank_or_anywhere)
{
    char words[1000], han[3001];
    struct str s;

    for (size_t i = 0; i < sizeof words; i++)
        words[i] = i % 7 == 6 ? ' ' : 'x';
    words[sizeof words - 1] = '\0';
    s = summary("", words);
    ck_assert(str_ends(s, STR("x\u2026")));
    ck_assert_uint_le(utf8_chars(s), SUMMARY_CHARS + 1);
    ck_assert_uint_eq((s.n - STR("\u2026").n + 1) % 7, 0);
    for (size_t i = 0; i < 3000; i += 3) {
        han[i] = '\xe4';
        han[i + 1] = '\xb8';
        han[i + 2] = '\xad';
    }
    han[3000] = '\0';
    s = summary("", han);
    ck_assert(utf8_valid(s));
    ck_assert_uint_eq(utf8_chars(s), SUMMARY_CHARS + 1);
}
END_TEST

START_TEST(chinese_sentences_end_at_their_own_marks)
{
    char text[2000] = "";
    struct str s;

    for (int i = 0; i < 30; i++)
        memcpy(text + i * 30,
               "\u4e2d\u4e2d\u4e2d\u4e2d\u4e2d\u4e2d\u4e2d"
               "\u4e2d\u4e2d\u3002",
               30);
    text[900] = '\0';
    s = summary("", text);
    ck_assert(str_ends(s, STR("\u3002")));
    ck_assert_uint_eq(utf8_chars(s), 200);
}
END_TEST

/* ---- titles ---- */

static void title(const char *html, const char *expected)
{
    struct text t = {.value = str_from_c(html), .type = TEXT_HTML};

    a = unit_arena();
    ck_str(text_to_line(a, &t), expected);
}

START_TEST(a_title_keeps_its_meaning)
{
    title("a < b", "a < b");
    title("AT&T", "AT&T");
    title("AT&amp;T", "AT&T");
    title("&amp;lt;b&amp;gt;", "&lt;b&gt;");
    title("&lt;b&gt; tags", "<b> tags");
    title("The <code> element", "The <code> element");
    title("<i>Dune</i> by <b>F.&nbsp;H.</b>", "Dune by F. H.");
    title("<i>Use</i> <div> and </b>", "Use <div> and </b>");
    title(" a\n<br>b ", "a b");
    title("<script>x</script>y", "y");
    title("a <", "a <");
    title("<!-- x -->a", "a");
}
END_TEST

START_TEST(a_plain_title_is_taken_as_it_is)
{
    struct text t = {.value = STR(" <b>AT&amp;T</b>\n \x01x ")};

    a = unit_arena();
    ck_str(text_to_line(a, &t), "<b>AT&amp;T</b> x");
}
END_TEST

UNIT_TESTS(a_summary_is_believed_when_its_words_stand_in_the_body,
           the_beginning_of_the_body_is_cut_at_the_end_of_a_sentence,
           a_text_without_sentences_is_cut_at_a_blank_or_anywhere,
           chinese_sentences_end_at_their_own_marks, a_title_keeps_its_meaning,
           a_plain_title_is_taken_as_it_is)
