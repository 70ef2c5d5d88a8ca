#include "extract/page_features.h"

#include <string.h>

#include "extract/fields.h"
#include "unit/page_test.h"

/* An article on a harbour, a note about who wrote it, and teasers of articles
 * on orchards made like its paragraphs. */
#define PAGE                                                                   \
    "<html><head><title>New breakwater for Lindesby - Coast Herald</title>"    \
    "<meta name=author content=\"Ada Brink\">"                                 \
    "<meta property=og:site_name content=\"Coast Herald\"></head><body>"       \
    "<div class=text><h1>New breakwater for Lindesby</h1><p>" HARBOUR_1        \
    "</p><p>" HARBOUR_2 "</p><p>" HARBOUR_3 "</p><p>" HARBOUR_4                \
    "</p><p>Ada Brink has reported from the coast since 2011.</p>"             \
    "<p>The <em>forty concrete caissons</em> come by sea.</p></div>"           \
    "<div class=more><p class=t>" ORCHARD_1 "</p><p class=t>" ORCHARD_2        \
    "</p><p class=t>" ORCHARD_3 "</p><p class=t>" HARBOUR_1                    \
    "</p></div></body></html>"

/* The same article with a card of another and a form behind it. */
#define PAGE_OF_BOXES                                                          \
    "<html><head><title>New breakwater for Lindesby</title>"                   \
    "<meta property=og:type content=article></head><body>"                     \
    "<div class=text><h1>New breakwater for Lindesby</h1><p>" HARBOUR_1        \
    "</p><p>" HARBOUR_2 "</p><p>" HARBOUR_3 "</p><p>" HARBOUR_4                \
    "</p></div><div class=card><img src=o.jpg><p><a href=/o>Orchards in "      \
    "bloom</a>: growers in the hills are grafting…</p><time>3 May</time>"    \
    "</div><form><p>One letter a week.</p><input name=mail></form></body>"     \
    "</html>"

struct rows {
    struct page_context ctx;
    struct document doc;
    struct page_hints hints;
    struct notes notes;
    float *at; /* [block * FEATURES + feature] */
};

static void read_rows(struct arena *a, const char *page, struct rows *r)
{
    struct feature_reader *reader;
    const float *row;

    *r = (struct rows){.doc = {.kind = DOC_HTML, .text = str_from_c(page)}};
    r->ctx = (struct page_context){.a = a,
                                   .scratch = a,
                                   .doc = &r->doc,
                                   .hints = &r->hints,
                                   .notes = &r->notes};
    r->ctx.tree = html_parse(a, r->doc.text, &r->notes);
    blocks_of_tree(&r->ctx);
    r->ctx.meta = page_meta_read(&r->ctx);
    repeats_mark(&r->ctx);
    reader = features_open(&r->ctx);
    r->at = arena_array(a, r->ctx.blocks.n + 1, FEATURES * sizeof *r->at);
    for (size_t i = 0; (row = features_next(reader)) != NULL; i++)
        memcpy(r->at + i * FEATURES, row, FEATURES * sizeof *row);
}

/* The feature of the last block that holds TEXT. */
static double feature(const struct rows *r, const char *text, enum feature f)
{
    for (size_t i = r->ctx.blocks.n; i-- > 0;)
        if (str_has(r->ctx.blocks.at[i].text, str_from_c(text)))
            return (double)r->at[i * FEATURES + f];
    ck_abort_msg("no block has %s", text);
    return 0;
}

START_TEST(prose_by_the_title_knows_its_own_words_better_than_teasers)
{
    struct arena *a = arena_new(0);
    struct rows r;

    read_rows(a, PAGE, &r);
    ck_assert(feature(&r, "Engineers will sink", F_core_known) > .3);
    ck_assert(feature(&r, "Apple growers", F_core_known) < .2);
    ck_assert(feature(&r, "Apple growers", F_core_known_parent) <
              feature(&r, "Engineers will sink", F_core_known_parent));
    arena_free(a);
}
END_TEST

