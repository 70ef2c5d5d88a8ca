/*
 * The parser of the WHATWG URL Standard (section 4.4), with its states as
 * functions that take the rest of the input.  The serialized address is written
 * from left to right into one buffer while the input is read; what a later
 * state may take back is only the end of the path ("..").  A path is kept as it
 * is serialized, "/" before each segment, so the standard's list of segments
 * is empty exactly when the text is, and its last segment begins at the last
 * slash.  Where each part lies is noted in a struct maker and turned into views
 * at the end.
 *
 * Weak spots: the query is always encoded as UTF-8, as pages arrive here
 * decoded; blob: addresses get no origin.
 */
#include "text/url.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "text/percent.h"
#include "text/url_host.h"
#include "text/url_plain.h"

struct scheme {
    struct str name;
    int port; /* the default one, -1 without */
};

static const struct scheme special_schemes[] = {
    {STR_INIT("https"), 443}, {STR_INIT("http"), 80}, {STR_INIT("file"), -1},
    {STR_INIT("ws"), 80},     {STR_INIT("wss"), 443}, {STR_INIT("ftp"), 21},
};

struct span {
    size_t at, n;
};

struct maker {
    struct buf *b;
    const struct url *base;       /* NULL without one */
    const struct scheme *special; /* NULL for schemes the standard ignores */
    bool is_file, has_host, has_query, has_fragment;
    struct span scheme, username, password, host, port, path, query, fragment;
};

static struct str text(const struct maker *m, struct span s)
{
    return str_slice(buf_str(m->b), s.at, s.at + s.n);
}

static bool is_slash(const struct maker *m, struct str s, size_t i)
{
    return i < s.n && (s.p[i] == '/' || (m->special != NULL && s.p[i] == '\\'));
}

/* Where the authority, host or segment that S begins with ends. */
static size_t part_end(const struct maker *m, struct str s)
{
    size_t i = 0;

    while (i < s.n && s.p[i] != '?' && s.p[i] != '#' && !is_slash(m, s, i))
        i++;
    return i;
}

static struct str skip_slashes(const struct maker *m, struct str s)
{
    size_t i = 0;

    while (is_slash(m, s, i))
        i++;
    return str_from(s, i);
}

static void put(struct maker *m, struct span *span, struct str s)
{
    span->at = m->b->n;
    buf_add_str(m->b, s);
    span->n = m->b->n - span->at;
}

static void put_encoded(struct maker *m, struct span *span, struct str s,
                        enum percent_set set)
{
    span->at = m->b->n;
    percent_encode(m->b, s, set);
    span->n = m->b->n - span->at;
}

/* ---- scheme ------------------------------------------------------------- */

/* Length of the scheme before its colon, 0 if S begins with none. */
static size_t scheme_length(struct str s)
{
    size_t i = 0;

    if (s.n == 0 || !is_alpha(s.p[0]))
        return 0;
    while (i < s.n && (is_alnum(s.p[i]) || s.p[i] == '+' || s.p[i] == '-' ||
                       s.p[i] == '.'))
        i++;
    return i < s.n && s.p[i] == ':' ? i : 0;
}

static void put_scheme(struct maker *m, struct str name)
{
    m->scheme.at = m->b->n;
    for (size_t i = 0; i < name.n; i++)
        buf_add_char(m->b, to_lower(name.p[i]));
    m->scheme.n = m->b->n - m->scheme.at;
    buf_add_char(m->b, ':');
    for (size_t i = 0; i < sizeof special_schemes / sizeof *special_schemes;
         i++)
        if (str_eq(text(m, m->scheme), special_schemes[i].name))
            m->special = &special_schemes[i];
    m->is_file = m->special != NULL && str_eq(m->special->name, STR("file"));
}

/* ---- drive letters of file: --------------------------------------------- */

static bool is_drive(struct str s)
{
    return s.n == 2 && is_alpha(s.p[0]) && (s.p[1] == ':' || s.p[1] == '|');
}

static bool starts_with_drive(struct str s)
{
    return is_drive(str_slice(s, 0, 2)) &&
           (s.n == 2 || strchr("/\\?#", s.p[2]) != NULL);
}

