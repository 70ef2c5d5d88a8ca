/* What is known of one item: found, guessed, cut, judged, decided. */
#include "mill/mill.h"

#include "base/arena.h"
#include "base/note.h"
#include "mill/choose.h"
#include "mill/mill_store.h"
#include "mill/standing.h"
#include "sys/clock.h"
#include "sys/log.h"

#define MISSING_SHOWN 12

static void line(struct buf *out, const char *name, struct str value)
{
    if (value.n > 0)
        buf_printf(out, "%-11s %.*s\n", name, STR_ARG(value));
}

static void add_moment(struct buf *out, const char *name, struct when when,
                       const char *remark)
{
    char text[WHEN_CHARS];

    if (!when_known(when))
        return;
    when_rfc3339(when, text);
    buf_printf(out, "%-11s %s%s\n", name, text, remark);
}

static void add_time(struct buf *out, const char *before, int64_t t)
{
    char text[WHEN_CHARS];

    if (t == 0)
        return;
    when_rfc3339((struct when){.unix_seconds = t, .precision = WHEN_SECOND},
                 text);
    buf_printf(out, "%s%s", before, text);
}

static void add_sure(struct buf *out, const char *name, float confidence)
{
    if (confidence > 0)
        buf_printf(out, " %s %.2f", name, (double)confidence);
}

static void add_spam(struct arena *a, const struct item *item, struct buf *out)
{
    struct spam spam;

    spam_score(a, item, &spam);
    if (spam.reasons.n == 0)
        return;
    buf_printf(out, "%-11s %.2f", "spam", spam.score);
    for (size_t i = 0; i < spam.reasons.n; i++)
        buf_printf(out, "%s%.*s", i == 0 ? ": " : ", ",
                   STR_ARG(spam.reasons.at[i]));
    buf_add_char(out, '\n');
}

static void add_facts(struct arena *a, const struct config *config,
                      const struct stored_item *item, struct buf *out)
{
    const struct item *i = &item->item;
    const struct confidence *sure = &i->confidence;

    line(out, "item", str_from_c(item->short_id));
    line(out, "title", i->title);
    line(out, "url", i->url);
    line(out, "source", source_name_of(config, item));
    line(out, "", item->source_id);
    add_moment(out, "published", item->published,
               item->date_is_first_seen ? "  (no date known: first seen)"
               : item->published.precision == WHEN_DAY ? "  (a day)"
                                                       : "");
    for (size_t k = 0; k < i->authors.n; k++)
        line(out, k == 0 ? "author" : "", i->authors.at[k].name);
    line(out, "origin", i->source);
    buf_printf(out, "%-11s %zu bytes of text\n", "body", i->text.n);
    if (sure->title + sure->author + sure->date + sure->body + sure->source >
        0) {
        buf_printf(out, "%-11s", "sure");
        add_sure(out, "title", sure->title);
        add_sure(out, "author", sure->author);
        add_sure(out, "date", sure->date);
        add_sure(out, "body", sure->body);
        add_sure(out, "source", sure->source);
        buf_add_char(out, '\n');
    }
    add_spam(a, i, out);
    for (const struct note *n = i->notes.first; n != NULL; n = n->next)
        buf_printf(out, "%-11s %.*s%s%.*s\n", "note",
                   STR_ARG(note_name(n->code)), n->text.n > 0 ? ": " : "",
                   STR_ARG(n->text));
}

/* Where the text came from, if its page had a say in it. */
static bool add_full_text(struct arena *a, struct store *store,
                          const struct stored_item *item, struct buf *out,
                          struct error *err)
{
    struct full_text_row row;
    bool found;

    if (!store_get_full_text(store, a, item->rowid, &row, &found, err))
        return false;
    if (!found)
        return true;
    buf_printf(out, "%-11s ", "full text");
    if (row.is_wanted) {
        char next[WHEN_CHARS];

        when_rfc3339(
            (struct when){.unix_seconds = row.next, .precision = WHEN_SECOND},
            next);
        buf_printf(out, "%.*s; its page is to be asked for%s%s%s\n",
                   STR_ARG(row.why), row.next > 0 ? ", not before " : "",
                   row.next > 0 ? next : "",
                   row.has_text ? "; the text is that of an earlier one" : "");
    } else {
        buf_printf(out, "%.*s\n", STR_ARG(row.why));
    }
    return true;
}

