#include "store/store_members.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"

/* All are forgotten when they take more than this. */
#define KEPT_BYTES ((size_t)12 << 20)

struct members_kept {
    struct arena *a;
    struct map stories; /* id, as bytes: index in lists */
    struct map items;   /* id, as bytes: the story's id */
    VEC(struct sketches) lists;
};

static void reset(struct members_kept *m)
{
    arena_reset(m->a);
    map_init(&m->stories, m->a);
    map_init(&m->items, m->a);
    m->lists.at = NULL;
    m->lists.n = m->lists.cap = 0;
}

struct members_kept *members_new(void)
{
    struct members_kept *m = heap_alloc(sizeof *m);

    *m = (struct members_kept){.a = arena_new(0)};
    reset(m);
    return m;
}

void members_free(struct members_kept *m)
{
    if (m == NULL)
        return;
    arena_free(m->a);
    free(m);
}

static struct str key_of(const int64_t *id)
{
    return str_of((const char *)id, sizeof *id);
}

/* The value of ID, made when it is new. */
static size_t *put(struct members_kept *m, struct map *map, int64_t id)
{
    size_t *value = map_get(map, key_of(&id));

    return value != NULL ? value
                         : map_put(map, arena_str(m->a, key_of(&id)), NULL);
}

const struct sketches *members_get(const struct store *s, int64_t story)
{
    const struct members_kept *m = s->members;
    const size_t *place = map_get(&m->stories, key_of(&story));

    return place == NULL ? NULL : &m->lists.at[*place];
}

static struct story_sketch copy(struct arena *a, const struct story_sketch *k)
{
    struct story_sketch out = {.story = k->story,
                               .source = arena_str(a, k->source),
                               .title = k->title,
                               .shingles = k->shingles,
                               .event = k->event,
                               .published = k->published};

    out.event.terms = arena_array(a, k->event.n, sizeof *out.event.terms);
    for (size_t i = 0; i < k->event.n; i++)
        out.event.terms[i] = k->event.terms[i];
    return out;
}

void members_keep(struct store *s, int64_t story, const struct story_sketch *at,
                  size_t n)
{
    struct members_kept *m = s->members;
    struct sketches *list;

    *put(m, &m->stories, story) = m->lists.n;
    list = vec_add(m->a, &m->lists);
    *list = (struct sketches){arena_array(m->a, n, sizeof *list->at), n, n};
    for (size_t i = 0; i < n; i++) {
        list->at[i] = copy(m->a, &at[i]);
        list->at[i].story = story;
    }
}

int64_t members_story(const struct store *s, int64_t item)
{
    const size_t *story = map_get(&s->members->items, key_of(&item));

    return story == NULL ? 0 : (int64_t)*story;
}

void members_keep_story(struct store *s, int64_t item, int64_t story)
{
    *put(s->members, &s->members->items, item) = (size_t)story;
}

void members_add(struct store *s, int64_t story, const struct story_sketch *k)
{
    struct members_kept *m = s->members;
    const size_t *place = map_get(&m->stories, key_of(&story));
    struct sketches *list;

    if (place == NULL)
        return;
    list = &m->lists.at[*place];
    *vec_add(m->a, list) = copy(m->a, k);
    list->at[list->n - 1].story = story;
}

void members_forget(struct store *s)
{
    reset(s->members);
}

void members_trim(struct store *s)
{
    if (arena_used(s->members->a) > KEPT_BYTES)
        members_forget(s);
}