/* The first segment of PATH with its slash when it is "C:". */
static struct str drive_of(struct str path)
{
    bool has = path.n >= 3 && is_alpha(path.p[1]) && path.p[2] == ':' &&
               (path.n == 3 || path.p[3] == '/');

    return has ? str_slice(path, 0, 3) : STR_NONE;
}

/* ---- path, query, fragment ---------------------------------------------- */

static struct str path_so_far(const struct maker *m)
{
    return str_from(buf_str(m->b), m->path.at);
}

static void begin_path(struct maker *m, struct str path)
{
    put(m, &m->path, path);
}

static void shorten_path(struct maker *m)
{
    struct str path = path_so_far(m);

    if (path.n == 0 || (m->is_file && path.n == 3 && drive_of(path).n == 3))
        return;
    m->b->n = m->path.at + str_find_last(path, '/');
}

static bool is_single_dot(struct str s)
{
    return str_eq(s, STR(".")) || str_eq_nocase(s, STR("%2e"));
}

static bool is_double_dot(struct str s)
{
    static const struct str forms[] = {STR_INIT(".."), STR_INIT(".%2e"),
                                       STR_INIT("%2e."), STR_INIT("%2e%2e")};

    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (str_eq_nocase(s, forms[i]))
            return true;
    return false;
}

static void put_segment(struct maker *m, struct str segment)
{
    bool first = path_so_far(m).n == 0;

    buf_add_char(m->b, '/');
    if (m->is_file && first && is_drive(segment)) {
        buf_add_char(m->b, segment.p[0]);
        buf_add_char(m->b, ':');
    } else {
        percent_encode(m->b, segment, PERCENT_PATH);
    }
}

/* A path that begins with an empty segment would read as a host. */
static void end_path(struct maker *m)
{
    if (!m->has_host && str_starts(path_so_far(m), STR("//")) &&
        buf_add_str(m->b, STR("/."))) {
        char *p = m->b->p + m->path.at;

        memmove(p + 2, p, m->b->n - m->path.at - 2);
        memcpy(p, "/.", 2);
        m->path.at += 2;
    }
    m->path.n = m->b->n - m->path.at;
}

static void read_tail(struct maker *m, struct str rest)
{
    size_t hash = str_find_char(rest, '#', 0);

    if (rest.n > 0 && rest.p[0] == '?') {
        buf_add_char(m->b, '?');
        m->has_query = true;
        put_encoded(m, &m->query, str_slice(rest, 1, hash),
                    m->special != NULL ? PERCENT_SPECIAL_QUERY : PERCENT_QUERY);
    }
    if (hash != STR_NOT_FOUND) {
        buf_add_char(m->b, '#');
        m->has_fragment = true;
        put_encoded(m, &m->fragment, str_from(rest, hash + 1),
                    PERCENT_FRAGMENT);
    }
}

/* "Path state": REST stands behind the slash of its first segment. */
static void read_path(struct maker *m, struct str rest)
{
    for (;;) {
        size_t end = part_end(m, rest);
        struct str segment = str_slice(rest, 0, end);
        bool last = !is_slash(m, rest, end);

        if (is_double_dot(segment))
            shorten_path(m);
        if (!is_double_dot(segment) && !is_single_dot(segment))
            put_segment(m, segment);
        else if (last)
            put_segment(m, STR_NONE);
        if (last) {
            rest = str_from(rest, end);
            break;
        }
        rest = str_from(rest, end + 1);
    }
    end_path(m);
    read_tail(m, rest);
}

/* "Path start state". */
static void start_path(struct maker *m, struct str rest)
{
    begin_path(m, STR_NONE);
    if (is_slash(m, rest, 0)) {
        read_path(m, str_from(rest, 1));
    } else if (m->special != NULL) {
        read_path(m, rest);
    } else {
        read_tail(m, rest); /* empty, or a query or fragment */
    }
}

