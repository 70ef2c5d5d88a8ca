#include "unit/fetching.h"

#include <sys/resource.h>
#include <unistd.h>

START_TEST(a_document_comes_with_its_validators)
{
    struct seen seen;

    site_put(site, "feed.xml.route",
             "type application/rss+xml; charset=gbk\netag W/\"x y\"\n"
             "modified Tue, 15 Nov 1994 12:45:26 GMT\n"
             "header Date: Tue, 15 Nov 1994 13:00:00 GMT\n"
             "header Cache-Control: public, max-age=600\nheader Age: 100\n"
             "body <rss/>\n");
    ask("/feed.xml", &seen);
    ck_assert(seen.ok);
    ck_assert_int_eq(seen.status, 200);
    ck_str(buf_str(&seen.body), "<rss/>");
    ck_assert_str_eq(seen.type, "application/rss+xml; charset=gbk");
    ck_assert_str_eq(seen.etag, "W/\"x y\"");
    ck_assert_str_eq(seen.modified, "Tue, 15 Nov 1994 12:45:26 GMT");
    ck_assert_str_eq(seen.final_url, site_url(site, 1, "/feed.xml"));
    ck_assert_str_eq(seen.moved_to, "");
    ck_assert_int_eq(seen.max_age, 500);
    ck_assert_int_eq(seen.date, 784904400);
    ck_assert_int_eq(seen.retry_after, -1);
    buf_done(&seen.body);
}
END_TEST

START_TEST(validators_go_back_byte_for_byte_and_bring_a_304)
{
    struct fetch_options o = usual();
    struct fetcher *f = new_fetcher(&o);
    struct seen seen = {0};
    struct request r = {.url = str_from_c(site_url(site, 1, "/f")),
                        .etag = STR("W/\"a,b\""),
                        .last_modified = STR("yesterday or so"),
                        .user = &seen};

    site_put(site, "f.route", "etag W/\"a,b\"\nbody x\n");
    fetcher_add(f, &r);
    fetcher_run(f, NULL);
    fetcher_free(f);
    ck_assert(seen.ok);
    ck_assert_int_eq(seen.status, 304);
    ck_assert_uint_eq(seen.body.n, 0);
    ck_assert(site_saw(site, "If-None-Match: W/\"a,b\""));
    ck_assert(site_saw(site, "If-Modified-Since: yesterday or so"));
    ck_assert(site_saw(site, "User-Agent: feedmill-test/1"));
    ck_assert(site_saw(site, "Accept-Encoding: deflate, gzip"));
    ck_assert(!site_saw(site, "Cookie"));
    ck_assert(!site_saw(site, "Referer"));
}
END_TEST

START_TEST(a_304_to_an_unconditional_request_is_a_fault)
{
    fails("status 304\n", ERR_HTTP, "304");
}
END_TEST

START_TEST(compressed_bodies_arrive_unpacked)
{
    struct seen seen;

    site_put(site, "z.route", "repeat 10000 hello \ngzip\n");
    ask("/z", &seen);
    ck_assert(seen.ok);
    ck_assert_uint_eq(seen.body.n, 50000);
    ck_assert_int_lt(seen.wire_bytes, 2000);
    buf_done(&seen.body);
}
END_TEST

START_TEST(what_no_coding_is_known_for_is_a_fault_that_names_it)
{
    fails("header Content-Encoding: x-snappy\nbody <rss/>\n", ERR_NETWORK,
          "not known: x-snappy");
    fails("header Content-Encoding: gzip, x-snappy\nbody <rss/>\n", ERR_NETWORK,
          "not known: gzip, x-snappy");
}
END_TEST

START_TEST(a_charset_where_a_coding_should_be_is_passed_over)
{
    struct seen seen;

    site_put(site, "z.route", "header Content-Encoding: UTF-8\nbody hello\n");
    ask("/z", &seen);
    ck_assert(seen.ok);
    ck_assert_uint_eq(seen.body.n, 5);
    buf_done(&seen.body);
}
END_TEST

/* Gets 24 bodies of 480,000 bytes, which come in pieces each DRIP_MS: how many bytes
 * of them came in files. */
static size_t spooled_of_many(struct fetcher *f, int drip_ms)
{
    static int n;
    struct seen seen[24];
    size_t spooled = 0;

    site_put(site, "m.route",
             arena_printf(unit_arena(), "repeat 80000 abcdef\ndrip 48000 %d\n",
                          drip_ms)
                 .p);
    for (int i = 0; i < 24; i++)
        add(f, nth(1, "/m", n++), &seen[i]);
    fetcher_run(f, NULL);
    for (int i = 0; i < 24; i++) {
        ck_assert_uint_eq(seen[i].body.n, 480000);
        ck_assert_int_eq(seen[i].body.p[479999], 'f');
        spooled += seen[i].spooled;
        buf_done(&seen[i].body);
    }
    return spooled;
}

