#include "store/store_item.h"
#include "unit/store_case.h"

static struct store_case c;
static int64_t a, b;

static void begin(void)
{
    case_init(&c);
    case_begin(&c);
    a = put_source(&c, "https://a.example/feed");
    b = put_source(&c, "https://b.example/feed");
}

static struct stored_item only(int64_t source)
{
    struct found *found = find_all(&c, source);

    ck_assert_uint_eq(found->n, 1);
    return found->at[0];
}

/* The title of the lead of the story that ITEM is in. */
static struct str lead_title(struct stored_item item)
{
    struct stored_item *members;
    size_t n;

    case_commit(&c);
    ck_ok(&c, store_story_members(c.s, c.a, item.story, &members, &n, &c.err));
    ck_assert_uint_gt(n, 0);
    ck_assert(members[0].is_lead);
    for (size_t i = 1; i < n; i++)
        ck_assert(!members[i].is_lead);
    return members[0].item.title;
}

START_TEST(one_address_in_two_sources_is_one_story)
{
    struct item one, two;

    begin();
    one = make_item(&c, "1", "https://a.example/x?utm_medium=rss", "One", "x");
    two = make_item(&c, "2", "http://www.a.example/x", "Two", "other");
    put(&c, a, &one);
    put(&c, b, &two);
    ck_assert_int_eq(only(a).story, only(b).story);
    ck_assert(only(a).is_lead);
    ck_str(only(a).why, "");
    ck_str(only(b).why, "same-url");
    case_done(&c);
}
END_TEST

/* By how many other reports the best known term of the last that was put is known. */
static unsigned best_known;

static void watch(const struct story_sketch *x, const struct story_sketch *near,
                  size_t n, struct story_choice *out)
{
    (void)near;
    *out = (struct story_choice){.digest = n};
    best_known = 0;
    for (size_t i = 0; i < x->event.n && x->event.reports != NULL; i++)
        if (x->event.reports[i] != REPORTS_UNKNOWN &&
            x->event.reports[i] > best_known)
            best_known = x->event.reports[i];
}

/* By how many others the last of three is known, each of which is told so many seconds
 * APART from the one before. */
static unsigned known_of_third(int64_t apart)
{
    static const char *const titles[] = {"Brindlewick closes a plant",
                                         "Brindlewick hires a chief",
                                         "Brindlewick pays a fine"};
    struct story_judge watching = story_judge;

    begin();
    watching.join = watch;
    store_use_judge(c.s, &watching);
    for (unsigned i = 0; i < 3; i++) {
        struct item item = make_item(
            &c, titles[i] + 12, arena_printf(c.a, "https://a.example/%u", i).p,
            titles[i], titles[i]);

        item.published = at_seconds(NOW - 3600 + i * apart);
        put(&c, i == 1 ? b : a, &item);
        case_commit(&c);
    }
    case_done(&c);
    return best_known;
}

START_TEST(the_judge_is_told_how_many_other_reports_have_a_term)
{
    ck_assert_uint_eq(known_of_third(1), 2);
}
END_TEST

START_TEST(later_reports_that_came_before_do_not_count)
{
    ck_assert_uint_eq(known_of_third(-1), 0);
}
END_TEST

/* The moments of the reports that the judge was asked about, and whether all that it
 * was given of others was earlier. */
static int64_t asked[3];
static size_t n_asked;
static bool are_earlier;

static void see_reports(const struct story_sketch *x,
                        const struct story_sketch *near, size_t n,
                        struct story_choice *out)
{
    *out = (struct story_choice){.digest = n};
    if (x->event.n == 0)
        return; /* asked for copies */
    ck_assert_uint_lt(n_asked, 3);
    asked[n_asked++] = x->published;
    for (size_t i = 0; i < n; i++)
        are_earlier &= near[i].published < x->published;
}

