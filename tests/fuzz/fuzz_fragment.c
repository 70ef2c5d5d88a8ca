/* What the short way reads of HTML is what the real parser reads. */
#include "base/arena.h"
#include "decode/tree_build.h"
#include "fuzz/fuzz.h"

static void check_node(const struct node *x, const struct node *y)
{
    fuzz_want(x->tag == y->tag, "another element");
    fuzz_want(x->end == y->end && x->parent == y->parent, "another nesting");
    fuzz_want(str_eq(x->text, y->text), "another text");
    fuzz_want(x->n_attrs == y->n_attrs, "other attributes");
    for (uint32_t k = 0; k < x->n_attrs; k++) {
        fuzz_want(str_eq(x->attrs[k].name, y->attrs[k].name), "another name");
        fuzz_want(str_eq(x->attrs[k].value, y->attrs[k].value),
                  "another value");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena *a = arena_new(0);
    struct str html = fuzz_text(data, n);
    struct page_tree *mine = html_simple(a, html), *real;
    struct notes notes = {0};

    if (mine != NULL) {
        /* A declaration leaves nothing in a tree and is no short way's. */
        real = html_parse_fragment(a, arena_cat(a, html, STR("<!x>")), &notes);
        fuzz_want(mine->n == real->n, "another number of nodes");
        for (uint32_t i = 0; i < mine->n; i++)
            check_node(&mine->nodes[i], &real->nodes[i]);
    }
    arena_free(a);
    return 0;
}
