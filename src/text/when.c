/*
 * From what is written to a moment.  when_parse is given a string that is a
 * date and passes over what else stands in it (the weekday, comments);
 * when_find walks through running text and tries the grammar of when_read.c
 * wherever a date can begin: at a number that is not part of a longer one, at a
 * word followed by a number, at 二〇二四年 and at era names.  Every attempt
 * looks at a few tokens only, and a number is tried once, so the walk is linear.
 */
#include "text/when.h"

#include "base/utf8.h"
#include "text/when_lex.h"
#include "text/when_read.h"

/* Years that articles on the web have, for dates found in running text. */
#define YEAR_FIRST 1900
#define YEAR_LAST  2100

/* Clocks in the United States: forward on the second Sunday of March, back on
 * the first of November; before 2007 first of April, last of October. */
static bool is_us_summer(const struct written *w)
{
    bool old = w->year < 2007;
    int first = old ? 4 : 3, last = old ? 10 : 11;
    int sunday, nth = old ? 1 : 2;

    if (w->month != first && w->month != last)
        return w->month > first && w->month < last;
    sunday = 1 + (6 - civil_weekday(w->year, w->month, 1));
    if (w->month == first)
        sunday += (nth - 1) * 7;
    else if (old)
        while (sunday + 7 <= 31)
            sunday += 7;
    if (w->day != sunday)
        return (w->day > sunday) == (w->month == first);
    return (w->hour >= 2) == (w->month == first);
}

/* The offset of a date that names none, from the hints; else from the script:
 * one country writes Korean marks; and 年月日 is Chinese or Japanese time when
 * the language is known. */
static int assumed_zone(const struct written *w, const struct when_hints *h,
                        int64_t local)
{
    if (h->zone != NULL)
        return zone_at_local(h->zone, local);
    if (h->has_zone_minutes)
        return h->zone_minutes;
    if (w->is_korean || (w->is_cjk && str_starts_nocase(h->lang, STR("ja"))))
        return 540;
    if (w->is_cjk && str_starts_nocase(h->lang, STR("zh")))
        return 480;
    return 0;
}

/* False when there is no such day or time. */
static bool to_moment(const struct written *w, const struct when_hints *h,
                      struct when *out)
{
    int64_t local;
    int zone = w->zone_minutes;

    if (!civil_is_valid(w->year, w->month, w->day))
        return false;
    if (w->hour == 24 && (w->minute != 0 || w->second != 0))
        return false;
    local =
        civil_seconds(w->year, w->month, w->day, w->hour, w->minute, w->second);
    if (!w->has_zone)
        zone = assumed_zone(w, h, local);
    else if (w->zone_is_us && is_us_summer(w))
        zone += 60;
    *out = (struct when){.unix_seconds = local - zone * 60,
                         .zone_minutes = (int16_t)zone,
                         .precision = (uint8_t)w->precision,
                         .zone_assumed = !w->has_zone,
                         .order_assumed = w->order_assumed};
    return true;
}

/* ---- relative forms ---- */

static int local_zone(const struct when_hints *h, int64_t utc)
{
    if (h->zone != NULL)
        return zone_at(h->zone, utc);
    return h->has_zone_minutes ? h->zone_minutes : 0;
}

static struct when moment_before(const struct when_hints *h, int64_t seconds,
                                 enum when_precision precision)
{
    int64_t at = h->now - seconds;
    int zone = local_zone(h, at);

    if (precision == WHEN_DAY) {
        int64_t local = at + zone * 60;

        local -= ((local % 86400) + 86400) % 86400;
        at = local - zone * 60;
    } else {
        at -= ((at % 60) + 60) % 60;
    }
    return (struct when){.unix_seconds = at,
                         .zone_minutes = (int16_t)zone,
                         .precision = (uint8_t)precision,
                         .zone_assumed = true};
}

