#include "unit.h"

#include "base/arena.h"
#include "base/error.h"
#include "config/config.h"

#define PATH STR("feeds/topics/t.yaml")

static struct str add(struct arena *a, const char *text, const char *url,
                      const char *name)
{
    struct source_line s = {str_from_c(url), str_from_c(name)};
    struct str out = STR_NONE;
    struct error err;

    if (!topic_text_add(a, PATH, str_from_c(text), &s, &out, &err))
        return STR("refused");
    return out;
}

static struct str cut(struct arena *a, const char *text, const char *id)
{
    struct str out = STR_NONE;
    struct error err;
    bool found;

    if (!topic_text_remove(a, PATH, str_from_c(text), str_from_c(id), &found,
                           &out, &err))
        return STR("refused");
    return found ? out : STR("not found");
}

#define is(got, want) ck_assert_str_eq(arena_str(a, got).p, want)

START_TEST(a_source_is_added_after_the_last_as_the_file_is_written)
{
    struct arena *a = arena_new(0);
    const char *u = "https://example.org/f";

    is(add(a, "sources:\n- https://example.org/a\nentries: 3\n", u, ""),
       "sources:\n- https://example.org/a\n- https://example.org/f\n"
       "entries: 3\n");
    is(add(a, "sources:\n  - url: https://example.org/a\n    name: A\n# end\n",
           u, "He \"said\""),
       "sources:\n  - url: https://example.org/a\n    name: A\n"
       "  - url: https://example.org/f\n    name: \"He \\\"said\\\"\"\n# "
       "end\n");
    is(add(a, "title: T\nsources: [https://example.org/a] # x\nentries: 3\n", u,
           ""),
       "title: T\nsources: [https://example.org/a, \"https://example.org/f\"] "
       "# x\nentries: 3\n");
    is(add(a, "title: \xe4\xb8\x80\nsources: []", u, ""),
       "title: \xe4\xb8\x80\nsources: [\"https://example.org/f\"]");
    is(add(a, "title: T", u, ""),
       "title: T\nsources:\n  - https://example.org/f\n");
    is(add(a, "sources:\r\nentries: 3\r\n", u, ""),
       "sources:\r\n  - https://example.org/f\r\nentries: 3\r\n");
    is(add(a, "", u, ""), "sources:\n  - https://example.org/f\n");
    is(add(a, "{title: T}", u, ""), "refused");
    is(add(a, "- a list\n", u, ""), "refused");
    is(add(a, "sources: text\n", u, ""), "refused");
    arena_free(a);
}
END_TEST

START_TEST(a_source_is_taken_out_with_all_of_its_lines_and_no_other)
{
    struct arena *a = arena_new(0);

    is(cut(a,
           "sources:\n  - https://example.org/a\n  # of b\n"
           "  - url: https://example.org/b\n    # inside\n    name: B\n"
           "\n  - https://example.org/c\n",
           "https://example.org/b"),
       "sources:\n  - https://example.org/a\n  # of b\n"
       "\n  - https://example.org/c\n");
    is(cut(a, "sources:\n- https://example.org/a\nentries: 3\n",
           "https://example.org/a"),
       "sources:\n  []\nentries: 3\n");
    is(cut(a, "sources: [\"https://example.org/a\", https://example.org/b]\n",
           "https://example.org/a"),
       "sources: [https://example.org/b]\n");
    is(cut(a, "sources: [\"https://example.org/a\", https://example.org/b]\n",
           "https://example.org/b"),
       "sources: [\"https://example.org/a\"]\n");
    is(cut(a,
           "sources:\n  - file: ../samples/a.html\n    url: https://x.org/\n"
           "  - https://example.org/b\n",
           "file:feeds/samples/a.html"),
       "sources:\n  - https://example.org/b\n");
    is(cut(a, "sources:\n- https://example.org/a\n", "https://example.org/"),
       "not found");
    is(cut(a, "title: T\n", "https://example.org/"), "not found");
    arena_free(a);
}
END_TEST

UNIT_TESTS(a_source_is_added_after_the_last_as_the_file_is_written,
           a_source_is_taken_out_with_all_of_its_lines_and_no_other)
