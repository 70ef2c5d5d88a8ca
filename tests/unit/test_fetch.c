#include "unit/unit.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "fetch/fetch.h"
#include "site/site.h"

/* What a callback saw, kept. */
struct seen {
    int n;
    bool ok;
    enum errcode code;
    char text[512], where[2048];
    int status;
    char final_url[512], moved_to[512], type[128], etag[128], modified[128];
    int64_t max_age, retry_after, wire_bytes, date;
    struct buf body;
};

static struct site *site;

static void up(void)
{
    site = site_start(NULL);
    ck_assert(site != NULL);
}

static void down(void)
{
    site_stop(site);
}

static void copy(char *to, size_t size, struct str s)
{
    snprintf(to, size, "%.*s", STR_ARG(s));
}

static void on_done(void *ctx, const struct response *r)
{
    struct seen *seen = r->user;

    (void)ctx;
    seen->n++;
    seen->ok = r->ok;
    seen->code = r->ok ? ERR_NONE : r->err.code;
    if (!r->ok) {
        copy(seen->text, sizeof seen->text, str_from_c(r->err.text));
        copy(seen->where, sizeof seen->where, str_from_c(r->err.where));
    }
    seen->status = r->status;
    copy(seen->final_url, sizeof seen->final_url, r->final_url);
    copy(seen->moved_to, sizeof seen->moved_to, r->moved_to);
    copy(seen->type, sizeof seen->type, r->type);
    copy(seen->etag, sizeof seen->etag, r->etag);
    copy(seen->modified, sizeof seen->modified, r->last_modified);
    seen->max_age = r->max_age;
    seen->retry_after = r->retry_after;
    seen->wire_bytes = r->wire_bytes;
    seen->date = r->date;
    buf_init(&seen->body, BUF_MAX);
    buf_add_str(&seen->body, r->body);
}

static struct fetch_options usual(void)
{
    return (struct fetch_options){.user_agent = STR("feedmill-test/1"),
                                  .timeout_ms = 5000,
                                  .max_body = 1 << 20,
                                  .is_unguarded = true,
                                  .per_site = 4};
}

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static struct fetcher *new_fetcher(const struct fetch_options *o)
{
    struct error err;
    struct fetcher *f = fetcher_new(o, on_done, NULL, &err);

    ck_assert(f != NULL);
    return f;
}

static void add(struct fetcher *f, const char *url, struct seen *seen)
{
    struct request r = {.url = str_from_c(url), .user = seen};

    *seen = (struct seen){0};
    fetcher_add(f, &r);
}

static void ask_with(const struct fetch_options *o, const char *url,
                     struct seen *seen)
{
    struct fetcher *f = new_fetcher(o);

    add(f, url, seen);
    fetcher_run(f, NULL);
    fetcher_free(f);
    ck_assert_int_eq(seen->n, 1);
}

static void ask(const char *target, struct seen *seen)
{
    struct fetch_options o = usual();

    ask_with(&o, site_url(site, 1, target), seen);
}

/* The script fails with this code and a sentence that has WORDS. */
static void fails_within(int64_t timeout_ms, const char *script,
                         enum errcode code, const char *words)
{
    static int n;
    struct fetch_options o = usual();
    char name[32], target[32];
    struct seen seen;

    o.timeout_ms = timeout_ms;
    snprintf(target, sizeof target, "/bad%d", ++n);
    snprintf(name, sizeof name, "bad%d.route", n);
    site_put(site, name, script);
    ask_with(&o, site_url(site, 1, target), &seen);
    ck_assert_msg(!seen.ok, "%s succeeded", script);
    ck_assert_msg(strstr(seen.text, words) != NULL, "%s: \"%s\"", script,
                  seen.text);
    ck_assert_int_eq(seen.code, code);
    ck_assert_str_eq(seen.where, site_url(site, 1, target));
    buf_done(&seen.body);
}

