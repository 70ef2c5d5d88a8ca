/*
 * Topic by topic: what was chosen is rendered and written.  The ids are committed
 * before a file that names them is written, so a killed run never publishes an
 * entry whose id the next run would not know.  The files are flushed and named while
 * the next topic is chosen; what the store is told of them is committed when they
 * last, with the ids of that topic.
 */
#include "mill/press.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "mill/choose.h"
#include "mill/decide.h"
#include "mill/keep.h"
#include "mill/moment.h"
#include "mill/output.h"
#include "mill/recall.h"
#include "mill/settled.h"
#include "store/store.h"
#include "sys/stop.h"

/* The ids first, durably, with what was told of the topic before; then the files that
 * name them. */
static bool write_topic(struct choosing *c, struct edition *edition,
                        struct pressed *done)
{
    struct press *p = c->press;
    struct keeping *k = &c->keep;
    struct rendered r;
    bool ok;

    k->edition = edition;
    k->over = c->over.at;
    k->n_over = c->over.n;
    if (c->keeps && !keep_arrange(k, c->err))
        return false;
    render_edition(c->a, edition, true, &r);
    ok = (!c->keeps || keep_entries(k, &r, c->err)) && output_wait(p, c->err) &&
         store_commit(p->store, c->err) && store_begin(p->store, c->err) &&
         output_edition(p, edition, &r, done, c->err) &&
         (!c->keeps || keep_write(k, done, c->err)) &&
         recall_save(c->recall, edition, &r, c->err) && output_flush(p, c->err);
    rendered_done(&r);
    return ok;
}

static bool has_days(const struct press *p, const struct topic *topic)
{
    return topic->archive &&
           format_is_in(output_formats(&p->config->mill, topic), FORMAT_HTML);
}

/* Without what the edition tells. */
static struct topic_line line_of(const struct press *p,
                                 const struct topic *topic)
{
    return (struct topic_line){.id = topic->id,
                               .title = topic->title,
                               .description = topic->description,
                               .language = topic->language,
                               .formats =
                                   output_formats(&p->config->mill, topic),
                               .has_digest = topic->digest != DIGEST_NONE};
}

/* DONE says what the last press made of the topic; that is not made again. */
static bool leave_topic(struct press *p, const struct pressed *done,
                        struct topic_line *line, struct error *err)
{
    const struct topic *topic = done->topic;
    int64_t newest;

    if (!store_topic_updated(p->store, topic->id, 0, 0, &newest, err))
        return false;
    *line = line_of(p, topic);
    line->n_entries = done->n_entries;
    line->updated = mill_moment(&p->config->mill, moment_at(newest));
    output_keep_edition(p, topic->id);
    return !has_days(p, topic) ||
           keep_days(p, p->a, topic->id, &line->days, err);
}

static bool press_topic(struct press *p, const struct topic *topic,
                        enum press_scope scope, struct pressed *done,
                        struct topic_line *line, bool write, struct error *err)
{
    struct choosing c = {.press = p,
                         .topic = topic,
                         .scope = scope,
                         .a = arena_new(0),
                         .scratch = arena_new(0),
                         .keeps = write && topic->archive};
    struct edition edition;
    bool ok = false, is_kept = false;

    p->until = INT64_MAX;
    c.recall = recall_new(p, c.a, topic, scope, err);
    if (c.recall == NULL || !choose(&c, &edition, err))
        goto done;
    if (p->on_edition != NULL)
        p->on_edition(p->on_edition_ctx, topic, &edition);
    is_kept = edition.n_entries == 0 && c.has_ailing_source &&
              output_has_edition(p, topic->id);
    *done = (struct pressed){.topic = topic,
                             .n_entries = edition.n_entries,
                             .is_kept = is_kept,
                             .n_new = c.n_new};
    *line = line_of(p, topic);
    line->n_entries = edition.n_entries;
    line->updated = mill_moment(&p->config->mill, edition.updated);
    line->is_kept = is_kept;
    if (!write || is_kept) {
        output_keep_edition(p, topic->id);
        ok = true;
        goto done;
    }
    ok = write_topic(&c, &edition, done);
    /* What is cut out of archives counts. */
    line->updated = mill_moment(&p->config->mill, edition.updated);

done:
    done->until = is_kept ? 0 : p->until;
    ok = ok && (!has_days(p, topic) ||
                keep_days(p, p->a, topic->id, &line->days, err));
    recall_done(c.recall);
    arena_free(c.scratch);
    arena_free(c.a);
    return ok;
}

static void take_source(void *ctx, const struct source_row *row)
{
    struct press *p = ctx;
    size_t *at = map_get(&p->config->mill.by_id, row->id);
    struct source_row *kept;

    if (at == NULL)
        return;
    kept = arena_make(p->a, struct source_row);
    *kept = *row;
    p->sources[*at] = kept;
}

bool press_load_sources(struct press *p, struct error *err)
{
    static const struct source_row unknown;
    size_t n = p->config->mill.n_sources;

    p->sources = arena_array(p->a, n + 1, sizeof *p->sources);
    for (size_t i = 0; i < n; i++)
        p->sources[i] = &unknown;
    return store_each_source(p->store, p->a, take_source, p, err);
}

static bool press_mill(struct press *p, const bool *wanted, struct error *err)
{
    const struct mill_config *mill = &p->config->mill;
    struct topic_line *lines =
        arena_array(p->a, mill->n_topics + 1, sizeof *lines);
    bool stands = false;

    p->done = arena_array(p->a, mill->n_topics + 1, sizeof *p->done);
    p->scopes = arena_array(p->a, mill->n_topics + 1, sizeof *p->scopes);
    map_init(&p->fresh, p->a);
    if (!output_open(p, err) ||
        (p->may_stand && !settled_look(p, &stands, err)))
        return false;
    if (stands)
        return true;
    if (!decisions_resolve(p->a, p->config, p->store, p->now,
                           p->dry_run ? SAY_VERBOSE : SAY_ONCE, &p->decided,
                           err) ||
        (p->sources == NULL && !press_load_sources(p, err)) ||
        (p->may_stand && !settled_topics(p, err)))
        return false;
    for (size_t i = 0; i < mill->n_topics; i++) {
        if (stop_signal() != 0)
            return error_set(err, ERR_STOPPED, "stopped by a signal");
        if (!(p->scopes[i] == PRESS_NOTHING
                  ? leave_topic(p, &p->done[i], &lines[i], err)
                  : press_topic(p, &mill->topics[i], p->scopes[i], &p->done[i],
                                &lines[i],
                                !p->dry_run && (wanted == NULL || wanted[i]),
                                err)))
            return false;
    }
    if (p->dry_run)
        return true;
    return output_catalogue(p, lines, err) && output_health(p, err) &&
           output_end(p, err) && (!p->may_stand || settled_note(p, err));
}

bool press_all(struct press *p, const bool *wanted, struct error *err)
{
    bool ok;

    buf_init(&p->page, OUTPUT_MAX);
    buf_init(&p->page_was, OUTPUT_MAX);
    ok = press_mill(p, wanted, err);
    output_close(p);
    buf_done(&p->page);
    buf_done(&p->page_was);
    return ok;
}
