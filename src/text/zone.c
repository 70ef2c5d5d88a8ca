/*
 * Time zones from the bytes of a TZif file (RFC 8536).  A file holds a block
 * for 32-bit clocks and, from version 2 on, a second block with 64-bit moments
 * and a footer with a POSIX TZ rule for all moments after the last one.  We
 * read the second block when there is one.  Every count in the header is
 * compared with what is there before anything is read, and every index with
 * its table, so that no file can make us read beyond it.
 *
 * A zone is kept as moments (when an offset begins to hold), the offset that
 * holds before the first of them, and the rule.
 */
#include "text/when.h"

#include <string.h>

#include "base/arena.h"

/* More changes than any real zone has; larger files are refused. */
#define CHANGES_MAX 4096
#define TYPES_MAX   256

struct change {
    int64_t at; /* UTC */
    int32_t seconds_east;
};

/* When, within a year, the clocks are changed (RFC 8536 3.3.1, POSIX TZ). */
struct turn {
    enum { TURN_WEEKDAY, TURN_JULIAN, TURN_DAY } kind;
    int month, week, day; /* Mm.w.d; or the day of the year in day */
    int seconds;          /* local time of day, may be negative */
};

struct rule {
    bool is_set, has_summer;
    int32_t winter_east, summer_east; /* seconds */
    struct turn begin, end;           /* of summer time */
};

struct zone {
    struct change *changes;
    size_t n;
    int32_t first_east;
    struct rule rule;
};

struct header {
    int version;
    size_t utc_flags, std_flags, leaps, changes, types, letters;
};

/* ---- the footer ---- */

/* [+-]hh[:mm[:ss]]; hours up to 167 (RFC 8536 3.3.1). */
static bool read_clock(struct str s, size_t *i, int *seconds)
{
    int part[3] = {0, 0, 0}, sign = 1;

    if (*i < s.n && (s.p[*i] == '+' || s.p[*i] == '-'))
        sign = s.p[(*i)++] == '-' ? -1 : 1;
    for (int k = 0; k < 3; k++) {
        int digits = 0;

        for (; *i < s.n && is_digit(s.p[*i]) && digits < 3; digits++)
            part[k] = part[k] * 10 + (s.p[(*i)++] - '0');
        if (digits == 0 || part[k] > (k == 0 ? 167 : 59))
            return false;
        if (k == 2 || *i >= s.n || s.p[*i] != ':')
            break;
        (*i)++;
    }
    *seconds = sign * (part[0] * 3600 + part[1] * 60 + part[2]);
    return true;
}

static bool skip_name(struct str s, size_t *i)
{
    size_t from = *i;

    if (*i < s.n && s.p[*i] == '<') {
        while (*i < s.n && s.p[*i] != '>')
            (*i)++;
        return (*i)++ < s.n;
    }
    while (*i < s.n && is_alpha(s.p[*i]))
        (*i)++;
    return *i - from >= 3;
}

static bool read_small(struct str s, size_t *i, int low, int high, int *out)
{
    int v = 0, digits = 0;

    for (; *i < s.n && is_digit(s.p[*i]) && digits < 3; digits++)
        v = v * 10 + (s.p[(*i)++] - '0');
    if (digits == 0 || v < low || v > high)
        return false;
    *out = v;
    return true;
}

static bool take(struct str s, size_t *i, char c)
{
    if (*i >= s.n || s.p[*i] != c)
        return false;
    (*i)++;
    return true;
}

/* Mm.w.d, Jn or n, each with an optional /time. */
static bool read_turn(struct str s, size_t *i, struct turn *t)
{
    bool ok;

    if (take(s, i, 'M')) {
        t->kind = TURN_WEEKDAY;
        ok = read_small(s, i, 1, 12, &t->month) && take(s, i, '.') &&
             read_small(s, i, 1, 5, &t->week) && take(s, i, '.') &&
             read_small(s, i, 0, 6, &t->day);
    } else if (take(s, i, 'J')) {
        t->kind = TURN_JULIAN;
        ok = read_small(s, i, 1, 365, &t->day);
    } else {
        t->kind = TURN_DAY;
        ok = read_small(s, i, 0, 365, &t->day);
    }
    t->seconds = 2 * 3600;
    if (ok && take(s, i, '/'))
        ok = read_clock(s, i, &t->seconds);
    return ok;
}

