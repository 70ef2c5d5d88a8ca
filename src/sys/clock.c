#include "sys/clock.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/str.h"
#include "sys/log.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool is_pinned;
static int64_t pinned;

/* The two or four digits at *S; false if they are none. */
static bool take_digits(struct str *s, size_t n, int *out)
{
    int v = 0;

    if (s->n < n)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!is_digit(s->p[i]))
            return false;
        v = v * 10 + (s->p[i] - '0');
    }
    *s = str_from(*s, n);
    *out = v;
    return true;
}

static bool take_char(struct str *s, char c)
{
    if (s->n == 0 || s->p[0] != c)
        return false;
    *s = str_from(*s, 1);
    return true;
}

/* Days since 1970 of a Gregorian date, counted in eras of 400 years that begin
 * on 1 March. */
static int64_t days_of(int year, int month, int day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = y / 400, in_era = y % 400;
    int64_t in_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

    return era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 + in_year -
           719468;
}

/* sys/ stands below text/, where dates of strangers are read; this is RFC 3339
 * as a person writes it into the environment. */
static bool read_moment(struct str s, int64_t *out)
{
    int year, month, day, hour, minute, second, zone_hour = 0, zone_minute = 0;
    int sign = 1;
    int64_t minutes;

    if (str_to_i64(s, out))
        return true;
    if (!take_digits(&s, 4, &year) || !take_char(&s, '-') ||
        !take_digits(&s, 2, &month) || !take_char(&s, '-') ||
        !take_digits(&s, 2, &day) ||
        !(take_char(&s, 'T') || take_char(&s, ' ')) ||
        !take_digits(&s, 2, &hour) || !take_char(&s, ':') ||
        !take_digits(&s, 2, &minute) || !take_char(&s, ':') ||
        !take_digits(&s, 2, &second))
        return false;
    if (!take_char(&s, 'Z')) {
        if (take_char(&s, '-'))
            sign = -1;
        else if (!take_char(&s, '+'))
            return false;
        if (!take_digits(&s, 2, &zone_hour) || !take_char(&s, ':') ||
            !take_digits(&s, 2, &zone_minute))
            return false;
    }
    if (s.n > 0 || year < 1 || month < 1 || month > 12 || day < 1 || day > 31 ||
        hour > 23 || minute > 59 || second > 60)
        return false;
    minutes = (int64_t)hour * 60 + minute -
              (int64_t)sign * (zone_hour * 60 + zone_minute);
    *out = days_of(year, month, day) * 86400 + minutes * 60 + second;
    return true;
}

static void read_environment(void)
{
    const char *value = getenv("FEEDMILL_NOW");

    if (value == NULL || *value == '\0')
        return;
    is_pinned = read_moment(str_from_c(value), &pinned);
    if (!is_pinned)
        log_line("FEEDMILL_NOW: not a time: %s", value);
}

int64_t clock_now(void)
{
    struct timespec t;

    pthread_once(&once, read_environment);
    if (is_pinned)
        return pinned;
    clock_gettime(CLOCK_REALTIME, &t);
    return t.tv_sec;
}

int64_t clock_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}
