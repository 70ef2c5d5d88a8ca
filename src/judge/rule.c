/*
 * Parses the topic language.  The grammar, with operators in capitals:
 *
 *     any   = all { "OR" all }
 *     all   = item { [ "AND" ] item }
 *     item  = { "NOT" | "-" } ( "(" any ")" | [ field ":" ] what )
 *     what  = word [ "*" ] | "words in quotes" | /regex/ [ "c" ] | "(" any ")"
 *
 * A recursive descent over tokens that are cut when they are asked for
 * (rule_tokens.c); only parentheses recurse, and their depth is limited.  The first fault ends the
 * parse: its words and place are in the parser's error.
 */
#include "judge/rule_parser.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "judge/judge.h"
#include "text/regex.h"
#include "text/url.h"

#define DEPTH_MAX      50
#define RULE_MAX_BYTES 100000

/* ---- terms --------------------------------------------------------------- */

/* "AI", "5G": so short that case tells them from other words. */
static bool is_short_with_capital(struct str word)
{
    size_t letters = 0;
    bool capital = false;

    for (size_t i = 0; i < word.n;) {
        uint32_t c = utf8_next(word, &i);

        letters += char_kind(c) != CHAR_OTHER;
        capital = capital || is_capital(c);
    }
    return capital && letters <= 3;
}

static bool read_regex(struct parser *p, struct term *term)
{
    struct rule_regex *kept;

    term->regex = regex_new(p->token.text, p->token.match_case, p->err);
    if (term->regex == NULL) {
        int column = p->err->column;

        rule_fault_at(p, p->token.at);
        p->err->column += column;
        return false;
    }
    kept = arena_make(p->a, struct rule_regex);
    kept->regex = term->regex;
    kept->next = p->rule->regexes;
    p->rule->regexes = kept;
    return true;
}

/* site: and lang: compare names, not words. */
static bool read_value(struct parser *p, struct term *term, struct str word)
{
    struct url url;

    term->value = word;
    if (term->field != FIELD_SITE)
        return true;
    if (str_starts(word, STR(".")))
        word = str_from(word, 1);
    if (!url_parse(p->a, arena_cat(p->a, STR("http://"), word), STR_NONE,
                   &url) ||
        url.path.n != 1 || url.has_query || url.has_fragment)
        return fault(p, p->token.at, "\"%.*s\" is no domain",
                     STR_ARG(utf8_clip(word, 40)));
    term->value = url.host;
    return true;
}

static bool read_words(struct parser *p, struct term *term)
{
    struct str word = p->token.text;
    bool bare = p->token.kind == TOKEN_WORD, prefix = false;
    size_t star = bare ? str_find_char(word, '*', 0) : STR_NOT_FOUND;

    if (star != STR_NOT_FOUND) {
        if (star != word.n - 1 || star == 0)
            return fault(p, p->token.at + star,
                         "* may only end a word; quote it if it is meant");
        word = str_slice(word, 0, star);
        prefix = true;
    }
    term->match_case = is_short_with_capital(fold_width(p->a, word));
    if (!pattern_make(p->a, word, !term->match_case, &term->pattern))
        return fault(p, p->token.at,
                     bare ? "\"%.*s\" has no letter or digit to look for"
                          : "the quotes \"%.*s\" hold nothing to look for",
                     STR_ARG(utf8_clip(word, 40)));
    term->pattern.prefix = prefix;
    term->pattern.whole =
        term->field == FIELD_AUTHOR || term->field == FIELD_TAG;
    return read_value(p, term, word);
}

static bool read_term(struct parser *p, struct rule_node *node)
{
    node->kind = NODE_TERM;
    node->term.field = p->field;
    node->term.written =
        p->token.kind == TOKEN_REGEX
            ? arena_cat(p->a, STR("/"), p->token.text,
                        p->token.match_case ? STR("/c") : STR("/"))
            : p->token.text;
    if (p->token.kind == TOKEN_REGEX ? !read_regex(p, &node->term)
                                     : !read_words(p, &node->term))
        return false;
    return rule_advance(p);
}

/* ---- the grammar --------------------------------------------------------- */

static struct rule_node *read_any(struct parser *p);

static bool starts_item(enum token_kind kind)
{
    return kind == TOKEN_OPEN || kind == TOKEN_NOT || kind == TOKEN_FIELD ||
           kind == TOKEN_WORD || kind == TOKEN_PHRASE || kind == TOKEN_REGEX;
}

/* What stands where an item should. */
static bool missing_item(struct parser *p, struct token before)
{
    if (before.kind == TOKEN_FIELD)
        return fault(p, before.at, "\"%.*s:\" needs a term after it",
                     STR_ARG(field_name(before.field)));
    if (before.kind == TOKEN_OPEN && p->token.kind == TOKEN_CLOSE)
        return fault(p, before.at, "the parentheses are empty");
    if (before.kind == TOKEN_OPEN && p->token.kind == TOKEN_END)
        return fault(p, before.at, "the parenthesis is not closed");
    if (before.kind != TOKEN_END && before.kind != TOKEN_OPEN)
        return fault(p, before.at, "%.*s needs a term after it",
                     STR_ARG(before.text));
    if (p->token.kind == TOKEN_AND || p->token.kind == TOKEN_OR)
        return fault(p, p->token.at,
                     "%.*s needs a term before it; quote it if the word is "
                     "meant",
                     STR_ARG(p->token.text));
    if (p->token.kind == TOKEN_CLOSE)
        return fault(p, p->token.at, "this parenthesis closes none");
    return fault(p, 0, "the rule is empty");
}

