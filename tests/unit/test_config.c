#include "unit/unit.h"
#include "unit/scratch.h"

#include <string.h>

#include "base/arena.h"
#include "config/config.h"
#include "sys/file.h"

/* A mill in a folder of its own, with its first complaint as the operator
 * would read it. */
struct fixture {
    struct scratch dir;
    struct config config;
    char said[3000];
};

static void put(struct fixture *f, const char *name, const char *content)
{
    struct error err;

    ck_assert(file_replace(scratch_path(&f->dir, name), str_from_c(content),
                           NULL, &err));
}

static void load(struct fixture *f, const char *mill, const char *topic)
{
    struct error err;

    scratch_init(&f->dir);
    ck_assert(file_make_dir(scratch_path(&f->dir, "feeds/topics"), 0755, &err));
    put(f, "feeds/mill.yaml", mill);
    if (topic != NULL)
        put(f, "feeds/topics/t.yaml", topic);
    ck_assert(config_load(f->dir.a, f->dir.root, &f->config, &err));
    f->said[0] = '\0';
    if (f->config.complaints.n > 0)
        error_print(&f->config.complaints.at[0].err, f->said, sizeof f->said);
}

static void done(struct fixture *f)
{
    config_done(&f->config);
    scratch_done(&f->dir);
}

/* Loads, expects this first complaint and status. */
static void expect(const char *mill, const char *topic, const char *complaint)
{
    struct fixture f;

    load(&f, mill, topic);
    ck_assert_str_eq(f.said, complaint);
    ck_assert(f.config.has_errors);
    done(&f);
}

#define MILL "id: urn:uuid:0189d8a0-0000-8000-8000-000000000001\n"

START_TEST(every_key_of_a_mill_is_read)
{
    struct fixture f;

    load(&f,
         MILL "title: T\nauthor: A\nlanguage: zh_CN\n"
              "base_url: https://n.example/x\ncontact: c\npublish: full\n"
              "keep_items: 2d\npause: 0s\nconnections: 3\ntimeout: 5s\n"
              "max_body: 2M\nallow_private: [\"127.0.0.1:80\", \"[::1]:81\"]\n",
         "sources: [\"https://n.example/f\"]\n");
    ck_assert_str_eq(f.said, "");
    ck_str(f.config.mill.title, "T");
    ck_str(f.config.mill.language, "zh-CN");
    ck_str(f.config.mill.base_url, "https://n.example/x/");
    ck_assert_int_eq(f.config.mill.publish, PUBLISH_FULL);
    ck_assert_int_eq(f.config.mill.keep_items_seconds, 172800);
    ck_assert_int_eq(f.config.mill.pause_ms, 0);
    ck_assert_int_eq(f.config.mill.connections, 3);
    ck_assert_int_eq(f.config.mill.max_body, 2 << 20);
    ck_assert_uint_eq(f.config.mill.n_allow_private, 2);
    ck_str(f.config.mill.allow_private[1].host, "::1");
    ck_assert_int_eq(f.config.mill.allow_private[1].port, 81);
    done(&f);
}
END_TEST

START_TEST(a_folder_without_mill_yaml_is_no_mill)
{
    struct scratch dir;
    struct config config;
    struct error err;

    scratch_init(&dir);
    ck_assert(!config_load(dir.a, dir.root, &config, &err));
    ck_assert_int_eq(err.code, ERR_CONFIG);
    ck_assert_str_eq(err.where, dir.root);
    scratch_done(&dir);
}
END_TEST

START_TEST(mistakes_name_file_line_and_column)
{
    expect(MILL "titel: x\n", NULL,
           "feeds/mill.yaml:2:1: unknown key titel in the mill; did you mean "
           "title?");
    expect(MILL "title: x\ntitle: y\n", NULL,
           "feeds/mill.yaml:3:1: key title stands twice");
    expect(MILL "pause: 2\n", NULL,
           "feeds/mill.yaml:2:8: no duration (as in 2s, 5m, 6h, 7d): 2");
    expect(MILL "title: [x]\n", NULL,
           "feeds/mill.yaml:2:8: a single value is wanted here, not a list");
    expect(MILL, "keep: |\n  a AND\nsources: []\n",
           "feeds/topics/t.yaml:2:5: AND needs a term after it");
    expect(MILL, "keep: \"\"\nsources: []\n",
           "feeds/topics/t.yaml:1:7: the rule is empty");
    expect(MILL, "sources:\n  - ftp://x.example/\n",
           "feeds/topics/t.yaml:2:5: no http or https address: "
           "ftp://x.example/");
    expect(MILL, "sources:\n  - url: https://x.example/\n    zone: Mars/Sea\n",
           "feeds/topics/t.yaml:3:11: no time zone (as in Asia/Shanghai or "
           "+08:00): Mars/Sea");
    expect(MILL, "sources:\n  - file: ../../../etc/passwd\n",
           "feeds/topics/t.yaml:2:11: not a file inside the mill: "
           "../../../etc/passwd");
    expect(MILL, "from: [nobody]\n",
           "feeds/topics/t.yaml:1:7: from: there is no topic nobody");
}
END_TEST

