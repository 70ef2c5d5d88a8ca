#include "unit/feed_unit.h"

#define RSS(inside)                                                            \
    "<?xml version='1.0'?><rss version='2.0' "                                 \
    "xmlns:content='http://purl.org/rss/1.0/modules/content/' "                \
    "xmlns:dc='http://purl.org/dc/elements/1.1/' "                             \
    "xmlns:media='http://search.yahoo.com/mrss/' "                             \
    "xmlns:atom='http://www.w3.org/2005/Atom'><channel>" inside                \
    "</channel></rss>"
#define ITEM(inside) RSS("<item>" inside "</item>")

START_TEST(an_item_gives_its_fields)
{
    struct seen_feed *s = seen_read(
        RSS("<title>Paper</title><link>http://example.org/</link>"
            "<description>News</description><language>en-gb</language>"
            "<ttl>90</ttl>"
            "<item><title>One &amp; two</title><link>/a?b=1&amp;c=2</link>"
            "<guid isPermaLink='false'>g-1</guid>"
            "<description>&lt;p&gt;Short&lt;/p&gt;</description>"
            "<content:encoded><![CDATA[<p>The whole text</p>]]>"
            "</content:encoded><dc:creator>Ann Lee</dc:creator>"
            "<pubDate>Tue, 03 Dec 2024 10:00:00 +0800</pubDate>"
            "<category>Chips</category><category>AI</category>"
            "<enclosure url='http://example.org/a.mp3' length='12' "
            "type='audio/mpeg'/></item>"));
    const struct seen_entry *e = s->entries.at;

    ck_assert(s->ok);
    ck_assert_uint_eq(s->entries.n, 1);
    ck_str(e->title, "One & two");
    ck_str(e->url, "http://example.org/a?b=1&c=2");
    ck_str(e->guid, "g-1");
    ck_assert(!e->permalink);
    ck_str(e->summary, "<p>Short</p>");
    ck_str(e->body, "<p>The whole text</p>");
    ck_assert_int_eq(e->kind, BODY_HTML);
    ck_str(e->author, "Ann Lee");
    ck_str(e->published, "2024-12-03T10:00:00+08:00");
    ck_str(e->tags, "Chips, AI");
    ck_str(e->enclosures, "http://example.org/a.mp3 audio/mpeg");
    ck_str(s->feed->title.value, "Paper");
    ck_str(s->feed->home_url, "http://example.org/");
    ck_str(s->feed->subtitle.value, "News");
    ck_str(s->feed->language, "en-gb");
    ck_assert_int_eq(s->feed->ttl_seconds, 5400);
    ck_assert_int_eq(s->feed->format, FEED_RSS20);
    seen_done(s);
}
END_TEST

START_TEST(versions_are_told_apart)
{
    static const struct {
        const char *text;
        enum feed_format format;
    } rows[] = {
        {"<rss version='0.91'><channel/></rss>", FEED_RSS091},
        {"<rss version='0.92'/>", FEED_RSS092},
        {"<rss version='2.1'/>", FEED_RSS20},
        {"<rss><channel/></rss>", FEED_RSS},
        {"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
         "xmlns='http://purl.org/rss/1.0/'><channel/></rdf:RDF>",
         FEED_RSS10},
        {"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
         "xmlns='http://my.netscape.com/rdf/simple/0.9/'><channel/></rdf:RDF>",
         FEED_RSS090},
        {"<feed xmlns='http://www.w3.org/2005/Atom'/>", FEED_ATOM10},
        {"<feed version='0.3' xmlns='http://purl.org/atom/ns#'/>", FEED_ATOM03},
        {"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>",
         FEED_SITEMAP},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct seen_feed *s = seen_read(rows[i].text);

        ck_assert(s->ok);
        ck_assert_int_eq(s->feed->format, rows[i].format);
        seen_done(s);
    }
}
END_TEST

