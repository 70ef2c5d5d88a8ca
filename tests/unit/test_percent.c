#include "unit/unit.h"

#include "base/buf.h"
#include "text/percent.h"

static void ck_encoded(const char *s, enum percent_set set, const char *want)
{
    struct buf b;

    buf_init(&b, BUF_MAX);
    percent_encode(&b, str_from_c(s), set);
    ck_str(buf_str(&b), want);
    buf_done(&b);
}

static void ck_decoded(const char *s, const char *want)
{
    struct buf b;

    buf_init(&b, BUF_MAX);
    percent_decode(&b, str_from_c(s));
    ck_str(buf_str(&b), want);
    buf_done(&b);
}

START_TEST(each_set_encodes_its_own_characters)
{
    ck_encoded("a b/'#?|%", PERCENT_CONTROL, "a b/'#?|%");
    ck_encoded("a b/'#?|%", PERCENT_FRAGMENT, "a%20b/'#?|%");
    ck_encoded("a b/'#?|%", PERCENT_QUERY, "a%20b/'%23?|%");
    ck_encoded("a b/'#?|%", PERCENT_SPECIAL_QUERY, "a%20b/%27%23?|%");
    ck_encoded("a b/'#?|%", PERCENT_PATH, "a%20b/'%23%3F|%");
    ck_encoded("a b/'#?|%", PERCENT_USERINFO, "a%20b%2F'%23%3F%7C%");
    ck_encoded("a b/'#?|%&+", PERCENT_COMPONENT, "a%20b%2F'%23%3F%7C%25%26%2B");
    ck_encoded("\x01\x7F\u00E9", PERCENT_CONTROL, "%01%7F%C3%A9");
}
END_TEST

START_TEST(only_whole_escapes_are_decoded)
{
    ck_decoded("%41%e4%BD%a0%20", "A\u4F60 ");
    ck_decoded("100%", "100%");
    ck_decoded("%4", "%4");
    ck_decoded("%zz%%41", "%zz%A");
    ck_decoded("", "");
}
END_TEST

UNIT_TESTS(each_set_encodes_its_own_characters, only_whole_escapes_are_decoded)
