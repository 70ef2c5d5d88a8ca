#ifndef TEXT_WHEN_READ_H
#define TEXT_WHEN_READ_H
/* The grammar of dates and times.  Private to the when_*.c files. */
#include "text/when.h"

/* A date as written, before it is checked and turned into a moment. */
struct written {
    int year, month, day, hour, minute, second;
    enum when_precision precision;
    bool has_zone, zone_is_us; /* ET and the like: summer is to be found out */
    int zone_minutes;
    bool order_assumed;
    bool is_korean; /* written in Korean: one country, one zone */
    bool is_cjk;    /* with 年 and 月 */
};

struct reader {
    struct str s;
    size_t i; /* next byte */
    const struct when_hints *hints;
    bool loose; /* the string is known to be a date: when_parse */
};

/* A date, and the time and zone after it, at the reader's place.  On failure
 * the place is unchanged. */
bool read_date_time(struct reader *r, struct written *w);
/* The same with the time before the date: "10:30, 14 November 2024". */
bool read_time_date(struct reader *r, struct written *w);
/* A time of day with its zone. */
bool read_time(struct reader *r, struct written *w);
bool read_zone(struct reader *r, struct written *w);
/* Passes what may stand between a date and its time. */
void skip_to_time(struct reader *r, struct written *w);
#endif
