/*
 * How near copies and reports of an event are found again: after the run's end,
 * after a document was undone, and when what finds them is no more.
 */
#include "unit/store_case.h"

#include <sqlite3.h>

#include "store/store_item.h"

static struct store_case c;
static int64_t sources[80];

static void begin(size_t n)
{
    case_init(&c);
    case_begin(&c);
    for (size_t i = 0; i < n; i++)
        sources[i] =
            put_source(&c, arena_printf(c.a, "https://s%zu.example/f", i).p);
}

static struct str digits(uint64_t state, int numbers)
{
    struct str out = STR_NONE;

    for (int i = 0; i < numbers; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        out = arena_printf(c.a, "%.*s %llx", STR_ARG(out),
                           (unsigned long long)(state >> 33));
    }
    return out;
}

/* Text that no other N has, after a third that all have when IS_SHARED. */
static struct str text_of(size_t n, bool is_shared)
{
    return arena_cat(c.a, digits(0, is_shared ? 60 : 0), digits(n + 1, 120));
}

static struct item item_of(int n, const char *title, struct str text)
{
    return (struct item){.guid = arena_printf(c.a, "%d", n),
                         .url =
                             arena_printf(c.a, "https://n%d.example/%d", n, n),
                         .title = str_from_c(title),
                         .published = at_seconds(NOW - 3600 + n),
                         .text = text,
                         .html = text};
}

static struct stored_item only(size_t source)
{
    struct found *found = find_all(&c, sources[source]);

    ck_assert_uint_eq(found->n, 1);
    return found->at[0];
}

