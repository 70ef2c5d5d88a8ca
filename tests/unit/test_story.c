#include "unit/unit.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "judge/event.h"
#include "judge/judge.h"
#include "text/site.h"

static struct arena *a;

/* N Han by a fixed sequence of numbers, in sentences and paragraphs. */
static struct str prose(uint32_t seed, int n)
{
    struct buf b;
    struct str s;

    buf_init(&b, BUF_MAX);
    for (int i = 1; i <= n; i++) {
        seed = seed * 1664525 + 1013904223;
        buf_add_utf8(&b, 0x4E00 + (seed >> 16) % 3000);
        if (i % 20 == 0)
            buf_add_str(&b, i % 100 == 0 ? STR("\u3002\n\n") : STR("\uFF0C"));
    }
    s = buf_keep(&b, a);
    buf_done(&b);
    return s;
}

static struct story_sketch sketch(const char *source, const char *url,
                                  const char *title, struct str text)
{
    struct item item = {
        .url = str_from_c(url), .title = str_from_c(title), .text = text};
    struct story_sketch s;

    story_sketch_of(a, &item, str_from_c(source), &s);
    return s;
}

/* The same with what the lead is chosen by. */
static struct story_sketch member(const char *source, const char *url,
                                  struct str text)
{
    struct story_sketch s = sketch(source, url, "t", text);

    s.names[0] = str_from_c(source);
    s.site = site_of_url(a, str_from_c(url));
    s.chars = (int64_t)utf8_chars(text);
    return s;
}

static void ck_same(struct story_sketch x, struct story_sketch y,
                    enum story_why why)
{
    ck_assert_int_eq(story_same(&x, &y), why);
    ck_assert_int_eq(story_same(&y, &x), why);
}

START_TEST(one_address_is_one_story)
{
    a = arena_new(0);
    ck_same(
        sketch("s", "https://www.example.org/a?utm_source=x", "one", STR("x")),
        sketch("t", "http://m.example.org/a/", "other", STR("y")),
        STORY_SAME_URL);
    ck_same(sketch("s", "https://example.org/a", "one", STR_NONE),
            sketch("t", "https://example.org/b", "one", STR_NONE), STORY_APART);
    ck_same(sketch("s", "", "one", STR_NONE), sketch("t", "", "one", STR_NONE),
            STORY_APART);
    arena_free(a);
}
END_TEST

START_TEST(articles_that_share_a_page_are_apart)
{
    struct item one = {.url = STR("https://example.org/a"),
                       .title = STR("one"),
                       .several_on_page = true};
    struct item two = one;
    struct story_sketch x, y;

    a = arena_new(0);
    two.title = STR("two");
    story_sketch_of(a, &one, STR("s"), &x);
    story_sketch_of(a, &two, STR("t"), &y);
    ck_same(x, y, STORY_APART);
    ck_same(x, x, STORY_SAME_URL);
    arena_free(a);
}
END_TEST

START_TEST(one_text_is_one_story_unless_it_is_short)
{
    a = arena_new(0);
    ck_same(sketch("s", "https://example.org/a", "one", prose(1, 300)),
            sketch("t", "https://example.net/b", "two", prose(1, 300)),
            STORY_SAME_TEXT);
    ck_same(sketch("s", "https://example.org/a", "one", prose(1, 150)),
            sketch("t", "https://example.net/b", "One!", prose(1, 150)),
            STORY_SAME_TEXT);
    ck_same(sketch("s", "https://example.org/a", "one", prose(1, 150)),
            sketch("t", "https://example.net/b", "two", prose(1, 150)),
            STORY_APART);
    ck_same(sketch("s", "https://example.org/a", "one", prose(1, 90)),
            sketch("t", "https://example.net/b", "two", prose(1, 90)),
            STORY_APART);
    arena_free(a);
}
END_TEST

