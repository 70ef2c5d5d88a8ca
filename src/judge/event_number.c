#include "judge/event_number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "text/fold.h"
#include "text/lexicon.h"

#define SMALL_BELOW 13
#define SUM_FROM    100000
#define YEAR_FIRST  1950
#define YEAR_LAST   2049
#define DIGITS_MAX  18
#define UNITS_MAX   4 /* "1\u5104 2000\u4E07 \u5186" */
#define PREFIX_MIN  5 /* letters of a unit that may go on: "millionen" */

enum unit_kind { UNIT_SCALE, UNIT_PERCENT, UNIT_DATE, UNIT_DAY, UNIT_PLAIN };

static const struct {
    struct str word;
    enum unit_kind kind;
    double scale;
} units[] = {
#define UNIT(word, kind, scale) {STR_INIT(word), UNIT_##kind, scale},
#include "judge/event_words.def"
#undef UNIT
};

/* No word stands here twice. */
static const struct {
    struct str word;
    struct str text;
} number_words[] = {
#define NUMBER(word, number) {STR_INIT(word), STR_INIT(number)},
#include "judge/event_words.def"
#undef NUMBER
};

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

static uint32_t char_at(struct str s, size_t i)
{
    return i < s.n ? utf8_next(s, &i) : 0;
}

static bool is_digit_at(struct str s, size_t i)
{
    return i < s.n && is_digit(s.p[i]);
}

/* ---- digits ---------------------------------------------------------------- */

static size_t skip_digits(struct str s, size_t i)
{
    while (is_digit_at(s, i))
        i++;
    return i;
}

/* Of three digits at most. */
static int small_number(struct str s, size_t from, size_t to)
{
    int n = 0;

    for (size_t k = from; k < to; k++)
        n = n * 10 + (s.p[k] - '0');
    return n;
}

/* A sign that parts thousands: behind it three digits, and no fourth. */
static bool is_thousands_sign(struct str s, size_t first, size_t i, char sign)
{
    return i < s.n && s.p[i] == sign && i - first <= 3 && s.p[first] != '0' &&
           skip_digits(s, i + 1) == i + 4;
}

/* "1,200,000", "1.200", "1 200", "12,5", "12.5"; a version "3.4.1" stays as it
 * is written: *is_version. */
static double read_digits(struct str s, size_t at, size_t *end,
                          bool *is_version)
{
    double value = 0, place = 1;
    size_t i = skip_digits(s, at), digits;

    *is_version = false;
    digits = i - at;
    for (size_t k = at; k < i && k < at + DIGITS_MAX; k++)
        value = value * 10 + (s.p[k] - '0');
    for (char sign = i < s.n ? s.p[i] : 0;
         (sign == ',' || sign == '.' || sign == ' ') &&
         is_thousands_sign(s, i - digits, i, sign) && value < 1e12;
         digits = 3, i += 4)
        value = value * 1000 + (s.p[i + 1] - '0') * 100 +
                (s.p[i + 2] - '0') * 10 + (s.p[i + 3] - '0');
    if (i < s.n && (s.p[i] == '.' || s.p[i] == ',') && is_digit_at(s, i + 1)) {
        size_t stop = skip_digits(s, i + 1);

        for (size_t k = i + 1; k < stop; k++)
            value += (s.p[k] - '0') * (place /= 10);
        *is_version =
            stop < s.n && s.p[stop] == '.' && is_digit_at(s, stop + 1);
        while (*is_version && is_digit_at(s, stop + 1) && s.p[stop] == '.')
            stop = skip_digits(s, stop + 1);
        i = stop;
    }
    *end = i;
    return value;
}

/* ---- Han --------------------------------------------------------------------- */

static bool han_value(uint32_t c, double *value)
{
    static const struct {
        uint32_t c;
        double value;
    } of[] = {{0x96F6, 0},  {0x3007, 0},   {0x4E00, 1},    {0x4E8C, 2},
              {0x4E24, 2},  {0x4E09, 3},   {0x56DB, 4},    {0x4E94, 5},
              {0x516D, 6},  {0x4E03, 7},   {0x516B, 8},    {0x4E5D, 9},
              {0x5341, 10}, {0x767E, 100}, {0x5343, 1000}, {0x4E07, 1e4},
              {0x4EBF, 1e8}};

    for (size_t i = 0; i < COUNT(of); i++) {
        if (of[i].c == c) {
            *value = of[i].value;
            return true;
        }
    }
    return false;
}

/* Two and more characters of numbers, the first not 0, 10,000 or more. */
static bool read_han(struct str s, size_t at, double *value, size_t *end)
{
    double sum = 0, part = 0, digit = 0, v;
    size_t n = 0, i = at;

    while (i < s.n) {
        size_t next = i;

        if (!han_value(utf8_next(s, &next), &v) ||
            (n == 0 && (v == 0 || v >= 1e4)))
            break;
        if (v < 10) {
            digit = n > 0 && digit > 0 ? digit * 10 + v : v;
        } else if (v < 1e4) {
            part += (digit > 0 ? digit : 1) * v;
            digit = 0;
        } else {
            sum = (sum + part + digit) * v;
            part = digit = 0;
        }
        n++;
        i = next;
    }
    *value = sum + part + digit;
    *end = i;
    return n >= 2;
}

