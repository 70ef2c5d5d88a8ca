#include "item/source.h"

const struct topic *topic_by_id(const struct mill_config *mill, struct str id)
{
    for (size_t i = 0; i < mill->n_topics; i++)
        if (str_eq(mill->topics[i].id, id))
            return &mill->topics[i];
    return NULL;
}

const struct source *source_by_id(const struct mill_config *mill, struct str id)
{
    size_t *at = map_get(&mill->by_id, id);

    return at == NULL ? NULL : &mill->sources[*at];
}

bool topic_has_source(const struct mill_config *mill, const struct topic *topic,
                      struct str source_id)
{
    for (size_t i = 0; i < topic->n_sources; i++)
        if (str_eq(mill->sources[topic->sources[i]].id, source_id))
            return true;
    return false;
}

struct when mill_moment(const struct mill_config *mill, struct when w)
{
    const struct mill_zone *zone = &mill->zone;

    if (w.precision < WHEN_MINUTE)
        return w;
    if (zone->rules != NULL)
        w.zone_minutes = zone_at(zone->rules, w.unix_seconds);
    else if (zone->minutes != 0)
        w.zone_minutes = zone->minutes;
    return w;
}

#define DAY_SECONDS ((int64_t)86400)

static int64_t floor_days(int64_t seconds)
{
    return seconds / DAY_SECONDS - (seconds % DAY_SECONDS < 0);
}

int64_t mill_day(const struct mill_config *mill, struct when w)
{
    int64_t minutes = mill_moment(mill, w).zone_minutes;

    if (minutes == ZONE_UNKNOWN)
        minutes = mill->zone.minutes;
    return floor_days(w.unix_seconds + minutes * 60);
}

int64_t mill_day_begins(const struct mill_config *mill, int64_t day)
{
    int64_t local = day * DAY_SECONDS, minutes = mill->zone.minutes;

    if (mill->zone.rules != NULL)
        minutes = zone_at_local(mill->zone.rules, local);
    return local - minutes * 60;
}