START_TEST(a_mistake_in_a_rule_is_found_in_every_style_of_scalar)
{
    static const struct {
        const char *topic, *place;
    } rows[] = {
        {"keep: |2\n     a OR )b\n", "2:8"},
        {"keep: |  # why\n\n  \u6a21\u578b\n   OR )b\n", "4:4"},
        {"keep: >\n  a OR\n  \u6a21\u578b AND )b\n", "3:6"},
        {"keep: >-\n  a OR b\n\n  c (d\n", "4:5"},
        {"keep:\n  \u6a21\u578b\n   AND )b\n", "3:4"},
        {"keep: '\u6a21\u578b ''x'' AND )b'\n", "1:17"},
        {"keep: \"\\\"\\u4e2d c\\\" AND\\n )b\"\n", "1:21"},
        {"title: x\r\nkeep: |\r\n  a\r\n  OR )b\r\n", "4:3"},
        {"keep: |\n  a AND\nsources: []\n", "2:5"},
        {"keep: |\n  a \"b c\n\nsources: []\n", "2:5"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct fixture f;
        char place[64];

        load(&f, MILL, rows[i].topic);
        snprintf(place, sizeof place,
                 "feeds/topics/t.yaml:%s: ", rows[i].place);
        ck_assert_msg(strncmp(f.said, place, strlen(place)) == 0, "%s: %s",
                      rows[i].place, f.said);
        done(&f);
    }
}
END_TEST

START_TEST(what_would_be_ignored_or_break_the_output_is_refused)
{
    expect(MILL "---\ntitle: x\n", NULL,
           "feeds/mill.yaml:3:1: a second document: --- may stand only once, "
           "at the beginning");
    expect(MILL "title: \"a\\x01b\"\n", NULL,
           "feeds/mill.yaml:2:8: a control character stands in the text");
    expect(MILL "contact: \"a\\rX: b\"\n", NULL,
           "feeds/mill.yaml:2:10: one line of text is wanted here");
    expect(MILL, "sources:\n  - file: \"a\\0b\"\n",
           "feeds/topics/t.yaml:2:11: a control character stands in the text");
    expect(MILL "base_url: https://x.example/?q\n", NULL,
           "feeds/mill.yaml:2:11: an address of a folder has no ? and no #: "
           "https://x.example/?q");
    expect(MILL "title: x\ntimeout: 0s\n", NULL,
           "feeds/mill.yaml:3:10: timeout is below 1s");
    expect(MILL "max_body: 0k\n", NULL,
           "feeds/mill.yaml:2:11: max_body is below 1k");
}
END_TEST

START_TEST(one_mistake_is_one_complaint)
{
    struct fixture f;

    load(&f, MILL, "sources:\n  - url: ftp://x.example/\n");
    ck_assert_uint_eq(f.config.complaints.n, 1);
    done(&f);
    expect(MILL "foo: x\n", NULL,
           "feeds/mill.yaml:2:1: unknown key foo in the mill");
}
END_TEST

START_TEST(broken_yaml_is_one_complaint_with_its_place)
{
    struct fixture f;

    load(&f, MILL, "title: \"unclosed\nsources: []\n");
    ck_assert(f.config.has_errors);
    ck_assert_uint_eq(f.config.complaints.n, 1);
    ck_assert_int_gt(f.config.complaints.at[0].err.line, 0);
    done(&f);
}
END_TEST

START_TEST(one_url_in_two_topics_is_one_source)
{
    struct fixture f;
    struct error err;

    load(&f, MILL, "sources:\n  - {url: \"https://x.example/f\", name: X}\n");
    config_done(&f.config);
    put(&f, "feeds/topics/u.yaml", "sources:\n  - https://X.example/f\n");
    ck_assert(config_load(f.dir.a, f.dir.root, &f.config, &err));
    ck_assert(!f.config.has_errors);
    ck_assert_uint_eq(f.config.mill.n_sources, 1);
    ck_str(f.config.mill.sources[0].name, "X");
    ck_assert_uint_eq(f.config.mill.topics[1].n_sources, 1);
    done(&f);
}
END_TEST

START_TEST(one_url_with_two_names_names_both_lines)
{
    struct fixture f;
    struct error err;

    load(&f, MILL, "sources:\n  - {url: \"https://x.example/f\", name: X}\n");
    config_done(&f.config);
    put(&f, "feeds/topics/u.yaml",
        "sources:\n  - {url: \"https://x.example/f\", name: Y}\n");
    ck_assert(config_load(f.dir.a, f.dir.root, &f.config, &err));
    ck_assert(f.config.has_errors);
    error_print(&f.config.complaints.at[0].err, f.said, sizeof f.said);
    ck_assert_str_eq(f.said,
                     "feeds/topics/u.yaml:2:5: https://x.example/f has other "
                     "options at feeds/topics/t.yaml:2");
    done(&f);
}
END_TEST

START_TEST(topics_take_the_sources_of_others_even_in_a_ring)
{
    struct fixture f;
    struct error err;

    load(&f, MILL, "from: [u]\nsources: [\"https://x.example/1\"]\n");
    config_done(&f.config);
    put(&f, "feeds/topics/u.yaml",
        "from: t\nsources: [\"https://x.example/2\"]\n");
    ck_assert(config_load(f.dir.a, f.dir.root, &f.config, &err));
    ck_assert(!f.config.has_errors);
    ck_assert_uint_eq(f.config.mill.topics[0].n_sources, 2);
    ck_assert_uint_eq(f.config.mill.topics[1].n_sources, 2);
    done(&f);
}
END_TEST

START_TEST(sources_of_a_topic_stand_in_the_order_of_the_mill_and_once)
{
    struct fixture f;
    struct error err;
    const struct topic *topics;

    load(&f, MILL,
         "from: u\nsources: [\"https://x.example/1\", "
         "\"https://x.example/2\"]\n");
    config_done(&f.config);
    put(&f, "feeds/topics/u.yaml",
        "sources: [\"https://x.example/3\", \"https://x.example/1\"]\n");
    put(&f, "feeds/topics/v.yaml", "from: [all, u]\n");
    ck_assert(config_load(f.dir.a, f.dir.root, &f.config, &err));
    ck_assert(!f.config.has_errors);
    topics = f.config.mill.topics;
    ck_assert_uint_eq(topics[0].n_sources, 3);
    ck_assert_uint_eq(topics[1].n_sources, 2);
    ck_assert_uint_eq(topics[2].n_sources, 3);
    ck_assert_uint_eq(topics[1].sources[0], 0);
    ck_assert_uint_eq(topics[1].sources[1], 2);
    for (size_t i = 0; i < 3; i++) {
        ck_assert_uint_eq(topics[0].sources[i], i);
        ck_assert_uint_eq(topics[2].sources[i], i);
    }
    done(&f);
}
END_TEST

START_TEST(one_url_twice_in_a_topic_is_named)
{
    expect(MILL,
           "sources:\n  - https://x.example/f\n  - https://x.example/g\n"
           "  - https://x.example/f\n",
           "feeds/topics/t.yaml:4:5: https://x.example/f stands twice in this "
           "topic");
}
END_TEST

START_TEST(reserved_and_odd_topic_names_are_refused)
{
    static const char *const names[] = {"index", "index.html", "feeds.opml.gz",
                                        "Upper", "-x",         "a b"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct fixture f;
        struct error err;
        char name[64];

        load(&f, MILL, NULL);
        config_done(&f.config);
        snprintf(name, sizeof name, "feeds/topics/%s.yaml", names[i]);
        put(&f, name, "sources: []\n");
        ck_assert(config_load(f.dir.a, f.dir.root, &f.config, &err));
        ck_assert(f.config.has_errors);
        ck_assert_uint_eq(f.config.mill.n_topics, 0);
        done(&f);
    }
}
END_TEST

START_TEST(units_are_read_and_numbers_without_unit_refused)
{
    int64_t v = -1;

    ck_assert(config_duration_ms(STR("90d"), &v));
    ck_assert_int_eq(v, 90LL * 86400000);
    ck_assert(config_bytes(STR("512k"), &v));
    ck_assert_int_eq(v, 524288);
    ck_assert(!config_bytes(STR("512"), &v));
    ck_assert(!config_duration_ms(STR("-1s"), &v));
    ck_assert(!config_duration_ms(STR("99999999999999999d"), &v));
    ck_assert_int_eq(v, 524288);
}
END_TEST

UNIT_TESTS(every_key_of_a_mill_is_read, a_folder_without_mill_yaml_is_no_mill,
           mistakes_name_file_line_and_column,
           a_mistake_in_a_rule_is_found_in_every_style_of_scalar,
           what_would_be_ignored_or_break_the_output_is_refused,
           one_mistake_is_one_complaint,
           broken_yaml_is_one_complaint_with_its_place,
           one_url_in_two_topics_is_one_source,
           one_url_with_two_names_names_both_lines,
           topics_take_the_sources_of_others_even_in_a_ring,
           sources_of_a_topic_stand_in_the_order_of_the_mill_and_once,
           one_url_twice_in_a_topic_is_named,
           reserved_and_odd_topic_names_are_refused,
           units_are_read_and_numbers_without_unit_refused)
