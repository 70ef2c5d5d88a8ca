#include "unit/fields_test.h"

#include "base/buf.h"

static struct arena *a;
static struct draft d;

static struct str author(const char *html)
{
    arena_free(a);
    a = arena_new(0);
    d = fields_of(a, html, "https://lindesby.example/a/1");
    return authors_of(a, &d);
}

#define HEAD_EN "<title>Breakwater to be rebuilt</title>"
#define H1_EN   "<h1>Breakwater to be rebuilt</h1>"
#define HEAD_ZH "<title>防波堤今年重修，渡船停航</title>"
#define PROSE_KO                                                                                              \
    "항만 회의는 화요일에 동쪽 방파제를 다시 짓기로 결정했다. 지난 겨울 "         \
    "폭풍이 방파제를 세 곳에서 무너뜨렸다. "                                                  \
    "어부들은 파도가 들어오면 항구가 메워진다며 더 높은 벽을 요구했고 회의는 " \
    "비용을 다시 계산하겠다고 답했다. "
#define H1_ZH "<h1>防波堤今年重修，渡船停航</h1>"

START_TEST(the_texts_own_byline_beats_the_templates)
{
    ck_str(author(HEAD_ZH H1_ZH "<div>作者：覃明远 | 责任编辑：Admin</div>"
                                "<p>导语一句。</p><p>作　者：李思远</p>"
                                "<p>来　源：江声(ID:jiangsheng)</p>" PROSE_ZH),
           "李思远");
    ck_str(d.source, "江声");
    ck_str(d.source_id, "jiangsheng");
    ck_str(d.editor, "");
    ck_assert(notes_have(&d.notes, NOTE_BYLINE_DOUBTFUL));
}
END_TEST

START_TEST(a_templates_byline_that_a_biography_contradicts_is_left_out)
{
    ck_str(author(HEAD_ZH H1_ZH
                  "<div>作者：覃明远 | 责任编辑：Admin</div>" PROSE_ZH
                  "<p>作者简介：王方，长期关注港口建设的记者。</p>"),
           "");
}
END_TEST

START_TEST(reporters_in_the_dateline_are_the_authors)
{
    ck_str(author(HEAD_ZH H1_ZH "<p>2021-05-03 10:20　来源：潮声网</p>"
                                "<p>潮声网讯（记者 李思远 通讯员 王方）会议"
                                "今天决定重修东侧的防波堤。</p>" PROSE_ZH),
           "李思远+王方");
    ck_str(d.source, "潮声网");
}
END_TEST

/* "PLACE, date /WIRE/ -- ": a paragraph of the text, and no byline of Lind Ferry. */
START_TEST(the_dateline_of_a_wire_is_no_byline)
{
    ck_str(author(HEAD_EN H1_EN
                  "<p>May 2, 2023, 08:30 ET</p>"
                  "<p>LIND FERRY, May 2, 2023 /Wireline/ -- The harbour board "
                  "today announced that the breakwater will be rebuilt from "
                  "the sea bed up.</p>" PROSE_EN),
           "");
}
END_TEST

START_TEST(what_stands_around_a_name_is_no_part_of_it)
{
    ck_str(author(HEAD_EN H1_EN "<p class='byline'>By JANE ROE Lindesby "
                                "Wire</p>" PROSE_EN),
           "JANE ROE");
    ck_str(author("<html lang=it>" HEAD_EN
                  "<meta name=author content='di Anna Neri'>" H1_EN PROSE_EN),
           "Anna Neri");
    ck_str(author(HEAD_EN "<script type='application/ld+json'>"
                          "{\"@type\":\"NewsArticle\",\"author\":{"
                          "\"@type\":\"Person\",\"name\":\"潮聲社\"}}"
                          "</script>" H1_ZH
                          "<p>（潮聲社記者李思遠臺北14日電）會議今天決定"
                          "重修東側的防波堤。</p>" PROSE_ZH),
           "李思遠");
    ck_str(author(HEAD_EN H1_EN
                  "<p>Posted by Jane Roe on Tuesday, 3 May 2022</p>" PROSE_EN),
           "Jane Roe");
    ck_str(author(HEAD_EN H1_EN "<p>By Jane Sun, 3 May 2022</p>" PROSE_EN),
           "Jane Sun");
    ck_str(author(HEAD_EN H1_EN "<p>By Jane Sun 3 May 2022</p>" PROSE_EN),
           "Jane Sun");
    ck_str(author(HEAD_EN H1_EN "<p>By Jane Mary Sun, 3 May 2022</p>" PROSE_EN),
           "Jane Mary Sun");
    ck_str(author(HEAD_EN H1_EN "<p>Por Juan Domingo 3 May 2022</p>" PROSE_EN),
           "Juan Domingo");
}
END_TEST

START_TEST(the_editor_is_a_field_of_its_own)
{
    ck_str(author(HEAD_ZH H1_ZH PROSE_ZH "<p>（责任编辑：何方 XX12）</p>"
                                         "<p>相关阅读</p>"),
           "");
    ck_str(d.editor, "何方");
}
END_TEST