/* ---- units --------------------------------------------------------------------- */

/* The unit at byte I; COUNT(units) for none.  Letters stand close. */
static size_t unit_at(struct str s, size_t i, bool is_close)
{
    struct str rest = str_from(s, i);

    for (size_t k = 0; k < COUNT(units); k++) {
        struct str word = units[k].word;
        uint32_t next;

        if (!str_starts_nocase(rest, word) ||
            (word.n == 1 && is_alpha(word.p[0]) && !is_close))
            continue;
        next = char_at(rest, word.n);
        if (is_cjk(char_at(word, 0)) || !is_alnum(word.p[0]) ||
            utf8_chars(word) >= PREFIX_MIN || char_kind(next) == CHAR_OTHER ||
            is_cjk(next))
            return k;
    }
    return COUNT(units);
}

static size_t skip_blank(struct str s, size_t i)
{
    return i < s.n && (s.p[i] == ' ' || s.p[i] == '-') ? i + 1 : i;
}

/* Reads the units behind *END; moves it. */
static void read_units(struct str s, size_t *end, double *value,
                       enum unit_kind *kind)
{
    bool is_version;

    for (int round = 0; round < UNITS_MAX; round++) {
        size_t i = skip_blank(s, *end), k = unit_at(s, i, i == *end);

        if (k == COUNT(units))
            return;
        i += units[k].word.n;
        if (units[k].kind == UNIT_SCALE) {
            *value *= units[k].scale;
            /* "4\u4E079800" */
            if (is_cjk(char_at(units[k].word, 0)) && is_digit_at(s, i)) {
                double more = read_digits(s, i, &i, &is_version);
                size_t next = unit_at(s, i, true);

                if (next < COUNT(units) && units[next].kind == UNIT_SCALE) {
                    more *= units[next].scale;
                    i += units[next].word.n;
                }
                *value += more;
            } else {
                while (i < s.n && is_alpha(s.p[i]))
                    i++;
            }
        } else {
            *kind = units[k].kind;
        }
        *end = i;
        if (units[k].kind != UNIT_SCALE && units[k].kind != UNIT_PLAIN)
            return;
    }
}

/* ---- scores and times ------------------------------------------------------------ */

/* "3-1", "3:1", "3\u6BD41", "3\uB300 1": the larger first. */
static bool read_score(struct str s, size_t at, struct number *out)
{
    static const struct str signs[] = {STR_INIT("-"),       STR_INIT(":"),
                                       STR_INIT("\u2013"),  STR_INIT("\u6BD4"),
                                       STR_INIT("\uB300 "), STR_INIT("\uB300")};
    size_t end = skip_digits(s, at), from, to;
    bool is_time;
    int a, b;

    if (end - at > 3)
        return false;
    for (size_t i = 0; i < COUNT(signs); i++) {
        if (!str_starts(str_from(s, end), signs[i]))
            continue;
        from = end + signs[i].n;
        to = skip_digits(s, from);
        if (to == from || to - from > 3)
            return false;
        if (to < s.n &&
            (is_alpha(s.p[to]) || ((s.p[to] == '-' || s.p[to] == '.' ||
                                    s.p[to] == ':' || s.p[to] == ',') &&
                                   is_digit_at(s, to + 1))))
            return false;
        a = small_number(s, at, end);
        b = small_number(s, from, to);
        is_time = i == 1 && a < 24 && b < 60 && to - from == 2;
        out->n = (size_t)snprintf(
            out->text, sizeof out->text, is_time ? "d%d:%d" : "%d:%d",
            !is_time && b > a ? b : a, !is_time && b > a ? a : b);
        out->what = is_time ? NUMBER_DATE : NUMBER_SCORE;
        out->end = to;
        return true;
    }
    return false;
}

/* ---- days ------------------------------------------------------------------------- */

/* Moves *END behind the month that S begins with. */
static bool skip_month(struct str s, size_t *end)
{
    static const struct str between[] = {STR_INIT(". "), STR_INIT(" de "),
                                         STR_INIT(" ")};

    for (size_t i = 0; i < COUNT(between); i++) {
        if (!str_starts(s, between[i]))
            continue;
        s = str_from(s, between[i].n);
        for (size_t k = 0; k < COUNT(number_words); k++) {
            struct str word = number_words[k].word;

            if (!is_digit(number_words[k].text.p[0]) &&
                str_starts_nocase(s, word) &&
                char_kind(char_at(s, word.n)) == CHAR_OTHER) {
                *end += between[i].n + word.n;
                return true;
            }
        }
        break;
    }
    return false;
}

