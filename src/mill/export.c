/* The mill's subscriptions for another program. */
#include "mill/mill.h"

#include "base/arena.h"
#include "mill/mill_store.h"
#include "publish/publish.h"
#include "store/store.h"
#include "sys/log.h"

/* A saved file is nothing that another program could ask for. */
static bool fill_group(struct arena *a, const struct mill_config *mill,
                       const struct topic *topic, struct store *store,
                       struct source_group *out, struct error *err)
{
    struct source_ref *list =
        arena_array(a, topic->n_sources + 1, sizeof *list);

    *out = (struct source_group){.title = topic->title, .sources = list};
    for (size_t i = 0; i < topic->n_sources; i++) {
        const struct source *s = &mill->sources[topic->sources[i]];
        struct source_row row;

        if (s->file.n > 0)
            continue;
        if (!store_get_source(store, a, s->id, &row, err))
            return false;
        list[out->n_sources++] =
            (struct source_ref){.url = s->url,
                                .home_url = row.home_url,
                                .name = s->name.n > 0     ? s->name
                                        : row.title.n > 0 ? row.title
                                                          : s->url};
    }
    return true;
}

int mill_export(const struct config *config, struct buf *out)
{
    const struct mill_config *mill = &config->mill;
    struct arena *a = arena_new(0);
    struct source_group *groups =
        arena_array(a, mill->n_topics + 1, sizeof *groups);
    struct error err;
    struct store *store = mill_store_open(a, mill->root, true, &err);
    bool ok = store != NULL;

    for (size_t i = 0; i < mill->n_topics && ok; i++)
        ok = fill_group(a, mill, &mill->topics[i], store, &groups[i], &err);
    if (ok)
        sources_write_opml(mill->title, groups, mill->n_topics, out);
    else
        log_error(&err);
    store_close(store);
    arena_free(a);
    return ok ? 0 : 4;
}