START_TEST(a_person_beats_the_site_that_signs_for_itself)
{
    ck_str(author(HEAD_EN "<meta name=author content='Lindesby Herald'>"
                          "<meta property='og:site_name' "
                          "content='Lindesby Herald'>" H1_EN
                          "<p class='byline'>By Jane Roe</p>" PROSE_EN),
           "Jane Roe");
    ck_str(
        author(HEAD_EN
               "<meta name=author content='Lindesby Herald'>" H1_EN PROSE_EN),
        "Lindesby Herald");
}
END_TEST

START_TEST(all_authors_of_json_ld_are_taken_in_order)
{
    ck_str(author(HEAD_EN "<script type='application/ld+json'>{\"@type\":"
                          "\"Article\",\"headline\":\"Breakwater to be "
                          "rebuilt\",\"author\":[{\"@type\":\"Person\","
                          "\"name\":\"Jane Roe\"},{\"@type\":\"Person\","
                          "\"name\":\"By John Doe\"},{\"@type\":"
                          "\"Organization\",\"name\":\"Harbour News\"}]}"
                          "</script>" H1_EN PROSE_EN),
           "Jane Roe+John Doe");
}
END_TEST

#define LD(json)          "<script type='application/ld+json'>" json "</script>"
#define LD_AUTHOR(author) LD("{\"@type\":\"Article\",\"author\":" author "}")

START_TEST(json_ld_names_an_author_in_many_ways)
{
    ck_str(author(HEAD_EN LD_AUTHOR("{\"name\":[\"Jane Roe\",\"John Doe\"]}")
                      H1_EN PROSE_EN),
           "Jane Roe+John Doe");
    ck_str(author(HEAD_EN LD_AUTHOR("{\"givenName\":\"Jane\",\"familyName\":"
                                    "\"Roe\"}") H1_EN PROSE_EN),
           "Jane Roe");
    ck_str(
        author(HEAD_EN LD_AUTHOR("{\"@list\":[{\"name\":\"Jane Roe\"},"
                                 "{\"name\":\"John Doe\"}]}") H1_EN PROSE_EN),
        "Jane Roe+John Doe");
    ck_str(author(HEAD_EN LD("{\"@type\":\"Recipe\",\"Author\":{\"name\":"
                             "\"Jane Roe\"}}") H1_EN PROSE_EN),
           "Jane Roe");
    ck_str(author(HEAD_EN LD("{\"@type\":\"Article\",\"authors\":[{\"name\":"
                             "\"Jane Roe\"}]}") H1_EN PROSE_EN),
           "Jane Roe");
    ck_str(author(HEAD_EN LD_AUTHOR("{\"alternateName\":\"Jane Roe\"}")
                      H1_EN PROSE_EN),
           "Jane Roe");
}
END_TEST

START_TEST(json_ld_names_an_author_in_another_script)
{
    ck_str(author(HEAD_EN LD_AUTHOR("{\"@id\":\"#jane\"}")
                      LD("{\"@type\":\"Person\",\"@id\":\"#jane\",\"name\":"
                         "\"Jane Roe\"}") H1_EN PROSE_EN),
           "Jane Roe");
}
END_TEST

START_TEST(the_name_of_who_is_described_is_what_the_element_calls_so)
{
    ck_str(author(HEAD_EN H1_EN
                  "<div itemprop=author itemscope><meta itemprop=name "
                  "content='Jane Roe'><a href='/staff/7'>Our "
                  "staff</a></div>" PROSE_EN),
           "Jane Roe");
    ck_str(author(HEAD_EN H1_EN
                  "<div property='schema:author'><span property="
                  "'schema:name'>Jane Roe</span> at sea</div>" PROSE_EN),
           "Jane Roe");
    ck_str(author(HEAD_EN H1_EN "<p><span property='schema:author'>jane</span> "
                                "12 remarks</p>" PROSE_EN),
           "jane");
    ck_str(author(HEAD_EN H1_EN
                  "<div itemprop=author itemscope><p itemprop=name>Jane Roe</p>"
                  "<p itemprop=name>John Doe</p></div>" PROSE_EN),
           "Jane Roe+John Doe");
    ck_str(author(HEAD_EN H1_EN
                  "<div itemprop=author itemscope itemtype="
                  "'https://schema.org/Organization'><meta itemprop=name "
                  "content='Lindesby Post'></div><p>Jane Roe</p>"
                  "<p>3 May 2022</p>" PROSE_EN),
           "Jane Roe");
}
END_TEST

START_TEST(a_line_about_the_author_gives_the_whole_name)
{
    ck_str(author(HEAD_EN "<meta name=author content=Jane>" H1_EN PROSE_EN
                          "<div class=author-box><h4>Jane</h4><p>Jane van den "
                          "Roe is a reporter, and lives on a boat.</p></div>"),
           "Jane van den Roe");
    ck_str(author(HEAD_EN "<meta name=author content=Jane>" H1_EN PROSE_EN
                          "<div><p>Jane Austen Street is "
                          "where she was born.</p></div>"),
           "Jane");
    /* A box of the template, a comment, and what is no person's name. */
    ck_str(author(HEAD_EN "<meta name=author content=Jane>" H1_EN PROSE_EN
                          "<div hidden>Jane van den Roe is a reporter.</div>"),
           "Jane");
    ck_str(author(HEAD_EN
                  "<meta name=author content=Jane>" H1_EN PROSE_EN
                  "<div class=comments><ol><li class=comment><p>Jane van den "
                  "Roe is a reporter, I hear.</p></li></ol></div>"),
           "Jane");
    ck_str(author(HEAD_EN "<meta property=og:site_name content=Vela><meta "
                          "name=author content=Vela>" H1_EN PROSE_EN
                          "<div class=author-box><h4>Vela</h4><p>Vela Williams "
                          "is a reporter, and lives on a boat.</p></div>"),
           "Vela");
}
END_TEST

