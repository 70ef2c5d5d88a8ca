#include "unit/unit.h"

#include "base/arena.h"
#include "text/fold.h"
#include "text/offer.h"

/* The numbers and accounts are nobody's. */

static struct offers read_offers(struct arena *a, const char *line)
{
    struct offers o;

    offers_init(&o, a);
    offers_add(&o, fold_key(a, str_from_c(line)));
    return o;
}

START_TEST(accounts_and_numbers_are_contacts)
{
    struct arena *a = arena_new(0);
    struct offers o = read_offers(a, "加微信 abc12345,或致电 400-000-1234。");

    ck_assert_uint_eq(o.contacts, 2);
    ck_assert(!o.contact_repeats);
    offers_add_contacts(&o, STR("微信 abc12345"));
    ck_assert_uint_eq(o.contacts, 3);
    ck_assert(o.contact_repeats);
    ck_assert_uint_eq(read_offers(a, "微信用户超过十亿,2024-11-14").contacts,
                      0);
    ck_assert_uint_eq(read_offers(a, "加vx12345678").contacts, 1);
    ck_assert_uint_eq(read_offers(a, "example.org/PQqbN81x").contacts, 0);
    arena_free(a);
}
END_TEST

START_TEST(calls_are_counted_by_sentence)
{
    struct arena *a = arena_new(0);
    struct offers o =
        read_offers(a, "Sign up and claim your bonus! Terms apply. Act now!");

    ck_assert_uint_eq(o.sentences, 3);
    ck_assert_uint_eq(o.called, 2);
    arena_free(a);
}
END_TEST

START_TEST(words_of_letters_stand_alone)
{
    struct arena *a = arena_new(0);

    ck_assert_uint_eq(read_offers(a, "The casino closed.").trade, 1);
    ck_assert_uint_eq(read_offers(a, "The casinos closed.").trade, 0);
    ck_assert_uint_eq(read_offers(a, "在线百家乐与彩票投注").trade, 3);
    arena_free(a);
}
END_TEST

START_TEST(words_that_overlap_are_one_and_soft_ones_apart)
{
    struct arena *a = arena_new(0);
    struct offers o = read_offers(a, "The best online casino: free download.");

    ck_assert_uint_eq(o.trade, 3);
    ck_assert_uint_eq(o.trades, 2);
    ck_assert_uint_eq(read_offers(a, "银行贷款").trade, 0);
    ck_assert_uint_eq(read_offers(a, "银行贷款").fields, 1);
    arena_free(a);
}
END_TEST

START_TEST(after_a_reset_nothing_is_known)
{
    struct arena *a = arena_new(0);
    struct offers o = read_offers(a, "微信 abc12345: sign up for the casino.");

    offers_reset(&o);
    ck_assert_uint_eq(o.contacts + o.trade + o.called + o.sentences, 0);
    offers_add(&o, STR("微信 abc12345, the casino"));
    ck_assert_uint_eq(o.trade, 1);
    ck_assert(!o.contact_repeats);
    arena_free(a);
}
END_TEST

START_TEST(a_list_of_key_words_has_no_sentence)
{
    ck_assert(is_word_list(STR("a, b, c, d, e, f, g, h")));
    ck_assert(!is_word_list(
        STR("one, two. three, four. five, six, seven, eight, nine, ten.")));
}
END_TEST

UNIT_TESTS(accounts_and_numbers_are_contacts, calls_are_counted_by_sentence,
           words_of_letters_stand_alone,
           words_that_overlap_are_one_and_soft_ones_apart,
           after_a_reset_nothing_is_known, a_list_of_key_words_has_no_sentence)
