#include "unit/unit.h"

#include "base/buf.h"
#include "base/escape.h"

START_TEST(markup_in_text_is_escaped_and_controls_are_dropped)
{
    struct buf b;

    buf_init(&b, BUF_MAX);
    escape_text(&b, STR("a<b>&\"c\x01\r\n]]>\uFFFFz"));
    ck_str(buf_str(&b), "a&lt;b&gt;&amp;\"c&#13;\n]]&gt;z");
    buf_done(&b);
}
END_TEST

START_TEST(a_value_in_quotes_cannot_end_them)
{
    struct buf b;

    buf_init(&b, BUF_MAX);
    escape_attr(&b, STR("\" onclick='x'\n\t"));
    ck_str(buf_str(&b), "&quot; onclick='x'&#10;&#9;");
    buf_done(&b);
}
END_TEST

START_TEST(a_scalar_of_yaml_stays_on_its_line)
{
    struct buf b;

    buf_init(&b, BUF_MAX);
    escape_yaml(&b, STR("a \"b\" \\ #c: d\n- e"));
    ck_str(buf_str(&b), "\"a \\\"b\\\" \\\\ #c: d - e\"");
    buf_done(&b);
}
END_TEST

UNIT_TESTS(markup_in_text_is_escaped_and_controls_are_dropped,
           a_value_in_quotes_cannot_end_them,
           a_scalar_of_yaml_stays_on_its_line)
