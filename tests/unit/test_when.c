#include "unit/unit.h"

#include <stdio.h>

#include "text/when.h"

static const struct when_hints no_hints;

/* What when_parse makes of TEXT, as RFC 3339, or "none". */
static const char *parsed(const char *text, const struct when_hints *hints)
{
    static char out[WHEN_CHARS];
    struct when w;

    if (!when_parse(str_from_c(text), hints, &w))
        return "none";
    when_rfc3339(w, out);
    return out;
}

static const char *found(const char *text, const struct when_hints *hints)
{
    static char out[WHEN_CHARS];
    struct when w;

    if (!when_find(str_from_c(text), hints, &w, NULL, NULL))
        return "none";
    when_rfc3339(w, out);
    return out;
}

struct row {
    const char *text, *expected;
};

static void check_parsed(const struct row *rows, size_t n,
                         const struct when_hints *hints)
{
    for (size_t i = 0; i < n; i++)
        ck_assert_msg(strcmp(parsed(rows[i].text, hints), rows[i].expected) ==
                          0,
                      "%s: got %s, expected %s", rows[i].text,
                      parsed(rows[i].text, hints), rows[i].expected);
}

static void check_found(const struct row *rows, size_t n,
                        const struct when_hints *hints)
{
    for (size_t i = 0; i < n; i++)
        ck_assert_msg(strcmp(found(rows[i].text, hints), rows[i].expected) == 0,
                      "%s: got %s, expected %s", rows[i].text,
                      found(rows[i].text, hints), rows[i].expected);
}

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

START_TEST(rfc822_dates_are_read_with_all_their_zones)
{
    static const struct row rows[] = {
        {"Tue, 3 Dec 2024 10:00:00 +0800", "2024-12-03T10:00:00+08:00"},
        {"Tue, 03 Dec 2024 10:00:00 GMT", "2024-12-03T10:00:00Z"},
        {"03 Dec 2024 10:00 UT", "2024-12-03T10:00:00Z"},
        {"Tue, 03 Dec 2024 10:00:00 EST", "2024-12-03T10:00:00-05:00"},
        {"Tue, 03 Dec 2024 10:00:00 PDT", "2024-12-03T10:00:00-07:00"},
        {"Tue, 03 Dec 2024 10:00:00 Z", "2024-12-03T10:00:00Z"},
        {"Tue, 03 Dec 2024 10:00:00 A", "2024-12-03T10:00:00-01:00"},
        {"Tue, 03 Dec 2024 10:00:00 N", "2024-12-03T10:00:00+01:00"},
        {"Tue, 03 Dec 2024 10:00:00 Y", "2024-12-03T10:00:00+12:00"},
        {"Tue, 03 Dec 2024 10:00:00 CET", "2024-12-03T10:00:00+01:00"},
        {"Tue, 03 Dec 2024 10:00:00 ET", "2024-12-03T10:00:00-05:00"},
        {"Tue, 02 Jul 2024 10:00:00 ET", "2024-07-02T10:00:00-04:00"},
        {"Tue, 03 Dec 2024 10:00:00 Etc/GMT", "2024-12-03T10:00:00Z"},
        {"Tue, 03 Dec 2024 10:00:00 GMT+0200", "2024-12-03T10:00:00+02:00"},
        {"Tue, 03 Dec 2024 10:00:00 GMT-05:00", "2024-12-03T10:00:00-05:00"},
        {"Tue, 03 Dec 2024 10:00:00 UTC+8", "2024-12-03T10:00:00+08:00"},
        {"Tue, 03 Dec 2024 10:00:00 -0000", "2024-12-03T10:00:00Z"},
        {"Tue, 03 Dec 2024 10:00:00 -05:00", "2024-12-03T10:00:00-05:00"},
        {"Tue, 03 Dec 2024 10:00:00 +0530 (IST)", "2024-12-03T10:00:00+05:30"},
    };

    check_parsed(rows, COUNT(rows), &no_hints);
}
END_TEST

