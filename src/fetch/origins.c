#include "fetch/origins.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"
#include "fetch/robots.h"

struct origins {
    struct arena *arena;
    struct str agent;
    struct map names; /* index + 1 in list */
    VEC(struct origin *) list;
};

struct origins *origins_new(struct str agent)
{
    struct origins *o = heap_alloc(sizeof *o);

    o->arena = arena_new(0);
    o->agent = arena_str(o->arena, agent);
    map_init(&o->names, o->arena);
    return o;
}

void origins_free(struct origins *o)
{
    if (o == NULL)
        return;
    arena_free(o->arena);
    free(o);
}

struct origin *origins_by_name(struct origins *o, struct str name)
{
    size_t *slot = map_get(&o->names, name);
    struct origin *origin;

    if (slot != NULL)
        return o->list.at[*slot - 1];
    origin = arena_make(o->arena, struct origin);
    origin->name = arena_str(o->arena, name);
    *vec_add(o->arena, &o->list) = origin;
    *map_put(&o->names, origin->name, NULL) = o->list.n;
    return origin;
}

struct origin *origins_get(struct origins *o, const struct url *u)
{
    struct buf b;
    struct origin *origin;

    buf_init(&b, BUF_MAX);
    buf_add_str(&b, u->scheme);
    buf_add_str(&b, STR("://"));
    buf_add_str(&b, u->host);
    if (u->port.n > 0) {
        buf_add_char(&b, ':');
        buf_add_str(&b, u->port);
    }
    origin = origins_by_name(o, buf_str(&b));
    buf_done(&b);
    return origin;
}

void origin_learn(struct origins *o, struct origin *origin, int status,
                  struct str text, struct str why)
{
    bool is_answer = status >= 200 && status < 500 && status != 429;

    origin->state = is_answer ? ORIGIN_OPEN : ORIGIN_CLOSED;
    origin->why = arena_str(o->arena, why);
    if (status >= 200 && status <= 299)
        origin->robots = robots_parse(o->arena, text, o->agent);
}

bool origin_allows(const struct origin *origin, const struct url *u)
{
    struct str target = u->href;
    size_t at = (size_t)(u->path.p - u->href.p);

    if (origin->robots == NULL)
        return true;
    target = str_slice(target, at, str_find_char(target, '#', at));
    return robots_allow(origin->robots, target);
}

int64_t origin_delay_ms(const struct origin *origin)
{
    return origin->robots == NULL ? -1 : robots_delay_ms(origin->robots);
}

static struct polite_job *take_waiting(struct origin *origin,
                                       struct polite_job *behind)
{
    struct polite_job *first = origin->waiting, *last = first;

    if (first == NULL)
        return behind;
    while (last->next != NULL)
        last = last->next;
    last->next = behind;
    origin->waiting = NULL;
    return first;
}

struct polite_job *origins_take_waiting(struct origins *o,
                                        struct origin *origin)
{
    struct polite_job *jobs = NULL;

    if (origin != NULL)
        return take_waiting(origin, NULL);
    for (size_t i = 0; i < o->list.n; i++)
        jobs = take_waiting(o->list.at[i], jobs);
    return jobs;
}