static void read_opaque_path(struct maker *m, struct str rest)
{
    size_t end = 0;
    struct str path;

    while (end < rest.n && rest.p[end] != '?' && rest.p[end] != '#')
        end++;
    path = str_slice(rest, 0, end);
    rest = str_from(rest, end);
    m->path.at = m->b->n;
    if (path.n > 0 && rest.n > 0 && path.p[path.n - 1] == ' ') {
        percent_encode(m->b, str_slice(path, 0, path.n - 1), PERCENT_CONTROL);
        buf_add_str(m->b, STR("%20"));
    } else {
        percent_encode(m->b, path, PERCENT_CONTROL);
    }
    m->path.n = m->b->n - m->path.at;
    read_tail(m, rest);
}

/* ---- authority ---------------------------------------------------------- */

static void put_credentials(struct maker *m, struct str name, struct str word)
{
    put_encoded(m, &m->username, name, PERCENT_USERINFO);
    if (word.n > 0) {
        buf_add_char(m->b, ':');
        put_encoded(m, &m->password, word, PERCENT_USERINFO);
    }
    if (name.n > 0 || word.n > 0)
        buf_add_char(m->b, '@');
}

static bool put_port(struct maker *m, struct str port)
{
    uint64_t value;

    if (port.n == 0)
        return true;
    while (port.n > 1 && port.p[0] == '0')
        port = str_from(port, 1);
    if (!str_to_u64(port, 10, &value) || value > 65535)
        return false;
    if (m->special != NULL && m->special->port == (int)value)
        return true;
    buf_add_char(m->b, ':');
    put(m, &m->port, port);
    return true;
}

static bool put_host(struct maker *m, struct str host)
{
    m->host.at = m->b->n;
    if (!url_host_parse(host, m->special != NULL, m->b))
        return false;
    m->host.n = m->b->n - m->host.at;
    return true;
}

static void begin_authority(struct maker *m)
{
    buf_add_str(m->b, STR("//"));
    m->has_host = true;
}

static size_t port_colon(struct str s)
{
    bool in_brackets = false;

    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '[')
            in_brackets = true;
        else if (s.p[i] == ']')
            in_brackets = false;
        else if (s.p[i] == ':' && !in_brackets)
            return i;
    }
    return STR_NOT_FOUND;
}

static bool read_authority(struct maker *m, struct str rest)
{
    size_t end = part_end(m, rest), at, colon;
    struct str authority = str_slice(rest, 0, end), host;

    begin_authority(m);
    at = str_find_last(authority, '@');
    if (at != STR_NOT_FOUND) {
        struct str user = str_slice(authority, 0, at);

        colon = str_find_char(user, ':', 0);
        put_credentials(m, str_slice(user, 0, colon),
                        colon == STR_NOT_FOUND ? STR_NONE
                                               : str_from(user, colon + 1));
        authority = str_from(authority, at + 1);
        if (authority.n == 0)
            return false;
    }
    colon = port_colon(authority);
    host = str_slice(authority, 0, colon);
    if (host.n == 0 && (colon != STR_NOT_FOUND || m->special != NULL))
        return false;
    if (!put_host(m, host))
        return false;
    if (colon != STR_NOT_FOUND && !put_port(m, str_from(authority, colon + 1)))
        return false;
    start_path(m, str_from(rest, end));
    return true;
}

/* ---- relative to a base -------------------------------------------------- */

static void copy_authority(struct maker *m)
{
    const struct url *base = m->base;

    if (!base->has_host)
        return;
    begin_authority(m);
    put(m, &m->username, base->username);
    if (base->password.n > 0) {
        buf_add_char(m->b, ':');
        put(m, &m->password, base->password);
    }
    if (base->username.n > 0 || base->password.n > 0)
        buf_add_char(m->b, '@');
    put(m, &m->host, base->host);
    if (base->port.n > 0) {
        buf_add_char(m->b, ':');
        put(m, &m->port, base->port);
    }
}

static void copy_query(struct maker *m)
{
    if (!m->base->has_query)
        return;
    buf_add_char(m->b, '?');
    m->has_query = true;
    put(m, &m->query, m->base->query);
}

/* REST is empty, or a query or fragment, and the base's path stays. */
static void read_tail_on_base(struct maker *m, struct str rest)
{
    end_path(m);
    if (rest.n == 0 || rest.p[0] == '#')
        copy_query(m);
    read_tail(m, rest);
}

static bool is_tail(struct str rest)
{
    return rest.n == 0 || rest.p[0] == '?' || rest.p[0] == '#';
}