START_TEST(faulty_rfc822_dates_are_read)
{
    static const struct row rows[] = {
        {"Tue,03 Dec 2024 10:00:00 GMT", "2024-12-03T10:00:00Z"},
        {"Tue  3 Dec 2024   9:05:01  GMT", "2024-12-03T09:05:01Z"},
        {"Tue, 3 Dec, 2024 10:00:00 GMT", "2024-12-03T10:00:00Z"},
        {"Tue, 03 December 2024 10:00:00 GMT", "2024-12-03T10:00:00Z"},
        {"Tue, 03 Dec 24 10:00:00 GMT", "2024-12-03T10:00:00Z"},
        {"Tue, 03 Dec 97 10:00:00 GMT", "1997-12-03T10:00:00Z"},
        {"Tue, 03 Dec 2024", "2024-12-03T00:00:00Z"},
        {"Tue, 03 Dec 2024 0:00:01 GMT", "2024-12-03T00:00:01Z"},
        {"Dezember, 03 Dec 2024 10:00:00 GMT", "2024-12-03T10:00:00Z"},
        {"Tue (market day), 3(rd) Dec(ember) 2024 10:00 +0000 (GMT here)",
         "2024-12-03T10:00:00Z"},
        {"Tue Dec 03 2024 10:00:00 GMT+0100 (Central European Time)",
         "2024-12-03T10:00:00+01:00"},
        {"Tuesday, December 3, 2024 04:42 PM", "2024-12-03T16:42:00Z"},
        {"Tue, 3 Dec 2024 8:56 am PST", "2024-12-03T08:56:00-08:00"},
        {"Tue, 3 Dec 2024 12:10 a.m. CEST", "2024-12-03T00:10:00+02:00"},
        {"Fri, 2006/09/15 08:19:53 EDT", "2006-09-15T08:19:53-04:00"},
        {"Sun Jan  4 16:29:06 2004", "2004-01-04T16:29:06Z"},
        {"Sun Jan  4 16:29:06 PST 2004", "2004-01-04T16:29:06-08:00"},
        {"03/Dec/2024:10:00:00 +0200", "2024-12-03T10:00:00+02:00"},
        {"Tue, 03 Dec 2024 10:00:00 Europe/Berlin", "2024-12-03T10:00:00Z"},
        {"Tue, 03 Dec 2024 10:00:00 +1", "2024-12-03T10:00:00+01:00"},
        {"Tue, 03 Dec 2024 10:00:00 -05", "2024-12-03T10:00:00-05:00"},
        {"Tue, 03 Dec 2024 10:00:00 --0500", "2024-12-03T10:00:00-05:00"},
        {"Tue, 03 Dec 2024 10.30.15 GMT", "2024-12-03T10:30:15Z"},
        {"3.12.2024 10.30", "2024-12-03T10:30:00Z"},
        {"Tue, 03 Dec 2024 10:00:00 CEDT", "2024-12-03T10:00:00+02:00"},
    };

    check_parsed(rows, COUNT(rows), &no_hints);
}
END_TEST

START_TEST(iso_dates_are_read_in_every_form)
{
    static const struct row rows[] = {
        {"2024-12-03T10:14:55Z", "2024-12-03T10:14:55Z"},
        {"2024-12-03t10:14:55z", "2024-12-03T10:14:55Z"},
        {"2024-12-03T10:14:55.123456+08:00", "2024-12-03T10:14:55+08:00"},
        {"2024-12-03T10:14:55,5+0800", "2024-12-03T10:14:55+08:00"},
        {"2024-12-03T10:14:55+08", "2024-12-03T10:14:55+08:00"},
        {"2024-12-03T10:14-05:00", "2024-12-03T10:14:00-05:00"},
        {"2024-12-03 T 10:14:55 -05:00", "2024-12-03T10:14:55-05:00"},
        {"2024-12-03T10:14:55+00:0", "2024-12-03T10:14:55Z"},
        {"2024-12-03T10:14:9Z", "2024-12-03T10:14:09Z"},
        {"2024-12-03 10:14:55", "2024-12-03T10:14:55Z"},
        {"2024-12-03 10:14:55 +0300", "2024-12-03T10:14:55+03:00"},
        {"2024-12-03T101455+01:00", "2024-12-03T10:14:55+01:00"},
        {"20241203T10:14:55Z", "2024-12-03T10:14:55Z"},
        {"20241203T101455Z", "2024-12-03T10:14:55Z"},
        {"20241203101455", "2024-12-03T10:14:55Z"},
        {"20241203", "2024-12-03T00:00:00Z"},
        {"2024-12-03", "2024-12-03T00:00:00Z"},
        {"2024-012-03T10:14:55Z", "2024-12-03T10:14:55Z"},
        {"2024-12", "2024-12-01T00:00:00Z"},
        {"2024", "2024-01-01T00:00:00Z"},
        {"24-12-03", "2024-12-03T00:00:00Z"},
        {"241203", "2024-12-03T00:00:00Z"},
        {"2003-335", "2003-12-01T00:00:00Z"},
        {"2003335", "2003-12-01T00:00:00Z"},
        {"03335", "2003-12-01T00:00:00Z"},
        {"-0312", "2003-12-01T00:00:00Z"},
        {"-99-12", "1999-12-01T00:00:00Z"},
        {"2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"},
        {"2024-12-03T24:00:00Z", "2024-12-04T00:00:00Z"},
        {"1731544200", "2024-11-14T00:30:00Z"},
        {"1731544200000", "2024-11-14T00:30:00Z"},
    };

    check_parsed(rows, COUNT(rows), &no_hints);
}
END_TEST

