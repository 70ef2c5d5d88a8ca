/*
 * One date as it stands somewhere: read, checked for sense, offered.
 */
#include "extract/page_finding.h"

#include "base/arena.h"
#include "extract/page_why.h"

/* Seconds or milliseconds since 1970, as scripts and some metas have it. */
static bool read_epoch(struct str s, struct when *out)
{
    int64_t n;

    if ((s.n != 10 && s.n != 13) || !str_to_i64(s, &n))
        return false;
    if (s.n == 13)
        n /= 1000;
    if (n < 500000000 || n > 4000000000)
        return false;
    *out = (struct when){.unix_seconds = n,
                         .zone_minutes = ZONE_UNKNOWN,
                         .precision = WHEN_SECOND};
    return true;
}

bool date_read(struct finding *f, struct str s, struct when *out)
{
    size_t at, n;

    s = str_trim_wide(s);
    if (s.n < 6 || s.n > 200)
        return false;
    if (read_epoch(s, out)) {
        if (f->hints.has_zone_minutes)
            out->zone_minutes = f->hints.zone_minutes;
        else if (f->hints.zone != NULL)
            out->zone_minutes = zone_at(f->hints.zone, out->unix_seconds);
        return true;
    }
    if (when_parse(s, &f->hints, out) || when_find(s, &f->hints, out, &at, &n))
        return true;
    /* "2022-01-10T22:06:08:684Z": what can be read of it. */
    return s.n > 19 && (when_parse(str_slice(s, 0, 19), &f->hints, out) ||
                        when_parse(str_slice(s, 0, 10), &f->hints, out));
}

struct when date_read_quietly(struct finding *f, struct str s)
{
    struct when w = {.precision = WHEN_NONE};

    if (s.n > 0)
        (void)!date_read(f, s, &w);
    return w;
}

/* The date of another century, or of tomorrow, is no publication date. */
static bool is_sane(const struct finding *f, struct when w)
{
    if (w.unix_seconds < -2208988800) /* 1900 */
        return false;
    return f->hints.now == 0 || w.unix_seconds <= f->hints.now + 86400 * 2;
}

/* For --why. */
static void tell(struct finding *f, struct when w, float sure)
{
    char text[WHEN_CHARS];

    if (f->ctx->why == NULL)
        return;
    when_rfc3339(w, text);
    why_value(f->ctx, WHY_DATE, arena_str(f->ctx->a, str_from_c(text)), f->from,
              (double)sure);
}

bool date_is_settled(const struct finding *f)
{
    return when_known(f->published) && f->ctx->why == NULL;
}

bool date_offer(struct finding *f, struct when w, bool is_update, float sure)
{
    if (!is_sane(f, w))
        return false;
    if (is_update) {
        if (!when_known(f->updated))
            f->updated = w;
        return false;
    }
    tell(f, w, sure);
    if (when_known(f->published))
        return false;
    f->published = w;
    f->found = f->place;
    return true;
}

void date_offer_text(struct finding *f, struct str s, bool is_update,
                     float sure)
{
    struct when w;

    if (s.n > 0 && date_read(f, s, &w))
        date_offer(f, w, is_update, sure);
}

int64_t date_day(int64_t local_seconds)
{
    return local_seconds >= 0 ? local_seconds / 86400
                              : (local_seconds - 86399) / 86400;
}

bool date_same_day(struct when a, struct when b)
{
    int64_t x = a.unix_seconds, y = b.unix_seconds;

    x += a.zone_minutes == ZONE_UNKNOWN ? 0 : a.zone_minutes * 60;
    y += b.zone_minutes == ZONE_UNKNOWN ? 0 : b.zone_minutes * 60;
    return date_day(x) == date_day(y);
}

void date_compare_day(struct when chosen, struct when said, bool *same,
                      bool *other)
{
    if (!when_known(said))
        return;
    if (date_same_day(chosen, said) || chosen.unix_seconds == said.unix_seconds)
        *same = true;
    else
        *other = true;
}
