/*
 * The day that an address names: "/2019/05/17/a-title", "/c/2019-05/17/c_1.htm"; or
 * the month, "/2019/05/a-title".
 */
#include "extract/page_date.h"

#include "base/arena.h"
#include "extract/page_finding.h"

struct reading {
    struct arena *a;
    const struct when_hints *hints;
};

/* The number of COUNT digits at AT, or -1. */
static int64_t digits_at(struct str s, size_t at, size_t count)
{
    int64_t n;

    if (at + count > s.n || !str_to_i64(str_of(s.p + at, count), &n) ||
        !is_digit(s.p[at]))
        return -1;
    return n;
}

/* "/2019/may/17/", behind the year and its slash at AT. */
static bool read_named_day(const struct reading *r, struct str url,
                           int64_t year, size_t at, struct when *out)
{
    size_t from = at, day;

    while (at < url.n && is_alpha(url.p[at]))
        at++;
    day = at + 1;
    if (at - from < 3 || at >= url.n || url.p[at] != '/' || day >= url.n ||
        !is_digit(url.p[day]))
        return false;
    return when_parse(
        arena_printf(r->a, "%.*s %.*s %d",
                     day + 1 < url.n && is_digit(url.p[day + 1]) ? 2 : 1,
                     url.p + day, (int)(at - from), url.p + from, (int)year),
        r->hints, out);
}

static bool read_day(const struct reading *r, int64_t year, int64_t month,
                     int64_t day, struct when *out)
{
    return year >= 1990 && year <= 2100 && month >= 1 && month <= 12 &&
           day >= 1 && day <= 31 &&
           when_parse(arena_printf(r->a, "%04d-%02d-%02d", (int)year,
                                   (int)month, (int)day),
                      r->hints, out);
}

/* "/29-10-2021", "/10-29-2021": the year behind the others, of which one can
 * only be the day. */
static bool read_year_last(const struct reading *r, struct str url, size_t at,
                           struct when *out)
{
    int64_t one = digits_at(url, at, 2), two = digits_at(url, at + 3, 2);

    if (one < 1 || two < 1 || is_digit(url.p[at - 1]) ||
        (url.p[at + 2] != '-' && url.p[at + 2] != '.') ||
        url.p[at + 5] != url.p[at + 2] ||
        (at + 10 < url.n && is_digit(url.p[at + 10])) ||
        (one <= 12 && two <= 12))
        return false;
    return one > 12 ? read_day(r, digits_at(url, at + 6, 4), two, one, out)
                    : read_day(r, digits_at(url, at + 6, 4), one, two, out);
}

/* "/2019/05/17/", "/2019-05-17-", "/20190517/", "/2019/may/17/" at AT. */
static bool read_year_first(const struct reading *r, struct str url, size_t at,
                            struct when *out)
{
    int64_t year = digits_at(url, at, 4), month;
    char divider = url.p[at + 4];
    size_t digits = 2;

    if (year < 1990 || year > 2100 || is_digit(url.p[at - 1]))
        return false;
    at += 4;
    if (!is_digit(divider)) {
        if (str_find_char(STR("/-_"), divider, 0) == STR_NOT_FOUND)
            return false;
        at++;
        if (read_named_day(r, url, year, at, out))
            return true;
        /* "/2017/7/12/" */
        digits = at + 1 < url.n && is_digit(url.p[at + 1]) ? 2 : 1;
    }
    month = digits_at(url, at, digits);
    at += digits;
    if (!is_digit(divider)) {
        if (at >= url.n || url.p[at] != divider)
            return false;
        at++;
        digits = at + 1 < url.n && is_digit(url.p[at + 1]) ? 2 : 1;
    }
    return (at + digits >= url.n || !is_digit(url.p[at + digits])) &&
           read_day(r, year, month, digits_at(url, at, digits), out);
}

struct when when_of_address(struct arena *a, const struct when_hints *hints,
                            struct str url)
{
    struct reading r = {a, hints};
    struct when w = {.precision = WHEN_NONE};

    for (size_t i = 8; i + 8 < url.n; i++)
        if (read_year_first(&r, url, i, &w) ||
            (i + 10 <= url.n && read_year_last(&r, url, i, &w)))
            break;
    return w;
}

struct when date_of_address(const struct finding *f)
{
    return when_of_address(f->ctx->a, &f->hints, f->ctx->hints->url);
}

bool date_is_of_addressed_month(const struct finding *f, struct when w)
{
    struct str url = f->ctx->hints->url;
    int64_t zone = w.zone_minutes == ZONE_UNKNOWN ? 0 : w.zone_minutes * 60;
    int year, month, day, hour, minute, second;

    civil_from_seconds(w.unix_seconds + zone, &year, &month, &day, &hour,
                       &minute, &second);
    for (size_t i = 8; i + 8 < url.n; i++)
        if (url.p[i - 1] == '/' && url.p[i + 4] == '/' && url.p[i + 7] == '/' &&
            digits_at(url, i, 4) == year && digits_at(url, i + 5, 2) == month)
            return true;
    return false;
}
