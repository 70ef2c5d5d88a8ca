/*
 * A page's own description is often advertising, the site's slogan or another
 * article's.  It is believed only when its words stand in the body, compared
 * without white space and without the dots of a cut end.  The beginning of the
 * body is cut after the last sentence that fits; a text without an end of
 * sentence in reach is cut at a blank or, in scripts without them, anywhere.
 */
#include "clean/summary.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "clean/attr_check.h"

#define CLIP_BYTES   (SUMMARY_CHARS * 8) /* enough to find an end in */
#define SENTENCE_MIN 40 /* chars: shorter first sentences take the next one */

struct str one_line(struct arena *a, struct str s)
{
    return arena_line(a, publishable(a, s));
}

/* S without white space, for comparing. */
static struct str squeezed(struct arena *a, struct str s)
{
    char *p = arena_alloc(a, s.n);
    size_t n = 0, next;

    for (size_t i = 0; i < s.n; i = next) {
        next = i;
        if (is_blank(utf8_next(s, &next)))
            continue;
        while (i < next)
            p[n++] = s.p[i++];
    }
    return str_of(p, n);
}

static struct str without_dots(struct str s)
{
    for (;;) {
        if (str_ends(s, STR(".")))
            s.n -= 1;
        else if (str_ends(s, STR("…")))
            s.n -= STR("…").n;
        else
            return s;
    }
}

static bool stands_in(struct arena *a, struct str own, struct str text)
{
    struct str needle = without_dots(squeezed(a, own));

    return needle.n > 0 && str_has(squeezed(a, text), needle);
}

/* Quotes and brackets that close belong to the sentence they end. */
static size_t closing_length(struct str s)
{
    static const struct str closers[] = {
        STR_INIT("”"),  STR_INIT("’"), STR_INIT("」"), STR_INIT("』"),
        STR_INIT("）"), STR_INIT(")"), STR_INIT("\""), STR_INIT("…"),
    };
    size_t n = 0;

    for (size_t i = 0; i < sizeof closers / sizeof closers[0];) {
        if (str_starts(str_from(s, n), closers[i])) {
            n += closers[i].n;
            i = 0;
        } else {
            i++;
        }
    }
    return n;
}

/* The end of the sentence that the character C before byte I of LINE ends, with
 * what closes behind it; 0 if it ends none.  Latin ends only count before a
 * blank. */
static size_t sentence_end(struct str line, uint32_t c, size_t i)
{
    switch (c) {
    case 0x3002: /* ideographic full stop */
    case 0xFF01: /* full width ! */
    case 0xFF1F: /* full width ? */
    case 0x2026: /* ellipsis */
        return i + closing_length(str_from(line, i));
    case '.':
    case '!':
    case '?':
        i += closing_length(str_from(line, i));
        return i == line.n || is_space(line.p[i]) ? i : 0;
    default:
        return 0;
    }
}

static struct str cut(struct arena *a, struct str line)
{
    size_t chars = 0, end = 0, blank = 0, i = 0, closed;

    while (i < line.n && chars < SUMMARY_CHARS) {
        uint32_t c = utf8_next(line, &i);

        chars++;
        if (c == ' ')
            blank = i - 1;
        closed = sentence_end(line, c, i);
        if (closed > 0)
            end = i = closed;
    }
    if (i >= line.n)
        return line;
    if (utf8_chars(str_slice(line, 0, end)) >= SENTENCE_MIN)
        return str_slice(line, 0, end);
    if (blank > i / 2)
        i = blank;
    return arena_cat(a, str_trim_wide(str_slice(line, 0, i)), STR("…"));
}

struct str summary_make(struct arena *a, struct str own, struct str text)
{
    struct str line =
        own.n == 0 ? own : cut(a, one_line(a, utf8_clip(own, CLIP_BYTES)));

    if (line.n > 0 && (text.n == 0 || stands_in(a, line, text)))
        return line;
    return cut(a, one_line(a, utf8_clip(text, CLIP_BYTES)));
}
