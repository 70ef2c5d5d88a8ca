#include "unit/fields_test.h"

#include "extract/fields.h"
#include "extract/page_meta.h"

static struct arena *a;
static struct page_hints hints;
static struct notes notes;
static struct page_context ctx;

static const struct page_meta *meta_of(const char *html)
{
    a = arena_new(0);
    hints = (struct page_hints){.url = STR("https://lindesby.example/a/1")};
    ctx = (struct page_context){
        .a = a, .scratch = a, .hints = &hints, .notes = &notes};
    ctx.tree = html_parse(a, str_from_c(html), &notes);
    ctx.blocks.tree = ctx.tree;
    return page_meta_read(&ctx);
}

START_TEST(meta_elements_are_found_by_any_of_their_names)
{
    const struct page_meta *m =
        meta_of("<meta property='OG:Title' content=' A  wall '>"
                "<meta name='author' content=''>"
                "<meta name='author' content='Jane Roe'>"
                "<body><meta itemprop='datePublished' content='2021-05-03'>"
                "<meta name='og: time' value='2021'>");

    ck_str(meta_get(m, STR("og:title")), "A wall");
    ck_str(meta_get(m, STR("author")), "Jane Roe");
    ck_str(meta_get(m, STR("datepublished")), "2021-05-03");
    ck_str(meta_get(m, STR("og:time")), "2021");
    ck_str(meta_get(m, STR("keywords")), "");
    arena_free(a);
}
END_TEST

START_TEST(links_of_the_head_are_told_apart)
{
    const struct page_meta *m =
        meta_of("<link rel='shortcut canonical' href='/a/1'>"
                "<link rel=alternate type='application/atom+xml' title=All "
                "href='/feed.xml'><link rel=alternate hreflang=de href='/de'>"
                "<link rel=next href='?p=2'><base href='/b/'>");

    ck_str(m->canonical, "/a/1");
    ck_str(m->next, "?p=2");
    ck_str(m->base, "https://lindesby.example/b/");
    ck_assert_uint_eq(m->feeds.n, 1);
    ck_str(m->feeds.at[0].title, "All");
    arena_free(a);
}
END_TEST

#define LD(json) "<script type='application/ld+json'>" json "</script>"

START_TEST(an_article_in_a_graph_finds_its_author_by_id)
{
    const struct page_meta *m = meta_of(
        LD("{\"@graph\":[{\"@type\":\"WebSite\",\"name\":\"Lindesby\"},"
           "{\"@type\":[\"Thing\",\"NewsArticle\"],\"headline\":\"A "
           "wall\",\"author\":{\"@id\":\"#p\"},"
           "\"datePublished\":\"2021-05-03\"},"
           "{\"@type\":\"Person\",\"@id\":\"#p\",\"name\":\"Jane Roe\"}]}"));
    const struct ld_article *ld = meta_article(m);

    ck_assert_ptr_nonnull(ld);
    ck_assert(ld->is_article);
    ck_str(ld->headline, "A wall");
    ck_str(ld->published, "2021-05-03");
    ck_assert_uint_eq(ld->authors.n, 1);
    ck_str(ld->authors.at[0].name, "Jane Roe");
    ck_str(m->site_name, "Lindesby");
    arena_free(a);
}
END_TEST

START_TEST(teasers_in_lists_are_not_the_pages_article)
{
    const struct page_meta *m =
        meta_of(LD("{\"@type\":\"ItemList\",\"itemListElement\":[{\"@type\":"
                   "\"NewsArticle\",\"headline\":\"Other\"}]}"));

    ck_assert_ptr_null(meta_article(m));
    ck_assert(m->ld_is_index);
    arena_free(a);
}
END_TEST

START_TEST(json_that_is_none_is_mended_or_searched)
{
    const struct page_meta *m =
        meta_of(LD("<!-- {\"@type\":\"Article\",\"headline\":\"A \n wall\","
                   "\"author\":[\"Jane Roe\",],} -->"));

    ck_str(meta_article(m)->headline, "A wall");
    ck_assert_uint_eq(meta_article(m)->authors.n, 1);
    arena_free(a);
    m = meta_of(LD("{\"@type\":\"Article\" \"headline\":\"A wall\","
                   "\"datePublished\":\"2021-05-03\",\"author\":{\"name\":"
                   "\"Jane Roe\""));
    ck_str(meta_article(m)->published, "2021-05-03");
    ck_str(meta_article(m)->authors.at[0].name, "Jane Roe");
    arena_free(a);
}
END_TEST

START_TEST(elements_claim_fields_by_itemprop_rel_and_class_words)
{
    const struct page_meta *m = meta_of(
        "<p itemprop='author'>Jane</p><a rel='author'>John</a>"
        "<span class='entryDate'>3 May 2021</span><time>now</time>"
        "<div class='comment-author'>Ann</div><p class='authority'>x</p>"
        "<i class='post-date updated'>4 May</i>");

    ck_assert_uint_eq(m->claims.n, 5);
    ck_assert_int_eq(m->claims.at[0].by, BY_ITEMPROP);
    ck_assert_int_eq(m->claims.at[1].by, BY_REL);
    ck_assert_int_eq(m->claims.at[2].kind, CLAIM_DATE);
    ck_assert_int_eq(m->claims.at[3].by, BY_TIME);
    ck_assert_int_eq(m->claims.at[4].kind, CLAIM_UPDATED);
    ck_str(claim_value(&ctx, &m->claims.at[2]), "3 May 2021");
    arena_free(a);
}
END_TEST

START_TEST(references_in_declared_texts_become_characters)
{
    a = arena_new(0);
    ck_str(meta_text(a, STR("Sea &amp; wall &#8211; <b>today</b>")),
           "Sea & wall \u2013 today");
    ck_str(meta_text(a, STR("  no \n reference ")), "no reference");
    arena_free(a);
}
END_TEST

UNIT_TESTS(meta_elements_are_found_by_any_of_their_names,
           links_of_the_head_are_told_apart,
           an_article_in_a_graph_finds_its_author_by_id,
           teasers_in_lists_are_not_the_pages_article,
           json_that_is_none_is_mended_or_searched,
           elements_claim_fields_by_itemprop_rel_and_class_words,
           references_in_declared_texts_become_characters)
