#include "base/json_out.h"

#include <assert.h>
#include <math.h>

#include "base/block.h"
#include "base/buf.h"

void json_init(struct json_out *j, struct buf *b, bool pretty)
{
    *j = (struct json_out){.b = b, .pretty = pretty};
}

static void indent(struct json_out *j)
{
    if (!j->pretty)
        return;
    buf_add_char(j->b, '\n');
    for (int i = 0; i < j->depth; i++)
        buf_add_str(j->b, STR("  "));
}

/* What comes before any value or key. */
static void separate(struct json_out *j)
{
    if (j->after_key) {
        j->after_key = false;
        return;
    }
    if (j->depth == 0)
        return;
    if (j->has_member[j->depth - 1])
        buf_add_char(j->b, ',');
    j->has_member[j->depth - 1] = true;
    indent(j);
}

static void open(struct json_out *j, bool is_array)
{
    assert(j->depth < JSON_DEPTH);
    separate(j);
    buf_add_char(j->b, is_array ? '[' : '{');
    j->has_member[j->depth] = false;
    j->is_array[j->depth] = is_array;
    j->depth++;
}

void json_object(struct json_out *j)
{
    open(j, false);
}

void json_array(struct json_out *j)
{
    open(j, true);
}

void json_end(struct json_out *j)
{
    assert(j->depth > 0);
    j->depth--;
    if (j->has_member[j->depth])
        indent(j);
    buf_add_char(j->b, j->is_array[j->depth] ? ']' : '}');
}

/* Sixteen bytes without any that may need an escape. */
static bool is_plain_block(const char *p)
{
    block c = block_load(p);

    return !block_any((block)(c < 0x20) | (block)(c == '"') |
                      (block)(c == '\\') | (block)(c == 0x7F) |
                      (block)(c == 0xE2));
}

/* Where the next byte stands that may need an escape. */
static size_t next_special(struct str s, size_t i)
{
    static const bool special[256] = {
        [0] = true,   [1] = true,  [2] = true,   [3] = true,    [4] = true,
        [5] = true,   [6] = true,  [7] = true,   [8] = true,    [9] = true,
        [10] = true,  [11] = true, [12] = true,  [13] = true,   [14] = true,
        [15] = true,  [16] = true, [17] = true,  [18] = true,   [19] = true,
        [20] = true,  [21] = true, [22] = true,  [23] = true,   [24] = true,
        [25] = true,  [26] = true, [27] = true,  [28] = true,   [29] = true,
        [30] = true,  [31] = true, ['"'] = true, ['\\'] = true, [0x7F] = true,
        [0xE2] = true};

    const unsigned char *p = (const unsigned char *)s.p;

    while (s.n - i >= sizeof(block) && is_plain_block(s.p + i))
        i += sizeof(block);
    while (i < s.n && !special[p[i]])
        i++;
    return i;
}

static void add_quoted(struct buf *b, struct str s)
{
    size_t from = 0;

    buf_add_char(b, '"');
    for (size_t i = next_special(s, 0); i < s.n; i = next_special(s, i + 1)) {
        unsigned char c = (unsigned char)s.p[i];
        const char *escape = NULL;
        size_t width = 1;

        if (c == '"')
            escape = "\\\"";
        else if (c == '\\')
            escape = "\\\\";
        else if (c == '\n')
            escape = "\\n";
        else if (c == '\t')
            escape = "\\t";
        else if (c == '\r')
            escape = "\\r";
        else if (c == 0xE2 && i + 2 < s.n &&
                 (unsigned char)s.p[i + 1] == 0x80 &&
                 ((unsigned char)s.p[i + 2] | 1) == 0xA9) {
            escape = (unsigned char)s.p[i + 2] == 0xA8 ? "\\u2028" : "\\u2029";
            width = 3;
        } else if (c >= 0x20 && c != 0x7F) {
            continue;
        }
        buf_add(b, s.p + from, i - from);
        if (escape != NULL)
            buf_add_str(b, str_from_c(escape));
        else
            buf_printf(b, "\\u%04x", c);
        i += width - 1;
        from = i + 1;
    }
    buf_add(b, s.p + from, s.n - from);
    buf_add_char(b, '"');
}

void json_key(struct json_out *j, struct str key)
{
    separate(j);
    add_quoted(j->b, key);
    buf_add_str(j->b, j->pretty ? STR(": ") : STR(":"));
    j->after_key = true;
}

void json_str(struct json_out *j, struct str s)
{
    separate(j);
    add_quoted(j->b, s);
}

void json_int(struct json_out *j, int64_t v)
{
    separate(j);
    buf_printf(j->b, "%lld", (long long)v);
}

void json_double(struct json_out *j, double v)
{
    int64_t millionths;

    separate(j);
    if (!isfinite(v) || fabs(v) > 9e12) {
        buf_add_str(j->b, STR("0"));
        return;
    }
    /* Our own decimals: printf's depend on the locale. */
    millionths = (int64_t)(fabs(v) * 1e6 + 0.5);
    if (v < 0 && millionths > 0)
        buf_add_char(j->b, '-');
    buf_printf(j->b, "%lld", (long long)(millionths / 1000000));
    millionths %= 1000000;
    if (millionths > 0) {
        char digits[6];
        size_t n = 6;

        for (size_t i = 6; i > 0; i--, millionths /= 10)
            digits[i - 1] = (char)('0' + millionths % 10);
        while (digits[n - 1] == '0')
            n--;
        buf_add_char(j->b, '.');
        buf_add(j->b, digits, n);
    }
}

static size_t digits_at(struct str s, size_t i)
{
    size_t n = 0;

    while (i + n < s.n && is_digit(s.p[i + n]))
        n++;
    return n;
}

/* number = [ - ] int [ frac ] [ exp ] */
static bool is_number(struct str s)
{
    size_t i = s.n > 0 && s.p[0] == '-', n = digits_at(s, i);

    if (n == 0 || (n > 1 && s.p[i] == '0'))
        return false;
    i += n;
    if (i < s.n && s.p[i] == '.') {
        n = digits_at(s, ++i);
        if (n == 0)
            return false;
        i += n;
    }
    if (i < s.n && to_lower(s.p[i]) == 'e') {
        i++;
        if (i < s.n && (s.p[i] == '+' || s.p[i] == '-'))
            i++;
        n = digits_at(s, i);
        if (n == 0)
            return false;
        i += n;
    }
    return i == s.n;
}

void json_number(struct json_out *j, struct str literal)
{
    separate(j);
    if (is_number(literal))
        buf_add_str(j->b, literal);
    else
        add_quoted(j->b, literal);
}

void json_bool(struct json_out *j, bool v)
{
    separate(j);
    buf_add_str(j->b, v ? STR("true") : STR("false"));
}

void json_null(struct json_out *j)
{
    separate(j);
    buf_add_str(j->b, STR("null"));
}

void json_member(struct json_out *j, struct str key, struct str s)
{
    if (s.n == 0)
        return;
    json_key(j, key);
    json_str(j, s);
}
