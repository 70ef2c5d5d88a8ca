/*
 * How a byline becomes names.  The text is cut at commas, semicolons, slashes
 * between Han names and words that mean "and".  Each piece loses what is no name
 * (page_name_clean.c).  What is left must be plausible (page_name_words.c knows
 * names, roles and organisations): when a label announced a name, nearly anything
 * short is (people publish as "flerche"); without a label it has to be written as
 * names are written, in capitals or with a Chinese surname in front.
 *
 * In a list that names a person, organisations are where the person works and
 * go; alone, an organisation is the author ("AFP").
 */
#include "extract/page_names.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "extract/page_labels.h"
#include "extract/page_name_words.h"

#define NAME_MAX_WORDS   8
#define BYLINE_MAX_BYTES 600

bool name_is_role(struct str s)
{
    size_t blank = str_find_last(s, ' ');
    struct str last = blank == STR_NOT_FOUND ? s : str_from(s, blank + 1);
    struct str rest = s, first = STR_NONE;

    (void)str_word(&rest, &first);
    return (name_word_is(last, WORD_ROLE) ||
            (name_word_is(first, WORD_ROLE) &&
             !name_is_person(str_trim(rest)))) &&
           !name_is_org(s);
}

/* "Published by", "Artikel von": a label whose name was elsewhere. */
static bool is_bare_label(struct str s)
{
    size_t blank = str_find_last(s, ' ');

    return name_word_is(s, WORD_BEFORE) ||
           name_word_is(blank == STR_NOT_FOUND ? s : str_from(s, blank + 1),
                        WORD_BEFORE);
}

/* "DE FR IT EN": the languages of the page, or the like. */
static bool is_row_of_codes(struct str s)
{
    struct str rest = s, word;
    size_t words = 0;

    for (; str_word(&rest, &word); words++)
        if (word.n != 2 || !is_alpha(word.p[0]) || !is_alpha(word.p[1]))
            return false;
    return words > 1;
}

/* "English EN": a word and the code of its first letters. */
static bool is_language_switch(struct str s)
{
    size_t blank = str_find_char(s, ' ', 0);

    return blank != STR_NOT_FOUND && blank + 3 == s.n &&
           s.p[blank + 1] >= 'A' && s.p[blank + 1] <= 'Z' &&
           str_starts_nocase(s, str_from(s, blank + 1));
}

/* "4 persone", "12 servings": so many of something. */
static bool is_count(struct str s)
{
    size_t digits = 0;

    while (digits < s.n && is_digit(s.p[digits]))
        digits++;
    return digits > 0 && digits + 1 < s.n && s.p[digits] == ' ' &&
           s.p[digits + 1] >= 'a' && s.p[digits + 1] <= 'z';
}

/* "Email to", "View all": what was cut off a button goes on. */
static bool is_cut_off(struct str s)
{
    size_t blank = str_find_last(s, ' ');
    struct str last = blank == STR_NOT_FOUND ? s : str_from(s, blank + 1);

    return name_word_is(last, WORD_PROSE) &&
           !name_is_upper(utf8_next(last, &(size_t){0}));
}

static bool is_plausible(struct str s, enum name_trust trust)
{
    struct letters l = letters_count(s);

    if (s.n == 0 || s.n > NAME_MAX_BYTES || l.letters == 0 ||
        name_is_address(s) || name_is_nobody(s) || l.digits > l.letters ||
        name_is_role(s) || is_bare_label(s) || is_count(s) || is_cut_off(s))
        return false;
    if (str_has(s, STR(": ")) || str_has(s, STR("：")))
        return false;
    if (is_row_of_codes(s) || is_language_switch(s))
        return false;
    if (trust == NAMES_LOOSE)
        return name_is_person(s);
    if (l.cjk > 0)
        return l.chars >= 2 && l.chars <= 20 && !str_has(s, STR("。")) &&
               !str_has(s, STR("？")) && !str_has(s, STR("！"));
    if (l.words > NAME_MAX_WORDS || l.letters < 2)
        return false;
    return !name_word_is(s, WORD_AFTER_NAME);
}

