#include "unit/feed_unit.h"

#define FEED(inside)                                                           \
    "<feed xmlns='http://www.w3.org/2005/Atom' "                               \
    "xmlns:thr='http://purl.org/syndication/thread/1.0'>" inside "</feed>"
#define ENTRY(inside) FEED("<entry>" inside "</entry>")
#define XHTML         "xmlns='http://www.w3.org/1999/xhtml'"

START_TEST(an_entry_gives_its_fields)
{
    struct seen_feed *s = seen_read(
        FEED("<title>Paper</title><subtitle>News</subtitle><id>urn:p</id>"
             "<link rel='self' href='/feed.xml'/><link href='/'/>"
             "<link rel='hub' href='http://hub.example.org/'/>"
             "<generator uri='http://g.org/' version='2'>Gen</generator>"
             "<entry><id>urn:1</id><title>One</title>"
             "<link href='/one'/><link rel='self' href='/one.atom'/>"
             "<link rel='enclosure' type='audio/mpeg' href='/one.mp3'/>"
             "<published>2024-12-03T10:00:00+08:00</published>"
             "<updated>2024-12-04T10:00:00Z</updated>"
             "<author><name>Ann</name><uri>/ann</uri>"
             "<email>a@b.org</email></author>"
             "<category term='c1' label='Chips' scheme='urn:s'/>"
             "<summary>Short</summary>"
             "<content type='html'>&lt;p&gt;Long&lt;/p&gt;</content>"
             "</entry>"));
    const struct seen_entry *e = s->entries.at;

    ck_assert(s->ok);
    ck_str(e->url, "http://example.org/one");
    ck_str(e->guid, "urn:1");
    ck_str(e->title, "One");
    ck_str(e->body, "<p>Long</p>");
    ck_str(e->summary, "Short");
    ck_str(e->author, "Ann");
    ck_str(e->email, "a@b.org");
    ck_str(e->published, "2024-12-03T10:00:00+08:00");
    ck_str(e->updated, "2024-12-04T10:00:00Z");
    ck_str(e->tags, "Chips");
    ck_str(e->enclosures, "http://example.org/one.mp3 audio/mpeg");
    ck_str(s->feed->home_url, "http://example.org/");
    ck_str(s->feed->self_url, "http://example.org/feed.xml");
    ck_str(s->feed->generator, "Gen");
    ck_str(s->feed->generator_version, "2");
    ck_assert_uint_eq(s->feed->hubs.n, 1);
    seen_done(s);
}
END_TEST

START_TEST(constructs_are_unescaped_exactly_once)
{
    static const struct {
        const char *text, *body;
        enum body_kind kind;
    } rows[] = {
        {ENTRY("<content>a &lt; b &amp;amp; c</content>"), "a < b &amp; c",
         BODY_PLAIN},
        {ENTRY("<content type='text'>&lt;p&gt;</content>"), "<p>", BODY_PLAIN},
        {ENTRY("<content type='html'>&lt;p&gt;a &amp;lt; b&lt;/p&gt;"
               "</content>"),
         "<p>a &lt; b</p>", BODY_HTML},
        {ENTRY("<content type='html'><![CDATA[<p>a &lt; b</p>]]></content>"),
         "<p>a &lt; b</p>", BODY_HTML},
        {ENTRY("<content type='xhtml'><div " XHTML "><p>a &lt; b &amp;amp; c"
               "</p></div></content>"),
         "<p>a &lt; b &amp;amp; c</p>", BODY_HTML},
        {ENTRY("<content type='xhtml'> <div " XHTML ">1</div><div " XHTML
               ">2</div></content>"),
         "<div>1</div><div>2</div>", BODY_HTML},
        {ENTRY("<content type='html'><div " XHTML ">a &lt;b&gt;c&lt;/b&gt;"
               "</div></content>"),
         "a <b>c</b>", BODY_HTML},
        {ENTRY("<content type='xhtml'>&lt;p&gt;escaped&lt;/p&gt;</content>"),
         "<p>escaped</p>", BODY_HTML},
        {ENTRY("<content type='xhtml'><div " XHTML "><br/><img src='a' alt='"
               "&quot;'/></div></content>"),
         "<br><img src=\"a\" alt=\"&quot;\">", BODY_HTML},
        {ENTRY("<content mode='base64'>PHA+YTwvcD4=</content>"), "<p>a</p>",
         BODY_HTML},
        {ENTRY("<content type='image/png'>iVBORw0KGgo=</content>"), "",
         BODY_NONE},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct seen_feed *s = seen_read(rows[i].text);

        ck_str(s->entries.at[0].body, rows[i].body);
        ck_assert_int_eq(s->entries.at[0].kind, rows[i].kind);
        seen_done(s);
    }
}
END_TEST