/* "Relative state" and "relative slash state"; the scheme is written. */
static bool read_relative(struct maker *m, struct str rest)
{
    if (is_slash(m, rest, 0) && is_slash(m, rest, 1))
        return read_authority(m, m->special != NULL ? skip_slashes(m, rest)
                                                    : str_from(rest, 2));
    copy_authority(m);
    if (is_slash(m, rest, 0)) {
        begin_path(m, STR_NONE);
        read_path(m, str_from(rest, 1));
        return true;
    }
    begin_path(m, m->base->path);
    if (is_tail(rest)) {
        read_tail_on_base(m, rest);
        return true;
    }
    shorten_path(m);
    read_path(m, rest);
    return true;
}

/* ---- file: --------------------------------------------------------------- */

static bool base_is_file(const struct maker *m)
{
    return m->base != NULL && str_eq(m->base->scheme, STR("file"));
}

/* "File host state": REST stands behind two slashes. */
static bool read_file_host(struct maker *m, struct str rest)
{
    size_t end = part_end(m, rest);
    struct str host = str_slice(rest, 0, end);

    if (is_drive(host)) {
        begin_path(m, STR_NONE);
        read_path(m, rest);
        return true;
    }
    if (host.n > 0 && !put_host(m, host))
        return false;
    if (str_eq(text(m, m->host), STR("localhost"))) {
        m->b->n = m->host.at;
        m->host.n = 0;
    }
    start_path(m, str_from(rest, end));
    return true;
}

/* "File state" and "file slash state"; the scheme is written. */
static bool read_file(struct maker *m, struct str rest)
{
    bool has_base = base_is_file(m);

    begin_authority(m);
    if (is_slash(m, rest, 0) && is_slash(m, rest, 1))
        return read_file_host(m, str_from(rest, 2));
    if (has_base)
        put(m, &m->host, m->base->host);
    if (is_slash(m, rest, 0)) {
        rest = str_from(rest, 1);
        begin_path(m, has_base && !starts_with_drive(rest)
                          ? drive_of(m->base->path)
                          : STR_NONE);
        read_path(m, rest);
        return true;
    }
    begin_path(m, has_base ? m->base->path : STR_NONE);
    if (has_base && is_tail(rest)) {
        read_tail_on_base(m, rest);
        return true;
    }
    if (starts_with_drive(rest))
        m->b->n = m->path.at;
    else
        shorten_path(m);
    read_path(m, rest);
    return true;
}

/* ---- the whole ----------------------------------------------------------- */

static bool has_opaque_path(const struct url *u)
{
    return !u->has_host && (u->path.n == 0 || u->path.p[0] != '/');
}

static bool read_with_scheme(struct maker *m, struct str name, struct str rest)
{
    put_scheme(m, name);
    if (m->is_file)
        return read_file(m, rest);
    if (m->special != NULL) {
        if (m->base != NULL && str_eq(m->base->scheme, m->special->name) &&
            !str_starts(rest, STR("//")))
            return read_relative(m, rest);
        return read_authority(m, skip_slashes(m, rest));
    }
    if (str_starts(rest, STR("//")))
        return read_authority(m, str_from(rest, 2));
    if (is_slash(m, rest, 0))
        start_path(m, rest);
    else
        read_opaque_path(m, rest);
    return true;
}

static bool read_without_scheme(struct maker *m, struct str rest)
{
    if (m->base == NULL)
        return false;
    if (has_opaque_path(m->base) && (rest.n == 0 || rest.p[0] != '#'))
        return false;
    put_scheme(m, m->base->scheme);
    if (has_opaque_path(m->base)) {
        put(m, &m->path, m->base->path);
        copy_query(m);
        read_tail(m, rest);
        return true;
    }
    return m->is_file ? read_file(m, rest) : read_relative(m, rest);
}

/* Without controls and blanks at the ends, and without tabs and line breaks
 * anywhere; SCRATCH holds the result when it differs. */
static struct str cleaned(struct str s, struct buf *scratch)
{
    size_t from = 0;

