#include "unit/store_case.h"

#include "store/store_item.h"
#include "text/url.h"

static struct store_case c;
static int64_t source;

static void begin(void)
{
    case_init(&c);
    case_begin(&c);
    source = put_source(&c, "https://example.org/feed");
}

START_TEST(every_field_comes_back)
{
    struct item item;
    struct stored_item *got;
    size_t n;
    struct found *found;

    begin();
    item =
        make_item(&c, "g1", "https://example.org/a1", "一个 \"题目\"", "text");
    item.external_url = STR("https://example.com/x");
    item.summary = STR("summary");
    item.published = (struct when){NOW - 60, 480, WHEN_MINUTE, false, false};
    item.updated =
        (struct when){NOW - 30, ZONE_UNKNOWN, WHEN_SECOND, false, false};
    item.language = STR("zh-Hans");
    item.image = STR("https://example.org/i.png");
    item.source = STR("origin");
    item.source_id = STR("originid");
    item.source_url = STR("https://example.net/");
    item.editor = STR("editor");
    item.site_name = STR("site");
    item.section = STR("section");
    item.several_on_page = true;
    item.confidence = (struct confidence){1.0f, 0.5f, 0.25f, 0.75f, 0};
    item.authors =
        (struct persons){&(struct person){.name = STR("A"),
                                          .url = STR("https://example.org/a"),
                                          .email = STR("a@b")},
                         1, 1};
    item.tags = (struct strs){(struct str[]){STR("x"), STR("标签")}, 2, 2};
    item.attachments =
        (struct links){&(struct link){.href = STR("https://example.org/f.mp3"),
                                      .rel = STR("enclosure"),
                                      .type = STR("audio/mpeg"),
                                      .hreflang = STR("en"),
                                      .title = STR("t"),
                                      .length = 12345},
                       1, 1};
    item.credits =
        (struct credits){&(struct credit){STR("photo"), STR("B")}, 1, 1};
    note_add(&item.notes, c.a, NOTE_ZONE_ASSUMED, "%s", "+08:00");
    ck_assert_int_eq(put(&c, source, &item), PUT_NEW);
    case_reopen(&c);
    found = find_all(&c, source);
    ck_assert_uint_eq(found->n, 1);
    ck_ok(&c,
          store_story_members(c.s, c.a, found->at[0].story, &got, &n, &c.err));
    ck_assert_uint_eq(n, 1);
    ck_str(got->item.guid, "g1");
    ck_str(got->item.url, "https://example.org/a1");
    ck_str(got->item.external_url, "https://example.com/x");
    ck_str(got->item.title, "一个 \"题目\"");
    ck_assert(str_eq(got->item.html, item.html));
    ck_assert(str_eq(got->item.text, item.text));
    ck_str(got->item.summary, "summary");
    ck_str(got->item.language, "zh-Hans");
    ck_str(got->item.image, "https://example.org/i.png");
    ck_str(got->item.source, "origin");
    ck_str(got->item.source_id, "originid");
    ck_str(got->item.source_url, "https://example.net/");
    ck_str(got->item.editor, "editor");
    ck_str(got->item.site_name, "site");
    ck_str(got->item.section, "section");
    ck_assert(got->item.several_on_page);
    ck_assert(got->item.confidence.title == 1.0f);
    ck_assert(got->item.confidence.date == 0.25f);
    ck_assert_uint_eq(got->item.authors.n, 1);
    ck_str(got->item.authors.at[0].name, "A");
    ck_str(got->item.authors.at[0].url, "https://example.org/a");
    ck_str(got->item.authors.at[0].email, "a@b");
    ck_assert_uint_eq(got->item.tags.n, 2);
    ck_str(got->item.tags.at[1], "标签");
    ck_assert_uint_eq(got->item.attachments.n, 1);
    ck_str(got->item.attachments.at[0].type, "audio/mpeg");
    ck_assert_int_eq(got->item.attachments.at[0].length, 12345);
    ck_str(got->item.credits.at[0].role, "photo");
    ck_assert_uint_eq(got->item.notes.n, 1);
    ck_assert_int_eq(got->item.notes.first->code, NOTE_ZONE_ASSUMED);
    ck_str(got->item.notes.first->text, "+08:00");
    ck_assert_int_eq(got->published.unix_seconds, NOW - 60);
    ck_assert_int_eq(got->published.zone_minutes, 480);
    ck_assert_int_eq(got->published.precision, WHEN_MINUTE);
    ck_assert_int_eq(got->updated.unix_seconds, NOW - 30);
    ck_assert_int_eq(got->updated.zone_minutes, ZONE_UNKNOWN);
    ck_assert(!got->date_is_first_seen);
    ck_assert_int_eq(got->first_seen, NOW);
    ck_assert_int_eq(got->state, ITEM_NEW);
    ck_assert(got->is_lead);
    ck_str(got->source_id, "https://example.org/feed");
    ck_assert_uint_eq(strlen(got->short_id), SHORT_ID_CHARS);
    case_done(&c);
}
END_TEST

