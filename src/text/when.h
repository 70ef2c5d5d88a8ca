#ifndef TEXT_WHEN_H
#define TEXT_WHEN_H
/*
 * Dates as feeds and pages write them: RFC 822/2822 with its faults, RFC 3339,
 * W3C-DTF, asctime, Chinese, Japanese, Korean and other prose forms, relative
 * ones.  Nothing is completed from the clock unless the text is relative and
 * the time of fetching is known.  Years 1 to 9999, proleptic Gregorian.
 */
#include "base/str.h"

enum when_precision { WHEN_NONE, WHEN_DAY, WHEN_MINUTE, WHEN_SECOND };

#define ZONE_UNKNOWN INT16_MIN

/* A moment.  precision WHEN_NONE means: not known (all zero is not known). */
struct when {
    int64_t unix_seconds; /* UTC; of a day: its midnight in the zone */
    int16_t zone_minutes; /* east of UTC as written or assumed; ZONE_UNKNOWN */
    uint8_t precision;    /* enum when_precision */
    bool zone_assumed;    /* the text named no zone: the hint's or UTC */
    bool order_assumed;   /* 03/04/2024: nothing said day or month first */
};

static inline bool when_known(struct when w)
{
    return w.precision != WHEN_NONE;
}

enum when_order { ORDER_ANY, ORDER_DMY, ORDER_MDY, ORDER_YMD };

struct zone; /* parsed TZif (RFC 8536) */

struct when_hints {
    int64_t now;             /* time of fetching, Unix seconds; 0 unknown */
    const struct zone *zone; /* for dates that name none; NULL: next field */
    bool has_zone_minutes;
    int16_t zone_minutes; /* used when zone is NULL and the flag is set */
    struct str lang;      /* BCP 47, may be empty */
    enum when_order order;
    bool short_years; /* 8.5.24 is a date in running text too */
};

/* A whole string that is a date ("Tue, 3 Dec 2024 10:00:00 +0800").  False, and
 * *OUT untouched, when it cannot be read or is impossible (31 February). */
MUST_CHECK bool when_parse(struct str s, const struct when_hints *hints,
                           struct when *out);
/* The first date inside running text; *AT and *N (may be NULL) say which bytes
 * it takes.  Stricter than when_parse: needs a year, or a relative form with
 * hints->now. */
MUST_CHECK bool when_find(struct str s, const struct when_hints *hints,
                          struct when *out, size_t *at, size_t *n);
/* The same at the very beginning of S; *N bytes of it. */
MUST_CHECK bool when_begins(struct str s, const struct when_hints *hints,
                            struct when *out, size_t *n);

/* True if S is the name of a day of the week and nothing else. */
bool when_is_weekday(struct str s);

/* Seconds since 1970 of a civil date and time in UTC. */
int64_t civil_seconds(int year, int month, int day, int hour, int minute,
                      int second);
/* The reverse. */
void civil_from_seconds(int64_t unix_seconds, int *year, int *month, int *day,
                        int *hour, int *minute, int *second);

/* A day that exists, in the years 1 to 9999. */
bool civil_is_valid(int year, int month, int day);
/* 0 Monday to 6 Sunday. */
int civil_weekday(int year, int month, int day);

/* RFC 3339 in the moment's zone, "Z" if unknown or zero; a terminated string
 * of at most WHEN_CHARS bytes. */
#define WHEN_CHARS 32
void when_rfc3339(struct when w, char out[WHEN_CHARS]);
/* RFC 822 with a four-digit year, for RSS. */
void when_rfc822(struct when w, char out[WHEN_CHARS + 8]);

/* A zone in arena A from the bytes of a TZif file; NULL when they are none. */
struct arena;
struct zone *zone_parse(struct arena *a, struct str tzif);
/* A zone in arena A from a POSIX TZ rule ("CET-1CEST,M3.5.0,M10.5.0/3"); NULL
 * when S is none. */
struct zone *zone_from_rule(struct arena *a, struct str s);
/* "+08:00", "-0530", "Z": false for anything else. */
MUST_CHECK bool zone_offset(struct str s, int16_t *minutes);
/* Offset of the zone at a UTC moment, and at a local civil time. */
int16_t zone_at(const struct zone *z, int64_t unix_seconds);
int16_t zone_at_local(const struct zone *z, int64_t local_seconds);
#endif
