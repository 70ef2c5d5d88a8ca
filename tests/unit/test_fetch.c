#include "unit/fetching.h"

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

/* Sends a form and then asks as usual, with the same handle. */
static void post(const char *target, struct seen *seen)
{
    struct fetch_options o = usual();
    struct fetcher *f = new_fetcher(&o);
    struct request r = {.url = str_from_c(site_url(site, 1, target)),
                        .form = STR("a=1&b=%26"),
                        .user = seen};
    struct seen later;

    *seen = (struct seen){0};
    fetcher_add(f, &r);
    fetcher_run(f, NULL);
    ck_assert_int_eq(seen->n, 1);
    add(f, site_url(site, 1, "/later"), &later);
    fetcher_run(f, NULL);
    fetcher_free(f);
    buf_done(&later.body);
}

START_TEST(a_form_is_posted_and_what_comes_later_is_not)
{
    struct seen seen;

    site_put(site, "hub.route", "status 204\n");
    site_put(site, "later", "x");
    post("/hub", &seen);
    ck_assert(seen.ok);
    ck_assert_int_eq(seen.status, 204);
    ck_assert(site_saw(site, "ask POST /hub\t"));
    ck_assert(
        site_saw(site, "\tContent-Type: application/x-www-form-urlencoded\t"));
    ck_assert(site_saw(site, "\tbody: a=1&b=%26\n"));
    ck_assert(site_saw(site, "ask GET /later\t"));
    buf_done(&seen.body);
}
END_TEST

