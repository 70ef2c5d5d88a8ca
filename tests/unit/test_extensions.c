#include "unit/feed_unit.h"

#define ITEM(inside)                                                           \
    "<rss version='2.0' "                                                      \
    "xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' "               \
    "xmlns:media='http://search.yahoo.com/mrss' "                              \
    "xmlns:georss='http://www.georss.org/georss' "                             \
    "xmlns:gml='http://www.opengis.net/gml' "                                  \
    "xmlns:geo='http://www.w3.org/2003/01/geo/wgs84_pos#' "                    \
    "xmlns:thr='http://purl.org/syndication/thread/1.0' "                      \
    "xmlns:psc='http://podlove.org/simple-chapters' "                          \
    "xmlns:wfw='http://wellformedweb.org/CommentAPI/' "                        \
    "xmlns:dcterms='http://purl.org/dc/terms/' "                               \
    "xmlns:slash='http://purl.org/rss/1.0/modules/slash/' "                    \
    "xmlns:x='urn:mine'><channel><item>" inside "</item></channel></rss>"

static const struct {
    const char *text, *ext;
} rows[] = {
    {ITEM("<slash:comments>7</slash:comments>"), "ext{slash_comments=7;}"},
    {ITEM("<x:Rating by='me'>5</x:Rating>"), "ext{x_rating{by=me;value=5;}}"},
    {ITEM("<x:who>Ann</x:who><x:who by='me'>Bo</x:who><x:who>Ann</x:who>"),
     "ext{x_who{=Ann;{by=me;value=Bo;}=Ann;}}"},
    {ITEM("<x:who>Ann</x:who><x:who>Ann</x:who>"), "ext{x_who=Ann;}"},
    {ITEM("<media:community><media:starRating average='3'/><media:tags>a: 5"
          "</media:tags></media:community>"),
     "ext{media_community{starrating{average=3;}tags=a: 5;}}"},
    {ITEM("<x:a><x:b>1</x:b> two <b>three</b><x:b>4</x:b></x:a>"),
     "ext{x_a{b{=1;=4;}value=two three;}}"},
    {ITEM("<itunes:duration>12:30</itunes:duration>"
          "<itunes:explicit>yes</itunes:explicit>"
          "<itunes:block>no</itunes:block>"),
     "itunes{duration=12:30;explicit=true;block=false;}"},
    {ITEM("<media:group><media:content url='/a.jpg' medium='image'/>"
          "<media:thumbnail url='/t.jpg'/><media:credit role='x'>Ann"
          "</media:credit></media:group>"),
     "media{content{{url=http://example.org/a.jpg;medium=image;}}"
     "thumbnail{{url=http://example.org/t.jpg;}}credit{{role=x;content=Ann;}}"
     "}"},
    {ITEM("<georss:point>45.5 -71.25</georss:point>"),
     "geo{type=Point;coordinates{=-71.25;=45.5;}}"},
    {ITEM("<georss:where><gml:Point srsName='EPSG:4326'><gml:pos>45.5 -71.25 3"
          "</gml:pos></gml:Point></georss:where>"),
     "geo{type=Point;coordinates{=-71.25;=45.5;=3;}}"},
    {ITEM("<georss:where><gml:Point srsName='EPSG:26913'><gml:pos>1 2"
          "</gml:pos></gml:Point></georss:where>"),
     "geo{type=Point;coordinates{=1;=2;}}"},
    {ITEM("<georss:line>1 2 3 4</georss:line>"),
     "geo{type=LineString;coordinates{{=2;=1;}{=4;=3;}}}"},
    {ITEM("<geo:lat>1.5</geo:lat><geo:long>2.5</geo:long>"),
     "geo{type=Point;coordinates{=2.5;=1.5;}}"},
    {ITEM("<georss:point>nowhere</georss:point>"), ""},
    {ITEM("<thr:in-reply-to ref='urn:1' href='http://a.org/'/>"),
     "in_reply_to{{ref=urn:1;href=http://a.org/;}}"},
    {ITEM("<psc:chapters version='1.1'><psc:chapter start='00:01:02.5' "
          "title='One'/></psc:chapters>"),
     "chapters{version=1.1;chapters{{start=62.500;title=One;}}}"},
    {ITEM("<wfw:commentRss>/c.xml</wfw:commentRss>"),
     "ext{wfw_commentrss=http://example.org/c.xml;}"},
};

