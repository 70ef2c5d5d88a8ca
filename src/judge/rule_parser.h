#ifndef JUDGE_RULE_PARSER_H
#define JUDGE_RULE_PARSER_H
/* What the parser of rules (rule.c) and its tokens (rule_tokens.c) share. */
#include "base/error.h"
#include "judge/rule.h"

enum token_kind {
    TOKEN_END,
    TOKEN_OPEN,
    TOKEN_CLOSE,
    TOKEN_AND,
    TOKEN_OR,
    TOKEN_NOT,
    TOKEN_FIELD,
    TOKEN_WORD,
    TOKEN_PHRASE,
    TOKEN_REGEX
};

struct token {
    enum token_kind kind;
    size_t at; /* in the rule */
    struct str text;
    enum field field; /* TOKEN_FIELD */
    bool match_case;  /* TOKEN_REGEX */
};

struct parser {
    struct arena *a;
    struct str s;
    size_t at;          /* where the next token is cut */
    struct token token; /* the current one */
    enum field field;   /* of the group we are in */
    int depth;
    struct rule *rule;
    struct error *err;
};

/* Cuts the next token into p->token. */
bool rule_advance(struct parser *p);

/* Gives the error the line and column of AT, in characters; false. */
bool rule_fault_at(struct parser *p, size_t at);
/* The fault at AT in the words of a printf format; false. */
#define fault(p, at, ...)                                                      \
    (error_set((p)->err, ERR_CONFIG, __VA_ARGS__), rule_fault_at((p), (at)))
#endif
