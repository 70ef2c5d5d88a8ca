#include "clean/text_out.h"

#include "base/utf8.h"

void text_out_init(struct text_out *t)
{
    *t = (struct text_out){0};
    buf_init(&t->b, BUF_MAX);
    buf_init(&t->indent, BUF_MAX);
}

void text_out_done(struct text_out *t)
{
    buf_done(&t->b);
    buf_done(&t->indent);
}

/* Blanks that mean nothing at the edge of a line, wide ones included. */
static void trim_line(struct text_out *t)
{
    struct str line = str_from(buf_str(&t->b), t->line);
    struct str trimmed;
    size_t from;

    /* Only the end: what stands in front was looked at when it was added. */
    for (from = 0; from < line.n && is_space(line.p[from]);)
        from++;
    trimmed = str_trim_wide(line);
    t->b.n =
        trimmed.n == 0 ? t->line : (size_t)(trimmed.p + trimmed.n - t->b.p);
}

void text_out_break(struct text_out *t, enum text_break kind)
{
    if (kind > t->pending)
        t->pending = kind;
    if (kind >= BREAK_LINE)
        buf_reset(&t->indent);
}

void text_out_br(struct text_out *t)
{
    text_out_break(t, t->pending >= BREAK_LINE ? BREAK_PARAGRAPH : BREAK_LINE);
}

void text_out_bullet(struct text_out *t)
{
    t->bullet = true;
}

/* Writes what is due before text. */
static void settle(struct text_out *t)
{
    static const struct str breaks[] = {
        [BREAK_NONE] = STR_INIT(""),          [BREAK_BLANK] = STR_INIT(" "),
        [BREAK_CELL] = STR_INIT(" | "),       [BREAK_LINE] = STR_INIT("\n"),
        [BREAK_PARAGRAPH] = STR_INIT("\n\n"),
    };
    enum text_break due = t->pending;

    t->pending = BREAK_NONE;
    if (due >= BREAK_CELL)
        trim_line(t);
    if (t->b.n == t->line && due < BREAK_LINE)
        due = BREAK_NONE; /* a line begins with no blank */
    if (t->b.n > 0)
        buf_add_str(&t->b, breaks[due]);
    if (due >= BREAK_LINE)
        t->line = t->b.n;
    if (t->bullet) {
        t->bullet = false;
        if (t->b.n == t->line)
            buf_add_str(&t->b, STR("- "));
    }
}

/* Bytes of S up to the next ASCII white space. */
static size_t word_length(struct str s)
{
    size_t n = 0;

    while (n < s.n && !is_space(s.p[n]))
        n++;
    return n;
}

/* True if S begins with an indent: U+3000, or two no-break spaces. */
static bool is_indented(struct str s)
{
    return str_starts(s, STR("\u3000")) || str_starts(s, STR("\u00a0\u00a0"));
}

/* Wide blanks in front, which mean nothing where a line begins. */
static struct str without_indent(struct str s)
{
    size_t i = 0, next;

    while (i < s.n) {
        next = i;
        if (!is_blank(utf8_next(s, &next)))
            break;
        i = next;
    }
    return str_from(s, i);
}

static bool at_line_start(const struct text_out *t)
{
    return t->pending >= BREAK_CELL || t->b.n == t->line;
}

static void add_running(struct text_out *t, struct str s)
{
    while (s.n > 0) {
        size_t n = word_length(s);
        struct str word;

        if (n == 0) {
            text_out_break(t, BREAK_BLANK);
            s = str_from(s, 1);
            continue;
        }
        if (!at_line_start(t))
            n = str_tidy_prefix(s);
        word = str_slice(s, 0, n);
        s = str_from(s, n);
        if (at_line_start(t)) {
            /* The old way to begin a paragraph: a new line and an indent. */
            if (t->pending == BREAK_LINE && is_indented(word))
                t->pending = BREAK_PARAGRAPH;
            word = without_indent(word);
            if (word.n == 0)
                continue;
        }
        settle(t);
        buf_add_str(&t->b, word);
    }
}

/* What stands in one line of code.  Its blanks may be all of an element, as where
 * words are coloured. */
static void add_code(struct text_out *t, struct str s)
{
    if (at_line_start(t) && str_trim_wide(s).n == 0) {
        buf_add_str(&t->indent, s);
        return;
    }
    settle(t);
    buf_add_str(&t->b, buf_str(&t->indent));
    buf_add_str(&t->b, s);
    buf_reset(&t->indent);
}

static void add_preformatted(struct text_out *t, struct str s)
{
    struct str line;
    bool more;

    do {
        size_t end = str_find_char(s, '\n', 0);

        more = end != STR_NOT_FOUND;
        line = str_slice(s, 0, end);
        s = more ? str_from(s, end + 1) : STR_NONE;
        add_code(t, line);
        if (more)
            text_out_br(t);
    } while (more);
}

void text_out_add(struct text_out *t, struct str s, bool pre)
{
    if (pre)
        add_preformatted(t, s);
    else
        add_running(t, s);
}

struct str text_out_str(struct text_out *t)
{
    trim_line(t);
    return buf_str(&t->b);
}