START_TEST(several_names_may_follow_a_label_in_elements_of_their_own)
{
    ck_str(author(HEAD_EN H1_EN
                  "<div><div>By</div><div><a href='/s/1'>Jane Roe</a></div>"
                  "<div><a href='/s/2'>John Doe</a></div></div>" PROSE_EN),
           "Jane Roe+John Doe");
}
END_TEST

START_TEST(commenters_photographers_and_biographies_are_no_authors)
{
    ck_str(author(HEAD_EN H1_EN
                  "<figure><img src=x><figcaption class='author'>Photo: Max "
                  "Moe</figcaption></figure>" PROSE_EN
                  "<div class='about'>About the author: Jim Poe likes "
                  "boats.</div><div class='comments'><span "
                  "class='author'>Ann Lee</span></div>"),
           "");
}
END_TEST

START_TEST(a_label_alone_in_its_line_has_its_value_in_the_next)
{
    ck_str(author(HEAD_EN H1_EN
                  "<dl><dt>Autor:</dt><dd>Jan Koch</dd></dl>" PROSE_EN),
           "Jan Koch");
}
END_TEST

START_TEST(a_user_name_is_given_as_the_page_spells_it_out)
{
    ck_str(author(HEAD_EN "<script type='application/ld+json'>{\"@type\":"
                          "\"Article\",\"author\":{\"name\":\"janeroe\"}}"
                          "</script>" H1_EN
                          "<a rel=author href='/j'>Jane Roe</a>" PROSE_EN),
           "Jane Roe");
}
END_TEST

START_TEST(an_account_beside_the_date_is_source_and_author_of_last_resort)
{
    ck_str(author(HEAD_ZH H1_ZH
                  "<div><span>海边漫步</span> <span>2021-05-03 10:20:30</span>"
                  "</div>" PROSE_ZH),
           "海边漫步");
    ck_str(d.source, "海边漫步");
    ck_assert(d.confidence.author < 0.5F);
    ck_str(author(HEAD_ZH H1_ZH
                  "<div><span>潮声网</span> <span>2021-05-03 10:20:30</span>"
                  "</div>" PROSE_ZH),
           "");
}
END_TEST

START_TEST(who_is_declared_with_others_elsewhere_is_not_the_only_author)
{
    ck_str(
        author(HEAD_EN
               "<meta name=author content='Jane Roe, John Doe'>"
               "<script type='application/ld+json'>{\"@type\":\"Article\","
               "\"author\":{\"name\":\"Jane Roe\"}}</script>" H1_EN PROSE_EN),
        "Jane Roe+John Doe");
    ck_str(
        author(HEAD_EN
               "<meta name=author content='Jane Roe'>" H1_EN
               "<div class=byline>By Dr Jane Roe and John Doe</div>" PROSE_EN),
        "Dr Jane Roe+John Doe");
    ck_str(author(HEAD_EN "<meta name=author content='Jane Roe'>" H1_EN
                          "<p>By Jane Roe and John Doe</p>" PROSE_EN),
           "Jane Roe+John Doe");
    /* Two lines may be two bylines. */
    ck_str(author(HEAD_EN "<meta name=author content='Jane Roe'>" H1_EN
                          "<p>By Jane Roe</p><p>By John Doe</p>" PROSE_EN),
           "Jane Roe");
}
END_TEST

START_TEST(the_sites_account_is_no_person)
{
    ck_str(author(HEAD_EN "<meta name=author content='Lindesby Harbour Mole'>"
                          "<meta name='twitter:site' "
                          "content='@lindesbyharbourmole'>" H1_EN
                          "<p>By Jane Roe</p>" PROSE_EN),
           "Jane Roe");
    ck_str(author(HEAD_EN "<meta name=author content='Lindesby Harbour Mole'>"
                          "<meta name=publisher content='Lindesby Harbour "
                          "Mole'>" H1_EN "<p>By Jane Roe</p>" PROSE_EN),
           "Jane Roe");
}
END_TEST

START_TEST(a_link_into_a_folder_of_authors_names_one)
{
    ck_str(author(HEAD_EN H1_EN "<div><a href='/authors/jane-roe'>Jane Roe"
                                "</a> </div>" PROSE_EN),
           "Jane Roe");
    ck_str(author(HEAD_EN H1_EN "<div><a href='/harbours/jane-roe'>Jane Roe"
                                "</a> </div>" PROSE_EN),
           "");
    ck_str(author(HEAD_EN H1_EN
                  "<div><a href='/authors/'>All Writers</a></div>" PROSE_EN),
           "");
}
END_TEST