START_TEST(reports_of_a_transaction_are_judged_in_the_order_of_their_time)
{
    static const char *const titles[] = {"Brindlewick closes a plant",
                                         "Brindlewick hires a chief",
                                         "Brindlewick pays a fine"};
    struct story_judge watching = story_judge;

    begin();
    n_asked = 0;
    are_earlier = true;
    watching.join = see_reports;
    store_use_judge(c.s, &watching);
    for (int i = 2; i >= 0; i--) {
        struct item item = make_item(
            &c, titles[i] + 12, arena_printf(c.a, "https://a.example/%d", i).p,
            titles[i], titles[i]);

        item.published = at_seconds(NOW - 3600 + i);
        put(&c, i == 1 ? b : a, &item);
    }
    ck_assert_uint_eq(n_asked, 0);
    case_commit(&c);
    ck_assert_uint_eq(n_asked, 2);
    ck_assert_int_eq(asked[0], NOW - 3600 + 1);
    ck_assert_int_eq(asked[1], NOW - 3600 + 2);
    ck_assert(are_earlier);
    case_done(&c);
}
END_TEST

/* A report of its own, but for what Brindlewick has told. */
static void put_told(int64_t source, int i, const char *title, int64_t moment)
{
    struct item item = {.guid = arena_printf(c.a, "%d", i),
                        .title = str_from_c(title),
                        .published = at_seconds(moment)};

    put(&c, source, &item);
}

START_TEST(who_comes_late_waits_for_the_next_round)
{
    struct story_judge watching = story_judge;

    begin();
    n_asked = 0;
    are_earlier = true;
    watching.join = see_reports;
    store_use_judge(c.s, &watching);
    for (int i = 0; i < REPORTS_WAITING; i++)
        put_told(a, i, arena_printf(c.a, "%dx", i).p, NOW - 1800 + i);
    put_told(a, -1, "Brindlewick closes a plant", NOW - 3000);
    put_told(b, -2, "Brindlewick pays a fine", NOW - 3100);
    put_told(b, -3, "Brindlewick hires a chief", NOW - 3200);
    ck_assert_uint_eq(n_asked, 0);
    case_commit(&c);
    ck_assert_uint_eq(n_asked, 2);
    ck_assert_int_eq(asked[0], NOW - 3200);
    ck_assert_int_eq(asked[1], NOW - 3100);
    ck_assert(!are_earlier);
    case_done(&c);
}
END_TEST

/* What the judge was given of the nearest copies: how many, from when to when, and
 * whether in the order of time. */
static struct given {
    size_t n;
    int64_t first, last;
    bool is_ordered;
} given;

static void see_copies(const struct story_sketch *x,
                       const struct story_sketch *near, size_t n,
                       struct story_choice *out)
{
    *out = (struct story_choice){.digest = n};
    if (x->event.n > 0)
        return; /* asked for reports */
    given = (struct given){.n = n,
                           .first = near[0].published,
                           .last = near[n - 1].published,
                           .is_ordered = true};
    for (size_t i = 1; i < n; i++)
        given.is_ordered &= near[i - 1].published <= near[i].published;
}

/* N copies of one text from as many sources, each earlier than the one before it.
 * Returns the source of the last. */
static int64_t put_copies(int n)
{
    int64_t source = 0;

    for (int i = 0; i < n; i++) {
        const char *home = arena_printf(c.a, "https://c%d.example/", i).p;
        struct item item = make_item(&c, "1", home, "Copy", "text");

        item.url = arena_cat(c.a, str_from_c(home), STR("x"));
        item.published = at_seconds(NOW - 3600 - 60 * i);
        source = put_source(&c, home);
        ck_ok(&c, store_next_document(c.s, &c.err));
        put(&c, source, &item);
    }
    return source;
}

/* However they came; also when they are read anew. */
static void ck_earliest_are_looked_at(int n, size_t want)
{
    struct story_judge watching = story_judge;
    struct item item;
    int64_t last;

    begin();
    last = put_copies(n);
    case_commit(&c);
    ck_assert(only(last).is_lead);
    case_reopen(&c);
    case_begin(&c);
    watching.join = see_copies;
    store_use_judge(c.s, &watching);
    item = make_item(&c, "2", "https://a.example/y", "Another", "text");
    item.text = arena_cat(c.a, item.text, STR("And a sentence more of it."));
    put(&c, a, &item);
    ck_assert_uint_eq(given.n, want);
    ck_assert_int_eq(given.first, NOW - 3600 - 60 * (n - 1));
    ck_assert_int_eq(given.last, given.first + 60 * ((int64_t)want - 1));
    ck_assert(given.is_ordered);
    case_done(&c);
}

