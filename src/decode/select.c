/*
 * CSS selectors, the part of them that site rules need.
 *
 * A selector is a list of alternatives; an alternative is a row of compounds,
 * kept from right to left; each compound is a list of tests and says how it
 * hangs on the one to its left (child or descendant).
 *
 * Matching goes right to left without recursion.  Compounds joined by '>' form a
 * group that matches as a whole or not at all; a group behind a blank takes the
 * nearest ancestor that fits.  The nearest is never worse than a farther one,
 * for it leaves more ancestors to the rest, so nothing is ever tried again.
 */
#include "base/arena.h"
#include "base/error.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "decode/node.h"

#define SELECTOR_MAX 4096  /* bytes */
#define SIBLINGS_MAX 10000 /* looked at for :nth-of-type */

enum test_kind {
    TEST_TAG,
    TEST_NAME, /* an element that tag.def does not know */
    TEST_ID,
    TEST_CLASS,
    TEST_ATTR,   /* is there */
    TEST_EQUAL,  /* = */
    TEST_WORD,   /* ~= */
    TEST_DASH,   /* |= */
    TEST_PREFIX, /* ^= */
    TEST_SUFFIX, /* $= */
    TEST_PART,   /* *= */
    TEST_NTH     /* :nth-of-type(step n + offset) */
};

struct test {
    enum test_kind kind;
    bool negated, any_case;
    enum tag tag;
    struct str name, value;
    int step, offset;
};

struct compound {
    struct test *tests;
    size_t n;
    bool is_child; /* of the compound to its left: '>' and not a blank */
};

struct alternative {
    struct compound *compounds; /* from right to left */
    size_t n;
};

struct selector {
    struct alternative *alternatives;
    size_t n;
};

/* ---- reading ---- */

struct reader {
    struct arena *a;
    struct str s;
    size_t at;
    struct error *err;
};

static bool complain(struct reader *r, const char *what)
{
    error_set(r->err, ERR_CONFIG, "selector: %s", what);
    error_at(r->err, 0, (int)utf8_chars(str_slice(r->s, 0, r->at)) + 1);
    return false;
}

static char peek(const struct reader *r)
{
    return r->at < r->s.n ? r->s.p[r->at] : '\0';
}

static bool take(struct reader *r, char c)
{
    if (r->at >= r->s.n || r->s.p[r->at] != c)
        return false;
    r->at++;
    return true;
}

static void skip_spaces(struct reader *r)
{
    while (r->at < r->s.n && is_space(r->s.p[r->at]))
        r->at++;
}

static bool is_name_char(char c)
{
    return is_alnum(c) || c == '-' || c == '_' || (unsigned char)c >= 0x80;
}

/* An identifier; a backslash takes the next character as it is. */
static bool read_name(struct reader *r, struct str *out)
{
    char *p = arena_alloc(r->a, r->s.n - r->at + 1);
    size_t n = 0;

    while (is_name_char(peek(r)) || (peek(r) == '\\' && r->at + 1 < r->s.n)) {
        if (peek(r) == '\\')
            r->at++;
        p[n++] = r->s.p[r->at++];
    }
    *out = str_of(p, n);
    return n > 0 || complain(r, "a name is missing");
}

static bool read_string(struct reader *r, struct str *out)
{
    char quote = peek(r);
    char *p;
    size_t n = 0;

    if (quote != '"' && quote != '\'')
        return read_name(r, out);
    p = arena_alloc(r->a, r->s.n - r->at + 1);
    for (r->at++; peek(r) != quote; r->at++) {
        if (peek(r) == '\\' && r->at + 1 < r->s.n)
            r->at++;
        if (r->at >= r->s.n)
            return complain(r, "a quote is not closed");
        p[n++] = r->s.p[r->at];
    }
    r->at++;
    *out = str_of(p, n);
    return true;
}