START_TEST(the_owner_of_a_site_wrote_what_nobody_signs)
{
    static const char *const owned[] = {
        "<meta property=og:site_name content='Jane Roe'>" HEAD_EN H1_EN
            PROSE_EN,
        "<meta property=og:site_name content=\"Jane Roe's Notebook\">" HEAD_EN
            H1_EN PROSE_EN,
        "<meta property=og:site_name content='Boats | Jane Roe'>" HEAD_EN H1_EN
            PROSE_EN,
        HEAD_EN "<div><a href='/'>Boats</a></div><p>by Jane Roe</p>" H1_EN
                "<p>A lead.</p>" PROSE_EN,
        HEAD_EN H1_EN PROSE_EN "<div><p>Copyright (c) 2012- Jane Roe. All "
                               "rights reserved. Design by Boats</p></div>",
        HEAD_EN H1_EN PROSE_EN "<div><p>© 2012–2020 by Jane Roe</p></div>",
        HEAD_EN H1_EN PROSE_EN "<div><p>© Copyright Jane Roe</p></div>",
    };
    static const char *const others[] = {
        "<meta property=og:site_name content='Lindesby Times'>" HEAD_EN H1_EN
            PROSE_EN,
        "<meta property=og:site_name content='Jane Roe Wiki'>" HEAD_EN H1_EN
            PROSE_EN,
        HEAD_EN H1_EN PROSE_EN "<div><p>© 2020 Jane Roe Harbour Works of "
                               "Lindesby</p></div>",
        HEAD_EN H1_EN PROSE_EN "<div><p>Jane Roe, 2020</p></div>",
        HEAD_EN H1_EN "<div><p>© Jane Roe</p></div>" PROSE_EN,
        HEAD_EN H1_EN PROSE_EN "<div><p>Photo © Jane Roe</p></div>",
        HEAD_EN H1_EN PROSE_EN "<div><p>Design © 2020 Jane Roe</p></div>",
        HEAD_EN H1_EN PROSE_EN "<div><p hidden>© Jane Roe</p></div>",
    };

    for (size_t i = 0; i < sizeof owned / sizeof owned[0]; i++)
        ck_str(author(owned[i]), "Jane Roe");
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        ck_str(author(others[i]), "");
    ck_str(
        author("<meta name=author content='Harbour Agency'>"
               "<meta property=og:site_name content='Jane Roe'>" HEAD_EN H1_EN
                   PROSE_EN),
        "Harbour Agency");
}
END_TEST

START_TEST(the_owner_is_also_the_name_that_the_address_spells)
{
    arena_free(a);
    a = arena_new(0);
    d = fields_of(a, HEAD_EN "<div>Jane Roe</div>" H1_EN PROSE_EN,
                  "https://janeroe.boats.example/a/1");
    ck_str(authors_of(a, &d), "Jane Roe");
    ck_str(author(HEAD_EN "<div>Jane Roe</div>" H1_EN PROSE_EN), "");
}
END_TEST

/* More elements than may stand between the head and a link to an author. */
#define EMPTY_10                                                               \
    "<i></i><i></i><i></i><i></i><i></i><i></i><i></i><i></i><i></i><i></i>"
#define FAR                                                                    \
    "<div>" EMPTY_10 EMPTY_10 EMPTY_10 EMPTY_10 EMPTY_10 EMPTY_10 "</div>"

START_TEST(a_link_below_the_text_names_the_author_if_more_says_so)
{
    ck_str(author(HEAD_EN H1_EN PROSE_EN FAR
                  "<div><a href='/author/jane'>Jane Roe</a></div>"),
           "");
    ck_str(
        author(HEAD_EN H1_EN PROSE_EN FAR
               "<div><a href='/author/jane'>All posts by Jane Roe</a></div>"),
        "Jane Roe");
    ck_str(
        author(HEAD_EN H1_EN PROSE_EN FAR
               "<div class=byline><p>Written by</p><p>"
               "<a href='/author/jane'>Jane Roe</a>, who has been sailing on "
               "the boats of this coast for all of forty years, through wind "
               "and rain, and writes of them</p></div>"),
        "Jane Roe");
}
END_TEST

START_TEST(a_style_in_a_class_says_nothing_of_what_is_beside)
{
    ck_str(author(HEAD_EN "<section class='[--sidebar-width:18rem]'>" H1_EN
                          "<a href='/author/jane'>Jane Roe</a></section>"
                          "<section>" PROSE_EN "</section>"),
           "Jane Roe");
    ck_str(author(HEAD_EN "<section class='[--gap:1rem] sidebar'>" H1_EN
                          "<a href='/author/jane'>Jane Roe</a></section>"
                          "<section>" PROSE_EN "</section>"),
           "");
}
END_TEST

START_TEST(elements_in_elements_that_say_author_keep_no_copies_of_a_long_text)
{
    struct buf html;

    buf_init(&html, 1 << 20);
    ck_assert(buf_add_str(&html, STR(HEAD_EN H1_EN)));
    for (int i = 0; i < 100; i++)
        ck_assert(buf_add_str(&html, STR("<div itemprop=author>")));
    for (int i = 0; i < 10000; i++)
        ck_assert(buf_add_str(&html, STR("one word and ")));
    ck_assert(buf_add_char(&html, '\0'));
    author(buf_str(&html).p);
    ck_assert_uint_lt(arena_used(a), 6u << 20);
    buf_done(&html);
}
END_TEST

