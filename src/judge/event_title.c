#include "judge/event_title.h"

#include "base/utf8.h"
#include "text/lexicon.h"

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

#define OUTLET_CHARS 24
#define OUTLET_TIMES 2 /* the title has as many times the letters of the name */

/* ---- what sort of title it is ---- */

static const struct {
    struct str text;
    unsigned mark;
} words[] = {
#define DIGEST(words)   {STR_INIT(words), TITLE_DIGEST},
#define BULLETIN(words) {STR_INIT(words), TITLE_BULLETIN},
#define FEATURE(words)  {STR_INIT(words), TITLE_FEATURE},
#include "judge/event_words.def"
};

#define KEY  3 /* bytes; all words have as many */
#define LOTS 64
#define LOT  ((COUNT(words) + LOTS - 1) / LOTS)

/* By the first bytes of words: in which lots of them some begin so, a bit each. */
static void fill(struct lexicon *l)
{
    for (size_t i = 0; i < COUNT(words); i++)
        lexicon_add(l, str_slice(words[i].text, 0, KEY),
                    (uint64_t)1 << i / LOT);
}

/* Of the words of a lot that TEXT begins with. */
static unsigned marks_at(struct str text, size_t lot)
{
    unsigned marks = 0;

    for (size_t i = lot * LOT; i < (lot + 1) * LOT && i < COUNT(words); i++)
        if (str_starts(text, words[i].text))
            marks |= words[i].mark;
    return marks;
}

unsigned title_marks(struct str title)
{
    static lexicon_place place;
    const struct lexicon *l = lexicon_at(&place, fill);
    unsigned marks = 0;

    for (size_t i = 0; i + KEY <= title.n; i++)
        for (uint64_t lots = lexicon_get(l, str_slice(title, i, i + KEY));
             lots != 0; lots &= lots - 1)
            marks |=
                marks_at(str_from(title, i), (size_t)__builtin_ctzll(lots));
    return marks;
}

/* ---- the outlet's name ---- */

/* Between a title and its outlet's name, which many titles of many things have. */
static const struct str outlet_marks[] = {
    STR_INIT(" - "),    STR_INIT(" \u2013 "), STR_INIT("|"),
    STR_INIT("\u4E28"), STR_INIT("_"),
};

/* Where the last of the marks begins, and behind it; the end when there is none. */
static size_t last_mark(struct str title, size_t *behind)
{
    size_t last = title.n;

    *behind = title.n;
    for (size_t i = 0; i < COUNT(outlet_marks); i++) {
        struct str mark = outlet_marks[i];
        size_t at = str_find(title, mark, 0);

        for (; at != STR_NOT_FOUND; at = str_find(title, mark, at + mark.n)) {
            if (last != title.n && at <= last)
                continue;
            last = at;
            *behind = at + mark.n;
        }
    }
    return last;
}

struct str title_without_outlet(struct str title)
{
    size_t behind, end = last_mark(title, &behind);
    struct str name = str_from(title, behind);

    if (end == title.n || str_has_digit(name) || name.n * OUTLET_TIMES > end ||
        utf8_chars(name) > OUTLET_CHARS)
        return title;
    return str_slice(title, 0, end);
}
