/*
 * Domain to ASCII, after UTS #46 as the URL Standard calls it: not
 * transitional, CheckHyphens, UseSTD3ASCIIRules and VerifyDnsLength false,
 * CheckBidi and CheckJoiners true.  A domain that is ASCII already is only
 * brought to lower case, as the standard says since 2025: servers with labels
 * like "xn--a" exist and browsers reach them.
 *
 * Otherwise: map (compatibility forms, case; ignorable characters go), bring to
 * NFC, cut into labels at full stops, decode the labels that are Punycode
 * already, check every label, and encode those that are not ASCII.  The mapping
 * table of UTS #46 is NFKC_Casefold with a few exceptions, which are in
 * map_char; utf8proc supplies the rest, libidn2 the joining rules.
 */
#include "text/url_host.h"

#include <idn2.h>
#include <stdlib.h>
#include <utf8proc.h>

#include "base/buf.h"
#include "base/utf8.h"

/* No real name comes near; Punycode takes quadratic time. */
#define DOMAIN_MAX_BYTES ((size_t)2048)

#define ZWNJ 0x200C
#define ZWJ  0x200D

/* ---- Punycode (RFC 3492) ------------------------------------------------ */

enum {
    P_BASE = 36,
    P_TMIN = 1,
    P_TMAX = 26,
    P_SKEW = 38,
    P_DAMP = 700,
    P_BIAS = 72,
    P_START = 128
};

static uint32_t adapted(uint32_t delta, uint32_t n_points, bool first)
{
    uint32_t k = 0;

    delta = first ? delta / P_DAMP : delta / 2;
    delta += delta / n_points;
    for (; delta > (P_BASE - P_TMIN) * P_TMAX / 2; k += P_BASE)
        delta /= P_BASE - P_TMIN;
    return k + (P_BASE - P_TMIN + 1) * delta / (delta + P_SKEW);
}

static uint32_t threshold(uint32_t k, uint32_t bias)
{
    if (k <= bias + P_TMIN)
        return P_TMIN;
    return k >= bias + P_TMAX ? P_TMAX : k - bias;
}

static void punycode_number(struct buf *out, uint32_t q, uint32_t bias)
{
    static const char digits[] = "abcdefghijklmnopqrstuvwxyz0123456789";

    for (uint32_t k = P_BASE;; k += P_BASE) {
        uint32_t t = threshold(k, bias);

        if (q < t)
            break;
        buf_add_char(out, digits[t + (q - t) % (P_BASE - t)]);
        q = (q - t) / (P_BASE - t);
    }
    buf_add_char(out, digits[q]);
}

/* At most DOMAIN_MAX_BYTES points, so that no sum here can overflow. */
static void punycode_encode(const uint32_t *points, size_t n, struct buf *out)
{
    uint32_t next = P_START, bias = P_BIAS, delta = 0, handled, basic = 0;

    for (size_t i = 0; i < n; i++)
        if (points[i] < 0x80) {
            buf_add_char(out, (char)points[i]);
            basic++;
        }
    if (basic > 0)
        buf_add_char(out, '-');
    for (handled = basic; handled < n; delta++, next++) {
        uint32_t smallest = UINT32_MAX;

        for (size_t i = 0; i < n; i++)
            if (points[i] >= next && points[i] < smallest)
                smallest = points[i];
        delta += (smallest - next) * (handled + 1);
        next = smallest;
        for (size_t i = 0; i < n; i++) {
            if (points[i] < next)
                delta++;
            if (points[i] != next)
                continue;
            punycode_number(out, delta, bias);
            bias = adapted(delta, handled + 1, handled == basic);
            delta = 0;
            handled++;
        }
    }
}

static int punycode_digit(char c)
{
    if (is_digit(c))
        return c - '0' + 26;
    return is_alpha(c) ? to_lower(c) - 'a' : -1;
}

/* Reads one number at *AT and adds it to *I. */
static bool punycode_read(struct str s, size_t *at, uint32_t bias, uint32_t *i)
{
    uint32_t w = 1;

    for (uint32_t k = P_BASE;; k += P_BASE) {
        uint32_t t = threshold(k, bias), step;
        int digit = *at < s.n ? punycode_digit(s.p[(*at)++]) : -1;

        if (digit < 0 || __builtin_mul_overflow((uint32_t)digit, w, &step) ||
            __builtin_add_overflow(*i, step, i))
            return false;
        if ((uint32_t)digit < t)
            return true;
        if (__builtin_mul_overflow(w, P_BASE - t, &w))
            return false;
    }
}

/* POINTS has room for S.n of them. */
static bool punycode_decode(struct str s, uint32_t *points, size_t *count)
{
    uint32_t next = P_START, bias = P_BIAS, i = 0, n = 0;
    size_t hyphen = str_find_last(s, '-'), at = 0;

    if (hyphen != STR_NOT_FOUND) {
        for (; n < hyphen; n++)
            points[n] = (unsigned char)s.p[n];
        at = hyphen + 1;
    }
    while (at < s.n) {
        uint32_t before = i;

        if (!punycode_read(s, &at, bias, &i))
            return false;
        bias = adapted(i - before, n + 1, before == 0);
        if (__builtin_add_overflow(next, i / (n + 1), &next) || next > 0x10FFFF)
            return false;
        i %= n + 1;
        for (uint32_t k = n; k > i; k--)
            points[k] = points[k - 1];
        points[i++] = next;
        n++;
    }
    *count = n;
    return true;
}

