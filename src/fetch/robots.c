/*
 * The file is read line by line.  Lines that name agents open a group; the first
 * rule after them closes the naming, so that the next agent line opens another.
 * Rules of all groups that name our agent are kept in one list, those of groups
 * for everybody in a second, which counts only when nobody names us.
 *
 * Addresses and patterns are compared in one form: bytes beyond ASCII are
 * percent-encoded, digits of encodings are capitals, and unreserved characters are
 * not encoded (RFC 3986, 6.2.2).  Asterisks and dollars that mean themselves are, so
 * that "%2A" and "%24" of a pattern are found however the address has them (RFC
 * 9309, 2.2.3).  A pattern is parts between asterisks: each is looked for behind the
 * one before, leftmost first, which finds a match whenever there is one; a final "$"
 * ties the last part to the end.
 *
 * What the RFC leaves open is done as Google's parser does it, since that is what
 * webmasters test with: names of agents end at the first character that cannot be
 * in one, keys may go on behind their name, frequent misspellings of Disallow
 * count, a missing colon is forgiven, and Allow: /index.html also allows the folder.
 */
#include "fetch/robots.h"

#include "base/vec.h"

#define LINE_BYTES  ((size_t)16 << 10)
#define DELAY_MAX_S 86400

struct rule {
    struct str pattern; /* in the one form */
    bool allow;
};

struct rules {
    VEC(struct rule) list;
    int64_t delay_ms;
    bool named; /* a group was there, be it empty */
};

struct robots {
    struct rules ours, everybodys;
};

/* ---- the one form of addresses --------------------------------------------- */

static int hex_value(char c)
{
    if (is_digit(c))
        return c - '0';
    c = to_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool is_unreserved(unsigned char c)
{
    return is_alnum((char)c) || c == '-' || c == '.' || c == '_' || c == '~';
}

/* Bytes of LITERAL are encoded, too. */
static struct str one_form(struct arena *a, struct str s, struct str literal)
{
    static const char digits[] = "0123456789ABCDEF";
    char *out = arena_alloc(a, size_mul(s.n, 3) + 1);
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        int high = i + 2 < s.n && c == '%' ? hex_value(s.p[i + 1]) : -1;
        int low = high >= 0 ? hex_value(s.p[i + 2]) : -1;

        if (low >= 0) {
            c = (unsigned char)(high * 16 + low);
            i += 2;
        }
        if (low >= 0
                ? is_unreserved(c)
                : c > ' ' && c < 0x7f &&
                      str_find_char(literal, (char)c, 0) == STR_NOT_FOUND) {
            out[n++] = (char)c;
        } else {
            out[n++] = '%';
            out[n++] = digits[c >> 4];
            out[n++] = digits[c & 15];
        }
    }
    return str_of(out, n);
}

/* ---- reading ----------------------------------------------------------------- */

enum key { KEY_AGENT, KEY_ALLOW, KEY_DISALLOW, KEY_DELAY, KEY_OTHER };

static const struct {
    struct str name;
    enum key key;
} keys[] = {
    {STR_INIT("user-agent"), KEY_AGENT},  {STR_INIT("useragent"), KEY_AGENT},
    {STR_INIT("user agent"), KEY_AGENT},  {STR_INIT("allow"), KEY_ALLOW},
    {STR_INIT("disallow"), KEY_DISALLOW}, {STR_INIT("dissallow"), KEY_DISALLOW},
    {STR_INIT("dissalow"), KEY_DISALLOW}, {STR_INIT("disalow"), KEY_DISALLOW},
    {STR_INIT("diasllow"), KEY_DISALLOW}, {STR_INIT("disallaw"), KEY_DISALLOW},
    {STR_INIT("crawl-delay"), KEY_DELAY},
};

/* Takes the line off *REST; it ends at a line feed, a carriage return or both. */
static bool take_line(struct str *rest, struct str *line)
{
    size_t n = 0;

    if (rest->n == 0)
        return false;
    while (n < rest->n && rest->p[n] != '\n' && rest->p[n] != '\r')
        n++;
    *line = str_slice(*rest, 0, n < LINE_BYTES ? n : LINE_BYTES);
    if (n + 1 < rest->n && rest->p[n] == '\r' && rest->p[n + 1] == '\n')
        n++;
    *rest = str_from(*rest, n + 1);
    return true;
}

/* "Key: value # comment"; without a colon, two words are key and value. */
static enum key read_line(struct str line, struct str *value)
{
    struct str name;
    size_t colon;

    line = str_trim(str_slice(line, 0, str_find_char(line, '#', 0)));
    colon = str_find_char(line, ':', 0);
    if (colon != STR_NOT_FOUND) {
        name = str_trim(str_slice(line, 0, colon));
        *value = str_trim(str_from(line, colon + 1));
    } else {
        struct str rest = line, third;

        if (!str_word(&rest, &name) || !str_word(&rest, value) ||
            str_word(&rest, &third))
            return KEY_OTHER;
    }
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (str_starts_nocase(name, keys[i].name))
            return keys[i].key;
    return KEY_OTHER;
}

static bool names_everybody(struct str value)
{
    return value.n > 0 && value.p[0] == '*' &&
           (value.n == 1 || is_space(value.p[1]));
}

