/*
 * The two forms that nearly all feeds write, to the letter: 2024-11-14T08:30:00Z
 * (or +08:00) and "Thu, 14 Nov 2024 08:30:00 GMT" (or +0800).  The grammar reads
 * them alike, at some fifty tokens each.  Years that another calendar may count
 * (when_read.c), and whatever else needs a second look, are left to it.
 */
#include "text/when_read.h"

#define YEAR_FIRST 1900
#define YEAR_LAST  2100

/* Whether S is like FORM, in which 0 stands for a digit, + for a sign, and all else
 * for itself. */
static bool is_like(struct str s, struct str form)
{
    if (s.n != form.n)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];

        if (form.p[i] == '0'   ? !is_digit(c)
            : form.p[i] == '+' ? c != '+' && c != '-'
                               : c != form.p[i])
            return false;
    }
    return true;
}

static int two_digits(const char *p)
{
    return (p[0] - '0') * 10 + p[1] - '0';
}

static int four_digits(const char *p)
{
    return two_digits(p) * 100 + two_digits(p + 2);
}

/* The place from 1 of the name of three letters at P in NAMES, or 0. */
static int name_at(const char *p, const char *names)
{
    for (int i = 0; names[3 * i] != '\0'; i++)
        if (memcmp(p, names + 3 * i, 3) == 0)
            return i + 1;
    return 0;
}

/* hh:mm:ss at P. */
static void take_time(struct written *w, const char *p)
{
    w->hour = two_digits(p);
    w->minute = two_digits(p + 3);
    w->second = two_digits(p + 6);
    w->precision = WHEN_SECOND;
    w->has_zone = true;
}

/* The offset whose sign is at P, and its minutes at MINUTES; false if there is none
 * such. */
static bool take_offset(struct written *w, const char *p, const char *minutes)
{
    int hours = two_digits(p + 1), rest = two_digits(minutes);

    w->zone_minutes = (hours * 60 + rest) * (*p == '-' ? -1 : 1);
    return hours <= 23 && rest <= 59;
}

static bool is_usual(const struct written *w)
{
    return w->year >= YEAR_FIRST && w->year <= YEAR_LAST &&
           civil_is_valid(w->year, w->month, w->day) && w->hour <= 23 &&
           w->minute <= 59 && w->second <= 59;
}

static bool read_iso(struct str s, struct written *w)
{
    const char *p = s.p;
    bool is_utc = is_like(s, STR("0000-00-00T00:00:00Z"));

    if (!is_utc && (!is_like(s, STR("0000-00-00T00:00:00+00:00")) ||
                    !take_offset(w, p + 19, p + 23)))
        return false;
    w->year = four_digits(p);
    w->month = two_digits(p + 5);
    w->day = two_digits(p + 8);
    take_time(w, p + 11);
    return true;
}

static bool read_mail(struct str s, struct written *w)
{
    const char *p = s.p;
    struct str rest = str_from(s, 11);

    if (s.n < 11 || name_at(p, "MonTueWedThuFriSatSun") == 0 ||
        !is_like(str_slice(s, 3, 8), STR(", 00 ")))
        return false;
    if (!is_like(rest, STR(" 0000 00:00:00 GMT")) &&
        (!is_like(rest, STR(" 0000 00:00:00 +0000")) ||
         !take_offset(w, rest.p + 15, rest.p + 18)))
        return false;
    w->year = four_digits(rest.p + 1);
    w->month = name_at(p + 8, "JanFebMarAprMayJunJulAugSepOctNovDec");
    w->day = two_digits(p + 5);
    take_time(w, rest.p + 6);
    return true;
}

bool read_plain(struct str s, struct written *w)
{
    struct written got = {0};

    if (!read_iso(s, &got) && !read_mail(s, &got))
        return false;
    if (!is_usual(&got))
        return false;
    *w = got;
    return true;
}
