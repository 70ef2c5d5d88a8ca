#include "mill/schedule.h"

#include <stdlib.h>

#include "base/hash.h"

#define MINUTE       ((int64_t)60)
#define HOUR         (60 * MINUTE)
#define DAY          (24 * HOUR)
#define ENDED_PERIOD (365 * DAY)
/* The newest gaps count: a blog that woke up is not held to its sleep. */
#define GAPS_MAX 10
/* So many dates say something of a habit. */
#define DATES_MIN 3

static const struct str names[] = {
    [SCHEDULE_DEFAULT] = STR_INIT("default"),
    [SCHEDULE_FEED] = STR_INIT("feed"),
    [SCHEDULE_SERVER] = STR_INIT("server"),
    [SCHEDULE_ENDED] = STR_INIT("ended"),
    [SCHEDULE_HISTORY] = STR_INIT("history"),
    [SCHEDULE_BACKOFF] = STR_INIT("backoff"),
    [SCHEDULE_ASKED] = STR_INIT("asked"),
    [SCHEDULE_GONE] = STR_INIT("gone"),
};

struct str schedule_why_name(enum schedule_why why)
{
    return names[why];
}

enum schedule_why schedule_why_by_name(struct str name)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_eq(names[i], name))
            return (enum schedule_why)i;
    return SCHEDULE_DEFAULT;
}

static int newest_first(const void *x, const void *y)
{
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;

    return (a < b) - (a > b);
}

static int shortest_first(const void *x, const void *y)
{
    return -newest_first(x, y);
}

/* Half the median gap between its newest entries, so that on average an entry
 * waits for a quarter of one; of a source that has been silent for much longer,
 * a tenth of the silence.  0 when too few dates are known. */
static int64_t period_of_history(int64_t *dates, size_t n, int64_t now)
{
    int64_t gaps[GAPS_MAX], half, silence;
    size_t n_gaps = 0;

    if (n < DATES_MIN)
        return 0;
    qsort(dates, n, sizeof *dates, newest_first);
    for (size_t i = 0; i + 1 < n && n_gaps < GAPS_MAX; i++)
        gaps[n_gaps++] = dates[i] - dates[i + 1];
    qsort(gaps, n_gaps, sizeof gaps[0], shortest_first);
    half = gaps[n_gaps / 2] / 2;
    silence = now > dates[0] ? (now - dates[0]) / 10 : 0;
    half = half > silence ? half : silence;
    return half > 0 ? half : 1;
}

struct schedule schedule_read(const struct schedule_facts *facts, int64_t now)
{
    struct schedule s = {.period = HOUR,
                         .skip_hours = facts->skip_hours,
                         .skip_days = facts->skip_days};
    int64_t of_history = period_of_history(facts->dates, facts->n_dates, now);

    if (of_history > 0) {
        s.period = of_history;
        s.why = SCHEDULE_HISTORY;
    }
    if (facts->stated > 0) {
        s.period = facts->stated;
        s.why = SCHEDULE_FEED;
    }
    /* An answer that is fresh for longer would be the same answer. */
    if (facts->max_age > s.period ||
        (facts->max_age > 0 && s.why == SCHEDULE_DEFAULT)) {
        s.period = facts->max_age;
        s.why = SCHEDULE_SERVER;
    }
    /* It may have been said by mistake, so not never: as seldom as the owner
     * asks any. */
    if (facts->has_ended) {
        s.period = ENDED_PERIOD;
        s.why = SCHEDULE_ENDED;
    }
    return s;
}

void schedule_unchanged(struct schedule *s, int64_t max_age)
{
    bool is_guessed = s->why == SCHEDULE_DEFAULT || s->why == SCHEDULE_HISTORY;

    if (is_guessed && s->period < 365 * DAY)
        s->period += s->period / 4;
    /* A 304 brings the freshness anew (RFC 9111, 4.3.4). */
    if (max_age > s->period) {
        s->period = max_age;
        s->why = SCHEDULE_SERVER;
    }
}

static int64_t clamp(int64_t v, struct schedule_bounds bounds)
{
    if (v < bounds.min)
        v = bounds.min;
    return v > bounds.max ? bounds.max : v;
}

static bool is_skipped(const struct schedule *s, int64_t t)
{
    int64_t day = t / DAY, hour = t % DAY / HOUR;

    /* 1970-01-01 was a Thursday. */
    return (s->skip_hours >> hour & 1) != 0 ||
           (s->skip_days >> ((day + 3) % 7) & 1) != 0;
}

/* The first hour from T that the source does not want to be left alone in, LATER
 * seconds into it, less than an hour: many sources skip the same ones.  A source that
 * names them all has not meant it. */
