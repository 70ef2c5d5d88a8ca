#include "unit/unit.h"

#include "base/buf.h"
#include "item/draft_hash.h"
#include "item/item.h"

static const struct str url = STR_INIT("https://example.org/feed");

/* A draft with one of everything that can be one of several. */
struct whole {
    struct draft d;
    struct feed_fields f;
    struct feed_info source;
    struct text content;
    struct link link;
    struct person person;
    struct category category;
    struct str tag;
    struct credit credit;
    struct note note;
    struct extra extras, inner, more;
};

static void make(struct whole *w)
{
    *w = (struct whole){.tag = STR("tag"),
                        .note = {.code = NOTE_ZONE_ASSUMED},
                        .extras = {.kind = EXTRA_OBJECT},
                        .inner = {.kind = EXTRA_OBJECT, .name = STR("media")},
                        .more = {.name = STR("n"), .value = STR("v")}};
    w->d = (struct draft){.body = {.kind = BODY_HTML, .text = STR("<p>x")},
                          .authors = {&w->person, 1, 1},
                          .tags = {&w->tag, 1, 1},
                          .attachments = {&w->link, 1, 1},
                          .credits = {&w->credit, 1, 1},
                          .feed = &w->f,
                          .notes = {&w->note, &w->note, 1}};
    w->f = (struct feed_fields){.contents = {&w->content, 1, 1},
                                .links = {&w->link, 1, 1},
                                .categories = {&w->category, 1, 1},
                                .source_feed = &w->source,
                                .extras = &w->extras};
    extra_append(&w->extras, &w->inner);
    extra_append(&w->inner, &w->more);
}

static struct hash128 hash_of(const struct draft *d, struct str from)
{
    struct hash128 hash;
    struct buf b;

    buf_init(&b, BUF_MAX);
    ck_assert(draft_hash(d, from, &b, &hash));
    buf_done(&b);
    return hash;
}

