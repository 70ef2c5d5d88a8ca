/*
 * The civil calendar: proleptic Gregorian, by Howard Hinnant's day counts
 * (years begin on 1 March, eras of 400 years), and the two forms in which
 * moments are written out.
 */
#include "text/when.h"

#include <stdio.h>

static int64_t days_from_civil(int64_t year, int month, int day)
{
    int64_t era, year_of_era, day_of_year;

    year -= month <= 2;
    era = (year >= 0 ? year : year - 399) / 400;
    year_of_era = year - era * 400;
    day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 -
           year_of_era / 100 + day_of_year - 719468;
}

int64_t civil_seconds(int year, int month, int day, int hour, int minute,
                      int second)
{
    return days_from_civil(year, month, day) * 86400 + hour * 3600 +
           minute * 60 + second;
}

void civil_from_seconds(int64_t unix_seconds, int *year, int *month, int *day,
                        int *hour, int *minute, int *second)
{
    int64_t days = unix_seconds / 86400, rest = unix_seconds % 86400;
    int64_t era, day_of_era, year_of_era, day_of_year, shifted;

    if (rest < 0) {
        rest += 86400;
        days--;
    }
    days += 719468;
    era = (days >= 0 ? days : days - 146096) / 146097;
    day_of_era = days - era * 146097;
    year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
                   day_of_era / 146096) /
                  365;
    day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    shifted = (5 * day_of_year + 2) / 153;
    *day = (int)(day_of_year - (153 * shifted + 2) / 5 + 1);
    *month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
    *year = (int)(year_of_era + era * 400 + (*month <= 2));
    *hour = (int)(rest / 3600);
    *minute = (int)(rest / 60 % 60);
    *second = (int)(rest % 60);
}

bool civil_is_valid(int year, int month, int day)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30,
                                         31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1)
        return false;
    return day <= days[month - 1] + (month == 2 && leap);
}

int civil_weekday(int year, int month, int day)
{
    /* 1 January 1970 was a Thursday. */
    int64_t days = days_from_civil(year, month, day) + 3;

    return (int)((days % 7 + 7) % 7);
}

/* The offset to write: ZONE_UNKNOWN is written as UTC. */
static int zone_written(struct when w)
{
    return w.zone_minutes == ZONE_UNKNOWN ? 0 : w.zone_minutes;
}

/* Two digits of V, which is below 100, and the character C behind them. */
static char *put_two(char *to, int v, char c)
{
    *to++ = (char)('0' + v / 10);
    *to++ = (char)('0' + v % 10);
    *to++ = c;
    return to;
}

/* By hand: every entry has dates, and printf takes longer than reading them. */
void when_rfc3339(struct when w, char out[WHEN_CHARS])
{
    int year, month, day, hour, minute, second, zone = zone_written(w);
    int away = zone < 0 ? -zone : zone;
    char *at = out;

    civil_from_seconds(w.unix_seconds + zone * 60, &year, &month, &day, &hour,
                       &minute, &second);
    *at++ = (char)('0' + year / 1000 % 10);
    *at++ = (char)('0' + year / 100 % 10);
    at = put_two(at, year % 100, '-');
    at = put_two(at, month, '-');
    at = put_two(at, day, 'T');
    at = put_two(at, hour, ':');
    at = put_two(at, minute, ':');
    if (zone == 0) {
        at = put_two(at, second, 'Z');
        *at = '\0';
        return;
    }
    at = put_two(at, second, zone < 0 ? '-' : '+');
    at = put_two(at, away / 60, ':');
    put_two(at, away % 60, '\0');
}

void when_rfc822(struct when w, char out[WHEN_CHARS + 8])
{
    static const char days[][4] = {"Mon", "Tue", "Wed", "Thu",
                                   "Fri", "Sat", "Sun"};
    static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int year, month, day, hour, minute, second, zone = zone_written(w);
    int away = zone < 0 ? -zone : zone;

    civil_from_seconds(w.unix_seconds + zone * 60, &year, &month, &day, &hour,
                       &minute, &second);
    snprintf(out, WHEN_CHARS + 8, "%s, %02d %s %04d %02d:%02d:%02d %c%02d%02d",
             days[civil_weekday(year, month, day)], day, months[month - 1],
             year, hour, minute, second, zone < 0 ? '-' : '+', away / 60,
             away % 60);
}