START_TEST(an_item_put_again_is_the_same)
{
    struct item item;

    begin();
    item = make_item(&c, "g1", "https://example.org/a1", "Title", "text");
    ck_assert_int_eq(put(&c, source, &item), PUT_NEW);
    ck_assert_int_eq(put_at(&c, source, &item, NOW + 60), PUT_SAME);
    ck_assert_int_eq(put_at(&c, source, &item, NOW + 200000), PUT_SAME);
    ck_assert_uint_eq(find_all(&c, source)->n, 1);
    case_done(&c);
}
END_TEST

START_TEST(an_edit_moves_updated_and_never_published)
{
    struct item item;
    struct found *found;

    begin();
    item = make_item(&c, "g1", "https://example.org/a1", "Title", "text");
    put(&c, source, &item);
    item.title = STR("A better title");
    item.published = at_seconds(NOW);
    ck_assert_int_eq(put_at(&c, source, &item, NOW + 60), PUT_CHANGED);
    found = find_all(&c, source);
    ck_assert_uint_eq(found->n, 1);
    ck_str(found->at[0].item.title, "A better title");
    ck_assert_int_eq(found->at[0].published.unix_seconds, NOW - 3600);
    ck_assert_int_eq(found->at[0].updated.unix_seconds, NOW + 60);
    case_done(&c);
}
END_TEST

START_TEST(updated_stays_when_only_other_fields_change)
{
    struct item item;
    struct found *found;

    begin();
    item = make_item(&c, "g1", "https://example.org/a1", "Title", "text");
    put(&c, source, &item);
    item.editor = STR("somebody");
    item.updated = at_seconds(NOW + 50);
    ck_assert_int_eq(put_at(&c, source, &item, NOW + 60), PUT_CHANGED);
    found = find_all(&c, source);
    ck_assert_int_eq(found->at[0].updated.unix_seconds, NOW - 3600);
    ck_assert_int_eq(put_at(&c, source, &item, NOW + 70), PUT_SAME);
    case_done(&c);
}
END_TEST

START_TEST(the_sources_own_updated_is_taken_for_an_edit)
{
    struct item item;

    begin();
    item = make_item(&c, "g1", "https://example.org/a1", "Title", "text");
    put(&c, source, &item);
    item.title = STR("Another");
    item.updated = at_seconds(NOW + 100);
    put_at(&c, source, &item, NOW + 600);
    ck_assert_int_eq(find_all(&c, source)->at[0].updated.unix_seconds,
                     NOW + 100);
    case_done(&c);
}
END_TEST

START_TEST(an_unknown_date_is_the_time_first_seen_for_ever)
{
    struct item item;
    struct found *found;

    begin();
    item = make_item(&c, "g1", "https://example.org/a1", "Title", "text");
    item.published = (struct when){0};
    put(&c, source, &item);
    item.published = at_seconds(NOW - 999);
    item.title = STR("Another");
    put_at(&c, source, &item, NOW + 60);
    found = find_all(&c, source);
    ck_assert(found->at[0].date_is_first_seen);
    ck_assert_int_eq(found->at[0].published.unix_seconds, NOW);
    ck_assert(!when_known(found->at[0].item.published));
    ck_assert(notes_have(&found->at[0].item.notes, NOTE_DATE_UNKNOWN) ||
              notes_have(&found->at[0].item.notes, NOTE_DATE_FUTURE));
    case_done(&c);
}
END_TEST

