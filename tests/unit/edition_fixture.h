#ifndef UNIT_EDITION_FIXTURE_H
#define UNIT_EDITION_FIXTURE_H
/* An edition with everything in it, and one that a hostile source filled. */
#include "base/buf.h"
#include "item/edition.h"
#include "publish/publish.h"

#define FIXTURE_TIME                                                           \
    {                                                                          \
        .unix_seconds = 1731544200, .zone_minutes = 480,                       \
        .precision = WHEN_MINUTE                                               \
    }

static struct person fixture_authors[] = {
    {.name = STR_INIT("Ann Smith"),
     .url = STR_INIT("https://a.example/ann"),
     .email = STR_INIT("ann@a.example")},
};
static struct str fixture_tags[] = {STR_INIT("models"), STR_INIT("chips")};
static struct link fixture_attachments[] = {
    {.href = STR_INIT("https://a.example/a.mp3"),
     .type = STR_INIT("audio/mpeg"),
     .length = 1234},
};
static struct alternate fixture_alternates[] = {
    {STR_INIT("https://b.example/copy"), STR_INIT("The copy"),
     STR_INIT("B News"), STR_INIT("same-text")},
};
static struct item fixture_item = {
    .url = STR_INIT("https://a.example/1?a=1&b=2"),
    .title = STR_INIT("AT&T <b> & more"),
    .html = STR_INIT("<p>One &amp; two.</p>"),
    .text = STR_INIT("One & two."),
    .summary = STR_INIT("One & two."),
    .authors = {fixture_authors, 1, 1},
    .language = STR_INIT("en"),
    .image = STR_INIT("https://a.example/lead.JPG?w=1"),
    .tags = {fixture_tags, 2, 2},
    .attachments = {fixture_attachments, 1, 1},
    .source = STR_INIT("The Origin"),
    .source_url = STR_INIT("https://origin.example/1"),
};
/* Everything a source can say, said as badly as it can. */
static struct person hostile_authors[] = {
    {.name = STR_INIT("\"><script>alert(1)</script>\x01"),
     .url = STR_INIT("not an iri"),
     .email = STR_INIT("no mail")},
    {.name = STR_INIT("")},
};
static struct str hostile_tags[] = {STR_INIT("]]></title><x>"), STR_INIT("")};
static struct link hostile_attachments[] = {
    {.href = STR_INIT("https://a.example/\"><y>"),
     .type = STR_INIT("nonsense"),
     .length = -1},
};
static struct alternate hostile_alternates[] = {
    {STR_INIT("javascript:alert(1)"), STR_INIT("<i>"), STR_INIT("</p><z>"),
     STR_INIT("")},
    {STR_INIT(""), STR_INIT(""), STR_INIT(""), STR_INIT("")},
};
static struct item hostile_item = {
    .title = STR_INIT("\xef\xbf\xbf</title>\x1b"),
    .summary = STR_INIT("a]]>b"),
    .authors = {hostile_authors, 2, 2},
    .language = STR_INIT("not a tag"),
    .tags = {hostile_tags, 2, 2},
    .attachments = {hostile_attachments, 1, 1},
};
static struct item bare_item;

static struct entry fixture_entries[] = {
    {.atom_id = STR_INIT("tag:a.example,2024:1"),
     .short_id = "aaaaaaaaaaaaa",
     .item = &fixture_item,
     .title = STR_INIT("AT&T <b> & more"),
     .published = FIXTURE_TIME,
     .updated = FIXTURE_TIME,
     .source_name = STR_INIT("A News"),
     .source_url = STR_INIT("https://a.example/"),
     .source_feed = STR_INIT("https://a.example/feed"),
     .source_feed_id = STR_INIT("tag:a.example,2024:feed"),
     .source_updated = FIXTURE_TIME,
     .alternates = fixture_alternates,
     .n_alternates = 1},
    {.atom_id = STR_INIT("urn:uuid:6ba7b810-9dad-81d1-80b4-00c04fd430c8"),
     .short_id = "bbbbbbbbbbbbb",
     .item = &hostile_item,
     .published = FIXTURE_TIME,
     .source_name = STR_INIT("&<>\"'"),
     .source_url = STR_INIT("file:///etc/x"),
     .source_feed_id = STR_INIT("not an iri"),
     .alternates = hostile_alternates,
     .n_alternates = 2},
    {.atom_id = STR_INIT("urn:uuid:6ba7b811-9dad-81d1-80b4-00c04fd430c8"),
     .short_id = "ccccccccccccc",
     .item = &bare_item,
     .published = FIXTURE_TIME},
};

static const struct edition fixture_edition = {
    .id = STR_INIT("urn:uuid:6ba7b812-9dad-81d1-80b4-00c04fd430c8"),
    .topic_id = STR_INIT("models"),
    .title = STR_INIT("Models & chips"),
    .description = STR_INIT("What <happens>"),
    .author = STR_INIT("The desk"),
    .language = STR_INIT("zh-Hans"),
    .base_url = STR_INIT("https://news.example/"),
    .updated = FIXTURE_TIME,
    .entries = fixture_entries,
    .n_entries = 3,
};

static inline void fixture_write(enum edition_format format,
                                 const struct edition *ed, struct buf *out)
{
    buf_init(out, BUF_MAX);
    edition_write(format, ed, out, NULL);
}

#define ck_has(buf, part)                                                      \
    ck_assert_msg(str_has(buf_str(buf), STR(part)), "no %s in\n%.*s", part,    \
                  STR_ARG(buf_str(buf)))
#define ck_has_not(buf, part)                                                  \
    ck_assert_msg(!str_has(buf_str(buf), STR(part)), "%s in\n%.*s", part,      \
                  STR_ARG(buf_str(buf)))
#endif