START_TEST(of_many_members_the_earliest_are_looked_at)
{
    ck_earliest_are_looked_at(5, 5);
    ck_earliest_are_looked_at(70, 64);
}
END_TEST

START_TEST(one_text_under_two_titles_is_one_story)
{
    struct item one, two;

    begin();
    one = make_item(&c, "1", "https://a.example/x", "One", "text");
    two = make_item(&c, "2", "https://b.example/y", "Best prices!", "TEXT");
    put(&c, a, &one);
    put(&c, b, &two);
    ck_assert_int_eq(only(a).story, only(b).story);
    ck_str(only(b).why, "same-text");
    case_done(&c);
}
END_TEST

START_TEST(short_texts_join_only_under_one_title)
{
    struct str notice = STR("Please subscribe to go on reading this article; "
                            "it takes a minute and costs less than a cup of "
                            "coffee. Already a reader? Sign in now.");
    struct item one, two;

    begin();
    one = make_item(&c, "1", "https://a.example/x", "One", "");
    two = make_item(&c, "2", "https://b.example/y", "Two", "");
    one.text = two.text = notice;
    put(&c, a, &one);
    put(&c, b, &two);
    ck_assert_int_ne(only(a).story, only(b).story);
    two = make_item(&c, "3", "https://b.example/z", "ONE", "");
    two.text = notice;
    two.published = at_seconds(NOW);
    put(&c, b, &two);
    ck_assert_int_eq(find_all(&c, b)->at[0].story, only(a).story);
    case_done(&c);
}
END_TEST

START_TEST(a_text_that_one_source_uses_twice_joins_nothing)
{
    struct item item;
    struct found *found;

    begin();
    for (int i = 0; i < 2; i++) {
        item = make_item(&c, arena_printf(c.a, "%d", i).p,
                         arena_printf(c.a, "https://a.example/%d", i).p,
                         arena_printf(c.a, "Title %d", i).p, "notice");
        put(&c, a, &item);
    }
    item = make_item(&c, "x", "https://b.example/x", "Another", "notice");
    put(&c, b, &item);
    found = find_all(&c, a);
    ck_assert_int_ne(found->at[0].story, found->at[1].story);
    ck_assert_int_ne(found->at[0].story, only(b).story);
    ck_assert_int_ne(found->at[1].story, only(b).story);
    case_done(&c);
}
END_TEST

START_TEST(links_to_a_front_page_join_nothing)
{
    struct item one, two;

    begin();
    one = make_item(&c, "1", "https://a.example/", "One", "text");
    two = make_item(&c, "2", "https://a.example/#top", "Two", "other");
    two.text = STR("A few words of another article.");
    put(&c, a, &one);
    put(&c, b, &two);
    ck_assert_int_ne(only(a).story, only(b).story);
    case_done(&c);
}
END_TEST

START_TEST(an_address_shared_in_one_source_joins_nothing_elsewhere)
{
    struct item one, two, three;

    begin();
    one = make_item(&c, "1", "https://a.example/log", "One", "text");
    two = make_item(&c, "2", "https://a.example/log", "Two", "other");
    three = make_item(&c, "3", "https://a.example/log", "Three", "third");
    put(&c, a, &one);
    put(&c, a, &two);
    put(&c, b, &three);
    ck_assert_int_ne(find_all(&c, a)->at[0].story,
                     find_all(&c, a)->at[1].story);
    ck_assert_int_ne(only(b).story, find_all(&c, a)->at[0].story);
    ck_assert_int_ne(only(b).story, find_all(&c, a)->at[1].story);
    case_done(&c);
}
END_TEST