START_TEST(a_copy_wrapped_or_cut_is_contained)
{
    struct str text, spam;

    a = arena_new(0);
    text = prose(1, 1500);
    spam = prose(2, 700);
    ck_same(sketch("s", "", "one", text),
            sketch("t", "", "two", arena_cat(a, spam, STR("\n\n"), text)),
            STORY_CONTAINED);
    ck_same(sketch("s", "", "one", text),
            sketch("t", "", "two", str_slice(text, 0, text.n / 3)),
            STORY_CONTAINED);
    ck_same(sketch("s", "", "one", text), sketch("t", "", "two", spam),
            STORY_APART);
    arena_free(a);
}
END_TEST

START_TEST(little_text_is_never_contained)
{
    struct str text;

    a = arena_new(0);
    text = prose(1, 1500);
    ck_same(sketch("s", "", "one", text),
            sketch("t", "", "two", utf8_clip_chars(text, 120)), STORY_APART);
    arena_free(a);
}
END_TEST

START_TEST(items_of_one_source_are_apart_but_for_new_versions)
{
    struct str text, more;

    a = arena_new(0);
    text = prose(1, 1000);
    more = arena_cat(a, text, prose(2, 200));
    ck_same(sketch("s", "https://example.org/1", "report 1", text),
            sketch("s", "https://example.org/2", "report 2", more),
            STORY_APART);
    ck_same(sketch("s", "https://example.org/1", "report 1", text),
            sketch("s", "https://example.org/2", "report 2", text),
            STORY_APART);
    ck_same(sketch("s", "https://example.org/1", "report", text),
            sketch("s", "https://example.org/2", "Report!", more),
            STORY_CONTAINED);
    ck_same(sketch("s", "https://example.org/1", "report", text),
            sketch("s", "https://example.org/2", "report", prose(3, 1000)),
            STORY_APART);
    arena_free(a);
}
END_TEST

START_TEST(a_digest_joins_none_of_what_it_holds)
{
    struct str one, two;
    struct story_sketch leads[2], digest, copy;
    struct story_choice choice;

    a = arena_new(0);
    one = prose(1, 1000);
    two = prose(2, 1000);
    leads[0] = sketch("s", "https://example.org/1", "one", one);
    leads[1] = sketch("t", "https://example.net/2", "two", two);
    digest = sketch("u", "https://example.com/d", "all",
                    arena_cat(a, one, STR("\n\n"), two));
    copy = sketch("u", "https://example.com/c", "two", two);
    ck_assert_int_eq(story_join(&digest, leads, 2, &choice), STORY_APART);
    ck_assert_int_eq(story_join(&copy, leads, 2, &choice), STORY_SAME_TEXT);
    ck_assert_uint_eq(choice.which, 1);
    ck_assert_int_eq(story_join(&copy, leads, 1, &choice), STORY_APART);
    ck_assert_int_eq(story_join(&copy, leads, 0, &choice), STORY_APART);
    arena_free(a);
}
END_TEST

START_TEST(a_copy_of_a_digest_joins_that_and_what_it_holds_does_not)
{
    struct str one, two;
    struct story_sketch near[3], mirror, copy;
    struct story_choice choice;

    a = arena_new(0);
    one = prose(1, 1000);
    two = prose(2, 1000);
    near[0] = sketch("s", "https://example.org/1", "one", one);
    near[1] = sketch("t", "https://example.net/2", "two", two);
    near[2] = sketch("u", "https://example.com/d", "all",
                     arena_cat(a, one, STR("\n\n"), two));
    mirror = sketch("v", "https://mirror.example/d", "all of it",
                    arena_cat(a, one, STR("\n\n"), two, prose(3, 100)));
    copy = sketch("v", "https://mirror.example/1", "first", one);
    for (int i = 0; i < 3; i++)
        near[i].story = i + 1;
    ck_assert_int_eq(story_join(&mirror, near, 3, &choice), STORY_APART);
    ck_assert(choice.is_digest);
    ck_assert_uint_eq(choice.digest, 3);
    ck_assert_int_eq(story_join(&copy, near + 2, 1, &choice), STORY_CONTAINED);
    near[2].is_digest = true;
    ck_assert_int_eq(story_join(&mirror, near, 3, &choice), STORY_CONTAINED);
    ck_assert_uint_eq(choice.which, 2);
    ck_assert(choice.is_digest);
    ck_assert_int_eq(story_join(&copy, near + 2, 1, &choice), STORY_APART);
    arena_free(a);
}
END_TEST