START_TEST(a_name_said_twice_in_one_element_is_one)
{
    ck_str(author(HEAD_EN H1_EN "<div><span itemprop=author><b>Bergy</b> "
                                "<a href='#'>Bergy</a></span></div>" PROSE_EN),
           "Bergy");
}
END_TEST

START_TEST(a_widget_beside_a_text_in_a_widget_may_name_the_author)
{
    ck_str(author(HEAD_EN H1_EN "<div class='e-widget'><p class=author>Jane Roe"
                                "</p></div><div class='e-widget'>" PROSE_EN
                                "</div>"),
           "Jane Roe");
    ck_str(author(HEAD_EN H1_EN "<div class='e-widget'><p class=author>Jane Roe"
                                "</p></div><div>" PROSE_EN "</div>"),
           "");
}
END_TEST

START_TEST(cells_terms_and_headings_label_what_comes_next)
{
    ck_str(author(HEAD_EN H1_EN
                  "<table><tr><td>Author</td><td>Jane Roe</td></tr><tr><td>"
                  "Date</td><td>2 May 2024</td></tr></table>" PROSE_EN),
           "Jane Roe");
    ck_str(when_of(a, d.published), "2024-05-02T00:00:00Z");
    ck_str(author(HEAD_EN H1_EN "<h4>Author</h4><p>Jane Roe</p>" PROSE_EN),
           "Jane Roe");
    ck_str(author(HEAD_EN H1_EN "<p>Author</p><p>Jane Roe</p>" PROSE_EN),
           "Jane Roe");
    ck_str(author(HEAD_EN H1_EN "<p>Author</p><p>Share this</p>" PROSE_EN), "");
}
END_TEST

#define DAY "<p>3 March 2020</p>"

START_TEST(a_line_beside_the_day_names_without_a_label)
{
    ck_str(author(HEAD_EN DAY "<p>Jane Roe</p>" H1_EN PROSE_EN), "Jane Roe");
    /* Above the title anything may stand. */
    ck_str(author(HEAD_EN DAY "<p>Back Home</p>" H1_EN PROSE_EN), "");
    ck_str(author(HEAD_EN H1_EN "<p>JANE ROE</p>" DAY PROSE_EN), "JANE ROE");
    ck_str(author(HEAD_EN H1_EN "<p>HARBOUR NOTES</p>" DAY PROSE_EN), "");
    ck_str(author(HEAD_EN H1_EN
                  "<p><a href='/'>The Harbour Desk</a> 2 October 2020 "
                  "<i>Anna Marsh</i></p>" PROSE_EN),
           "Anna Marsh");
}
END_TEST

START_TEST(the_address_of_a_link_says_that_a_word_is_a_name)
{
    ck_str(author(HEAD_EN H1_EN
                  "<p><a href='https://harbour.example/author/yucy/'>"
                  "Yucy</a></p>" PROSE_EN),
           "Yucy");
    ck_str(author(HEAD_EN H1_EN
                  "<p><a href='/authors/Jane_Roe2?page=1'>jane roe2</a>"
                  "</p>" PROSE_EN),
           "jane roe2");
    ck_str(author(HEAD_EN H1_EN
                  "<p><a href='/author/yucy'>Latest</a></p>" PROSE_EN),
           "");
    ck_str(author(HEAD_EN H1_EN "<p><a href='/tag/yucy'>Yucy</a></p>" PROSE_EN),
           "");
    ck_str(author(HEAD_EN H1_EN
                  "<p><a href='/staff/our-crew'>Our Crew</a></p>"
                  "<p><a href='/staff/jobs'>Jobs</a></p>" PROSE_EN),
           "");
}
END_TEST

START_TEST(a_name_that_its_link_or_picture_has_as_well_is_the_authors)
{
    ck_str(
        author(
            HEAD_EN H1_EN
            "<div><a href='/experts/jane-roe-2'>Jane Roe</a></div>" PROSE_EN),
        "Jane Roe");
    ck_str(author(HEAD_EN H1_EN
                  "<div><img src='/1.png' alt='Picture of Jane Roe'></div>"
                  "<div>Jane Roe</div>" PROSE_EN),
           "Jane Roe");
    ck_str(author(HEAD_EN H1_EN "<div>Jane Roe</div>" PROSE_EN), "");
    ck_str(
        author(
            HEAD_EN H1_EN
            "<div><a href='/harbour-views'>Harbour Views</a></div>" PROSE_EN),
        "");
    /* A topic. */
    ck_str(author(HEAD_EN H1_EN
                  "<div><a href='/topics/jane-roe'>Jane Roe</a></div>" PROSE_EN
                  "<p>Nobody had asked what Roe would say to all of that.</p>"),
           "");
    ck_str(
        author(HEAD_EN H1_EN PROSE_EN
               "<div><a href='/?author=1' title='View all posts by Jane Roe'>"
               "Jane</a></div>"),
        "Jane Roe");
}
END_TEST