START_TEST(a_date_far_ahead_is_the_time_first_seen_and_noted)
{
    struct item item;
    struct found *found;

    begin();
    item = make_item(&c, "g1", "https://example.org/a1", "One", "text");
    item.published = at_seconds(NOW + 86401);
    put(&c, source, &item);
    item = make_item(&c, "g2", "https://example.org/a2", "Two", "other");
    item.published = at_seconds(NOW + 86400);
    put(&c, source, &item);
    found = find_all(&c, source);
    ck_str(found->at[0].item.title, "Two");
    ck_assert(!found->at[0].date_is_first_seen);
    ck_assert(found->at[1].date_is_first_seen);
    ck_assert(notes_have(&found->at[1].item.notes, NOTE_DATE_FUTURE));
    ck_assert_int_eq(found->at[1].published.unix_seconds, NOW);
    case_done(&c);
}
END_TEST

START_TEST(what_programs_write_for_no_date_is_none)
{
    static const struct when none[] = {
        {.unix_seconds = 0, .precision = WHEN_SECOND},
        {.unix_seconds = -28800, .zone_minutes = 480, .precision = WHEN_DAY},
        {.unix_seconds = -62135596800, .precision = WHEN_SECOND}};
    struct found *found;

    begin();
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        char guid[] = {'g', (char)('0' + i), '\0'};
        struct item item = make_item(&c, guid, "", guid, guid);

        item.published = item.updated = none[i];
        put(&c, source, &item);
    }
    found = find_all(&c, source);
    ck_assert_int_eq(found->n, 3);
    for (size_t i = 0; i < found->n; i++) {
        ck_assert(found->at[i].date_is_first_seen);
        ck_assert_int_eq(found->at[i].published.unix_seconds, NOW);
        ck_assert(notes_have(&found->at[i].item.notes, NOTE_DATE_UNKNOWN));
    }
    case_done(&c);
}
END_TEST

START_TEST(an_entry_with_only_an_updated_was_published_then)
{
    struct item item;
    struct found *found;

    begin();
    item = make_item(&c, "g1", "https://example.org/a1", "One", "text");
    item.published = (struct when){0};
    item.updated = at_seconds(NOW - 50);
    put(&c, source, &item);
    found = find_all(&c, source);
    ck_assert(!found->at[0].date_is_first_seen);
    ck_assert_int_eq(found->at[0].published.unix_seconds, NOW - 50);
    case_done(&c);
}
END_TEST

START_TEST(a_page_is_known_by_its_address_however_that_is_written)
{
    struct item item;

    begin();
    item = make_item(&c, "", "https://www.example.org/a1?utm_source=x", "Title",
                     "text");
    ck_assert_int_eq(put(&c, source, &item), PUT_NEW);
    item.url = STR("http://example.org/a1");
    item.title = STR("Title, corrected");
    ck_assert_int_eq(put_at(&c, source, &item, NOW + 60), PUT_CHANGED);
    ck_assert_uint_eq(find_all(&c, source)->n, 1);
    case_done(&c);
}
END_TEST

START_TEST(two_guids_at_one_address_are_two_items)
{
    struct item one, two;

    begin();
    one = make_item(&c, "g1", "https://example.org/log", "One", "text");
    two = make_item(&c, "g2", "https://example.org/log", "Two", "other");
    put_both(&c, source, &one, PUT_NEW, &two, PUT_NEW, NOW);
    put_both(&c, source, &one, PUT_SAME, &two, PUT_SAME, NOW + 60);
    case_done(&c);
}
END_TEST

START_TEST(one_guid_for_two_entries_is_noticed_and_stays_two_items)
{
    struct item one, two;

    begin();
    one = make_item(&c, "g", "https://example.org/a1", "One", "text");
    two = make_item(&c, "g", "https://example.org/a2", "Two", "other");
    put_both(&c, source, &one, PUT_NEW, &two, PUT_NEW, NOW);
    put_both(&c, source, &two, PUT_SAME, &one, PUT_SAME, NOW + 60);
    ck_assert_uint_eq(find_all(&c, source)->n, 2);
    case_done(&c);
}
END_TEST