START_TEST(many_bodies_share_what_memory_they_have)
{
    struct fetch_options o = usual();
    struct fetcher *f;
    struct seen one;
    int drip_ms = 10;

    o.timeout_ms = LONGEST_MS;
    o.per_site = 24;
    o.spool_folder = STR("/tmp");
    f = new_fetcher(&o);
    /* On a busy machine they come one after the other unless they come slowly. */
    while (spooled_of_many(f, drip_ms) == 0) {
        ck_assert_int_lt(drip_ms, 1000);
        drip_ms *= 4;
    }
    /* They gave back what they had. */
    add(f, site_url(site, 1, "/m?again"), &one);
    fetcher_run(f, NULL);
    ck_assert_uint_eq(one.spooled, 0);
    ck_assert_uint_eq(one.body.n, 480000);
    buf_done(&one.body);
    fetcher_free(f);
}
END_TEST

START_TEST(what_memory_is_not_for_waits_in_a_file_and_comes_whole)
{
    struct fetch_options o = usual();
    struct seen seen, again;

    o.max_body = 4 << 20;
    o.timeout_ms = 30000;
    site_put(site, "l.route", "repeat 500000 abcdef\n");
    ask_with(&o, site_url(site, 1, "/l"), &seen);
    ck_assert_uint_eq(seen.spooled, 0);
    o.spool_folder = STR("/tmp");
    ask_with(&o, site_url(site, 1, "/l"), &again);
    ck_assert(again.ok);
    ck_assert_uint_ge(again.spooled, 2400000);
    ck_assert_uint_eq(again.body.n, 3000000);
    ck_assert(str_eq(buf_str(&seen.body), buf_str(&again.body)));
    buf_done(&seen.body);
    buf_done(&again.body);

    /* The limit is for both together. */
    o.max_body = 2999999;
    ask_with(&o, site_url(site, 1, "/l"), &seen);
    ck_assert(!seen.ok);
    ck_assert_int_eq(seen.code, ERR_LIMIT);
    buf_done(&seen.body);

    o.max_body = 4 << 20;
    o.spool_folder = STR("/nowhere/at/all");
    ask_with(&o, site_url(site, 1, "/l"), &seen);
    ck_assert(!seen.ok);
    ck_assert_int_eq(seen.code, ERR_FILE);
    ck_assert_msg(strstr(seen.text, "temporary file") != NULL, "%s", seen.text);
    buf_done(&seen.body);
}
END_TEST

START_TEST(failures_are_said_in_words)
{
    fails("status 404\nbody nothing\n", ERR_HTTP, "404, not found");
    fails("status 410\n", ERR_HTTP, "gone");
    fails("status 599\n", ERR_HTTP, "HTTP status 599");
    fails("raw \n", ERR_NETWORK, "hung up without an answer");
    fails("raw plain text of the old days\n", ERR_NETWORK, "not HTTP");
    fails("raw HTTP/1.1 nonsense\\r\\n\\r\\n\n", ERR_NETWORK, "");
    fails("reset-head\n", ERR_NETWORK, "connection broke");
    times_out("hang\n", "no answer in ");
    times_out("delay 600000\nbody x\n", "timed out");
}
END_TEST

START_TEST(a_kept_connection_that_falls_silent_gave_no_answer)
{
    struct fetch_options o = usual();
    struct seen first, second;
    struct fetcher *f;

    o.per_site = 1;
    site_put(site, "x.route", "body x\n");
    site_put(site, "hang.route", "hang\n");
    for (o.timeout_ms = SHORT_MS; o.timeout_ms < LONGEST_MS;
         o.timeout_ms *= 2) {
        f = new_fetcher(&o);
        add(f, site_url(site, 1, "/x"), &first);
        add(f, site_url(site, 1, "/hang"), &second);
        fetcher_run(f, NULL);
        fetcher_free(f);
        buf_done(&first.body);
        buf_done(&second.body);
        if (first.ok)
            break;
    }
    ck_assert(first.ok);
    ck_assert_msg(strstr(second.text, "no answer") != NULL, "%s", second.text);
}
END_TEST