START_TEST(months_are_known_in_many_languages)
{
    static const struct row rows[] = {
        {"mer, 16 nov 2022 00:38:15 +0100", "2022-11-16T00:38:15+01:00"},
        {"2004-július-13T9:15-05:00", "2004-07-13T09:15:00-05:00"},
        {"Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T12:00:00-05:00"},
        {"Πέμ, 14 Νοεμβρίου 2024 08:30:00 EET", "2024-11-14T08:30:00+02:00"},
        {"14. März 2024, 10:30 Uhr", "2024-03-14T10:30:00Z"},
        {"14. maerz 2024", "2024-03-14T00:00:00Z"},
        {"1er août 2024 à 14h30", "2024-08-01T14:30:00Z"},
        {"14 de noviembre de 2024", "2024-11-14T00:00:00Z"},
        {"14 ноября 2024 г., 10:30 МСК", "2024-11-14T10:30:00+03:00"},
        {"14 листопада 2024", "2024-11-14T00:00:00Z"},
        {"14 Kasım 2024", "2024-11-14T00:00:00Z"},
        {"2024. november 14. 8:30", "2024-11-14T08:30:00Z"},
        {"2024 m. lapkričio 14 d. 08:30", "2024-11-14T08:30:00Z"},
        {"2024. gada 14. novembris", "2024-11-14T00:00:00Z"},
        {"14. marraskuuta 2024", "2024-11-14T00:00:00Z"},
        {"14 października 2024", "2024-10-14T00:00:00Z"},
        {"14 พฤศจิกายน 2567", "2024-11-14T00:00:00Z"},
        {"14 נובמבר 2024", "2024-11-14T00:00:00Z"},
        {"14 בנובמבר 2024", "2024-11-14T00:00:00Z"},
        {"١٤ نوفمبر ٢٠٢٤", "2024-11-14T00:00:00Z"},
        {"14 नवंबर 2024", "2024-11-14T00:00:00Z"},
    };

    check_parsed(rows, COUNT(rows), &no_hints);
}
END_TEST

START_TEST(a_name_that_means_two_months_follows_the_language)
{
    struct when_hints croatian = {.lang = STR("hr-HR")};

    ck_assert_str_eq(parsed("14. listopada 2024.", &croatian),
                     "2024-10-14T00:00:00Z");
    ck_assert_str_eq(parsed("14. listopadu 2024", &no_hints),
                     "2024-11-14T00:00:00Z");
}
END_TEST