static int64_t after_skipped(const struct schedule *s, int64_t t, int64_t later)
{
    int64_t from = t;

    for (int i = 0; i < 7 * 24 && is_skipped(s, from); i++)
        from = (from / HOUR + 1) * HOUR;
    if (from == t || is_skipped(s, from))
        return t;
    return from + later;
}

/* A number that differs by URL, by ROUND and by SALT. */
static uint64_t lot(struct str url, int64_t round, uint64_t salt)
{
    return (hash64(url) + salt + (uint64_t)round * 0x9E3779B97F4A7C15u) >> 16;
}

static bool is_stated(const struct schedule *s)
{
    return s->why == SCHEDULE_FEED || s->why == SCHEDULE_SERVER;
}

/* What the source itself states is not undercut, but where the owner wants it
 * asked sooner anyway, or later. */
static bool may_come_sooner(const struct schedule *s,
                            struct schedule_bounds bounds)
{
    return !is_stated(s) || s->period > bounds.max;
}

static int64_t at_most(int64_t v, int64_t most)
{
    return v < most ? v : most;
}

/* From a sixteenth of the period before its end to a sixteenth behind it, the first
 * time from its half, if the owner's shortest allows; of one that is not undercut, in
 * the eighth behind it. */
static int64_t plan(const struct schedule *s, struct schedule_bounds bounds,
                    struct str url, int64_t now, bool is_first)
{
    int64_t period = clamp(s->period > 0 ? s->period : HOUR, bounds);
    int64_t head = at_most(period / 2, period - bounds.min);
    int64_t spread = period / 8, due = now + period, late = 0;

    if (spread > 0)
        late = (int64_t)(lot(url, now, bounds.salt) % (uint64_t)spread);
    if (!may_come_sooner(s, bounds))
        due += late;
    else if (is_first && !is_stated(s) && head > spread)
        due += spread / 2 - head * late / spread;
    else
        due += late - spread / 2;
    return after_skipped(s, due, at_most(late, HOUR - 1));
}

int64_t schedule_next(const struct schedule *s, struct schedule_bounds bounds,
                      struct str url, int64_t now)
{
    return plan(s, bounds, url, now, false);
}

int64_t schedule_second(const struct schedule *s, struct schedule_bounds bounds,
                        struct str url, int64_t now)
{
    return plan(s, bounds, url, now, true);
}

int64_t schedule_gap(int64_t *starts, size_t n)
{
    size_t n_gaps = n > 0 ? n - 1 : 0;

    for (size_t i = 0; i < n_gaps; i++)
        starts[i] -= starts[i + 1];
    if (n_gaps == 0)
        return 0;
    qsort(starts, n_gaps, sizeof *starts, shortest_first);
    return starts[n_gaps / 2] > 0 ? starts[n_gaps / 2] : 0;
}

int64_t schedule_latest(const int64_t *starts, size_t n, size_t tell)
{
    int64_t latest = 0;

    for (size_t i = 0; i < n; i++) {
        size_t later = 0;

        for (size_t k = 0; k < n; k++)
            later += starts[k] >= starts[i];
        if (starts[i] > latest && later >= (tell < n ? tell : n))
            latest = starts[i];
    }
    return latest;
}

int64_t schedule_believed(const int64_t *starts, size_t n, size_t tell,
                          int64_t step, int64_t now)
{
    int64_t believed = schedule_latest(starts, n, tell), before;

    do {
        before = believed;
        for (size_t i = 0; i < n; i++)
            if (starts[i] > believed && starts[i] - believed <= step)
                believed = starts[i];
    } while (believed > before);
    return now - believed <= step ? now : believed;
}

bool schedule_is_due(const struct schedule *s, struct schedule_bounds bounds,
                     int64_t last, int64_t next, int64_t gap, int64_t now)
{
    int64_t period = clamp(s->period > 0 ? s->period : HOUR, bounds);
    int64_t from = next - at_most(gap / 2, period / 8);
    int64_t stated = last + s->period - at_most(s->period / 60, MINUTE);

    if (!may_come_sooner(s, bounds) && from < stated)
        from = stated;
    return now >= at_most(from, next) && (now >= next || !is_skipped(s, now));
}

int64_t schedule_retry(int failures, struct schedule_bounds bounds,
                       struct str url, int64_t now)
{
    int64_t wait = 15 * MINUTE;

    for (int i = 1; i < failures && wait < bounds.max; i++)
        wait *= 2;
    wait = clamp(wait, bounds);
    if (wait >= 4)
        wait +=
            (int64_t)(lot(url, failures, bounds.salt) % (uint64_t)(wait / 4));
    return now + wait;
}