START_TEST(teasers_are_not_made_as_the_core_is)
{
    struct arena *a = arena_new(0);
    struct rows r;

    read_rows(a, PAGE, &r);
    ck_assert(feature(&r, "Engineers will sink", F_style_in_core) > .9);
    ck_assert(feature(&r, "Apple growers", F_style_in_core) < .01);
    ck_assert(feature(&r, "Engineers will sink", F_core_up) == 1);
    ck_assert(feature(&r, "Apple growers", F_core_up) == 2);
    ck_assert(feature(&r, "Engineers will sink", F_core_distance) == 0);
    ck_assert(feature(&r, "Apple growers", F_core_distance) == 1);
    arena_free(a);
}
END_TEST

START_TEST(only_the_second_of_two_equal_texts_is_a_copy)
{
    struct arena *a = arena_new(0);
    struct rows r;

    read_rows(a, PAGE, &r);
    ck_assert(feature(&r, "voted on Tuesday", F_copied_share) == 1);
    ck_assert(feature(&r, "Engineers will sink", F_copied_share) == 0);
    /* The first block that holds it stands before the others. */
    for (size_t i = 0; i < r.ctx.blocks.n; i++)
        if (str_has(r.ctx.blocks.at[i].text, STR("voted on Tuesday"))) {
            ck_assert(r.at[i * FEATURES + F_copied_share] == 0);
            ck_assert(r.at[i * FEATURES + F_repeated_share] == 1);
            break;
        }
    arena_free(a);
}
END_TEST

START_TEST(names_of_the_author_are_seen)
{
    struct arena *a = arena_new(0);
    struct rows r;

    read_rows(a, PAGE, &r);
    ck_assert(feature(&r, "since 2011", F_names_author) == 2);
    ck_assert(feature(&r, "Apple growers", F_names_author) == 0);
    arena_free(a);
}
END_TEST

START_TEST(boxes_are_known_by_what_else_stands_in_them)
{
    struct arena *a = arena_new(0);
    struct rows r;

    read_rows(a, PAGE_OF_BOXES, &r);
    ck_assert(feature(&r, "in the hills", F_picture_blocks) == 2);
    ck_assert(feature(&r, "in the hills", F_picture_up) == 1);
    ck_assert(feature(&r, "3 May", F_time_blocks) == 2);
    ck_assert(feature(&r, "letter a week", F_control_blocks) == 1);
    ck_assert(feature(&r, "letter a week", F_picture_blocks) > 2);
    ck_assert(feature(&r, "Engineers will sink", F_picture_blocks) > 2);
    ck_assert(feature(&r, "Engineers will sink", F_control_up) > 1);
    arena_free(a);
}
END_TEST

START_TEST(nothing_made_like_the_core_stands_behind_it)
{
    struct arena *a = arena_new(0);
    struct rows r;

    read_rows(a, PAGE_OF_BOXES, &r);
    ck_assert(feature(&r, "voted on Tuesday", F_core_style_after) > .7);
    ck_assert(feature(&r, "voted on Tuesday", F_core_style_before) == 0);
    ck_assert(feature(&r, "Engineers will sink", F_core_style_gap) == 0);
    ck_assert(feature(&r, "in the hills", F_core_style_after) == 0);
    ck_assert(feature(&r, "in the hills", F_core_style_gap) == 1);
    ck_assert(feature(&r, "letter a week", F_core_style_gap) == 3);
    arena_free(a);
}
END_TEST

START_TEST(the_head_says_what_the_page_is)
{
    struct arena *a = arena_new(0);
    struct rows r;

    read_rows(a, PAGE_OF_BOXES, &r);
    ck_assert(feature(&r, "in the hills", F_page_is_article) == 2);
    arena_free(a);
}
END_TEST

UNIT_TESTS(prose_by_the_title_knows_its_own_words_better_than_teasers,
           teasers_are_not_made_as_the_core_is,
           only_the_second_of_two_equal_texts_is_a_copy,
           names_of_the_author_are_seen,
           boxes_are_known_by_what_else_stands_in_them,
           nothing_made_like_the_core_stands_behind_it,
           the_head_says_what_the_page_is)
