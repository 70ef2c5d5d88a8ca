/*
 * Hosts are read in this order: a literal in brackets is IPv6; the host of a
 * scheme the standard does not know is kept opaque; anything else is a domain,
 * percent-decoded and brought to ASCII (url_idna.c), and what then ends in a
 * number must be an IPv4 address in any of the notations of inet_aton.
 */
#include "text/url_host.h"

#include <string.h>

#include "base/buf.h"
#include "text/percent.h"

static const char forbidden[] = "\t\n\r #/:<>?@[\\]^|";

static bool has_forbidden(struct str s, bool domain)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (c == 0 || (c < 0x80 && strchr(forbidden, c) != NULL))
            return true;
        if (domain && (c < 0x20 || c == '%' || c == 0x7F))
            return true;
    }
    return false;
}

/* ---- IPv4 --------------------------------------------------------------- */

/* A number in decimal, octal (0) or hexadecimal (0x); above 32 bits it stays
 * at a value that is too large for every place. */
static bool ipv4_number(struct str s, uint64_t *out)
{
    uint64_t value = 0;
    int base = 10;

    if (s.n == 0)
        return false;
    if (str_starts_nocase(s, STR("0x"))) {
        base = 16;
        s = str_from(s, 2);
    } else if (s.n >= 2 && s.p[0] == '0') {
        base = 8;
        s = str_from(s, 1);
    }
    for (size_t i = 0; i < s.n; i++) {
        int d = percent_hex(s.p[i]);

        if (d < 0 || d >= base)
            return false;
        if (value <= UINT32_MAX)
            value = value * (uint64_t)base + (uint64_t)d;
    }
    *out = value;
    return true;
}

static struct str without_final_dot(struct str s)
{
    return s.n > 0 && s.p[s.n - 1] == '.' ? str_slice(s, 0, s.n - 1) : s;
}

static bool ends_in_number(struct str s)
{
    struct str last;
    uint64_t value;

    s = without_final_dot(s);
    last = str_from(s, str_find_last(s, '.') + 1); /* not found: from 0 */
    if (last.n == 0)
        return false;
    for (size_t i = 0; i < last.n && is_digit(last.p[i]); i++)
        if (i + 1 == last.n)
            return true;
    return ipv4_number(last, &value);
}

static bool add_ipv4(struct buf *out, uint32_t address)
{
    char text[16];
    size_t n = 0;

    for (int shift = 24; shift >= 0; shift -= 8) {
        unsigned v = address >> shift & 255;

        if (v >= 100)
            text[n++] = (char)('0' + v / 100);
        if (v >= 10)
            text[n++] = (char)('0' + v / 10 % 10);
        text[n++] = (char)('0' + v % 10);
        if (shift > 0)
            text[n++] = '.';
    }
    return buf_add(out, text, n);
}

static bool ipv4_parse(struct str s, struct buf *out)
{
    uint64_t numbers[4], address = 0;
    struct str part;
    size_t n = 0;

    s = without_final_dot(s);
    for (;;) {
        size_t dot = str_find_char(s, '.', 0);

        part = str_slice(s, 0, dot);
        if (n == 4 || !ipv4_number(part, &numbers[n++]))
            return false;
        if (dot == STR_NOT_FOUND)
            break;
        s = str_from(s, dot + 1);
    }
    for (size_t i = 0; i + 1 < n; i++) {
        if (numbers[i] > 255)
            return false;
        address |= numbers[i] << (8 * (3 - i));
    }
    if (numbers[n - 1] >= (uint64_t)1 << (8 * (5 - n)))
        return false;
    address |= numbers[n - 1];
    return add_ipv4(out, (uint32_t)address);
}

/* ---- IPv6 --------------------------------------------------------------- */

/* The dotted end of an IPv6 address: four decimal numbers without leading
 * zeros, as two pieces. */
static bool ipv6_tail(struct str s, uint16_t pieces[2])
{
    unsigned bytes[4];

    for (size_t k = 0; k < 4; k++) {
        unsigned value = 0;
        size_t i = 0;

        for (; i < s.n && is_digit(s.p[i]); i++) {
            if (i > 0 && value == 0)
                return false;
            value = value * 10 + (unsigned)(s.p[i] - '0');
            if (value > 255)
                return false;
        }
        if (i == 0 || (k < 3 ? i == s.n || s.p[i] != '.' : i != s.n))
            return false;
        bytes[k] = value;
        s = str_from(s, i + 1);
    }
    pieces[0] = (uint16_t)(bytes[0] << 8 | bytes[1]);
    pieces[1] = (uint16_t)(bytes[2] << 8 | bytes[3]);
    return true;
}