START_TEST(who_is_declared_but_not_shown_loses_against_the_byline)
{
    ck_str(author(HEAD_EN "<meta name=author content='Tom Marsh'>" H1_EN
                          "<p>Автор: Пётр Иванов</p>" PROSE_EN),
           "Tom Marsh");
    ck_str(author(HEAD_EN "<meta name=author content='Tom Marsh'>" H1_EN
                          "<p>By Jane Roe, Columnist</p>" PROSE_EN),
           "Jane Roe");
    ck_str(author(HEAD_EN "<meta name=author content='Tom Marsh'>" H1_EN
                          "<p>By Jane Roe, Columnist</p>" PROSE_EN
                          "<p>Tom Marsh</p>"),
           "Tom Marsh");
}
END_TEST

START_TEST(a_line_of_its_own_at_the_end_signs_the_text)
{
    ck_str(author(HEAD_EN H1_EN PROSE_EN "<p>— Jane Roe</p>"), "Jane Roe");
    ck_str(author(HEAD_EN H1_EN PROSE_EN "<p>Jane Roe, correspondent</p>"),
           "Jane Roe");
    ck_str(author(HEAD_EN H1_EN PROSE_EN "<p>Jane Roe, Lindesby</p>"), "");
}
END_TEST

#define TWICE_ANN_LEA                                                          \
    "<meta name=author content='Ann Lea'>"                                     \
    "<script type='application/ld+json'>{\"@type\":\"Article\","               \
    "\"author\":{\"name\":\"Ann Lea\"}}</script>"

START_TEST(a_declared_name_loses_against_two_that_agree)
{
    ck_str(author(HEAD_EN "<meta name=author content='Ann Lea'>" H1_EN
                          "<p class=byline>By Jane Roe</p>" PROSE_EN),
           "Jane Roe");
    ck_str(author(HEAD_EN "<meta name=author content='Ann Lea'>" H1_EN
                          "<p>By Jane Roe</p>" PROSE_EN),
           "Jane Roe");
    ck_str(author(HEAD_EN
                  "<meta name=author content='Ann Lea'>"
                  "<script type='application/ld+json'>{\"@type\":\"Article\","
                  "\"author\":{\"name\":\"Ann Lea\"}}</script>" H1_EN
                  "<p class=byline>By Jane Roe</p>" PROSE_EN),
           "Ann Lea");
    ck_str(author(HEAD_EN TWICE_ANN_LEA H1_EN
                  "<p class=byline>By Jane Roe</p>" PROSE_EN
                  "<p>Author: Jane Roe</p>"),
           "Jane Roe");
    ck_str(author(HEAD_EN TWICE_ANN_LEA H1_EN
                  "<p class=byline>By Jane Roe</p>" PROSE_EN
                  "<p>Author: Jane Roe</p><p>Told to Ann Lea</p>"),
           "Ann Lea");
    ck_str(author(HEAD_EN "<meta name=author content='Ann Lea'>"
                          "<meta name=author content='Coast Agency'>"
                          "<script type='application/ld+json'>{\"@type\":"
                          "\"Article\",\"author\":{\"name\":\"Tom Marsh\"}}"
                          "</script>" H1_EN "<p>By Ann Lea</p>" PROSE_EN),
           "Ann Lea");
}
END_TEST

START_TEST(what_stands_behind_a_name_is_not_another)
{
    ck_str(author(HEAD_EN H1_EN "<p>By Jane Roe, RADIO LINDESBY</p>" PROSE_EN),
           "Jane Roe");
    ck_str(author(HEAD_EN H1_EN "<p>By JANE ROE, TOM MARSH</p>" PROSE_EN),
           "JANE ROE+TOM MARSH");
    ck_str(author(HEAD_EN H1_EN "<p>By Jane RoeNovember 20, 2023</p>" PROSE_EN),
           "Jane Roe");
    ck_str(author(HEAD_EN H1_EN "<p>DE FR IT EN</p>" PROSE_EN), "");
}
END_TEST

START_TEST(the_last_cell_of_a_table_signs_nothing)
{
    ck_str(author(HEAD_EN H1_EN PROSE_EN
                  "<table><tr><td>Lindesby, which has the longest quay and the "
                  "only crane on the coast, and sells fish</td></tr>"
                  "<tr><td>Harbour Cove</td></tr></table>"),
           "");
}
END_TEST

START_TEST(an_outlet_behind_a_bar_is_no_reason_to_drop_the_byline)
{
    ck_str(author(HEAD_EN H1_EN "<p>By Jane Roe | Coast Lights</p>" PROSE_EN),
           "Jane Roe");
    ck_str(author(HEAD_EN H1_EN "<p>Posted by Jane Roe and Tom Marsh - Safe "
                                "Harbour team</p>" PROSE_EN),
           "Jane Roe+Tom Marsh");
}
END_TEST

START_TEST(an_office_is_the_author_when_nobody_else_is)
{
    ck_str(author(HEAD_EN H1_EN "<p>Von Redaktion, 3. Mai 2021</p>" PROSE_EN),
           "Redaktion");
    ck_str(author(HEAD_EN "<meta name='author' content='Redaktion'>" H1_EN
                          "<p>Von Jane Roe, 3. Mai 2021</p>" PROSE_EN),
           "Jane Roe");
}
END_TEST

