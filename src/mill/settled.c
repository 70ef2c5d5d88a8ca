#include "mill/settled.h"

#include "base/arena.h"
#include "base/buf.h"
#include "item/decision.h"
#include "mill/outlet.h"
#include "store/store.h"
#include "sys/file.h"
#include "sys/log.h"

#define PROGRAM "/proc/self/exe"

void settled_until(struct press *p, int64_t moment)
{
    if (moment > p->now && moment < p->until)
        p->until = moment;
}

/* All that a press goes by and the store does not hold.  The program counts by
 * its file too: two builds may have one version. */
static struct hash128 stamp_of(struct press *p)
{
    struct hash128 files = outlet_stamp(p->outlet), hash;
    int64_t program[2] = {-1, -1};
    struct buf b;

    buf_init(&b, BUF_MAX);
    buf_add_str(&b, p->version);
    (void)file_stat(PROGRAM, &program[0], &program[1]);
    buf_add(&b, program, sizeof program);
    buf_add(&b, &p->config->bytes, sizeof p->config->bytes);
    buf_add(&b, &files, sizeof files);
    hash = hash128(buf_str(&b));
    buf_done(&b);
    return hash;
}

/* What the last press made of each topic; *ALL: the clock changes none. */
static bool load_topics(struct press *p, bool *all, struct error *err)
{
    const struct mill_config *mill = &p->config->mill;

    *all = true;
    for (size_t i = 0; i < mill->n_topics; i++) {
        struct topic_press row;
        bool stands;

        if (!store_topic_press(p->store, mill->topics[i].id, &row, err))
            return false;
        stands = row.until > p->now;
        p->scopes[i] = stands ? PRESS_NOTHING : PRESS_ALL;
        p->done[i] = (struct pressed){.topic = &mill->topics[i],
                                      .n_entries = (size_t)row.entries,
                                      .until = row.until};
        *all &= stands;
    }
    return true;
}

/* What -v is asked to say is said by pressing. */
bool settled_look(struct press *p, bool *all, struct error *err)
{
    struct rowids touched;
    bool stands;

    *all = false;
    if (log_level() == LOG_VERBOSE)
        return true;
    if (!store_press_stands(p->store, stamp_of(p), p->now, &stands, err))
        return false;
    if (!stands)
        return true;
    if (!load_topics(p, all, err) ||
        !store_unpressed(p->store, p->a, &touched, err))
        return false;
    *all &= touched.n == 0;
    return true;
}

static bool is_touched(const struct press *p, const struct topic *topic,
                       const struct map *touched)
{
    for (size_t i = 0; i < topic->n_sources; i++) {
        const int64_t *row = &p->sources[topic->sources[i]]->rowid;

        if (map_get(touched, str_of((const char *)row, sizeof *row)) != NULL)
            return true;
    }
    return false;
}

bool settled_topics(struct press *p, struct error *err)
{
    const struct mill_config *mill = &p->config->mill;
    struct rowids rows;
    struct map touched;

    if (!store_unpressed(p->store, p->a, &rows, err) ||
        !store_touched(p->store, p->a, &p->touched_stories, &p->touched_sources,
                       err))
        return false;
    map_init(&touched, p->a);
    for (size_t i = 0; i < rows.n; i++)
        map_put(&touched, str_of((const char *)&rows.at[i], sizeof rows.at[i]),
                NULL);
    for (size_t i = 0; i < mill->n_topics; i++)
        if (p->scopes[i] == PRESS_NOTHING &&
            is_touched(p, &mill->topics[i], &touched))
            p->scopes[i] = PRESS_TOUCHED;
    return true;
}

bool settled_note(struct press *p, struct error *err)
{
    const struct mill_config *mill = &p->config->mill;
    struct topic_press *topics =
        arena_array(p->a, mill->n_topics + 1, sizeof *topics);

    for (size_t i = 0; i < mill->n_topics; i++)
        topics[i] =
            (struct topic_press){.id = mill->topics[i].id,
                                 .entries = (int64_t)p->done[i].n_entries,
                                 .until = p->done[i].until};
    p->until = INT64_MAX;
    for (size_t i = 0; i < mill->n_decisions; i++)
        settled_until(p, mill->decisions[i].until);
    return store_put_press(p->store, stamp_of(p), p->now, p->until, topics,
                           mill->n_topics, err);
}
