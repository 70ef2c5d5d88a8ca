#include "base/escape.h"

#include "base/block.h"
#include "base/buf.h"
#include "base/utf8.h"

/* What C becomes; NULL: it stays as it is. */
static const char *escape_of(char c, bool in_attr)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '\r':
        return "&#13;";
    case '"':
        return in_attr ? "&quot;" : NULL;
    case '\n':
        return in_attr ? "&#10;" : NULL;
    case '\t':
        return in_attr ? "&#9;" : NULL;
    default:
        return NULL;
    }
}

/* Sixteen bytes that escape_of does not know. */
static bool is_plain_block(const char *p)
{
    block c = block_load(p);

    return !block_any((block)(c == '&') | (block)(c == '<') |
                      (block)(c == '>') | (block)(c == '"') |
                      (block)(c == '\t') | (block)(c == '\n') |
                      (block)(c == '\r'));
}

/* Where the next byte stands that escape_of may know. */
static size_t next_special(struct str s, size_t i)
{
    static const bool special[256] = {
        ['\t'] = true, ['\n'] = true, ['\r'] = true, ['"'] = true,
        ['&'] = true,  ['<'] = true,  ['>'] = true};
    const unsigned char *p = (const unsigned char *)s.p;

    while (s.n - i >= sizeof(block) && is_plain_block(s.p + i))
        i += sizeof(block);
    while (i < s.n && !special[p[i]])
        i++;
    return i;
}

static void escape_run(struct buf *b, struct str s, bool in_attr)
{
    size_t from = 0;

    for (size_t i = next_special(s, 0); i < s.n; i = next_special(s, i + 1)) {
        const char *escape = escape_of(s.p[i], in_attr);

        if (escape == NULL)
            continue;
        buf_add(b, s.p + from, i - from);
        buf_add_str(b, str_from_c(escape));
        from = i + 1;
    }
    buf_add(b, s.p + from, s.n - from);
}

static void escape(struct buf *b, struct str s, bool in_attr)
{
    while (s.n > 0) {
        size_t n = utf8_publishable_prefix(s);

        escape_run(b, str_slice(s, 0, n), in_attr);
        if (n < s.n)
            utf8_next(s, &n);
        s = str_from(s, n);
    }
}

void escape_text(struct buf *b, struct str s)
{
    escape(b, s, false);
}

void escape_attr(struct buf *b, struct str s)
{
    escape(b, s, true);
}

void escape_yaml(struct buf *b, struct str s)
{
    buf_add_char(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"' || s.p[i] == '\\')
            buf_add_char(b, '\\');
        buf_add_char(b, (unsigned char)s.p[i] < ' ' ? ' ' : s.p[i]);
    }
    buf_add_char(b, '"');
}