START_TEST(a_form_follows_only_redirects_that_keep_it_one)
{
    struct seen seen;

    site_put(site, "a.route", "redirect 307 b\n");
    site_put(site, "b.route", "redirect 308 c\n");
    site_put(site, "c.route", "status 202\n");
    site_put(site, "d.route", "redirect 302 c\n");
    site_put(site, "later", "x");
    post("/a", &seen);
    ck_assert(seen.ok);
    ck_assert_int_eq(seen.status, 202);
    ck_assert(site_saw(site, "ask POST /c\t"));
    buf_done(&seen.body);
    post("/d", &seen);
    ck_assert(!seen.ok);
    ck_assert_int_eq(seen.code, ERR_HTTP);
    ck_assert_int_eq(site_asked(site, "/c"), 1);
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

/* Of /a, which leads to /b, with a validator that is VALIDATED's. */
static int status_of_redirected(const char *validated)
{
    struct fetch_options o = usual();
    struct fetcher *f = new_fetcher(&o);
    struct seen seen = {0};
    struct request r = {.url = str_from_c(site_url(site, 1, "/a")),
                        .etag = STR("\"1\""),
                        .validated = str_from_c(validated),
                        .user = &seen};

    fetcher_add(f, &r);
    fetcher_run(f, NULL);
    fetcher_free(f);
    ck_assert(seen.ok);
    buf_done(&seen.body);
    return seen.status;
}

START_TEST(validators_are_for_the_address_that_gave_them)
{
    char url[256];

    snprintf(url, sizeof url, "%s", site_url(site, 1, "/b"));
    site_put(site, "a.route", "redirect 302 b\n");
    site_put(site, "b.route", "etag \"1\"\nbody x\n");
    ck_assert_int_eq(status_of_redirected(url), 304);
    ck_assert_int_eq(status_of_redirected(""), 200);
    url[strlen(url) - 1] = 'c';
    ck_assert_int_eq(status_of_redirected(url), 200);
}
END_TEST

START_TEST(no_address_is_asked_twice_wherever_it_was_heard_of)
{
    static const char *const targets[] = {"/one", "/to", "/one#part",
                                          "/to?again", "/one?other"};
    struct fetch_options o = usual();
    struct fetcher *f = new_fetcher(&o);
    struct seen seen[5];
    int n_ok = 0;

    site_put(site, "one.route", "body x\n");
    site_put(site, "to.route", "redirect 302 /one\n");
    for (size_t i = 0; i < 5; i++)
        add(f, site_url(site, 1, targets[i]), &seen[i]);
    fetcher_run(f, NULL);
    for (size_t i = 0; i < 4; i++) {
        n_ok += seen[i].ok;
        ck_assert(seen[i].ok || seen[i].is_repeated);
        ck_assert(seen[i].ok || seen[i].code == ERR_REFUSED);
    }
    ck_assert_int_eq(n_ok, 1);
    ck_assert(seen[4].ok && !seen[4].is_repeated);
    ck_assert_int_eq(site_asked(site, "/one"), 1);
    fetcher_free(f);
    for (size_t i = 0; i < 5; i++)
        buf_done(&seen[i].body);
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

/* How long three requests each to two sites take. */
static int64_t six_take(const struct fetch_options *o)
{
    struct seen seen[6];
    struct fetcher *f = new_fetcher(o);
    int64_t start = now_ms();

    for (int i = 0; i < 6; i++)
        add(f, nth(1 + i % 2, "/x", i), &seen[i]);
    fetcher_run(f, NULL);
    fetcher_free(f);
    for (int i = 0; i < 6; i++)
        ck_assert_int_eq(seen[i].status, 404);
    return now_ms() - start;
}

START_TEST(a_pause_lies_between_requests_to_one_site)
{
    struct fetch_options o = usual();
    int64_t took;

    o.per_site = 1;
    o.pause_ms = 200;
    /* Two pauses each, side by side; a busy machine needs longer ones to show. */
    while ((took = six_take(&o)) >= 4 * o.pause_ms && o.pause_ms < 3000) {
        ck_assert_int_ge(took, 2 * o.pause_ms);
        o.pause_ms *= 2;
    }
    ck_assert_int_ge(took, 2 * o.pause_ms);
    ck_assert_int_lt(took, 4 * o.pause_ms);
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
        add(f, nth(1, "/s", i), &seen[i]);
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

START_TEST(a_503_without_a_time_is_the_whole_sites_wish)
{
    struct fetch_options o = usual();
    struct seen first, second, other;
    struct fetcher *f;

    o.per_site = 1;
    site_put(site, "1.route", "status 503\n");
    site_put(site, "x", "x");
    f = new_fetcher(&o);
    add(f, site_url(site, 1, "/1"), &first);
    add(f, site_url(site, 1, "/x"), &second);
    add(f, site_url(site, 2, "/x"), &other);
    fetcher_run(f, NULL);
    ck_assert_int_eq(first.status, 503);
    ck_assert_int_eq(second.code, ERR_REFUSED);
    ck_assert_int_ge(second.retry_after, 60);
    ck_assert_int_lt(second.retry_after, 75);
    ck_assert(other.ok);
    ck_assert_int_eq(site_asked(site, "/x"), 1);
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

static _Atomic int stop_flag;

static void stop_now(void *ctx, const struct response *r)
{
    on_done(ctx, r);
    stop_flag = 1;
}

static void add_page(struct fetcher *f, const char *url, struct seen *seen)
{
    struct request r = {
        .url = str_from_c(url), .user = seen, .obeys_robots = true};

    *seen = (struct seen){0};
    fetcher_add(f, &r);
}

START_TEST(pages_obey_robots_txt_and_feeds_need_not)
{
    struct fetch_options o = usual();
    struct seen open, closed, feed, moved;
    struct fetcher *f;

    site_put(site, "robots.txt", "User-agent: *\nDisallow: /private\n");
    site_put(site, "open", "o");
    site_put(site, "private/a", "p");
    site_put(site, "to.route", "redirect 302 /private/a\n");
    f = new_fetcher(&o);
    add_page(f, site_url(site, 1, "/open"), &open);
    add_page(f, site_url(site, 1, "/private/a"), &closed);
    add_page(f, site_url(site, 1, "/to"), &moved);
    add(f, site_url(site, 1, "/private/a"), &feed);
    fetcher_run(f, NULL);
    ck_assert(open.ok);
    ck_assert(feed.ok);
    ck_assert_int_eq(closed.code, ERR_REFUSED);
    ck_assert(strstr(closed.text, "robots.txt forbids it") != NULL);
    ck_assert_int_eq(moved.code, ERR_REFUSED);
    ck_assert_int_eq(site_asked(site, "/private/a"), 1);
    ck_assert_int_eq(site_asked(site, "/robots.txt"), 1);
    buf_done(&open.body);
    buf_done(&feed.body);
    add_page(f, site_url(site, 2, "/open"), &open);
    fetcher_run(f, NULL);
    ck_assert(open.ok);
    ck_assert_int_eq(site_asked(site, "/robots.txt"), 2); /* another origin */
    buf_done(&open.body);
    fetcher_free(f);
}
END_TEST

/* What a page behind this robots.txt gives; freed. */
static struct seen page_behind(const char *robots)
{
    struct fetch_options o = usual();
    struct fetcher *f;
    struct seen seen;

    o.user_agent = STR("feedmill/1.0 (+https://example.org)");
    o.timeout_ms = 300;
    site_put(site, "robots.txt.route", robots);
    site_put(site, "page", "x");
    f = new_fetcher(&o);
    add_page(f, site_url(site, 1, "/page"), &seen);
    fetcher_run(f, NULL);
    fetcher_free(f);
    ck_assert_int_eq(seen.n, 1);
    buf_done(&seen.body);
    return seen;
}

START_TEST(a_robots_txt_that_cannot_be_had_means_not_now)
{
    struct seen seen = page_behind("status 503\n");

    ck_assert_int_eq(seen.code, ERR_REFUSED);
    ck_assert(strstr(seen.text, "robots.txt") != NULL);
    ck_assert(strstr(seen.text, "503") != NULL);
    ck_assert(!page_behind("hang\n").ok);
    ck_assert(!page_behind("status 429\n").ok);
    ck_assert(!page_behind("reset-head\n").ok);
    ck_assert(!page_behind("body User-agent: feedmill\\nDisallow: /\n").ok);
    /* It breaks off: what would it have forbidden? */
    ck_assert(!page_behind("body User-agent: *\\n\nlength 900\n").ok);
    /* Of a file without end the beginning counts. */
    ck_assert(!page_behind("endless User-agent: *\\nDisallow: /\\n\n").ok);
    ck_assert_int_eq(site_asked(site, "/page"), 0);
    ck_assert(page_behind("status 404\n").ok);
    ck_assert(page_behind("status 403\n").ok);
    ck_assert(page_behind("body User-agent: fee\\nDisallow: /\n").ok);
    ck_assert(page_behind("redirect 302 /other\n").ok);
    ck_assert(page_behind("endless User-agent: *\\nDisallow: /x\\n\n").ok);
}
END_TEST

struct known {
    int n, status;
    char origin[64], text[64];
};

static void on_robots(void *ctx, struct str origin, int status, struct str text)
{
    struct known *known = ctx;

    known->n++;
    known->status = status;
    copy(known->origin, sizeof known->origin, origin);
    copy(known->text, sizeof known->text, text);
}

START_TEST(robots_txt_is_told_and_can_be_known_before)
{
    struct fetch_options o = usual();
    struct known known = {0};
    struct error err;
    struct seen seen;
    struct fetcher *f;

    o.on_robots = on_robots;
    site_put(site, "robots.txt", "User-agent: *\nDisallow: /x\n");
    f = fetcher_new(&o, on_done, &known, &err);
    add_page(f, site_url(site, 1, "/x"), &seen);
    fetcher_run(f, NULL);
    fetcher_free(f);
    ck_assert_int_eq(known.n, 1);
    ck_assert_int_eq(known.status, 200);
    ck_assert_str_eq(known.origin, site_url(site, 1, ""));
    ck_assert_str_eq(known.text, "User-agent: *\nDisallow: /x\n");
    f = fetcher_new(&o, on_done, &known, &err);
    fetcher_know_robots(f, str_from_c(known.origin), 200,
                        str_from_c(known.text));
    add_page(f, site_url(site, 1, "/x"), &seen);
    fetcher_run(f, NULL);
    fetcher_free(f);
    ck_assert_int_eq(seen.code, ERR_REFUSED);
    ck_assert_int_eq(site_asked(site, "/robots.txt"), 1);
}
END_TEST

static bool busy_for_a_while(void *ctx)
{
    struct known *known = ctx;

    return --known->n > 0;
}

START_TEST(nothing_is_asked_while_the_taker_is_busy)
{
    struct fetch_options o = usual();
    struct known known = {.n = 20};
    struct error err;
    struct seen seen;
    struct fetcher *f;
    int64_t start = now_ms();

    o.is_busy = busy_for_a_while;
    site_put(site, "x", "hello");
    f = fetcher_new(&o, on_done, &known, &err);
    add_page(f, site_url(site, 1, "/x"), &seen);
    fetcher_run(f, NULL);
    fetcher_free(f);
    ck_assert(seen.ok);
    ck_assert_int_le(known.n, 0);
    ck_assert_int_ge(now_ms() - start, 50);
    buf_done(&seen.body);
}
END_TEST

static void on_peace(void *ctx, const struct fetch_peace *peace)
{
    struct known *known = ctx;

    known->n = peace->refusals;
    known->status = (int)peace->seconds;
    copy(known->origin, sizeof known->origin, peace->site);
}

START_TEST(peace_is_told_doubles_and_can_be_known_before)
{
    struct fetch_options o = usual();
    struct known known = {0};
    struct fetch_peace peace = {.refusals = 1, .status = 429};
    struct error err;
    struct seen seen;
    struct fetcher *f;

    o.on_peace = on_peace;
    site_put(site, "x.route", "status 429\n");
    f = fetcher_new(&o, on_done, &known, &err);
    add_page(f, site_url(site, 1, "/x"), &seen);
    fetcher_run(f, NULL);
    fetcher_free(f);
    ck_assert_int_eq(known.n, 1);
    ck_assert(known.status >= 59 && known.status <= 75);
    f = fetcher_new(&o, on_done, &known, &err);
    peace.site = str_from_c(known.origin);
    fetcher_know_peace(f, &peace);
    add_page(f, site_url(site, 1, "/x"), &seen);
    fetcher_run(f, NULL);
    fetcher_free(f);
    ck_assert_int_eq(known.n, 2);
    ck_assert(known.status >= 119 && known.status <= 150);
    f = fetcher_new(&o, on_done, &known, &err);
    peace.seconds = 3600;
    fetcher_know_peace(f, &peace);
    add_page(f, site_url(site, 1, "/x"), &seen);
    fetcher_run(f, NULL);
    fetcher_free(f);
    ck_assert_int_eq(seen.code, ERR_REFUSED);
    ck_assert(strstr(seen.text, "429") != NULL);
    ck_assert_int_eq(site_asked(site, "/x"), 2);
}
END_TEST

START_TEST(a_crawl_delay_slows_a_site_down)
{
    struct fetch_options o = usual();
    struct seen seen[3];
    struct fetcher *f;
    int64_t start = now_ms();

    site_put(site, "robots.txt", "User-agent: *\nCrawl-delay: 0.2\n");
    f = new_fetcher(&o);
    for (int i = 0; i < 3; i++)
        add_page(f, nth(1, "/x", i), &seen[i]);
    fetcher_run(f, NULL);
    fetcher_free(f);
    ck_assert_int_ge(now_ms() - start, 600);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(seen[i].status, 404);
}
END_TEST

START_TEST(a_stop_ends_what_waits_for_robots_txt)
{
    struct fetch_options o = usual();
    struct error err;
    struct seen first, page;
    struct fetcher *f;

    site_put(site, "robots.txt.route", "hang\n");
    o.timeout_ms = 20000;
    f = fetcher_new(&o, stop_now, NULL, &err);
    add(f, site_url(site, 2, "/x"), &first);
    add_page(f, site_url(site, 1, "/x"), &page);
    stop_flag = 0;
    fetcher_run(f, &stop_flag);
    ck_assert_int_eq(page.code, ERR_STOPPED);
    ck_assert_int_eq(page.n, 1);
    add_page(f, site_url(site, 3, "/x"), &page);
    fetcher_free(f);
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
        add(f, nth(1, "/hang", i), &seen[i]);
    stop_flag = 0;
    fetcher_run(f, &stop_flag);
    fetcher_free(f);
    ck_assert_int_lt(now_ms() - start, o.timeout_ms / 2);
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

UNIT_TESTS_IN(up, down, cookies_are_never_sent_back,
              a_form_is_posted_and_what_comes_later_is_not,
              a_form_follows_only_redirects_that_keep_it_one,
              only_chains_of_permanent_redirects_move_a_source,
              validators_are_for_the_address_that_gave_them,
              no_address_is_asked_twice_wherever_it_was_heard_of, redirects_end,
              a_redirect_in_bytes_that_are_no_utf_8_is_followed,
              passwords_stay_with_their_origin_and_out_of_messages,
              what_is_no_web_address_is_not_asked,
              a_pause_lies_between_requests_to_one_site,
              one_site_has_no_more_connections_than_allowed,
              a_site_that_wants_peace_gets_it_for_all_its_documents,
              a_503_without_a_time_is_the_whole_sites_wish,
              a_short_wish_for_peace_is_waited_out,
              pages_obey_robots_txt_and_feeds_need_not,
              a_robots_txt_that_cannot_be_had_means_not_now,
              robots_txt_is_told_and_can_be_known_before,
              nothing_is_asked_while_the_taker_is_busy,
              peace_is_told_doubles_and_can_be_known_before,
              a_crawl_delay_slows_a_site_down,
              a_stop_ends_what_waits_for_robots_txt,
              the_callback_may_ask_for_more,
              a_stop_ends_what_is_in_flight_and_what_waits,
              freeing_with_work_left_forgets_it)