/* 3小时前, 3 hours ago, vor 2 Stunden, il y a une heure, час назад, منذ يومين. */
static bool read_span(struct reader *r, struct when *out)
{
    struct reader at = *r;
    struct token t, unit;
    int more = 0, seconds;
    bool before;
    int64_t count;

    when_token(at.s, at.i, &t);
    before = token_is(&t, WORD_BEFORE, &more);
    for (; before && more >= 0; more--) {
        at.i = t.end;
        when_token(at.s, at.i, &t);
        if (more > 0 && t.kind != TOKEN_WORD)
            return false;
    }
    if (token_is(&t, WORD_SPAN, &seconds)) {
        count = 1;
        at.i = t.end;
    } else {
        if (t.kind == TOKEN_NUMBER && t.value >= 0 && t.value < 1000)
            count = t.value;
        else if (token_is(&t, WORD_ONE, NULL))
            count = 1;
        else
            return false;
        when_token(at.s, t.end, &unit);
        if (token_mark(&unit, '\'')) /* un'ora fa */
            when_token(at.s, unit.end, &unit);
        if (!token_is(&unit, WORD_UNIT, &seconds))
            return false;
        at.i = unit.end;
    }
    if (!before) {
        when_token(at.s, at.i, &t);
        if (!token_is(&t, WORD_AGO, NULL))
            return false;
        at.i = t.end;
    }
    *out = moment_before(r->hints, count * seconds,
                         seconds >= 86400 ? WHEN_DAY : WHEN_MINUTE);
    r->i = at.i;
    return true;
}

static bool token_says(const struct token *t, struct str word)
{
    return str_eq(str_of(t->folded, t->folded_n), word);
}

/* Moves the end of "aujourd" behind "aujourd'hui"; false if it is another word. */
static bool skip_hui(struct str s, struct token *t)
{
    struct token mark, hui;

    when_token(s, t->end, &mark);
    when_token(s, mark.end, &hui);
    t->end = hui.end;
    return token_mark(&mark, '\'') && token_says(&hui, STR("hui"));
}

/* A day named from today is a date only with a time after it or with nothing:
 * in prose these are ordinary words (and German "hier" is here). */
static bool read_near_day(struct reader *r, struct when *out)
{
    struct reader at = *r;
    struct written w = {0};
    struct token t, next;
    struct when day;
    int back, hour, minute, second;

    when_token(at.s, at.i, &t);
    if (token_is(&t, WORD_NOW, NULL)) {
        *out = moment_before(r->hints, 0, WHEN_MINUTE);
        r->i = t.end;
        return true;
    }
    if (!token_is(&t, WORD_DAYS_BACK, &back) ||
        (token_says(&t, STR("hier")) &&
         !str_starts_nocase(r->hints->lang, STR("fr"))))
        return false;
    if (token_says(&t, STR("aujourd")) && !skip_hui(at.s, &t))
        return false;
    day = moment_before(r->hints, (int64_t)back * 86400, WHEN_DAY);
    at.i = t.end;
    when_token(at.s, at.i, &next);
    skip_to_time(&at, &w);
    if (read_time(&at, &w)) {
        enum when_precision precision = w.precision;

        civil_from_seconds(day.unix_seconds + day.zone_minutes * 60, &w.year,
                           &w.month, &w.day, &hour, &minute, &second);
        w.precision = precision;
        r->i = at.i;
        return to_moment(&w, r->hints, out);
    }
    if (next.kind != TOKEN_END && !token_mark(&next, '|') &&
        !token_mark(&next, 0xB7) && !token_mark(&next, ')'))
        return false;
    *out = day;
    r->i = t.end;
    return true;
}

static bool read_relative(struct reader *r, struct when *out)
{
    return r->hints->now != 0 && (read_span(r, out) || read_near_day(r, out));
}

/* ---- a string that is a date ---- */

/* What may stand after a complete date.  After a time, anything that is set
 * off: names of cities, comments, a zone nobody knows. */
static bool is_tail(struct str s, size_t i, enum when_precision precision)
{
    struct token t;

    when_token(s, i, &t);
    for (int k = 0; k < 4; k++) {
        if (t.kind == TOKEN_END)
            return true;
        if (precision >= WHEN_MINUTE && (t.gap || token_mark(&t, '[')))
            return true;
        if (!token_weekday(&t) && !token_is(&t, WORD_YEAR, NULL) &&
            !token_mark(&t, '.') && !token_mark(&t, ',') &&
            !token_mark(&t, ')') && !token_mark(&t, ';'))
            return false;
        when_token(s, t.end, &t);
    }
    return false;
}

