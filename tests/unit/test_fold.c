#include "unit/unit.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "text/fold.h"

static void ck_key(const char *s, const char *want)
{
    struct arena *a = arena_new(0);

    ck_str(fold_key(a, str_from_c(s)), want);
    arena_free(a);
}

START_TEST(case_width_and_compatibility_forms_fold)
{
    ck_key("MiniMax \uFF2D\uFF29\uFF2E\uFF29 \u2460", "minimax mini 1");
    ck_key("\uFB01le", "file");
    ck_key("\u00C9COLE \u0416\u0430 \u0394", "\u00E9cole \u0436\u0430 \u03B4");
    ck_key("\uFF76\uFF9E", "\u30AC"); /* half-width ka with its mark */
    ck_key("Stra\u00DFe", "strasse");
}
END_TEST

START_TEST(accents_are_kept_and_composed)
{
    ck_key("Cafe\u0301", "caf\u00E9");
    ck_key("caf\u00E9", "caf\u00E9");
    ck_key("\u304B\u3099", "\u304C");
    ck_key("\u1100\u1161\u11A8", "\uAC01");
}
END_TEST

START_TEST(traditional_han_become_simplified)
{
    ck_key("\u6A5F\u5668\u5B78\u7FD2", "\u673A\u5668\u5B66\u4E60");
    ck_key("\uF9D1", "\u516D"); /* a compatibility form */
    ck_assert_uint_eq(fold_han(0x767C), 0x53D1);
    ck_assert_uint_eq(fold_han(0x346E), 0x2B748);
    ck_assert_uint_eq(fold_han(0x4E00), 0x4E00);
    ck_assert_uint_eq(fold_han('a'), 'a');
}
END_TEST

START_TEST(every_blank_is_one_space_and_widthless_ones_go)
{
    ck_key("a\u00A0b\u3000c\td\ne", "a b c d e");
    ck_key("\u5FAE\u200B\u4FE1 so\u00ADft\uFEFF", "\u5FAE\u4FE1 soft");
}
END_TEST

START_TEST(the_key_with_case_folds_all_else)
{
    struct arena *a = arena_new(0);

    ck_str(fold_width(a, STR("\uFF21\uFF29 \u5B78")), "AI \u5B66");
    arena_free(a);
}
END_TEST

START_TEST(letters_are_left_of_a_title)
{
    struct arena *a = arena_new(0);

    ck_str(
        fold_letters(a, STR("\u300AGPT-4\u300B \uFF1A 3.5\u500D! Caf\u00E9")),
        "gpt435\u500Dcaf\u00E9");
    ck_str(fold_letters(a, STR("\u2026 --")), "");
    arena_free(a);
}
END_TEST

/* What fold_letters gives, in two steps. */
static struct str letters_of_key(struct arena *a, struct str s)
{
    struct str key = fold_key(a, s), out = STR_NONE;

    for (size_t i = 0; i < key.n;) {
        size_t at = i;

        if (char_kind(utf8_next(key, &i)) != CHAR_OTHER)
            out = arena_cat(a, out, str_slice(key, at, i));
    }
    return out;
}

START_TEST(letters_are_those_of_the_key_whatever_stands_beside)
{
    struct arena *a = arena_new(0);

    for (uint32_t c = 1; c < 0x30000; c++) {
        char bytes[8];
        struct str s;
        size_t n = utf8_put(bytes, 'E');

        n += utf8_put(bytes + n, c);
        bytes[n++] = '!';
        s = str_of(bytes, n);
        ck_assert_msg(str_eq(fold_letters(a, s), letters_of_key(a, s)),
                      "U+%04X", c);
        arena_reset(a);
    }
    arena_free(a);
}
END_TEST

