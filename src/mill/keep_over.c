/*
 * The entries that go to archives at once: of a topic that is new they are most of
 * what a press has to do.  Another thread renders and packs them, a lot at a time,
 * while this one stores those of the lot before.
 */
#include "mill/keep_files.h"

#include "base/arena.h"
#include "base/buf.h"
#include "mill/output.h"
#include "sys/pool.h"
#include "sys/squeeze.h"

#define LOT        64
#define LOTS_AHEAD 2

struct lot {
    struct arena *a;
    struct rendered r; /* which the entries borrow */
    struct kept_entry *entries;
    size_t n;
};

static void read_one(const struct keeping *k, struct squeezer *z,
                     const struct edition *part, struct lot *lot, size_t i,
                     struct buf *line)
{
    struct kept_entry *e = &lot->entries[i];

    keep_read_entry(k, part, &lot->r, i, line, e);
    /* A digest, too, is not to be drowned by one loud source. */
    e->line = k->topic->per_source > 0 ? STR_NONE : arena_str(lot->a, e->line);
    e->url_key = keep_key_of(lot->a, part->entries[i].item);
    e->packed = store_pack_kept(z, lot->a, e);
}

/* Of those from FROM on. */
static struct lot *lot_new(const struct keeping *k, struct squeezer *z,
                           size_t from)
{
    struct arena *a = arena_new(0);
    struct lot *lot = arena_make(a, struct lot);
    struct edition part = *k->edition;
    struct buf line;

    lot->a = a;
    lot->n = k->n_over - from < LOT ? k->n_over - from : LOT;
    lot->entries = arena_array(a, lot->n, sizeof *lot->entries);
    part.entries = k->over + from;
    part.n_entries = lot->n;
    render_edition(a, &part, false, &lot->r);
    buf_init(&line, BUF_MAX);
    for (size_t i = 0; i < lot->n; i++) {
        read_one(k, z, &part, lot, i, &line);
        lot->entries[i].number = k->numbers[from + i];
        lot->entries[i].position = k->positions[from + i];
    }
    buf_done(&line);
    return lot;
}

static void lot_free(struct lot *lot)
{
    rendered_done(&lot->r);
    arena_free(lot->a);
}

struct making {
    const struct keeping *k;
    struct queue *lots;
};

/* The other thread. */
static void make_lots(void *arg)
{
    struct making *making = arg;
    struct squeezer *z = squeezer_new();

    for (size_t from = 0;
         from < making->k->n_over && !queue_is_refused(making->lots);
         from += LOT)
        queue_put(making->lots, lot_new(making->k, z, from));
    queue_close(making->lots);
    squeezer_free(z);
}

static bool put_lot(struct keeping *k, const struct lot *lot, struct error *err)
{
    for (size_t i = 0; i < lot->n; i++)
        if (!store_put_kept(k->press->store, k->topic->id, &lot->entries[i],
                            err) ||
            !keep_entry_is_due(k, &lot->entries[i], true, err))
            return false;
    return true;
}

bool keep_over(struct keeping *k, struct error *err)
{
    struct making making = {.k = k, .lots = queue_new(LOTS_AHEAD)};
    struct thread *maker = thread_start(make_lots, &making);
    struct lot *lot;
    bool ok = true;

    while ((lot = queue_take(making.lots, -1)) != NULL) {
        ok = ok && put_lot(k, lot, err);
        if (!ok)
            queue_refuse(making.lots);
        lot_free(lot);
    }
    thread_join(maker);
    queue_free(making.lots);
    return ok;
}
