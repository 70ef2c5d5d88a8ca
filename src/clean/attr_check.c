#include "clean/attr_check.h"

#include <string.h>

#include "base/arena.h"
#include "base/block.h"
#include "base/utf8.h"
#include "clean/links.h"

static inline block doubtful_or_return(block c)
{
    return block_doubtful(c) | (block)(c == '\r');
}

struct str publishable(struct arena *a, struct str s)
{
    size_t n = 0, from = 0, next;
    char *p = NULL;

    for (size_t i = block_find(s, 0, doubtful_or_return); i < s.n;
         i = block_find(s, next, doubtful_or_return)) {
        next = i;
        if (is_publishable(utf8_next(s, &next)) && s.p[i] != '\r')
            continue;
        if (p == NULL)
            p = arena_alloc(a, s.n);
        memcpy(p + n, s.p + from, i - from);
        n += i - from;
        if (s.p[i] == '\r' && (next == s.n || s.p[next] != '\n'))
            p[n++] = '\n';
        from = next;
    }
    if (p == NULL)
        return s;
    memcpy(p + n, s.p + from, s.n - from);
    return str_of(p, n + s.n - from);
}

static const struct str directions[] = {STR_INIT("ltr"), STR_INIT("rtl"),
                                        STR_INIT("auto"), STR_INIT("")};
static const struct str scopes[] = {STR_INIT("row"), STR_INIT("col"),
                                    STR_INIT("rowgroup"), STR_INIT("colgroup"),
                                    STR_INIT("")};
static const struct str kinds[] = {
    STR_INIT("subtitles"), STR_INIT("captions"), STR_INIT("descriptions"),
    STR_INIT("chapters"),  STR_INIT("metadata"), STR_INIT("")};

/* The entry of LIST (ended by an empty one) that S is in any case. */
static bool one_of(const struct str *list, struct str s, struct str *out)
{
    for (; list->n > 0; list++) {
        if (str_eq_nocase(*list, s)) {
            *out = *list;
            return true;
        }
    }
    return false;
}

static bool all_digits(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_digit(s.p[i]))
            return false;
    return s.n > 0 && s.n <= 5;
}

/* "640", "640px" as 640, "50%". */
static bool length(struct str s, struct str *out)
{
    struct str digits = s;

    if (str_ends_nocase(s, STR("px"))) {
        digits.n -= 2;
        s = digits;
    } else if (str_ends(s, STR("%"))) {
        digits.n--;
    }
    *out = s;
    return all_digits(digits);
}

static bool is_word_char(char c)
{
    return is_alnum(c) || c == '-' || c == '.' || c == '+' || c == '%' ||
           c == ' ' || c == '#';
}

static bool is_word(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_word_char(s.p[i]))
            return false;
    return s.n > 0 && s.n <= 64;
}

/* A language tag by its shape (RFC 5646). */
static bool is_language(struct str s)
{
    struct str rest = s, part;
    bool first = true;

    if (s.n == 0 || s.n > 35 || s.p[s.n - 1] == '-')
        return false;
    for (; str_split(&rest, '-', &part); first = false) {
        if (part.n == 0 || part.n > 8)
            return false;
        for (size_t i = 0; i < part.n; i++)
            if (!(first ? is_alpha(part.p[i]) : is_alnum(part.p[i])))
                return false;
    }
    return true;
}

static bool is_mime_char(char c)
{
    return is_alnum(c) || (c != '\0' && str_find_char(STR("!#$&-^_.+/;= "), c,
                                                      0) != STR_NOT_FOUND);
}

static bool is_mime(struct str s)
{
    size_t slash = str_find_char(s, '/', 0);

    if (slash == 0 || slash == STR_NOT_FOUND || slash + 1 == s.n || s.n > 128)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!is_mime_char(s.p[i]))
            return false;
    return true;
}

static bool is_list_type(struct str s)
{
    return s.n == 1 && str_find_char(STR("1aAiI"), s.p[0], 0) != STR_NOT_FOUND;
}

/* Of a class attribute only the words that name a programming language: readers
 * colour code by them. */
static struct str code_class(struct arena *a, struct str s)
{
    struct str word, out = STR_NONE;

    while (str_word(&s, &word)) {
        bool good = str_starts(word, STR("language-")) &&
                    word.n > STR("language-").n && word.n <= 40;

        for (size_t i = 0; good && i < word.n; i++)
            good = is_alnum(word.p[i]) || word.p[i] == '-' ||
                   word.p[i] == '+' || word.p[i] == '#' || word.p[i] == '_';
        if (good)
            return arena_str(a, word);
    }
    return out;
}

bool attr_value(struct arena *a, enum attr_check check, struct str base,
                struct str raw, struct str *out)
{
    struct str s = str_trim(raw);

    switch (check) {
    case CHECK_TEXT:
        *out = publishable(a, raw);
        return str_trim(*out).n > 0;
    case CHECK_ALT:
        *out = publishable(a, raw);
        return true;
    case CHECK_SHORT:
        *out = publishable(a, s);
        return out->n > 0 && out->n <= 16;
    case CHECK_FLAG:
    case CHECK_ALWAYS:
        *out = STR_NONE;
        return true;
    case CHECK_DIR:
        return one_of(directions, s, out);
    case CHECK_SCOPE:
        return one_of(scopes, s, out);
    case CHECK_KIND:
        return one_of(kinds, s, out);
    case CHECK_LENGTH:
        return length(s, out);
    case CHECK_CODE_CLASS:
        *out = code_class(a, s);
        return out->n > 0;
    case CHECK_HREF:
        *out = link_href(a, base, raw);
        return out->n > 0;
    case CHECK_CITE:
    case CHECK_MEDIA:
        *out = link_media(a, base, raw);
        return out->n > 0;
    case CHECK_NUMBER:
        *out = s;
        return all_digits(s);
    case CHECK_INTEGER:
        *out = s;
        return all_digits(s) ||
               (str_starts(s, STR("-")) && all_digits(str_from(s, 1)));
    case CHECK_WORD:
        *out = s;
        return is_word(s);
    case CHECK_LANG:
        *out = s;
        return is_language(s);
    case CHECK_MIME:
        *out = s;
        return is_mime(s);
    case CHECK_LIST_TYPE:
        *out = s;
        return is_list_type(s);
    case CHECK_IMAGE:
    case CHECK_SRCSET:
        break;
    }
    return false;
}
