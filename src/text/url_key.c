/*
 * What follows from an address without asking for it: which query parameters
 * only track readers (tracking.def), and a key under which the addresses of one
 * document fall together.
 *
 * The key is "host/path?query" of the parsed address.  Host: labels that name a
 * rendering (www, m, amp ...) go when they stand before the registrable domain.
 * Path: percent-encoding made regular, AMP marks, session, index file and final
 * slash cut.  Query: what is tracked or a variant goes, the rest is sorted.  The
 * fragment goes, unless it is a route ("#!/a", "#/a"), by which a script
 * chooses the document.
 */
#include "text/url.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"
#include "text/percent.h"
#include "text/site.h"

/* No server takes a longer query; it is left as it is, or a page of links could
 * cost seconds. */
#define QUERY_MAX 8192

/* ---- parameters ---------------------------------------------------------- */

enum parameter_use { USE_TRACKING, USE_VARIANT };

struct parameter_rule {
    struct str name, value; /* lower case; an empty value: every one */
    enum parameter_use use;
};

#define RULE(name, value, use) {STR_INIT(name), STR_INIT(value), use},

static const struct parameter_rule rules[] = {
#define TRACKING(name)              RULE(name, "", USE_TRACKING)
#define TRACKING_VALUE(name, value) RULE(name, value, USE_TRACKING)
#define VARIANT(name, value)        RULE(name, value, USE_VARIANT)
#define AMP_CACHE(host)
#include "text/tracking.def"
#undef TRACKING
#undef TRACKING_VALUE
#undef VARIANT
#undef AMP_CACHE
};

static const struct str amp_caches[] = {
#define TRACKING(name)
#define TRACKING_VALUE(name, value)
#define VARIANT(name, value)
#define AMP_CACHE(host) STR_INIT(host),
#include "text/tracking.def"
#undef TRACKING
#undef TRACKING_VALUE
#undef VARIANT
#undef AMP_CACHE
};

static bool name_fits(struct str name, struct str rule)
{
    if (rule.p[rule.n - 1] == '*')
        return str_starts_nocase(name, str_slice(rule, 0, rule.n - 1));
    return str_eq_nocase(name, rule);
}

/* PARAMETER is "name=value" or "name". */
static bool is_ruled(struct str parameter, enum parameter_use use)
{
    size_t equals = str_find_char(parameter, '=', 0);
    struct str name = str_slice(parameter, 0, equals);
    struct str value =
        equals == STR_NOT_FOUND ? STR_NONE : str_from(parameter, equals + 1);

    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (rules[i].use == use && name_fits(name, rules[i].name) &&
            (rules[i].value.n == 0 || str_eq_nocase(value, rules[i].value)))
            return true;
    return false;
}

static bool is_tracking(struct str parameter)
{
    return is_ruled(parameter, USE_TRACKING);
}

/* Some feeds put the parameters where servers do not see them. */
static bool is_tracking_fragment(struct str fragment)
{
    struct str part;
    bool all = fragment.n > 0;

    while (all && str_split(&fragment, '&', &part))
        all = is_tracking(part);
    return all;
}

static bool parse_http(struct arena *a, struct str url, struct url *out)
{
    return url_parse(a, url, STR_NONE, out) &&
           (str_eq(out->scheme, STR("http")) ||
            str_eq(out->scheme, STR("https")));
}

struct str url_untrack(struct arena *a, struct str url)
{
    struct url u;
    struct str rest, part, result;
    struct buf b;

    if (!parse_http(a, url, &u))
        return STR_NONE;
    if (u.query.n > QUERY_MAX)
        return u.href;
    buf_init(&b, BUF_MAX);
    buf_add(&b, u.href.p, (size_t)(u.path.p + u.path.n - u.href.p));
    rest = u.query;
    for (char mark = '?'; str_split(&rest, '&', &part);) {
        if (is_tracking(part))
            continue;
        buf_add_char(&b, mark);
        buf_add_str(&b, part);
        mark = '&';
    }
    if (u.has_fragment && !is_tracking_fragment(u.fragment)) {
        buf_add_char(&b, '#');
        buf_add_str(&b, u.fragment);
    }
    result = buf_keep(&b, a);
    buf_done(&b);
    return result;
}

/* ---- keys ---------------------------------------------------------------- */

static bool is_rendering(struct str label)
{
    static const struct str names[] = {
        STR_INIT("www"), STR_INIT("m"),   STR_INIT("mobile"),
        STR_INIT("amp"), STR_INIT("wap"), STR_INIT("touch"),
    };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_eq(label, names[i]))
            return true;
    return false;
}

static bool has_rendering(struct str host)
{
    struct str label;

    while (str_split(&host, '.', &label))
        if (is_rendering(label))
            return true;
    return false;
}

/* Where the registrable domain begins need be known for labels that go only. */
static void add_host(struct arena *a, struct buf *b, const struct url *u)
{
    struct str site = has_rendering(u->host) || str_ends(u->host, STR("."))
                          ? site_of_host(a, u->host)
                          : u->host;
    struct str below = str_slice(u->host, 0, u->host.n - site.n), label;

    while (str_split(&below, '.', &label)) {
        if (is_rendering(label))
            continue;
        buf_add_str(b, label);
        buf_add_char(b, '.');
    }
    buf_add_str(b, site);
    if (u->port.n > 0) {
        buf_add_char(b, ':');
        buf_add_str(b, u->port);
    }
}