START_TEST(east_asian_dates_are_read)
{
    struct when_hints china = {.has_zone_minutes = true, .zone_minutes = 480};
    static const struct row rows[] = {
        {"2024年11月14日 08:30", "2024-11-14T08:30:00+08:00"},
        {"2024年11月14日08:30:15", "2024-11-14T08:30:15+08:00"},
        {"2024年11月14日 星期四 下午3点05分", "2024-11-14T15:05:00+08:00"},
        {"2024年11月14日（周四）8时30分", "2024-11-14T08:30:00+08:00"},
        {"2024年11月14日 3点半", "2024-11-14T03:30:00+08:00"},
        {"二〇二四年十一月十四日", "2024-11-14T00:00:00+08:00"},
        {"二零二四年元月廿三日", "2024-01-23T00:00:00+08:00"},
        {"２０２４年１１月１４日　０８：３０", "2024-11-14T08:30:00+08:00"},
        {"令和6年11月14日（木） 8時30分", "2024-11-14T08:30:00+08:00"},
        {"令和元年11月14日", "2019-11-14T00:00:00+08:00"},
        {"民國113年11月14日", "2024-11-14T00:00:00+08:00"},
        {"2024-11-14 10:20:30", "2024-11-14T10:20:30+08:00"},
    };
    static const struct row korean[] = {
        {"2004년 05월 28일  01:31:15", "2004-05-28T01:31:15+09:00"},
        {"2004-05-28 오후 11:23:17", "2004-05-28T23:23:17+09:00"},
        {"2024. 11. 14. 오전 8:30", "2024-11-14T08:30:00+09:00"},
    };

    check_parsed(rows, COUNT(rows), &china);
    check_parsed(korean, COUNT(korean), &no_hints);
}
END_TEST

START_TEST(months_that_share_a_name_are_told_apart_by_the_word_behind)
{
    static const struct row rows[] = {
        {"٩ تشرين الثاني ٢٠٢١", "2021-11-09T00:00:00Z"},
        {"9 تشرين الأول 2021", "2021-10-09T00:00:00Z"},
        {"31 كانون الأول 2021", "2021-12-31T00:00:00Z"},
        {"1 كانون الثاني 2022", "2022-01-01T00:00:00Z"},
        {"9 تشرين 2021", "none"},
    };

    check_parsed(rows, sizeof rows / sizeof rows[0], &no_hints);
}
END_TEST

START_TEST(years_of_the_buddhist_era_and_days_of_the_persian_calendar_are_read)
{
    struct when_hints thai = {.lang = STR("th")};
    struct when_hints persian = {.lang = STR("fa")};
    static const struct row in_thai[] = {
        {"14 พฤศจิกายน พ.ศ. 2567", "2024-11-14T00:00:00Z"},
        {"14 พ.ย. 2567 10:20 น.", "2024-11-14T10:20:00Z"},
        {"3 มี.ค. 67", "2024-03-03T00:00:00Z"},
        {"14/11/2567", "2024-11-14T00:00:00Z"},
        {"14/11/2024", "2024-11-14T00:00:00Z"},
    };
    static const struct row in_persian[] = {
        {"۱ فروردین ۱۴۰۳", "2024-03-20T00:00:00Z"},
        {"۱ فروردین ۱۴۰۴", "2025-03-21T00:00:00Z"},
        {"۱ فروردین ۱۳۵۸", "1979-03-21T00:00:00Z"},
        {"شنبه ۲۴ آبان ۱۴۰۳ ساعت ۱۰:۲۰", "2024-11-14T10:20:00Z"},
        {"۱۴۰۳/۰۸/۲۴ ۱۰:۲۰", "2024-11-14T10:20:00Z"},
        {"۳۰ اسفند ۱۴۰۳", "2025-03-20T00:00:00Z"},
        {"۳۰ اسفند ۱۴۰۲", "none"}, /* no leap year */
        {"۳۱ آبان ۱۴۰۳", "none"},
    };
    static const struct row in_english[] = {
        {"posted 1403/08/24 here", "none"},
        {"12 جمادى الأولى 1446", "none"}, /* depends on who saw the moon */
    };

    check_found(in_thai, COUNT(in_thai), &thai);
    check_found(in_persian, COUNT(in_persian), &persian);
    check_found(in_english, COUNT(in_english), &no_hints);
}
END_TEST

START_TEST(short_years_are_read_where_a_date_is_promised)
{
    struct when_hints promised = {.lang = STR("en-gb"), .short_years = true};
    static const struct row rows[] = {
        {"Jane Roe, 8.5.12", "2012-05-08T00:00:00Z"},
        {"Jane Roe, 26/10/13, 03:48 pm", "2013-10-26T15:48:00Z"},
    };

    check_found(rows, COUNT(rows), &promised);
    ck_assert_str_eq(found(rows[0].text, &no_hints), "none");
}
END_TEST