/* -03-12 and -0312, a month of ISO 8601 without its century; what else begins
 * with a hyphen and a digit is a year before the first. */
static bool parse_signed(struct str s, const struct when_hints *h,
                         struct when *out)
{
    struct written w = {.precision = WHEN_DAY, .day = 1};
    struct token year, sep, month;

    when_token(s, 1, &year);
    w.month = (int)(year.value % 100);
    w.year = (int)(year.value / 100);
    if (year.digits == 2) {
        when_token(s, year.end, &sep);
        when_token(s, sep.end, &month);
        if (!token_mark(&sep, '-') || month.digits != 2 || month.end != s.n)
            return false;
        w.month = (int)month.value;
        w.year = (int)year.value;
    } else if (year.digits != 4 || year.end != s.n) {
        return false;
    }
    w.year += w.year < 69 ? 2000 : 1900;
    return to_moment(&w, h, out);
}

static bool parse_once(struct str s, const struct when_hints *h,
                       struct when *out)
{
    struct reader r = {.s = s, .hints = h, .loose = true};
    struct written w;
    struct when got;

    if (s.n > 1 && s.p[0] == '-' && is_digit(s.p[1]))
        return parse_signed(s, h, out);

    for (int i = 0; i < 5; i++) {
        struct token t;
        struct reader at = r;

        if (read_date_time(&at, &w) || read_time_date(&at, &w)) {
            if (!is_tail(s, at.i, w.precision) || !to_moment(&w, h, &got))
                return false;
            *out = got;
            return true;
        }
        if (read_relative(&at, &got) && is_tail(s, at.i, WHEN_DAY)) {
            *out = got;
            return true;
        }
        when_token(s, r.i, &t);
        if (t.kind == TOKEN_END || t.kind == TOKEN_NUMBER)
            break;
        r.i = t.end;
    }
    return false;
}

/* S without its comments, RFC 822 3.4.3; false if it has none. */
static bool without_comments(struct str s, char *to, size_t *n)
{
    int depth = 0;
    bool found = false;

    *n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '(') {
            depth++;
            found = true;
        } else if (s.p[i] == ')' && depth > 0) {
            depth--;
        } else if (depth == 0) {
            to[(*n)++] = s.p[i];
        }
    }
    return found && depth == 0;
}

#define DATE_BYTES_MAX 200

bool when_parse(struct str s, const struct when_hints *hints, struct when *out)
{
    char bare[DATE_BYTES_MAX];
    struct written w;
    size_t n;

    s = str_trim_wide(s);
    if (s.n == 0 || s.n > DATE_BYTES_MAX)
        return false;
    if (read_plain(s, &w))
        return to_moment(&w, hints, out);
    if (parse_once(s, hints, out))
        return true;
    return without_comments(s, bare, &n) &&
           parse_once(str_trim(str_of(bare, n)), hints, out);
}

/* ---- a date in running text ---- */

static bool is_word_byte(char c)
{
    return is_alnum(c) || c == '_';
}

/* A number that is no part of a longer one, an address or a name. */
static bool may_begin(struct str s, size_t i)
{
    char c;

    if (i == 0)
        return true;
    c = s.p[i - 1];
    if (is_word_byte(c) || c == '/' || c == '=' || c == '%' || c == '#' ||
        c == '+' || c == '$')
        return false;
    return (c != '.' && c != '-' && c != ',' && c != ':') || i == 1 ||
           !is_alnum(s.p[i - 2]) || (c == ':' && is_alpha(s.p[i - 2]));
}

static bool may_end(struct str s, size_t i)
{
    if (i >= s.n)
        return true;
    if (is_word_byte(s.p[i]) || s.p[i] == '%')
        return false;
    return (s.p[i] != '-' && s.p[i] != '/' && s.p[i] != ':' && s.p[i] != '.') ||
           i + 1 >= s.n || !is_digit(s.p[i + 1]);
}

/* 北京时间 right before the date. */
static bool clock_before(struct str s, size_t i, int *minutes)
{
    size_t from = i < 30 ? 0 : i - 30;

    while (from < i && ((unsigned char)s.p[from] & 0xC0) == 0x80)
        from++;
    while (from < i) {
        struct token t;

        when_token(str_slice(s, 0, i), from, &t);
        if (t.kind == TOKEN_END)
            return false;
        if (token_is(&t, WORD_CLOCK, minutes)) {
            struct token rest;

            when_token(str_slice(s, 0, i), t.end, &rest);
            if (rest.kind == TOKEN_END || token_mark(&rest, ':'))
                return true;
        }
        from = t.end;
    }
    return false;
}