static int64_t count(const char *sql)
{
    sqlite3 *db;
    sqlite3_stmt *q;
    int64_t n;

    ck_assert_int_eq(sqlite3_open(scratch_path(&c.dir, "store.db"), &db),
                     SQLITE_OK);
    ck_assert_int_eq(sqlite3_prepare_v2(db, sql, -1, &q, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(q), SQLITE_ROW);
    n = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    sqlite3_close(db);
    return n;
}

#define RECALL_ONE "Arvon recalls 41,000 Kestrel scooters over fire risk"
#define RECALL_TWO "Fire risk: Arvon recalls 41,000 Kestrel scooters"

START_TEST(the_next_run_finds_what_the_last_one_stored)
{
    struct item copied, cut, one, two;
    struct str text;

    begin(4);
    text = text_of(1, false);
    copied = item_of(1, "A long read", text);
    cut = item_of(2, "Elsewhere", str_slice(text, text.n / 3, text.n));
    one = item_of(3, RECALL_ONE, STR("Owners look at their brakes."));
    two = item_of(4, RECALL_TWO, STR("Doors are to be closed."));
    put(&c, sources[0], &copied);
    put(&c, sources[2], &one);
    case_reopen(&c);
    put(&c, sources[1], &cut);
    put(&c, sources[3], &two);
    ck_str(only(1).why, "contained");
    ck_assert_int_eq(only(0).story, only(1).story);
    ck_assert_int_eq(only(2).story, only(3).story);
    case_done(&c);
}
END_TEST

/* As when a store of an older version is opened. */
START_TEST(what_finds_items_is_made_anew_of_their_sketches)
{
    struct item copied, cut, one, two;
    struct str text;

    begin(4);
    text = text_of(1, false);
    copied = item_of(1, "A long read", text);
    cut = item_of(2, "Elsewhere", str_slice(text, text.n / 3, text.n));
    one = item_of(3, RECALL_ONE, STR("Owners look at their brakes."));
    two = item_of(4, RECALL_TWO, STR("Doors are to be closed."));
    put(&c, sources[0], &copied);
    put(&c, sources[2], &one);
    ck_ok(&c, store_commit(c.s, &c.err));
    store_rest(c.s);
    ck_assert_int_eq(sqlite3_exec(c.s->db,
                                  "DELETE FROM near_run; DELETE FROM near_page;"
                                  "DELETE FROM near_filter;"
                                  "DELETE FROM term_run; DELETE FROM term_page;"
                                  "DELETE FROM term_filter",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    ck_ok(&c, store_begin(c.s, &c.err));
    ck_ok(&c, near_fill(c.s, false, &c.err));
    case_reopen(&c);
    put(&c, sources[1], &cut);
    put(&c, sources[3], &two);
    ck_assert_int_eq(only(0).story, only(1).story);
    ck_assert_int_eq(only(2).story, only(3).story);
    case_done(&c);
}
END_TEST

/* Neither the next report, which would join a story that is no more, nor an item
 * that takes the undone one's row. */
START_TEST(what_is_undone_leaves_nothing_to_join)
{
    for (int with_other = 0; with_other < 2; with_other++) {
        struct item one, other, two;

        begin(3);
        one = item_of(1, RECALL_ONE, STR("Owners look at their brakes."));
        other = item_of(2, "Pinewood library opens a reading garden",
                        text_of(2, false));
        two = item_of(3, RECALL_TWO, STR("Doors are to be closed."));
        case_commit(&c);
        put(&c, sources[0], &one);
        store_rollback(c.s);
        ck_ok(&c, store_begin(c.s, &c.err));
        if (with_other)
            put(&c, sources[1], &other);
        put(&c, sources[2], &two);
        ck_str(only(2).why, "");
        /* And all that was to be written is well. */
        case_reopen(&c);
        put(&c, sources[0], &one);
        ck_assert_int_eq(only(0).story, only(2).story);
        case_done(&c);
    }
}
END_TEST

START_TEST(a_new_title_and_text_are_found_and_the_old_ones_not)
{
    struct item one, changed, two;

    begin(2);
    one = item_of(1, RECALL_ONE, text_of(1, false));
    changed = item_of(1, "Pinewood library opens a reading garden",
                      text_of(2, false));
    two = item_of(2, RECALL_TWO, text_of(1, false));
    put(&c, sources[0], &one);
    ck_ok(&c, store_next_document(c.s, &c.err));
    ck_assert_int_eq(put(&c, sources[0], &changed), PUT_CHANGED);
    put(&c, sources[1], &two);
    ck_assert_int_ne(only(0).story, only(1).story);
    case_done(&c);
}
END_TEST

START_TEST(what_is_forgotten_is_not_looked_for)
{
    struct item one;

    begin(1);
    one = item_of(1, RECALL_ONE, text_of(1, false));
    put(&c, sources[0], &one);
    case_reopen(&c);
    ck_assert_int_eq(count("SELECT sum(bytes) / 14 FROM near_run"), 16);
    ck_ok(&c, store_expire(c.s, NOW + 1, NOW + 1, &c.err));
    ck_ok(&c, store_expire(c.s, NOW + 1, NOW + 1, &c.err));
    ck_assert_int_eq(count("SELECT count(*) FROM item"), 0);
    ck_assert_int_eq(count("SELECT count(*) FROM near_page"), 0);
    case_done(&c);
}
END_TEST

/* What every article of a site begins with takes no room without end; what is an article's own does find its copy. */
START_TEST(a_shingle_that_all_have_fills_no_list)
{
    struct item copy;

    begin(80);
    for (int i = 0; i < 79; i++) {
        struct item item =
            item_of(i, arena_printf(c.a, "Number %d", i).p, text_of(i, true));

        put(&c, sources[i], &item);
    }
    copy = item_of(79, "Elsewhere", text_of(70, true));
    put(&c, sources[79], &copy);
    ck_assert_int_eq(only(70).story, only(79).story);
    ck_assert_int_ne(only(69).story, only(79).story);
    case_reopen(&c);
    ck_assert_int_lt(count("SELECT sum(bytes) / 14 FROM near_run"), 80 * 16);
    case_done(&c);
}
END_TEST

/* Seventy titles share as many words with it; its report shares some rare ones,
 * and would be lost among them by their number alone. */
START_TEST(what_all_titles_say_hides_no_event)
{
    static const char *const said[] = {"Kestrel", "Arvon",  "Pelham", "Ostrava",
                                       "Nimbus",  "Quorum", "Tarn",   "Veldt",
                                       "Wicklow", "Yarrow"};
    int64_t story[2];

    begin(72);
    for (int i = 0; i < 70; i++) {
        struct item item =
            item_of(i,
                    arena_printf(c.a, "Harbour council report %d on %s %s",
                                 1000 + 7 * i, said[i % 10], said[i / 10])
                        .p,
                    text_of((size_t)i, false));

        put(&c, sources[i], &item);
    }
    for (int i = 70; i < 72; i++) {
        struct item item = item_of(
            i,
            i == 70 ? "Harbour council report: dredger Merganser sinks with "
                      "314 tonnes"
                    : "Dredger Merganser sinks with 314 tonnes, says council",
            text_of((size_t)i, false));

        put(&c, sources[i], &item);
    }
    case_commit(&c);
    for (size_t i = 70; i < 72; i++)
        story[i - 70] = only(i).story;
    ck_assert_int_eq(story[0], story[1]);
    for (size_t i = 0; i < 70; i++)
        ck_assert_int_ne(only(i).story, story[0]);
    case_done(&c);
}
END_TEST

/* Their titles share a name and no more. */
START_TEST(a_rare_name_in_both_titles_finds_an_event)
{
    static const char *const titles[] = {
        "Senate confirms Whitcombe to lead competition commission",
        "Whitcombe gets the nod as antitrust chief"};
    static const char *const texts[] = {
        "Lawyer Dana Whitcombe was confirmed as head of the Competition "
        "Commission by 58 votes to 39 in the Senate on Tuesday.",
        "The Senate confirmed Dana Whitcombe on Tuesday by 58 votes to 39. The "
        "lawyer will lead the Competition Commission."};

    begin(2);
    for (int i = 0; i < 2; i++) {
        struct item item = item_of(i, titles[i], str_from_c(texts[i]));

        put(&c, sources[i], &item);
    }
    case_commit(&c);
    ck_assert_int_eq(only(0).story, only(1).story);
    case_done(&c);
}
END_TEST

/* A feature's title names nobody; its text has names of the report's title.  The one
 * or the other comes first. */
START_TEST(a_name_in_the_text_finds_the_title_that_has_it)
{
    static const char *const titles[] = {
        "Bakery chain Ottermill sold to Danish rival Brodhus for 90 million",
        "After four generations a family parts with its ovens"};
    static const char *const texts[] = {
        "The bakery chain Ottermill of Leeds was sold to its Danish rival "
        "Brodhus for 90 million pounds on Tuesday.",
        "Ruth Ottermill cried when she signed. Brodhus takes over all shops of "
        "the chain and pays 90 million pounds; bakers keep their work."};

    for (int first = 0; first < 2; first++) {
        begin(2);
        for (int i = 0; i < 2; i++) {
            int k = i ^ first;
            struct item item = item_of(i, titles[k], str_from_c(texts[k]));

            put(&c, sources[i], &item);
        }
        case_commit(&c);
        ck_assert_int_eq(only(0).story, only(1).story);
        case_done(&c);
    }
}
END_TEST

/* Few of those found are looked at. */
START_TEST(of_many_that_share_something_the_copied_one_is_nearest)
{
    const size_t n = 40;

    begin(n + n / 2);
    for (size_t i = 0; i < n; i++) {
        struct item one = item_of((int)i, arena_printf(c.a, "No. %zu", i).p,
                                  text_of(i, true));

        put(&c, sources[i], &one);
    }
    for (size_t i = 0; i < n / 2; i++) {
        struct item copy =
            item_of((int)(n + i), "Elsewhere", text_of(2 * i, true));

        copy.text = str_slice(copy.text, 0, copy.text.n / 9 * 8);
        put(&c, sources[n + i], &copy);
        ck_str(only(n + i).why, "contained");
        ck_assert_int_eq(only(n + i).story, only(2 * i).story);
    }
    case_done(&c);
}
END_TEST

UNIT_TESTS(the_next_run_finds_what_the_last_one_stored,
           what_finds_items_is_made_anew_of_their_sketches,
           what_is_undone_leaves_nothing_to_join,
           a_new_title_and_text_are_found_and_the_old_ones_not,
           what_is_forgotten_is_not_looked_for,
           a_shingle_that_all_have_fills_no_list,
           what_all_titles_say_hides_no_event,
           a_rare_name_in_both_titles_finds_an_event,
           a_name_in_the_text_finds_the_title_that_has_it,
           of_many_that_share_something_the_copied_one_is_nearest)
