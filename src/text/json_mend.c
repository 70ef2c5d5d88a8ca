/*
 * What real feeds get wrong in JSON, mended in one pass over the text: control
 * characters inside strings, escapes that are none, commas before a bracket,
 * and an end that never came.  The pass keeps a stack of the open brackets and
 * what may come next; SAFE is the last place behind a whole value, where the
 * brackets open then can be closed.  A string value that is cut short is kept
 * as far as it came; a name, a number or a word is not.
 */
#include "text/json.h"

#include "base/arena.h"
#include "base/buf.h"
#include "text/percent.h"

#define DEPTH_MAX 256

enum expected { EXPECT_NAME, EXPECT_COLON, EXPECT_VALUE, EXPECT_COMMA };

struct mender {
    struct str s;
    size_t i;
    struct buf out;
    char open[DEPTH_MAX];
    size_t depth;
    enum expected next;
    bool comma;        /* read, not written yet */
    size_t safe;       /* bytes of OUT */
    size_t safe_depth; /* brackets open there */
};

static void value_ends(struct mender *m)
{
    m->next = EXPECT_COMMA;
    m->safe = m->out.n;
    m->safe_depth = m->depth;
}

static void write_comma(struct mender *m)
{
    if (m->comma)
        buf_add_char(&m->out, ',');
    m->comma = false;
}

/* The escape at the reader's place; false when the text ends inside it. */
static bool take_escape(struct mender *m)
{
    char c = m->i + 1 < m->s.n ? m->s.p[m->i + 1] : '\0';
    size_t n = c == 'u' ? 6 : 2;

    if (m->i + n > m->s.n)
        return false;
    for (size_t k = 2; k < n; k++)
        if (percent_hex(m->s.p[m->i + k]) < 0)
            c = '\0';
    if (str_find_char(STR("\"\\/bfnrtu"), c, 0) == STR_NOT_FOUND || c == '\0')
        m->i++; /* \' is ', \x is x */
    else {
        buf_add(&m->out, m->s.p + m->i, n);
        m->i += n;
    }
    return true;
}

/* From its quote to behind the closing one; false when that never comes. */
static bool take_string(struct mender *m)
{
    buf_add_char(&m->out, '"');
    for (m->i++; m->i < m->s.n;) {
        unsigned char c = (unsigned char)m->s.p[m->i];

        if (c == '"') {
            buf_add_char(&m->out, '"');
            m->i++;
            return true;
        }
        if (c == '\\') {
            if (!take_escape(m))
                break;
            continue;
        }
        if (c < 0x20)
            buf_printf(&m->out, "\\u%04x", c);
        else
            buf_add_char(&m->out, (char)c);
        m->i++;
    }
    m->i = m->s.n;
    return false;
}

/* A string as name or value; one that does not end is the last thing taken. */
static void take_text(struct mender *m)
{
    bool is_name = m->next == EXPECT_NAME, ends;

    write_comma(m);
    ends = take_string(m);
    if (is_name) {
        m->next = EXPECT_COLON;
        return;
    }
    if (!ends)
        buf_add_char(&m->out, '"');
    value_ends(m);
}

static bool open_bracket(struct mender *m, char c)
{
    if (m->next != EXPECT_VALUE || m->depth == DEPTH_MAX)
        return false;
    write_comma(m);
    m->open[m->depth++] = c;
    buf_add_char(&m->out, c);
    value_ends(m);
    m->next = c == '{' ? EXPECT_NAME : EXPECT_VALUE;
    m->i++;
    return true;
}

static bool close_bracket(struct mender *m, char c)
{
    if (m->depth == 0 || m->next == EXPECT_COLON ||
        (m->open[m->depth - 1] == '{') != (c == '}'))
        return false;
    m->comma = false;
    m->depth--;
    buf_add_char(&m->out, c);
    value_ends(m);
    m->i++;
    return true;
}

/* A number, true, false or null. */
static bool take_word(struct mender *m)
{
    size_t from = m->i;

    while (m->i < m->s.n && (is_alnum(m->s.p[m->i]) || m->s.p[m->i] == '+' ||
                             m->s.p[m->i] == '-' || m->s.p[m->i] == '.'))
        m->i++;
    if (m->i == from || m->i == m->s.n || m->next != EXPECT_VALUE)
        return false;
    write_comma(m);
    buf_add(&m->out, m->s.p + from, m->i - from);
    value_ends(m);
    return true;
}

/* False where no sense can be made of the rest. */
static bool take_token(struct mender *m)
{
    char c = m->s.p[m->i];

    switch (c) {
    case '"':
        if (m->next != EXPECT_NAME && m->next != EXPECT_VALUE)
            return false;
        take_text(m);
        return true;
    case '{':
    case '[':
        return open_bracket(m, c);
    case '}':
    case ']':
        return close_bracket(m, c);
    case ':':
        if (m->next != EXPECT_COLON)
            return false;
        buf_add_char(&m->out, c);
        m->next = EXPECT_VALUE;
        break;
    case ',':
        if (m->depth == 0)
            return false;
        m->comma = m->comma || m->next == EXPECT_COMMA;
        m->next = m->open[m->depth - 1] == '{' ? EXPECT_NAME : EXPECT_VALUE;
        break;
    default:
        if (!is_space(c))
            return take_word(m);
    }
    m->i++;
    return true;
}

struct str json_mend(struct arena *a, struct str s)
{
    struct mender m = {.s = s, .next = EXPECT_VALUE};
    struct str out;

    buf_init(&m.out, s.n * 6 + DEPTH_MAX + 16);
    while (m.i < s.n && (m.depth > 0 || m.safe == 0) && take_token(&m))
        ;
    m.out.n = m.safe;
    while (m.safe_depth > 0)
        buf_add_char(&m.out, m.open[--m.safe_depth] == '{' ? '}' : ']');
    out = arena_str(a, buf_str(&m.out));
    buf_done(&m.out);
    return out;
}
