/*
 * One piece of a byline without what is no name: labels and roles before it,
 * brackets, addresses, dates and roles behind it, codes of editors.
 */
#include "extract/page_name_words.h"

#include "base/utf8.h"
#include "extract/page_labels.h"
#include "extract/page_names.h"

/* Marks that never begin or end a name. */
static bool is_edge_mark(uint32_t c, bool at_end)
{
    if (is_blank(c))
        return true;
    if (c < 0x80)
        return !is_alnum((char)c) && !(at_end && (c == '.' || c == '!'));
    return (c >= 0x2010 && c <= 0x2044) || (c >= 0x3001 && c <= 0x301F) ||
           c == 0xB7 || c == 0xAB || c == 0xBB || c == 0xFF1A || c == 0xFF0C ||
           c == 0xFF08 || c == 0xFF09 || c == 0xFF5C || c == 0xFF1B ||
           c == 0xFF0F || (c >= 0x2190 && c <= 0x2BFF) || c == 0x4E28 ||
           c >= 0x1F000;
}

struct str name_trim(struct str s)
{
    while (s.n > 0) {
        size_t at = 0;

        if (!is_edge_mark(utf8_next(s, &at), false))
            break;
        s = str_from(s, at);
    }
    while (s.n > 0) {
        size_t at = s.n;

        if (!is_edge_mark(utf8_prev(s, &at), true))
            break;
        s.n = at;
    }
    /* A full stop stays behind an initial and "Jr.", and goes elsewhere. */
    if (str_ends(s, STR(".")) && s.n > 4 && s.p[s.n - 3] != ' ' &&
        s.p[s.n - 3] != '.' && !str_ends_nocase(s, STR("jr.")) &&
        !str_ends_nocase(s, STR("sr.")))
        s.n--;
    return s;
}

/* "ByJane Roe": the blank was in the markup. */
static struct str cut_glued_by(struct str s)
{
    if (s.n > 4 && (str_starts(s, STR("By")) || str_starts(s, STR("by"))) &&
        s.p[2] >= 'A' && s.p[2] <= 'Z' && is_alpha(s.p[3]))
        return str_from(s, 2);
    return s;
}

/* "di Anna Neri" is by her; "Di Stefano Anna" is her name. */
static struct str cut_italian_by(struct str s)
{
    return str_starts(s, STR("di ")) && name_is_person(str_from(s, 3))
               ? str_from(s, 3)
               : s;
}

static struct str cut_before(struct str s)
{
    s = cut_italian_by(cut_glued_by(s));
    for (int round = 0; round < 3; round++) {
        size_t label = name_label_before(s);

        if (label == 0)
            break;
        s = name_trim(str_from(s, label));
    }
    return s;
}

/* "Jane Roe (Berlin)", "李静_NB1023", "甲乙丙[实习]" without what is added. */
static struct str cut_behind(struct str s)
{
    for (size_t i = 0; i < s.n;) {
        size_t at = i;
        uint32_t c = utf8_next(s, &i);

        if (at > 0 && (c == '(' || c == 0xFF08 || c == '[' || c == '<' ||
                       c == '{' || c == 0x3010 || c == 0x2022 || c == '|' ||
                       (c == '_' && letters_count(str_slice(s, 0, at)).cjk)))
            return str_slice(s, 0, at);
    }
    return s;
}

bool name_is_address(struct str word)
{
    return str_find_char(word, '@', 0) != STR_NOT_FOUND ||
           str_has_nocase(word, STR("http:")) ||
           str_has_nocase(word, STR("https:")) ||
           str_starts_nocase(word, STR("www."));
}

/* "Jane RoeNovember": the month of the date that follows, glued to the name; but
 * LeMay and DeMar are names. */
static struct str cut_glued_month(struct str s)
{
    for (size_t i = 1; i + 5 <= s.n; i++)
        if (s.p[i] >= 'A' && s.p[i] <= 'Z' && s.p[i - 1] >= 'a' &&
            s.p[i - 1] <= 'z' && name_word_is(str_from(s, i), WORD_MONTH))
            return str_slice(s, 0, i);
    return s;
}

/* "Jane Roe": it begins as the names of persons do, and is nothing else. */
static bool begins_as_persons_do(struct str front)
{
    struct str rest = front, first;

    return str_word(&rest, &first) && name_is_given(first) &&
           name_is_person(front) && !name_is_org(front);
}

/* The name in S ends before WORD, at AT, with REST behind it: "Jane Roe, reporter".
 * An organisation's name goes on ("Board of Trade News"), unless it begins as that
 * of a person, and is where she works: "Jane Roe BBC News", "Jane Roe in News"; but
 * "Jane Roe Foundation" is called after her. */
static bool ends_before(struct str s, size_t at, struct str word,
                        struct str rest)
{
    bool is_mark =
        name_word_is(word, WORD_ROLE) || name_word_is(word, WORD_PROSE);

    if (!name_is_org(s))
        return is_mark;
    return (is_mark || (rest.n > 0 && name_word_is(word, WORD_ORG))) &&
           begins_as_persons_do(name_trim(str_slice(s, 0, at)));
}

/* Where the name ends among the words of an alphabetic piece. */
static struct str cut_words(struct str s)
{
    struct str rest = s, word;
    size_t words = 0, letters = 0;