static struct rule_node *read_group(struct parser *p)
{
    struct token open = p->token;
    struct rule_node *node;

    if (++p->depth > DEPTH_MAX) {
        fault(p, open.at, "parentheses are nested deeper than %d", DEPTH_MAX);
        return NULL;
    }
    if (!rule_advance(p))
        return NULL;
    if (!starts_item(p->token.kind)) {
        missing_item(p, open);
        return NULL;
    }
    node = read_any(p);
    if (node == NULL)
        return NULL;
    if (p->token.kind != TOKEN_CLOSE) {
        fault(p, open.at, "the parenthesis is not closed");
        return NULL;
    }
    p->depth--;
    return rule_advance(p) ? node : NULL;
}

/* "field:" and the term or group behind it. */
static struct rule_node *read_with_field(struct parser *p)
{
    struct token name = p->token;
    enum field outer = p->field;
    struct rule_node *node = NULL;

    if (outer != FIELD_ANY) {
        fault(p, name.at, "\"%.*s:\" stands inside \"%.*s:\"",
              STR_ARG(field_name(name.field)), STR_ARG(field_name(outer)));
        return NULL;
    }
    if (!rule_advance(p))
        return NULL;
    p->field = name.field;
    if (p->token.kind == TOKEN_OPEN) {
        node = read_group(p);
    } else if (p->token.kind == TOKEN_WORD || p->token.kind == TOKEN_PHRASE ||
               p->token.kind == TOKEN_REGEX) {
        node = arena_make(p->a, struct rule_node);
        node = read_term(p, node) ? node : NULL;
    } else {
        missing_item(p, name);
    }
    p->field = outer;
    return node;
}

static struct rule_node *read_item(struct parser *p, struct token before)
{
    struct rule_node *node;
    bool negated = false;

    while (p->token.kind == TOKEN_NOT) {
        negated = !negated;
        before = p->token;
        if (!rule_advance(p))
            return NULL;
    }
    if (!starts_item(p->token.kind)) {
        missing_item(p, before);
        return NULL;
    }
    if (p->token.kind == TOKEN_OPEN) {
        node = read_group(p);
    } else if (p->token.kind == TOKEN_FIELD) {
        node = read_with_field(p);
    } else {
        node = arena_make(p->a, struct rule_node);
        node = read_term(p, node) ? node : NULL;
    }
    if (node != NULL && negated)
        node->negated = !node->negated;
    return node;
}

/* One child stands for itself; from the second on KIND holds them. */
struct list {
    struct rule_node *node, *last;
};

static void add_child(struct parser *p, struct list *l, enum node_kind kind,
                      struct rule_node *child)
{
    if (l->node == NULL) {
        l->node = child;
        return;
    }
    if (l->last == NULL) {
        struct rule_node *parent = arena_make(p->a, struct rule_node);

        parent->kind = kind;
        parent->first = l->last = l->node;
        l->node = parent;
    }
    l->last->next = child;
    l->last = child;
}

static struct rule_node *read_all(struct parser *p, struct token before)
{
    struct list list = {0};

    for (;;) {
        struct rule_node *node = read_item(p, before);

        if (node == NULL)
            return NULL;
        add_child(p, &list, NODE_AND, node);
        before = p->token;
        if (p->token.kind == TOKEN_AND) {
            if (!rule_advance(p))
                return NULL;
        } else if (!starts_item(p->token.kind)) {
            return list.node;
        }
    }
}

static struct rule_node *read_any(struct parser *p)
{
    struct list list = {0};
    struct token before = {.kind = TOKEN_END};

    for (;;) {
        struct rule_node *node = read_all(p, before);

        if (node == NULL)
            return NULL;
        add_child(p, &list, NODE_OR, node);
        if (p->token.kind != TOKEN_OR)
            return list.node;
        before = p->token;
        if (!rule_advance(p))
            return NULL;
    }
}

struct rule *rule_parse(struct arena *a, struct str text, struct error *err)
{
    struct rule *rule = arena_make(a, struct rule);
    struct parser p = {
        .a = a, .s = arena_str(a, text), .rule = rule, .err = err};

    if (text.n > RULE_MAX_BYTES) {
        fault(&p, 0, "the rule is longer than %d bytes", RULE_MAX_BYTES);
        return NULL;
    }
    if (!utf8_valid(text)) {
        fault(&p, utf8_valid_prefix(text), "the rule is not valid UTF-8");
        return NULL;
    }
    if (!rule_advance(&p) || (rule->root = read_any(&p)) == NULL)
        goto bad;
    if (p.token.kind == TOKEN_END)
        return rule;
    missing_item(&p, (struct token){.kind = TOKEN_END});

bad:
    rule_free(rule);
    return NULL;
}

void rule_free(struct rule *r)
{
    if (r == NULL)
        return;
    for (struct rule_regex *k = r->regexes; k != NULL; k = k->next)
        regex_free(k->regex);
    r->regexes = NULL;
}
