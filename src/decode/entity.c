#include "decode/entity.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "decode/charset.h"

static const struct entity_row {
    struct str name;
    uint32_t first, second;
    bool is_loose;
} rows[] = {
#define ENTITY(name, first, second, is_loose)                                  \
    {STR_INIT(name), first, second, is_loose},
#include "decode/entities.def"
#undef ENTITY
};

#define ROWS          (sizeof rows / sizeof rows[0])
#define LOOSE_MAX     6  /* letters of the longest name without semicolon */
#define NAME_MAX_HERE 31 /* letters of the longest name */

static const struct entity_row *find(struct str name)
{
    size_t low = 0, high = ROWS;

    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = str_cmp(name, rows[middle].name);

        if (order == 0)
            return &rows[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static size_t put_row(const struct entity_row *row, char *to)
{
    size_t n = utf8_put(to, row->first);

    if (row->second != 0)
        n += utf8_put(to + n, row->second);
    return n;
}

size_t entity_by_name(struct str name, char to[ENTITY_BYTES])
{
    const struct entity_row *row = find(name);

    return row == NULL ? 0 : put_row(row, to);
}

static size_t put_number(uint32_t c, char *to)
{
    /* HTML 13.2.5.80: what authors meant by the numbers 128 to 159. */
    if (c >= 0x80 && c <= 0x9F && c1_meaning(c) != 0)
        c = c1_meaning(c);
    if (c == 0 || c > 0x10FFFF || (c & 0xFFFE) == 0xFFFE)
        return utf8_put(to, UTF8_REPLACEMENT);
    if ((c < ' ' && c != '\t' && c != '\n' && c != '\r') ||
        (c >= 0x7F && c <= 0x9F))
        return 0;
    return utf8_put(to, c);
}

static size_t read_number(struct str s, char *to, size_t *n)
{
    bool is_hex = s.n > 2 && (s.p[2] == 'x' || s.p[2] == 'X');
    size_t from = is_hex ? 3 : 2, i = from;
    uint32_t c = 0;

    for (; i < s.n; i++) {
        char d = to_lower(s.p[i]);

        if (is_digit(d))
            d = (char)(d - '0');
        else if (is_hex && d >= 'a' && d <= 'f')
            d = (char)(d - 'a' + 10);
        else
            break;
        if (c <= 0x10FFFF)
            c = c * (is_hex ? 16u : 10u) + (unsigned char)d;
    }
    if (i == from)
        return 0;
    *n = put_number(c, to);
    return i < s.n && s.p[i] == ';' ? i + 1 : i;
}

static size_t read_loose(struct str s, size_t letters, bool in_attribute,
                         char *to, size_t *n)
{
    size_t k = letters > LOOSE_MAX ? LOOSE_MAX : letters;

    for (; k >= 2; k--) {
        const struct entity_row *row = find(str_slice(s, 1, 1 + k));
        char next = k + 1 < s.n ? s.p[k + 1] : ' ';

        if (row == NULL || !row->is_loose)
            continue;
        if (in_attribute && (next == '=' || is_alnum(next)))
            return 0;
        *n = put_row(row, to);
        return k + 1;
    }
    return 0;
}

size_t entity_read(struct str s, bool in_attribute, char to[ENTITY_BYTES],
                   size_t *n)
{
    const struct entity_row *row;
    size_t i = 1;

    if (s.n > 1 && s.p[1] == '#')
        return read_number(s, to, n);
    while (i < s.n && i <= NAME_MAX_HERE && is_alnum(s.p[i]))
        i++;
    if (i < s.n && s.p[i] == ';') {
        row = find(str_slice(s, 1, i));
        if (row != NULL) {
            *n = put_row(row, to);
            return i + 1;
        }
    }
    return read_loose(s, i - 1, in_attribute, to, n);
}

struct str entity_resolve(struct arena *a, struct str s, bool in_attribute)
{
    size_t amp = str_find_char(s, '&', 0), from = 0, at = 0;
    char *out;

    if (amp == STR_NOT_FOUND)
        return s;
    /* "&nGt;" and "&nLt;" stand for six bytes; none grows by more. */
    out = arena_alloc(a, s.n + s.n / 5 + ENTITY_BYTES);
    for (; amp != STR_NOT_FOUND; amp = str_find_char(s, '&', amp + 1)) {
        char to[ENTITY_BYTES];
        size_t n = 0, used;

        if (amp < from)
            continue;
        used = entity_read(str_from(s, amp), in_attribute, to, &n);
        if (used == 0)
            continue;
        memcpy(out + at, s.p + from, amp - from);
        at += amp - from;
        memcpy(out + at, to, n);
        at += n;
        from = amp + used;
    }
    memcpy(out + at, s.p + from, s.n - from);
    return str_of(out, at + s.n - from);
}
