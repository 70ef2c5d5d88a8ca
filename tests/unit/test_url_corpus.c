#include "unit/unit.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "text/json.h"
#include "text/url.h"
#include "text/url_host.h"

/* ---- the corpus of the Web Platform Tests -------------------------------- */

static struct str read_corpus(struct arena *a, const char *name)
{
    struct str path = arena_printf(a, "%s/corpus/url/%s", SHARED_DIR, name);
    FILE *f = fopen(path.p, "rb");
    struct buf b;
    char chunk[4096];
    size_t n;
    struct str all;

    if (f == NULL)
        return STR_NONE;
    buf_init(&b, (size_t)64 << 20);
    while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
        buf_add(&b, chunk, n);
    fclose(f);
    all = buf_keep(&b, a);
    buf_done(&b);
    return all;
}

static struct json *corpus(struct arena *a, const char *name)
{
    struct str all = read_corpus(a, name);
    struct error err;
    struct json *j;

    if (all.n == 0)
        return NULL;
    j = json_parse(a, all, &err);
    ck_assert_msg(j != NULL, "%s: %s", name, err.text);
    return j;
}

static void same_part(struct str got, const struct json *test,
                      const char *member, struct str input)
{
    const struct json *want = json_get(test, str_from_c(member));

    ck_assert_msg(want == NULL || str_eq(got, want->string),
                  "%.*s: %s is \"%.*s\", expected \"%.*s\"", STR_ARG(input),
                  member, STR_ARG(got), STR_ARG(want->string));
}

static struct str after(struct arena *a, const char *mark, struct str part)
{
    return part.n == 0 ? part : arena_cat(a, str_from_c(mark), part);
}

static void check_case(struct arena *a, const struct json *test)
{
    struct str input = json_get_str(test, STR("input"));
    struct str base = json_get_str(test, STR("base"));
    struct url url, again;
    bool ok = url_parse(a, input, base, &url);

    if (json_get(test, STR("failure")) != NULL) {
        ck_assert_msg(!ok, "%.*s against %.*s is %.*s, expected failure",
                      STR_ARG(input), STR_ARG(base), STR_ARG(url.href));
        return;
    }
    ck_assert_msg(ok, "%.*s against %.*s fails", STR_ARG(input), STR_ARG(base));
    same_part(url.href, test, "href", input);
    same_part(arena_cat(a, url.scheme, STR(":")), test, "protocol", input);
    same_part(url.username, test, "username", input);
    same_part(url.password, test, "password", input);
    same_part(url.host, test, "hostname", input);
    same_part(url.port, test, "port", input);
    same_part(url.path, test, "pathname", input);
    same_part(after(a, "?", url.query), test, "search", input);
    same_part(after(a, "#", url.fragment), test, "hash", input);
    ck_assert(url_parse(a, url.href, STR_NONE, &again));
    ck_assert_msg(str_eq(again.href, url.href), "%.*s is not stable",
                  STR_ARG(url.href));
}

static void check_corpus(const char *name, size_t at_least)
{
    struct arena *a = arena_new(0);
    struct json *tests = corpus(a, name);
    size_t n = 0;

    for (const struct json *t = tests ? tests->first : NULL; t; t = t->next) {
        if (t->type != JSON_OBJECT)
            continue;
        check_case(a, t);
        n++;
    }
    ck_assert(tests == NULL || n >= at_least);
    arena_free(a);
}

START_TEST(every_case_of_the_web_platform_tests_is_met)
{
    check_corpus("urltestdata.json", 800);
}
END_TEST

START_TEST(every_additional_case_is_met)
{
    check_corpus("ada_extra_urltestdata.json", 20);
}
END_TEST

START_TEST(every_domain_comes_to_ascii_as_browsers_do_it)
{
    struct arena *a = arena_new(0);
    struct json *tests = corpus(a, "toascii.json");

    for (const struct json *t = tests ? tests->first : NULL; t; t = t->next) {
        struct str input = json_get_str(t, STR("input"));
        const struct json *want = json_get(t, STR("output"));
        struct buf out;
        bool ok;

        if (t->type != JSON_OBJECT)
            continue;
        buf_init(&out, BUF_MAX);
        ok = url_host_parse(input, true, &out);
        ck_assert_msg(ok == (want->type == JSON_STRING), "%.*s gives %.*s",
                      STR_ARG(input), STR_ARG(buf_str(&out)));
        if (ok)
            ck_assert_msg(str_eq(buf_str(&out), want->string),
                          "%.*s gives %.*s", STR_ARG(input),
                          STR_ARG(buf_str(&out)));
        buf_done(&out);
    }
    arena_free(a);
}
END_TEST

static bool corpus_is_there(void)
{
    FILE *f = fopen(SHARED_DIR "/corpus/url/urltestdata.json", "rb");

    if (f != NULL)
        fclose(f);
    return f != NULL;
}

int main(void)
{
    const TTest *const tests[] = {
        every_case_of_the_web_platform_tests_is_met,
        every_additional_case_is_met,
        every_domain_comes_to_ascii_as_browsers_do_it,
    };

    if (!corpus_is_there()) {
        puts("skipped: no " SHARED_DIR "/corpus/url");
        return 77;
    }
    return unit_run(tests, sizeof tests / sizeof tests[0]);
}