START_TEST(entries_without_guids_that_share_an_address_stay_apart)
{
    struct item one, two;
    struct found *found;

    begin();
    one = make_item(&c, "", "https://example.org/log#1", "One", "text");
    two = make_item(&c, "", "https://example.org/log#2", "Two", "other");
    put_both(&c, source, &one, PUT_NEW, &two, PUT_NEW, NOW);
    put_both(&c, source, &two, PUT_SAME, &one, PUT_SAME, NOW + 60);
    found = find_all(&c, source);
    ck_assert_uint_eq(found->n, 2);
    ck_assert_int_ne(found->at[0].story, found->at[1].story);
    case_done(&c);
}
END_TEST

START_TEST(posts_without_titles_that_share_an_address_stay_apart)
{
    struct item one, two;

    begin();
    one = make_item(&c, "", "https://example.org/@me", "", "text");
    two = make_item(&c, "", "https://example.org/@me", "", "other");
    put_both(&c, source, &one, PUT_NEW, &two, PUT_NEW, NOW);
    put_both(&c, source, &one, PUT_SAME, &two, PUT_SAME, NOW + 60);
    case_done(&c);
}
END_TEST

START_TEST(an_entry_twice_in_one_document_is_stored_once_and_does_not_flap)
{
    struct item one, two;

    begin();
    one = make_item(&c, "g", "https://example.org/a", "One", "text");
    two = one;
    two.summary = STR("and a summary");
    put_both(&c, source, &one, PUT_NEW, &two, PUT_SAME, NOW);
    put_both(&c, source, &one, PUT_SAME, &two, PUT_SAME, NOW + 60);
    ck_assert_int_eq(put_at(&c, source, &one, NOW + 999), PUT_SAME);
    ck_assert_uint_eq(find_all(&c, source)->n, 1);
    case_done(&c);
}
END_TEST

START_TEST(an_item_that_gains_a_guid_is_still_itself)
{
    struct item item;

    begin();
    item = make_item(&c, "", "https://example.org/a1", "Title", "text");
    put(&c, source, &item);
    item.guid = STR("new guid");
    ck_assert_int_eq(put_at(&c, source, &item, NOW + 60), PUT_CHANGED);
    item.url = STR("https://example.org/moved");
    ck_assert_int_eq(put_at(&c, source, &item, NOW + 120), PUT_CHANGED);
    ck_assert_uint_eq(find_all(&c, source)->n, 1);
    case_done(&c);
}
END_TEST

START_TEST(articles_on_one_page_have_a_key_each)
{
    struct item one, two;

    begin();
    one = make_item(&c, "", "https://example.org/page", "One", "text");
    two = make_item(&c, "", "https://example.org/page", "Two", "other");
    one.several_on_page = two.several_on_page = true;
    put_both(&c, source, &one, PUT_NEW, &two, PUT_NEW, NOW);
    put_both(&c, source, &one, PUT_SAME, &two, PUT_SAME, NOW + 60);
    case_done(&c);
}
END_TEST

static enum entry_ids see(const struct item *one, const struct item *two,
                          const struct item *three, int64_t now)
{
    const struct item *items[] = {one, two, three};
    enum entry_ids ids = IDS_GOOD;

    ck_ok(&c, store_see_guids(c.s, source, items, three == NULL ? 2 : 3, now,
                              &ids, &c.err));
    return ids;
}

START_TEST(a_source_that_makes_up_guids_is_known_by_its_addresses)
{
    struct item one, two;
    struct found *found;

    begin();
    one = make_item(&c, "r3", "https://example.org/a1", "One", "text");
    two = make_item(&c, "r4", "https://example.org/a2", "Two", "other");
    ck_assert_int_eq(see(&one, &two, NULL, NOW), IDS_GOOD);
    one.guid = STR("r1");
    two.guid = STR("r2");
    put(&c, source, &one);
    put(&c, source, &two);
    one.guid = STR("r3");
    two.guid = STR("r4");
    ck_assert_int_eq(see(&one, &two, NULL, NOW), IDS_GUIDS_MADE_UP);
    put_at(&c, source, &one, NOW + 60);
    put_at(&c, source, &two, NOW + 60);
    one.guid = STR("r5");
    ck_assert_int_eq(put_at(&c, source, &one, NOW + 120), PUT_SAME);
    found = find_all(&c, source);
    ck_assert_uint_eq(found->n, 2);
    ck_assert(notes_have(&found->at[0].item.notes, NOTE_GUID_UNSTABLE));
    case_done(&c);
}
END_TEST

