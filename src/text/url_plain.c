/*
 * Accepts only what the parser of url.c would write letter by letter: a scheme in
 * lower case, a host of lower-case labels or four numbers, a port that has to be
 * told, and parts without a character that would be encoded or a segment that
 * would go.  Whatever needs a second look is left to that parser.
 */
#include "text/url_plain.h"

#include "text/percent.h"

static bool is_lower_alnum(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z');
}

/* A number as it is written: without zeros before it. */
static bool is_number(struct str s, uint64_t max)
{
    uint64_t value;

    for (size_t i = 0; i < s.n; i++)
        if (!is_digit(s.p[i]))
            return false;
    return s.n > 0 && (s.n == 1 || s.p[0] != '0') &&
           str_to_u64(s, 10, &value) && value <= max;
}

static bool is_label(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_lower_alnum(s.p[i]) && s.p[i] != '-')
            return false;
    return s.n > 0;
}

static bool is_host(struct str host)
{
    struct str label = STR_NONE;
    size_t n = 0, numbers = 0;

    if (host.n == 0 || host.p[host.n - 1] == '.')
        return false;
    while (str_split(&host, '.', &label)) {
        if (!is_label(label))
            return false;
        numbers += is_number(label, 255);
        n++;
    }
    /* What ends in a number, "0x7f" too, is an address. */
    return is_digit(label.p[0]) ? n == 4 && numbers == 4 : true;
}

static bool is_port(struct str port, bool is_secure)
{
    return is_number(port, 65535) &&
           !str_eq(port, is_secure ? STR("443") : STR("80"));
}

/* The segments "." and "..", also encoded, lead elsewhere. */
static bool is_path(struct str path)
{
    if (percent_changes(path, PERCENT_PATH))
        return false;
    for (size_t i = 0; i + 1 < path.n; i++)
        if (path.p[i] == '\\' || (path.p[i] == '/' && (path.p[i + 1] == '.' ||
                                                       path.p[i + 1] == '%')))
            return false;
    return path.p[path.n - 1] != '\\';
}

/* Takes what of S stands before the first of the characters of ENDS, or all. */
static struct str take(struct str *s, const char *ends)
{
    size_t n = 0;
    struct str part;

    while (n < s->n && s->p[n] != ends[0] && s->p[n] != ends[1])
        n++;
    part = str_slice(*s, 0, n);
    *s = str_from(*s, n);
    return part;
}

bool url_plain(struct str s, struct url *out)
{
    struct url u = {.href = s, .is_special = true, .has_host = true};
    bool is_secure = str_starts(s, STR("https://"));
    struct str rest;

    if (!is_secure && !str_starts(s, STR("http://")))
        return false;
    u.scheme = str_slice(s, 0, is_secure ? 5 : 4);
    rest = str_from(s, u.scheme.n + 3);
    u.host = take(&rest, ":/");
    if (!is_host(u.host))
        return false;
    if (str_starts(rest, STR(":"))) {
        rest = str_from(rest, 1);
        u.port = take(&rest, "//");
        if (!is_port(u.port, is_secure))
            return false;
    }
    u.path = take(&rest, "?#");
    if (u.path.n == 0 || !is_path(u.path))
        return false;
    u.has_query = str_starts(rest, STR("?"));
    if (u.has_query) {
        rest = str_from(rest, 1);
        u.query = take(&rest, "##");
    }
    u.has_fragment = rest.n > 0;
    u.fragment = str_from(rest, u.has_fragment);
    if (percent_changes(u.query, PERCENT_SPECIAL_QUERY) ||
        percent_changes(u.fragment, PERCENT_FRAGMENT))
        return false;
    *out = u;
    return true;
}
