#include "unit/store_case.h"

#include "text/url.h"

static struct store_case c;
static int64_t feed, other;

static void set_up(void)
{
    case_init(&c);
    case_begin(&c);
    feed = put_source(&c, "https://example.org/feed");
    other = put_source(&c, "https://example.net/feed");
}

static void tear_down(void)
{
    case_done(&c);
}

/* An entry whose page is wanted. */
static struct item teaser(const char *guid, const char *url, const char *title)
{
    struct item item = make_item(&c, guid, url, title, "");

    item.text = item.html = STR("The council met on Monday to ...");
    return item;
}

static int64_t put_wanted(const struct item *item, int64_t next)
{
    struct full_text_row row = {.source = feed, .is_wanted = true};
    struct put_done done;

    ck_ok(&c, store_put_item(c.s, feed, item, NULL, NOW, &done, &c.err));
    row.item = done.item;
    row.page = url_key(c.a, item->url);
    row.content = done.content;
    row.next = next;
    row.why = STR("short");
    ck_ok(&c, store_put_full_text(c.s, &row, &c.err));
    return done.item;
}

/* What came of it. */
static void grow(int64_t item, const struct item *page)
{
    struct full_text_row row;
    bool found;

    ck_ok(&c, store_grow_item(c.s, item, page, NOW + 100, &c.err));
    ck_ok(&c, store_get_full_text(c.s, c.a, item, &row, &found, &c.err));
    ck_assert(found);
    row.is_wanted = false;
    row.has_text = true;
    row.asked = NOW + 100;
    row.asks++;
    ck_ok(&c, store_put_full_text(c.s, &row, &c.err));
}

static struct stored_item stored(int64_t rowid)
{
    struct stored_item item;
    bool found;

    ck_ok(&c, store_get_item(c.s, c.a, rowid, &item, &found, &c.err));
    ck_assert(found);
    return item;
}

START_TEST(an_item_that_grows_is_the_same_to_its_feed_and_its_readers)
{
    struct item entry = teaser("g1", "https://example.org/1", "Ferries");
    struct item page = make_item(&c, "", "https://example.org/1", "F", "Page");
    int64_t id = put_wanted(&entry, 0);
    struct stored_item before = stored(id), after;
    struct entry_row one, two;

    ck_ok(&c, store_entry(c.s, c.a, before.story, STR("urn:x:1"),
                          STR("urn:x:2"), NOW, &one, &c.err));
    grow(id, &page);
    after = stored(id);
    ck_assert(str_eq(after.item.text, page.text));
    ck_assert(str_eq(after.item.title, STR("Ferries")));
    ck_assert_int_eq(after.updated.unix_seconds, before.updated.unix_seconds);
    ck_ok(&c, store_entry(c.s, c.a, after.story, STR("urn:x:1"), STR("urn:x:2"),
                          NOW + 200, &two, &c.err));
    ck_assert_int_eq(two.updated.unix_seconds, one.updated.unix_seconds);
    ck_assert_int_eq(put_at(&c, feed, &entry, NOW + 300), PUT_SAME);
    ck_assert(str_eq(stored(id).item.text, page.text));
}
END_TEST

START_TEST(what_the_feed_edits_is_taken_and_the_pages_text_stays)
{
    struct item entry = teaser("g1", "https://example.org/1", "Ferries");
    struct item page = make_item(&c, "", "https://example.org/1", "F", "Page");
    int64_t id = put_wanted(&entry, 0);
    struct item whole;

    grow(id, &page);
    entry.title = STR("Ferries return");
    ck_assert_int_eq(put_at(&c, feed, &entry, NOW + 300), PUT_CHANGED);
    ck_assert(str_eq(stored(id).item.title, STR("Ferries return")));
    ck_assert(str_eq(stored(id).item.text, page.text));

    /* Until the feed gives as much itself. */
    whole = make_item(&c, "g1", "https://example.org/1", "Ferries return",
                      "The feed's own and longer");
    ck_assert_int_eq(put_at(&c, feed, &whole, NOW + 400), PUT_CHANGED);
    ck_assert(str_eq(stored(id).item.text, whole.text));
}
END_TEST

START_TEST(a_source_that_shall_not_grow_goes_back_to_its_feed)
{
    struct item entry = teaser("g1", "https://example.org/1", "Ferries");
    struct item page = make_item(&c, "", "https://example.org/1", "F", "Page");
    int64_t id = put_wanted(&entry, 0);
    int64_t updated = stored(id).updated.unix_seconds;

    grow(id, &page);
    ck_ok(&c, store_drop_full_texts(c.s, feed, &c.err));
    ck_assert_int_eq(put_at(&c, feed, &entry, NOW + 300), PUT_CHANGED);
    ck_assert(str_eq(stored(id).item.text, entry.text));
    ck_assert_int_eq(stored(id).updated.unix_seconds, updated);
}
END_TEST