    while (str_word(&rest, &word)) {
        size_t at = (size_t)(word.p - s.p);
        struct str bare = word;

        while (bare.n > 1 &&
               (bare.p[bare.n - 1] == ',' || bare.p[bare.n - 1] == ':'))
            bare.n--;
        if (name_is_address(word) || (words > 0 && is_digit(word.p[0])))
            return str_slice(s, 0, at);
        if (words >= 1 && name_word_is(bare, WORD_MONTH) && rest.n > 0 &&
            (is_digit(rest.p[0]) || (rest.n > 1 && is_digit(rest.p[1]))))
            return str_slice(s, 0, at);
        if (words >= 1 && (str_eq(word, STR("-")) || str_eq(word, STR("–")) ||
                           str_eq(word, STR("—")) || str_eq(word, STR("·"))))
            return str_slice(s, 0, at);
        if (words >= 2 && letters >= 4 && ends_before(s, at, bare, rest))
            return str_slice(s, 0, at);
        words++;
        letters += letters_count(word).letters;
    }
    return s;
}

static bool is_in_capitals(struct str word)
{
    size_t letters = 0;

    for (size_t i = 0; i < word.n;) {
        uint32_t c = utf8_next(word, &i);

        if (is_word_char(c) && label_fold(c) == c)
            return false;
        letters += is_word_char(c);
    }
    return letters > 1;
}

/* "JANE ROE Harbour Review": a name in capitals, and whom she works for. */
static struct str cut_behind_capitals(struct str s)
{
    struct str rest = s, word;
    size_t words = 0;

    while (str_word(&rest, &word)) {
        if (is_in_capitals(word))
            words++;
        else if (words >= 2 && word.n > 3)
            return str_slice(s, 0, (size_t)(word.p - s.p));
        else
            break;
    }
    return s;
}

/* "Reporter", "Herald-Korrespondentin" */
static bool is_role_word(struct str word)
{
    size_t hyphen = str_find_last(word, '-');

    return name_word_is(word, WORD_ROLE) ||
           (hyphen != STR_NOT_FOUND &&
            name_word_is(str_from(word, hyphen + 1), WORD_ROLE));
}

/* "Reporter Jane Roe": roles before a name of two words at least. */
static struct str cut_leading_roles(struct str s)
{
    struct str rest = s, word;

    while (str_word(&rest, &word))
        if (!is_role_word(word))
            break;
    if (word.p == s.p || word.p == NULL)
        return s;
    rest = str_from(s, (size_t)(word.p - s.p));
    return name_is_person(rest) ? rest : s;
}

static struct str cut_titles(struct str s)
{
    for (int round = 0; round < 4; round++) {
        size_t front = name_affix(s, WORD_TITLE, false);
        size_t end = name_affix(s, WORD_TITLE, true);

        if (front > 0 && front < s.n)
            s = name_trim(str_from(s, front));
        else if (end > 0 && end < s.n)
            s = name_trim(str_slice(s, 0, s.n - end));
        else
            break;
    }
    return s;
}

/* Codes of editors: "XY321", "QK207" behind a Han name. */
static struct str cut_code(struct str s)
{
    size_t end = s.n;

    while (end > 0 && is_alnum(s.p[end - 1]))
        end--;
    if (end > 0 && end < s.n && letters_count(str_from(s, end)).digits > 0 &&
        letters_count(str_slice(s, 0, end)).cjk > 0)
        return name_trim(str_slice(s, 0, end));
    return s;
}

/* "某网专栏作者 甲乙丙", "어느신문 홍길동": outlet and role, a blank, the name. */
static struct str cut_outlet_and_role(struct str s)
{
    size_t blank = str_find_last(s, ' ');
    struct str last;

    if (blank == STR_NOT_FOUND)
        return s;
    last = str_from(s, blank + 1);
    if (name_is_hangul(last) &&
        name_affix(str_trim(str_slice(s, 0, blank)), WORD_ORG_END, true) > 0)
        return last;
    return name_is_han(last) && name_affix(str_trim(str_slice(s, 0, blank)),
                                           WORD_TITLE, true) > 0
               ? last
               : s;
}

/* "Jane Roe/AP": a person, and whom she works for. */
static struct str cut_slash(struct str s)
{
    size_t slash = str_find_char(s, '/', 0);

    return slash != STR_NOT_FOUND && name_is_person(str_slice(s, 0, slash))
               ? str_slice(s, 0, slash)
               : s;
}

/* "어느신문=홍길동": where the report is from, and whose it is. */
static struct str cut_before_equals(struct str s)
{
    size_t at = str_find_last(s, '=');

    return at != STR_NOT_FOUND && name_is_hangul(str_from(s, at + 1))
               ? str_from(s, at + 1)
               : s;
}

struct str name_clean(struct str s)
{
    struct letters l;

    s = cut_before(name_trim(s));
    s = name_trim(cut_slash(cut_behind(s)));
    l = letters_count(s);
    if (l.cjk > 0)
        return cut_before_equals(cut_code(cut_titles(cut_outlet_and_role(s))));
    return cut_leading_roles(
        cut_glued_month(name_trim(cut_behind_capitals(cut_words(s)))));
}
