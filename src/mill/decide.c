/*
 * A decision names an item; it holds for the item's story, which is what
 * readers see.  Decisions of one story are kept in the order in which they
 * were made (`at`, then the file's).  A later one wins over an earlier one of
 * its kind, and what lets an item in (approve, pin) over what keeps it out (hide,
 * hold), and the other way round.  One that is over counts for nothing, so that
 * its line can be taken out.
 */
#include "mill/decide.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"
#include "config/config.h"
#include "mill/arrange.h"
#include "mill/mill.h"
#include "mill/keep.h"
#include "mill/mill_store.h"
#include "mill/standing.h"
#include "store/store.h"
#include "sys/clock.h"
#include "sys/file.h"
#include "sys/log.h"

struct resolved {
    const struct decision *d;
    int64_t item, story;
    size_t order; /* in the file */
};

struct decided_map {
    struct resolved *at; /* by story, then in the order in which they hold */
    size_t n;
    struct map by_story; /* index of the first */
    int64_t now;
};

/* ---- complaints ----------------------------------------------------------- */

struct complaining {
    struct arena *a;
    struct {
        struct error *at;
        size_t n, cap;
    } list;
};

static void say(struct complaining *c, const struct decision *d,
                struct str text)
{
    struct error *err = vec_add(c->a, &c->list);

    error_set(err, ERR_CONFIG, "%.*s", STR_ARG(text));
    error_where(err, arena_str(c->a, d->place.file).p);
    error_at(err, d->place.line, d->place.column);
}

static void complain_of_story(void *ctx, const struct decision *d,
                              struct str text)
{
    say(ctx, d, text);
}

static int by_line(const void *x, const void *y)
{
    const struct error *a = x, *b = y;

    return a->line != b->line ? (a->line > b->line) - (a->line < b->line)
                              : strcmp(a->text, b->text);
}

static bool tell(struct complaining *c, struct store *store,
                 enum decide_say how, struct error *err)
{
    size_t n = c->list.n;
    struct hash128 *hashes = arena_array(c->a, n + 1, sizeof *hashes);
    bool *is_new = arena_array(c->a, n + 1, sizeof *is_new);

