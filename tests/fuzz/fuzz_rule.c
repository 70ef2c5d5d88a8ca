/* The first line is a rule, the rest the item it is asked of. */
#include "base/arena.h"
#include "base/error.h"
#include "fuzz/fuzz.h"
#include "judge/judge.h"

static void ask(struct arena *a, const struct rule *rule, struct str text)
{
    struct str rest = text, title = STR_NONE;
    struct item item = {0};
    struct judged *j;
    struct verdict v = {0};
    bool is;

    (void)str_split(&rest, '\n', &title);
    item.title = item.url = title;
    item.text = rest;
    item.tags = (struct strs){.at = &title, .n = 1};
    j = judged_new(a, &item, title, item.url);
    is = rule_matches(rule, j, a, &v);
    fuzz_want(is == rule_matches(rule, j, a, NULL),
              "hits change what a rule says");
    for (size_t i = 0; i < v.n_hits; i++) {
        struct str field = str_eq(v.hits[i].field, STR("title"))  ? title
                           : str_eq(v.hits[i].field, STR("body")) ? rest
                                                                  : STR_NONE;

        fuzz_want_utf8(v.hits[i].term);
        if (field.n > 0) {
            fuzz_want(v.hits[i].at + v.hits[i].n <= field.n,
                      "a hit outside its text");
            fuzz_want_utf8(
                str_slice(field, v.hits[i].at, v.hits[i].at + v.hits[i].n));
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena *a = arena_new(0);
    struct str rest = fuzz_text(data, n), text = STR_NONE;
    struct error err = {0};
    struct rule *rule;

    (void)str_split(&rest, '\n', &text);
    rule = rule_parse(a, text, &err);
    fuzz_want((rule == NULL) == (err.code != ERR_NONE),
              "an error without a fault, or a fault without an error");
    if (rule != NULL)
        ask(a, rule, rest);
    else
        fuzz_want(err.line > 0 && err.column > 0, "a fault without a place");
    rule_free(rule);
    arena_free(a);
    return 0;
}