START_TEST(impossible_dates_are_refused_and_not_clamped)
{
    static const char *const texts[] = {
        "31 Feb 2024 10:00:00 GMT",
        "2024-02-30",
        "2023-02-29T10:00:00Z",
        "2024-13-01",
        "2024-00-10",
        "2024-01-00",
        "0000-01-01",
        "2024-01-01T25:00:00Z",
        "2024-01-01T10:60:00Z",
        "2024-01-01T24:00:01Z",
        "2024年2月30日",
        "Tue, 32 Dec 2024 10:00:00 GMT",
        "2023-366",
        "-0001-11-30T00:00:00+00:00",
        "Wed, 30 Nov -0001 00:00:00 +0000",
        "-2024-11-30",
        "-0313",
        "insert updated date here",
        "",
        "yesterday",
        "10-08 12:00",
        "11月14日 08:30",
    };

    for (size_t i = 0; i < COUNT(texts); i++)
        ck_assert_msg(strcmp(parsed(texts[i], &no_hints), "none") == 0,
                      "%s: got %s", texts[i], parsed(texts[i], &no_hints));
}
END_TEST

START_TEST(a_date_without_zone_takes_the_hint_and_says_so)
{
    struct when_hints hints = {.has_zone_minutes = true, .zone_minutes = 480};
    struct when w;

    ck_assert(when_find(STR("2024年11月14日 08:30"), &hints, &w, NULL, NULL));
    ck_assert_int_eq(w.unix_seconds, 1731544200);
    ck_assert(w.zone_assumed);
    ck_assert_int_eq(w.precision, WHEN_MINUTE);
    ck_assert(when_find(STR("2024-11-14T08:30:00Z"), &hints, &w, NULL, NULL));
    ck_assert_int_eq(w.zone_minutes, 0);
    ck_assert(!w.zone_assumed);
    ck_assert(when_find(STR("2020.10.04"), &hints, &w, NULL, NULL));
    ck_assert_int_eq(w.precision, WHEN_DAY);
}
END_TEST

START_TEST(cst_is_chinese_on_chinese_pages)
{
    struct when_hints chinese = {.lang = STR("zh-CN")};

    ck_assert_str_eq(parsed("Thu Nov 14 08:30:00 CST 2024", &chinese),
                     "2024-11-14T08:30:00+08:00");
    ck_assert_str_eq(parsed("Thu Nov 14 08:30:00 CST 2024", &no_hints),
                     "2024-11-14T08:30:00-06:00");
}
END_TEST

START_TEST(the_order_of_day_and_month_is_known_or_noted)
{
    struct when_hints american = {.lang = STR("en-US")};
    struct when_hints german = {.lang = STR("de")};
    struct when w;

    ck_assert_str_eq(parsed("03/04/2024", &american), "2024-03-04T00:00:00Z");
    ck_assert_str_eq(parsed("03/04/2024", &german), "2024-04-03T00:00:00Z");
    ck_assert_str_eq(parsed("25/04/2024", &american), "2024-04-25T00:00:00Z");
    ck_assert_str_eq(parsed("04/25/2024", &german), "2024-04-25T00:00:00Z");
    ck_assert_str_eq(parsed("03.04.2024", &american), "2024-04-03T00:00:00Z");
    ck_assert_str_eq(parsed("3/4/2024 8:15:00 PM", &no_hints),
                     "2024-03-04T20:15:00Z");
    ck_assert_str_eq(parsed("3/4/2024 8:15:00 PM", &german),
                     "2024-04-03T20:15:00Z");
    ck_assert(when_parse(STR("3/4/2024 8:15 PM"), &no_hints, &w));
    ck_assert(w.order_assumed);
    ck_assert(when_parse(STR("03/04/2024"), &no_hints, &w));
    ck_assert(w.order_assumed);
    ck_assert(when_parse(STR("03.04.2024"), &no_hints, &w));
    ck_assert(!w.order_assumed);
    ck_assert(when_parse(STR("03.04.2024"), &american, &w));
    ck_assert(w.order_assumed);
}
END_TEST

