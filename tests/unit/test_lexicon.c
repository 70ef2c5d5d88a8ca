#include "unit/unit.h"

#include <string.h>

#include "base/arena.h"
#include "text/lexicon.h"

#define MANY 3000

static int fillings;

static void fill(struct lexicon *l)
{
    fillings++;
    lexicon_add(l, STR("tree"), 1);
    lexicon_add(l, STR("leaf"), 2);
    lexicon_add(l, STR("tree"), 4);
}

static struct str words[MANY];

static void fill_many(struct lexicon *l)
{
    for (size_t i = 0; i < MANY; i++)
        lexicon_add(l, words[i], i + 1);
}

START_TEST(a_word_has_all_meanings_that_were_added)
{
    static lexicon_place place;
    const struct lexicon *l = lexicon_at(&place, fill);

    ck_assert_uint_eq(lexicon_get(l, STR("tree")), 5);
    ck_assert_uint_eq(lexicon_get(l, STR("leaf")), 2);
    ck_assert_uint_eq(lexicon_get(l, STR("lea")), 0);
    ck_assert_uint_eq(lexicon_get(l, STR_NONE), 0);
}
END_TEST

#define X16 "xxxxxxxxxxxxxxxx"

static void fill_lengths(struct lexicon *l)
{
    lexicon_add(l, STR("x"), 1);
    lexicon_add(l, STR(X16 X16 X16 X16), 2);
    lexicon_add(l, STR(X16 X16 X16 X16 X16), 4);
}

START_TEST(words_of_any_length_are_found)
{
    static lexicon_place place;
    const struct lexicon *l = lexicon_at(&place, fill_lengths);

    ck_assert_uint_eq(lexicon_get(l, STR("x")), 1);
    ck_assert_uint_eq(lexicon_get(l, STR("xx")), 0);
    ck_assert_uint_eq(lexicon_get(l, STR(X16 X16 X16 X16)), 2);
    ck_assert_uint_eq(lexicon_get(l, STR(X16 X16 X16 X16 X16)), 4);
    ck_assert_uint_eq(lexicon_get(l, STR(X16 X16 X16 X16 X16 X16)), 0);
}
END_TEST

START_TEST(it_is_made_once)
{
    static lexicon_place place;
    const struct lexicon *l;

    fillings = 0;
    l = lexicon_at(&place, fill);
    ck_assert_ptr_eq(lexicon_at(&place, fill), l);
    ck_assert_int_eq(fillings, 1);
}
END_TEST

START_TEST(it_grows)
{
    static lexicon_place place;
    struct arena *a = arena_new(0);
    const struct lexicon *l;

    for (size_t i = 0; i < MANY; i++)
        words[i] = arena_printf(a, "word%zu", i);
    l = lexicon_at(&place, fill_many);
    for (size_t i = 0; i < MANY; i++)
        ck_assert_uint_eq(lexicon_get(l, words[i]), i + 1);
    ck_assert_uint_eq(lexicon_get(l, STR("word3000")), 0);
    arena_free(a);
}
END_TEST

#define LONGEST 20

/* A word of N letters, which are one but for that at byte OTHER, if there is one. */
static struct str word_of(struct arena *a, size_t n, size_t other)
{
    char *word = arena_alloc(a, LONGEST + 1);

    memset(word, 'a', LONGEST);
    word[other] = 'b';
    return str_of(word, n);
}

static size_t n_alike;

static void fill_alike(struct lexicon *l)
{
    for (size_t i = 0; i < n_alike; i++)
        lexicon_add(l, words[i], i + 1);
}

START_TEST(words_that_differ_anywhere_are_others)
{
    static lexicon_place place;
    struct arena *a = arena_new(0);
    const struct lexicon *l;

    for (size_t n = 1; n <= LONGEST; n++)
        for (size_t other = 0; other <= n; other++)
            words[n_alike++] = word_of(a, n, other);
    l = lexicon_at(&place, fill_alike);
    for (size_t i = 0; i < n_alike; i++)
        ck_assert_uint_eq(lexicon_get(l, words[i]), i + 1);
    arena_free(a);
}
END_TEST

UNIT_TESTS(a_word_has_all_meanings_that_were_added,
           words_of_any_length_are_found, it_is_made_once, it_grows,
           words_that_differ_anywhere_are_others)
