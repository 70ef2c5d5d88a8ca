/* What a mill holds, as lines for a person or one JSON object a line. */
#include "mill/mill.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/json_out.h"
#include "base/map.h"
#include "mill/fulltext.h"
#include "mill/list_items.h"
#include "mill/mill_store.h"
#include "mill/moment.h"
#include "mill/schedule.h"
#include "store/store.h"
#include "sys/log.h"

static void add_time(struct buf *out, int64_t t)
{
    char text[WHEN_CHARS];

    when_rfc3339((struct when){.unix_seconds = t, .precision = WHEN_SECOND},
                 text);
    buf_add_str(out, t == 0 ? STR("-") : str_from_c(text));
}

static bool has_source(const struct topic *topic, size_t source)
{
    for (size_t i = 0; i < topic->n_sources; i++)
        if (topic->sources[i] == source)
            return true;
    return false;
}

static void json_topics(struct json_out *j, const struct mill_config *mill,
                        size_t source)
{
    json_key(j, STR("topics"));
    json_array(j);
    for (size_t t = 0; t < mill->n_topics; t++)
        if (has_source(&mill->topics[t], source))
            json_str(j, mill->topics[t].id);
    json_end(j);
}

/* How the whole texts of a source's entries do. */
struct texts_state {
    struct full_text_tally tally;
    struct pages_in_vain vain;
};

struct texts_states {
    struct full_text_tallies tallies;
    struct all_pages_in_vain vain;
};

static int by_source(const void *key, const void *row)
{
    int64_t x = *(const int64_t *)key;
    int64_t y = ((const struct full_text_tally *)row)->source;

    return (x > y) - (x < y);
}

static struct texts_state texts_of(const struct texts_states *all,
                                   int64_t source)
{
    const struct full_text_tally *tally = NULL;
    const struct pages_in_vain *vain = pages_in_vain_of(&all->vain, source);
    struct texts_state state = {0};

    if (all->tallies.n > 0)
        tally = bsearch(&source, all->tallies.at, all->tallies.n, sizeof *tally,
                        by_source);
    if (tally != NULL)
        state.tally = *tally;
    if (vain != NULL)
        state.vain = *vain;
    return state;
}

static void texts_json(struct json_out *j, const struct texts_state *texts)
{
    if (texts->tally.source == 0 && texts->vain.source == 0)
        return;
    json_key(j, STR("full_text"));
    json_object(j);
    json_key(j, STR("entries"));
    json_int(j, texts->tally.full);
    json_key(j, STR("waiting"));
    json_int(j, texts->tally.wanted);
    json_key(j, STR("in_vain"));
    json_int(j, texts->vain.n);
    json_moment(j, STR("since"), texts->vain.since);
    json_member(j, STR("why"), texts->vain.why);
    json_end(j);
}

static void texts_words(const struct texts_state *texts, struct buf *out)
{
    if (texts->tally.full > 0)
        buf_printf(out, "  full text of %lld entries",
                   (long long)texts->tally.full);
    if (texts->tally.wanted > 0)
        buf_printf(out, "  %lld pages to be asked",
                   (long long)texts->tally.wanted);
    if (texts->vain.n >= VAIN_MAX) {
        buf_printf(out, "  no full text: %.*s, since ",
                   STR_ARG(texts->vain.why));
        add_time(out, texts->vain.since);
        buf_printf(out, ", %d pages", texts->vain.n);
    }
}