static void fails(const char *script, enum errcode code, const char *words)
{
    fails_within(5000, script, code, words);
}

static void times_out(const char *script, const char *words)
{
    fails_within(160, script, ERR_NETWORK, words);
}

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

START_TEST(cookies_are_never_sent_back)
{
    struct seen seen;

    site_put(site, "c.route",
             "redirect 302 /d\nheader Set-Cookie: id=1; Path=/\n");
    site_put(site, "d", "x");
    ask("/c", &seen);
    ck_assert(seen.ok);
    ck_assert(!site_saw(site, "\tCookie"));
    ck_assert(!site_saw(site, "\tReferer"));
    buf_done(&seen.body);
}
END_TEST

START_TEST(only_chains_of_permanent_redirects_move_a_source)
{
    struct seen seen;

    site_put(site, "p.route", "redirect 301 q/r?x=1#frag\n");
    site_put(site, "q/r.route", "redirect 308 $ORIGIN/end\n");
    site_put(site, "end", "done");
    site_put(site, "t.route", "redirect 302 p\n");
    ask("/p", &seen);
    ck_assert(seen.ok);
    ck_assert_str_eq(seen.final_url, site_url(site, 1, "/end"));
    ck_assert_str_eq(seen.moved_to, site_url(site, 1, "/end"));
    ck_assert(site_saw(site, "GET /q/r?x=1\t"));
    buf_done(&seen.body);
    ask("/t", &seen);
    ck_assert(seen.ok);
    ck_assert_str_eq(seen.final_url, site_url(site, 1, "/end"));
    ck_assert_str_eq(seen.moved_to, "");
    buf_done(&seen.body);
}
END_TEST

START_TEST(validators_follow_a_redirect)
{
    struct fetch_options o = usual();
    struct fetcher *f = new_fetcher(&o);
    struct seen seen = {0};
    struct request r = {.url = str_from_c(site_url(site, 1, "/a")),
                        .etag = STR("\"1\""),
                        .user = &seen};

    site_put(site, "a.route", "redirect 302 b\n");
    site_put(site, "b.route", "etag \"1\"\nbody x\n");
    fetcher_add(f, &r);
    fetcher_run(f, NULL);
    fetcher_free(f);
    ck_assert(seen.ok);
    ck_assert_int_eq(seen.status, 304);
}
END_TEST

START_TEST(redirects_end)
{
    char script[200];

    fails("redirect 301 $ORIGIN$TARGET\n", ERR_LIMIT, "to itself");
    site_put(site, "loop.route", "redirect 302 /loop?$TARGET\n");
    fails("redirect 302 /loop?\n", ERR_LIMIT, "more than 10 redirects");
    fails("redirect 302 file:///etc/passwd\n", ERR_REFUSED, "file:");
    fails("redirect 302 gopher://127.0.0.1/\n", ERR_REFUSED, "gopher:");
    fails("redirect 302 http://[bad/\n", ERR_HTTP, "no valid address");
    fails("status 302\n", ERR_HTTP, "302");
    snprintf(script, sizeof script, "redirect 302 http://127.0.0.1:1/\n");
    fails(script, ERR_NETWORK, "127.0.0.1 refuses the connection");
}
END_TEST

START_TEST(a_redirect_in_bytes_that_are_no_utf_8_is_followed)
{
    struct seen seen;

    site_put(site, "g.route", "redirect 302 /x\\xd6\\xd0\n");
    site_put(site, "x%D6%D0", "gbk");
    ask("/g", &seen);
    ck_assert(seen.ok);
    ck_str(buf_str(&seen.body), "gbk");
    buf_done(&seen.body);
}
END_TEST