START_TEST(dates_are_found_in_running_text)
{
    struct when_hints china = {.has_zone_minutes = true, .zone_minutes = 480};
    static const struct row rows[] = {
        {"发表于2014-08-24 21:30| 1164次阅读", "2014-08-24T21:30:00+08:00"},
        {"2019年06月15日08:18  来源：某报", "2019-06-15T08:18:00+08:00"},
        {"发布时间：2019-06-1508:18", "2019-06-15T08:18:00+08:00"},
        {"第3期 2019/09/08", "2019-09-08T00:00:00+08:00"},
        {"2019-09-26 10:56:28 某网", "2019-09-26T10:56:28+08:00"},
        {"时间：二〇二四年十二月三日", "2024-12-03T00:00:00+08:00"},
        {"北京时间2024年11月14日 08:30", "2024-11-14T08:30:00+08:00"},
        {"Published November 14, 2024 at 10:30 AM EST by",
         "2024-11-14T10:30:00-05:00"},
        {"Updated 10:30 AM EST, Thu November 14, 2024",
         "2024-11-14T10:30:00-05:00"},
        {"By a writer, 14 Nov. 2024 10:30", "2024-11-14T10:30:00+08:00"},
        {"Stand: 14.11.2024, 10:30 Uhr", "2024-11-14T10:30:00+08:00"},
        {"am 14. November 2024 um 10.30 Uhr", "2024-11-14T10:30:00+08:00"},
        {"Publié le 14 novembre 2024 à 10h30", "2024-11-14T10:30:00+08:00"},
        {"14 de noviembre de 2024, 10:30 h", "2024-11-14T10:30:00+08:00"},
        {"опубликовано 14 ноября 2024, 10:30", "2024-11-14T10:30:00+08:00"},
        {"2024-02-30 and then 2024-03-01", "2024-03-01T00:00:00+08:00"},
        {"14 November 2024 est un jeudi", "2024-11-14T00:00:00+08:00"},
        {"Nov 14 Thu 2024 10:30", "2024-11-14T10:30:00+08:00"},
        {"2024 11/14 10:30:15", "2024-11-14T10:30:15+08:00"},
    };

    check_found(rows, COUNT(rows), &china);
}
END_TEST

START_TEST(what_only_looks_like_a_date_is_not_found)
{
    static const char *const texts[] = {
        "10-08 12:00",
        "电话 2024-1114-2233",
        "v2024.10.04a",
        "/2019/09/08/story",
        "192.168.10.2024",
        "20241114",
        "3:2 against 2024",
        "2024",
        "1.2.3",
        "3小时前",
        "昨天",
        "in May 2024",
        "2024 11/14",
        "2024 11/14 of them",
        "ISBN 978-7-2024-11-14",
        "1024-11-14",
        "120241114",
    };

    for (size_t i = 0; i < COUNT(texts); i++)
        ck_assert_msg(strcmp(found(texts[i], &no_hints), "none") == 0,
                      "%s: got %s", texts[i], found(texts[i], &no_hints));
}
END_TEST

START_TEST(relative_dates_need_the_time_of_fetching)
{
    /* 2024-11-14 10:00:30 in China. */
    struct when_hints china = {
        .now = 1731549630, .has_zone_minutes = true, .zone_minutes = 480};
    static const struct row rows[] = {
        {"3小时前", "2024-11-14T07:00:00+08:00"},
        {"发布于 25分钟前", "2024-11-14T09:35:00+08:00"},
        {"刚刚", "2024-11-14T10:00:00+08:00"},
        {"2天前", "2024-11-12T00:00:00+08:00"},
        {"昨天 08:30", "2024-11-13T08:30:00+08:00"},
        {"昨天", "2024-11-13T00:00:00+08:00"},
        {"前天 22:15", "2024-11-12T22:15:00+08:00"},
        {"今天上午8点", "2024-11-14T08:00:00+08:00"},
        {"三小时前", "2024-11-14T07:00:00+08:00"},
        {"3 hours ago", "2024-11-14T07:00:00+08:00"},
        {"an hour ago", "2024-11-14T09:00:00+08:00"},
        {"Yesterday at 8:30 PM", "2024-11-13T20:30:00+08:00"},
        {"vor 2 Stunden", "2024-11-14T08:00:00+08:00"},
        {"il y a une heure", "2024-11-14T09:00:00+08:00"},
        {"hace 3 días", "2024-11-11T00:00:00+08:00"},
        {"2時間前", "2024-11-14T08:00:00+08:00"},
        {"3시간 전", "2024-11-14T07:00:00+08:00"},
        {"5 часов назад", "2024-11-14T05:00:00+08:00"},
        {"今天我们谈谈", "none"},
        {"see you today or later", "none"},
    };

    check_found(rows, COUNT(rows), &china);
}
END_TEST

