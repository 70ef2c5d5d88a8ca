/*
 * How dates are written.  The reader looks at the first tokens and tries the
 * forms that begin so, each from the same place:
 *
 *     20241114T083000  2024-11-14  2024年11月14日  2024. november 14.
 *     14.11.2024  11/14/2024  14 Nov 2024  14 de noviembre de 2024
 *     Nov 14, 2024  Nov 14 08:30:00 CST 2024  令和6年11月14日
 *
 * and after the date a time, after the time a zone; both may be absent.  A form
 * only collects numbers; whether that day exists is checked in when.c, where an
 * impossible date is refused and not mended.  When the string is known to be a
 * date (loose) two-digit years, missing days and compact forms count too; in
 * running text they would find dates in telephone numbers.
 */
#include "text/when_read.h"

#define PERSIAN_MONTH  100 /* added to the number of such a month */
#define BUDDHIST_YEARS 543

/* "تشرين الثاني": two months of the Syrian calendar share a name and are told
 * apart by the word behind it. */
static bool take_twin_month(struct reader *r, const struct token *name,
                            int *month)
{
    struct reader at = *r;
    struct token which;
    int first, behind;

    at.i = name->end;
    which = peek(&at);
    if (!token_is(name, WORD_TWIN_MONTH, &first) ||
        !token_is(&which, WORD_TWIN, &behind))
        return false;
    *month = (first - 1 + behind) % 12 + 1;
    r->i = which.end;
    return true;
}

static bool take_month(struct reader *r, int *month)
{
    struct token t = peek(r);

    if (take_twin_month(r, &t, month))
        return true;
    if (!token_month(&t, r->hints->lang, month) &&
        !token_is(&t, WORD_MONTH_NAME, month))
        return false;
    r->i = t.end;
    return true;
}

/* The hyphen of -0001, the year that programs write for no date at all. */
static bool is_sign(const struct reader *r, const struct token *t)
{
    struct token next;

    when_token(r->s, t->end, &next);
    return token_mark(t, '-') && t->gap && next.kind == TOKEN_NUMBER &&
           !next.gap;
}

/* Points, commas, hyphens and small words between day, month and year. */
static void skip_between(struct reader *r)
{
    for (int i = 0; i < 3; i++) {
        struct token t = peek(r);

        if (is_sign(r, &t))
            break;
        if (t.kind == TOKEN_MARK ? t.c == '.' || t.c == ',' || t.c == '-' ||
                                       t.c == '/' || t.c == '\''
                                 : token_is(&t, WORD_FILL, NULL))
            r->i = t.end;
        else
            break;
    }
}

/* Days up to the year of the Solar Hijri calendar, with eight leap years in 33:
 * right from 1178 to 1633 (1799 to 2254). */
static int64_t persian_days(int64_t year)
{
    year += 1595;
    return 365 * year + year / 33 * 8 + (year % 33 + 3) / 4;
}

/* 1 Farvardin 1403 was 20 March 2024.  Months have 31 days six times, then 30,
 * the last 29 or 30. */
static void set_persian_day(struct written *w, int64_t year, int64_t month,
                            int64_t day)
{
    int64_t leap = persian_days(year + 1) - persian_days(year) - 365;
    int64_t length = month <= 6 ? 31 : month < 12 ? 30 : 29 + leap;
    int64_t before = month <= 6 ? (month - 1) * 31 : 186 + (month - 7) * 30;
    int hour, minute, second;

    w->precision = WHEN_DAY;
    w->month = 0; /* no day, unless it is one */
    if (year < 1178 || year > 1633 || month < 1 || month > 12 || day < 1 ||
        day > length)
        return;
    civil_from_seconds(
        civil_seconds(2024, 3, 20, 0, 0, 0) +
            (persian_days(year) - persian_days(1403) + before + day - 1) *
                86400,
        &w->year, &w->month, &w->day, &hour, &minute, &second);
}

static void set_day(struct written *w, int64_t year, int64_t month, int64_t day)
{
    if (month > PERSIAN_MONTH) {
        set_persian_day(w, year, month - PERSIAN_MONTH, day);
        return;
    }
    w->year = (int)year;
    w->month = (int)month;
    w->day = (int)day;
    w->precision = WHEN_DAY;
}