START_TEST(who_says_nothing_for_long_is_not_waited_for_to_the_end)
{
    struct fetch_options o = usual();
    struct seen seen;
    int64_t start = now_ms();

    o.timeout_ms = 600000;
    o.silence_ms = 1000;
    site_put(site, "hang.route", "hang\n");
    ask_with(&o, site_url(site, 1, "/hang"), &seen);
    ck_assert_int_lt(now_ms() - start, o.timeout_ms / 2);
    ck_assert_int_eq(seen.code, ERR_NETWORK);
    ck_assert_msg(strstr(seen.text, "no answer in ") != NULL, "%s", seen.text);
}
END_TEST

START_TEST(cut_and_broken_bodies_are_not_taken_for_whole)
{
    fails("body 0123456789\ntruncate 5\n", ERR_NETWORK, "before its end");
    fails("body 0123456789\nlength 100\n", ERR_NETWORK, "before its end");
    fails("repeat 1000 abc\nreset 100\n", ERR_NETWORK, "");
    fails("repeat 1000 abc\nchunked 100\ntruncate 200\n", ERR_NETWORK,
          "before its end");
    fails("repeat 1000 abc\nbad-chunk 100\n", ERR_NETWORK, "");
    times_out("repeat 1000 abc\ndrip 1 50\n", "no end");
    times_out("endless abc\ndrip 10 50\n", "no end");
    times_out("drip-head 1 50\nbody x\n", "timed out");
}
END_TEST

START_TEST(sizes_have_ceilings)
{
    char *line = arena_alloc(unit_arena(), 200000);

    memset(line, 'a', 200000);
    fails(
        arena_printf(unit_arena(), "header X: %.*s\nbody x\n", 200000, line).p,
        ERR_LIMIT, "a line of the answer's head");
    fails("endless abc\n", ERR_LIMIT, "longer than the limit of 1048576");
    fails("body x\nlength 10000000000\n", ERR_LIMIT, "has 10000000000 bytes");
    /* Which one is met first depends on the pieces in which it comes. */
    fails("bomb 10000000\n", ERR_LIMIT, "the answer ");
    fails("bomb 10000000000\n", ERR_LIMIT, "has 9889889 bytes");
    fails("bomb 10000000000\nlength none\n", ERR_LIMIT, "the answer ");
    fails("filler 1000000\nbody x\n", ERR_LIMIT, "the head of the answer");
    fails("filler endless\n", ERR_LIMIT, "the head of the answer");
}
END_TEST

START_TEST(a_bomb_below_the_ceiling_is_told_by_its_ratio)
{
    struct fetch_options o = usual();
    struct seen seen;

    o.timeout_ms = LONGEST_MS;
    o.max_body = BUF_MAX;
    site_put(site, "b.route", "bomb 2000000000\n");
    ask_with(&o, site_url(site, 1, "/b"), &seen);
    ck_assert(!seen.ok);
    ck_assert_int_eq(seen.code, ERR_LIMIT);
    /* Of two megabytes. */
    ck_assert_int_lt(seen.wire_bytes, 100000);
}
END_TEST

START_TEST(the_body_of_a_failure_or_redirect_is_not_waited_for)
{
    struct seen seen;

    site_put(site, "w.route", "redirect 302 /there\nendless abcdef\n");
    site_put(site, "there.route", "status 500\nendless abcdef\n");
    ask("/w", &seen);
    ck_assert(!seen.ok);
    ck_assert_int_eq(seen.status, 500);
    ck_assert_int_lt(seen.wire_bytes, 1 << 20);
}
END_TEST

START_TEST(a_body_that_lies_about_compression_is_asked_for_plain)
{
    struct seen seen;

    site_put(site, "l.route",
             "header Content-Encoding: gzip\nbody plain after all\n");
    site_put(site, "u.route", "header Content-Encoding: utf-8\nbody plain\n");
    ask("/l", &seen);
    ck_assert(seen.ok);
    ck_str(buf_str(&seen.body), "plain after all");
    ck_assert_int_eq(site_asked(site, "/l"), 2);
    buf_done(&seen.body);
    ask("/u", &seen);
    ck_assert(seen.ok);
    ck_str(buf_str(&seen.body), "plain");
    buf_done(&seen.body);
    fails("header Content-Encoding: gzip\nbody \\x1f\\x8bno\n", ERR_NETWORK,
          "not compressed as it says");
}
END_TEST

/* The connection and the chunks end in order, and what they held does not. */
START_TEST(a_packed_body_that_lacks_its_end_is_not_whole)
{
    fails("repeat 100000 hello \ngzip\nlength none\ntruncate 100\n",
          ERR_NETWORK, "ends before its end");
    fails("header Content-Encoding: gzip\nchunked\nbody "
          "\\x1f\\x8b\\x08\\x00\\x00\\x00\\x00\\x00\\x00\\x03\\x4b\n",
          ERR_NETWORK, "ends before its end");
}
END_TEST