/* RFC 3986, 6.2.2: letters that need no encoding are decoded, the others get
 * capital digits. */
static void add_regular(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        int high = i + 2 < s.n && s.p[i] == '%' ? percent_hex(s.p[i + 1]) : -1;
        int low = high >= 0 ? percent_hex(s.p[i + 2]) : -1;
        char c;

        if (low < 0) {
            buf_add_char(b, s.p[i]);
            continue;
        }
        c = (char)(high << 4 | low);
        i += 2;
        if (is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~')
            buf_add_char(b, c);
        else
            buf_printf(b, "%%%02X", (unsigned)(unsigned char)c);
    }
}

static bool is_index_file(struct str name)
{
    static const struct str stems[] = {STR_INIT("index"), STR_INIT("default")};
    static const struct str kinds[] = {
        STR_INIT("html"), STR_INIT("htm"), STR_INIT("shtml"), STR_INIT("php"),
        STR_INIT("asp"),  STR_INIT("jsp"), STR_INIT("aspx"),
    };
    size_t dot = str_find_char(name, '.', 0);
    struct str kind;

    if (dot == STR_NOT_FOUND)
        return false;
    kind = str_from(name, dot + 1);
    for (size_t i = 0; i < sizeof stems / sizeof stems[0]; i++)
        for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++)
            if (str_eq_nocase(str_slice(name, 0, dot), stems[i]) &&
                str_eq_nocase(kind, kinds[k]))
                return true;
    return false;
}

static struct str without_final_slashes(struct str path)
{
    while (path.n > 0 && path.p[path.n - 1] == '/')
        path.n--;
    return path;
}

/* Cuts what names the index, a session or the AMP form from both ends. */
static struct str path_core(struct str path)
{
    size_t session = str_find_nocase(path, STR(";jsessionid="), 0), slash;

    path = without_final_slashes(str_slice(path, 0, session));
    slash = str_find_last(path, '/');
    if (slash != STR_NOT_FOUND && is_index_file(str_from(path, slash + 1)))
        path = without_final_slashes(str_slice(path, 0, slash));
    if (str_ends(path, STR("/amp")) || str_ends(path, STR(".amp")))
        path = without_final_slashes(str_slice(path, 0, path.n - 4));
    if (str_starts(path, STR("/amp/")))
        path = str_from(path, 4);
    return path;
}

static void add_path(struct buf *b, struct str path)
{
    path = path_core(path);
    if (str_ends(path, STR(".amp.html"))) {
        add_regular(b, str_slice(path, 0, path.n - 9));
        buf_add_str(b, STR(".html"));
    } else {
        add_regular(b, path);
    }
}

static int by_bytes(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static void add_query(struct arena *a, struct buf *b, struct str query)
{
    VEC(struct str) kept = {0};
    struct str part;

    if (query.n > QUERY_MAX) {
        buf_add_char(b, '?');
        buf_add_str(b, query);
        return;
    }
    while (str_split(&query, '&', &part))
        if (part.n > 0 && !is_tracking(part) && !is_ruled(part, USE_VARIANT))
            *vec_add(a, &kept) = part;
    if (kept.n > 1)
        qsort(kept.at, kept.n, sizeof *kept.at, by_bytes);
    for (size_t i = 0; i < kept.n; i++) {
        buf_add_char(b, i == 0 ? '?' : '&');
        add_regular(b, kept.at[i]);
    }
}

/* AMP caches carry the true address in their path, with "s" for
 * https: "/c/s/example.com/page". */
static struct str amp_origin(struct arena *a, const struct url *u)
{
    static const struct str doors[] = {STR_INIT("/c/"), STR_INIT("/v/"),
                                       STR_INIT("/amp/")};
    bool is_cache = false;

    for (size_t i = 0; i < sizeof amp_caches / sizeof amp_caches[0]; i++)
        is_cache = is_cache || str_ends(u->host, amp_caches[i]);
    for (size_t i = 0; is_cache && i < sizeof doors / sizeof doors[0]; i++) {
        struct str rest = str_from(u->path, doors[i].n);

        if (!str_starts(u->path, doors[i]))
            continue;
        if (str_starts(rest, STR("s/")))
            rest = str_from(rest, 2);
        return arena_cat(a, STR("https://"), rest, STR("?"), u->query);
    }
    return STR_NONE;
}

static bool is_route(struct str fragment)
{
    return fragment.n > 1 && (fragment.p[0] == '!' || fragment.p[0] == '/');
}

struct str url_key(struct arena *a, struct str url)
{
    struct url u, origin;
    struct str result;
    struct buf b;

    if (!parse_http(a, url, &u))
        return STR_NONE;
    if (parse_http(a, amp_origin(a, &u), &origin))
        u = origin;
    buf_init(&b, BUF_MAX);
    add_host(a, &b, &u);
    add_path(&b, u.path);
    add_query(a, &b, u.query);
    if (is_route(u.fragment)) {
        buf_add_char(&b, '#');
        add_regular(&b, u.fragment);
    }
    result = buf_keep(&b, a);
    buf_done(&b);
    return result;
}