START_TEST(guids_that_stay_or_come_with_new_articles_are_believed)
{
    struct item items[3];

    begin();
    items[0] = make_item(&c, "r1", "https://example.org/a1", "One", "text");
    items[1] = make_item(&c, "r2", "https://example.org/a2", "One", "text");
    items[2] = make_item(&c, "r3", "https://example.org/a3", "One", "text");
    put(&c, source, &items[0]);
    put(&c, source, &items[1]);
    ck_assert_int_eq(see(&items[0], &items[1], &items[2], NOW), IDS_GOOD);
    items[0].guid = STR("x1");
    ck_assert_int_eq(see(&items[0], &items[1], &items[2], NOW), IDS_GOOD);
    case_done(&c);
}
END_TEST

/* The document of one, two and three with all its keys made of SALT. */
static void renew(struct item *items, const char *salt)
{
    for (int i = 0; i < 3; i++) {
        items[i].guid = arena_printf(c.a, "%s%d", salt, i);
        items[i].url = arena_printf(c.a, "https://example.org/%s%d", salt, i);
    }
}

START_TEST(
    entries_whose_guids_and_addresses_are_all_new_are_known_by_what_they_say)
{
    struct item items[3];
    struct found *found;

    begin();
    items[0] = make_item(&c, "", "", "One", "text");
    items[1] = make_item(&c, "", "", "Two", "other");
    items[2] = make_item(&c, "", "", "Two", "other");
    items[0].published =
        (struct when){.unix_seconds = NOW - 3600, .precision = WHEN_SECOND};
    renew(items, "a");
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(put(&c, source, &items[i]), PUT_NEW);
    for (int run = 1; run < 4; run++) {
        renew(items, run == 1 ? "b" : run == 2 ? "c" : "d");
        ck_assert_int_eq(see(&items[0], &items[1], &items[2], NOW + 60 * run),
                         IDS_ALL_NEW);
        for (int i = 0; i < 3; i++)
            ck_assert_int_eq(put_at(&c, source, &items[i], NOW + 60 * run),
                             PUT_CHANGED);
    }
    ck_assert_int_eq(see(&items[0], &items[1], &items[2], NOW + 240), IDS_GOOD);
    found = find_all(&c, source);
    ck_assert_uint_eq(found->n, 3);
    for (size_t i = 0; i < found->n; i++)
        ck_assert_int_eq(found->at[i].updated.unix_seconds,
                         found->at[i].published.unix_seconds);
    /* The guids it had are free. */
    items[0] = make_item(&c, "a0", "https://example.org/new", "Four", "fourth");
    ck_assert_int_eq(put_at(&c, source, &items[0], NOW + 300), PUT_NEW);
    case_done(&c);
}
END_TEST

START_TEST(new_entries_are_new_where_none_or_few_say_what_is_stored)
{
    struct item items[3], other;

    begin();
    items[0] = make_item(&c, "", "", "One", "text");
    items[1] = make_item(&c, "", "", "Two", "other");
    items[2] = make_item(&c, "", "", "Three", "third");
    for (int i = 0; i < 3; i++)
        items[i].published =
            (struct when){.unix_seconds = NOW - 3600, .precision = WHEN_SECOND};
    renew(items, "a");
    put(&c, source, &items[0]);
    renew(items, "b");
    ck_assert_int_eq(see(&items[0], &items[1], &items[2], NOW), IDS_GOOD);
    /* Of another day. */
    other = items[0];
    other.published.unix_seconds -= 86400;
    ck_assert_int_eq(see(&other, &items[1], NULL, NOW), IDS_GOOD);
    /* And where one has the guid it had. */
    put(&c, source, &items[1]);
    renew(items, "c");
    items[1].guid = STR("b1");
    ck_assert_int_eq(see(&items[0], &items[1], &items[2], NOW), IDS_GOOD);
    case_done(&c);
}
END_TEST

START_TEST(an_entry_that_has_no_date_and_says_the_same_each_day_is_another)
{
    struct item items[3];

    begin();
    for (int i = 0; i < 3; i++) {
        items[i] = make_item(&c, "", "", "Picture of the day", "");
        items[i].published = (struct when){0};
    }
    renew(items, "a");
    for (int i = 0; i < 2; i++)
        put(&c, source, &items[i]);
    renew(items, "b");
    ck_assert_int_eq(see(&items[0], &items[1], NULL, NOW + 60), IDS_GOOD);
    /* What has a date is the same one. */
    for (int i = 0; i < 2; i++)
        items[i].published = at_seconds(NOW - 3600);
    put_at(&c, source, &items[0], NOW + 60);
    renew(items, "c");
    ck_assert_int_eq(see(&items[0], &items[1], NULL, NOW + 120), IDS_ALL_NEW);
    case_done(&c);
}
END_TEST

