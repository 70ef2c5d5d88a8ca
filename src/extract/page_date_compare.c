/*
 * What is declared set against what is shown: which of two days is the first
 * publication, which figure is the month, and in which zone a moment was.
 */
#include "extract/page_finding.h"

#define CLEARLY_EARLIER (36 * 3600)

/* The date the head of the article shows, whatever was declared; of its lines the
 * one of that day. */
static struct when visible_date(struct finding *f)
{
    struct when declared = f->published, seen;
    enum found_place found = f->found;

    f->published = (struct when){.precision = WHEN_NONE};
    date_ask_head_near(f, declared, NEED_DATE, 0);
    date_ask_head(f, NEED_DATE, 0);
    seen = f->published;
    f->published = declared;
    f->found = found;
    return seen;
}

struct when date_shown(struct finding *f)
{
    struct when declared = f->published, seen;
    enum found_place found = f->found;

    f->published = (struct when){.precision = WHEN_NONE};
    date_ask_head_near(f, date_of_address(f), NEED_ALONE, 0);
    date_ask_head(f, NEED_ALONE, 0);
    if (!when_known(f->published))
        date_ask_claims(f, BY_TIME, 0);
    seen = f->published;
    f->published = declared;
    f->found = found;
    return seen;
}

/* The same figures with day and month changed about, if that is a date. */
static struct when turned_about(struct when w)
{
    int year, month, day, hour, minute, second;
    int64_t zone = w.zone_minutes == ZONE_UNKNOWN ? 0 : w.zone_minutes * 60;

    civil_from_seconds(w.unix_seconds + zone, &year, &month, &day, &hour,
                       &minute, &second);
    if (day <= 12)
        w.unix_seconds =
            civil_seconds(year, day, month, hour, minute, second) - zone;
    w.order_assumed = false;
    return w;
}

/*
 * Many systems declare the day of the last change as that of publication.  A
 * clearly earlier date that the page shows is the first publication, unless the
 * address has the day that is declared: then it is that of a related article.  And
 * a date that can be read in two ways is read as the page or its address shows it.
 */
void date_compare_shown(struct finding *f, struct when shown)
{
    struct when declared = f->published;
    struct when seen = when_known(shown) ? shown : date_of_address(f);
    bool is_day =
        declared.precision == WHEN_DAY || declared.unix_seconds % 86400 == 0;

    if (declared.order_assumed && !date_is_of_addressed_month(f, declared) &&
        date_is_of_addressed_month(f, turned_about(declared))) {
        f->published = turned_about(declared);
        return;
    }
    if (!when_known(seen))
        return;
    if (seen.order_assumed && when_known(date_of_address(f)))
        seen = date_of_address(f);
    if (declared.order_assumed && !seen.order_assumed &&
        !date_same_day(declared, seen) &&
        date_same_day(turned_about(declared), seen)) {
        f->published = turned_about(declared);
        return;
    }
    if (seen.order_assumed && date_same_day(turned_about(seen), declared))
        return;
    if (seen.unix_seconds + (is_day ? 12 * 3600 : CLEARLY_EARLIER) <
            declared.unix_seconds &&
        !(when_known(date_of_address(f)) &&
          date_same_day(declared, date_of_address(f))))
        f->published = seen;
}

/* Elements that show a day hold its moment, with the zone as a rule. */
static bool sharpen_by_claim(struct finding *f, enum claim_kind kind)
{
    struct when w = date_claimed_moment(f, f->published, kind);

    if (when_known(w))
        f->published = w;
    return when_known(w);
}

void date_sharpen(struct finding *f, bool page_speaks)
{
    struct when day = f->published, seen = visible_date(f);

    if (page_speaks && sharpen_by_claim(f, CLAIM_DATE))
        return;
    if (when_known(seen) && seen.precision > WHEN_DAY &&
        seen.unix_seconds >= day.unix_seconds &&
        seen.unix_seconds < day.unix_seconds + 86400)
        f->published = seen;
    else if (page_speaks)
        (void)sharpen_by_claim(f, CLAIM_UPDATED);
}

/* Takes the offset with which an element of the page gives the same moment. */
static bool find_same_moment(struct finding *f)
{
    const struct page_meta *m = f->ctx->meta;

    for (size_t i = 0; i < m->claims.n; i++) {
        struct when w = {.precision = WHEN_NONE};
        struct str value;

        if (m->claims.at[i].kind != CLAIM_DATE)
            continue;
        value = node_attr(f->ctx->tree, m->claims.at[i].node, STR("datetime"));
        if (value.n <= CLAIM_MAX)
            w = date_read_quietly(f, value);
        if (when_known(w) && w.unix_seconds == f->published.unix_seconds &&
            w.zone_minutes != 0 && w.zone_minutes != ZONE_UNKNOWN &&
            !w.zone_assumed) {
            f->published.zone_minutes = w.zone_minutes;
            return true;
        }
    }
    return false;
}

/*
 * Machines declare moments in UTC, readers see the local time.  When both are
 * there, their difference is the zone.  When only the day is seen, and it is
 * the neighbouring one, the nearest zone that has that day is assumed: the
 * moment stays, and the day is the one the page shows.
 */
void date_find_zone(struct finding *f)
{
    struct when declared = f->published, seen;
    int64_t local, shift;

    if (declared.precision < WHEN_MINUTE || declared.zone_minutes != 0 ||
        declared.zone_assumed || find_same_moment(f))
        return;
    seen = visible_date(f);
    if (!when_known(seen))
        seen = date_of_address(f);
    if (!when_known(seen) && f->hints.zone != NULL)
        f->published.zone_minutes =
            zone_at(f->hints.zone, declared.unix_seconds);
    if (!when_known(seen) || !(seen.zone_assumed || seen.zone_minutes == 0 ||
                               seen.zone_minutes == ZONE_UNKNOWN))
        return;
    local = seen.unix_seconds +
            (seen.zone_minutes == ZONE_UNKNOWN ? 0 : seen.zone_minutes * 60);
    if (seen.precision == WHEN_DAY) {
        shift = date_day(local) - date_day(declared.unix_seconds);
        if (shift == 1)
            shift = (local - declared.unix_seconds + 3599) / 3600 * 3600;
        else if (shift == -1)
            shift =
                -((declared.unix_seconds - local - 86400) / 3600 + 1) * 3600;
        else
            return;
        f->published.zone_assumed = true;
    } else {
        shift = local - declared.unix_seconds;
        if (seen.precision == WHEN_MINUTE)
            shift += declared.unix_seconds % 60;
        if (shift % 900 != 0)
            return;
    }
    if (shift < -12 * 3600 || shift > 14 * 3600) {
        f->published.zone_assumed = false;
        return;
    }
    f->published.zone_minutes = (int16_t)(shift / 60);
}
