#ifndef CLEAN_POLICY_H
#define CLEAN_POLICY_H
/* allow.def as tables: what becomes of an element and of its attributes. */
#include "base/str.h"
#include "decode/node.h"

enum fate { FATE_UNWRAP, FATE_KEEP, FATE_DROP };

enum element_flag {
    VOID = 1,        /* has no content and no end tag */
    CLOSES_P = 2,    /* an HTML parser ends an open p before it */
    HEADING = 4,     /* h1 to h6: not directly in one another */
    TABLE_PART = 8,  /* only where the table's structure wants it */
    RUBY_PART = 16,  /* not inside one another */
    MATH_PART = 32,  /* only in math */
    MATH_TOKEN = 64, /* holds text and no elements */
    STRUCTURE = 128, /* stays although there is nothing to see in it */
    VISIBLE = 256    /* something to see by itself */
};

/* How the value of an attribute is checked; see attr_check.c. */
enum attr_check {
    CHECK_TEXT,    /* any text */
    CHECK_ALT,     /* the same, and empty is a value too */
    CHECK_SHORT,   /* at most 16 bytes */
    CHECK_WORD,    /* letters, digits and a little punctuation */
    CHECK_NUMBER,  /* 1 to 5 digits */
    CHECK_INTEGER, /* the same with an optional minus */
    CHECK_LENGTH,  /* pixels, or per cent */
    CHECK_FLAG,    /* present or not */
    CHECK_ALWAYS,  /* present, whatever the source said */
    CHECK_LANG,
    CHECK_DIR,
    CHECK_SCOPE,
    CHECK_KIND,
    CHECK_LIST_TYPE,
    CHECK_CODE_CLASS, /* the language-* words */
    CHECK_MIME,
    CHECK_HREF,  /* http https mailto tel */
    CHECK_CITE,  /* http https */
    CHECK_MEDIA, /* http https */
    CHECK_IMAGE, /* http https and data: images; chosen by lazy.c */
    CHECK_SRCSET
};

struct attr_rule {
    struct str name;
    enum attr_check check;
};

struct element_rule {
    enum fate fate;
    unsigned flags;
    const struct attr_rule *attrs;
    size_t n_attrs;
};

const struct element_rule *element_rule(enum tag tag);

static inline bool has_flag(enum tag tag, unsigned flag)
{
    return (element_rule(tag)->flags & flag) != 0;
}
#endif
