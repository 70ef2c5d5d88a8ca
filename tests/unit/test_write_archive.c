/* Archive documents, days' pages, digests: made of entries written before. */
#include "unit/unit.h"

#include "unit/edition_fixture.h"

static const struct str two[] = {STR_INIT("  <entry>2</entry>\n"),
                                 STR_INIT("  <entry>1</entry>\n")};
static const struct tombstone stone = {.atom_id = STR_INIT("tag:x,1:1"),
                                       .when = FIXTURE_TIME};

static struct archive_page page_of(int64_t number, bool has_next)
{
    return (struct archive_page){.edition = &fixture_edition,
                                 .number = number,
                                 .has_next = has_next,
                                 .updated = FIXTURE_TIME,
                                 .entries = two,
                                 .n_entries = 2};
}

START_TEST(spans_are_where_the_entries_stand)
{
    for (int f = 0; f < FORMAT_COUNT; f++) {
        struct span spans[3] = {{0, 0}};
        struct str text;
        struct buf b;

        buf_init(&b, BUF_MAX);
        edition_write((enum edition_format)f, &fixture_edition, &b, spans);
        text = buf_str(&b);
        for (int i = 0; i < 3; i++) {
            struct str s =
                str_trim(str_slice(text, spans[i].from, spans[i].to));

            ck_assert(
                str_starts(s, STR("<entry")) || str_starts(s, STR("<item>")) ||
                str_starts(s, STR("<article")) || str_starts(s, STR("{\n")));
            ck_assert(
                str_ends(s, STR("</entry>")) || str_ends(s, STR("</item>")) ||
                str_ends(s, STR("</article>")) || str_ends(s, STR("\n    }")));
        }
        if (f != FORMAT_JSONFEED) /* a comma, and the indent */
            ck_assert_uint_eq(spans[0].to, spans[1].from);
        buf_done(&b);
    }
}
END_TEST

/* The first and the last stand as they stood; the one between them is rendered. */
START_TEST(an_entry_that_is_ready_is_written_as_it_was)
{
    struct span spans[FORMAT_COUNT][3];
    struct str ready[2][FORMAT_COUNT];
    struct item image = {.image = fixture_item.image}, none = {0};
    struct entry entries[3];
    struct edition ed = fixture_edition;
    struct buf was[FORMAT_COUNT];

    memcpy(entries, fixture_entries, sizeof entries);
    for (int f = 0; f < FORMAT_COUNT; f++) {
        buf_init(&was[f], BUF_MAX);
        edition_write((enum edition_format)f, &fixture_edition, &was[f],
                      spans[f]);
        for (int i = 0; i < 2; i++)
            ready[i][f] = str_slice(buf_str(&was[f]), spans[f][2 * i].from,
                                    spans[f][2 * i].to);
    }
    entries[0].item = &image;
    entries[2].item = &none;
    entries[0].ready = ready[0];
    entries[2].ready = ready[1];
    ed.entries = entries;
    for (int f = 0; f < FORMAT_COUNT; f++) {
        struct span again[3];
        struct buf b;

        buf_init(&b, BUF_MAX);
        edition_write((enum edition_format)f, &ed, &b, again);
        ck_assert(str_eq(buf_str(&b), buf_str(&was[f])));
        ck_assert_int_eq(memcmp(again, spans[f], sizeof again), 0);
        buf_done(&b);
        buf_done(&was[f]);
    }
}
END_TEST

START_TEST(an_archive_names_the_others_and_holds_what_it_was_given)
{
    struct archive_page page = page_of(2, true);
    struct buf b;

    buf_init(&b, BUF_MAX);
    archive_write(FORMAT_ATOM, &page, &b);
    ck_has(&b, "xmlns:fh=\"http://purl.org/syndication/history/1.0\"");
    ck_has(&b, "<fh:archive/>");
    ck_has(&b, "<link rel=\"self\" type=\"application/atom+xml\" "
               "href=\"https://news.example/models/atom-2.xml\"/>");
    ck_has(&b, "rel=\"current\" type=\"application/atom+xml\" "
               "href=\"https://news.example/models/atom.xml\"");
    ck_has(&b, "rel=\"prev-archive\" type=\"application/atom+xml\" "
               "href=\"https://news.example/models/atom-1.xml\"");
    ck_has(&b, "rel=\"next-archive\" type=\"application/atom+xml\" "
               "href=\"https://news.example/models/atom-3.xml\"");
    ck_has(&b, "  <entry>2</entry>\n  <entry>1</entry>\n</feed>");
    ck_has_not(&b, "deleted-entry");
    buf_reset(&b);
    archive_write(FORMAT_RSS, &page, &b);
    ck_has(&b, "<fh:archive/>");
    ck_has(&b, "<atom:link rel=\"prev-archive\" type=\"application/rss+xml\" "
               "href=\"https://news.example/models/rss-1.xml\"/>");
    buf_done(&b);
}
END_TEST

START_TEST(the_first_archive_has_none_before_and_the_open_one_none_after)
{
    struct archive_page page = page_of(1, false);
    struct buf b;

    page.tombstones = &stone;
    page.n_tombstones = 1;
    buf_init(&b, BUF_MAX);
    archive_write(FORMAT_ATOM, &page, &b);
    ck_has_not(&b, "prev-archive");
    ck_has_not(&b, "next-archive");
    ck_has(&b, "xmlns:at=");
    ck_has(&b, "<at:deleted-entry ref=\"tag:x,1:1\"");
    buf_done(&b);
}
END_TEST

