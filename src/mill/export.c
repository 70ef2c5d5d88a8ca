/* The mill's subscriptions for another program, its state for itself. */
#include "mill/mill.h"

#include "base/arena.h"
#include "base/buf.h"
#include "mill/mill_store.h"
#include "publish/publish.h"
#include "store/store.h"
#include "sys/file.h"
#include "sys/lock.h"
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

struct exporting {
    const struct mill_config *mill;
};

static bool read_sources(void *ctx, struct arena *a, struct store *store,
                         struct buf *out, struct error *err)
{
    const struct mill_config *mill = ((struct exporting *)ctx)->mill;
    struct source_group *groups =
        arena_array(a, mill->n_topics + 1, sizeof *groups);

    for (size_t i = 0; i < mill->n_topics; i++)
        if (!fill_group(a, mill, &mill->topics[i], store, &groups[i], err))
            return false;
    sources_write_opml(mill->title, groups, mill->n_topics, out);
    return true;
}

static bool read_state(void *ctx, struct arena *a, struct store *store,
                       struct buf *out, struct error *err)
{
    (void)ctx;
    (void)a;
    return store_export(store, out, err);
}

static int export_with(const struct config *config, mill_reader *read,
                       struct buf *out)
{
    struct exporting e = {&config->mill};
    struct arena *a = arena_new(0);
    struct error err;
    bool ok = mill_store_read(a, e.mill->root, read, &e, out, &err);

    if (!ok)
        log_error(&err);
    arena_free(a);
    return ok ? 0 : 4;
}

int mill_export(const struct config *config, struct buf *out)
{
    return export_with(config, read_sources, out);
}

int mill_export_state(const struct config *config, struct buf *out)
{
    return export_with(config, read_state, out);
}

static int status_of(const struct error *err)
{
    return err->code == ERR_CONFIG   ? 2
           : err->code == ERR_LOCKED ? 3
           : err->code == ERR_STORE  ? 4
                                     : 1;
}

static void say_imported(const struct import_report *r)
{
    for (size_t i = 0; i < r->conflicts.n; i++)
        log_line("%.*s", STR_ARG(r->conflicts.at[i]));
    if (r->n_conflicts > (int64_t)r->conflicts.n)
        log_line("and %lld others, where the store stays as it is",
                 (long long)(r->n_conflicts - (int64_t)r->conflicts.n));
    if (r->n_new < r->n_items)
        log_line("of %lld items the store knew %lld, which stay as they are",
                 (long long)r->n_items, (long long)(r->n_items - r->n_new));
}

int mill_import_state(const struct config *config, struct str file)
{
    struct import_report report;
    struct arena *a = arena_new(0);
    struct str root = config->mill.root;
    struct store *store = NULL;
    struct lock *lock = NULL;
    struct error err;
    struct buf text;
    bool ok = false;

    buf_init(&text, BUF_MAX);
    if (!file_read(arena_str(a, file).p, &text, &err))
        goto done;
    lock = mill_lock(a, root, &err);
    if (lock != NULL)
        store = mill_store_open(a, root, false, &err);
    ok = store != NULL && store_import(store, a, buf_str(&text), &report, &err);
    if (!ok && err.code == ERR_INPUT)
        error_where(&err, arena_str(a, file).p);
    if (ok)
        say_imported(&report);

done:
    if (!ok)
        log_error(&err);
    store_close(store);
    lock_release(lock);
    buf_done(&text);
    arena_free(a);
    return ok ? 0 : status_of(&err);
}