START_TEST(titles_keep_their_meaning)
{
    static const struct {
        const char *text, *title;
    } rows[] = {
        {ITEM("<title>1 &lt; 2</title>"), "1 < 2"},
        {ITEM("<title>AT&amp;T</title>"), "AT&T"},
        {ITEM("<title>AT&amp;amp;T</title>"), "AT&T"},
        {ITEM("<title>The &lt;blink&gt; tag</title>"), "The <blink> tag"},
        {ITEM("<title>A &lt;b&gt;bold&lt;/b&gt; one</title>"), "A bold one"},
        {ITEM("<title>It&amp;#8217;s</title>"), "It\u2019s"},
        {ITEM("<title><![CDATA[R&D]]></title>"), "R&D"},
        {ITEM("<title>  two\n  lines </title>"), "two lines"},
        {ITEM("<title>A <b>naked</b> tag</title>"), "A naked tag"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct seen_feed *s = seen_read(rows[i].text);

        ck_assert_uint_eq(s->entries.n, 1);
        ck_str(s->entries.at[0].title, rows[i].title);
        seen_done(s);
    }
}
END_TEST

START_TEST(a_permalink_guid_is_the_address)
{
    struct seen_feed *s = seen_read(
        RSS("<item><guid>http://example.org/1</guid></item>"
            "<item><guid isPermaLink='false'>http://example.org/2</guid></item>"
            "<item><guid>abc</guid></item>"
            "<item><guid>http://example.org/4</guid>"
            "<link>http://example.org/other</link></item>"));

    ck_str(s->entries.at[0].url, "http://example.org/1");
    ck_str(s->entries.at[1].url, "");
    ck_str(s->entries.at[2].url, "");
    ck_str(s->entries.at[2].guid, "abc");
    ck_str(s->entries.at[3].url, "http://example.org/other");
    seen_done(s);
}
END_TEST

START_TEST(the_own_link_comes_before_atoms)
{
    struct seen_feed *s = seen_read(
        RSS("<link>http://example.org/</link>"
            "<atom:link href='http://example.org/atom' rel='alternate'/>"
            "<item><link>/1</link><atom:link href='/2'/></item>"
            "<item><atom:link href='/2' type='text/html'/></item>"
            "<item><link>/1</link><link href='/3'/></item>"));

    ck_str(s->feed->home_url, "http://example.org/");
    ck_str(s->entries.at[0].url, "http://example.org/1");
    ck_str(s->entries.at[1].url, "http://example.org/2");
    ck_str(s->entries.at[2].url, "http://example.org/3");
    seen_done(s);
}
END_TEST

START_TEST(people_are_read_in_all_spellings)
{
    static const struct {
        const char *text, *name, *email;
    } rows[] = {
        {ITEM("<author>ann@example.org (Ann Lee)</author>"), "Ann Lee",
         "ann@example.org"},
        {ITEM("<author>Ann Lee (ann@example.org)</author>"), "Ann Lee",
         "ann@example.org"},
        {ITEM("<author>Ann Lee &lt;ann@example.org&gt;</author>"), "Ann Lee",
         "ann@example.org"},
        {ITEM("<author>\"Lee, Ann\" &lt;ann@example.org&gt;</author>"),
         "Lee, Ann", "ann@example.org"},
        {ITEM("<author>\"Ann\" and \"Bo\"</author>"), "\"Ann\" and \"Bo\"", ""},
        {ITEM("<author>(Ann Lee)</author>"), "Ann Lee", ""},
        {ITEM("<author>ann@example.org</author>"), "", "ann@example.org"},
        {ITEM("<author>Ann Lee</author>"), "Ann Lee", ""},
        {ITEM("<author>mailto:ann@example.org</author>"), "",
         "ann@example.org"},
        {ITEM("<dc:creator>Ann</dc:creator><dc:creator>Bo</dc:creator>"),
         "Ann, Bo", ", "},
        {ITEM("<author>Ann</author><dc:creator>Ann</dc:creator>"), "Ann", ""},
        {ITEM("<atom:author><atom:name>Ann</atom:name><atom:email>a@b.org"
              "</atom:email></atom:author>"),
         "Ann", "a@b.org"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct seen_feed *s = seen_read(rows[i].text);

        ck_str(s->entries.at[0].author, rows[i].name);
        ck_str(s->entries.at[0].email, rows[i].email);
        seen_done(s);
    }
}
END_TEST

/* "title|url;" of each entry. */
static struct str titles_and_urls(struct seen_feed *s)
{
    struct str out = STR_NONE;

    for (size_t i = 0; i < s->entries.n; i++)
        out = arena_cat(s->a, out, s->entries.at[i].title, STR("|"),
                        s->entries.at[i].url, STR(";"));
    return out;
}

START_TEST(an_open_text_ends_where_another_element_of_the_entry_begins)
{
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {RSS("<title>Paper<item><title>A</title></item><item><title>B</title>"
             "</item>"),
         "A|;B|;"},
        {ITEM("<title>A<link>http://a.org/</link><description>x</description>"),
         "A|http://a.org/;"},
        {ITEM("<guid>http://a.org/<pubDate>2024-12-03<title>A</title>"),
         "A|http://a.org/;"},
        {RSS("<item><title>A</title><description>x <p>y<item><title>B</title>"
             "</item>"),
         "A|;B|;"},
        {RSS("<item><title>A<item><title>B<item><title>C"), "A|;B|;C|;"},
        {ITEM("<description>a<title>A</title>"), "A|;"},
        {ITEM("<description><html><head><title>no</title></head><body>x</body>"
              "</html></description>"),
         "|;"},
        {ITEM("<title>A</title><x:y xmlns:x='urn:x'><title>no</title><item>"
              "<title>no</title></item></x:y>"),
         "A|;"},
        {ITEM("<title>a &lt;item> and a &lt;guid> in it</title>"),
         "a <item> and a <guid> in it|;"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct seen_feed *s = seen_read(rows[i].text);

        ck_str(titles_and_urls(s), rows[i].expected);
        seen_done(s);
    }
}
END_TEST

START_TEST(items_that_are_never_closed_are_not_nested)
{
    struct buf b;
    struct seen_feed *s;

    buf_init(&b, BUF_MAX);
    buf_add_str(&b, STR("<rss version='2.0'><channel>"));
    for (int i = 0; i < 600; i++)
        buf_add_str(&b, STR("<item><title>A<description><b>x"));
    buf_add_char(&b, '\0');
    s = seen_read(b.p);
    ck_assert_uint_eq(s->entries.n, 600);
    ck_assert(notes_have(&s->feed->notes, NOTE_XML_REPAIRED));
    ck_assert(!notes_have(&s->feed->notes, NOTE_MARKUP_HOSTILE));
    seen_done(s);
    buf_done(&b);
}
END_TEST

START_TEST(what_is_below_an_image_or_a_source_is_not_the_items)
{
    struct seen_feed *s = seen_read(
        RSS("<title>Paper</title><link>http://example.org/</link>"
            "<image><title>Logo</title><url>/logo.png</url>"
            "<link>http://example.org/logo</link><width>88</width></image>"
            "<textInput><title>Search</title><link>/search</link></textInput>"
            "<item><title>T</title><link>http://example.org/1</link>"
            "<source url='http://other.org/feed'>Other paper</source>"
            "<image><link>http://example.org/picture</link></image>"
            "<x:y xmlns:x='urn:x'><title>no</title></x:y></item>"));

    ck_str(s->feed->title.value, "Paper");
    ck_str(s->feed->home_url, "http://example.org/");
    ck_str(s->feed->image, "http://example.org/logo.png");
    ck_str(s->entries.at[0].title, "T");
    ck_str(s->entries.at[0].url, "http://example.org/1");
    ck_str(s->entries.at[0].source, "Other paper");
    seen_done(s);
}
END_TEST

START_TEST(items_outside_the_channel_are_read)
{
    struct seen_feed *s = seen_read(
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
        "xmlns='http://purl.org/rss/1.0/' "
        "xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        "<channel rdf:about='http://example.org/'><title>Paper</title>"
        "<items><rdf:Seq><rdf:li resource='http://example.org/1'/></rdf:Seq>"
        "</items></channel><item rdf:about='http://example.org/1'>"
        "<title>One</title><link>http://example.org/one</link>"
        "<dc:date>2024-12-03T10:00:00Z</dc:date></item></rdf:RDF>");

    ck_str(s->feed->title.value, "Paper");
    ck_assert_uint_eq(s->entries.n, 1);
    ck_str(s->entries.at[0].guid, "http://example.org/1");
    ck_str(s->entries.at[0].url, "http://example.org/one");
    ck_str(s->entries.at[0].published, "2024-12-03T10:00:00Z");
    seen_done(s);
}
END_TEST

START_TEST(bad_and_zoneless_dates_become_notes)
{
    struct seen_feed *s = seen_read(
        RSS("<item><title>a</title><pubDate>31 Feb 2024 10:00 GMT</pubDate>"
            "</item><item><title>b</title><pubDate>2024-12-03 10:00:00"
            "</pubDate></item>"));

    ck_str(s->entries.at[0].published, "");
    ck_assert(notes_have(&s->entries.at[0].notes, NOTE_DATE_INVALID));
    ck_str(s->entries.at[1].published, "2024-12-03T10:00:00Z");
    ck_assert(notes_have(&s->entries.at[1].notes, NOTE_ZONE_ASSUMED));
    seen_done(s);
}
END_TEST

START_TEST(a_missing_end_tag_does_not_swallow_the_next_item)
{
    struct seen_feed *s = seen_read(
        RSS("<item xml:base='http://example.org/deep/'><title>a</title>"
            "<item><title>b</title><link>c</link></item>"));

    ck_assert_uint_eq(s->entries.n, 2);
    ck_str(s->entries.at[0].title, "a");
    ck_str(s->entries.at[1].title, "b");
    ck_str(s->entries.at[1].url, "http://example.org/c");
    seen_done(s);
}
END_TEST

START_TEST(a_truncated_feed_gives_what_came)
{
    struct seen_feed *s = seen_read(
        "<rss version='2.0'><channel><title>P</title><item><title>a</title>"
        "</item><item><title>b</title><description>half a sen");

    ck_assert(s->ok);
    ck_assert_uint_eq(s->entries.n, 2);
    ck_str(s->entries.at[1].title, "b");
    ck_str(s->entries.at[1].summary, "half a sen");
    ck_assert(notes_have(&s->feed->notes, NOTE_TRUNCATED));
    ck_assert(s->feed->is_cut);
    seen_done(s);
}
END_TEST

START_TEST(a_cut_is_one_where_entries_may_be_missing)
{
    static const struct {
        const char *text;
        bool is_cut;
    } rows[] = {
        {"<rss><channel><item><title>a</title></item></channel></rss>", false},
        {"<rss><channel><item><title>a</title></item></channel>", false},
        {"<rss><channel><item><title>a</title></item>", true},
        {"<rss><channel><item><title>a</title></item></channel></rss", false},
        {"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>a</title>"
         "</entry>",
         true},
        {"<rdf:RDF xmlns='http://purl.org/rss/1.0/' xmlns:rdf='http://www.w3."
         "org/1999/02/22-rdf-syntax-ns#'><channel/><item><title>a</title>"
         "</item>",
         true},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct seen_feed *s = seen_read(rows[i].text);

        ck_assert(s->ok);
        ck_assert_uint_eq(s->entries.n, 1);
        ck_assert_msg(s->feed->is_cut == rows[i].is_cut, "%s", rows[i].text);
        seen_done(s);
    }
}
END_TEST

START_TEST(what_is_no_feed_is_named)
{
    static const struct {
        const char *text, *word;
    } rows[] = {
        {"<!DOCTYPE html><html><body><p>Hi</p></body></html>", "HTML"},
        {"<opml version='2.0'><body/></opml>", "OPML"},
        {"<note><to>you</to></note>", "<note>"},
        {"just text", "neither XML nor JSON"},
        {"", "empty"},
        {"{\"a\": 1}", "no JSON Feed"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct seen_feed *s = seen_read(rows[i].text);

        ck_assert(!s->ok);
        ck_assert_int_eq(s->err.code, ERR_INPUT);
        ck_assert_msg(
            str_has(str_from_c(s->err.text), str_from_c(rows[i].word)), "%s",
            s->err.text);
        seen_done(s);
    }
}
END_TEST

START_TEST(beginnings_of_feeds_are_recognized)
{
    ck_assert(is_feed(STR("<?xml version='1.0'?>\n<!-- c -->\n<rss version")));
    ck_assert(is_feed(STR("<feed xmlns='http://www.w3.org/2005/Atom'>")));
    ck_assert(is_feed(STR("<item><title>a</title><link>b</link></item>")));
    ck_assert(!is_feed(STR("<item><price>5</price></item>")));
    ck_assert(is_feed(STR("  <rdf:RDF ")));
    ck_assert(
        is_feed(STR("{\"version\":\"https://jsonfeed.org/version/1.1\"")));
    ck_assert(is_feed(STR("{ \"items\" : [ {\"content_html\": \"1")));
    ck_assert(!is_feed(STR("{\"items\": [ {\"id\": 1")));
    ck_assert(!is_feed(STR("{\"items\": 3, \"content_text\": 1}")));
    ck_assert(!is_feed(STR("<!DOCTYPE html><html>")));
    ck_assert(!is_feed(STR("<html><body>")));
    ck_assert(!is_feed(STR("plain text")));
    ck_assert(!is_feed(STR("{\"a\":1}")));
}
END_TEST

START_TEST(every_prefix_and_every_chunking_is_read)
{
    static const char text[] = RSS(
        "<title>P</title><item xml:base='/x/' xml:lang='en'><title>a &lt;b&gt;"
        "</title><description><p class='q'>n <i>m</i></p></description>"
        "<media:group><media:content url='u'><media:title>t</media:title>"
        "</media:content></media:group><author>a@b.org (c)</author></item>"
        "<item><guid>2</guid><content:encoded><![CDATA[<p>]]></content:encoded>"
        "</item>");
    struct seen_feed *whole = seen_read(text);

    for (size_t n = 0; n < sizeof text; n++)
        seen_done(seen_read_in(text, n, "http://example.org/", 7));
    for (size_t chunk = 1; chunk < 40; chunk++) {
        struct seen_feed *s = seen_read_in(
            text, sizeof text - 1, "http://example.org/feed.xml", chunk);

        ck_assert_uint_eq(s->entries.n, whole->entries.n);
        for (size_t i = 0; i < s->entries.n; i++) {
            ck_assert(
                str_eq(s->entries.at[i].title, whole->entries.at[i].title));
            ck_assert(str_eq(s->entries.at[i].body, whole->entries.at[i].body));
        }
        seen_done(s);
    }
    seen_done(whole);
}
END_TEST

START_TEST(flipped_bytes_do_no_harm)
{
    static const char text[] =
        RSS("<item><title type='html'>a</title><link>b</link><pubDate>Tue, 3 "
            "Dec 2024 10:00 GMT</pubDate><description>&lt;p&gt;</description>"
            "<category domain='x'>y</category></item>");
    char bytes[sizeof text];

    for (size_t i = 0; i + 1 < sizeof text; i++) {
        for (int bit = 0; bit < 7; bit += 3) {
            memcpy(bytes, text, sizeof text);
            bytes[i] = (char)((bytes[i] ^ (1 << bit)) & 0x7F);
            if (bytes[i] == '\0')
                bytes[i] = ' ';
            seen_done(seen_read_in(bytes, sizeof text - 1, "", 100));
        }
    }
}
END_TEST

START_TEST(the_feed_keeps_no_memory_of_its_entries)
{
    struct feed_hints hints = {.url = STR("http://example.org/")};
    struct feed_sink sink = {NULL, NULL, NULL};
    struct feed_reader *r = feed_reader_new(&hints, &sink);
    struct error err;
    static const char item[] =
        "<item xml:base='/a/' xml:lang='en'><title>t</title>"
        "<x:y xmlns:x='urn:x'>z</x:y><guid>1</guid></item>";

    ck_assert(feed_reader_push(r, STR("<rss><channel>"), &err));
    for (int i = 0; i < 20000; i++)
        ck_assert(feed_reader_push(r, str_from_c(item), &err));
    ck_assert(feed_reader_finish(r, &err));
    ck_assert_uint_lt(feed_reader_memory(r), 1 << 20);
    feed_reader_free(r);
}
END_TEST

/* Two items with a text of 4 MB each, and markup behind it. */
START_TEST(text_between_elements_is_noted_once_and_not_mended)
{
    static const char xml[] = "<rss><channel><item><title>t</title> a & b &c; "
                              "<link>http://a.example/</link> & </item>"
                              "</channel></rss>";

    for (size_t step = 1; step < sizeof xml; step++) {
        struct seen_feed *s = seen_read_in(xml, sizeof xml - 1, "", step);

        ck_assert_uint_eq(s->entries.n, 1);
        ck_assert_uint_eq(s->entries.at[0].notes.n, 1);
        ck_assert_uint_eq(s->feed->notes.n, 0);
        seen_done(s);
    }
}
END_TEST

START_TEST(each_text_that_is_cut_is_noted)
{
    struct buf b;
    struct seen_feed *s;

    buf_init(&b, BUF_MAX);
    buf_add_str(&b, STR("<rss version='2.0'><channel>"));
    for (int i = 0; i < 2; i++) {
        buf_add_str(&b, STR("<item><title>t</title><description>"));
        for (size_t k = 0; k < (size_t)4 << 17; k++)
            buf_add_str(&b, STR("8 bytes "));
        buf_add_str(&b, STR("<p>x<br/></p> &no; </description></item>"));
    }
    buf_add_str(&b, STR("</channel></rss>"));
    s = seen_read_in(b.p, b.n, "", 65536);
    ck_assert(s->ok);
    ck_assert_uint_eq(s->entries.n, 2);
    for (size_t i = 0; i < 2; i++) {
        ck_str(s->entries.at[i].title, "t");
        ck_assert_uint_eq(s->entries.at[i].body.n / 65536,
                          (3 << 20) / 65536 - 1);
        ck_assert(notes_have(&s->entries.at[i].notes, NOTE_TOO_LARGE));
    }
    ck_assert(!notes_have(&s->feed->notes, NOTE_XML_ENTITY_UNKNOWN));
    seen_done(s);
    buf_done(&b);
}
END_TEST

START_TEST(items_without_a_root_are_read)
{
    struct seen_feed *s = seen_read("<item><title>a</title></item>\n"
                                    "<item><title>b</title></item><p>x</p>");

    ck_assert(s->ok);
    ck_assert_uint_eq(s->entries.n, 2);
    ck_str(s->entries.at[1].title, "b");
    ck_assert(notes_have(&s->feed->notes, NOTE_XML_REPAIRED));
    seen_done(s);
}
END_TEST

UNIT_TESTS(text_between_elements_is_noted_once_and_not_mended,
           each_text_that_is_cut_is_noted, items_without_a_root_are_read,
           an_item_gives_its_fields, versions_are_told_apart,
           titles_keep_their_meaning, a_permalink_guid_is_the_address,
           the_own_link_comes_before_atoms, people_are_read_in_all_spellings,
           an_open_text_ends_where_another_element_of_the_entry_begins,
           items_that_are_never_closed_are_not_nested,
           what_is_below_an_image_or_a_source_is_not_the_items,
           items_outside_the_channel_are_read,
           bad_and_zoneless_dates_become_notes,
           a_missing_end_tag_does_not_swallow_the_next_item,
           a_truncated_feed_gives_what_came,
           a_cut_is_one_where_entries_may_be_missing, what_is_no_feed_is_named,
           beginnings_of_feeds_are_recognized,
           every_prefix_and_every_chunking_is_read, flipped_bytes_do_no_harm,
           the_feed_keeps_no_memory_of_its_entries)
