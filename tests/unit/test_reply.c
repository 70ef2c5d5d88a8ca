#include "unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "fetch/reply.h"

/* The head of an answer, lines ended by \n here. */
static void read_head(struct reply *r, const char *head)
{
    struct str rest = str_from_c(head), line;

    reply_init(r);
    while (str_split(&rest, '\n', &line))
        ck_assert(reply_line(r, line));
}

static int64_t max_age(const char *fields)
{
    struct reply r;
    int64_t age;
    char head[512];

    snprintf(head, sizeof head, "HTTP/1.1 200 OK\n%s\n\n", fields);
    read_head(&r, head);
    age = reply_max_age(&r, 784904400); /* 15 Nov 1994 13:00 */
    reply_done(&r);
    return age;
}

static int64_t retry_after(const char *fields)
{
    struct reply r;
    int64_t wait;
    char head[512];

    snprintf(head, sizeof head, "HTTP/1.1 503 No\n%s\n\n", fields);
    read_head(&r, head);
    wait = reply_retry_after(&r, 784904400); /* 15 Nov 1994 13:00 */
    reply_done(&r);
    return wait;
}

START_TEST(the_last_head_counts)
{
    struct reply r;

    read_head(&r, "HTTP/1.1 100 Continue\nETag: \"old\"\n\n"
                  "HTTP/2 200 \netag:  W/\"new\" \nEtag: \"second\"\n"
                  "content-type: text/html\n\n");
    ck_assert_int_eq(r.status, 200);
    ck_assert(r.whole);
    ck_str(reply_get(&r, REPLY_ETAG), "W/\"new\"");
    ck_str(reply_get(&r, REPLY_TYPE), "text/html");
    ck_str(reply_get(&r, REPLY_LOCATION), "");
    reply_done(&r);
}
END_TEST

START_TEST(values_that_nobody_can_send_back_are_absent)
{
    struct reply r;

    read_head(&r, "HTTP/1.1 200 OK\nETag: \"a\x01\"\n"
                  "Last-Modified: a\rb\nContent-Type: text/\xd6\xd0\n"
                  "no field at all\n");
    ck_assert(!r.whole);
    ck_str(reply_get(&r, REPLY_ETAG), "");
    ck_str(reply_get(&r, REPLY_LAST_MODIFIED), "");
    ck_str(reply_get(&r, REPLY_TYPE), "");
    reply_done(&r);
}
END_TEST

START_TEST(what_goes_back_to_the_server_may_be_of_any_bytes)
{
    struct reply r;

    read_head(&r, "HTTP/1.1 200 OK\nETag: W/\"caf\xe9\"\n"
                  "Last-Modified: 6. M\xe4rz\t2024\nLocation: /\xd6\xd0\n");
    ck_str(reply_get(&r, REPLY_ETAG), "W/\"caf\xe9\"");
    ck_str(reply_get(&r, REPLY_LAST_MODIFIED), "6. M\xe4rz\t2024");
    ck_str(reply_get(&r, REPLY_LOCATION), "/\xd6\xd0");
    reply_done(&r);
}
END_TEST

START_TEST(heads_have_an_end)
{
    char line[1000];
    struct reply r;
    int lines = 0;

    memset(line, 'a', sizeof line);
    reply_init(&r);
    while (reply_line(&r, str_of(line, sizeof line)))
        ck_assert_int_lt(++lines, 300);
    reply_reset(&r);
    ck_assert(reply_line(&r, STR("HTTP/1.1 200 OK")));
    reply_done(&r);
}
END_TEST