START_TEST(an_address_that_all_entries_share_is_not_new)
{
    struct item items[2];

    begin();
    items[0] = make_item(&c, "", "https://example.org/", "One", "text");
    items[1] = make_item(&c, "", "https://example.org/", "Two", "other");
    for (int i = 0; i < 2; i++)
        ck_assert_int_eq(put(&c, source, &items[i]), PUT_NEW);
    ck_assert_int_eq(see(&items[0], &items[1], NULL, NOW + 60), IDS_GOOD);
    for (int i = 0; i < 2; i++)
        ck_assert_int_eq(put_at(&c, source, &items[i], NOW + 60), PUT_SAME);
    case_done(&c);
}
END_TEST

START_TEST(a_shared_address_that_is_new_each_time_leaves_no_keys)
{
    struct item items[2];
    struct hash128 key;
    struct key_row row;

    begin();
    items[0] = make_item(&c, "", "https://example.org/?s=1", "One", "text");
    items[1] = make_item(&c, "", "https://example.org/?s=1", "Two", "other");
    key = title_key(c.a, items[1].url, STR("https://example.org/feed"),
                    items[1].title, items[1].text);
    for (int i = 0; i < 2; i++)
        put(&c, source, &items[i]);
    ck_ok(&c, key_get(c.s, key, source, &row, &c.err));
    ck_assert_int_ne(row.item, 0);
    items[0].url = items[1].url = STR("https://example.org/?s=2");
    ck_assert_int_eq(see(&items[0], &items[1], NULL, NOW + 60), IDS_ALL_NEW);
    for (int i = 0; i < 2; i++)
        ck_assert_int_eq(put_at(&c, source, &items[i], NOW + 60), PUT_CHANGED);
    ck_ok(&c, key_get(c.s, key, source, &row, &c.err));
    ck_assert_int_eq(row.item, 0);
    case_done(&c);
}
END_TEST

START_TEST(one_page_in_two_sources_is_two_items_with_ids_of_their_own)
{
    struct item item;
    int64_t other;
    struct found *a, *b;

    begin();
    other = put_source(&c, "https://example.net/list");
    item = make_item(&c, "", "https://example.org/a1", "Title", "text");
    ck_assert_int_eq(put(&c, source, &item), PUT_NEW);
    ck_assert_int_eq(put(&c, other, &item), PUT_NEW);
    a = find_all(&c, source);
    b = find_all(&c, other);
    ck_assert_str_ne(a->at[0].short_id, b->at[0].short_id);
    ck_assert_int_eq(a->at[0].story, b->at[0].story);
    case_done(&c);
}
END_TEST

START_TEST(items_come_newest_first_and_stop_when_asked)
{
    struct found *found;

    begin();
    for (int i = 0; i < 5; i++) {
        struct item item = make_item(&c, arena_printf(c.a, "g%d", i).p, "", "T",
                                     arena_printf(c.a, "text %d", i).p);

        item.published = at_seconds(NOW - (i * 7 % 5) * 100);
        put(&c, source, &item);
    }
    found = find_all(&c, source);
    ck_assert_uint_eq(found->n, 5);
    for (size_t i = 1; i < 5; i++)
        ck_assert_int_gt(found->at[i - 1].published.unix_seconds,
                         found->at[i].published.unix_seconds);
    found = arena_make(c.a, struct found);
    found->c = &c;
    found->n = 63;
    ck_ok(&c,
          store_each_place(c.s,
                           &(struct place_walk){
                               .sources = &source, .n_sources = 1, .since = 0},
                           keep_found, found, &c.err));
    ck_assert_uint_eq(found->n, 64);
    found->n = 0;
    ck_ok(&c, store_each_place(c.s,
                               &(struct place_walk){.sources = &source,
                                                    .n_sources = 1,
                                                    .since = NOW - 150},
                               keep_found, found, &c.err));
    ck_assert_uint_eq(found->n, 2);
    ck_ok(&c, store_each_place(c.s, &(struct place_walk){.since = 0},
                               keep_found, found, &c.err));
    ck_assert_uint_eq(found->n, 2);
    case_done(&c);
}
END_TEST