    if (n > 0)
        qsort(c->list.at, n, sizeof *c->list.at, by_line);
    for (size_t i = 0; i < n; i++)
        hashes[i] = hash128(arena_printf(c->a, "%d %s", c->list.at[i].line,
                                         c->list.at[i].text));
    if (how == SAY_ONCE && !store_told(store, hashes, n, is_new, err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (how == SAY_ALL || is_new[i] || log_level() == LOG_VERBOSE)
            log_error(&c->list.at[i]);
    return true;
}

/* ---- looking up ----------------------------------------------------------- */

bool decision_story(struct arena *a, struct store *store, struct str word,
                    struct found_item *out, size_t *n, struct error *err)
{
    struct found_item *found;
    size_t n_found;

    if (!store_find_items(store, a, word, &found, &n_found, err))
        return false;
    *n = n_found > 0;
    for (size_t i = 1; i < n_found; i++)
        *n += found[i].story != found[0].story;
    if (n_found > 0)
        *out = found[0];
    return true;
}

static int by_story(const void *x, const void *y)
{
    const struct resolved *a = x, *b = y;

    if (a->story != b->story)
        return a->story < b->story ? -1 : 1;
    if (a->d->at != b->d->at)
        return a->d->at < b->d->at ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

static bool is_over(const struct decision *d, int64_t now)
{
    return d->until != 0 && d->until <= now;
}

static bool lets_in(enum decision_do what)
{
    return what == DO_APPROVE || what == DO_PIN;
}

static bool keeps_out(enum decision_do what)
{
    return what == DO_HIDE || what == DO_HOLD;
}

static bool contradict(const struct resolved *a, const struct resolved *b)
{
    bool is_either = (lets_in(a->d->what) && keeps_out(b->d->what)) ||
                     (keeps_out(a->d->what) && lets_in(b->d->what));

    if (a->story != b->story || !str_eq(a->d->topic, b->d->topic) ||
        (a->d->what != b->d->what && !is_either))
        return false;
    /* Two leads are two opinions, whenever they were had. */
    if (a->d->what == DO_LEAD)
        return a->item != b->item;
    /* An editor may change her mind, if she says when. */
    if (a->d->at != b->d->at)
        return false;
    return is_either || !str_eq(a->d->to, b->d->to) ||
           a->d->until != b->d->until;
}

static void say_contradictions(struct complaining *c,
                               const struct decided_map *m)
{
    for (size_t i = 0; i < m->n; i++)
        for (size_t k = i + 1; k < m->n && m->at[k].story == m->at[i].story;
             k++)
            if (!is_over(m->at[i].d, m->now) && !is_over(m->at[k].d, m->now) &&
                contradict(&m->at[i], &m->at[k]))
                say(c, m->at[k].d,
                    arena_printf(c->a, "contradicts line %d; this one counts",
                                 m->at[i].d->place.line));
}

/* ---- whether one can hold ---------------------------------------------------- */

static bool has_item(const struct config *config, const struct decision *d,
                     const struct stored_item *item)
{
    for (size_t i = 0; i < config->mill.n_topics; i++) {
        const struct topic *t = &config->mill.topics[i];

        if ((d->topic.n == 0 || str_eq(t->id, d->topic)) &&
            topic_has_source(&config->mill, t, item->source_id))
            return true;
    }
    return false;
}

/* What lets an item in does nothing where no source of the topic has its
 * story; for a lead it is the item itself that counts. */
static bool check_item(struct complaining *c, const struct config *config,
                       struct store *store, const struct decision *d,
                       const struct found_item *found, struct error *err)
{
    struct stored_item *members;
    bool has = false;
    size_t n;

    if ((!lets_in(d->what) && d->what != DO_LEAD) ||
        (d->topic.n > 0 && topic_by_id(&config->mill, d->topic) == NULL))
        return true;
    if (!store_story_members(store, c->a, found->story, &members, &n, err))
        return false;
    for (size_t i = 0; i < n && !has; i++)
        has = (d->what != DO_LEAD || members[i].rowid == found->item) &&
              has_item(config, d, &members[i]);
    if (!has && n > 0)
        say(c, d,
            d->topic.n > 0
                ? arena_printf(c->a,
                               "does nothing: no source of topic %.*s has it",
                               STR_ARG(d->topic))
                : STR("does nothing: no topic has its source"));
    return true;
}

static struct str story_key(const int64_t *story)
{
    return str_of((const char *)story, sizeof *story);
}

/* What is wrong whatever the item is. */
static void check_words(struct complaining *c, const struct config *config,
                        const struct decision *d, int64_t now)
{
    if (d->topic.n > 0 && topic_by_id(&config->mill, d->topic) == NULL)
        say(c, d,
            arena_printf(c->a, "no topic of this mill: %.*s",
                         STR_ARG(d->topic)));
    if (d->what == DO_MERGE && str_eq(d->item, d->into))
        say(c, d, STR("merges an item into itself; it changes nothing"));
    if (is_over(d, now))
        say(c, d,
            arena_printf(c->a, "%.*s is over: take the line out",
                         STR_ARG(decision_do_name(d->what))));
}

static bool resolve_one(struct complaining *c, const struct config *config,
                        struct store *store, size_t i, struct decided_map *m,
                        struct error *err)
{
    const struct decision *d = &config->mill.decisions[i];
    struct found_item found;
    bool is_kept = false;
    size_t n;

    check_words(c, config, d, m->now);
    if (!decision_story(c->a, store, d->item, &found, &n, err) ||
        (n == 0 && d->what == DO_RETRACT &&
         !keep_knows(&config->mill, store, c->a, d->item, &is_kept, err)))
        return false;
    if (is_kept)
        return true;
    /* Of what a split took apart one has the address, the others may have the id. */
    if (n != 1 && (n == 0 || d->what != DO_SPLIT)) {
        say(c, d,
            arena_printf(c->a,
                         n == 0 ? "no item is known as %.*s (any more); the "
                                  "decision waits for one"
                                : "%.*s names several articles: name one by "
                                  "its short id",
                         STR_ARG(d->item)));
        return true;
    }
    m->at[m->n++] = (struct resolved){
        .d = d, .item = found.item, .story = found.story, .order = i};
    return check_item(c, config, store, d, &found, err);
}

bool decisions_resolve(struct arena *a, const struct config *config,
                       struct store *store, int64_t now, enum decide_say how,
                       struct decided_map **out, struct error *err)
{
    const struct mill_config *mill = &config->mill;
    struct decided_map *m = arena_make(a, struct decided_map);
    struct complaining c = {.a = a};

    m->now = now;
    m->at = arena_array(a, mill->n_decisions + 1, sizeof *m->at);
    map_init(&m->by_story, a);
    if (!stories_arrange(a, config, store, now, complain_of_story, &c, err))
        return false;
    for (size_t i = 0; i < mill->n_decisions; i++)
        if (!resolve_one(&c, config, store, i, m, err))
            return false;
    if (m->n > 0)
        qsort(m->at, m->n, sizeof *m->at, by_story);
    for (size_t i = m->n; i-- > 0;)
        *map_put(&m->by_story, arena_str(a, story_key(&m->at[i].story)), NULL) =
            i;
    say_contradictions(&c, m);
    *out = m;
    return tell(&c, store, how, err);
}

/* ---- asking ------------------------------------------------------------------ */

static void apply(const struct resolved *r, int64_t now, struct decided *out)
{
    const struct decision *d = r->d;

    if (is_over(d, now)) {
        out->was_held |= d->what == DO_HOLD;
        return;
    }
    if (lets_in(d->what)) {
        out->is_hidden = out->is_held = false;
        out->is_named |= d->topic.n > 0;
    }
    switch (d->what) {
    case DO_APPROVE:
        out->is_approved = true;
        break;
    case DO_PIN:
        out->is_pinned = true;
        break;
    case DO_HIDE:
        out->is_hidden = true;
        out->is_approved = out->is_pinned = out->is_named = false;
        break;
    case DO_HOLD:
        out->is_held = true;
        out->is_pinned = false;
        break;
    case DO_RETITLE:
        out->title = d->to;
        break;
    case DO_NOTE:
        out->note = d->to;
        break;
    case DO_LEAD:
        out->lead = r->item;
        break;
    case DO_RETRACT:
        out->is_retracted = true;
        out->retracted = d->at;
        break;
    case DO_MERGE: /* see arrange.c */
    case DO_SPLIT:
    case DO_COUNT:
        break;
    }
}

/* The Kth thing decided of the story that FIRST begins, for the topic: first
 * what holds everywhere, then what holds here.  NULL after the last. */
static const struct resolved *next_of(const struct decided_map *m, size_t first,
                                      struct str topic, size_t *k)
{
    size_t n = 0, i;

    while (first + n < m->n && m->at[first + n].story == m->at[first].story)
        n++;
    while (*k < 2 * n) {
        bool is_here = *k >= n;

        i = first + (*k)++ % n;
        if ((m->at[i].d->topic.n > 0) == is_here &&
            (!is_here || str_eq(m->at[i].d->topic, topic)))
            return &m->at[i];
    }
    return NULL;
}

bool decided_of(const struct decided_map *m, int64_t story, struct str topic,
                struct decided *out)
{
    size_t *first = map_get(&m->by_story, story_key(&story));
    const struct resolved *r;

    *out = (struct decided){0};
    if (first == NULL)
        return false;
    for (size_t k = 0; (r = next_of(m, *first, topic, &k)) != NULL;)
        apply(r, m->now, out);
    return true;
}

size_t decisions_of(const struct decided_map *m, struct arena *a, int64_t story,
                    struct str topic, const struct decision ***list)
{
    size_t *first = map_get(&m->by_story, story_key(&story));
    const struct resolved *r;
    size_t n = 0;

    *list = arena_array(a, m->n + 1, sizeof **list);
    for (size_t k = 0;
         first != NULL && (r = next_of(m, *first, topic, &k)) != NULL;)
        (*list)[n++] = r->d;
    return n;
}

size_t decided_stories(const struct decided_map *m, struct arena *a,
                       int64_t **stories)
{
    size_t n = 0;

    *stories = arena_array(a, m->n + 1, sizeof **stories);
    for (size_t i = 0; i < m->n; i++)
        if (i == 0 || m->at[i - 1].story != m->at[i].story)
            (*stories)[n++] = m->at[i].story;
    return n;
}

/* ---- checking ------------------------------------------------------------------ */

struct checking {
    const struct config *config;
};

static bool read_decisions(void *ctx, struct arena *a, struct store *store,
                           struct buf *out, struct error *err)
{
    const struct checking *check = ctx;
    struct decided_map *map;

    (void)out;
    return decisions_resolve(a, check->config, store, clock_now(), SAY_ALL,
                             &map, err);
}

/* No item is known yet. */
static void check_before_first_run(struct arena *a, const struct config *config)
{
    struct complaining c = {.a = a};

    for (size_t i = 0; i < config->mill.n_decisions; i++)
        check_words(&c, config, &config->mill.decisions[i], clock_now());
    for (size_t i = 0; i < c.list.n; i++)
        log_error(&c.list.at[i]);
}

int mill_check_decisions(const struct config *config)
{
    struct checking check = {config};
    struct arena *a = arena_new(0);
    struct str path =
        arena_cat(a, config->mill.root, STR("/.feedmill/store.db"));
    struct error err;
    struct buf none;
    bool ok = true;

    buf_init(&none, 0);
    if (config->mill.n_decisions > 0 && file_exists(path.p))
        ok = mill_store_read(a, config->mill.root, read_decisions, &check,
                             &none, &err);
    else if (config->mill.n_decisions > 0)
        check_before_first_run(a, config);
    if (!ok)
        log_error(&err);
    buf_done(&none);
    arena_free(a);
    return ok ? 0 : 4;
}