START_TEST(an_account_named_after_the_domain_is_the_sites)
{
    ck_str(
        author(HEAD_EN
               "<meta name='author' content='lindesby.example developer'>" H1_EN
               "<p>By Jane Roe</p>" PROSE_EN),
        "Jane Roe");
}
END_TEST

START_TEST(a_name_in_bold_above_the_first_sentence_signs_the_text)
{
    ck_str(author(HEAD_EN H1_EN "<p><strong>Jane Roe</strong></p>" PROSE_EN),
           "Jane Roe");
    ck_str(
        author(HEAD_EN H1_EN "<p><strong>Where we stand</strong></p>" PROSE_EN),
        "");
}
END_TEST

START_TEST(a_witness_that_names_others_as_well_agrees)
{
    ck_str(author(HEAD_EN "<meta name='author' content='Conor Nash'>" H1_EN
                          "<p class='author'>Jane Roe</p>" PROSE_EN
                          "<p>Written by Jane Roe and Tom Marsh</p>"),
           "Jane Roe");
}
END_TEST

/* A style sheet keeps apart what touches in the text. */
START_TEST(elements_side_by_side_are_words_of_their_own)
{
    ck_str(
        author(HEAD_ZH H1_ZH
               "<div><span>2021-05-03 10:20</span><span>出处：潮声原创</span>"
               "<span>作者：苍小石</span><span>责任编辑：沈若水</span></div>"
               "<div>" PROSE_ZH "</div>"),
        "苍小石");
    ck_str(d.source, "潮声原创");
    ck_str(d.editor, "沈若水");
    ck_str(author(HEAD_ZH H1_ZH
                  "<div><span>作者</span><span>pinefog (松雾)</span></div>"
                  "<div>" PROSE_ZH "</div>"),
           "pinefog");
    (void)author(HEAD_ZH H1_ZH "<div><span>原创</span><span>2021-05-03 10:20"
                               "</span><span>夜渡客栈的灯</span></div>"
                               "<div>" PROSE_ZH "</div>");
    ck_str(d.source, "夜渡客栈的灯");
    ck_str(author(HEAD_EN H1_EN "<p>Posted by <a href=/u/7>flerche</a></p>"
                                "<div>" PROSE_EN "</div>"),
           "flerche");
}
END_TEST

START_TEST(figures_in_elements_stay_with_their_words)
{
    (void)author(HEAD_ZH H1_ZH
                 "<div>发布时间：<b>2021年</b><b>5月</b><b>3日</b> "
                 "来源：<i>第</i><i>3</i><i>港口报</i></div>"
                 "<div>" PROSE_ZH "</div>");
    ck_str(d.source, "第3港口报");
    ck_assert(when_known(d.published));
}
END_TEST

START_TEST(an_element_that_says_source_beats_what_stands_beside_the_date)
{
    (void)author(HEAD_ZH H1_ZH
                 "<div><span>海运观察</span><span class=a_source>潮声</span>"
                 "<span>2021-05-03 10:20</span></div>"
                 "<div>" PROSE_ZH "</div>");
    ck_str(d.source, "潮声");
}
END_TEST

/* Whom a class or a button names on a platform is an account. */
START_TEST(an_account_is_the_author_when_nobody_else_is)
{
    ck_str(author(HEAD_ZH H1_ZH "<div><a class=user-name>pine_fog</a></div>"
                                "<p>2021-05-03</p>" PROSE_ZH),
           "pine_fog");
    ck_str(author(HEAD_ZH H1_ZH "<div><a class=follow-nickName>爱晒网的鱼</a> "
                                "于 2021-05-03 10:20 修改</div>" PROSE_ZH),
           "爱晒网的鱼");
    ck_str(author(HEAD_ZH H1_ZH "<div>长堤外的雾</div><button>关注</button>"
                                "<p>2021-05-03</p>" PROSE_ZH),
           "长堤外的雾");
    ck_str(author(HEAD_ZH "<a class=user-name>pine_fog</a>" H1_ZH
                          "<p>2021-05-03 作者：李思远</p>" PROSE_ZH
                          "<a class=user-name>reader_7</a>"),
           "李思远");
}
END_TEST

START_TEST(whoever_reads_or_answers_is_not_the_author)
{
    ck_str(author(HEAD_ZH "<a class=user-name>pine_fog</a>" H1_ZH
                          "<p>2021-05-03</p>" PROSE_ZH
                          "<div><a class=nickname>reader_7</a> 好文</div>"),
           "");
    ck_str(author(HEAD_EN "<a class=user-name>Ann Reader</a>" H1_EN PROSE_EN
                          "<a class=user-name>Tom Answer</a>"),
           "");
    ck_str(
        author(HEAD_EN H1_EN "<a class=follow-author>Folgen Sie</a>" PROSE_EN),
        "");
}
END_TEST