    while (s.n > 0 && (unsigned char)s.p[0] <= ' ')
        s = str_from(s, 1);
    while (s.n > 0 && (unsigned char)s.p[s.n - 1] <= ' ')
        s.n--;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != '\t' && s.p[i] != '\n' && s.p[i] != '\r')
            continue;
        buf_add_str(scratch, str_slice(s, from, i));
        from = i + 1;
    }
    if (from == 0)
        return s;
    buf_add_str(scratch, str_from(s, from));
    return buf_str(scratch);
}

static void views(const struct maker *m, struct url *out)
{
    *out = (struct url){
        .href = buf_str(m->b),
        .scheme = text(m, m->scheme),
        .username = text(m, m->username),
        .password = text(m, m->password),
        .host = text(m, m->host),
        .port = text(m, m->port),
        .path = text(m, m->path),
        .query = text(m, m->query),
        .fragment = text(m, m->fragment),
        .has_query = m->has_query,
        .has_fragment = m->has_fragment,
        .is_special = m->special != NULL,
        .has_host = m->has_host,
    };
}

/* Parses into B, where OUT's views lie, or in INPUT. */
static bool parse(struct buf *b, struct str input, const struct url *base,
                  struct url *out)
{
    struct maker m = {.b = b, .base = base};
    struct buf scratch;
    size_t n;
    bool ok;

    if (url_plain(input, out))
        return true;
    buf_init(&scratch, BUF_MAX);
    input = cleaned(input, &scratch);
    n = scheme_length(input);
    ok = n > 0 ? read_with_scheme(&m, str_slice(input, 0, n),
                                  str_from(input, n + 1))
               : read_without_scheme(&m, input);
    ok = ok && !buf_is_full(b) && !buf_is_full(&scratch);
    buf_done(&scratch);
    if (ok)
        views(&m, out);
    return ok;
}

static struct str moved(struct str part, struct str from, const char *to)
{
    return part.n == 0 ? STR_NONE : str_of(to + (part.p - from.p), part.n);
}

/* Copies the address and its views into A. */
static void keep(struct arena *a, struct url *u)
{
    struct str from = u->href;
    struct str *const parts[] = {&u->scheme, &u->username, &u->password,
                                 &u->host,   &u->port,     &u->path,
                                 &u->query,  &u->fragment};

    u->href = arena_str(a, from);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        *parts[i] = moved(*parts[i], from, u->href.p);
}

bool url_parse(struct arena *a, struct str input, struct str base,
               struct url *out)
{
    struct buf of_base, b;
    struct url base_url, url;
    bool ok = true;

    buf_init(&of_base, BUF_MAX);
    buf_init(&b, BUF_MAX);
    if (base.n > 0)
        ok = parse(&of_base, base, NULL, &base_url);
    ok = ok && parse(&b, input, base.n > 0 ? &base_url : NULL, &url);
    if (ok) {
        keep(a, &url);
        *out = url;
    }
    buf_done(&of_base);
    buf_done(&b);
    return ok;
}

struct str url_resolve(struct arena *a, struct str base, struct str input)
{
    struct url url;

    return url_parse(a, input, base, &url) ? url.href : STR_NONE;
}

bool url_is_http(struct str s)
{
    return str_starts_nocase(s, STR("http://")) ||
           str_starts_nocase(s, STR("https://"));
}

struct str url_without_user(struct arena *a, struct str s)
{
    struct url u;
    size_t at;

    if (str_find_char(s, '@', 0) == STR_NOT_FOUND ||
        !url_parse(a, s, STR_NONE, &u) ||
        (u.username.n == 0 && u.password.n == 0))
        return s;
    at = (size_t)(u.host.p - u.href.p);
    return arena_cat(a, u.scheme, STR("://"), str_from(u.href, at));
}

struct str url_of_feed(struct arena *a, struct str s)
{
    static const struct str schemes[] = {STR_INIT("feed:"), STR_INIT("itpc:"),
                                         STR_INIT("pcast:")};

    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
        struct str rest;

        if (!str_starts_nocase(s, schemes[i]))
            continue;
        rest = str_from(s, schemes[i].n);
        if (url_is_http(rest) || !str_starts(rest, STR("//")))
            return rest;
        return url_is_http(str_from(rest, 2))
                   ? str_from(rest, 2)
                   : arena_cat(a, STR("http:"), rest);
    }
    return s;
}
