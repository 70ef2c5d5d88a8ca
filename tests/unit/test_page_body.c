#include "unit/page_test.h"

#include "base/utf8.h"
#include "extract/fields.h"
#include "extract/page_marks.h"
#include "extract/page_meta.h"

#define STORY                                                                  \
    "<p>" HARBOUR_1 "</p><h2>The work</h2><p>" HARBOUR_2                       \
    "</p><ul><li>forty caissons</li><li>one ferry "                            \
    "berth</li></ul><p>" HARBOUR_3 "</p><blockquote><p>" HARBOUR_4             \
    "</p></blockquote>"
#define HARBOUR_5                                                              \
    "The council wants the first caissons in the water by May, before the "    \
    "ferry's summer timetable begins."
#define HARBOUR_6                                                              \
    "Opponents fear for the mussel beds in the bay, and have asked a court "   \
    "to look at the plan."
#define FRAME_TOP                                                              \
    "<html><head><title>New breakwater - Coast Herald</title></head><body>"    \
    "<header><nav><ul><li><a href=/>Home</a></li><li><a href=/n>News</a>"      \
    "</li></ul></nav></header>"
#define FRAME_END                                                              \
    "<div class=share><a href=#>Share</a> <a href=#>Print</a></div>"           \
    "<div id=comments><h3>Comments</h3><div class=comment><b>Jon</b>"          \
    "<p>I have sailed there for forty years and never saw such a thing, and "  \
    "the council should be ashamed of itself.</p></div></div>"                 \
    "<aside><h3>Most read</h3><ul><li><a href=/1>Ten walks</a></li>"           \
    "<li><a href=/2>Fog again</a></li></ul></aside>"                           \
    "<footer><p>© 2024 Coast Herald. All rights reserved.</p></footer>"       \
    "</body></html>"
#define PAGE                                                                   \
    FRAME_TOP                                                                  \
    "<main><article><h1>New breakwater</h1><div class=content>" STORY          \
    "</div></article>" FRAME_END

START_TEST(body_is_told_from_frame_and_comments)
{
    struct arena *a = arena_new(0);
    struct str text = page_text(a, DOC_HTML, PAGE);

    ck_has(text, "three places");
    ck_has(text, "one ferry berth");
    ck_has(text, "since 2019");
    ck_lacks(text, "Most read");
    ck_lacks(text, "ashamed");
    ck_lacks(text, "Share");
    ck_lacks(text, "All rights");
    arena_free(a);
}
END_TEST

START_TEST(structure_of_the_body_is_kept)
{
    struct arena *a = arena_new(0);
    struct item items[2] = {0};

    page_items(a, DOC_HTML, PAGE, items, 2);
    ck_has(items[0].html, "<h2>The work</h2>");
    ck_has(items[0].html, "<li>forty caissons</li>");
    ck_has(items[0].html, "<blockquote>");
    arena_free(a);
}
END_TEST

START_TEST(text_without_paragraphs_is_body_too)
{
    struct arena *a = arena_new(0);
    struct str text = page_text(
        a, DOC_HTML,
        "<html><head><title>New breakwater</title></head><body><table><tr>"
        "<td><a href=/>Home</a> | <a href=/n>News</a></td></tr><tr><td>"
        "<b>New breakwater</b><hr>" HARBOUR_1 "<br><br>" HARBOUR_2
        "<br><br>" HARBOUR_3 "<br><br>" HARBOUR_4
        "</td><td><a href=/1>Ten walks</a><br><a href=/2>Fog again</a></td>"
        "</tr></table></body></html>");

    ck_has(text, "three places");
    ck_has(text, "since 2019");
    ck_lacks(text, "Ten walks");
    arena_free(a);
}
END_TEST

START_TEST(a_body_split_over_boxes_is_joined)
{
    struct arena *a = arena_new(0);
    struct str text = page_text(
        a, DOC_HTML,
        FRAME_TOP "<main><h1>New breakwater</h1><div class=text><p>" HARBOUR_1
                  "</p><p>" HARBOUR_2
                  "</p></div><div class=ad><p>Advertisement</p></div>"
                  "<div class=text><p>" HARBOUR_3 "</p><p>" HARBOUR_4
                  "</p></div></main>" FRAME_END);

    ck_has(text, "three places");
    ck_has(text, "since 2019");
    ck_lacks(text, "Advertisement");
    arena_free(a);
}
END_TEST

