#include "judge/event_title.h"

#include "base/utf8.h"
#include "judge/event_term.h"

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

#define OUTLET_CHARS 24
#define OUTLET_TIMES 2 /* the title has as many times the letters of the name */

/* ---- what sort of title it is ---- */

/* Which two bytes stand side by side in a title, a bit for some. */
struct pairs {
    uint64_t bits[16];
};

static size_t pair_at(struct str s, size_t i)
{
    return ((unsigned char)s.p[i] * 33u ^ (unsigned char)s.p[i + 1]) % 1024;
}

static void pairs_of(struct str title, struct pairs *out)
{
    *out = (struct pairs){{0}};
    for (size_t i = 0; i + 1 < title.n; i++) {
        size_t pair = pair_at(title, i);

        out->bits[pair / 64] |= (uint64_t)1 << pair % 64;
    }
}

/* False only when WORD, of at least two bytes, is not there. */
static bool may_have(const struct pairs *pairs, struct str word)
{
    size_t first = pair_at(word, 0), last = pair_at(word, word.n - 2);

    return (pairs->bits[first / 64] >> first % 64 &
            pairs->bits[last / 64] >> last % 64 & 1) != 0;
}

/* Hundreds of words are looked for, and a title has none of most. */
static bool has_one_of(struct str title, const struct str *words, size_t n)
{
    struct pairs pairs;

    pairs_of(title, &pairs);
    for (size_t i = 0; i < n; i++)
        if (may_have(&pairs, words[i]) &&
            str_find(title, words[i], 0) != STR_NOT_FOUND)
            return true;
    return false;
}

bool title_is_digest(struct str title)
{
    static const struct str words[] = {
#define DIGEST(words) STR_INIT(words),
#include "judge/event_words.def"
    };

    return has_one_of(title, words, COUNT(words));
}

bool title_is_bulletin(struct str title)
{
    static const struct str words[] = {
#define BULLETIN(words) STR_INIT(words),
#include "judge/event_words.def"
    };

    return has_one_of(title, words, COUNT(words));
}

bool title_is_feature(struct str title)
{
    static const struct str words[] = {
#define FEATURE(words) STR_INIT(words),
#include "judge/event_words.def"
    };

    return has_one_of(title, words, COUNT(words));
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
