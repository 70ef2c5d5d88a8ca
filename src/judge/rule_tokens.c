/*
 * Cuts a rule of the topic language into tokens, when they are asked for, and
 * says where a fault stands.
 */
#include "judge/rule_parser.h"

#include "base/utf8.h"

static const struct str field_names[FIELDS] = {
#define FIELD(id, name, about) [FIELD_##id] = STR_INIT(name),
#include "judge/field.def"
#undef FIELD
};

struct str field_name(enum field field)
{
    return field_names[field];
}

bool rule_fault_at(struct parser *p, size_t at)
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

bool rule_advance(struct parser *p)
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