START_TEST(half_escaped_markup_is_mended)
{
    struct seen_feed *s = seen_read(
        "<rss version='2.0'><channel>"
        "<item><description>5 &lt; 6 <b>really</b> &lt;</description></item>"
        "<item><description>&lt;p&gt;one&lt;/p&gt;<br/>two</description></item>"
        "<item><description>a<br/>b<br/>c</description></item>"
        "</channel></rss>");

    ck_str(s->entries.at[0].body, "5 &lt; 6 <b>really</b> &lt;");
    ck_str(s->entries.at[1].body, "<p>one</p><br>two");
    ck_str(s->entries.at[2].body, "a<br>b<br>c");
    seen_done(s);
}
END_TEST

START_TEST(bases_and_languages_are_inherited)
{
    struct seen_feed *s = seen_read(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='sub/' "
        "xml:lang='en_GB'><entry xml:base='deep/'><link href='x'/>"
        "<content type='xhtml' xml:base='http://other.org/' xml:lang='fr'>"
        "<div " XHTML "><a href='y' xml:base='z/'>a</a><a href='y'>b</a></div>"
        "</content></entry><entry xml:lang=''><title>t</title></entry>"
        "</feed>");

    ck_str(s->entries.at[0].url, "http://example.org/sub/deep/x");
    ck_str(s->entries.at[0].base, "http://other.org/");
    ck_str(s->entries.at[0].language, "fr");
    ck_str(s->entries.at[0].body,
           "<a href=\"http://other.org/z/y\">a</a><a href=\"y\">b</a>");
    ck_str(s->entries.at[1].language, "");
    ck_str(s->feed->language, "en-GB");
    seen_done(s);
}
END_TEST

START_TEST(a_base_that_is_code_is_ignored)
{
    struct seen_feed *s =
        seen_read(FEED("<entry xml:base='javascript:alert(1)'>"
                       "<link href='x'/></entry>"));

    ck_str(s->entries.at[0].url, "http://example.org/x");
    ck_assert(notes_have(&s->entries.at[0].notes, NOTE_BASE_IGNORED));
    seen_done(s);
}
END_TEST

START_TEST(html_alternates_come_before_others)
{
    struct seen_feed *s = seen_read(
        ENTRY("<link rel='alternate' type='text/html' href='/a.html'/>"
              "<link rel='alternate' type='application/pdf' href='/a.pdf'/>"
              "<link rel='related' href='/b'/><link rel='self' href='/s'/>"
              "<link rel='http://www.iana.org/assignments/relation/enclosure'"
              " href='/e'/>"));

    ck_str(s->entries.at[0].url, "http://example.org/a.html");
    ck_str(s->entries.at[0].enclosures, "http://example.org/e ");
    seen_done(s);
}
END_TEST

START_TEST(the_source_of_an_entry_is_its_own)
{
    struct seen_feed *s = seen_read(
        ENTRY("<title>Mine</title><source><title>Theirs</title>"
              "<link href='http://their.org/'/><author><name>They</name>"
              "</author></source><author><name>Me</name></author>"));

    ck_str(s->entries.at[0].title, "Mine");
    ck_str(s->entries.at[0].author, "Me");
    ck_str(s->entries.at[0].source, "Theirs");
    ck_str(s->entries.at[0].url, "");
    seen_done(s);
}
END_TEST

START_TEST(a_feed_inside_a_content_is_content)
{
    struct seen_feed *s = seen_read(
        FEED("<entry><title>A</title><content type='application/atom+xml'>"
             "<entry><title>B</title></entry></content></entry>"));

    ck_assert_uint_eq(s->entries.n, 1);
    ck_str(s->entries.at[0].title, "A");
    seen_done(s);
}
END_TEST