START_TEST(freshness_is_what_cache_control_or_expires_say)
{
    ck_assert_int_eq(max_age(""), -1);
    ck_assert_int_eq(max_age("Cache-Control: public, Max-Age=60"), 60);
    ck_assert_int_eq(max_age("Cache-Control: public\nCache-Control: "
                             "max-age=\"60\""),
                     60);
    ck_assert_int_eq(max_age("Cache-Control: max-age=60\nAge: 50"), 10);
    ck_assert_int_eq(max_age("Cache-Control: max-age=60\nAge: 500"), 0);
    ck_assert_int_eq(max_age("Cache-Control: max-age=60, no-cache"), 0);
    ck_assert_int_eq(max_age("Cache-Control: max-age=99999999999999999999"),
                     366 * 86400);
    ck_assert_int_eq(max_age("Cache-Control: s-maxage=60, x-max-age=2"), -1);
    ck_assert_int_eq(max_age("Date: Tue, 15 Nov 1994 13:00:00 GMT\n"
                             "Expires: Tue, 15 Nov 1994 13:10:00 GMT"),
                     600);
    ck_assert_int_eq(max_age("Date: Tue, 15 Nov 1994 13:00:00 GMT\n"
                             "Expires: Tue, 15 Nov 1994 12:10:00 GMT"),
                     0);
    ck_assert_int_eq(max_age("Expires: 0"), 0);
    ck_assert_int_eq(max_age("Expires: Tue, 15 Nov 1994 13:10:00 GMT"), 600);
    ck_assert_int_eq(max_age("Expires: Tue, 15 Nov 1994 13:10:00 GMT\n"
                             "Cache-Control: max-age=5"),
                     5);
}
END_TEST

START_TEST(retry_after_is_seconds_or_a_date)
{
    ck_assert_int_eq(retry_after(""), -1);
    ck_assert_int_eq(retry_after("Retry-After: 120"), 120);
    ck_assert_int_eq(retry_after("Retry-After: 0"), 0);
    ck_assert_int_eq(retry_after("Retry-After: -5"), -1);
    ck_assert_int_eq(retry_after("Retry-After: soon"), -1);
    ck_assert_int_eq(retry_after("Retry-After: 999999999999999999999"),
                     366 * 86400);
    ck_assert_int_eq(retry_after("Retry-After: Tue, 15 Nov 1994 13:01:00 GMT"),
                     60);
    ck_assert_int_eq(retry_after("Date: Tue, 15 Nov 1994 12:00:00 GMT\n"
                                 "Retry-After: Tue, 15 Nov 1994 12:01:00 GMT"),
                     60);
    ck_assert_int_eq(retry_after("Retry-After: Tue, 15 Nov 1994 12:01:00 GMT"),
                     0);
}
END_TEST

static int64_t date(const char *value)
{
    struct reply r;
    int64_t found;
    char head[512];

    snprintf(head, sizeof head, "HTTP/1.1 200 OK\nDate: %s\n\n", value);
    read_head(&r, head);
    found = reply_date(&r);
    reply_done(&r);
    return found;
}

START_TEST(dates_of_all_three_forms_are_read)
{
    ck_assert_int_eq(date("Sun, 06 Nov 1994 08:49:37 GMT"), 784111777);
    ck_assert_int_eq(date("Sunday, 06-Nov-94 08:49:37 GMT"), 784111777);
    ck_assert_int_eq(date("Sun Nov  6 08:49:37 1994"), 784111777);
    ck_assert_int_eq(date("Sun, 06 Nov 1994 03:49:37 -0500"), 784111777);
    ck_assert_int_eq(date("Thu, 29 Feb 2024 00:00:00 GMT"), 1709164800);
    ck_assert_int_eq(date("Thu, 06 Foo 1994 08:49:37 GMT"), 0);
    ck_assert_int_eq(date("yesterday"), 0);
}
END_TEST

START_TEST(a_length_is_digits_only)
{
    struct reply r;

    read_head(&r, "HTTP/1.1 200 OK\nContent-Length: 10000000000\n\n");
    ck_assert_int_eq(reply_length(&r), 10000000000);
    reply_done(&r);
    read_head(&r, "HTTP/1.1 200 OK\nContent-Length: +1\n\n");
    ck_assert_int_eq(reply_length(&r), -1);
    reply_done(&r);
}
END_TEST

UNIT_TESTS(the_last_head_counts, values_that_nobody_can_send_back_are_absent,
           what_goes_back_to_the_server_may_be_of_any_bytes, heads_have_an_end,
           freshness_is_what_cache_control_or_expires_say,
           retry_after_is_seconds_or_a_date, dates_of_all_three_forms_are_read,
           a_length_is_digits_only)
