#include "unit/unit.h"

#include <string.h>

#include "base/arena.h"
#include "base/vec.h"

/* Blocks of all kinds: the current one, a doubled one, one for a large piece. */
static void fill(struct arena *a)
{
    for (int i = 0; i < 40; i++)
        (void)arena_alloc(a, 1000);
    (void)arena_alloc(a, 3 << 20);
    (void)arena_alloc(a, 10);
}

START_TEST(what_is_older_than_the_mark_stays)
{
    struct arena *a = arena_new(0);
    struct str kept = arena_str(a, STR("kept"));

    fill(a);
    for (int i = 0; i < 3; i++) {
        size_t used = arena_used(a);
        struct arena_mark mark = arena_mark(a);
        char *first = arena_alloc(a, 16);

        fill(a);
        arena_release(a, mark);
        ck_assert_uint_eq(arena_used(a), used);
        ck_assert_ptr_eq(arena_alloc(a, 16), first);
        ck_str(kept, "kept");
    }
    arena_free(a);
}
END_TEST

START_TEST(marks_nest)
{
    struct arena *a = arena_new(0);
    struct arena_mark outer = arena_mark(a), inner;
    struct str kept;

    kept = arena_str(a, STR("kept"));
    inner = arena_mark(a);
    fill(a);
    arena_release(a, inner);
    ck_str(kept, "kept");
    arena_release(a, outer);
    ck_assert_uint_eq(arena_used(a), 0);
    arena_free(a);
}
END_TEST

START_TEST(a_line_has_single_blanks_and_no_edges)
{
    static const struct {
        const char *is, *line;
    } lines[] = {
        {"", ""},
        {" \t\n", ""},
        {"as it is", "as it is"},
        {"  two \r\n\tlines, and a tail that is longer than a block  ",
         "two lines, and a tail that is longer than a block"},
        {"\xE3\x80\x80wide\xE3\x80\x80 edges\xC2\xA0",
         "wide\xE3\x80\x80 edges"},
    };
    struct arena *a = arena_new(0);

    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        ck_str(arena_line(a, str_from_c(lines[i].is)), lines[i].line);
    arena_free(a);
}
END_TEST

START_TEST(what_is_in_lower_case_is_not_copied)
{
    struct arena *a = arena_new(0);
    struct str lower = STR("a-b 1 \xC3\x84"), mixed = STR("aB-\xC3\x84Z[");

    ck_assert_ptr_eq(arena_lower(a, lower).p, lower.p);
    ck_str(arena_lower(a, mixed), "ab-\xC3\x84z[");
    ck_str(mixed, "aB-\xC3\x84Z[");
    arena_free(a);
}
END_TEST

START_TEST(heap_memory_that_is_taken_lives_and_dies_with_the_arena)
{
    static const struct str words = STR_INIT("words of a heap");
    struct arena *a = arena_new(0);
    char *first, *second;

    for (int with_head = 0; with_head < 2; with_head++) {
        struct arena_mark mark = arena_mark(a);

        first = heap_alloc(100);
        memcpy(first, words.p, words.n);
        first = arena_take(a, first, words.n);
        ck_assert_uint_eq((uintptr_t)first % 16, 0);
        (void)arena_str(a, STR("more"));
        second = heap_alloc(words.n);
        memcpy(second, words.p, words.n);
        second = arena_take(a, second, words.n);
        (void)arena_str(a, STR("and more"));
        ck_str(str_of(first, words.n), "words of a heap");
        ck_str(str_of(second, words.n), "words of a heap");
        arena_release(a, mark);
        ck_assert_uint_eq(arena_used(a), with_head > 0 ? 16 : 0);
        if (with_head == 0)
            (void)arena_str(a, STR("head"));
    }
    arena_free(a);
}
END_TEST

START_TEST(the_newest_piece_grows_where_it_stands)
{
    static const char zeros[2000];
    struct arena *a = arena_new(0);
    char *first = arena_grow(a, NULL, 0, 40), *grown;

    ck_assert(memcmp(first, zeros, 40) == 0);
    memset(first, 'a', 40);
    ck_assert_ptr_eq(arena_grow(a, first, 40, 1000), first);
    ck_assert_uint_eq(arena_used(a), 1008);
    ck_assert(first[39] == 'a');
    ck_assert(memcmp(first + 40, zeros, 960) == 0);
    (void)arena_alloc(a, 1);
    grown = arena_grow(a, first, 1000, 2000);
    ck_assert_ptr_ne(grown, first);
    ck_assert(memcmp(grown, first, 1000) == 0);
    ck_assert(memcmp(grown + 1000, zeros, 1000) == 0);
    first = arena_grow(a, grown, 2000, (size_t)4 << 20);
    ck_assert_ptr_ne(grown, first);
    ck_assert(memcmp(grown, first, 2000) == 0);
    arena_free(a);
}
END_TEST

START_TEST(a_vector_that_stands_last_takes_no_more_than_its_room)
{
    struct arena *a = arena_new(0);
    VEC(int) v = {0};

    for (int i = 0; i < 1000; i++)
        *vec_add(a, &v) = i;
    ck_assert_uint_eq(arena_used(a), 1024 * sizeof(int));
    for (int i = 0; i < 1000; i++)
        ck_assert_int_eq(v.at[i], i);
    arena_free(a);
}
END_TEST

UNIT_TESTS(the_newest_piece_grows_where_it_stands,
           a_vector_that_stands_last_takes_no_more_than_its_room,
           what_is_older_than_the_mark_stays, marks_nest,
           heap_memory_that_is_taken_lives_and_dies_with_the_arena,
           what_is_in_lower_case_is_not_copied,
           a_line_has_single_blanks_and_no_edges)
