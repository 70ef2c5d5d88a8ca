#include "text/site.h"

#include <libpsl.h>
#include <string.h>

#include "base/arena.h"
#include "text/url.h"

/* An IPv4 or bracketed IPv6 address; names never end in a digit label that is
 * all digits (the URL parser has seen to that). */
static bool is_address(struct str host)
{
    size_t i = host.n;

    if (host.n > 0 && host.p[0] == '[')
        return true;
    while (i > 0 && is_digit(host.p[i - 1]))
        i--;
    return i < host.n && (i == 0 || host.p[i - 1] == '.');
}

struct str site_of_host(struct arena *a, struct str host)
{
    const char *found;
    char *name;

    if (host.n > 0 && host.p[host.n - 1] == '.')
        host.n--;
    name = arena_alloc(a, host.n + 1);
    for (size_t i = 0; i < host.n; i++)
        name[i] = to_lower(host.p[i]);
    host.p = name;
    if (is_address(host) || strlen(name) != host.n)
        return host;
    found = psl_registrable_domain(psl_builtin(), name);
    return found == NULL ? host : str_from(host, (size_t)(found - name));
}

struct str site_of_url(struct arena *a, struct str url)
{
    struct url u;

    return url_parse(a, url, STR_NONE, &u) ? site_of_host(a, u.host) : STR_NONE;
}

static struct str host_of(struct arena *a, struct str url)
{
    struct url u;

    return url_parse(a, url, STR_NONE, &u) ? u.host : STR_NONE;
}

static struct str last_label(struct str host)
{
    size_t dot = str_find_last(host, '.');

    return dot == STR_NOT_FOUND ? host : str_from(host, dot + 1);
}

/* Asking for the registrable domain takes longer than all else. */
bool site_is_one(struct arena *a, struct str url, struct str other)
{
    struct str one = host_of(a, url), two = host_of(a, other);

    if (str_eq(one, two))
        return true;
    if (!str_ends(one, STR(".")) && !str_ends(two, STR(".")) &&
        !str_eq_nocase(last_label(one), last_label(two)))
        return false;
    return str_eq(site_of_host(a, one), site_of_host(a, two));
}

bool site_is_within(struct str host, struct str domain)
{
    if (domain.n == 0 || !str_ends_nocase(host, domain))
        return false;
    return host.n == domain.n || host.p[host.n - domain.n - 1] == '.';
}