START_TEST(passwords_stay_with_their_origin_and_out_of_messages)
{
    struct fetch_options o = usual();
    struct seen seen;
    char url[128], *log;

    site_put(site, "in.route", "redirect 302 http://127.0.0.2:$PORT/out\n");
    site_put(site, "out.route", "status 401\n");
    snprintf(url, sizeof url, "http://me:secret@127.0.0.1:%d/in",
             site_port(site));
    ask_with(&o, url, &seen);
    ck_assert(!seen.ok);
    ck_assert_int_eq(seen.status, 401);
    ck_assert_str_eq(seen.where, site_url(site, 1, "/in"));
    ck_assert(site_saw(site, "GET /in\t"));
    ck_assert(site_saw(site, "Authorization: Basic bWU6c2VjcmV0"));
    log = site_log(site);
    ck_assert_ptr_eq(strstr(strstr(log, "GET /out"), "Authorization"), NULL);
    free(log);
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
    times_out("hang\n", "no answer in 0.2 s");
    times_out("delay 2000\nbody x\n", "timed out");
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
    fails("endless abc\n", ERR_LIMIT, "longer than the limit of 1048576");
    fails("body x\nlength 10000000000\n", ERR_LIMIT, "has 10000000000 bytes");
    fails("bomb 10000000\n", ERR_LIMIT, "longer than the limit");
    fails("bomb 10000000000\n", ERR_LIMIT, "has 9889889 bytes");
    fails("bomb 10000000000\nlength none\n", ERR_LIMIT, "longer than");
    fails("filler 1000000\nbody x\n", ERR_LIMIT, "the head of the answer");
    fails("filler endless\n", ERR_LIMIT, "the head of the answer");
}
END_TEST

