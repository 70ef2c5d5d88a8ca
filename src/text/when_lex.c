#include "text/when_lex.h"

#include <string.h>

#include <utf8proc.h>

#include "base/utf8.h"

/* Longer gaps than this end a date: columns of a table, say. */
#define GAP_MAX 64

struct name {
    struct str text;
    bool is_month;
    struct str lang;
    int value;
};

struct word {
    struct str text;
    enum word_kind kind;
    int value;
};

enum { MONTH = 1, WEEKDAY = 0 };
#define NAME(text, kind, lang, value)                                          \
    {STR_INIT(text), kind, STR_INIT(lang), value},
static const struct name names[] = {
#include "text/when_names.def"
};
#undef NAME

#define WORD(text, kind, value) {STR_INIT(text), WORD_##kind, value},
static const struct word words[] = {
#include "text/when_words.def"
};
#undef WORD

/* Rows are sorted by their bytes, and looked up by the first four of them. */
#define BYTE(text, k)                                                          \
    (uint32_t)(sizeof(text) > (k)                                              \
                   ? (unsigned char)(text)[sizeof(text) > (k) ? (k) : 0]       \
                   : 0)
#define BEGIN(text)                                                            \
    (BYTE(text, 0) << 24 | BYTE(text, 1) << 16 | BYTE(text, 2) << 8 |          \
     BYTE(text, 3))
#define NAME(text, kind, lang, value) BEGIN(text),
static const uint32_t name_begins[] = {
#include "text/when_names.def"
};
#undef NAME
#define WORD(text, kind, value) BEGIN(text),
static const uint32_t word_begins[] = {
#include "text/when_words.def"
};
#undef WORD

#define THAI_BYTES 3 /* of one letter */
#define NAMES      (sizeof names / sizeof names[0])
#define WORDS      (sizeof words / sizeof words[0])

/* First digits of the decimal scripts that dates are written in. */
static int digit_value(uint32_t c)
{
    static const uint32_t zeros[] = {'0',    0xFF10, 0x0660, 0x06F0, 0x0966,
                                     0x09E6, 0x0A66, 0x0AE6, 0x0BE6, 0x0C66,
                                     0x0CE6, 0x0D66, 0x0E50, 0x1040};

    for (size_t i = 0; i < sizeof zeros / sizeof zeros[0]; i++)
        if (c >= zeros[i] && c <= zeros[i] + 9)
            return (int)(c - zeros[i]);
    return -1;
}

/* 0 to 9, or 10, 20, 30 and 100 for the signs that multiply; -1 for others. */
static int numeral_value(uint32_t c)
{
    static const struct {
        uint32_t c;
        int value;
    } signs[] = {
        {0x3007, 0}, {0x96F6, 0}, {0x25CB, 0},  {0x4E00, 1},   {0x4E8C, 2},
        {0x4E09, 3}, {0x56DB, 4}, {0x4E94, 5},  {0x516D, 6},   {0x4E03, 7},
        {0x516B, 8}, {0x4E5D, 9}, {0x5341, 10}, {0x5EFF, 20},  {0x5345, 30},
        {0x4E24, 2}, {0x5169, 2}, {0x5143, 1},  {0x767E, 100},
    };

    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (signs[i].c == c)
            return signs[i].value;
    return -1;
}

/* Typographic variants of the marks dates are written with. */
static uint32_t plain_mark(uint32_t c)
{
    if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFF0D)
        return '-';
    if (c >= 0xFF01 && c <= 0xFF5E)
        return c - 0xFF01 + '!';
    if (c == 0x3001)
        return ',';
    if (c == 0x2019)
        return '\'';
    return c;
}

static bool is_letter(uint32_t c)
{
    utf8proc_category_t category;

    if (c < 0x80)
        return is_alpha((char)c);
    if (is_cjk(c))
        return false;
    category = utf8proc_category((utf8proc_int32_t)c);
    return (category >= UTF8PROC_CATEGORY_LU &&
            category <= UTF8PROC_CATEGORY_ME) ||
           c == 0xBA || c == 0xAA;
}

/* Adds C without case and Latin accents; false when there is no room. */
static bool fold_into(struct token *t, uint32_t c)
{
    utf8proc_int32_t parts[8];
    utf8proc_ssize_t n;
    int last = 0;

    if (c < 0x80) {
        if (t->folded_n + 1 > FOLDED_MAX)
            return false;
        t->folded[t->folded_n++] = to_lower((char)c);
        return true;
    }
    n = utf8proc_decompose_char((utf8proc_int32_t)c, parts, 8,
                                UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD, &last);
    for (utf8proc_ssize_t i = 0; i < n && i < 8; i++) {
        if ((parts[i] >= 0x300 && parts[i] <= 0x36F) ||
            (parts[i] >= 0x64B && parts[i] <= 0x655)) /* Arabic ones */
            continue;
        if (t->folded_n + 4 > FOLDED_MAX)
            return false;
        t->folded_n += utf8_put(t->folded + t->folded_n, (uint32_t)parts[i]);
    }
    return true;
}