/* On Chinese pages many templates declare whoever has the account. */
START_TEST(a_declared_pen_name_is_believed_when_the_page_shows_it)
{
    ck_str(author(HEAD_ZH "<meta name=author content='小潮'>" H1_ZH PROSE_ZH
                          "<ul><li>小潮 發表在 港邊日記 留言(5)</li></ul>"),
           "小潮");
    ck_str(author(HEAD_ZH "<meta name=author content='小潮'>" H1_ZH PROSE_ZH),
           "");
}
END_TEST

START_TEST(a_pen_name_in_a_dateline_needs_no_surname)
{
    ck_str(author(HEAD_ZH H1_ZH
                  "<p>潮声晚报讯（记者 牧野）会议今天决定重修东侧的"
                  "防波堤。</p>" PROSE_ZH),
           "牧野");
}
END_TEST

START_TEST(beside_the_date_a_word_of_han_is_no_name_without_a_surname)
{
    ck_str(author(HEAD_ZH H1_ZH "<div>2021-05-03 10:20 　海运名家　李思远</div>"
                                "<div>" PROSE_ZH "</div>"),
           "");
}
END_TEST

START_TEST(two_that_agree_beat_a_declared_name_in_any_script)
{
    ck_str(
        author("<html lang=ko><title>방파제 다시 짓는다</title>"
               "<meta property='og:article:author' content='서항일보 | 네누리'>"
               "<h1>방파제 다시 짓는다</h1>"
               "<em class=journalist_name>홍길동 기자</em>"
               "<p>" PROSE_KO "</p>"),
        "홍길동");
}
END_TEST

START_TEST(a_reporter_behind_an_outlet_ends_the_line)
{
    ck_str(author(HEAD_ZH H1_ZH PROSE_ZH "<p>晨潮記者 簡宇</p>"), "簡宇");
    ck_str(author("<html lang=ja>" HEAD_ZH H1_ZH
                  "<p>2021年5月3日 佐藤花子記者</p>" PROSE_ZH),
           "佐藤花子");
    ck_str(author(HEAD_EN H1_EN "<p>Interviewed by Jane Roe</p>" PROSE_EN),
           "Jane Roe");
}
END_TEST

UNIT_TESTS(a_reporter_behind_an_outlet_ends_the_line,
           an_account_is_the_author_when_nobody_else_is,
           whoever_reads_or_answers_is_not_the_author,
           a_declared_pen_name_is_believed_when_the_page_shows_it,
           a_pen_name_in_a_dateline_needs_no_surname,
           beside_the_date_a_word_of_han_is_no_name_without_a_surname,
           two_that_agree_beat_a_declared_name_in_any_script,
           elements_side_by_side_are_words_of_their_own,
           figures_in_elements_stay_with_their_words,
           an_element_that_says_source_beats_what_stands_beside_the_date,
           an_outlet_behind_a_bar_is_no_reason_to_drop_the_byline,
           an_office_is_the_author_when_nobody_else_is,
           an_account_named_after_the_domain_is_the_sites,
           a_name_in_bold_above_the_first_sentence_signs_the_text,
           a_witness_that_names_others_as_well_agrees,
           the_texts_own_byline_beats_the_templates,
           a_templates_byline_that_a_biography_contradicts_is_left_out,
           reporters_in_the_dateline_are_the_authors,
           the_dateline_of_a_wire_is_no_byline,
           what_stands_around_a_name_is_no_part_of_it,
           the_editor_is_a_field_of_its_own,
           a_person_beats_the_site_that_signs_for_itself,
           all_authors_of_json_ld_are_taken_in_order,
           json_ld_names_an_author_in_many_ways,
           a_line_about_the_author_gives_the_whole_name,
           several_names_may_follow_a_label_in_elements_of_their_own,
           the_name_of_who_is_described_is_what_the_element_calls_so,
           json_ld_names_an_author_in_another_script,
           commenters_photographers_and_biographies_are_no_authors,
           a_label_alone_in_its_line_has_its_value_in_the_next,
           a_user_name_is_given_as_the_page_spells_it_out,
           an_account_beside_the_date_is_source_and_author_of_last_resort,
           who_is_declared_with_others_elsewhere_is_not_the_only_author,
           the_sites_account_is_no_person,
           a_link_into_a_folder_of_authors_names_one,
           the_owner_of_a_site_wrote_what_nobody_signs,
           the_owner_is_also_the_name_that_the_address_spells,
           a_link_below_the_text_names_the_author_if_more_says_so,
           a_style_in_a_class_says_nothing_of_what_is_beside,
           elements_in_elements_that_say_author_keep_no_copies_of_a_long_text,
           a_name_said_twice_in_one_element_is_one,
           a_widget_beside_a_text_in_a_widget_may_name_the_author,
           cells_terms_and_headings_label_what_comes_next,
           a_line_beside_the_day_names_without_a_label,
           the_address_of_a_link_says_that_a_word_is_a_name,
           a_name_that_its_link_or_picture_has_as_well_is_the_authors,
           who_is_declared_but_not_shown_loses_against_the_byline,
           a_line_of_its_own_at_the_end_signs_the_text,
           a_declared_name_loses_against_two_that_agree,
           what_stands_behind_a_name_is_not_another,
           the_last_cell_of_a_table_signs_nothing)
