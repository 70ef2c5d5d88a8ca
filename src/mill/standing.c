#include "mill/standing.h"

#include <string.h>

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

struct stored_item *member_standing(struct stored_item *members, size_t n,
                                    int64_t lead, member_is_supplied *supplied,
                                    const void *ctx)
{
    struct stored_item *best = NULL;

    for (size_t i = 0; i < n; i++)
        if (supplied(ctx, &members[i]) &&
            (best == NULL || members[i].rowid == lead))
            best = &members[i];
    return best;
}

struct of_topic {
    const struct mill_config *mill;
    const struct topic *topic;
};

static bool is_of_topic(const void *ctx, const struct stored_item *m)
{
    const struct of_topic *t = ctx;

    return topic_has_source(t->mill, t->topic, m->source_id);
}

struct stored_item *member_in_topic(const struct config *config,
                                    const struct topic *topic,
                                    const struct decided_map *map,
                                    struct stored_item *members, size_t n)
{
    struct of_topic ctx = {&config->mill, topic};
    struct decided decided = {0};

    if (n > 0)
        decided_of(map, members[0].story, topic->id, &decided);
    return member_standing(members, n, decided.lead, is_of_topic, &ctx);
}

bool member_state_of(struct arena *a, const struct config *config,
                     struct store *store, const struct topic *topic,
                     const struct decided_map *map,
                     const struct stored_item *item, struct member_state *out,
                     struct error *err)
{
    struct stored_item *members, *best;
    struct stored_item whole;
    struct standing s;
    bool found;
    size_t n;

    *out = (struct member_state){.is_it = true};
    standing_of(a, config, topic, map, item, &out->standing);
    out->state = out->standing.state;
    if (item->is_lead && out->standing.decided.lead == 0)
        return true;
    if (!store_story_outline(store, a, item->story, &members, &n, err))
        return false;
    best = member_in_topic(config, topic, map, members, n);
    if (best == NULL || best->rowid == item->rowid)
        return true;
    out->is_it = false;
    memcpy(out->stands_for, best->short_id, sizeof out->stands_for);
    if (!store_get_item(store, a, best->rowid, &whole, &found, err))
        return false;
    if (found) {
        standing_of(a, config, topic, map, &whole, &s);
        if (s.state == ITEM_PUBLISHED)
            out->state = ITEM_FOLDED;
    }
    return true;
}