/* ---- mapping ------------------------------------------------------------ */

struct range {
    uint32_t from, to;
};

/* Ignorable for NFKC_Casefold, but refused in names: what changes direction,
 * musical and interlinear controls, tags. */
static const struct range refused[] = {
    {0x200E, 0x200F}, {0x202A, 0x202E},   {0x2066, 0x2069},   {0x2FF0, 0x2FFF},
    {0xFFF9, 0xFFFD}, {0x1D173, 0x1D17A}, {0xE0000, 0xE00FF},
};

static bool is_refused(uint32_t c)
{
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        if (c >= refused[i].from && c <= refused[i].to)
            return true;
    return false;
}

static bool map_char(uint32_t c, struct buf *out)
{
    utf8proc_int32_t mapped[32];
    int bound = 0;
    utf8proc_ssize_t n;

    if (is_refused(c))
        return false;
    if (c == 0x3002 || c == 0xFF61 || c == 0xFF0E)
        return buf_add_char(out, '.');
    if (c == 0x1E9E)
        c = 0xDF; /* capital sharp s */
    if (c == 0xDF || c == 0x3C2 || c == ZWNJ || c == ZWJ)
        return buf_add_utf8(out, c); /* kept apart from ss, sigma, nothing */
    n = utf8proc_decompose_char((utf8proc_int32_t)c, mapped, 32,
                                UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
                                    UTF8PROC_CASEFOLD | UTF8PROC_IGNORE,
                                &bound);
    if (n < 0 || n > 32)
        return false;
    for (utf8proc_ssize_t i = 0; i < n; i++) {
        /* Characters that stand for others with a full stop: U+2025. */
        if (mapped[i] == '.' && c != '.')
            return false;
        buf_add_utf8(out, (uint32_t)mapped[i]);
    }
    return true;
}

/* Adds S, mapped and in NFC. */
static bool map_all(struct str s, struct buf *out)
{
    struct buf mapped;
    utf8proc_uint8_t *nfc = NULL;
    utf8proc_ssize_t n;
    bool ok = true;

    buf_init(&mapped, DOMAIN_MAX_BYTES * 32);
    for (size_t i = 0; ok && i < s.n;)
        ok = map_char(utf8_next(s, &i), &mapped);
    if (ok && mapped.n > 0) {
        n = utf8proc_map((const utf8proc_uint8_t *)mapped.p,
                         (utf8proc_ssize_t)mapped.n, &nfc,
                         UTF8PROC_STABLE | UTF8PROC_COMPOSE);
        ok = n >= 0 && n <= (utf8proc_ssize_t)DOMAIN_MAX_BYTES;
        if (ok)
            buf_add(out, nfc, (size_t)n);
    }
    free(nfc);
    buf_done(&mapped);
    return ok;
}

/* ---- checks of a label -------------------------------------------------- */

static utf8proc_category_t category(uint32_t c)
{
    return utf8proc_category((utf8proc_int32_t)c);
}

static bool is_mark(uint32_t c)
{
    utf8proc_category_t k = category(c);

    return k >= UTF8PROC_CATEGORY_MN && k <= UTF8PROC_CATEGORY_ME;
}

static bool may_stand(uint32_t c)
{
    utf8proc_category_t k = category(c);

    return c == ZWNJ || c == ZWJ || c < 0x80 ||
           (k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_SO &&
            !is_refused(c));
}

/* RFC 5892, appendix A.1 and A.2: after a virama, or (ZWNJ only) between
 * letters that join.  libidn2 knows which join, and is shown the joiner with
 * the nearest letters at both sides, so that nothing else disturbs it. */
static bool joiner_fits(const uint32_t *p, size_t n, size_t at)
{
    struct buf around;
    size_t from = at, to = at + 1;
    uint8_t *out = NULL;
    int rc;

    if (at == 0)
        return false;
    if (utf8proc_get_property((utf8proc_int32_t)p[at - 1])->combining_class ==
        9)
        return true;
    if (p[at] == ZWJ)
        return false;
    do
        from--;
    while (from > 0 && is_mark(p[from]));
    while (to < n && is_mark(p[to]))
        to++;
    buf_init(&around, DOMAIN_MAX_BYTES * 4);
    for (size_t i = from; i < n && i <= to; i++)
        buf_add_utf8(&around, p[i]);
    buf_add_char(&around, '\0');
    rc = idn2_lookup_u8((const uint8_t *)around.p, &out, IDN2_NO_TR46);
    idn2_free(out);
    buf_done(&around);
    return rc == IDN2_OK;
}