static bool count_in_order(void *ctx, const struct item_place *place)
{
    int64_t *seen = ctx; /* how many, and when the last one was */

    ck_assert_int_le(place->published, seen[1]);
    seen[0]++;
    seen[1] = place->published;
    return true;
}

/* Whether years or seconds lie between them, and however many have one moment. */
START_TEST(all_places_are_given_however_far_apart)
{
    static const int64_t hours[] = {0, 1, 3, 9, 30, 200, 1000, 5000, 90000};
    int64_t sources[2], seen[2] = {0, INT64_MAX};

    begin();
    sources[0] = source;
    sources[1] = put_source(&c, "https://example.org/other");
    for (int i = 0; i < 600; i++) {
        struct item item = make_item(&c, arena_printf(c.a, "g%d", i).p, "",
                                     arena_printf(c.a, "T%d", i).p, "");

        item.published = at_seconds(NOW - (i < 9 ? hours[i] : 3) * 3600);
        put(&c, sources[i % 2], &item);
    }
    ck_ok(&c, store_each_place(c.s,
                               &(struct place_walk){.sources = sources,
                                                    .n_sources = 2,
                                                    .since = INT64_MIN},
                               count_in_order, seen, &c.err));
    ck_assert_int_eq(seen[0], 600);
    ck_assert_int_eq(seen[1], NOW - hours[8] * 3600);
    seen[0] = 0;
    seen[1] = INT64_MAX;
    ck_ok(&c,
          store_each_place(c.s,
                           &(struct place_walk){.sources = sources,
                                                .n_sources = 2,
                                                .since = NOW - hours[5] * 3600},
                           count_in_order, seen, &c.err));
    ck_assert_int_eq(seen[0], 597);
    /* However far back it is said to go. */
    for (int i = 0; i < 9; i++) {
        seen[0] = 0;
        seen[1] = INT64_MAX;
        ck_ok(&c, store_each_place(
                      c.s,
                      &(struct place_walk){.sources = sources,
                                           .n_sources = 2,
                                           .since = NOW - hours[5] * 3600,
                                           .likely = NOW - hours[i] * 3600},
                      count_in_order, seen, &c.err));
        ck_assert_int_eq(seen[0], 597);
    }
    case_done(&c);
}
END_TEST

START_TEST(bodies_expire_before_keys_and_a_return_brings_them_back)
{
    struct item item;

    begin();
    item = make_item(&c, "g1", "https://example.org/a1", "Title", "text");
    put(&c, source, &item);
    ck_ok(&c, store_expire(c.s, NOW + 1, NOW - 1, &c.err));
    ck_assert_uint_eq(find_all(&c, source)->n, 0);
    ck_assert_int_eq(put_at(&c, source, &item, NOW + 60), PUT_CHANGED);
    ck_assert_uint_eq(find_all(&c, source)->n, 1);
    ck_assert_int_eq(find_all(&c, source)->at[0].state, ITEM_NEW);
    ck_assert_int_eq(find_all(&c, source)->at[0].updated.unix_seconds,
                     NOW - 3600);
    ck_ok(&c, store_expire(c.s, NOW + 61, NOW + 61, &c.err));
    ck_assert_int_eq(put_at(&c, source, &item, NOW + 120), PUT_NEW);
    case_done(&c);
}
END_TEST

static void answered(int64_t last_ok)
{
    struct source_row row;

    ck_ok(&c, store_get_source(c.s, c.a, STR("https://example.org/feed"), &row,
                               &c.err));
    row.last_ok = last_ok;
    ck_ok(&c, store_put_source(c.s, &row, &c.err));
}

