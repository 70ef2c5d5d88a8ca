#ifndef EXTRACT_PAGE_MARKS_H
#define EXTRACT_PAGE_MARKS_H
/*
 * What each node of the tree is to a reader: the block element it lies in,
 * whether it shows, whether it is inside a link, and what its class and id
 * words say (class.def).  Computed once a page, in one pass.
 */
#include "decode/node.h"

enum class_family {
    CLASS_BODY,
    CLASS_CONTENT,
    CLASS_ARTICLE,
    CLASS_COMMENT,
    CLASS_SIDE,
    CLASS_RELATED,
    CLASS_SHARE,
    CLASS_NAV,
    CLASS_HEADER,
    CLASS_FOOTER,
    CLASS_ADVERT,
    CLASS_META,
    CLASS_BYLINE,
    CLASS_CAPTION,
    CLASS_CREDIT,
    CLASS_TAGS,
    CLASS_SIGNUP,
    CLASS_COOKIE,
    CLASS_LEAD,
    CLASS_TITLE,
    CLASS_CARD,
    CLASS_QUOTE,
    CLASS_HIDE,
    CLASS_NOTES,
    CLASS_FORUM,
    CLASS_PRODUCT,
    CLASS_FAMILIES
};

/* What stands in these is seldom the article's. */
#define CLASSES_ASIDE                                                          \
    (1u << CLASS_COMMENT | 1u << CLASS_SIDE | 1u << CLASS_RELATED |            \
     1u << CLASS_NAV | 1u << CLASS_FOOTER | 1u << CLASS_ADVERT |               \
     1u << CLASS_SIGNUP | 1u << CLASS_COOKIE)

struct node_mark {
    uint32_t container; /* nearest block element, itself included */
    uint32_t classes;   /* bit f: a word of family f, in the element itself */
    uint32_t around;    /* the same of it and all above it, up to the body */
    bool is_hidden;     /* it or an ancestor is not shown */
    bool is_silent;     /* script, style, control of a form: not read */
    bool in_link;
};

/* One for each node of T, in A. */
struct node_mark *marks_read(struct arena *a, const struct page_tree *t);
#endif