START_TEST(modules_become_members)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct seen_feed *s = seen_read(rows[i].text);

        ck_assert_uint_eq(s->entries.n, 1);
        ck_str(s->entries.at[0].ext, rows[i].ext);
        seen_done(s);
    }
}
END_TEST

START_TEST(members_of_members_have_an_end)
{
    struct seen_feed *s =
        seen_read(ITEM("<x:a><x:b><x:c><x:d><x:e><x:f><x:g>deep</x:g></x:f>"
                       "</x:e></x:d></x:c></x:b></x:a>"));

    ck_str(s->entries.at[0].ext, "ext{x_a{b{c{d{e{f=deep;}}}}}}");
    seen_done(s);
}
END_TEST

START_TEST(an_entry_of_many_members_takes_little_memory)
{
    struct buf b;
    struct seen_feed *s;

    buf_init(&b, BUF_MAX);
    buf_add_str(&b, STR("<rss version='2.0'><channel><item>"));
    for (int i = 0; i < 200000; i++)
        buf_add_str(&b, STR("<x:a y='1'><x:b>1</x:b></x:a>"));
    /* The entry is open, with all that it holds. */
    buf_add_char(&b, ' ');
    s = calloc(1, sizeof *s);
    s->a = arena_new(0);
    s->reader = feed_reader_new(&(struct feed_hints){.url = STR("")},
                                &(struct feed_sink){.ctx = s});
    for (size_t i = 0; i < b.n; i += 1000)
        ck_assert(feed_reader_push(
            s->reader, str_slice(buf_str(&b), i, i + 1000), &s->err));
    ck_assert_uint_lt(feed_reader_memory(s->reader), (size_t)16 << 20);
    seen_done(s);
    buf_done(&b);
}
END_TEST

/* An item of N elements that are ELEMENT, with a number in it. */
static void add_item(struct buf *b, const char *element, int n)
{
    buf_add_str(b, STR("<item>"));
    for (int i = 0; i < n; i++)
        buf_printf(b, "<%s url='/%d' ref='%d'/>", element, i, i);
    buf_add_str(b, STR("</item>"));
}

START_TEST(what_is_left_out_of_too_many_is_a_note)
{
    static const struct {
        const char *element;
        int kept;
    } lists[] = {{"x:a", 300},
                 {"media:thumbnail", 100},
                 {"thr:in-reply-to", 50},
                 {"enclosure", 1000}};

    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        struct seen_feed *s;
        struct buf b;

        buf_init(&b, BUF_MAX);
        buf_add_str(&b,
                    STR("<rss version='2.0' xmlns:x='urn:mine' "
                        "xmlns:media='http://search.yahoo.com/mrss' "
                        "xmlns:thr='http://purl.org/syndication/thread/1.0'>"
                        "<channel>"));
        add_item(&b, lists[i].element, lists[i].kept + 1);
        add_item(&b, lists[i].element, lists[i].kept);
        buf_add_str(&b, STR("</channel></rss>"));
        s = seen_read_in(buf_str(&b).p, b.n, "http://example.org/", 1000);
        ck_assert_uint_eq(s->entries.n, 2);
        ck_assert(notes_have(&s->entries.at[0].notes, NOTE_TOO_LARGE));
        ck_assert(!notes_have(&s->entries.at[1].notes, NOTE_TOO_LARGE));
        seen_done(s);
        buf_done(&b);
    }
}
END_TEST

/* What becomes of ITEM's extras and its one note. */
static void noted(const char *item, const char *ext, enum note_code code,
                  const char *note)
{
    struct seen_feed *s = seen_read(item);
    const struct seen_entry *e = s->entries.at;

    ck_assert_uint_eq(s->entries.n, 1);
    ck_str(e->ext, ext);
    ck_assert_uint_eq(e->notes.n, 1);
    ck_assert_int_eq(e->notes.first->code, code);
    ck_str(e->notes.first->text, note);
    seen_done(s);
}

