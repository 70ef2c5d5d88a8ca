#include "decode/tree_build.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

#define NODES_MIN  64u
#define COPIED_MAX ((size_t)1 << 20) /* bytes of a tree; larger ones move */

void builder_init(struct tree_builder *b)
{
    *b = (struct tree_builder){.cap = NODES_MIN};
    b->at = heap_realloc(NULL, size_mul(b->cap, sizeof *b->at));
    b->at[0] = (struct node){.tag = TAG_DOCUMENT, .text = STR_NONE};
    b->n = 1;
}

uint32_t builder_add(struct tree_builder *b, uint32_t parent, enum tag tag,
                     struct str text, const struct attr *attrs, size_t n)
{
    uint32_t i = b->n, depth;

    if (b->n >= HTML_MAX_NODES) {
        b->full = true;
        return NO_NODE;
    }
    if (b->n == b->cap) {
        b->cap *= 2;
        b->at = heap_realloc(b->at, size_mul(b->cap, sizeof *b->at));
    }
    depth = b->at[parent].depth + 1u;
    b->at[i] = (struct node){
        .tag = (uint16_t)tag,
        .depth = (uint16_t)(depth > UINT16_MAX ? UINT16_MAX : depth),
        .parent = parent,
        .end = i + 1,
        .n_attrs = (uint32_t)n,
        .attrs = attrs,
        .text = text,
    };
    b->n++;
    return i;
}

void builder_close(struct tree_builder *b, uint32_t i)
{
    b->at[i].end = b->n;
}

void builder_drop(struct tree_builder *b)
{
    free(b->at);
    b->at = NULL;
}

struct page_tree *builder_finish(struct tree_builder *b, struct arena *a)
{
    struct page_tree *t = arena_make(a, struct page_tree);
    size_t n = b->n * sizeof *t->nodes;

    builder_close(b, 0);
    if (n > COPIED_MAX) {
        t->nodes = arena_take(a, b->at, n);
        b->at = NULL;
    } else {
        t->nodes = arena_alloc(a, n);
        memcpy(t->nodes, b->at, n);
        builder_drop(b);
    }
    t->n = b->n;
    t->arena = a;
    return t;
}
