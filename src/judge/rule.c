/*
 * Parses the topic language.  The grammar, with operators in capitals:
 *
 *     any   = all { "OR" all }
 *     all   = item { [ "AND" ] item }
 *     item  = { "NOT" | "-" } ( "(" any ")" | [ field ":" ] what )
 *     what  = word [ "*" ] | "words in quotes" | /regex/ [ "c" ] | "(" any ")"
 *
 * A recursive descent over tokens that are cut when they are asked for; only
 * parentheses recurse, and their depth is limited.  The first fault ends the
 * parse: its words and place are in the parser's error.
 */
#include "judge/rule.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "judge/judge.h"
#include "text/regex.h"
#include "text/url.h"

#define DEPTH_MAX      50
#define RULE_MAX_BYTES 100000

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

static const struct str field_names[FIELDS] = {
#define FIELD(id, name, about) [FIELD_##id] = STR_INIT(name),
#include "judge/field.def"
#undef FIELD
};

struct str field_name(enum field field)
{
    return field_names[field];
}

/* Gives the error its line and column, in characters. */
static bool fault_at(struct parser *p, size_t at)
{
    int line = 1, column = 1;

    for (size_t i = 0; i < at && i < p->s.n; i++) {
        if (p->s.p[i] == '\n') {
            line++;
            column = 1;
        } else {
            column += ((unsigned char)p->s.p[i] & 0xC0) != 0x80;
        }
    }
    error_at(p->err, line, column);
    return false;
}

#define fault(p, at, ...)                                                      \
    (error_set((p)->err, ERR_CONFIG, __VA_ARGS__), fault_at((p), (at)))

/* ---- field names --------------------------------------------------------- */

/* Insertions, deletions, changes and swaps of neighbours between two short
 * words. */
static int distance(struct str a, struct str b)
{
    int row[3][16];

    if (a.n > 15 || b.n > 15)
        return 99;
    for (size_t k = 0; k <= b.n; k++)
        row[0][k] = (int)k;
    for (size_t i = 1; i <= a.n; i++) {
        int *now = row[i % 3], *before = row[(i + 2) % 3];

        now[0] = (int)i;
        for (size_t k = 1; k <= b.n; k++) {
            bool same = to_lower(a.p[i - 1]) == b.p[k - 1];
            int d = before[k - 1] + !same;

            if (before[k] + 1 < d)
                d = before[k] + 1;
            if (now[k - 1] + 1 < d)
                d = now[k - 1] + 1;
            if (i > 1 && k > 1 && to_lower(a.p[i - 1]) == b.p[k - 2] &&
                to_lower(a.p[i - 2]) == b.p[k - 1] &&
                row[(i + 1) % 3][k - 2] + 1 < d)
                d = row[(i + 1) % 3][k - 2] + 1;
            now[k] = d;
        }
    }
    return row[a.n % 3][b.n];
}

static bool unknown_field(struct parser *p, struct str name, size_t at)
{
    struct str nearest = STR_NONE;
    int best = 3;

    for (int i = 1; i < FIELDS; i++) {
        int d = distance(name, field_names[i]);

        if (d < best && d < (int)field_names[i].n) {
            best = d;
            nearest = field_names[i];
        }
    }
    if (nearest.n > 0)
        return fault(p, at, "unknown field \"%.*s:\"; did you mean \"%.*s:\"?",
                     STR_ARG(utf8_clip(name, 40)), STR_ARG(nearest));
    return fault(
        p, at,
        "unknown field \"%.*s:\" (there are title, body, author, tag, "
        "source, site, lang, url); write a word with a colon in quotes",
        STR_ARG(utf8_clip(name, 40)));
}

static bool find_field(struct str name, enum field *out)
{
    for (int i = 1; i < FIELDS; i++)
        if (str_eq(name, field_names[i])) {
            *out = (enum field)i;
            return true;
        }
    return false;
}

/* ---- tokens -------------------------------------------------------------- */

/* Marks of other keyboards that look like ours; some only where a term could
 * begin, for they also stand in words. */
static const struct {
    uint32_t c;
    const char *plain;
    bool only_first;
} look_alikes[] = {
    {0xFF08, "(", false},  {0xFF09, ")", false},  {0x201C, "\"", false},
    {0x201D, "\"", false}, {0xFF02, "\"", false}, {0xFF0D, "-", true},
    {0x2212, "-", true},   {0x2013, "-", true},
};

static const char *look_alike(uint32_t c, bool first)
{
    for (size_t i = 0; i < sizeof look_alikes / sizeof look_alikes[0]; i++)
        if (look_alikes[i].c == c && (first || !look_alikes[i].only_first))
            return look_alikes[i].plain;
    return NULL;
}

static bool cut_phrase(struct parser *p)
{
    size_t end = str_find_char(p->s, '"', p->at + 1);

    if (end == STR_NOT_FOUND)
        return fault(p, p->at, "the quote is not closed");
    p->token.kind = TOKEN_PHRASE;
    p->token.text = str_slice(p->s, p->at + 1, end);
    p->at = end + 1;
    return true;
}