bool names_put(struct arena *a, struct names *to, struct name name)
{
    if (to->n >= NAMES_MAX)
        return false;
    for (size_t i = 0; i < to->n; i++)
        if (name_same(to->at[i].name, name.name))
            return false;
    *vec_add(a, to) = name;
    return true;
}

bool names_have_person(const struct names *n)
{
    for (size_t i = 0; i < n->n; i++)
        if (!n->at[i].is_org)
            return true;
    return false;
}

/* "实习生陈港": a role glued to the name that follows. */
static struct str cut_role_before(struct str word)
{
    size_t front = name_affix(word, WORD_TITLE, false);

    return name_is_han(str_from(word, front)) ? str_from(word, front) : word;
}

/* "矢口 千尋", "欧阳 修": one name, its parts apart.  Either part is too short to be
 * a name of its own, or the first begins as no Chinese name does. */
static bool is_parted_name(struct str s)
{
    size_t blank = str_find_char(s, ' ', 0), first, last;
    struct str front, behind;

    if (blank == STR_NOT_FOUND)
        return false;
    front = str_slice(s, 0, blank);
    behind = str_trim(str_from(s, blank));
    first = utf8_chars(front);
    last = utf8_chars(behind);
    if (str_find_char(behind, ' ', 0) != STR_NOT_FOUND || first < 2 ||
        first > 3 || last > 3 || name_word_is(front, WORD_TITLE) ||
        name_word_is(behind, WORD_TITLE) || name_is_org(front))
        return false;
    return last == 1 || !name_is_han(front);
}

/* Han names divided by blanks: "甲乙丙 丁戊", roles between them; a name of two
 * characters may be spread ("丁　戊").  False if that is not what S is. */
static bool add_han_words(struct arena *a, struct str s, enum name_trust trust,
                          struct names *to, size_t *added)
{
    struct str rest = s, word, spread = STR_NONE;
    struct letters l = letters_count(s);
    size_t words = 0;

    if (l.words < 2 || l.words > NAMES_MAX || l.han + l.words - 1 < l.chars)
        return false;
    for (rest = s; str_word(&rest, &word); words++) {
        size_t chars = utf8_chars(cut_role_before(word));

        if (!name_word_is(word, WORD_TITLE) &&
            (chars > 4 || (chars == 1 && l.words != 2)))
            return false;
    }
    if (is_parted_name(s)) {
        *added += names_put(a, to, (struct name){.name = s});
        return true;
    }
    for (rest = s; str_word(&rest, &word);) {
        if (utf8_chars(word) == 1) {
            spread = spread.n == 0 ? word : arena_cat(a, spread, word);
            if (utf8_chars(spread) == 2)
                *added += names_put(a, to, (struct name){.name = spread});
        } else if (!name_word_is(word, WORD_TITLE) &&
                   is_plausible(cut_role_before(word), trust)) {
            *added +=
                names_put(a, to, (struct name){.name = cut_role_before(word)});
        }
    }
    return words > 0;
}

static bool is_comma(uint32_t c)
{
    return c == '\n' || c == ',' || c == ';' || c == 0x3001 || c == 0xFF0C ||
           c == 0xFF1B || c == '&' || c == 0xFF06 || c == 0x060C;
}

/* "Jane Roe/John Doe" */
static bool is_slash_of_persons(struct str s, size_t at)
{
    return s.p[at] == '/' && name_is_person(str_trim(str_slice(s, 0, at))) &&
           name_is_person(str_trim(str_from(s, at + 1)));
}

static bool is_han_divider(struct str s, uint32_t c)
{
    return (c == '/' || c == 0xFF0F || c == '|' || c == 0xFF5C ||
            c == 0x4E28) &&
           letters_count(s).cjk > 0;
}