START_TEST(pictures_among_the_text_stay)
{
    struct arena *a = arena_new(0);
    struct item items[2] = {0};

    page_items(a, DOC_HTML,
               FRAME_TOP "<main><article><h1>New breakwater</h1><p>" HARBOUR_1
                         "</p><p><img src=/wall.jpg></p><p>" HARBOUR_2
                         "</p><p>" HARBOUR_3 "</p><p>" HARBOUR_4
                         "</p></article></main>" FRAME_END,
               items, 2);
    ck_has(items[0].html, "http://news.example/wall.jpg");
    arena_free(a);
}
END_TEST

START_TEST(bold_lines_between_paragraphs_become_headings)
{
    struct arena *a = arena_new(0);
    struct item items[2] = {0};

    page_items(a, DOC_HTML,
               FRAME_TOP
               "<main><article><h1>New breakwater</h1><p>" HARBOUR_1
               "</p><p><strong>What it costs</strong></p><p>" HARBOUR_4
               "</p><p>" HARBOUR_3 "</p></article></main>" FRAME_END,
               items, 2);
    ck_has(items[0].html, "<h3>");
    arena_free(a);
}
END_TEST

/* How often NEEDLE stands in TEXT. */
static size_t times(struct str text, struct str needle)
{
    size_t n = 0, at = 0;

    for (; (at = str_find(text, needle, at)) != STR_NOT_FOUND; at++)
        n++;
    return n;
}

START_TEST(a_copy_run_together_in_one_block_is_left_out)
{
    struct arena *a = arena_new(0);
    struct str text = page_text(
        a, DOC_HTML,
        FRAME_TOP
        "<article><h1>Breakwater to be rebuilt</h1>"
        "<p>" HARBOUR_1 "</p><p>" HARBOUR_2 "</p><p>" HARBOUR_3
        "</p><p>" HARBOUR_4 "</p><p>" HARBOUR_5 "</p><p>" HARBOUR_6 "</p>"
        "<div>" HARBOUR_1 HARBOUR_2 HARBOUR_3 HARBOUR_4 HARBOUR_5 HARBOUR_6
        "</div></article>" FRAME_END);

    ck_assert_uint_eq(times(text, STR("forty concrete caissons")), 1);
    ck_assert_uint_eq(times(text, STR("a higher wall")), 1);
    arena_free(a);
}
END_TEST

START_TEST(any_prefix_of_a_page_gives_valid_text)
{
    struct str page = STR(PAGE);

    for (size_t n = 0; n <= page.n; n += 7) {
        struct arena *a = arena_new(0);
        struct item items[4] = {0};
        struct str part = arena_str(a, utf8_clip(page, n));
        size_t k = page_items(a, DOC_HTML, part.p, items, 4);

        for (size_t i = 0; i < k && i < 4; i++) {
            ck_assert(utf8_valid(items[i].text));
            ck_assert(utf8_valid(items[i].html));
        }
        arena_free(a);
    }
}
END_TEST

START_TEST(changed_bytes_give_valid_text)
{
    struct str page = STR(PAGE);
    uint32_t random = 1;

    for (int turn = 0; turn < 200; turn++) {
        struct arena *a = arena_new(0);
        struct item items[4] = {0};
        struct str copy = arena_str(a, page);
        char *bytes = arena_alloc(a, copy.n + 1);

        memcpy(bytes, copy.p, copy.n);
        for (int k = 0; k < 20; k++) {
            random = random * 1664525u + 1013904223u;
            /* ASCII for ASCII, so that the text stays UTF-8. */
            if ((unsigned char)bytes[random % copy.n] < 0x80)
                bytes[random % copy.n] = (char)(' ' + (random >> 24) % 90);
        }
        if (page_items(a, DOC_HTML, bytes, items, 4) > 0)
            ck_assert(utf8_valid(items[0].text));
        arena_free(a);
    }
}
END_TEST