START_TEST(the_bytes_of_a_found_date_are_told)
{
    struct str text = STR("来源 2024-11-14 08:30 编辑");
    struct when w;
    size_t at, n;

    ck_assert(when_find(text, &no_hints, &w, &at, &n));
    ck_str(str_slice(text, at, at + n), "2024-11-14 08:30");
}
END_TEST

START_TEST(moments_are_written_in_their_zone)
{
    struct when w = {.unix_seconds = 1731544200,
                     .zone_minutes = -330,
                     .precision = WHEN_SECOND};
    char out[WHEN_CHARS + 8];

    when_rfc3339(w, out);
    ck_assert_str_eq(out, "2024-11-13T19:00:00-05:30");
    when_rfc822(w, out);
    ck_assert_str_eq(out, "Wed, 13 Nov 2024 19:00:00 -0530");
    w.zone_minutes = ZONE_UNKNOWN;
    when_rfc3339(w, out);
    ck_assert_str_eq(out, "2024-11-14T00:30:00Z");
}
END_TEST

START_TEST(civil_time_survives_the_way_there_and_back)
{
    for (int64_t t = -62135596800; t < 253402300800; t += 86400 * 367 + 12345) {
        int year, month, day, hour, minute, second;

        civil_from_seconds(t, &year, &month, &day, &hour, &minute, &second);
        ck_assert(civil_is_valid(year, month, day));
        ck_assert_int_eq(civil_seconds(year, month, day, hour, minute, second),
                         t);
    }
}
END_TEST

START_TEST(prefixes_and_flipped_bytes_of_dates_do_no_harm)
{
    static const char *const texts[] = {
        "Tue (x), 03 Dec 2024 10:00:00 GMT+01:00 (a)",
        "二〇二四年十一月十四日 星期四 下午3点05分15秒",
        "14 พฤศจิกายน 2567 il y a 3 heures p.m. π.μ.",
        "1111111111111111111111111111111111111111111",
    };
    struct when_hints hints = {.now = 1731549630, .lang = STR("en")};
    struct when w;
    char bytes[200];

    for (size_t i = 0; i < COUNT(texts); i++) {
        size_t n = strlen(texts[i]);

        for (size_t k = 0; k <= n; k++) {
            (void)!when_find(str_of(texts[i], k), &hints, &w, NULL, NULL);
            (void)!when_parse(str_of(texts[i], k), &hints, &w);
            memcpy(bytes, texts[i], n);
            bytes[k % n] ^= 0x15;
            (void)!when_find(str_of(bytes, n), &hints, &w, NULL, NULL);
            (void)!when_parse(str_of(bytes, n), &hints, &w);
        }
    }
}
END_TEST

START_TEST(a_page_of_numbers_is_searched_in_linear_time)
{
    enum { N = 1 << 17 };
    char *text = malloc(N);
    struct when w;
    static const char *const parts[] = {"1 ", "1-", "2024-", "12.",   "May 3 ",
                                        "9",  "二", "今天",  "10:30 "};

    for (size_t k = 0; k < COUNT(parts); k++) {
        size_t n = strlen(parts[k]);

        for (size_t i = 0; i + n <= N; i += n)
            memcpy(text + i, parts[k], n);
        (void)!when_find(str_of(text, N - N % n), &no_hints, &w, NULL, NULL);
    }
    free(text);
}
END_TEST

