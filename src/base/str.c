#include "base/str.h"

#include <string.h>

#include "base/block.h"

struct str str_from_c(const char *c)
{
    return c == NULL ? STR_NONE : str_of(c, strlen(c));
}

bool str_same_nocase(const char *a, const char *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (to_lower(a[i]) != to_lower(b[i]))
            return false;
    return true;
}

int str_cmp_rest(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n == 0 ? 0 : memcmp(a.p, b.p, n);

    if (c != 0)
        return c;
    return a.n < b.n ? -1 : a.n > b.n;
}

bool str_ends(struct str s, struct str suffix)
{
    return s.n >= suffix.n &&
           str_eq(str_of(s.p + s.n - suffix.n, suffix.n), suffix);
}

bool str_ends_nocase(struct str s, struct str suffix)
{
    return s.n >= suffix.n &&
           str_same_nocase(s.p + s.n - suffix.n, suffix.p, suffix.n);
}

size_t str_find_char(struct str s, char c, size_t from)
{
    const char *hit;

    if (from >= s.n)
        return STR_NOT_FOUND;
    hit = memchr(s.p + from, c, s.n - from);
    return hit == NULL ? STR_NOT_FOUND : (size_t)(hit - s.p);
}

/* The first place from FROM on where NEEDLE's first and last byte stand as far
 * apart as in it; near the end of S it may be any. */
static size_t find_ends(struct str s, struct str needle, size_t from)
{
    const char *last = s.p + needle.n - 1;

    while (s.n - from >= needle.n + sizeof(block)) {
        block firsts =
            (block)(block_load(s.p + from) == (unsigned char)needle.p[0]);
        block lasts = (block)(block_load(last + from) ==
                              (unsigned char)needle.p[needle.n - 1]);
        size_t hit = block_first(firsts & lasts);

        if (hit < sizeof(block))
            return from + hit;
        from += sizeof(block);
    }
    return from;
}

/* Looks for the first byte, which is quick where it is rare; where it is not,
 * for two at once. */
size_t str_find(struct str s, struct str needle, size_t from)
{
    size_t misses = 0;

    if (needle.n == 0)
        return from <= s.n ? from : STR_NOT_FOUND;
    while (from < s.n && needle.n <= s.n - from) {
        from = misses < 8 ? str_find_char(s, needle.p[0], from)
                          : find_ends(s, needle, from);
        if (from == STR_NOT_FOUND || needle.n > s.n - from)
            return STR_NOT_FOUND;
        if (memcmp(s.p + from, needle.p, needle.n) == 0)
            return from;
        misses++;
        from++;
    }
    return STR_NOT_FOUND;
}

size_t str_find_nocase(struct str s, struct str needle, size_t from)
{
    char first = needle.n == 0 ? '\0' : to_lower(needle.p[0]);

    if (needle.n == 0 || !is_alpha(first)) {
        while ((from = str_find(s, str_slice(needle, 0, 1), from)) < s.n &&
               !str_starts_nocase(str_from(s, from), needle))
            from++;
        return from;
    }
    for (; from <= s.n && needle.n <= s.n - from; from++)
        if (to_lower(s.p[from]) == first &&
            str_same_nocase(s.p + from, needle.p, needle.n))
            return from;
    return STR_NOT_FOUND;
}

size_t str_find_last(struct str s, char c)
{
    for (size_t i = s.n; i > 0; i--)
        if (s.p[i - 1] == c)
            return i - 1;
    return STR_NOT_FOUND;
}

bool str_has(struct str s, struct str needle)
{
    return str_find(s, needle, 0) != STR_NOT_FOUND;
}

bool str_has_nocase(struct str s, struct str needle)
{
    return str_find_nocase(s, needle, 0) != STR_NOT_FOUND;
}

struct str str_trim(struct str s)
{
    while (s.n > 0 && is_space(s.p[0])) {
        s.p++;
        s.n--;
    }
    while (s.n > 0 && is_space(s.p[s.n - 1]))
        s.n--;
    return s;
}

