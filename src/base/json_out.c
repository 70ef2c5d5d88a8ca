#include "base/json_out.h"

#include <assert.h>
#include <math.h>

#include "base/block.h"
#include "base/buf.h"
#include "base/utf8.h"

void json_init(struct json_out *j, struct buf *b, bool pretty)
{
    *j = (struct json_out){.b = b, .pretty = pretty};
}

void json_drain(struct json_out *j, json_drain_fn *drain, void *ctx)
{
    j->drain = drain;
    j->drain_ctx = ctx;
}

static void drain_if_full(struct json_out *j)
{
    if (j->drain != NULL && j->b->n > JSON_DRAIN_AT)
        j->drain(j->drain_ctx, j->b);
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
    if (j->is_separated) {
        j->is_separated = false;
        return;
    }
    if (j->depth == 0)
        return;
    if (j->has_member[j->depth - 1])
        buf_add_char(j->b, ',');
    j->has_member[j->depth - 1] = true;
    indent(j);
}

void json_separate(struct json_out *j)
{
    separate(j);
    j->is_separated = true;
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
    drain_if_full(j);
}

/* Bytes that characters begin with which are escaped or left out. */
static inline block special(block c)
{
    /* EF to FF and 00 to 1F; C2 and E2. */
    return (block)(c + 0x11 < 0x31) | (block)(c == '"') | (block)(c == '\\') |
           (block)(c == 0x7F) | (block)((c | 0x20) == 0xE2);
}

static size_t next_special(struct str s, size_t i)
{
    return block_find(s, i, special);
}

/* What C becomes; empty: it stays as it is.  Other controls have no name. */
static struct str escape_of(uint32_t c)
{
    switch (c) {
    case '"':
        return STR("\\\"");
    case '\\':
        return STR("\\\\");
    case '\n':
        return STR("\\n");
    case '\t':
        return STR("\\t");
    case '\r':
        return STR("\\r");
    case 0x2028:
        return STR("\\u2028");
    case 0x2029:
        return STR("\\u2029");
    default:
        return STR_NONE;
    }
}

/* Unless S IS_CHECKED already, characters that may not be published are left
 * out. */
static void add_quoted(struct json_out *j, struct str s, bool is_checked)
{
    struct buf *b = j->b;
    size_t from = 0, next;

    buf_add_char(b, '"');
    for (size_t i = next_special(s, 0); i < s.n; i = next_special(s, next)) {
        struct str escaped;
        uint32_t c;
        bool is_dropped;

        next = i;
        c = utf8_next(s, &next);
        escaped = escape_of(c);
        is_dropped = escaped.n == 0 && !is_checked && !is_publishable(c);
        if (escaped.n == 0 && c >= 0x20 && c != 0x7F && !is_dropped)
            continue;
        buf_add(b, s.p + from, i - from);
        if (escaped.n > 0)
            buf_add_str(b, escaped);
        else if (!is_dropped)
            buf_printf(b, "\\u%04x", (unsigned)c);
        from = next;
        drain_if_full(j);
    }
    if (from < s.n)
        buf_add(b, s.p + from, s.n - from);
    buf_add_char(b, '"');
    drain_if_full(j);
}

void json_key(struct json_out *j, struct str key)
{
    separate(j);
    add_quoted(j, key, true);
    buf_add_str(j->b, j->pretty ? STR(": ") : STR(":"));
    j->is_separated = true;
}

void json_str(struct json_out *j, struct str s)
{
    separate(j);
    add_quoted(j, s, true);
}

void json_publishable(struct json_out *j, struct str s)
{
    separate(j);
    add_quoted(j, s, false);
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
        add_quoted(j, literal, true);
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

void json_raw(struct json_out *j, struct str json)
{
    separate(j);
    buf_add_str(j->b, json);
}

void json_member(struct json_out *j, struct str key, struct str s)
{
    if (s.n == 0)
        return;
    json_key(j, key);
    json_str(j, s);
}
