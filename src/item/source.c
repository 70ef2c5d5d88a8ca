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
    for (size_t i = 0; i < mill->n_sources; i++)
        if (str_eq(mill->sources[i].id, id))
            return &mill->sources[i];
    return NULL;
}

bool topic_has_source(const struct mill_config *mill, const struct topic *topic,
                      struct str source_id)
{
    for (size_t i = 0; i < topic->n_sources; i++)
        if (str_eq(mill->sources[topic->sources[i]].id, source_id))
            return true;
    return false;
}
