#include "unit/unit.h"

#include "base/arena.h"
#include "text/when.h"

/* A TZif file is written here byte by byte, in big-endian order. */
struct bytes {
    unsigned char at[1024];
    size_t n;
};

static void put(struct bytes *b, uint64_t v, int width)
{
    for (int i = width - 1; i >= 0; i--)
        b->at[b->n++] = (unsigned char)(v >> (8 * i));
}

static void put_header(struct bytes *b, char version, uint32_t changes,
                       uint32_t types, uint32_t letters)
{
    memcpy(b->at + b->n, "TZif", 4);
    b->n += 4;
    put(b, (unsigned char)version, 1);
    for (int i = 0; i < 15; i++)
        put(b, 0, 1);
    put(b, 0, 4);
    put(b, 0, 4);
    put(b, 0, 4);
    put(b, changes, 4);
    put(b, types, 4);
    put(b, letters, 4);
}

static void put_type(struct bytes *b, int32_t east, int is_summer)
{
    put(b, (uint32_t)east, 4);
    put(b, (uint64_t)is_summer, 1);
    put(b, 0, 1);
}

/* Local mean time until 1901, +1 from then, and the rule FOOTER for later. */
static struct bytes sample(const char *footer)
{
    struct bytes b = {.n = 0};

    put_header(&b, '2', 0, 1, 4);
    put_type(&b, 0, 0);
    put(&b, 0x41424300, 4);
    put_header(&b, '2', 1, 2, 4);
    put(&b, (uint64_t)-2177452800, 8); /* 1901-01-01 */
    put(&b, 1, 1);
    put_type(&b, 1234, 0);
    put_type(&b, 3600, 0);
    put(&b, 0x41424300, 4);
    memcpy(b.at + b.n, footer, strlen(footer));
    b.n += strlen(footer);
    return b;
}

static struct str view(const struct bytes *b)
{
    return str_of((const char *)b->at, b->n);
}

START_TEST(offsets_follow_the_changes_and_then_the_rule)
{
    struct arena *a = arena_new(0);
    struct bytes b = sample("\nCET-1CEST,M3.5.0,M10.5.0/3\n");
    struct zone *z = zone_parse(a, view(&b));

    ck_assert_ptr_nonnull(z);
    ck_assert_int_eq(zone_at(z, civil_seconds(1900, 12, 31, 0, 0, 0)), 21);
    ck_assert_int_eq(zone_at(z, civil_seconds(2024, 1, 15, 0, 0, 0)), 60);
    ck_assert_int_eq(zone_at(z, civil_seconds(2024, 3, 31, 0, 59, 59)), 60);
    ck_assert_int_eq(zone_at(z, civil_seconds(2024, 3, 31, 1, 0, 0)), 120);
    ck_assert_int_eq(zone_at(z, civil_seconds(2024, 10, 27, 0, 59, 59)), 120);
    ck_assert_int_eq(zone_at(z, civil_seconds(2024, 10, 27, 1, 0, 0)), 60);
    arena_free(a);
}
END_TEST

START_TEST(local_times_that_occur_twice_or_never_are_settled)
{
    struct arena *a = arena_new(0);
    struct bytes b = sample("\nCET-1CEST,M3.5.0,M10.5.0/3\n");
    struct zone *z = zone_parse(a, view(&b));

    ck_assert_int_eq(zone_at_local(z, civil_seconds(2024, 7, 1, 12, 0, 0)),
                     120);
    /* Twice: the earlier one, still in summer time. */
    ck_assert_int_eq(zone_at_local(z, civil_seconds(2024, 10, 27, 2, 30, 0)),
                     120);
    /* Never: as the clock that was not yet put forward shows it. */
    ck_assert_int_eq(zone_at_local(z, civil_seconds(2024, 3, 31, 2, 30, 0)),
                     60);
    arena_free(a);
}
END_TEST

START_TEST(southern_summers_span_the_new_year)
{
    struct arena *a = arena_new(0);
    struct bytes b = sample("\n<+1030>-10:30<+11>-11,M10.1.0,M4.1.0\n");
    struct zone *z = zone_parse(a, view(&b));

    ck_assert_int_eq(zone_at(z, civil_seconds(2024, 1, 1, 0, 0, 0)), 660);
    ck_assert_int_eq(zone_at(z, civil_seconds(2024, 6, 1, 0, 0, 0)), 630);
    ck_assert_int_eq(zone_at(z, civil_seconds(2024, 12, 1, 0, 0, 0)), 660);
    arena_free(a);
}
END_TEST