START_TEST(within_a_source_an_article_given_out_again_is_its_new_version)
{
    struct item one, two;
    struct found *found;

    begin();
    one = make_item(&c, "1", "https://a.example/x", "Title", "text");
    two = make_item(&c, "2", "https://a.example/x", "Title", "longer text");
    two.published = at_seconds(NOW - 100);
    put(&c, a, &one);
    put(&c, a, &two);
    case_commit(&c);
    found = find_all(&c, a);
    ck_assert_uint_eq(found->n, 2);
    ck_assert_int_eq(found->at[0].story, found->at[1].story);
    ck_assert(found->at[0].is_lead);
    ck_str(found->at[0].item.guid, "2");
    case_done(&c);
}
END_TEST

START_TEST(within_a_source_a_series_from_a_template_stays_apart)
{
    struct item one, two;

    begin();
    one = make_item(&c, "1", "https://a.example/1", "Week 1", "template");
    two = make_item(&c, "2", "https://a.example/2", "Week 2", "template");
    put(&c, a, &one);
    put(&c, a, &two);
    ck_assert_int_ne(find_all(&c, a)->at[0].story,
                     find_all(&c, a)->at[1].story);
    case_done(&c);
}
END_TEST

/* An item whose text shares no shingle with that of another SEED. */
static struct item told(const char *url, const char *title, const char *seed)
{
    struct item item = make_item(&c, url, url, title, "");
    struct str parts[80];

    for (size_t i = 0; i < 80; i++)
        parts[i] = arena_printf(c.a, "%s%zu %s%zu; ", seed, (i + 1) * 7919,
                                seed, (i + 1) * 104729);
    item.text = arena_join(c.a, parts, 80);
    return item;
}

/* B has a digest of what A has, and says what it holds last. */
static void put_digest_first(struct item *of)
{
    int64_t d = put_source(&c, "https://d.example/feed");
    struct item digest = told("https://d.example/all", "All", "x");
    struct item copy = told("https://b.example/1", "Copy", "one");

    of[0] = told("https://a.example/1", "One", "one");
    of[1] = told("https://a.example/2", "Two", "two");
    of[2] = told("https://a.example/3", "Three", "three");
    digest.text =
        arena_cat(c.a, of[0].text, STR("\n\n"), of[1].text, of[2].text);
    put(&c, d, &digest);
    put(&c, a, &of[0]);
    put(&c, b, &copy);
    ck_assert_int_eq(only(b).story, only(d).story);
    case_commit(&c);
    put(&c, a, &of[1]);
    put(&c, a, &of[2]);
}

START_TEST(a_digest_that_came_first_leaves_what_it_holds)
{
    struct stored_item *members;
    struct item of[3], again;
    struct found *found;
    int64_t d, e;
    size_t n;

    begin();
    put_digest_first(of);
    d = put_source(&c, "https://d.example/feed");
    found = find_all(&c, a);
    ck_assert_uint_eq(found->n, 3);
    ck_assert_int_ne(found->at[0].story, found->at[1].story);
    ck_assert_int_ne(found->at[0].story, found->at[2].story);
    ck_assert_int_ne(found->at[1].story, found->at[2].story);
    for (size_t i = 0; i < 3; i++)
        ck_assert_int_ne(found->at[i].story, only(d).story);
    ck_assert(only(d).is_lead);
    ck_ok(&c,
          store_story_members(c.s, c.a, only(b).story, &members, &n, &c.err));
    ck_assert_uint_eq(n, 2);
    ck_str(members[0].item.title, "One");
    ck_str(members[1].item.title, "Copy");
    e = put_source(&c, "https://e.example/feed");
    again = told("https://e.example/1", "Again", "one");
    again.text = arena_cat(c.a, STR("Once more: "), of[0].text);
    put(&c, e, &again);
    ck_assert_int_eq(only(e).story, only(b).story);
    case_done(&c);
}
END_TEST