/* Words, runs and what stands between them, of any length and at any place. */
START_TEST(letters_of_a_text_are_those_of_its_key)
{
    static const struct str parts[] = {
        STR_INIT("x"),
        STR_INIT("Q7"),
        STR_INIT("thirteenletr"),
        STR_INIT("ASixteenLetterWo"),
        STR_INIT(" "),
        STR_INIT(", @[`{"),
        STR_INIT("\u00E9"),
        STR_INIT("e\u0301"),
        STR_INIT("\u6C49\u5B57"),
        STR_INIT("\u6F22\u3002"),
        STR_INIT("\u304B\u3099"),
        STR_INIT("\uFF21\u200B"),
    };
    struct arena *a = arena_new(0);
    uint32_t seed = 1;

    for (int round = 0; round < 20000; round++) {
        struct str s = STR_NONE;

        for (int i = 0; i < 12; i++) {
            seed = seed * 1664525 + 1013904223;
            s = arena_cat(a, s,
                          parts[(seed >> 16) % (sizeof parts / sizeof *parts)]);
        }
        ck_assert_msg(str_eq(fold_letters(a, s), letters_of_key(a, s)), "%.*s",
                      STR_ARG(s));
        arena_reset(a);
    }
    arena_free(a);
}
END_TEST

START_TEST(folding_twice_is_folding_once_for_every_character)
{
    struct arena *a = arena_new(0);

    for (uint32_t c = 1; c < 0x32400; c++) {
        char bytes[6] = "x";
        size_t n = 1 + utf8_put(bytes + 1, c);
        struct str once = fold_key(a, str_of(bytes, n));

        ck_assert(utf8_valid(once));
        ck_assert_msg(str_eq(fold_key(a, once), once), "U+%04X", c);
        if (c % 1000 == 0)
            arena_reset(a);
    }
    arena_free(a);
}
END_TEST

START_TEST(places_in_the_key_lead_back_to_the_source)
{
    struct arena *a = arena_new(0);
    struct str s = STR("\uFF21\uFF29\u3000cafe\u0301 \uFB01le\u200Bx");
    struct folded f;

    fold_marked(a, s, true, &f);
    ck_str(f.key, "ai caf\u00E9 filex");
    ck_assert_uint_eq(fold_source(&f, 0), 0);
    ck_assert_uint_eq(fold_source(&f, 1), 3);
    ck_assert_uint_eq(fold_source(&f, 2), 6);
    ck_assert_uint_eq(fold_source(&f, 3), 9);
    ck_assert_uint_eq(fold_source(&f, str_find(f.key, STR("file"), 0)),
                      str_find(s, STR("\uFB01"), 0));
    ck_assert_uint_eq(fold_source(&f, str_find(f.key, STR("x"), 0)), s.n - 1);
    ck_assert_uint_eq(fold_source(&f, f.key.n), s.n);
    arena_free(a);
}
END_TEST

START_TEST(a_letter_under_a_thousand_marks_takes_linear_time)
{
    struct arena *a = arena_new(0);
    size_t n = 600000;
    char *p = arena_alloc(a, n + 1);
    struct str key;

    p[0] = 'e';
    for (size_t i = 1; i + 2 <= n; i += 2)
        memcpy(p + i, i % 4 == 1 ? "\u0301" : "\u0316", 2);
    key = fold_key(a, str_of(p, utf8_valid_prefix(str_of(p, n))));
    ck_assert(utf8_valid(key));
    ck_assert_uint_gt(key.n, n / 2);
    arena_free(a);
}
END_TEST

UNIT_TESTS(case_width_and_compatibility_forms_fold,
           accents_are_kept_and_composed, traditional_han_become_simplified,
           every_blank_is_one_space_and_widthless_ones_go,
           the_key_with_case_folds_all_else, letters_are_left_of_a_title,
           letters_are_those_of_the_key_whatever_stands_beside,
           letters_of_a_text_are_those_of_its_key,
           folding_twice_is_folding_once_for_every_character,
           places_in_the_key_lead_back_to_the_source,
           a_letter_under_a_thousand_marks_takes_linear_time)
