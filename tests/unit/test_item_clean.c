#include "unit/unit.h"

#include "base/arena.h"
#include "clean/clean.h"
#include "decode/node.h"

static struct arena *a;
static const struct clean_hints hints = {
    .url = STR_INIT("https://b.example/d/p.html"),
    .source_id = STR_INIT("https://b.example/feed")};

static struct item cleaned(const struct draft *draft)
{
    struct item item;

    a = unit_arena();
    item_clean(a, draft, &hints, &item);
    return item;
}

/* The text of the only such note, empty without one. */
static struct str dropped_note(const struct notes *notes)
{
    struct str text = STR_NONE;

    for (const struct note *n = notes->first; n != NULL; n = n->next) {
        if (n->code != NOTE_LINK_DROPPED)
            continue;
        ck_assert_uint_eq(text.n, 0);
        text = n->text;
    }
    return text;
}

START_TEST(a_plain_body_becomes_paragraphs)
{
    static const unsigned char heading[] = {3, 0, 0};
    struct draft draft = {
        .body = {.kind = BODY_PLAIN,
                 .text = STR("\u3000\u3000One\n\n\n\u3000\u3000two <b>\n"
                             "three\n \n\u3000\nfour 4 \u3000"),
                 .paragraph_heading = heading,
                 .n_paragraphs = 3}};
    struct item item = cleaned(&draft);

    ck_str(item.html, "<h3>One</h3><p>two &lt;b&gt;<br>three</p><p>four 4</p>");
    ck_str(item.text, "One\n\ntwo <b>\nthree\n\nfour 4");
}
END_TEST

START_TEST(parts_of_a_page_are_kept_cut_and_headed)
{
    struct notes notes = {0};
    struct page_tree *t;
    unsigned char cut[32] = {0}, heading[32] = {0};
    uint32_t roots[2];
    struct draft draft = {0};
    struct item item;

    a = unit_arena();
    t = html_parse_fragment(a,
                            STR("<div><p>a</p><p>b</p></div><p>c</p>"
                                "<td>d</td><section><strong>e</strong>"
                                "<p>f</p></section>"),
                            &notes);
    roots[0] = node_find(t, 0, TAG_DIV);
    roots[1] = node_find(t, 0, TAG_SECTION);
    cut[node_find(t, roots[0], TAG_P)] = 1;
    heading[node_find(t, roots[1], TAG_STRONG)] = 2;
    draft.body = (struct draft_body){.kind = BODY_NODES,
                                     .tree = t,
                                     .roots = roots,
                                     .n_roots = 2,
                                     .cut = cut,
                                     .heading = heading};
    item = cleaned(&draft);
    ck_str(item.html, "<div><p>b</p></div><section><h2>e</h2><p>f</p>"
                      "</section>");
    ck_str(item.text, "b\n\ne\n\nf");
}
END_TEST

START_TEST(addresses_are_absolute_checked_and_without_tracking)
{
    struct draft draft = {.url = STR("x.html?utm_source=y"),
                          .image = STR("/i.png")};
    struct item item = cleaned(&draft);

    ck_str(item.url, "https://b.example/d/x.html");
    ck_str(item.image, "https://b.example/i.png");
    ck_str(item.key, "url b.example/d/x.html");
    draft = (struct draft){.url = STR("javascript:x"),
                           .image = STR("data:image/png;base64,AA")};
    item = cleaned(&draft);
    ck_str(item.url, "");
    ck_str(item.image, "");
}
END_TEST

START_TEST(a_base_that_is_not_http_is_ignored_with_a_note)
{
    struct draft draft = {.url = STR("x"), .base = STR("javascript:alert(1)")};
    struct item item = cleaned(&draft);

    ck_str(item.url, "https://b.example/d/x");
    ck_assert(notes_have(&item.notes, NOTE_BASE_IGNORED));
}
END_TEST

START_TEST(a_canonical_address_counts_on_its_own_site_only)
{
    struct draft draft = {.url = STR("https://m.b.example/x?page=1"),
                          .canonical = STR("https://www.b.example/x")};

    ck_str(cleaned(&draft).url, "https://www.b.example/x");
    draft.canonical = STR("https://c.example/x");
    ck_str(cleaned(&draft).url, "https://m.b.example/x?page=1");
    draft.canonical = STR("https://www.b.example/");
    ck_str(cleaned(&draft).url, "https://m.b.example/x?page=1");
}
END_TEST