/* The abbreviations พ.ย. and พ.ศ. are one word: a letter, with a vowel or not, and
 * another between points. */
static bool join_thai(struct str s, struct token *t)
{
    size_t next = t->end + 1;
    uint32_t c;

    if (next >= s.n || s.p[t->end] != '.')
        return false;
    c = utf8_next(s, &next);
    if (c < 0x0E01 || c > 0x0E2E || next >= s.n || s.p[next] != '.' ||
        !fold_into(t, c))
        return false;
    t->end = next + 1;
    return true;
}

static void read_word(struct str s, size_t i, struct token *t)
{
    bool fits = true;

    t->kind = TOKEN_WORD;
    for (; i < s.n && is_alpha(s.p[i]) && t->folded_n < FOLDED_MAX; i++)
        t->folded[t->folded_n++] = to_lower(s.p[i]);
    while (i < s.n) {
        size_t next = i;
        uint32_t c = utf8_next(s, &next);

        if (!is_letter(c) || next - t->at > 4 * FOLDED_MAX)
            break;
        t->thai = c >= 0x0E00 && c <= 0x0E4F;
        fits = fits && fold_into(t, c);
        i = next;
    }
    if (!fits)
        t->folded_n = 0;
    t->end = i;
    if (t->thai && t->folded_n <= 2 * THAI_BYTES && join_thai(s, t))
        return;
    /* a.m., p. m. and π.μ. are one word. */
    if ((t->folded_n == 1 && (t->folded[0] == 'a' || t->folded[0] == 'p')) ||
        (t->folded_n == 2 &&
         (memcmp(t->folded, "π", 2) == 0 || memcmp(t->folded, "μ", 2) == 0))) {
        struct str tail = str_slice(s, i, i + 8);
        size_t m = 0;

        if (tail.n == 0 || tail.p[0] != '.')
            return;
        for (m = 1; m < tail.n && is_space(tail.p[m]);)
            m++;
        if (m < tail.n && (tail.p[m] == 'm' || tail.p[m] == 'M')) {
            t->folded[t->folded_n++] = 'm';
            m += 1;
        } else if (str_starts(str_from(tail, m), STR("μ"))) {
            fold_into(t, 0x3BC);
            m += 2;
        } else {
            return;
        }
        if (m < tail.n && tail.p[m] == '.')
            m++;
        t->end = i + m;
    }
}

static void read_digits(struct str s, size_t i, struct token *t)
{
    t->kind = TOKEN_NUMBER;
    t->value = 0;
    while (i < s.n) {
        size_t next = i;
        uint32_t c = utf8_next(s, &next);
        int digit = digit_value(c);

        if (digit < 0)
            break;
        t->thai = c >= 0x0E50 && c <= 0x0E59;
        if (++t->digits > 18)
            t->value = -1;
        else
            t->value = t->value * 10 + digit;
        i = next;
    }
    t->end = i;
}

/* 二〇二四 and 十二, 二十三, 廿三, 一百一十三. */
static bool read_numerals(struct str s, size_t i, struct token *t)
{
    int64_t positional = 0, total = 0, last = 0;
    bool multiplies = false;

    for (t->digits = 0; i < s.n && t->digits < 8; t->digits++) {
        size_t next = i;
        int v = numeral_value(utf8_next(s, &next));

        if (v < 0)
            break;
        if (v >= 10) {
            multiplies = true;
            total += v == 10 || v == 100 ? (last == 0 ? 1 : last) * v : v;
            last = 0;
        } else {
            positional = positional * 10 + v;
            last = v;
        }
        i = next;
    }
    if (t->digits == 0)
        return false;
    t->kind = TOKEN_NUMBER;
    t->numerals = true;
    t->value = multiplies ? total + last : positional;
    t->end = i;
    return true;
}

static uint32_t begin_of(struct str text)
{
    uint32_t begin = 0;

    for (size_t i = 0; i < sizeof begin; i++)
        begin = begin << 8 | (i < text.n ? (unsigned char)text.p[i] : 0);
    return begin;
}