/* "/" inside is written "\/", which PCRE2 reads as "/". */
static bool cut_regex(struct parser *p)
{
    size_t end = p->at + 1, after;

    while (end < p->s.n && p->s.p[end] != '/' && p->s.p[end] != '\n')
        end += p->s.p[end] == '\\' && end + 1 < p->s.n ? 2 : 1;
    if (end >= p->s.n || p->s.p[end] != '/')
        return fault(p, p->at, "the regular expression is not closed by /");
    if (end == p->at + 1)
        return fault(p, p->at, "the regular expression is empty");
    p->token.kind = TOKEN_REGEX;
    p->token.text = str_slice(p->s, p->at + 1, end);
    after = end + 1;
    p->token.match_case = after < p->s.n && p->s.p[after] == 'c';
    after += p->token.match_case;
    if (after < p->s.n && p->s.p[after] != ')') {
        size_t next = after;

        if (!is_blank(utf8_next(p->s, &next)))
            return fault(p, after,
                         "only c (case counts) may follow a regular "
                         "expression; write a word with / in quotes");
    }
    p->at = after;
    return true;
}

/* Where the bare word at p->at ends. */
static bool word_end(struct parser *p, size_t *end)
{
    size_t i = p->at;

    while (i < p->s.n) {
        size_t from = i;
        uint32_t c = utf8_next(p->s, &i);

        if (look_alike(c, from == p->at) != NULL)
            return fault(p, from, "write a plain %s here, or quote the word",
                         look_alike(c, true));
        if (is_blank(c) || c == '(' || c == ')' || c == '"') {
            i = from;
            break;
        }
    }
    *end = i;
    return true;
}

/* The letters before the first colon of WORD, plain or full width. */
static size_t name_before_colon(struct str word, size_t *colon_bytes)
{
    size_t i = 0;

    while (i < word.n && is_alpha(word.p[i]))
        i++;
    *colon_bytes = i == 0                                         ? 0
                   : str_starts(str_from(word, i), STR(":"))      ? 1
                   : str_starts(str_from(word, i), STR("\uFF1A")) ? 3
                                                                  : 0;
    return i;
}

/* The word that ends at END begins with NAME and a colon. */
static bool cut_field(struct parser *p, struct str name, size_t colon_bytes,
                      size_t end)
{
    bool is_plain = colon_bytes == 1;

    if (find_field(name, &p->token.field)) {
        if (!is_plain)
            return fault(p, p->at + name.n, "write a plain : after \"%.*s\"",
                         STR_ARG(name));
        p->token.kind = TOKEN_FIELD;
        p->at += name.n + 1;
        return true;
    }
    if (is_plain)
        return unknown_field(p, name, p->at);
    p->at = end; /* a word with a Chinese colon in it */
    return true;
}

static bool cut_word(struct parser *p)
{
    static const struct {
        struct str word;
        enum token_kind kind;
    } operators[] = {{STR_INIT("AND"), TOKEN_AND},
                     {STR_INIT("OR"), TOKEN_OR},
                     {STR_INIT("NOT"), TOKEN_NOT}};
    size_t end = 0, name, colon;
    struct str word;

    if (!word_end(p, &end))
        return false;
    word = str_slice(p->s, p->at, end);
    p->token.kind = TOKEN_WORD;
    p->token.text = word;
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++)
        if (str_eq(word, operators[i].word))
            p->token.kind = operators[i].kind;
    name = name_before_colon(word, &colon);
    if (colon == 0) {
        p->at = end;
        return true;
    }
    return cut_field(p, str_slice(word, 0, name), colon, end);
}

static void skip_blanks(struct parser *p)
{
    while (p->at < p->s.n) {
        size_t next = p->at;

        if (!is_blank(utf8_next(p->s, &next)))
            return;
        p->at = next;
    }
}

static bool cut_minus(struct parser *p)
{
    size_t next = p->at + 1;

    if (next >= p->s.n || is_blank(utf8_next(p->s, &next)))
        return fault(p, p->at,
                     "\"-\" must stand right before what it excludes");
    p->token.kind = TOKEN_NOT;
    p->token.text = str_slice(p->s, p->at, p->at + 1);
    p->at++;
    return true;
}

/* Cuts the next token into p->token. */
static bool advance(struct parser *p)
{
    skip_blanks(p);
    p->token = (struct token){.at = p->at};
    if (p->at >= p->s.n)
        return true;
    switch (p->s.p[p->at]) {
    case '(':
    case ')':
        p->token.kind = p->s.p[p->at] == '(' ? TOKEN_OPEN : TOKEN_CLOSE;
        p->at++;
        return true;
    case '"':
        return cut_phrase(p);
    case '/':
        return cut_regex(p);
    case '-':
        return cut_minus(p);
    default:
        return cut_word(p);
    }
}

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

        fault_at(p, p->token.at);
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
    return advance(p);
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
                     STR_ARG(field_names[before.field]));
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
    if (!advance(p))
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
    return advance(p) ? node : NULL;
}

/* "field:" and the term or group behind it. */
static struct rule_node *read_with_field(struct parser *p)
{
    struct token name = p->token;
    enum field outer = p->field;
    struct rule_node *node = NULL;

    if (outer != FIELD_ANY) {
        fault(p, name.at, "\"%.*s:\" stands inside \"%.*s:\"",
              STR_ARG(field_names[name.field]), STR_ARG(field_names[outer]));
        return NULL;
    }
    if (!advance(p))
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
        if (!advance(p))
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
            if (!advance(p))
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
        if (!advance(p))
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
    if (!advance(&p) || (rule->root = read_any(&p)) == NULL)
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