static int64_t century(int64_t two_digits)
{
    return two_digits < 69 ? two_digits + 2000 : two_digits + 1900;
}

/* Two digits as POSIX reads them; three count from 1900 (RFC 2822, 4.3). */
static int64_t full_year(const struct reader *r, const struct token *t)
{
    bool is_thai = t->thai || str_starts_nocase(r->hints->lang, STR("th"));

    /* The Buddhist era. */
    if (t->thai && t->digits == 2)
        return 2500 - BUDDHIST_YEARS + t->value;
    if (is_thai && t->value > 2400 && t->value < 2700)
        return t->value - BUDDHIST_YEARS;
    if (t->digits == 2)
        return century(t->value);
    if (t->digits == 3)
        return t->value + 1900;
    return t->value;
}

static bool take_year(struct reader *r, struct token *t)
{
    struct reader at = *r;

    if (!take_number(&at, 4, t))
        return false;
    if (t->digits != 4 && (!r->loose || t->digits < 2))
        return false;
    r->i = at.i;
    return true;
}

static bool ordinal_day(struct written *w, int64_t year, int64_t day)
{
    int64_t seconds;
    int y, month, date, hour, minute, second;

    if (year < 1 || year > 9999 || day < 1 || day > 366)
        return false;
    seconds = civil_seconds((int)year, 1, 1, 0, 0, 0) + (day - 1) * 86400;
    civil_from_seconds(seconds, &y, &month, &date, &hour, &minute, &second);
    if (y != year)
        return false;
    set_day(w, year, month, date);
    return true;
}

/* Seconds or milliseconds since 1970: 10 or 13 digits. */
static bool read_epoch(const struct token *n, struct written *w)
{
    int64_t v = n->digits == 13 ? n->value / 1000 : n->value;
    int year, month, day;

    if ((n->digits != 10 && n->digits != 13) || v < 1000000000)
        return false;
    civil_from_seconds(v, &year, &month, &day, &w->hour, &w->minute,
                       &w->second);
    set_day(w, year, month, day);
    w->precision = WHEN_SECOND;
    w->has_zone = true;
    return true;
}

/* YYYYMMDDhhmm and YYYYMMDDhhmmss. */
static bool read_compact_time(const struct token *n, struct written *w)
{
    int64_t v = n->value;

    if (n->digits == 14) {
        w->second = (int)(v % 100);
        v /= 100;
    }
    w->minute = (int)(v % 100);
    w->hour = (int)(v / 100 % 100);
    v /= 10000;
    set_day(w, v / 10000, v / 100 % 100, v % 100);
    w->precision = n->digits == 14 ? WHEN_SECOND : WHEN_MINUTE;
    return w->hour <= 24 && w->minute <= 59 && w->second <= 60;
}

/* In running text eight digits are a date only with a time after them. */
static bool time_follows(const struct reader *r, size_t i)
{
    struct reader at = *r;
    struct written time = {0};

    at.i = i;
    skip_to_time(&at, &time);
    return (at.i > i || peek(&at).gap) && read_time(&at, &time);
}

/* Digits without marks: YYYYMMDD, YYYYMMDDhhmm(ss), YYMMDD, YYYYDDD, YYDDD, and
 * moments of Unix. */
static bool read_compact(struct reader *r, const struct token *n,
                         struct written *w)
{
    int64_t v = n->value;
    bool ok = r->loose || (n->digits == 8 && time_follows(r, n->end));

    if (!ok)
        return false;
    if (n->digits == 14 || n->digits == 12)
        ok = read_compact_time(n, w);
    else if (n->digits == 8)
        set_day(w, v / 10000, v / 100 % 100, v % 100);
    else if (n->digits == 7)
        ok = ordinal_day(w, v / 1000, v % 1000);
    else if (n->digits == 6)
        set_day(w, century(v / 10000), v / 100 % 100, v % 100);
    else if (n->digits == 5)
        ok = ordinal_day(w, century(v / 1000), v % 1000);
    else
        ok = read_epoch(n, w);
    if (ok)
        r->i = n->end;
    return ok;
}

/* The day of a date; when the blank before the time is lost (2019-06-1508:18)
 * its first two digits, and the reader stands before the hour. */