START_TEST(what_a_glued_page_holds_stays_apart)
{
    struct str one, two;
    struct story_sketch near[2], copy;
    struct story_choice choice;

    a = arena_new(0);
    one = prose(1, 1000);
    two = prose(2, 1000);
    near[0] = sketch("s", "https://example.org/1", "both",
                     arena_cat(a, one, STR("\n\n"), two));
    near[1] = sketch("t", "https://example.net/2", "one", one);
    near[0].story = near[1].story = 7;
    copy = sketch("u", "https://example.com/c", "two", two);
    ck_assert_int_eq(story_join(&copy, near, 1, &choice), STORY_CONTAINED);
    ck_assert_int_eq(story_join(&copy, near, 2, &choice), STORY_APART);
    ck_assert_uint_eq(choice.digest, 0);
    copy.source = near[1].source;
    ck_assert_int_eq(story_join(&copy, near, 2, &choice), STORY_APART);
    ck_assert_uint_eq(choice.digest, 0);
    arena_free(a);
}
END_TEST

START_TEST(a_text_that_one_source_has_in_two_stories_joins_none)
{
    struct str notice;
    struct story_sketch near[2], copy;
    struct story_choice choice;

    a = arena_new(0);
    notice = prose(1, 1000);
    near[0] = sketch("s", "https://example.org/1", "one", notice);
    near[1] = sketch("s", "https://example.org/2", "two", notice);
    near[0].story = 7;
    near[1].story = 8;
    copy = sketch("u", "https://example.com/c", "three", notice);
    ck_assert_int_eq(story_join(&copy, near, 1, &choice), STORY_SAME_TEXT);
    ck_assert_int_eq(story_join(&copy, near, 2, &choice), STORY_APART);
    arena_free(a);
}
END_TEST

static struct story_sketch report(int64_t story, const char *source,
                                  const char *title, const char *text)
{
    struct story_sketch s = sketch(source, "", title, str_from_c(text));

    s.story = story;
    s.published = 1700000000;
    s.knows_hour = true;
    return s;
}

START_TEST(a_source_tells_an_event_once_in_each_story)
{
    struct story_sketch near[3], x;
    struct story_choice choice;

    a = arena_new(0);
    x = report(0, "x", "Fire risk: Arvon recalls 41,000 Kestrel scooters",
               "Doors are to be closed.");
    near[0] = report(7, "s", "Arvon recalls 41,000 Kestrel scooters, fire risk",
                     "Owners look at their brakes.");
    near[1] = report(7, "x", "Pinewood library opens a reading garden", "");
    near[2] = report(8, "t", "Arvon recalls 41,000 Kestrel scooters, fire risk",
                     "Brakes are looked at.");
    ck_assert_int_eq(story_join(&x, near, 1, &choice), STORY_SAME_EVENT);
    ck_assert_int_eq(story_join(&x, near, 2, &choice), STORY_APART);
    ck_assert_int_eq(story_join(&x, near, 3, &choice), STORY_SAME_EVENT);
    ck_assert_uint_eq(choice.which, 2);
    near[1].story = near[0].story = 8;
    near[2].story = 7;
    ck_assert_int_eq(story_join(&x, near + 1, 2, &choice), STORY_SAME_EVENT);
    arena_free(a);
}
END_TEST

/* A report that fits two events does not make them one. */
START_TEST(what_contradicts_a_member_does_not_join_through_another)
{
    struct story_sketch near[2], x;
    struct story_choice choice;

    a = arena_new(0);
    near[0] = report(1, "s", "What Quillon does to Tansy",
                     "Ada Brandt of Quillon wrote on Monday.");
    near[1] = report(1, "t", "Quillon makes Tansy database 40 percent faster",
                     "Brandt told of it.");
    x = report(0, "u", "Quillon makes its Tansy database 40 percent faster",
               "Quillon's Ada Brandt said so on Friday.");
    ck_assert_int_eq(story_join(&x, near + 1, 1, &choice), STORY_SAME_EVENT);
    ck_assert_int_eq(story_join(&x, near, 2, &choice), STORY_APART);
    near[0].story = 2;
    ck_assert_int_eq(story_join(&x, near, 2, &choice), STORY_SAME_EVENT);
    ck_assert_uint_eq(choice.which, 1);
    arena_free(a);
}
END_TEST