START_TEST(what_an_unchanged_source_lists_does_not_expire)
{
    int64_t later = NOW + 100 * 86400;
    struct item gone, listed;

    begin();
    gone = make_item(&c, "g1", "https://example.org/a1", "Gone", "text");
    listed = make_item(&c, "g2", "https://example.org/a2", "Listed", "other");
    put(&c, source, &gone);
    put(&c, source, &listed);
    put_at(&c, source, &listed, NOW + 10 * 86400);
    answered(later);
    ck_ok(&c, store_expire(c.s, later - 86400, NOW, &c.err));
    ck_assert_uint_eq(find_all(&c, source)->n, 1);
    ck_str(find_all(&c, source)->at[0].item.title, "Listed");
    ck_ok(&c, store_expire(c.s, later + 1, NOW, &c.err));
    ck_assert_uint_eq(find_all(&c, source)->n, 0);
    case_done(&c);
}
END_TEST

START_TEST(what_a_list_page_still_names_does_not_expire)
{
    struct item old, young;

    begin();
    old = make_item(&c, "", "https://www.example.org/a1", "Old", "text");
    young = make_item(&c, "", "https://www.example.org/a2", "Young", "other");
    put(&c, source, &old);
    put_at(&c, source, &young, NOW + 5 * 86400);
    ck_ok(&c, store_see_url(c.s, source, url_key(c.a, old.url),
                            NOW + 10 * 86400, &c.err));
    ck_ok(&c, store_see_url(c.s, source, STR("example.org/a3"),
                            NOW + 10 * 86400, &c.err));
    answered(NOW + 20 * 86400);
    ck_ok(&c, store_expire(c.s, NOW + 15 * 86400, NOW, &c.err));
    ck_assert_uint_eq(find_all(&c, source)->n, 1);
    ck_str(find_all(&c, source)->at[0].item.title, "Old");
    case_done(&c);
}
END_TEST

START_TEST(a_page_that_two_lists_name_belongs_to_both_sources)
{
    struct item item;
    struct found *here, *there;
    int64_t other;

    begin();
    other = put_source(&c, "https://example.net/list");
    item = make_item(&c, "", "https://www.example.org/a1", "Title", "text");
    item.published = (struct when){0};
    item.editor = STR("editor");
    put(&c, source, &item);
    for (int i = 0; i < 2; i++)
        ck_ok(&c, store_see_url(c.s, other, url_key(c.a, item.url),
                                NOW + 100 + i, &c.err));
    here = find_all(&c, source);
    there = find_all(&c, other);
    ck_assert_uint_eq(there->n, 1);
    ck_assert(str_eq(there->at[0].item.text, item.text));
    ck_assert_int_eq(there->at[0].published.unix_seconds, NOW);
    ck_assert_int_eq(there->at[0].story, here->at[0].story);
    case_done(&c);
}
END_TEST

UNIT_TESTS(
    every_field_comes_back, an_item_put_again_is_the_same,
    an_edit_moves_updated_and_never_published,
    updated_stays_when_only_other_fields_change,
    the_sources_own_updated_is_taken_for_an_edit,
    an_unknown_date_is_the_time_first_seen_for_ever,
    a_date_far_ahead_is_the_time_first_seen_and_noted,
    what_programs_write_for_no_date_is_none,
    an_entry_with_only_an_updated_was_published_then,
    a_page_is_known_by_its_address_however_that_is_written,
    two_guids_at_one_address_are_two_items,
    one_guid_for_two_entries_is_noticed_and_stays_two_items,
    entries_without_guids_that_share_an_address_stay_apart,
    posts_without_titles_that_share_an_address_stay_apart,
    an_entry_twice_in_one_document_is_stored_once_and_does_not_flap,
    an_item_that_gains_a_guid_is_still_itself,
    articles_on_one_page_have_a_key_each,
    a_source_that_makes_up_guids_is_known_by_its_addresses,
    guids_that_stay_or_come_with_new_articles_are_believed,
    entries_whose_guids_and_addresses_are_all_new_are_known_by_what_they_say,
    new_entries_are_new_where_none_or_few_say_what_is_stored,
    an_entry_that_has_no_date_and_says_the_same_each_day_is_another,
    an_address_that_all_entries_share_is_not_new,
    a_shared_address_that_is_new_each_time_leaves_no_keys,
    one_page_in_two_sources_is_two_items_with_ids_of_their_own,
    items_come_newest_first_and_stop_when_asked,
    all_places_are_given_however_far_apart,
    bodies_expire_before_keys_and_a_return_brings_them_back,
    what_an_unchanged_source_lists_does_not_expire,
    what_a_list_page_still_names_does_not_expire,
    a_page_that_two_lists_name_belongs_to_both_sources)
