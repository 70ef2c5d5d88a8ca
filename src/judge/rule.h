#ifndef JUDGE_RULE_H
#define JUDGE_RULE_H
/* A parsed rule: what rule.c makes and judge.c evaluates. */
#include "judge/match_text.h"

struct regex;

/* In the order of field.def. */
enum field {
#define FIELD(id, name, about) FIELD_##id,
#include "judge/field.def"
#undef FIELD
    FIELDS
};

/* "title"; empty for FIELD_ANY. */
struct str field_name(enum field field);

struct term {
    struct str written; /* as in the rule, without quotes and field */
    enum field field;
    bool match_case;
    struct pattern pattern;
    struct str value;    /* site: the host in ASCII; lang: the tag */
    struct regex *regex; /* NULL for words */
};

enum node_kind { NODE_TERM, NODE_AND, NODE_OR };

struct rule_node {
    enum node_kind kind;
    bool negated;
    struct term term;        /* NODE_TERM */
    struct rule_node *first; /* children of the others */
    struct rule_node *next;  /* the next child of the parent */
};

struct rule {
    struct rule_node *root;
    struct rule_regex *regexes; /* all of them, for rule_free */
};

struct rule_regex {
    struct regex *regex;
    struct rule_regex *next;
};
#endif
