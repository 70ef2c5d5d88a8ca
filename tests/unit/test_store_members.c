#include "unit/unit.h"

#include "base/arena.h"
#include "store/store_members.h"

static struct arena *a;
static struct store s;

static void begin(void)
{
    a = arena_new(0);
    s = (struct store){.members = members_new()};
}

static void done(void)
{
    members_free(s.members);
    arena_free(a);
}

/* The Nth report: a full sketch and an event of two terms. */
static struct story_sketch report(uint64_t n)
{
    struct story_sketch k = {.source = arena_printf(a, "source %d", (int)n % 9),
                             .title = n + 1,
                             .published = (int64_t)n * 60};
    struct event_term *terms;

    k.shingles.n = SKETCH_MAX;
    for (uint64_t i = 0; i < SKETCH_MAX; i++)
        k.shingles.hash[i] = (n + 2) << 48 | i << 40 | 7;
    terms = arena_array(a, 2, sizeof *terms);
    terms[0] = event_term_of(n << 5, TERM_ORDINAL, IN_TITLE);
    terms[1] = event_term_of((n + 1) << 5, TERM_NAME, IN_TEXT);
    k.event =
        (struct event){.terms = terms, .n = 2, .types = UINT64_C(5) << 33};
    return k;
}

static void add(int64_t story, bool is_new, uint64_t n)
{
    struct story_sketch k = report(n);

    members_add(&s, FOR_COPIES, story, is_new, &k);
    members_add(&s, FOR_REPORTS, story, is_new, &k);
}

struct found {
    const struct story_sketch *at;
    size_t n;
};

static struct found get(enum members_for what, int64_t story)
{
    struct found found;

    found.n = members_get(&s, what, &story, 1, &found.at);
    ck_assert_uint_eq(found.n, members_count(&s, what, story));
    return found;
}

static void ck_kept(const struct story_sketch *k, uint64_t n, int64_t story)
{
    struct story_sketch want = report(n);

    members_round(&want.shingles);
    ck_assert_int_eq(k->story, story);
    ck_str(k->source, want.source.p);
    ck_assert_uint_eq(k->title, want.title);
    ck_assert_int_eq(k->published, want.published);
    ck_assert(sketch_overlap(&k->shingles, &want.shingles, 0).resemblance == 1);
}

START_TEST(what_is_kept_comes_back_in_its_order)
{
    struct found found;

    begin();
    add(1, true, 10);
    add(1, false, 11);
    add(2, false, 12); /* a story that is not here stays so */
    found = get(FOR_REPORTS, 1);
    ck_assert_uint_eq(found.n, 2);
    ck_kept(&found.at[0], 10, 1);
    ck_kept(&found.at[1], 11, 1);
    ck_assert_uint_eq(found.at[1].event.n, 2);
    ck_assert_uint_eq(found.at[1].event.types, UINT64_C(5) << 33);
    ck_assert_uint_eq(event_term_hash(found.at[1].event.terms[0]), 11 << 5);
    ck_assert_int_eq(event_term_kind(found.at[1].event.terms[0]), TERM_ORDINAL);
    ck_assert(event_term_in_title(found.at[1].event.terms[0]));
    ck_assert(!event_term_in_title(found.at[1].event.terms[1]));
    ck_assert_uint_eq(get(FOR_REPORTS, 2).n, 0);
    done();
}
END_TEST

START_TEST(stories_come_one_behind_the_other)
{
    const int64_t stories[] = {2, 7, 1};
    const struct story_sketch *at;

    begin();
    add(1, true, 10);
    add(1, false, 11);
    add(2, true, 12);
    ck_assert_uint_eq(members_get(&s, FOR_REPORTS, stories, 3, &at), 3);
    ck_kept(&at[0], 12, 2);
    ck_kept(&at[1], 10, 1);
    ck_kept(&at[2], 11, 1);
    ck_assert_uint_eq(members_get(&s, FOR_COPIES, stories, 3, &at), 3);
    ck_assert_uint_eq(at[0].event.n, 0);
    done();
}
END_TEST