/* Behind '['. */
static bool read_attr(struct reader *r, struct test *test)
{
    static const struct {
        char sign;
        enum test_kind kind;
    } signs[] = {{'~', TEST_WORD},
                 {'|', TEST_DASH},
                 {'^', TEST_PREFIX},
                 {'$', TEST_SUFFIX},
                 {'*', TEST_PART}};

    skip_spaces(r);
    if (!read_name(r, &test->name))
        return false;
    test->name = arena_lower(r->a, test->name);
    test->kind = TEST_ATTR;
    skip_spaces(r);
    if (take(r, ']'))
        return true;
    test->kind = TEST_EQUAL;
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (take(r, signs[i].sign)) {
            test->kind = signs[i].kind;
            break;
        }
    }
    if (!take(r, '='))
        return complain(r, "= or ] is missing");
    skip_spaces(r);
    if (!read_string(r, &test->value))
        return false;
    skip_spaces(r);
    if (take(r, 'i') || take(r, 'I'))
        test->any_case = true;
    skip_spaces(r);
    return take(r, ']') || complain(r, "] is missing");
}

/* What stands in :nth-of-type(...): odd, even, 3, 2n+1, -n+3. */
static bool read_nth(struct reader *r, struct test *test)
{
    size_t close = str_find_char(r->s, ')', r->at), n_at;
    struct str s, before, after;
    int64_t step = 0, offset = 0;

    if (close == STR_NOT_FOUND)
        return complain(r, ") is missing");
    s = str_trim(str_slice(r->s, r->at, close));
    if (str_eq_nocase(s, STR("odd")))
        s = STR("2n+1");
    else if (str_eq_nocase(s, STR("even")))
        s = STR("2n");
    n_at = str_find_nocase(s, STR("n"), 0);
    before = str_trim(str_slice(s, 0, n_at == STR_NOT_FOUND ? 0 : n_at));
    after = str_trim(str_from(s, n_at == STR_NOT_FOUND ? 0 : n_at + 1));
    if (n_at != STR_NOT_FOUND) {
        if (before.n == 0 || str_eq(before, STR("+")))
            step = 1;
        else if (str_eq(before, STR("-")))
            step = -1;
        else if (!str_to_i64(before, &step))
            return complain(r, "odd, even or a number like 2n+1 is wanted");
        /* "2n + 1": blanks around the sign. */
        if (after.n > 1 && is_space(after.p[1])) {
            bool minus = after.p[0] == '-';

            if (!str_to_i64(str_trim(str_from(after, 1)), &offset))
                return complain(r, "a number is wanted after n");
            offset = minus ? -offset : offset;
            after = STR_NONE;
        }
    }
    if ((after.n > 0 || n_at == STR_NOT_FOUND) && !str_to_i64(after, &offset))
        return complain(r, "odd, even or a number like 2n+1 is wanted");
    if (step > 10000 || step < -10000 || offset > 10000 || offset < -10000)
        return complain(r, "the number is too large");
    test->kind = TEST_NTH;
    test->step = (int)step;
    test->offset = (int)offset;
    r->at = close + 1;
    return true;
}

/* One test that begins with '#', '.', '[' or is a tag. */
static bool read_simple(struct reader *r, struct test *test)
{
    if (take(r, '#')) {
        test->kind = TEST_ID;
        return read_name(r, &test->value);
    }
    if (take(r, '.')) {
        test->kind = TEST_CLASS;
        return read_name(r, &test->value);
    }
    if (take(r, '['))
        return read_attr(r, test);
    if (!read_name(r, &test->name))
        return false;
    test->name = arena_lower(r->a, test->name);
    test->tag = tag_by_name(test->name);
    test->kind = test->tag == TAG_OTHER ? TEST_NAME : TEST_TAG;
    return true;
}

/* Behind ':' and NAME; the pseudo-classes that :not may hold. */
static bool read_type_pseudo(struct reader *r, struct str name,
                             struct test *test)
{
    if (str_eq_nocase(name, STR("first-of-type"))) {
        test->kind = TEST_NTH;
        test->offset = 1;
        return true;
    }
    if (str_eq_nocase(name, STR("nth-of-type")) && take(r, '('))
        return read_nth(r, test);
    return complain(r, "only :not, :nth-of-type and :first-of-type are known");
}