START_TEST(markup_is_not_taken_for_elements_of_the_entry)
{
    struct seen_feed *s = seen_read(
        ENTRY("<title>A</title><content type='xhtml'><div " XHTML ">"
              "<title>x</title><p>y</p></div></content><id>urn:1</id>"));

    ck_str(s->entries.at[0].body, "<title>x</title><p>y</p>");
    ck_str(s->entries.at[0].guid, "urn:1");
    seen_done(s);
}
END_TEST

START_TEST(who_wrote_the_source_wrote_an_entry_that_names_nobody)
{
    struct seen_feed *s = seen_read(
        FEED("<author><name>Us</name></author><entry><title>T</title><source>"
             "<author><name>They</name></author></source></entry>"));

    ck_str(s->entries.at[0].author, "They");
    seen_done(s);
}
END_TEST

START_TEST(content_in_several_types_is_several_contents)
{
    struct seen_feed *s = seen_read(
        "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry><content "
        "type='multipart/alternative'><content type='text/plain'>Plain"
        "</content><content type='text/html' mode='escaped'>&lt;p&gt;Marked"
        "&lt;/p&gt;</content></content><title>T</title></entry></feed>");

    ck_str(s->entries.at[0].body, "<p>Marked</p>");
    ck_assert_uint_eq(s->entries.at[0].n_contents, 2);
    ck_str(s->entries.at[0].title, "T");
    seen_done(s);
}
END_TEST

START_TEST(items_of_the_content_module_are_read)
{
    struct seen_feed *s = seen_read(
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
        "xmlns='http://purl.org/rss/1.0/' "
        "xmlns:c='http://purl.org/rss/1.0/modules/content/'><item><title>T"
        "</title><c:items><rdf:Bag><rdf:li><c:item><c:format rdf:resource="
        "'http://www.w3.org/1999/xhtml'/><rdf:value rdf:parseType='Literal'>"
        "<p " XHTML ">Text</p></rdf:value></c:item></rdf:li></rdf:Bag>"
        "</c:items></item></rdf:RDF>");

    ck_str(s->entries.at[0].body, "<p>Text</p>");
    ck_str(s->entries.at[0].ext, "");
    seen_done(s);
}
END_TEST

START_TEST(the_last_of_several_dates_counts)
{
    struct seen_feed *s =
        seen_read(ENTRY("<updated>2024-12-01T00:00:00Z</updated>"
                        "<updated>2024-12-02T00:00:00Z</updated>"
                        "<updated>never</updated>"));

    ck_str(s->entries.at[0].updated, "2024-12-02T00:00:00Z");
    seen_done(s);
}
END_TEST

START_TEST(unknown_namespaces_and_prefixes_are_read)
{
    struct seen_feed *s =
        seen_read("<a:feed xmlns:a='HTTPS://WWW.W3.ORG/2005/Atom/'><a:entry>"
                  "<a:title>prefixed</a:title></a:entry></a:feed>");
    struct seen_feed *t =
        seen_read("<feed xmlns='http://example.net/mine'><entry>"
                  "<title>adopted</title></entry></feed>");
    struct seen_feed *u =
        seen_read("<rss><channel><item><dc:creator>Ann</dc:creator></item>"
                  "</channel></rss>");

    ck_str(s->entries.at[0].title, "prefixed");
    ck_str(t->entries.at[0].title, "adopted");
    ck_str(u->entries.at[0].author, "Ann");
    seen_done(s);
    seen_done(t);
    seen_done(u);
}
END_TEST

UNIT_TESTS(an_entry_gives_its_fields, constructs_are_unescaped_exactly_once,
           half_escaped_markup_is_mended, bases_and_languages_are_inherited,
           a_base_that_is_code_is_ignored, html_alternates_come_before_others,
           the_source_of_an_entry_is_its_own,
           a_feed_inside_a_content_is_content,
           markup_is_not_taken_for_elements_of_the_entry,
           who_wrote_the_source_wrote_an_entry_that_names_nobody,
           content_in_several_types_is_several_contents,
           items_of_the_content_module_are_read,
           the_last_of_several_dates_counts,
           unknown_namespaces_and_prefixes_are_read)
