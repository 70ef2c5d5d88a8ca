#include "extract/page_words.h"

#include "unit/unit.h"

#define TIDE STR("the tide carried the smaller stones away")

static struct terms terms(struct str text)
{
    return terms_of(unit_arena(), text);
}

START_TEST(words_are_known_in_any_order)
{
    struct words w;
    uint32_t n;

    words_init(&w, unit_arena(), WORDS_ALL);
    words_add(&w, terms(TIDE));
    ck_assert_double_eq(
        words_known(&w, terms(STR("stones, tide, away")), 1, &n), 1);
    ck_assert_uint_eq(n, 3);
}
END_TEST

UNIT_TESTS(words_are_known_in_any_order)