/* The more another story is like a report, the surer the first must be. */
START_TEST(a_report_that_fits_two_stories_must_fit_one_better)
{
    struct story_sketch near[2], x;
    struct story_choice choice;

    a = arena_new(0);
    near[0] = report(1, "s", "Kestrel Five part ways with coach Sorensen",
                     "Three days after the Masters, Kestrel Five and head "
                     "coach Lars Sorensen are going separate ways.");
    near[1] = near[0];
    near[1].source = STR("t");
    near[1].story = 2;
    x = report(0, "u", "Coach Lars Sorensen leaves champions Kestrel Five",
               "Sorensen, who led the Danes to victory at the Masters, wants "
               "to spend time with his family.");
    x.published += (int64_t)3600;
    ck_assert_int_eq(story_join(&x, near, 1, &choice), STORY_SAME_EVENT);
    ck_assert_int_eq(story_join(&x, near, 2, &choice), STORY_APART);
    arena_free(a);
}
END_TEST

START_TEST(the_more_time_is_between_reports_the_surer_it_must_be)
{
    struct story_sketch near, x;
    struct event_summed event;
    struct story_choice choice;

    a = arena_new(0);
    near = report(1, "s", "Kestrel Five part ways with coach Sorensen",
                  "Three days after the Masters, Kestrel Five and head coach "
                  "Lars Sorensen are going separate ways, the team said.");
    x = report(
        0, "t", "Coach Lars Sorensen leaves champions Kestrel Five",
        "Sorensen, who led the Danes to victory at the Masters, wants to "
        "spend time with his family. Kestrel Five and the head coach are "
        "going separate ways, the team said.");
    event_sum(&x.event, &event);
    ck_assert(event_match(&event, &near.event, 1).likeness >= EVENT_SAME);
    ck_assert(event_match(&event, &near.event, 13).likeness < EVENT_SAME);
    ck_assert_int_eq(story_join(&x, &near, 1, &choice), STORY_SAME_EVENT);
    x.knows_hour = false;
    ck_assert_int_eq(story_join(&x, &near, 1, &choice), STORY_APART);
    x.knows_hour = true;
    x.published += (int64_t)13 * 3600;
    ck_assert_int_eq(story_join(&x, &near, 1, &choice), STORY_APART);
    arena_free(a);
}
END_TEST

START_TEST(what_is_like_one_report_of_a_story_only_does_not_join_it)
{
    struct story_sketch near[4], x;
    struct story_choice choice;

    a = arena_new(0);
    near[0] = report(1, "s", "Arvon recalls 41,000 Kestrel scooters, fire risk",
                     "Brakes of Kestrel scooters are looked at.");
    near[1] = report(1, "t", "Arvon opens a museum of Kestrel scooters",
                     "Visitors see them from May.");
    near[2] = report(1, "u", "Why Kestrel scooters are loved in Pelham",
                     "A portrait of Arvon's oldest shop.");
    near[3] = report(1, "v", "Arvon buys a harbour in Pelham",
                     "Cargo ships called here once.");
    x = report(0, "x", "Fire risk: Arvon recalls 41,000 Kestrel scooters",
               "Brakes are to be looked at.");
    ck_assert_int_eq(story_join(&x, near, 1, &choice), STORY_SAME_EVENT);
    ck_assert_int_eq(story_join(&x, near, 4, &choice), STORY_APART);
    arena_free(a);
}
END_TEST