static bool take_day(struct reader *r, struct token *t)
{
    struct reader at = *r;

    if (!take_number(&at, 4, t))
        return false;
    if (t->digits > 2) {
        struct token colon = peek(&at);

        if (t->digits != 4 || !token_mark(&colon, ':') || colon.gap ||
            t->at + 4 != t->end)
            return false;
        t->value /= 100;
        at.i = t->at + 2;
    }
    r->i = at.i;
    return true;
}

/* After a year with its mark: 11月14日, november 14., 14. novembris. */
static bool month_and_day(struct reader *r, int64_t year, struct written *w)
{
    struct token m, d;
    int month, mark = 0;

    (void)take_mark(r, '.');
    (void)take_word(r, WORD_YEAR, NULL);
    (void)take_word(r, WORD_FILL, NULL);
    if (take_month(r, &month)) {
        skip_between(r);
        if (!take_day(r, &d))
            return false;
        (void)take_mark(r, '.');
        (void)take_word(r, WORD_DAY_MARK, NULL);
        set_day(w, year, month, d.value);
        return true;
    }
    if (!take_number(r, 2, &m))
        return false;
    if (take_word(r, WORD_MONTH_MARK, &mark)) {
        w->is_cjk = true;
        w->is_korean = mark == 10;
        if (!take_day(r, &d))
            return false;
        (void)take_word(r, WORD_DAY_MARK, NULL);
        set_day(w, year, m.value, d.value);
        return true;
    }
    (void)take_mark(r, '.');
    if (!take_month(r, &month))
        return false;
    set_day(w, year, month, m.value);
    return true;
}

/* 令和6年11月14日, 民國113年. */
static bool read_era(struct reader *r, struct written *w)
{
    struct reader at = *r;
    struct token n;
    int plus;

    if (!take_word(&at, WORD_ERA, &plus) || !take_number(&at, 3, &n) ||
        !take_word(&at, WORD_YEAR, NULL) ||
        !month_and_day(&at, n.value + plus, w))
        return false;
    r->i = at.i;
    return true;
}

/* AM or PM in the rest of a string that is a date. */
static bool has_meridiem(const struct reader *r, size_t i)
{
    struct token t;

    for (; r->loose && i < r->s.n; i = t.end) {
        when_token(r->s, i, &t);
        if (t.kind == TOKEN_WORD && token_is(&t, WORD_MERIDIEM, NULL))
            return true;
    }
    return false;
}

/* What the site's other dates say, else the language's habit; without either,
 * who writes AM and PM writes the month first. */
static enum when_order habitual_order(const struct reader *r, bool *assumed)
{
    struct str lang = r->hints->lang;

    *assumed = false;
    if (r->hints->order == ORDER_DMY || r->hints->order == ORDER_MDY)
        return r->hints->order;
    if (str_eq_nocase(lang, STR("en-us")) || str_eq_nocase(lang, STR("fil")))
        return ORDER_MDY;
    *assumed = lang.n == 0 || str_eq_nocase(lang, STR("en"));
    return str_eq_nocase(lang, STR("en")) ||
                   (lang.n == 0 && has_meridiem(r, r->i))
               ? ORDER_MDY
               : ORDER_DMY;
}

static bool day_month_year(struct reader *r, uint32_t sep, int64_t a, int64_t b,
                           const struct token *c, struct written *w)
{
    /* 06.05.13: points say that the day comes first, but not to all who write
     * English. */
    bool assumed = sep == '.' && str_starts_nocase(r->hints->lang, STR("en"));
    enum when_order order =
        sep == '/' || sep == '-' ? habitual_order(r, &assumed) : ORDER_DMY;

    if (c->digits == 2 && sep == '-' && r->loose && b <= 12 && c->value <= 31 &&
        order != ORDER_MDY) {
        /* 03-12-31: ISO 8601 without the century. */
        set_day(w, century(a), b, c->value);
        return true;
    }
    if (a > 12 || b > 12) {
        order = a > 12 ? ORDER_DMY : ORDER_MDY;
        assumed = false;
    }
    w->order_assumed = assumed && a != b;
    if (order == ORDER_MDY)
        set_day(w, full_year(r, c), a, b);
    else
        set_day(w, full_year(r, c), b, a);
    return true;
}

/* Two-digit years in running text: where the place promises a date, else only
 * with points, in a language that dates so, and with all three parts of two
 * digits. */