/* Behind ':'. */
static bool read_pseudo(struct reader *r, struct test *test)
{
    struct str name;

    if (!read_name(r, &name))
        return false;
    if (!str_eq_nocase(name, STR("not")) || !take(r, '('))
        return read_type_pseudo(r, name, test);
    skip_spaces(r);
    if (take(r, ':')) {
        if (!read_name(r, &name) || !read_type_pseudo(r, name, test))
            return false;
    } else if (!read_simple(r, test)) {
        return false;
    }
    test->negated = true;
    skip_spaces(r);
    return take(r, ')') || complain(r, ":not takes one simple test");
}

static bool ends_compound(char c)
{
    return c == '\0' || is_space(c) || c == '>' || c == ',';
}

static bool read_compound(struct reader *r, struct compound *out)
{
    VEC(struct test) tests = {0};
    bool is_any = take(r, '*');

    while (!ends_compound(peek(r))) {
        struct test test = {0};

        if (is_name_char(peek(r)) && (tests.n > 0 || is_any))
            return complain(r, "a tag stands first");
        if (!(take(r, ':') ? read_pseudo(r, &test) : read_simple(r, &test)))
            return false;
        *vec_add(r->a, &tests) = test;
    }
    out->tests = tests.at;
    out->n = tests.n;
    return tests.n > 0 || is_any ||
           complain(r, "a tag, #id or .class is wanted");
}

/* Compounds from left to right up to a comma or the end. */
static bool read_alternative(struct reader *r, struct alternative *out)
{
    VEC(struct compound) row = {0};
    bool is_child = false;

    for (;;) {
        struct compound *compound = vec_add(r->a, &row);

        compound->is_child = is_child;
        skip_spaces(r);
        if (!read_compound(r, compound))
            return false;
        skip_spaces(r);
        if (r->at >= r->s.n || peek(r) == ',')
            break;
        is_child = take(r, '>');
    }
    for (size_t i = 0; i < row.n / 2; i++) {
        struct compound swap = row.at[i];

        row.at[i] = row.at[row.n - 1 - i];
        row.at[row.n - 1 - i] = swap;
    }
    out->compounds = row.at;
    out->n = row.n;
    return true;
}

struct selector *selector_parse(struct arena *a, struct str s,
                                struct error *err)
{
    struct reader r = {.a = a, .s = s, .err = err};
    VEC(struct alternative) all = {0};
    struct selector *sel;

    if (s.n > SELECTOR_MAX) {
        complain(&r, "it is too long");
        return NULL;
    }
    do {
        struct alternative alternative;

        if (!read_alternative(&r, &alternative))
            return NULL;
        *vec_add(a, &all) = alternative;
    } while (take(&r, ','));
    sel = arena_make(a, struct selector);
    sel->alternatives = all.at;
    sel->n = all.n;
    return sel;
}

struct selector *selector_container(struct arena *a, const struct selector *sel)
{
    struct selector *out = arena_make(a, struct selector);

    out->n = sel->n;
    out->alternatives = arena_array(a, sel->n, sizeof *out->alternatives);
    for (size_t i = 0; i < sel->n; i++) {
        const struct alternative *from = &sel->alternatives[i];

        if (from->n < 2)
            return NULL;
        out->alternatives[i] = (struct alternative){
            .compounds = from->compounds + from->n - 1, .n = 1};
    }
    return out;
}

/* ---- matching ---- */

static bool same(struct str a, struct str b, bool any_case)
{
    return any_case ? str_eq_nocase(a, b) : str_eq(a, b);
}

static bool value_fits(const struct test *test, struct str value)
{
    struct str wanted = test->value, rest = value, word;

    switch (test->kind) {
    case TEST_ID:
    case TEST_EQUAL:
        return same(value, wanted, test->any_case);
    case TEST_CLASS:
    case TEST_WORD:
        while (str_word(&rest, &word))
            if (same(word, wanted, test->any_case))
                return true;
        return false;
    case TEST_DASH:
        return same(value, wanted, test->any_case) ||
               (value.n > wanted.n && value.p[wanted.n] == '-' &&
                same(str_slice(value, 0, wanted.n), wanted, test->any_case));
    case TEST_PREFIX:
        return wanted.n > 0 && wanted.n <= value.n &&
               same(str_slice(value, 0, wanted.n), wanted, test->any_case);
    case TEST_SUFFIX:
        return wanted.n > 0 && wanted.n <= value.n &&
               same(str_from(value, value.n - wanted.n), wanted,
                    test->any_case);
    case TEST_PART:
        return wanted.n > 0 && (test->any_case ? str_has_nocase(value, wanted)
                                               : str_has(value, wanted));
    case TEST_TAG:
    case TEST_NAME:
    case TEST_ATTR:
    case TEST_NTH:
        break;
    }
    return false;
}