#define TELLS(change)                                                          \
    do {                                                                       \
        struct whole w;                                                        \
        struct hash128 before;                                                 \
                                                                               \
        make(&w);                                                              \
        before = hash_of(&w.d, url);                                           \
        change;                                                                \
        ck_assert_msg(!hash128_eq(hash_of(&w.d, url), before), #change);       \
    } while (0)
#define TELLS_STR(field) TELLS(w.field = STR("other"))
#define TELLS_INT(field) TELLS(w.field++)
#define TELLS_WHEN(field)                                                      \
    do {                                                                       \
        TELLS_INT(field.unix_seconds);                                         \
        TELLS_INT(field.zone_minutes);                                         \
        TELLS_INT(field.precision);                                            \
        TELLS(w.field.zone_assumed = true);                                    \
        TELLS(w.field.order_assumed = true);                                   \
    } while (0)
#define TELLS_TEXT(field)                                                      \
    do {                                                                       \
        TELLS_STR(field.value);                                                \
        TELLS(w.field.type = TEXT_HTML);                                       \
        TELLS_STR(field.language);                                             \
        TELLS_STR(field.base);                                                 \
        TELLS_STR(field.src);                                                  \
        TELLS_STR(field.mime);                                                 \
    } while (0)
#define TELLS_PERSON(field)                                                    \
    do {                                                                       \
        TELLS_STR(field.name);                                                 \
        TELLS_STR(field.url);                                                  \
        TELLS_STR(field.email);                                                \
        TELLS_STR(field.avatar);                                               \
    } while (0)
/* A list that was empty, of an element that is nothing. */
#define TELLS_LIST(field, element)                                             \
    TELLS((w.field.at = &w.element, w.field.n = 1))

START_TEST(every_field_that_cleaning_reads_tells)
{
    TELLS_STR(d.url);
    TELLS_STR(d.base);
    TELLS_STR(d.title);
    TELLS_STR(d.body.text);
    TELLS(w.d.body.kind = BODY_PLAIN);
    TELLS((w.d.body.paragraph_heading = (const unsigned char *)"\2",
           w.d.body.n_paragraphs = 1));
    TELLS_STR(d.summary);
    TELLS_PERSON(person);
    TELLS(w.d.authors.n = 0);
    TELLS_WHEN(d.published);
    TELLS_WHEN(d.updated);
    TELLS_STR(d.language);
    TELLS_STR(d.image);
    TELLS_STR(d.external_url);
    TELLS_STR(tag);
    TELLS(w.d.tags.n = 0);
    TELLS_STR(link.href);
    TELLS_STR(link.rel);
    TELLS_STR(link.type);
    TELLS_STR(link.hreflang);
    TELLS_STR(link.title);
    TELLS_INT(link.length);
    TELLS_INT(link.duration_seconds);
    TELLS(w.d.attachments.n = 0);
    TELLS_STR(d.canonical);
    TELLS_STR(d.source);
    TELLS_STR(d.source_id);
    TELLS_STR(d.source_url);
    TELLS_STR(d.editor);
    TELLS_STR(d.site_name);
    TELLS_STR(d.section);
    TELLS_STR(d.feed_language);
    TELLS_STR(credit.role);
    TELLS_STR(credit.name);
    TELLS(w.d.credits.n = 0);
    TELLS(w.d.confidence.title = 1);
    TELLS(w.d.confidence.author = 1);
    TELLS(w.d.confidence.date = 1);
    TELLS(w.d.confidence.body = 1);
    TELLS(w.d.confidence.source = 1);
    TELLS(w.d.several_on_page = true);
    TELLS(w.d.feed = NULL);
    TELLS(w.note.code = NOTE_TRUNCATED);
    TELLS_STR(note.text);
    TELLS((w.d.notes.first = NULL, w.d.notes.n = 0));
}
END_TEST

START_TEST(every_field_of_the_feed_tells)
{
    TELLS_STR(f.guid);
    TELLS(w.f.guid_is_permalink = true);
    TELLS_TEXT(f.title);
    TELLS_TEXT(f.summary);
    TELLS_TEXT(f.subtitle);
    TELLS_TEXT(f.rights);
    TELLS_TEXT(content);
    TELLS(w.f.contents.n = 0);
    TELLS(w.f.links.n = 0);
    TELLS_STR(category.term);
    TELLS_STR(category.scheme);
    TELLS_STR(category.label);
    TELLS(w.f.categories.n = 0);
    TELLS_LIST(f.authors, person);
    TELLS_LIST(f.contributors, person);
    TELLS_PERSON(f.publisher);
    TELLS_WHEN(f.published);
    TELLS_WHEN(f.updated);
    TELLS_WHEN(f.created);
    TELLS_WHEN(f.expired);
    TELLS_STR(f.comments);
    TELLS_STR(f.license);
    TELLS_STR(f.image);
    TELLS_STR(f.external_url);
    TELLS_STR(f.banner);
    TELLS_STR(f.base);
    TELLS_STR(f.language);
    TELLS(w.f.source_feed = NULL);
    TELLS(w.f.extras = NULL);
    TELLS(w.inner.first = NULL);
    TELLS_STR(inner.name);
    TELLS_STR(more.name);
    TELLS_STR(more.value);
    TELLS(w.more.kind = EXTRA_NUMBER);
    /* Beside the other instead of in it. */
    TELLS((w.inner.first = NULL, w.inner.next = &w.more));
}
END_TEST

START_TEST(every_field_of_the_feed_that_an_entry_is_from_tells)
{
    TELLS(w.source.format = FEED_RSS20);
    TELLS_STR(source.id);
    TELLS_TEXT(source.title);
    TELLS_TEXT(source.subtitle);
    TELLS_TEXT(source.summary);
    TELLS_TEXT(source.info);
    TELLS_TEXT(source.rights);
    TELLS_LIST(source.links, link);
    TELLS_LIST(source.categories, category);
    TELLS_LIST(source.authors, person);
    TELLS_LIST(source.contributors, person);
    TELLS_PERSON(source.publisher);
    TELLS_STR(source.generator);
    TELLS_STR(source.generator_url);
    TELLS_STR(source.generator_version);
    TELLS_WHEN(source.published);
    TELLS_WHEN(source.updated);
    TELLS_WHEN(source.created);
    TELLS_STR(source.home_url);
    TELLS_STR(source.self_url);
    TELLS_STR(source.base);
    TELLS_STR(source.language);
    TELLS_STR(source.icon);
    TELLS_STR(source.logo);
    TELLS_STR(source.image);
    TELLS_STR(source.license);
    TELLS_STR(source.docs);
    TELLS_STR(source.new_location);
    TELLS_STR(source.errors_to);
    TELLS_LIST(source.hubs, tag);
    TELLS(w.source.expired = true);
    TELLS_INT(source.ttl_seconds);
    TELLS_INT(source.update_period_seconds);
    TELLS_INT(source.skip_hours);
    TELLS_INT(source.skip_days);
    TELLS(w.source.extras = &w.more);
    TELLS((w.source.notes.first = &w.note, w.source.notes.n = 1));
}
END_TEST

/* Whoever adds a field mixes it, adds a line above, and counts anew. */
START_TEST(no_field_has_been_forgotten)
{
    if (sizeof(void *) != 8)
        return;
    ck_assert_uint_eq(sizeof(struct draft), 512);
    ck_assert_uint_eq(sizeof(struct feed_fields), 752);
    ck_assert_uint_eq(sizeof(struct feed_info), 984);
    ck_assert_uint_eq(sizeof(struct text), 88);
    ck_assert_uint_eq(sizeof(struct link), 96);
    ck_assert_uint_eq(sizeof(struct person), 64);
    ck_assert_uint_eq(sizeof(struct when), 16);
}
END_TEST

START_TEST(equal_drafts_of_one_address_have_one_hash)
{
    struct whole one, two;

    make(&one);
    make(&two);
    ck_assert(hash128_eq(hash_of(&one.d, url), hash_of(&two.d, url)));
    ck_assert(!hash128_eq(hash_of(&one.d, url),
                          hash_of(&one.d, STR("https://example.net/feed"))));
}
END_TEST

START_TEST(what_cannot_be_hashed_whole_has_none)
{
    struct extra deep[200] = {0};
    struct hash128 hash;
    struct whole w;
    struct buf b;

    buf_init(&b, BUF_MAX);
    make(&w);
    w.d.body.kind = BODY_NODES;
    ck_assert(!draft_hash(&w.d, url, &b, &hash));
    make(&w);
    for (size_t i = 0; i + 1 < 200; i++)
        extra_append(&deep[i], &deep[i + 1]);
    extra_append(&w.extras, &deep[0]);
    ck_assert(!draft_hash(&w.d, url, &b, &hash));
    buf_done(&b);
    buf_init(&b, 100);
    make(&w);
    ck_assert(!draft_hash(&w.d, url, &b, &hash));
    buf_done(&b);
}
END_TEST

UNIT_TESTS(every_field_that_cleaning_reads_tells, every_field_of_the_feed_tells,
           every_field_of_the_feed_that_an_entry_is_from_tells,
           no_field_has_been_forgotten,
           equal_drafts_of_one_address_have_one_hash,
           what_cannot_be_hashed_whole_has_none)