START_TEST(names_and_tags_are_lines_and_come_once)
{
    struct person people[] = {{.name = STR(" Ann\n Smith ")},
                              {.name = STR("Ann Smith")},
                              {.name = STR("<b>Bob</b>"),
                               .url = STR("javascript:x"),
                               .email = STR("mailto:b@b.example")},
                              {.url = STR("vbscript:")}};
    struct str tags[] = {STR("x"), STR(" x "), STR(""), STR("y")};
    struct draft draft = {.authors = {people, 4, 4}, .tags = {tags, 4, 4}};
    struct item item = cleaned(&draft);

    ck_assert_uint_eq(item.authors.n, 2);
    ck_str(item.authors.at[0].name, "Ann Smith");
    ck_str(item.authors.at[1].name, "<b>Bob</b>");
    ck_str(item.authors.at[1].url, "");
    ck_str(item.authors.at[1].email, "b@b.example");
    ck_assert_uint_eq(item.tags.n, 2);
    ck_str(item.tags.at[1], "y");
}
END_TEST

START_TEST(feed_fields_are_sanitized_too)
{
    struct text content = {.value = STR("<p onclick=x>a<a href=y>b</a></p>"),
                           .type = TEXT_HTML,
                           .base = STR("https://c.example/")};
    struct link links[] = {
        {.href = STR("/e.mp3"), .rel = STR("enclosure"), .length = 7},
        {.href = STR("javascript:x"), .length = -1}};
    struct feed_fields feed = {
        .guid = STR(" g "),
        .title = {.value = STR("<i>t</i>"), .type = TEXT_HTML},
        .contents = {&content, 1, 1},
        .links = {links, 2, 2},
        .comments = STR("vbscript:x")};
    struct draft draft = {.feed = &feed,
                          .body = {.kind = BODY_HTML, .text = content.value}};
    struct item item = cleaned(&draft);
    const struct feed_fields *f = &item.feed->f;

    ck_str(item.title, "t");
    ck_str(item.guid, "g");
    ck_str(item.key, "guid https://b.example/feed g");
    ck_str(f->title.value, "<i>t</i>");
    ck_str(f->contents.at[0].value,
           "<p>a<a href=\"https://c.example/y\">b</a></p>");
    ck_str(item.html, "<p>a<a href=\"https://b.example/d/y\">b</a></p>");
    ck_assert_uint_eq(f->links.n, 1);
    ck_str(f->links.at[0].href, "https://b.example/e.mp3");
    ck_str(f->comments, "");
}
END_TEST

START_TEST(what_has_nothing_to_see_is_kept_as_a_field_only)
{
    struct text content = {.value = STR("<div><p onclick=x></p></div>"),
                           .type = TEXT_HTML};
    struct feed_fields feed = {
        .title = {.value = STR("<a title='t'>x</a>"), .type = TEXT_HTML},
        .contents = {&content, 1, 1}};
    struct draft draft = {.feed = &feed,
                          .url = STR("/a?utm_source=rss"),
                          .body = {.kind = BODY_HTML, .text = content.value}};
    struct item item = cleaned(&draft);

    ck_str(item.html, "");
    ck_str(item.feed->f.contents.at[0].value, "<div><p></p></div>");
    ck_str(item.feed->f.title.value, "<a title=\"t\">x</a>");
    ck_str(item.url, "https://b.example/a");
    ck_str(item.link, "https://b.example/a?utm_source=rss");
}
END_TEST

START_TEST(extras_keep_their_shape_and_lose_script_addresses)
{
    struct feed_info feed = {0};
    struct safe_feed_info out;
    struct extra *media;

    a = unit_arena();
    feed.extras = extra_object(a, STR(""));
    media = extra_object(a, STR("media"));
    extra_text(a, media, STR("url"), STR("javascript:x"));
    extra_text(a, media, STR("href"), STR("/t.png"));
    extra_text(a, media, STR("note"), STR("a\x01<b>"));
    extra_append(feed.extras, media);
    feed_clean(a, &feed, &hints, &out);
    media = extra_get(out.f.extras, STR("media"));
    ck_str(extra_get(media, STR("url"))->value, "");
    ck_str(extra_get(media, STR("href"))->value, "https://b.example/t.png");
    ck_str(extra_get(media, STR("note"))->value, "a<b>");
    ck_str(dropped_note(&out.f.notes), "1 left out, the first: javascript:x");
}
END_TEST