static bool try_here(struct str s, size_t i, const struct when_hints *h,
                     struct when *out, size_t *end)
{
    struct reader r = {.s = s, .i = i, .hints = h};
    struct written w;
    int minutes;

    if (read_date_time(&r, &w) || read_time_date(&r, &w)) {
        if (w.year < YEAR_FIRST || w.year > YEAR_LAST || !may_end(s, r.i))
            return false;
        if (!w.has_zone && clock_before(s, i, &minutes)) {
            w.has_zone = true;
            w.zone_minutes = minutes;
        }
        *end = r.i;
        return to_moment(&w, h, out);
    }
    if (!read_relative(&r, out))
        return false;
    *end = r.i;
    return true;
}

/* What a date or time begins with that is no number, or a relative form. */
static bool may_begin_relative(const struct token *t)
{
    return token_is(t, WORD_BEFORE, NULL) || token_is(t, WORD_SPAN, NULL) ||
           token_is(t, WORD_ONE, NULL) || token_is(t, WORD_NOW, NULL) ||
           token_is(t, WORD_DAYS_BACK, NULL) ||
           token_is(t, WORD_MERIDIEM, NULL);
}

/* Behind byte AT and blanks stands a letter of the alphabet, so no number and no
 * mark. */
static bool letter_follows(struct str s, size_t at)
{
    while (at < s.n && s.p[at] == ' ')
        at++;
    return at < s.n && is_alpha(s.p[at]);
}

/* A word before a number may be a month; when relative forms count, any month
 * and their own words are looked at. */
static bool word_may_begin(struct str s, const struct token *t,
                           const struct when_hints *h)
{
    struct token next;
    int month;

    if (h->now != 0)
        return may_begin_relative(t) || token_month(t, h->lang, &month);
    if (letter_follows(s, t->end))
        return false;
    when_token(s, t->end, &next);
    if (token_mark(&next, '.') || token_mark(&next, '-') ||
        token_mark(&next, '/'))
        when_token(s, next.end, &next);
    return next.kind == TOKEN_NUMBER && next.digits <= 2 &&
           token_month(t, STR_NONE, &month);
}

static bool token_may_begin(struct str s, const struct token *t,
                            const struct when_hints *h)
{
    struct token next;

    switch (t->kind) {
    case TOKEN_NUMBER:
        if (!t->numerals)
            return may_begin(s, t->at);
        when_token(s, t->end, &next);
        return token_is(&next, WORD_YEAR, NULL) ||
               (h->now != 0 && token_is(&next, WORD_UNIT, NULL));
    case TOKEN_WORD:
        return may_begin(s, t->at) && word_may_begin(s, t, h);
    case TOKEN_CJK:
        return t->end - t->at > 3;
    default:
        return false;
    }
}

bool when_begins(struct str s, const struct when_hints *hints, struct when *out,
                 size_t *n)
{
    struct when got;
    struct token t;
    size_t end;

    when_token(s, 0, &t);
    if (t.at > 0 || !token_may_begin(s, &t, hints) ||
        !try_here(s, 0, hints, &got, &end))
        return false;
    *out = got;
    *n = end;
    return true;
}

bool when_find(struct str s, const struct when_hints *hints, struct when *out,
               size_t *at, size_t *n)
{
    size_t i = 0, end;
    struct when got;

    while (i < s.n) {
        struct token t;

        when_token(s, i, &t);
        if (t.kind == TOKEN_END && t.at >= s.n)
            break;
        if (token_may_begin(s, &t, hints) &&
            try_here(s, t.at, hints, &got, &end)) {
            *out = got;
            if (at != NULL)
                *at = t.at;
            if (n != NULL)
                *n = end - t.at;
            return true;
        }
        i = t.end;
    }
    return false;
}

bool when_is_weekday(struct str s)
{
    struct token t;

    when_token(s, 0, &t);
    return t.at == 0 && t.end == s.n && token_weekday(&t);
}