/* Without its month, which half of the reports do not say, and no two days of one
 * number are near in time. */
static void set_day(struct number *out, int day)
{
    out->n = (size_t)snprintf(out->text, sizeof out->text, "d%d", day);
    out->what = NUMBER_DAY;
}

/* "3 May", "3. Mai", "4 de mayo", "5月3日". */
static bool read_day(struct str s, size_t at, struct number *out)
{
    size_t end = skip_digits(s, at), from, to;

    if (end - at > 2)
        return false;
    if (str_starts(str_from(s, end), STR("月")) ||
        str_starts(str_from(s, end), STR("월"))) {
        from = end + 3;
        from += from < s.n && s.p[from] == ' ';
        to = skip_digits(s, from);
        if (to == from || to - from > 2)
            return false;
        set_day(out, small_number(s, from, to));
        out->end = to;
        if (is_cjk(char_at(s, to)))
            out->end += 3;
        return true;
    }
    out->end = end;
    if (!skip_month(str_from(s, end), &out->end))
        return false;
    set_day(out, small_number(s, at, end));
    return true;
}

/* ---- together ---------------------------------------------------------------------- */

static void set_text(struct number *out, struct str text)
{
    out->n = text.n < sizeof out->text ? text.n : sizeof out->text;
    memcpy(out->text, text.p, out->n);
}

static void set_value(struct number *out, double value, enum unit_kind kind)
{
    out->value = kind == UNIT_DATE || kind == UNIT_DAY ? 0 : value;
    out->n = (size_t)snprintf(out->text, sizeof out->text, "%s%.13g%s",
                              kind == UNIT_DATE || kind == UNIT_DAY ? "d" : "",
                              value, kind == UNIT_PERCENT ? "%" : "");
    if (kind == UNIT_DATE)
        out->what = NUMBER_DATE;
    else if (kind == UNIT_DAY)
        out->what = NUMBER_DAY;
    else if (kind == UNIT_PERCENT)
        out->what = NUMBER_PERCENT;
    else if (value != floor(value))
        out->what = NUMBER_DECIMAL;
    else if (value < SMALL_BELOW)
        out->what = NUMBER_SMALL;
    else
        out->what = value < SUM_FROM ? NUMBER_BIG : NUMBER_SUM;
}

bool number_read(struct str s, size_t at, struct number *out)
{
    enum unit_kind kind = UNIT_PLAIN;
    bool is_version = false;
    double value;
    size_t end;

    out->value = 0;
    if (is_digit_at(s, at)) {
        if (read_score(s, at, out) || read_day(s, at, out))
            return true;
        value = read_digits(s, at, &end, &is_version);
    } else if (!read_han(s, at, &value, &end)) {
        return false;
    }
    if (is_version) {
        set_text(out, str_slice(s, at, end));
        out->what = NUMBER_DECIMAL;
        out->end = end;
        return true;
    }
    out->end = end;
    read_units(s, &out->end, &value, &kind);
    /* "5G", "3D", "20er" */
    if (out->end == end && end < s.n && is_alpha(s.p[end]))
        return false;
    if (out->end == at + 4 && is_digit(s.p[at]) && value >= YEAR_FIRST &&
        value <= YEAR_LAST)
        kind = UNIT_DATE;
    set_value(out, value, kind);
    return true;
}

static bool is_weekday(struct str text)
{
    static const struct str days[] = {
        STR_INIT("mon"), STR_INIT("tue"), STR_INIT("wed"), STR_INIT("thu"),
        STR_INIT("fri"), STR_INIT("sat"), STR_INIT("sun")};

    for (size_t i = 0; i < COUNT(days); i++)
        if (str_eq(text, days[i]))
            return true;
    return false;
}

static void fill_words(struct lexicon *l)
{
    for (size_t i = 0; i < COUNT(number_words); i++)
        lexicon_add(l, number_words[i].word, i + 1);
}

bool number_word(struct str word, struct str s, size_t end, struct number *out)
{
    static lexicon_place place;
    uint64_t known = lexicon_get(lexicon_at(&place, fill_words), word);
    enum unit_kind kind = UNIT_PLAIN;
    bool is_version;
    struct str text;
    double value;

    if (known == 0)
        return false;
    text = number_words[known - 1].text;
    out->end = end;
    out->value = 0;
    if (!is_digit(text.p[0])) {
        size_t to = skip_digits(s, end + 1);

        set_text(out, text);
        out->what = is_weekday(text) ? NUMBER_WEEKDAY : NUMBER_DATE;
        if (end < s.n && s.p[end] == ' ' && to > end + 1 && to <= end + 3) {
            set_day(out, small_number(s, end + 1, to));
            out->end = to;
        }
        return true;
    }
    value = read_digits(text, 0, &end, &is_version);
    read_units(s, &out->end, &value, &kind);
    set_value(out, value, kind);
    return true;
}