/* The first of N rows that is not before BEGIN. */
static size_t first_row(const uint32_t *begins, size_t n, uint32_t begin)
{
    size_t low = 0, high = n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (begins[middle] < begin)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Says which rows of the table tell what the word of T means. */
static void look_up(struct token *t)
{
    struct str text = str_of(t->folded, t->folded_n);
    uint32_t begin = begin_of(text);
    size_t row = first_row(word_begins, WORDS, begin);

    while (row < WORDS && word_begins[row] == begin &&
           !str_eq(words[row].text, text))
        row++;
    t->row = row < WORDS && word_begins[row] == begin ? row : WORDS;
}

/* The longest word of the table that begins here, or one character. */
static void read_cjk(struct str s, size_t i, size_t next, struct token *t)
{
    struct str rest = str_from(s, i), first = str_slice(s, i, next);
    struct str best = first;
    size_t from = first_row(word_begins, WORDS, begin_of(first));

    t->kind = TOKEN_CJK;
    t->row = WORDS;
    for (size_t k = from; k < WORDS && str_starts(words[k].text, first); k++) {
        if (str_starts(rest, words[k].text) &&
            (t->row == WORDS || words[k].text.n > best.n)) {
            best = words[k].text;
            t->row = k;
        }
    }
    t->folded_n = best.n;
    memcpy(t->folded, best.p, best.n);
    t->end = i + best.n;
}

static void token_clear(struct token *t)
{
    t->kind = TOKEN_END;
    t->gap = t->thai = t->numerals = false;
    t->value = 0;
    t->digits = 0;
    t->c = 0;
    t->folded_n = 0;
}

void when_token(struct str s, size_t i, struct token *t)
{
    size_t from = i, next = i;
    uint32_t c = 0;

    token_clear(t);
    while (i < s.n && i - from <= GAP_MAX) {
        next = i;
        c = utf8_next(s, &next);
        if (!is_blank(c))
            break;
        i = next;
    }
    t->gap = i > from;
    t->at = t->end = i;
    if (i >= s.n || i - from > GAP_MAX)
        return;
    if (c < 0x80 && is_digit((char)c))
        read_digits(s, i, t);
    else if (c < 0x80 && !is_alpha((char)c)) {
        t->kind = TOKEN_MARK;
        t->c = c;
        t->end = next;
    } else if (c < 0x80) {
        read_word(s, i, t);
        look_up(t);
    } else if (digit_value(c) >= 0)
        read_digits(s, i, t);
    else if (numeral_value(c) >= 0)
        (void)read_numerals(s, i, t);
    else if (is_cjk(c))
        read_cjk(s, i, next, t);
    else if (is_letter(c)) {
        read_word(s, i, t);
        look_up(t);
    } else {
        t->kind = TOKEN_MARK;
        t->c = plain_mark(c);
        t->end = next;
    }
}

bool token_is(const struct token *t, enum word_kind kind, int *value)
{
    if (t->kind != TOKEN_WORD && t->kind != TOKEN_CJK)
        return false;
    for (size_t k = t->row; k < WORDS; k++) {
        if (k > t->row && !str_eq(words[k].text, words[t->row].text))
            break;
        if (words[k].kind == kind) {
            if (value != NULL)
                *value = words[k].value;
            return true;
        }
    }
    return false;
}

/* The first row with that text, or NAMES. */
static size_t find_name(struct str text)
{
    uint32_t begin = begin_of(text);
    size_t row = first_row(name_begins, NAMES, begin);

    while (row < NAMES && name_begins[row] == begin &&
           !str_eq(names[row].text, text))
        row++;
    return row < NAMES && name_begins[row] == begin ? row : NAMES;
}

static bool name_is(struct str text, struct str lang, bool is_month, int *value)
{
    struct str primary = str_slice(lang, 0, str_find_char(lang, '-', 0));
    bool found = false;

    if (text.n == 0)
        return false;
    for (size_t k = find_name(text); k < NAMES; k++) {
        const struct name *n = &names[k];

        if (!str_eq(n->text, text))
            break;
        if (n->is_month == is_month &&
            (n->lang.n == 0 || str_eq_nocase(n->lang, primary))) {
            *value = n->value;
            found = true;
        }
    }
    return found;
}

bool token_month(const struct token *t, struct str lang, int *month)
{
    struct str text = str_of(t->folded, t->folded_n);

    if (t->kind != TOKEN_WORD)
        return false;
    if (name_is(text, lang, true, month))
        return true;
    /* Hebrew writes "in November" as one word. */
    return str_starts(text, STR("\u05D1")) &&
           name_is(str_from(text, 2), lang, true, month);
}

bool token_weekday(const struct token *t)
{
    int value;

    if (t->kind == TOKEN_WORD)
        return name_is(str_of(t->folded, t->folded_n), STR_NONE, false, &value);
    return token_is(t, WORD_WEEKDAY, NULL);
}