/* "김하나·박두리"; between kana the dot divides first and last name. */
static bool is_hangul_dot(struct str s, uint32_t c)
{
    uint32_t first = utf8_next(s, &(size_t){0});

    return c == 0xB7 && first >= 0xAC00 && first <= 0xD7A3;
}

/* What stands before AT, and what stands behind END up to the next comma, are
 * names of at least two words each. */
static bool is_between_persons(struct str s, size_t at, size_t end)
{
    struct str left = str_slice(s, 0, at), right = str_from(s, end);
    size_t comma = str_find_last(left, ',');

    if (comma != STR_NOT_FOUND)
        left = str_from(left, comma + 1);
    right = str_slice(right, 0, str_find_char(right, ',', 0));
    return name_is_person(str_trim(left)) && name_is_person(str_trim(right));
}

/* "جنى رواد وسامي منصور": the Arabic "and" is the first letter of the word. */
static bool is_glued_and(struct str s, size_t at, size_t end)
{
    return str_starts(str_from(s, at), STR("و")) && end - at > 6 &&
           !name_word_is(str_slice(s, at, end), WORD_WAW) &&
           is_between_persons(s, at, at + 2);
}

/* Length of the word at AT if it means "and", else 0.  The shortest such words
 * are initials and parts of names as well: those divide two persons only. */
static size_t conjunction(struct str s, size_t at)
{
    size_t end = at;

    if (at == 0 || s.p[at - 1] != ' ')
        return 0;
    while (end < s.n && s.p[end] != ' ')
        end++;
    if (end == s.n)
        return 0;
    if (is_glued_and(s, at, end))
        return 2;
    if (!name_word_is(str_slice(s, at, end), WORD_AND) ||
        ((s.p[at] == 'e' || s.p[at] == 'i') && end == at + 1 &&
         !is_between_persons(s, at, end)) ||
        str_eq(str_slice(s, at, end), STR("E")) ||
        str_eq(str_slice(s, at, end), STR("I")))
        return 0;
    return end - at;
}

enum divider { DIVIDER_COMMA, DIVIDER_AND, DIVIDER_OTHER };

/* Takes the part before the next divider off the front of *REST. */
static struct str next_piece(struct str *rest, enum divider *by)
{
    struct str s = *rest;

    for (size_t i = 0; i < s.n;) {
        size_t at = i, word;
        uint32_t c = utf8_next(s, &i);

        if (is_comma(c) || is_han_divider(s, c) || is_hangul_dot(s, c) ||
            is_slash_of_persons(s, at)) {
            *by = c == ','   ? DIVIDER_COMMA
                  : c == '&' ? DIVIDER_AND
                             : DIVIDER_OTHER;
            *rest = str_from(s, i);
            return str_slice(s, 0, at);
        }
        if (c < 0x700 && (word = conjunction(s, at)) > 0) {
            *by = DIVIDER_AND;
            *rest = str_from(s, at + word);
            return str_slice(s, 0, at);
        }
    }
    *by = DIVIDER_OTHER;
    *rest = STR_NONE;
    return s;
}

/* "Jane Roe and Tom Marsh, Coast Review": the "and" announced the last of the
 * names, and what follows the comma is where they work or are. */
static bool is_list_over(struct str rest, enum divider before, enum divider by)
{
    if (before != DIVIDER_AND || by != DIVIDER_COMMA)
        return false;
    while (rest.n > 0) {
        (void)next_piece(&rest, &by);
        if (by == DIVIDER_AND)
            return false;
    }
    return true;
}

static bool is_one_word(struct str s)
{
    return s.n > 0 && str_find_char(s, ' ', 0) == STR_NOT_FOUND;
}

/* "Roe, Jane": one comma, one word before it and one or two behind, no list. */
static struct str turn_around(struct arena *a, struct str s)
{
    size_t comma = str_find_char(s, ',', 0);
    struct str last, first;