static void source_json(const struct mill_config *mill, size_t source,
                        const struct source_row *row,
                        const struct texts_state *texts, struct buf *out)
{
    const struct source *s = &mill->sources[source];
    struct json_out j;

    json_init(&j, out, false);
    json_object(&j);
    json_member(&j, STR("url"),
                s->url.n > 0 && s->file.n == 0 ? s->url : s->id);
    json_member(&j, STR("name"), s->name.n > 0 ? s->name : row->title);
    json_member(&j, STR("state"), source_state_name(row->state));
    json_moment(&j, STR("since"), row->since);
    json_member(&j, STR("kind"), row->kind);
    json_moment(&j, STR("last_fetch"), row->last_fetch);
    json_moment(&j, STR("last_ok"), row->last_ok);
    json_moment(&j, STR("next"), row->next_fetch);
    json_member(&j, STR("why"), row->next_why);
    json_member(&j, STR("moved_to"), row->address);
    json_member(&j, STR("error"), row->error);
    if (row->status != 0) {
        json_key(&j, STR("status"));
        json_int(&j, row->status);
    }
    json_key(&j, STR("failures"));
    json_int(&j, row->failures);
    texts_json(&j, texts);
    json_topics(&j, mill, source);
    json_end(&j);
    buf_add_char(out, '\n');
}

static void source_line(const struct source *s, const struct source_row *row,
                        const struct texts_state *texts, struct buf *out)
{
    buf_printf(out, "%-10.*s next ", STR_ARG(source_state_name(row->state)));
    if (row->next_fetch == SCHEDULE_NEVER)
        buf_add_str(out, STR("never"));
    else
        add_time(out, row->next_fetch);
    if (row->next_why.n > 0)
        buf_printf(out, " (%.*s)", STR_ARG(row->next_why));
    buf_printf(out, "  %.*s", STR_ARG(s->id));
    if (row->error.n > 0) {
        buf_printf(out, "  %.*s, since ", STR_ARG(row->error));
        add_time(out, row->since);
        if (row->failures > 0)
            buf_printf(out, ", %d times", row->failures);
    }
    texts_words(texts, out);
    buf_add_char(out, '\n');
}

static bool list_sources(struct arena *a, const struct config *config,
                         struct store *store,
                         const struct list_options *options,
                         const struct topic *topic, struct buf *out,
                         struct error *err)
{
    const struct mill_config *mill = &config->mill;
    struct source_row *rows;
    struct texts_states all;
    struct map known;
    size_t n;

    if (!store_all_sources(store, a, &rows, &n, err) ||
        !store_full_text_tallies(store, a, &all.tallies, err) ||
        !store_all_pages_in_vain(store, a, 1, &all.vain, err))
        return false;
    map_init(&known, a);
    for (size_t i = 0; i < n; i++)
        *map_put(&known, rows[i].id, NULL) = i;
    for (size_t i = 0; i < mill->n_sources; i++) {
        size_t *at = map_get(&known, mill->sources[i].id);
        struct source_row none = {0};
        const struct source_row *row = at == NULL ? &none : &rows[*at];
        struct texts_state texts = texts_of(&all, row->rowid);

        if ((topic != NULL && !has_source(topic, i)) ||
            (options->state.n > 0 &&
             !str_eq(options->state, source_state_name(row->state))))
            continue;
        if (options->json)
            source_json(mill, i, row, &texts, out);
        else
            source_line(&mill->sources[i], row, &texts, out);
    }
    return true;
}

/* How many of the topic's sources fail or are gone. */
static size_t count_dead(const struct topic *topic, const enum source_state *at)
{
    size_t n = 0;

    for (size_t i = 0; i < topic->n_sources; i++)
        n += source_is_dead(at[topic->sources[i]]);
    return n;
}

static void topic_line(const struct topic *t, size_t n_dead, struct buf *out)
{
    buf_printf(out, "%-24.*s %4zu sources  %.*s", STR_ARG(t->id), t->n_sources,
               STR_ARG(t->title));
    if (n_dead > 0)
        buf_printf(out, "  %zu %s", n_dead, n_dead == 1 ? "fails" : "fail");
    buf_add_char(out, '\n');
}

static void topic_json(const struct topic *t, size_t n_dead, struct buf *out)
{
    struct json_out j;

    json_init(&j, out, false);
    json_object(&j);
    json_member(&j, STR("id"), t->id);
    json_member(&j, STR("title"), t->title);
    json_key(&j, STR("sources"));
    json_int(&j, (int64_t)t->n_sources);
    json_key(&j, STR("failing"));
    json_int(&j, (int64_t)n_dead);
    json_end(&j);
    buf_add_char(out, '\n');
}