START_TEST(a_copy_joins_where_its_original_was_moved_to)
{
    struct item one, other, near, again;
    int64_t d, e;

    begin();
    d = put_source(&c, "https://d.example/feed");
    e = put_source(&c, "https://e.example/feed");
    one = told("https://a.example/1", "One", "one");
    other = told("https://b.example/2", "Two", "two");
    near = told("https://d.example/1", "Near", "one");
    again = told("https://e.example/1", "Again", "one");
    near.text = arena_cat(c.a, STR("Near: "), one.text);
    again.text = arena_cat(c.a, STR("Once more: "), one.text);
    put(&c, a, &one);
    put(&c, b, &other);
    put(&c, d, &near);
    ck_assert_int_eq(only(d).story, only(a).story);
    ck_ok(&c, store_move(c.s, only(d).rowid, only(b).story, &c.err));
    ck_ok(&c, store_move(c.s, only(a).rowid, only(b).story, &c.err));
    put(&c, e, &again);
    ck_assert_int_eq(only(e).story, only(b).story);
    case_done(&c);
}
END_TEST

START_TEST(a_digest_stays_one_and_its_copies_join_it)
{
    struct item of[3], digest, mirror, part;
    int64_t d, e;

    begin();
    put_digest_first(of);
    case_reopen(&c);
    d = put_source(&c, "https://d.example/feed");
    e = put_source(&c, "https://e.example/feed");
    part = told("https://b.example/4", "Fourth", "four");
    digest = told("https://d.example/all", "All", "x");
    digest.text = arena_cat(c.a, of[0].text, of[1].text, of[2].text, part.text);
    ck_assert_int_eq(put(&c, d, &digest), PUT_CHANGED);
    put(&c, b, &part);
    ck_assert_int_ne(find_all(&c, b)->at[0].story, only(d).story);
    ck_assert_int_ne(find_all(&c, b)->at[1].story, only(d).story);
    mirror = told("https://e.example/all", "Everything", "x");
    mirror.text = arena_cat(c.a, STR("And: "), digest.text);
    put(&c, e, &mirror);
    ck_assert_int_eq(only(e).story, only(d).story);
    case_done(&c);
}
END_TEST

START_TEST(the_origin_that_a_copy_names_leads)
{
    struct source_row origin = {.id = STR("https://o.example/feed"),
                                .title = STR("观察日报 - 科技")};
    struct item copy, original;

    begin();
    ck_ok(&c, store_put_source(c.s, &origin, &c.err));
    copy = make_item(&c, "1", "https://a.example/x", "Copy", "text");
    copy.source = STR("观察日报");
    original = make_item(&c, "2", "https://o.example/y", "Original", "text");
    original.published = at_seconds(NOW - 60);
    put(&c, a, &copy);
    ck_str(lead_title(only(a)), "Copy");
    put(&c, origin.rowid, &original);
    ck_str(lead_title(only(a)), "Original");
    ck_str(only(a).why, "same-text");
    ck_str(only(origin.rowid).why, "");
    case_done(&c);
}
END_TEST

START_TEST(the_origin_is_found_by_the_address_a_copy_gives)
{
    struct item copy, original;

    begin();
    copy = make_item(&c, "1", "https://a.example/x", "Copy", "text");
    copy.source_url = STR("https://b.example/y?utm_source=a");
    original = make_item(&c, "2", "https://b.example/y", "Original", "text");
    original.published = at_seconds(NOW - 60);
    put(&c, a, &copy);
    put(&c, b, &original);
    ck_str(lead_title(only(a)), "Original");
    case_done(&c);
}
END_TEST

START_TEST(the_whole_text_leads_before_a_teaser_that_was_earlier)
{
    struct item teaser, whole;

    begin();
    teaser = make_item(&c, "1", "https://a.example/x", "Teaser", "text");
    teaser.text = str_slice(teaser.text, 0, 120);
    whole = make_item(&c, "2", "https://a.example/x", "Whole", "text");
    whole.published = at_seconds(NOW - 60);
    put(&c, a, &teaser);
    put(&c, b, &whole);
    ck_str(lead_title(only(a)), "Whole");
    case_done(&c);
}
END_TEST