/* Moves the pieces behind the "::" at COMPRESS to the end. */
static void ipv6_spread(uint16_t pieces[8], size_t n, size_t compress)
{
    size_t moved = n - compress;

    memmove(pieces + 8 - moved, pieces + compress, moved * sizeof *pieces);
    memset(pieces + compress, 0, (8 - n) * sizeof *pieces);
}

static bool ipv6_pieces(struct str s, uint16_t pieces[8])
{
    size_t n = 0, compress = SIZE_MAX, i = 0;

    if (str_starts(s, STR("::"))) {
        compress = 0;
        i = 2;
    } else if (str_starts(s, STR(":"))) {
        return false;
    }
    while (i < s.n) {
        size_t from = i;
        unsigned value = 0;

        if (n == 8)
            return false;
        if (s.p[i] == ':') {
            if (compress != SIZE_MAX)
                return false;
            compress = n;
            i++;
            continue;
        }
        for (; i < s.n && i - from < 4 && percent_hex(s.p[i]) >= 0; i++)
            value = value << 4 | (unsigned)percent_hex(s.p[i]);
        if (i < s.n && s.p[i] == '.') {
            if (n > 6 || !ipv6_tail(str_from(s, from), pieces + n))
                return false;
            n += 2;
            break;
        }
        if (i == from || (i < s.n && s.p[i] != ':'))
            return false;
        if (i < s.n && ++i == s.n)
            return false; /* a single colon at the end */
        pieces[n++] = (uint16_t)value;
    }
    if (compress != SIZE_MAX)
        ipv6_spread(pieces, n, compress);
    else if (n != 8)
        return false;
    return true;
}

/* The longest run of at least two zero pieces, the first of equals. */
static size_t ipv6_longest_zeros(const uint16_t pieces[8], size_t *n)
{
    size_t best = 8;

    *n = 1;
    for (size_t i = 0; i < 8;) {
        size_t run = 0;

        while (i + run < 8 && pieces[i + run] == 0)
            run++;
        if (run > *n) {
            best = i;
            *n = run;
        }
        i += run == 0 ? 1 : run;
    }
    return best;
}

static bool ipv6_parse(struct str s, struct buf *out)
{
    uint16_t pieces[8] = {0};
    size_t zeros, n_zeros;

    if (!ipv6_pieces(s, pieces))
        return false;
    zeros = ipv6_longest_zeros(pieces, &n_zeros);
    buf_add_char(out, '[');
    for (size_t i = 0; i < 8; i++) {
        if (i == zeros) {
            buf_add_str(out, i == 0 ? STR("::") : STR(":"));
            i += n_zeros - 1;
            continue;
        }
        buf_printf(out, i < 7 ? "%x:" : "%x", (unsigned)pieces[i]);
    }
    return buf_add_char(out, ']');
}

/* ---- all kinds ------------------------------------------------------------
 */

static bool domain_parse(struct str host, struct buf *out)
{
    struct buf bytes;
    size_t from = out->n;
    struct str domain;
    bool ok;

    buf_init(&bytes, BUF_MAX);
    percent_decode(&bytes, host);
    ok = idna_to_ascii(buf_str(&bytes), out);
    buf_done(&bytes);
    domain = str_from(buf_str(out), from);
    if (!ok || domain.n == 0 || has_forbidden(domain, true))
        return false;
    if (!ends_in_number(domain))
        return true;
    /* The address is written behind the domain, then moved over it. */
    from = out->n;
    if (!ipv4_parse(domain, out))
        return false;
    memmove(out->p + from - domain.n, out->p + from, out->n - from);
    out->n -= domain.n;
    return true;
}

bool url_host_parse(struct str host, bool is_special, struct buf *out)
{
    if (host.n > 0 && host.p[0] == '[')
        return host.p[host.n - 1] == ']' &&
               ipv6_parse(str_slice(host, 1, host.n - 1), out);
    if (is_special)
        return domain_parse(host, out);
    if (has_forbidden(host, false))
        return false;
    percent_encode(out, host, PERCENT_CONTROL);
    return true;
}