static void read_footer(struct str s, struct rule *out)
{
    struct rule r = {0};
    size_t i = 0;
    int west;

    if (!skip_name(s, &i) || !read_clock(s, &i, &west))
        return;
    r.winter_east = -west;
    r.is_set = true;
    if (i < s.n) {
        if (!skip_name(s, &i))
            return;
        r.summer_east = r.winter_east + 3600;
        if (i < s.n && s.p[i] != ',') {
            if (!read_clock(s, &i, &west))
                return;
            r.summer_east = -west;
        }
        if (!take(s, &i, ',') || !read_turn(s, &i, &r.begin) ||
            !take(s, &i, ',') || !read_turn(s, &i, &r.end) || i != s.n)
            return;
        r.has_summer = true;
    }
    *out = r;
}

/* ---- the blocks ---- */

static uint32_t be32(const char *p)
{
    const unsigned char *u = (const unsigned char *)p;

    return (uint32_t)u[0] << 24 | (uint32_t)u[1] << 16 | (uint32_t)u[2] << 8 |
           u[3];
}

static int64_t be64(const char *p)
{
    return (int64_t)((uint64_t)be32(p) << 32 | be32(p + 4));
}

static bool read_header(struct str s, struct header *h)
{
    if (s.n < 44 || memcmp(s.p, "TZif", 4) != 0)
        return false;
    h->version = s.p[4] == '\0' ? 1 : s.p[4] - '0';
    h->utc_flags = be32(s.p + 20);
    h->std_flags = be32(s.p + 24);
    h->leaps = be32(s.p + 28);
    h->changes = be32(s.p + 32);
    h->types = be32(s.p + 36);
    h->letters = be32(s.p + 40);
    return h->version >= 1 && h->changes <= CHANGES_MAX && h->types >= 1 &&
           h->types <= TYPES_MAX && h->letters <= 4096 && h->leaps <= 4096 &&
           h->utc_flags <= TYPES_MAX && h->std_flags <= TYPES_MAX;
}

static size_t block_bytes(const struct header *h, size_t moment)
{
    return h->changes * (moment + 1) + h->types * 6 + h->letters +
           h->leaps * (moment + 4) + h->std_flags + h->utc_flags;
}

static bool read_block(struct arena *a, struct str s, const struct header *h,
                       size_t moment, struct zone *z)
{
    const char *moments = s.p, *indexes = s.p + h->changes * moment;
    const char *types = indexes + h->changes;

    z->first_east = (int32_t)be32(types);
    z->changes = arena_array(a, h->changes + 1, sizeof *z->changes);
    for (size_t i = 0; i < h->changes; i++) {
        size_t type = (unsigned char)indexes[i];
        struct change *c = &z->changes[i];

        if (type >= h->types)
            return false;
        c->at = moment == 8 ? be64(moments + i * 8)
                            : (int32_t)be32(moments + i * 4);
        c->seconds_east = (int32_t)be32(types + type * 6);
        if (c->seconds_east < -90000 || c->seconds_east > 93600 ||
            (i > 0 && c->at <= c[-1].at))
            return false;
    }
    z->n = h->changes;
    return z->first_east >= -90000 && z->first_east <= 93600;
}

struct zone *zone_parse(struct arena *a, struct str tzif)
{
    struct zone *z = arena_make(a, struct zone);
    struct header h;
    size_t bytes, end;

    if (!read_header(tzif, &h))
        return NULL;
    bytes = block_bytes(&h, 4);
    if (bytes > tzif.n - 44)
        return NULL;
    if (h.version < 2)
        return read_block(a, str_from(tzif, 44), &h, 4, z) ? z : NULL;

    tzif = str_from(tzif, 44 + bytes);
    if (!read_header(tzif, &h))
        return NULL;
    bytes = block_bytes(&h, 8);
    if (bytes > tzif.n - 44 || !read_block(a, str_from(tzif, 44), &h, 8, z))
        return NULL;
    tzif = str_from(tzif, 44 + bytes);
    end = str_find_char(tzif, '\n', 1);
    if (tzif.n > 1 && tzif.p[0] == '\n' && end != STR_NOT_FOUND)
        read_footer(str_slice(tzif, 1, end), &z->rule);
    return z;
}

struct zone *zone_from_rule(struct arena *a, struct str s)
{
    struct zone *z = arena_make(a, struct zone);

    read_footer(s, &z->rule);
    return z->rule.is_set ? z : NULL;
}

/* ---- asking ---- */

