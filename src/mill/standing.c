#include "mill/standing.h"

#include "config/config.h"

struct str source_name_of(const struct config *config,
                          const struct stored_item *item)
{
    const struct source *source = source_by_id(&config->mill, item->source_id);

    if (source != NULL && source->name.n > 0)
        return source->name;
    if (item->source_title.n > 0)
        return item->source_title;
    return item->item.site_name;
}

static enum item_state state_of(const struct standing *s)
{
    const struct decided *d = &s->decided;

    if (d->is_retracted)
        return ITEM_RETRACTED;
    if (d->is_hidden)
        return ITEM_HIDDEN;
    if (d->is_held)
        return ITEM_HELD;
    if (d->is_named || s->verdict.is == VERDICT_IN)
        return ITEM_PUBLISHED;
    if (s->verdict.is != VERDICT_HELD)
        return ITEM_UNMATCHED;
    return d->is_approved || d->is_pinned ? ITEM_PUBLISHED : ITEM_HELD;
}

void standing_of(struct arena *a, const struct config *config,
                 const struct topic *topic, const struct decided_map *map,
                 const struct stored_item *item, struct standing *out)
{
    struct judged *judged = judged_new(
        a, &item->item, source_name_of(config, item), item->source_id);

    *out = (struct standing){.judged = judged};
    decided_of(map, item->story, topic->id, &out->decided);
    judge_item(a, topic, judged, &out->verdict);
    out->state = state_of(out);
}