static bool short_year_is_likely(const struct reader *r, uint32_t sep,
                                 const struct token *a, const struct token *b)
{
    static const char dotted[][3] = {"de", "ru", "uk", "pl", "cs", "sk", "fi",
                                     "no", "nb", "da", "tr", "hu", "bg", "ro"};

    if (r->loose)
        return true;
    if (r->hints->short_years)
        return sep == '.' || sep == '/';
    if (sep != '.' || a->digits != 2 || b->digits != 2)
        return false;
    for (size_t i = 0; i < sizeof dotted / sizeof dotted[0]; i++)
        if (str_starts_nocase(r->hints->lang, str_from_c(dotted[i])))
            return true;
    return false;
}

/* 1403/08/24 in Persian is a day of the Solar Hijri calendar: what to add to its
 * month. */
static int64_t calendar(const struct reader *r, const struct token *year)
{
    return str_starts_nocase(r->hints->lang, STR("fa")) && year->digits == 4 &&
                   year->value >= 1300 && year->value < 1500
               ? PERSIAN_MONTH
               : 0;
}

/* 2024-11-14, 2024-Nov-14, 14.11.2024, 14-Nov-2024, 11/14/2024. */
static bool read_separated(struct reader *r, const struct token *a,
                           struct written *w)
{
    struct reader at = *r;
    struct token sep, b, c, second;
    int month;

    at.i = a->end;
    sep = peek(&at);
    at.i = sep.end;
    if (a->digits == 4 && take_month(&at, &month)) {
        skip_between(&at);
        if (!take_day(&at, &c))
            return false;
        set_day(w, full_year(r, a), month, c.value);
        r->i = at.i;
        return true;
    }
    if (!take_number(&at, 3, &b))
        return false;
    second = peek(&at);
    if (a->digits == 4 && (second.kind != TOKEN_MARK || second.c != sep.c)) {
        /* A year and a month, or a year and the number of a day. */
        if (!r->loose)
            return false;
        r->i = at.i;
        if (b.digits == 3)
            return ordinal_day(w, a->value, b.value);
        set_day(w, full_year(r, a), b.value, 1);
        return true;
    }
    if (second.kind != TOKEN_MARK || second.c != sep.c)
        return false;
    at.i = second.end;
    if (a->digits == 4) {
        if (!take_day(&at, &c))
            return false;
        set_day(w, full_year(r, a), b.value + calendar(r, a), c.value);
    } else {
        if (a->digits > 2 || b.digits > 2 || !take_number(&at, 4, &c) ||
            c.digits == 3 || c.digits < 2 ||
            (c.digits == 2 && !short_year_is_likely(r, sep.c, a, &b)) ||
            !day_month_year(r, sep.c, a->value, b.value, &c, w))
            return false;
    }
    r->i = at.i;
    return true;
}

/* 14 November 2024, 14th of November, 2024, 1er mars 2024, 14-Nov-24. */
static bool read_day_first(struct reader *r, const struct token *day,
                           struct written *w)
{
    struct reader at = *r;
    struct token t, year;
    bool thai;
    int month;

    at.i = day->end;
    t = peek(&at);
    if (!t.gap && t.kind == TOKEN_WORD && token_is(&t, WORD_ORDINAL, NULL))
        at.i = t.end;
    skip_between(&at);
    thai = peek(&at).thai;
    if (!take_month(&at, &month))
        return false;
    skip_between(&at);
    if (!take_year(&at, &year) && !(thai && take_number(&at, 2, &year)))
        return false;
    year.thai = year.thai || thai;
    t = peek(&at);
    if (year.digits == 2 && token_mark(&t, ':') && !t.gap)
        return false; /* 14 November 10:30 */
    set_day(w, full_year(r, &year), month, day->value);
    r->i = at.i;
    return true;
}

/* asctime puts the time before the year: Nov 14 08:30:00 CST 2024. */
static bool read_year_last(struct reader *r, struct reader at, int month,
                           int day, struct written *w)
{
    struct written got = *w;
    enum when_precision precision;
    struct token year;

    if (!read_time(&at, &got) || !take_number(&at, 4, &year) ||
        year.digits != 4)
        return false;
    precision = got.precision;
    set_day(&got, year.value, month, day);
    got.precision = precision;
    *w = got;
    r->i = at.i;
    return true;
}