START_TEST(a_bomb_below_the_ceiling_ends_with_the_time)
{
    struct fetch_options o = usual();
    struct seen seen;
    int64_t start;

    o.max_body = BUF_MAX;
    o.timeout_ms = 300;
    site_put(site, "b.route", "bomb 2000000000\n");
    start = now_ms();
    ask_with(&o, site_url(site, 1, "/b"), &seen);
    ck_assert(!seen.ok);
    ck_assert_int_eq(seen.code, ERR_NETWORK);
    ck_assert_int_lt(now_ms() - start, 3000);
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

START_TEST(what_is_no_web_address_is_not_asked)
{
    static const char *const urls[] = {"file:///etc/passwd", "nonsense",
                                       "ftp://127.0.0.1/x", ""};
    struct fetch_options o = usual();
    struct seen seen;

    for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
        ask_with(&o, urls[i], &seen);
        ck_assert_int_eq(seen.code, ERR_REFUSED);
        ck_assert_int_eq(seen.status, 0);
    }
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

START_TEST(a_pause_lies_between_requests_to_one_site)
{
    struct fetch_options o = usual();
    struct seen seen[6];
    struct fetcher *f;
    int64_t start = now_ms(), took;

    o.per_site = 1;
    o.pause_ms = 200;
    f = new_fetcher(&o);
    for (int i = 0; i < 6; i++)
        add(f, site_url(site, 1 + i % 2, "/x"), &seen[i]);
    fetcher_run(f, NULL);
    fetcher_free(f);
    took = now_ms() - start;
    ck_assert_int_ge(took, 400);
    ck_assert_int_lt(took, 900);
    for (int i = 0; i < 6; i++)
        ck_assert_int_eq(seen[i].status, 404);
}
END_TEST

START_TEST(one_site_has_no_more_connections_than_allowed)
{
    struct fetch_options o = usual();
    struct seen seen[9];
    struct fetcher *f;
    char *log;
    int open = 0;

    o.per_site = 2;
    site_put(site, "s.route", "delay 30\nbody x\n");
    f = new_fetcher(&o);
    for (int i = 0; i < 9; i++)
        add(f, site_url(site, 1, "/s"), &seen[i]);
    fetcher_run(f, NULL);
    fetcher_free(f);
    log = site_log(site);
    for (char *line = strtok(log, "\n"); line != NULL;
         line = strtok(NULL, "\n")) {
        open += strstr(line, " ask ") != NULL ? 1 : -1;
        ck_assert_int_le(open, 2);
    }
    free(log);
    for (int i = 0; i < 9; i++) {
        ck_assert(seen[i].ok);
        buf_done(&seen[i].body);
    }
}
END_TEST

START_TEST(a_site_that_wants_peace_gets_it_for_all_its_documents)
{
    struct fetch_options o = usual();
    struct seen seen[4], other;
    struct fetcher *f;

    o.per_site = 1;
    site_put(site, "1.route", "status 429\nheader Retry-After: 100\n");
    site_put(site, "x", "x");
    f = new_fetcher(&o);
    add(f, site_url(site, 1, "/1"), &seen[0]);
    for (int i = 1; i < 4; i++)
        add(f, site_url(site, 1, "/x"), &seen[i]);
    add(f, site_url(site, 2, "/x"), &other);
    fetcher_run(f, NULL);
    ck_assert_int_eq(seen[0].status, 429);
    ck_assert_int_eq(seen[0].retry_after, 100);
    for (int i = 1; i < 4; i++) {
        ck_assert_int_eq(seen[i].code, ERR_REFUSED);
        ck_assert_int_eq(seen[i].retry_after, 100);
    }
    ck_assert(other.ok);
    ck_assert_int_eq(site_asked(site, "/x"), 1);
    add(f, site_url(site, 1, "/x"), &seen[1]);
    fetcher_run(f, NULL);
    ck_assert_int_eq(seen[1].code, ERR_REFUSED);
    ck_assert_int_ge(seen[1].retry_after, 99);
    fetcher_free(f);
    buf_done(&other.body);
}
END_TEST

START_TEST(a_short_wish_for_peace_is_waited_out)
{
    struct fetch_options o = usual();
    struct seen first, second;
    struct fetcher *f;
    int64_t start = now_ms();

    o.per_site = 1;
    site_put(site, "1.route", "status 503\nheader Retry-After: 1\n");
    site_put(site, "x", "x");
    f = new_fetcher(&o);
    add(f, site_url(site, 1, "/1"), &first);
    add(f, site_url(site, 1, "/x"), &second);
    fetcher_run(f, NULL);
    fetcher_free(f);
    ck_assert_int_eq(first.status, 503);
    ck_assert(second.ok);
    ck_assert_int_ge(now_ms() - start, 1000);
    buf_done(&second.body);
}
END_TEST

static struct fetcher *more_to;

static void add_more(void *ctx, const struct response *r)
{
    static struct seen more;

    (void)ctx;
    on_done(NULL, r);
    if (r->user != &more)
        add(more_to, site_url(site, 1, "/more"), &more);
    else
        ck_assert_int_eq(r->status, 404);
}

START_TEST(the_callback_may_ask_for_more)
{
    struct fetch_options o = usual();
    struct error err;
    struct seen seen;

    more_to = fetcher_new(&o, add_more, NULL, &err);
    add(more_to, site_url(site, 1, "/first"), &seen);
    fetcher_run(more_to, NULL);
    fetcher_free(more_to);
    ck_assert_int_eq(seen.n, 1);
    ck_assert_int_eq(site_asked(site, "/more"), 1);
}
END_TEST

static volatile int stop_flag;

static void stop_now(void *ctx, const struct response *r)
{
    on_done(ctx, r);
    stop_flag = 1;
}

START_TEST(a_stop_ends_what_is_in_flight_and_what_waits)
{
    struct fetch_options o = usual();
    struct error err;
    struct seen seen[40];
    struct fetcher *f;
    int64_t start = now_ms();

    site_put(site, "hang.route", "hang\n");
    o.per_site = 8;
    o.timeout_ms = 20000;
    f = fetcher_new(&o, stop_now, NULL, &err);
    add(f, site_url(site, 2, "/x"), &seen[0]);
    for (int i = 1; i < 40; i++)
        add(f, site_url(site, 1, "/hang"), &seen[i]);
    stop_flag = 0;
    fetcher_run(f, &stop_flag);
    fetcher_free(f);
    ck_assert_int_lt(now_ms() - start, 1000);
    ck_assert_int_eq(seen[0].status, 404);
    for (int i = 1; i < 40; i++) {
        ck_assert_int_eq(seen[i].n, 1);
        ck_assert_int_eq(seen[i].code, ERR_STOPPED);
    }
}
END_TEST

START_TEST(freeing_with_work_left_forgets_it)
{
    struct fetch_options o = usual();
    struct fetcher *f = new_fetcher(&o);
    struct seen seen;

    add(f, site_url(site, 1, "/x"), &seen);
    add(f, "nonsense", &seen);
    fetcher_free(f);
    ck_assert_int_eq(seen.n, 0);
}
END_TEST

START_TEST(good_sources_land_among_bad_ones_within_the_time_of_one)
{
    static const char *const bad[] = {"hang\n",
                                      "endless abc\ndrip 10 20\n",
                                      "bomb 10000000000\n",
                                      "body x\nlength 10000000000\n",
                                      "filler endless\n",
                                      "redirect 302 $TARGET\n",
                                      "repeat 100 a\ntruncate 10\n",
                                      "reset-head\n",
                                      "delay 60000\n",
                                      "drip-head 1 100\n"};
    struct fetch_options o = usual();
    struct seen good[40], other[40];
    struct fetcher *f;
    int64_t start;

    o.timeout_ms = 600;
    o.per_site = 100;
    site_put(site, "good.route", "repeat 20000 ok\ngzip\n");
    f = new_fetcher(&o);
    for (int i = 0; i < 40; i++) {
        char name[32];

        snprintf(name, sizeof name, "b%d.route", i);
        site_put(site, name, bad[i % 10]);
        snprintf(name, sizeof name, "/b%d", i);
        add(f, site_url(site, 1 + i % 4, name), &other[i]);
        add(f, site_url(site, 1 + i % 4, "/good"), &good[i]);
    }
    start = now_ms();
    fetcher_run(f, NULL);
    fetcher_free(f);
    ck_assert_int_lt(now_ms() - start, 1200);
    for (int i = 0; i < 40; i++) {
        ck_assert(good[i].ok);
        ck_assert_uint_eq(good[i].body.n, 40000);
        ck_assert(!other[i].ok);
        ck_assert(other[i].text[0] != '\0');
        buf_done(&good[i].body);
    }
}
END_TEST

UNIT_TESTS_IN(up, down, a_document_comes_with_its_validators,
              validators_go_back_byte_for_byte_and_bring_a_304,
              a_304_to_an_unconditional_request_is_a_fault,
              compressed_bodies_arrive_unpacked, cookies_are_never_sent_back,
              only_chains_of_permanent_redirects_move_a_source,
              validators_follow_a_redirect, redirects_end,
              a_redirect_in_bytes_that_are_no_utf_8_is_followed,
              passwords_stay_with_their_origin_and_out_of_messages,
              failures_are_said_in_words,
              cut_and_broken_bodies_are_not_taken_for_whole,
              sizes_have_ceilings, a_bomb_below_the_ceiling_ends_with_the_time,
              the_body_of_a_failure_or_redirect_is_not_waited_for,
              a_body_that_lies_about_compression_is_asked_for_plain,
              what_is_no_web_address_is_not_asked,
              names_and_ports_that_are_not_there_are_said,
              a_plain_server_on_the_tls_port_is_a_tls_fault,
              the_guard_is_asked_before_each_connection,
              a_pause_lies_between_requests_to_one_site,
              one_site_has_no_more_connections_than_allowed,
              a_site_that_wants_peace_gets_it_for_all_its_documents,
              a_short_wish_for_peace_is_waited_out,
              the_callback_may_ask_for_more,
              a_stop_ends_what_is_in_flight_and_what_waits,
              freeing_with_work_left_forgets_it,
              good_sources_land_among_bad_ones_within_the_time_of_one)