/* Local seconds (as if UTC) of a turn in YEAR. */
static int64_t turn_at(const struct turn *t, int year)
{
    int64_t day;

    if (t->kind == TURN_WEEKDAY) {
        /* d counts from Sunday; week 5 is the last one. */
        int first = (civil_weekday(year, t->month, 1) + 1) % 7;
        int date = 1 + (t->day - first + 7) % 7 + (t->week - 1) * 7;

        while (!civil_is_valid(year, t->month, date))
            date -= 7;
        return civil_seconds(year, t->month, date, 0, 0, 0) + t->seconds;
    }
    day = t->day;
    if (t->kind == TURN_JULIAN) {
        /* 29 February is never counted: J60 is 1 March in every year. */
        day -= 1;
        if (day >= 59 && civil_is_valid(year, 2, 29))
            day++;
    }
    return civil_seconds(year, 1, 1, 0, 0, 0) + day * 86400 + t->seconds;
}

static int32_t rule_at(const struct rule *r, int64_t utc)
{
    int year, month, day, hour, minute, second;
    int64_t begin, end;

    if (!r->has_summer)
        return r->winter_east;
    civil_from_seconds(utc + r->winter_east, &year, &month, &day, &hour,
                       &minute, &second);
    begin = turn_at(&r->begin, year) - r->winter_east;
    end = turn_at(&r->end, year) - r->summer_east;
    /* South of the equator summer spans the new year. */
    if (begin < end)
        return utc >= begin && utc < end ? r->summer_east : r->winter_east;
    return utc >= begin || utc < end ? r->summer_east : r->winter_east;
}

static int32_t seconds_east(const struct zone *z, int64_t utc)
{
    size_t low = 0, high = z->n;

    if (z->n == 0 || utc < z->changes[0].at)
        return z->n == 0 && z->rule.is_set ? rule_at(&z->rule, utc)
                                           : z->first_east;
    if (utc >= z->changes[z->n - 1].at && z->rule.is_set)
        return rule_at(&z->rule, utc);
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (z->changes[middle].at <= utc)
            low = middle;
        else
            high = middle;
    }
    return z->changes[low].seconds_east;
}

static int16_t to_minutes(int32_t seconds)
{
    /* Local mean times have seconds; the nearest minute is what is written. */
    return (int16_t)((seconds + (seconds >= 0 ? 30 : -30)) / 60);
}

/* Moments within the years 2 to 9998, so that neither the sums below nor the
 * turns of a year leave the calendar. */
static int64_t clamp(int64_t seconds)
{
    const int64_t low = -62104060800, high = 253370764799;

    return seconds < low ? low : seconds > high ? high : seconds;
}

int16_t zone_at(const struct zone *z, int64_t unix_seconds)
{
    return to_minutes(seconds_east(z, clamp(unix_seconds)));
}

int16_t zone_at_local(const struct zone *z, int64_t local_seconds)
{
    int64_t local = clamp(local_seconds);
    /* The offset a day before and a day after are the two candidates.  In the
     * hour that occurs twice the earlier reading wins; in the hour that is
     * skipped the clock not yet put forward does. */
    int32_t before = seconds_east(z, clamp(local - 86400));
    int32_t after = seconds_east(z, clamp(local + 86400));

    if (seconds_east(z, local - before) == before)
        return to_minutes(before);
    if (seconds_east(z, local - after) == after)
        return to_minutes(after);
    return to_minutes(before);
}

bool zone_offset(struct str s, int16_t *minutes)
{
    int hours, rest = 0, sign;

    if (str_eq_nocase(s, STR("z"))) {
        *minutes = 0;
        return true;
    }
    if (s.n < 3 || (s.p[0] != '+' && s.p[0] != '-') || !is_digit(s.p[1]) ||
        !is_digit(s.p[2]))
        return false;
    sign = s.p[0] == '-' ? -1 : 1;
    hours = (s.p[1] - '0') * 10 + (s.p[2] - '0');
    s = str_from(s, 3);
    if (s.n == 3 && s.p[0] == ':')
        s = str_from(s, 1);
    if (s.n == 2 && is_digit(s.p[0]) && is_digit(s.p[1]))
        rest = (s.p[0] - '0') * 10 + (s.p[1] - '0');
    else if (s.n != 0)
        return false;
    if (hours > 23 || rest > 59)
        return false;
    *minutes = (int16_t)(sign * (hours * 60 + rest));
    return true;
}
