/* Bylines and dates in every language we promise: the rows of languages.def. */
#include "unit/fields_test.h"

#define NOON_3_MAY 1714737600 /* 2024-05-03T12:00:00Z */

static const struct {
    const char *lang, *title, *paragraph;
} proses[] = {
#define PROSE(lang, title, paragraph) {lang, title, paragraph},
#define BYLINE(lang, line, authors, day)
#include "unit/languages.def"
#undef PROSE
#undef BYLINE
};

static const struct {
    const char *lang, *line, *authors, *day;
} bylines[] = {
#define PROSE(lang, title, paragraph)
#define BYLINE(lang, line, authors, day) {lang, line, authors, day},
#include "unit/languages.def"
#undef PROSE
#undef BYLINE
};

/* The draft of a page in LANG with LINE below its title. */
static struct draft read_page(struct arena *a, const char *lang,
                              const char *url, const char *line)
{
    struct page_hints hints = {.url = str_from_c(url),
                               .when = {.now = NOON_3_MAY}};
    struct document doc = {.kind = DOC_HTML, .charset = STR("utf-8")};
    struct page page = {0};
    struct error err = {0};
    size_t i = 0;

    while (strncmp(lang, proses[i].lang, 2) != 0)
        i++;
    doc.text = arena_printf(
        a,
        "<html lang='%s'><title>%s</title><h1>%s</h1><p>%s</p>"
        "<p>%s</p><p>%s</p><p>%s</p>",
        lang, proses[i].title, proses[i].title, line, proses[i].paragraph,
        proses[i].paragraph, proses[i].paragraph);
    ck_assert(page_extract(a, &doc, &hints, &page, &err));
    ck_assert_uint_ge(page.n_drafts, 1);
    return page.drafts[0];
}

START_TEST(bylines_are_read_in_every_language)
{
    for (size_t i = 0; i < sizeof bylines / sizeof bylines[0]; i++) {
        struct arena *a = arena_new(0);
        struct draft d =
            read_page(a, bylines[i].lang, "https://lindesby.example/a/1",
                      bylines[i].line);
        struct str authors = authors_of(a, &d);
        struct str date = when_of(a, d.published);

        if (!str_eq(authors, str_from_c(bylines[i].authors)) ||
            !str_starts(date, str_from_c(bylines[i].day)))
            ck_abort_msg("%s: %s: authors \"%.*s\", date \"%.*s\"",
                         bylines[i].lang, bylines[i].line, STR_ARG(authors),
                         STR_ARG(date));
        arena_free(a);
    }
}
END_TEST

static struct arena *one;

static struct str date(const char *lang, const char *url, const char *line)
{
    struct draft d;

    arena_free(one);
    one = arena_new(0);
    d = read_page(one, lang, url, line);
    return when_of(one, d.published);
}

START_TEST(a_date_without_a_zone_has_that_of_the_pages_readers)
{
    ck_str(
        date("de", "https://a.example/1", "Veröffentlicht: 02.05.2024 10:30"),
        "2024-05-02T10:30:00+02:00");
    ck_str(
        date("de", "https://a.example/1", "Veröffentlicht: 02.01.2024 10:30"),
        "2024-01-02T10:30:00+01:00");
    ck_str(date("ja", "https://a.example/1", "公開日：2024年5月2日 10時30分"),
           "2024-05-02T10:30:00+09:00");
    ck_str(date("tr", "https://a.example/1", "Giriş Tarihi: 02.05.2024 10:30"),
           "2024-05-02T10:30:00+03:00");
}
END_TEST

START_TEST(the_region_of_the_tag_and_the_country_of_the_host_say_where)
{
    ck_str(
        date("pt-BR", "https://a.example/1", "Publicado em 02/05/2024 10h30"),
        "2024-05-02T10:30:00-03:00");
    ck_str(date("es", "https://a.example.mx/1", "Publicado: 02/05/2024 10:30"),
           "2024-05-02T10:30:00-06:00");
    ck_str(date("fr", "https://a.example.ca/1", "Publié le 2 mai 2024 à 10h30"),
           "2024-05-02T10:30:00-04:00");
    ck_str(date("es", "https://a.example/1", "Publicado: 02/05/2024 10:30"),
           "2024-05-02T10:30:00Z");
}
END_TEST

START_TEST(a_moment_in_utc_is_told_in_the_time_of_the_readers)
{
    ck_str(date("it", "https://a.example/1",
                "<meta property='article:published_time' "
                "content='2020-12-05T23:15:00Z'>"),
           "2020-12-06T00:15:00+01:00");
}
END_TEST

START_TEST(the_letter_that_means_and_is_also_the_first_of_names)
{
    struct arena *a = arena_new(0);
    struct draft d =
        read_page(a, "ar", "https://a.example/1", "بقلم: سامي منصور وليد حداد");

    ck_str(authors_of(a, &d), "سامي منصور وليد حداد");
    d = read_page(a, "pt", "https://a.example/1",
                  "Por João de Almeida e Sousa");
    ck_str(authors_of(a, &d), "João de Almeida e Sousa");
    arena_free(a);
}
END_TEST

UNIT_TESTS(bylines_are_read_in_every_language,
           a_date_without_a_zone_has_that_of_the_pages_readers,
           the_region_of_the_tag_and_the_country_of_the_host_say_where,
           a_moment_in_utc_is_told_in_the_time_of_the_readers,
           the_letter_that_means_and_is_also_the_first_of_names)