START_TEST(a_feed_names_the_archive_before_it)
{
    struct edition ed = fixture_edition;
    struct buf b;

    ed.newest_archive = 7;
    fixture_write(FORMAT_ATOM, &ed, &b);
    ck_has(&b, "rel=\"prev-archive\" type=\"application/atom+xml\" "
               "href=\"https://news.example/models/atom-7.xml\"");
    ck_has_not(&b, "fh:archive");
    buf_done(&b);
    fixture_write(FORMAT_RSS, &ed, &b);
    ck_has(&b, "https://news.example/models/rss-7.xml");
    buf_done(&b);
}
END_TEST

START_TEST(a_day_leads_to_the_days_around_it)
{
    static const struct str articles[] = {STR_INIT("<article>x</article>\n")};
    struct day_page page = {.edition = &fixture_edition,
                            .day = STR("2024-11-14"),
                            .before = STR("2024-11-12"),
                            .entries = articles,
                            .n_entries = 1};
    struct buf b;

    buf_init(&b, BUF_MAX);
    day_write_html(&page, &b);
    ck_has(&b, "<h1>Models &amp; chips · 2024-11-14</h1>");
    ck_has(&b, "<a rel=\"prev\" href=\"2024-11-12.html\">");
    ck_has(&b, "<link rel=\"prev\" href=\"2024-11-12.html\">");
    ck_has(&b, "<link rel=\"alternate\" type=\"application/rss+xml\"");
    ck_has(&b, "href=\"https://news.example/models/2024-11-14.html\">");
    ck_has(&b, "<article>x</article>");
    ck_has_not(&b, "rel=\"next\"");
    ck_has_not(&b, "<script");
    buf_done(&b);
}
END_TEST

START_TEST(a_days_entries_are_found_on_its_page)
{
    struct item items[3] = {fixture_item, hostile_item, bare_item};
    struct edition ed = fixture_edition;
    struct entry entries[3];
    struct span spans[3];
    struct str articles[3];
    struct day_page page = {.edition = &fixture_edition,
                            .day = STR("2024-11-14"),
                            .entries = articles,
                            .n_entries = 3};
    struct arena *a = arena_new(0);
    struct strs found;
    struct buf b, day;

    items[2].html = STR("<article><p>An article within.</p></article>\n");
    for (size_t i = 0; i < 3; i++) {
        entries[i] = fixture_entries[i];
        entries[i].item = &items[i];
    }
    ed.entries = entries;
    buf_init(&b, BUF_MAX);
    edition_write(FORMAT_HTML, &ed, &b, spans);
    for (size_t i = 0; i < 3; i++)
        articles[i] = str_slice(buf_str(&b), spans[i].from, spans[i].to);
    buf_init(&day, BUF_MAX);
    day_write_html(&page, &day);
    day_read_entries(a, buf_str(&day), &found);
    ck_assert_uint_eq(found.n, 3);
    for (size_t i = 0; i < 3; i++)
        ck_assert(str_eq(found.at[i], articles[i]));
    day_read_entries(a, STR("<!DOCTYPE html>\n"), &found);
    ck_assert_uint_eq(found.n, 0);
    buf_done(&day);
    buf_done(&b);
    arena_free(a);
}
END_TEST

START_TEST(a_digest_has_an_entry_for_each_period)
{
    static const struct str lines[] = {STR_INIT("<li>a &amp; b</li>\n")};
    struct digest_period period = {.name = STR("2024-11-14"),
                                   .ends = FIXTURE_TIME,
                                   .updated = FIXTURE_TIME,
                                   .lines = lines,
                                   .n_lines = 1};
    struct digest d = {.edition = &fixture_edition, .periods = &period};
    struct buf b, again;

    buf_init(&b, BUF_MAX);
    buf_init(&again, BUF_MAX);
    digest_write(&d, &b);
    ck_has(&b, "<updated>1970-01-01T00:00:00Z</updated>");
    ck_has_not(&b, "<entry>");
    d.n_periods = 1;
    buf_reset(&b);
    digest_write(&d, &b);
    digest_write(&d, &again);
    ck_assert(str_eq(buf_str(&b), buf_str(&again)));
    ck_has(&b, "<title>Models &amp; chips · 2024-11-14</title>");
    ck_has(&b, "&lt;li&gt;a &amp;amp; b&lt;/li&gt;");
    ck_has(&b, "href=\"https://news.example/models/digest.xml\"");
    buf_done(&b);
    buf_done(&again);
}
END_TEST

START_TEST(a_line_of_a_digest_is_safe_whatever_the_entry_says)
{
    struct buf b;

    buf_init(&b, BUF_MAX);
    for (size_t i = 0; i < fixture_edition.n_entries; i++)
        digest_line(&fixture_edition, &fixture_edition.entries[i], &b);
    ck_has(&b, "<li><a href=\"https://a.example/1?a=1&amp;b=2\">"
               "AT&amp;T &lt;b&gt; &amp; more</a> · A News<br>One &amp; two."
               "</li>");
    ck_has(&b, "&amp;&lt;&gt;");
    buf_done(&b);
}
END_TEST

UNIT_TESTS(spans_are_where_the_entries_stand,
           an_entry_that_is_ready_is_written_as_it_was,
           an_archive_names_the_others_and_holds_what_it_was_given,
           the_first_archive_has_none_before_and_the_open_one_none_after,
           a_feed_names_the_archive_before_it,
           a_day_leads_to_the_days_around_it,
           a_days_entries_are_found_on_its_page,
           a_digest_has_an_entry_for_each_period,
           a_line_of_a_digest_is_safe_whatever_the_entry_says)