START_TEST(nothing_is_left_out_without_a_note)
{
    noted(ITEM("<title>t</title><x:a xmlns:x='urn:x' a0='' a1='' a2='' a3='' "
               "a4='' a5='' a6='' a7='' a8='' a9='' b0='' b1='' b2='' b3='' "
               "b4='' b5='' b6='' b7='' b8='' b9='z' c0='y'/>"),
          "ext{x_a{b9=z;}}", NOTE_TOO_LARGE,
          "attributes: too many, the rest is left out");
    noted(ITEM("<title>t</title><psc:chapters version='1.1'><psc:chapter "
               "start='1' title='a'/></psc:chapters><psc:chapters><psc:chapter "
               "start='2' title='b'/></psc:chapters>"),
          "chapters{version=1.1;chapters{{start=1.000;title=a;}}}",
          NOTE_TOO_LARGE, "chapters: too many, the rest is left out");
    noted(ITEM("<title>t</title><x:a xmlns:x='urn:x'><x:b><x:c><x:d><x:e><x:f>"
               "<x:g y='z'>in</x:g></x:f></x:e></x:d></x:c></x:b></x:a>"),
          "ext{x_a{b{c{d{e{f=in;}}}}}}", NOTE_TOO_LARGE,
          "f: nested too deep, what names its parts is left out");
    noted(ITEM("<title>t</title><dcterms:valid>start=2026-01-01T00:00:00Z;"
               "name=Sale;until=2027</dcterms:valid>"),
          "validity{start=2026-01-01T00:00:00Z;name=Sale;}", NOTE_VALUE_INVALID,
          "valid: until=2027");
    noted(ITEM("<title>t</title>words<link>http://example.org/</link>"), "",
          NOTE_XML_REPAIRED, "text between elements is left out");
    noted(ITEM("<title>t</title><georss:point>here</georss:point>"), "",
          NOTE_VALUE_INVALID, "point: here");
    noted(ITEM("<title>t</title><enclosure type='audio/mpeg'/>"), "",
          NOTE_VALUE_INVALID, "enclosure: no address");
}
END_TEST

START_TEST(a_date_alone_ends_the_validity)
{
    struct seen_feed *s = seen_read(
        ITEM("<title>t</title><dcterms:valid>2026-01-02</dcterms:valid>"));

    ck_str(s->entries.at[0].ext, "validity{end=2026-01-02T00:00:00Z;}");
    seen_done(s);
}
END_TEST

START_TEST(what_a_person_or_picture_has_besides_is_kept)
{
    struct seen_feed *s = seen_read(
        ITEM("<title>t</title><author><name>Ann</name><gd:image "
             "xmlns:gd='http://schemas.google.com/g/2005' src='/a.png'/>"
             "</author>"));

    ck_str(s->entries.at[0].author, "Ann");
    ck_str(s->entries.at[0].ext, "ext{gd_image{src=/a.png;}}");
    seen_done(s);
}
END_TEST

START_TEST(a_hint_that_is_no_number_is_a_note)
{
    struct seen_feed *s = seen_read(
        "<rss version='2.0' "
        "xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'><channel>"
        "<ttl>soon</ttl><skipHours><hour>3</hour><hour>25</hour></skipHours>"
        "<skipDays><day>Monday</day><day>Someday</day></skipDays>"
        "<sy:updatePeriod>often</sy:updatePeriod>"
        "<sy:updateFrequency>x</sy:updateFrequency></channel></rss>");
    static const char *const notes[] = {"ttl: soon", "hour: 25", "day: Someday",
                                        "updateperiod: often",
                                        "updatefrequency: x"};
    const struct note *note = s->feed->notes.first;

    for (size_t i = 0; i < sizeof notes / sizeof notes[0]; i++) {
        ck_assert_ptr_nonnull(note);
        ck_assert_int_eq(note->code, NOTE_VALUE_INVALID);
        ck_str(note->text, notes[i]);
        note = note->next;
    }
    ck_assert_ptr_null(note);
    ck_assert_uint_eq(s->feed->skip_hours, 1u << 3);
    ck_assert_uint_eq(s->feed->skip_days, 1u);
    seen_done(s);
}
END_TEST

START_TEST(prefixes_of_modules_are_read_without_harm)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        for (size_t n = 0; n < strlen(rows[i].text); n += 3)
            seen_done(seen_read_in(rows[i].text, n, "", 50));
}
END_TEST

START_TEST(media_describes_an_entry_that_does_not)
{
    struct seen_feed *s = seen_read(
        ITEM("<media:title>Title</media:title><media:group>"
             "<media:description>About</media:description></media:group>"
             "<media:thumbnail url='/t.jpg'/>"));
    struct seen_feed *t = seen_read(
        ITEM("<media:title>Caption</media:title><media:description>Of the "
             "picture, at length</media:description><title>Title</title>"
             "<description>About</description>"));

    ck_str(s->entries.at[0].title, "Title");
    ck_str(s->entries.at[0].summary, "About");
    ck_str(s->entries.at[0].image, "http://example.org/t.jpg");
    ck_str(t->entries.at[0].title, "Title");
    ck_str(t->entries.at[0].body, "About");
    seen_done(s);
    seen_done(t);
}
END_TEST