START_TEST(a_grown_item_joins_the_story_of_its_copy_if_nobody_has_seen_it)
{
    struct item copy = make_item(&c, "c", "https://example.net/9",
                                 "Ferries are to return", "Page");
    struct item page = make_item(&c, "", "https://example.org/1", "F", "Page");
    struct item hidden = teaser("g1", "https://example.org/1", "Ferries");
    struct item shown = teaser("g2", "https://example.org/2", "Boats");
    struct entry_row entry;
    struct put_done done;
    int64_t one, two, story;

    ck_ok(&c, store_put_item(c.s, other, &copy, NULL, NOW, &done, &c.err));
    one = put_wanted(&hidden, 0);
    two = put_wanted(&shown, 0);
    ck_assert_int_ne(stored(one).story, stored(two).story);
    ck_ok(&c, store_entry(c.s, c.a, stored(two).story, STR("urn:x:1"),
                          STR("urn:x:2"), NOW, &entry, &c.err));
    story = stored(two).story;
    grow(one, &page);
    grow(two, &page);
    ck_assert_int_eq(stored(one).story, stored(done.item).story);
    ck_assert_int_eq(stored(two).story, story);
}
END_TEST

START_TEST(a_date_the_feed_does_not_give_is_the_pages_until_it_was_shown)
{
    struct item entry[2], page;
    struct stored_item grown;
    struct entry_row shown;
    int64_t id[2];

    for (int i = 0; i < 2; i++) {
        entry[i] =
            teaser(i == 0 ? "g1" : "g2",
                   i == 0 ? "https://example.org/1" : "https://example.org/2",
                   i == 0 ? "Ferries" : "Lighthouses of the north");
        entry[i].published = (struct when){0};
        id[i] = put_wanted(&entry[i], 0);
    }
    ck_ok(&c, store_entry(c.s, c.a, stored(id[1]).story, STR("urn:x:1"),
                          STR("urn:x:2"), NOW, &shown, &c.err));
    page = make_item(&c, "", "https://example.org/1", "F", "Page");
    page.published = at_seconds(NOW - 7200);
    page.confidence.date = .4F;
    grow(id[0], &page);
    ck_assert(stored(id[0]).date_is_first_seen);
    page.confidence.date = .9F;
    grow(id[0], &page);
    ck_assert(!stored(id[0]).date_is_first_seen);
    ck_assert_int_eq(stored(id[0]).published.unix_seconds, NOW - 7200);
    ck_assert_int_eq(stored(id[0]).updated.unix_seconds, NOW - 7200);
    grown = stored(id[0]);
    ck_assert(!notes_have(&grown.item.notes, NOTE_DATE_UNKNOWN));
    ck_assert_int_eq(put_at(&c, feed, &entry[0], NOW + 300), PUT_SAME);
    page.text = page.html = arena_cat(c.a, STR("Another. "), page.text);
    grow(id[1], &page);
    ck_assert_int_eq(stored(id[1]).published.unix_seconds, NOW);
}
END_TEST

START_TEST(the_queue_is_the_newest_first_and_keeps_its_times)
{
    struct item entry[3];
    struct wanted_pages wanted;

    entry[0] = teaser("g1", "https://example.org/1", "One");
    entry[1] = teaser("g2", "https://example.org/2", "Two");
    entry[2] = teaser("g3", "https://example.org/3?utm_source=x", "Three");
    for (int i = 0; i < 3; i++) {
        entry[i].published = at_seconds(NOW - 3600 + i);
        put_wanted(&entry[i], i == 1 ? NOW + 50 : 0);
    }
    ck_ok(&c, store_wanted_pages(c.s, c.a, NOW, NOW - 10, &wanted, &c.err));
    ck_assert_uint_eq(wanted.n, 2);
    ck_assert(str_eq(wanted.at[0].row.page, STR("example.org/3")));
    ck_assert(str_eq(wanted.at[1].url, STR("https://example.org/1")));
    ck_ok(&c, store_wanted_pages(c.s, c.a, NOW + 50, NOW, &wanted, &c.err));
    ck_assert_uint_eq(wanted.n, 3);
    ck_ok(&c, store_wanted_pages(c.s, c.a, NOW + 50, NOW + 1, &wanted, &c.err));
    ck_assert_uint_eq(wanted.n, 0);
    ck_ok(&c, store_page_wanted_by(c.s, c.a, STR("example.org/2"), &wanted,
                                   &c.err));
    ck_assert_uint_eq(wanted.n, 1);
}
END_TEST

START_TEST(pages_in_vain_are_counted_until_a_good_one)
{
    struct pages_in_vain vain;

    for (int i = 0; i < 3; i++)
        ck_ok(&c,
              store_count_page(c.s, feed, false, STR("dead"), NOW + i, &c.err));
    ck_ok(&c, store_get_pages_in_vain(c.s, c.a, feed, &vain, &c.err));
    ck_assert_int_eq(vain.n, 3);
    ck_assert_int_eq(vain.since, NOW);
    ck_assert_int_eq(vain.last, NOW + 2);
    ck_assert(str_eq(vain.why, STR("dead")));
    ck_ok(&c, store_count_page(c.s, feed, true, STR_NONE, NOW + 9, &c.err));
    ck_ok(&c, store_get_pages_in_vain(c.s, c.a, feed, &vain, &c.err));
    ck_assert_int_eq(vain.n, 0);
}
END_TEST

UNIT_TESTS_IN(set_up, tear_down,
              an_item_that_grows_is_the_same_to_its_feed_and_its_readers,
              what_the_feed_edits_is_taken_and_the_pages_text_stays,
              a_source_that_shall_not_grow_goes_back_to_its_feed,
              a_grown_item_joins_the_story_of_its_copy_if_nobody_has_seen_it,
              a_date_the_feed_does_not_give_is_the_pages_until_it_was_shown,
              the_queue_is_the_newest_first_and_keeps_its_times,
              pages_in_vain_are_counted_until_a_good_one)