/* And an undone document does not stand in the way of those before it. */
START_TEST(leads_are_chosen_of_all_stories_when_a_transaction_ends)
{
    struct item item[4];

    begin();
    for (int i = 0; i < 4; i++) {
        item[i] = make_item(
            &c, i % 2 == 0 ? "1" : "2",
            i < 2 ? "https://a.example/x" : "https://a.example/y",
            i % 2 == 0 ? "Teaser" : "Whole", i < 2 ? "text" : "other");
        item[i].guid = arena_printf(c.a, "%d", i);
        if (i % 2 == 0)
            item[i].text = str_slice(item[i].text, 0, 120);
        else
            item[i].published = at_seconds(NOW - 60);
    }
    for (int i = 0; i < 4; i++) {
        ck_ok(&c, store_next_document(c.s, &c.err));
        put(&c, i % 2 == 0 ? a : b, &item[i]);
    }
    case_commit(&c);
    for (size_t i = 0; i < 2; i++) {
        struct found *found = find_all(&c, b);

        ck_assert_uint_eq(found->n, 2);
        ck_str(lead_title(found->at[i]), "Whole");
    }
    case_done(&c);
}
END_TEST

START_TEST(the_clean_one_leads_and_then_the_earliest)
{
    struct item spam, clean, later;
    int64_t third;

    begin();
    third = put_source(&c, "https://c.example/feed");
    spam = make_item(&c, "1", "https://a.example/x", "Spam", "text");
    note_add(&spam.notes, c.a, NOTE_SPAM_CUT, "%s", "");
    clean = make_item(&c, "2", "https://b.example/x", "Clean", "text");
    clean.published = at_seconds(NOW - 60);
    later = make_item(&c, "3", "https://c.example/x", "Later", "text");
    later.published = at_seconds(NOW - 30);
    put(&c, a, &spam);
    put(&c, third, &later);
    ck_str(lead_title(only(a)), "Later");
    put(&c, b, &clean);
    ck_str(lead_title(only(a)), "Clean");
    case_done(&c);
}
END_TEST

START_TEST(an_edit_that_makes_a_text_whole_gives_it_the_lead)
{
    struct item early, late;

    begin();
    early = make_item(&c, "1", "https://a.example/x", "Early", "text");
    early.text = str_slice(early.text, 0, 120);
    late = make_item(&c, "2", "https://a.example/x", "Late", "text");
    late.published = at_seconds(NOW);
    put(&c, a, &early);
    put(&c, b, &late);
    ck_str(lead_title(only(a)), "Late");
    early.text = late.text;
    put_at(&c, a, &early, NOW + 60);
    ck_str(lead_title(only(a)), "Early");
    case_done(&c);
}
END_TEST

START_TEST(when_the_lead_expires_another_takes_its_place)
{
    struct item one, two;

    begin();
    one = make_item(&c, "1", "https://a.example/x", "One", "text");
    two = make_item(&c, "2", "https://b.example/x", "Two", "text");
    put_at(&c, a, &one, NOW);
    put_at(&c, b, &two, NOW + 500);
    ck_str(lead_title(only(a)), "One");
    ck_ok(&c, store_expire(c.s, NOW + 1, NOW - 1, &c.err));
    ck_str(lead_title(only(b)), "Two");
    ck_ok(&c, store_expire(c.s, NOW + 1, NOW + 1, &c.err));
    ck_str(lead_title(only(b)), "Two");
    ck_str(only(b).why, "");
    case_done(&c);
}
END_TEST

/* A report of one event, in words of its own but for the title. */
static struct item report_of(int n, const char *title)
{
    static const char *const words[] = {"brakes", "wheels", "lamps", "seats",
                                        "doors",  "pumps",  "belts"};
    struct item item =
        make_item(&c, arena_printf(c.a, "%d", n).p,
                  arena_printf(c.a, "https://n%d.example/r", n).p, title, "");

    item.text = arena_printf(c.a, "Owners look at their %s and %s today.",
                             words[n % 7], words[n / 7 % 7]);
    item.published = at_seconds(NOW - 3600 + n);
    return item;
}

/* However many report it: a story whose sources cannot all be looked at takes
 * no more. */