/* November 14, 2024; Nov 14 Thu 2024. */
static bool read_month_first(struct reader *r, struct written *w)
{
    struct reader at = *r, before_time;
    struct token day, year, t;
    int month;

    if (!take_month(&at, &month))
        return false;
    skip_between(&at);
    if (!take_number(&at, 2, &day))
        return false;
    t = peek(&at);
    if (!t.gap && t.kind == TOKEN_WORD && token_is(&t, WORD_ORDINAL, NULL))
        at.i = t.end;
    before_time = at;
    (void)skip_weekday(&at);
    skip_between(&at);
    if (take_year(&at, &year)) {
        t = peek(&at);
        if (year.digits == 4 || !token_mark(&t, ':')) {
            set_day(w, full_year(r, &year), month, day.value);
            r->i = at.i;
            return true;
        }
    }
    return read_year_last(r, before_time, month, (int)day.value, w);
}

/* 2024 11/14 08:30:00: the year in a line or element of its own, and a time
 * behind the day, without which the figures may mean anything. */
static bool read_day_below_year(struct reader *r, int64_t year,
                                struct written *w)
{
    struct reader at = *r;
    struct token m, d;

    if (!take_number(&at, 2, &m) || m.digits != 2 || !m.gap ||
        !(take_mark(&at, '/') || take_mark(&at, '-')) ||
        !take_number(&at, 2, &d) || d.digits != 2 || !time_follows(&at, at.i))
        return false;
    set_day(w, year, m.value, d.value);
    r->i = at.i;
    return true;
}

static bool read_date(struct reader *r, struct written *w)
{
    struct token first = peek(r), next;
    struct reader at;
    int mark;

    if (first.kind == TOKEN_WORD)
        return read_month_first(r, w);
    if (first.kind == TOKEN_CJK)
        return read_era(r, w);
    if (first.kind != TOKEN_NUMBER || first.value < 0)
        return false;
    when_token(r->s, first.end, &next);
    if (first.digits > 4)
        return read_compact(r, &first, w);
    if (first.digits == 4 && token_is(&next, WORD_YEAR, &mark)) {
        at = *r;
        at.i = next.end;
        if (!month_and_day(&at, full_year(r, &first), w))
            return false;
        w->is_korean = w->is_korean || mark == 10;
        r->i = at.i;
        return true;
    }
    if (next.kind == TOKEN_MARK &&
        (next.c == '-' || next.c == '/' || next.c == '.') &&
        read_separated(r, &first, w))
        return true;
    if (first.digits <= 2 && !first.numerals)
        return read_day_first(r, &first, w);
    if (first.digits != 4)
        return false;
    at = *r;
    at.i = first.end;
    if (month_and_day(&at, full_year(r, &first), w) ||
        (at.i = first.end, read_day_below_year(&at, full_year(r, &first), w))) {
        r->i = at.i;
        return true;
    }
    if (r->loose && next.kind == TOKEN_END) {
        set_day(w, full_year(r, &first), 1, 1);
        r->i = first.end;
        return true;
    }
    return false;
}

bool read_date_time(struct reader *r, struct written *w)
{
    struct written got = {0}, timed;
    struct reader at = *r;

    if (!read_date(&at, &got))
        return false;
    if (got.precision == WHEN_DAY) {
        struct reader time = at;

        timed = got;
        skip_to_time(&time, &timed);
        if (read_time(&time, &timed)) {
            got = timed;
            at = time;
        } else {
            (void)(r->loose && read_zone(&at, &got));
        }
    } else if (!got.has_zone) {
        (void)read_zone(&at, &got);
    }
    *w = got;
    r->i = at.i;
    return true;
}

bool read_time_date(struct reader *r, struct written *w)
{
    struct written got = {0}, day = {0};
    struct reader at = *r;

    if (!read_time(&at, &got))
        return false;
    skip_to_time(&at, &got);
    if (!read_date(&at, &day) || day.precision != WHEN_DAY)
        return false;
    got.year = day.year;
    got.month = day.month;
    got.day = day.day;
    got.order_assumed = day.order_assumed;
    got.is_cjk = day.is_cjk;
    got.is_korean |= day.is_korean;
    *w = got;
    r->i = at.i;
    return true;
}
