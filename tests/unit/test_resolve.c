/* Names whose servers do not answer.  getaddrinfo is our own here: libcurl asks it on
 * a thread for each name. */
#include "unit/fetching.h"

#include <netdb.h>
#include <unistd.h>

int getaddrinfo(const char *restrict name, const char *restrict service,
                const struct addrinfo *restrict hints,
                struct addrinfo **restrict out)
{
    (void)name;
    (void)service;
    (void)hints;
    *out = NULL;
    sleep(600);
    return EAI_AGAIN;
}

START_TEST(a_name_that_takes_long_holds_up_nobody_else)
{
    struct fetch_options o = usual();
    struct seen slow[3], good;
    struct fetcher *f;

    o.timeout_ms = SHORT_MS;
    site_put(site, "good.route", "body x\n");
    f = new_fetcher(&o);
    for (int i = 0; i < 3; i++)
        add(f, arena_printf(unit_arena(), "http://%c.example.org/", 'a' + i).p,
            &slow[i]);
    fetcher_run(f, NULL);
    for (int i = 0; i < 3; i++) {
        ck_assert(!slow[i].ok);
        ck_assert_msg(strstr(slow[i].text, "not resolved in ") != NULL, "%s",
                      slow[i].text);
    }
    add(f, site_url(site, 1, "/good"), &good);
    fetcher_run(f, NULL);
    ck_assert_int_eq(good.n, 1);
    fetcher_free(f);
    buf_done(&good.body);
}
END_TEST

static _Atomic int stop_flag;

static void stop_now(void *ctx, const struct response *r)
{
    on_done(ctx, r);
    stop_flag = 1;
}

START_TEST(a_stop_does_not_wait_for_names)
{
    struct fetch_options o = usual();
    struct seen first, slow;
    struct fetcher *f;
    struct error err;

    o.timeout_ms = 600000;
    site_put(site, "x.route", "delay 300\nbody x\n");
    f = fetcher_new(&o, stop_now, NULL, &err);
    add(f, "http://a.example.org/", &slow);
    add(f, site_url(site, 1, "/x"), &first);
    fetcher_run(f, &stop_flag);
    fetcher_free(f);
    ck_assert(first.ok);
    ck_assert_int_eq(slow.code, ERR_STOPPED);
    buf_done(&first.body);
}
END_TEST

UNIT_TESTS_IN(up, down, a_name_that_takes_long_holds_up_nobody_else,
              a_stop_does_not_wait_for_names)
