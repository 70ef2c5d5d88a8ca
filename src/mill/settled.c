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

/* What -v is asked to say is said by pressing. */
bool settled_look(struct press *p, bool *stands, struct error *err)
{
    const struct mill_config *mill = &p->config->mill;

    *stands = false;
    if (log_level() == LOG_VERBOSE)
        return true;
    if (!store_press_stands(p->store, stamp_of(p), p->now, stands, err))
        return false;
    for (size_t i = 0; *stands && i < mill->n_topics; i++) {
        int64_t entries;

        if (!store_topic_entries(p->store, mill->topics[i].id, &entries, err))
            return false;
        p->done[i] = (struct pressed){.topic = &mill->topics[i],
                                      .n_entries = (size_t)entries};
    }
    return true;
}

/* A topic that keeps an older edition because a source failed is looked at
 * again. */
bool settled_note(struct press *p, struct error *err)
{
    const struct mill_config *mill = &p->config->mill;
    struct topic_entries *topics =
        arena_array(p->a, mill->n_topics + 1, sizeof *topics);

    for (size_t i = 0; i < mill->n_topics; i++) {
        if (p->done[i].is_kept)
            return true;
        topics[i] = (struct topic_entries){
            .id = mill->topics[i].id, .entries = (int64_t)p->done[i].n_entries};
    }
    for (size_t i = 0; i < mill->n_decisions; i++)
        settled_until(p, mill->decisions[i].until);
    return store_put_press(p->store, stamp_of(p), p->now, p->until, topics,
                           mill->n_topics, err);
}
