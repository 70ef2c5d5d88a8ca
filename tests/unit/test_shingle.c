#include "unit/unit.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "text/shingle.h"

/* N letters by a fixed sequence of numbers, Han or Latin. */
static struct str letters(struct arena *a, uint32_t seed, size_t n, bool han)
{
    struct buf b;
    struct str s;

    buf_init(&b, BUF_MAX);
    while (n-- > 0) {
        seed = seed * 1664525 + 1013904223;
        buf_add_utf8(&b, han ? 0x4E00 + (seed >> 16) % 3000
                             : 'a' + (seed >> 16) % 26);
    }
    s = buf_keep(&b, a);
    buf_done(&b);
    return s;
}

static struct overlap overlap(struct str x, struct str y)
{
    struct sketch a, b;

    sketch_of(x, &a);
    sketch_of(y, &b);
    return sketch_overlap(&a, &b, 0);
}

START_TEST(five_han_or_nine_letters_make_a_shingle)
{
    struct sketch s;

    sketch_of(STR("\u4E00\u4E8C\u4E09\u56DB"), &s);
    ck_assert_uint_eq(sketch_shingles(&s), 0);
    sketch_of(STR("\u4E00\u4E8C\u4E09\u56DB\u4E94\u516D"), &s);
    ck_assert_uint_eq(sketch_shingles(&s), 2);
    sketch_of(STR("abcdefgh"), &s);
    ck_assert_uint_eq(sketch_shingles(&s), 0);
    sketch_of(STR("abcdefghij"), &s);
    ck_assert_uint_eq(sketch_shingles(&s), 2);
    sketch_of(STR(""), &s);
    ck_assert_uint_eq(s.n, 0);
}
END_TEST

static bool has(const struct sketch *s, struct str shingle)
{
    for (uint32_t i = 0; i < s->n; i++)
        if (s->hash[i] == hash64(shingle))
            return true;
    return false;
}

START_TEST(the_first_character_says_how_long_a_shingle_is)
{
    struct sketch s;

    sketch_of(STR("ab\u4E00\u4E8Ccdfgh\u00E9ij"), &s);
    ck_assert_uint_eq(s.n, 4);
    ck_assert(has(&s, STR("ab\u4E00\u4E8Ccdfgh")));
    ck_assert(has(&s, STR("b\u4E00\u4E8Ccdfgh\u00E9")));
    ck_assert(has(&s, STR("\u4E00\u4E8Ccdf")));
    ck_assert(has(&s, STR("\u4E8Ccdfg")));
}
END_TEST

/* A text of short runs of ASCII, Han and other letters. */
static struct str mixed(struct arena *a, uint32_t seed)
{
    static const uint32_t first[] = {'a', 0x4E00, 0x430, 0x20000, 0x3042};
    struct buf b;
    struct str s;

    buf_init(&b, BUF_MAX);
    for (int runs = 0; runs < 40; runs++) {
        seed = seed * 1664525 + 1013904223;
        for (uint32_t i = 0; i < (seed >> 8) % 300; i++)
            buf_add_utf8(&b, first[(seed >> 20) % 5] + (i * seed >> 16) % 26);
    }
    s = buf_keep(&b, a);
    buf_done(&b);
    return s;
}

START_TEST(a_sketch_of_any_scripts_has_the_hashes_of_its_shingles)
{
    struct arena *a = arena_new(0);

    for (uint32_t seed = 1; seed < 30; seed++) {
        struct str s = mixed(a, seed);
        struct sketch sketch;
        uint64_t last = 0;

        sketch_of(s, &sketch);
        ck_assert_uint_eq(sketch.n, SKETCH_MAX);
        last = sketch.hash[SKETCH_MAX - 1];
        for (size_t i = 0, next; i < s.n; i = next) {
            size_t end = i;
            uint64_t hash;
            int chars = 0;

            next = i;
            for (int left = is_cjk(utf8_next(s, &next)) ? 5 : 9;
                 end < s.n && left > 0; left--, chars++)
                utf8_next(s, &end);
            hash = hash64(str_slice(s, i, end));
            if (chars >= 5 && hash <= last && (end < s.n || chars == 9))
                ck_assert(has(&sketch, str_slice(s, i, end)));
        }
    }
    arena_free(a);
}
END_TEST

START_TEST(a_sketch_is_the_smallest_distinct_hashes)
{
    struct arena *a = arena_new(0);
    struct str once = letters(a, 1, 5000, true);
    struct sketch s, twice;

    sketch_of(once, &s);
    sketch_of(arena_cat(a, once, once), &twice);
    ck_assert_uint_eq(s.n, SKETCH_MAX);
    ck_assert_uint_eq(twice.n, SKETCH_MAX);
    for (uint32_t i = 1; i < SKETCH_MAX; i++) {
        ck_assert_uint_lt(s.hash[i - 1], s.hash[i]);
        ck_assert_uint_lt(twice.hash[i - 1], twice.hash[i]);
    }
    ck_assert_uint_ge(sketch_shingles(&s), 3500);
    ck_assert_uint_le(sketch_shingles(&s), 6500);
    ck_assert_double_ge(sketch_overlap(&s, &twice, 0).containment, 0.95);
    arena_free(a);
}
END_TEST

