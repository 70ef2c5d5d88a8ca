#ifndef MILL_SCHEDULE_H
#define MILL_SCHEDULE_H
/*
 * When a source is asked next.  Pure: facts and a moment in, a moment out; all
 * times are seconds, moments Unix seconds (UTC).  What the source says of itself
 * comes first (RSS ttl, sy:updatePeriod; then the Cache-Control or Expires of
 * its answer, RFC 9111 section 5), else what its entries show, within the
 * owner's bounds.  A spread of an eighth keeps a thousand sources from coming due
 * together, and is drawn anew each time: else those that a timer asks at once stay
 * together for ever.  It lies around the period, so that each source of a day is
 * asked daily on average, and bounds are passed by a sixteenth; but a period that
 * the source states is not undercut, unless it is longer than the owner's longest.
 */
#include "base/str.h"

struct schedule_bounds {
    int64_t min, max; /* the owner's min_interval and max_interval */
    uint64_t salt;    /* differs by mill: two that ask at the same second do not
                       * do so again */
};

/* Why a source is asked when it is; names for the store and `list sources`. */
enum schedule_why {
    SCHEDULE_DEFAULT, /* nothing is known: an hour */
    SCHEDULE_FEED,    /* ttl or sy: */
    SCHEDULE_SERVER,  /* Cache-Control or Expires */
    SCHEDULE_ENDED,   /* the feed says that no more will come (JSON Feed) */
    SCHEDULE_HISTORY, /* half the usual gap between its entries */
    SCHEDULE_BACKOFF, /* it failed */
    SCHEDULE_ASKED,   /* the server wants to be left alone until then */
    SCHEDULE_GONE     /* 410: never again by itself */
};
struct str schedule_why_name(enum schedule_why why);
/* SCHEDULE_DEFAULT for a name that is none of them. */
enum schedule_why schedule_why_by_name(struct str name);

/* What is known of a source's habits, kept between runs. */
struct schedule {
    int64_t period; /* 0: not known yet */
    enum schedule_why why;
    uint32_t skip_hours; /* bit h: not in hour h GMT (RSS skipHours) */
    uint8_t skip_days;   /* bit 0 Monday (RSS skipDays) */
};

/* What an answer that brought a document shows. */
struct schedule_facts {
    bool has_ended;  /* no more will come */
    int64_t stated;  /* the longer of ttl and sy:updatePeriod; 0 none */
    int64_t max_age; /* of the answer, -1 unknown */
    uint32_t skip_hours;
    uint8_t skip_days;
    int64_t *dates; /* of its entries, in any order; sorted by the call */
    size_t n_dates;
};

/* A document was read NOW. */
struct schedule schedule_read(const struct schedule_facts *facts, int64_t now);
/* The answer, fresh for MAX_AGE (-1 unknown), was what we have already: a period
 * that was only guessed grows by a quarter, until something new sets it anew. */
void schedule_unchanged(struct schedule *s, int64_t max_age);
/* The moment after NOW at which URL is planned. */
int64_t schedule_next(const struct schedule *s, struct schedule_bounds bounds,
                      struct str url, int64_t now);
/* The same of a URL that was asked for the first time: half a period sooner it may
 * be, where that is guessed and the owner's shortest is kept; for those that the owner
 * adds together are asked together once, and are not to stay so. */
int64_t schedule_second(const struct schedule *s, struct schedule_bounds bounds,
                        struct str url, int64_t now);
/* What usually lies between two runs, in seconds, of N that started at STARTS, the
 * newest first; 0: not known.  STARTS is overwritten. */
int64_t schedule_gap(int64_t *starts, size_t n);
/* The latest time that TELL of N runs, which began at STARTS, agree has come, or all
 * of them where there are fewer; 0 without any. */
int64_t schedule_latest(const int64_t *starts, size_t n, size_t tell);
/* NOW as far as these runs bear it out: from schedule_latest on, each run that began
 * at most STEP after what is believed already is believed too, and so is NOW. */
int64_t schedule_believed(const int64_t *starts, size_t n, size_t tell,
                          int64_t step, int64_t now);
/*
 * Whether a source that was asked at LAST and planned by schedule_next for NEXT is
 * due at NOW.  Of the runs around that moment the nearer one asks: the next comes
 * GAP seconds from now (0: not known).  Else half of all that have the period of
 * the timer would wait for the run behind theirs.  At most an eighth of the period
 * is taken off so; of what the source states only what clocks are out.
 */
bool schedule_is_due(const struct schedule *s, struct schedule_bounds bounds,
                     int64_t last, int64_t next, int64_t gap, int64_t now);
/* The moment after NOW, at the FAILURES-th failure in a row (from 1): a quarter of an
 * hour, doubled each time, at most bounds.max, with a jitter of a quarter that
 * differs by URL and by try. */
int64_t schedule_retry(int failures, struct schedule_bounds bounds,
                       struct str url, int64_t now);

/* "Never": the last second of year 9999. */
#define SCHEDULE_NEVER 253402300799LL
#endif