START_TEST(addresses_left_out_are_one_note)
{
    struct link link = {.href = STR("javascript:c"), .length = -1};
    struct person author = {.name = STR("A"), .url = STR("http://[")};
    struct feed_fields fields = {.links = {&link, 1, 1},
                                 .authors = {&author, 1, 1},
                                 .comments = STR("/fine")};
    struct draft draft = {
        .feed = &fields,
        .attachments = {&link, 1, 1},
        .body = {.kind = BODY_HTML,
                 .text = STR("<a href='JavaScript:b()'>b</a> "
                             "<a href='#n'>n</a> <a href=''>e</a> "
                             "<a name=x>x</a> <a href=javascript:c>c</a>")}};
    struct item item = cleaned(&draft);

    ck_str(dropped_note(&item.notes), "3 left out, the first: JavaScript:b()");
    draft.body.text = STR("<a href='#n'>n</a>");
    fields.links.n = fields.authors.n = draft.attachments.n = 0;
    item = cleaned(&draft);
    ck_str(dropped_note(&item.notes), "");
    fields.summary = (struct text){.value = STR("<a href='javascript:s'>s</a>"),
                                   .type = TEXT_HTML};
    item = cleaned(&draft);
    ck_str(dropped_note(&item.notes), "1 left out, the first: javascript:s");
}
END_TEST

START_TEST(a_relative_link_without_a_base_is_left_out_with_a_note)
{
    struct clean_hints nowhere = {0};
    struct draft draft = {
        .body = {.kind = BODY_HTML,
                 .text = STR("<p><a href='/a?b'>x</a> <a href='c'>y</a></p>")}};
    struct item item;

    a = unit_arena();
    item_clean(a, &draft, &nowhere, &item);
    ck_str(item.html, "<p>x y</p>");
    ck_str(dropped_note(&item.notes), "2 left out, the first: /a?b");
}
END_TEST

START_TEST(an_item_outlives_its_draft)
{
    struct arena *draft_arena = arena_new(0);
    struct draft *draft = arena_make(draft_arena, struct draft);
    struct item item;

    a = unit_arena();
    draft->title = arena_str(draft_arena, STR("A title"));
    draft->url = arena_str(draft_arena, STR("https://b.example/x"));
    draft->body.kind = BODY_HTML;
    draft->body.text = arena_str(draft_arena, STR("<p>a</p>"));
    item_clean(a, draft, &hints, &item);
    arena_free(draft_arena);
    ck_str(item.title, "A title");
    ck_str(item.url, "https://b.example/x");
    ck_str(item.html, "<p>a</p>");
    ck_str(item.summary, "a");
}
END_TEST

static struct item in_feed_of(const char *language, const char *own,
                              const char *text)
{
    static struct feed_fields feed;
    struct draft draft = {
        .feed = &feed,
        .language = str_from_c(own),
        .feed_language = str_from_c(language),
        .body = {.kind = BODY_PLAIN, .text = str_from_c(text)}};

    return cleaned(&draft);
}

START_TEST(an_entry_has_its_feeds_language_unless_it_says_otherwise)
{
    static const char chinese[] = "港口昨天装上了一台新的起重机，码头关闭了。";
    static const char numbers[] = "1 2 3";
    static struct feed_fields feed;
    struct draft draft = {.feed = &feed, .feed_language = STR("sv")};
    struct clean_hints of_no_source = {.url = hints.url};
    struct item item;

    ck_str(in_feed_of("SV_se", "", numbers).language, "sv-SE");
    ck_str(in_feed_of("sv", "fi", numbers).language, "fi");
    ck_str(in_feed_of("zh-cn", "", chinese).language, "zh-CN");
    ck_str(in_feed_of("en-us", "", chinese).language, "");
    ck_str(in_feed_of("", "", chinese).language, "");
    /* What a document is printed for has what it says. */
    item_clean(a, &draft, &of_no_source, &item);
    ck_str(item.language, "");
}
END_TEST

UNIT_TESTS(an_entry_has_its_feeds_language_unless_it_says_otherwise,
           a_plain_body_becomes_paragraphs,
           parts_of_a_page_are_kept_cut_and_headed,
           addresses_are_absolute_checked_and_without_tracking,
           a_base_that_is_not_http_is_ignored_with_a_note,
           a_canonical_address_counts_on_its_own_site_only,
           names_and_tags_are_lines_and_come_once,
           feed_fields_are_sanitized_too,
           what_has_nothing_to_see_is_kept_as_a_field_only,
           extras_keep_their_shape_and_lose_script_addresses,
           addresses_left_out_are_one_note,
           a_relative_link_without_a_base_is_left_out_with_a_note,
           an_item_outlives_its_draft)