START_TEST(a_part_of_a_document_is_none)
{
    fails("status 206\nheader Content-Range: bytes 0-3/9\nbody half\n",
          ERR_HTTP, "HTTP status 206, a part");
}
END_TEST

START_TEST(names_and_ports_that_are_not_there_are_said)
{
    struct fetch_options o = usual();
    struct seen seen;
    char url[128];

    ask_with(&o, "http://127.0.0.1:1/x", &seen);
    ck_assert_str_eq(seen.text, "127.0.0.1 refuses the connection");
    /* A label too long for DNS fails without a question to anybody. */
    snprintf(url, sizeof url, "http://%070d.invalid/x", 0);
    ask_with(&o, url, &seen);
    ck_assert(strstr(seen.text, ".invalid cannot be resolved") != NULL);
    ask_with(&o, site_url(site, 1, "/"), &seen);
    ck_assert_int_eq(seen.status, 404);
}
END_TEST

START_TEST(a_plain_server_on_the_tls_port_is_a_tls_fault)
{
    struct fetch_options o = usual();
    struct seen seen;
    char url[64];

    snprintf(url, sizeof url, "https://127.0.0.1:%d/", site_port(site));
    ask_with(&o, url, &seen);
    ck_assert(!seen.ok);
    ck_assert_int_eq(seen.code, ERR_NETWORK);
    ck_assert_msg(strncmp(seen.text, "TLS: ", 5) == 0, "%s", seen.text);
}
END_TEST

START_TEST(the_guard_is_asked_before_each_connection)
{
    struct fetch_allowed allowed = {STR("127.0.0.2"), site_port(site)};
    struct fetch_options o = usual();
    struct seen seen;
    char url[64];

    o.is_unguarded = false;
    o.allowed = &allowed;
    o.n_allowed = 1;
    site_put(site, "x", "fine");
    site_put(site, "r.route", "redirect 302 http://127.0.0.1:$PORT/x\n");
    site_put(site, "l.route", "redirect 302 http://localhost:$PORT/x\n");
    site_put(site, "m.route", "redirect 302 http://169.254.169.254/latest\n");
    site_put(site, "six.route", "redirect 302 http://[::ffff:7f00:1]/\n");
    ask_with(&o, site_url(site, 2, "/x"), &seen);
    ck_assert(seen.ok);
    buf_done(&seen.body);
    ask_with(&o, site_url(site, 1, "/x"), &seen);
    ck_assert_int_eq(seen.code, ERR_REFUSED);
    ck_assert(strstr(seen.text, "127.0.0.1 is loopback") != NULL);
    snprintf(url, sizeof url, "http://0x7f000001:%d/x", site_port(site));
    ask_with(&o, url, &seen);
    ck_assert(strstr(seen.text, "127.0.0.1 is loopback") != NULL);
    ask_with(&o, site_url(site, 2, "/r"), &seen);
    ck_assert(strstr(seen.text, "127.0.0.1 is loopback") != NULL);
    ask_with(&o, site_url(site, 2, "/l"), &seen);
    ck_assert_int_eq(seen.code, ERR_REFUSED);
    ck_assert(strstr(seen.text, "is loopback") != NULL);
    ask_with(&o, site_url(site, 2, "/m"), &seen);
    ck_assert(strstr(seen.text, "169.254.169.254 is link-local") != NULL);
    ask_with(&o, site_url(site, 2, "/six"), &seen);
    ck_assert(strstr(seen.text, "is loopback") != NULL);
    ck_assert_int_eq(site_asked(site, "/x"), 1);
}
END_TEST

START_TEST(a_system_that_gives_no_socket_is_told_of_and_not_the_host)
{
    struct fetch_options o = usual();
    struct fetcher *f = new_fetcher(&o);
    struct rlimit before, none;
    struct seen seen;
    int next = dup(0);

    close(next);
    add(f, site_url(site, 1, "/x"), &seen);
    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &before), 0);
    none = (struct rlimit){(rlim_t)next, before.rlim_max};
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
    fetcher_run(f, NULL);
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
    fetcher_free(f);
    ck_assert_int_eq(seen.code, ERR_LIMIT);
    ck_assert_str_eq(seen.text, "no connection: Too many open files");
}
END_TEST

