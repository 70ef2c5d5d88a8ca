#include "unit/feed_unit.h"

#include "decode/node.h"

static struct str text_of_body(struct arena *a, const struct draft *d)
{
    /* Text without markup is a view of the page. */
    return arena_str(a, node_text(d->body.tree, d->body.roots[0], a));
}

/* The first draft's body, which lives only in the callback. */
struct first {
    struct arena *a;
    struct str body, title, url, author, published, tags, guid, feed_title,
        feed_author;
    size_t n;
};

static void on_entry(void *ctx, const struct draft *d)
{
    struct first *f = ctx;

    if (f->n++ > 0)
        return;
    ck_assert_int_eq(d->body.kind, BODY_NODES);
    f->body = text_of_body(f->a, d);
    f->title = arena_str(f->a, d->title);
    f->url = arena_str(f->a, d->url);
    f->guid = arena_str(f->a, d->feed->guid);
    f->published = seen_date(f->a, d->published);
    f->author =
        d->authors.n > 0 ? arena_str(f->a, d->authors.at[0].name) : STR_NONE;
    f->tags = d->tags.n > 0 ? arena_str(f->a, d->tags.at[0]) : STR_NONE;
}

static void on_feed(void *ctx, const struct feed_info *feed)
{
    struct first *f = ctx;

    ck_assert_int_eq(feed->format, FEED_HFEED);
    f->feed_title = arena_str(f->a, feed->title.value);
    if (feed->authors.n > 0)
        f->feed_author = arena_str(f->a, feed->authors.at[0].name);
}

static bool read_page(struct first *f, const char *html)
{
    struct feed_hints hints = {.url = STR("http://example.org/blog/")};
    struct feed_sink sink = {on_entry, on_feed, f};
    struct feed_reader *r = feed_reader_new(&hints, &sink);
    struct error err;
    bool ok;

    *f = (struct first){.a = arena_new(0)};
    ok = feed_reader_push(r, str_from_c(html), &err) &&
         feed_reader_finish(r, &err);
    feed_reader_free(r);
    return ok;
}

START_TEST(entries_of_microformats_2_are_read)
{
    struct first f;

    ck_assert(read_page(
        &f,
        "<!DOCTYPE html><html><head><title>Page</title></head><body>"
        "<div class='h-feed'><h1 class='p-name'>Notes</h1>"
        "<p class='p-author h-card'><b class='p-name'>The desk</b></p>"
        "<article class='h-entry'><h2 class='p-name'>One</h2>"
        "<a class='u-url' href='one'><time class='dt-published' "
        "datetime='2024-12-03T10:00:00+08:00'>today</time></a>"
        "<span class='p-author h-card'><a class='u-url p-name' href='/ann'>Ann"
        "</a></span><div class='e-content'><p>The <b>text</b></p></div>"
        "<a class='p-category' href='t'>Chips</a>"
        "<div class='u-comment h-cite'><p class='p-name'>not mine</p>"
        "<a class='u-url' href='/c'>c</a></div></article>"
        "<article class='h-entry'><div class='e-content'>Two</div></article>"
        "</div></body></html>"));
    ck_assert_uint_eq(f.n, 2);
    ck_str(f.feed_title, "Notes");
    ck_str(f.feed_author, "The desk");
    ck_str(f.title, "One");
    ck_str(f.url, "http://example.org/blog/one");
    ck_str(f.author, "Ann");
    ck_str(f.published, "2024-12-03T10:00:00+08:00");
    ck_str(f.body, "The text");
    ck_str(f.tags, "Chips");
    arena_free(f.a);
}
END_TEST

START_TEST(entries_of_hatom_are_read)
{
    struct first f;

    ck_assert(read_page(
        &f,
        "<html><head><title>Page</title></head><body><div class='post hentry'>"
        "<h2 class='entry-title'><a href='/1' rel='bookmark'>One</a></h2>"
        "<abbr class='published' title='2024-12-03T10:00:00Z'>then</abbr>"
        "<span class='author vcard'><span class='fn'>Ann</span></span>"
        "<div class='entry-content'>Text</div></div></body></html>"));
    ck_str(f.feed_title, "Page");
    ck_str(f.title, "One");
    ck_str(f.url, "http://example.org/1");
    ck_str(f.author, "Ann");
    ck_str(f.published, "2024-12-03T10:00:00Z");
    ck_str(f.body, "Text");
    arena_free(f.a);
}
END_TEST

START_TEST(other_pages_are_no_feeds)
{
    struct first f;

    ck_assert(!read_page(&f, "<html><body><p>h-entry is a class</p></body>"));
    arena_free(f.a);
    ck_assert(is_hfeed(STR("<div class='h-entry'>")));
    ck_assert(!is_hfeed(STR("<div class='entry'>")));
}
END_TEST

UNIT_TESTS(entries_of_microformats_2_are_read, entries_of_hatom_are_read,
           other_pages_are_no_feeds)