/* Length of the blank at P (at most N bytes), 0 if it is none. */
static size_t wide_blank(const unsigned char *p, size_t n)
{
    if (n >= 1 && is_space((char)p[0]))
        return 1;
    if (n >= 2 && p[0] == 0xC2 && p[1] == 0xA0)
        return 2;
    if (n < 3)
        return 0;
    if ((p[0] == 0xE3 && p[1] == 0x80 && p[2] == 0x80) ||
        (p[0] == 0xEF && p[1] == 0xBB && p[2] == 0xBF) ||
        (p[0] == 0xE2 && p[1] == 0x80 && p[2] >= 0x80 && p[2] <= 0x8F))
        return 3;
    return 0;
}

struct str str_trim_wide(struct str s)
{
    size_t k;

    while ((k = wide_blank((const unsigned char *)s.p, s.n)) > 0) {
        s.p += k;
        s.n -= k;
    }
    while (s.n > 0) {
        const unsigned char *end = (const unsigned char *)s.p + s.n;

        if (wide_blank(end - 1, 1) == 1)
            s.n -= 1;
        else if (s.n >= 2 && wide_blank(end - 2, 2) == 2)
            s.n -= 2;
        else if (s.n >= 3 && wide_blank(end - 3, 3) == 3)
            s.n -= 3;
        else
            break;
    }
    return s;
}

size_t str_tidy_prefix(struct str s)
{
    size_t i = 0;

    for (; s.n - i > sizeof(block); i += sizeof(block)) {
        block c = block_load(s.p + i), next = block_load(s.p + i + 1);
        block space = (block)(next == ' ') | block_control_space(next);
        size_t hit =
            block_first(block_control_space(c) | ((block)(c == ' ') & space));

        if (hit < sizeof(block))
            return i + hit;
    }
    for (; i < s.n; i++)
        if (is_space(s.p[i]) &&
            (s.p[i] != ' ' || i + 1 == s.n || is_space(s.p[i + 1])))
            return i;
    return i;
}

bool str_split(struct str *rest, char sep, struct str *part)
{
    size_t at;

    if (rest->n == 0)
        return false;
    at = str_find_char(*rest, sep, 0);
    if (at == STR_NOT_FOUND) {
        *part = *rest;
        *rest = str_from(*rest, rest->n);
    } else {
        *part = str_slice(*rest, 0, at);
        *rest = str_from(*rest, at + 1);
    }
    return true;
}

bool str_word(struct str *rest, struct str *part)
{
    size_t i = 0, end;

    while (i < rest->n && is_space(rest->p[i]))
        i++;
    for (end = i; end < rest->n && !is_space(rest->p[end]);)
        end++;
    *part = str_slice(*rest, i, end);
    *rest = str_from(*rest, end);
    return part->n > 0;
}

bool str_to_u64(struct str s, int base, uint64_t *out)
{
    uint64_t v = 0;

    if (s.n == 0)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = to_lower(s.p[i]);
        int d = is_digit(c)            ? c - '0'
                : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                       : 99;

        if (d >= base)
            return false;
        if (__builtin_mul_overflow(v, (uint64_t)base, &v) ||
            __builtin_add_overflow(v, (uint64_t)d, &v))
            return false;
    }
    *out = v;
    return true;
}

bool str_has_digit(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (is_digit(s.p[i]))
            return true;
    return false;
}

bool str_to_i64(struct str s, int64_t *out)
{
    bool negative = s.n > 0 && s.p[0] == '-';
    uint64_t v;

    if (s.n > 0 && (s.p[0] == '-' || s.p[0] == '+'))
        s = str_from(s, 1);
    if (!str_to_u64(s, 10, &v) || v > (uint64_t)INT64_MAX)
        return false;
    *out = negative ? -(int64_t)v : (int64_t)v;
    return true;
}

bool str_to_double(struct str s, double *out)
{
    bool negative = s.n > 0 && s.p[0] == '-';
    double v = 0, scale = 1;
    size_t i = negative || (s.n > 0 && s.p[0] == '+'), digits = 0;

    for (; i < s.n && is_digit(s.p[i]); i++, digits++)
        v = v * 10 + (s.p[i] - '0');
    if (i < s.n && s.p[i] == '.') {
        for (i++; i < s.n && is_digit(s.p[i]); i++, digits++)
            v += (s.p[i] - '0') * (scale /= 10);
    }
    if (digits == 0 || digits > 300 || i != s.n)
        return false;
    *out = negative ? -v : v;
    return true;
}
