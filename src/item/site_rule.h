#ifndef ITEM_SITE_RULE_H
#define ITEM_SITE_RULE_H
/*
 * What the owner says about the pages of one site: where title, author, date,
 * body and next page are, and what is to be left out (feeds/rules/HOST.yaml).
 */
#include "item/source.h"

struct selector;

enum site_field {
    SITE_TITLE,
    SITE_AUTHOR,
    SITE_DATE,
    SITE_BODY,
    SITE_DROP,
    SITE_NEXT,
    SITE_FIELDS
};

/* One line of a rule; css is NULL when the owner says nothing of the field. */
struct site_line {
    const struct selector *css;
    struct str text; /* as written */
    struct place place;
};

struct site_rule {
    struct str host; /* lower case; hosts below it are meant too */
    struct str text; /* the whole file: other bytes, another rule */
    struct site_line lines[SITE_FIELDS];
};

struct site_rules {
    struct site_rule *at;
    size_t n, cap;
};

/* The key of a field in the file: "title", "author" ... */
struct str site_field_name(enum site_field field);
/* The rule for the page at URL: that of its host, else of the nearest domain
 * above it; NULL when there is none, or URL has no host.  The URL is parsed in
 * A.  RULES may be NULL. */
const struct site_rule *
site_rule_for(struct arena *a, const struct site_rules *rules, struct str url);
#endif
