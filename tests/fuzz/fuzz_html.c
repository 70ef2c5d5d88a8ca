/* A page into its tree, and a selector over it: the first line, when it is one. */
#include "base/arena.h"
#include "base/error.h"
#include "decode/node.h"
#include "fuzz/fuzz.h"

static void check_node(const struct page_tree *t, uint32_t i)
{
    const struct node *n = &t->nodes[i];

    fuzz_want(n->end > i && n->end <= t->n, "a subtree outside the tree");
    fuzz_want(i == 0 || (n->parent < i && t->nodes[n->parent].end >= n->end),
              "a subtree outside its parent's");
    fuzz_want_utf8(n->text);
    for (uint32_t k = 0; k < n->n_attrs; k++) {
        fuzz_want_utf8(n->attrs[k].name);
        fuzz_want_utf8(n->attrs[k].value);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena *a = arena_new(0);
    struct str html = fuzz_text(data, n), rest = html, line = STR_NONE;
    struct notes notes = {0};
    struct page_tree *t = html_parse(a, html, &notes);
    struct selector *sel;
    struct error err;
    uint32_t hit = 0;

    for (uint32_t i = 0; i < t->n; i++)
        check_node(t, i);
    fuzz_want_utf8(node_text(t, 0, a));
    (void)str_split(&rest, '\n', &line);
    sel = selector_parse(a, line, &err);
    while (sel != NULL && (hit = node_select(t, sel, hit, t->n)) != 0)
        fuzz_want(selector_matches(sel, t, hit), "a match that is none");
    arena_free(a);
    return 0;
}
