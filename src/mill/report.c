/* What the operator is told of a run: lines, or one JSON object. */
#include "mill/refresh.h"

#include "base/arena.h"
#include "mill/moment.h"
#include "sys/log.h"

static struct str shown_name(const struct outcome *o)
{
    return o->source->name.n > 0 ? o->source->name : o->row.title;
}

static void put_source(struct json_out *j, const struct outcome *o)
{
    json_object(j);
    json_member(j, STR("url"),
                o->source->url.n > 0 && o->source->file.n == 0 ? o->source->url
                                                               : o->source->id);
    json_member(j, STR("name"), shown_name(o));
    json_member(j, STR("state"), source_state_name(o->row.state));
    json_moment(j, STR("since"), o->row.since);
    if (o->row.status != 0) {
        json_key(j, STR("status"));
        json_int(j, o->row.status);
    }
    json_member(j, STR("error"), o->error.n > 0 ? o->error : o->row.error);
    json_key(j, STR("bytes"));
    json_int(j, o->bytes);
    json_key(j, STR("items"));
    json_object(j);
    json_key(j, STR("new"));
    json_int(j, (int64_t)o->n_new);
    json_key(j, STR("changed"));
    json_int(j, (int64_t)o->n_changed);
    json_key(j, STR("same"));
    json_int(j, (int64_t)o->n_same);
    json_end(j);
    json_key(j, STR("full_text"));
    json_int(j, (int64_t)o->n_grown);
    json_moment(j, STR("next"), o->row.next_fetch);
    json_end(j);
}

static void put_topic(struct json_out *j, const struct pressed *t)
{
    json_object(j);
    json_member(j, STR("id"), t->topic->id);
    json_key(j, STR("entries"));
    json_int(j, (int64_t)t->n_entries);
    json_key(j, STR("new"));
    json_int(j, (int64_t)t->n_new);
    json_key(j, STR("files"));
    json_array(j);
    for (size_t i = 0; i < t->files.n; i++)
        json_str(j, t->files.at[i]);
    json_end(j);
    json_end(j);
}

static void put_undelivered(struct json_out *j, const struct undelivered *u)
{
    json_object(j);
    json_member(j, STR("to"), u->name);
    json_moment(j, STR("since"), u->since);
    json_member(j, STR("error"), u->error);
    json_end(j);
}

void report_write(const struct refresh *r, const struct press *press,
                  int64_t finished, int status, struct buf *out)
{
    struct json_out j;

    json_init(&j, out, false);
    json_object(&j);
    json_moment(&j, STR("started"), r->now);
    json_moment(&j, STR("finished"), finished);
    json_key(&j, STR("exit"));
    json_int(&j, status);
    json_key(&j, STR("sources"));
    json_array(&j);
    for (size_t i = 0; i < r->config->mill.n_sources; i++)
        if (r->outcomes[i].wanted)
            put_source(&j, &r->outcomes[i]);
    json_end(&j);
    json_key(&j, STR("topics"));
    json_array(&j);
    for (size_t i = 0; i < r->config->mill.n_topics; i++)
        put_topic(&j, &press->done[i]);
    json_end(&j);
    json_key(&j, STR("undelivered"));
    json_array(&j);
    for (size_t i = 0; i < press->undelivered.n; i++)
        put_undelivered(&j, &press->undelivered.at[i]);
    json_end(&j);
    json_end(&j);
    buf_add_char(out, '\n');
}

/* What ails the source, for a person; empty when it is well. */
static struct str why_ailing(struct arena *a, const struct outcome *o)
{
    if (o->error.n > 0)
        return o->error;
    if (o->row.state == SOURCE_MOVED && o->row.address.n > 0)
        return arena_cat(a, STR("moved for good to "), o->row.address,
                         STR(" (feedmill check --moved prints the line to "
                             "change)"));
    return o->row.error;
}

static void say_state(const struct refresh *r, const struct outcome *o)
{
    struct str id = o->source->id, why = why_ailing(r->a, o);
    char since[WHEN_CHARS];
    struct error err;

    when_rfc3339(
        (struct when){.unix_seconds = o->row.since, .precision = WHEN_SECOND},
        since);
    if (source_is_dead(o->row.state)) {
        if (o->row.since == r->now)
            error_set(&err, ERR_NETWORK, "%.*s", STR_ARG(o->row.error));
        else
            error_set(&err, ERR_NETWORK, "%.*s (failing since %s)",
                      STR_ARG(o->row.error), since);
        error_where(&err, arena_str(r->a, id).p);
        log_error(&err);
    } else {
        log_line("%.*s: %.*s", STR_ARG(id),
                 STR_ARG(why.n > 0 ? why : STR("well again")));
    }
}

static void say_asked(const struct refresh *r, const struct outcome *o)
{
    struct str why = why_ailing(r->a, o);

    log_verbose("%.*s: %.*s, %zu new, %zu changed, %zu the same%s%.*s",
                STR_ARG(o->source->id),
                STR_ARG(source_state_name(o->row.state)), o->n_new,
                o->n_changed, o->n_same, why.n > 0 ? ": " : "", STR_ARG(why));
}

void report_states(struct refresh *r)
{
    for (size_t i = 0; i < r->config->mill.n_sources; i++) {
        const struct outcome *o = &r->outcomes[i];

        if (o->state_changed)
            say_state(r, o);
        else if (o->asked)
            say_asked(r, o);
    }
}