static bool list_topics(struct arena *a, const struct mill_config *mill,
                        struct store *store, const struct list_options *options,
                        struct buf *out, struct error *err)
{
    enum source_state *states =
        arena_array(a, mill->n_sources + 1, sizeof *states);
    struct source_row *rows;
    size_t n;

    if (!store_all_sources(store, a, &rows, &n, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        const size_t *at = map_get(&mill->by_id, rows[i].id);

        if (at != NULL)
            states[*at] = rows[i].state;
    }
    for (size_t i = 0; i < mill->n_topics; i++) {
        const struct topic *t = &mill->topics[i];

        (options->json ? topic_json : topic_line)(t, count_dead(t, states),
                                                  out);
    }
    return true;
}

static int complain(struct str what, const char *text)
{
    struct error err;

    error_set(&err, ERR_CONFIG, "%s: %.*s", text, STR_ARG(what));
    log_error(&err);
    return 2;
}

struct listing {
    const struct config *config;
    const struct list_options *options;
    const struct topic *topic;
};

static bool read_list(void *ctx, struct arena *a, struct store *store,
                      struct buf *out, struct error *err)
{
    const struct listing *l = ctx;

    if (l->options->what == LIST_TOPICS)
        return list_topics(a, &l->config->mill, store, l->options, out, err);
    if (l->options->what == LIST_SOURCES)
        return list_sources(a, l->config, store, l->options, l->topic, out,
                            err);
    return list_items(a, l->config, store, l->options, l->topic, out, err);
}

int mill_list(const struct config *config, const struct list_options *options,
              struct buf *out)
{
    struct listing l = {.config = config, .options = options};
    struct arena *a = arena_new(0);
    enum source_state source_state;
    enum item_state item_state;
    bool is_of_items =
        options->what == LIST_ITEMS || options->what == LIST_STORIES;
    struct error err;
    int status = 0;

    if (options->topic.n > 0) {
        l.topic = topic_by_id(&config->mill, options->topic);
        if (l.topic == NULL)
            status = complain(options->topic, "no topic of this mill");
    }
    if (options->state.n > 0 &&
        !(is_of_items ? item_state_by_name(options->state, &item_state)
                      : source_state_by_name(options->state, &source_state)))
        status = complain(options->state, is_of_items ? "no state of an item"
                                                      : "no state of a source");
    else if (is_of_items && options->state.n > 0 && item_state == ITEM_EXPIRED)
        status =
            complain(options->state, "items without a text are not listed");
    if (status != 0)
        goto done;
    if (!mill_store_read(a, config->mill.root, read_list, &l, out, &err)) {
        log_error(&err);
        status = 4;
    }

done:
    arena_free(a);
    return status;
}

static bool read_moved(void *ctx, struct arena *a, struct store *store,
                       struct buf *out, struct error *err)
{
    const struct listing *l = ctx;
    const struct mill_config *mill = &l->config->mill;

    for (size_t i = 0; i < mill->n_sources; i++) {
        const struct source *s = &mill->sources[i];
        struct source_row row;

        if (!store_get_source(store, a, s->id, &row, err))
            return false;
        if (row.address.n > 0)
            buf_printf(out, "%.*s:%d: %.*s -> %.*s\n", STR_ARG(s->place.file),
                       s->place.line, STR_ARG(s->url), STR_ARG(row.address));
    }
    return true;
}

int mill_moved(const struct config *config, struct buf *out)
{
    struct listing l = {.config = config};
    struct arena *a = arena_new(0);
    struct error err;
    bool ok = mill_store_read(a, config->mill.root, read_moved, &l, out, &err);

    if (!ok)
        log_error(&err);
    arena_free(a);
    return ok ? 0 : 4;
}