START_TEST(a_text_that_repeats_itself_has_few_shingles)
{
    struct arena *a = arena_new(0);
    struct str part = STR("tick"), s = part;
    struct sketch sketch;

    while (s.n < 10000)
        s = arena_cat(a, s, s);
    sketch_of(s, &sketch);
    ck_assert_uint_eq(sketch.n, part.n);
    arena_free(a);
}
END_TEST

START_TEST(a_copy_among_other_text_is_contained)
{
    for (int han = 0; han < 2; han++) {
        struct arena *a = arena_new(0);
        struct str text = letters(a, 7, 3000, han),
                   other = letters(a, 99, 3000, han);
        struct str glued = arena_cat(a, other, text);

        ck_assert_double_ge(overlap(text, glued).containment, 0.99);
        ck_assert_double_le(overlap(text, other).containment, 0.02);
        ck_assert_double_eq_tol(overlap(text, glued).resemblance, 0.5, 0.2);
        arena_free(a);
    }
}
END_TEST

START_TEST(the_beginning_of_a_text_is_contained)
{
    struct arena *a = arena_new(0);
    struct str text = letters(a, 3, 6000, true);
    struct overlap o = overlap(str_slice(text, 0, 6000 * 3 / 10), text);

    ck_assert_double_ge(o.containment, 0.99);
    ck_assert_uint_ge(o.samples, 2);
    arena_free(a);
}
END_TEST

START_TEST(an_overlap_that_reaches_the_least_is_whole)
{
    struct arena *a = arena_new(0);
    struct str text = letters(a, 5, 3000, true), part;
    struct sketch x, y;

    sketch_of(text, &x);
    for (size_t bytes = 300; bytes <= text.n; bytes += 300) {
        struct overlap whole, o;

        part = str_slice(text, 0, bytes);
        sketch_of(arena_cat(a, part, letters(a, 6, 700, true)), &y);
        whole = sketch_overlap(&x, &y, 0);
        ck_assert_uint_gt(whole.shared, 0);
        o = sketch_overlap(&x, &y, whole.containment);
        ck_assert_uint_eq(o.shared, whole.shared);
        ck_assert(o.containment == whole.containment);
        ck_assert(o.resemblance == whole.resemblance);
        o = sketch_overlap(&x, &y, 1.01);
        ck_assert_uint_eq(o.shared, 0);
        ck_assert_uint_eq(o.samples, whole.samples);
    }
    arena_free(a);
}
END_TEST

START_TEST(estimates_stay_near_what_is_exact)
{
    struct arena *a = arena_new(0);
    double worst = 0;

    for (uint32_t seed = 1; seed <= 50; seed++) {
        struct str x = letters(a, seed, 2000, true);
        struct str y = arena_cat(a, str_slice(x, 0, 3 * 20 * seed),
                                 letters(a, seed + 1000, 2000, true));
        double error =
            overlap(x, y).containment - shingle_overlap(a, x, y).containment;

        error = error < 0 ? -error : error;
        worst = error > worst ? error : worst;
    }
    ck_assert_double_le(worst, 0.3);
    arena_free(a);
}
END_TEST

START_TEST(exact_overlap_counts_every_shingle)
{
    struct arena *a = arena_new(0);
    struct overlap o =
        shingle_overlap(a, STR("abcdefghij"), STR("abcdefghijk"));

    ck_assert_uint_eq(o.shared, 2);
    ck_assert_uint_eq(o.samples, 2);
    ck_assert_double_eq_tol(o.resemblance, 2.0 / 3, 1e-9);
    o = shingle_overlap(a, STR(""), STR("abc"));
    ck_assert_double_eq_tol(o.containment, 0, 1e-9);
    arena_free(a);
}
END_TEST

UNIT_TESTS(five_han_or_nine_letters_make_a_shingle,
           the_first_character_says_how_long_a_shingle_is,
           a_sketch_of_any_scripts_has_the_hashes_of_its_shingles,
           a_sketch_is_the_smallest_distinct_hashes,
           a_text_that_repeats_itself_has_few_shingles,
           a_copy_among_other_text_is_contained,
           the_beginning_of_a_text_is_contained,
           an_overlap_that_reaches_the_least_is_whole,
           estimates_stay_near_what_is_exact,
           exact_overlap_counts_every_shingle)