START_TEST(a_recording_of_media_rss_that_no_enclosure_offers_is_attached)
{
    struct seen_feed *s = seen_read(
        ITEM("<media:group><media:content url='/s.mp4' type='video/mp4'/>"
             "<media:content url='/l.mp4' medium='video' isDefault='true' "
             "fileSize='7' duration='30'/></media:group>"
             "<media:content url='/p.jpg' medium='image'/>"
             "<media:content url='/a.mp3' type='audio/mpeg'/>"));
    struct seen_feed *t =
        seen_read(ITEM("<enclosure url='/e.mp3' type='audio/mpeg' length='1'/>"
                       "<media:content url='/a.mp3' type='audio/mpeg'/>"
                       "<media:content url='/v' type='videotape/x'/>"));

    ck_str(s->entries.at[0].enclosures,
           "http://example.org/a.mp3 audio/mpeg, http://example.org/l.mp4 ");
    ck_str(s->entries.at[0].image, "http://example.org/p.jpg");
    ck_str(t->entries.at[0].enclosures, "http://example.org/e.mp3 audio/mpeg");
    seen_done(s);
    seen_done(t);
}
END_TEST

START_TEST(the_strongest_description_is_the_summary)
{
    struct seen_feed *s =
        seen_read(ITEM("<itunes:summary>longer words of a shop</itunes:summary>"
                       "<description>Mine</description>"));
    struct seen_feed *t = seen_read(
        ITEM("<description>Mine</description><description>Second"
             "</description><itunes:summary>longer words</itunes:summary>"));

    ck_str(s->entries.at[0].summary, "Mine");
    ck_str(s->entries.at[0].body, "Mine");
    ck_str(s->entries.at[0].ext, "itunes{summary=longer words of a shop;}");
    ck_str(t->entries.at[0].summary, "Mine");
    ck_str(t->entries.at[0].body, "Second");
    seen_done(s);
    seen_done(t);
}
END_TEST

START_TEST(an_item_inside_media_ends_the_item_around_it)
{
    struct seen_feed *s = seen_read(
        ITEM("<title>a</title><media:content url='/a.jpg'><itunes:category "
             "text='c'><item><title>b</title></item></itunes:category>"
             "</media:content>"));

    ck_assert_uint_eq(s->entries.n, 2);
    ck_str(s->entries.at[0].title, "a");
    ck_str(s->entries.at[1].title, "b");
    ck_str(s->entries.at[1].ext, "");
    seen_done(s);
}
END_TEST

START_TEST(scheduling_hints_are_kept)
{
    struct seen_feed *s = seen_read(
        "<rss version='2.0' "
        "xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'><channel>"
        "<skipHours><hour>0</hour><hour>24</hour><hour>5</hour></skipHours>"
        "<skipDays><day>Sunday</day></skipDays>"
        "<sy:updatePeriod>daily</sy:updatePeriod>"
        "<sy:updateFrequency>4</sy:updateFrequency>"
        "<newLocation>http://new.org/</newLocation></channel></rss>");

    ck_assert_uint_eq(s->feed->skip_hours, 1u << 0 | 1u << 5);
    ck_assert_uint_eq(s->feed->skip_days, 1u << 6);
    ck_assert_int_eq(s->feed->update_period_seconds, 21600);
    ck_str(s->feed->new_location, "http://new.org/");
    seen_done(s);
}
END_TEST

UNIT_TESTS(modules_become_members, members_of_members_have_an_end,
           an_entry_of_many_members_takes_little_memory,
           what_is_left_out_of_too_many_is_a_note,
           nothing_is_left_out_without_a_note, a_date_alone_ends_the_validity,
           what_a_person_or_picture_has_besides_is_kept,
           a_hint_that_is_no_number_is_a_note,
           prefixes_of_modules_are_read_without_harm,
           media_describes_an_entry_that_does_not,
           a_recording_of_media_rss_that_no_enclosure_offers_is_attached,
           the_strongest_description_is_the_summary,
           an_item_inside_media_ends_the_item_around_it,
           scheduling_hints_are_kept)