    if (comma == STR_NOT_FOUND ||
        str_find_char(s, ',', comma + 1) != STR_NOT_FOUND)
        return s;
    last = str_trim(str_slice(s, 0, comma));
    first = str_trim(str_from(s, comma + 1));
    if (!is_one_word(last) || letters_count(first).words > 2 || first.n == 0 ||
        name_word_is(first, WORD_AFTER_NAME) ||
        name_word_is(first, WORD_ROLE) ||
        !name_is_person(arena_cat(a, first, STR(" "), last)))
        return s;
    return arena_cat(a, first, STR(" "), last);
}

/* Behind a name, in a list, is more often a place or a fact than a name that
 * does not look like one. */
static bool is_second_name(struct str s)
{
    struct letters l = letters_count(s);
    size_t at = 0;

    if (l.cjk > 0)
        return l.chars <= 5 || name_is_org(s);
    return (l.letters >= 3 && name_word_fits(s)) || name_is_person(s) ||
           (l.words > 1 && name_is_upper(utf8_next(s, &at)));
}

/* Every kind of blank as the ASCII one, for words are cut there. */
static struct str plain_blanks(struct arena *a, struct str s)
{
    char *p;
    size_t n = 0;

    if (!str_has(s, STR("\u3000")) && !str_has(s, STR("\u00a0")))
        return s;
    p = arena_alloc(a, s.n + 1);
    for (size_t i = 0; i < s.n;) {
        size_t at = i;
        uint32_t c = utf8_next(s, &i);

        if (is_blank(c) && c != '\n') {
            p[n++] = ' ';
            continue;
        }
        while (at < i)
            p[n++] = s.p[at++];
    }
    return str_of(p, n);
}

bool name_is_shouted(struct str s)
{
    for (size_t i = 0; i < s.n;) {
        uint32_t c = utf8_next(s, &i);

        if (is_cjk(c) || (is_word_char(c) && label_fold(c) == c))
            return false;
    }
    return true;
}

size_t names_add(struct arena *a, struct str text, enum name_trust trust,
                 struct names *to)
{
    struct str rest = turn_around(a, plain_blanks(a, str_trim_wide(text)));
    size_t added = 0, persons = 0;
    size_t before = to->n;
    enum divider by = DIVIDER_OTHER, last;

    if (rest.n > BYLINE_MAX_BYTES)
        return 0;
    for (int pieces = 0; rest.n > 0 && pieces < 2 * NAMES_MAX; pieces++) {
        struct str piece;
        struct name name;
        bool has_wide_colon;

        last = by;
        piece = next_piece(&rest, &by);
        /* What stands before it is what the rest is called: "整理番号：12". */
        has_wide_colon = str_has(piece, STR("：")) &&
                         !str_ends(str_trim_wide(piece), STR("："));
        if (is_list_over(rest, last, by))
            rest = STR_NONE;

        if (add_han_words(a, name_trim(piece), trust, to, &added)) {
            persons++;
            continue;
        }
        piece = name_clean(piece);
        name = (struct name){.name = piece};
        if (add_han_words(a, piece, trust, to, &added)) {
            persons++;
            continue;
        }
        if ((trust == NAMES_LOOSE && has_wide_colon) ||
            !is_plausible(piece, trust) ||
            (persons > 0 && !is_second_name(piece)))
            continue;
        name.is_org = name_is_org(piece);
        if (persons > 0 && (name.is_org || (name_is_shouted(piece) &&
                                            !name_is_shouted(to->at[0].name))))
            continue;
        persons += !name.is_org;
        added += names_put(a, to, name);
    }
    /* "BBC News, Jane Roe": the person is the author. */
    if (persons > 0 && to->n > before + 1) {
        size_t kept = before;

        for (size_t i = before; i < to->n; i++)
            if (!to->at[i].is_org)
                to->at[kept++] = to->at[i];
        added -= to->n - kept;
        to->n = kept;
    }
    return added;
}
