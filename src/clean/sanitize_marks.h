#ifndef CLEAN_SANITIZE_MARKS_H
#define CLEAN_SANITIZE_MARKS_H
/* The first half of the sanitizer: what becomes of each node; see sanitize.c. */
#include "clean/sanitize.h"

enum mark_fate {
    MARK_SKIP,   /* goes with its subtree */
    MARK_UNWRAP, /* its children stay */
    MARK_KEEP,
    MARK_TEXT
};

enum mark_flag {
    MARK_SEEN = 1,       /* there is something to see in it */
    MARK_BLOCK_IN = 2,   /* something in it ends an open p */
    MARK_HAS_SOURCE = 4, /* audio and video: an address was found */
    MARK_PICTURE_IN = 8, /* a picture or a recording is in it */
    MARK_READ_IN = 16,   /* a table, a listing, a quotation or a formula is */
};

struct mark {
    uint8_t fate, flags;
    uint16_t as;    /* the element it is written as */
    uint32_t value; /* index into values: address of an a or img; 0 none */
};

/* Bases that xml:base attributes set, innermost last. */
struct base_scope {
    uint32_t end;
    struct str base;
};
struct base_stack {
    struct base_scope *at;
    size_t n, cap;
};

struct marks {
    const struct sanitize_input *in;
    struct arena *a;
    uint32_t first; /* at[0] is this node's */
    struct mark *at;
    struct {
        struct str *at;
        size_t n, cap;
    } values;
    struct base_stack bases;
    const char *active; /* the first active thing met, or NULL */
};

/* Marks the nodes below the roots of IN; in A. */
void marks_make(struct marks *m, struct arena *a,
                const struct sanitize_input *in);
static inline struct mark *mark_of(const struct marks *m, uint32_t i)
{
    return &m->at[i - m->first];
}
/* The base for addresses in node I; to be asked in document order. */
struct str base_at(struct base_stack *b, struct arena *a,
                   const struct sanitize_input *in, uint32_t i);
#endif