START_TEST(a_member_by_itself_is_as_others_are)
{
    struct story_sketch k, read;
    struct member *m;

    begin();
    k = report(11);
    m = member_new(&k);
    member_read(m, &read);
    ck_kept(&read, 11, 0);
    ck_assert_uint_eq(read.event.n, 2);
    free(m);
    done();
}
END_TEST

START_TEST(copies_have_no_events)
{
    struct found found;

    begin();
    add(1, true, 10);
    found = get(FOR_COPIES, 1);
    ck_assert_uint_eq(found.n, 1);
    ck_kept(&found.at[0], 10, 1);
    ck_assert_uint_eq(found.at[0].event.n, 0);
    done();
}
END_TEST

/* Those of story 1 are asked for all the time, and get one more now and then;
 * those of story 2 are not. */
START_TEST(what_is_asked_for_stays_and_the_rest_goes)
{
    struct found found;
    uint64_t members = 1;

    begin();
    add(1, true, 0);
    add(2, true, 0);
    for (uint64_t n = 3; n < 100000; n++) {
        members_trim(&s);
        add((int64_t)n, true, n);
        if (n % 1000 == 0) {
            add(1, false, members++);
            ck_assert_uint_eq(members_count(&s, FOR_REPORTS, 1), members);
            ck_assert_uint_eq(get(FOR_COPIES, 1).n, members);
            arena_reset(a);
        }
    }
    found = get(FOR_REPORTS, 1);
    ck_assert_uint_eq(found.n, members);
    for (uint64_t i = 0; i < members; i++)
        ck_kept(&found.at[i], i, 1);
    ck_assert_uint_eq(members_count(&s, FOR_REPORTS, 2), 0);
    ck_assert_uint_eq(members_count(&s, FOR_COPIES, 2), 0);
    done();
}
END_TEST

START_TEST(a_story_is_dropped_and_others_stay)
{
    begin();
    add(1, true, 10);
    add(2, true, 20);
    members_keep_story(&s, 7, 1);
    members_keep_story(&s, 8, 2);
    members_drop(&s, 1);
    ck_assert_uint_eq(members_count(&s, FOR_COPIES, 1), 0);
    ck_assert_uint_eq(members_count(&s, FOR_REPORTS, 1), 0);
    ck_assert_int_eq(members_story(&s, 7), 0);
    ck_assert_uint_eq(members_count(&s, FOR_COPIES, 2), 1);
    ck_assert_int_eq(members_story(&s, 8), 2);
    /* Not all of them are here. */
    add(1, false, 11);
    ck_assert_uint_eq(members_count(&s, FOR_COPIES, 1), 0);
    done();
}
END_TEST

/* Ids are many more than there is room for. */
START_TEST(the_story_of_an_item_is_known_or_not)
{
    begin();
    for (int64_t item = 1; item < 300000; item++)
        members_keep_story(&s, item, item / 3 + 1);
    for (int64_t item = 1; item < 300000; item++)
        ck_assert(members_story(&s, item) == 0 ||
                  members_story(&s, item) == item / 3 + 1);
    ck_assert_int_eq(members_story(&s, 299999), 299999 / 3 + 1);
    ck_assert_int_eq(members_story(&s, 1), 0);
    done();
}
END_TEST

START_TEST(all_are_forgotten_at_once)
{
    begin();
    add(1, true, 10);
    members_keep_story(&s, 7, 1);
    ck_assert_int_eq(members_story(&s, 7), 1);
    members_forget(&s);
    ck_assert_uint_eq(members_count(&s, FOR_COPIES, 1), 0);
    ck_assert_int_eq(members_story(&s, 7), 0);
    done();
}
END_TEST

UNIT_TESTS(what_is_kept_comes_back_in_its_order,
           stories_come_one_behind_the_other, copies_have_no_events,
           a_member_by_itself_is_as_others_are,
           what_is_asked_for_stays_and_the_rest_goes,
           a_story_is_dropped_and_others_stay,
           the_story_of_an_item_is_known_or_not, all_are_forgotten_at_once)