START_TEST(days_of_the_year_count_as_their_kind_says)
{
    struct arena *a = arena_new(0);
    struct bytes b = sample("\nAAA0BBB,J60/0,59/0\n");
    struct zone *z = zone_parse(a, view(&b));

    /* J60 is 1 March always; day 59 counted from 0 is 29 February in a leap
     * year: summer from 1 March round to 29 February. */
    ck_assert_int_eq(zone_at(z, civil_seconds(2024, 3, 1, 0, 0, 0)), 60);
    ck_assert_int_eq(zone_at(z, civil_seconds(2024, 2, 28, 12, 0, 0)), 60);
    ck_assert_int_eq(zone_at(z, civil_seconds(2024, 2, 29, 12, 0, 0)), 0);
    arena_free(a);
}
END_TEST

START_TEST(version_1_files_are_read)
{
    struct arena *a = arena_new(0);
    struct bytes b = {.n = 0};
    struct zone *z;

    put_header(&b, '\0', 1, 2, 0);
    put(&b, (uint32_t)1000000, 4);
    put(&b, 1, 1);
    put_type(&b, 0, 0);
    put_type(&b, 28800, 0);
    z = zone_parse(a, view(&b));
    ck_assert_ptr_nonnull(z);
    ck_assert_int_eq(zone_at(z, 0), 0);
    ck_assert_int_eq(zone_at(z, 2000000), 480);
    arena_free(a);
}
END_TEST

START_TEST(no_bytes_make_the_parser_read_too_far)
{
    struct arena *a = arena_new(0);
    struct bytes good = sample("\nCET-1CEST,M3.5.0,M10.5.0/3\n");

    ck_assert_ptr_null(zone_parse(a, STR("")));
    ck_assert_ptr_null(zone_parse(a, STR("not a zone at all, but long enough "
                                         "to hold a header")));
    for (size_t n = 0; n <= good.n; n++) {
        char *copy = malloc(n + 1);
        struct zone *z;

        memcpy(copy, good.at, n);
        z = zone_parse(a, str_of(copy, n));
        if (z != NULL)
            (void)zone_at(z, 1731544200);
        free(copy);
    }
    for (size_t i = 0; i < good.n; i++) {
        for (int bit = 0; bit < 8; bit++) {
            struct bytes b = good;
            struct zone *z;

            b.at[i] ^= (unsigned char)(1 << bit);
            z = zone_parse(a, view(&b));
            if (z == NULL)
                continue;
            (void)zone_at(z, INT64_MAX);
            (void)zone_at_local(z, INT64_MIN);
            (void)zone_at_local(z, 1731544200);
        }
    }
    arena_free(a);
}
END_TEST

START_TEST(written_offsets_are_read)
{
    int16_t minutes = 7;

    ck_assert(zone_offset(STR("+08:00"), &minutes));
    ck_assert_int_eq(minutes, 480);
    ck_assert(zone_offset(STR("-0530"), &minutes));
    ck_assert_int_eq(minutes, -330);
    ck_assert(zone_offset(STR("Z"), &minutes));
    ck_assert_int_eq(minutes, 0);
    ck_assert(zone_offset(STR("+09"), &minutes));
    ck_assert_int_eq(minutes, 540);
    ck_assert(!zone_offset(STR("+8"), &minutes));
    ck_assert(!zone_offset(STR("+24:00"), &minutes));
    ck_assert(!zone_offset(STR("Asia/Shanghai"), &minutes));
    ck_assert(!zone_offset(STR(""), &minutes));
    ck_assert_int_eq(minutes, 540);
}
END_TEST

UNIT_TESTS(offsets_follow_the_changes_and_then_the_rule,
           local_times_that_occur_twice_or_never_are_settled,
           southern_summers_span_the_new_year,
           days_of_the_year_count_as_their_kind_says, version_1_files_are_read,
           no_bytes_make_the_parser_read_too_far, written_offsets_are_read)