/* Which one of its siblings of the same name, from 1; 0 past SIBLINGS_MAX. */
static int rank(const struct page_tree *t, uint32_t i)
{
    const struct node *node = &t->nodes[i];
    int n = 1, looked_at = 0;

    for (uint32_t k = node->parent + 1; k < i; k = t->nodes[k].end) {
        if (++looked_at > SIBLINGS_MAX)
            return 0;
        n += t->nodes[k].tag == node->tag &&
             str_eq(t->nodes[k].text, node->text);
    }
    return n;
}

static bool nth_fits(const struct test *test, int n)
{
    int over = n - test->offset;

    if (n == 0)
        return false;
    if (test->step == 0)
        return over == 0;
    return over % test->step == 0 && over / test->step >= 0;
}

static bool test_fits(const struct test *test, const struct page_tree *t,
                      uint32_t i)
{
    const struct node *node = &t->nodes[i];

    switch (test->kind) {
    case TEST_TAG:
        return node->tag == test->tag;
    case TEST_NAME:
        return node->tag == TAG_OTHER && str_eq(node->text, test->name);
    case TEST_ATTR:
        return node_has(t, i, test->name);
    case TEST_NTH:
        return nth_fits(test, rank(t, i));
    case TEST_ID:
        return value_fits(test, node_attr(t, i, STR("id")));
    case TEST_CLASS:
        return value_fits(test, node_attr(t, i, STR("class")));
    case TEST_EQUAL:
    case TEST_WORD:
    case TEST_DASH:
    case TEST_PREFIX:
    case TEST_SUFFIX:
    case TEST_PART:
        return node_has(t, i, test->name) &&
               value_fits(test, node_attr(t, i, test->name));
    }
    return false;
}

static bool compound_fits(const struct compound *compound,
                          const struct page_tree *t, uint32_t i)
{
    if (i == 0 || !node_is_element(&t->nodes[i]))
        return false;
    for (size_t k = 0; k < compound->n; k++)
        if (test_fits(&compound->tests[k], t, i) == compound->tests[k].negated)
            return false;
    return true;
}

/* Whether the compounds [FROM, END), joined by '>', fit I and its parents;
 * *TOP is then the node of the last one. */
static bool group_fits(const struct alternative *alternative, size_t from,
                       size_t end, const struct page_tree *t, uint32_t i,
                       uint32_t *top)
{
    for (size_t k = from; k < end; k++) {
        if (!compound_fits(&alternative->compounds[k], t, i))
            return false;
        *top = i;
        i = t->nodes[i].parent;
    }
    return true;
}

static bool alternative_fits(const struct alternative *alternative,
                             const struct page_tree *t, uint32_t i)
{
    for (size_t from = 0, end; from < alternative->n; from = end) {
        uint32_t top = 0;
        bool fits = false;

        for (end = from + 1;
             end < alternative->n && alternative->compounds[end - 1].is_child;)
            end++;
        while (i != 0 && !fits) {
            fits = group_fits(alternative, from, end, t, i, &top);
            if (!fits && from == 0)
                return false;
            if (!fits)
                i = t->nodes[i].parent;
        }
        if (!fits)
            return false;
        i = t->nodes[top].parent;
    }
    return true;
}

bool selector_matches(const struct selector *sel, const struct page_tree *t,
                      uint32_t i)
{
    for (size_t k = 0; k < sel->n; k++)
        if (alternative_fits(&sel->alternatives[k], t, i))
            return true;
    return false;
}

uint32_t node_select(const struct page_tree *t, const struct selector *sel,
                     uint32_t from, uint32_t end)
{
    for (uint32_t i = from + 1; i < end; i++)
        if (selector_matches(sel, t, i))
            return i;
    return 0;
}