static bool add_story(struct arena *a, struct store *store,
                      const struct config *config,
                      const struct stored_item *item, struct buf *out,
                      struct error *err)
{
    struct str leads = STR("leads");
    struct stored_item *members;
    struct entry_row entry;
    bool found;
    size_t n;

    if (!store_story_members(store, a, item->story, &members, &n, err) ||
        !store_get_entry(store, a, item->story, &entry, &found, err))
        return false;
    if (found)
        line(out, "atom:id", entry.atom_id);
    for (size_t i = 0; i < n && n > 1; i++)
        buf_printf(out, "%-11s %s %.*s  %.*s (%.*s)\n", i == 0 ? "story" : "",
                   members[i].short_id,
                   STR_ARG(members[i].is_lead ? leads : members[i].why),
                   STR_ARG(members[i].item.title),
                   STR_ARG(source_name_of(config, &members[i])));
    return true;
}

static void add_hits(const struct verdict *v, struct buf *out)
{
    for (size_t i = 0; i < v->n_hits; i++)
        buf_printf(out, "%-11s   %.*s in %.*s\n", "", STR_ARG(v->hits[i].term),
                   STR_ARG(v->hits[i].field));
}

static void add_decided(const struct decided *d, struct buf *out)
{
    const struct {
        bool is_so;
        const char *what;
    } rows[] = {
        {d->is_retracted, "retracted"}, {d->is_hidden, "hidden"},
        {d->is_held, "held"},           {d->is_approved, "approved"},
        {d->is_pinned, "pinned"},       {d->lead != 0, "its lead chosen"},
        {d->title.n > 0, "retitled"},   {d->note.n > 0, "given a note"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].is_so)
            buf_printf(out, "%-11s   %s by the editor\n", "", rows[i].what);
}

/* The lines that say so. */
static void add_decisions(struct arena *a, const struct decided_map *map,
                          int64_t story, struct str topic, struct buf *out)
{
    const struct decision **list;
    size_t n = decisions_of(map, a, story, topic, &list);

    for (size_t i = 0; i < n; i++) {
        const struct decision *d = list[i];

        buf_printf(out, "%-11s   %.*s:%d: %.*s", "", STR_ARG(d->place.file),
                   d->place.line, STR_ARG(decision_do_name(d->what)));
        if (d->topic.n > 0)
            buf_printf(out, " in %.*s", STR_ARG(d->topic));
        if (d->to.n > 0)
            buf_printf(out, " to \"%.*s\"", STR_ARG(d->to));
        add_time(out, ", until ", d->until);
        if (d->into.n > 0)
            buf_printf(out, " into %.*s", STR_ARG(d->into));
        if (d->until != 0 && d->until <= clock_now())
            buf_add_str(out, STR(" (over)"));
        add_time(out, ", at ", d->at);
        buf_add_char(out, '\n');
    }
}

/* The terms that a rule which does not hold wants or minds. */
static void add_missing(struct arena *a, const struct topic *topic,
                        const struct verdict *v, const struct judged *j,
                        struct buf *out)
{
    struct strs missing = {0};

    if (v->is != VERDICT_UNMATCHED || topic->keep == NULL)
        return;
    rule_missing(topic->keep, j, a, &missing);
    for (size_t i = 0; i < missing.n && i < MISSING_SHOWN; i++)
        buf_printf(out, "%-11s   %.*s\n", "", STR_ARG(missing.at[i]));
    if (missing.n > MISSING_SHOWN)
        buf_printf(out, "%-11s   and %zu more\n", "",
                   missing.n - MISSING_SHOWN);
}

/* Of an item that is published: what keeps its story out of the feed. */
static bool add_room(struct press *p, const struct topic *topic,
                     const struct stored_item *item, struct buf *out,
                     struct error *err)
{
    enum room room;