START_TEST(a_source_tells_an_event_once)
{
    enum { SOURCES = 80 };
    int64_t sources[SOURCES];
    int64_t *of;
    size_t n;

    begin();
    for (int i = 0; i < SOURCES; i++) {
        struct item item = report_of(
            i, "Arvon recalls 41,000 Kestrel scooters over fire risk");

        sources[i] =
            put_source(&c, arena_printf(c.a, "https://s%d.example/feed", i).p);
        put(&c, sources[i], &item);
    }
    for (int i = SOURCES - 10; i < SOURCES; i++) {
        struct item item = report_of(
            SOURCES + i,
            "Arvon recalls 41,000 Kestrel scooters over fire risk again");
        struct found *found;

        put(&c, sources[i], &item);
        case_commit(&c);
        found = find_all(&c, sources[i]);
        ck_assert_uint_eq(found->n, 2);
        ck_assert_int_ne(found->at[0].story, found->at[1].story);
    }
    /* The reports did find each other. */
    ck_ok(&c, store_story_sources(c.s, c.a, only(sources[0]).story, &of, &n,
                                  &c.err));
    ck_assert_uint_gt(n, 40);
    ck_assert_uint_le(n, 64);
    case_done(&c);
}
END_TEST

/* The sources of the story of four copies given out at one moment, put in the
 * order of WHICH, as one text. */
static struct str sources_of_copies(const int which[4])
{
    struct stored_item *members, *outline;
    struct str names[4];
    size_t n, n_outline;
    int64_t story = 0;

    begin();
    for (int i = 0; i < 4; i++) {
        struct str name =
            arena_printf(c.a, "https://%c.example/copies", "kplm"[which[i]]);
        struct item item = make_item(
            &c, "1", arena_printf(c.a, "https://x.example/%d", which[i]).p,
            "Copy", "text");
        int64_t source = put_source(&c, name.p);

        ck_ok(&c, store_next_document(c.s, &c.err));
        put(&c, source, &item);
        story = only(source).story;
    }
    case_commit(&c);
    ck_ok(&c,
          store_story_outline(c.s, c.a, story, &outline, &n_outline, &c.err));
    ck_ok(&c, store_story_members(c.s, c.a, story, &members, &n, &c.err));
    ck_assert_uint_eq(n, 4);
    ck_assert_uint_eq(n_outline, 4);
    for (size_t i = 0; i < n; i++) {
        ck_assert_int_eq(members[i].rowid, outline[i].rowid);
        names[i] = outline[i].source_id;
    }
    return arena_join(c.a, names, 4);
}

START_TEST(members_stand_in_an_order_of_their_own)
{
    static const char want[] =
        "https://k.example/copieshttps://l.example/copies"
        "https://m.example/copieshttps://p.example/copies";

    ck_str(sources_of_copies((const int[4]){0, 1, 2, 3}), want);
    case_done(&c);
    ck_str(sources_of_copies((const int[4]){3, 1, 0, 2}), want);
    case_done(&c);
}
END_TEST

UNIT_TESTS(the_judge_is_told_how_many_other_reports_have_a_term,
           later_reports_that_came_before_do_not_count,
           reports_of_a_transaction_are_judged_in_the_order_of_their_time,
           who_comes_late_waits_for_the_next_round,
           one_address_in_two_sources_is_one_story,
           one_text_under_two_titles_is_one_story,
           short_texts_join_only_under_one_title,
           a_text_that_one_source_uses_twice_joins_nothing,
           links_to_a_front_page_join_nothing,
           an_address_shared_in_one_source_joins_nothing_elsewhere,
           within_a_source_an_article_given_out_again_is_its_new_version,
           within_a_source_a_series_from_a_template_stays_apart,
           a_digest_that_came_first_leaves_what_it_holds,
           a_copy_joins_where_its_original_was_moved_to,
           a_digest_stays_one_and_its_copies_join_it,
           the_origin_that_a_copy_names_leads,
           the_origin_is_found_by_the_address_a_copy_gives,
           the_whole_text_leads_before_a_teaser_that_was_earlier,
           leads_are_chosen_of_all_stories_when_a_transaction_ends,
           the_clean_one_leads_and_then_the_earliest,
           an_edit_that_makes_a_text_whole_gives_it_the_lead,
           when_the_lead_expires_another_takes_its_place,
           a_source_tells_an_event_once, members_stand_in_an_order_of_their_own,
           of_many_members_the_earliest_are_looked_at)