START_TEST(a_date_at_the_beginning_is_told_from_one_behind_it)
{
    struct when_hints hints = {.now = 0};
    struct when w;
    size_t n;

    ck_assert(when_begins(STR("2024-11-14 is a Thursday"), &hints, &w, &n));
    ck_assert_uint_eq(n, 10);
    ck_assert(!when_begins(STR(" 2024-11-14"), &hints, &w, &n));
    ck_assert(!when_begins(STR("On 2024-11-14"), &hints, &w, &n));
    ck_assert(!when_begins(STR(""), &hints, &w, &n));
}
END_TEST

static void check_alike(const char *plain, const char *long_way,
                        const struct when_hints *hints)
{
    char expected[WHEN_CHARS];

    snprintf(expected, sizeof expected, "%s", parsed(long_way, hints));
    ck_assert_msg(strcmp(parsed(plain, hints), expected) == 0,
                  "%s: got %s, expected %s", plain, parsed(plain, hints),
                  expected);
}

/* A blank more has the grammar read them. */
START_TEST(the_usual_forms_are_read_as_the_grammar_reads_them)
{
    static const char *const zones[] = {"Z", "+05:30", "-11:59", "+24:00"};
    static const char *const langs[] = {"", "en", "th", "fa", "zh"};
    static const int years[] = {1,    1403, 1899, 1900, 1970, 2000,
                                2024, 2100, 2101, 2567, 9999};

    for (int k = 0; k < 12000; k++) {
        struct when_hints hints = {.lang = str_from_c(langs[k / 7 % 5])};
        int y = years[k % 11], m = k * 7 % 14, d = k * 5 % 33;
        int h = k * 11 % 26, min = k * 13 % 62, s = k * 17 % 62;
        char texts[2][64];

        for (int i = 0; i < 2; i++)
            snprintf(texts[i], 64, "%04d-%02d-%02dT%s%02d:%02d:%02d%s", y, m, d,
                     i == 0 ? "" : " ", h, min, s, zones[k % 4]);
        check_alike(texts[0], texts[1], &hints);
    }
}
END_TEST

START_TEST(the_usual_form_of_mail_is_read_as_the_grammar_reads_it)
{
    static const char days[] = "MonTueWedThuFriSatSunXxx";
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDecBad";
    static const char *const zones[] = {"GMT", "+0000", "-0730", "+0860",
                                        "+2400"};

    for (int k = 0; k < 12000; k++) {
        char texts[2][64];

        for (int i = 0; i < 2; i++)
            snprintf(texts[i], 64, "%.3s, %s%02d %.3s %04d %02d:%02d:07 %s",
                     days + 3 * (k % 8), i == 0 ? "" : " ", k * 5 % 33,
                     months + 3 * (k % 13), 1895 + k % 211, k * 11 % 26,
                     k * 7 % 62, zones[k % 5]);
        check_alike(texts[0], texts[1], &no_hints);
    }
}
END_TEST

UNIT_TESTS(
    the_usual_forms_are_read_as_the_grammar_reads_them,
    the_usual_form_of_mail_is_read_as_the_grammar_reads_it,
    months_that_share_a_name_are_told_apart_by_the_word_behind,
    years_of_the_buddhist_era_and_days_of_the_persian_calendar_are_read,
    short_years_are_read_where_a_date_is_promised,
    a_date_at_the_beginning_is_told_from_one_behind_it,

    rfc822_dates_are_read_with_all_their_zones, faulty_rfc822_dates_are_read,
    iso_dates_are_read_in_every_form, months_are_known_in_many_languages,
    a_name_that_means_two_months_follows_the_language,
    east_asian_dates_are_read, impossible_dates_are_refused_and_not_clamped,
    a_date_without_zone_takes_the_hint_and_says_so,
    cst_is_chinese_on_chinese_pages,
    the_order_of_day_and_month_is_known_or_noted,
    dates_are_found_in_running_text, what_only_looks_like_a_date_is_not_found,
    relative_dates_need_the_time_of_fetching,
    the_bytes_of_a_found_date_are_told, moments_are_written_in_their_zone,
    civil_time_survives_the_way_there_and_back,
    prefixes_and_flipped_bytes_of_dates_do_no_harm,
    a_page_of_numbers_is_searched_in_linear_time)