    if (!choose_room(p, topic, item->story, &room, err))
        return false;
    if (room != ROOM_IN)
        buf_printf(out, "%-11s   not in the feed now: no room by %.*s\n", "",
                   STR_ARG(room_text(p->a, topic, room)));
    return true;
}

static bool add_topic(struct press *p, const struct topic *topic,
                      const struct stored_item *item, struct buf *out,
                      struct error *err)
{
    struct arena *a = p->a;
    struct member_state m;
    const struct standing *s = &m.standing;

    if (!member_state_of(a, p->config, p->store, topic, p->decided, item, &m,
                         err))
        return false;
    buf_printf(out, "%-11s %.*s: %.*s; %.*s; ", "topic", STR_ARG(topic->id),
               STR_ARG(item_state_name(m.state)), STR_ARG(s->verdict.reason));
    if (m.is_it)
        buf_add_str(out, STR("leads its story\n"));
    else
        buf_printf(out, "%s leads its story\n", m.stands_for);
    add_hits(&s->verdict, out);
    add_missing(a, topic, &s->verdict, s->judged, out);
    add_decided(&s->decided, out);
    add_decisions(a, p->decided, item->story, topic->id, out);
    return m.state != ITEM_PUBLISHED || add_room(p, topic, item, out, err);
}

static bool add_item(struct press *p, struct str topic,
                     const struct stored_item *item, struct buf *out,
                     struct error *err)
{
    const struct mill_config *mill = &p->config->mill;
    size_t n = 0;

    add_facts(p->a, p->config, item, out);
    if (!add_full_text(p->a, p->store, item, out, err) ||
        !add_story(p->a, p->store, p->config, item, out, err))
        return false;
    for (size_t i = 0; i < mill->n_topics; i++) {
        const struct topic *t = &mill->topics[i];

        if ((topic.n > 0 && !str_eq(t->id, topic)) ||
            !topic_has_source(mill, t, item->source_id))
            continue;
        if (!add_topic(p, t, item, out, err))
            return false;
        n++;
    }
    if (n == 0)
        line(out, "topic",
             topic.n > 0 ? STR("its source does not belong to that topic")
                         : STR("none has its source"));
    return true;
}

struct asking {
    const struct config *config;
    struct str word, topic;
    size_t n; /* of items found */
};

static bool read_why(void *ctx, struct arena *a, struct store *store,
                     struct buf *out, struct error *err)
{
    struct asking *q = ctx;
    struct press p = {
        .a = a, .config = q->config, .store = store, .now = clock_now()};
    struct found_item *found;

    if (!decisions_resolve(a, q->config, store, p.now, SAY_VERBOSE, &p.decided,
                           err) ||
        !press_load_sources(&p, err) ||
        !store_find_items(store, a, q->word, &found, &q->n, err))
        return false;
    for (size_t i = 0; i < q->n; i++) {
        struct stored_item item;
        bool is_there;

        if (!store_get_item(store, a, found[i].item, &item, &is_there, err))
            return false;
        if (i > 0)
            buf_add_char(out, '\n');
        if (!is_there)
            buf_printf(out, "%-11s %s\n%-11s expired: only its keys are kept\n",
                       "item", found[i].short_id, "state");
        else if (!add_item(&p, q->topic, &item, out, err))
            return false;
    }
    return true;
}

int mill_why(const struct config *config, struct str word, struct str topic,
             struct buf *out)
{
    struct asking q = {.config = config, .word = word, .topic = topic};
    struct arena *a = arena_new(0);
    struct error err;
    int status = 0;

    if (topic.n > 0 && topic_by_id(&config->mill, topic) == NULL) {
        error_set(&err, ERR_CONFIG, "no topic of this mill: %.*s",
                  STR_ARG(topic));
        status = 2;
    } else if (!mill_store_read(a, config->mill.root, read_why, &q, out,
                                &err)) {
        status = 4;
    } else if (q.n == 0) {
        error_set(&err, ERR_INPUT, "no item is known by this name");
        error_where(&err, arena_str(a, word).p);
        status = 1;
    }
    if (status != 0)
        log_error(&err);
    arena_free(a);
    return status;
}
