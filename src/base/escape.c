#include "base/escape.h"

#include "base/block.h"
#include "base/buf.h"
#include "base/utf8.h"

/* What C becomes; empty: it stays as it is. */
static struct str escape_of(uint32_t c, bool in_attr)
{
    switch (c) {
    case '&':
        return STR("&amp;");
    case '<':
        return STR("&lt;");
    case '>':
        return STR("&gt;");
    case '\r':
        return STR("&#13;");
    case '"':
        return in_attr ? STR("&quot;") : STR_NONE;
    case '\n':
        return in_attr ? STR("&#10;") : STR_NONE;
    case '\t':
        return in_attr ? STR("&#9;") : STR_NONE;
    default:
        return STR_NONE;
    }
}

static inline block special_in_text(block c)
{
    return block_doubtful(c) | (block)(c == '&') | (block)(c == '<') |
           (block)(c == '>') | (block)(c == '\r');
}

static inline block special_in_attr(block c)
{
    return special_in_text(c) | (block)(c == '"') | block_line_space(c);
}

static size_t next_special(struct str s, size_t i, bool in_attr)
{
    return in_attr ? block_find(s, i, special_in_attr)
                   : block_find(s, i, special_in_text);
}

static void escape(struct buf *b, struct str s, bool in_attr)
{
    size_t from = 0, next;

    for (size_t i = next_special(s, 0, in_attr); i < s.n;
         i = next_special(s, next, in_attr)) {
        struct str escaped;
        uint32_t c;

        next = i;
        c = utf8_next(s, &next);
        escaped = escape_of(c, in_attr);
        if (escaped.n == 0 && is_publishable(c))
            continue;
        buf_add(b, s.p + from, i - from);
        buf_add_str(b, escaped);
        from = next;
    }
    if (from < s.n)
        buf_add(b, s.p + from, s.n - from);
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