static bool label_is_valid(const uint32_t *p, size_t n)
{
    if (n > 0 && is_mark(p[0]))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!may_stand(p[i]))
            return false;
        if ((p[i] == ZWNJ || p[i] == ZWJ) && !joiner_fits(p, n, i))
            return false;
    }
    return true;
}

#define BIDI(c) (1u << UTF8PROC_BIDI_CLASS_##c)

static unsigned bidi_class(uint32_t c)
{
    return 1u << utf8proc_get_property((utf8proc_int32_t)c)->bidi_class;
}

static bool has_right_to_left(const uint32_t *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (bidi_class(p[i]) & (BIDI(R) | BIDI(AL) | BIDI(AN)))
            return true;
    return false;
}

/* The Bidi Rule (RFC 5893, section 2). */
static bool bidi_fits(const uint32_t *p, size_t n)
{
    const unsigned neutral =
        BIDI(EN) | BIDI(ES) | BIDI(CS) | BIDI(ET) | BIDI(ON) | BIDI(BN);
    unsigned first, last = 0, seen = 0, right_to_left;

    if (n == 0)
        return true;
    first = bidi_class(p[0]);
    if (!(first & (BIDI(L) | BIDI(R) | BIDI(AL))))
        return false;
    right_to_left = first & (BIDI(R) | BIDI(AL));
    for (size_t i = 0; i < n; i++) {
        unsigned class = bidi_class(p[i]);

        seen |= class;
        if (class != BIDI(NSM))
            last = class;
    }
    if (right_to_left)
        return !(seen &
                 ~(neutral | BIDI(R) | BIDI(AL) | BIDI(AN) | BIDI(NSM))) &&
               (last & (BIDI(R) | BIDI(AL) | BIDI(EN) | BIDI(AN))) &&
               (seen & (BIDI(EN) | BIDI(AN))) != (BIDI(EN) | BIDI(AN));
    return !(seen & ~(neutral | BIDI(L) | BIDI(NSM))) &&
           (last & (BIDI(L) | BIDI(EN)));
}

/* ---- the whole domain --------------------------------------------------- */

static bool is_ascii(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80)
            return false;
    return true;
}

/* A label that claims to be Punycode must be what encoding would give. */
static bool is_mapped_already(const uint32_t *points, size_t n)
{
    struct buf plain, mapped;
    bool ok = n > 0;

    buf_init(&plain, DOMAIN_MAX_BYTES * 4);
    buf_init(&mapped, DOMAIN_MAX_BYTES * 4);
    for (size_t i = 0; i < n; i++) {
        buf_add_utf8(&plain, points[i]);
        ok = ok && points[i] != '.';
    }
    ok = ok && !is_ascii(buf_str(&plain)) &&
         map_all(buf_str(&plain), &mapped) &&
         str_eq(buf_str(&plain), buf_str(&mapped));
    buf_done(&plain);
    buf_done(&mapped);
    return ok;
}

static bool label_points(struct str label, uint32_t *points, size_t *n)
{
    *n = 0;
    if (str_starts(label, STR("xn--")))
        return is_ascii(label) &&
               punycode_decode(str_from(label, 4), points, n) &&
               is_mapped_already(points, *n);
    for (size_t i = 0; i < label.n;)
        points[(*n)++] = utf8_next(label, &i);
    return true;
}

/* Labels are checked after all are known: one that is written from right to
 * left binds the others too. */
static bool labels_to_ascii(struct str domain, bool check_bidi, bool *is_bidi,
                            struct buf *out)
{
    uint32_t points[DOMAIN_MAX_BYTES];
    size_t n, from = 0, dot;

    for (;; from = dot + 1) {
        struct str label;

        dot = str_find_char(domain, '.', from);
        label = str_slice(domain, from, dot);
        if (!label_points(label, points, &n) || !label_is_valid(points, n))
            return false;
        *is_bidi = *is_bidi || has_right_to_left(points, n);
        if (check_bidi && !bidi_fits(points, n))
            return false;
        if (out != NULL && is_ascii(label)) {
            buf_add_str(out, label);
        } else if (out != NULL) {
            buf_add_str(out, STR("xn--"));
            punycode_encode(points, n, out);
        }
        if (dot == STR_NOT_FOUND)
            return true;
        if (out != NULL)
            buf_add_char(out, '.');
    }
}

bool idna_to_ascii(struct str domain, struct buf *out)
{
    struct buf mapped;
    bool ok, is_bidi = false;

    if (is_ascii(domain)) {
        for (size_t i = 0; i < domain.n; i++)
            buf_add_char(out, to_lower(domain.p[i]));
        return true;
    }
    if (domain.n > DOMAIN_MAX_BYTES || !utf8_valid(domain))
        return false;
    buf_init(&mapped, DOMAIN_MAX_BYTES);
    ok = map_all(domain, &mapped) &&
         labels_to_ascii(buf_str(&mapped), false, &is_bidi, NULL) &&
         labels_to_ascii(buf_str(&mapped), is_bidi, &is_bidi, out);
    buf_done(&mapped);
    return ok;
}
