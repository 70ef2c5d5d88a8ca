#include "text/percent.h"

#include "base/buf.h"

#define C PERCENT_CONTROL
#define F PERCENT_FRAGMENT
#define Q (PERCENT_QUERY | PERCENT_SPECIAL_QUERY)
#define S PERCENT_SPECIAL_QUERY
#define P PERCENT_PATH
#define U (PERCENT_USERINFO | PERCENT_COMPONENT)
#define O PERCENT_COMPONENT

/* The sets each printable character is in; controls are in all of them. */
static const unsigned char sets[128] = {
    [' '] = F | Q | P | U,
    ['"'] = F | Q | P | U,
    ['#'] = Q | P | U,
    ['<'] = F | Q | P | U,
    ['>'] = F | Q | P | U,
    ['\''] = S,
    ['?'] = P | U,
    ['^'] = P | U,
    ['`'] = F | P | U,
    ['{'] = P | U,
    ['}'] = P | U,
    ['/'] = U,
    [':'] = U,
    [';'] = U,
    ['='] = U,
    ['@'] = U,
    ['['] = U,
    ['\\'] = U,
    [']'] = U,
    ['|'] = U,
    ['$'] = O,
    ['%'] = O,
    ['&'] = O,
    ['+'] = O,
    [','] = O,
};

static bool is_in(unsigned char c, enum percent_set set)
{
    return c < 0x20 || c > 0x7E || (sets[c] & set) != 0;
}

void percent_encode(struct buf *b, struct str s, enum percent_set set)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t from = 0;

    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (!is_in(c, set))
            continue;
        buf_add_str(b, str_slice(s, from, i));
        buf_add(b, (char[]){'%', hex[c >> 4], hex[c & 15]}, 3);
        from = i + 1;
    }
    buf_add_str(b, str_from(s, from));
}

bool percent_changes(struct str s, enum percent_set set)
{
    for (size_t i = 0; i < s.n; i++)
        if (is_in((unsigned char)s.p[i], set))
            return true;
    return false;
}

int percent_hex(char c)
{
    if (is_digit(c))
        return c - '0';
    c = to_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

void percent_decode(struct buf *b, struct str s)
{
    size_t at;

    while ((at = str_find_char(s, '%', 0)) != STR_NOT_FOUND) {
        int high = at + 2 < s.n ? percent_hex(s.p[at + 1]) : -1;
        int low = at + 2 < s.n ? percent_hex(s.p[at + 2]) : -1;

        buf_add_str(b, str_slice(s, 0, at));
        if (high >= 0 && low >= 0) {
            buf_add_char(b, (char)(high << 4 | low));
            s = str_from(s, at + 3);
        } else {
            buf_add_char(b, '%');
            s = str_from(s, at + 1);
        }
    }
    buf_add_str(b, s);
}
