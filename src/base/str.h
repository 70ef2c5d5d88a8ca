#ifndef BASE_STR_H
#define BASE_STR_H
/*
 * Views of text.  A struct str borrows bytes that live elsewhere: it is passed
 * by value, is not terminated, and is never freed.  Bytes are counted as n or
 * bytes, code points as chars.  Case and white space here are ASCII; Unicode
 * folding is text/fold.h.  From decode/ onwards every str is valid UTF-8.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define MUST_CHECK __attribute__((warn_unused_result))

struct str {
    const char *p;
    size_t n;
};

/* A str of a string literal; STR_INIT is the form for static tables. */
#define STR(lit) ((struct str){"" lit, sizeof(lit) - 1})
#define STR_INIT(lit)                                                          \
    {                                                                          \
        "" lit, sizeof(lit) - 1                                                \
    }
#define STR_NONE ((struct str){"", 0})
/* For printf("%.*s", STR_ARG(s)). */
#define STR_ARG(s) (int)(s).n, (s).p

static inline struct str str_of(const char *p, size_t n)
{
    return (struct str){p, n};
}

static inline bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool is_alnum(char c)
{
    return is_digit(c) || is_alpha(c);
}

static inline char to_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/* The view of a terminated string; NULL gives the empty one. */
struct str str_from_c(const char *c);

static inline bool str_eq(struct str a, struct str b)
{
    /* Most differ in the first byte, which needs no call. */
    return a.n == b.n &&
           (a.n == 0 || (a.p[0] == b.p[0] && memcmp(a.p, b.p, a.n) == 0));
}
/* Whether N bytes are the same but for case; for the use of those below. */
bool str_same_nocase(const char *a, const char *b, size_t n);
static inline bool str_eq_nocase(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || (to_lower(a.p[0]) == to_lower(b.p[0]) &&
                                       str_same_nocase(a.p, b.p, a.n)));
}
/* What str_cmp does when the first bytes are the same; for its use only. */
int str_cmp_rest(struct str a, struct str b);
/* Byte order, as memcmp; a prefix sorts first. */
static inline int str_cmp(struct str a, struct str b)
{
    if (a.n > 0 && b.n > 0 && a.p[0] != b.p[0])
        return (unsigned char)a.p[0] < (unsigned char)b.p[0] ? -1 : 1;
    return str_cmp_rest(a, b);
}
static inline bool str_starts(struct str s, struct str prefix)
{
    return s.n >= prefix.n && str_eq(str_of(s.p, prefix.n), prefix);
}
static inline bool str_starts_nocase(struct str s, struct str prefix)
{
    return s.n >= prefix.n && str_eq_nocase(str_of(s.p, prefix.n), prefix);
}
bool str_ends(struct str s, struct str suffix);
bool str_ends_nocase(struct str s, struct str suffix);

/* Offset of the first NEEDLE at or after FROM, or STR_NOT_FOUND. */
#define STR_NOT_FOUND SIZE_MAX
size_t str_find(struct str s, struct str needle, size_t from);
size_t str_find_nocase(struct str s, struct str needle, size_t from);
size_t str_find_char(struct str s, char c, size_t from);
size_t str_find_last(struct str s, char c);
bool str_has(struct str s, struct str needle);
bool str_has_nocase(struct str s, struct str needle);

/* Bytes [from, to), clamped to the string. */
static inline struct str str_slice(struct str s, size_t from, size_t to)
{
    if (to > s.n)
        to = s.n;
    if (from > to)
        from = to;
    /* Zero may not be added to NULL either (C17, 6.5.6). */
    return str_of(from == 0 ? s.p : s.p + from, to - from);
}
static inline struct str str_from(struct str s, size_t from)
{
    return str_slice(s, from, s.n);
}

/* Without ASCII white space at both ends. */
struct str str_trim(struct str s);
/* The same, and also without U+00A0, U+3000, U+FEFF, U+200B..U+200F. */
struct str str_trim_wide(struct str s);

/* Bytes of S, which begins with no white space, up to the first of it that is
 * not one blank between two words. */
size_t str_tidy_prefix(struct str s);

/*
 * Takes the part before the next SEP off the front of *REST into *PART.  False
 * when nothing is left (an empty *REST gives no part).
 */
bool str_split(struct str *rest, char sep, struct str *part);
/* The same for runs of ASCII white space; parts are never empty. */
bool str_word(struct str *rest, struct str *part);

/* Whether an ASCII digit is in it. */
bool str_has_digit(struct str s);
/* Whole string as a decimal number with optional sign; false if anything else
 * or out of range, and *OUT is untouched. */
MUST_CHECK bool str_to_i64(struct str s, int64_t *out);
MUST_CHECK bool str_to_double(struct str s, double *out);
/* Non-negative number in BASE 2 to 16 without sign or prefix. */
MUST_CHECK bool str_to_u64(struct str s, int base, uint64_t *out);
#endif