START_TEST(a_clear_body_is_surer_than_a_scrap)
{
    struct arena *a = arena_new(0);
    struct item clear = {0}, scrap = {0};

    ck_assert_uint_eq(page_items(a, DOC_HTML, PAGE, &clear, 1), 1);
    ck_assert_uint_eq(
        page_items(a, DOC_HTML,
                   FRAME_TOP
                   "<div><a href=/a>Winners</a> of the raffle</div>"
                   "<div>Call <a href=/b>us</a> today</div>" FRAME_END,
                   &scrap, 1),
        1);
    ck_assert(clear.confidence.body > .5F);
    ck_assert(scrap.confidence.body < .5F);
    arena_free(a);
}
END_TEST

START_TEST(a_ruby_at_the_end_of_a_paragraph_keeps_its_last_parenthesis)
{
    struct arena *a = arena_new(0);
    struct str text = page_text(
        a, DOC_HTML,
        FRAME_TOP "<article><h1>New breakwater</h1><p>" HARBOUR_1
                  "</p><p>" HARBOUR_2 " They say <ruby>ab<rp>(</rp><rt>cd</rt>"
                  "<rp>)</rp></ruby></p><p>" HARBOUR_3 "</p><p>" HARBOUR_4
                  "</p></article>" FRAME_END);

    ck_has(text, "They say ab(cd)");
    arena_free(a);
}
END_TEST

/* True if the block that begins with TEXT is body, when the headings and divisions
 * of PAGE have the odds LOW and all else HIGH. */
static bool is_body(const char *page, const char *text, float low, float high)
{
    struct arena *a = arena_new(0);
    struct document doc = {.kind = DOC_HTML, .text = str_from_c(page)};
    struct page_hints hints = {.url = STR_NONE};
    struct notes notes = {0};
    struct page_context ctx = {
        .a = a, .scratch = a, .doc = &doc, .hints = &hints, .notes = &notes};
    struct article_span span = {.title = NO_BLOCK};
    struct draft_body body;
    bool is = false;

    ctx.tree = html_parse(a, doc.text, &notes);
    ctx.marks = marks_read(a, ctx.tree);
    blocks_of_tree(&ctx);
    ctx.meta = page_meta_read(&ctx);
    for (size_t i = 0; i < ctx.blocks.n; i++) {
        struct block *b = &ctx.blocks.at[i];

        b->body_odds = b->heading > 0 || b->tag == TAG_DIV ? low : high;
    }
    span.end = ctx.blocks.n;
    tree_body(&ctx, &span, &body);
    for (size_t i = 0; i < ctx.blocks.n; i++)
        if (str_starts(ctx.blocks.at[i].text, str_from_c(text)))
            is = block_is_taken(&ctx.blocks.at[i]);
    arena_free(a);
    return is;
}

START_TEST(a_sure_sentence_is_no_byline)
{
    struct arena *a = arena_new(0);
    struct str text = page_text(
        a, DOC_HTML,
        FRAME_TOP "<h1>New breakwater</h1><div><p>" HARBOUR_1
                  "</p><p>" HARBOUR_2
                  "</p><p>Ada Brink declined to comment.</p>"
                  "<p>" HARBOUR_3 "</p><p>" HARBOUR_4 "</p></div>" FRAME_END);

    ck_has(text, "declined to comment");
    arena_free(a);
}
END_TEST

START_TEST(where_all_is_doubtful_the_lines_go_together)
{
    static const char page[] =
        "<html><body><p>The breakwater of Lindesby</p><div>Ada Brink</div>"
        "<p>Caissons on soft ground</p><div>Jon Marsh</div>"
        "<p>Ferries in the fishing harbour</p><div>Ida Holm</div>"
        "<p>A light and three villages</p><div>Per Lund</div></body></html>";

    ck_assert(is_body(page, "Jon Marsh", 0.24F, 0.31F));
}
END_TEST

UNIT_TESTS(a_ruby_at_the_end_of_a_paragraph_keeps_its_last_parenthesis,
           a_clear_body_is_surer_than_a_scrap,
           body_is_told_from_frame_and_comments, structure_of_the_body_is_kept,
           text_without_paragraphs_is_body_too,
           a_body_split_over_boxes_is_joined, pictures_among_the_text_stay,
           bold_lines_between_paragraphs_become_headings,
           a_copy_run_together_in_one_block_is_left_out,
           a_sure_sentence_is_no_byline,
           where_all_is_doubtful_the_lines_go_together,
           any_prefix_of_a_page_gives_valid_text, changed_bytes_give_valid_text)