/* The letters, hyphens and underscores at its beginning are the name. */
static bool names_us(struct str value, struct str agent)
{
    size_t n = 0;

    while (n < value.n &&
           (is_alpha(value.p[n]) || value.p[n] == '-' || value.p[n] == '_'))
        n++;
    return str_eq_nocase(str_slice(value, 0, n), agent);
}

static int64_t delay_of(struct str value)
{
    double seconds;

    if (!str_to_double(value, &seconds) || !(seconds >= 0))
        return -1;
    return (int64_t)((seconds < DELAY_MAX_S ? seconds : DELAY_MAX_S) * 1000);
}

/* A "$" that is not the last means itself. */
static struct str pattern_of(struct arena *a, struct str value)
{
    bool to_end = str_ends(value, STR("$"));
    struct str form =
        one_form(a, str_slice(value, 0, value.n - to_end), STR("$"));

    return to_end ? arena_cat(a, form, STR("$")) : form;
}

static void add_rule(struct arena *a, struct rules *rules, enum key key,
                     struct str value)
{
    if (key == KEY_DELAY) {
        rules->delay_ms = delay_of(value);
        return;
    }
    if (value.n > 0) /* an empty Disallow forbids nothing */
        *vec_add(a, &rules->list) =
            (struct rule){pattern_of(a, value), key == KEY_ALLOW};
}

struct robots *robots_parse(struct arena *a, struct str text, struct str agent)
{
    struct robots *r = arena_make(a, struct robots);
    bool for_us = false, for_all = false, is_naming = false;
    struct str line, value = STR_NONE;

    r->ours.delay_ms = r->everybodys.delay_ms = -1;
    /* The line that is cut there might forbid more than the whole one. */
    if (text.n >= ROBOTS_MAX)
        text = str_slice(
            text, 0, str_find_last(str_slice(text, 0, ROBOTS_MAX), '\n') + 1);
    if (str_starts(text, STR("\xef\xbb\xbf")))
        text = str_from(text, 3);
    while (take_line(&text, &line)) {
        enum key key = read_line(line, &value);

        if (key == KEY_OTHER)
            continue;
        if (key == KEY_AGENT) {
            if (!is_naming)
                for_us = for_all = false;
            is_naming = true;
            for_all = for_all || names_everybody(value);
            for_us = for_us || names_us(value, agent);
            r->ours.named = r->ours.named || for_us;
            continue;
        }
        /* Only rules end the naming; other lines stand anywhere (2.2). */
        if (key != KEY_DELAY)
            is_naming = false;
        if (for_us)
            add_rule(a, &r->ours, key, value);
        if (for_all)
            add_rule(a, &r->everybodys, key, value);
    }
    return r;
}

/* ---- matching ----------------------------------------------------------------- */

static bool matches(struct str pattern, struct str target)
{
    bool to_end = str_ends(pattern, STR("$")), is_first = true;
    size_t at = 0;
    struct str part;

    if (to_end)
        pattern = str_slice(pattern, 0, pattern.n - 1);
    for (;;) {
        size_t star = str_find_char(pattern, '*', 0);
        bool is_last = star == STR_NOT_FOUND;

        part = str_slice(pattern, 0, is_last ? pattern.n : star);
        if (is_last && to_end && !is_first)
            return target.n - at >= part.n && str_ends(target, part);
        if (is_first && !str_starts(target, part))
            return false;
        if (!is_first)
            at = str_find(target, part, at);
        if (at == STR_NOT_FOUND)
            return false;
        at += part.n;
        if (is_last)
            return !to_end || at == target.n;
        pattern = str_from(pattern, star + 1);
        is_first = false;
    }
}

/* The pattern that allows the folder of an index file, in A; empty if PATTERN
 * names none. */
static struct str folder_pattern(struct arena *a, struct str pattern)
{
    size_t slash = str_find_last(pattern, '/');

    if (slash == STR_NOT_FOUND ||
        !str_starts(str_from(pattern, slash), STR("/index.htm")))
        return STR_NONE;
    return arena_cat(a, str_slice(pattern, 0, slash + 1), STR("$"));
}

/* The longer the rule, the more it weighs; 0 when it does not match. */
static size_t weight_of(struct arena *a, const struct rule *rule,
                        struct str target)
{
    struct str folder;

    if (matches(rule->pattern, target))
        return rule->pattern.n;
    if (!rule->allow)
        return 0;
    folder = folder_pattern(a, rule->pattern);
    return folder.n > 0 && matches(folder, target) ? folder.n : 0;
}

bool robots_allow(const struct robots *r, struct str target)
{
    const struct rules *rules = r->ours.named ? &r->ours : &r->everybodys;
    struct arena *a;
    size_t best = 0;
    bool allowed = true;

    if (rules->list.n == 0 || str_eq(target, STR("/robots.txt")))
        return true;
    a = arena_new(0);
    target = one_form(a, target.n == 0 ? STR("/") : target, STR("*$"));
    for (size_t i = 0; i < rules->list.n; i++) {
        const struct rule *rule = &rules->list.at[i];
        size_t weight;

        if (rule->pattern.n < best)
            continue;
        weight = weight_of(a, rule, target);
        if (weight > best || (weight == best && weight > 0 && rule->allow)) {
            best = weight;
            allowed = rule->allow;
        }
    }
    arena_free(a);
    return allowed;
}

int64_t robots_delay_ms(const struct robots *r)
{
    return r->ours.named ? r->ours.delay_ms : r->everybodys.delay_ms;
}
