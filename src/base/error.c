#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"

/* What a stranger wrote may stand in a sentence: no line break or escape
 * sequence may reach a terminal, no half character a log. */
static void make_one_line(char *p, size_t n)
{
    struct str whole = utf8_clip(str_of(p, n), utf8_valid_prefix(str_of(p, n)));

    p[whole.n] = '\0';
    for (size_t i = 0; i < whole.n; i++)
        if ((unsigned char)p[i] < 0x20 || p[i] == 0x7F)
            p[i] = ' ';
}

bool error_set(struct error *err, enum errcode code, const char *format, ...)
{
    va_list args;
    int n;

    err->code = code;
    err->line = err->column = 0;
    err->where[0] = '\0';
    va_start(args, format);
    n = vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
    if (n < 0)
        n = 0;
    if ((size_t)n >= sizeof err->text)
        n = (int)sizeof err->text - 1;
    make_one_line(err->text, (size_t)n);
    return false;
}

void error_where(struct error *err, const char *where)
{
    int n;

    if (err->where[0] != '\0')
        return;
    n = snprintf(err->where, sizeof err->where, "%s", where);
    if (n < 0)
        n = 0;
    if ((size_t)n >= sizeof err->where)
        n = (int)sizeof err->where - 1;
    make_one_line(err->where, (size_t)n);
}

void error_at(struct error *err, int line, int column)
{
    err->line = line;
    err->column = column;
}

int error_print(const struct error *err, char *out, size_t size)
{
    if (err->where[0] == '\0')
        return snprintf(out, size, "%s", err->text);
    if (err->line == 0)
        return snprintf(out, size, "%s: %s", err->where, err->text);
    if (err->column == 0)
        return snprintf(out, size, "%s:%d: %s", err->where, err->line,
                        err->text);
    return snprintf(out, size, "%s:%d:%d: %s", err->where, err->line,
                    err->column, err->text);
}