START_TEST(who_is_trusted_by_name_cannot_send_us_elsewhere)
{
    struct fetch_options o = usual();
    struct seen seen;

    o.is_unguarded = false;
    o.trusts_asked = true;
    site_put(site, "x", "fine");
    site_put(site, "near.route", "redirect 302 /x\n");
    site_put(site, "far.route", "redirect 302 http://127.0.0.2:$PORT/x\n");
    site_put(site, "back.route", "redirect 302 http://127.0.0.1:$PORT/x\n");
    ask_with(&o, site_url(site, 1, "/near"), &seen);
    ck_assert(seen.ok);
    buf_done(&seen.body);
    ask_with(&o, site_url(site, 1, "/far"), &seen);
    ck_assert_int_eq(seen.code, ERR_REFUSED);
    ck_assert(strstr(seen.text, "127.0.0.2 is loopback") != NULL);
    ask_with(&o, site_url(site, 2, "/back"), &seen);
    ck_assert_int_eq(seen.code, ERR_REFUSED);
    ck_assert_int_eq(site_asked(site, "/x"), 1);
}
END_TEST

/* Asks 40 good documents and 40 of BAD; whether all good ones came in time. */
static bool good_ones_land(const struct fetch_options *o,
                           const char *const bad[10])
{
    struct seen good[40], other[40];
    struct fetcher *f = new_fetcher(o);
    int64_t start = now_ms();
    bool all = true;

    for (int i = 0; i < 40; i++) {
        char name[32];

        snprintf(name, sizeof name, "b%d.route", i);
        site_put(site, name, bad[i % 10]);
        snprintf(name, sizeof name, "/b%d", i);
        add(f, site_url(site, 1 + i % 4, name), &other[i]);
        add(f, nth(1 + i % 4, "/good", i), &good[i]);
    }
    fetcher_run(f, NULL);
    fetcher_free(f);
    all = now_ms() - start < 2 * o->timeout_ms;
    for (int i = 0; i < 40; i++) {
        all = all && good[i].ok && good[i].body.n == 40000;
        ck_assert(!other[i].ok);
        ck_assert(other[i].text[0] != '\0');
        buf_done(&good[i].body);
    }
    return all;
}

START_TEST(good_sources_land_among_bad_ones_within_the_time_of_one)
{
    static const char *const bad[10] = {"hang\n",
                                        "endless abc\ndrip 10 20\n",
                                        "bomb 10000000000\n",
                                        "body x\nlength 10000000000\n",
                                        "filler endless\n",
                                        "redirect 302 $TARGET\n",
                                        "repeat 100 a\ntruncate 10\n",
                                        "reset-head\n",
                                        "delay 600000\n",
                                        "drip-head 1 1000\n"};
    struct fetch_options o = usual();

    o.per_site = 100;
    site_put(site, "good.route", "repeat 20000 ok\ngzip\n");
    o.timeout_ms = 600;
    while (!good_ones_land(&o, bad)) {
        ck_assert_int_lt(o.timeout_ms, LONGEST_MS);
        o.timeout_ms *= 2;
    }
}
END_TEST

UNIT_TESTS_IN(up, down, a_document_comes_with_its_validators,
              validators_go_back_byte_for_byte_and_bring_a_304,
              a_304_to_an_unconditional_request_is_a_fault,
              compressed_bodies_arrive_unpacked,
              what_no_coding_is_known_for_is_a_fault_that_names_it,
              a_charset_where_a_coding_should_be_is_passed_over,
              what_memory_is_not_for_waits_in_a_file_and_comes_whole,
              many_bodies_share_what_memory_they_have,
              failures_are_said_in_words,
              a_kept_connection_that_falls_silent_gave_no_answer,
              who_says_nothing_for_long_is_not_waited_for_to_the_end,
              cut_and_broken_bodies_are_not_taken_for_whole,
              sizes_have_ceilings,
              a_bomb_below_the_ceiling_is_told_by_its_ratio,
              the_body_of_a_failure_or_redirect_is_not_waited_for,
              a_body_that_lies_about_compression_is_asked_for_plain,
              a_packed_body_that_lacks_its_end_is_not_whole,
              a_part_of_a_document_is_none,
              names_and_ports_that_are_not_there_are_said,
              a_plain_server_on_the_tls_port_is_a_tls_fault,
              the_guard_is_asked_before_each_connection,
              a_system_that_gives_no_socket_is_told_of_and_not_the_host,
              a_system_that_gives_no_socket_is_told_of_and_not_the_host,
              who_is_trusted_by_name_cannot_send_us_elsewhere,
              good_sources_land_among_bad_ones_within_the_time_of_one)
