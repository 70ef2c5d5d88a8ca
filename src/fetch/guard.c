/*
 * Every address becomes 16 bytes, IPv4 in its mapped form (::ffff:a.b.c.d), and
 * is looked up in a table of prefixes made from the IANA special-purpose
 * registries (RFC 6890 and what was added since).  IPv6 prefixes that carry an
 * IPv4 address (NAT64, 6to4, mapped, compatible) lead to it, and it decides.
 * The tables say what is refused; of IPv6 only 2000::/3 is given out as global
 * unicast (RFC 4291), so everything outside it is refused unless it leads to
 * IPv4.
 */
#include "fetch/guard.h"

#include <arpa/inet.h>
#include <string.h>

struct address {
    unsigned char b[16];
};

struct prefix {
    unsigned char b[16];
    int bits;
    struct str why;
};

/* Written as the mapped form: 96 bits more. */
#define V4(a, b, c, d, bits, why)                                              \
    {                                                                          \
        {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, a, b, c, d}, 96 + (bits),     \
            STR_INIT(why)                                                      \
    }

static const struct prefix refused[] = {
    V4(0, 0, 0, 0, 8, "unspecified"),
    V4(10, 0, 0, 0, 8, "private"),
    V4(100, 64, 0, 0, 10, "shared by a provider"),
    V4(127, 0, 0, 0, 8, "loopback"),
    V4(169, 254, 0, 0, 16, "link-local"),
    V4(172, 16, 0, 0, 12, "private"),
    V4(192, 0, 0, 0, 24, "reserved"),
    V4(192, 0, 2, 0, 24, "for documentation"),
    V4(192, 88, 99, 0, 24, "reserved"),
    V4(192, 168, 0, 0, 16, "private"),
    V4(198, 18, 0, 0, 15, "for benchmarks"),
    V4(198, 51, 100, 0, 24, "for documentation"),
    V4(203, 0, 113, 0, 24, "for documentation"),
    V4(224, 0, 0, 0, 4, "multicast"),
    V4(240, 0, 0, 0, 4, "reserved"),
    /* A public address that a cloud answers to its own machines on. */
    V4(168, 63, 129, 16, 32, "a cloud's metadata"),
    {{0x20, 0x01, 0x00, 0x00}, 32, STR_INIT("a tunnel")}, /* Teredo */
    {{0x20, 0x01}, 23, STR_INIT("reserved")},
    {{0x20, 0x01, 0x0d, 0xb8}, 32, STR_INIT("for documentation")},
    {{0x3f, 0xff}, 20, STR_INIT("for documentation")},
    {{0xfc}, 7, STR_INIT("private")},
    {{0xfe, 0x80}, 10, STR_INIT("link-local")},
    {{0xfe, 0xc0}, 10, STR_INIT("private")},
    {{0xff}, 8, STR_INIT("multicast")},
};

/* Where an IPv4 address sits inside an IPv6 one. */
static const struct {
    unsigned char b[16];
    int bits, at;
} carriers[] = {
    {{0x00, 0x64, 0xff, 0x9b}, 96, 12},                   /* RFC 6052 */
    {{0x20, 0x02}, 16, 2},                                /* 6to4 */
    {{0}, 96, 12},                                        /* compatible */
    {{0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0}, 96, 12}, /* RFC 2765 */
};

static const unsigned char mapped[16] = {0, 0, 0, 0, 0,    0,
                                         0, 0, 0, 0, 0xff, 0xff};
static const unsigned char global[16] = {0x20};

static bool is_within(const unsigned char *a, const unsigned char *prefix,
                      int bits)
{
    int whole = bits / 8, rest = bits % 8;

    if (memcmp(a, prefix, (size_t)whole) != 0)
        return false;
    return rest == 0 || (a[whole] ^ prefix[whole]) >> (8 - rest) == 0;
}

static bool read_address(struct str s, struct address *out)
{
    char text[64];

    if (s.n == 0 || s.n >= sizeof text)
        return false;
    memcpy(text, s.p, s.n);
    text[s.n] = '\0';
    memcpy(out->b, mapped, sizeof out->b);
    return inet_pton(AF_INET, text, out->b + 12) == 1 ||
           inet_pton(AF_INET6, text, out->b) == 1;
}

static bool is_loopback6(const struct address *a)
{
    static const unsigned char one[16] = {[15] = 1};

    return memcmp(a->b, one, sizeof one) == 0;
}

/* The IPv4 address that A carries, in mapped form; else A. */
static struct address unwrap(struct address a)
{
    struct address out;

    for (size_t i = 0; i < sizeof carriers / sizeof carriers[0]; i++)
        if (is_within(a.b, carriers[i].b, carriers[i].bits)) {
            memcpy(out.b, mapped, sizeof out.b);
            memcpy(out.b + 12, a.b + carriers[i].at, 4);
            return out;
        }
    return a;
}

struct str guard_reason(struct str address)
{
    struct address a;

    if (!read_address(address, &a))
        return STR("no address");
    if (is_loopback6(&a))
        return STR("loopback");
    a = unwrap(a);
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        if (is_within(a.b, refused[i].b, refused[i].bits))
            return refused[i].why;
    if (!is_within(a.b, mapped, 96) && !is_within(a.b, global, 3))
        return STR("reserved");
    return STR_NONE;
}

bool guard_passes(struct str address, int port,
                  const struct fetch_allowed *allowed, size_t n)
{
    struct address a, b;

    if (guard_reason(address).n == 0)
        return true;
    if (!read_address(address, &a))
        return false;
    for (size_t i = 0; i < n; i++)
        if ((allowed[i].port == 0 || allowed[i].port == port) &&
            read_address(allowed[i].address, &b) &&
            memcmp(a.b, b.b, sizeof a.b) == 0)
            return true;
    return false;
}

bool guard_is_address(struct str s)
{
    struct address a;

    return read_address(s, &a);
}

bool guard_is_local_name(struct str host)
{
    static const struct str zones[] = {
        STR_INIT("localhost"), STR_INIT("local"),     STR_INIT("localdomain"),
        STR_INIT("internal"),  STR_INIT("home.arpa"), STR_INIT("intranet"),
        STR_INIT("lan"),
    };

    if (str_ends(host, STR(".")))
        host.n--;
    if (guard_is_address(host))
        return false;
    /* A bare name is looked up in the search domains of the proxy. */
    if (str_find_char(host, '.', 0) == STR_NOT_FOUND)
        return true;
    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++)
        if (str_ends_nocase(host, zones[i]) &&
            host.p[host.n - zones[i].n - 1] == '.')
            return true;
    return false;
}