START_TEST(the_lead_is_the_origin_then_whole_then_clean_then_first)
{
    struct str text;
    struct story_sketch m[3];

    a = arena_new(0);
    text = prose(1, 1000);
    m[0] = member("one", "https://one.example/", text);
    m[1] = member("two", "https://two.example/", text);
    m[2] = member("three", "https://three.example/", text);
    m[0].published = 300;
    m[1].published = 200;
    m[2].published = 0;
    ck_assert_uint_eq(story_lead(m, 3), 1);
    m[1].is_spam = true;
    ck_assert_uint_eq(story_lead(m, 3), 0);
    m[0].chars /= 2;
    ck_assert_uint_eq(story_lead(m, 3), 2);
    m[0].origin = m[2].origin = STR("two");
    ck_assert_uint_eq(story_lead(m, 3), 1);
    m[0].origin = m[2].origin = STR_NONE;
    m[1].origin_site = STR("one.example");
    ck_assert_uint_eq(story_lead(m, 3), 0);
    ck_assert_uint_eq(story_lead(m, 1), 0);
    arena_free(a);
}
END_TEST

START_TEST(of_the_first_source_the_newest_version_leads)
{
    struct str text;
    struct story_sketch m[3];

    a = arena_new(0);
    text = prose(1, 1000);
    m[0] = member("one", "https://one.example/1", text);
    m[1] = member("two", "https://two.example/", text);
    m[2] = member("one", "https://one.example/2", text);
    m[0].published = 100;
    m[1].published = 200;
    m[2].published = 300;
    ck_assert_uint_eq(story_lead(m, 3), 2);
    arena_free(a);
}
END_TEST

static void swap(struct story_sketch *x, struct story_sketch *y)
{
    struct story_sketch z = *x;

    *x = *y;
    *y = z;
}

START_TEST(the_order_in_which_members_came_never_decides)
{
    /* Told apart by their source, their length, their title, their text. */
    static const struct {
        const char *source, *title;
        uint32_t seed;
        int64_t chars;
    } rows[] = {{"b", "t", 1, 900},
                {"a", "t", 1, 890},
                {"a", "t", 1, 900},
                {"a", "u", 1, 900},
                {"a", "t", 2, 900}};
    struct story_sketch m[2];

    a = arena_new(0);
    for (size_t i = 0; i < 5; i++)
        for (size_t k = 0; k < 5; k++) {
            size_t first;

            if (i == k)
                continue;
            m[0] = sketch(rows[i].source, "https://one.example/", rows[i].title,
                          prose(rows[i].seed, 1000));
            m[1] = sketch(rows[k].source, "https://one.example/", rows[k].title,
                          prose(rows[k].seed, 1000));
            m[0].chars = rows[i].chars;
            m[1].chars = rows[k].chars;
            m[0].published = m[1].published = 300;
            first = story_lead(m, 2);
            swap(&m[0], &m[1]);
            ck_assert_uint_eq(story_lead(m, 2), 1 - first);
        }
    arena_free(a);
}
END_TEST

START_TEST(reasons_have_their_public_names)
{
    ck_str(story_why_name(STORY_SAME_URL), "same-url");
    ck_str(story_why_name(STORY_SAME_TEXT), "same-text");
    ck_str(story_why_name(STORY_CONTAINED), "contained");
    ck_str(story_why_name(STORY_APART), "");
}
END_TEST

UNIT_TESTS(one_address_is_one_story, articles_that_share_a_page_are_apart,
           one_text_is_one_story_unless_it_is_short,
           a_copy_wrapped_or_cut_is_contained, little_text_is_never_contained,
           items_of_one_source_are_apart_but_for_new_versions,
           a_digest_joins_none_of_what_it_holds,
           a_copy_of_a_digest_joins_that_and_what_it_holds_does_not,
           what_a_glued_page_holds_stays_apart,
           a_text_that_one_source_has_in_two_stories_joins_none,
           a_source_tells_an_event_once_in_each_story,
           what_contradicts_a_member_does_not_join_through_another,
           the_more_time_is_between_reports_the_surer_it_must_be,
           a_report_that_fits_two_stories_must_fit_one_better,
           what_is_like_one_report_of_a_story_only_does_not_join_it,
           the_lead_is_the_origin_then_whole_then_clean_then_first,
           of_the_first_source_the_newest_version_leads,
           the_order_in_which_members_came_never_decides,
           reasons_have_their_public_names)
